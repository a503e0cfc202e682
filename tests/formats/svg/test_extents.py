"""The extents of dates, spans and series."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from support.svg import calendar_of, event_with
from timeline.formats.svg.axis import DAY
from timeline.formats.svg.extents import event_extent, event_extents


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"start": "2025-01-03"}, ["MOMENT 2025-01-03 2025-01-04"]),
        ({"start": "2025-01"}, ["WITHIN 2025-01-01 2025-02-01"]),
        ({"start": "between 2025-01-03 and 2025-01-17"}, ["WITHIN 2025-01-03 2025-01-18"]),
        ({"start": "not before 2025-02"}, ["LATER 2025-02-01 2025-02-02"]),
        ({"start": "not after 2025-02"}, ["EARLIER 2025-02-28 2025-03-01"]),
        ({"start": "2025-01-03", "end": "2025-01-17"}, ["SOLID 2025-01-03 2025-01-18"]),
        (
            {"start": "2025-01-03", "end": "2028"},
            ["SOLID 2025-01-03 2028-01-02", "ENDS 2028-01-02 2029-01-01"],
        ),
        (
            {"start": "2025", "end": "2027-03-04"},
            ["BEGINS 2025-01-01 2025-12-31", "SOLID 2025-12-31 2027-03-05"],
        ),
        (
            {"start": "2025-01", "end": "2025-03"},
            [
                "BEGINS 2025-01-01 2025-01-31",
                "SOLID 2025-01-31 2025-03-02",
                "ENDS 2025-03-02 2025-04-01",
            ],
        ),
        ({"start": "2025", "end": "2025"}, ["WITHIN 2025-01-01 2026-01-01"]),
        (
            {"start": "2025-03-01", "end": "2025"},
            ["SOLID 2025-03-01 2025-03-02", "ENDS 2025-03-02 2026-01-01"],
        ),
        (
            {"start": "2025", "end": "2025-03-01"},
            ["BEGINS 2025-01-01 2025-03-01", "SOLID 2025-03-01 2025-03-02"],
        ),
        (
            {"start": "2025", "end": "2025-12?"},
            ["BEGINS 2025-01-01 2025-12-16", "ENDS 2025-12-16 2026-01-01", "uncertain"],
        ),
        (
            {"start": "2025-Q1", "end": "2025"},
            ["BEGINS 2025-01-01 2025-02-15", "ENDS 2025-02-15 2026-01-01"],
        ),
        ({"start": "2025-01-03", "end": ".."}, ["SOLID 2025-01-03 2025-01-04", "goes on"]),
        ({"start": "2025-01-03", "end": "TBC"}, ["SOLID 2025-01-03 2025-01-04", "may go on"]),
        (
            {"start": "2025-01-03~", "end": "2025-01-17?"},
            ["approximate", "SOLID 2025-01-03 2025-01-18", "uncertain"],
        ),
        ({"start": "2025-01-03?"}, ["uncertain", "MOMENT 2025-01-03 2025-01-04", "uncertain"]),
        ({"start": "TBC"}, []),
        ({"start": "TBC", "end": "2028"}, []),
        (
            {"start": "2025-01-06", "rrule": "FREQ=WEEKLY;COUNT=2"},
            ["MOMENT 2025-01-06 2025-01-07", "MOMENT 2025-01-13 2025-01-14"],
        ),
        (
            {"start": "2025-01-06", "rrule": "FREQ=YEARLY"},
            [f"MOMENT {year}-01-06 {year}-01-07" for year in (2025, 2026, 2027)] + ["goes on"],
        ),
    ],
)
def test_stretches_say_how_well_a_date_is_known(keys: dict[str, str], expected: list[str]) -> None:
    extent = event_extent(event_with(**keys), "Asia/Riyadh")
    words = []
    if extent is not None:
        stretches = [
            f"{stretch.kind.name} {_day(stretch.first)} {_day(stretch.last)}"
            for stretch in extent.stretches
        ]
        words = [extent.begins.words] * bool(extent.begins)
        words += stretches
        words += [extent.ends.words] * bool(extent.ends)
        words += ["goes on"] * extent.goes_on + ["may go on"] * extent.may_go_on
    assert words == expected


def _day(second: int) -> date:
    return date.fromordinal(second // DAY)


def test_times_lie_on_the_clock_of_the_calendar() -> None:
    extent = event_extent(event_with(start='"2025-01-03T09:00[Europe/London]"'), "Asia/Riyadh")
    assert extent is not None
    assert extent.first == date(2025, 1, 3).toordinal() * DAY + 12 * 3600


def test_a_span_over_a_clock_change_keeps_its_direction() -> None:
    event = event_with(
        start='"2025-10-26T02:45+02:00[Europe/Berlin]"',
        end='"2025-10-26T02:15+01:00[Europe/Berlin]"',
    )
    extent = event_extent(event, "Europe/Berlin")
    assert extent is not None
    assert extent.first < extent.last


def test_a_rule_without_an_end_reaches_as_far_as_the_other_events() -> None:
    calendar = calendar_of(
        "  - {id: a, summary: A, start: 2025-01-03, end: 2025-02-05}\n"
        "  - {id: b, summary: B, start: 2025-01-06T10:00, duration: 1 hour, rrule: FREQ=WEEKLY}\n"
        "  - {id: c, summary: C, start: 2025-01-10, rrule: FREQ=DAILY;COUNT=3}\n"
        "  - {id: d, summary: D, start: 2026-01-10, rrule: FREQ=YEARLY}\n"
    )
    extents = event_extents(calendar.events, "Asia/Riyadh")
    days = {
        name: [date.fromordinal(stretch.first // DAY) for stretch in extent.stretches]
        for name, extent in extents.items()
        if extent
    }
    assert days["b"] == [date(2025, 1, 6) + timedelta(weeks=week) for week in range(5)]
    assert days["d"] == [date(2026, 1, 10)]
    assert len(days["c"]) == 3


@pytest.mark.parametrize("rule", ["FREQ=DAILY;COUNT=3000", "FREQ=DAILY;UNTIL=20330319"])
def test_a_rule_of_very_many_instances_is_drawn_to_its_end(rule: str) -> None:
    extent = event_extent(event_with(start="2025-01-01", rrule=rule), "UTC")
    assert extent is not None
    assert date.fromordinal(extent.last // DAY) == date(2025, 1, 1) + timedelta(days=3000)


def test_the_latest_rule_without_an_end_has_a_diagram() -> None:
    extent = event_extent(event_with(start="9998-12-30", rrule="FREQ=DAILY"), "UTC")
    assert extent is not None
    assert len(extent.stretches) == 2


def test_an_instance_that_is_cancelled_is_not_drawn_and_a_moved_one_where_it_is() -> None:
    extent = event_extent(
        event_with(
            start="2025-01-06",
            rrule="FREQ=WEEKLY;COUNT=3",
            overrides="\n      - {recurrence-id: 2025-01-13, status: cancelled}"
            "\n      - {recurrence-id: 2025-01-20, start: 2025-02-02}",
        ),
        "UTC",
    )
    assert extent is not None
    days = [date.fromordinal(stretch.first // DAY) for stretch in extent.stretches]
    assert days == [date(2025, 1, 6), date(2025, 2, 2)]
