from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from timeline.dates.arithmetic import shift_date, shift_day, shift_wall_time
from timeline.dates.calendar_units import Date, Precision, Qualification
from timeline.dates.durations import Duration, parse_duration
from timeline.dates.edtf import parse_date
from timeline.dates.fields import parse_with_corrections
from timeline.dates.relative import RelativeDate, looks_relative, parse_relative_date
from timeline.diagnostics.model import Refusal

AMOUNTS = [
    ("1 minute", Duration(minutes=1)),
    ("90 minutes", Duration(minutes=90)),
    ("2 hours", Duration(hours=2)),
    ("1 day", Duration(days=1)),
    ("1 days", Duration(days=1)),
    ("3 day", Duration(days=3)),
    ("2 weeks", Duration(weeks=2)),
    ("6 months", Duration(months=6)),
    ("4 years", Duration(years=4)),
    ("0 days", Duration()),
    ("999999 days", Duration(days=999_999)),
    ("P3D", Duration(days=3)),
    ("P2W", Duration(weeks=2)),
    ("P1Y2M3D", Duration(years=1, months=2, days=3)),
    ("P1Y2M1W3DT4H5M6S", Duration(1, 2, 1, 3, 4, 5, 6)),
    ("PT1H30M", Duration(hours=1, minutes=30)),
    ("PT45S", Duration(seconds=45)),
    ("P1DT12H", Duration(days=1, hours=12)),
]


@pytest.mark.parametrize(("text", "amount"), AMOUNTS)
def test_amounts(text: str, amount: Duration) -> None:
    duration = parse_duration(text)
    assert duration == replace(amount, text=text)
    assert bool(duration) is bool(duration.is_exact or duration.is_nominal)
    back = -duration
    assert -back == duration


AMOUNTS_REFUSED = [
    # written, part of the message, part of the help
    ("", "`` is not a duration", "like `3 days`"),
    ("3", "`3` is a number without a unit", "write `3 days`, or another unit: minutes, hours"),
    ("1", "`1` is a number without a unit", "write `1 day`"),
    ("fifteen days", "is not a duration", "write `15 days`"),
    ("1h30", "is not a duration", "write `PT1H30M`"),
    ("2 hrs 05", "is not a duration", "write `PT2H5M`"),
    ("1.5 hours", "is not a whole number of its unit", "write `90 minutes`"),
    ("half an hour", "is not a duration", "write `30 minutes`"),
    ("1,25 years", "is not a whole number of its unit", "write `15 months`"),
    ("1.3 years", "is not a whole number of its unit", "of a smaller unit"),
    ("0.001 hours", "is not a whole number of its unit", "of a smaller unit"),
    ("days", "`days` is not a duration", "like `3 days`"),
    ("3 fortnights", "`3 fortnights` is not a duration", "units are minutes"),
    ("3 m", "`3 m` is not a duration", "units are minutes"),  # minutes or months
    ("3days", "`3days` is not a duration", "write `3 days`"),
    ("3  days", "is not a duration", "write `3 days`"),
    ("3 Days", "is not a duration", "write `3 days`"),
    ("3d", "is not a duration", "write `3 days`"),
    ("two weeks", "is not a duration", "write `2 weeks`"),
    ("a month", "is not a duration", "write `1 month`"),
    ("1 hour 30 minutes", "is not a duration", "write `PT1H30M`"),
    ("1 year and 2 days", "is not a duration", "write `P1Y2D`"),
    ("30 seconds", "is not a duration", "write `PT30S`"),
    ("p3d", "is not a duration", "write `P3D`"),
    ("1 day 2 days", "is not a duration", "like `3 days`"),
    ("1.5 days", "`1.5 days` is not a whole number", "a smaller unit"),
    ("1,5 days", "`1,5 days` is not a whole number", "a smaller unit"),
    ("P1.5D", "`P1.5D` is not a whole number", "a smaller unit"),
    ("PT0,5H", "`PT0,5H` is not a whole number", "a smaller unit"),
    ("-3 days", "`-3 days` is not a duration", "like `3 days`"),
    ("P", "`P` is not a duration", "like `P3D`"),
    ("PT", "`PT` is not a duration", "like `P3D`"),
    ("P1DT", "`P1DT` is not a duration", "like `P3D`"),
    ("P1D2M", "`P1D2M` is not a duration", "like `P3D`"),
    ("P1H", "`P1H` is not a duration", "like `P3D`"),
    ("٣ days", "is not a duration", "write `3 days`"),
    ("1000000 days", "has a number of more than 6 digits", "in a longer unit"),
    ("P1000000D", "has a number of more than 6 digits", "in a longer unit"),
    ("9" * 10_000 + " days", "has a number of more than 6 digits", "in a longer unit"),
    ("9" * 10_000, "is not a duration", "like `3 days`"),
]


