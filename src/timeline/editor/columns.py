"""Translate columns in characters into the units that an editor counts in (LSP 3.17)."""

from __future__ import annotations

from codecs import getincrementaldecoder

ENCODINGS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
"""The position encodings, each with a codec and the bytes of its unit."""


def units(text: str, encoding: str) -> int:
    """Return how many units a text has."""
    if text.isascii():
        return len(text)
    codec, size = ENCODINGS[encoding]
    return len(text.encode(codec, "surrogatepass")) // size


def characters(line: str, count: int, encoding: str) -> int:
    """Return how many characters of a line the first units are; all of it if it has fewer units.

    Units that end within a character are taken for those before it.
    """
    if line.isascii():
        return min(count, len(line))
    codec, size = ENCODINGS[encoding]
    units_before = line.encode(codec, "surrogatepass")[: count * size]
    # It leaves out the part of a character at the end, and half of a pair that has no other half.
    length = len(getincrementaldecoder(codec)("surrogatepass").decode(units_before))
    is_half = length < len(line) and units(line[: length + 1], encoding) <= count
    return length + is_half
