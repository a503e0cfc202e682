"""Escape author's text so that no reader of Markdown takes it for markup.

A backslash works only before some characters in Python-Markdown; for all others, and for what a
preprocessor looks for in the raw text (Liquid, Jinja, MathJax), there are entities.
"""

from __future__ import annotations

import re

_ESCAPES = (
    ("&", "&amp;"),
    ("\\", "&#92;"),  # some take an escaped one at the end of a line for a line break
    ("`", "\\`"),
    ("*", "\\*"),
    ("_", "\\_"),
    ("[", "&#91;"),  # a backslash would begin mathematics in pymdownx.arithmatex
    ("]", "&#93;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ("|", "&#124;"),
    ("~", "&#126;"),
    ("$", "&#36;"),
    ("{", "&#123;"),
    ("}", "&#125;"),
    ("^", "&#94;"),
    ("==", "&#61;&#61;"),
    ("@", "&#64;"),
)
_DOMAIN = re.compile(r"\.(?:(?=[^\W\d_])|(?<=www\.))")  # the dot first, for speed
_EMOJI = re.compile(r":(?=[\w+-]+(?::|$))")  # at the end, too: what follows may be a colon of ours
_NEWLINES = re.compile(r"\s*[\r\n]\s*")
_LINE_STARTS = {
    **{char: f"\\{char}" for char in "#-+!."},  # a number before the dot may have no digits
    **{char: f"&#{ord(char)};" for char in "()=:%?/"},
}
_AFTER_NUMBERS = {".": "\\.", ")": "&#41;"}
_NUMBERED = re.compile(r"\d+(?=[.)])", re.ASCII)


def escape_inline(text: str) -> str:
    """Escape text to stand in a line, whatever it contains; line breaks become spaces."""
    text = _escape_special(text.strip())
    if ":" in text:
        text = _EMOJI.sub("&#58;", text.replace("://", "&#58;//"))
    if "." in text and _DOMAIN.search(text):
        text = _DOMAIN.sub(r"\\.", text)
    return text


def _escape_special(text: str) -> str:
    """Escape what has a meaning anywhere in a line."""
    if "\n" in text or "\r" in text:
        text = _NEWLINES.sub(" ", text)
    for char, escaped in _ESCAPES:
        if char in text:
            text = text.replace(char, escaped)
    if "++" in text:  # every one of three: pairs alone would leave one beside the last pair
        text = text.replace("+", "\\+")
    return text


def escape_paragraphs(text: str) -> list[list[str]]:
    """Escape text of several lines: its paragraphs, each as lines that begin no markup."""
    if "\n" not in text:
        escaped = escape_inline(text)
        return [[escape_line_start(escaped)]] if escaped else []
    paragraphs: list[list[str]] = [[]]
    for line in text.split("\n"):
        if escaped := escape_inline(line):
            paragraphs[-1].append(escape_line_start(escaped))
        elif paragraphs[-1]:
            paragraphs.append([])
    return paragraphs if paragraphs[-1] else paragraphs[:-1]


def escape_line_start(escaped: str) -> str:
    """Keep a line of escaped text from beginning a heading, a list or a directive."""
    first = escaped[:1]
    if first in _LINE_STARTS:
        return _LINE_STARTS[first] + escaped[1:]
    if first.isdigit() and (number := _NUMBERED.match(escaped)):
        mark = number.end()
        return number[0] + _AFTER_NUMBERS[escaped[mark]] + escaped[mark + 1 :]
    return escaped


def escape_heading(text: str) -> str:
    """Escape text to be a heading, which would lose number signs at its end."""
    escaped = escape_inline(text)
    return f"{escaped[:-1]}\\#" if escaped.endswith("#") else escaped


_SAFE_URL = re.compile(r"(?:https?://|mailto:)[\w\-.~:/?#@!'*+,=%&]+", re.ASCII | re.IGNORECASE)
_LINKED = ("http://", "https://", "mailto:")
_UNSAFE_IN_URL = re.compile(r"[\s\\<>\"`|{}^$\[\]\x00-\x1f]")


def link_target(url: str) -> str | None:
    """Return a link's destination, or ``None`` where the scheme is not one to click on.

    What no URL may contain is percent-encoded. Entities are, too, or ``&copy;`` would change.
    """
    if _SAFE_URL.fullmatch(url):
        return url
    if not url.lower().startswith(_LINKED):
        return None
    url = _UNSAFE_IN_URL.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url
    )
    return f"<{url.replace('&', '&amp;')}>"
