"""Lay the events of a file flat, so that everything after this goes through one list."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.compiler.resolve.defaults import NO_DEFAULTS, Defaults, find_defaults
from timeline.compiler.schema.refused import REFUSED_ZONE
from timeline.dates import RelativeDate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.compiler.resolve.defaults import Layers
    from timeline.compiler.schema.events import EventEntry, OverrideEntry
    from timeline.compiler.schema.refused import Refused
    from timeline.compiler.schema.timeline import Timeline
    from timeline.diagnostics import Path
    from timeline.model import Override


class Entry(Struct, frozen=True):
    """An event as written, with its place in the file and in the tree.

    ``zone`` is its own time zone, or that of the nearest parent, or that of the defaults, or that
    of the calendar; or `REFUSED_ZONE`.
    """

    path: Path
    written: EventEntry
    parent: Entry | None
    depth: int
    zone: str | None
    defaults: Defaults = NO_DEFAULTS

    @property
    def categories(self) -> tuple[str, ...]:
        """Its own categories, and those of the defaults."""
        return self.defaults.with_own(self.written.categories)


def flatten(
    timeline: Timeline, refused: Refused, files: Sequence[tuple[int, Layers]] = ((0, ()),)
) -> Iterator[Entry]:
    """Yield every event in file order, depth first, parents before their children.

    ``files`` are the indices at which the events of each file begin, with what applies to them.
    """
    zone = timeline.calendar.timezone
    if ("calendar", "timezone") in refused:
        zone = REFUSED_ZONE
    events = timeline.events
    for (first, layers), (end, _) in pairwise((*files, (len(events), ()))):
        defaults = find_defaults(timeline, layers, refused)
        for index, written in enumerate(events[first:end], first):
            path = ("events", index)
            own = _zone(path, written, defaults.timezone or zone, refused)
            entry = Entry(path, written, None, 0, own, defaults)
            yield entry
            if written.events:
                yield from _descendants(entry, refused)


def _zone(path: Path, written: EventEntry, zone: str | None, refused: Refused) -> str | None:
    """Return the time zone of an event: its own, or ``zone``."""
    if refused and (*path, "timezone") in refused:
        return REFUSED_ZONE
    return written.timezone or zone


def _descendants(parent: Entry, refused: Refused) -> Iterator[Entry]:
    """Yield the events below one, without recursion: a file may nest them deeply."""
    stack = _reversed_children(parent, refused)
    while stack:
        entry = stack.pop()
        yield entry
        if entry.written.events:
            stack += _reversed_children(entry, refused)


def _reversed_children(parent: Entry, refused: Refused) -> list[Entry]:
    children = []
    for index, child in enumerate(parent.written.events):
        path = (*parent.path, "events", index)
        zone = _zone(path, child, parent.zone, refused)
        children.append(Entry(path, child, parent, parent.depth + 1, zone, parent.defaults))
    return children[::-1]


SERIES_KEYS = ("until", "rdate", "exdate")
"""The keys of a series whose dates may follow other events."""


def following_keys(entry: Entry) -> list[str]:
    """Return the keys of a series with a date that follows another event."""
    written = entry.written
    if written.rrule is None and not written.rdate:
        return []  # most events
    return [key for key in SERIES_KEYS if next(series_dates(entry, key), None)]


def series_dates(entry: Entry, key: str) -> Iterator[tuple[Path, RelativeDate]]:
    """Yield the relative dates of a key of a series, with their paths."""
    rule = entry.written.rrule
    if key == "until":
        if rule is not None and rule.follows is not None:
            yield (*entry.path, "rrule", key), rule.follows
        return
    for index, item in enumerate(entry.written.rdate if key == "rdate" else entry.written.exdate):
        if isinstance(item, RelativeDate):
            yield (*entry.path, key, index), item


def is_written(entry: Entry, edge: str) -> bool:
    """Return whether the file has a date for an edge; a point in time has no end of its own."""
    if edge != "end":
        return True
    return entry.written.end is not None or entry.written.duration is not None


def edge_path(entry: Entry, edge: str) -> Path:
    """Return the path of an event's start or end; where the end is a duration, its path."""
    if edge == "end" and entry.written.end is None and entry.written.duration is not None:
        edge = "duration"
    return (*entry.path, edge)


def override_as_written(entry: Entry, override: Override) -> OverrideEntry:
    """Return the item of an event's ``overrides`` that an override is resolved from."""
    index = override.event.path[-1]
    assert isinstance(index, int)  # noqa: S101 - its path is that of an item of a list
    return entry.written.overrides[index]
