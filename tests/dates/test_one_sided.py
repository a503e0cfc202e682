"""Dates with one known bound: their bounds, their arithmetic, and the texts that mean one."""

from __future__ import annotations

import re
from datetime import date

import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from support.dated import refusal
from timeline.compiler.schema.json_schema import events_file_schema
from timeline.dates.arithmetic import shift_date
from timeline.dates.calendar_units import Date, OneSidedDate, Precision
from timeline.dates.durations import Duration, parse_duration
from timeline.dates.edtf import format_edtf, known_bound, make_between, parse_date
from timeline.dates.fields import parse_earlier_start, parse_end, parse_start
from timeline.dates.one_sided import join_sides, make_one_sided, one_bound
from timeline.diagnostics.model import Refusal

NOT_BEFORE, NOT_AFTER = Precision.NOT_BEFORE, Precision.NOT_AFTER

YEARS = st.integers(100, 9000)
DAYS = st.dates(date(100, 1, 1), date(9000, 12, 31))
BOUNDS = st.one_of(
    DAYS.map(date.isoformat),
    st.builds("{:04}-{:02}".format, YEARS, st.integers(1, 12)),
    st.builds("{:04}-Q{}".format, YEARS, st.integers(1, 4)),
    YEARS.map("{:04}".format),
)
DATES = st.one_of(
    BOUNDS,
    st.builds("{:04}-W{:02}".format, YEARS, st.integers(1, 52)),
    st.builds("{:04}-{}".format, YEARS, st.integers(21, 32)),
    st.builds("{:04}-H{}".format, YEARS, st.integers(1, 2)),
    st.builds("{:04}-XX".format, YEARS),
    st.integers(10, 900).map("{:03}X".format),
    st.builds(lambda *days: "between {} and {}".format(*sorted(days)), DAYS, DAYS),
).map(parse_start)
SIDES = st.sampled_from([NOT_BEFORE, NOT_AFTER])
ONE_SIDED = st.builds(make_one_sided, SIDES, DATES)
LENGTHS = st.builds(
    Duration, st.integers(-9, 9), st.integers(-30, 30), st.integers(-9, 9), st.integers(-99, 99)
)


@given(SIDES, BOUNDS)
def test_one_bound_is_known_and_the_other_is_none(side: Precision, bound: str) -> None:
    value, unit = parse_start(f"{side} {bound}"), parse_date(bound)
    assert isinstance(value, OneSidedDate)
    known = (unit.earliest, None) if side is NOT_BEFORE else (None, unit.latest)
    assert (value.earliest, value.latest) == known
    assert value.known_day == (known[0] or known[1])
    assert not value.is_day


@given(ONE_SIDED)
def test_a_date_from_any_other_is_read_as_itself(value: OneSidedDate) -> None:
    assert parse_start(str(value)) == value
    assert parse_earlier_start(str(value)) == value
    assert make_one_sided(value.precision, known_bound(value)) == value


@given(ONE_SIDED)
def test_edtf_has_the_same_bound(value: OneSidedDate) -> None:
    match = re.fullmatch(r"\[(.*)\.\.(.*)\]", format_edtf(value))
    assert match
    first, last = (parse_date(text) if text else None for text in match.groups())
    assert (first and first.earliest, last and last.latest) == (value.earliest, value.latest)


@given(ONE_SIDED, LENGTHS)
def test_the_bound_moves_as_the_same_date_does(value: OneSidedDate, length: Duration) -> None:
    moved = shift_date(known_bound(value), length)
    shifted = shift_date(value, length)
    expected = (moved.earliest, None) if value.precision is NOT_BEFORE else (None, moved.latest)
    assert (shifted.earliest, shifted.latest) == expected
    assert parse_start(str(shifted)) == shifted


@given(ONE_SIDED | DATES, ONE_SIDED | DATES)
def test_one_day_between_two_dates_has_the_bounds_that_are_known(
    first: Date | OneSidedDate, last: Date | OneSidedDate
) -> None:
    assume(not (first.earliest and last.latest and first.earliest > last.latest))
    value = join_sides(first, last)
    known = (value.earliest, value.latest) if value else (None, None)
    assert known == (first.earliest, last.latest)


