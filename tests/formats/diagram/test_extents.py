"""The extents of events in seconds, and the instances of a series."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from support.costs import count_calls
from support.diagram import calendar_of, event_with, seconds
from timeline.formats.diagram.extents import (
    DAY,
    event_extent,
    event_extents,
    instance_spans,
)

ZONE = "Asia/Riyadh"


@pytest.mark.parametrize(
    ("keys", "first", "sure", "last"),
    [
        ("start: 2025-01-03", "2025-01-03", ("2025-01-03", "2025-01-04"), "2025-01-04"),
        ("start: 2025-01", "2025-01-01", None, "2025-02-01"),
        ("start: 2025, end: 2025-12", "2025-01-01", None, "2026-01-01"),
        (
            "start: 2025-01-03, end: 2028",
            "2025-01-03",
            ("2025-01-03", "2028-01-02"),
            "2029-01-01",
        ),
        (
            "start: 2025-01, end: 2025-03",
            "2025-01-01",
            ("2025-01-31", "2025-03-02"),
            "2025-04-01",
        ),
        ("start: not before 2025-02", "2025-02-01", None, "2025-02-02"),
        ("start: not after 2025-02", "2025-02-28", None, "2025-03-01"),
        ("start: 2025-01-03, end: ..", "2025-01-03", ("2025-01-03", "2025-01-04"), "2025-01-04"),
        ("start: 2025, end: ..", "2025-01-01", ("2025-12-31", "2026-01-01"), "2026-01-01"),
        ("start: 2025, end: TBC", "2025-01-01", None, "2026-01-01"),
        (
            "start: 2025-01-03T09:00, end: 2025-01-05",
            "2025-01-03T09:00",
            ("2025-01-03T09:00", "2025-01-06"),
            "2025-01-06",
        ),
    ],
)
def test_an_event_is_certain_between_its_inner_bounds(
    keys: str, first: str, sure: tuple[str, str] | None, last: str
) -> None:
    extent = event_extent(event_with(keys), ZONE)
    assert extent is not None
    assert (extent.first, extent.last) == (seconds(first), seconds(last))
    assert extent.is_certain == (sure is not None)
    if sure:
        assert (extent.sure_first, extent.sure_last) == tuple(map(seconds, sure))


def test_sides_without_a_bound_are_open() -> None:
    for keys, expected in {
        "start: not before 2025-02": (False, True, False),
        "start: not after 2025-02": (True, False, False),
        "start: 2025-01-03, end: TBC": (False, True, False),
        "start: 2025-01-03, end: ..": (False, False, True),
        "start: 2025-01-03": (False, False, False),
    }.items():
        extent = event_extent(event_with(keys), ZONE)
        assert extent is not None
        assert (extent.is_open_start, extent.is_open_end, extent.goes_on) == expected


def test_times_lie_on_the_clock_of_the_calendar() -> None:
    extent = event_extent(event_with('start: "2025-01-03T09:00[Europe/London]"'), ZONE)
    assert extent is not None
    assert extent.first == extent.last == seconds("2025-01-03T12:00")
    assert extent.is_certain


def test_a_span_over_a_clock_change_keeps_its_direction() -> None:
    keys = (
        'start: "2025-10-26T02:45+02:00[Europe/Berlin]", '
        'end: "2025-10-26T02:15+01:00[Europe/Berlin]"'
    )
    extent = event_extent(event_with(keys), "Europe/Berlin")
    assert extent is not None
    assert extent.first < extent.last
    assert extent.sure_first < extent.sure_last <= extent.last


def spans(keys: str, apart: float = 0, clock: str = ZONE) -> list[date]:
    """Return the first days of the instances."""
    event = event_with(keys)
    extent = event_extent(event, clock)
    assert extent is not None
    assert extent.is_series
    places = instance_spans(event, extent, clock, apart)
    assert places[0][0] == extent.first
    assert max(last for _, last in places) == extent.last
    return [date.fromordinal(first // DAY) for first, _ in places]


def test_a_series_has_its_instances() -> None:
    days = spans("start: 2025-01-06, rrule: FREQ=WEEKLY;COUNT=2")
    assert days == [date(2025, 1, 6), date(2025, 1, 13)]
    years = spans("start: 2025-01-06, rrule: FREQ=YEARLY")
    assert [day.year for day in years] == [2025, 2026, 2027]


def test_a_rule_without_an_end_reaches_as_far_as_the_other_events() -> None:
    calendar = calendar_of(
        "id: a, summary: A, start: 2025-01-03, end: 2025-02-05",
        "id: b, summary: B, start: 2025-01-06T10:00, duration: 1 hour, rrule: FREQ=WEEKLY",
        "id: d, summary: D, start: 2026-01-10, rrule: FREQ=YEARLY",
    )
    extents = event_extents(calendar.events, ZONE)
    b, d = extents["b"], extents["d"]
    assert b is not None
    assert d is not None
    assert b.goes_on
    instances = instance_spans(calendar.events[1], b, ZONE, 0)
    assert [date.fromordinal(first // DAY) for first, _ in instances] == [
        date(2025, 1, 6) + timedelta(weeks=week) for week in range(5)
    ]
    assert date.fromordinal(d.first // DAY) == date(2026, 1, 10)


@pytest.mark.parametrize("rule", ["FREQ=DAILY;COUNT=3000", "FREQ=DAILY;UNTIL=20330319"])
def test_a_rule_of_very_many_instances_is_drawn_to_its_end(rule: str) -> None:
    extent = event_extent(event_with(f"start: 2025-01-01, rrule: {rule}"), "UTC")
    assert extent is not None
    assert date.fromordinal(extent.last // DAY) == date(2025, 1, 1) + timedelta(days=3000)


def test_instances_that_are_close_are_one_band() -> None:
    keys = "start: 2025-01-06, rrule: FREQ=WEEKLY;COUNT=9"
    assert len(spans(keys, 7 * DAY)) == 9
    assert len(spans(keys, 7 * DAY + 1)) == 1
    # 31 days of each January, with the rest of the year between them
    january = "start: 2025-01-01, rrule: FREQ=DAILY;BYMONTH=1;UNTIL=20280131"
    assert [day.year for day in spans(january, 30 * DAY)] == [2025, 2026, 2027, 2028]


def test_a_band_is_known_without_looking_at_its_instances() -> None:
    near = event_with("start: 2025-01-06, rrule: FREQ=WEEKLY;UNTIL=20260101")
    far = event_with("start: 2025-01-06, rrule: FREQ=WEEKLY;UNTIL=20900101")

    def calls(apart: float) -> int:
        def work() -> None:
            extent = event_extent(far, ZONE)
            assert extent is not None
            instance_spans(far, extent, ZONE, apart)

        work()
        return count_calls(work)

    assert calls(30 * DAY) < calls(DAY) / 20
    extent = event_extent(near, ZONE)
    assert extent is not None
    assert instance_spans(near, extent, ZONE, 30 * DAY) == ((extent.first, extent.last),)


def test_an_instance_that_is_cancelled_is_not_drawn_and_a_moved_one_where_it_is() -> None:
    days = spans(
        "start: 2025-01-06, rrule: FREQ=WEEKLY;COUNT=3, overrides: ["
        "{recurrence-id: 2025-01-13, status: cancelled}, "
        "{recurrence-id: 2025-01-20, start: 2025-02-02}]"
    )
    assert days == [date(2025, 1, 6), date(2025, 2, 2)]


def test_the_latest_rule_without_an_end_has_an_extent() -> None:
    assert len(spans("start: 9998-12-30, rrule: FREQ=DAILY", clock="UTC")) == 2
