"""Dates moved by durations."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from timeline.dates.arithmetic import shift_date, shift_day, shift_wall_time
from timeline.dates.calendar_units import Date, Precision
from timeline.dates.durations import Duration, parse_duration
from timeline.dates.edtf import parse_date
from timeline.dates.fields import parse_with_corrections
from timeline.diagnostics.model import Refusal

SHIFTS = [
    # date, amount, result
    # a day moves to a day, months clamped
    ("2025-01-03", "2 days", "2025-01-05"),
    ("2025-01-31", "1 month", "2025-02-28"),
    ("2024-02-29", "1 year", "2025-02-28"),
    ("2024-02-29", "4 years", "2028-02-29"),
    ("2025-01-31", "P1M1D", "2025-03-01"),  # months first, then days
    ("2025-12-31", "1 day", "2026-01-01"),
    ("2025-01-03", "1 week", "2025-01-10"),
    ("2025-01-03", "0 days", "2025-01-03"),
    # a unit stays one where a unit of its kind comes out
    ("2025-W03", "2 weeks", "2025-W05"),
    ("2025-W03", "14 days", "2025-W05"),
    ("2020-W53", "1 week", "2021-W01"),
    ("2025-02", "1 month", "2025-03"),
    ("2025-12", "1 month", "2026-01"),
    ("2025-02", "1 year", "2026-02"),
    ("2025-01-XX", "1 month", "2025-02-XX"),
    ("2025", "1 year", "2026"),
    ("2025", "24 months", "2027"),
    ("2025-XX", "1 year", "2026-XX"),
    ("2025-XX-XX", "1 year", "2026-XX-XX"),
    ("2025-Q1", "1 year", "2026-Q1"),
    ("2025-Q4", "3 months", "2026-Q1"),
    ("2025-H2", "6 months", "2026-H1"),
    ("2025-25", "1 year", "2026-25"),
    ("2025-28", "3 months", "2026-25"),
    ("2025-27", "3 months", "2025-28"),
    ("2025-30", "3 months", "2026-31"),
    ("2025-32", "3 months", "2025-29"),
    ("2025-24", "9 months", "2026-23"),
    ("202X", "10 years", "203X"),
    ("20XX", "100 years", "21XX"),
    # else both bounds move
    ("2025-02", "3 days", "between 2025-02-04 and 2025-03-03"),
    ("2025-02", "P1M1D", "between 2025-03-02 and 2025-03-29"),
    ("2025-W03", "1 day", "between 2025-01-14 and 2025-01-20"),
    ("2025-W03", "1 month", "between 2025-02-13 and 2025-02-19"),
    ("2025", "1 month", "between 2025-02-01 and 2026-01-31"),
    ("2025-Q1", "1 month", "between 2025-02-01 and 2025-04-30"),
    ("2025-25", "1 week", "between 2025-03-08 and 2025-06-07"),
    ("202X", "1 year", "between 2021-01-01 and 2030-12-31"),
    # what is between moves as its sides do
    ("between 2025-01 and 2025-02", "1 month", "between 2025-02 and 2025-03"),
    ("between 2025 and 2028", "1 year", "between 2026 and 2029"),
    ("between 2025-01-03 and 2025-01-17", "2 days", "between 2025-01-05 and 2025-01-19"),
    ("between 2025-01-30 and 2025-01-31", "1 month", "2025-02-28"),
    ("between 2025 and 2028-06", "1 month", "between 2025-02-01 and 2028-07"),
    # the qualification stays
    ("2025-02~", "1 month", "2025-03~"),
    ("2025-02?", "3 days", "between 2025-02-04 and 2025-03-03?"),
]


@pytest.mark.parametrize(("text", "amount", "result"), SHIFTS)
def test_shift(text: str, amount: str, result: str) -> None:
    value = parse_with_corrections(text)
    assert isinstance(value, Date)
    assert str(shift_date(value, parse_duration(amount))) == result


@pytest.mark.parametrize(("text", "amount", "result"), SHIFTS)
def test_shift_back(text: str, amount: str, result: str) -> None:
    value, there = parse_with_corrections(text), edtf_of(result)
    assert isinstance(value, Date)
    if there is not None and value.precision is there.precision and not clamped(value, there):
        assert shift_date(there, -parse_duration(amount)) == value


def edtf_of(text: str) -> Date | None:
    return None if text.startswith("between") else parse_date(text)


def clamped(value: Date, moved: Date) -> bool:
    return value.is_day and value.earliest.day > 28 and moved.earliest.day != value.earliest.day


def test_hours_cannot_move_a_day() -> None:
    with pytest.raises(Refusal) as caught:
        shift_date(parse_date("2025-01-03"), parse_duration("2 hours"))
    assert caught.value.code == "hours-on-a-day"
    assert "`2 hours` needs a date with a time, and `2025-01-03` has none" in caught.value.message


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("9998-12-31", "1 day"),
        ("9998", "1 year"),
        ("9998-12", "1 month"),
        ("9998-Q4", "3 months"),
        ("9998-27", "3 months"),
        ("9998-W52", "1 week"),
        ("998X", "10 years"),
        ("98XX", "100 years"),
        ("98XX", "999999 years"),
        ("2025", "999999 years"),
        ("2025", "999999 months"),
        ("2025-01-03", "999999 years"),
        ("2025-01-03", "999999 months"),
        ("2025-01-03", "999999 weeks"),
        ("2025-W03", "999999 weeks"),
        ("between 2025 and 9998", "1 year"),
    ],
)
def test_nothing_is_moved_out_of_the_years(text: str, amount: str) -> None:
    value = parse_with_corrections(text)
    assert isinstance(value, Date)
    moves = [parse_duration(amount)]
    moves += [-moves[0]] if "999999" in amount else []
    for move in moves:
        with pytest.raises(Refusal) as caught:
            shift_date(value, move)
        assert caught.value.code == "year-range"


def test_a_wall_clock_stays_over_days() -> None:
    wall = datetime.fromisoformat("2025-01-31T09:30")
    moved = shift_wall_time(wall, parse_duration("1 month"))
    assert moved == datetime.fromisoformat("2025-02-28T09:30")


# Properties against plain arithmetic.

some_days = st.dates(date(1000, 1, 1), date(3000, 12, 31))
counts = st.integers(-5000, 5000)


@given(some_days, counts)
def test_days_are_counted_as_datetime_counts_them(day: date, count: int) -> None:
    assert shift_day(day, Duration(days=count)) == day + timedelta(days=count)
    assert shift_day(day, Duration(weeks=count)) == day + timedelta(weeks=count)


@given(some_days, counts)
def test_months_are_counted_and_clamped(day: date, count: int) -> None:
    moved = shift_day(day, Duration(months=count))
    months = 12 * (moved.year - day.year) + moved.month - day.month
    assert months == count
    next_day = moved + timedelta(days=1)
    assert moved.day == day.day or (moved.day < day.day and next_day.month != moved.month)


@given(some_days, st.integers(-900, 900))
def test_a_year_is_twelve_months(day: date, count: int) -> None:
    assert shift_day(day, Duration(years=count)) == shift_day(day, Duration(months=12 * count))


units = st.one_of(
    st.builds("{:04}-{:02}".format, st.integers(1000, 3000), st.integers(1, 12)),
    st.integers(1000, 3000).map("{:04}".format),
    st.builds("{:04}-{}".format, st.integers(1000, 3000), st.integers(21, 36)),
    st.builds("{:04}-{}".format, st.integers(1000, 3000), st.integers(40, 41)),
    st.builds("{:04}-W{:02}".format, st.integers(1000, 3000), st.integers(1, 52)),
    st.integers(100, 300).map("{:03}X".format),
    st.integers(10, 30).map("{:02}XX".format),
    some_days.map(date.isoformat),
    st.tuples(some_days, some_days).map(
        lambda two: f"between {min(two)} and {max(two)}"  # one day where they are equal
    ),
)
nominal = st.builds(
    Duration,
    years=st.integers(-50, 50),
    months=st.integers(-50, 50),
    weeks=st.integers(-50, 50),
    days=st.integers(-500, 500),
)


@given(units, nominal)
def test_a_shift_keeps_every_possible_day_within_the_bounds(text: str, amount: Duration) -> None:
    value = parse_with_corrections(text)
    assert isinstance(value, Date)
    moved = shift_date(value, amount)
    assert moved.earliest <= moved.latest
    for day in (value.earliest, value.latest):
        assert moved.earliest <= shift_day(day, amount) <= moved.latest


@given(units, nominal)
def test_a_result_is_a_date_of_the_file(text: str, amount: Duration) -> None:
    value = parse_with_corrections(text)
    assert isinstance(value, Date)
    moved = shift_date(value, amount)
    assert parse_with_corrections(str(moved)) == moved


@given(units, st.integers(-50, 50))
def test_a_unit_moves_by_years_and_back(text: str, count: int) -> None:
    value = parse_with_corrections(text)
    assert isinstance(value, Date)
    assume(value.precision not in (Precision.DAY, Precision.WEEK, Precision.BETWEEN))
    count *= {Precision.DECADE: 10, Precision.CENTURY: 100}.get(value.precision, 1)
    assume(1000 <= value.earliest.year + count <= 8000)
    moved = shift_date(value, Duration(years=count))
    assert moved.precision is value.precision
    assert moved.earliest.year == value.earliest.year + count
    assert shift_date(moved, Duration(years=-count)) == value
