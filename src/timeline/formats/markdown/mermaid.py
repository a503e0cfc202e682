"""The timeline as mermaid's ``timeline``, a text that GitHub and others draw as a diagram.

The grammar is ``timeline.jison``: a line is a section, or a period and, after `` : ``, an event. It
has no quotes, so characters with a meaning are written as the entities that mermaid decodes after
parsing, such as ``#58;`` for a colon. All versions from 10.0 on read the output in the same way;
the older ones also end a text at ``;``. No version has nesting.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.formats.markdown.event_text import nesting_marks
from timeline.model import (
    balanced,
    capitalized,
    group_by_year,
    is_to_be_confirmed,
    isolated,
    isolated_line,
    to_be_confirmed,
    walk_nodes,
    when_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from timeline.model import Calendar, Event, EventNode, When, Wording

MAX_LENGTH = 50_000
"""The longest text that mermaid draws (``maxTextSize``), in UTF-16 code units."""

_LONGEST_LABEL = 1_000
_DEEPEST = 8
_HEAD = "timeline\n"


def mermaid_diagrams(
    calendar: Calendar,
    dates: Mapping[str, When],
    title: Callable[[Event], str],
    wording: Wording,
) -> Iterator[str]:
    """Yield fenced blocks, each with a newline at its end.

    ``dates`` are those with which events are shown, by their ids, and ``title`` returns the text of
    an event. A diagram that is too long for one block, with hundreds of events, continues in
    another.
    """
    lines, length = [_HEAD], len(_HEAD)
    for year, nodes in group_by_year(calendar, dates):
        name = capitalized(to_be_confirmed(wording)) if year is None else wording.dates.year(year)
        section = f"    section {name}\n"
        before = None
        for period, text in _entries(nodes, dates, title, wording, dated=year is not None):
            entry = f"{section if before is None else ''}        {period} : {text}\n"
            if length + _length(entry) > MAX_LENGTH:
                yield _fenced(lines)
                lines, length, before = [_HEAD], len(_HEAD), None
                entry = f"{section}        {period} : {text}\n"
            elif period == before:  # written once for consecutive events
                entry = f"        : {text}\n"
            lines.append(entry)
            length += _length(entry)
            before = period
    yield _fenced(lines)


def _entries(
    nodes: list[EventNode],
    dates: Mapping[str, When],
    title: Callable[[Event], str],
    wording: Wording,
    *,
    dated: bool,
) -> Iterator[tuple[str, str]]:
    """Yield (date, title) of each event, children after their parents."""
    for node, depth in walk_nodes(nodes):
        words = when_words(dates[node.event.id], wording)
        if not dated and not depth and is_to_be_confirmed(node.event.when):
            words = wording.phrase("TBC")  # the section has the words
        text = title(node.event)
        if node.part_of is not None:
            title_of_whole = isolated(node.part_of, wording)
            part_of = wording.phrase("part of {title}", title=title_of_whole)
            text = f"{text} · {part_of}"
        text = label(isolated_line(text, wording))
        yield label(capitalized(words)), nesting_marks(min(depth, _DEEPEST), wording) + text


# What has a meaning in a lexer of any version, in its preprocessing (`%%{`, `<tag a="b">`), in a
# template engine that processes the page (`{{`), or in mermaid's own decoding.
_SPECIAL = re.compile("[#:;%<>{}\ufb02\u00b6]")


def label(text: str) -> str:
    """Return a text as one label of a line, escaped and shortened."""
    text = " ".join(text.split())
    if len(text) > _LONGEST_LABEL:
        text = balanced(text[: _LONGEST_LABEL - 1].rstrip() + "…")
    return _SPECIAL.sub(lambda match: f"#{ord(match[0])};", text)


def _fenced(lines: list[str]) -> str:
    return f"```mermaid\n{''.join(lines)}```\n"


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
