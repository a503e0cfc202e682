"""The dated events of a calendar as a tree, in order of time, with the extents of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from timeline.formats.diagram.axis import Frame
from timeline.formats.diagram.extents import dates_extent, event_extents
from timeline.model import group_by_year, walk_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.formats.diagram.extents import Extent
    from timeline.model import Calendar, Event

_OPEN, _ARROW = 8, 28
"""The shares of an axis, as divisors, that a side without a bound and an arrow need as room."""

_NEAR = 4
"""The share of an axis, as its divisor, by which it may grow for where events were before."""


class PlacedEvent(Struct):
    """An event with a place in time; ``first`` and ``last`` include everything below it.

    ``was`` is the extent of its latest earlier dates, if it has any.
    """

    event: Event
    extent: Extent
    first: int
    last: int
    was: Extent | None = None
    children: list[PlacedEvent] = field(default_factory=list)


def place_events(calendar: Calendar, clock: str) -> tuple[list[PlacedEvent], list[Event]]:
    """Return the outermost events with a place in time, and all events without one, in order.

    The children of an event without a place belong to its nearest ancestor with one, else they are
    outermost.
    """
    extents = event_extents(calendar.events, clock)
    roots: list[PlacedEvent] = []
    undated: list[Event] = []
    path: list[PlacedEvent | None] = []
    placed: list[tuple[PlacedEvent, PlacedEvent | None]] = []
    for _, nodes in group_by_year(calendar):
        for node, depth in walk_nodes(nodes):
            del path[depth:]
            parent = next(filter(None, reversed(path)), None)
            entry = None
            event = node.event
            if extent := extents[event.id]:
                was = dates_extent(event.was[0].when, clock) if event.was else None
                entry = PlacedEvent(event, extent, extent.first, extent.last, was)
                (parent.children if parent else roots).append(entry)
                placed.append((entry, parent))
            else:
                undated.append(event)
            path.append(entry)
    for entry, parent in reversed(placed):
        if parent:
            parent.first = min(parent.first, entry.first)
            parent.last = max(parent.last, entry.last)
    roots.sort(key=lambda entry: entry.extent.first)
    return roots, undated


def all_entries(roots: Iterable[PlacedEvent]) -> list[PlacedEvent]:
    """Return entries and all below them."""
    entries = list(roots)
    for entry in entries:  # the loop also visits the children that it adds
        entries += entry.children
    return entries


def frame_of(shown: Sequence[PlacedEvent], *, is_inset: bool = False) -> Frame:
    """Return what an axis has to show: entries, where they were before, and room for open sides."""
    extents = [entry.extent for entry in shown]
    first = min(extent.first for extent in extents)
    last = max(extent.last for extent in extents)
    length = last - first
    # Where an event was may be far away, and matters less than where it is.
    near = [
        entry.was
        for entry in shown
        if entry.was
        and first - entry.was.first <= length // _NEAR
        and entry.was.last - last <= length // _NEAR
    ]
    first = min([first, *(was.first for was in near)])
    last = max([last, *(was.last for was in near)])
    begins = [extent.first - length // _OPEN for extent in extents if extent.is_open_start]
    ends = [extent.last + length // _OPEN for extent in extents if extent.is_open_end]
    ends += [extent.last + length // _ARROW for extent in extents if extent.goes_on]
    has_times = any(extent.has_times for extent in extents)
    return Frame(min([first, *begins]), max([last, *ends]), has_times, is_inset)
