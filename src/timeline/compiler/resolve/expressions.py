"""Resolve dates that follow from others: ``a.end + 2 days at 18:00``, ``between … and …``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.compiler.resolve.durations import move_time
from timeline.compiler.resolve.literals import (
    DependsOnRefusedError,
    resolve_literal,
    resolve_moved_time,
)
from timeline.compiler.resolve.working_days import WorkingDayMoves
from timeline.compiler.schema.refused import REFUSED_ZONE
from timeline.dates import (
    TBC,
    Between,
    ClockTime,
    Date,
    Instant,
    NoDate,
    OneSidedDate,
    RelativeDate,
    RelativeOneSided,
    WorkingDays,
    date_of,
    join_sides,
    one_bound,
    shift_date,
    to_zone,
)
from timeline.diagnostics import Refusal, rules

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import time

    from timeline.dates import BetweenSide, DateExpression, Duration, WorkCalendar
    from timeline.diagnostics import Diagnostic, Path

Resolved = Date | OneSidedDate | Instant | NoDate
"""What a date expression comes to."""


def relative_dates(written: DateExpression | None) -> list[RelativeDate]:
    """Return the relative dates in an expression, in the order of its text."""
    if written is None or isinstance(written, (ClockTime, Date)):
        return []  # most dates
    sides: tuple[DateExpression, ...] = (written,)
    if isinstance(written, Between):
        sides = written.first, written.last
    elif isinstance(written, RelativeOneSided):
        sides = (written.bound,)
    return [side for side in sides if isinstance(side, RelativeDate)]


class ExpressionResolver:
    """Resolve an expression at one place of the file.

    ``anchor`` returns the date that a relative date refers to, ``work_calendar`` the working days,
    ``None`` where the file has none. ``zone`` is the zone of times that name none. Warnings are
    appended to ``diagnostics``.
    """

    def __init__(
        self,
        anchor: Callable[[RelativeDate], Resolved],
        work_calendar: Callable[[], WorkCalendar | None],
        path: Path,
        zone: str | None,
        diagnostics: list[Diagnostic],
    ) -> None:
        self._anchor = anchor
        self._work_calendar = work_calendar
        self._path = path
        self._zone = zone
        self._diagnostics = diagnostics

    def resolve(self, written: RelativeDate | Between | RelativeOneSided) -> Resolved:
        """Return the date; one that depends on an unknown date is as unknown.

        Raises:
            Refusal: for what is wrong with it.
            DependsOnRefusedError: if nothing is known of it, because of another error.
        """
        if isinstance(written, Between):
            return self._between(written)
        if isinstance(written, RelativeOneSided):
            return self._one_sided(written)
        return self._relative(written)

    def _relative(self, written: RelativeDate) -> Resolved:
        value = self._anchor(written)
        moves = self._working_day_moves(written)
        if isinstance(value, NoDate):
            return value
        qualification = value.qualification | written.qualification
        value = self._move(value, written, moves)
        if written.clock is not None:
            value = self._at_clock(value, written, written.clock)
        if value.qualification == qualification:
            return value
        return replace(value, qualification=qualification)

    def _working_day_moves(self, written: RelativeDate) -> WorkingDayMoves | None:
        """Return what moves a date by working days, ``None`` if none of its terms counts them."""
        terms = [term for term in written.terms if isinstance(term, WorkingDays)]
        if not terms:
            return None
        calendar = self._work_calendar()
        if calendar is None:
            place = written.text.find(terms[0].text)
            raise Refusal(
                rules.MISSING_WORKING_DAYS,
                f"`{terms[0].text}` needs the working days of the calendar",
                "add them to `calendar`, such as `working-days: {week: [mon, tue, wed, thu, fri], "
                "off: [2025-12-25]}`",
                (place, place + len(terms[0].text)),
            )
        return WorkingDayMoves(calendar, self._path, self._diagnostics)

    def _move(
        self,
        value: Date | OneSidedDate | Instant,
        written: RelativeDate,
        moves: WorkingDayMoves | None,
    ) -> Date | OneSidedDate | Instant:
        """Return the date of the anchor moved by the terms of a relative date."""
        is_day_of_time = written.takes_day and isinstance(value, Instant)
        if written.takes_day and isinstance(value, Instant):
            value = date_of(value)
        for term in written.terms:
            if isinstance(term, WorkingDays):
                assert moves is not None  # noqa: S101 - see `_working_day_moves`
                value = moves.move(value, term)
            elif isinstance(value, Instant):
                value = move_time(value, term, self._path, self._diagnostics)
            elif is_day_of_time and term.is_exact:
                raise _hours_on_its_day(written, term)
            else:
                value = shift_date(value, term)
        if moves is not None:
            moves.warn_of_uncovered_days(written)
        return value

    def _at_clock(
        self, value: Date | OneSidedDate | Instant, written: RelativeDate, clock: time
    ) -> Instant:
        """Return the time of day on the day that the rest of a relative date comes to."""
        zone = self._zone
        if zone == REFUSED_ZONE:
            raise DependsOnRefusedError
        if isinstance(value, Instant):
            zone = zone or value.zone
            day = to_zone(value.utc, zone).date()  # the day that the clocks of this zone show
        elif isinstance(value, Date) and value.is_day:
            day = value.earliest
        else:
            raise Refusal(
                rules.CLOCK_ON_UNKNOWN_DAY,
                f"`{written}` is a time on a day that is not known: `{value}`",
                f"remove ` at {_clock_text(written)}`, or write the day of `{written.anchor}` if "
                "it is known",
            )
        if zone is None:
            raise Refusal(
                rules.MISSING_ZONE,
                f"`{written}` has no time zone",
                "add `timezone:` to the event or the calendar",
            )
        wall = datetime.combine(day, clock)
        return resolve_moved_time(wall, zone, self._path, self._diagnostics)

    def _one_sided(self, written: RelativeOneSided) -> Resolved:
        """Return the date with one bound, ``TBC`` where the other event has no such bound."""
        place = len(written.text) - len(written.bound.text)
        try:
            value = self._relative(written.bound)
        except Refusal as refusal:
            raise refusal.at(place, len(written.text)) from None
        if isinstance(value, NoDate):
            return value
        if isinstance(value, Instant):
            value = date_of(value)
        return one_bound(written.precision, value) or TBC

    def _between(self, written: Between) -> Resolved:
        sides: list[Date | OneSidedDate] = []
        unknown: list[NoDate] = []
        for side in (written.first, written.last):
            place = _side_place(side, written)
            part = place, place + len(str(side))
            try:
                value = self._between_side(side)
            except Refusal as refusal:
                raise refusal.at(*part) from None
            if isinstance(value, NoDate):
                unknown.append(value)
                continue  # the other side may have an error
            sides.append(value)
        if unknown:
            return TBC
        try:
            return join_sides(*sides) or TBC
        except Refusal:
            raise _ends_before_it_begins(written, *sides) from None

    def _between_side(self, side: BetweenSide) -> Date | OneSidedDate | NoDate:
        """Return the date of a side, of a time its day."""
        if isinstance(side, RelativeDate):
            value = self._relative(side)
        else:
            value = resolve_literal(side, self._path, self._zone, self._diagnostics)
        return date_of(value) if isinstance(value, Instant) else value


def _ends_before_it_begins(
    written: Between, first: Date | OneSidedDate, last: Date | OneSidedDate
) -> Refusal:
    """Refuse a ``between`` without a day, in the words of the author."""
    return Refusal(
        rules.EMPTY_BETWEEN,
        f"`{written}` contains no day: `{first}` is after `{last}`",
        f"write `between {written.last} and {written.first}`",
    )


def _hours_on_its_day(written: RelativeDate, term: Duration) -> Refusal:
    """Refuse hours after ``ID.start.day`` of a time."""
    edge = f"{written.anchor}.{written.edge}"
    return Refusal(
        rules.HOURS_ON_A_DAY,
        f"`{term.text}` needs a time, and `{edge}.day` is a day",
        f"remove `.day`: `{edge}` is a time",
    )


def _clock_text(written: RelativeDate) -> str:
    return written.text.rpartition(" at ")[2].rstrip("?~%")


def _side_place(side: BetweenSide, whole: Between) -> int:
    """Return where in the text of a ``between`` a side begins."""
    # The first follows `between `, where its text cannot be found in another's.
    return whole.text.find(str(side), 0 if side is whole.first else len(str(whole.first)))
