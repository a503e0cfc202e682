"""The working days of the calendar: weekdays, days off, and how many there may be."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import jsonschema
import pytest

from support.loading import codes_of, load_text
from timeline._limits import MAX_DAYS_OFF
from timeline.compiler.schema.json_schema import events_file_schema
from timeline.compiler.schema.validator import read_timeline
from timeline.compiler.schema.working_days import WEEKDAYS, read_weekdays
from timeline.dates import parse_start
from timeline.diagnostics import Refusal

WEEK = ["sun", "mon", "tue", "wed", "thu"]


def file_with(week: object, off: object = ()) -> str:
    week, off = (repr(value).replace("'", "") for value in (week, list(off)))
    calendar = f"{{id: x.org, name: X, working-days: {{week: {week}, off: {off}}}}}"
    return f"calendar: {calendar}\nevents: []\n"


def data_with(working_days: object) -> dict[str, Any]:
    calendar = {"id": "x.org", "name": "X", "working-days": working_days}
    return {"calendar": calendar, "events": []}


def test_weekdays_are_numbered_from_monday_on() -> None:
    entry = read_timeline(data_with({"week": ["sun", "mon"]})).calendar.working_days
    assert entry is not None
    assert (entry.week, entry.off) == ((6, 0), None)
    assert WEEKDAYS == ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("Monday", "mon"),
        ("MON", "mon"),
        ("mo", "mon"),
        ("Tues.", "tue"),
        ("mon-fri", "mon tue wed thu fri"),
        ("Mon \N{EN DASH} Fri", "mon tue wed thu fri"),
        ("mon..fri", "mon tue wed thu fri"),
        ("Sunday to Thursday", "sun mon tue wed thu"),
        ("fri through mon", "fri sat sun mon"),
        ("mon tue, wed", "mon tue wed"),
        ("Mo/Di", ""),
        ("m", ""),
        ("t-f", ""),
        ("weekdays", ""),
        ("mon-xyz", ""),
        ("", ""),
    ],
)
def test_weekdays_in_words_are_understood(text: str, weekdays: str) -> None:
    assert read_weekdays(text) == weekdays.split()


def test_a_misspelt_weekday_is_replaced_and_a_range_is_suggested() -> None:
    monday, several = load_text(file_with(["Monday", "tue-wed"])).diagnostics
    assert (monday.help, monday.replacement) == ("write `mon`", "mon")
    assert (several.help, several.replacement) == ("write `tue, wed`", None)


def test_a_text_is_written_as_a_list() -> None:
    (diagnostic,) = load_text(file_with("Sunday to Thursday")).diagnostics
    assert diagnostic.help == "write `week: [sun, mon, tue, wed, thu]`"


def days(count: int, first: date = date(2000, 1, 1)) -> list[str]:
    return [f"{first + timedelta(days=number)}" for number in range(count)]


def test_a_calendar_has_a_limited_number_of_days_off() -> None:
    assert codes_of(file_with(WEEK, days(MAX_DAYS_OFF))) == []
    assert codes_of(file_with(WEEK, days(MAX_DAYS_OFF + 1))) == ["too-large"]


def test_the_days_of_ranges_are_counted() -> None:
    ranges = [f"{year}-01-01..{year}-09-08" for year in range(2001, 2041)]  # 251 or 252 days
    assert codes_of(file_with(WEEK, ranges)) == ["too-large"]
    assert codes_of(file_with(WEEK, ranges[:39])) == []


OVERLAPS = [
    (["2025-01-01", "2025-01-01"], "remove one of them"),
    (["2025-01-01..2025-01-03", "2025-01-01..2025-01-03"], "remove one of them"),
    (["2025-01-01..2025-01-03", "2025-01-03"], "remove `2025-01-03`"),
    (["2025-01-03", "2025-01-01..2025-01-03"], "remove `2025-01-03`"),
    (["2025-01-03..2025-01-05", "2025-01-01..2025-01-03"], "write `2025-01-01..2025-01-05`"),
    (["2025-01-01..2025-12-31", "2025-12-31..2026-12-01"], "shorten one of them"),
]


@pytest.mark.parametrize(("off", "help_"), OVERLAPS)
def test_no_day_is_off_twice(off: list[str], help_: str) -> None:
    (diagnostic,) = load_text(file_with(WEEK, off)).diagnostics
    assert diagnostic.code == "duplicate-item"
    assert (diagnostic.help or "").startswith(help_)
    assert diagnostic.at.path == ("calendar", "working-days", "off", 1)


def test_days_off_may_be_in_any_order_and_follow_each_other() -> None:
    assert codes_of(file_with(WEEK, ["2025-01-04", "2025-01-01..2025-01-03", "2024-12-31"])) == []


VALID: list[object] = [
    {"week": ["mon"]},
    {"week": list(WEEKDAYS), "off": []},
    {"week": WEEK, "off": ["2025-01-01", "2025-12-24..2026-01-06"]},
]
INVALID: list[object] = [
    {},
    {"off": []},
    {"week": []},
    {"week": ["mon", "mon"]},
    {"week": ["Mon"]},
    {"week": ["monday"]},
    {"week": "mon"},
    {"week": ["mon"], "days-off": []},
    {"week": ["mon"], "off": "2025-01-01"},
    *(
        {"week": ["mon"], "off": [text]}
        for text in (
            *(
                "2025",
                "2025-01",
                "2025-1-1",
                "2025-13-01",
                "2025-01-32",
                "2025-01-01~",
                "TBC",
                "..",
                "",
            ),
            *("2025-01-01..", "..2025-01-01", "2025-01-01 .. 2025-01-03", "2025-01-01/2025-01-03"),
            *(
                "2025-01-01T09:00",
                "a.start",
                "between 2025-01-01 and 2025-01-03",
                "2025-01..2025-02",
            ),
        )
    ),
]


@pytest.mark.parametrize("working_days", [*VALID, *INVALID], ids=str)
def test_the_json_schema_accepts_what_is_read(working_days: object) -> None:
    validator = jsonschema.Draft202012Validator(events_file_schema())
    data = data_with(working_days)
    is_read = load_text(json.dumps(data)).is_sound
    assert validator.is_valid(data) is is_read is (working_days in VALID)


TERMS = [
    *(f"a.start {sign} {count} working days" for sign in "+-" for count in (1, 9, 10, 999, 1000)),
    *(f"a.end + {count} working day" for count in (1, 2999, 3000, 3599, 3600, 3659, 3660, 3661)),
    *(f"a.end + {count} working days" for count in ("0", "05", "four", "", "1.5", "-1", "99999")),
    *(
        f"a.end + 5 {unit}"
        for unit in ("business days", "workdays", "Working days", "working-days")
    ),
    *("a.start.day + 5 working days + P1D - 2 hours", "a.start + 5 working days at 18:00~"),
    *("a.start + 5 working days?", "a.start + 5 working days at 24:00", "a.start+5 working days"),
    *(
        "a.start + 5  working days",
        "a.start + 5 working days + ",
        "not before a.end + 2 working days",
    ),
    *("a.start" + " + 1 working day" * count for count in (31, 32, 33)),
]


@pytest.mark.parametrize("text", TERMS)
def test_the_json_schema_accepts_the_terms_that_are_read(text: str) -> None:
    schema = events_file_schema()["$defs"]["Event"]["properties"]["start"]
    try:
        is_read = bool(parse_start(text))
    except Refusal:
        is_read = False
    assert jsonschema.Draft202012Validator(schema).is_valid(text) is is_read
