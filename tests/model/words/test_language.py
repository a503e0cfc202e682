"""The language that is written for a tag."""

import subprocess
import sys

import pytest

from timeline.model.words import catalogues
from timeline.model.words.language import ENGLISH, choose_language, language_of


@pytest.mark.parametrize(
    ("tag", "catalogue", "is_nearest"),
    [
        ("de", "de", False),
        ("DE", "de", False),
        ("de-AT", "de", False),
        ("de-x-team", "de", False),
        ("pt-BR", "pt-BR", False),
        ("pt", "pt-BR", True),
        ("pt-PT", "pt-BR", True),
        ("ja-Jpan-JP", "ja", False),
        ("ar-EG", "ar", False),
        ("en", "en", False),
        ("en-GB", "en", False),
        ("en-XA", "en-XA", False),
    ],
)
def test_the_nearest_catalogue_is_chosen(tag: str, catalogue: str, is_nearest: bool) -> None:
    choice = choose_language(tag)
    assert (choice.language.tag, choice.is_nearest) == (catalogue, is_nearest)
    assert not choice.is_unknown
    assert not choice.lacks_babel


@pytest.mark.parametrize(
    "tag", ["sv", "zh", "zh-Hant", "qaa", "xx-YY", "ja-Latn", "de-Cyrl", "tlh"]
)
def test_a_language_without_a_catalogue_is_written_in_english(tag: str) -> None:
    choice = choose_language(tag)
    assert choice.language is ENGLISH
    assert choice.is_unknown


def test_of_several_catalogues_the_likely_one_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "catalogue_tags", lambda: ("zh-Hans", "zh-Hant"))
    nearest = catalogues.nearest_catalogue
    assert [nearest(tag) for tag in ("zh", "zh-TW", "zh-HK", "zh-Hant", "zh-SG")] == [
        "zh-Hans",
        "zh-Hant",
        "zh-Hant",
        "zh-Hant",
        "zh-Hans",
    ]


def test_no_tag_is_english() -> None:
    assert language_of(None) is ENGLISH


def test_without_babel_every_language_is_english() -> None:
    program = (
        "import sys\n"
        "sys.modules['babel'] = None\n"
        "from timeline.model import choose_language\n"
        "choice = choose_language('de')\n"
        "assert choice.lacks_babel and choice.language.tag == 'en'\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_catalogue_is_a_draft_until_a_reader_approves_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft = catalogues.load_language("de")
    monkeypatch.setitem(catalogues.APPROVED_BY, "de", "Ada Example")
    approved = catalogues.load_language("de")
    assert draft is not None
    assert approved is not None
    assert (draft.is_draft, approved.is_draft) == (True, False)


def test_the_dates_are_those_of_the_territory() -> None:
    assert language_of("de-AT").dates.month_name(1) == "Jänner"
    assert language_of("de").dates.month_name(1) == "Januar"
