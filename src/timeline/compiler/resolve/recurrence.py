"""What hangs on an event's dates: its recurrence, the instances that differ, its reminders."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.dates import (
    LAST_DAY,
    TBC,
    UTC_NAME,
    ClockTime,
    Date,
    Instant,
    NoDate,
    local_day,
    make_day,
    recurrence_instances,
    resolve_moved_wall_time,
    shift_date,
    to_zone,
    validate_start,
)
from timeline.diagnostics import At, Diagnostic, Refusal, rules
from timeline.model import (
    Alarm,
    AllDay,
    Event,
    Override,
    Recurrence,
    TextsInLanguage,
    Timed,
    Undated,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.compiler.resolve.dates import Entry, Resolver
    from timeline.compiler.schema.categories import Category
    from timeline.compiler.schema.events import EventEntry, OverrideEntry
    from timeline.compiler.schema.timeline import Timeline
    from timeline.dates import AlarmBefore, Duration
    from timeline.diagnostics import Path
    from timeline.model import When

Moment = date | Instant
"""A start that an instance has: a day or a time, as its event."""


def with_recurrence(event: Event, entry: Entry, timeline: Timeline, resolver: Resolver) -> Event:
    """Give the event with its rule, its further and excepted dates, and its overrides."""
    written = entry.written
    if written.rrule is None and not written.rdate:
        _refuse_lone(entry, resolver)
        return event
    start = _known_start(event, entry, resolver)
    if start is None:
        return event
    if written.rrule is not None:
        try:
            validate_start(written.rrule, start)
        except Refusal as refusal:
            resolver.refuse(refusal, (*entry.path, "rrule"))
            return event
    rdate = tuple(_further(entry, start, resolver))
    instances = _Instances(written, start, rdate, entry, resolver)
    exdate = tuple(
        found
        for index, item in enumerate(written.exdate)
        if (found := instances.find(item, (*entry.path, "exdate", index))) is not None
    )
    recurrence = Recurrence(written.rrule, rdate, exdate)
    if exdate and len(exdate) == len(written.exdate):
        left = recurrence_instances(written.rrule, start, rdate, exdate, last=LAST_DAY)
        if next(left, None) is None:
            resolver.refuse(
                Refusal(
                    rules.NO_INSTANCE,
                    "every instance of this event is excepted, so it never happens",
                    "leave one of them, take the event away, or write `status: cancelled` in the "
                    "place of `exdate`",
                ),
                (*entry.path, "exdate"),
            )
    overrides = tuple(_overrides(event, entry, instances, timeline, resolver))
    return replace(event, recurrence=recurrence, overrides=overrides)


def _refuse_lone(entry: Entry, resolver: Resolver) -> None:
    written = entry.written
    if not written.exdate and not written.overrides:
        return
    for key, items in (("exdate", written.exdate), ("overrides", written.overrides)):
        if items:
            resolver.diagnostics.append(
                Diagnostic(
                    rules.NO_RECURRENCE,
                    f"`{key}` is about instances, and this event happens once",
                    At((*entry.path, key)),
                    help=f"add `rrule:` or `rdate:`, or leave `{key}` out",
                )
            )


def _known_start(event: Event, entry: Entry, resolver: Resolver) -> Moment | None:
    """Give the start of an event that recurs, which must be known to the day; else say so."""
    when = event.when
    if isinstance(when, Undated):
        if entry.written.start is TBC:
            _needs_day(entry, "start", "`TBC`", resolver)
        return None
    start = when.start
    for edge, side in (("start", start), ("end", when.end)):
        if isinstance(side, NoDate) or (isinstance(side, Date) and not side.is_day):
            told = side.value if isinstance(side, NoDate) else side.text
            _needs_day(entry, edge, f"`{told}`", resolver)
            return None
    return start.earliest if isinstance(start, Date) else start


def _needs_day(entry: Entry, edge: str, told: str, resolver: Resolver) -> None:
    resolver.diagnostics.append(
        Diagnostic(
            rules.RULE_START,
            f"an event that happens again needs a known {edge}, and this is {told}",
            At((*entry.path, edge)),
            help="write a day or a time, or leave `rrule` and `rdate` out until it is known",
        )
    )


def _further(entry: Entry, start: Moment, resolver: Resolver) -> Iterator[Moment]:
    for index, item in enumerate(entry.written.rdate):
        path = (*entry.path, "rdate", index)
        found = _moment(item, path, start, entry, resolver)
        if found is not None and isinstance(found, Instant) != isinstance(start, Instant):
            _report_kind(path, found, start, resolver)
        elif found is not None:
            yield found


def _moment(
    item: Date | ClockTime, path: Path, start: Moment, entry: Entry, resolver: Resolver
) -> Moment | None:
    """Resolve a day or a time of an instance; times without a zone are in the start's."""
    zone = start.zone if isinstance(start, Instant) else entry.zone
    found = resolver.literal(item, path, zone)
    if isinstance(found, Date):
        if found.is_day and not found.qualification:
            return found.earliest
        resolver.refuse(
            Refusal(rules.RULE_START, f"`{found}` is not a day", "write the day of the instance"),
            path,
        )
    return found if isinstance(found, Instant) else None


