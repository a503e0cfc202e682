"""Units of the calendar as dates: a day, a week, a month, up to a century.

A date is *one* day that its author knows to some unit only, so it has an earliest and a latest
possible day. A unit that the calendar does not have is refused here.
"""

from __future__ import annotations

import calendar
from datetime import date
from enum import StrEnum

from msgspec import Struct

from timeline.dates.moves import FIRST_YEAR, LAST_YEAR
from timeline.dates.names import MONTH_NAMES
from timeline.diagnostics import Refusal, cited, rules


class Precision(StrEnum):
    """The unit to which a date is known."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    BETWEEN = "between"
    NOT_BEFORE = "not before"
    NOT_AFTER = "not after"


class Qualification(StrEnum):
    """How sure the author is (EDTF level 1); the value is its mark in the file."""

    CERTAIN = ""
    UNCERTAIN = "?"
    APPROXIMATE = "~"
    BOTH = "%"

    @property
    def words(self) -> str:
        """The words of ISO 8601-2 for it."""
        return _QUALIFICATION_WORDS[self]

    @property
    def is_approximate(self) -> bool:
        """Whether a date is approximate; it may also be uncertain."""
        return self in (Qualification.APPROXIMATE, Qualification.BOTH)

    @property
    def is_uncertain(self) -> bool:
        """Whether a date is uncertain; it may also be approximate."""
        return self in (Qualification.UNCERTAIN, Qualification.BOTH)

    def __or__(self, other: str) -> Qualification:
        """Return the qualification of a date that is computed from two others."""
        if self == other or not other:
            return self
        return Qualification(other) if not self else Qualification.BOTH


_QUALIFICATION_WORDS = {
    Qualification.CERTAIN: "certain",
    Qualification.UNCERTAIN: "uncertain",
    Qualification.APPROXIMATE: "approximate",
    Qualification.BOTH: "uncertain and approximate",
}


class Date(Struct, frozen=True):
    """One day, not earlier than ``earliest`` and not later than ``latest`` (both inclusive).

    ``precision`` is the unit that is known, such as a quarter, and ``qualification`` how certain it
    is. ``text`` is the date in the notation of the events file, without its qualification.
    """

    earliest: date
    latest: date
    precision: Precision
    text: str
    qualification: Qualification = Qualification.CERTAIN

    @property
    def is_day(self) -> bool:
        """Whether it is known to the day."""
        return self.earliest == self.latest

    def __str__(self) -> str:
        return self.text + self.qualification


class OneSidedDate(Struct, frozen=True):
    """One day, not earlier than ``earliest`` or not later than ``latest`` (inclusive).

    The other of the two is ``None``. ``precision`` says which is known, and ``text`` is the date in
    the notation of the events file.
    """

    earliest: date | None
    latest: date | None
    precision: Precision
    text: str
    qualification: Qualification = Qualification.CERTAIN

    @property
    def is_day(self) -> bool:
        """Whether it is known to the day: never."""
        return False

    @property
    def known_day(self) -> date:
        """The known bound, on which the date is shown."""
        day = self.earliest or self.latest
        assert day is not None  # noqa: S101 - `make_one_sided` sets one of them
        return day

    def __str__(self) -> str:
        return self.text


class NoSuchDate(Refusal):
    """The refusal of a date that the calendar does not have; ``why`` not, if that needs words."""

    def __init__(self, text: str, help_: str | None, why: str = "") -> None:
        super().__init__(
            rules.NO_SUCH_DATE, f"{cited(text)} does not exist" + (why and f": {why}"), help_
        )
        self.text = text
        self.why = why

    def cite(self, text: str) -> NoSuchDate:
        """Return the same refusal with the date in other words, ``31 June 2025``."""
        return NoSuchDate(text, self.help, self.why)


_DAY = Precision.DAY  # the members of an enumeration take long to look up in Python 3.11


# Every function below raises `NoSuchDate`, or `Refusal` (`year-range`).


def make_day(value: date) -> Date:
    """Return the date of one known day in the years 2 to 9998."""
    return _make_day(value, value.isoformat())


def make_written_day(text: str) -> Date:
    """Return the date of one known day, written as ``YYYY-MM-DD``."""
    try:
        return _make_day(date.fromisoformat(text), text)
    except ValueError:  # of the calendar, or the `Refusal` of a year: report the month first
        year, month, number = map(int, text.split("-"))
    _check_month(month, text)
    _check_year(year, text)
    last = calendar.monthrange(year, month)[1]
    name = f"{MONTH_NAMES[month - 1]} {year:04}"
    is_leap_day = (month, number) == (2, 29)
    why = f"{year:04} is not a leap year" if is_leap_day else f"{name} has {last} days"
    help_ = f"the last day of {name} is `{year:04}-{month:02}-{last}`"
    if number == 0:
        why, help_ = "there is no day 00", f"the first day of {name} is `{year:04}-{month:02}-01`"
    raise NoSuchDate(text, help_, why)


def _make_day(value: date, text: str) -> Date:
    _check_year(value.year, text)
    return Date(value, value, _DAY, text)


def make_month(year: int, number: int) -> Date:
    """Return some day of a month, 1 to 12."""
    text = f"{year:04}-{number:02}"
    _check_month(number, text)
    return _make_months(Precision.MONTH, text, year, number, 1)


def make_year(number: int) -> Date:
    """Return some day of a year."""
    return _make_months(Precision.YEAR, f"{number:04}", number, 1, 12)


def make_quarter(year: int, number: int) -> Date:
    """Return some day of a quarter, 1 to 4."""
    text = f"{year:04}-Q{number}"
    if not 1 <= number <= 4:
        raise NoSuchDate(text, "quarters are Q1 to Q4")
    return _make_months(Precision.QUARTER, text, year, 3 * number - 2, 3)


def make_half(year: int, number: int) -> Date:
    """Return some day of a half year, 1 or 2."""
    text = f"{year:04}-H{number}"
    if not 1 <= number <= 2:
        raise NoSuchDate(text, "halves are H1 and H2")
    return _make_months(Precision.HALF, text, year, 6 * number - 5, 6)


def make_season(year: int, code: int) -> Date:
    """Return some day of a season by its EDTF code, 21 to 32, as meteorologists define seasons.

    21 to 24 have no hemisphere and are read as northern. A northern winter and a southern summer
    begin in December of their year and end in February of the next.
    """
    return _make_months(Precision.SEASON, f"{year:04}-{code}", year, SEASON_STARTS[code], 3)


SEASON_STARTS = dict(zip(range(21, 33), (3, 6, 9, 12, 3, 6, 9, 12, 9, 12, 3, 6), strict=True))
"""The first month of each season: spring, summer, autumn, winter; any, northern, southern."""


def make_week(year: int, number: int) -> Date:
    """Return some day of an ISO 8601 week (Monday to Sunday)."""
    text = f"{year:04}-W{number:02}"
    _check_year(year, text)
    last = date(year, 12, 28).isocalendar().week  # by definition in the last week of its year
    if not 1 <= number <= last:
        raise NoSuchDate(text, f"{year:04} has the weeks W01 to W{last}")
    monday = date.fromisocalendar(year, number, 1)
    sunday = date.fromisocalendar(year, number, 7)
    _check_year(monday.year, text)
    _check_year(sunday.year, text)
    return Date(monday, sunday, Precision.WEEK, text)


def make_decade(digits: int) -> Date:
    """Return some day of a decade by its first three digits: 202 for 2020 to 2029."""
    return _make_months(Precision.DECADE, f"{digits:03}X", 10 * digits, 1, 120)


def make_century(digits: int) -> Date:
    """Return some day of a century by its first two digits: 20 for 2000 to 2099."""
    return _make_months(Precision.CENTURY, f"{digits:02}XX", 100 * digits, 1, 1200)


def _make_months(precision: Precision, text: str, year: int, first: int, count: int) -> Date:
    """Return some day of ``count`` months from month ``first`` of a year."""
    years, before = divmod(first + count - 2, 12)
    end_year, end_month = year + years, before + 1
    _check_year(year, text)
    _check_year(end_year, text)
    last = calendar.monthrange(end_year, end_month)[1]
    return Date(date(year, first, 1), date(end_year, end_month, last), precision, text)


def _check_year(number: int, text: str) -> None:
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise Refusal(
            rules.YEAR_RANGE,
            f"`{text}` is not within the years 0002 to 9998",
            "correct the year, or write the date in `description`",
        )


def _check_month(number: int, text: str) -> None:
    if not 1 <= number <= 12:
        raise NoSuchDate(text, "months are 01 to 12", f"there is no month {number:02}")
