"""A time of day in a help gets the day of the start, unless that is not known or has an error."""

from __future__ import annotations

import pytest

from timeline.compiler.schema.times_of_day import complete_time


@pytest.mark.parametrize(
    ("start", "end", "completed"),
    [
        ("2027-01-03T18:00", "19:30", "2027-01-03T19:30"),
        ("2027-01-03T22:00", "02:00", "2027-01-04T02:00"),
        ("a.start + 2 weeks", "19:30", "a.start + 2 weeks at 19:30"),
        ("a.start + 2 fortnights", "19:30", None),
        ("a.start + 0 working days", "19:30", None),
        ("2027-02-30", "19:30", None),
        ("TBC", "19:30", None),
    ],
)
def test_an_end_is_completed_from_a_valid_start(
    start: str, end: str, completed: str | None
) -> None:
    assert complete_time("end", end, {"start": start}) == completed
