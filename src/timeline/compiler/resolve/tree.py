"""Lay the events of a file flat, so that everything after this goes through one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.schema.events import EventEntry
    from timeline.compiler.schema.timeline import Timeline
    from timeline.diagnostics import Path


class Entry(Struct, frozen=True):
    """An event as written, with its place in the file and in the tree.

    ``zone`` is its own time zone, or that of the nearest parent, or that of the calendar.
    """

    path: Path
    written: EventEntry
    parent: Entry | None
    depth: int
    zone: str | None


def flatten(timeline: Timeline) -> Iterator[Entry]:
    """Yield every event in file order, depth first, parents before their children."""
    zone = timeline.calendar.timezone
    for index, written in enumerate(timeline.events):
        entry = Entry(("events", index), written, None, 0, written.timezone or zone)
        yield entry
        if written.events:
            yield from _descendants(entry)


def _descendants(parent: Entry) -> Iterator[Entry]:
    """Yield the events below one, without recursion: a file may nest them deeply."""
    stack = _reversed_children(parent)
    while stack:
        entry = stack.pop()
        yield entry
        if entry.written.events:
            stack += _reversed_children(entry)


def _reversed_children(parent: Entry) -> list[Entry]:
    depth, path = parent.depth + 1, (*parent.path, "events")
    return [
        Entry((*path, index), child, parent, depth, child.timezone or parent.zone)
        for index, child in enumerate(parent.written.events)
    ][::-1]


def is_written(entry: Entry, edge: str) -> bool:
    """Return whether the file has a date for an edge; a point in time has no end of its own."""
    if edge == "start":
        return True
    return entry.written.end is not None or entry.written.duration is not None


def edge_path(entry: Entry, edge: str) -> Path:
    """Return the path of an event's start or end; where the end is a duration, its path."""
    if edge == "end" and entry.written.end is None and entry.written.duration is not None:
        edge = "duration"
    return (*entry.path, edge)
