"""Alarms: when each of them triggers, and in which VEVENT it is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from support.loading import file_text, load_text
from timeline.dates import Duration, Instant
from timeline.model.projection import project_event, projected_alarms
from timeline.model.words.wording import PLAIN_ENGLISH

if TYPE_CHECKING:
    from timeline.compiler.pipeline import Loaded
    from timeline.model.events import Event


HOUR = timedelta(hours=1)


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
        for vevent in project_event(file.calendar.events[0], PLAIN_ENGLISH)
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


@pytest.mark.parametrize(
    ("when", "alarm", "trigger"),
    [
        ("start: 2027-03-31", "1 month before", "START -744"),  # 28 February
        ("start: 2028-03-31", "1 month before", "START -744"),  # 29 February
        ("start: 2028-03-30", "1 month before", "START -720"),  # 29 February
        ("start: 2027-03-15", "1 month before", "START -672"),
        ("start: 2027-01-31", "2 months before", "START -1488"),  # 30 November
        ("start: 2028-02-29", "1 year before", "START -8784"),  # 28 February
        ("start: 2028-02-29", "4 years before", "START -35064"),
        ("start: 2027-03-31", "P1M1D before", "START -768"),  # a month, and then a day
        ("start: 2027-03-31", "P1Y1M before", "START -9504"),
        ("start: 2027-03-31", "1 month before at 18:00", "START -726"),
        ("start: 2027-03-31", "P1MT2H before", "START -746"),
        ("start: 2027-03-31~", "1 month before", "START -744"),
        ("start: 2027-03-01, end: 2027-03-30", "1 month before end", "END -720"),
        ("start: 2027-03-01, end: 2027-03-30", "1 month before end at 00:00", "END -744"),
        ("start: 2027-03-31", "1 month before end", "END -744"),  # the end of 28 February
        ("start: 2027-03-01, end: 2028", "1 month before", "START -672"),
        ("start: '2027-03-31T10:00Z'", "1 month before", "START -744"),
        ("start: '2027-03-31T10:00[AoE]'", "1 month before at 18:00", "START -736"),
        ("start: 2027-03-31T10:00", "1 month before", "2027-02-28T09:00:00+00:00"),
        ("start: 2027-02-28T10:00", "1 month before", "START -744"),
        ("start: 2027-04-28T02:30", "1 month before", "START -743"),  # 02:30 is skipped
        ("start: 2027-12-01T02:30", "P1M1D before", "2027-10-31T00:30:00+00:00"),  # shown twice
        (
            "start: 2027-02-28T10:00, end: 2027-03-31T10:00",
            "1 month before end at 09:00",
            "2027-02-28T08:00:00+00:00",
        ),
    ],
)
def test_months_and_years_are_counted_back_on_the_calendar(
    when: str, alarm: str, trigger: str
) -> None:
    assert triggers(f"{when}, alarms: [{alarm}]") == [[trigger]]


LENGTHS = st.builds(Duration, years=st.integers(0, 9), months=st.integers(0, 30))


@given(st.dates(date(1999, 1, 1), date(2040, 1, 1)), st.integers(0, 40), LENGTHS)
def test_a_reminder_rings_on_the_day_that_dateutil_has(
    start: date, more: int, length: Duration
) -> None:
    end = start + timedelta(days=more)
    before = relativedelta(years=length.years, months=length.months)
    text = f"P{length.years}Y{length.months}M before"
    event = f"start: {start}, end: {end}, alarms: [{text}, {text} end at 07:30]"
    first = datetime.combine(start - before, time()) - datetime.combine(start, time())
    last = datetime.combine(end - before, time(7, 30)) - datetime.combine(end, time())
    hours = [f"START {first / HOUR:g}", f"END {last / HOUR - 24:g}"]
    at_one_time = start - before == end - before and first == last
    assert triggers(event) == [hours[:1] if at_one_time else hours]


@pytest.mark.parametrize("rule", ["rrule: FREQ=YEARLY;COUNT=2", "rdate: [2027-09-30]"])
@pytest.mark.parametrize("alarm", ["1 month before", "P1Y before end", "2 months before at 09:00"])
def test_a_series_has_no_reminder_without_a_fixed_length(rule: str, alarm: str) -> None:
    event = f"start: 2027-03-31, {rule}, alarms: [1 day before, {alarm}]"
    (diagnostic,) = loaded(event).diagnostics
    assert diagnostic.code == "alarm-syntax"
    assert diagnostic.message.startswith(f"`{alarm.partition(' before')[0]}` has no fixed length")


@pytest.mark.parametrize("start", ["2027-03", "2027", "TBC", "between 2027-03-01 and 2027-03-31"])
def test_months_before_a_day_that_is_not_known_wait_for_it(start: str) -> None:
    assert codes(f"start: {start}, alarms: [1 month before]") == ["alarm-without-day"]


def test_a_category_has_months_for_its_events_that_happen_once() -> None:
    top = "categories: {k: {alarms: [1 month before]}}\n"
    once = "id: a, summary: A, start: 2027-03-31, categories: [k]"
    often = "id: b, summary: B, start: 2027-03-31, categories: [k], rrule: FREQ=DAILY;COUNT=2"
    event = load_text(file_text(once, top=top)).calendar.events[0]
    assert [alarm.trigger for alarm in event.alarms] == [timedelta(days=-31)]
    (diagnostic,) = load_text(file_text(once, often, often.replace("b", "c"), top=top)).diagnostics
    assert diagnostic.code == "alarm-syntax"
    assert [note.message for note in diagnostic.notes] == ["`b` recurs"]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        # Before a time: at a time, whatever clocks do.
        ("start: 2027-01-03T09:00, end: 2027-01-17, alarms: [1 day before]", "2027-01-02T08:00"),
        ("start: 2027-01-03T09:00, end: 2027, alarms: [2 hours before]", "2027-01-03T06:00"),
        (
            "start: 2027-01-03T09:00, end: 2027-01-17, alarms: [1 day before at 18:00]",
            "2027-01-02T17:00",
        ),
        (
            "start: 2027-01-03, end: 2027-01-17T18:00, alarms: [1 hour before end]",
            "2027-01-17T16:00",
        ),
        ("start: 2027-03-28T10:00, end: 2027-04-01, alarms: [1 day before]", "2027-03-27T09:00"),
        ("start: 2027-03-28T10:00, end: 2027-04-01, alarms: [24 hours before]", "2027-03-27T08:00"),
        ("start: 2027-03-31T10:00, end: 2027-04-01, alarms: [1 month before]", "2027-02-28T09:00"),
        ("start: 2027-01-03T09:00~, end: 2027-01-17, alarms: [1 day before]", "2027-01-02T08:00"),
        (
            "start: 2027-01-03T09:00, end: 2027-01-17, alarms: [2027-01-01T09:00]",
            "2027-01-01T08:00",
        ),
    ],
)
def test_before_a_time_of_a_mixed_span_a_reminder_is_at_a_time(event: str, expected: str) -> None:
    vevents = project_event(only(event), PLAIN_ENGLISH)
    ((alarm,),) = [list(projected_alarms(vevent)) for vevent in vevents]
    assert isinstance(alarm.trigger, Instant)
    assert alarm.trigger.utc.isoformat(timespec="minutes").startswith(expected)


def only(event: str) -> Event:
    file = loaded(event)
    assert file.is_sound, file.diagnostics
    return file.calendar.events[0]


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        # Before a day: a duration, as of an all-day event.
        ("start: 2027-01-03T09:00, end: 2027-01-17, alarms: [2 hours before end]", [["END -2"]]),
        ("start: 2027-01-03, end: 2027-01-17T18:00, alarms: [1 day before]", [["START -24"]]),
        ("start: 2027-01-03T09:00, end: 2028, alarms: [1 day before end]", [[]]),
        ("start: 2027-01-03T09:00~, alarms: [1 hour before]", [["START -1"]]),
    ],
)
def test_before_a_day_of_a_mixed_span_a_reminder_counts_from_the_days(
    event: str, expected: list[list[str]]
) -> None:
    assert triggers(event) == expected


def test_a_mixed_span_has_no_reminders_while_its_start_is_not_known() -> None:
    event = "start: 2027-01, end: 2027-01-17T18:00, alarms: [1 day before, 1 hour before end]"
    assert codes(event) == ["alarm-without-day"]
    assert triggers(event) == [[]]


def test_each_endpoint_of_a_mixed_span_has_the_reminders_before_it() -> None:
    dates = "start: 2027-01-03T09:00, end: 2027-12-17, long-spans: endpoints"
    first, last = triggers(f"{dates}, alarms: [1 day before, 1 day before end]")
    assert first == ["2027-01-02T08:00:00+00:00"]
    assert last == ["END -24"]
