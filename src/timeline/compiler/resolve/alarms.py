"""Resolve alarms: lengths before an event, and times, to the triggers of VALARMs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from timeline.dates import (
    REFUSED,
    UTC_NAME,
    AlarmBefore,
    ClockTime,
    Duration,
    Instant,
    NoDate,
    OneSidedDate,
    day_after,
    day_before,
    move_moment,
    resolve_moved_wall_time,
    shift_wall_time,
    to_zone,
)
from timeline.diagnostics import At, Diagnostic, Note, Refusal, rules
from timeline.model import Alarm, AllDay, Mixed, Undated, is_imprecise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.compiler.resolve.dates import DateResolver
    from timeline.compiler.resolve.tree import Entry
    from timeline.compiler.schema.categories import CategoryEntry
    from timeline.dates import WrittenAlarm
    from timeline.diagnostics import Path
    from timeline.model import Dated, When

Trigger = tuple[datetime, Alarm]
"""An alarm with the time at which it triggers: in UTC, or, of days and of the instances of a
series, on their own clock. One event has times of one kind, so they can be compared."""


class _Written(Struct, frozen=True):
    """An alarm, the path at which an error of this event is reported, and the place of its text."""

    alarm: WrittenAlarm | Instant
    path: Path
    place: Path


class AlarmResolver:
    """Resolve the alarms of an event, or of an instance of it: its own and its categories'.

    An event that has neither has those of its defaults, and one with an empty list has none.
    """

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
        path, own = self._entry.path, self._entry.written.alarms
        if own == ():
            return ()
        written = _at_place(own or (), path)
        written += (
            _Written(alarm, path, ("categories", name, "alarms", index))
            for name in categories
            if name in self._categories
            for index, alarm in enumerate(self._categories[name].alarms)
        )
        if not written:
            at, defaults = self._entry.defaults.alarms_path, self._entry.defaults.alarms
            written = [_Written(alarm, path, (*at, n)) for n, alarm in enumerate(defaults)]
        is_refused = own and self._dates.is_refused(self._entry, "start")
        if own and not is_refused and not _has_known_day(when):
            self._report_unknown_day(
                (*path, "alarms"),
                "the event has no reminders while its day is not known",
                "no change is needed: the reminders are added when `start` is a day or a time",
            )
        return self._resolve_all(self._repeated(written), when)

    def resolve_of_override(
        self, alarms: Iterable[WrittenAlarm], when: When, path: Path
    ) -> tuple[Alarm, ...]:
        """Return the alarms of an override, at its path, which replace those of its event."""
        return self._resolve_all(_at_place(alarms, path), when)

    def resolve_of_feed(
        self, alarms: Mapping[Path, AlarmBefore | Instant], when: When
    ) -> tuple[Alarm, ...]:
        """Return the alarms of a feed, by their paths, which replace those of the event.

        What is wrong with one of them is reported once, for the first event.
        """
        refused = self._dates.refused
        written = [_Written(alarm, at, at) for at, alarm in alarms.items() if at not in refused]
        return self._resolve_all(self._repeated(written), when)

    def _repeated(self, alarms: Iterable[_Written]) -> Iterable[_Written]:
        """Return the alarms of an event that each instance has, if it is about one."""
        if not self._is_instance:
            return alarms
        return [written for written in alarms if isinstance(written.alarm, AlarmBefore)]

    def _resolve_all(self, alarms: Iterable[_Written], when: When) -> tuple[Alarm, ...]:
        if isinstance(when, Undated) or not _has_known_day(when):
            return ()
        first: dict[datetime, Alarm] = {}
        for written in alarms:
            if self._is_series and _has_months(written.alarm):
                self._refuse_months(written, written.alarm.amount.text)
                continue
            try:
                trigger = self._trigger(written.alarm, written.path, when)
            except Refusal as refusal:
                at, notes = At(written.path), self._notes(written.path, "is here")
                self._dates.diagnostics.append(replace(refusal.to_diagnostic(at), notes=notes))
                if written.place[0] == "feeds":
                    self._dates.refused.add(written.place)
                continue
            if trigger is not None:
                first.setdefault(*trigger)
        return tuple(first.values())

    @property
    def _is_series(self) -> bool:
        event = self._entry.written
        return bool(event.rrule or event.rdate) and not self._is_instance

    def _refuse_months(self, written: _Written, length: str) -> None:
        """Report months before each instance of a series: of a category's, for one event alone."""
        if written.place in self._dates.refused:
            return
        self._dates.refused.add(written.place)
        self._dates.diagnostics.append(
            Diagnostic(
                rules.ALARM_SYNTAX,
                f"`{length}` has no fixed length, and the reminders of a series need one",
                At(written.place, part=(0, len(length))),
                help="write days or weeks, such as `4 weeks before`",
                notes=self._notes(written.place, "recurs"),
            )
        )

    def _notes(self, place: Path, what: str) -> tuple[Note, ...]:
        """Return the note that names the event, if it is not the one that a diagnostic is in."""
        path = self._entry.path
        if place[: len(path)] == path:
            return ()
        return (Note(f"`{self._entry.written.id}` {what}", At((*path, "id"))),)

    def _trigger(self, written: WrittenAlarm | Instant, path: Path, when: Dated) -> Trigger | None:
        if isinstance(written, Instant):
            return written.utc, Alarm(written)
        if isinstance(written, ClockTime):
            instant = self._dates.resolve_literal(written, path, self._entry.zone)
            return (instant.utc, Alarm(instant)) if isinstance(instant, Instant) else None
        at_end = written.edge == "end" and (isinstance(when, AllDay) or when.end is not None)
        edge = _edge_time(when, at_end=at_end)
        if edge is None:
            if path[:-1] == (*self._entry.path, "alarms") and when.end is not REFUSED:
                self._report_unknown_day(
                    path,
                    "there is no reminder before the end while its day is not known",
                    "no change is needed: the reminder is added when `end` is a day or a time",
                )
            return None
        related = "END" if at_end else "START"
        try:
            if isinstance(edge, Instant):
                if not self._is_series:
                    in_days = isinstance(when, Mixed)
                    return _trigger_before_instant(written, edge, related, in_days=in_days)
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


