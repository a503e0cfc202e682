"""Find faults in the octets of a feed that parsers accept or ignore (RFC 5545 3.1).

They are searched for in the bytes, for example lines that are too long and characters that a fold
splits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.formats import unfold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.publishing.verify.faults import Finding

_FAULTS = (
    (re.compile(rb"\r(?!\n)|(?<!\r)\n"), "has a line end that is not CRLF"),
    (re.compile(rb"[^\r\n]{76}"), "has a line of more than 75 octets"),
    (re.compile(rb"\n[ \t][\x80-\xbf]"), "has a fold inside a character"),
    (re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]"), "has a control character"),
    (re.compile(rb"\xc2\x85|\xe2\x80[\xa8\xa9]"), "has a line separator of Unicode"),
    (re.compile(rb"\n\r\n|\n[ \t]\r\n"), "has an empty line"),
)
_PROPERTY = re.compile(rb"(?:\A|\n)([A-Za-z0-9-]+)(?=[;:])")


def octet_faults(part: bytes) -> Iterator[Finding]:
    """Yield the faults in whole lines of a feed that parsers forgive or do not see."""
    if has_sound_octets(part):
        return
    for pattern, message in _FAULTS:
        if match := pattern.search(part):
            yield _property_at(part, match.end() - 1), message
    if not part.endswith(b"\r\n"):
        yield _property_at(part, len(part)), "has no line end"
    try:
        part.decode()
    except UnicodeDecodeError as error:
        if not _FAULTS[2][0].search(part):
            yield _property_at(part, error.start), "is not UTF-8"


_ALLOWED = bytes(byte for byte in range(256) if byte == 9 or (byte >= 32 and byte != 127))


def has_sound_octets(part: bytes) -> bool:
    """Return whether there is certainly no fault, in 5 µs where the patterns take 190."""
    try:
        text = part.decode()  # a character that a fold cuts in two does not decode
    except UnicodeDecodeError:
        return False
    *lines, rest = part.split(b"\r\n")
    lengths = [len(line) for line in lines]
    return (
        not rest
        and min(lengths, default=0) > 1
        and max(lengths) <= 75
        and not b"".join(lines).translate(None, _ALLOWED)
        and not ("\x85" in text or "\u2028" in text or "\u2029" in text)
    )


def _property_at(part: bytes, position: int) -> str:
    """Return the name of the property at a position, or of the last one before it."""
    name = "BEGIN"
    for match in _PROPERTY.finditer(part):
        if match.start(1) > position:
            break
        name = match[1].decode()
    return name


_SHAPES = (
    (
        re.compile(
            rb"\n(DTSTART|DTEND|RECURRENCE-ID|RDATE|EXDATE)"
            rb"(?!;VALUE=DATE:\d{8}\r|;TZID=[^:;\",\r\n]+:\d{8}T\d{6}\r|:\d{8}T\d{6}Z\r)"
        ),
        "is not a day, a time in UTC or a time in a zone",
    ),
    (
        re.compile(
            rb"\nBEGIN:(VALARM)(?!\r\nACTION:DISPLAY\r\nDESCRIPTION:[^\r]*"
            rb"\r\nTRIGGER[;:][^\r]*\r\nEND:VALARM\r\n)"
        ),
        "does not have exactly ACTION, DESCRIPTION and TRIGGER",
    ),
)
"""Accepted by the library but not by RFC 5545: a date without VALUE, an alarm without action."""


def malformed_values(part: bytes) -> Iterator[Finding]:
    """Yield values and alarms that the library accepts and RFC 5545 does not."""
    part = unfold(part)
    for pattern, message in _SHAPES:
        if match := pattern.search(part):
            yield match[1].decode(), message


def is_whole_event(block: bytes) -> bool:
    """Return whether a block has the first and the last line of a VEVENT."""
    return block.startswith(b"BEGIN:VEVENT\r\n") and block.endswith(b"\r\nEND:VEVENT\r\n")
