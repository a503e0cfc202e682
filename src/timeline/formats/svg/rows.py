"""The rows of the drawing: words in a column beside the axis, or above it where it is narrow."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from timeline.formats.diagram import text_metrics
from timeline.formats.diagram.descriptions import describe_event
from timeline.formats.diagram.model import State
from timeline.formats.svg.marks import HEIGHT, Track, mark_shapes
from timeline.formats.svg.shapes import STYLES, Glyph, Group, Label, Line, Rect
from timeline.formats.svg.sheet import GLYPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from timeline.formats.diagram.axis import Axis
    from timeline.formats.diagram.model import Row
    from timeline.formats.svg.shapes import Shape
    from timeline.formats.svg.sheet import Sheet

    Box = tuple[float, float, float, float]
    Segments = list[tuple[tuple[float, float], tuple[float, float]]]

_INDENT = 14.0
_DEEPEST = 6
_LENS = 18.0
_ABOVE = 22.0
"""The height of the labels of an axis, above its line."""

_CLEAR = 1.0
_SHORTEST = 4.0
"""The distance of the lines of an axis from labels, and the least length of their parts."""

_EVERY = 24
"""The number of rows after which the axis is repeated."""


def draw_rows(sheet: Sheet, rows: Sequence[Row], axis: Axis) -> None:
    """Draw rows below an axis, with its lines behind them."""
    track = Track(sheet.frame.axis_left, sheet.right, 0)
    ground = len(sheet.shapes)
    top = draw_axis(sheet, axis, track)
    for number, row in enumerate(rows):
        if number and number % _EVERY == 0:
            draw_axis(sheet, axis, track)
        if number and not rows[number - 1].inset:
            sheet.add(Line((((sheet.margin, sheet.y), (sheet.right, sheet.y)),), "line"))
        _draw_row(sheet, row, track)
        if inset := row.inset:
            draw = partial(draw_rows, sheet, inset.rows, inset.axis)
            draw_inset(sheet, (inset.start, inset.end), track, draw)
    draw_grid(sheet, ground, axis, track, top)


def draw_axis(sheet: Sheet, axis: Axis, track: Track) -> float:
    """Draw the labels of an axis and its line, and return the y of the line."""
    if axis.today is not None and sheet.diagram.as_of is not None:
        _flag(sheet, track.at(axis.today), track)
    sheet.y += _ABOVE
    for tick in axis.ticks:
        if tick.text:
            style = "chief" if tick.rank.is_bold else "tick"
            sheet.add(Label(track.at(tick.at) + 4, sheet.y - 6, tick.text, style))
    sheet.add(Line((((track.left, sheet.y), (track.right, sheet.y)),), "edge"))
    return sheet.y


def _flag(sheet: Sheet, x: float, track: Track) -> None:
    """Draw the flag of today above its line."""
    assert sheet.diagram.as_of is not None  # noqa: S101 - the caller has seen it
    day = sheet.wording.dates.day(sheet.diagram.as_of)
    words = sheet.wording.phrase("today, {date}", date=day)
    wide = text_metrics.text_width(words, STYLES["flag"].size, bold=True) + 10
    left = min(max(x - wide / 2, track.left - 1), track.right - wide + 1)
    sheet.add(
        Rect(left, sheet.y + 2, wide, 17, "flag", 3),
        Label(left + 5, sheet.y + 15, words, "flag"),
    )
    sheet.y += 19


def draw_grid(sheet: Sheet, ground: int, axis: Axis, track: Track, top: float) -> None:
    """Draw the lines of the ticks, and that of today, behind the shapes from ``ground`` on.

    They reach from ``top`` to the end of what is drawn, and stop at labels and at insets.
    """
    obstacles = list(_obstacles(sheet.shapes[ground:]))

    def line(at: float, start: float) -> Segments:
        x = track.at(at)
        return [((x, a), (x, b)) for a, b in _free_parts(x, start, sheet.y, obstacles)]

    ticks = [segment for tick in axis.ticks if tick.has_line for segment in line(tick.at, top)]
    today = [] if axis.today is None else line(axis.today, top - _ABOVE)
    lines = [Line(tuple(some), style) for some, style in ((ticks, "line"), (today, "now")) if some]
    sheet.shapes[ground:ground] = lines


def _obstacles(shapes: Iterable[Shape]) -> Iterator[Box]:
    """Yield the boxes that no line of an axis crosses."""
    for shape in shapes:
        match shape:
            case Group():
                yield from _obstacles(shape.shapes)
            case Label():
                yield shape.box
            case Rect(style="wash"):
                yield shape.x, shape.y, shape.x + shape.width, shape.y + shape.height


def _free_parts(
    x: float, top: float, bottom: float, obstacles: Iterable[Box]
) -> Iterator[tuple[float, float]]:
    """Yield the parts of an upright line that are between obstacles and long enough to be seen."""
    crossed = ((a, b) for left, a, right, b in obstacles if left - _CLEAR < x < right + _CLEAR)
    for begins, ends in sorted(crossed):
        if begins - _CLEAR - top >= _SHORTEST:
            yield top, min(begins - _CLEAR, bottom)
        top = max(top, ends + _CLEAR)
    if top < bottom:
        yield top, bottom


def _draw_row(sheet: Sheet, row: Row, track: Track) -> None:
    """Draw the words of an event and its mark."""
    left = sheet.margin + _INDENT * min(row.depth, _DEEPEST)
    has_glyph = bool(sheet.diagram.categories) or row.event is None
    indent = GLYPH if has_glyph else 0
    end = sheet.right if sheet.is_narrow else track.left - 16
    limit = end - left - indent
    names = sheet.lines(row.title, "name", limit)
    notes = sheet.lines(row.words, "note", limit, 3)
    sheet.y += 5
    top = sheet.y
    struck = row.mark.state is State.CANCELLED
    shapes = sheet.text(left + indent, names, "name", struck=struck)
    shapes += sheet.text(left + indent, notes, "note")
    shape = sheet.shape_of(row.mark.tone)
    if has_glyph:
        shapes.append(Glyph(left + 6, top + 8.5, shape, scale=0.85))
    if sheet.is_narrow:
        middle = sheet.y + 10
        sheet.y += 22
    else:
        sheet.y = max(sheet.y, top + 2 * HEIGHT)
        middle = (top + sheet.y) / 2
    sheet.y += 5
    shapes += mark_shapes(row.mark, Track(track.left, track.right, middle), shape)
    title = describe_event(row.event, sheet.wording) if row.event else f"{row.title}\n{row.words}"
    sheet.add(sheet.group(row.mark, shapes, title))


def draw_inset(
    sheet: Sheet, sides: tuple[float, float], track: Track, draw: Callable[[], None]
) -> None:
    """Draw an inset: the lens from ``sides`` of the outer axis, and what is in it on a wash."""
    top = sheet.y + _LENS
    ground = len(sheet.shapes)
    begins, ends = map(track.at, sides)
    ends = max(ends, begins + 3)
    sheet.y = top
    draw()
    sheet.y += 3
    box = Rect(sheet.margin - 10, top, sheet.right - sheet.margin + 20, sheet.y - top, "wash", 6)
    lens = ((begins, top - _LENS), (ends, top - _LENS), (track.right, top), (track.left, top))
    sheet.shapes[ground:ground] = [Line((lens,), "lens", is_closed=True), box]
    sheet.y += 6
