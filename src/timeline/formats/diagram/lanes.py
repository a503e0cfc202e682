"""The layout in lanes: a lane for each category, in which events share rows.

The children of an event are not in lanes, unless the event is long enough to hold them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats.diagram import text_metrics
from timeline.formats.diagram.axis import make_axis
from timeline.formats.diagram.marks import FADE, GLYPH, Canvas, drawn_sides, event_mark
from timeline.formats.diagram.model import (
    Arrow,
    Beads,
    Edge,
    Lane,
    LaneItem,
    Look,
    NamePlace,
    Point,
    Question,
    Span,
)
from timeline.formats.diagram.tree import frame_of
from timeline.model import isolated_lines

if TYPE_CHECKING:
    from timeline.formats.diagram.axis import Frame
    from timeline.formats.diagram.model import Mark
    from timeline.formats.diagram.rows import Setting
    from timeline.formats.diagram.tree import PlacedEvent

_HOLDS = 0.1
"""The share of an axis above which the children of an event have marks of their own."""

_OUTLASTS = 0.1
"""The share of the events that may be longer than the axis."""

_SHORTER = 0.5
"""The share of its length that an axis has to lose if events are cut."""

_NAME = 160
"""The most pixels of a name."""

_GAP = 6
"""The pixels between a mark and its name, and twice that between a name and the next mark."""

_QUESTION = 11
"""The width of a question mark in pixels."""


def lay_out_lanes(roots: list[PlacedEvent], setting: Setting) -> tuple[Canvas, tuple[Lane, ...]]:
    """Return the axis of the events that have marks, and the lanes in the order of the file."""
    entries = _long_enough(roots)
    frame = _cut_frame(entries)
    space, tones = setting.space, setting.tones
    axis = make_axis(frame, space.lanes, space.tick, setting.wording.dates, setting.as_of)
    canvas = Canvas(axis, space.lanes, setting.clock)
    marks: dict[str | None, list[Mark]] = {name: [] for name in (*tones.legend, None)}
    for entry in sorted(entries, key=lambda entry: (entry.extent.first, -entry.extent.last)):
        event = entry.event
        category = event.categories[0] if event.categories else None
        marks[category].append(event_mark(event, entry.extent, tones.number(event), canvas))
    return canvas, tuple(_lane(category, some, setting) for category, some in marks.items() if some)


def _long_enough(roots: list[PlacedEvent]) -> list[PlacedEvent]:
    """Return the outermost events, and the children of those that are long enough to hold them."""
    length = max(entry.last for entry in roots) - min(entry.first for entry in roots)
    entries = list(roots)
    for entry in entries:  # the loop also visits the children that it adds
        if entry.extent.last - entry.extent.first > _HOLDS * length:
            entries += entry.children
    return entries


def _cut_frame(entries: list[PlacedEvent]) -> Frame:
    """Return the frame of all entries, or that of nearly all if it is much shorter.

    A few events that last for years would else make months too narrow to see; they run to the edge.
    """
    whole = frame_of(entries)
    most = int(_OUTLASTS * len(entries))
    by_end = sorted(entries, key=lambda entry: entry.extent.last)
    by_start = sorted(entries, key=lambda entry: -entry.extent.first)
    for ends in range(most + 1):
        for starts in range(most + 1 - ends):
            first = by_start[-1 - starts].extent.first
            last = by_end[-1 - ends].extent.last
            is_seen = all(
                entry.extent.first < last and entry.extent.last > first for entry in entries
            )
            if is_seen and last - first <= _SHORTER * (whole.last - whole.first):
                inside = [
                    entry
                    for entry in entries
                    if entry.extent.first >= first and entry.extent.last <= last
                ]
                return frame_of(inside)
    return whole


def _lane(category: str | None, marks: list[Mark], setting: Setting) -> Lane:
    packer = _Packer(setting)
    items = tuple(packer.place(mark) for mark in marks)
    return Lane(category, _tone_of_lane(category, marks, setting), len(packer.ends), items)


def _tone_of_lane(category: str | None, marks: list[Mark], setting: Setting) -> int:
    tone = marks[0].tone
    assert tone is not None  # noqa: S101 - only samples have none
    return tone if category is None else setting.tones.legend[category]


class _Packer:
    """The rows of a lane; ``ends`` has the pixel at which each of them is free again."""

    def __init__(self, setting: Setting) -> None:
        self._width, self._size = setting.space.lanes, setting.space.name
        self._wording = setting.wording
        self.ends: list[float] = []

    def place(self, mark: Mark) -> LaneItem:
        """Return a mark with its name, in the first row that has room for both."""
        left, right = mark_sides(mark, self._width)
        summary = mark.event.summary if mark.event else ""
        summary = " ".join(summary.split())
        whole = text_metrics.text_width(summary, self._size) + 2
        wide = min(whole, _NAME)
        if _holds(mark) and right - left >= wide + 2 * _GAP:
            place, begins, ends = NamePlace.WITHIN, left, right
            wide = min(whole, right - left - 2 * _GAP)
        elif right + _GAP + wide <= self._width:
            place, begins, ends = NamePlace.AFTER, left, right + _GAP + wide
        elif left - _GAP - wide >= 0:
            place, begins, ends = NamePlace.BEFORE, left - _GAP - wide, right
        else:
            wide = min(wide, self._width)
            begins = min(left, self._width - wide)
            place, ends = NamePlace.ABOVE, max(right, begins + wide)
        name = text_metrics.shorten(summary, wide, self._size)
        (name,) = isolated_lines([name], self._wording) or [""]
        height = 2 if place is NamePlace.ABOVE else 1
        row = self._free_row(begins, height)
        for number in range(row, row + height):
            self.ends[number] = ends + 2 * _GAP
        return LaneItem(mark, row + height - 1, name, place, max(begins, 0) / self._width)

    def _free_row(self, begins: float, height: int) -> int:
        """Return the first row from which on so many are free."""
        row = 0
        while any(end > begins for end in self.ends[row : row + height]):
            row += 1
        self.ends += [0.0] * (row + height - len(self.ends))
        return row


def mark_sides(mark: Mark, width: float) -> tuple[float, float]:
    """Return the first and the last pixel of a mark, with its signs and its ghost.

    ``width`` is that of the axis in pixels, from whose start they are counted.
    """
    sides: list[float] = []
    for part in mark.parts:
        match part:
            case Span():
                soft = part.start_edge is Edge.SOFT, part.end_edge is Edge.SOFT
                start, end = drawn_sides(part, width)
                sides += (start - FADE * soft[0], end + FADE * soft[1])
            case Point():
                reach = GLYPH + FADE * part.is_soft
                sides += (part.at * width - reach, part.at * width + reach)
            case Beads():
                sides += (part.places[0][0] * width, part.places[-1][1] * width + 2)
            case Arrow():
                sides += (part.start * width, width)
            case Question():
                at = part.at * width + (GLYPH if _is_short(mark, width) else 0)
                sides += (at - _QUESTION, at) if not part.is_after else (at, at + _QUESTION)
            case _:
                sides += (part.start * width, part.end * width)
    return min(sides, default=0), max(sides, default=0)


def _is_short(mark: Mark, width: float) -> bool:
    return (mark.end - mark.start) * width < 2 * GLYPH


def _holds(mark: Mark) -> bool:
    """Return whether a name can be written on a mark: a single span, solid from side to side."""
    first, *others = mark.parts
    return (
        not others
        and isinstance(first, Span)
        and first.look is Look.SOLID
        and mark.state is mark.state.SETTLED
        and not {first.start_edge, first.end_edge} & {Edge.SOFT}
    )
