"""The first letter of words: in upper case at the start of a sentence, in lower case within one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.model.words.wording import Wording


def capitalized(words: str) -> str:
    """Return the words with their first letter in upper case."""
    return words[:1].upper() + words[1:]


def uncapitalized(words: str, wording: Wording) -> str:
    """Return an English sentence with its first letter in lower case, another one as it is.

    In other languages it begins with a label, which may be a noun: ``Wiederholung: …``.
    """
    is_english = wording.language.tag.partition("-")[0] == "en"
    return words[:1].lower() + words[1:] if is_english else words
