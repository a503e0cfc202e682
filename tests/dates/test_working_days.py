"""Working days: where a number of them leads, from any day, in any week, with any days off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.costs import count_calls
from support.dated import refusal
from timeline._limits import MAX_DAYS_OFF
from timeline.dates import FIRST_DAY, FIRST_YEAR, LAST_DAY, LAST_YEAR
from timeline.dates.arithmetic import shift_date
from timeline.dates.calendar_units import make_day
from timeline.dates.day_ranges import DayRange
from timeline.dates.durations import Duration
from timeline.dates.edtf import make_between, parse_date
from timeline.dates.relative import parse_relative_date
from timeline.dates.working_days import (
    MAX_WORKING_DAYS,
    WorkCalendar,
    WorkingDays,
    parse_working_days,
    shift_by_working_days,
)
from timeline.diagnostics import Refusal

A_DAY = timedelta(1)
WEEKS = st.frozensets(st.integers(0, 6), min_size=1)


def range_of(first: date, length: int) -> DayRange:
    last = min(first + (length - 1) * A_DAY, LAST_DAY)
    return DayRange(first, last, f"{first}..{last}")


def ranges(near: date) -> st.SearchStrategy[list[DayRange]]:
    """Days off and ranges of them within a year of a day, on any weekdays."""
    days = st.dates(
        max(near, FIRST_DAY + 400 * A_DAY) - 400 * A_DAY,
        min(near, LAST_DAY - 400 * A_DAY) + 400 * A_DAY,
    )
    return st.lists(st.builds(range_of, days, st.integers(1, 12)), max_size=30)


def step_by_step(day: date, count: int, week: frozenset[int], off: list[DayRange]) -> date | None:
    """Return where the steps lead, one after the other; ``None`` beyond the years of the file."""
    step = A_DAY if count > 0 else -A_DAY
    for _ in range(abs(count)):
        day += step
        while day.weekday() not in week or any(days.first <= day <= days.last for days in off):
            if not FIRST_YEAR <= day.year <= LAST_YEAR:
                return None
            day += step
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


COUNTS = st.integers(-60, 60).filter(bool)
STARTS = st.one_of(
    st.dates(FIRST_DAY, LAST_DAY),
    st.dates(FIRST_DAY, FIRST_DAY + 60 * A_DAY),
    st.dates(LAST_DAY - 60 * A_DAY, LAST_DAY),
)


@given(st.data(), STARTS, COUNTS, WEEKS)
def test_a_number_of_working_days_is_as_many_steps(
    data: st.DataObject, day: date, count: int, week: frozenset[int]
) -> None:
    off = data.draw(ranges(day))
    calendar = WorkCalendar(week, off)
    expected = step_by_step(day, count, week, off)
    if expected is None:
        with pytest.raises(Refusal) as caught:
            calendar.move(day, count)
        assert caught.value.code == "year-range"
    else:
        assert calendar.move(day, count) == expected


@given(st.data(), st.dates(FIRST_DAY, LAST_DAY - 30_000 * A_DAY), WEEKS)
def test_steps_can_be_taken_at_once_and_back(
    data: st.DataObject, day: date, week: frozenset[int]
) -> None:
    calendar = WorkCalendar(week, data.draw(ranges(day)))
    first, second = (data.draw(st.integers(1, MAX_WORKING_DAYS // 2)) for _ in range(2))
    both = calendar.move(day, first + second)
    assert calendar.move(calendar.move(day, first), second) == both
    assert calendar.move(both, -second) == calendar.move(day, first)


@given(st.data(), st.dates(FIRST_DAY, LAST_DAY - 30_000 * A_DAY), COUNTS, WEEKS)
def test_a_later_day_never_leads_to_an_earlier_one(
    data: st.DataObject, day: date, count: int, week: frozenset[int]
) -> None:
    day += 1_000 * A_DAY
    calendar = WorkCalendar(week, data.draw(ranges(day)))
    later = day + data.draw(st.integers(0, 30)) * A_DAY
    assert calendar.move(day, count) <= calendar.move(later, count)


@given(st.data(), st.dates(FIRST_DAY, LAST_DAY - 30_000 * A_DAY), WEEKS)
def test_one_day_back_and_one_step_is_the_day_itself_or_the_next_working_day(
    data: st.DataObject, day: date, week: frozenset[int]
) -> None:
    day += 1_000 * A_DAY
    off = data.draw(ranges(day))
    calendar = WorkCalendar(week, off)
    is_off = day.weekday() not in week or any(days.first <= day <= days.last for days in off)
    assert (calendar.move(day - A_DAY, 1) == day) is not is_off
    assert (calendar.move(day + A_DAY, -1) == day) is not is_off


def test_a_week_of_seven_days_without_days_off_is_every_day() -> None:
    calendar = WorkCalendar(range(7), ())
    assert calendar.move(FIRST_DAY, 1) == FIRST_DAY + A_DAY
    assert calendar.move(LAST_DAY, -1) == LAST_DAY - A_DAY
    assert calendar.move(date(2025, 1, 1), MAX_WORKING_DAYS) == date(2035, 1, 9)


def test_days_off_on_weekends_change_nothing() -> None:
    week, weekend = range(5), [range_of(date(2025, 3, 1), 2), range_of(date(2025, 3, 8), 1)]
    assert WorkCalendar(week, weekend).move(date(2025, 2, 28), 9) == WorkCalendar(week, ()).move(
        date(2025, 2, 28), 9
    )


def test_days_off_that_overlap_count_once() -> None:
    off = [
        range_of(date(2025, 3, 3), 3),
        range_of(date(2025, 3, 4), 4),
        range_of(date(2025, 3, 3), 1),
    ]
    assert WorkCalendar(range(5), off).move(date(2025, 2, 28), 1) == date(2025, 3, 10)


@pytest.mark.parametrize("count", [1, MAX_WORKING_DAYS, -1, -MAX_WORKING_DAYS])
def test_thousands_of_working_days_cost_as_much_as_one(count: int) -> None:
    first = date(2000, 1, 3)
    off = [range_of(first + 3 * number * A_DAY, 1) for number in range(MAX_DAYS_OFF)]
    calendar = WorkCalendar(range(5), off)
    day = date(2040, 6, 1)
    assert count_calls(lambda: calendar.move(day, count)) < 30


WEEKDAYS = WorkCalendar(range(5), ())


@pytest.mark.parametrize(
    ("text", "count", "result"),
    [
        ("2025-03-07~", 1, "2025-03-10~"),
        ("2025-03", 1, "between 2025-03-03 and 2025-04-01"),
        ("2025-03?", -1, "between 2025-02-28 and 2025-03-28?"),
        ("2025", 260, "between 2025-12-31 and 2026-12-30"),
        ("2025-W03", 5, "between 2025-01-20 and 2025-01-24"),
        ("202X", 1, "between 2020-01-02 and 2030-01-01"),
        ("between 2025-03-08 and 2025-03-09", 1, "2025-03-10"),
        ("between 2025-01 and 2025-02", -1, "between 2024-12-31 and 2025-02-27"),
    ],
)
def test_a_date_that_is_not_known_to_the_day_is_moved_at_both_bounds(
    text: str, count: int, result: str
) -> None:
    first, _, last = text.removeprefix("between ").partition(" and ")
    value = make_between(parse_date(first), parse_date(last)) if last else parse_date(text)
    assert str(shift_by_working_days(value, WorkingDays(count, ""), WEEKDAYS)) == result


def test_terms_are_applied_from_left_to_right() -> None:
    value = make_day(date(2025, 1, 30))
    for term in parse_relative_date("a.start + 1 month - 1 working day + 2 days").terms:
        if isinstance(term, Duration):
            value = shift_date(value, term)
        else:
            value = shift_by_working_days(value, term, WEEKDAYS)
    assert str(value) == "2025-03-01"  # 28 February, 27 February, 1 March


@given(st.integers(1, MAX_WORKING_DAYS), st.sampled_from(["", "s"]), st.sampled_from("+-"))
def test_one_to_3660_working_days_are_read(count: int, plural: str, sign: str) -> None:
    (term,) = parse_relative_date(f"a.start {sign} {count} working day{plural}").terms
    assert isinstance(term, WorkingDays)
    assert term.count == (count if sign == "+" else -count)


@pytest.mark.parametrize(
    "text", ["5 days", "P5D", "5 working weeks", "5  working days", "5 Working days"]
)
def test_another_unit_is_not_working_days(text: str) -> None:
    assert parse_working_days(text) is None


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("a.end + 5 business days", "a.end + 5 working days"),
        ("a.end + 5 Working Days", "a.end + 5 working days"),
        ("a.end + 5 working-days", "a.end + 5 working days"),
        ("a.end + 5 workdays", "a.end + 5 working days"),
        ("a.end + 5working days", "a.end + 5 working days"),
        ("a.end +5 working days", "a.end + 5 working days"),
        ("a.end + one working day", "a.end + 1 working day"),
        ("a.end + 05 working days", "a.end + 5 working days"),
        ("ten business days before a.start at 9am", "a.start - 10 working days at 09:00"),
        ("between a.start + 1 workday and a.end", "between a.start + 1 working day and a.end"),
    ],
)
def test_what_can_only_be_working_days_is_replaced(text: str, better: str) -> None:
    assert (refusal(text).help, refusal(text).replacement) == (f"write `{better}`", better)


@pytest.mark.parametrize("text", ["a.end + 5 weekdays", "a.end + 5 bank days"])
def test_what_may_be_other_days_is_suggested_only(text: str) -> None:
    refused = refusal(text)
    assert (refused.help, refused.replacement) == ("write `a.end + 5 working days`", None)


@pytest.mark.parametrize("text", ["a.end + 0 working days", "a.start - 000 working days"])
def test_no_working_days_have_two_meanings(text: str) -> None:
    assert "` - 1 day + 1 working day`" in (refusal(text).help or "")
    assert "` + 1 day - 1 working day`" in (refusal(text).help or "")


@pytest.mark.parametrize("number", ["3661", "9999", "100000", "9" * 500])
def test_more_than_3660_working_days_are_rejected(number: str) -> None:
    refused = refusal(f"a.end + {number} working days")
    assert (refused.code, refused.help) == ("duration-syntax", "write weeks, months or years")
