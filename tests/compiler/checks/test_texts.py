"""Sources, titles and addresses, and above all those that are not reported."""

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


@pytest.mark.parametrize("url", ["https://x.org", "http://x.org", "HTTPS://x.org"])
def test_addresses_on_the_web_are_fine(url: str) -> None:
    assert event_codes(f"id: a, summary: A, start: 2025, url: '{url}'") == []


@pytest.mark.parametrize(
    "where",
    ["url: '{}'", "sources: [{{url: '{}'}}]", "image: [{{url: '{}'}}]", "attach: [{{url: '{}'}}]"],
)
def test_other_addresses_are_reported_wherever_a_page_is_meant(where: str) -> None:
    event = f"id: a, summary: A, start: 2025, {where.format('ftp://x.org/a')}"
    assert event_codes(event) == ["url-scheme"]
    call = "conference: [{url: 'tel:+359-2-123-4567'}]"
    assert event_codes(f"id: a, summary: A, start: 2025, {call}") == []
