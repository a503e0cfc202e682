"""Selections: within a field any value matches, between fields all must."""

from __future__ import annotations

from datetime import date

import pytest

from support.loading import load_data
from timeline.model.selection import Selection, select_events

EVENTS = [
    {"id": "rally", "start": "2025-01-03", "end": "2025-01-17", "categories": ["rally"]},
    {"id": "year", "start": "2026", "categories": ["team", "rally"]},
    {"id": "until", "start": "2025-01-03", "end": "2028", "categories": ["partnership"]},
    {"id": "open", "start": "2025-06-01", "end": ".."},
    {"id": "unsure", "start": "2025-06-01", "end": "TBC"},
    {"id": "tbc", "start": "TBC", "categories": ["rally"]},
    {"id": "tbc-end", "start": "TBC", "end": "2025-06-30"},
    {"id": "time", "start": "2025-03-01T23:30[America/New_York]"},
]
CALENDAR = load_data(
    {"calendar": {"id": "x.org", "name": "X"}, "events": [{"summary": "S"} | e for e in EVENTS]}
).calendar
ALL = [event["id"] for event in EVENTS]


def selected(**keys: object) -> list[str]:
    return [event.id for event in select_events(CALENDAR, Selection(**keys)).events]  # type: ignore[arg-type]


def test_an_empty_selection_matches_everything() -> None:
    assert selected() == ALL
    assert select_events(CALENDAR, Selection()) is CALENDAR


def test_any_id_matches() -> None:
    assert selected(ids=frozenset({"tbc", "rally"})) == ["rally", "tbc"]


def test_any_category_matches() -> None:
    assert selected(categories=frozenset({"rally"})) == ["rally", "year", "tbc"]
    assert selected(categories=frozenset({"team", "partnership"})) == ["year", "until"]


def test_all_fields_must_match() -> None:
    assert selected(ids=frozenset({"rally", "until"}), categories=frozenset({"rally"})) == ["rally"]


@pytest.mark.parametrize(
    ("first", "last", "ids"),
    [
        # Events that may lie on one of the days match, also those without an end.
        ("2025-01-17", None, ["rally", "year", "until", "open", "unsure", "time"]),
        ("2025-01-18", None, ["year", "until", "open", "unsure", "time"]),
        ("2026-12-31", None, ["year", "until", "open", "unsure"]),
        ("2029-01-01", None, ["open", "unsure"]),
        (None, "2025-01-02", []),
        (None, "2025-01-03", ["rally", "until"]),
        (None, "2025-03-01", ["rally", "until", "time"]),  # in its own zone
        ("2025-03-02", "2025-05-31", ["until"]),
        ("2026-05-05", "2026-05-05", ["year", "until", "open", "unsure"]),
    ],
)
def test_days_match_events_that_may_lie_on_them(
    first: str | None, last: str | None, ids: list[str]
) -> None:
    assert ids == selected(
        first=first and date.fromisoformat(first), last=last and date.fromisoformat(last)
    )


def test_undated_events_match_no_day() -> None:
    assert "tbc" not in selected(first=date(2, 1, 1))
    assert "tbc-end" not in selected(last=date(2100, 1, 1))


def test_the_calendar_itself_stays() -> None:
    assert select_events(CALENDAR, Selection(frozenset({"tbc"}))).name == CALENDAR.name
