"""Text in a terminal: made safe to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._lazy import regex

if TYPE_CHECKING:
    from timeline.diagnostics.model import Span

# What moves the cursor, ends the line or reverses the text, and so could forge a report.
UNSAFE = regex(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def terminal_safe(text: str) -> str:
    """Return a text of the same length that a terminal only displays.

    A control character becomes its picture (``␛``), anything else unsafe U+FFFD.
    """
    return UNSAFE.sub(lambda match: _picture(match.group()), text)


def _picture(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def format_location(span: Span) -> str:
    """Return where a span begins, ``events.yaml:14:12``, which editors and terminals can open."""
    return f"{terminal_safe(span.file)}:{span.line}:{span.column}"
