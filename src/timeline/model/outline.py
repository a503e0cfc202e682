"""The events as an outline: by year, in order of time, children below their parents.

The formats for people (Markdown, terminal, diagram) follow this order; feeds and CSV keep the order
of the file. Nothing here recurses, because events may be nested thousands deep.
"""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates import OPEN, Instant, NoDate, OneSidedDate
from timeline.model.events import (
    Event,
    Mixed,
    Timed,
    Undated,
    earliest,
    first_day,
    last_day,
    latest,
    shown_day,
)
from timeline.model.occurrences import dates_as_of, first_dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.dates import Date
    from timeline.model.events import Calendar, When


class EventNode(Struct, frozen=True, eq=False):
    """An event and its children, in order of time.

    ``part_of`` is the title of its parent, where the parent is elsewhere in the outline.
    """

    event: Event
    children: list[EventNode]
    part_of: str | None = None


class Tense(StrEnum):
    """Where an event lies, as seen from a day."""

    PAST = "past"
    NOW = "now"
    FUTURE = "future"


def group_by_year(
    calendar: Calendar, dates: Mapping[str, When] | None = None
) -> list[tuple[int | None, list[EventNode]]]:
    """Group the outermost events by the first shown year of their start, in order of time.

    ``dates`` are those by which events are placed, by their ids; without them, a series is placed
    by its first instance.

    The events without a start are the group ``None``, which is the last. A child is outermost if
    its parent is not in the calendar; and if it has a start while no event that it is nested in
    has one, because among events without a date, nobody would look for it.
    """
    undated = _undated_branches(calendar.events)
    nodes: dict[str, EventNode] = {}
    for event in calendar.events:  # parents before their children
        is_moved = event.parent in undated and not isinstance(event.when, Undated)
        part_of = nodes[event.parent].event.summary if event.parent and is_moved else None
        nodes[event.id] = EventNode(event, [], part_of)
    groups: dict[int | None, list[EventNode]] = {}
    for event in sort_by_time(calendar.events, dates):
        node = nodes[event.id]
        parent = nodes.get(event.parent) if event.parent is not None else None
        if parent is not None and node.part_of is None:
            parent.children.append(node)
        else:
            when = dates[event.id] if dates else first_dates(event)
            year = None if isinstance(when, Undated) else shown_day(when.start).year
            groups.setdefault(year, []).append(node)
    return list(groups.items())


def _undated_branches(events: Iterable[Event]) -> set[str]:
    """Return the ids of the events that have no start and are nested in no event that has one."""
    dated: set[str] = set()
    undated: set[str] = set()
    for event in events:
        is_undated = isinstance(event.when, Undated) and event.parent not in dated
        (undated if is_undated else dated).add(event.id)
    return undated


def sort_by_time(events: Iterable[Event], dates: Mapping[str, When] | None = None) -> list[Event]:
    """Sort events by the first shown day of their start; those without a start are last.

    On the same day, events known to the day are first; then the time of day decides, then the order
    given. ``dates`` are as in `group_by_year`.
    """

    def key(event: Event) -> tuple[date, date, time]:
        return _sort_key(dates[event.id] if dates else first_dates(event))

    return sorted(events, key=key)


def walk_nodes(nodes: Iterable[EventNode]) -> Iterator[tuple[EventNode, int]]:
    """Yield nodes and all below them, depth first, each with its depth; the given ones have 0."""
    waiting = [(node, 0) for node in nodes][::-1]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        if node.children:
            waiting += [(child, depth + 1) for child in reversed(node.children)]


def tense(when: When, as_of: date, zone: str | None = None) -> Tense | None:
    """Return whether dates are over, current or to come; ``None`` where that is not known.

    Before 2027, it is not known whether an event of ``2026`` is over, and from then on, whether one
    ``not before 2027`` is. A time is on its day in the calendar's ``zone``, and on that of its own
    place.
    """
    first, last = earliest(when, zone), latest(when, zone)
    if isinstance(when, Undated):
        return None
    start, end = when.start, when.end
    if first is not None and first > as_of:
        return Tense.FUTURE
    if isinstance(start, OneSidedDate):
        return Tense.PAST if last is not None and last < as_of else None
    if isinstance(when, Timed) and last is not None:
        return Tense.NOW if as_of <= last else Tense.PAST
    if isinstance(when, Mixed):
        return _tense_of_mixed(when, as_of, zone)
    if end is OPEN:
        return Tense.NOW if isinstance(when, Timed) or last_day(start) <= as_of else None
    if isinstance(end, NoDate):
        return Tense.NOW if as_of <= last_day(start, zone) and _is_day(start) else None
    if last is not None and last < as_of:
        return Tense.PAST
    return Tense.NOW if last_day(start) <= as_of <= first_day(end or start) else None


def _tense_of_mixed(when: Mixed, as_of: date, zone: str | None) -> Tense | None:
    """Return the tense of dates that do not begin after a day, one side of which is a time."""
    start, end, last = when.start, when.end, latest(when, zone)
    if last is not None and last < as_of:
        return Tense.PAST
    has_begun = isinstance(start, Instant) or start.latest <= as_of
    goes_on = isinstance(end, Instant) or as_of <= end.earliest
    return Tense.NOW if has_begun and goes_on else None


def _is_day(start: Date | Instant) -> bool:
    return isinstance(start, Instant) or start.is_day


def next_event_ids(
    calendar: Calendar, as_of: date, dates: Mapping[str, When] | None = None
) -> frozenset[str]:
    """Return the ids of the future events that are first, which may be several on the same day.

    ``dates`` are the current dates of each event by its id, where the caller has them.
    """
    zone, dates = calendar.timezone, dates or dates_as_of(calendar, as_of)
    future = {
        event.id: last_day(when.start, zone) or date.max
        for event in calendar.events
        if event.status != "cancelled"
        and not isinstance(when := dates[event.id], Undated)
        and tense(when, as_of, zone) is Tense.FUTURE
    }
    soonest = min(future.values(), default=None)
    return frozenset(id_ for id_, day in future.items() if day == soonest)


def _sort_key(when: When) -> tuple[date, date, time]:
    """Return the first shown and the last possible day of the start, and its time of day."""
    if isinstance(when, Undated):
        return date.max, date.max, time.min
    start = when.start
    clock = start.moment.time() if isinstance(start, Instant) else time.min
    last = date.max if isinstance(start, OneSidedDate) else last_day(start)
    return shown_day(start), last, clock
