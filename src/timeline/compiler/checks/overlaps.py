"""Find events that overlap in a category whose events must not, among all instances of series.

What is compared is when an event is certainly on: a time from its start to its end, a day on all
clocks that it may be on, and of a vague date what all of its days have in common. A date with one
known bound is certainly on no day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.compiler.checks.zones_of_days import zones_of_days
from timeline.dates import (
    UTC_NAME,
    Date,
    Instant,
    Qualification,
    date_of,
    is_fixed_zone,
    local_day,
    move_day_within,
    move_instant_within,
    to_zone,
)
from timeline.diagnostics import At, Diagnostic, Note, rules
from timeline.model import AllDay, Mixed, Timed, Undated, certainty, instance_dates, latest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from timeline.compiler.checks.context import CheckContext
    from timeline.compiler.resolve.tree import Entry
    from timeline.dates import NoDate, RecurrenceStart
    from timeline.model import Dated, Event

MAX_COMPARED = 50_000
"""How many instances of series are compared in a file: 1 to 3 seconds."""

_PERIOD = 2 * 366
"""The days from its start for which an endless rule is compared, if no other event is later."""


class _Span(Struct, frozen=True):
    """When an instance is certainly on: days of ``date.toordinal``, or seconds in UTC.

    ``end`` is exclusive. It is before ``begin`` where it is certain neither that the instance has
    begun by then, nor that it has not ended, as within a vague date.
    """

    begin: int
    end: int
    event: Event
    entry: Entry
    day: date


def overlap(context: CheckContext) -> Iterator[Diagnostic]:
    """Find events that are on at the same time in a category whose events must not overlap."""
    members: dict[str, list[tuple[Entry, Event]]] = {
        name: [] for name, category in context.timeline.categories.items() if category.no_overlap
    }
    if not members:
        return
    for entry, event in zip(context.entries, context.calendar.events, strict=True):
        categories = {*event.categories}.union(*(o.event.categories for o in event.overrides))
        for name in members.keys() & categories:
            members[name].append((entry, event))
    left = MAX_COMPARED
    for name, some in members.items():
        instances = []
        last, is_cut = _last_day(event for _, event in some), False
        for entry, event in some:
            for when in _instances(event, name, last):
                if event.recurrence is not None:
                    is_cut = not left
                    if is_cut:
                        break
                    left -= 1
                instances.append((entry, event, when))
            if is_cut:
                break
        if is_cut:
            yield _too_many(name)
        else:
            yield from _overlaps(name, instances, context)


def _too_many(name: str) -> Diagnostic:
    return Diagnostic(
        rules.OVERLAP,
        f"the series of a file have more than {MAX_COMPARED:,} instances to compare, so `{name}` "
        "is not checked",
        At(("categories", name, "no-overlap")),
        help="end the rules of its events earlier, or remove `no-overlap`",
    )


def _last_day(events: Iterable[Event]) -> date:
    """Return the day up to which endless rules are compared."""
    last = date.min
    for event in events:
        recurrence = event.recurrence
        if recurrence is None:
            end = latest(event.when) or last
        else:
            start = local_day(recurrence.start)
            end = recurrence.last_day or move_day_within(start, _PERIOD)
        last = max(last, end)
    return last


def _instances(event: Event, category: str, last: date) -> Iterator[Dated]:
    """Yield the dates of the instances of an event that are in a category and take place."""
    recurrence, when = event.recurrence, event.when
    is_on = event.status != "cancelled" and category in event.categories
    if isinstance(when, Undated):
        return
    if recurrence is None or isinstance(when, Mixed):
        if is_on:
            yield when
        return
    replaced = [override.recurrence_id for override in event.overrides]
    for override in event.overrides:
        instance, moved = override.event, override.event.when
        if instance.status != "cancelled" and category in instance.categories:
            assert not isinstance(moved, Undated)  # noqa: S101 - an instance has a date
            yield moved
    if is_on:
        for moment in recurrence.instances(last=last, without=replaced):
            yield _shorter(when, instance_dates(when, moment), moment)


def _shorter(
    when: AllDay | Timed, dates: AllDay | Timed, moment: RecurrenceStart
) -> AllDay | Timed:
    """Return the dates of an instance with the earlier of its ends.

    Apps differ where the clock changes during it: it has the exact length of the first, or that by
    the wall clock.
    """
    if not isinstance(moment, Instant) or not isinstance(when, Timed):
        return dates
    if not isinstance(when.end, Instant) or not isinstance(dates.end, Instant):
        return dates
    zone = moment.zone
    if is_fixed_zone(zone) or (zone, zone) != (when.start.zone, when.end.zone):
        return dates
    on_the_clock = Instant(moment.wall.replace(tzinfo=UTC), UTC_NAME)
    wall = move_instant_within(on_the_clock, when.end.wall - when.start.wall).wall
    end = Instant(to_zone(wall, zone), zone)
    return Timed(moment, end) if end.utc < dates.end.utc else dates


def _overlaps(
    name: str, instances: list[tuple[Entry, Event, Dated]], context: CheckContext
) -> Iterator[Diagnostic]:
    days: list[_Span] = []
    mixed_days: list[_Span] = []
    times: list[_Span] = []
    zoned: list[_Span] = []
    for entry, event, when in instances:
        if certainty(when) is not Qualification.CERTAIN:
            continue
        if isinstance(when, Timed):
            times.append(_span_of_time(when, event, entry))
        elif isinstance(when, Mixed):
            mixed_days.append(_days_of_mixed(when, event, entry))
            times.append(_span_of_mixed(when, event, entry, zones_of_days(entry, context)))
        elif isinstance(when.start, Date):
            days.append(_span_of_days(when.start, when.end, event, entry))
    if times:
        zoned = [_in_seconds(span, zones_of_days(span.entry, context)) for span in days]
    days += mixed_days
    for spans in (days, zoned, times):
        spans.sort(key=lambda span: (span.begin, span.event.path))
    pairs = [*_pairs(days), *_pairs(times)]
    # Of a day and a time that begin together, the day counts as the first.
    pairs += [*_mixed_pairs(zoned, times, bisect_right), *_mixed_pairs(times, zoned, bisect_left)]
    reported = set()
    for span, other in sorted(pairs, key=lambda pair: (pair[1].day, pair[1].event.path)):
        key = span.event.path, other.event.path
        if key not in reported:
            reported.add(key)
            yield _diagnostic(name, span.event, other.event, other.day)


def _diagnostic(name: str, event: Event, other: Event, day: date) -> Diagnostic:
    at, help_ = At((*other.path, "id")), "change the dates of one of them, or remove `no-overlap`"
    on = f" on {day}" if event.recurrence or other.recurrence else ""
    if event is other:
        message = f"two instances of `{event.id}` overlap{on}, and `{name}` has `no-overlap`"
        return Diagnostic(rules.OVERLAP, message, at, help=help_)
    message = f"`{other.id}` overlaps with `{event.id}`{on}, and `{name}` has `no-overlap`"
    notes = (Note("the other event is here", At((*event.path, "id"))),)
    return Diagnostic(rules.OVERLAP, message, at, help=help_, notes=notes)


def _pairs(spans: list[_Span]) -> Iterator[tuple[_Span, _Span]]:
    """Yield each span that overlaps with one before it, with the one of them that ends last."""
    begins, longest = [span.begin for span in spans], _longest(spans)
    for number, span in enumerate(spans):
        count = min(number, bisect_left(begins, span.end))
        if count and longest[count - 1].end > span.begin:
            yield longest[count - 1], span


def _mixed_pairs(
    spans: list[_Span], others: list[_Span], bisect: Callable[[list[int], int], int]
) -> Iterator[tuple[_Span, _Span]]:
    """Yield each of ``others`` that overlaps with a span that begins before it, and that span.

    ``bisect`` decides about those that begin together.
    """
    begins, longest = [span.begin for span in spans], _longest(spans)
    for other in others:
        count = min(bisect(begins, other.begin), bisect_left(begins, other.end))
        if count and longest[count - 1].end > other.begin:
            yield longest[count - 1], other


def _longest(spans: list[_Span]) -> list[_Span]:
    """Return for each span the one up to there that ends last, the later of two."""

    def later(span: _Span, other: _Span) -> _Span:
        return other if other.end >= span.end else span

    return list(accumulate(spans, later))


def _span_of_time(when: Timed, event: Event, entry: Entry) -> _Span:
    begin = _seconds(when.start.utc)
    end = _seconds(when.end.utc) if isinstance(when.end, Instant) else begin
    # A moment lasts a second here, so that it overlaps with what begins then.
    return _Span(begin, max(end, begin + 1), event, entry, local_day(when.start))


def _span_of_days(start: Date, end: Date | NoDate | None, event: Event, entry: Entry) -> _Span:
    """Return the days from the latest possible start to the earliest possible end."""
    begin, last = start.latest, start.earliest
    if isinstance(end, Date):
        begin, last = min(begin, end.latest), max(last, end.earliest)
    return _Span(begin.toordinal(), last.toordinal() + 1, event, entry, start.earliest)


def _days_of_mixed(when: Mixed, event: Event, entry: Entry) -> _Span:
    """Return the days on which a span with a time on one side is on all day."""
    span = _span_of_days(date_of(when.start), date_of(when.end), event, entry)
    if isinstance(when.start, Instant):
        return replace(span, begin=span.begin + 1)
    return replace(span, end=span.end - 1)


def _span_of_mixed(when: Mixed, event: Event, entry: Entry, zones: tuple[str, ...]) -> _Span:
    """Return the seconds from or up to the time; the other side is on for all of its days."""
    days = _span_of_days(date_of(when.start), date_of(when.end), event, entry)
    span = _in_seconds(days, zones)
    if isinstance(when.start, Instant):
        return replace(span, begin=_seconds(when.start.utc))
    assert isinstance(when.end, Instant)  # noqa: S101 - one of them is a time
    return replace(span, end=_seconds(when.end.utc))


def _in_seconds(span: _Span, zones: tuple[str, ...]) -> _Span:
    """Return days as the seconds in which they are on the clocks of all zones."""
    begin = max(_midnight(span.begin, zone) for zone in zones)
    end = min(_midnight(span.end, zone) for zone in zones)
    return _Span(begin, end, span.event, span.entry, span.day)


def _midnight(ordinal: int, zone: str) -> int:
    return _seconds(to_zone(datetime.combine(date.fromordinal(ordinal), time.min), zone))


_EPOCH = datetime(1, 1, 1, tzinfo=UTC)


def _seconds(moment: datetime) -> int:
    return (moment.astimezone(UTC) - _EPOCH) // timedelta(seconds=1)
