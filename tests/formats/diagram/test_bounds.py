"""The four bounds of dates."""

from __future__ import annotations

import pytest

from support.diagram import event_with
from timeline.dates.calendar_units import Qualification
from timeline.dates.instants import Instant
from timeline.formats.diagram.bounds import event_bounds


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("start: 2025-01-03", "2025-01-03 2025-01-03 2025-01-03 2025-01-03 point"),
        ("start: 2025", "2025-01-01 2025-12-31 2025-01-01 2025-12-31 point"),
        ("start: between 2025-01-03 and 2025-01-17", "2025-01-03 2025-01-17 " * 2 + "point"),
        ("start: not before 2025-02", "2025-02-01 - 2025-02-01 - point"),
        ("start: not after 2025-02", "- 2025-02-28 - 2025-02-28 point"),
        ("start: 2025-01-03, end: 2028", "2025-01-03 2025-01-03 2028-01-01 2028-12-31"),
        ("start: 2025, end: 2027-03-04", "2025-01-01 2025-12-31 2027-03-04 2027-03-04"),
        ("start: 2025, end: 2025", "2025-01-01 2025-12-31 2025-01-01 2025-12-31"),
        ("start: 2025-03-01, end: 2025", "2025-03-01 2025-03-01 2025-03-01 2025-12-31"),
        ("start: 2025, end: 2025-03-01", "2025-01-01 2025-03-01 2025-03-01 2025-03-01"),
        ("start: 2025-01-03, end: ..", "2025-01-03 2025-01-03 - - goes-on"),
        ("start: 2025, end: TBC", "2025-01-01 2025-12-31 2025-01-01 -"),
        ("start: 2025-01-03T09:00, end: TBC", "09:00 09:00 09:00 -"),
        ("start: 2025-01-03T09:00", "09:00 09:00 09:00 09:00 point"),
        ("start: 2025-01-03T09:00, duration: 1 hour", "09:00 09:00 10:00 10:00"),
        ("start: 2025-01-03T09:00, end: 2025-01-05", "09:00 09:00 2025-01-05 2025-01-05"),
        ("start: 2025-01, end: 2025-01-05T10:00", "2025-01-01 10:00 10:00 10:00"),
        ("start: TBC", None),
        ("start: TBC, end: 2028", None),
    ],
)
def test_bounds_state_what_is_known_of_both_sides(keys: str, expected: str | None) -> None:
    bounds = event_bounds(event_with(keys).when)
    if bounds is None:
        assert expected is None
        return
    sides = (bounds.first_start, bounds.last_start, bounds.first_end, bounds.last_end)
    words = [
        "-" if side is None else f"{side.moment:%H:%M}" if isinstance(side, Instant) else str(side)
        for side in sides
    ]
    words += ["goes-on"] * bounds.goes_on + ["point"] * bounds.is_point
    assert " ".join(words) == expected


def test_a_side_is_as_certain_as_its_date() -> None:
    bounds = event_bounds(event_with("start: 2025-01-03~, end: 2025-01-17?").when)
    assert bounds is not None
    assert bounds.start_sure is Qualification.APPROXIMATE
    assert bounds.end_sure is Qualification.UNCERTAIN
    point = event_bounds(event_with("start: 2025-01-03%").when)
    assert point is not None
    assert point.start_sure is point.end_sure is Qualification.BOTH
