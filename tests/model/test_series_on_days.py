"""What lies on a day is found: instances of several days, moved, excepted, in several zones."""

# ruff: noqa: RUF001 - spans have dashes

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from support.costs import count_calls
from support.loading import calendar_of, file_text
from timeline.dates import instance_key
from timeline.model.events import earliest, latest
from timeline.model.occurrences import (
    current_dates,
    dates_as_of,
    first_dates,
    instance_dates,
)
from timeline.model.outline import Tense, tense
from timeline.model.selection import Selection, select_events
from timeline.model.words.spans import when_words
from timeline.model.words.wording import PLAIN_ENGLISH

if TYPE_CHECKING:
    from timeline.model.events import Calendar, When

JANUARY = [date(2027, 1, 1) + timedelta(days=number) for number in range(60)]


def calendar(*events: str, zone: str = "Europe/Berlin") -> Calendar:
    top = f"calendar: {{id: x.org, name: X, timezone: {zone}}}\n"
    return calendar_of(file_text(*events, calendar=top))


def days_selected(event: str, zone: str = "Europe/Berlin") -> set[int]:
    """Return the numbers of the days, counted from 1 January 2027, on which an event is found."""
    resolved = calendar(f"id: a, summary: A, {event}", zone=zone)
    return {
        number
        for number, day in enumerate(JANUARY, start=1)
        if select_events(resolved, Selection(first=day, last=day)).events
    }


WEEKLY = "start: 2027-01-04, duration: 3 days, rrule: FREQ=WEEKLY;COUNT=2"
YEARLY = "start: 2027-01-11, rrule: FREQ=YEARLY"
THRICE = WEEKLY.replace("COUNT=2", "COUNT=3")
NOON = "start: 2027-01-04T12:00, rrule: FREQ=WEEKLY;COUNT=2"
EVENING = "2027-01-20T20:00[America/New_York]"
FLIGHT = 'start: "2027-01-05T00:30[Asia/Tokyo]", end: "2027-01-04T17:30[America/Los_Angeles]"'


@pytest.mark.parametrize(
    ("event", "days"),
    [
        (WEEKLY, {4, 5, 6, 11, 12, 13}),
        (f"{WEEKLY}, rdate: [2027-01-21]", {4, 5, 6, 11, 12, 13, 21, 22, 23}),
        (f"{WEEKLY}, exdate: [2027-01-11]", {4, 5, 6}),
        (f"{WEEKLY}, exdate: [2027-01-04]", {11, 12, 13}),
        (
            f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-11, start: 2027-02-01}}]",
            {4, 5, 6, 32, 33, 34},
        ),
        (
            f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-11, start: 2027-01-01}}]",
            {1, 2, 3, 4, 5, 6},
        ),
        (
            f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-11, duration: 5 days}}]",
            {4, 5, 6, 11, 12, 13, 14, 15},
        ),
        (
            f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-04, duration: 1 day}}]",
            {4, 11, 12, 13},
        ),
        # A cancelled instance is shown as cancelled, as a cancelled event is.
        (
            f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-11, status: cancelled}}]",
            {4, 5, 6, 11, 12, 13},
        ),
        ("start: 2027-01-04, rdate: [2027-01-08, 2027-02-02]", {4, 8, 33}),
        ("start: 2027-01-04T22:00, duration: 8 hours, rrule: FREQ=WEEKLY;COUNT=2", {4, 5, 11, 12}),
        ("start: 2027-01-04T22:00, rrule: FREQ=WEEKLY;COUNT=2", {4, 11}),
        ('start: "2027-01-04T20:00[America/New_York]", rrule: FREQ=WEEKLY;COUNT=2', {4, 5, 11, 12}),
        ("start: 2027-01-04T23:30Z, rrule: FREQ=WEEKLY;COUNT=2", {5, 12}),
        (
            f'{NOON}, rdate: ["{EVENING}"]',
            {4, 11, 20, 21},
        ),
        (
            f'{NOON}, overrides: [{{recurrence-id: 2027-01-11, start: "{EVENING}"}}]',
            {4, 20, 21},
        ),
        (
            f"{FLIGHT}, rrule: FREQ=WEEKLY;COUNT=2",
            {4, 5, 11, 12},
        ),
        ("start: 2027-01-04, duration: 2 days, rrule: FREQ=MONTHLY", {4, 5, 35, 36}),
        ("start: 1990-01-04, end: 1990-01-05, rrule: FREQ=YEARLY", {4, 5}),
        ("start: 1990-01-04, rrule: FREQ=DAILY;INTERVAL=3650", set()),
        ("start: 2027-02-02, end: 2027-02", set(range(33, 60))),
        ("start: 2027-02-02, end: TBC", set(range(33, 61))),
        ("start: TBC, end: 2027-02-02", set()),
    ],
)
def test_an_event_is_found_on_the_days_of_its_instances(event: str, days: set[int]) -> None:
    assert days_selected(event) == days


