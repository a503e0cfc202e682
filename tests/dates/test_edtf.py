"""The forms of a date in EDTF, and the texts that are not a date."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from timeline.dates.calendar_units import Date, Precision, Qualification
from timeline.dates.edtf import (
    between_sides,
    format_edtf,
    format_edtf_interval,
    make_between,
    parse_date,
)
from timeline.diagnostics.model import Refusal

DAY, WEEK, MONTH, SEASON = Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.SEASON
QUARTER, HALF, YEAR = Precision.QUARTER, Precision.HALF, Precision.YEAR
DECADE, CENTURY = Precision.DECADE, Precision.CENTURY

FORMS = [
    # written, earliest, latest, precision, EDTF where it is another
    ("2025-01-03", "2025-01-03", "2025-01-03", DAY, None),
    ("2024-02-29", "2024-02-29", "2024-02-29", DAY, None),
    ("0002-01-01", "0002-01-01", "0002-01-01", DAY, None),
    ("9998-12-31", "9998-12-31", "9998-12-31", DAY, None),
    ("2025-01", "2025-01-01", "2025-01-31", MONTH, None),
    ("2025-02", "2025-02-01", "2025-02-28", MONTH, None),
    ("2024-02", "2024-02-01", "2024-02-29", MONTH, None),
    ("1900-02", "1900-02-01", "1900-02-28", MONTH, None),
    ("2000-02", "2000-02-01", "2000-02-29", MONTH, None),
    ("2025-04", "2025-04-01", "2025-04-30", MONTH, None),
    ("2025-12", "2025-12-01", "2025-12-31", MONTH, None),
    ("2025", "2025-01-01", "2025-12-31", YEAR, None),
    ("0002", "0002-01-01", "0002-12-31", YEAR, None),
    ("9998", "9998-01-01", "9998-12-31", YEAR, None),
    ("2025-Q1", "2025-01-01", "2025-03-31", QUARTER, "2025-33"),
    ("2025-Q2", "2025-04-01", "2025-06-30", QUARTER, "2025-34"),
    ("2025-Q3", "2025-07-01", "2025-09-30", QUARTER, "2025-35"),
    ("2025-Q4", "2025-10-01", "2025-12-31", QUARTER, "2025-36"),
    ("2025-H1", "2025-01-01", "2025-06-30", HALF, "2025-40"),
    ("2025-H2", "2025-07-01", "2025-12-31", HALF, "2025-41"),
    ("2025-W03", "2025-01-13", "2025-01-19", WEEK, "2025-01-13/2025-01-19"),
    ("2025-W01", "2024-12-30", "2025-01-05", WEEK, "2024-12-30/2025-01-05"),
    ("2020-W53", "2020-12-28", "2021-01-03", WEEK, "2020-12-28/2021-01-03"),
    ("2025-21", "2025-03-01", "2025-05-31", SEASON, None),
    ("2025-22", "2025-06-01", "2025-08-31", SEASON, None),
    ("2025-23", "2025-09-01", "2025-11-30", SEASON, None),
    ("2025-24", "2025-12-01", "2026-02-28", SEASON, None),
    ("2025-25", "2025-03-01", "2025-05-31", SEASON, None),
    ("2025-26", "2025-06-01", "2025-08-31", SEASON, None),
    ("2025-27", "2025-09-01", "2025-11-30", SEASON, None),
    ("2025-28", "2025-12-01", "2026-02-28", SEASON, None),
    ("2023-28", "2023-12-01", "2024-02-29", SEASON, None),
    ("2025-29", "2025-09-01", "2025-11-30", SEASON, None),
    ("2025-30", "2025-12-01", "2026-02-28", SEASON, None),
    ("2025-31", "2025-03-01", "2025-05-31", SEASON, None),
    ("2025-32", "2025-06-01", "2025-08-31", SEASON, None),
    ("202X", "2020-01-01", "2029-12-31", DECADE, None),
    ("001X", "0010-01-01", "0019-12-31", DECADE, None),
    ("20XX", "2000-01-01", "2099-12-31", CENTURY, None),
    ("2025-XX", "2025-01-01", "2025-12-31", YEAR, None),
    ("2025-XX-XX", "2025-01-01", "2025-12-31", YEAR, None),
    ("2025-01-XX", "2025-01-01", "2025-01-31", MONTH, None),
    ("2024-02-XX", "2024-02-01", "2024-02-29", MONTH, None),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "precision", "own"), FORMS)
def test_forms(
    text: str, earliest: str, latest: str, precision: Precision, own: str | None
) -> None:
    value = parse_date(text)
    assert value == Date(date.fromisoformat(earliest), date.fromisoformat(latest), precision, text)
    assert str(value) == text
    assert format_edtf(value) == (own or text)
    assert value.is_day is (precision is DAY)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        *((f"2025-{code}", f"2025-Q{code - 32}") for code in (33, 34, 35, 36)),
        ("2025-40", "2025-H1"),
        ("2025-41", "2025-H2"),
        ("2025-33~", "2025-Q1~"),
    ],
)
def test_the_codes_of_edtf_are_read_too(text: str, same: str) -> None:
    assert parse_date(text) == parse_date(same)
    assert str(parse_date(text)) == same
    assert format_edtf(parse_date(text)) == text


@pytest.mark.parametrize(
    ("mark", "qualification", "words"),
    [
        ("?", Qualification.UNCERTAIN, "uncertain"),
        ("~", Qualification.APPROXIMATE, "approximate"),
        ("%", Qualification.BOTH, "uncertain and approximate"),
        ("", Qualification.CERTAIN, "certain"),
    ],
)
@pytest.mark.parametrize("text", [row[0] for row in FORMS])
def test_a_qualification_never_widens(text: str, mark: str, qualification: str, words: str) -> None:
    bare, value = parse_date(text), parse_date(text + mark)
    assert (value.earliest, value.latest) == (bare.earliest, bare.latest)
    assert (value.text, value.precision) == (bare.text, bare.precision)
    assert value.qualification is qualification
    assert value.qualification.words == words
    assert str(value) == text + mark


def test_a_week_is_qualified_on_both_sides_of_its_interval() -> None:
    assert format_edtf(parse_date("2025-W03~")) == "2025-01-13~/2025-01-19~"


@pytest.mark.parametrize(("first", "second"), [*product(Qualification, repeat=2)])
def test_qualifications_join(first: Qualification, second: Qualification) -> None:
    joined = first | second
    assert isinstance(joined, Qualification)
    assert joined is second | first
    assert joined | first is joined
    either = {first, second} - {Qualification.CERTAIN}
    assert joined is (Qualification.BOTH if len(either) == 2 else next(iter(either or {first})))


REFUSED = [
    # written, code, part of the message, part of the help
    ("2025-02-30", "no-such-date", "`2025-02-30` does not exist", "February 2025 is `2025-02-28`"),
    ("2024-02-30", "no-such-date", "does not exist", "February 2024 is `2024-02-29`"),
    ("2025-02-29", "no-such-date", "does not exist: 2025 is not a leap year", "`2025-02-28`"),
    ("2025-04-31", "no-such-date", "does not exist: April 2025 has 30 days", "`2025-04-30`"),
    ("2025-01-00", "no-such-date", "does not exist: there is no day 00", "`2025-01-01`"),
    ("2025-13-45", "no-such-date", "there is no month 13", "months are 01 to 12"),
    ("2025-13", "no-such-date", "there is no month 13", "months are 01 to 12"),
    ("2025-00", "no-such-date", "there is no month 00", "months are 01 to 12"),
    ("2025-20", "no-such-date", "there is no month 20", "months are 01 to 12"),
    ("2025-37", "no-such-date", "there is no month 37", "months are 01 to 12"),
    ("2025-39", "no-such-date", "there is no month 39", "months are 01 to 12"),
    ("2025-42", "no-such-date", "there is no month 42", "months are 01 to 12"),
    ("2025-13-XX", "no-such-date", "there is no month 13", "months are 01 to 12"),
    ("2025-21-XX", "no-such-date", "there is no month 21", "months are 01 to 12"),
    ("2025-25-01", "no-such-date", "there is no month 25", "months are 01 to 12"),
    ("2025-Q0", "no-such-date", "`2025-Q0` does not exist", "quarters are Q1 to Q4"),
    ("2025-Q5", "no-such-date", "`2025-Q5` does not exist", "quarters are Q1 to Q4"),
    ("2025-H0", "no-such-date", "`2025-H0` does not exist", "halves are H1 and H2"),
    ("2025-H3", "no-such-date", "`2025-H3` does not exist", "halves are H1 and H2"),
    ("2025-W00", "no-such-date", "`2025-W00` does not exist", "2025 has the weeks W01 to W52"),
    ("2025-W53", "no-such-date", "`2025-W53` does not exist", "2025 has the weeks W01 to W52"),
    ("2020-W54", "no-such-date", "`2020-W54` does not exist", "2020 has the weeks W01 to W53"),
    ("2025-02-30~", "no-such-date", "`2025-02-30` does not exist", "`2025-02-28`"),
    ("0000", "year-range", "not within the years 0002 to 9998", ""),
    ("0001-12-31", "year-range", "`0001-12-31` is not within", ""),
    ("0001-05", "year-range", "`0001-05` is not within", ""),
    ("9999", "year-range", "`9999` is not within", ""),
    ("9999-Q1", "year-range", "`9999-Q1` is not within", ""),
    ("9999-H1", "year-range", "`9999-H1` is not within", ""),
    ("9999-W10", "year-range", "`9999-W10` is not within", ""),
    ("9999-XX", "year-range", "`9999` is not within", ""),
    ("9998-28", "year-range", "`9998-28` is not within", ""),  # its February is in 9999
    ("9998-W53", "year-range", "`9998-W53` is not within", ""),  # its Sunday is in 9999
    ("0002-W01", "year-range", "`0002-W01` is not within", ""),  # its Monday is in 0001
    ("000X", "year-range", "`000X` is not within", ""),
    ("999X", "year-range", "`999X` is not within", ""),
    ("00XX", "year-range", "`00XX` is not within", ""),
    ("99XX", "year-range", "`99XX` is not within", ""),
    ("", "date-syntax", "is not a date", ""),
    ("2025-", "date-syntax", "`2025-` is not a date", ""),
    ("2025~~", "date-syntax", "`2025~~` is not a date", ""),
    ("2025-1", "date-syntax", "`2025-1` is not a date", ""),
    ("2025-q1", "date-syntax", "`2025-q1` is not a date", ""),
    ("202x", "date-syntax", "`202x` is not a date", ""),
    ("2XXX", "date-syntax", "`2XXX` is not a date", ""),
    ("XXXX", "date-syntax", "`XXXX` is not a date", ""),
    ("2025-XX-01", "date-syntax", "`2025-XX-01` is not a date", ""),
    ("20250103", "date-syntax", "`20250103` is not a date", ""),
    ("2025-01-03\n", "date-syntax", "is not a date", ""),
    (" 2025", "date-syntax", "is not a date", ""),
    ("\uff12\uff10\uff12\uff15", "date-syntax", "is not a date", ""),
    ("٢٠٢٥", "date-syntax", "is not a date", ""),
    ("between 2025 and 2026", "date-syntax", "is not a date", ""),
    ("9" * 10_000, "date-syntax", "9…` is not a date", ""),
]


@pytest.mark.parametrize(("text", "code", "message", "help_"), REFUSED)
def test_refusals(text: str, code: str, message: str, help_: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_date(text)
    assert caught.value.code == code
    assert message in caught.value.message
    assert help_ in (caught.value.help or "")
    assert len(caught.value.message) < 120


def test_a_season_at_the_end_of_the_years() -> None:
    assert parse_date("9998-27").latest == date(9998, 11, 30)
    assert parse_date("9998-W51").latest.year == 9998


BETWEENS = [
    # first, last, earliest, latest, text, EDTF
    ("2025-01-03", "2025-01-17", "2025-01-03", "2025-01-17", "2025-01-03 and 2025-01-17"),
    ("2025-01", "2025-03", "2025-01-01", "2025-03-31", "2025-01 and 2025-03"),
    ("2025", "2028", "2025-01-01", "2028-12-31", "2025 and 2028"),
    ("2025-06", "2025", "2025-06-01", "2025-12-31", "2025-06 and 2025"),
    ("2025-03-15", "2025-03", "2025-03-15", "2025-03-31", "2025-03-15 and 2025-03"),
    # A side that EDTF cannot have in a set is its outermost day.
    ("2025-W03", "2025-Q1", "2025-01-13", "2025-03-31", "2025-01-13 and 2025-03-31"),
    ("202X", "2035", "2020-01-01", "2035-12-31", "2020-01-01 and 2035"),
    ("2025-XX", "2026-01-XX", "2025-01-01", "2026-01-31", "2025 and 2026-01"),
]


@pytest.mark.parametrize(("first", "last", "earliest", "latest", "text"), BETWEENS)
def test_between(first: str, last: str, earliest: str, latest: str, text: str) -> None:
    value = make_between(parse_date(first), parse_date(last))
    bounds = date.fromisoformat(earliest), date.fromisoformat(latest)
    assert (value.earliest, value.latest) == bounds
    assert value.precision is Precision.BETWEEN
    assert str(value) == f"between {text}"
    assert format_edtf(value) == f"[{text.replace(' and ', '..')}]"
    lower, upper = between_sides(value)
    assert (lower.earliest, upper.latest) == bounds


@pytest.mark.parametrize("text", ["2025-01-03", "2025-01", "2025"])
def test_between_a_date_and_itself_is_the_date(text: str) -> None:
    assert make_between(parse_date(text), parse_date(text + "~")) == parse_date(text + "~")


def test_between_joins_the_qualifications_of_its_sides() -> None:
    value = make_between(parse_date("2025-01?"), parse_date("2025-03~"))
    assert value.qualification is Qualification.BOTH
    assert format_edtf(value) == "[2025-01..2025-03]"


def test_a_between_that_holds_no_day_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        make_between(parse_date("2025-03"), parse_date("2025-01-31"))
    assert caught.value.code == "empty-between"
    assert caught.value.help == "write `between 2025-01-31 and 2025-03`"


@pytest.mark.parametrize(
    ("start", "end", "interval"),
    [
        ("2025-01-03", "2025-01-17", "2025-01-03/2025-01-17"),
        ("2025", "2028~", "2025/2028~"),
        ("2025-Q1", "2025-H2", "2025-33/2025-41"),
        ("2025", "..", "2025/.."),
        ("2025", None, "2025/"),
        (None, "2028", "/2028"),
        ("2025-W03", "2025", None),
        ("2025", "2025-W03", None),
    ],
)
def test_intervals(start: str | None, end: str | None, interval: str | None) -> None:
    first = parse_date(start) if start else None
    last = parse_date(end) if end and end != ".." else end
    assert format_edtf_interval(first, last) == interval


def test_a_between_has_no_place_in_an_interval() -> None:
    value = make_between(parse_date("2025"), parse_date("2026"))
    assert format_edtf_interval(value, "..") is None
    assert format_edtf_interval(parse_date("2025"), value) is None
