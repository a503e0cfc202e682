"""The days of times: on the clocks of the calendar, and of their own place."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.loading import calendar_of, calendar_of_file, file_text
from support.paths import CASE_FILES
from timeline.formats.csv.options import CsvOptions
from timeline.formats.csv.table import render
from timeline.formats.terminal.page import render_terminal
from timeline.model.occurrences import current_dates
from timeline.model.outline import Tense, tense
from timeline.model.selection import Selection, select_events

if TYPE_CHECKING:
    from timeline.model.events import Calendar

LATE = "start: 2026-11-22T04:00Z"
"""20:00 on the 21st in Los Angeles."""

FLIGHT = 'start: "2026-11-22T00:30[Asia/Tokyo]", end: "2026-11-21T17:30[America/Los_Angeles]"'
"""It arrives on an earlier date than it departs."""

SERIES = f"{LATE}, duration: 1 hour, rrule: FREQ=WEEKLY;COUNT=3"


def calendar(event: str, zone: str | None = "America/Los_Angeles") -> Calendar:
    place = f", timezone: {zone}" if zone else ""
    top = f"calendar: {{id: x.org, name: X{place}}}\n"
    return calendar_of(file_text(f"id: a, summary: A, {event}", calendar=top))


@pytest.mark.parametrize(
    ("event", "zone", "days"),
    [
        (LATE, "America/Los_Angeles", {21}),
        (LATE, "Asia/Tokyo", {22}),
        (LATE, None, {22}),  # on its own clock
        ("start: 2026-11-22T04:00+00:00", "America/Los_Angeles", {21}),
        ('start: "2026-11-22T04:00Z[Europe/Berlin]"', "America/Los_Angeles", {21, 22}),
        (f"{LATE}, timezone: Europe/Berlin", "America/Los_Angeles", {21}),
        (FLIGHT, None, {21, 22}),
        (FLIGHT, "Asia/Tokyo", {21, 22}),
        (FLIGHT, "Europe/Berlin", {21, 22}),
        (f"{LATE}, end: 2026-11-23T04:00Z", "America/Los_Angeles", {21, 22}),
        (f"{LATE}, end: ..", "America/Los_Angeles", {21, 22, 23, 24}),
        ('start: "2026-11-21T23:00[Pacific/Kiritimati]"', "Pacific/Pago_Pago", {20, 21}),
        ('start: "2026-11-21T23:59[AoE]"', "America/Los_Angeles", {21, 22}),
        ('start: "2026-11-21T23:59[AoE]"', "Pacific/Kiritimati", {21, 22, 23}),
        ('start: "2026-11-21T09:00[AoE]"', "America/Los_Angeles", {21}),
        ('start: "2026-11-21T23:59[AoE]"', "AoE", {21}),
        (LATE, "AoE", {21}),
        (SERIES, "America/Los_Angeles", {21}),
        (SERIES, "Asia/Tokyo", {22}),
    ],
)
def test_filters_and_tenses_take_the_days_of_the_calendar_and_of_the_place(
    event: str, zone: str | None, days: set[int]
) -> None:
    for number in range(19, 25):
        day = date(2026, 11, number)
        resolved = calendar(event, zone)
        is_series = "rrule" in event and number > max(days)
        if not is_series:
            selected = select_events(resolved, Selection(first=day, last=day)).events
            assert bool(selected) == (number in days), number
        dates = current_dates(resolved.events[0], day, zone)
        is_now = tense(dates, day, zone) is Tense.NOW
        assert is_now == (number in days), number


@pytest.mark.parametrize(
    ("rule", "zone", "last"),
    [
        ("FREQ=DAILY;COUNT=3", "America/Los_Angeles", 23),
        ("FREQ=DAILY;COUNT=3", "Asia/Tokyo", 24),
        ("FREQ=DAILY;UNTIL=20261124T040000Z", "America/Los_Angeles", 23),
        ("FREQ=DAILY;BYHOUR=4,23;COUNT=6", "America/Los_Angeles", 24),
        ("FREQ=DAILY;BYHOUR=4,23;COUNT=6", "Asia/Tokyo", 25),
        ("FREQ=HOURLY;COUNT=49", "America/Los_Angeles", 23),
    ],
)
def test_the_last_instance_is_selected_on_its_day_in_the_calendar(
    rule: str, zone: str, last: int
) -> None:
    resolved = calendar(f"{LATE}, rrule: '{rule}'", zone)
    day = date(2026, 11, last)
    assert select_events(resolved, Selection(first=day)).events
    assert not select_events(resolved, Selection(first=day + timedelta(days=1))).events


def test_an_instance_of_a_series_takes_as_long_as_the_first() -> None:
    flights = calendar(f"{FLIGHT}, rrule: FREQ=WEEKLY;COUNT=3", None)
    dates = current_dates(flights.events[0], date(2026, 11, 28))
    assert tense(dates, date(2026, 11, 28)) is Tense.NOW  # it arrives
    assert tense(dates, date(2026, 11, 29)) is Tense.NOW  # it departs
    assert tense(dates, date(2026, 11, 30)) is Tense.PAST


@pytest.mark.parametrize(("day", "mark"), [(20, "○"), (21, "●"), (22, "·")])
def test_the_page_of_a_day_marks_a_time_by_the_days_of_the_calendar(day: int, mark: str) -> None:
    lines = render_terminal(
        calendar(LATE),
        as_of=date(2026, 11, day),
        next_=None,
        color=False,
        width=80,
        left_out=0,
    )
    assert any(line.strip().startswith(mark) for line in lines)


def rows(resolved: Calendar) -> list[dict[str, str]]:
    text = b"".join(render(resolved, CsvOptions())).decode()
    return list(csv.DictReader(text.splitlines(keepends=True)))


def test_a_row_has_the_day_of_arrival_as_its_earliest_if_that_is_before_the_departure() -> None:
    (row,) = rows(calendar(FLIGHT))
    assert (row["earliest"], row["latest"]) == ("2026-11-21", "2026-11-22")


def has_days_in_order(row: dict[str, str]) -> bool:
    return not (row["earliest"] and row["latest"]) or row["earliest"] <= row["latest"]


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.parent.name)
def test_the_earliest_day_of_no_row_of_a_case_is_after_the_latest(path: object) -> None:
    assert all(map(has_days_in_order, rows(calendar_of_file(path))))  # type: ignore[arg-type]


PLACES = ("Pacific/Kiritimati", "Asia/Tokyo", "Europe/Berlin", "America/Los_Angeles")
PLACES += ("Pacific/Pago_Pago", "UTC")


@given(
    st.integers(0, 1000),
    st.integers(1, 100),
    st.sampled_from(PLACES),
    st.sampled_from(PLACES),
    st.sampled_from(["", ", rrule: FREQ=WEEKLY;COUNT=2", ", rdate: [2027-01-30T12:00]"]),
)
def test_the_earliest_day_of_no_row_is_after_the_latest(
    day: int, hours: int, departure: str, arrival: str, rule: str
) -> None:
    start = datetime(2024, 1, 1, 12, tzinfo=ZoneInfo(departure)) + timedelta(days=day)
    end = (start.astimezone(UTC) + timedelta(hours=hours)).astimezone(ZoneInfo(arrival))
    first, last = (side.isoformat(timespec="minutes") for side in (start, end))
    event = f'start: "{first}[{departure}]", end: "{last}[{arrival}]"{rule}'
    assert all(map(has_days_in_order, rows(calendar(event))))
