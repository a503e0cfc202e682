"""A row: the name of an event, its bar below it, its date beside the bar or above it.

Text is set twice, for wide and for narrow viewports, around the same bar. So a row is as high as
the larger letters need, and the smaller ones use the lines that are left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from timeline.formats.svg import bars, text_metrics
from timeline.formats.svg.descriptions import date_note, describe_event, is_hollow
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

if TYPE_CHECKING:
    from timeline.formats.svg.axis import Scale
    from timeline.formats.svg.bars import Form
    from timeline.formats.svg.extents import Extent
    from timeline.formats.svg.palette import Tones
    from timeline.formats.svg.shapes import Shape
    from timeline.model import Event

LINE = 26.0
"""From one line of the narrow setting to the next."""

GAP = 10.0
_TIGHT = 20.0
_BAR = 20.0
_LINES = 2
_INDENT = 20.0
_DESCENT = 7.0


class Row(NamedTuple):
    """A row as drawn: where it ends, from where to where its bar reaches, and its form."""

    group: Group
    bottom: float
    begins: float
    ends: float
    form: Form | None = None


def dated_row(
    event: Event,
    extent: Extent,
    tones: Tones,
    scale: Scale,
    sides: tuple[float, float],
    y: float,
    *,
    nested: bool = False,
) -> Row:
    """Draw an event between two sides, from ``y`` down; ``nested`` ties it to the row above."""
    tone = tones.number(event)
    shape, hollow = tones.all[tone].shape, is_hollow(event)
    begins, ends = bars.horizontal_extent(bars.bar_shapes(extent, scale, 0, shape, hollow=hollow))
    settings = _settings(event, date_note(event), tones, sides, (begins, ends))
    count = max(setting.count for setting in settings)
    bottom = y + LINE * count
    middle = bottom + _BAR / 2 - 2
    shapes: list[Shape] = []
    for setting in settings:
        setting.spread(count)
        shapes += setting.labels(bottom, middle, shape if tones.legend else None)
        if nested:
            shapes.append(setting.branch(bottom, sides[0]))
    bar = bars.bar_shapes(extent, scale, middle, shape, hollow=hollow)
    group = Group(merge_labels(shapes) + bar, tone, describe_event(event))
    return Row(group, bottom + _BAR + GAP, begins, ends, bars.form_of(extent, bar))


def undated_row(
    event: Event, within: str | None, tones: Tones, sides: tuple[float, float], y: float
) -> Row:
    """Draw an event without a place in time; ``within`` is the name of what it belongs to."""
    words = " · ".join(filter(None, (date_note(event), within and f"in {within}")))
    tone = tones.number(event)
    settings = _settings(event, words, tones, sides, None)
    count = max(setting.count for setting in settings)
    shapes: list[Shape] = []
    for setting in settings:
        bottom = y + LINE * (count + setting.count) / 2
        shapes += setting.labels(bottom, bottom, tones.all[tone].shape if tones.legend else None)
    group = Group(merge_labels(shapes), tone, describe_event(event))
    return Row(group, y + LINE * count + GAP, *sides)


def text_lines(
    left: float, limit: float, text: str, style: str, top: float
) -> tuple[list[Shape], float]:
    """Set a heading in as many lines as it needs; give them, and where they end."""
    labels: list[Shape] = []
    count, pitch = 0, STYLES[style].narrow + GAP - 2
    for setting in SETTINGS:
        size = STYLES[style].size(setting)
        parts = text_metrics.wrap_text(text, limit, size, _LINES, bold=STYLES[style].is_bold)
        count = max(count, len(parts))
        labels += (
            Label(left, top + pitch * number - 8, part, style, setting)
            for number, part in enumerate(parts, start=1)
        )
    return merge_labels(labels), top + pitch * count


def merge_labels(shapes: list[Shape]) -> list[Shape]:
    """Write once what is the same in both settings."""
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
    sides: tuple[float, float],
    bar: tuple[float, float] | None,
) -> list[_Setting]:
    left = sides[0] + (_INDENT if tones.legend else 0)
    return [_Setting(event, words, setting, (left, sides[1]), bar) for setting in SETTINGS]


class _Setting:
    """The labels of a row in one setting: the lines of the name, and where the date goes.

    ``bar`` says from where to where the bar reaches, if there is one.
    """

    def __init__(
        self,
        event: Event,
        words: str,
        setting: str,
        sides: tuple[float, float],
        bar: tuple[float, float] | None,
    ) -> None:
        self.setting = setting
        self.left, self.right = sides
        self.is_struck = event.status == "cancelled"
        self.size = STYLES["name"].size(setting)
        self.pitch = LINE if setting == NARROW else _TIGHT
        limit, note_size = self.right - self.left, STYLES["note"].size(setting)
        self.names = text_metrics.wrap_text(event.summary, limit, self.size, _LINES, bold=True)
        self.words = text_metrics.shorten(words, limit, note_size)
        self.beside = self._beside(text_metrics.text_width(words, note_size), bar)
        self.has_own_line = bool(words) and self.beside is None

    def _beside(self, width: float, bar: tuple[float, float] | None) -> tuple[float, bool] | None:
        """Return the place of the date beside the bar, and whether it ends there, if it fits."""
        if bar is None:
            return None
        begins, ends = bar
        if ends + 8 + width <= self.right:
            return ends + 8, False
        return (begins - 8, True) if begins - 8 - width >= self.left - _INDENT else None

    @property
    def count(self) -> int:
        """How many lines it needs above the bar."""
        return len(self.names) + self.has_own_line

    def spread(self, count: int) -> None:
        """Use a line that the other setting needs and this one does not."""
        if self.words and count > self.count:
            self.has_own_line, self.beside = True, None

    def top(self, bottom: float) -> float:
        """Return the baseline of the first line of the name."""
        return bottom - _DESCENT - self.pitch * (self.count - 1)

    def labels(self, bottom: float, middle: float, shape: int | None) -> list[Shape]:
        """Return what stands above ``bottom`` and, around ``middle``, beside the bar."""
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
        """Tie the name to the row above it."""
        y = self.top(bottom) - 0.36 * self.size
        return Line(((left - 10, y - 12), (left - 10, y), (left - 3, y)), "branch", self.setting)