def test_a_child_is_found_without_its_parent_and_a_parent_without_its_children() -> None:
    resolved = calendar(
        "id: p, summary: P, start: 2027-01-04, end: 2027-01-20, events: ["
        "{id: c, summary: C, start: 2027-01-05, duration: 2 days, rrule: FREQ=WEEKLY;COUNT=2}]"
    )
    for first, last, ids in (("05", "05", "pc"), ("13", "13", "pc"), ("14", "20", "p")):
        selection = Selection(first=date(2027, 1, int(first)), last=date(2027, 1, int(last)))
        assert "".join(event.id for event in select_events(resolved, selection).events) == ids


ZONES = ("Europe/Berlin", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati", "UTC")
MOMENTS = st.builds("2027-{:02}-{:02}T{:02}:00".format, *map(st.integers, (1, 1, 0), (2, 20, 23)))


@st.composite
def series(draw: st.DrawFn) -> str:
    """Return a series with exceptions, with times in several zones or with days."""
    is_timed = draw(st.booleans())
    zone = draw(st.sampled_from(ZONES))

    def moment(place: str = zone) -> str:
        text = draw(MOMENTS)
        return f'"{text}[{place}]"' if is_timed else text[:10]

    start = "2027-01-04T22:00" if is_timed else "2027-01-04"
    start = f'"{start}[{zone}]"' if is_timed else start
    unit = "hours" if is_timed else "days"
    length = draw(st.integers(1, 60 if is_timed else 6))
    rule = draw(st.sampled_from(["DAILY;INTERVAL=3", "WEEKLY;COUNT=3", "WEEKLY", "DAILY;COUNT=5"]))
    rdate = [moment(draw(st.sampled_from(ZONES))) for _ in range(draw(st.integers(0, 2)))]
    offsets = {"DAILY;INTERVAL=3": (0, 3, 6), "DAILY;COUNT=5": (0, 1, 4)}.get(rule, (0, 7, 14))
    days = [f"2027-01-{4 + offset:02}" for offset in offsets]
    excepted = draw(st.sets(st.sampled_from(days), max_size=1))
    changed = []
    for day in draw(st.sets(st.sampled_from([day for day in days if day not in excepted]))):
        new = moment(draw(st.sampled_from(ZONES)))
        status = draw(st.sampled_from(["", ", status: cancelled"]))
        changed.append(f"{{recurrence-id: {day}, start: {new}{status}}}")
    return (
        f"start: {start}, duration: {length} {unit}, rrule: FREQ={rule}, "
        f"rdate: [{', '.join(rdate)}], exdate: [{', '.join(sorted(excepted))}], "
        f"overrides: [{', '.join(changed)}]"
    ).replace("rdate: [], ", "")


@given(series(), st.sampled_from(ZONES), st.integers(0, 59), st.integers(0, 4))
@example(f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-04, start: 2027-02-20}}]", "UTC", 9, 0)
def test_days_have_the_instances_of_a_plain_search(
    text: str, zone: str, number: int, length: int
) -> None:
    resolved = calendar(f"id: a, summary: A, {text}", zone=zone)
    (event,) = resolved.events
    assert event.recurrence is not None
    first = JANUARY[number]
    last = first + timedelta(days=length)
    changed = {instance_key(override.recurrence_id): override for override in event.overrides}
    lasting = [override.event.when for override in event.overrides]
    taking_place = [
        override.event.when for override in event.overrides if override.event.status is None
    ]
    for moment in event.recurrence.instances(last=date(2027, 6, 1)):
        if instance_key(moment) not in changed:
            lasting.append(instance_dates(event.when, moment))  # type: ignore[arg-type]
            taking_place.append(lasting[-1])
    is_on = any(is_on_days(dates, zone, first, last) for dates in lasting)
    assert bool(select_events(resolved, Selection(first=first, last=last)).events) == is_on

    def start(dates: object) -> date:
        begins = dates.start  # type: ignore[attr-defined]
        return instance_key(begins) if hasattr(begins, "utc") else begins.earliest

    left = [dates for dates in taking_place if latest(dates, zone) >= first]  # type: ignore[operator]
    current = current_dates(event, first, zone)
    if left:
        assert start(current) == min(map(start, left))
    else:
        assert tense(current, first, zone) is not Tense.FUTURE
    if taking_place:
        assert start(first_dates(event)) == min(map(start, taking_place))
    among = [dates for dates in taking_place if is_on_days(dates, zone, first, last)]
    for day in (first - timedelta(days=9), first, last, last + timedelta(days=9)):
        current = current_dates(event, day, zone, first, last)
        left = [dates for dates in among if latest(dates, zone) >= day]  # type: ignore[operator]
        if left:
            assert start(current) == min(map(start, left))
        elif among:
            assert latest(current, zone) == max(latest(dates, zone) for dates in among)  # type: ignore[type-var]
        else:
            assert current == current_dates(event, day, zone)


