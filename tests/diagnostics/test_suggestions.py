"""Suggestions: which known word an unknown one is taken for, and the help that names it."""

from __future__ import annotations

import pytest

from timeline.diagnostics.suggestions import (
    VERY_SIMILAR,
    bounded_searches,
    did_you_mean,
    is_certain_edit,
    nearest,
    one_edit_away,
)

MANY = [f"event-number-{number}" for number in range(500)]


@pytest.mark.parametrize(
    ("word", "words", "near"),
    [
        pytest.param("sumary", ["start", "summary"], "summary", id="a-letter-less"),
        pytest.param("RELATED_TO", ["related-to"], "related-to", id="case-and-underscore"),
        pytest.param("qqq", ["start", "summary"], None, id="nothing-similar"),
        pytest.param("evnt-number-7", MANY, "event-number-7", id="one-edit-among-many"),
        pytest.param("evt-number-7", MANY, None, id="two-edits-among-many"),
        pytest.param("event-number-x", MANY * 3, None, id="too-many"),
    ],
)
def test_the_nearest_word_is_suggested(word: str, words: list[str], near: str | None) -> None:
    assert nearest(word, words) == near


def test_a_long_word_is_not_compared() -> None:
    assert nearest("a" * 64, ["a" * 63]) == "a" * 63
    assert nearest("a" * 65, ["a" * 64]) is None


def test_the_words_that_are_compared_for_one_file_are_limited() -> None:
    words = [f"word-{number}" for number in range(100)]
    with bounded_searches():
        near = [nearest(f"wrd-{number}", words) for number in range(300)]
        again = nearest("wrd-0", words)
    assert near[:200] == [nearest(f"wrd-{number}", words) for number in range(200)]
    assert set(near[200:]) == {None}
    assert again == near[0]  # the same error has the same help
    assert nearest("wrd-299", words) is not None


def test_words_that_repeat_a_letter_count_for_more() -> None:
    words = [f"{'a' * 60}{number}" for number in range(100)]
    with bounded_searches():
        near = [nearest(f"{'a' * 59}-{number}", words) for number in range(300)]
    assert None not in near[:10]
    assert set(near[20:]) == {None}


def test_a_word_that_is_often_right_must_be_very_similar() -> None:
    assert nearest("stagings", ["stages"]) == "stages"
    assert nearest("stagings", ["stages"], VERY_SIMILAR) is None


@pytest.mark.parametrize("word", ["en", "ends", "emd", "edn", "End"])
def test_an_edit_adds_removes_replaces_or_swaps(word: str) -> None:
    assert one_edit_away(word, ["end", "start"]) == ["end"]


@pytest.mark.parametrize("word", ["e", "ned2", "edns", "send-"])
def test_two_edits_are_too_many(word: str) -> None:
    assert one_edit_away(word, ["end"]) == []


@pytest.mark.parametrize(
    ("word", "known", "is_certain"),
    [("and", "end", False), ("edn", "end", True), ("endd", "end", True), ("starz", "start", True)],
)
def test_another_letter_in_a_short_word_may_be_another_word(
    word: str, known: str, is_certain: bool
) -> None:
    assert is_certain_edit(word, known) == is_certain


@pytest.mark.parametrize(
    ("words", "help_"),
    [
        pytest.param(["races", "press"], "did you mean `races`?", id="near"),
        pytest.param(["press"], "there is only `press`", id="only"),
        pytest.param(["press", "team"], "there are `press`, `team`", id="few"),
        pytest.param([], "there are none", id="none"),
        pytest.param(MANY, "there are 500, and none is similar", id="many"),
    ],
)
def test_the_help_names_the_word_meant_or_the_known_ones(words: list[str], help_: str) -> None:
    assert did_you_mean("race", words) == help_


@pytest.mark.parametrize(
    ("word", "near"), [("cvs", "csv"), ("isc", "ics"), ("svq", "svg"), ("xslx", "xlsx")]
)
def test_a_word_one_edit_away_is_nearer_than_one_with_as_many_equal_letters(
    word: str, near: str
) -> None:
    for words in (["csv", "ics", "md", "svg", "xlsx"], ["xlsx", "svg", "md", "ics", "csv"]):
        assert nearest(word, words) == near
