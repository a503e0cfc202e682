"""Decode a file in Windows-1252 or UTF-16, so that ``validate --fix`` can write it as UTF-8.

Almost any bytes are text in Windows-1252, so a text is only decoded if nothing speaks against it. A
byte is another letter in the code pages of other countries: 0xE8 is ``è`` in French and ``č`` in
Czech. Which of them is meant follows from the language of the calendar; without one, only what is
the same in all of them is decoded.
"""

from __future__ import annotations

import re

from timeline._lazy import regex
from timeline.source.text import FORBIDDEN_IN_FILE, other_encoding

_WESTERN = frozenset(
    {
        *("af", "ca", "da", "de", "en", "es", "eu", "fi", "fo", "fr", "ga", "gl", "id", "is", "it"),
        *("lb", "ms", "nb", "nl", "nn", "no", "oc", "pt", "sq", "sv", "sw"),
    }
)
"""The languages that Windows-1252 is for."""

_LATIN_CODE_PAGES = ("cp1250", "cp1254", "cp1257")
"""The code pages of other languages that have the Latin alphabet."""

_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
# S and Z with caron, Y with diaeresis, f with hook, circumflex and tilde: rare in these languages,
# and in other encodings the bytes of common letters.
_UNLIKELY_LETTER = regex(r"[\u0160\u0161\u017d\u017e\u0178\u0192\u02c6\u02dc]")
# In another alphabet all letters of a word are above ASCII, and in MS-DOS signs are within words.
_OTHER_ALPHABET = regex(r"[^\W\d_\x00-\x7f]{3}")
_SIGN_IN_WORD = regex(
    r"[^\W\d_](?:[\xa1-\xa9\xab\xac\xae-\xb6\xb8\xb9\xbb-\xbf\u20ac\u2122\u2030\u2020-\u2022]"
    r"|[\u201a-\u201e\u2039\u203a])(?=[^\W\d_])|[^\W\d_][\u201a\u201e]"
)

# Of MS-DOS again: `voil\x85` is `voil…` or `voilà`. A letter that is certain decides.
_SIGN_AFTER_LETTER = regex(r"[^\W\d_][\u2013\u2014\u201c\u201d\u2026]")
_ACCENTED = regex(r"[\xc0-\xff]")


def decode_other_encoding(content: bytes, language: str | None) -> str | None:
    """Return the text of a file that is not UTF-8, for a calendar in a language (BCP 47).

    ``None`` if it may be another text.
    """
    if (encoding := other_encoding(content)) is not None:
        return _decode(content, encoding)
    text = _decode(content, "cp1252")
    if text is None or _UTF8_SEQUENCE.search(content):  # some of it is UTF-8
        return None
    if _SIGN_AFTER_LETTER.search(text) and not _ACCENTED.search(text):
        return None
    if any(
        unlikely.search(text) for unlikely in (_UNLIKELY_LETTER, _OTHER_ALPHABET, _SIGN_IN_WORD)
    ):
        return None
    if language is not None:
        return text if language.partition("-")[0].lower() in _WESTERN else None
    others = (content.decode(page, "replace") for page in _LATIN_CODE_PAGES)
    return text if all(other == text for other in others) else None


def _decode(content: bytes, encoding: str) -> str | None:
    """Return the text of bytes; ``None`` if they are no text in this encoding."""
    try:
        text = content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None
    return None if FORBIDDEN_IN_FILE.search(text) else text
