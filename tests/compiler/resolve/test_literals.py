"""Dates and times that stand for themselves."""

from __future__ import annotations

from support.loading import dated_codes


def test_a_start_in_the_hours_of_a_clock_change_is_reported() -> None:
    assert dated_codes("2025-03-30T02:30") == ["skipped-time"]
    assert dated_codes("2025-10-26T02:30") == ["repeated-time"]
    assert dated_codes("2025-03-30T01:30") == []
