"""Sources and titles, and above all those that are not reported."""

from __future__ import annotations

import pytest

from support.loading import event_codes


@pytest.mark.parametrize(
    ("sourced", "without", "reported"),
    [(2, 0, 0), (2, 1, 0), (3, 1, 0), (4, 1, 1), (7, 2, 0), (8, 2, 2)],
)
def test_sources_are_missed_where_most_events_have_one(
    sourced: int, without: int, reported: int
) -> None:
    events = [
        f"id: e{at}, summary: E {at}, start: 2025" + ", sources: [{title: T}]" * (at < sourced)
        for at in range(sourced + without)
    ]
    assert event_codes(*events) == ["missing-source"] * reported


def test_a_title_of_120_characters_is_not_long() -> None:
    assert event_codes(f"id: a, summary: {'é' * 120}, start: 2025") == []
    assert event_codes(f"id: a, summary: {'é' * 121}, start: 2025") == ["long-summary"]
