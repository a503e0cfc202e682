"""The first Monday of a month is one day, which a help suggests, or no day at all."""

from __future__ import annotations

from calendar import monthcalendar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates.corrections.readings import certain_reading, possible_readings
from timeline.dates.fields import parse_start
from timeline.dates.names import MONTH_NAMES, WEEKDAY_NAMES
from timeline.diagnostics import Refusal, rules

ORDINALS = ("first", "second", "third", "fourth", "fifth")


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("first Monday of May 2027", "2027-05-03"),
        ("the first Monday in May, 2027", "2027-05-03"),
        ("1st Monday of May 2027", "2027-05-03"),
        ("last Friday in August 2027", "2027-08-27"),
        ("May 2027, second Tuesday", "2027-05-11"),
        ("3rd Monday of May 2027", "2027-05-17"),
        ("2027-05 second Tuesday", "2027-05-11"),
        ("second Tuesday of 2027-05", "2027-05-11"),
        ("5th Monday of May 2027", "2027-05-31"),
        ("first Monday of May 2027 at 9am", "2027-05-03T09:00"),
        ("circa first Monday of May 2027", "2027-05-03~"),
        ("first Monday of May 2027?", "2027-05-03?"),
        ("not before the first Monday of May 2027", "not before 2027-05-03"),
        ("erster Montag im Mai 2027", "2027-05-03"),
        ("letzter Freitag im August 2027", "2027-08-27"),
        ("dernier vendredi d'août 2027", "2027-08-27"),
        ("primer lunes de mayo de 2027", "2027-05-03"),
        ("ultimo venerdì di agosto 2027", "2027-08-27"),
        ("premier trimestre 2027", "2027-Q1"),
    ],
)
def test_it_is_one_day_and_certain(text: str, reading: str) -> None:
    assert possible_readings(text) == [reading]
    assert certain_reading(text) == reading


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(0, 6), st.integers(1, 5))
def test_it_is_the_day_that_the_calendar_has(year: int, month: int, weekday: int, n: int) -> None:
    days = [week[weekday] for week in monthcalendar(year, month) if week[weekday]]
    text = f"{ORDINALS[n - 1]} {WEEKDAY_NAMES[weekday]} of {MONTH_NAMES[month - 1]} {year}"
    expected = [f"{year}-{month:02}-{days[n - 1]:02}"] if n <= len(days) else []
    assert possible_readings(text) == expected


@pytest.mark.parametrize(
    ("text", "why", "last"),
    [
        ("5th Monday of February 2027", "February 2027 has four Mondays", "2027-02-22"),
        ("fifth Monday of 2027-02", "February 2027 has four Mondays", "2027-02-22"),
        ("6th Monday of May 2027", "May 2027 has five Mondays", "2027-05-31"),
        ("fifth Monday of February 2027 at 9am", "February 2027 has four Mondays", "2027-02-22"),
        ("fifth Monday of February 2027?", "February 2027 has four Mondays", "2027-02-22"),
        ("fifth Monday of February 0100", "February 0100 has four Mondays", "0100-02-22"),
    ],
)
def test_one_that_does_not_exist_is_named(text: str, why: str, last: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_start(text)
    assert refused.value.rule is rules.NO_SUCH_DATE
    assert refused.value.message == f"`{text}` does not exist: {why}"
    assert refused.value.help == f"write the day that is meant; the last Monday is `{last}`"
    assert refused.value.replacement is None


@pytest.mark.parametrize(
    "text",
    [
        *("first Monday of 2027-13", "first Monday in May", "first Monday of May 99999"),
        *("9th Friday of 9999-12", "fifth Friday of 0000-12"),
    ],
)
def test_without_a_month_of_a_year_it_is_no_day(text: str) -> None:
    assert possible_readings(text) == []


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("Monday 1 May 2028", "write `2028-05-01`"),
        ("3 Mon May 2027", "write `2027-05-03` (Monday) or `2027-05-17` (Monday)"),
        ("3rd Monday, May 2027", "write `2027-05-03` (Monday) or `2027-05-17` (Monday)"),
        ("3 lundi mai 2027", "write `2027-05-03` (Monday) or `2027-05-17` (Monday)"),
        ("3. Montag im Mai 2027", "write `2027-05-03` (Monday) or `2027-05-17` (Monday)"),
        ("5 Wed May 2027", "write `2027-05-05`"),
        ("7 Mon June 2027", "write `2027-06-07`"),
        ("2 Friday of April 2027", "write `2027-04-02` (Friday) or `2027-04-09` (Friday)"),
        (
            "between 3 Mon May 2027 and 4 Tue May 2027",
            "write `between 2027-05-03 and 2027-05-04` or `between 2027-05-17 and 2027-05-25`",
        ),
        (
            "Mon 1 May 2027",
            "write `2027-05-01` (Saturday) or `2027-05-03` (Monday) or `2028-05-01` (Monday)",
        ),
    ],
)
def test_any_other_number_is_the_day_of_the_month_or_may_be_an_ordinal(
    text: str, help_: str
) -> None:
    with pytest.raises(Refusal) as refused:
        parse_start(text)
    assert refused.value.help == help_


@pytest.mark.parametrize(
    "text",
    [
        *("3 Mon May 2027", "3rd Monday May 2027", "3 Monday of May 2027", "3. Montag Mai 2027"),
        *("3. Montag im Mai 2027", "3e lundi de mai 2027", "3º lunes de mayo 2027"),
        "3. Montag im Mai 2027 um 9 Uhr",
    ],
)
def test_a_number_before_a_weekday_may_be_its_ordinal_and_is_never_certain(text: str) -> None:
    assert possible_readings(text)
    assert certain_reading(text) is None
