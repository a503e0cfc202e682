"""The outline of a file: its events, nested as they are in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from timeline.model import PLAIN_ENGLISH, when_words

if TYPE_CHECKING:
    from timeline.diagnostics import Path, Span
    from timeline.editor.analysis import Analysis


class Symbol(Struct):
    """An event: its title, its dates in words, its whole text and its id, and those inside it."""

    name: str
    detail: str
    span: Span
    selection: Span
    children: list[Symbol] = field(default_factory=list)


def symbols(analysis: Analysis, file: str) -> list[Symbol]:
    """Return the events of a file, in its order."""
    top: list[Symbol] = []
    by_path: dict[Path, Symbol] = {}
    for event in analysis.events_of(file):
        above = by_path.get(event.path[:-2])
        span = analysis.span(event.path)
        selection = analysis.span((*event.path, "id"))
        if not (span.file == selection.file == file and _contains(span, selection)):
            continue  # an event that an alias repeats
        symbol = Symbol(event.summary, when_words(event.when, PLAIN_ENGLISH), span, selection)
        by_path[event.path] = symbol
        (top if above is None else above.children).append(symbol)
    return top


def _contains(span: Span, inner: Span) -> bool:
    first, last = (span.line, span.column), (span.end_line, span.end_column)
    return first <= (inner.line, inner.column) and (inner.end_line, inner.end_column) <= last
