"""The shapes of the diagram, with their places in its units, independent of markup.

There are two settings of the text, for wide and for narrow viewports. A shape that differs between
them exists twice, marked ``WIDE`` and ``NARROW``, and only one of the two is visible.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from timeline.formats.diagram import text_metrics

BOTH, WIDE, NARROW = "", "w", "n"
SETTINGS = (WIDE, NARROW)


class Style(NamedTuple):
    """A text style: the height of its letters on wide and on narrow viewports."""

    wide: float
    narrow: float
    is_bold: bool = False

    def size(self, setting: str) -> float:
        """Return the height of the letters; for both settings, the larger one."""
        return self.wide if setting == WIDE else self.narrow


STYLES = {
    "title": Style(21, 28, is_bold=True),
    "heading": Style(17, 23, is_bold=True),
    "name": Style(15, 21.5, is_bold=True),
    "note": Style(13, 19),
    "mark": Style(15, 19, is_bold=True),
    "tick": Style(12, 18),
    "context": Style(12, 18, is_bold=True),
    "today": Style(12, 18, is_bold=True),
}


class Label(Struct, frozen=True):
    """A line of text on the baseline ``y``; ``x`` is its left side, or with ``ends`` its right."""

    x: float
    y: float
    text: str
    style: str
    setting: str = BOTH
    ends: bool = False
    struck: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The (left, top, right, bottom) of the text."""
        style = STYLES[self.style]
        size = style.size(self.setting)
        wide = text_metrics.text_width(self.text, size, bold=style.is_bold)
        left = self.x - wide if self.ends else self.x
        return left, self.y - 0.8 * size, left + wide, self.y + 0.22 * size

    def in_both(self) -> Label:
        """Return the same label for both settings."""
        return replace(self, setting=BOTH)


class Bar(Struct, frozen=True):
    """A stretch of time; ``is_hollow`` marks an event that may not take place.

    ``stops`` are (place from 0 to 1, opacity there); without any, the bar is solid.
    """

    x: float
    y: float
    width: float
    height: float
    stops: tuple[tuple[float, float], ...] = ()
    is_hollow: bool = False


class Rect(Struct, frozen=True):
    """A rectangle behind other shapes."""

    x: float
    y: float
    width: float
    height: float
    style: str


class Line(Struct, frozen=True):
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    style: str
    setting: str = BOTH


class Glyph(Struct, frozen=True):
    """The shape of a tone around a point."""

    x: float
    y: float
    shape: int
    scale: float = 1.0
    setting: str = BOTH
    is_hollow: bool = False


class Group(Struct, frozen=True):
    """Shapes of one tone, with a tooltip."""

    shapes: list[Shape] = field(default_factory=list)
    tone: int | None = None
    title: str | None = None


Shape = Label | Bar | Rect | Line | Glyph | Group


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
        case Bar():
            stops = tuple((1 - place, opacity) for place, opacity in reversed(shape.stops))
            return replace(shape, x=width - shape.x - shape.width, stops=stops)
        case Rect():
            return replace(shape, x=width - shape.x - shape.width)
        case Line():
            return replace(shape, points=tuple((width - x, y) for x, y in shape.points))
        case Glyph():
            return replace(shape, x=width - shape.x)
