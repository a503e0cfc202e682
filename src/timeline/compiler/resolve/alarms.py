"""Resolve alarms: lengths before an event, and times, to the triggers of VALARMs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from timeline.dates import (
    REFUSED,
    UTC_NAME,
    ClockTime,
    Instant,
    NoDate,
    OneSidedDate,
    day_after,
    day_before,
    move_moment,
    resolve_moved_wall_time,
    to_zone,
)
from timeline.diagnostics import At, Diagnostic, Refusal, rules
from timeline.model import Alarm, AllDay, Undated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.compiler.resolve.dates import DateResolver
    from timeline.compiler.resolve.tree import Entry
    from timeline.compiler.schema.categories import CategoryEntry
    from timeline.dates import AlarmBefore, Duration, WrittenAlarm
    from timeline.diagnostics import Path
    from timeline.model import Timed, When

Trigger = tuple[datetime, Alarm]
"""An alarm with the time at which it triggers: in UTC, or, of days and of the instances of a
series, on their own clock. One event has times of one kind, so they can be compared."""


class AlarmResolver:
    """Resolve the alarms of an event, or of an instance of it: its own, and its categories'."""

    def __init__(
        self,
        entry: Entry,
        categories: Mapping[str, CategoryEntry],
        dates: DateResolver,
        *,
        is_instance: bool = False,
    ) -> None:
        self._entry = entry
        self._categories = categories
        self._dates = dates
        self._is_instance = is_instance

    def resolve(self, when: When, categories: Iterable[str]) -> tuple[Alarm, ...]:
        """Return the alarms of an event or an instance with these dates and categories.

        Of two at one time, the first. An event that is not known to the day has none, and one
        whose end is not known to the day has none before its end: they would trigger on a day that
        nobody announced. An instance has none at a fixed time: it triggers once, for the series.
        """
        own = self._entry.written.alarms
        shared = [
            alarm
            for name in categories
            if name in self._categories
            for alarm in self._categories[name].alarms
        ]
        if not own and not shared:
            return ()
        if isinstance(when, Undated) or (isinstance(when, AllDay) and not when.start.is_day):
            if own and not self._dates.is_refused(self._entry, "start"):
                self._report_unknown_day(
                    (*self._entry.path, "alarms"),
                    "the event has no reminders while its day is not known",
                    "no change is needed: the reminders are added when `start` is a day or a time",
                )
            return ()
        first: dict[datetime, Alarm] = {}
        for written, path in self._with_paths(own, shared):
            if self._is_instance and isinstance(written, ClockTime):
                continue
            try:
                trigger = self._trigger(written, path, when)
            except Refusal as refusal:
                self._dates.refuse(refusal, path)
                continue
            if trigger is not None:
                first.setdefault(*trigger)
        return tuple(first.values())

    def _with_paths(
        self, own: Iterable[WrittenAlarm], shared: Iterable[WrittenAlarm]
    ) -> Iterator[tuple[WrittenAlarm, Path]]:
        """Yield each alarm with its path; what is wrong with a category's is wrong at the event."""
        path = self._entry.path
        yield from ((alarm, (*path, "alarms", index)) for index, alarm in enumerate(own))
        yield from ((alarm, path) for alarm in shared)

    def _trigger(self, written: WrittenAlarm, path: Path, when: AllDay | Timed) -> Trigger | None:
        if isinstance(written, ClockTime):
            instant = self._dates.resolve_literal(written, path, self._entry.zone)
            return (instant.utc, Alarm(instant)) if isinstance(instant, Instant) else None
        at_end = written.edge == "end" and (isinstance(when, AllDay) or when.end is not None)
        edge = _edge_time(when, at_end=at_end)
        if edge is None:
            if path != self._entry.path and when.end is not REFUSED:
                self._report_unknown_day(
                    path,
                    "there is no reminder before the end while its day is not known",
                    "no change is needed: the reminder is added when `end` is a day or a time",
                )
            return None
        event = self._entry.written
        is_series = bool(event.rrule or event.rdate) and not self._is_instance
        related = "END" if at_end else "START"
        try:
            if isinstance(edge, Instant):
                if not is_series:
                    return _trigger_before_instant(written, edge, related)
                return _trigger_by_clock(written, edge.wall, related, edge.wall.date())
            day = day_before(edge.date()) if at_end else edge.date()
            return _trigger_by_clock(written, edge, related, day)
        except (Refusal, OverflowError):
            message = "the reminder would be before the year 0001"
            help_ = "write a shorter time before the event"
            raise Refusal(rules.YEAR_RANGE, message, help_) from None

    def _report_unknown_day(self, path: Path, message: str, help_: str) -> None:
        diagnostic = Diagnostic(rules.ALARM_WITHOUT_DAY, message, At(path), help=help_)
        self._dates.diagnostics.append(diagnostic)


def _edge_time(when: AllDay | Timed, *, at_end: bool) -> Instant | datetime | None:
    """Return the time that an alarm counts back from, ``None`` where its day is not known.

    All-day events count from the midnight at which the first day begins, or the last one ends.
    """
    side = when.start if when.end is None or not at_end else when.end
    if isinstance(side, Instant):
        return side
    if isinstance(side, NoDate | OneSidedDate) or not side.is_day:
        return None
    return datetime.combine(day_after(side.latest) if at_end else side.latest, time())


def _trigger_before_instant(written: AlarmBefore, edge: Instant, related: str) -> Trigger:
    """Return the trigger before one time: days by the wall clock, the rest exactly.

    That is RFC 5545 3.3.6. Apps differ in how long a duration is over a clock change (ical.js and
    icalendar count hours too by the wall clock), so there the trigger is a time in UTC.
    """
    days = _days(written.amount)
    instant = edge
    if days or written.clock is not None:
        clock = written.clock or edge.wall.time()
        wall = datetime.combine(move_moment(edge.wall, -days).date(), clock)
        instant, _ = resolve_moved_wall_time(wall, edge.zone)
    instant = Instant(
        to_zone(move_moment(instant.utc, -written.amount.exact), edge.zone), edge.zone
    )
    length = instant.utc - edge.utc
    if length == instant.wall - edge.wall:
        return instant.utc, Alarm(length, related)
    return instant.utc, Alarm(Instant(instant.utc, UTC_NAME), related)


def _trigger_by_clock(written: AlarmBefore, edge: datetime, related: str, day: date) -> Trigger:
    """Return the trigger before what is not one instant: a day, or each instance of a series.

    ``day`` is the day from which a time of day counts back.
    """
    days = _days(written.amount)
    if written.clock is None:
        wall = move_moment(edge, -(days + written.amount.exact))
    else:
        wall = datetime.combine(
            move_moment(datetime.combine(day, time()), -days).date(), written.clock
        )
    return wall, Alarm(wall - edge, related)


def _days(amount: Duration) -> timedelta:
    """Return the weeks and days of an amount; an alarm has no months or years."""
    return timedelta(weeks=amount.weeks, days=amount.days)
