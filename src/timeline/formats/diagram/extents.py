"""The extent of an event in seconds on the clock of the diagram, from its bounds.

Seconds are counted from the start of the year 1. Every day has 86,400 of them, also when the UTC
offset changes, so that days and times share an axis.
"""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.dates import Instant, Qualification, local_day, move_day_within, to_zone
from timeline.formats.diagram.bounds import event_bounds
from timeline.model import AllDay, Timed, first_dates, recurrence_start

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.formats.diagram.bounds import Bound, Bounds
    from timeline.model import Calendar, Event, When

DAY = 86400

PERIOD = 2 * 365
"""The days for which a rule without an end is drawn if no other event has an end."""

LONGEST = 1_000
"""The most instances of a series that are looked at; what follows is drawn as one band."""

_CERTAIN = Qualification.CERTAIN


class Extent(Struct, frozen=True):
    """The seconds of an event, from ``first`` to ``last``, which is exclusive.

    It is certainly on from ``sure_first`` to ``sure_last``, if the one is before the other; a
    moment has no length. A side without a known bound is open, and the known bound of the other
    side stands for it: an event not before June has June's first day, and ``is_open_end``.
    ``goes_on`` means that there is no end. ``start_sure`` and ``end_sure`` are the qualifications
    of the sides. ``is_point`` states whether it is on one day or at one time.
    """

    first: int
    sure_first: int
    sure_last: int
    last: int
    is_open_start: bool = False
    is_open_end: bool = False
    goes_on: bool = False
    is_point: bool = False
    is_series: bool = False
    has_times: bool = False
    start_sure: Qualification = _CERTAIN
    end_sure: Qualification = _CERTAIN

    @property
    def is_certain(self) -> bool:
        """Whether there is a time at which the event is certainly on, even a moment."""
        return self.sure_first < self.sure_last or self.first == self.last


def clock_of(calendar: Calendar) -> str:
    """Return the zone of the diagram: that of the calendar, else that of its first time."""
    if calendar.timezone:
        return calendar.timezone
    zones = (event.when.start.zone for event in calendar.events if isinstance(event.when, Timed))
    return next(zones, "UTC")


def dates_extent(when: When, clock: str) -> Extent | None:
    """Return the extent of dates on the clock of a zone; ``None`` without a start."""
    bounds = event_bounds(when)
    return None if bounds is None else _extent(bounds, clock)


def _extent(bounds: Bounds, clock: str) -> Extent:
    first, last = bounds.first_start, bounds.last_end
    latest, soonest = bounds.last_start, bounds.first_end
    begins = _starts(first or latest, clock)
    ends = _ends(last or latest or first, clock)
    if last is not None and first != last:
        ends = max(ends, begins + 1)  # when clocks go back, the end may show an earlier time
    sure_first = _starts(latest or first, clock)
    sure_last = _ends(soonest or latest, clock)
    if first is None or latest is None:
        sure_last = sure_first  # of a day with one known bound, none is certain
    return Extent(
        begins,
        sure_first,
        ends if soonest == last else sure_last,
        ends,
        is_open_start=first is None,
        is_open_end=last is None and not bounds.goes_on,
        goes_on=bounds.goes_on,
        is_point=bounds.is_point,
        has_times=isinstance(first, Instant) or isinstance(last, Instant),
        start_sure=bounds.start_sure,
        end_sure=bounds.end_sure,
    )


def event_extents(events: Iterable[Event], clock: str) -> dict[str, Extent | None]:
    """Return extents by event id; a rule without an end is drawn as far as the other events."""
    every = list(events)
    extents = {event.id: event_extent(event, clock) for event in every if not _is_endless(event)}
    last = max((event.last for event in extents.values() if event), default=None)
    extents |= {event.id: event_extent(event, clock, last) for event in every if _is_endless(event)}
    return extents


