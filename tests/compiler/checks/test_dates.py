"""Checks of dates: a child within its parent, and an end after its start."""

from __future__ import annotations

import pytest

from support.loading import codes_of, event_codes, file_text, load_text
from timeline.diagnostics import At

STAGE = "id: stage, summary: Stage, start: 2025-01-03T09:00, end: 2025-01-03T17:00"


@pytest.mark.parametrize(
    "child",
    [
        "start: 2025-01-03T09:00",
        "start: 2025-01-03T12:00",
        "start: 2025-01-03T12:00, end: 2025-01-03T13:00",
        "start: 2025-01-03T09:00, end: 2025-01-03T17:00",
        "start: 2025-01-03T17:00",
    ],
)
def test_a_timed_child_within_a_timed_parent_has_no_diagnostic(child: str) -> None:
    assert event_codes(f"{STAGE}, events: [{{id: child, summary: Child, {child}}}]") == []


@pytest.mark.parametrize(
    "child",
    [
        "start: 2025-01-03T08:59",
        "start: 2025-01-03T12:00, end: 2025-01-03T17:01",
        "start: 2025-01-03T17:01",
    ],
)
def test_a_timed_child_that_leaves_its_timed_parent_is_reported(child: str) -> None:
    codes = event_codes(f"{STAGE}, events: [{{id: child, summary: Child, {child}}}]")
    assert codes == ["outside-parent"]


def test_a_timed_parent_without_an_end_contains_its_own_start_only() -> None:
    point = "id: gala, summary: Gala, start: 2025-01-03T19:00"
    child = "id: toast, summary: Toast, start"
    assert event_codes(f"{point}, events: [{{{child}: 2025-01-03T19:00}}]") == []
    assert event_codes(f"{point}, events: [{{{child}: 2025-01-03T19:01}}]") == ["outside-parent"]


def test_dates_beside_a_refused_override_or_earlier_date_are_reported_in_their_place() -> None:
    series = "id: a, summary: A, start: 2025-01-03, rrule: FREQ=WEEKLY;COUNT=3"
    overrides = "[{recurrence-id: 2025-01-04}, {recurrence-id: 2025-01-10, end: 2025-01-09}]"
    refused, late = load_text(file_text(f"{series}, overrides: {overrides}")).diagnostics
    assert (refused.code, late.code) == ("no-such-instance", "end-before-start")
    assert late.at == At(("events", 0, "overrides", 1, "end"))
    was = "[{start: 2024-03-31T02:30}, {start: 2024-01-05, end: 2024-01-02}]"
    assert event_codes(f"id: a, summary: A, start: TBC, was: {was}") == ["skipped-time"]


IN_LOS_ANGELES = "id: p, summary: P, start: 2026-11-19, end: 2026-11-21"


@pytest.mark.parametrize(
    ("parent", "child", "is_outside"),
    [
        ("timezone: America/Los_Angeles", "start: 2026-11-22T04:00Z", False),  # the 21st there
        ("timezone: America/Los_Angeles", "start: 2026-11-22T08:00Z", True),
        ("timezone: America/Los_Angeles", "start: 2026-11-18T23:00-09:00", False),
        ("timezone: Asia/Tokyo", "start: 2026-11-18T16:00Z", False),  # the 19th there
        ("timezone: Asia/Tokyo", "start: 2026-11-18T09:00Z", True),
        ("timezone: Asia/Tokyo", "start: 2026-11-21T16:00Z", False),  # the 21st in Berlin
        ("timezone: Asia/Tokyo", "start: 2026-11-22T00:00+09:00", False),
        ("timezone: Asia/Tokyo", "start: 2026-11-22T09:00+09:00", True),
        # on the clock of its own place
        ("location: P", 'start: "2026-11-22T03:00[Asia/Tokyo]"', False),
        ("location: P", 'start: "2026-11-19T03:00[Asia/Tokyo]"', False),
        ("location: P", 'start: "2026-11-22T09:00[Asia/Tokyo]"', True),
        # the calendar is in Berlin
        ("location: P", "start: 2026-11-21T23:30Z", True),
        ("location: P", "start: 2026-11-18T23:30Z", False),
        ("location: P", "start: 2026-11-21T20:00Z, end: 2026-11-22T04:00Z", True),
        ("timezone: America/Los_Angeles", "start: 2026-11-21T20:00Z, duration: 8 hours", False),
    ],
)
def test_a_time_is_within_the_days_of_its_parent_in_its_zone_or_the_calendars(
    parent: str, child: str, is_outside: bool
) -> None:
    codes = event_codes(f"{IN_LOS_ANGELES}, {parent}, events: [{{id: c, summary: C, {child}}}]")
    assert codes == ["outside-parent"] * is_outside


@pytest.mark.parametrize(
    ("child", "is_outside"),
    [
        ("start: 2026-11-22T04:00Z", False),
        ("start: 2026-11-22T11:00Z", False),  # the 21st on the last islands
        ("start: 2026-11-22T13:00Z", True),
        ("start: 2026-11-18T11:00Z", False),
        ("start: 2026-11-18T09:00Z", True),
    ],
)
def test_without_a_zone_the_days_of_a_parent_may_be_anywhere(child: str, is_outside: bool) -> None:
    calendar = "calendar: {id: x.org, name: X}\n"
    event = f"{IN_LOS_ANGELES}, events: [{{id: c, summary: C, {child}}}]"
    assert codes_of(file_text(event, calendar=calendar)) == ["outside-parent"] * is_outside


@pytest.mark.parametrize(
    ("start", "is_outside"),
    [("2026-11-21", False), ("2026-11-22", True), ("2026-11-20", True), ("2026-11", False)],
)
def test_a_day_is_within_the_times_of_its_parent_in_its_zone(start: str, is_outside: bool) -> None:
    parent = "start: 2026-11-22T04:00Z, duration: 1 hour, timezone: America/Los_Angeles"
    calendar = "calendar: {id: x.org, name: X, timezone: America/Los_Angeles}\n"
    event = f"id: p, summary: P, {parent}, events: [{{id: c, summary: C, start: {start}}}]"
    assert codes_of(file_text(event, calendar=calendar)) == ["outside-parent"] * is_outside


@pytest.mark.parametrize(
    ("day", "time", "overlaps"),
    [
        ("start: 2026-11-21, timezone: America/Los_Angeles", "start: 2026-11-22T04:00Z", False),
        ("start: 2026-11-21, end: 2026-11-22", "start: 2026-11-22T04:00Z", True),
        ("start: 2026-11-22", "start: 2026-11-22T04:00Z", True),
        ("start: 2026-11-22", "start: 2026-11-21T23:30Z", True),  # the 22nd in Berlin
        ("start: 2026-11-21", "start: 2026-11-21T23:30Z", False),
        ("start: 2026-11-21", 'start: "2026-11-21T23:30[America/New_York]"', False),
        ("start: 2026-11-21", 'start: "2026-11-21T09:30[America/New_York]"', True),
    ],
)
def test_a_day_and_a_time_overlap_if_they_do_on_all_clocks(
    day: str, time: str, overlaps: bool
) -> None:
    top = "categories: {stage: {no-overlap: true}}\n"
    events = [
        f"id: e{at}, summary: E {at}, categories: [stage], {dates}"
        for at, dates in enumerate((day, time))
    ]
    assert event_codes(*events, top=top) == ["overlap"] * overlaps
    assert event_codes(*events[::-1], top=top) == ["overlap"] * overlaps
