"""Content lines of iCalendar: escape, quote, fold and back (RFC 5545 3.1, 3.3.11, RFC 6868).

These functions handle every line of a feed, so they are our own: the folding of the ``icalendar``
library takes longer than the rest of an export.
"""

from __future__ import annotations

import re

OCTETS = 75
"""The length of the longest line, without its CRLF (RFC 5545 3.1)."""


def escape_text(text: str) -> str:
    """Escape a TEXT value; its only control characters are tabs and line feeds."""
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if ";" in text:
        text = text.replace(";", "\\;")
    if "," in text:
        text = text.replace(",", "\\,")
    if "\n" in text:
        text = text.replace("\n", "\\n")
    return text


def quote_parameter(text: str) -> str:
    """Quote a parameter value, with the escapes of RFC 6868."""
    if "^" in text:
        text = text.replace("^", "^^")
    if "\n" in text:
        text = text.replace("\n", "^n")
    if '"' in text:
        text = text.replace('"', "^'")
    return f'"{text}"'


def format_float(value: float) -> str:
    """Return a FLOAT (RFC 5545 3.3.7) with up to 12 decimals and no exponent."""
    return f"{value:.12f}".rstrip("0").rstrip(".")


def fold_lines(lines: list[str]) -> bytes:
    """Join lines with CRLF; lines of more than 75 octets are folded between characters."""
    folded = [
        octets if len(octets := line.encode()) <= OCTETS else _folded(octets) for line in lines
    ]
    folded.append(b"")
    return b"\r\n".join(folded)


def _folded(octets: bytes) -> bytes:
    pieces = []
    start, room, end = 0, OCTETS, len(octets)
    while end - start > room:
        stop = start + room
        while octets[stop] & 0xC0 == 0x80:  # within a UTF-8 character
            stop -= 1
        pieces.append(octets[start:stop])
        start, room = stop, OCTETS - 1  # the continuation starts with a space
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces)


def split_component(content: bytes) -> tuple[list[str], list[str]]:
    """Return the unfolded lines of a VEVENT itself, and each nested component as one text."""
    lines = unfold(content).decode("utf-8").split("\r\n")[1:-2]
    own: list[str] = []
    nested: list[str] = []
    inner: list[str] = []
    depth = 0
    for line in lines:
        start = line[:6].upper()
        depth += start == "BEGIN:"
        (inner if depth else own).append(line)
        if start.startswith("END:"):
            depth -= 1
            if depth == 0:
                nested.append("\r\n".join(inner))
                inner = []
    return own, nested


def line_name(lines: str) -> str:
    """Return the name of a content line; of a component, its first line: ``BEGIN:VALARM``."""
    if lines[:6].upper() == "BEGIN:":
        return lines.split("\r\n", 1)[0].strip().upper()
    return re.split("[;:]", lines, maxsplit=1)[0].upper()


def unfold(text: bytes) -> bytes:
    """Join the parts of folded lines (RFC 5545 3.1)."""
    return text.replace(b"\r\n ", b"").replace(b"\r\n\t", b"")


def unescape_text(value: str) -> str:
    """Return the text of a TEXT value (RFC 5545 3.3.11)."""
    if "\\" not in value:
        return value
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value, flags=re.DOTALL)
