"""Dates that follow from each other, in any order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.resolved import resolved_dates

RALLY = "id: rally, start: 2025-01-03, end: 2025-01-17"


@pytest.mark.parametrize(
    ("event", "sides"),
    [
        ("start: rally.start", "2025-01-03"),
        ("start: rally.end", "2025-01-17"),
        ("start: rally.end + 1 day", "2025-01-18"),
        ("start: rally.end - 2 days~, end: rally.end", "2025-01-15~ to 2025-01-17"),
        ("start: rally.end + 1 month + 1 month", "2025-03-17"),
        ("start: rally.end at 18:00", "2025-01-17T18:00:00+01:00"),
        ("start: between rally.start and rally.end", "between 2025-01-03 and 2025-01-17"),
        ("start: 2025-01-15, duration: 3 days", "2025-01-15 to 2025-01-17"),
        ("start: 2025-01-15, duration: 1 day", "2025-01-15 to 2025-01-15"),
        ("start: 2025-01-03, end: ..", "2025-01-03 to .."),
        ("start: 2025-01-03, end: TBC", "2025-01-03 to TBC"),
        ("start: TBC, end: rally.end", "TBC to 2025-01-17"),
        ("start: 2025-01-03T09:00, duration: 90 minutes", "2025-01-03T09:00:00+01:00 to 2025-01-"),
        ("start: 2025-03-29T09:00, duration: 1 day", "2025-03-29T09:00:00+01:00 to 2025-03-30T09"),
        (
            "start: 2025-03-29T09:00, duration: 24 hours",
            "2025-03-29T09:00:00+01:00 to 2025-03-30T1",
        ),
    ],
)
def test_dates_follow_from_each_other(event: str, sides: str) -> None:
    for order in ((RALLY, f"id: e, {event}"), (f"id: e, {event}", RALLY)):
        assert resolved_dates(*order)["e"].startswith(sides)


def test_what_depends_on_an_unknown_date_is_unknown() -> None:
    dates = resolved_dates(
        "id: a, start: TBC", "id: b, start: a.start + 1 day", "id: c, start: b.end"
    )
    assert dates == {"a": "TBC", "b": "TBC", "c": "TBC"}


@given(st.permutations(range(30)))
def test_the_order_of_a_chain_makes_no_difference(order: list[int]) -> None:
    events = ["id: e0, start: 2025-01-01"]
    events += [f"id: e{n}, start: e{n - 1}.end + 1 day" for n in range(1, 30)]
    dates = resolved_dates(*(events[index] for index in order))
    assert dates == {f"e{n}": f"2025-01-{n + 1:02}" for n in range(30)}


def test_a_chain_of_thousands_needs_no_recursion() -> None:
    events = [f"id: e{n}, start: e{n + 1}.start" for n in range(5000)]
    assert set(resolved_dates(*events, "id: e5000, start: 2025").values()) == {"2025"}


LANDING = "id: landing, start: 2026-11-22T04:00Z"


@pytest.mark.parametrize(
    ("event", "start"),
    [
        ("start: landing.start at 18:00", "2026-11-22T18:00:00+01:00"),
        ("start: landing.start at 18:00, timezone: UTC", "2026-11-22T18:00:00+00:00"),
        # 20:00 on the 21st
        (
            "start: landing.start at 21:00, timezone: America/Los_Angeles",
            "2026-11-21T21:00:00-08:00",
        ),
        (
            "start: landing.end + 1 day at 09:00, timezone: America/Los_Angeles",
            "2026-11-22T09:00:00-08:00",
        ),
        (
            "start: landing.end - 5 hours at 09:00, timezone: Asia/Tokyo",
            "2026-11-22T09:00:00+09:00",
        ),
        (
            "start: landing.end - 14 hours at 09:00, timezone: Asia/Tokyo",
            "2026-11-21T09:00:00+09:00",
        ),
    ],
)
def test_a_time_of_day_is_on_the_day_that_its_own_clocks_show(event: str, start: str) -> None:
    assert resolved_dates(LANDING, f"id: e, {event}")["e"] == start


TARGET = "id: target, start: 2025-01-04"


@pytest.mark.parametrize(
    ("event", "first", "sides"),
    [
        ("start: TBC", "other.end", "TBC"),
        ("start: TBC, duration: 1 day", "other.end", "TBC to TBC"),
        ("start: TBC, end: target.end", "other.end", "TBC to 2025-01-04"),
        # An end at a time of day is in the zone of the start, if that does not depend on it.
        (
            "start: 2025-01-03T09:00Z, end: target.start at 12:00",
            "other.end",
            "2025-01-03T09:00:00+00:00 to 2025-01-04T12:00:00+00:00",
        ),
        (
            "start: target.start at 09:00, end: target.start at 12:00",
            "other.end",
            "2025-01-04T09:00:00+01:00 to 2025-01-04T12:00:00+01:00",
        ),
        *(
            (
                "start: other.end - 2 hours, end: target.start at 12:00",
                first,
                "2025-01-04T10:00:00+01:00 to 2025-01-04T12:00:00+01:00",
            )
            for first in ("other.start", "other.end")
        ),
    ],
)
def test_an_end_is_the_same_whichever_event_needs_it_first(
    event: str, first: str, sides: str
) -> None:
    needs, event = f"id: first, start: {first}", f"id: other, {event}"
    for order in ((needs, event, TARGET), (TARGET, event, needs), (event, needs, TARGET)):
        assert resolved_dates(*order)["other"] == sides
