"""Build the diagram of a calendar, which the SVG and the page render."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats.diagram.descriptions import date_note
from timeline.formats.diagram.extents import clock_of
from timeline.formats.diagram.lanes import lay_out_lanes
from timeline.formats.diagram.legend import make_legend
from timeline.formats.diagram.model import CategoryKey, Diagram, Layout, TrayItem
from timeline.formats.diagram.palette import Tones
from timeline.formats.diagram.rows import Setting, lay_out_rows
from timeline.formats.diagram.tree import all_entries, place_events
from timeline.model import wording_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from timeline.formats.diagram.model import Lane, LaneInset, Mark, Row, Space
    from timeline.model import Calendar

MOST = 500
"""The most events that are drawn; of more, nothing could be read."""

FEW = 16
"""The most events that have a row each, unless the layout is given."""


def build_diagram(
    calendar: Calendar, space: Space, *, layout: str = "auto", as_of: date | None = None
) -> Diagram:
    """Return the diagram of a calendar; ``layout`` is ``rows``, ``lanes`` or ``auto``.

    ``as_of`` is the day to mark as today, if any.
    """
    tones, wording = Tones(calendar), wording_of(calendar, as_of=as_of)
    categories = tuple(CategoryKey(name, tone) for name, tone in tones.legend.items())
    tone_of = {event.id: tones.number(event) for event in calendar.events}
    count = len(calendar.events)
    if count > MOST:
        layouts = Layout.LANES
        return Diagram(layouts, tuple(tones.all), tone_of, categories, as_of=as_of, omitted=count)
    clock = clock_of(calendar)
    roots, undated = place_events(calendar, clock)
    names = {event.id: event.summary for event in calendar.events}
    tray = tuple(
        TrayItem(event, tone_of[event.id], date_note(event, wording), names.get(event.parent or ""))
        for event in undated
    )
    chosen = _layout(layout, count - len(undated))
    if not roots:
        return Diagram(chosen, tuple(tones.all), tone_of, categories, tray=tray, as_of=as_of)
    setting = Setting(space, clock, tones, wording, as_of)
    rows: tuple[Row, ...] = ()
    lanes: tuple[Lane, ...] = ()
    insets: tuple[LaneInset, ...] = ()
    if chosen is Layout.ROWS:
        canvas, rows = lay_out_rows(roots, setting)
    else:
        canvas, lanes, insets = lay_out_lanes(roots, setting)
    every_lane = [*lanes, *(lane for inset in insets for lane in inset.lanes)]
    marks = [*_marks_of(rows), *(item.mark for lane in every_lane for item in lane.items)]
    has_times = any(entry.extent.has_times for entry in all_entries(roots))
    return Diagram(
        chosen,
        tuple(tones.all),
        tone_of,
        categories,
        axis=canvas.axis,
        rows=rows,
        lanes=lanes,
        lane_insets=insets,
        tray=tray,
        legend=make_legend(marks, wording),
        zone=clock if has_times else None,
        as_of=as_of,
    )


def _layout(layout: str, dated: int) -> Layout:
    if layout == "auto":
        return Layout.ROWS if dated <= FEW else Layout.LANES
    return Layout(layout)


def _marks_of(rows: Iterable[Row]) -> Iterator[Mark]:
    """Yield the marks of rows and of their insets."""
    for row in rows:
        yield row.mark
        if row.inset:
            yield from _marks_of(row.inset.rows)
