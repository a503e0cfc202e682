"""What is worth a look, and above all what is not: mistaken warnings teach to read none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.loading import codes_of, file_text
from support.paths import ROOT
from timeline.cli import init
from timeline.compiler.pipeline import load

if TYPE_CHECKING:
    from pathlib import Path


def codes(*events: str, top: str = "") -> list[str]:
    return codes_of(file_text(*events, top=top))


def dated(*starts: str) -> list[str]:
    return codes(*(f"id: e{at}, summary: E {at}, start: {one}" for at, one in enumerate(starts)))


def test_the_founding_timeline_and_the_starter_have_nothing_odd(tmp_path: Path) -> None:
    assert load(str(ROOT / "events.yaml")).diagnostics == []
    for path, content in init.starter_files(tmp_path).items():
        path.write_bytes(content)
    assert load(str(tmp_path / "events.yaml")).diagnostics == []


def test_a_file_with_an_error_is_not_weighed() -> None:
    long = f"id: long, summary: {'x' * 121}, start: 2025"
    assert codes(long) == ["long-summary"]
    assert codes(long, "id: wrong, summary: W, start: 2025-02-30") == ["no-such-date"]


# far-date


@pytest.mark.parametrize("year", ["2205", "2052", "2125", "3025", "0225", "0025", "2205-01"])
def test_a_slip_of_the_fingers_is_told(year: str) -> None:
    assert dated("2024", "2025-01-03", "2025-Q2", "2026", year) == ["far-date"]


@pytest.mark.parametrize(
    "starts",
    [
        ["2205", "2025", "2025"],  # too few to say what is usual
        ["1914-07", "1914-08", "1918", "1815"],  # a century before, as jubilees are
        ["1924", "1925", "1926", "1952"],  # swapped digits, but history
        ["1025", "2024", "2025", "2026"],  # a thousand years of something
        ["1928", "2024", "2025", "2026"],  # the founding of a company
        ["2024", "2025", "2026", "2035"],  # plans
        ["2024", "2025", "2026", "2050"],
        ["2024", "2025", "2026", "2084"],  # far, but no slip
        ["2024", "2025", "2026", "220X"],
        ["1066", "1492", "1776", "1914", "2025"],
        ["0500", "0732", "0800", "1066", "2025"],
        ["2024", "2025", "2026", "2205", "2206"],  # two of them are a part of it
    ],
)
def test_a_lonely_year_is_not_a_mistake(starts: list[str]) -> None:
    assert dated(*starts) == []


def test_an_event_is_told_of_once_and_what_follows_from_it_is_not() -> None:
    near = [f"id: n{year}, summary: N {year}, start: {year}" for year in (2024, 2025, 2026)]
    far = "id: far, summary: Far, start: 2205-01-03, end: 2205-01-05"
    assert codes(*near, far, "id: after, summary: After, start: far.end + 1 day") == ["far-date"]


# same-event


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("summary: GALA, start: 2025-01-03T20:00", True),
        ("summary: Gala, start: '2025-01-03T19:00Z'", True),
        ("summary: Gala, start: 2025-01-03T20:00, end: 2025-01-03T22:00", False),
        ("summary: Gala, start: 2025-01-03", False),
        ("summary: Gala 2, start: 2025-01-03T20:00", False),
        ("summary: Gala, start: 2025-01-03T20:00, location: Bisha", False),
        ("summary: Gala, start: 2025-01-03T20:00, status: cancelled", False),
        ("summary: Gala, start: 2025-01-03T20:00, rrule: FREQ=YEARLY", False),
    ],
)
def test_events_are_the_same_if_nobody_could_tell_them_apart(other: str, same: bool) -> None:
    found = codes("id: a, summary: Gala, start: 2025-01-03T20:00", f"id: b, {other}")
    assert found == (["same-event"] if same else [])


def test_events_without_a_date_are_not_compared() -> None:
    assert dated("TBC") == []
    assert codes("id: a, summary: A, start: TBC", "id: b, summary: A, start: TBC") == []


# missing-source


@pytest.mark.parametrize(
    ("having", "without", "told"),
    [(2, 0, 0), (2, 1, 0), (3, 1, 0), (4, 1, 1), (7, 2, 0), (8, 2, 2)],
)
def test_sources_are_missed_where_most_events_have_one(
    having: int, without: int, told: int
) -> None:
    events = [
        f"id: e{at}, summary: E {at}, start: 2025" + ", sources: [{title: T}]" * (at < having)
        for at in range(having + without)
    ]
    assert codes(*events) == ["missing-source"] * told


# long-summary, url-scheme


def test_a_title_of_120_characters_is_not_long() -> None:
    assert codes(f"id: a, summary: {'é' * 120}, start: 2025") == []
    assert codes(f"id: a, summary: {'é' * 121}, start: 2025") == ["long-summary"]


@pytest.mark.parametrize("url", ["https://x.org", "http://x.org", "HTTPS://x.org"])
def test_addresses_on_the_web_are_fine(url: str) -> None:
    assert codes(f"id: a, summary: A, start: 2025, url: '{url}'") == []


@pytest.mark.parametrize(
    "where",
    ["url: '{}'", "sources: [{{url: '{}'}}]", "image: [{{url: '{}'}}]", "attach: [{{url: '{}'}}]"],
)
def test_other_addresses_are_told_wherever_a_page_is_meant(where: str) -> None:
    event = f"id: a, summary: A, start: 2025, {where.format('ftp://x.org/a')}"
    assert codes(event) == ["url-scheme"]
    call = "conference: [{url: 'tel:+359-2-123-4567'}]"
    assert codes(f"id: a, summary: A, start: 2025, {call}") == []


# A start in the hours of a clock change is the reader of dates' to tell, not one of these rules.


def test_a_start_in_the_hours_of_a_clock_change_is_told() -> None:
    assert dated("2025-03-30T02:30") == ["skipped-time"]
    assert dated("2025-10-26T02:30") == ["repeated-time"]
    assert dated("2025-03-30T01:30") == []


# uneven-rule


@pytest.mark.parametrize(
    ("start", "rule"),
    [
        ("2024-02-29", "FREQ=YEARLY"),
        ("2025-01-31", "FREQ=YEARLY;BYMONTH=1,2"),
        ("2025-01-31", "FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=31"),
        ("2025-04-03", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=3,31"),
        ("2025-02-28", "FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=-1,28"),
        ("2025-02-28", "FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=-4,-1"),
        ("2025-01-03", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=FR"),
        ("2025-01-03", "FREQ=YEARLY;BYDAY=FR;BYSETPOS=1"),
        ("2025-01-03", "FREQ=YEARLY;BYDAY=1FR,-1FR"),
        ("2025-01-03", "FREQ=MONTHLY;BYMONTHDAY=3,10;BYSETPOS=1"),
        ("2025-01-03", "FREQ=MONTHLY;BYMONTH=1,6;INTERVAL=5"),
        ("2025-01-03T09:00", "FREQ=MONTHLY;BYDAY=1FR;BYHOUR=9,17"),
        ("2025-03-28T02:30", "FREQ=DAILY;COUNT=3"),
        ("2025-10-24T02:30", "FREQ=DAILY;COUNT=3"),
        ("2025-03-01T09:00", "FREQ=DAILY;BYHOUR=2,9"),
        ("2025-03-29T22:00", "FREQ=HOURLY;COUNT=10"),
    ],
)
def test_a_rule_that_apps_read_differently_is_told(start: str, rule: str) -> None:
    assert codes(f"id: a, summary: A, start: {start}, rrule: '{rule}'") == ["uneven-rule"]


@pytest.mark.parametrize(
    ("start", "rule"),
    [
        ("2024-02-29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
        ("2025-01-31", "FREQ=MONTHLY"),
        ("2025-01-31", "FREQ=MONTHLY;BYMONTH=1,2;BYMONTHDAY=31"),
        ("2025-04-03", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=3,30"),
        ("2025-02-28", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("2025-01-03", "FREQ=YEARLY;BYMONTH=1;BYDAY=FR;BYSETPOS=1"),
        ("2025-01-03", "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=1"),
        ("2025-01-03T09:00", "FREQ=DAILY;BYHOUR=9,17"),
        ("2025-03-28T02:30", "FREQ=DAILY;COUNT=2"),  # over before the clocks change
        ("2025-03-29T22:00", "FREQ=HOURLY;COUNT=2"),
        ("2025-03-01T02:30", "FREQ=WEEKLY"),  # a Saturday, and they change on Sundays
        ("2025-03-29T22:00Z", "FREQ=HOURLY;COUNT=10"),
        ("2025-03-29T02:30[Asia/Riyadh]", "FREQ=DAILY"),
    ],
)
def test_a_rule_that_all_apps_read_alike_is_not(start: str, rule: str) -> None:
    assert codes(f"id: a, summary: A, start: '{start}', rrule: '{rule}'") == []


def test_a_time_that_clocks_show_twice_may_be_excepted_but_not_one_that_they_skip() -> None:
    head = "id: a, summary: A, rrule: FREQ=DAILY"
    twice = f"{head}, start: 2025-10-24T02:30, exdate: [2025-10-26]"
    assert codes(twice.replace("DAILY", "DAILY;COUNT=5")) == []
    skipped = f"{head}, start: 2025-03-28T02:30, exdate: [2025-03-30]"
    assert codes(skipped.replace("DAILY", "DAILY;COUNT=5")) == ["uneven-rule"]


NIGHT = "id: a, summary: A, start: 2027-10-29T22:00, end: 2027-10-30T05:00"


@pytest.mark.parametrize(
    ("event", "is_told"),
    [
        (f"{NIGHT}, rrule: FREQ=DAILY;COUNT=3", True),
        (f"{NIGHT}, rdate: [2027-10-30T22:00]", True),
        (f"{NIGHT}, rrule: FREQ=DAILY;COUNT=1", False),  # no other
        (f"{NIGHT}, rrule: FREQ=WEEKLY", False),  # on Fridays, and they change on Sundays
        (f"{NIGHT}, rrule: FREQ=DAILY;COUNT=3, exdate: [2027-10-30]", False),
        (f"{NIGHT[:-5]}23:30, rrule: FREQ=DAILY;COUNT=3".replace("10-30T", "10-29T"), False),
        ("id: a, summary: A, start: 2027-10-29T10:00, duration: 1 hour, rrule: FREQ=DAILY", False),
        # The first is the long one, and all others are not.
        (f"{NIGHT}, rrule: FREQ=DAILY;COUNT=2".replace("30T", "31T").replace("29T", "30T"), True),
    ],
)
def test_an_instance_that_lasts_over_a_change_of_the_clocks_is_told(
    event: str, is_told: bool
) -> None:
    assert codes(event) == ["uneven-rule"] * is_told


def test_an_override_says_when_the_instance_of_the_long_night_ends() -> None:
    end = "overrides: [{recurrence-id: 2027-10-30T22:00, end: 2027-10-31T05:00}]"
    assert codes(f"{NIGHT}, rrule: FREQ=DAILY;COUNT=3, {end}") == []
