"""Texts in several languages."""

from __future__ import annotations

from timeline.compiler.resolve.texts import text_in, texts_by_language
from timeline.model.events import TextsInLanguage


def test_a_text_is_in_the_language_or_in_its_first() -> None:
    texts = {"bg": "Рали", "en": "Rally"}
    assert [text_in(texts, language) for language in ("en", "de", None)] == [
        "Rally",
        "Рали",
        "Рали",
    ]
    assert text_in("Rally", "bg") == "Rally"
    assert text_in(None, "bg") is None


def test_every_language_of_either_text_is_listed_once() -> None:
    texts = texts_by_language({"bg": "Рали", "en": "Rally"}, {"en": "A race", "de": "Ein Rennen"})
    assert texts == (
        TextsInLanguage("bg", "Рали", None),
        TextsInLanguage("en", "Rally", "A race"),
        TextsInLanguage("de", None, "Ein Rennen"),
    )
    assert texts_by_language("Rally", None) == ()
