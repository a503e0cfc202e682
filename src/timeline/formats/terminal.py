"""The timeline in a terminal: years, dates in words, what belongs to what, and where today falls.

Marks say where an event lies, also without colour: ``●`` now, ``○`` to come, ``·`` past, ``×``
cancelled, ``?`` where its date is too vague to tell.
"""

# ruff: noqa: RUF001, RUF002 - the sign is one of the marks

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.dates import FIRST_YEAR, LAST_YEAR, make_day
from timeline.diagnostics import cell_width, measure_clusters, terminal_safe
from timeline.model import (
    TO_BE_CONFIRMED,
    Tense,
    Undated,
    current_dates,
    date_words,
    earliest,
    group_by_year,
    recurrence_sentences,
    tense,
    walk_nodes,
    when_words,
    year_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.model import Calendar, Event, Node

Piece = tuple[str, str]
"""Text and its style: a key of ``_STYLES`` or nothing."""

NARROW = 50
"""Below this width dates stand above what they date."""

_STYLES = {
    "title": "1",
    "year": "1;36",
    "today": "33",
    "now": "1;32",
    "dim": "2",
    "cancelled": "2;31",
}
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
    """Give the lines, without line ends.

    ``next_`` shows only what is on and so many of the events to come; ``width`` is that of the
    screen in cells; ``left_out`` gives the reason for each id that the feed does not show.
    """
    page = _Page(calendar, as_of, color=color, width=max(width, 24))
    yield page.line([(calendar.name, "title")])
    shown = calendar if next_ is None else _next(calendar, as_of, next_)
    yield from page.years(shown)
    if not shown.events:
        yield ""
        yield page.line([("Nothing is on or to come." if calendar.events else "No events.", "")])
    if next_ is not None:
        yield from page.not_shown(shown)
    if left_out:
        yield from page.left_out(left_out)


def _next(calendar: Calendar, as_of: date, count: int) -> Calendar:
    """Keep what is on, or may be, and so many of those that begin after it, by their time.

    What is on does not count: years of a partnership would hide what one asks for.
    """
    flat = replace(calendar, events=tuple(replace(e, parent=None) for e in calendar.events))
    ahead = [
        node.event
        for _, nodes in group_by_year(flat)
        for node in nodes
        if _is_ahead(node.event, as_of)
    ]
    whens = {e.id: current_dates(e, as_of) for e in ahead}
    coming = [id_ for id_, when in whens.items() if tense(when, as_of) is Tense.FUTURE]
    coming.sort(key=lambda id_: earliest(whens[id_]) or date.max)
    dropped = set(coming[max(count, 0) :])
    kept = {e.id for e in ahead} - dropped
    return replace(calendar, events=tuple(e for e in calendar.events if e.id in kept))


def _is_ahead(event: Event, as_of: date) -> bool:
    when = current_dates(event, as_of)
    return not isinstance(when, Undated) and tense(when, as_of) is not Tense.PAST


class _Page(Struct):
    """What a page is made with."""

    calendar: Calendar
    as_of: date
    color: bool
    width: int
    column: int = 0

    def years(self, shown: Calendar) -> Iterator[str]:
        widths = [cell_width(when_words(event.when)) for event in shown.events]
        self.column = min(max(widths, default=0), 30 if self.width >= 90 else self.width // 3)
        ids = {event.id for event in shown.events}
        today_told = not shown.events
        for year, nodes in group_by_year(shown):
            if not today_told and (year is None or year > self.as_of.year):
                yield from ("", self.today())
                today_told = True
            yield ""
            name = TO_BE_CONFIRMED.capitalize() if year is None else year_words(year)
            yield self.line([(name, "year")])
            for root in nodes:
                first = earliest(root.event.when)
                if not today_told and first is not None and first > self.as_of:
                    yield self.today()
                    today_told = True
                yield from self.event(root, ids)
        if not today_told:
            yield from ("", self.today())

    def today(self) -> str:
        """Draw the line between what has begun and what has not."""
        if FIRST_YEAR <= self.as_of.year <= LAST_YEAR:
            return self.line([(f"── today, {date_words(make_day(self.as_of))} ──", "today")])
        return self.line([("── today ──", "today")])

    def event(self, root: Node, ids: set[str]) -> Iterator[str]:
        for node, depth in walk_nodes([root]):
            event = node.event
            found = tense(current_dates(event, self.as_of), self.as_of)
            style = {Tense.NOW: "now", Tense.PAST: "dim"}.get(found, "") if found else ""
            mark = _MARKS[found]
            if event.status == "cancelled":
                mark, style = "×", "cancelled"
            elif isinstance(event.when, Undated):
                mark = " "
            when = when_words(event.when)
            if isinstance(event.when, Undated) and not depth and when == TO_BE_CONFIRMED:
                when = ""
            told = [*self.told(event, style, parent_is_shown=event.parent in ids)]
            yield from self.rows(mark, when, style, told, depth)

    def told(self, event: Event, style: str, *, parent_is_shown: bool) -> Iterator[Piece]:
        """Say what it is, then, dimmed, all else."""
        status = f"{event.status.capitalize()}: " if event.status in _TOLD_BEFORE else ""
        yield status + event.summary, style
        if event.status == "tentative":
            yield " (tentative)", "dim"
        if event.parent is not None and not parent_is_shown:
            name = {e.id: e.summary for e in self.calendar.events}.get(event.parent)
            if name:
                yield f" · part of {name}", "dim"
        if coming := self.coming(event):
            yield f" · next on {coming}", "dim"
        for sentence in recurrence_sentences(event):
            yield f" · {sentence[0].lower()}{sentence[1:]}", "dim"
        if event.location:
            yield f" · {event.location}", "dim"
        if event.categories:
            yield f" · {', '.join(event.categories)}", "dim"
        if event.was:
            yield f" · previously {when_words(event.was[0].when)}", "dim"

    def coming(self, event: Event) -> str:
        """Say when a series that has begun goes on, if it is not on."""
        when, first = current_dates(event, self.as_of), earliest(event.when)
        if event.recurrence is None or first is None or first > self.as_of:
            return ""
        day = earliest(when)
        is_next = day is not None and tense(when, self.as_of) is Tense.FUTURE
        return date_words(make_day(day)) if day and is_next else ""

    def rows(
        self, mark: str, when: str, style: str, told: list[Piece], depth: int
    ) -> Iterator[str]:
        """Set an event in two columns, or where there is no room for two, in one."""
        if self.width < NARROW:
            indent = "  " * min(depth, 4)
            for n, line in enumerate(wrap([(when, style)], self.width - 4 - len(indent))):
                if when:
                    yield self.line([(f"{indent}{' ' if n else mark} ", style), *line])
            for line in wrap(told, self.width - 4 - len(indent)):
                yield self.line([(f"{indent}    ", ""), *line])
            return
        indent = "  " * min(depth, 8)
        room = max(self.width - self.column - 6 - len(indent), 12)
        left = wrap([(when, style)], self.column) if when else []
        right = wrap(told, room)
        for n in range(max(len(left), len(right))):
            dates = left[n] if n < len(left) else []
            pad = self.column - sum(cell_width(text) for text, _ in dates) + 2
            body = right[n] if n < len(right) else []
            start: list[Piece] = [(f"  {' ' if n else mark} ", style), *dates]
            yield self.line([*start, (" " * pad + indent, ""), *body])

    def not_shown(self, shown: Calendar) -> Iterator[str]:
        """Count what ``next_`` leaves out."""
        ids = {event.id for event in shown.events}
        rest = [event for event in self.calendar.events if event.id not in ids]
        undated = sum(isinstance(event.when, Undated) for event in rest)
        ahead = sum(_is_ahead(event, self.as_of) for event in rest)
        counts = (
            (len(rest) - undated - ahead, "past"),
            (ahead, "more to come"),
            (undated, "without a date"),
        )
        if told := ", ".join(f"{count} {name}" for count, name in counts if count):
            yield ""
            yield self.line([(f"not shown: {told}", "dim")])

    def left_out(self, reasons: Mapping[str, str]) -> Iterator[str]:
        names = {event.id: event.summary for event in self.calendar.events}
        yield ""
        yield self.line([("left out of the feed:", "")])
        for id_, reason in reasons.items():
            told = [(names.get(id_, id_), ""), (f" ({id_}): {reason}", "dim")]
            for n, line in enumerate(wrap(told, self.width - 4)):
                yield self.line([("    " if n else "  ", ""), *line])

    def line(self, pieces: Iterable[Piece]) -> str:
        """Put a line together; a piece of blanks alone is never styled."""
        told = [(clean(text), style) for text, style in pieces]
        while told and not told[-1][0].strip():
            told.pop()
        if told:
            told[-1] = (told[-1][0].rstrip(), told[-1][1])
        return "".join(
            f"\x1b[{_STYLES[style]}m{text}\x1b[0m"
            if self.color and style and text.strip()
            else text
            for text, style in told
        )


_TOLD_BEFORE = ("cancelled", "postponed")


# Text in cells.


def clean(text: str) -> str:
    """Return a text of one line that a terminal only displays."""
    if text.isprintable():
        return text
    return terminal_safe("".join(" " if char.isspace() else char for char in text))


def wrap(pieces: list[Piece], width: int) -> list[list[Piece]]:
    """Break styled text into lines of at most so many cells, at blanks, else within a word."""
    lines: list[list[Piece]] = [[]]
    used = 0
    for text, style in pieces:
        for n, word in enumerate(clean(text).split(" ")):
            gap = bool(n and used)
            if gap and used + 1 + cell_width(word) > width:
                lines.append([])
                used, gap = 0, False
            elif not gap and used and used + cell_width(word) > width:
                lines.append([])
                used = 0
            for chunk in _chunks(word, width):
                if used and chunk is not word and not gap:
                    lines.append([])
                    used = 0
                _add(lines[-1], f" {chunk}" if gap else chunk, style)
                used += gap + cell_width(chunk)
                gap = False
    return [line for line in lines if line] or [[]]


def _chunks(word: str, width: int) -> list[str]:
    """Return a word as it is, or where it is wider than a line, in pieces that are not.

    No grapheme cluster is divided.
    """
    if cell_width(word) <= width:
        return [word]
    chunks, used = [""], 0
    for cluster, cells in measure_clusters(word):
        if used + cells > width:
            chunks.append("")
            used = 0
        chunks[-1] += cluster
        used += cells
    return chunks


def _add(line: list[Piece], text: str, style: str) -> None:
    if line and line[-1][1] == style:
        line[-1] = (line[-1][0] + text, style)
    elif text:
        line.append((text, style))
