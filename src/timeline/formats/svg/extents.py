"""The extent of an event in seconds, and how well each part of it is known."""

from __future__ import annotations

from datetime import date
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.dates import (
    OPEN,
    Date,
    Instant,
    NoDate,
    OneSidedDate,
    Qualification,
    local_day,
    move_day_within,
    to_zone,
)
from timeline.formats.svg.axis import DAY
from timeline.model import AllDay, Mixed, Timed, Undated, first_dates, recurrence_start

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.dates import Recurrence
    from timeline.model import Calendar, Event

PERIOD = 2 * 365
"""The days for which a rule without an end is drawn if no other event has an end."""

LONGEST = 1_000
"""The most instances of a rule that are drawn; more could not be distinguished."""


class Kind(Enum):
    """What is known about a stretch of time."""

    SOLID = "the event lasts over all of it"
    BEGINS = "the event begins somewhere in it"
    ENDS = "the event ends somewhere in it"
    WITHIN = "the event is somewhere in it"
    MOMENT = "the event is a point: this day, or this second"
    LATER = "the event is on this day or later"
    EARLIER = "the event is on this day or earlier"


_POINTS = (Kind.MOMENT, Kind.WITHIN, Kind.LATER, Kind.EARLIER)


class Stretch(Struct, frozen=True):
    """Seconds on the clock of the diagram, ``last`` exclusive; an instant has no length."""

    first: int
    last: int
    kind: Kind


class Extent(Struct, frozen=True):
    """The stretches of an event, in order.

    ``goes_on`` means that there is no end, ``may_go_on`` that the end is to be confirmed.
    ``begins`` and ``ends`` are the qualifications of the sides.
    """

    stretches: tuple[Stretch, ...]
    goes_on: bool = False
    may_go_on: bool = False
    begins: Qualification = Qualification.CERTAIN
    ends: Qualification = Qualification.CERTAIN
    has_times: bool = False
    is_series: bool = False

    @property
    def is_point(self) -> bool:
        """Whether the event is on one day or at one instant, known or not."""
        return all(stretch.kind in _POINTS for stretch in self.stretches)

    @property
    def first(self) -> int:
        """The first possible second."""
        return min(stretch.first for stretch in self.stretches)

    @property
    def last(self) -> int:
        """The second after the last possible one, as far as known."""
        return max(stretch.last for stretch in self.stretches)


def clock_of(calendar: Calendar) -> str:
    """Return the zone of the diagram: that of the calendar, else that of its first time."""
    if calendar.timezone:
        return calendar.timezone
    zones = (event.when.start.zone for event in calendar.events if isinstance(event.when, Timed))
    return next(zones, "UTC")


def event_extents(events: Iterable[Event], clock: str) -> dict[str, Extent | None]:
    """Return extents by event id; a rule without an end is drawn as far as the other events."""
    every = list(events)
    extents = {event.id: event_extent(event, clock) for event in every if not _is_endless(event)}
    last = max((event.last for event in extents.values() if event), default=None)
    extents |= {event.id: event_extent(event, clock, last) for event in every if _is_endless(event)}
    return extents


def event_extent(event: Event, clock: str, horizon: int | None = None) -> Extent | None:
    """Return the extent of an event on the clock of a zone; ``None`` if it has no start.

    A rule without an end has instances up to the second ``horizon``, and at least the first one.
    """
    when = event.when
    if isinstance(when, Undated):
        return None
    if isinstance(when, Mixed):
        return _all_day(when.days)
    once = _all_day(when) if isinstance(when, AllDay) else _timed(when, clock)
    recurrence = event.recurrence
    return once if recurrence is None else _series(event, recurrence, once, clock, horizon)


def _all_day(when: AllDay) -> Extent:
    start, end = when.start, when.end
    if isinstance(start, OneSidedDate):
        day, sure = start.known_day, start.qualification
        kind = Kind.LATER if start.earliest else Kind.EARLIER
        return Extent((Stretch(_midnight(day), _after(day), kind),), begins=sure, ends=sure)
    first, first_ends, sure = _midnight(start.earliest), _after(start.latest), start.qualification
    if end is None:
        kind = Kind.MOMENT if start.is_day else Kind.WITHIN
        return Extent((Stretch(first, first_ends, kind),), begins=sure, ends=sure)
    # An event ends after it starts, so each side limits the other.
    latest = start.latest if isinstance(end, NoDate) else min(start.latest, end.latest)
    known = _midnight(latest)
    begins = (Stretch(first, known, Kind.BEGINS),) if first < known else ()
    if isinstance(end, NoDate):
        lasts = (*begins, Stretch(known, first_ends, Kind.SOLID))
        open_ = end is OPEN
        return Extent(lasts, goes_on=open_, may_go_on=not open_, begins=sure)
    return Extent(_span(start, end, begins), begins=sure, ends=end.qualification)


