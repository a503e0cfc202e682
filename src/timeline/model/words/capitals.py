"""The first letter of words: in upper case at the start of a sentence, in lower case within one."""

from __future__ import annotations


def capitalized(words: str) -> str:
    """Return the words with their first letter in upper case."""
    return words[:1].upper() + words[1:]


def uncapitalized(words: str) -> str:
    """Return the words with their first letter in lower case."""
    return words[:1].lower() + words[1:]
