"""The shapes of a mark: solid, hatched and fading bars, glyphs, beads, arrows and ghosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.formats.diagram.marks import FADE, GLYPH, LEAST, drawn_sides
from timeline.formats.diagram.model import (
    Arrow,
    Beads,
    Edge,
    Ghost,
    Look,
    Point,
    Question,
    Span,
    State,
)
from timeline.formats.svg.shapes import Glyph, Label, Line, Rect

if TYPE_CHECKING:
    from timeline.formats.diagram.model import Mark, Part
    from timeline.formats.svg.shapes import Shape

HEIGHT = 12.0
_WITHIN = 12.0
"""How far a side that is about right fades within the bar."""

_OPEN = 30.0
"""The width of the side without a bound, which fades."""

_BEAD = 2.0
_ARROW, _BEYOND = 22.0, 10.0
"""The least length of an arrow, and how far it may reach beyond the axis for that."""

_CORNER = 2.0
_TORN = 10.0
"""The width of the side of a bar that goes on beyond the axis: two gaps."""


class Track(Struct, frozen=True):
    """The part of an axis on which marks are drawn, from ``left`` to ``right``, around ``y``.

    ``height`` is that of bars.
    """

    left: float
    right: float
    y: float
    height: float = HEIGHT

    def at(self, place: float) -> float:
        """Return the x of a place."""
        return self.left + place * (self.right - self.left)


def mark_shapes(mark: Mark, track: Track, shape: int) -> list[Shape]:
    """Return the shapes of a mark; ``shape`` is the number of its tone's shape."""
    shapes: list[Shape] = []
    for part in mark.parts:
        shapes += _part(part, mark, track, shape)
    return shapes


def _part(part: Part, mark: Mark, track: Track, shape: int) -> list[Shape]:
    is_settled = mark.state is State.SETTLED
    match part:
        case Span():
            return _span(part, track, is_settled=is_settled)
        case Point():
            glyph = Glyph(track.at(part.at), track.y, shape, "sure" if is_settled else "unsettled")
            return [*_halo(part, track), glyph]
        case Beads():
            return [_beads(part, track)]
        case Arrow():
            return _arrow(part, track)
        case Question():
            return [_question(part, mark, track)]
        case Ghost():
            return _ghost(part, track)


def _span(span: Span, track: Track, *, is_settled: bool) -> list[Shape]:
    left, right = (track.left + x for x in drawn_sides(span, track.right - track.left))
    style = "sure" if span.look is Look.SOLID else "may"
    style = style if is_settled else f"{style}-unsettled"
    shapes: list[Shape] = []
    left, left_fade = _faded(span.start_edge, left, right, -1)
    right, right_fade = _faded(span.end_edge, left, right, 1)
    for (begins, ends), way in ((left_fade, -1), (right_fade, 1)):
        if begins < ends:
            shapes += _bar(begins, ends, track, style, fades=way)
    if span.start_edge is Edge.CUT and right - left > 2 * _TORN:
        shapes += [_piece(left, 2, track), _piece(left + 4, 3.5, track)]
        left += _TORN - 0.5
    if span.end_edge is Edge.CUT and right - left > 2 * _TORN:
        shapes += [_piece(right - 2, 2, track), _piece(right - 7.5, 3.5, track)]
        right -= _TORN - 0.5
    if left < right:
        closed = span.start_edge is not Edge.JOINED, span.end_edge is not Edge.JOINED
        has_fade = left_fade[0] < left_fade[1], right_fade[0] < right_fade[1]
        sides = closed[0] and not has_fade[0], closed[1] and not has_fade[1]
        shapes += _bar(left, right, track, style, sides=sides)
    return shapes


def _faded(edge: Edge, left: float, right: float, way: int) -> tuple[float, tuple[float, float]]:
    """Return where a bar ends on one side, and the sides of the part that fades there."""
    side = right if way > 0 else left
    if edge is Edge.OPEN:
        within = min(_OPEN, right - left)
        beyond = 0.0
    elif edge is Edge.SOFT:
        within, beyond = min(_WITHIN, (right - left) / 2), FADE
    else:
        return side, (side, side)
    inner, outer = side - way * within, side + way * beyond
    return inner, (min(inner, outer), max(inner, outer))