def event_extent(event: Event, clock: str, horizon: int | None = None) -> Extent | None:
    """Return the extent of an event on the clock of a zone; ``None`` if it has no start.

    A series reaches from its first instance to its last one. A rule without an end has instances
    up to the second ``horizon``, and at least the first one.
    """
    once = dates_extent(event.when, clock)
    recurrence = event.recurrence
    if once is None or recurrence is None:
        return once
    length = once.last - once.first
    regular = recurrence.instances(last=_last_day(event, horizon), without=_moved(event))
    spans = [(first, first + length) for first in _seconds(islice(regular, 1), clock)]
    final = recurrence.last_instance(last=_last_day(event, horizon), without=_moved(event))
    if final is not None:
        spans += [(first, first + length) for first in _seconds([final], clock)]
    spans += _override_spans(event, clock)
    spans = spans or [(once.first, once.last)]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return replace(
        once,
        first=first,
        last=last,
        goes_on=once.goes_on or recurrence.is_endless,
        is_series=True,
    )


def instance_spans(
    event: Event, extent: Extent, clock: str, apart: float
) -> tuple[tuple[int, int], ...]:
    """Return the instances of a series as pairs of seconds, in order.

    Instances that start less than ``apart`` seconds after another are joined to it.
    """
    recurrence = event.recurrence
    assert recurrence is not None  # noqa: S101 - the event is a series
    once = dates_extent(event.when, clock)
    assert once is not None  # noqa: S101 - a series has a start
    until, own = last_day_before(extent.last), _moved(event)
    longest = recurrence.longest_gap
    if longest is not None and longest < apart and not event.overrides:
        return ((extent.first, extent.last),)
    length = once.last - once.first
    moments = list(islice(recurrence.instances(last=until, without=own), LONGEST))
    spans = [(first, first + length) for first in _seconds(moments, clock)]
    if len(moments) == LONGEST and spans[-1][1] < extent.last:
        spans.append((spans[-1][0], extent.last))
    spans += _override_spans(event, clock)
    return tuple(_merged(sorted(spans), apart)) or ((extent.first, extent.last),)


def _merged(spans: Iterable[tuple[int, int]], apart: float) -> Iterator[tuple[int, int]]:
    """Yield spans in order; those that start less than ``apart`` after another are joined to it."""
    begun: tuple[int, int] | None = None
    before = 0
    for first, last in spans:
        if begun is None or first - before >= apart:
            if begun is not None:
                yield begun
            begun = first, last
        else:
            begun = begun[0], max(begun[1], last)
        before = first
    if begun is not None:
        yield begun


def _override_spans(event: Event, clock: str) -> list[tuple[int, int]]:
    """Return the spans of the instances that differ from the series and take place."""
    extents = (
        dates_extent(override.event.when, clock)
        for override in event.overrides
        if override.event.status != "cancelled"
    )
    return [(extent.first, extent.last) for extent in extents if extent]


def _moved(event: Event) -> list[date | Instant]:
    return [override.recurrence_id for override in event.overrides]


def _is_endless(event: Event) -> bool:
    recurrence = event.recurrence
    return recurrence is not None and recurrence.is_endless


def _last_day(event: Event, horizon: int | None) -> date:
    """Return the last day for which instances are drawn."""
    recurrence, when = event.recurrence, first_dates(event)
    assert recurrence is not None  # noqa: S101 - the event is a series
    if recurrence.last_day is not None:
        return recurrence.last_day
    assert isinstance(when, AllDay | Timed)  # noqa: S101 - a series has a start
    first = local_day(recurrence_start(when))
    if horizon is None:
        return move_day_within(first, PERIOD)
    return max(last_day_before(horizon), first)


def last_day_before(second: int) -> date:
    """Return the day of the second before a second, which may be the end of a day."""
    return date.fromordinal(min(max((second - 1) // DAY, 1), date.max.toordinal()))


def _seconds(moments: Iterable[date | Instant], clock: str) -> Iterator[int]:
    for moment in moments:
        yield _starts(moment, clock)


def _starts(bound: Bound, clock: str) -> int:
    """Return the second of a time, or the first second of a day."""
    assert bound is not None  # noqa: S101 - a side without a bound is not asked for
    if isinstance(bound, Instant):
        wall = to_zone(bound.utc, clock)
        return _midnight(wall.date()) + wall.hour * 3600 + wall.minute * 60 + wall.second
    return _midnight(bound)


def _ends(bound: Bound, clock: str) -> int:
    """Return the second of a time, or the first second after a day."""
    return _starts(bound, clock) + (0 if isinstance(bound, Instant) else DAY)


def _midnight(day: date) -> int:
    return day.toordinal() * DAY
