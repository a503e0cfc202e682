"""Render diagnostics as text for a terminal, in the layout of rustc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics.passwords import hide_passwords
from timeline.diagnostics.placement import locate_all
from timeline.diagnostics.render.cells import format_location, measure_clusters, terminal_safe
from timeline.diagnostics.rules import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.diagnostics.model import Diagnostic, Span
    from timeline.diagnostics.placement import Located, SourceMap

MAX_CELLS = 120
"""The width up to which a source line is shown in full."""

_TAB = 4
_NEARBY = 250
_LONGEST_ADDRESS = 2_000
_BEFORE = 40  # cells of a long line that are shown before the error

_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_FRAME = "\x1b[36m"
_COLORS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}


def render(diagnostics: Iterable[Diagnostic], source: SourceMap, *, color: bool) -> str:
    """Return all diagnostics as text, separated by empty lines; empty if there are none."""
    paint = _Paint(color=color)
    blocks = (
        "".join(f"{line}\n" for line in _block(located, source, paint))
        for located in locate_all(diagnostics, source)
    )
    return "\n".join(blocks)


def summarize(diagnostics: Sequence[Diagnostic]) -> str:
    """Return the number of errors and warnings: ``2 errors, 1 warning``, ``no errors``.

    To count what `render` shows, pass the diagnostics that `locate_all` returns.
    """
    parts = []
    for severity in Severity:
        count = sum(diagnostic.severity is severity for diagnostic in diagnostics)
        if count:
            parts.append(f"{count:,} {severity}{'s' if count > 1 else ''}")
    return ", ".join(parts) or "no errors"


class _Paint:
    """Adds colour to text, unless ``color`` is false."""

    def __init__(self, *, color: bool) -> None:
        self.color = color

    def __call__(self, style: str, text: str) -> str:
        return f"{style}{text}{_RESET}" if self.color and text else text


def _block(located: Located, source: SourceMap, paint: _Paint) -> Iterator[str]:
    diagnostic, span, notes = located
    style = _COLORS[diagnostic.severity]
    label = paint(style, f"{diagnostic.severity}[{diagnostic.code}]")
    location = paint(_BOLD, f"{format_location(span)}:")
    yield f"{location} {label}: {terminal_safe(diagnostic.message)}"
    number = str(span.line)
    gutter = " " * len(number)
    bar = paint(_FRAME, "|")
    line = source.line(span.file, span.line)
    if line is not None and line.strip():
        shown, before, width = _excerpt(line, span)
        yield f"{gutter} {bar}"
        yield f"{paint(_FRAME, number)} {bar} {shown}"
        yield f"{gutter} {bar} {' ' * before}{paint(style, '^' * width)}"
    equals = paint(_FRAME, "=")
    if diagnostic.help is not None:
        yield f"{gutter} {equals} {paint(_BOLD, 'help')}: {terminal_safe(diagnostic.help)}"
    for message, at in notes:
        where = "" if at is None else f": {format_location(at)}"
        yield f"{gutter} {equals} {paint(_BOLD, 'note')}: {terminal_safe(message)}{where}"


def _excerpt(line: str, span: Span) -> tuple[str, int, int]:
    """Return a line as shown, the number of cells before the carets, and the number of carets.

    A span of several lines is marked up to the end of the first.
    """
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    end = max(min(end, len(line)), start)
    # Only this part is measured: a line may be a megabyte long, with an error in every word.
    cut = max(start - _NEARBY, 0)
    nearby = _without_passwords(line, cut, start + _NEARBY)
    start, end = start - cut, end - cut
    shown, widths = _cells(nearby)
    first, last = 0, len(nearby)
    if sum(widths) > MAX_CELLS:
        first, last = _window(widths, start)
    left = "…" if cut or first else ""
    right = "…" if last < len(nearby) or cut + last < len(line) else ""
    before = len(left) + sum(widths[first:start])
    width = sum(widths[start : min(end, last)])
    return left + "".join(shown[first:last]) + right, before, max(width, 1)


def _without_passwords(line: str, first: int, last: int) -> str:
    """Return a part of a line, in which the passwords of addresses are hidden."""
    begin = max(first - _LONGEST_ADDRESS, 0)
    text = hide_passwords(line[begin : last + _LONGEST_ADDRESS])
    return text[first - begin : last - begin]


def _window(widths: list[int], start: int) -> tuple[int, int]:
    """Return the range of characters of a long line to show; ``start`` is in it."""
    room = MAX_CELLS - 2
    first, cells = start, 0
    while first > 0 and cells + widths[first - 1] <= _BEFORE:
        first -= 1
        cells += widths[first]
    last = start
    while last < len(widths) and cells + widths[last] <= room:
        cells += widths[last]
        last += 1
    while first > 0 and cells + widths[first - 1] <= room:
        first -= 1
        cells += widths[first]
    while 0 < first < start and widths[first] == 0:
        first += 1
    return first, last


def _cells(line: str) -> tuple[list[str], list[int]]:
    """Return the text shown for each character, and its width in terminal cells.

    The cells of a grapheme cluster count for its first character.
    """
    shown: list[str] = []
    widths: list[int] = []
    column = 0
    for cluster, cells in measure_clusters(terminal_safe(line)):
        first, width = cluster[0], cells
        if line[len(widths)] == "\t":
            width = _TAB - column % _TAB
            first = " " * width
        shown += [first, *cluster[1:]]
        widths += [width] + [0] * (len(cluster) - 1)
        column += width
    return shown, widths
