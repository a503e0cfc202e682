"""Text for a terminal or a build log: make it safe to print, and measure it in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._lazy import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.diagnostics.model import Span

COMMAND_BRACKET = r"(?<=##)\[|(?<=##vso)\[|(?<=##teamcity)\["
"""The bracket of a command that a build server reads anywhere in a line of its log.

These are ``##[error]`` in GitHub Actions, beside the newer ``::error::``, ``##vso[task.complete]``
in Azure Pipelines, and ``##teamcity[buildProblem]``.
"""

# Characters that move the cursor, end the line or reverse the text, and so could forge a report.
_UNSAFE = regex(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
    f"|{COMMAND_BRACKET}"
)
_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
# GitHub Actions reads `::error::` as a command if there is only white space before it.
_COMMAND = regex(r"((?:\s|\x1b\[[0-9;]*m)*):(?=:)")
_STYLE = regex(r"(\x1b\[[0-9;]*m)")
# Latin, Greek, Cyrillic, Hebrew and Arabic letters, punctuation, arrows, lines and shapes, one cell
# each: most texts need no import of `wcwidth` (50 ms).
_NARROW = regex(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u064a"
    "\u2010-\u2027\u2190-\u21ff\u2500-\u25fc]*"
)


def terminal_safe(text: str) -> str:
    """Return a text of the same length without characters that control a terminal or a build log.

    A control character becomes its symbol (``␛``), any other unsafe character U+FFFD.
    """
    if text.isprintable() and "##" not in text:  # ten times as fast, and most texts are
        return text
    return _UNSAFE.sub(lambda match: _picture(match.group()), text)


def _picture(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def keep_isolates(safe: str, text: str) -> str:
    """Return the terminal-safe form of a text with the isolates that the text has.

    Isolates are from U+2068 to U+2069 (UAX 9), and reorder nothing outside of them. A mark without
    its counterpart does not come back, nor those of other isolates.
    """
    if _ISOLATE not in text:
        return safe
    characters, open_ = list(safe), list[int]()
    for index, character in enumerate(text):
        if "\u2066" <= character <= _ISOLATE:
            open_.append(index)
        elif character == _END_OF_ISOLATE and open_:
            start = open_.pop()
            if text[start] == _ISOLATE:
                characters[start], characters[index] = _ISOLATE, _END_OF_ISOLATE
    return "".join(characters)


def safe_line(text: str, *, is_styled: bool = False) -> str:
    """Return a text as one terminal-safe line that a build server does not take for a command.

    The isolates stay, and so do the styles (SGR) of an ``is_styled`` text. The length is the same.
    """
    parts = _STYLE.split(text) if is_styled else [text]
    safe = "".join(part if n % 2 else terminal_safe(part) for n, part in enumerate(parts))
    safe = keep_isolates(safe, text)
    if "::" in safe and (command := _COMMAND.match(safe)) is not None:
        return f"{command[1]}\ufffd{safe[command.end() :]}"
    return safe


def escape_unsafe(text: str) -> str:
    r"""Return a text with escapes for unsafe characters except tabs: ``\x1b``, ``\u202e``.

    Unlike `terminal_safe`, it keeps different texts different, for a comparison.
    """
    return _UNSAFE.sub(lambda match: _escape(match.group()), text)


def _escape(character: str) -> str:
    if character in "\t[":
        return character if character == "\t" else "\\x5b"
    return character.encode("unicode_escape").decode("ascii")


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
