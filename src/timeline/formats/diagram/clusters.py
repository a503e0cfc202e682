"""Clusters: events that are too close together for their axis, and are enlarged in an inset."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import make_day
from timeline.formats.diagram.extents import Extent, last_day_before
from timeline.formats.diagram.marks import extent_parts
from timeline.formats.diagram.model import Mark
from timeline.model import AllDay, capitalized, when_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.formats.diagram.marks import Canvas
    from timeline.formats.diagram.tree import PlacedEvent
    from timeline.model import Wording

NARROW = 0.035
"""The share of an axis below which what belongs together is enlarged in an inset.

A day of a month is narrower, so that its hours can be seen.
"""


def find_clusters(
    entries: Sequence[PlacedEvent], length: float, least: int
) -> Iterator[list[PlacedEvent]]:
    """Yield runs of at least so many entries that are close together; ``length`` is the axis'.

    An axis that has nothing else is not enlarged.
    """
    place = 0
    while place < len(entries):
        first, last = entries[place].first, entries[place].last
        end = place
        while end < len(entries) and max(last, entries[end].last) - first < NARROW * length:
            last = max(last, entries[end].last)
            end += 1
        if end - place >= least and end - place < len(entries):
            yield list(entries[place:end])
            place = end
        else:
            place += 1


def cluster_title(cluster: Sequence[PlacedEvent], wording: Wording) -> str:
    """Return the number of the events."""
    return wording.phrase("{count} events", count=len(cluster))


def cluster_dates(cluster: Sequence[PlacedEvent], wording: Wording) -> str:
    """Return the days from the first event to the last one."""
    first, last = _sides(cluster)
    days = last_day_before(first + 1), last_day_before(max(last, first + 1))
    end = make_day(days[1]) if days[0] != days[1] else None
    return capitalized(when_words(AllDay(make_day(days[0]), end), wording))


def cluster_mark(cluster: Sequence[PlacedEvent], canvas: Canvas, tone: int | None = None) -> Mark:
    """Return the mark that stands for the events."""
    first, last = _sides(cluster)
    return Mark(tuple(extent_parts(Extent(first, first, last, last), canvas)), tone=tone)


def _sides(cluster: Sequence[PlacedEvent]) -> tuple[int, int]:
    return min(entry.first for entry in cluster), max(entry.last for entry in cluster)
