"""The timeline as a diagram: mermaid's ``timeline``, which GitHub and others draw from its text.

After mermaid's grammar, ``timeline.jison``: a line is a section, or a period and, after `` : ``,
what happened then. It has no quotes; what it would read as its own is written as the entities
that mermaid decodes after parsing, ``#58;`` for a colon. Versions from 10.0 on read this alike: the
older ones end a text at ``;`` too, and none of them knows any nesting.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.formats.markdown.event_text import capitalized
from timeline.model import TO_BE_CONFIRMED, group_by_year, walk_nodes, when_words, year_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.model import Calendar, Event, Node

MAX_LENGTH = 50_000
"""UTF-16 units, counted as JavaScript does: mermaid draws no longer text (``maxTextSize``)."""

_LONGEST_LABEL = 1_000
_DEEPEST = 8
_NO_DATE = "TBC"
_HEAD = "timeline\n"


def mermaid_diagrams(calendar: Calendar, title: Callable[[Event], str]) -> Iterator[str]:
    """Yield fenced blocks, each with a newline at its end; ``title`` says what an event is.

    It is one block for all but hundreds of events: what is too long for one goes on in another.
    """
    lines, length = [_HEAD], len(_HEAD)
    for year, nodes in group_by_year(calendar):
        name = capitalized(TO_BE_CONFIRMED) if year is None else year_words(year)
        section = f"    section {name}\n"
        before = None
        for period, text in _entries(nodes, title, dated=year is not None):
            entry = f"{section if before is None else ''}        {period} : {text}\n"
            if length + _length(entry) > MAX_LENGTH:
                yield _fenced(lines)
                lines, length, before = [_HEAD], len(_HEAD), None
                entry = f"{section}        {period} : {text}\n"
            elif period == before:  # said once for those in a row that share it
                entry = f"        : {text}\n"
            lines.append(entry)
            length += _length(entry)
            before = period
    yield _fenced(lines)


def _entries(
    nodes: list[Node], title: Callable[[Event], str], *, dated: bool
) -> Iterator[tuple[str, str]]:
    """Yield the date and the title of each event, children after their parents."""
    for node, depth in walk_nodes(nodes):
        words = when_words(node.event.when)
        if words == TO_BE_CONFIRMED and not dated and not depth:
            words = _NO_DATE  # the section's name says it in words
        yield (
            label(capitalized(words)),
            "↳ " * min(depth, _DEEPEST) + label(title(node.event)),
        )


# What a lexer of any version, its preprocessing (`%%{`, `<tag a="b">`) or a template engine that
# runs over the page (`{{`) would take for its own, and the signs of mermaid's own decoding.
_SPECIAL = re.compile("[#:;%<>{}\ufb02\u00b6]")


def label(text: str) -> str:
    """Escape text to be one piece of a line, whatever it contains."""
    text = " ".join(text.split())
    if len(text) > _LONGEST_LABEL:
        text = text[: _LONGEST_LABEL - 1].rstrip() + "…"
    return _SPECIAL.sub(lambda match: f"#{ord(match[0])};", text)


def _fenced(lines: list[str]) -> str:
    return f"```mermaid\n{''.join(lines)}```\n"


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
