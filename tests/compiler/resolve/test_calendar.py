"""Resolving a whole file: what events have from their parents, and one diagnostic an error."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from support import strategies
from support.loading import load_data
from support.resolved import load_events
from timeline.model.events import ProjectionOptions

RALLY = "id: rally, start: 2025-01-03, end: 2025-01-17"


def test_zones_come_from_the_nearest_parent_and_nothing_else_does() -> None:
    data = {
        "calendar": {"id": "x.org", "name": "X", "timezone": "Asia/Riyadh", "imprecise": "skip"},
        "events": [
            {
                "id": "a",
                "summary": "S",
                "start": "2025-01-03",
                "end": "2025-01-05",
                "timezone": "Europe/Berlin",
                "location": "Berlin",
                "imprecise": "start",
                "events": [
                    {"id": "b", "summary": "S", "start": "2025-01-03T09:00"},
                    {
                        "id": "c",
                        "summary": "S",
                        "start": "2025-01-04",
                        "events": [{"id": "d", "summary": "S", "start": "2025-01-04T09:00"}],
                    },
                ],
            },
            {"id": "e", "summary": "S", "start": "2025-01-03T09:00"},
        ],
    }
    events = load_data(data).calendar.events
    assert [(event.id, event.parent, event.depth) for event in events] == [
        ("a", None, 0),
        ("b", "a", 1),
        ("c", "a", 1),
        ("d", "c", 2),
        ("e", None, 0),
    ]
    zones = {event.id: getattr(event.when.start, "zone", None) for event in events}  # type: ignore[union-attr]
    assert zones == {"a": None, "b": "Europe/Berlin", "c": None, "d": "Europe/Berlin"} | {
        "e": "Asia/Riyadh"
    }
    assert events[1].location is None
    expected = [ProjectionOptions("start", own=frozenset({"imprecise"})), ProjectionOptions("skip")]
    assert [event.projection for event in events[:2]] == expected


@pytest.mark.parametrize(
    ("events", "codes"),
    [
        ([RALLY, "id: e, start: rallye.end"], ["unknown-event"]),
        ([RALLY, "id: e, start: 2025-02-03, end: 2025-02-01"], ["end-before-start"]),
        ([RALLY, "id: e, start: 2025, end: 2024"], ["end-before-start"]),
        ([RALLY, "id: e, start: 2025-06, end: 2025"], []),  # possible, so no error
        ([RALLY, RALLY], ["duplicate-id"]),
        ([RALLY, "id: e, start: 2025-01-03, end: 2025-01-04T09:00"], []),
        ([RALLY, "id: e, start: 2025-01-03, end: 2025-01-02T09:00"], ["end-before-start"]),
        ([RALLY, "id: e, start: 2025-01-03, duration: 2 hours"], ["hours-on-a-day"]),
        (["id: a, start: 2025, end: ..", "id: e, start: a.end"], ["open-anchor"]),
        (["id: a, start: 2025-03-30T02:30"], ["skipped-time"]),
        (["id: a, start: 2025-10-26T02:30"], ["repeated-time"]),
        (["id: a, start: 9998, end: 9998", "id: e, start: a.start + 1 year"], ["year-range"]),
        ([f"{RALLY}, events: [{{id: e, summary: S, start: 2025-01-18}}]"], ["outside-parent"]),
        ([f"{RALLY}, events: [{{id: e, summary: S, start: 2025-01}}]"], []),
        ([f"{RALLY}, events: [{{id: e, summary: S, start: 2026}}]"], ["outside-parent"]),
        ([RALLY, "id: e, start: 2025, related-to: [nobody]"], ["unknown-event"]),
        ([RALLY, "id: e, start: 2025, uid: rally@x.org"], ["duplicate-uid"]),
        ([RALLY, "id: e, start: 2025, renamed-from: [rally]"], ["duplicate-id"]),
    ],
)
def test_an_error_makes_one_diagnostic(events: list[str], codes: list[str]) -> None:
    assert [diagnostic.code for diagnostic in load_events(*events).diagnostics] == codes


@given(strategies.files())
def test_resolving_twice_gives_the_same(data: dict[str, Any]) -> None:
    assert load_data(data).calendar == load_data(data).calendar
