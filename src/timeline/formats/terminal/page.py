"""The page of ``timeline show``: events by year, with dates in words and a line for today.

A mark places each event in time, also without colour: ``●`` now, ``○`` to come, ``·`` past, ``×``
cancelled, ``?`` where the date is too imprecise.
"""

# ruff: noqa: RUF001, RUF002 - the multiplication sign is a mark

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates import FIRST_YEAR, LAST_YEAR
from timeline.diagnostics import cell_width
from timeline.formats.terminal.styled_text import clean, wrap
from timeline.formats.terminal.upcoming import is_upcoming, keep_upcoming
from timeline.model import (
    Tense,
    Undated,
    capitalized,
    current_dates,
    earliest,
    first_dates,
    group_by_year,
    is_to_be_confirmed,
    isolated,
    isolated_items,
    joined_by_commas,
    marks_around_line,
    recurrence_sentences,
    shown_day,
    status_words,
    tense,
    times_sentence,
    to_be_confirmed,
    uncapitalized,
    unnamed_zone,
    walk_nodes,
    when_words,
    wording_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from timeline.formats.terminal.styled_text import Piece
    from timeline.model import Calendar, Event, EventNode, When, Wording

NARROW = 50
"""Below this width in cells, the date is above the event instead of beside it."""

STYLES = {
    "title": "1",
    "year": "1;36",
    "today": "33",
    "now": "1;32",
    "dim": "2",
    "cancelled": "2;31",
}
"""The SGR parameters of each style."""

_MARKS = {Tense.PAST: "·", Tense.NOW: "●", Tense.FUTURE: "○", None: "?"}


def render_terminal(
    calendar: Calendar,
    *,
    as_of: date,
    next_: int | None,
    color: bool,
    width: int,
    left_out: Mapping[str, str],
) -> Iterator[str]:
    """Yield the lines, without line ends.

    ``next_`` limits the page to the events that are on and that many of those to come. ``width`` is
    in cells. ``left_out`` maps the id of each event that the feed omits to the reason.
    """
    zone, wording = calendar.timezone, wording_of(calendar, has_weekdays=True)
    dates = {event.id: current_dates(event, as_of, zone) for event in calendar.events}
    page = _Page(calendar, dates, as_of, wording, color=color, width=max(width, 24))
    yield page.line([(clean(calendar.name), "title")])
    if zone := unnamed_zone(calendar):
        yield page.line(page.cell([(times_sentence(zone, wording), "dim")]))
    shown = calendar if next_ is None else keep_upcoming(calendar, dates, as_of, next_)
    yield from page.years(shown)
    if not shown.events:
        yield ""
        if calendar.events:
            words = wording.phrase("No current or future events.")
        else:
            words = wording.phrase("No events.")
        yield page.line([(words, "")])
    if next_ is not None:
        yield from page.not_shown(shown)
    if left_out:
        yield from page.left_out(left_out)


class _Page(Struct):
    """The parts of the page, as lines; ``column`` is the width of the dates in cells.

    ``dates`` are the current dates of each event by its id, computed once: a long series takes a
    tenth of a second.
    """

    calendar: Calendar
    dates: Mapping[str, When]
    as_of: date
    wording: Wording
    color: bool
    width: int
    column: int = 0

    def years(self, shown: Calendar) -> Iterator[str]:
        widths = [
            cell_width(when_words(first_dates(event), self.wording)) for event in shown.events
        ]
        self.column = min(max(widths, default=0), self.width * 2 // 5)
        ids = {event.id for event in shown.events}
        today_is_shown = not shown.events
        for year, nodes in group_by_year(shown):
            if not today_is_shown and (year is None or year > self.as_of.year):
                yield from ("", *self.today())
                today_is_shown = True
            yield ""
            if year is None:
                name = capitalized(to_be_confirmed(self.wording))
            else:
                name = self.wording.dates.year(year)
            yield self.line([(name, "year")])
            for root in nodes:
                first = self.first_shown_day(root.event)
                if not today_is_shown and first is not None and first > self.as_of:
                    yield from self.today()
                    today_is_shown = True
                yield from self.event(root, ids)
        if not today_is_shown:
            yield from ("", *self.today())

    def today(self) -> Iterator[str]:
        """Yield the line between the events that have started and those to come."""
        words = self.wording.phrase("today")
        if FIRST_YEAR <= self.as_of.year <= LAST_YEAR:
            day = self.wording.dates.day(self.as_of)
            words = self.wording.phrase("today, {date}", date=day)
        rule = f"── {words} ──"
        is_too_wide = cell_width(rule) > self.width
        for line in wrap([(words if is_too_wide else rule, "today")], self.width):
            yield self.line(line)

    def event(self, root: EventNode, ids: set[str]) -> Iterator[str]:
        for node, depth in walk_nodes([root]):
            event = node.event
            place = self.tense(event)
            style = {Tense.NOW: "now", Tense.PAST: "dim"}.get(place, "") if place else ""
            mark = _MARKS[place]
            if event.status == "cancelled":
                mark, style = "×", "cancelled"
            elif isinstance(event.when, Undated):
                mark = " "
            when = when_words(first_dates(event), self.wording)
            if not depth and is_to_be_confirmed(event.when):
                when = ""
            is_below = event.parent in ids and node.part_of is None
            body = [*self.body(event, style, is_below_parent=is_below)]
            dates = [(when, style)] if when else []
            columns = self.one_column if self.width < NARROW else self.two_columns
            yield from columns((mark, style), dates, body, depth)

    def body(self, event: Event, style: str, *, is_below_parent: bool) -> Iterator[Piece]:
        """Yield the summary with the status, then the other details, dimmed."""
        wording, phrase = self.wording, self.wording.phrase
        status = status_words(event.status, self.wording) if event.status else ""
        is_off = event.status in ("cancelled", "postponed")
        marker = f"{wording.label(capitalized(status))} " if is_off else ""
        yield marker + isolated(event.summary, wording), style
        if event.status == "tentative":
            yield f" ({status})", "dim"
        if event.parent is not None and not is_below_parent:
            name = {e.id: e.summary for e in self.calendar.events}.get(event.parent)
            if name:
                yield " · " + phrase("part of {title}", title=isolated(name, wording)), "dim"
        if day := self.next_day(event):
            yield " · " + phrase("next on {date}", date=self.wording.dates.day(day)), "dim"
        for sentence in recurrence_sentences(event, self.wording):
            yield f" · {uncapitalized(sentence, wording)}", "dim"
        if event.location:
            yield f" · {isolated(event.location, wording)}", "dim"
        if event.categories:
            yield f" · {isolated_items(event.categories, wording)}", "dim"
        if event.was:
            words = when_words(event.was[0].when, self.wording)
            yield " · " + phrase("previously {date}", date=words), "dim"

    def first_shown_day(self, event: Event) -> date | None:
        """Return the first day on which an event is shown, ``None`` for one without a start."""
        when, zone = first_dates(event), self.calendar.timezone
        if isinstance(when, Undated):
            return None
        return earliest(when, zone) or shown_day(when.start, zone)

    def next_day(self, event: Event) -> date | None:
        """Return the first day of the next instance of a series that has started and is not on."""
        when, first = self.dates[event.id], earliest(first_dates(event))
        if event.recurrence is None or first is None or first > self.as_of:
            return None
        return earliest(when) if self.tense(event) is Tense.FUTURE else None

    def tense(self, event: Event) -> Tense | None:
        return tense(self.dates[event.id], self.as_of, self.calendar.timezone)

    def one_column(
        self, mark: Piece, dates: list[Piece], body: list[Piece], depth: int
    ) -> Iterator[str]:
        """Yield the lines of an event with its dates above it, for a narrow terminal."""
        indent = "  " * min(depth, 4)
        room = self.width - 4 - len(indent)
        for number, line in enumerate(wrap(dates, room) if dates else []):
            start = (f"{indent}{' ' if number else mark[0]} ", mark[1])
            yield self.line([start, *self.cell(line)])
        for line in wrap(body, room):
            yield self.line([(f"{indent}    ", ""), *self.cell(line)])

    def two_columns(
        self, mark: Piece, dates: list[Piece], body: list[Piece], depth: int
    ) -> Iterator[str]:
        """Yield the lines of an event with its dates beside it."""
        indent = "  " * min(depth, 8)
        left = wrap(dates, self.column) if dates else []
        right = wrap(body, max(self.width - self.column - 6 - len(indent), 12))
        lines: Iterable[tuple[list[Piece], list[Piece]]] = zip_longest(left, right, fillvalue=[])
        for number, (left_line, right_line) in enumerate(lines):
            pad = self.column - sum(cell_width(text) for text, _ in left_line) + 2
            start = (f"  {' ' if number else mark[0]} ", mark[1])
            gap = (" " * pad + indent, "")
            yield self.line([start, *self.cell(left_line), gap, *self.cell(right_line)])

    def not_shown(self, shown: Calendar) -> Iterator[str]:
        """Yield the numbers of events that the limit of upcoming events hides."""
        ids = {event.id for event in shown.events}
        rest = [event for event in self.calendar.events if event.id not in ids]
        undated = sum(isinstance(event.when, Undated) for event in rest)
        zone = self.calendar.timezone
        upcoming = sum(is_upcoming(self.dates[event.id], self.as_of, zone) for event in rest)
        phrase, past = self.wording.phrase, len(rest) - undated - upcoming
        counts = [
            phrase("{count} past", count=past) if past else "",
            phrase("{count} more to come", count=upcoming) if upcoming else "",
            phrase("{count} without a date", count=undated) if undated else "",
        ]
        if hidden := joined_by_commas([*filter(None, counts)], self.wording):
            yield ""
            yield self.line(self.cell([(phrase("not shown: {events}", events=hidden), "dim")]))

    def left_out(self, reasons: Mapping[str, str]) -> Iterator[str]:
        names = {event.id: event.summary for event in self.calendar.events}
        yield ""
        yield self.line(self.cell([(self.wording.phrase("not in the feed:"), "")]))
        for id_, reason in reasons.items():
            name = isolated(names.get(id_, id_), self.wording)
            pieces = [(name, ""), (f" ({id_}): {reason}", "dim")]
            for number, line in enumerate(wrap(pieces, self.width - 4)):
                yield self.line([("    " if number else "  ", ""), *self.cell(line)])

    def cell(self, line: list[Piece]) -> list[Piece]:
        """Isolate a line of a column, so that a terminal does not reorder the columns."""
        before, after = marks_around_line("".join(text for text, _ in line), self.wording)
        return [(before, ""), *line, (after, "")] if before or after else line

    def line(self, pieces: Iterable[Piece]) -> str:
        """Join clean pieces to a line without trailing spaces; a piece of spaces has no style."""
        kept = list(pieces)
        while kept and not kept[-1][0].strip():
            kept.pop()
        if kept:
            kept[-1] = (kept[-1][0].rstrip(), kept[-1][1])
        return "".join(
            f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self.color and style and text.strip() else text
            for text, style in kept
        )
