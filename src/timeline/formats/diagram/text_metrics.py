"""The width of text, independent of the fonts of a machine, and the text that fits a width.

Widths are in em, for classes of characters. They are slightly larger than the wider of Arial and
Roboto, as measured in a browser, so a line in these fonts is seldom wider than computed. In DejaVu
Sans, which machines without these fonts may have, a line is up to a tenth wider.
"""

# ruff: noqa: RUF001 - typographic quotes and dashes

from __future__ import annotations

import unicodedata
from functools import lru_cache

from timeline.diagnostics import measure_clusters
from timeline.model import balanced

BOLD = 1.04
"""The width of bold letters, relative to others."""

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
_EMOJI = 1.3
_EMOJI_STYLE = "\ufe0f"
"""The selector that makes a text character, such as a heart or a keycap, an emoji."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text, in the unit of ``size``, the height of the letters."""
    em = sum(_cluster_em(cluster) for cluster, _ in measure_clusters(text))
    return em * size * (BOLD if bold else 1)


def _cluster_em(cluster: str) -> float:
    """Return the width of a grapheme cluster in em; a sequence of emoji or of jamo is one sign."""
    if len(cluster) == 1:
        return _em(cluster)
    if _EMOJI_STYLE in cluster:
        return _EMOJI
    if any(map(_is_joined, cluster)):
        return max(map(_em, cluster))
    return sum(map(_em, cluster))


def _is_joined(char: str) -> bool:
    """Return whether a character is wide, or a letter of a flag, which are drawn as one sign."""
    return unicodedata.east_asian_width(char) in "WF" or "\U0001f1e6" <= char <= "\U0001f1ff"


@lru_cache(maxsize=4096)
def _em(char: str) -> float:
    """Return the width of a character in em: 1 for East Asian ones, 0 for combining marks."""
    if char in _WIDTHS:
        return _WIDTHS[char]
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return _EMOJI if category == "So" else 1.0  # emoji are wider than ideographs
    if category == "So":
        return _EMOJI
    if category in ("Ll", "Nd"):
        return 0.68
    return {"R": 0.6, "AL": 0.53}.get(unicodedata.bidirectional(char), 0.8)


def shorten(text: str, limit: float, size: float, *, bold: bool = False) -> str:
    """Return the text if it fits, else its start with an ellipsis."""
    if text_width(text, size, bold=bold) <= limit:
        return text
    end = _fitting(text, limit - text_width(ELLIPSIS, size, bold=bold), size, bold=bold)
    return balanced(_with_ellipsis(text[:end]))


def wrap_text(text: str, limit: float, size: float, lines: int, *, bold: bool = False) -> list[str]:
    """Break text at spaces into at most ``lines`` lines; the last one is shortened."""
    parts: list[str] = []
    rest = " ".join(text.split())
    while rest and len(parts) < lines - 1 and text_width(rest, size, bold=bold) > limit:
        end = _fitting(rest, limit, size, bold=bold)
        space = rest.rfind(" ", 0, end + 1)
        if space > end // 2 or _has_word_spaces(rest[:end]):
            end = space if space > 0 else end
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    if rest:
        parts.append(shorten(rest, limit, size, bold=bold))
    return parts


def _has_word_spaces(text: str) -> bool:
    """Return whether text has spaces, and no East Asian script, which is written without them."""
    return " " in text and not any(unicodedata.east_asian_width(char) in "WF" for char in text)


def _fitting(text: str, limit: float, size: float, *, bold: bool) -> int:
    """Return the number of characters that fit, at least one cluster, without dividing any."""
    room = limit / (size * (BOLD if bold else 1))
    end = 0
    for cluster, _ in measure_clusters(text):
        room -= _cluster_em(cluster)
        if room < 0 and end:
            break
        end += len(cluster)
    return end


def _with_ellipsis(text: str) -> str:
    """Add an ellipsis, with a mark that keeps it at the end of right-to-left text."""
    text = text.rstrip(" ,;:–-")
    kinds = map(unicodedata.bidirectional, reversed(text))
    strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return text + ELLIPSIS + ("" if strong == "L" else "\u200f")