def _span(start: Date, end: Date, begins: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    first, last = _midnight(start.earliest), _after(end.latest)
    known = begins[-1].last if begins else first
    known_end = _after(max(start.earliest, end.earliest))
    if not start.is_day and (start.earliest, start.latest) == (end.earliest, end.latest):
        return (Stretch(first, last, Kind.WITHIN),)
    if known >= known_end:  # no day is certain: it may start and end in between
        middle = (known + known_end) // 2
        return Stretch(first, middle, Kind.BEGINS), Stretch(middle, last, Kind.ENDS)
    ends = (Stretch(known_end, last, Kind.ENDS),) if known_end < last else ()
    return (*begins, Stretch(known, known_end, Kind.SOLID), *ends)


def _timed(when: Timed, clock: str) -> Extent:
    first, end = _second(when.start, clock), when.end
    if isinstance(end, Instant) and end != when.start:
        # When clocks go back, the end may show an earlier time than the start.
        last = max(_second(end, clock), first + 1)
        stretches: tuple[Stretch, ...] = (Stretch(first, last, Kind.SOLID),)
    else:
        stretches = (Stretch(first, first, Kind.MOMENT),)
    begins = when.start.qualification
    return Extent(
        stretches,
        goes_on=end is OPEN,
        may_go_on=isinstance(end, NoDate) and end is not OPEN,
        begins=begins,
        ends=end.qualification if isinstance(end, Instant) else begins,
        has_times=True,
    )


def _series(
    event: Event, recurrence: Recurrence, once: Extent, clock: str, horizon: int | None
) -> Extent:
    """Return the extent of a series: that of the event for each instance, and the overrides."""
    stretches: list[Stretch] = []
    first = once.first
    until = _last_day(event, recurrence, horizon)
    own = (override.recurrence_id for override in event.overrides)
    moments = list(islice(recurrence.instances(last=until, without=own), LONGEST))
    for moment in moments:
        second = _second(moment, clock) if isinstance(moment, Instant) else _midnight(moment)
        stretches += (
            replace(
                stretch, first=stretch.first + second - first, last=stretch.last + second - first
            )
            for stretch in once.stretches
        )
    if len(moments) == LONGEST and stretches[-1].last < _after(until):
        stretches.append(Stretch(stretches[-1].first, _after(until), Kind.SOLID))
    for override in event.overrides:
        if override.event.status == "cancelled":
            continue
        if moved := event_extent(override.event, clock):
            stretches += moved.stretches
    stretches.sort(key=lambda stretch: (stretch.first, stretch.last))
    goes_on = once.goes_on or recurrence.is_endless
    return replace(
        once, stretches=tuple(stretches) or once.stretches, goes_on=goes_on, is_series=True
    )


def _is_endless(event: Event) -> bool:
    recurrence = event.recurrence
    return recurrence is not None and recurrence.is_endless


def _last_day(event: Event, recurrence: Recurrence, horizon: int | None) -> date:
    """Return the last day for which instances are drawn."""
    if recurrence.last_day is not None:
        return recurrence.last_day
    when = first_dates(event)
    assert isinstance(when, AllDay | Timed)  # noqa: S101 - a series has a start
    first = local_day(recurrence_start(when))
    if horizon is None:
        return move_day_within(first, PERIOD)
    return max(date.fromordinal((horizon - 1) // DAY), first)


def _midnight(day: date) -> int:
    return day.toordinal() * DAY


def _after(day: date) -> int:
    return (day.toordinal() + 1) * DAY


def _second(value: Instant, clock: str) -> int:
    wall = to_zone(value.utc, clock)
    return _midnight(wall.date()) + wall.hour * 3600 + wall.minute * 60 + wall.second
