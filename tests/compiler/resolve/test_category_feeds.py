"""``feeds: [- each: category]``: a feed for each category."""

from __future__ import annotations

from datetime import timedelta

import pytest

from support.loading import calendar_of, codes_of, file_text, load_text
from timeline.diagnostics import At
from timeline.model import events_of_feed

EVENTS = (
    "id: a, summary: A, start: 2025, categories: [alpha]",
    "id: b, summary: B, start: 2025, categories: [beta, alpha]",
    "id: c, summary: C, start: 2025",
)


def text(top: str) -> str:
    return file_text(*EVENTS, top=top)


def feeds_of(top: str) -> dict[str, list[str]]:
    calendar = calendar_of(text(top))
    return {
        feed.id: [event.id for event in events_of_feed(calendar, feed)] for feed in calendar.feeds
    }


def test_each_category_of_the_file_has_a_feed_in_the_order_of_the_file() -> None:
    top = "categories: {beta: {}, alpha: {}, gamma: {}}\nfeeds: [{each: category}]\n"
    assert feeds_of(top) == {"beta": ["b"], "alpha": ["a", "b"], "gamma": []}


def test_without_categories_in_the_file_those_of_its_events_have_one() -> None:
    assert feeds_of("feeds: [{each: category}]\n") == {"alpha": ["a", "b"], "beta": ["b"]}


def test_the_feed_of_a_category_has_another_id_if_the_file_says_so() -> None:
    top = "categories: {alpha: {feed: team-a}, beta: {}}\nfeeds: [{each: category}]\n"
    assert list(feeds_of(top)) == ["team-a", "beta"]


def test_a_feed_that_the_file_defines_takes_the_place_of_that_of_a_category() -> None:
    explicit = "{id: alpha, ids: [c]}"
    for feeds in (f"{{each: category}}, {explicit}", f"{explicit}, {{each: category}}"):
        assert feeds_of(f"feeds: [{feeds}]\n") == {"alpha": ["c"], "beta": ["b"]}


def test_the_settings_of_the_item_are_those_of_all_its_feeds() -> None:
    top = (
        "categories: {alpha: {color: teal, description: About alpha}, beta: {feed: b}}\n"
        "feeds:\n- each: category\n  refresh: 6 hours\n  source: https://x.org/{id}/{id}.ics\n"
        "  exclude: [a]\n"
    )
    alpha, beta = calendar_of(text(top)).feeds
    assert (alpha.name, beta.name) == ("X: alpha", "X: beta")
    assert (alpha.color, beta.color) == ("teal", None)
    assert (alpha.description, beta.description) == ("About alpha", None)
    assert {alpha.refresh, beta.refresh} == {timedelta(hours=6)}
    assert (alpha.source, beta.source) == ("https://x.org/alpha/alpha.ics", "https://x.org/b/b.ics")
    assert feeds_of(top)["alpha"] == ["b"]
    assert feeds_of(top.replace("refresh: 6 hours", "color: red"))
    colors = {
        feed.color
        for feed in calendar_of(text(top.replace("refresh: 6 hours", "color: red"))).feeds
    }
    assert colors == {"red"}


@pytest.mark.parametrize(
    ("top", "code"),
    [
        ("feeds: [{each: category, id: a}]\n", "unknown-key"),
        ("feeds: [{each: category, categories: [alpha]}]\n", "unknown-key"),
        ("feeds: [{each: categories}]\n", "wrong-value"),
        ("feeds: [{each: [category]}]\n", "wrong-type"),
        ("feeds: [{each: category, source: https://x.org/a.ics}]\n", "url-syntax"),
        ("feeds: [{each: category, source: 'x.org/{id}'}]\n", "url-syntax"),
        ("feeds: [{each: category, exclude: [x]}]\n", "unknown-event"),
        ("feeds: [{each: category, exclude: [c]}]\n", "unused-in-feed"),
        ("feeds: [{each: category, exclude: [a, a]}]\n", "duplicate-item"),
        ("feeds: [{each: category}, {each: category}]\n", "duplicate-item"),
        (
            "categories: {alpha: {}, beta: {feed: alpha}}\nfeeds: [{each: category}]\n",
            "duplicate-id",
        ),
        ("categories: {alpha: {}, beta: {feed: Beta}}\nfeeds: [{each: category}]\n", "id-syntax"),
        ("categories: {alpha: {}, beta: {}, com1: {}}\nfeeds: [{each: category}]\n", "id-syntax"),
        ("categories: {alpha: {}, beta: {}, Beta: {}}\nfeeds: [{each: category}]\n", "id-syntax"),
        (
            "categories: {alpha: {}, beta: {colour: red}}\nfeeds: [{each: category}]\n",
            "unknown-key",
        ),
    ],
)
def test_what_is_wrong_with_them_is_one_diagnostic(top: str, code: str) -> None:
    assert codes_of(text(top)) == [code]


def test_a_category_whose_name_is_no_id_is_allowed_without_such_feeds() -> None:
    assert codes_of(text("categories: {alpha: {}, beta: {}, Étape 1: {}}\n")) == []


@pytest.mark.parametrize(
    ("names", "proposed"),
    [
        (["Al", "al"], ["al-2"]),
        (["al", "AL", "Al"], ["al-2", "al-3"]),
        (["Team A", "team-a", "team-a-2"], ["team-a-3"]),
        (["nul", "nul-events"], ["nul-events-2"]),
    ],
)
def test_the_ids_that_helps_propose_are_free(names: list[str], proposed: list[str]) -> None:
    rows = "".join(f"  {name}: {{}}\n" for name in names)
    feeds = "feeds: [{each: category}]\n"
    diagnostics = load_text(file_text(EVENTS[2], top=f"categories:\n{rows}{feeds}")).diagnostics
    assert [(item.help or "").split("`")[1] for item in diagnostics] == [
        f"feed: {id_}" for id_ in proposed
    ]
    ids = iter(proposed)
    wrong = {item.at.path[1] for item in diagnostics if isinstance(item.at, At)}
    rows = "".join(
        f"  {name}: {{{f'feed: {next(ids)}' if name in wrong else ''}}}\n" for name in names
    )
    assert codes_of(file_text(EVENTS[2], top=f"categories:\n{rows}{feeds}")) == []
