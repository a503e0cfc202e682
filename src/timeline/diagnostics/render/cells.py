"""Text for a terminal: make it safe to print, and measure it in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._lazy import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.diagnostics.model import Span

# Characters that move the cursor, end the line or reverse the text, and so could forge a report.
_UNSAFE = regex(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
# Latin letters and punctuation, one cell each: most texts need no import of `wcwidth` (50 ms).
_NARROW = regex("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]*")


def terminal_safe(text: str) -> str:
    """Return a text of the same length without characters that control a terminal.

    A control character becomes its symbol (``␛``), any other unsafe character U+FFFD.
    """
    return _UNSAFE.sub(lambda match: _picture(match.group()), text)


def _picture(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def format_location(span: Span) -> str:
    """Return the start of a span as ``events.yaml:14:12``, which editors and terminals can open."""
    return f"{terminal_safe(span.file)}:{span.line}:{span.column}"


def measure_clusters(text: str) -> Iterator[tuple[str, int]]:
    """Yield each grapheme cluster (UAX 29) of a terminal-safe text, and its width in cells."""
    if _NARROW.fullmatch(text):
        yield from ((character, 1) for character in text)
        return
    from wcwidth import iter_graphemes, wcswidth  # noqa: PLC0415 - see `_NARROW`

    for cluster in iter_graphemes(text):
        yield cluster, wcswidth(cluster)


def cell_width(text: str) -> int:
    """Return the width of a terminal-safe text in cells."""
    if _NARROW.fullmatch(text):
        return len(text)
    return sum(width for _, width in measure_clusters(text))
