"""Checks of dates: a child within its parent, and an end after its start."""

from __future__ import annotations

import pytest

from support.loading import event_codes

STAGE = "id: stage, summary: Stage, start: 2025-01-03T09:00, end: 2025-01-03T17:00"


@pytest.mark.parametrize(
    "child",
    [
        "start: 2025-01-03T09:00",
        "start: 2025-01-03T12:00",
        "start: 2025-01-03T12:00, end: 2025-01-03T13:00",
        "start: 2025-01-03T09:00, end: 2025-01-03T17:00",
        "start: 2025-01-03T17:00",
    ],
)
def test_a_timed_child_within_a_timed_parent_has_no_diagnostic(child: str) -> None:
    assert event_codes(f"{STAGE}, events: [{{id: child, summary: Child, {child}}}]") == []


@pytest.mark.parametrize(
    "child",
    [
        "start: 2025-01-03T08:59",
        "start: 2025-01-03T12:00, end: 2025-01-03T17:01",
        "start: 2025-01-03T17:01",
    ],
)
def test_a_timed_child_that_leaves_its_timed_parent_is_reported(child: str) -> None:
    codes = event_codes(f"{STAGE}, events: [{{id: child, summary: Child, {child}}}]")
    assert codes == ["outside-parent"]


def test_a_timed_parent_without_an_end_contains_its_own_start_only() -> None:
    point = "id: gala, summary: Gala, start: 2025-01-03T19:00"
    child = "id: toast, summary: Toast, start"
    assert event_codes(f"{point}, events: [{{{child}: 2025-01-03T19:00}}]") == []
    assert event_codes(f"{point}, events: [{{{child}: 2025-01-03T19:01}}]") == ["outside-parent"]


def test_dates_beside_a_refused_override_or_earlier_date_are_not_reported_in_its_place() -> None:
    series = "id: a, summary: A, start: 2025-01-03, rrule: FREQ=WEEKLY;COUNT=3"
    overrides = "[{recurrence-id: 2025-01-04}, {recurrence-id: 2025-01-10, end: 2025-01-09}]"
    assert event_codes(f"{series}, overrides: {overrides}") == ["no-such-instance"]
    was = "[{start: 2024-01-01, end: 2024-01-02T09:00}, {start: 2024-01-05, end: 2024-01-02}]"
    assert event_codes(f"id: a, summary: A, start: TBC, was: {was}") == ["day-and-time"]
