"""Bring a text of the author to ASCII, so that the patterns of corrections can be simple."""

from __future__ import annotations

import unicodedata


def plain_text(text: str) -> str:
    """Return a text with ASCII digits, hyphens and spaces, one space at a time, without quotes."""
    return " ".join("".join(map(_plain_character, text)).split()).strip(_QUOTES)


_QUOTES = "\"'\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a"
"""The quotes of the keyboard, which stand within those of YAML, and those of word processors."""


def _plain_character(character: str) -> str:
    """Return the ASCII character that looks the same, ``""`` for an invisible one, else itself."""
    if character.isascii():
        return character
    match unicodedata.category(character):
        case "Nd":
            return str(unicodedata.digit(character))
        case "Pd":
            return "-"
        case "Cf":  # a byte order mark, a joiner, a direction: invisible
            return ""
    if character in "\N{MINUS SIGN}\N{HYPHEN BULLET}":
        return "-"
    if "\N{FULLWIDTH EXCLAMATION MARK}" <= character <= "\N{FULLWIDTH TILDE}":
        return chr(ord(character) - 0xFEE0)
    return character
