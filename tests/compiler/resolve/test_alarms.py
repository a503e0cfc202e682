"""Alarms: when each of them triggers, and in which VEVENT it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.loading import file_text, load_text
from timeline.dates import Instant
from timeline.model.projection import project_event, projected_alarms

if TYPE_CHECKING:
    from timeline.compiler.pipeline import Loaded


def loaded(event: str) -> Loaded:
    return load_text(file_text(f"id: l, summary: L, {event}"))


def codes(event: str) -> list[str]:
    return [diagnostic.code for diagnostic in loaded(event).diagnostics]


def triggers(event: str) -> list[list[str]]:
    """Return for each VEVENT its triggers: the edge and the hours, or the time."""
    file = loaded(event)
    assert file.is_sound, file.diagnostics
    return [
        [
            str(alarm.trigger)
            if isinstance(alarm.trigger, Instant)
            else f"{alarm.related} {alarm.trigger.total_seconds() / 3600:g}"
            for alarm in projected_alarms(vevent)
        ]
        for vevent in project_event(file.calendar.events[0])
    ]


ALARMS = "alarms: [1 day before at 18:00, 1 day before end, 2026-12-01T09:00]"


def test_each_endpoint_of_a_long_span_has_the_reminders_before_it() -> None:
    days = f"start: 2027-01-01, end: 2027-06-30, {ALARMS}"
    assert triggers(f"{days}, long-spans: endpoints") == [
        ["START -6", "2026-12-01T09:00:00+01:00"],
        ["END -24"],
    ]
    assert triggers(days) == [["START -6", "END -24", "2026-12-01T09:00:00+01:00"]]


def test_the_last_moment_of_a_long_span_has_only_a_start_to_count_from() -> None:
    times = f"start: 2027-01-01T10:00, end: 2027-06-30T10:00, {ALARMS}, long-spans: endpoints"
    assert triggers(times) == [["START -16", "2026-12-01T09:00:00+01:00"], ["START -24"]]


def test_a_reminder_over_a_clock_change_is_of_the_endpoint_it_is_before() -> None:
    times = "start: 2027-01-01T10:00, end: 2027-03-28T10:00, long-spans: endpoints"
    assert triggers(f"{times}, alarms: [12 hours before end]") == [
        [],
        ["2027-03-27T20:00:00+00:00"],
    ]


@pytest.mark.parametrize(
    "when",
    [
        "start: 2027-01-04, end: ..",
        "start: 2027-01-04, end: TBC",
        "start: 2027-01-04, end: 2028",
        "start: 2027-01-04T10:00, end: TBC",
        "start: 2027-01-04T10:00, end: ..",
    ],
)
def test_nobody_is_reminded_of_an_end_that_is_not_known_to_the_day(when: str) -> None:
    event = f"{when}, alarms: [1 day before end, 1 hour before]"
    assert triggers(event) == [["START -1"]]
    assert codes(event) == ["alarm-without-day"]


@pytest.mark.parametrize(
    ("start", "alarm", "trigger"),
    [
        ("2027-03-28T10:00", "12 hours before", "2027-03-27T20:00:00+00:00"),
        ("2027-03-28T10:00", "1 day before at 22:00", "2027-03-27T21:00:00+00:00"),
        ("2027-03-28T10:00", "0 days before at 01:00", "2027-03-28T00:00:00+00:00"),
        ("2027-03-28T10:00", "1 day before", "2027-03-27T09:00:00+00:00"),
        ("2027-10-31T10:00", "24 hours before", "2027-10-30T09:00:00+00:00"),
        ("2027-10-31T10:00", "1 day before", "2027-10-30T08:00:00+00:00"),
        ("2027-03-28T10:00", "1 hour before", "START -1"),
        ("2027-03-29T10:00", "1 day before", "START -24"),
    ],
)
def test_days_keep_the_clock_and_hours_are_exact(start: str, alarm: str, trigger: str) -> None:
    assert triggers(f"start: '{start}', alarms: [{alarm}]") == [[trigger]]


def test_of_two_reminders_at_one_moment_there_is_one() -> None:
    more = "1 day before at 22:00, 11 hours before, '2027-03-27T22:00'"
    assert triggers(f"start: 2027-03-28T10:00, alarms: [{more}]") == [["2027-03-27T21:00:00+00:00"]]
    more = "1 day before at 18:00, 0 days before end at 18:00, 1 day before end at 18:00"
    assert triggers(f"start: 2027-01-04, alarms: [{more}]") == [["START -6", "END -6"]]


def test_an_instance_that_differs_has_its_own_reminder_over_a_clock_change() -> None:
    series = "start: 2027-03-20T10:00, rrule: FREQ=WEEKLY;COUNT=2"
    moved = "overrides: [{recurrence-id: 2027-03-27, start: 2027-03-28T10:00}]"
    alarms = "alarms: [12 hours before, 2027-03-01T09:00]"
    assert triggers(f"{series}, {moved}, {alarms}") == [
        ["START -12", "2027-03-01T09:00:00+01:00"],
        ["2027-03-27T20:00:00+00:00"],
    ]


@pytest.mark.parametrize("rule", ["", ", rrule: FREQ=DAILY;COUNT=2"])
@pytest.mark.parametrize("start", ["2027-01-04", "2027-01-04T10:00"])
def test_a_reminder_before_all_years_is_refused(start: str, rule: str) -> None:
    event = f"start: {start}{rule}, alarms: [999999 days before, 999999 days before at 10:00]"
    assert codes(event) == [
        "year-range",
        "year-range",
    ]
