"""The layout in lanes: a lane for each category, in which events share rows.

The children of an event are not in lanes, unless the event is long enough to hold them. Many events
that are close together are in an inset below the lanes, and a mark stands for them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from timeline.formats.diagram.axis import make_axis
from timeline.formats.diagram.clusters import (
    NARROW,
    cluster_dates,
    cluster_mark,
    cluster_title,
    find_clusters,
)
from timeline.formats.diagram.marks import Canvas, event_mark
from timeline.formats.diagram.model import Lane, LaneInset
from timeline.formats.diagram.packing import Named, pack_lane
from timeline.formats.diagram.tree import frame_of
from timeline.model import first_category

if TYPE_CHECKING:
    from timeline.formats.diagram.axis import Frame
    from timeline.formats.diagram.rows import Setting
    from timeline.formats.diagram.tree import PlacedEvent

_HOLDS = 0.1
"""The share of an axis above which the children of an event have marks of their own."""

_OUTLASTS = 0.1
"""The share of the events that may be longer than the axis."""

_SHORTER = 0.5
"""The share of its length that an axis has to lose if events are cut."""

_CROWD = 5
"""The least number of events in a cluster that has an inset, and the most insets.

Fewer names can be read below each other, and what has many clusters is what its axis shows.
"""
_INSETS = 3


def lay_out_lanes(
    roots: list[PlacedEvent], setting: Setting
) -> tuple[Canvas, tuple[Lane, ...], tuple[LaneInset, ...]]:
    """Return the axis of the events that have marks, the lanes in the order of the file, insets."""
    entries = _long_enough(roots)
    canvas = _canvas(_cut_frame(entries), setting)
    clusters = _crowded(entries, canvas)
    insets = tuple(_inset(cluster, canvas, setting) for cluster in clusters)
    return canvas, _lanes(entries, clusters, canvas, setting), insets


def _canvas(frame: Frame, setting: Setting) -> Canvas:
    space = setting.space
    axis = make_axis(frame, space.lanes, space.tick, setting.wording.dates, setting.as_of)
    return Canvas(axis, space.lanes, setting.clock)


def _crowded(entries: list[PlacedEvent], canvas: Canvas) -> list[list[PlacedEvent]]:
    """Return the largest clusters in order of time, without what is alone in its lane."""
    length = canvas.axis.last - canvas.axis.first
    short = [entry for entry in entries if entry.last - entry.first < NARROW * length]
    short.sort(key=lambda entry: entry.first)
    crowds = []
    for cluster in find_clusters(short, length, _CROWD):
        counts = Counter(first_category(entry.event) for entry in cluster)
        crowd = [entry for entry in cluster if counts[first_category(entry.event)] > 1]
        if _CROWD <= len(crowd) < len(entries):
            crowds.append(crowd)
    largest = sorted(crowds, key=len, reverse=True)[:_INSETS]
    return sorted(largest, key=lambda cluster: cluster[0].first)


def _inset(cluster: list[PlacedEvent], canvas: Canvas, setting: Setting) -> LaneInset:
    """Return a cluster on an axis of its own, with the children that are long enough there."""
    entries = _long_enough(cluster)
    inner = _canvas(frame_of(entries, is_inset=True), setting)
    wording = setting.wording
    title = f"{cluster_title(cluster, wording)} · {cluster_dates(cluster, wording)}"
    start, end = (canvas.axis.at(side) for side in (inner.axis.first, inner.axis.last))
    return LaneInset(
        min(max(start, 0.0), 1.0),
        min(max(end, 0.0), 1.0),
        title,
        inner.axis,
        _lanes(entries, [], inner, setting),
    )


def _lanes(
    entries: list[PlacedEvent],
    clusters: list[list[PlacedEvent]],
    canvas: Canvas,
    setting: Setting,
) -> tuple[Lane, ...]:
    """Return the lanes of entries; a mark stands for those of a cluster, which are in its inset."""
    tones, wording = setting.tones, setting.wording
    enlarged = {id(entry) for cluster in clusters for entry in cluster}
    groups = [[entry] for entry in entries if id(entry) not in enlarged]
    for cluster in clusters:
        by_category: dict[str | None, list[PlacedEvent]] = {}
        for entry in cluster:
            by_category.setdefault(first_category(entry.event), []).append(entry)
        groups += by_category.values()
    marks: dict[str | None, list[Named]] = {name: [] for name in (*tones.legend, None)}
    for group in sorted(groups, key=lambda group: (group[0].extent.first, -group[0].extent.last)):
        entry, *others = group
        if others:
            tone = tones.of_category(first_category(entry.event))
            mark, name = cluster_mark(group, canvas, tone), cluster_title(group, wording)
        else:
            mark = event_mark(entry.event, entry.extent, tones.number(entry.event), canvas)
            name = " ".join(entry.event.summary.split())
        events = tuple(entry.event for entry in group)
        marks[first_category(entry.event)].append(Named(mark, name, events))
    return tuple(_lane(category, some, setting) for category, some in marks.items() if some)


def _long_enough(roots: list[PlacedEvent]) -> list[PlacedEvent]:
    """Return the outermost events, and the children of those that are long enough to hold them."""
    length = max(entry.last for entry in roots) - min(entry.first for entry in roots)
    entries = list(roots)
    for entry in entries:  # the loop also visits the children that it adds
        if entry.extent.last - entry.extent.first > _HOLDS * length:
            entries += entry.children
    return entries


def _cut_frame(entries: list[PlacedEvent]) -> Frame:
    """Return the frame of all entries, or that of nearly all if it is much shorter.

    A few events that last for years would else make months too narrow to see; they run to the edge.
    """
    whole = frame_of(entries)
    most = int(_OUTLASTS * len(entries))
    by_end = sorted(entries, key=lambda entry: entry.extent.last)
    by_start = sorted(entries, key=lambda entry: -entry.extent.first)
    for ends in range(most + 1):
        for starts in range(most + 1 - ends):
            first = by_start[-1 - starts].extent.first
            last = by_end[-1 - ends].extent.last
            is_seen = all(
                entry.extent.first < last and entry.extent.last > first for entry in entries
            )
            if is_seen and last - first <= _SHORTER * (whole.last - whole.first):
                inside = [
                    entry
                    for entry in entries
                    if entry.extent.first >= first and entry.extent.last <= last
                ]
                return frame_of(inside)
    return whole


def _lane(category: str | None, marks: list[Named], setting: Setting) -> Lane:
    items, rows = pack_lane(marks, setting)
    return Lane(category, setting.tones.of_category(category), rows, items)
