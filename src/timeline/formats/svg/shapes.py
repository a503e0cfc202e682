"""The shapes of the drawing, with their places in pixels, independent of markup."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from timeline.formats.diagram import text_metrics


class Style(NamedTuple):
    """A text style: the height of its letters, and the distance of its lines."""

    size: float
    pitch: float
    is_bold: bool = False


STYLES = {
    "title": Style(20, 26, is_bold=True),
    "name": Style(14, 17, is_bold=True),
    "note": Style(13, 16),
    "tick": Style(13, 16),
    "chief": Style(13, 16, is_bold=True),
    "tag": Style(12, 16),
    "on": Style(12, 16),
    "mark": Style(13, 16, is_bold=True),
    "flag": Style(12, 16, is_bold=True),
}
"""Nothing is smaller than 12 pixels. A ``tag`` is a name in a lane, ``on`` one on its mark."""


class Label(Struct, frozen=True):
    """A line of text on the baseline ``y``; ``x`` is its left side, or with ``ends`` its right."""

    x: float
    y: float
    text: str
    style: str
    ends: bool = False
    struck: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The (left, top, right, bottom) of the text."""
        style = STYLES[self.style]
        wide = text_metrics.text_width(self.text, style.size, bold=style.is_bold)
        left = self.x - wide if self.ends else self.x
        return left, self.y - 0.8 * style.size, left + wide, self.y + 0.22 * style.size


class Rect(Struct, frozen=True):
    """A rectangle; ``radius`` is that of its corners.

    ``fades`` is the side to which it fades away: -1 left, 1 right.
    """

    x: float
    y: float
    width: float
    height: float
    style: str
    radius: float = 0
    fades: int = 0


class Line(Struct, frozen=True):
    """A line through points; several of them are one shape. ``fades`` is as in `Rect`."""

    lines: tuple[tuple[tuple[float, float], ...], ...]
    style: str
    is_closed: bool = False


class Glyph(Struct, frozen=True):
    """The shape of a tone around a point."""

    x: float
    y: float
    shape: int
    style: str = "sure"
    scale: float = 1.0


class Group(Struct, frozen=True):
    """Shapes of one tone, with a tooltip, and the id of the event that they are.

    Without a tone they have the colour of secondary text.
    """

    shapes: list[Shape] = field(default_factory=list)
    tone: int | None = None
    title: str | None = None
    event: str | None = None


Shape = Label | Rect | Line | Glyph | Group


class Drawing(Struct, frozen=True):
    """A diagram; later shapes cover earlier ones.

    ``is_right_to_left`` is the direction of its texts and of its time.
    """

    width: float
    height: float
    shapes: list[Shape]
    is_right_to_left: bool = False


def mirrored(drawing: Drawing) -> Drawing:
    """Return a diagram for a language that is written from right to left.

    Every place is reflected at the vertical middle. Glyphs keep their shapes, and texts are not
    reversed: a label that began at its place ends there.
    """
    shapes = [_mirrored(shape, drawing.width) for shape in drawing.shapes]
    return replace(drawing, shapes=shapes, is_right_to_left=True)


def _mirrored(shape: Shape, width: float) -> Shape:
    match shape:
        case Group():
            return replace(shape, shapes=[_mirrored(child, width) for child in shape.shapes])
        case Label():
            return replace(shape, x=width - shape.x, ends=not shape.ends)
        case Rect():
            return replace(shape, x=width - shape.x - shape.width, fades=-shape.fades)
        case Line():
            lines = tuple(tuple((width - x, y) for x, y in line) for line in shape.lines)
            return replace(shape, lines=lines)
        case Glyph():
            return replace(shape, x=width - shape.x)
