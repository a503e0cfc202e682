"""What colours, shapes and edges mean: categories above a drawing, signs below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats.svg import bars, lettering
from timeline.formats.svg.axis import DAY, Scale
from timeline.formats.svg.extent import Extent, Kind, Stretch
from timeline.formats.svg.shapes import STYLES, Glyph, Group, Label
from timeline.formats.svg.told import is_hollow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.formats.svg.panels import Entry
    from timeline.formats.svg.shapes import Shape
    from timeline.formats.svg.tones import Tones

LINE = 26.0
_SAMPLE = 52.0


def legend(tones: Tones, left: float, right: float, y: float) -> tuple[list[Shape], float]:
    """Name the categories in rows; give them, and where they end."""
    found: list[Shape] = []
    x, size = left, STYLES["note"].narrow
    if not tones.legend:
        return found, y
    for category, number in tones.legend.items():
        text = lettering.shortened(category, right - left - 20, size)
        wide = 20 + lettering.width(text, size)
        if x > left and x + wide > right:
            x, y = left, y + LINE
        glyph = Glyph(x + 7, y + LINE - 12, tones.all[number].shape)
        found.append(Group([glyph, Label(x + 20, y + LINE - 7, text, "note")], number))
        x += wide + 22
    return found, y + LINE


def key(
    entries: list[Entry], clock: str, left: float, right: float, y: float
) -> tuple[list[Shape], float]:
    """Say what the signs mean that occur; give them, and where they end."""
    found: list[Shape] = []
    for extent, hollow, text in _signs(entries):
        scale = Scale(0, DAY, left, left + _SAMPLE - 14)
        middle = y + LINE - 13
        sample = bars.drawn(extent, scale, middle, 0, hollow=hollow)
        label = Label(left + _SAMPLE, y + LINE - 8, text, "note")
        found.append(Group([*sample, label], 0))
        y += LINE
    if any(entry.extent.has_times for entry in entries):
        text = lettering.shortened(f"Times are on the clock of {clock}", right - left, 18)
        found.append(Label(left, y + LINE - 8, text, "note"))
        y += LINE
    return found, y


def _signs(entries: list[Entry]) -> Iterator[tuple[Extent, bool, str]]:
    kinds = {each.kind for entry in entries for each in entry.extent.stretches}
    solid = Stretch(0, DAY // 2, Kind.SOLID)
    if Kind.WITHIN in kinds:
        yield Extent((Stretch(0, DAY, Kind.WITHIN),)), False, "at some time within the band"
    if kinds & {Kind.BEGINS, Kind.ENDS}:
        fading = Stretch(DAY // 2, DAY, Kind.ENDS)
        yield Extent((solid, fading)), False, "begins or ends where it fades"
    if any(entry.extent.begins_about or entry.extent.ends_about for entry in entries):
        about = Stretch(0, DAY, Kind.SOLID)
        yield Extent((about,), begins_about=True, ends_about=True), False, "about then, not certain"
    if any(entry.extent.is_series for entry in entries):
        beads = (Stretch(hour * DAY // 24, hour * DAY // 24, Kind.MOMENT) for hour in (4, 12, 20))
        yield Extent(tuple(beads), is_series=True), False, "happens again"
    if any(entry.extent.goes_on for entry in entries):
        yield Extent((solid,), goes_on=True), False, "goes on, no end is set"
    if any(entry.extent.may_go_on for entry in entries):
        short = Stretch(0, DAY // 6, Kind.SOLID)
        yield Extent((short,), may_go_on=True), False, "end to be confirmed"
    if any(is_hollow(entry.event) for entry in entries):
        whole = Stretch(0, DAY, Kind.SOLID)
        yield Extent((whole,)), True, "tentative, postponed or cancelled"