def _report_kind(path: Path, found: Moment, start: Moment, resolver: Resolver) -> None:
    """Report a day among the instances of an event that has a time, or the other way round."""
    if isinstance(start, Instant):
        message = "this is a day, and the event has a time"
        hint = f"write the time too: `{found}T{start.wall:%H:%M}`"
    else:
        assert isinstance(found, Instant)  # noqa: S101 - the other way round
        message = "this is a time, and the event is of whole days"
        hint = f"write the day alone: `{found.wall.date()}`"
    resolver.refuse(Refusal(rules.DAY_AND_TIME, message, hint), path)


class _Instances:
    """The instances of an event as far as its exceptions ask for them."""

    def __init__(
        self,
        written: EventEntry,
        start: Moment,
        rdate: tuple[Moment, ...],
        entry: Entry,
        resolver: Resolver,
    ) -> None:
        self._start, self._entry, self._resolver = start, entry, resolver
        self._by_day: dict[date, list[Moment]] = {}
        named = [*written.exdate, *(item.recurrence_id for item in written.overrides)]
        if named:
            # A day on each side: a time may be told on the clock of another zone.
            last = max(_day_of(item) for item in named) + timedelta(days=1)
            for instance in recurrence_instances(written.rrule, start, rdate, last=last):
                self._by_day.setdefault(local_day(instance), []).append(instance)

    def find(self, item: Date | ClockTime, path: Path) -> Moment | None:
        """Find the instance that a day or a time names; a day may name the one time on it."""
        found = _moment(item, path, self._start, self._entry, self._resolver)
        if found is None:
            return None
        if isinstance(found, Instant):
            if not isinstance(self._start, Instant):
                _report_kind(path, found, self._start, self._resolver)
                return None
            days = (found.utc.date() + timedelta(days=shift) for shift in (-1, 0, 1))
            near = [each for day in days for each in self._by_day.get(day, ())]
            match = [each for each in near if _is_same_instant(each, found)]
        else:
            match = self._by_day.get(found, [])
        if match:
            return match[0]
        self._resolver.refuse(
            Refusal(rules.NO_SUCH_INSTANCE, f"nothing happens on `{item}`", self._nearest(found)),
            path,
        )
        return None

    def _nearest(self, moment: Moment) -> str:
        day = local_day(moment)
        if not self._by_day:
            return "leave it out"
        near = min(self._by_day, key=lambda known: (abs(known - day), known))
        return f"the nearest instance is on `{near}`"


def _is_same_instant(one: Moment, other: Instant) -> bool:
    return isinstance(one, Instant) and one.utc == other.utc


def _day_of(item: Date | ClockTime) -> date:
    return item.earliest if isinstance(item, Date) else item.wall.date()


def _overrides(
    event: Event,
    entry: Entry,
    instances: _Instances,
    timeline: Timeline,
    resolver: Resolver,
) -> Iterator[Override]:
    seen: set[object] = set()
    for index, item in enumerate(entry.written.overrides):
        path = (*entry.path, "overrides", index)
        instance = instances.find(item.recurrence_id, (*path, "recurrence-id"))
        if instance is None:
            continue
        if instance in seen:
            resolver.refuse(
                Refusal(
                    rules.DUPLICATE_OVERRIDE,
                    "this instance has an override already",
                    "write both changes in one override",
                ),
                (*path, "recurrence-id"),
            )
            continue
        seen.add(instance)
        when = _own_when(event, item, instance, path, entry, resolver)
        if when is not None:
            own = _overridden(event, entry.written, item, when, timeline.calendar.language)
            # `at 18:00` is another distance from a start that was moved to another hour.
            rings = alarms(
                when, own.categories, entry, timeline.categories, resolver, is_instance=True
            )
            yield Override(instance, replace(own, alarms=rings))


def _overridden(
    event: Event,
    series: EventEntry,
    item: OverrideEntry,
    when: AllDay | Timed,
    language: str | None,
) -> Event:
    """Give the event that the instance is: what the override leaves out is the series'."""
    own = {
        "summary": text_in(item.summary, language),
        "description": text_in(item.description, language),
        "location": item.location,
        "url": item.url,
        "status": item.status,
        "categories": None if item.categories is None else tuple(item.categories),
    }
    changed = {name: value for name, value in own.items() if value is not None}
    texts = texts_by_language(
        series.summary if item.summary is None else item.summary,
        series.description if item.description is None else item.description,
    )
    return replace(event, when=when, texts=texts, **changed)


