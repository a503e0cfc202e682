"""The layout of the drawing: the place of everything that the model of a diagram has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats.diagram import text_metrics
from timeline.formats.diagram.build import MOST, build_diagram
from timeline.formats.diagram.descriptions import describe_event
from timeline.formats.diagram.model import Layout, Space
from timeline.formats.svg.lanes import draw_lanes
from timeline.formats.svg.marks import Track, mark_shapes
from timeline.formats.svg.rows import draw_rows
from timeline.formats.svg.shapes import STYLES, Drawing, Glyph, Group, Label, Rect, mirrored
from timeline.formats.svg.sheet import GLYPH, Frame, Sheet
from timeline.model import (
    capitalized,
    isolated,
    times_sentence,
    to_be_confirmed,
    wording_of,
)

if TYPE_CHECKING:
    from timeline.formats.diagram.model import Diagram, TrayItem
    from timeline.formats.svg.options import SvgOptions
    from timeline.model import Calendar, Wording

_SAMPLE = 40.0


def make_diagram(calendar: Calendar, options: SvgOptions) -> Diagram:
    """Return the model of a diagram for a drawing of this width."""
    frame = Frame(
        float(options.width), has_names=any(event.categories for event in calendar.events)
    )
    space = Space(rows=frame.right - frame.axis_left, lanes=frame.right - frame.lane_left)
    return build_diagram(calendar, space, layout=options.layout, as_of=options.as_of)


def lay_out(calendar: Calendar, diagram: Diagram, width: float) -> Drawing:
    """Return the drawing of a diagram.

    It is laid out from left to right, and then mirrored for other languages.
    """
    wording = wording_of(calendar, as_of=diagram.as_of)
    sheet = Sheet(diagram, wording, Frame(width, bool(diagram.categories)))
    inner = sheet.right - sheet.margin
    sheet.add(*sheet.text(sheet.margin, sheet.lines(calendar.name, "title", inner), "title"))
    sheet.y += 6
    if diagram.omitted:
        _note(sheet, _too_many(diagram.omitted, wording))
    elif not calendar.events:
        _note(sheet, wording.phrase("No events."))
    elif diagram.axis is not None and diagram.layout is Layout.ROWS:
        sheet.key()
        draw_rows(sheet, diagram.rows, diagram.axis)
    elif diagram.axis is not None:
        draw_lanes(sheet, diagram.axis)
    else:
        sheet.key()
    if diagram.tray:
        _draw_tray(sheet)
    _draw_legend(sheet)
    height = round(sheet.y + sheet.margin - 2)
    paper = Rect(0.5, 0.5, width - 1, height - 1, "sheet", 8)
    drawing = Drawing(width, height, [paper, *sheet.shapes])
    return mirrored(drawing) if wording.language.is_right_to_left else drawing


def _too_many(count: int, wording: Wording) -> str:
    return wording.phrase(
        "The diagram is left out: {count} events are more than {most}.", count=count, most=MOST
    )


def _note(sheet: Sheet, text: str) -> None:
    lines = sheet.lines(text, "note", sheet.right - sheet.margin, 3)
    sheet.add(*sheet.text(sheet.margin, lines, "note"))
    sheet.y += 6


def _draw_tray(sheet: Sheet) -> None:
    """Draw the events without a date, in a box below the axis."""
    sheet.y += 10
    top, ground = sheet.y, len(sheet.shapes)
    sheet.y += 7
    heading = capitalized(to_be_confirmed(sheet.wording))
    left, right = sheet.margin + 12, sheet.right - 12
    sheet.add(*sheet.text(left, sheet.lines(heading, "chief", right - left, 1), "chief"))
    sheet.y += 3
    columns = _columns(sheet, right - left)
    width = (right - left + 20) / columns
    tray = sheet.diagram.tray
    for place in range(0, len(tray), columns):
        row_top, bottom = sheet.y, sheet.y
        for number, item in enumerate(tray[place : place + columns]):
            sheet.y = row_top
            _tray_item(sheet, item, left + number * width, width - 20)
            bottom = max(bottom, sheet.y)
        sheet.y = bottom + 4
    sheet.y += 4
    box = Rect(sheet.margin, top, sheet.right - sheet.margin, sheet.y - top, "tray", 8)
    sheet.shapes.insert(ground, box)


def _columns(sheet: Sheet, width: float) -> int:
    """Return the number of columns of the tray: three for short names, else two."""
    if sheet.is_narrow:
        return 1
    style = STYLES["name"]
    widest = max(
        text_metrics.text_width(item.event.summary, style.size, bold=True)
        for item in sheet.diagram.tray
    )
    return 3 if widest + GLYPH <= width / 3 - 14 else 2


def _tray_item(sheet: Sheet, item: TrayItem, x: float, width: float) -> None:
    wording, top = sheet.wording, sheet.y
    part_of = (
        wording.phrase("in {title}", title=isolated(item.part_of, wording)) if item.part_of else ""
    )
    words = " · ".join(filter(None, (item.words, part_of)))
    indent = GLYPH if sheet.diagram.categories else 0
    names = sheet.lines(item.event.summary, "name", width - indent)
    struck = item.event.status == "cancelled"
    shapes = sheet.text(x + indent, names, "name", struck=struck)
    shapes += sheet.text(x + indent, sheet.lines(words, "note", width - indent, 3), "note")
    if indent:
        shapes.append(Glyph(x + 6, top + 8.5, sheet.shape_of(item.tone), scale=0.85))
    sheet.add(Group(shapes, item.tone, describe_event(item.event, wording), item.event.id))


def _draw_legend(sheet: Sheet) -> None:
    """Draw the signs in use, those with several lines alone, and the zone of the times."""
    legend, zone = sheet.diagram.legend, sheet.diagram.zone
    if legend:
        sheet.y += 10
    x, limit = sheet.margin, sheet.right - sheet.margin - _SAMPLE - 8
    size, pitch, _ = STYLES["note"]
    for entry in legend:
        lines = sheet.lines(entry.text, "note", limit, 3)
        wide = _SAMPLE + 8 + max(text_metrics.text_width(line, size) for line in lines)
        if x > sheet.margin and (x + wide > sheet.right or len(lines) > 1):
            x, sheet.y = sheet.margin, sheet.y + 19
        track = Track(x, x + _SAMPLE, sheet.y + 8)
        sheet.add(Group(mark_shapes(entry.mark, track, 1)))
        for number, line in enumerate(lines):
            y = sheet.y + 12.5 + number * pitch
            sheet.add(Label(x + _SAMPLE + 8, y, line, "note"))
        sheet.y += (len(lines) - 1) * pitch
        x = x + wide + 20 if len(lines) == 1 else sheet.right
    if legend:
        sheet.y += 19
    if zone:
        _note(sheet, times_sentence(zone, sheet.wording))
        sheet.y -= 4
