"""The layout of the diagram: the place of every shape, with a row for each event.

The same diagram is read on a phone and on a desk, and an image has one height for its width. So the
two settings of the text share every row, bar and tick, and differ only in their labels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats.svg import axis
from timeline.formats.svg.axis import DAY, Scale
from timeline.formats.svg.extents import clock_of
from timeline.formats.svg.legend import Used, category_legend, sign_legend
from timeline.formats.svg.palette import Tones
from timeline.formats.svg.panels import calendar_entries, group_into_panels, inset_panel
from timeline.formats.svg.rows import GAP, LINE, Space, dated_row, text_lines, undated_row
from timeline.formats.svg.shapes import STYLES, Drawing, Label, Line, Rect, mirrored
from timeline.model import capitalized, to_be_confirmed, wording_of

if TYPE_CHECKING:
    from datetime import date

    from timeline.formats.svg.axis import Tick
    from timeline.formats.svg.panels import Panel
    from timeline.formats.svg.shapes import Shape
    from timeline.model import Calendar, Event, Wording

WIDTH = 640.0
MARGIN = 24.0
EDGE = 8.0
"""The distance of a scale from the sides of its panel, which glyphs need."""

_INDENT = 18.0
_DEEPEST = 6
_AXIS_EVERY = 14
_AXIS = 22.0


def lay_out(calendar: Calendar, as_of: date | None) -> Drawing:
    """Return the diagram of a calendar; ``as_of`` is the day to mark as today, if any.

    It is laid out from left to right, and then mirrored for other languages.
    """
    clock, wording = clock_of(calendar), wording_of(calendar)
    roots, others = calendar_entries(calendar, clock)
    sheet = _Sheet(calendar, as_of, wording)
    sheet.title(calendar.name)
    sheet.legend()
    for panel in group_into_panels(roots, wording.dates):
        sheet.panel(panel)
    if others:
        sheet.tray(others)
    if not calendar.events:
        sheet.add(Label(MARGIN, sheet.y + LINE, wording.phrase("No events."), "note"))
        sheet.y += LINE + GAP
    sheet.key(clock)
    height = round(sheet.y + MARGIN - GAP)
    paper = Rect(0.5, 0.5, WIDTH - 1, height - 1, "paper")
    drawing = Drawing(WIDTH, height, [paper, *sheet.shapes])
    return mirrored(drawing) if wording.language.is_right_to_left else drawing


class _Sheet:
    """The shapes laid out so far; ``y`` is the top of the next one."""

    def __init__(self, calendar: Calendar, as_of: date | None, wording: Wording) -> None:
        self.wording = wording
        self.tones = Tones(calendar.events)
        self.names = {event.id: event.summary for event in calendar.events}
        self.today = as_of
        self.shapes: list[Shape] = []
        self.used: list[Used] = []
        self.y = MARGIN - 6

    def add(self, *shapes: Shape) -> None:
        self.shapes += shapes

    def title(self, name: str) -> None:
        self._heading(name, "title")
        self.y += GAP

    def legend(self) -> None:
        shapes, self.y = category_legend(self.tones, MARGIN, WIDTH - MARGIN, self.y, self.wording)
        self.add(*shapes)

    def key(self, clock: str) -> None:
        shapes, self.y = sign_legend(self.used, clock, MARGIN, WIDTH - MARGIN, self.y, self.wording)
        self.add(*shapes)

    def tray(self, others: list[Event]) -> None:
        """Draw the events without a date, in a box below the others."""
        self.y += GAP
        top, ground = self.y, len(self.shapes)
        self.y += 6
        self._heading(capitalized(to_be_confirmed(self.wording)), "heading")
        for event in others:
            parent = self.names.get(event.parent or "")
            space = Space(MARGIN, WIDTH - MARGIN, self.y)
            drawn = undated_row(event, parent, self.tones, space, self.wording)
            self.add(drawn.group)
            self.y = drawn.bottom
        box = Rect(MARGIN - 12, top, WIDTH - 2 * MARGIN + 24, self.y - top, "tray")
        self.shapes.insert(ground, box)
        self.y += 2 * GAP

    def panel(self, panel: Panel) -> None:
        """Draw a panel over the whole width."""
        self.y += GAP
        if panel.title:
            self._heading(panel.title, "heading")
        self._panel(panel, MARGIN, WIDTH - MARGIN, 0)
        self.y += GAP

    def _panel(self, panel: Panel, left: float, right: float, depth: int) -> None:
        """Draw an axis and rows between two sides, with the grid behind them."""
        scale = Scale(panel.first, panel.last, left + EDGE, right - EDGE)
        step = axis.choose_step(
            scale, STYLES["tick"].narrow, self.wording.dates, has_times=panel.has_times
        )
        ground = len(self.shapes)
        today = self._today(scale, label=not depth)
        above = [
            context
            for context in axis.axis_contexts(
                scale, step, STYLES["tick"].narrow, self.wording.dates
            )
            if context.text != panel.title
        ]
        top = self._axis(scale, step, above, (left, right))
        waiting = [(entry, 0) for entry in reversed(panel.entries)]
        since = 0
        while waiting:
            entry, indent = waiting.pop()
            if since >= _AXIS_EVERY * (2 if indent else 1):
                self._axis(scale, step, above, (left, right))
                since = 0
            since += 1
            row_left = left + _INDENT * min(indent, _DEEPEST)
            drawn = dated_row(
                entry,
                self.tones,
                scale,
                Space(row_left, right, self.y, is_nested=indent > 0),
                self.wording,
            )
            tone = self.tones.number(entry.event)
            if drawn.form:
                shape = self.tones.all[tone].shape
                self.used.append(Used(entry, drawn.form, tone, shape))
            self.add(drawn.group)
            self.y = drawn.bottom
            if closer := inset_panel(entry, panel, depth):
                self._inset(closer, left, right, (drawn.begins, drawn.ends), depth + 1)
            else:
                waiting += [(child, indent + 1) for child in reversed(entry.children)]
        lines = [
            Line(((tick.x, top), (tick.x, self.y)), "grid")
            for tick in axis.axis_ticks(scale, step, STYLES["tick"].narrow, self.wording.dates)
            if tick.is_line
        ]
        if today is not None:
            lines.append(Line(((today, top), (today, self.y)), "today"))
        self.shapes[ground:ground] = lines

    def _today(self, scale: Scale, *, label: bool) -> float | None:
        """Make room for the label of today, and return its x, if it is on the axis."""
        if self.today is None:
            return None
        noon = self.today.toordinal() * DAY + DAY // 2
        if not scale.first <= noon < scale.last:
            return None
        x = scale.at(noon)
        if label:
            self.y += _AXIS
            day = self.wording.dates.day(self.today)
            words = self.wording.phrase("today, {date}", date=day)
            ends = x > (scale.left + scale.right) / 2
            self.add(Label(x, self.y - 5, words, "today", ends=ends))
        return x

    def _axis(
        self, scale: Scale, step: axis.Step, above: list[Tick], sides: tuple[float, float]
    ) -> float:
        """Draw an axis with its labels, and return its y."""
        size = STYLES["tick"].narrow
        if above:
            self.y += _AXIS
            self.add(*(Label(tick.x + 3, self.y - 6, tick.text, "context") for tick in above))
        self.y += _AXIS
        self.add(
            *(
                Label(tick.x + 3, self.y - 6, tick.text, "tick")
                for tick in axis.axis_ticks(scale, step, size, self.wording.dates)
                if tick.text
            ),
            Line(tuple((x, self.y) for x in sides), "axis"),
        )
        self.y += 4
        return self.y - 4

    def _inset(
        self, panel: Panel, left: float, right: float, bar: tuple[float, float], depth: int
    ) -> None:
        """Draw a panel that enlarges the children of an event; ``bar`` has the sides of its bar."""
        (begins, ends), ground, top = bar, len(self.shapes), self.y + 4
        left, right = left + 6, right - 6 if depth == 1 else right
        above = top - GAP - 7
        funnel = ((begins, above), (ends, above), (right, top), (left, top))
        self.y = top + 2
        self._panel(panel, left + 10, right - 6, depth)
        self.shapes[ground:ground] = [
            Line(funnel, "funnel"),
            Rect(left, top, right - left, self.y - top, "inset"),
        ]
        self.y += GAP + 2

    def _heading(self, text: str, style: str) -> None:
        shapes, self.y = text_lines(MARGIN, WIDTH - 2 * MARGIN, text, style, self.y, self.wording)
        self.add(*shapes)
