"""What a drawing is made of: values with places, in units of the drawing, and no markup yet.

There are two settings of the type, for wide and for narrow viewports; what differs between them is
there twice, marked ``WIDE`` and ``NARROW``, and of the two only one is seen.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from timeline.formats.svg import text_metrics

BOTH, WIDE, NARROW = "", "w", "n"
SETTINGS = (WIDE, NARROW)


class Style(NamedTuple):
    """How a text is set: the height of its letters on wide and on narrow viewports."""

    wide: float
    narrow: float
    is_bold: bool = False

    def size(self, setting: str) -> float:
        """Return the height of the letters; where a text is in both settings, the larger."""
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
    """A line of text on the baseline ``y``; ``x`` is its left, or its right if it ends there."""

    x: float
    y: float
    text: str
    style: str
    setting: str = BOTH
    ends: bool = False
    struck: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The left, top, right and bottom of what it covers."""
        style = STYLES[self.style]
        size = style.size(self.setting)
        wide = text_metrics.text_width(self.text, size, bold=style.is_bold)
        left = self.x - wide if self.ends else self.x
        return left, self.y - 0.8 * size, left + wide, self.y + 0.22 * size

    def in_both(self) -> Label:
        """Return the same label for both settings."""
        return replace(self, setting=BOTH)


class Bar(Struct, frozen=True):
    """A stretch of time; ``is_hollow`` is one that may not come to pass, or does not.

    ``stops`` are places from 0 to 1 and how opaque it is there; without any it is solid.
    """

    x: float
    y: float
    width: float
    height: float
    stops: tuple[tuple[float, float], ...] = ()
    is_hollow: bool = False


class Rect(Struct, frozen=True):
    """A ground to draw on."""

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
    """Shapes of one tone, and what they say when they are pointed at."""

    shapes: list[Shape] = field(default_factory=list)
    tone: int | None = None
    title: str | None = None


Shape = Label | Bar | Rect | Line | Glyph | Group


class Drawing(Struct, frozen=True):
    """All of it: ``shapes`` in the order in which they are painted."""

    width: float
    height: float
    shapes: list[Shape]