def _own_when(
    event: Event,
    item: OverrideEntry,
    instance: Moment,
    path: Path,
    entry: Entry,
    resolver: Resolver,
) -> AllDay | Timed | None:
    start: Moment | None = instance
    if item.start is not None:
        start = _moment(item.start, (*path, "start"), instance, entry, resolver)
        if start is not None and isinstance(start, Instant) != isinstance(instance, Instant):
            _report_kind((*path, "start"), start, instance, resolver)
            return None
    if start is None:
        return None
    if item.end is not None and item.duration is not None:
        resolver.refuse(
            Refusal(
                rules.END_AND_DURATION,
                "an instance has an `end` or a `duration`, not both",
                "leave one of them out",
            ),
            (*path, "duration"),
        )
    if item.end is not None:
        end = _moment(item.end, (*path, "end"), start, entry, resolver)
        if end is not None and isinstance(end, Instant) != isinstance(start, Instant):
            _report_kind((*path, "end"), end, instance, resolver)
            return None
        return _span(start, end)
    try:
        if item.duration is not None:
            return _span(start, _after(start, item, (*path, "duration"), resolver))
        return _span(start, _as_long(event, start))
    except Refusal as refusal:
        resolver.refuse(refusal, (*path, "duration" if item.duration else "start"))
        return None


def _after(start: Moment, item: OverrideEntry, path: Path, resolver: Resolver) -> Moment | None:
    assert item.duration is not None  # noqa: S101 - the caller has looked
    if isinstance(start, Instant):
        return resolver.move(start, item.duration, path)
    if item.duration.is_exact:
        raise Refusal(
            rules.HOURS_ON_A_DAY,
            f"`{item.duration.text}` cannot be the length of `{start}`, which is a day",
            "write the duration in days or longer",
        )
    return shift_date(make_day(start), item.duration).earliest - timedelta(days=1)


def _as_long(event: Event, start: Moment) -> Moment | None:
    """Give the end of an instance that takes as long as the first, by the clock on the wall.

    A night of 22:00 to 05:00 is that also where it was moved from, or to, a change of the clocks.
    """
    when = event.when
    if isinstance(when, Timed) and isinstance(when.end, Instant) and isinstance(start, Instant):
        if when.start.zone == when.end.zone:
            wall = start.wall + (when.end.wall - when.start.wall)
            end, _ = resolve_moved_wall_time(wall, start.zone)
            if end.utc > start.utc or when.end == when.start:
                return end
        # By the clocks of two zones, or of the second 02:30 of a night, only the exact length is.
        moved = start.utc + (when.end.utc - when.start.utc)
        return Instant(to_zone(moved, start.zone), start.zone)
    if isinstance(when, AllDay) and isinstance(when.end, Date) and not isinstance(start, Instant):
        return start + (when.end.earliest - when.start.earliest)
    return None


def _span(start: Moment, end: Moment | None) -> AllDay | Timed:
    if isinstance(start, Instant):
        return Timed(start, end if isinstance(end, Instant) else None)
    day = None if end is None or isinstance(end, Instant) else make_day(end)
    return AllDay(make_day(start), day)


# Reminders.


def alarms(
    when: When,
    names: tuple[str, ...],
    entry: Entry,
    categories: dict[str, Category],
    resolver: Resolver,
    *,
    is_instance: bool = False,
) -> tuple[Alarm, ...]:
    """Give the reminders of an event that is ``when``: its own, and those of the categories named.

    Of two at one moment the first. An event that is not known to the day has none, and one whose
    end is not has none before that: they would ring on a day that nobody said. An instance of a
    series that differs has none at a time, for these are the series'.
    """
    own = entry.written.alarms
    shared = [item for name in names if name in categories for item in categories[name].alarms]
    if not own and not shared:
        return ()
    if isinstance(when, Undated) or (isinstance(when, AllDay) and not when.start.is_day):
        if own:
            resolver.diagnostics.append(
                Diagnostic(
                    rules.ALARM_WITHOUT_DAY,
                    "nobody can be reminded of a day that is not known",
                    At((*entry.path, "alarms")),
                    help="nothing is to be done: the reminders begin when the date is a day",
                )
            )
        return ()
    found: dict[datetime, Alarm] = {}
    items = [(item, (*entry.path, "alarms", index)) for index, item in enumerate(own)]
    items += [(item, entry.path) for item in shared]
    for item, path in items:
        if is_instance and isinstance(item, ClockTime):
            continue  # it rings once for the whole series
        try:
            rung = _alarm(item, when, path, entry, resolver, is_instance=is_instance)
        except Refusal as refusal:
            resolver.refuse(refusal, path)
            continue
        if rung is not None:
            found.setdefault(*rung)
    return tuple(found.values())


