"""What only an event with a known start may have: a recurrence."""

from __future__ import annotations

import pytest

from support.resolved import load_events


@pytest.mark.parametrize("start", ["2025~", "2025-01?", "2025-01", "TBC"])
def test_a_start_that_is_not_known_to_the_day_is_shown_as_written(start: str) -> None:
    (diagnostic,) = load_events(f"id: e, start: {start}, rrule: FREQ=DAILY").diagnostics
    assert diagnostic.code == "rule-start"
    assert diagnostic.message == f"a recurring event needs a known start, and this is `{start}`"
