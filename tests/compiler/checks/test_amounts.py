"""How much the outputs of a file may have, counted before anything is made."""

from __future__ import annotations

import pytest

from support.loading import codes_of, load_text
from timeline.compiler.checks import amounts
from timeline.compiler.resolve import alarm_count
from timeline.diagnostics import At

HEAD = "calendar: {id: x.org, name: X}\n"


def feeds(count: int, keys: str = "") -> str:
    return "feeds:\n" + "".join(f"- {{id: f{n}{keys}}}\n" for n in range(count))


def events(count: int, keys: str = "") -> str:
    return "events:\n" + "".join(
        f"- {{id: e{n}, summary: E{n}, start: 2025-01-03{keys}}}\n" for n in range(count)
    )


def test_a_thousand_feeds_of_a_thousand_events_are_too_many() -> None:
    (diagnostic,) = load_text(HEAD + feeds(1000) + events(1000)).diagnostics
    assert diagnostic.code == "too-large"
    assert diagnostic.message == (
        "1,000 feeds and the main feed, of up to 1,000 events each, have 1,001,000 events, "
        "overrides and reminders in all, expected at most 1,000,000"
    )
    assert isinstance(diagnostic.at, At)
    assert diagnostic.at.path == ("feeds",)
    assert codes_of(HEAD + feeds(999) + events(1000)) == []


def test_what_feeds_do_not_select_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amounts, "MAX_VEVENTS", 30)
    assert codes_of(HEAD + feeds(2) + events(10)) == []
    assert codes_of(HEAD + feeds(3) + events(10)) == ["too-large"]
    assert codes_of(HEAD + feeds(20, ", ids: [e1]") + events(10)) == []


OVERRIDES = (
    ", rrule: FREQ=DAILY, overrides: [{recurrence-id: 2025-01-04, location: A}, "
    "{recurrence-id: 2025-01-05, location: B}]"
)


@pytest.mark.parametrize(
    ("keys", "most"),
    [("", 8), (OVERRIDES, 24), (", alarms: [1 day before, 2 days before]", 24)],
)
def test_overrides_and_reminders_count_in_each_feed(
    keys: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HEAD + feeds(1) + events(4, keys)
    monkeypatch.setattr(amounts, "MAX_VEVENTS", most)
    assert codes_of(text) == []
    monkeypatch.setattr(amounts, "MAX_VEVENTS", most - 1)
    assert codes_of(text) == ["too-large"]


def test_what_many_feeds_select_from_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amounts, "MAX_SELECTIONS", 100)
    text = HEAD + feeds(11, ", ids: [e1]") + events(10)
    (diagnostic,) = load_text(text).diagnostics
    assert diagnostic.message == (
        "11 feeds of 10 events are 110 to select from, expected at most 100"
    )


@pytest.mark.parametrize(
    "key",
    [
        *("description: V", "location: V", "categories: [V]", "properties: {X-A: V}"),
        *("sources: [{title: V}]", "sources: [{title: A, quote: V}]"),
        *("attach: [{url: 'https://x.org/a', title: V}]", "contact: {name: V}"),
    ],
)
def test_a_text_counts_as_often_as_it_is_written(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(amounts, "MAX_WRITTEN", 5_000)
    keys = ", " + key.replace("V", "v" * 1_000)
    assert codes_of(HEAD + events(4, keys)) == []
    assert "too-large" in codes_of(HEAD + events(5, keys))
    assert "too-large" in codes_of(HEAD + feeds(1) + events(3, keys))
    overridden = keys + OVERRIDES.replace(", location: A", "").replace(", location: B", "")
    assert "too-large" in codes_of(HEAD + events(2, overridden))
    anchored = keys.replace("v" * 1_000, "*v")
    assert "too-large" in codes_of(HEAD + f"x-v: &v {'v' * 1_000}\n" + events(5, anchored))


def test_the_reminders_of_a_category_count_for_each_event() -> None:
    category = ", ".join(f"{n} minutes before" for n in range(1, 501))
    text = f"{HEAD}categories: {{k: {{alarms: [{category}]}}}}\n"
    (diagnostic,) = load_text(text + events(201, ", categories: [k]")).diagnostics
    assert diagnostic.code == "too-large"
    assert diagnostic.message == (
        "201 events with the 500 reminders of `k`: 100,500 reminders in all, "
        "expected at most 100,000"
    )
    assert isinstance(diagnostic.at, At)
    assert diagnostic.at.path == ("categories", "k", "alarms")


@pytest.mark.parametrize(
    ("keys", "most"),
    [
        (", alarms: [1 day before, 2 days before]", 6),
        (", categories: [k]", 9),
        (", categories: [k, l]", 12),
        (", categories: [k], alarms: [2 days before]", 12),
        (f", categories: [k]{OVERRIDES}", 27),
        (f", alarms: [1 day before]{OVERRIDES}", 9),
        (f", categories: [k]{OVERRIDES.replace('location: A', 'categories: [l]')}", 21),
    ],
)
def test_reminders_of_events_categories_and_overrides_count(
    keys: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{HEAD}categories: {{k: {{alarms: [1 hour before, 2 hours before, 3 hours before]}}, "
    text += "l: {alarms: [4 hours before]}}\n" + events(3, keys)
    monkeypatch.setattr(alarm_count, "MAX_ALARMS", most)
    assert codes_of(text) == []
    monkeypatch.setattr(alarm_count, "MAX_ALARMS", most - 1)
    assert codes_of(text) == ["too-large"]
