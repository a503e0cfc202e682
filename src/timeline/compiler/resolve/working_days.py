"""Move dates and times by working days, and warn where days off may be missing from the file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from timeline.compiler.resolve.literals import resolve_moved_time
from timeline.dates import Instant, day_after, day_before, shift_by_working_days
from timeline.diagnostics import At, Diagnostic, rules

if TYPE_CHECKING:
    from datetime import date

    from timeline.dates import Date, OneSidedDate, RelativeDate, WorkCalendar, WorkingDays
    from timeline.diagnostics import Path


class WorkingDayMoves:
    """The moves of one relative date by working days.

    Warnings are appended to ``diagnostics``.
    """

    def __init__(self, calendar: WorkCalendar, path: Path, diagnostics: list[Diagnostic]) -> None:
        self._calendar = calendar
        self._path = path
        self._diagnostics = diagnostics
        self._counted: list[date] = []

    def move(
        self, value: Date | OneSidedDate | Instant, amount: WorkingDays
    ) -> Date | OneSidedDate | Instant:
        """Return a date moved by working days; a time is moved from its own day, with its clock.

        Raises:
            Refusal: ``year-range``.
        """
        if isinstance(value, Instant):
            wall = value.wall
            day = self._calendar.move(wall.date(), amount.count)
            self._keep_counted(wall.date(), day)
            moved = datetime.combine(day, wall.time())
            return resolve_moved_time(moved, value.zone, self._path, self._diagnostics)
        result = shift_by_working_days(value, amount, self._calendar)
        for before, after in (value.earliest, result.earliest), (value.latest, result.latest):
            if before is not None and after is not None:
                self._keep_counted(before, after)
        return result

    def _keep_counted(self, start: date, end: date) -> None:
        """Keep the first and the last day that was counted; the start was not."""
        self._counted += day_after(start) if end > start else day_before(start), end

    def warn_of_uncovered_days(self, written: RelativeDate) -> None:
        """Report a date that counts days before the first or after the last day off of the file.

        Days off there are probably not in the file yet. Weekends are free anyway.
        """
        calendar, counted = self._calendar, self._counted
        if not counted or calendar.first_off is None or calendar.last_off is None:
            return
        first, last = min(counted), max(counted)
        if calendar.has_weekdays(max(first, day_after(calendar.last_off)), last):
            which, missing = f"after {calendar.last_off}, the last", f"until {last}"
        elif calendar.has_weekdays(first, min(last, day_before(calendar.first_off))):
            which, missing = f"before {calendar.first_off}, the first", f"from {first} on"
        else:
            return
        self._diagnostics.append(
            Diagnostic(
                rules.WORKING_DAYS_UNCOVERED,
                f"`{written}` counts days {which} day off in the file",
                At(self._path),
                help=f"add the days off {missing} to `off` of `working-days`; `timeline holidays` "
                "prints those of a country",
            )
        )
