"""The row of an event: its name, the bar below it, and the date beside or above the bar.

Text is set twice around the same bar, for wide and for narrow viewports. The larger letters
determine the height of a row, and the smaller letters use the lines that are left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.formats.diagram import text_metrics
from timeline.formats.diagram.descriptions import date_note, describe_event, is_hollow
from timeline.formats.svg import bars
from timeline.formats.svg.shapes import (
    NARROW,
    SETTINGS,
    STYLES,
    WIDE,
    Glyph,
    Group,
    Label,
    Line,
)
from timeline.model import isolated, isolated_lines

if TYPE_CHECKING:
    from timeline.formats.svg.axis import Scale
    from timeline.formats.svg.bars import Form
    from timeline.formats.svg.palette import Tones
    from timeline.formats.svg.panels import PlacedEvent
    from timeline.formats.svg.shapes import Shape
    from timeline.model import Event, Wording

LINE = 26.0
"""The distance of two lines in the narrow setting."""

GAP = 10.0
_TIGHT = 20.0
_BAR = 20.0
_LINES = 2
_INDENT = 20.0
_DESCENT = 7.0


class Row(NamedTuple):
    """A drawn row: its shapes, its lower edge, the sides of its bar and the form of the event.

    Without a bar, ``begins`` and ``ends`` are the sides of the row, and ``form`` is ``None``.
    """

    group: Group
    bottom: float
    begins: float
    ends: float
    form: Form | None = None


class Space(NamedTuple):
    """The space for a row: from ``left`` to ``right``, and from ``top`` down.

    ``is_nested`` states whether the event belongs to the one in the row above, and is tied to it.
    """

    left: float
    right: float
    top: float
    is_nested: bool = False


def dated_row(
    entry: PlacedEvent, tones: Tones, scale: Scale, space: Space, wording: Wording
) -> Row:
    """Draw the row of an event that has a place in time."""
    event, extent = entry.event, entry.extent
    tone = tones.number(event)
    shape, hollow = tones.all[tone].shape, is_hollow(event)
    begins, ends = bars.horizontal_extent(bars.bar_shapes(extent, scale, 0, shape, hollow=hollow))
    settings = _settings(event, date_note(event, wording), tones, space, (begins, ends), wording)
    count = max(setting.count for setting in settings)
    bottom = space.top + LINE * count
    middle = bottom + _BAR / 2 - 2
    shapes: list[Shape] = []
    for setting in settings:
        setting.spread(count)
        shapes += setting.labels(bottom, middle, shape if tones.legend else None)
        if space.is_nested:
            shapes.append(setting.branch(bottom, space.left))
    bar = bars.bar_shapes(extent, scale, middle, shape, hollow=hollow)
    group = Group(merge_labels(shapes) + bar, tone, describe_event(event, wording))
    return Row(group, bottom + _BAR + GAP, begins, ends, bars.form_of(extent, bar))


def undated_row(
    event: Event, parent: str | None, tones: Tones, space: Space, wording: Wording
) -> Row:
    """Draw the row of an event without a place in time; ``parent`` is the name of its parent."""
    within = wording.phrase("in {title}", title=isolated(parent, wording)) if parent else ""
    words = " · ".join(filter(None, (date_note(event, wording), within)))
    tone = tones.number(event)
    settings = _settings(event, words, tones, space, None, wording)
    count = max(setting.count for setting in settings)
    shapes: list[Shape] = []
    for setting in settings:
        bottom = space.top + LINE * (count + setting.count) / 2
        shapes += setting.labels(bottom, bottom, tones.all[tone].shape if tones.legend else None)
    group = Group(merge_labels(shapes), tone, describe_event(event, wording))
    return Row(group, space.top + LINE * count + GAP, space.left, space.right)


def text_lines(
    left: float, limit: float, text: str, style: str, top: float, wording: Wording
) -> tuple[list[Shape], float]:
    """Return the lines of a heading, as many as it needs, and their lower edge."""
    labels: list[Shape] = []
    count, pitch = 0, STYLES[style].narrow + GAP - 2
    for setting in SETTINGS:
        size = STYLES[style].size(setting)
        parts = text_metrics.wrap_text(text, limit, size, _LINES, bold=STYLES[style].is_bold)
        parts = isolated_lines(parts, wording)
        count = max(count, len(parts))
        labels += (
            Label(left, top + pitch * number - 8, part, style, setting)
            for number, part in enumerate(parts, start=1)
        )
    return merge_labels(labels), top + pitch * count


def merge_labels(shapes: list[Shape]) -> list[Shape]:
    """Replace two equal labels of the two settings by one of both."""
    merged: dict[object, Shape] = {}
    for shape in shapes:
        if isinstance(shape, Label):
            same: object = (shape.x, shape.y, shape.text, shape.ends)
            merged[same] = shape.in_both() if same in merged else shape
        else:
            merged[id(shape)] = shape
    return list(merged.values())


def _settings(
    event: Event,
    words: str,
    tones: Tones,
    space: Space,
    bar: tuple[float, float] | None,
    wording: Wording,
) -> list[_Setting]:
    left = space.left + (_INDENT if tones.legend else 0)
    sides = left, space.right
    return [_Setting(event, words, setting, sides, bar, wording) for setting in SETTINGS]


class _Setting:
    """The labels of a row in one setting: the lines of the name, and the place of the date.

    ``bar`` has the sides of the bar, if there is one.
    """

    def __init__(
        self,
        event: Event,
        words: str,
        setting: str,
        sides: tuple[float, float],
        bar: tuple[float, float] | None,
        wording: Wording,
    ) -> None:
        self.setting = setting
        self.left, self.right = sides
        self.is_struck = event.status == "cancelled"
        self.size = STYLES["name"].size(setting)
        self.pitch = LINE if setting == NARROW else _TIGHT
        limit, note_size = self.right - self.left, STYLES["note"].size(setting)
        names = text_metrics.wrap_text(event.summary, limit, self.size, _LINES, bold=True)
        self.names = isolated_lines(names, wording)
        self.words = text_metrics.shorten(words, limit, note_size)
        self.beside = self._beside(text_metrics.text_width(words, note_size), bar)
        self.has_own_line = bool(words) and self.beside is None

    def _beside(self, width: float, bar: tuple[float, float] | None) -> tuple[float, bool] | None:
        """Return (x, whether the text ends there) if the date fits beside the bar."""
        if bar is None:
            return None
        begins, ends = bar
        if ends + 8 + width <= self.right:
            return ends + 8, False
        return (begins - 8, True) if begins - 8 - width >= self.left - _INDENT else None

    @property
    def count(self) -> int:
        """The number of lines above the bar."""
        return len(self.names) + self.has_own_line

    def spread(self, count: int) -> None:
        """Put the date on a line of its own if the other setting needs that line anyway."""
        if self.words and count > self.count:
            self.has_own_line, self.beside = True, None

    def top(self, bottom: float) -> float:
        """Return the baseline of the first line of the name."""
        return bottom - _DESCENT - self.pitch * (self.count - 1)

    def labels(self, bottom: float, middle: float, shape: int | None) -> list[Shape]:
        """Return the shapes above ``bottom``, and those beside the bar, around ``middle``."""
        top = self.top(bottom)
        shapes: list[Shape] = [
            Label(
                self.left,
                top + self.pitch * number,
                line,
                "name",
                self.setting,
                struck=self.is_struck,
            )
            for number, line in enumerate(self.names)
        ]
        if self.has_own_line:
            shapes.append(Label(self.left, bottom - _DESCENT, self.words, "note", self.setting))
        elif self.beside:
            x, ends = self.beside
            shapes.append(Label(x, middle + 5, self.words, "note", self.setting, ends=ends))
        if shape is not None:
            scale = 0.95 if self.setting == WIDE else 1.2
            place = self.left - _INDENT + 7, top - 0.36 * self.size
            shapes.append(Glyph(*place, shape, scale, self.setting))
        return shapes

    def branch(self, bottom: float, left: float) -> Shape:
        """Return the line that ties the name to the row above."""
        y = self.top(bottom) - 0.36 * self.size
        return Line(((left - 10, y - 12), (left - 10, y), (left - 3, y)), "branch", self.setting)