@pytest.mark.parametrize(("text", "message", "help_"), AMOUNTS_REFUSED)
def test_amounts_refused(text: str, message: str, help_: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_duration(text)
    assert caught.value.code == "duration-syntax"
    assert message in caught.value.message
    assert help_ in (caught.value.help or "")


RELATIVES = [
    ("dakar.start", RelativeDate("dakar", "start")),
    ("dakar-2025.end", RelativeDate("dakar-2025", "end")),
    ("2025.start", RelativeDate("2025", "start")),
    ("a_b-c.start", RelativeDate("a_b-c", "start")),
    ("a.end~", RelativeDate("a", "end", qualification=Qualification.APPROXIMATE)),
    ("a.end - 2 days", RelativeDate("a", "end", (Duration(days=-2),))),
    ("a.end - 2 days + 1 month", RelativeDate("a", "end", (Duration(days=-2), Duration(months=1)))),
    ("a.end + P1Y2D", RelativeDate("a", "end", (Duration(years=1, days=2),))),
    ("a.end - PT30M", RelativeDate("a", "end", (Duration(minutes=-30),))),
    ("a.end at 18:00", RelativeDate("a", "end", clock=time(18))),
    ("a.end - 1 day at 18:00:30", RelativeDate("a", "end", (Duration(days=-1),), time(18, 0, 30))),
    (
        "a.end - 1 day at 18:00~",
        RelativeDate("a", "end", (Duration(days=-1),), time(18), Qualification.APPROXIMATE),
    ),
    (
        "a.start + 1 week?",
        RelativeDate("a", "start", (Duration(weeks=1),), None, Qualification.UNCERTAIN),
    ),
    ("a.start%", RelativeDate("a", "start", qualification=Qualification.BOTH)),
    (f"{'a' * 63}.start", RelativeDate("a" * 63, "start")),
]


@pytest.mark.parametrize(("text", "relative"), RELATIVES)
def test_relative_dates(text: str, relative: RelativeDate) -> None:
    assert looks_relative(text)
    parsed = parse_relative_date(text)
    terms = tuple(
        replace(term, text=read.text)
        for term, read in zip(relative.terms, parsed.terms, strict=True)
    )
    assert parsed == replace(relative, terms=terms, text=text)
    assert str(parsed) == text
    assert parse_with_corrections(text) == parsed


def test_a_thousand_terms_are_a_relative_date() -> None:
    assert len(parse_relative_date("a.start" + " + 1 day" * 1000).terms) == 1000


RELATIVES_REFUSED = [
    # written, code, the part at fault, part of the message
    ("dakar.begin", "relative-syntax", "begin", "`begin` is neither the `start` nor the `end`"),
    ("dakar.starts", "relative-syntax", "starts", "`starts` is neither"),
    ("Dakar.start", "relative-syntax", None, "`Dakar.start` is not a relative date"),
    ("_a.start", "relative-syntax", None, "is not a relative date"),
    ("the dakar.start", "relative-syntax", None, "is not a relative date"),
    (f"{'a' * 64}.start", "relative-syntax", None, "is not a relative date"),
    ("start + 1 day", "relative-syntax", None, "`start + 1 day` does not say of which event"),
    ("end", "relative-syntax", None, "`end` does not say of which event"),
    ("a.start+2 days", "relative-syntax", "+2 days", "`+2 days` does not continue"),
    ("a.start -2 days", "relative-syntax", "-2 days", "`-2 days` does not continue"),
    ("a.start  + 2 days", "relative-syntax", "+ 2 days", "`+ 2 days` does not continue"),
    ("a.start ", "relative-syntax", None, "does not continue"),
    ("a.start ~", "relative-syntax", "~", "`~` does not continue"),
    ("a.start~~", "relative-syntax", "~~", "`~~` does not continue"),
    ("a.start~ + 1 day", "relative-syntax", "~ + 1 day", "does not continue"),
    ("a.start at 9 am", "relative-syntax", "at 9 am", "`at 9 am` does not continue"),
    ("a.start at 18:00 + 1 day", "relative-syntax", "at 18:00 + 1 day", "does not continue"),
    ("a.start + 2days", "duration-syntax", "2days", "`2days` is not a duration"),
    ("a.start + two days", "duration-syntax", "two days", "`two days` is not a duration"),
    ("a.start + 1.5 days", "duration-syntax", "1.5 days", "`1.5 days` is not a whole number"),
    ("a.start + -1 day", "duration-syntax", "-1 day", "`-1 day` is not a duration"),
    ("a.start + 1 day + x", "duration-syntax", "x", "`x` is not a duration"),
    ("a.start + 1 day - 9999999 days", "duration-syntax", "9999999 days", "more than 6 digits"),
    ("a.start at 25:00", "no-such-time", "25:00", "`25:00` is not a time of day"),
    ("a.start at 9am~", "no-such-time", "9am", "`9am` is not a time of day"),
]


@pytest.mark.parametrize(("text", "code", "part", "message"), RELATIVES_REFUSED)
def test_relative_dates_refused(text: str, code: str, part: str | None, message: str) -> None:
    assert looks_relative(text)
    with pytest.raises(Refusal) as caught:
        parse_relative_date(text)
    assert caught.value.code == code
    assert message in caught.value.message
    assert caught.value.help
    assert (text[slice(*caught.value.part)] if caught.value.part else None) == part


@pytest.mark.parametrize(
    "text",
    [
        *("2025-01-03", "17.01.2025", "3.Januar", "c. 2025", "start of 2025", "end-January 2025"),
        *("between a.start and b.end", "t.b.c.", "n.a.", "9 a.m.", "TBC", ""),
    ],
)
def test_other_texts_are_not_meant_as_relative(text: str) -> None:
    assert not looks_relative(text)


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
    assert "`2 hours` cannot move `2025-01-03`" in caught.value.message


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


@given(st.text() | st.text("ab.startend +-~123dayPT:", max_size=30).map("a.start".__add__))
def test_any_text_is_a_relative_date_or_refused(text: str) -> None:
    for parse in (parse_relative_date, parse_duration):
        try:
            parse(text)
        except Refusal as refusal:
            assert refusal.help  # noqa: PT017 - most texts are refused, and some are not