def is_on_days(dates: When, zone: str, first: date, last: date) -> bool:
    begin, end = earliest(dates, zone), latest(dates, zone)
    assert begin is not None
    assert end is not None
    return begin <= last and end >= first


@pytest.mark.parametrize(
    ("event", "day", "expected"),
    [
        (THRICE, "2026-12-01", "11–13 January 2027"),
        (THRICE, "2027-01-12", "11–13 January 2027"),
        (THRICE, "2027-01-14", "18–20 January 2027"),
        (THRICE, "2030-01-01", "18–20 January 2027"),
        # Of the instances on the days, those that take place count.
        (
            f"{THRICE}, overrides: [{{recurrence-id: 2027-01-18, status: cancelled}}]",
            "2030-01-01",
            "11–13 January 2027",
        ),
        (f"{THRICE}, exdate: [2027-01-11]", "2027-01-01", "18–20 January 2027"),
        (
            f"{THRICE}, overrides: [{{recurrence-id: 2027-01-04, start: 2027-01-19}}]",
            "2030-01-01",
            "19–21 January 2027",
        ),
        # If none does, those of the whole series count.
        (
            f"{YEARLY}, overrides: [{{recurrence-id: 2027-01-11, status: cancelled}}]",
            "2026-01-01",
            "11 January 2028",
        ),
    ],
)
def test_the_current_dates_are_those_of_an_instance_on_the_selected_days(
    event: str, day: str, expected: str
) -> None:
    resolved = calendar(f"id: a, summary: A, {event}")
    selected = select_events(resolved, Selection(first=date(2027, 1, 7), last=date(2027, 1, 20)))
    dates = dates_as_of(selected, date.fromisoformat(day))
    assert {name: when_words(when, PLAIN_ENGLISH) for name, when in dates.items()} == {
        "a": expected
    }


def test_a_day_long_after_the_start_costs_what_one_near_it_does() -> None:
    for rule in ("SECONDLY", "MINUTELY", "DAILY"):
        rrule = f"FREQ={rule};UNTIL=99980101T000000Z"
        resolved = calendar(f"id: a, summary: A, start: 1900-01-01T00:00Z, rrule: {rrule}")
        (event,) = resolved.events

        def search(year: int) -> None:
            day = date(year, 6, 1)
            assert select_events(resolved, Selection(first=day, last=day)).events  # noqa: B023
            current = current_dates(event, day, "Europe/Berlin")  # noqa: B023
            assert tense(current, day, "Europe/Berlin") is Tense.NOW

        search(1901)
        near, far = (count_calls(lambda year=year: search(year)) for year in (1901, 9000))  # type: ignore[misc]
        assert far < near + 500, (rule, near, far)


@pytest.mark.parametrize(
    ("event", "day", "expected"),
    [
        # The first instance is moved to after the second.
        (
            f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-04, start: 2027-02-20}}]",
            "2027-01-05",
            "11–13 January 2027",
        ),
        (
            f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-04, start: 2027-02-20}}]",
            "2027-06-01",
            "20–22 February 2027",
        ),
        (
            f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-04, duration: 30 days}}]",
            "2027-01-20",
            "4 January – 2 February 2027",
        ),
        (
            "start: 2027-01-04~, rrule: FREQ=WEEKLY, exdate: [2027-01-11]",
            "2027-01-06",
            "about 18 January 2027",
        ),
    ],
)
def test_the_current_dates_are_the_first_in_time_that_are_left(
    event: str, day: str, expected: str
) -> None:
    (resolved,) = calendar(f"id: a, summary: A, {event}").events
    assert when_words(current_dates(resolved, date.fromisoformat(day)), PLAIN_ENGLISH) == expected