@given(DATES, DATES)
def test_two_dates_with_both_bounds_are_joined_as_ever(first: Date, last: Date) -> None:
    if first.earliest <= last.latest:
        assert join_sides(first, last) == make_between(first, last)


@given(SIDES, ONE_SIDED)
def test_the_other_bound_of_a_date_is_never_invented(side: Precision, value: OneSidedDate) -> None:
    assert one_bound(side, value) == (value if value.precision is side else None)


def test_hours_do_not_move_a_bound() -> None:
    with pytest.raises(Refusal) as caught:
        shift_date(make_one_sided(NOT_BEFORE, parse_date("2027-06")), parse_duration("2 hours"))
    assert caught.value.code == "hours-on-a-day"


# The JSON Schema.

START = events_file_schema()["$defs"]["Event"]["properties"]["start"]
TERM = st.builds(
    " {} {}".format,
    st.sampled_from("+-"),
    st.sampled_from(
        ["1 day", "2 weeks", "3 months", "1 years", "P1Y2M", "P2W1D", "PT2H", "1d"]
        + [f"{count} working days" for count in (0, 1, 999, 1000, 2999, 3599, 3659, 3660, 3661)]
    ),
)
TEXTS = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["not before ", "not after ", "not  before ", "not before", "Not after "]),
    st.one_of(
        BOUNDS,
        st.sampled_from(["2027-33", "2027-36", "2027-37", "2027-13", "2027-00", "2027-06-32"]),
        st.sampled_from(["2027-W10", "2027-H1", "2027-25", "202X", "2027-XX", "TBC", "..", ""]),
        st.sampled_from(["a.start", "a.end.day", "a.begin", "a", "A.start", "a.start at 18:00"]),
        st.sampled_from(["between 2025 and 2026", "not after 2027", "2027-06-01T09:00"]),
    ),
    TERM | st.just(""),
    TERM | st.just(""),
    st.sampled_from(["", "", "", "?", "~", "%", " "]),
)


@given(TEXTS)
def test_the_schema_accepts_what_is_read_and_nothing_else(text: str) -> None:
    try:
        parse_start(text)
        is_read = True
    except Refusal as refused:
        is_read = refused.code in ("no-such-date", "year-range") and _is_written_as_a_date(text)
    assert jsonschema.Draft202012Validator(START).is_valid(text) is is_read


def _is_written_as_a_date(text: str) -> bool:
    """Return whether only the calendar has no such date, as 30 February."""
    match = re.fullmatch(r"not (?:before|after) \d{4}(?:-(\d\d))?(?:-(\d\d))?", text)
    return bool(match) and int(match[1] or 1) in range(1, 13) and int(match[2] or 1) in range(1, 32)


def test_the_schema_accepts_as_many_terms_as_are_read() -> None:
    text = "not before a.start" + " + 1 day" * 32
    assert parse_start(text)
    assert jsonschema.Draft202012Validator(START).is_valid(text)
    assert refusal(f"{text} + 1 day").code == "too-long"
    assert not jsonschema.Draft202012Validator(START).is_valid(f"{text} + 1 day")


def test_the_schema_accepts_a_bound_of_an_earlier_date_and_no_other_literal() -> None:
    schema = events_file_schema()["$defs"]
    was = jsonschema.Draft202012Validator(schema["WasEntry"])
    assert was.is_valid("not before 2027-06")
    assert was.is_valid({"start": "not after 2027-Q1", "note": "then"})
    assert not was.is_valid({"start": "2027", "end": "not after 2028"})
    assert not was.is_valid("not before a.start")
    end = jsonschema.Draft202012Validator(schema["Event"]["properties"]["end"])
    assert not end.is_valid("not before 2027-06")