def _bar(
    left: float,
    right: float,
    track: Track,
    style: str,
    *,
    sides: tuple[bool, bool] = (False, False),
    fades: int = 0,
) -> list[Shape]:
    """Return a bar; ``sides`` states which of its ends are closed."""
    height = track.height
    top, width = track.y - height / 2, right - left
    if style == "sure":
        overlap = 0.5 if fades else 0.0  # so that no seam is visible
        left = left - (overlap if fades > 0 else 0)
        return [Rect(left, top, width + overlap, height, style, _CORNER * all(sides), fades)]
    shapes: list[Shape] = []
    if style.startswith("may"):
        shapes.append(Rect(left, top, width, height, "hatch", 0, fades))
    inset = 0.75
    upper, lower = top + inset, top + height - inset
    first, last = left + inset * sides[0], right - inset * sides[1]
    outline = "outline" if style == "may" else "dashed"
    if fades:
        edges = (upper - inset, lower - inset)
        return [*shapes, *(Rect(left, y, width, 2 * inset, "sure", 0, fades) for y in edges)]
    lines: list[tuple[tuple[float, float], ...]]
    if all(sides):
        lines = [((first, upper), (last, upper), (last, lower), (first, lower))]
    elif sides[0]:
        lines = [((last, upper), (first, upper), (first, lower), (last, lower))]
    elif sides[1]:
        lines = [((first, upper), (last, upper), (last, lower), (first, lower))]
    else:
        lines = [((first, upper), (last, upper)), ((first, lower), (last, lower))]
    shapes.append(Line(tuple(lines), outline, is_closed=all(sides)))
    return shapes


def _piece(left: float, width: float, track: Track) -> Rect:
    return Rect(left, track.y - track.height / 2, width, track.height, "sure")


def _halo(point: Point, track: Track) -> list[Shape]:
    """Return what fades on both sides of a point that is about right."""
    if not point.is_soft:
        return []
    x, far = track.at(point.at), GLYPH + 12
    return [
        Rect(x - far, track.y - 3, far, 6, "sure", 0, -1),
        Rect(x, track.y - 3, far, 6, "sure", 0, 1),
    ]


def _beads(beads: Beads, track: Track) -> Shape:
    """Return the instances of a series as one shape."""
    top, bottom = track.y - HEIGHT / 2, track.y + HEIGHT / 2
    lines = []
    before = track.left - 1
    for start, end in beads.places:
        left = max(track.at(start), before + 1)
        right = max(track.at(end), left + _BEAD)
        lines.append(((left, top), (right, top), (right, bottom), (left, bottom)))
        before = right
    return Line(tuple(lines), "sure", is_closed=True)


def _arrow(arrow: Arrow, track: Track) -> list[Shape]:
    left = track.at(arrow.start)
    tip = min(max(track.right, left + _ARROW), track.right + _BEYOND)
    head = ((tip - 6, track.y - 5), (tip - 1, track.y), (tip - 6, track.y + 5))
    return [Line((((left, track.y), (tip - 2, track.y)), head), "arrow")]


def _question(question: Question, mark: Mark, track: Track) -> Label:
    x = track.at(question.at)
    is_point = any(isinstance(part, Point) for part in mark.parts)
    away = GLYPH + 2 if is_point else 4
    return Label(
        x + away if question.is_after else x - away,
        track.y + 4.5,
        "?",
        "mark",
        ends=not question.is_after,
    )


def _ghost(ghost: Ghost, track: Track) -> list[Shape]:
    left, right = track.at(ghost.start), track.at(ghost.end)
    right = max(right, left + LEAST)
    top, bottom = track.y - HEIGHT / 2 + 0.75, track.y + HEIGHT / 2 - 0.75
    box = ((left, top), (right, top), (right, bottom), (left, bottom))
    shapes: list[Shape] = [Line((box,), "ghost", is_closed=True)]
    begins, ends = track.at(ghost.thread_start), track.at(ghost.thread_end)
    if begins < ends:
        shapes.append(Line((((begins, track.y), (ends, track.y)),), "ghost"))
    return shapes
