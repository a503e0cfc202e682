"""Properties of all dates in EDTF, with the edtf library as an oracle."""

from __future__ import annotations

import warnings
from datetime import date, timedelta
from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from timeline.dates.calendar_units import FIRST_YEAR, LAST_YEAR, Date, Precision
from timeline.dates.edtf import (
    format_edtf,
    make_between,
    parse_date,
)
from timeline.dates.one_sided import make_one_sided
from timeline.diagnostics.model import Refusal

with warnings.catch_warnings():
    # edtf 5.0.2 names the same group twice in its grammar, which newer pyparsing warns of.
    warnings.filterwarnings("ignore", "warn_multiple_tokens_in_named_alternation")
    import edtf as library


DAY, WEEK, MONTH, SEASON = Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.SEASON
QUARTER, HALF, YEAR = Precision.QUARTER, Precision.HALF, Precision.YEAR
DECADE, CENTURY = Precision.DECADE, Precision.CENTURY


years = st.integers(FIRST_YEAR, LAST_YEAR)
plain_texts = st.one_of(
    st.dates(date(2, 1, 1), date(9998, 12, 31)).map(date.isoformat),
    st.builds("{:04}-{:02}".format, years, st.integers(1, 12)),
    years.map("{:04}".format),
    st.builds("{:04}-Q{}".format, years, st.integers(1, 4)),
    st.builds("{:04}-H{}".format, years, st.integers(1, 2)),
    st.builds("{:04}-W{:02}".format, st.integers(3, 9997), st.integers(1, 52)),
    st.builds("{:04}-{}".format, st.integers(2, 9997), st.integers(21, 36)),
    st.builds("{:04}-{}".format, years, st.integers(40, 41)),
    st.integers(1, 998).map("{:03}X".format),
    st.integers(1, 98).map("{:02}XX".format),
    st.builds("{:04}-XX{}".format, years, st.sampled_from(["", "-XX"])),
    st.builds("{:04}-{:02}-XX".format, years, st.integers(1, 12)),
)
texts = st.builds("{}{}".format, plain_texts, st.sampled_from(["", "?", "~", "%"]))


@given(texts)
def test_text_makes_a_round_trip(text: str) -> None:
    value = parse_date(text)
    assert parse_date(str(value)) == value


@given(texts)
def test_edtf_makes_a_round_trip(text: str) -> None:
    value = parse_date(text)
    assume(value.precision is not WEEK)  # an interval in EDTF, which is two keys here
    assert parse_date(format_edtf(value)) == value


@given(texts)
def test_the_earliest_is_not_after_the_latest(text: str) -> None:
    value = parse_date(text)
    assert value.earliest <= value.latest
    assert FIRST_YEAR <= value.earliest.year <= value.latest.year <= LAST_YEAR
    assert value.is_day is (value.precision is DAY)


@given(st.integers(3, 9997), st.integers(0, 99))
def test_a_week_exists_where_the_calendar_has_it(year: int, number: int) -> None:
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        with pytest.raises(Refusal):
            parse_date(f"{year:04}-W{number:02}")
    else:
        value = parse_date(f"{year:04}-W{number:02}")
        assert (value.earliest, value.latest) == (monday, monday + timedelta(days=6))


@given(st.text() | st.text("0123456789-XQHW?~%", max_size=12))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    value = read(text)
    if isinstance(value, Refusal):
        assert value.code in {"date-syntax", "no-such-date", "year-range"}
    else:
        assert str(value) == text or value.precision in (QUARTER, HALF)


def read(text: str) -> Date | Refusal:
    try:
        return parse_date(text)
    except Refusal as refusal:
        return refusal


# The edtf library as an oracle, with all that it is known to see otherwise.


def winters(text: str) -> bool:
    """It ends a season that crosses the new year in December, with its own year."""
    return text[4:] in ("-24", "-28", "-30")


def qualified_codes(text: str) -> bool:
    """It cannot read a season, quarter or half with a qualification."""
    return text[-1] in "?~%" and text[4] == "-" and text[5:-1].isdigit() and int(text[5:-1]) >= 21


def theirs(text: str) -> tuple[date, date]:
    value = library.parse_edtf(text)
    first, last = value.lower_strict(), value.upper_strict()
    return date(*first[:3]), date(*last[:3])


@given(texts)
def test_bounds_are_those_of_the_edtf_library(text: str) -> None:
    value = parse_date(text)
    own = format_edtf(value)
    assume(not winters(own) and not qualified_codes(own))
    assert theirs(own) == (value.earliest, value.latest)


@pytest.mark.parametrize("code", [24, 28, 30])
def test_the_library_still_ends_winter_in_december(code: int) -> None:
    text = f"2025-{code}"
    assert winters(text)
    assert theirs(text) == (date(2025, 12, 1), date(2025, 12, 31))


@pytest.mark.parametrize("text", [f"2025-{code}~" for code in (*range(21, 37), 40, 41)])
def test_the_library_still_cannot_read_a_qualified_season_or_quarter(text: str) -> None:
    assert qualified_codes(text)
    with pytest.raises(library.parser.edtf_exceptions.EDTFParseException):
        theirs(text)


@pytest.mark.parametrize(
    ("first", "last", "readable"),
    [
        ("2025", "2028", True),
        ("2025-01", "2025-03", True),
        ("2025-01-03", "2025-01-17", True),
        ("2025-01", "2025-03-15", False),  # its sets have sides of one kind only
        ("2025-03", "2026", False),
    ],
)
def test_a_between_is_a_set_of_the_library_where_its_sides_are_of_a_kind(
    first: str, last: str, readable: bool
) -> None:
    value = make_between(parse_date(first), parse_date(last))
    if readable:
        assert theirs(format_edtf(value)) == (value.earliest, value.latest)
    else:
        with pytest.raises(library.parser.edtf_exceptions.EDTFParseException):
            theirs(format_edtf(value))


@given(
    st.sampled_from([Precision.NOT_BEFORE, Precision.NOT_AFTER]),
    plain_texts.filter(lambda text: not winters(text)),
)
def test_a_date_with_one_known_bound_is_an_open_set_of_the_library(
    side: Precision, text: str
) -> None:
    value = make_one_sided(side, parse_date(text))
    parsed = library.parse_edtf(format_edtf(value))
    is_later = side is Precision.NOT_BEFORE
    known, missing = parsed.lower_strict, parsed.upper_strict
    if not is_later:
        known, missing = missing, known
    assert date(*known()[:3]) == value.known_day
    assert abs(missing()) == inf
