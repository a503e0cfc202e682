"""Find the gettext catalogue for a language tag, and load it with the dates of CLDR.

This module imports Babel.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.messages.mofile import read_mo

from timeline.model.words.catalogue_files import catalogue_tags, compiled_catalogue, translator
from timeline.model.words.cldr import CldrDates
from timeline.model.words.language import Language

APPROVED_BY: dict[str, str] = {}
"""The native reader who has approved a catalogue, by its tag; the others are drafts."""


def load_language(tag: str) -> Language | None:
    """Return the language for a BCP 47 tag, from the nearest catalogue; ``None`` without one.

    Dates are those of the tag's own territory, if CLDR has it: `de-AT` has the phrases of `de`.
    """
    nearest = nearest_catalogue(tag)
    if nearest is None:
        return None
    dates = CldrDates(_locale(tag) or nearest.replace("-", "_"))
    return Language(
        nearest,
        dates,
        translator(nearest),
        is_draft=nearest not in APPROVED_BY,
        is_right_to_left=dates.is_right_to_left,
    )


def phrases_of(tag: str) -> list[tuple[str, str]]:
    """Return the English phrases of a catalogue with their translations, sorted."""
    with compiled_catalogue(tag).open("rb") as file:
        messages = [(str(message.id), str(message.string)) for message in read_mo(file)]
    return sorted((phrase, translation) for phrase, translation in messages if phrase)


def nearest_catalogue(tag: str) -> str | None:
    """Return the tag of the catalogue for a BCP 47 tag; ``None`` without one.

    The nearest has the same language and script, and is first that of the same territory. The
    likely script and territory of CLDR stand for those that a tag does not have.
    """
    wanted = _likely(tag)
    same = [name for name in catalogue_tags() if _likely(name)[:2] == wanted[:2]]
    return next((name for name in same if _likely(name) == wanted), same[0] if same else None)


class _Subtags(NamedTuple):
    """The language of a BCP 47 tag, its script (ISO 15924) and its territory, as far as it says."""

    language: str
    script: str | None
    territory: str | None


def _subtags(tag: str) -> _Subtags:
    """Return what a tag says; variants, extensions and private uses have no words of their own.

    A language that has another code in CLDR has that one: `deu` is `de`, `iw` is `he`.
    """
    first, *others = tag.split("-")
    alias = get_global("language_aliases").get(first.lower(), first.lower())
    language, _, script = alias.partition("_")
    territory = None
    for subtag in others:
        if len(subtag) == 1:  # an extension or a private use follows
            break
        if len(subtag) == 4 and subtag.isalpha():
            script = script or subtag.title()
        elif not territory and _TERRITORY.fullmatch(subtag):
            territory = subtag.upper()
    return _Subtags(language, script or None, territory)


_TERRITORY = re.compile("[A-Za-z]{2}|[0-9]{3}")


def _likely(tag: str) -> _Subtags:
    """Return the language of a tag with its likely script and its likely territory."""
    written = language, script, territory = _subtags(tag)
    likely = get_global("likely_subtags")
    known = "_".join(filter(None, written))
    for name in (known, f"{language}_{territory}", f"{language}_{script}", language):
        if name in likely:
            _, likely_script, likely_territory = likely[name].split("_")[:3]
            return _Subtags(language, script or likely_script, territory or likely_territory)
    return written


def native_name(tag: str) -> str | None:
    """Return the name of a language in that language, as a list has it; ``None`` without one."""
    locale = _locale(tag)
    name = None if locale is None else Locale.parse(locale).get_display_name()
    return None if name is None else name[:1].upper() + name[1:]


def _locale(tag: str) -> str | None:
    """Return the identifier of CLDR for a tag; ``None`` where CLDR does not have its language."""
    language, script, territory = _subtags(tag)
    for parts in ((language, script, territory), (language, territory), (language,)):
        with suppress(UnknownLocaleError, ValueError):
            return str(Locale.parse("_".join(filter(None, parts))))
    return None
