"""Isolates around an author's text in a sentence of ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.isolates import MARKS, depths, without_isolates
from timeline.model.words.isolates import (
    balanced,
    isolated,
    isolated_items,
    isolated_line,
    isolated_lines,
)
from timeline.model.words.language import language_of
from timeline.model.words.wording import PLAIN_ENGLISH, Wording

ARABIC = Wording(language_of("ar"))
TAGS = ("en", "de", "ja", "ar")

FSI, LRI, RLI, PDI = "\u2068", "\u2066", "\u2067", "\u2069"

texts = st.text(
    st.sampled_from([*"aA1٢ .!()مﬁאбあ", *MARKS, "\u202e", "\u202c", "\u200f"]), max_size=30
)


@pytest.mark.parametrize("text", ["رالي داكار", "Dakar (רלי)", "٢٠٢٧", "a\u200f"])
@pytest.mark.parametrize("tag", TAGS)
def test_letters_from_right_to_left_are_isolated_in_every_language(text: str, tag: str) -> None:
    assert isolated(text, Wording(language_of(tag))) == f"{FSI}{text}{PDI}"


@pytest.mark.parametrize("text", ["Dakar Rally 2027", "2027", "東京", "Заглавие", "1. ∑ → 🏁"])
def test_other_letters_are_isolated_only_in_a_language_from_right_to_left(text: str) -> None:
    assert isolated(text, PLAIN_ENGLISH) == text
    assert isolated(text, Wording(language_of("de"))) == text
    assert isolated(text, ARABIC) == f"{FSI}{text}{PDI}"


@pytest.mark.parametrize("tag", TAGS)
def test_nothing_is_not_isolated(tag: str) -> None:
    wording = Wording(language_of(tag))
    assert isolated("", wording) == isolated_items((), wording) == ""
    assert isolated_lines([], wording) == []


@pytest.mark.parametrize("text", ["https://x.org/a", "see http://x.org/", "انظر https://x.org/a?b"])
def test_an_address_at_the_end_stays_the_last(text: str) -> None:
    assert isolated(text, ARABIC) == text


@pytest.mark.parametrize("text", ["[x](https://x.org)", "https://x.org a", "(https://x.org) a"])
def test_an_address_within_a_text_does_not_matter(text: str) -> None:
    assert isolated(text, ARABIC) == f"{FSI}{text}{PDI}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"a{PDI}b", f"{FSI}{FSI}a{PDI}b{PDI}"),
        (f"{RLI}a", f"{FSI}{RLI}a{PDI}{PDI}"),
        (f"{PDI}{LRI}", f"{FSI}{FSI}{PDI}{LRI}{PDI}{PDI}"),
        (f"{LRI}a{PDI}", f"{FSI}{LRI}a{PDI}{PDI}"),
    ],
)
def test_marks_of_an_author_do_not_end_an_isolate(text: str, expected: str) -> None:
    assert isolated(text, ARABIC) == expected


@given(texts, st.sampled_from(TAGS))
def test_an_isolated_text_is_whole_and_within_one_isolate(text: str, tag: str) -> None:
    result = isolated(text, Wording(language_of(tag)))
    assert text in result
    assert without_isolates(result) == without_isolates(text)
    if result != text:
        assert (result[0], result[-1]) == (FSI, PDI)
        assert all(depth for _, depth in depths(result))


@given(texts, st.integers(0, 30))
def test_a_cut_text_is_balanced(text: str, end: int) -> None:
    cut = balanced(isolated(text, ARABIC)[:end])
    depths(cut)
    assert balanced(cut) == cut


@given(texts, texts)
def test_a_line_keeps_what_it_is_made_of(title: str, other: str) -> None:
    line = f"{isolated(title, ARABIC)} · جزء من {isolated(other, ARABIC)}"
    result = isolated_line(line, ARABIC)
    assert result == f"{FSI}{line}{PDI}"
    depths(result)


def test_a_line_of_isolates_alone_needs_no_other() -> None:
    assert isolated_line(isolated("رالي", ARABIC), ARABIC) == f"{FSI}رالي{PDI}"
    assert isolated_line("2027", ARABIC) == "2027"


def test_lines_of_a_text_have_its_direction() -> None:
    assert isolated_lines(["رالي", "Dakar 2027"], ARABIC) == [
        f"{RLI}رالي{PDI}",
        f"{RLI}Dakar 2027{PDI}",
    ]
    assert isolated_lines(["Dakar", "رالي"], PLAIN_ENGLISH) == [
        f"{LRI}Dakar{PDI}",
        f"{LRI}رالي{PDI}",
    ]
    assert isolated_lines(["2027", "!"], ARABIC) == [f"{LRI}2027{PDI}", f"{LRI}!{PDI}"]
    assert isolated_lines(["Dakar", "2027"], PLAIN_ENGLISH) == ["Dakar", "2027"]


def test_items_are_joined_by_the_comma_of_the_language() -> None:
    assert isolated_items(("a", "b", "c"), PLAIN_ENGLISH) == "a, b, c"
    assert isolated_items(("سباق", "b"), PLAIN_ENGLISH) == f"{FSI}سباق{PDI}, b"
    assert isolated_items(("سباق", "b"), ARABIC) == f"{FSI}سباق{PDI}، {FSI}b{PDI}"
