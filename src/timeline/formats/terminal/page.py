"""The page of ``timeline show``: events by year, with dates in words and a line for today.

A mark places each event in time, also without colour: ``●`` now, ``○`` to come, ``·`` past, ``×``
cancelled, ``?`` where the date is too imprecise. A series is shown with its current instance: the
one that is on, else the next one, else the last.
"""

# ruff: noqa: RUF001, RUF002 - the multiplication sign is a mark

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates import FIRST_YEAR, LAST_YEAR, Date, Instant
from timeline.diagnostics import cell_width
from timeline.formats.terminal.styled_text import clean, wrap
from timeline.formats.terminal.upcoming import keep_upcoming
from timeline.model import (
    Tense,
    Undated,
    capitalized,
    dates_as_of,
    earliest,
    first_day,
    first_day_words,
    group_by_year,
    is_to_be_confirmed,
    isolated,
    isolated_items,
    joined_by_commas,
    marks_around_line,
    next_event_ids,
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
    "next": "1",
    "dim": "2",
    "cancelled": "2;9",
}
"""The SGR parameters of each style; a cancelled title is dim and struck through."""

_MARKS = {Tense.PAST: "·", Tense.NOW: "●", Tense.FUTURE: "○", None: "?"}


def render_terminal(
    calendar: Calendar,
    *,
    as_of: date,
    next_: int | None,
    color: bool,
    width: int,
    left_out: int,
) -> Iterator[str]:
    """Yield the lines, without line ends.

    ``next_`` limits the page to the events that are on and that many of those to come. ``width`` is
    in cells. ``left_out`` is the number of events that the feed omits.
    """
    wording = wording_of(calendar, has_weekdays=True, as_of=as_of)
    dates = dates_as_of(calendar, as_of)
    next_ids = next_event_ids(calendar, as_of, dates)
    page = _Page(calendar, dates, next_ids, as_of, wording, color=color, width=max(width, 24))
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
        yield ""
        words = wording.phrase("left out of the feed: {count}", count=left_out)
        yield page.line(page.cell([(words, "dim")]))


class _Page(Struct):
    """The parts of the page, as lines; ``column`` is the width of the dates in cells.

    ``dates`` are the current dates of each event by its id, and ``next_ids`` the ids of those that
    are next.
    """

    calendar: Calendar
    dates: Mapping[str, When]
    next_ids: frozenset[str]
    as_of: date
    wording: Wording
    color: bool
    width: int
    column: int = 0

    def years(self, shown: Calendar) -> Iterator[str]:
        """Yield the events by year, with the line for today above the first that is to come."""
        self.column = self.date_width(shown)
        ids = {event.id for event in shown.events}
        today_is_shown = not shown.events
        for year, nodes in group_by_year(shown, self.dates):
            if not today_is_shown and (year is None or year > self.as_of.year):
                yield from ("", *self.today())
                today_is_shown = True
            yield ""
            if year is None:
                name = capitalized(to_be_confirmed(self.wording))
            else:
                name = self.wording.dates.year(year)
            yield self.line([(name, "year")])
            for node, depth in walk_nodes(nodes):
                if not today_is_shown and self.is_to_come(node.event):
                    yield from self.today()
                    today_is_shown = True
                yield from self.event(node, depth, ids)
        if not today_is_shown:
            yield from ("", *self.today())

    def date_width(self, shown: Calendar) -> int:
        """Return the width of the longest line of a date, where 40 % of the page is the limit."""
        limit = self.width * 2 // 5
        widths = [
            cell_width(text)
            for words in {self.date_words(event) for event in shown.events}
            for line in wrap([(words, "")], limit)
            for text, _ in line
        ]
        return max(widths, default=0)

    def date_words(self, event: Event) -> str:
        return when_words(self.dates[event.id], self.wording)

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

    def event(self, node: EventNode, depth: int, ids: set[str]) -> Iterator[str]:
        """Yield the lines of an event; ``ids`` are those of all events on the page."""
        event = node.event
        place = self.tense(event)
        mark, style = _MARKS[place], self.style(event, place)
        if event.status == "cancelled":
            mark = "×"
        elif isinstance(event.when, Undated):
            mark = " "
        is_named_above = not depth and is_to_be_confirmed(event.when)
        dates = [] if is_named_above else [(self.date_words(event), style)]
        is_below = event.parent in ids and node.part_of is None
        body = [*self.body(event, style, is_below_parent=is_below)]
        columns = self.one_column if self.width < NARROW else self.two_columns
        yield from columns((mark, style), dates, body, depth)

    def style(self, event: Event, place: Tense | None) -> str:
        """Return the style of the date of an event, and of its title unless it is cancelled."""
        if event.status == "cancelled" or place is Tense.PAST:
            return "dim"
        if place is Tense.NOW:
            return "now"
        return "next" if event.id in self.next_ids else ""

    def body(self, event: Event, style: str, *, is_below_parent: bool) -> Iterator[Piece]:
        """Yield the summary with the status, then the other details, dimmed."""
        wording, phrase = self.wording, self.wording.phrase
        status = status_words(event.status, self.wording) if event.status else ""
        if event.status in ("cancelled", "postponed"):
            yield f"{wording.label(capitalized(status))} ", style
        title_style = "cancelled" if event.status == "cancelled" else style
        yield isolated(event.summary, wording), title_style
        if event.status == "tentative":
            yield f" ({status})", "dim"
        if event.parent is not None and not is_below_parent:
            name = {e.id: e.summary for e in self.calendar.events}.get(event.parent)
            if name:
                yield " · " + phrase("part of {title}", title=isolated(name, wording)), "dim"
        if (days := self.days_to_next(event)) is not None:
            yield f" · {wording.dates.in_days(days)}", style
        if words := first_day_words(event, self.dates[event.id], wording):
            yield f" · {words}", "dim"
        for sentence in recurrence_sentences(event, self.wording):
            yield f" · {uncapitalized(sentence, wording)}", "dim"
        if event.location:
            yield f" · {isolated(event.location, wording)}", "dim"
        if event.categories:
            yield f" · {isolated_items(event.categories, wording)}", "dim"
        if event.was:
            words = when_words(event.was[0].when, self.wording)
            yield " · " + phrase("previously {date}", date=words), "dim"

    def is_to_come(self, event: Event) -> bool:
        """Return whether the first day on which an event is shown is after today."""
        when, zone = self.dates[event.id], self.calendar.timezone
        if isinstance(when, Undated):
            return False
        return (earliest(when, zone) or shown_day(when.start, zone)) > self.as_of

    def days_to_next(self, event: Event) -> int | None:
        """Return in how many days an event starts that is next, ``None`` where no day is known."""
        when = self.dates[event.id]
        if event.id not in self.next_ids or isinstance(when, Undated):
            return None
        start = when.start
        if isinstance(start, Instant) or (isinstance(start, Date) and start.is_day):
            return (first_day(start) - self.as_of).days
        return None

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
        places = Counter(self.tense(event) for event in rest)
        phrase, imprecise = self.wording.phrase, places[None] - undated
        past, upcoming = places[Tense.PAST], places[Tense.FUTURE]
        counts = [
            phrase("{count} past", count=past) if past else "",
            phrase("{count} more to come", count=upcoming) if upcoming else "",
            phrase("{count} with an imprecise date", count=imprecise) if imprecise else "",
            phrase("{count} without a date", count=undated) if undated else "",
        ]
        if hidden := joined_by_commas([*filter(None, counts)], self.wording):
            yield ""
            yield self.line(self.cell([(phrase("not shown: {events}", events=hidden), "dim")]))

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
