"""Dates known only as well as their author knows them: EDTF (ISO 8601-2:2019).

Levels 0 and 1, and of level 2 the seasons with a hemisphere, quarters, halves and ``[A..B]``
(written ``between A and B``). A date here is always *one* day, of which the earliest and the
latest possibility are known; a span has two of them.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from timeline._lazy import regex
from timeline.dates.names import MONTH_NAMES
from timeline.diagnostics import Refusal, cited, rules

FIRST_YEAR = 2
LAST_YEAR = 9998
"""Both ends leave a year free, so that no exclusive end and no zone offset leaves 1 to 9999."""


LAST_DAY = date(LAST_YEAR, 12, 31)


class Precision(StrEnum):
    """The unit a date is known to."""

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


class Qualification(StrEnum):
    """How sure the author is (EDTF level 1); the value is its mark in the file."""

    CERTAIN = ""
    UNCERTAIN = "?"
    APPROXIMATE = "~"
    BOTH = "%"

    @property
    def words(self) -> str:
        """The name ISO 8601-2 gives it."""
        return _QUALIFICATION_WORDS[self]

    def __or__(self, other: str) -> Qualification:
        """What holds of a date that rests on two."""
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

    ``text`` is the date in the notation of the events file, without its qualification.
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


@lru_cache(4096)  # the days of times, too
def parse_date(text: str) -> Date:
    """Read one date, with its qualification if it has one; not ``between A and B``.

    Raises ``Refusal`` with the code ``date-syntax``, ``no-such-date`` or ``year-range``.
    """
    body, mark = (text[:-1], text[-1]) if text.endswith(("?", "~", "%")) else (text, "")
    for pattern, make in _FORMS:
        if match := pattern.fullmatch(body):
            found = make(*map(int, match.groups()))
            return replace(found, qualification=Qualification(mark)) if mark else found
    raise Refusal(rules.DATE_SYNTAX, f"{cited(text)} is not a date")


# The makers of each form. They check the calendar: what does not exist is a ``Refusal``.


def make_day(value: date) -> Date:
    """Make the date of one known day; years 2 to 9998, else ``Refusal``."""
    _check_year(value.year, value.isoformat())
    return Date(value, value, Precision.DAY, value.isoformat())


def make_month(year: int, number: int) -> Date:
    """Make some day of a month, 1 to 12."""
    text = f"{year:04}-{number:02}"
    _check_month(number, text)
    return _months(Precision.MONTH, text, year, number, 1)


def make_year(number: int) -> Date:
    """Make some day of a year."""
    return _months(Precision.YEAR, f"{number:04}", number, 1, 12)


def make_quarter(year: int, number: int) -> Date:
    """Make some day of a quarter, 1 to 4."""
    text = f"{year:04}-Q{number}"
    if not 1 <= number <= 4:
        raise NoSuchDate(text, "quarters are Q1 to Q4")
    return _months(Precision.QUARTER, text, year, 3 * number - 2, 3)


def make_half(year: int, number: int) -> Date:
    """Make some day of a half year, 1 or 2."""
    text = f"{year:04}-H{number}"
    if not 1 <= number <= 2:
        raise NoSuchDate(text, "halves are H1 and H2")
    return _months(Precision.HALF, text, year, 6 * number - 5, 6)


def make_season(year: int, code: int) -> Date:
    """Make some day of a season by its EDTF code, 21 to 32: meteorological months.

    21 to 24 name no hemisphere and are read as northern. A northern winter and a southern summer
    begin in December of their year and end in February of the next.
    """
    return _months(Precision.SEASON, f"{year:04}-{code}", year, SEASON_STARTS[code], 3)


SEASON_STARTS = dict(zip(range(21, 33), (3, 6, 9, 12, 3, 6, 9, 12, 9, 12, 3, 6), strict=True))
"""The first month of each season: spring, summer, autumn, winter; any, northern, southern."""


def make_week(year: int, number: int) -> Date:
    """Make some day of an ISO 8601 week (Monday to Sunday)."""
    text = f"{year:04}-W{number:02}"
    _check_year(year, text)
    last = date(year, 12, 28).isocalendar().week  # by definition in the last week of its year
    if not 1 <= number <= last:
        help_ = f"{year:04} has the weeks W01 to W{last}"
        raise NoSuchDate(text, help_)
    monday = date.fromisocalendar(year, number, 1)
    sunday = monday + timedelta(days=6)
    _check_year(monday.year, text)
    _check_year(sunday.year, text)
    return Date(monday, sunday, Precision.WEEK, text)


def make_between(first: Date, last: Date) -> Date:
    """Make one day from the earliest of one date to the latest of another, not known which.

    A side that is no day, month or year (a week, a quarter) stands as its outermost day. Where
    both sides are the same the date is that side. Raises ``Refusal``: ``empty-between``.
    """
    if last.latest < first.earliest:
        raise Refusal(
            rules.EMPTY_BETWEEN,
            f"`between {first.text} and {last.text}` holds no day: it ends before it begins",
            f"write `between {last.text} and {first.text}`",
        )
    mark = first.qualification | last.qualification
    lower = first.earliest.isoformat()[: _SIDE_LENGTHS.get(first.precision, 10)]
    upper = last.latest.isoformat()[: _SIDE_LENGTHS.get(last.precision, 10)]
    if lower == upper:
        return replace(parse_date(lower), qualification=mark)
    text = f"between {lower} and {upper}"
    return Date(first.earliest, last.latest, Precision.BETWEEN, text, mark)


def looks_like_two_years(value: Date) -> bool:
    """Say whether a season is written as people write two years: ``2025-26``."""
    is_season = value.precision is Precision.SEASON
    return is_season and int(value.text[5:]) == (int(value.text[:4]) + 1) % 100


def between_sides(value: Date) -> tuple[Date, Date]:
    """Give the two dates of a ``between``, each a day, a month or a year."""
    first, last = value.text.removeprefix("between ").split(" and ")
    return parse_date(first), parse_date(last)


_SIDE_LENGTHS = {Precision.MONTH: 7, Precision.YEAR: 4}


def _months(precision: Precision, text: str, year: int, first: int, count: int) -> Date:
    years, before = divmod(first + count - 2, 12)
    end_year, end_month = year + years, before + 1
    _check_year(year, text)
    _check_year(end_year, text)
    last = calendar.monthrange(end_year, end_month)[1]
    return Date(date(year, first, 1), date(end_year, end_month, last), precision, text)


class NoSuchDate(Refusal):
    """The refusal of a date that the calendar does not have; ``why`` is a clause, if there is one.

    ``text`` is the date as it was read, which is not always how the author wrote it.
    """

    def __init__(self, text: str, hint: str | None, why: str | None = None) -> None:
        message = f"{cited(text)} does not exist" + (f": {why}" if why else "")
        super().__init__(rules.NO_SUCH_DATE, message, hint)
        self.text, self.why = text, why


def _check_year(number: int, text: str) -> None:
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise Refusal(
            rules.YEAR_RANGE,
            f"`{text}` is not within the years 0002 to 9998",
            "correct the year; a date outside of them can be told in `description`",
        )


def _check_month(number: int, text: str) -> None:
    if not 1 <= number <= 12:
        raise NoSuchDate(text, "months are 01 to 12", f"there is no month {number:02}")


def _calendar_day(year: int, month: int, number: int) -> Date:
    try:
        return make_day(date(year, month, number))
    except ValueError:  # the calendar's, or the `Refusal` of a year: say which, the month first
        text = f"{year:04}-{month:02}-{number:02}"
    _check_month(month, text)
    _check_year(year, text)
    last = calendar.monthrange(year, month)[1]
    name = f"{MONTH_NAMES[month - 1]} {year:04}"
    is_leap_day = (month, number) == (2, 29)
    why = f"{year:04} is no leap year" if is_leap_day else f"{name} has {last} days"
    help_ = f"the last day of {name} is `{year:04}-{month:02}-{last}`"
    if number == 0:
        why, help_ = "there is no day 00", f"the first day of {name} is `{year:04}-{month:02}-01`"
    raise NoSuchDate(text, help_, why)


def _month_or_code(year: int, number: int) -> Date:
    if 21 <= number <= 32:
        return make_season(year, number)
    if 33 <= number <= 36:
        return make_quarter(year, number - 32)
    if 40 <= number <= 41:
        return make_half(year, number - 39)
    return make_month(year, number)


def _years(digits: int, count: int, precision: Precision) -> Date:
    text = f"{digits:03}X" if precision is Precision.DECADE else f"{digits:02}XX"
    return _months(precision, text, digits * count, 1, 12 * count)


_FORMS = tuple(
    (regex(pattern, re.ASCII), make)
    for pattern, make in (
        (r"(\d{4})-(\d\d)-(\d\d)", _calendar_day),
        (r"(\d{4})-(\d\d)", _month_or_code),
        (r"(\d{4})", make_year),
        (r"(\d{4})-Q(\d)", make_quarter),
        (r"(\d{4})-H(\d)", make_half),
        (r"(\d{4})-W(\d\d)", make_week),
        (r"(\d{3})X", lambda digits: _years(digits, 10, Precision.DECADE)),
        (r"(\d\d)XX", lambda digits: _years(digits, 100, Precision.CENTURY)),
        (r"(\d{4})-XX", lambda y: replace(make_year(y), text=f"{y:04}-XX")),
        (r"(\d{4})-XX-XX", lambda y: replace(make_year(y), text=f"{y:04}-XX-XX")),
        (r"(\d{4})-(\d\d)-XX", lambda y, m: replace(make_month(y, m), text=f"{y:04}-{m:02}-XX")),
    )
)
"""Every form a date has, the frequent ones first; the numbers go to the maker."""


def format_edtf(value: Date) -> str:
    """Give the date in EDTF.

    A week has no EDTF of its own and is the interval of its days. ``between`` is ``[A..B]``, in
    which EDTF has no place for a qualification: that of a result of arithmetic is not told.
    """
    text = value.text
    match value.precision:
        case Precision.BETWEEN:
            return f"[{text.removeprefix('between ').replace(' and ', '..')}]"
        case Precision.WEEK:
            mark = value.qualification
            return f"{value.earliest}{mark}/{value.latest}{mark}"
        case Precision.QUARTER:
            text = f"{text[:5]}{32 + int(text[-1])}"
        case Precision.HALF:
            text = f"{text[:5]}{39 + int(text[-1])}"
    return text + value.qualification


def format_edtf_interval(start: Date | None, end: Date | str | None) -> str | None:
    """Give the EDTF interval of a span; ``end`` is a date, ``..`` for open, ``None`` for unknown.

    ``None`` where EDTF has no words for it: an interval cannot hold a week or a ``between``.
    """
    texts = []
    for side in (start, end):
        if isinstance(side, Date):
            if side.precision in (Precision.BETWEEN, Precision.WEEK):
                return None
            texts.append(format_edtf(side))
        else:
            texts.append(side or "")
    return "/".join(texts)
