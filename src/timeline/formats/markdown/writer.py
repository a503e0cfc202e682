"""The timeline as Markdown: a heading for each year, an item or a row for each event.

The output is CommonMark, with GFM's tables in the style ``table`` and a diagram (``mermaid``) in
the style ``mermaid``. Python-Markdown (MkDocs) and MyST (Sphinx) read it in the same way: list
markers are four columns wide, nesting is by four spaces, and there is no HTML. The author's text is
escaped, so that it stays text in all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from timeline.model import (
    capitalized,
    first_dates,
    group_by_year,
    is_to_be_confirmed,
    isolated_items,
    joined_by_commas,
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
    groups, wording = (
        group_by_year(calendar),
        wording_of(calendar, has_weekdays=options.weekdays),
    )
    if not groups:
        yield wording.phrase("No events.") + "\n"
    marks = TimeMarks(calendar, options.as_of, wording)
    if groups and options.style == MERMAID:
        yield from mermaid.mermaid_diagrams(calendar, marks.titled, wording)
        groups = []
    is_table = options.style == TABLE
    has_where = any(event.location for event in calendar.events)
    for year, nodes in groups:
        name = capitalized(to_be_confirmed(wording)) if year is None else wording.dates.year(year)
        yield f"{'#' * options.heading_level} {name}\n"
        if is_table:
            yield "".join(_rows(nodes, marks, dated=year is not None, where=has_where))
        else:
            yield "".join(_items(nodes, marks, dated=year is not None))
    if zone := unnamed_zone(calendar):
        yield f"{escape_inline(times_sentence(zone, wording))}\n"


# Lists.


def _items(nodes: list[EventNode], marks: TimeMarks, *, dated: bool) -> Iterator[str]:
    """Yield the items, children indented below their parents.

    A list is loose, with blank lines between its items, if any item has paragraphs. This is decided
    for each list as a whole, because renderers treat mixed lists differently.
    """
    # By the parent of a list: the text between its items, and before the first one.
    between: dict[str | None, str] = {None: _gap(nodes, marks.wording)}
    before: dict[str | None, str] = {None: ""}
    for node, depth in walk_nodes(nodes):
        event, details = node.event, detail_paragraphs(node.event, marks.wording)
        if node.children:
            between[event.id] = _gap(node.children, marks.wording)
            before[event.id] = "\n" if details else ""
        parent = event.parent if depth else None
        gap = before.pop(parent) if parent in before else between[parent]
        indent = "    " * min(depth, DEEPEST) if depth else ""
        item = f"{gap}{indent}-   {_head(node, marks, dated=dated or depth > 0)}\n"
        for paragraph in details:
            lines = f"\n{indent}    ".join(paragraph)
            item = f"{item}\n{indent}    {lines}\n"
        yield item


def _gap(nodes: list[EventNode], wording: Wording) -> str:
    return "\n" if any(detail_paragraphs(node.event, wording) for node in nodes) else ""


def _head(node: EventNode, marks: TimeMarks, *, dated: bool) -> str:
    """Return the first line of an item: date, title and place."""
    event, wording = node.event, marks.wording
    what = linked_title(event, wording)
    if event.location:
        what = joined_by_commas((what, escape_isolated(event.location, wording)), wording)
    if node.part_of is not None:
        title = escape_isolated(node.part_of, wording)
        part_of = wording.phrase("part of {title}", title=title)
        what = f"{what} · {part_of}"
    if event.categories:
        what = f"{what} · {_categories(event, wording)}"
    if not dated and is_to_be_confirmed(event.when):
        return escape_line_start(what)
    mark = f" ({mark})" if marks.as_of and (mark := marks.of(event)) else ""
    return f"**{escaped_date(when_words(first_dates(event), wording))}**{mark} — {what}"


# Tables.


def _rows(nodes: list[EventNode], marks: TimeMarks, *, dated: bool, where: bool) -> Iterator[str]:
    """Yield the lines of a table; ``where`` adds a column for places."""
    wording = marks.wording
    columns = [wording.phrase("Date"), wording.phrase("Event")]
    columns += [wording.phrase("Where")] if where else []
    yield f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n"
    for node, depth in walk_nodes(nodes):
        event = node.event
        is_named_above = not dated and not depth and is_to_be_confirmed(event.when)
        date = "" if is_named_above else escaped_date(when_words(first_dates(event), wording))
        if mark := marks.of(event):
            date = f"{date} ({mark})"
        row = f"| {date} | {nesting_marks(min(depth, DEEPEST), wording)}{_cell(node, wording)} |"
        if where:
            row = f"{row} {escape_isolated(event.location or '', wording)} |"
        yield f"{row}\n"


def _categories(event: Event, wording: Wording) -> str:
    return f"*{escape_inline(isolated_items(event.categories, wording))}*"


def _cell(node: EventNode, wording: Wording) -> str:
    event = node.event
    parts = [linked_title(event, wording)]
    if node.part_of is not None:
        title = escape_isolated(node.part_of, wording)
        parts.append(wording.phrase("part of {title}", title=title))
    if event.categories:
        parts.append(_categories(event, wording))
    text = " · ".join(parts)
    details = [" ".join(paragraph) for paragraph in detail_paragraphs(event, wording)]
    return " — ".join([text, *details])