def _alarm(
    item: AlarmBefore | ClockTime,
    when: AllDay | Timed,
    path: Path,
    entry: Entry,
    resolver: Resolver,
    *,
    is_instance: bool,
) -> tuple[datetime, Alarm] | None:
    """Give a reminder and when it rings: in UTC, or of days and of a series on its own clock."""
    if isinstance(item, ClockTime):
        found = resolver.literal(item, path, entry.zone)
        return (found.utc, Alarm(found)) if isinstance(found, Instant) else None
    at_end = item.edge == "end" and (isinstance(when, AllDay) or when.end is not None)
    edge = _edge(when, at_end=at_end)
    if edge is None:
        if path != entry.path:
            resolver.diagnostics.append(
                Diagnostic(
                    rules.ALARM_WITHOUT_DAY,
                    "nobody can be reminded of an end whose day is not known",
                    At(path),
                    help="nothing is to be done: the reminder begins when the end is a day",
                )
            )
        return None
    is_series = bool(entry.written.rrule or entry.written.rdate) and not is_instance
    related = "END" if at_end else "START"
    try:
        if isinstance(edge, Instant) and not is_series:
            return _once(item, edge, related)
        wall = edge.wall if isinstance(edge, Instant) else edge
        return _by_clock(item, wall, related, is_midnight=at_end and not isinstance(edge, Instant))
    except OverflowError:
        message = "a reminder would ring before the year 0001"
        raise Refusal(rules.YEAR_RANGE, message, "write a shorter length before it") from None


def _once(item: AlarmBefore, edge: Instant, related: str) -> tuple[datetime, Alarm]:
    """Give a reminder before a time: days keep the clock, the rest is exact (RFC 5545 3.3.6).

    Where clocks change in between, apps differ in how long that is (ical.js and icalendar count
    hours too by the clock on the wall), and none in a time in UTC.
    """
    days, exact = _length(item.amount)
    rings = edge
    if days or item.clock is not None:
        at = item.clock or edge.wall.time()
        rings, _ = resolve_moved_wall_time(datetime.combine(edge.wall.date() - days, at), edge.zone)
    rings = Instant(to_zone(rings.utc - exact, edge.zone), edge.zone)
    length = rings.utc - edge.utc
    if length == rings.wall - edge.wall:
        return rings.utc, Alarm(length, related)
    return rings.utc, Alarm(Instant(rings.utc, UTC_NAME), related)


def _by_clock(
    item: AlarmBefore, edge: datetime, related: str, *, is_midnight: bool
) -> tuple[datetime, Alarm]:
    """Give a reminder before what has no one instant; ``is_midnight`` if its day ends there."""
    days, exact = _length(item.amount)
    rings = edge - days - exact
    if item.clock is not None:
        day = edge.date() - timedelta(days=is_midnight)
        rings = datetime.combine(day - days, item.clock)
    return rings, Alarm(rings - edge, related)


def _length(amount: Duration) -> tuple[timedelta, timedelta]:
    """Give the days of a length, which keep the clock, and the rest of it, which is exact."""
    days = timedelta(weeks=amount.weeks, days=amount.days)
    return days, timedelta(hours=amount.hours, minutes=amount.minutes, seconds=amount.seconds)


def _edge(when: AllDay | Timed, *, at_end: bool) -> Instant | datetime | None:
    """Give the time that a trigger counts from; ``None`` where that is not known to the day.

    Whole days count from the midnight that begins the first, or ends the last.
    """
    side = when.start if when.end is None or not at_end else when.end
    if isinstance(side, Instant):
        return side
    if isinstance(side, NoDate) or not side.is_day:
        return None
    return datetime.combine(side.latest + timedelta(days=at_end), time())


# Texts by language.


def text_in(value: str | dict[str, str] | None, *languages: str | None) -> str | None:
    """Give a text in the first of these languages that it has."""
    if value is None or isinstance(value, str):
        return value
    found: Iterable[str] = (value[each] for each in languages if each is not None and each in value)
    return next(iter(found), next(iter(value.values())))


def texts_by_language(
    summary: str | dict[str, str] | None, description: str | dict[str, str] | None
) -> tuple[TextsInLanguage, ...]:
    """Return the texts in every language that one of them is written in."""
    summaries = summary if isinstance(summary, dict) else {}
    descriptions = description if isinstance(description, dict) else {}
    return tuple(
        TextsInLanguage(language, summaries.get(language), descriptions.get(language))
        for language in dict.fromkeys([*summaries, *descriptions])
    )
