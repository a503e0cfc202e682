"""Resolve texts that a file has in several languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from timeline.model import TextsInLanguage

if TYPE_CHECKING:
    from timeline.compiler.schema.readers import Localized


@overload
def text_in(written: Localized, language: str | None) -> str: ...
@overload
def text_in(written: Localized | None, language: str | None) -> str | None: ...
def text_in(written: Localized | None, language: str | None) -> str | None:
    """Return a text in a language, or in the first that it has, where it lacks that one."""
    if not isinstance(written, dict):
        return written
    if language is not None and language in written:
        return written[language]
    return next(iter(written.values()))


def texts_by_language(
    summary: Localized, description: Localized | None
) -> tuple[TextsInLanguage, ...]:
    """Return the texts in every language that one of them is written in."""
    summaries = summary if isinstance(summary, dict) else {}
    descriptions = description if isinstance(description, dict) else {}
    return tuple(
        TextsInLanguage(language, summaries.get(language), descriptions.get(language))
        for language in dict.fromkeys([*summaries, *descriptions])
    )
