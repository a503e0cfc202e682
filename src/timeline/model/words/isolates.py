"""Isolate an author's text within a sentence of ours, so that neither reorders the other.

A line with letters of both directions, such as `Cancelled:` before an Arabic title, is displayed by
the rules of UAX 9. Between U+2068 and U+2069 a text has the direction of its own first letter, and
counts as one neutral character for what is around it.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline.model.words.wording import joined_by_commas

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.model.words.wording import Wording

_FIRST_STRONG, _LEFT_TO_RIGHT, _RIGHT_TO_LEFT, _END = "\u2068", "\u2066", "\u2067", "\u2069"
_STARTS = (_FIRST_STRONG, _LEFT_TO_RIGHT, _RIGHT_TO_LEFT)

_RIGHT_TO_LEFT_KINDS = frozenset({"R", "AL", "AN"})
"""The bidirectional classes of Hebrew and Arabic letters, and of Arabic digits."""

_ADDRESS_AT_END = regex(r"(?<!\]\()https?://\S*$")
"""An address of a page, unless it is the destination of a link in Markdown."""


def isolated(text: str, wording: Wording) -> str:
    """Return an author's text as a sentence of ours contains it.

    It is isolated if the language is written from right to left, or the text has a letter that is.
    A text that ends in an address is not, because apps would take the mark for a part of the
    address.
    """
    if not _needs_isolation(text, wording) or _ADDRESS_AT_END.search(text):
        return text
    return f"{_FIRST_STRONG}{balanced(text)}{_END}"


def isolated_items(texts: Iterable[str], wording: Wording) -> str:
    """Return an author's texts, joined by commas, each isolated."""
    return joined_by_commas([isolated(text, wording) for text in texts], wording)


def isolated_line(text: str, wording: Wording) -> str:
    """Return a line of ours for a place where lines run from left to right, such as a terminal."""
    before, after = marks_around_line(text, wording)
    return f"{before}{text}{after}"


def marks_around_line(line: str, wording: Wording) -> tuple[str, str]:
    """Return what `isolated_line` adds to a line, which may be cut, at either side."""
    before, after = _lacking(line)
    if wording.language.is_right_to_left and _has_right_to_left(_outside_isolates(line)):
        return f"{_FIRST_STRONG}{before}", f"{after}{_END}"
    return before, after


def isolated_lines(lines: list[str], wording: Wording) -> list[str]:
    """Return the lines into which one text is broken, each in the direction of the whole text."""
    if not any(_needs_isolation(line, wording) for line in lines):
        return lines
    start = _RIGHT_TO_LEFT if _begins_right_to_left("".join(lines)) else _LEFT_TO_RIGHT
    return [f"{start}{balanced(line)}{_END}" for line in lines]


def balanced(text: str) -> str:
    """Return a text, which may be cut, with the marks that its isolates lack at either side."""
    before, after = _lacking(text)
    return f"{before}{text}{after}"


def _lacking(text: str) -> tuple[str, str]:
    if text.isascii():
        return "", ""
    open_, unopened = 0, 0
    for character in text:
        if character in _STARTS:
            open_ += 1
        elif character == _END:
            unopened += not open_
            open_ -= open_ > 0
    return _FIRST_STRONG * unopened, _END * open_


def _outside_isolates(text: str) -> str:
    kept, depth = "", 0
    for character in text:
        depth += (character in _STARTS) - (character == _END)
        kept += "" if depth or character == _END else character
    return kept


def _has_right_to_left(text: str) -> bool:
    """Return whether any letter or digit of a text is written from right to left."""
    return not text.isascii() and not _RIGHT_TO_LEFT_KINDS.isdisjoint(
        map(unicodedata.bidirectional, text)
    )


def _needs_isolation(text: str, wording: Wording) -> bool:
    return bool(text) and (wording.language.is_right_to_left or _has_right_to_left(text))


def _begins_right_to_left(text: str) -> bool:
    """Return whether the first letter of a text is written from right to left (UAX 9, P2)."""
    kinds = map(unicodedata.bidirectional, text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)
