"""The layout in rows: a row for each event, and an inset for what is too short for its axis.

A day is too narrow to see on an axis of four years. So the children of an event that is short on
its axis are below it in an inset, with an axis of their own, and so are several events that are
close together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.formats.diagram.axis import make_axis
from timeline.formats.diagram.clusters import (
    NARROW,
    cluster_dates,
    cluster_mark,
    cluster_title,
    find_clusters,
)
from timeline.formats.diagram.descriptions import date_note
from timeline.formats.diagram.extents import last_day_before
from timeline.formats.diagram.marks import Canvas, event_mark
from timeline.formats.diagram.model import Inset, Row
from timeline.formats.diagram.tree import PlacedEvent, all_entries, frame_of

if TYPE_CHECKING:
    from datetime import date

    from timeline.formats.diagram.axis import Frame
    from timeline.formats.diagram.model import Space
    from timeline.formats.diagram.palette import Tones
    from timeline.model import Wording

_CLUSTER = 3
"""The least number of outermost events that are a cluster."""

_DEEPEST = 2
"""The most insets within each other."""


class Setting(Struct, frozen=True):
    """What all rows and lanes of a diagram have in common."""

    space: Space
    clock: str
    tones: Tones
    wording: Wording
    as_of: date | None


def lay_out_rows(roots: list[PlacedEvent], setting: Setting) -> tuple[Canvas, tuple[Row, ...]]:
    """Return the axis of the outermost events, and the rows of all events."""
    canvas = _canvas(frame_of(_shown(roots)), setting)
    return canvas, _rows(roots, canvas, setting, 0)


def _canvas(frame: Frame, setting: Setting) -> Canvas:
    space, dates = setting.space, setting.wording.dates
    axis = make_axis(frame, space.rows, space.tick, dates, setting.as_of)
    return Canvas(axis, space.rows, setting.clock)


def _shown(entries: list[PlacedEvent]) -> list[PlacedEvent]:
    """Return entries and those below them that are not in an inset, as far as can be known.

    Which entries have an inset depends on the axis, and the axis on the entries outside insets.
    """
    shown = list(entries)
    length = max(entry.last for entry in shown) - min(entry.first for entry in shown)
    for entry in shown:  # the loop also visits the children that it adds
        if not _is_enlarged(entry, length):
            shown += entry.children
    return shown


def _is_enlarged(entry: PlacedEvent, length: float) -> bool:
    is_short = entry.last - entry.first < NARROW * length
    # An axis as short as the event would not enlarge anything.
    return len(entry.children) > 1 and is_short


def _rows(
    entries: list[PlacedEvent], canvas: Canvas, setting: Setting, nested: int
) -> tuple[Row, ...]:
    """Return the rows of entries on an axis; ``nested`` is the number of insets around them."""
    length = canvas.axis.last - canvas.axis.first
    wording = _row_wording(entries, setting.wording)
    rows: list[Row] = []
    waiting = [(entry, 0) for entry in reversed(entries)]
    clusters = find_clusters(entries, length, _CLUSTER) if nested < _DEEPEST else ()
    begun = {id(cluster[0]): cluster for cluster in clusters}
    while waiting:
        entry, depth = waiting.pop()
        if depth == 0 and (cluster := begun.get(id(entry))):
            del waiting[-len(cluster) + 1 :]
            rows.append(_cluster_row(cluster, wording, canvas, setting, nested))
            continue
        inset = None
        if nested < _DEEPEST and _is_enlarged(entry, length):
            inset = _inset([entry], entry.children, canvas, setting, nested)
        else:
            waiting += [(child, depth + 1) for child in reversed(entry.children)]
        mark = event_mark(entry.event, entry.extent, setting.tones.number(entry.event), canvas)
        words = date_note(entry.event, wording)
        rows.append(Row(entry.event.summary, words, mark, depth, inset))
    return tuple(rows)


def _row_wording(entries: list[PlacedEvent], wording: Wording) -> Wording:
    """Return the wording of rows: without the year if it is the same in all of them.

    The axis names it, and of an inset the axis around it.
    """
    extents = [extent for entry in all_entries(entries) for extent in (entry.extent, entry.was)]
    years = {
        day.year
        for extent in filter(None, extents)
        for day in (last_day_before(extent.first + 1), last_day_before(extent.last))
    }
    return wording.within_year(*years) if len(years) == 1 else wording


def _cluster_row(
    cluster: list[PlacedEvent], wording: Wording, canvas: Canvas, setting: Setting, nested: int
) -> Row:
    return Row(
        cluster_title(cluster, wording),
        cluster_dates(cluster, wording),
        cluster_mark(cluster, canvas),
        inset=_inset(cluster, cluster, canvas, setting, nested),
    )


def _inset(
    whole: list[PlacedEvent],
    entries: list[PlacedEvent],
    canvas: Canvas,
    setting: Setting,
    nested: int,
) -> Inset:
    """Return the inset for entries; its axis is as long as the ``whole`` and all below it."""
    outer = canvas.axis
    frame = frame_of(_shown(entries), is_inset=True)
    first = min([frame.first, *(entry.first for entry in whole)])
    last = max([frame.last, *(entry.last for entry in whole)])
    inner = _canvas(frame._replace(first=first, last=last), setting)
    return Inset(
        min(max(outer.at(inner.axis.first), 0.0), 1.0),
        min(max(outer.at(inner.axis.last), 0.0), 1.0),
        inner.axis,
        _rows(entries, inner, setting, nested + 1),
    )
