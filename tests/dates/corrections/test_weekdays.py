"""A weekday beside a date decides between readings, or is answered with both days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.loading import load_text
from timeline.dates.corrections.readings import (
    certain_reading,
    named_weekday,
    only_reading,
    possible_readings,
)
from timeline.dates.corrections.weekdays import split_weekday
from timeline.dates.fields import (
    parse_day,
    parse_days,
    parse_earlier_start,
    parse_end,
    parse_excluded,
    parse_instance,
    parse_literal_date,
    parse_series_date,
    parse_start,
)
from timeline.dates.names import MONTH_NAMES, WEEKDAY_NAMES
from timeline.diagnostics import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

FORMS = [
    "{day} 2 January 2027",
    "{day}, 2 January 2027",
    "{day}. 2 Jan. 2027",
    "{day} the 2nd of January, 2027",
    "on {day} 2 Jan 2027",
    "2 January 2027 ({day})",
    "2 January 2027, {day}",
    "2nd January ({day}) 2027",
    "{day} January 2, 2027",
    "{day}, Jan 2nd, 2027",
    "January 2 2027 {day}",
    "2027 January 2 ({day})",
    "{day} 2027-01-02",
    "2027-01-02 {day}",
    "2027-01-02 [{day}]",
    "2027-01-02, {day}.",
    "{day} 2027/1/2",
    "{day} 20270102",
]
DAYS = ["2027-01-02", "2027-01-03", "2028-01-02"]
NAMES = ["Sunday", "Sun", "SUN", "sunday", "Sonntag", "dimanche", "domingo", "dim", "الأحد"]


def help_of(text: str) -> str:
    with pytest.raises(Refusal) as refused:
        parse_start(text)
    return refused.value.help or ""


def only_help(keys: str) -> str | None:
    (diagnostic,) = load_text(
        "calendar: {id: x.org, name: X, timezone: Europe/Berlin}\n"
        f"events: [{{id: a, summary: A, {keys}}}]\n"
    ).diagnostics
    return diagnostic.help


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_a_weekday_that_the_day_is_not_has_both_readings_and_the_year(form: str, name: str) -> None:
    text = form.format(day=name)
    assert possible_readings(text) == DAYS
    assert certain_reading(text) is None
    with pytest.raises(Refusal, match=r"the day in `.*` is a Saturday, not a Sunday") as refused:
        parse_start(text)
    assert refused.value.help == (
        "write `2027-01-02` (Saturday) or `2027-01-03` (Sunday) or `2028-01-02` (Sunday)"
    )
    assert refused.value.replacement is None


@pytest.mark.parametrize("name", ["Saturday", "Sat", "Samstag", "samedi", "sábado", "السبت"])
@pytest.mark.parametrize("form", FORMS)
def test_the_right_weekday_leaves_one_certain_reading(form: str, name: str) -> None:
    text = form.format(day=name)
    assert possible_readings(text) == ["2027-01-02"]
    assert certain_reading(text) == "2027-01-02"
    assert help_of(text) == "write `2027-01-02`"


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        # two letters at an end
        ("Su 2 Jan 2027", DAYS),
        ("2027-01-02 SU", DAYS),
        ("Sa 2 Jan 2027", ["2027-01-02"]),
        ("2027-01-02 (日)", DAYS),
        ("2027-01-02土曜日", ["2027-01-02"]),
        # other languages, with their months
        ("Sonntag, 2. Januar 2027", DAYS),
        ("Samstag, 2. Januar 2027", ["2027-01-02"]),
        ("dimanche 2 janvier 2027", DAYS),
        ("samedi 2 janvier 2027", ["2027-01-02"]),
        ("2027年1月2日(日)", DAYS),
        ("2027年1月2日(土)", ["2027-01-02"]),
        ("domingo, 2 de enero de 2027", DAYS),
        ("sábado, 2 de janeiro de 2027", ["2027-01-02"]),
        # the nearest is before, in another month or year, or no neighbouring year has it
        ("Friday 2 January 2027", ["2027-01-02", "2027-01-01", "2026-01-02"]),
        ("Wednesday 2 January 2027", ["2027-01-02", "2026-12-30"]),
        ("Monday 28 February 2027", ["2027-02-28", "2027-03-01", "2028-02-28"]),
        ("Monday 29 February 2028", ["2028-02-29", "2028-02-28"]),
        # the weekday decides between day first and month first, or is wrong in both
        ("Sunday 03/01/2027", ["2027-01-03"]),
        ("Monday 03/01/2027", ["2027-03-01"]),
        ("Friday 03/01/2027", ["2027-01-03", "2027-03-01", "2027-01-01", "2027-02-26"]),
        # times and qualifications stay
        ("Sunday 2 January 2027, 9:00", [f"{day}T09:00" for day in DAYS]),
        ("2 January 2027 (Sunday) at 9am", [f"{day}T09:00" for day in DAYS]),
        ("2027-01-02 Sun 09:00", [f"{day}T09:00" for day in DAYS]),
        (
            "Sunday 2 January 2027 09:00 Europe/Berlin",
            [f"{day}T09:00[Europe/Berlin]" for day in DAYS],
        ),
        ("Sunday 2 January 2027?", [f"{day}?" for day in DAYS]),
        ("2 January 2027? (Sunday)", [f"{day}?" for day in DAYS]),
        ("circa Sunday 2 January 2027", [f"{day}~" for day in DAYS]),
        ("no earlier than Sunday 2 January 2027", [f"not before {day}" for day in DAYS]),
        ("Sunday 2 January 2027 or earlier", [f"not after {day}" for day in DAYS]),
    ],
)
def test_readings(text: str, readings: list[str]) -> None:
    assert possible_readings(text) == readings


NOTE = "`2027-01-02` is a Saturday, and the Sunday is `2027-01-03` or `2028-01-02`"
NOTE_OF_10 = "`2027-01-10` is a Sunday, and the Saturday is `2027-01-09` or `2026-01-10`"


@pytest.mark.parametrize(
    ("text", "start", "notes"),
    [
        ("Sunday 2 to Saturday 9 January 2027", "2027-01-02", [NOTE]),
        ("Sun, 2 Jan - Sun, 10 Jan 2027", "2027-01-02", [NOTE]),
        ("Sun 2 Jan 2027 - Sat 10 Jan 2027", "2027-01-02", [NOTE, NOTE_OF_10]),
        ("January 2 to Saturday January 10, 2027", "2027-01-02", [NOTE_OF_10]),
        ("2027-01-02 (Sun) to 2027-01-10 (Sun)", "2027-01-02", [NOTE]),
        ("Sun-Sun 2-10 January 2027", "2027-01-02", [NOTE]),
        ("Sat-Sat January 2-10, 2027", "2027-01-02", [NOTE_OF_10]),
        ("Sunday 2 January 2027, 9:00 to 10:30", "2027-01-02T09:00", [NOTE]),
        ("2 January 2027 (Sunday), 9:00 to 10:30", "2027-01-02T09:00", [NOTE]),
        ("Sun 2 Jan 2027; Sun 10 Jan 2027", "2027-01-02", [NOTE]),
        ("Sat 2 - Sun 10 January 2027", "2027-01-02", []),
        ("Sat-Sun 2-10 January 2027", "2027-01-02", []),
        ("Sunday 03/01/2027, 9:00 to 10:30", "2027-01-03T09:00", []),
    ],
)
def test_two_dates_are_answered_with_what_each_weekday_is(
    text: str, start: str, notes: list[str]
) -> None:
    first, *others = help_of(text).split("; `20")
    assert f"`start: {start}`" in first
    assert [f"`20{other}" for other in others] == notes


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        (
            "between Sunday 2 January 2027 and Saturday 10 January 2027",
            f"write `between 2027-01-02 and 2027-01-10`; {NOTE}; {NOTE_OF_10}",
        ),
        (
            "between Sat 2 January 2027 and Sun 10 January 2027",
            "write `between 2027-01-02 and 2027-01-10`",
        ),
        (
            "before Sunday 2 January 2027",
            (
                "write `not after 2027-01-01`, or `not after 2027-01-02` if `2027-01-02` is "
                f"possible, too; {NOTE}"
            ),
        ),
        (
            "from Sun 2 January 2027",
            (
                "for one unknown day write `not before 2027-01-02`; for a span write "
                f"`start: 2027-01-02` and `end: ..`; {NOTE}"
            ),
        ),
        (
            "not before Sunday 2 January 2027",
            (
                "write `not before 2027-01-02` (Saturday) or `not before 2027-01-03` (Sunday) or "
                "`not before 2028-01-02` (Sunday)"
            ),
        ),
    ],
)
def test_a_date_within_words_is_answered_with_both_days(text: str, help_: str) -> None:
    assert help_of(text) == help_


BOTH = "write `2027-01-02` (Saturday) or `2027-01-03` (Sunday) or `2028-01-02` (Sunday)"


@pytest.mark.parametrize(
    "parse",
    [
        parse_start,
        parse_end,
        parse_earlier_start,
        parse_literal_date,
        parse_instance,
        parse_series_date,
        parse_excluded,
        parse_day,
        parse_days,
    ],
)
def test_every_key_of_a_date_has_the_answer(parse: Callable[[str], object]) -> None:
    with pytest.raises(Refusal) as refused:
        parse("Sunday 2 January 2027")
    assert refused.value.help == BOTH
    with pytest.raises(Refusal) as refused:
        parse("Saturday 2 January 2027")
    assert refused.value.help == "write `2027-01-02`"


@pytest.mark.parametrize(
    ("keys", "help_"),
    [
        ("start: {}", BOTH),
        ("start: 2027-01-01, end: '{}'", BOTH),
        ("start: 2028, status: postponed, was: ['{}']", BOTH),
        ("start: 2028, status: postponed, was: [{{start: 2027-01-01, end: '{}'}}]", BOTH),
        ("start: 2027-01-01, rrule: FREQ=DAILY, exdate: ['{}']", BOTH),
        ("start: 2027-01-01, rdate: ['{}']", BOTH),
        ("start: 2027-01-01, rrule: FREQ=DAILY, overrides: [{{recurrence-id: {}}}]", BOTH),
        ("start: 2027-01-01, rrule: {{freq: daily, until: '{}'}}", BOTH),
        ("start: 2027-01-01, rrule: FREQ=DAILY;UNTIL={}", BOTH.replace("-", "")),
        ("start: 2027-01-01, rrule: FREQ=DAILY;UNTIL={};INTERVAL=2", BOTH.replace("-", "")),
    ],
)
def test_a_file_has_the_answer_at_every_key(keys: str, help_: str) -> None:
    for text, expected in (
        ("Sunday 2 January 2027", help_),
        ("Saturday 2 January 2027", help_.partition(" (")[0]),
    ):
        assert only_help(keys.format(text)) == expected


def test_an_until_in_words_may_have_a_comma() -> None:
    text = "Sunday, 2 January 2027"
    rule = f"'FREQ=DAILY;UNTIL={text}'"
    assert only_help(f"start: 2027-01-01, rrule: {rule}") == BOTH.replace("-", "")
    assert only_help(f"start: 2027-01-01, rrule: {{freq: daily, until: '{text}'}}") == BOTH
    spaced = f"'FREQ=DAILY; UNTIL={text}'"
    assert only_help(f"start: 2027-01-01, rrule: {spaced}") == f"write `{rule[1:-1]}`"


@pytest.mark.parametrize("text", ["whenever", "January 2027", "Sunday 2 January 2027 9:00"])
def test_an_until_that_is_not_a_day_has_an_example(text: str) -> None:
    help_ = only_help(f"start: 2027-01-01, rrule: FREQ=DAILY;UNTIL={text}")
    assert "such as `20250131`" in (help_ or "")


@pytest.mark.parametrize(
    ("text", "rest", "weekday"),
    [
        ("Thursday 7 May 2026", "7 May 2026", 3),
        ("Thurs 7 May 2026", "7 May 2026", 3),
        ("Tues. 7 May 2026", "7 May 2026", 1),
        ("Wednesday Wed 7 May 2026", "7 May 2026", 2),
        # not a weekday
        ("7 Mar 2026", "7 Mar 2026", None),
        ("Sunday or Monday 7 May 2026", "Sunday or Monday 7 May 2026", None),
        ("mid-Sunday 2026", "mid-Sunday 2026", None),
        ("sunrise 2026", "sunrise 2026", None),
        ("4 th 2026", "4 th 2026", None),
        ("so it is", "so it is", None),
        ("", "", None),
    ],
)
def test_a_weekday_is_split_from_a_text(text: str, rest: str, weekday: int | None) -> None:
    assert split_weekday(text) == (rest, weekday)


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("quarta-feira 7/5/2026", 2),
        ("mer. 7/5/2026", 2),
        ("Do 7.5.2026", 3),
        ("Donnerstag, 7. Mai 2026", 3),
        ("2026年5月7日(木)", 3),
        ("jeudi 7 mai 2026", 3),
        ("7 mai 2026", None),
        ("2027-01-20 11:59 pm PT", None),  # of Polish and Czech, PT is Friday
    ],
)
def test_a_weekday_may_be_of_another_language(text: str, weekday: int | None) -> None:
    assert named_weekday(text) == weekday


def test_the_neighbours_of_the_last_years_are_not_suggested() -> None:
    assert "`9998-12-31`" in help_of("Sunday 31 December 9998")
    assert "9999" not in help_of("Sunday 31 December 9998")
    assert "0001" not in help_of("Friday 1 January 0002")


def test_a_day_that_does_not_exist_is_reported_whatever_its_weekday() -> None:
    with pytest.raises(Refusal, match="June 2025 has 30 days"):
        parse_start("Monday 31 June 2025")


@given(day=st.dates(date(3, 1, 1), date(9997, 12, 1)), shift=st.integers(0, 6))
def test_the_readings_are_the_day_and_days_with_the_weekday(day: date, shift: int) -> None:
    weekday = (day.weekday() + shift) % 7
    text = f"{WEEKDAY_NAMES[weekday]} {day.day} {MONTH_NAMES[day.month - 1]} {day.year:04}"
    readings = possible_readings(text)
    assert readings[0] == only_reading(text) == day.isoformat()
    others = [date.fromisoformat(reading) for reading in readings[1:]]
    assert all(other.weekday() == weekday for other in others)
    assert bool(others) == bool(shift)
    assert certain_reading(text) == (None if shift else day.isoformat())
    if others:
        assert abs(others[0] - day) <= timedelta(3)
        assert all((other.month, other.day) == (day.month, day.day) for other in others[1:])
