"""Diagnostics to text for a terminal, in the shape of rustc's.

`placed` joins diagnostics with lines and columns, sorts them and drops repeats; every form of
report begins there. `render` is the full text.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from timeline._lazy import regex
from timeline.diagnostics.rules import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.diagnostics.model import Diagnostic, Span
    from timeline.source.document import Document

MAX_CELLS = 120
"""The width up to which a source line is shown as a whole."""

MAX_USES = 3
"""How many uses of a text are listed."""

_TAB = 4
_NEARBY = 250
_BEFORE = 40  # cells of a long line that are shown before the mistake

_RESET = "\x1b[0m"
_BOLD = "\x1b[1m"
_FRAME = "\x1b[36m"
_COLORS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}

# What moves the cursor, ends the line or turns the text round, and so could forge a report.
_UNSAFE = regex(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_ZWJ = "\u200d"
_EMOJI_STYLE = "\ufe0f"


class Placed(NamedTuple):
    """A diagnostic with its place, and its notes with theirs as text, `file:line:column`."""

    diagnostic: Diagnostic
    span: Span
    notes: tuple[tuple[str, Span | None], ...]


def placed(diagnostics: Iterable[Diagnostic], document: Document) -> list[Placed]:
    """Return each diagnostic once, with its place, in the order of files, lines and columns.

    Two are the same if code, message and place are: an alias repeats a mistake with its value.
    Where it repeats a text, the place is that of the text, and notes say where it is used.
    """
    order = {name: index for index, name in enumerate(document.names)}
    unique: dict[tuple[str, str, Span], Placed] = {}
    uses: dict[tuple[str, str, Span], dict[Span, None]] = {}
    for diagnostic in diagnostics:
        span = document.locate(diagnostic.at)
        notes = tuple(
            (note.message, None if note.at is None else document.locate(note.at))
            for note in diagnostic.notes
        )
        key = (diagnostic.code, diagnostic.message, span)
        unique.setdefault(key, Placed(diagnostic, span, notes))
        if (use := document.alias(diagnostic.at)) is not None:
            uses.setdefault(key, {})[use] = None
    for key, spans in uses.items():
        one = unique[key]
        unique[key] = one._replace(notes=one.notes + tuple(_used(list(spans))))
    return sorted(unique.values(), key=lambda one: (order.get(one.span.file, len(order)), one.span))


def _used(spans: list[Span]) -> Iterator[tuple[str, Span | None]]:
    yield from (("used here", span) for span in spans[:MAX_USES])
    if (more := len(spans) - MAX_USES) > 0:
        yield f"used {more:,} more time{'s' if more > 1 else ''}", None


def render(diagnostics: Iterable[Diagnostic], document: Document, *, color: bool) -> str:
    """Return all diagnostics as text, a blank line between two; empty if there are none."""
    paint = _Paint(color=color)
    blocks = (
        "".join(f"{line}\n" for line in _block(one, document, paint))
        for one in placed(diagnostics, document)
    )
    return "\n".join(blocks)


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """Count errors and warnings in words: ``2 errors, 1 warning``, ``no mistakes``.

    To count what `render` shows, give it what `placed` has left.
    """
    parts = []
    for severity in Severity:
        count = sum(one.severity is severity for one in diagnostics)
        if count:
            parts.append(f"{count:,} {severity}{'s' if count > 1 else ''}")
    return ", ".join(parts) or "no mistakes"


class _Paint:
    """Puts colour round a text, or leaves it."""

    def __init__(self, *, color: bool) -> None:
        self.color = color

    def __call__(self, style: str, text: str) -> str:
        return f"{style}{text}{_RESET}" if self.color and text else text


def _block(one: Placed, document: Document, paint: _Paint) -> Iterator[str]:
    diagnostic, span, notes = one
    style = _COLORS[diagnostic.severity]
    label = paint(style, f"{diagnostic.severity}[{diagnostic.code}]")
    yield f"{paint(_BOLD, f'{place(span)}:')} {label}: {visible(diagnostic.message)}"
    number = str(span.line)
    gutter = " " * len(number)
    bar = paint(_FRAME, "|")
    line = document.line(span.file, span.line)
    if line is not None and line.strip():
        shown, before, width = _excerpt(line, span)
        yield f"{gutter} {bar}"
        yield f"{paint(_FRAME, number)} {bar} {shown}"
        yield f"{gutter} {bar} {' ' * before}{paint(style, '^' * width)}"
    equals = paint(_FRAME, "=")
    if diagnostic.help is not None:
        yield f"{gutter} {equals} {paint(_BOLD, 'help')}: {visible(diagnostic.help)}"
    for message, at in notes:
        where = "" if at is None else f": {place(at)}"
        yield f"{gutter} {equals} {paint(_BOLD, 'note')}: {visible(message)}{where}"


def place(span: Span) -> str:
    """Return where a span begins, ``events.yaml:14:12``, which editors and terminals can open."""
    return f"{visible(span.file)}:{span.line}:{span.column}"


def visible(text: str) -> str:
    """Return a text that a terminal only shows: a picture or U+FFFD for what would steer it."""
    return _UNSAFE.sub(lambda found: _picture(found.group()), text)


def _picture(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def _excerpt(line: str, span: Span) -> tuple[str, int, int]:
    """Return a line as shown, the cells before the caret, and the carets.

    A span of several lines is marked up to the end of its first.
    """
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    end = max(min(end, len(line)), start)
    # A line of a megabyte, with a mistake every other word, is looked at nearby only.
    cut = max(start - _NEARBY, 0)
    nearby = line[cut : start + _NEARBY]
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


def _window(widths: list[int], start: int) -> tuple[int, int]:
    """Choose which characters of a long line are shown, those from ``start`` on among them."""
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
    """Return what is shown for each character, and how many terminal cells it takes.

    Widths are those of Unicode's East Asian Width (UAX 11). A zero-width joiner draws what
    follows into the character before it; U+FE0F makes that one an emoji, two cells wide.
    """
    shown: list[str] = []
    widths: list[int] = []
    column = 0
    for index, character in enumerate(line):
        previous = line[index - 1] if index else ""
        if character == "\t":
            width = _TAB - column % _TAB
            shown.append(" " * width)
        else:
            width = 0 if previous == _ZWJ else _width(character)
            shown.append(visible(character))
        if character == _EMOJI_STYLE and index and widths[-1] == 1:
            widths[-1] = 2
            column += 1
        widths.append(width)
        column += width
    return shown, widths


def _width(character: str) -> int:
    if " " <= character <= "~":
        return 1
    if _UNSAFE.match(character):
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    if "\u1160" <= character <= "\u11ff" or "\U0001f3fb" <= character <= "\U0001f3ff":
        return 0  # what completes a Hangul syllable, the colour of a skin
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
