"""The lanes of the drawing: a category at the side, and its events in packed rows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.formats.diagram.descriptions import describe_event
from timeline.formats.diagram.model import NamePlace, State
from timeline.formats.diagram.packing import mark_sides
from timeline.formats.svg.marks import Track, mark_shapes
from timeline.formats.svg.rows import draw_axis, draw_grid, draw_inset
from timeline.formats.svg.shapes import Glyph, Group, Label, Line
from timeline.formats.svg.sheet import GLYPH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.formats.diagram.axis import Axis
    from timeline.formats.diagram.model import Lane, LaneInset, LaneItem
    from timeline.formats.svg.sheet import Sheet

_PITCH = 19.0
_HOLDING = 16.0
"""The height of a bar with a name on it, whose letters it holds to their lowest parts."""

_GAP = 6.0
"""The distance of a name from its mark, as in the packing."""


def draw_lanes(sheet: Sheet, axis: Axis) -> None:
    """Draw the lanes below the axis, and their insets."""
    track = Track(sheet.frame.lane_left, sheet.right, 0)
    _draw_stage(sheet, axis, sheet.diagram.lanes, track)
    for inset in sheet.diagram.lane_insets:
        draw_inset(
            sheet, (inset.start, inset.end), track, partial(_draw_inset, sheet, inset, track)
        )


def _draw_inset(sheet: Sheet, inset: LaneInset, track: Track) -> None:
    sheet.y += 6
    (title,) = sheet.lines(inset.title, "name", sheet.right - sheet.margin, 1)
    sheet.add(*sheet.text(sheet.margin, [title], "name"))
    _draw_stage(sheet, inset.axis, inset.lanes, track)


def _draw_stage(sheet: Sheet, axis: Axis, lanes: Sequence[Lane], track: Track) -> None:
    """Draw lanes below an axis, with its lines behind them."""
    ground = len(sheet.shapes)
    top = draw_axis(sheet, axis, track)
    for number, lane in enumerate(lanes):
        if number:
            sheet.add(Line((((sheet.margin, sheet.y), (sheet.right, sheet.y)),), "line"))
        _draw_lane(sheet, lane, track)
    draw_grid(sheet, ground, axis, track, top)


def _draw_lane(sheet: Sheet, lane: Lane, track: Track) -> None:
    sheet.y += 5
    top = sheet.y
    shape = sheet.shape_of(lane.tone)
    if lane.category is not None:
        limit = (sheet.right if sheet.is_narrow else track.left - 10) - sheet.margin - GLYPH
        names = sheet.lines(lane.category, "name", limit, 1 if sheet.is_narrow else 2)
        labels = sheet.text(sheet.margin + GLYPH, names, "name")
        glyph = Glyph(sheet.margin + 6, top + 8.5, shape, scale=0.85)
        sheet.add(Group([*labels, glyph], lane.tone))
    height = lane.rows * _PITCH
    if sheet.is_narrow:
        top = sheet.y
    sheet.y = max(sheet.y, top + height) + 5
    for item in lane.items:
        _draw_item(sheet, item, Track(track.left, track.right, top + _PITCH * (item.row + 0.5)))


def _draw_item(sheet: Sheet, item: LaneItem, track: Track) -> None:
    if item.place is NamePlace.WITHIN:
        track = replace(track, height=_HOLDING)
    shapes = mark_shapes(item.mark, track, sheet.shape_of(item.mark.tone))
    left, right = mark_sides(item.mark, track.right - track.left)
    struck, y = item.mark.state is State.CANCELLED, track.y + 4
    style, ends = "tag", False
    match item.place:
        case NamePlace.AFTER:
            x = track.left + right + _GAP
        case NamePlace.BEFORE:
            x, ends = track.left + left - _GAP, True
        case NamePlace.WITHIN:
            x, style = track.left + left + _GAP, "on"
        case NamePlace.ABOVE:
            x, y = track.at(item.name_start), y - _PITCH
    shapes.append(Label(x, y, item.name, style, ends, struck))
    event = item.mark.event
    title = item.title if event is None else describe_event(event, sheet.wording)
    sheet.add(sheet.group(item.mark, shapes, title))
