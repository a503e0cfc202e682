"""Dates and times that stand for themselves."""

from __future__ import annotations

import pytest

from support.loading import dated_codes
from support.resolved import load_events


def test_a_start_in_the_hours_of_a_clock_change_is_reported() -> None:
    assert dated_codes("2025-03-30T02:30") == ["skipped-time"]
    assert dated_codes("2025-10-26T02:30") == ["repeated-time"]
    assert dated_codes("2025-03-30T01:30") == []


@pytest.mark.parametrize("qualification", ["", "~", "?", "%"])
def test_a_season_keeps_its_qualification_where_the_hemisphere_is_added(qualification: str) -> None:
    (diagnostic,) = load_events(f"id: e, start: 2024-22{qualification}").diagnostics
    assert diagnostic.code == "season-hemisphere"
    assert f"write `2024-26{qualification}` for the northern" in (diagnostic.help or "")
    assert f"`2024-30{qualification}` for the southern" in (diagnostic.help or "")
