"""Events that look the same in a calendar app."""

from __future__ import annotations

import pytest

from support.loading import dated_codes, event_codes


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("summary: GALA, start: 2025-01-03T20:00", True),
        ("summary: Gala, start: '2025-01-03T19:00Z'", True),
        ("summary: Gala, start: 2025-01-03T20:00, end: 2025-01-03T22:00", False),
        ("summary: Gala, start: 2025-01-03", False),
        ("summary: Gala 2, start: 2025-01-03T20:00", False),
        ("summary: Gala, start: 2025-01-03T20:00, location: Bisha", False),
        ("summary: Gala, start: 2025-01-03T20:00, status: cancelled", False),
        ("summary: Gala, start: 2025-01-03T20:00, rrule: FREQ=YEARLY", False),
    ],
)
def test_events_that_look_the_same_are_reported(other: str, same: bool) -> None:
    codes = event_codes("id: a, summary: Gala, start: 2025-01-03T20:00", f"id: b, {other}")
    assert codes == (["same-event"] if same else [])


def test_events_without_a_date_are_not_compared() -> None:
    assert dated_codes("TBC") == []
    assert event_codes("id: a, summary: A, start: TBC", "id: b, summary: A, start: TBC") == []
