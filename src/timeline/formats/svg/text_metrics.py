"""How wide text is, without the fonts of any machine, and what of it fits into a width.

The widths, in em, are those of the wider of Arial and Roboto, measured in a browser, and a little
more, a class of characters at a time. A line in these fonts is seldom wider than is said here; in
DejaVu Sans, which a machine without them may have, it is wider by up to a tenth.
"""

# ruff: noqa: RUF001 - the typographer's quotes and dashes, not mistyped ones

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import accumulate

BOLD = 1.04
"""How much wider the bold letters are."""

ELLIPSIS = "…"

_CLASSES = (
    (0.28, " ijl!'‘’,.:;·\u200b"),
    (0.34, "Ift()[]`-"),
    (0.4, 'r{}/\\"“”'),
    (0.52, "ckvxyzs*^°|"),
    (0.59, "abdeghnopquJL0123456789?$_<>=+"),
    (0.67, "ABEFKPSTVXYZ~#–"),
    (0.76, "CDGHNOQRUw&"),
    (0.95, "mMW%"),
    (1.0, "@—…"),
)
_WIDTHS = {char: width for width, chars in _CLASSES for char in chars}
_JOINER = "\u200d"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text, in the unit of ``size``, the height of its letters."""
    em = sum(map(_em, text))
    return em * size * (BOLD if bold else 1)


@lru_cache(maxsize=4096)
def _em(char: str) -> float:
    """Return the width of a character: 1 for those of East Asia, 0 for what stands on others."""
    if char in _WIDTHS:
        return _WIDTHS[char]
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.3 if category == "So" else 1.0  # pictures are wider than ideographs
    if category == "So":
        return 1.3
    if category in ("Ll", "Nd"):
        return 0.68
    return {"R": 0.6, "AL": 0.53}.get(unicodedata.bidirectional(char), 0.8)


def shorten(text: str, limit: float, size: float, *, bold: bool = False) -> str:
    """Return the text if it fits, else its beginning and an ellipsis."""
    if text_width(text, size, bold=bold) <= limit:
        return text
    end = _fitting(text, limit - text_width(ELLIPSIS, size, bold=bold), size, bold=bold)
    return _with_ellipsis(text[:end])


def wrap_text(text: str, limit: float, size: float, lines: int, *, bold: bool = False) -> list[str]:
    """Break text at its blanks into at most so many lines; the last one is shortened."""
    parts: list[str] = []
    rest = " ".join(text.split())
    while rest and len(parts) < lines - 1 and text_width(rest, size, bold=bold) > limit:
        end = _fitting(rest, limit, size, bold=bold)
        blank = rest.rfind(" ", 0, end + 1)
        if blank > end // 2 or _is_spaced(rest[:end]):
            end = blank if blank > 0 else end
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    if rest:
        parts.append(shorten(rest, limit, size, bold=bold))
    return parts


def _is_spaced(text: str) -> bool:
    """Return whether it has a blank and is no script that is written without any."""
    return " " in text and not any(unicodedata.east_asian_width(char) in "WF" for char in text)


def _fitting(text: str, limit: float, size: float, *, bold: bool) -> int:
    """Return how many characters fit, at least one, not parting what is drawn as one."""
    em = limit / (size * (BOLD if bold else 1))
    ends = enumerate(accumulate(map(_em, text)))
    end = next((place for place, taken in ends if taken > em), len(text))
    while 0 < end < len(text) and _continues(text, end):
        end -= 1
    return max(end, 1)


def _continues(text: str, place: int) -> bool:
    """Return whether the character there is drawn together with the one before it."""
    char = text[place]
    return (
        unicodedata.category(char) in ("Mn", "Me", "Mc", "Cf")
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones
        or text[place - 1] == _JOINER
    )


def _with_ellipsis(text: str) -> str:
    """End a text that goes on; a mark keeps the ellipsis at the end of right-to-left writing."""
    text = text.rstrip(" ,;:–-")
    kinds = map(unicodedata.bidirectional, reversed(text))
    strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return text + ELLIPSIS + ("" if strong == "L" else "\u200f")
