"""What all parts of the drawing have in common: the shapes so far, and lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.formats.diagram import text_metrics
from timeline.formats.svg.shapes import STYLES, Glyph, Group, Label
from timeline.model import isolated_lines

if TYPE_CHECKING:
    from timeline.formats.diagram.model import Diagram, Mark
    from timeline.formats.svg.shapes import Shape
    from timeline.model import Wording

NARROW = 560
"""The width below which the words of an event are above its mark."""

GLYPH = 18.0
"""The room of a glyph before a name."""


class Frame(NamedTuple):
    """The width of a drawing, and the places that follow from it.

    ``has_names`` states whether there are categories, whose names are beside the lanes.
    """

    width: float
    has_names: bool

    @property
    def is_narrow(self) -> bool:
        """Whether words are above the axis, not beside it."""
        return self.width < NARROW

    @property
    def margin(self) -> float:
        """The left side of the content."""
        return 14.0 if self.is_narrow else 20.0

    @property
    def right(self) -> float:
        """The right side of the content."""
        return self.width - self.margin

    @property
    def axis_left(self) -> float:
        """The left side of the axis of rows."""
        if self.is_narrow:
            return self.margin
        return self.margin + min(max(176, 0.335 * (self.right - self.margin)), 336) + 24

    @property
    def lane_left(self) -> float:
        """The left side of the axis of lanes, beside the names of the categories."""
        return self.margin if self.is_narrow or not self.has_names else self.margin + 118


class Sheet:
    """The shapes laid out so far, from top to bottom; ``y`` is the top of the next one."""

    def __init__(self, diagram: Diagram, wording: Wording, frame: Frame) -> None:
        self.diagram = diagram
        self.wording = wording
        self.frame = frame
        self.is_narrow = frame.is_narrow
        self.margin, self.right = frame.margin, frame.right
        self.shapes: list[Shape] = []
        self.y = self.margin - 4

    def add(self, *shapes: Shape) -> None:
        """Draw shapes above those so far."""
        self.shapes += shapes

    def shape_of(self, tone: int | None) -> int:
        """Return the number of a tone's shape; without a tone, that of a square."""
        return 1 if tone is None else self.diagram.tones[tone].shape

    def lines(self, text: str, style: str, limit: float, most: int = 2) -> list[str]:
        """Break a text into lines that fit; the last one may be shortened."""
        size, bold = STYLES[style].size, STYLES[style].is_bold
        parts = text_metrics.wrap_text(text, limit, size, most, bold=bold)
        return isolated_lines(parts, self.wording)

    def text(self, x: float, lines: list[str], style: str, *, struck: bool = False) -> list[Shape]:
        """Return labels from ``y`` down, and move ``y`` below them."""
        pitch = STYLES[style].pitch
        labels: list[Shape] = [
            Label(x, self.y + pitch * number - 4, line, style, struck=struck)
            for number, line in enumerate(lines, start=1)
        ]
        self.y += pitch * len(lines)
        return labels

    def key(self) -> None:
        """Draw the categories and their shapes."""
        x, size = self.margin, STYLES["note"].size
        if not self.diagram.categories:
            return
        for category in self.diagram.categories:
            limit = self.right - self.margin - GLYPH
            (text,) = self.lines(category.name, "note", limit, 1) or [""]
            wide = GLYPH + text_metrics.text_width(text, size)
            if x > self.margin and x + wide > self.right:
                x, self.y = self.margin, self.y + 20
            glyph = Glyph(x + 6, self.y + 8, self.shape_of(category.tone), scale=0.85)
            label = Label(x + GLYPH, self.y + 12, text, "note")
            self.add(Group([glyph, label], category.tone))
            x += wide + 18
        self.y += 26

    def group(self, mark: Mark, shapes: list[Shape], title: str) -> Group:
        """Return the shapes of an event, with its tooltip."""
        event = mark.event
        return Group(shapes, mark.tone, title, None if event is None else event.id)
