"""Which lonely years are probably mistyped, and above all which are not."""

from __future__ import annotations

import pytest

from support.loading import dated_codes, event_codes


@pytest.mark.parametrize("year", ["2205", "2052", "2125", "3025", "0225", "0025", "2205-01"])
def test_a_slip_of_the_fingers_is_reported(year: str) -> None:
    assert dated_codes("2024", "2025-01-03", "2025-Q2", "2026", year) == ["far-date"]


@pytest.mark.parametrize(
    "starts",
    [
        ["2205", "2025", "2025"],  # too few to say what is usual
        ["1914-07", "1914-08", "1918", "1815"],  # a centenary
        ["1924", "1925", "1926", "1952"],  # swapped digits, but history
        ["1025", "2024", "2025", "2026"],  # a thousand years of something
        ["1928", "2024", "2025", "2026"],  # the founding of a company
        ["2024", "2025", "2026", "2035"],  # plans
        ["2024", "2025", "2026", "2050"],
        ["2024", "2025", "2026", "2084"],  # far, but no slip
        ["2024", "2025", "2026", "220X"],
        ["1066", "1492", "1776", "1914", "2025"],
        ["0500", "0732", "0800", "1066", "2025"],
        ["2024", "2025", "2026", "2205", "2206"],  # two of them are a part of it
    ],
)
def test_a_lonely_year_is_not_reported(starts: list[str]) -> None:
    assert dated_codes(*starts) == []


def test_an_event_is_reported_once_and_what_follows_from_it_is_not() -> None:
    near = [f"id: n{year}, summary: N {year}, start: {year}" for year in (2024, 2025, 2026)]
    far = "id: far, summary: Far, start: 2205-01-03, end: 2205-01-05"
    assert event_codes(*near, far, "id: after, summary: After, start: far.end + 1 day") == [
        "far-date"
    ]
