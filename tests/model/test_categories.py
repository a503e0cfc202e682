"""The first category of an event, and the order of categories."""

from __future__ import annotations

from support.loading import calendar_of
from timeline.model import category_ranks, first_category

FILE = """\
calendar: {id: x.org, name: X}
events:
  - {id: a, summary: A, start: 2025, categories: [press, rally]}
  - {id: b, summary: B, start: 2025}
  - {id: c, summary: C, start: 2025, categories: [team]}
"""
DECLARED = "categories: {team: {}, rally: {}, press: {}}\n"


def test_categories_are_in_the_order_of_their_declarations() -> None:
    assert category_ranks(calendar_of(DECLARED + FILE)) == {"team": 0, "rally": 1, "press": 2}


def test_without_declarations_they_are_in_the_order_of_their_first_use() -> None:
    assert category_ranks(calendar_of(FILE)) == {"press": 0, "team": 1}


def test_an_event_is_shown_with_its_first_category() -> None:
    assert [first_category(event) for event in calendar_of(FILE).events] == ["press", None, "team"]
