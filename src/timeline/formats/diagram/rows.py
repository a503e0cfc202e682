"""The layout in rows: a row for each event, and an inset for what is too short for its axis.

A day is too narrow to see on an axis of four years. So the children of an event that is short on
its axis are below it in an inset, with an axis of their own, and so are several events that are
close together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates import make_day
from timeline.formats.diagram.axis import make_axis
from timeline.formats.diagram.descriptions import date_note
from timeline.formats.diagram.extents import Extent, last_day_before
from timeline.formats.diagram.marks import Canvas, event_mark, extent_parts
from timeline.formats.diagram.model import Inset, Mark, Row
from timeline.formats.diagram.tree import PlacedEvent, all_entries, frame_of
from timeline.model import AllDay, capitalized, when_words

if TYPE_CHECKING:
    from datetime import date

    from timeline.formats.diagram.axis import Frame
    from timeline.formats.diagram.model import Space
    from timeline.formats.diagram.palette import Tones
    from timeline.model import Wording

NARROW = 0.035
"""The share of an axis below which what belongs together is enlarged in an inset.

A day of a month is narrower, so that its hours can be seen.
"""

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
    ends = _clusters(entries, length) if nested < _DEEPEST else {}
    while waiting:
        entry, depth = waiting.pop()
        if depth == 0 and (cluster := ends.get(id(entry))):
            del waiting[-len(cluster) + 1 :]
            words = _cluster_words(cluster, wording)
            rows.append(_cluster_row(cluster, words, canvas, setting, nested))
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


def _clusters(entries: list[PlacedEvent], length: float) -> dict[int, list[PlacedEvent]]:
    """Return runs of entries that are close together, by the id of their first one.

    An axis that has nothing else is not enlarged.
    """
    clusters: dict[int, list[PlacedEvent]] = {}
    place = 0
    while place < len(entries):
        first, last = entries[place].first, entries[place].last
        end = place
        while end < len(entries) and max(last, entries[end].last) - first < NARROW * length:
            last = max(last, entries[end].last)
            end += 1
        if end - place >= _CLUSTER and end - place < len(entries):
            clusters[id(entries[place])] = entries[place:end]
            place = end
        else:
            place += 1
    return clusters


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


def _cluster_words(cluster: list[PlacedEvent], wording: Wording) -> str:
    first, last = min(entry.first for entry in cluster), max(entry.last for entry in cluster)
    days = last_day_before(first + 1), last_day_before(max(last, first + 1))
    end = make_day(days[1]) if days[0] != days[1] else None
    return capitalized(when_words(AllDay(make_day(days[0]), end), wording))


def _cluster_row(
    cluster: list[PlacedEvent], words: str, canvas: Canvas, setting: Setting, nested: int
) -> Row:
    first, last = min(entry.first for entry in cluster), max(entry.last for entry in cluster)
    mark = Mark(tuple(extent_parts(Extent(first, first, last, last), canvas)))
    return Row(
        setting.wording.phrase("{count} events", count=len(cluster)),
        words,
        mark,
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
