"""Names of sheets that Excel accepts, made from the names of calendars and feeds."""

from __future__ import annotations

import unicodedata
from itertools import count
from typing import TYPE_CHECKING

from timeline._lazy import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_UNITS = 31
"""The most UTF-16 code units of a name."""

_READ = 256
"""How many characters of a title are looked at; a text of 64 KiB is a title, too."""

_FORBIDDEN = frozenset("[]:*?/\\")

_ESCAPE = regex("_(?=x[0-9A-Fa-f]{4}_)")
"""What begins a character's number in a name, such as ``_x0041_``; Excel would read an ``A``."""

_RESERVED = "History"
"""Excel has a sheet of its own with this name, for changes of shared workbooks."""


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Return a legal name for each title, in order; no two are equal for Excel.

    Forbidden characters become spaces, and so do their full-width forms, which the Japanese Excel
    rejects. A name that is taken gets a number: ``Rally (2)``.
    """
    taken, names = {_key(_RESERVED)}, []
    for title in titles:
        name = legal = _legal(title) or "Sheet"
        numbers = count(2)
        while _key(name) in taken:
            number = f" ({next(numbers)})"
            name = _shortened(legal, MOST_UNITS - len(number)) + number
        taken.add(_key(name))
        names.append(name)
    return names


def _legal(title: str) -> str:
    start = _ESCAPE.sub("-", title[:_READ])
    kept = "".join(" " if _is_forbidden(character) else character for character in start)
    return _shortened(" ".join(kept.split()).strip(" '"), MOST_UNITS)


def _is_forbidden(character: str) -> bool:
    """Return whether a character is none of a name, or is invisible."""
    if unicodedata.category(character)[0] == "C":
        return True
    return not _FORBIDDEN.isdisjoint(unicodedata.normalize("NFKC", character))


def _shortened(name: str, most: int) -> str:
    """Return the start of a name with at most so many UTF-16 code units."""
    while utf16_length(name) > most:
        name = name[:-1]
    return name.rstrip(" '")


def utf16_length(text: str) -> int:
    """Return the length by which Excel counts: a character beyond U+FFFF is two."""
    return len(text.encode("utf-16-le")) // 2


def _key(name: str) -> str:
    """Return what two names have in common that are equal for Excel, which ignores case."""
    return unicodedata.normalize("NFKC", name).casefold()