# What people write.


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("no earlier than June 2027", "not before 2027-06"),
        ("not earlier than 2027", "not before 2027"),
        ("No sooner than 3 June 2027", "not before 2027-06-03"),
        ("NET June 2027", "not before 2027-06"),
        ("on or after 2027-06-03", "not before 2027-06-03"),
        ("at the earliest Q3 2027", "not before 2027-Q3"),
        ("Q3 2027 at the earliest", "not before 2027-Q3"),
        ("2027-06 or later", "not before 2027-06"),
        (">= 2027-06", "not before 2027-06"),
        ("\u2265 2027", "not before 2027"),
        ("[2027-06..]", "not before 2027-06"),
        ("not before June 2027", "not before 2027-06"),
        ("not-before 2027-06", "not before 2027-06"),
        ("not-after 2027-06", "not after 2027-06"),
        ("Not Before 2027-6", "not before 2027-06"),
        ("not before week 3 2027", "not before 2027-01-18"),
        ("no later than March 2027", "not after 2027-03"),
        ("not later than 31.3.2027", "not after 2027-03-31"),
        ("NLT 2027-03", "not after 2027-03"),
        ("on or before 2027-03-31", "not after 2027-03-31"),
        ("2027 at the latest", "not after 2027"),
        ("2027-Q1 or earlier", "not after 2027-Q1"),
        ("<=2027", "not after 2027"),
        ("[..2027-03]", "not after 2027-03"),
        ("not after 2027-W10", "not after 2027-03-14"),
        ("not after first half 2027", "not after 2027-06-30"),
        ("no later than 2 days before a.start", "not after a.start - 2 days"),
        ("not before a.begin", "not before a.start"),
    ],
)
def test_a_phrase_that_includes_its_date_has_one_reading(text: str, reading: str) -> None:
    refused = refusal(text)
    assert f"`{reading}`" in (refused.help or "")
    assert isinstance(parse_start(reading), OneSidedDate) or "a." in reading


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("before 2027-06", ("not after 2027-05", "not after 2027-06")),
        ("before January 2027", ("not after 2026-12", "not after 2027-01")),
        ("prior to 1 January 2027", ("not after 2026-12-31", "not after 2027-01-01")),
        ("before 2027-Q1", ("not after 2026-Q4", "not after 2027-Q1")),
        ("<2027", ("not after 2026", "not after 2027")),
        ("after 2027", ("not before 2028", "not before 2027")),
        ("after 2027-12", ("not before 2028-01", "not before 2027-12")),
        ("later than 2027-02-28", ("not before 2027-03-01", "not before 2027-02-28")),
        ("by 2027-Q2", ("not after 2027-Q1", "not after 2027-Q2")),
        ("by June 2027", ("not after 2027-05", "not after 2027-06")),
        ("before a.start", ("not after a.start - 1 day", "not after a.start")),
        (
            "after a.end + 2 weeks",
            ("not before a.end + 2 weeks + 1 day", "not before a.end + 2 weeks"),
        ),
        ("from 2027-06", ("not before 2027-06", "start: 2027-06", "end: ..")),
        ("as from June 2027", ("not before 2027-06", "start: 2027-06", "end: ..")),
        ("from a.start", ("not before a.start", "start: a.start", "end: ..")),
        ("until 2027", ("not after 2027", "start: TBC", "end: 2027")),
        ("..2027-03", ("not after 2027-03", "start: TBC", "end: 2027-03")),
    ],
)
def test_a_phrase_with_two_readings_has_both_in_its_help(
    text: str, readings: tuple[str, ...]
) -> None:
    refused = refusal(text)
    assert refused.message == f"`{text}` may mean two things"
    assert re.findall("`(.+?)`", refused.help or "")[: len(readings)] == list(readings)
    assert refused.replacement is None  # `--fix` must not decide


@pytest.mark.parametrize("text", ["after 9998", "after 9998-12-31", "before 0002", "by 0002-01"])
def test_a_reading_outside_of_the_years_is_not_offered(text: str) -> None:
    assert refusal(text).message == f"`{text}` is not a date"


@pytest.mark.parametrize("text", ["from 3 to 5 June 2027", "from June to July 2027"])
def test_two_dates_are_still_two_dates(text: str) -> None:
    assert refusal(text).code == "interval"


@pytest.mark.parametrize("text", ["since 2027", "2027..", "from 2027 onwards"])
def test_an_open_end_is_still_a_span(text: str) -> None:
    assert (refusal(text).help or "").endswith("and `end: ..`")


@pytest.mark.parametrize("text", ["not before 2027", "no later than 2027", "before 2027-06"])
def test_an_end_has_no_single_bound(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_end(text)
    assert caught.value.code == "one-bound"