def _at_place(alarms: Iterable[WrittenAlarm], path: Path) -> list[_Written]:
    """Return the alarms of the event or the override at a path."""
    return [
        _Written(alarm, at := (*path, "alarms", index), at) for index, alarm in enumerate(alarms)
    ]


def _has_known_day(when: When) -> bool:
    return not isinstance(when, Undated) and not is_imprecise(when)


def _has_months(alarm: WrittenAlarm | Instant) -> TypeGuard[AlarmBefore]:
    return isinstance(alarm, AlarmBefore) and bool(alarm.amount.years or alarm.amount.months)


def _edge_time(when: Dated, *, at_end: bool) -> Instant | datetime | None:
    """Return the time that an alarm counts back from, ``None`` where its day is not known.

    All-day events count from the midnight at which the first day begins, or the last one ends.
    """
    side = when.start if when.end is None or not at_end else when.end
    if isinstance(side, Instant):
        return side
    if isinstance(side, NoDate | OneSidedDate) or not side.is_day:
        return None
    return datetime.combine(day_after(side.latest) if at_end else side.latest, time())


def _trigger_before_instant(
    written: AlarmBefore, edge: Instant, related: str, *, in_days: bool
) -> Trigger:
    """Return the trigger before one time: days by the wall clock, the rest exactly.

    That is RFC 5545 3.3.6. Apps differ in how long a duration is over a clock change (ical.js and
    icalendar count hours too by the wall clock), so there the trigger is a time in UTC. So it is
    ``in_days``, where the VEVENT has no time from which a duration could count.
    """
    amount, instant = written.amount, edge
    if amount.is_nominal or written.clock is not None:
        clock = written.clock or edge.wall.time()
        wall = datetime.combine(_days_back(edge.wall, amount).date(), clock)
        instant, _ = resolve_moved_wall_time(wall, edge.zone)
    instant = Instant(to_zone(move_moment(instant.utc, -amount.exact), edge.zone), edge.zone)
    length = instant.utc - edge.utc
    if length == instant.wall - edge.wall and not in_days:
        return instant.utc, Alarm(length, related)
    return instant.utc, Alarm(Instant(instant.utc, UTC_NAME), related)


def _trigger_by_clock(written: AlarmBefore, edge: datetime, related: str, day: date) -> Trigger:
    """Return the trigger before what is not one instant: a day, or each instance of a series.

    ``day`` is the day from which months and a time of day count back: a month before the end of 30
    March is the end of 28 February.
    """
    midnight = datetime.combine(day, time())
    wall = _days_back(midnight, written.amount)
    if written.clock is None:
        wall = move_moment(wall, edge - midnight - written.amount.exact)
    else:
        wall = datetime.combine(wall.date(), written.clock)
    return wall, Alarm(wall - edge, related)


def _days_back(wall: datetime, amount: Duration) -> datetime:
    """Return a wall-clock time moved back by years and months on the calendar, then by days."""
    if amount.years or amount.months:  # few alarms; to import what moves by months takes 50 ms
        wall = shift_wall_time(wall, -Duration(years=amount.years, months=amount.months))
    return move_moment(wall, -timedelta(weeks=amount.weeks, days=amount.days))
