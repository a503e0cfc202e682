"""Dates known only as well as their author knows them: EDTF (ISO 8601-2:2019).

Levels 0 and 1, and of level 2 the seasons with a hemisphere, quarters, halves and ``[A..B]``
(written ``between A and B``). A date here is always *one* day, of which the earliest and the
latest possibility are known; a span has two of them.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from timeline.diagnostics import Refusal

FIRST_YEAR = 2
LAST_YEAR = 9998
"""Both ends leave a year free, so that no exclusive end and no zone offset leaves 1 to 9999."""


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


@dataclass(frozen=True, slots=True)
class Date:
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


def parse(text: str) -> Date:
    """Read one date, with its qualification if it has one.

    Raises ``Refusal`` with the code ``date-syntax``, ``no-such-date`` or ``year-range``.
    """
    found = _parse(text)
    if isinstance(found, Refusal):
        # A cached exception would gather tracebacks: raise a fresh one.
        raise Refusal(found.code, found.message, found.help, found.part)
    return found


@lru_cache(maxsize=4096)
def _parse(text: str) -> Date | Refusal:
    body, qualification = text, Qualification.CERTAIN
    if text[-1:] in ("?", "~", "%"):
        body, qualification = text[:-1], Qualification(text[-1])
    try:
        for pattern, make in _FORMS:
            if match := pattern.fullmatch(body):
                found = make(*match.groups())
                return replace(found, qualification=qualification) if qualification else found
    except Refusal as refusal:
        return refusal
    return Refusal("date-syntax", f"`{text}` is not a date")


# The makers of each form. They trust the pattern for the digits and check the calendar.


def day(value: date) -> Date:
    """Make the date of one known day; years 2 to 9998, else ``Refusal``."""
    _check_year(value.year, value.isoformat())
    return Date(value, value, Precision.DAY, value.isoformat())


def month(year: int, number: int) -> Date:
    """Make some day of a month."""
    text = f"{year:04}-{number:02}"
    _check_year(year, text)
    last = calendar.monthrange(year, number)[1]
    return Date(date(year, number, 1), date(year, number, last), Precision.MONTH, text)


def year(number: int) -> Date:
    """Make some day of a year."""
    return _months(Precision.YEAR, f"{number:04}", number, 1, 12)


def quarter(year: int, number: int) -> Date:
    """Make some day of a quarter, 1 to 4."""
    return _months(Precision.QUARTER, f"{year:04}-Q{number}", year, 3 * number - 2, 3)


def half(year: int, number: int) -> Date:
    """Make some day of a half year, 1 or 2."""
    return _months(Precision.HALF, f"{year:04}-H{number}", year, 6 * number - 5, 6)


def season(year: int, code: int) -> Date:
    """Make some day of a season by its EDTF code, 21 to 32: meteorological months.

    21 to 24 name no hemisphere and are read as northern. A winter or a southern summer begins
    in December of its year and ends in February of the next.
    """
    return _months(Precision.SEASON, f"{year:04}-{code}", year, _SEASON_STARTS[code], 3)


def week(year: int, number: int) -> Date:
    """Make some day of an ISO 8601 week (Monday to Sunday)."""
    text = f"{year:04}-W{number:02}"
    _check_year(year, text)
    try:
        monday = date.fromisocalendar(year, number, 1)
    except ValueError:
        last = date(year, 12, 28).isocalendar().week
        raise Refusal(
            "no-such-date", f"`{text}` does not exist", f"{year:04} has the weeks W01 to W{last}"
        ) from None
    sunday = monday + timedelta(days=6)
    _check_year(sunday.year, text)
    return Date(monday, sunday, Precision.WEEK, text)


def between(first: Date, last: Date) -> Date:
    """Make one day from the earliest of one date to the latest of another, not known which."""
    if last.latest < first.earliest:
        raise Refusal(
            "empty-between",
            f"`between {first.text} and {last.text}` holds no day: it ends before it begins",
            f"write `between {last.text} and {first.text}`",
        )
    # A side that is no day, month or year (a week, a quarter) stands as its outermost day.
    lower = _BETWEEN_DIGITS.get(first.precision, 10)
    upper = _BETWEEN_DIGITS.get(last.precision, 10)
    return Date(
        first.earliest,
        last.latest,
        Precision.BETWEEN,
        f"between {first.earliest.isoformat()[:lower]} and {last.latest.isoformat()[:upper]}",
        first.qualification | last.qualification,
    )


_BETWEEN_DIGITS = {Precision.MONTH: 7, Precision.YEAR: 4}
_SEASON_STARTS = dict(zip(range(21, 33), (3, 6, 9, 12, 3, 6, 9, 12, 9, 12, 3, 6), strict=True))


def _months(precision: Precision, text: str, year: int, first: int, count: int) -> Date:
    _check_year(year, text)
    years, before = divmod(first + count - 2, 12)
    end_year, end_month = year + years, before + 1
    _check_year(end_year, text)
    last = calendar.monthrange(end_year, end_month)[1]
    return Date(date(year, first, 1), date(end_year, end_month, last), precision, text)


def _check_year(number: int, text: str) -> None:
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise Refusal("year-range", f"`{text}` is outside of the years 0002 to 9998")


def _read_day(year: str, month: str, day_: str) -> Date:
    y, m, d = int(year), int(month), int(day_)
    _check_month(m, f"{year}-{month}-{day_}")
    _check_year(y, f"{year}-{month}-{day_}")
    last = calendar.monthrange(y, m)[1]
    if not 1 <= d <= last:
        raise Refusal(
            "no-such-date",
            f"`{year}-{month}-{day_}` does not exist",
            f"{calendar.month_name[m]} {year} has the days 01 to {last}",
        )
    return day(date(y, m, d))


def _read_month(year: str, number: str) -> Date:
    code = int(number)
    if 21 <= code <= 32:
        return season(int(year), code)
    if 33 <= code <= 36:
        return quarter(int(year), code - 32)
    if 40 <= code <= 41:
        return half(int(year), code - 39)
    _check_month(code, f"{year}-{number}")
    return month(int(year), code)


def _check_month(number: int, text: str) -> None:
    if not 1 <= number <= 12:
        raise Refusal(
            "no-such-date",
            f"`{text}` does not exist: there is no month {number:02}",
            "months are 01 to 12",
        )


def _read_year(digits: str) -> Date:
    return year(int(digits))


def _read_quarter(year: str, number: str) -> Date:
    if number not in "1234":
        raise Refusal("no-such-date", f"`{year}-Q{number}` does not exist", "quarters are Q1 to Q4")
    return quarter(int(year), int(number))


def _read_half(year: str, number: str) -> Date:
    if number not in "12":
        raise Refusal("no-such-date", f"`{year}-H{number}` does not exist", "halves are H1 and H2")
    return half(int(year), int(number))


def _read_week(year: str, number: str) -> Date:
    return week(int(year), int(number))


def _read_decade(digits: str) -> Date:
    return _read_years(digits, 10, Precision.DECADE)


def _read_century(digits: str) -> Date:
    return _read_years(digits, 100, Precision.CENTURY)


def _read_years(digits: str, count: int, precision: Precision) -> Date:
    text = digits + "X" * (4 - len(digits))
    first = int(digits) * count
    _check_year(first, text)
    _check_year(first + count - 1, text)
    return Date(date(first, 1, 1), date(first + count - 1, 12, 31), precision, text)


def _read_some_month(digits: str, rest: str) -> Date:
    return replace(year(int(digits)), text=f"{digits}-XX{rest or ''}")


def _read_some_day(digits: str, number: str) -> Date:
    _check_month(int(number), f"{digits}-{number}-XX")
    return replace(month(int(digits), int(number)), text=f"{digits}-{number}-XX")


_FORMS = tuple(
    (re.compile(pattern, re.ASCII), make)
    for pattern, make in (
        (r"(\d{4})-(\d\d)-(\d\d)", _read_day),
        (r"(\d{4})-(\d\d)", _read_month),
        (r"(\d{4})", _read_year),
        (r"(\d{4})-Q(\d)", _read_quarter),
        (r"(\d{4})-H(\d)", _read_half),
        (r"(\d{4})-W(\d\d)", _read_week),
        (r"(\d{3})X", _read_decade),
        (r"(\d{2})XX", _read_century),
        (r"(\d{4})-XX(-XX)?", _read_some_month),
        (r"(\d{4})-(\d\d)-XX", _read_some_day),
    )
)


def edtf(value: Date) -> str:
    """Give the date in EDTF.

    A week has no EDTF of its own and is the interval of its days; ``between`` is ``[A..B]``.
    """
    if value.precision is Precision.BETWEEN:
        return f"[{_bound(value.text, 0)}..{_bound(value.text, 1)}]"
    if value.precision is Precision.WEEK:
        mark = value.qualification
        return f"{value.earliest}{mark}/{value.latest}{mark}"
    text = value.text
    if value.precision is Precision.QUARTER:
        text = f"{text[:5]}{32 + int(text[-1])}"
    elif value.precision is Precision.HALF:
        text = f"{text[:5]}{39 + int(text[-1])}"
    return text + value.qualification


def edtf_interval(start: Date | None, end: Date | str | None) -> str | None:
    """Give the EDTF interval of a span; ``end`` is a date, ``..`` for open, ``None`` for unknown.

    ``None`` where EDTF has no words for it: an interval cannot hold a week or a ``between``.
    """
    sides = []
    for side in (start, end):
        if isinstance(side, Date):
            if side.precision in (Precision.BETWEEN, Precision.WEEK):
                return None
            sides.append(edtf(side))
        else:
            sides.append(side or "")
    return "/".join(sides)


def _bound(text: str, index: int) -> str:
    """Give one side of a ``between``: a day, month or year, each its own EDTF."""
    return text.removeprefix("between ").split(" and ")[index]
