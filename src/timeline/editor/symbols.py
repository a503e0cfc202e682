"""The outline of a file: its events, nested as they are in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from timeline.editor.analysis import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.diagnostics import Path, Span
    from timeline.editor.analysis import Analysis
    from timeline.editor.lines import LineMap


class Symbol(Struct):
    """An event: its title, its dates in words, its whole text and its id, and those inside it."""

    name: str
    detail: str
    span: Span
    selection: Span
    children: list[Symbol] = field(default_factory=list)


def symbols(analysis: Analysis, file: str) -> list[Symbol]:
    """Return the events of a file, in its order.

    If the YAML cannot be read to its end, they are those of the last text that could be, where
    their lines are now, and what can be read between them.
    """
    now, before = _outline(analysis, file), analysis.last_readable
    if before is None or file not in before.document.names:
        return now
    lines = before.lines_in(analysis, file)
    end_column = len(analysis.document.line(file, lines.last_changed) or "") + 1
    moved = [*_moved(_outline(before, file), lines, end_column)]
    new = [symbol for symbol in now if not any(_overlap(symbol.span, of.span) for of in moved)]
    return sorted([*moved, *new], key=lambda symbol: symbol.span)


def _outline(analysis: Analysis, file: str) -> list[Symbol]:
    top: list[Symbol] = []
    by_path: dict[Path, Symbol] = {}
    for event in analysis.events_of(file):
        above = by_path.get(event.path[:-2])
        span = analysis.span(event.path)
        selection = analysis.span((*event.path, "id"))
        if not (span.file == selection.file == file and _contains(span, selection)):
            continue  # an event that an alias repeats
        symbol = Symbol(analysis.title_of(event), analysis.words_of(event), span, selection)
        by_path[event.path] = symbol
        (top if above is None else above.children).append(symbol)
    return top


def _moved(outline: Iterable[Symbol], lines: LineMap, end_column: int) -> Iterator[Symbol]:
    """Yield symbols where their lines are in another text; of those that are gone, what is inside.

    ``end_column`` is the last one of the lines that have changed, where a symbol ends whose last
    line is gone.
    """
    for symbol in outline:
        children = [*_moved(symbol.children, lines, end_column)]
        span = _moved_span(symbol.span, lines, end_column)
        selection = _moved_span(symbol.selection, lines, end_column)
        if span is None or selection is None:
            yield from children
        else:
            yield Symbol(symbol.name, symbol.detail, span, selection, children)


def _moved_span(span: Span, lines: LineMap, end_column: int) -> Span | None:
    first, last = lines.nearest(span.line), lines.nearest(span.end_line)
    if first is None:
        return None
    if last is None:
        return replace(span, line=first, end_line=lines.last_changed, end_column=end_column)
    return replace(span, line=first, end_line=last)


def _contains(span: Span, inner: Span) -> bool:
    return all(
        Place(inner.file, line, column).is_in(span)
        for line, column in ((inner.line, inner.column), (inner.end_line, inner.end_column))
    )


def _overlap(span: Span, other: Span) -> bool:
    return span.line <= other.end_line and other.line <= span.end_line
