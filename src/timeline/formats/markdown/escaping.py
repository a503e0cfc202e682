"""Escape the author's text so that no Markdown renderer reads markup in it.

In Python-Markdown a backslash escapes only some characters. All others, and those that a
preprocessor of the raw text would read (Liquid, Jinja, MathJax), become character references.
"""

from __future__ import annotations

import re

_ESCAPES = (
    ("&", "&amp;"),
    ("\\", "&#92;"),  # escaped at the end of a line, some read a line break
    ("`", "\\`"),
    ("*", "\\*"),
    ("_", "\\_"),
    ("[", "&#91;"),  # a backslash would start mathematics in pymdownx.arithmatex
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
_EMOJI = re.compile(r":(?=[\w+-]+(?::|$))")  # also at the end, where the writer may add a colon
_NEWLINES = re.compile(r"\s*[\r\n]\s*")
_LINE_STARTS = {
    **{char: f"\\{char}" for char in "#-+!."},  # a dot also after no digits
    **{char: f"&#{ord(char)};" for char in "()=:%?/"},
}
_AFTER_NUMBERS = {".": "\\.", ")": "&#41;"}
_ADDRESS = re.compile(r"(?<![\w/])https?://[^\s<>\"]+", re.IGNORECASE)
_PUNCTUATION = ".,;:!?'*_~\u2019\u201d\u00bb\u3002\u3001"
_NUMBERED = re.compile(r"\d+(?=[.)])", re.ASCII)


def escape_inline(text: str) -> str:
    """Escape text for any place within a line; line breaks become spaces."""
    text = _escape_special(text.strip())
    if ":" in text:
        text = _EMOJI.sub("&#58;", text.replace("://", "&#58;//"))
    if "." in text and _DOMAIN.search(text):
        text = _DOMAIN.sub(r"\\.", text)
    return text


def _escape_special(text: str) -> str:
    """Escape what is markup anywhere in a line."""
    if "\n" in text or "\r" in text:
        text = _NEWLINES.sub(" ", text)
    for char, escaped in _ESCAPES:
        if char in text:
            text = text.replace(char, escaped)
    if "++" in text:  # every character, because of odd numbers of them
        text = text.replace("+", "\\+")
    return text


def escape_paragraphs(text: str) -> list[list[str]]:
    """Return the paragraphs of a text, each as escaped lines that start no markup.

    The addresses of pages in it are links.
    """
    if "\n" not in text:
        escaped = _escape_with_links(text)
        return [[escape_line_start(escaped)]] if escaped else []
    paragraphs: list[list[str]] = [[]]
    for line in text.split("\n"):
        if escaped := _escape_with_links(line):
            paragraphs[-1].append(escape_line_start(escaped))
        elif paragraphs[-1]:
            paragraphs.append([])
    return paragraphs if paragraphs[-1] else paragraphs[:-1]


def _escape_with_links(line: str) -> str:
    """Escape a line, and link the addresses of pages in it."""
    if "://" not in line:
        return escape_inline(line)
    parts, end = [], 0
    for match in _ADDRESS.finditer(line):
        address = _without_punctuation(match[0])
        if target := link_target(address):
            before = line[end : match.start()]
            parts += [_escape_part(before), f"[{escape_inline(address)}]({target})"]
            end = match.start() + len(address)
    return "".join([*parts, _escape_part(line[end:])]).strip()


def _escape_part(text: str) -> str:
    """Escape a part of a line, and keep one space at either end where it has any."""
    escaped = escape_inline(text)
    before = " " if text[:1].isspace() else ""
    after = " " if escaped and text[-1:].isspace() else ""
    return f"{before}{escaped}{after}"


def _without_punctuation(address: str) -> str:
    """Return an address without the punctuation of the sentence that it is in."""
    while address[-1] in _PUNCTUATION or (
        address[-1] == ")" and address.count(")") > address.count("(")
    ):
        address = address[:-1]
    return address


def escape_line_start(escaped: str) -> str:
    """Escape the start of an escaped line that would start a heading, a list or a directive."""
    first = escaped[:1]
    if first in _LINE_STARTS:
        return _LINE_STARTS[first] + escaped[1:]
    if first.isdigit() and (number := _NUMBERED.match(escaped)):
        mark = number.end()
        return number[0] + _AFTER_NUMBERS[escaped[mark]] + escaped[mark + 1 :]
    return escaped


def escape_first_line(escaped: str) -> str:
    """Escape the first line of a document, so that no ``key: value`` is read as metadata.

    MkDocs, the extension ``meta`` of Python-Markdown and MultiMarkdown do so.
    """
    return escaped.replace(":", "&#58;")


def escape_heading(text: str) -> str:
    """Escape the text of a heading, also a number sign at its end, which would be removed."""
    escaped = escape_inline(text)
    return f"{escaped[:-1]}\\#" if escaped.endswith("#") else escaped


_SAFE_URL = re.compile(r"(?:https?://|mailto:)[\w\-.~:/?#@!'*+,=%&]+", re.ASCII | re.IGNORECASE)
_LINKED = ("http://", "https://", "mailto:")
_UNSAFE_IN_URL = re.compile(r"[\s\\<>\"`|{}^$\[\]\x00-\x1f]")


def link_target(url: str) -> str | None:
    """Return the destination of a link, or ``None`` if the scheme is not that of a page or email.

    Characters that are not allowed in a URL are percent-encoded, and ``&`` is escaped, because
    ``&copy;`` would change.
    """
    if _SAFE_URL.fullmatch(url):
        return url
    if not url.lower().startswith(_LINKED):
        return None
    url = _UNSAFE_IN_URL.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), url
    )
    return f"<{url.replace('&', '&amp;')}>"
