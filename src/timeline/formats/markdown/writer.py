"""The timeline as Markdown: a heading for each year, an item or a row for each event.

The output is CommonMark, with GFM's tables in the style ``table`` and a diagram (``mermaid``) in
the style ``mermaid``. Python-Markdown (MkDocs) and MyST (Sphinx) read it in the same way: list
markers are four columns wide, nesting is by four spaces, and there is no HTML. The author's text is
escaped, so that it stays text in all of them.
"""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.formats.markdown import mermaid
from timeline.formats.markdown.escaping import (
    escape_first_line,
    escape_heading,
    escape_inline,
    escape_line_start,
    escape_paragraphs,
)
from timeline.formats.markdown.event_text import (
    TimeMarks,
    detail_paragraphs,
    escape_isolated,
    escaped_date,
    linked_title,
    nesting_marks,
)
from timeline.formats.markdown.options import MERMAID, TABLE
from timeline.formats.markdown.sources import SourceNotes
from timeline.model import (
    capitalized,
    group_by_year,
    is_to_be_confirmed,
    isolated_items,
    times_sentence,
    to_be_confirmed,
    unnamed_zone,
    walk_nodes,
    when_words,
    wording_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.formats.markdown.options import MarkdownOptions
    from timeline.model import Calendar, Event, EventNode, Wording

DEEPEST = 8
"""The depth below which nesting is not shown: markdown-it reads at most twenty nested blocks."""


def render(calendar: Calendar, options: MarkdownOptions) -> Iterator[bytes]:
    """Yield the document in chunks: UTF-8, LF, one newline at the end."""
    blank = ""
    for block in _blocks(calendar, options):
        yield (blank + block).encode()
        blank = "\n"


def _blocks(calendar: Calendar, options: MarkdownOptions) -> Iterator[str]:
    """Yield the blocks between blank lines, each with its own last newline."""
    if options.title:
        paragraphs = escape_paragraphs(calendar.description or "")
        if options.heading_level > 1:
            yield f"{'#' * (options.heading_level - 1)} {escape_heading(calendar.name)}\n"
        elif paragraphs:
            paragraphs[0][0] = escape_first_line(paragraphs[0][0])
        for paragraph in paragraphs:
            yield "\n".join(paragraph) + "\n"
    wording = wording_of(calendar, has_weekdays=options.weekdays, as_of=options.as_of)
    if not calendar.events:
        yield wording.phrase("No events.") + "\n"
    elif options.style == MERMAID:
        marks = TimeMarks(calendar, options.as_of, wording)
        yield from mermaid.mermaid_diagrams(calendar, marks.dates, marks.titled, wording)
    else:
        yield from _years(calendar, options, wording)
    if zone := unnamed_zone(calendar):
        yield f"{escape_inline(times_sentence(zone, wording))}\n"


def _years(calendar: Calendar, options: MarkdownOptions, wording: Wording) -> Iterator[str]:
    """Yield a heading and a list or a table for each year, then the sources."""
    marks = TimeMarks(calendar, options.as_of, wording)
    groups = group_by_year(calendar, marks.dates)
    events = [node.event for _, nodes in groups for node, _ in walk_nodes(nodes)]
    notes = SourceNotes(events, wording)
    page = _Page(marks, notes, wording)
    for year, nodes in groups:
        name = capitalized(to_be_confirmed(wording)) if year is None else wording.dates.year(year)
        yield f"{'#' * options.heading_level} {name}\n"
        lines = page.rows if options.style == TABLE else page.items
        yield "".join(lines(nodes, dated=year is not None))
    yield from notes.blocks()


class _Page(Struct, frozen=True):
    """The events of a page as items of lists, or as rows of tables."""

    marks: TimeMarks
    notes: SourceNotes
    wording: Wording

    def items(self, nodes: list[EventNode], *, dated: bool) -> Iterator[str]:
        """Yield the items, children indented below their parents.

        A list is loose, with blank lines between its items, if any item has paragraphs. This is
        decided for each list as a whole, because renderers treat mixed lists differently.
        """
        # By the parent of a list: the text between its items, and before the first one.
        between: dict[str | None, str] = {None: self._gap(nodes)}
        before: dict[str | None, str] = {None: ""}
        for node, depth in walk_nodes(nodes):
            event, details = node.event, self._details(node.event)
            if node.children:
                between[event.id] = self._gap(node.children)
                before[event.id] = "\n" if details else ""
            parent = event.parent if depth else None
            gap = before.pop(parent) if parent in before else between[parent]
            indent = "    " * min(depth, DEEPEST) if depth else ""
            item = f"{gap}{indent}-   {self._head(node, dated=dated or depth > 0)}\n"
            for paragraph in details:
                lines = f"\n{indent}    ".join(paragraph)
                item = f"{item}\n{indent}    {lines}\n"
            yield item

    def _gap(self, nodes: list[EventNode]) -> str:
        return "\n" if any(self._details(node.event) for node in nodes) else ""

    def _details(self, event: Event) -> list[list[str]]:
        return detail_paragraphs(event, self.marks.dates[event.id], self.notes, self.wording)

    def _head(self, node: EventNode, *, dated: bool) -> str:
        """Return the first line of an item: the date, then what takes place, and where."""
        event, what = node.event, self._what(node, has_place=True)
        if not dated and is_to_be_confirmed(event.when):
            return escape_line_start(what)
        mark = f" ({mark})" if (mark := self.marks.of(event)) else ""
        return f"**{self._date(event)}**{mark} — {what}"

    def _date(self, event: Event) -> str:
        return escaped_date(when_words(self.marks.dates[event.id], self.wording))

    def _what(self, node: EventNode, *, has_place: bool) -> str:
        """Return the title with the place, the event that it is a part of, and the categories."""
        event, wording = node.event, self.wording
        parts = [linked_title(event, wording)]
        if has_place and event.location:
            parts.append(escape_isolated(event.location, wording))
        if node.part_of is not None:
            title = escape_isolated(node.part_of, wording)
            parts.append(wording.phrase("part of {title}", title=title))
        if event.categories:
            parts.append(f"*{escape_inline(isolated_items(event.categories, wording))}*")
        return " · ".join(parts)

    def rows(self, nodes: list[EventNode], *, dated: bool) -> Iterator[str]:
        """Yield the lines of a table, which has no column without any text."""
        phrase = self.wording.phrase
        rows = [self._cells(node, depth, dated=dated) for node, depth in walk_nodes(nodes)]
        names = (phrase("Date"), phrase("Event"), phrase("Where"))
        is_used = [any(column) for column in zip(*rows, strict=True)]
        columns = [*compress(names, is_used)]
        yield f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"
        for cells in rows:
            yield f"| {' | '.join(compress(cells, is_used))} |\n"

    def _cells(self, node: EventNode, depth: int, *, dated: bool) -> tuple[str, str, str]:
        """Return the date, what takes place, and the place."""
        event, wording = node.event, self.wording
        is_named_above = not dated and not depth and is_to_be_confirmed(event.when)
        date = "" if is_named_above else self._date(event)
        if mark := self.marks.of(event):
            date = f"{date} ({mark})"
        details = [" ".join(paragraph) for paragraph in self._details(event)]
        text = " — ".join([self._what(node, has_place=False), *details])
        marks = nesting_marks(min(depth, DEEPEST), wording)
        return date, f"{marks}{text}", escape_isolated(event.location or "", wording)
