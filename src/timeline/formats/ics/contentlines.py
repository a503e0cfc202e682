"""Content lines of iCalendar: escaping, parameters and folding (RFC 5545 3.1, 3.3.11, RFC 6868).

Written by hand since every line of a feed passes here: the library's own fold takes longer than
all the rest of an export.
"""

from __future__ import annotations

OCTETS = 75
"""The longest line, without its CRLF (RFC 5545 3.1)."""


def escape(text: str) -> str:
    """Escape a TEXT value, once. The reader has let no control character pass but tab and LF."""
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if ";" in text:
        text = text.replace(";", "\\;")
    if "," in text:
        text = text.replace(",", "\\,")
    if "\n" in text:
        text = text.replace("\n", "\\n")
    return text


def parameter(text: str) -> str:
    """Quote a parameter's value, with what quotes cannot hold as RFC 6868 has it."""
    if "^" in text:
        text = text.replace("^", "^^")
    if "\n" in text:
        text = text.replace("\n", "^n")
    if '"' in text:
        text = text.replace('"', "^'")
    return f'"{text}"'


def decimal(value: float) -> str:
    """Write a FLOAT (RFC 5545 3.3.7): all digits that the file may have, never an exponent."""
    return f"{value:.12f}".rstrip("0").rstrip(".")


def fold(lines: list[str]) -> bytes:
    """Join lines with CRLF, those of more than 75 octets folded, no character split."""
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
        while octets[stop] & 0xC0 == 0x80:  # the inside of a UTF-8 character
            stop -= 1
        pieces.append(octets[start:stop])
        start, room = stop, OCTETS - 1  # what follows begins with a blank
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces)
