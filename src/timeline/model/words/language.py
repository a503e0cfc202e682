"""The languages that the outputs are written in: phrases of a catalogue, dates of CLDR.

English is written by this program itself. Any other language has a gettext catalogue in
``timeline/locale``, and needs Babel (the extra ``languages``) for its dates.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.diagnostics import did_you_mean
from timeline.model.words.catalogue_files import catalogue_tags
from timeline.model.words.english import EnglishDates
from timeline.model.words.pseudo import PSEUDO_TAG, PseudoDates, bracketed

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.model.events import Calendar
    from timeline.model.words.date_formats import DateFormats


class Language:
    """The phrases and the dates of one language.

    ``tag`` is the BCP 47 tag of the catalogue. ``is_draft`` states that no native reader has
    approved the catalogue yet.
    """

    def __init__(
        self,
        tag: str,
        dates: DateFormats,
        translate: Callable[[str], str] = str,
        *,
        is_draft: bool = False,
        is_right_to_left: bool = False,
    ) -> None:
        self.tag = tag
        self.dates = dates
        self.is_draft = is_draft
        self.is_right_to_left = is_right_to_left
        self._translate = translate

    def phrase(self, text: str, **parts: object) -> str:
        """Return an English phrase in this language, with ``{name}`` replaced by that part.

        ``text`` is a literal at every call, because the catalogues are made from the calls.
        """
        translated = self._translate(text)
        return translated.format(**parts) if parts else translated


ENGLISH = Language("en", EnglishDates())


class LanguageChoice(Struct, frozen=True):
    """The language that is written for a tag.

    ``is_nearest`` states that it is another variety of the language that was asked for, as
    ``pt-BR`` is for ``pt-PT``; ``is_unknown`` that English is written, because there is no
    catalogue; ``lacks_babel`` that English is written, because Babel is not installed.
    """

    language: Language
    is_nearest: bool = False
    is_unknown: bool = False
    lacks_babel: bool = False


def language_notice(tag: str) -> str | None:
    """Return what to report of a tag whose words are those of another language, else ``None``."""
    choice = choose_language(tag)
    if choice.lacks_babel:
        return (
            f"dates and labels in `{tag}` need Babel, so they are in English: "
            "`pip install 'timeline-as-code[languages]'`"
        )
    if choice.is_unknown:
        return f"there are no words in `{tag}`, so dates and labels are in English"
    if choice.is_nearest:
        return f"dates and labels in `{tag}` have the words of `{choice.language.tag}`"
    return None


def language_objection(tag: str, calendar: Calendar) -> tuple[str, str] | None:
    """Return why an output cannot be in a language that it asks for, and the help.

    Without a catalogue, the texts of the file may still be in that language.
    """
    choice = choose_language(tag)
    if choice.lacks_babel:
        return f"words in `{tag}` need Babel", "`pip install 'timeline-as-code[languages]'`"
    if not choice.is_unknown or tag == calendar.language:
        return None
    if any(texts.language == tag for event in calendar.events for texts in event.texts):
        return None
    known = dict.fromkeys(("en", *catalogue_tags()))
    return (
        f"there are no words in `{tag}`, and no text of an event is in it",
        did_you_mean(tag, known),
    )


def language_of(tag: str | None) -> Language:
    """Return the language that is written for the tag of a calendar or a feed; English for none."""
    return ENGLISH if tag is None else choose_language(tag).language


def language_name(tag: str) -> str:
    """Return the name of a language in that language, ``Deutsch``; its tag where CLDR has none.

    Only English has a name without Babel.
    """
    if tag.lower().partition("-")[0] == "en":
        return "English"
    try:
        from timeline.model.words.catalogues import native_name  # noqa: PLC0415 - imports Babel
    except ModuleNotFoundError:
        return tag
    return native_name(tag) or tag


@lru_cache
def choose_language(tag: str) -> LanguageChoice:
    """Return the language for a BCP 47 tag: English, the nearest catalogue, or English again.

    Every English is the same English. ``en-XA`` is the pseudo-language of `pseudo`.
    """
    if tag.lower() == PSEUDO_TAG.lower():
        return LanguageChoice(Language(PSEUDO_TAG, PseudoDates(), bracketed))
    if tag.lower().partition("-")[0] == "en":
        return LanguageChoice(ENGLISH)
    try:
        from timeline.model.words.catalogues import load_language  # noqa: PLC0415 - imports Babel
    except ModuleNotFoundError:
        has_catalogue = tag.lower().partition("-")[0] in _languages()
        return LanguageChoice(ENGLISH, lacks_babel=has_catalogue, is_unknown=not has_catalogue)
    language = load_language(tag)
    if language is None:
        return LanguageChoice(ENGLISH, is_unknown=True)
    same = language.tag.lower().split("-")
    return LanguageChoice(language, is_nearest=tag.lower().split("-")[: len(same)] != same)


def _languages() -> set[str]:
    """Return the languages of all catalogues, without their scripts and territories."""
    return {tag.lower().partition("-")[0] for tag in catalogue_tags()}
