"""Read and write dates in EDTF (ISO 8601-2:2019).

Levels 0 and 1, and of level 2 the seasons with a hemisphere, quarters, halves and ``[A..B]``
(written ``between A and B`` in the file).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline._lazy import regex
from timeline.dates.calendar_units import (
    Date,
    OneSidedDate,
    Precision,
    Qualification,
    make_century,
    make_decade,
    make_half,
    make_month,
    make_quarter,
    make_season,
    make_week,
    make_written_day,
    make_year,
)
from timeline.diagnostics import Refusal, cited, rules

if TYPE_CHECKING:
    from datetime import date


DAY = regex(r"\d{4}-\d\d-\d\d", re.ASCII)


@lru_cache(4096)  # the days of times, too
def parse_date(text: str) -> Date:
    """Parse one date, with its qualification if it has one; not ``between A and B``.

    Raises: `Refusal` (`date-syntax`, `no-such-date`, `year-range`).
    """
    body, mark = (text[:-1], text[-1]) if text.endswith(("?", "~", "%")) else (text, "")
    if DAY.fullmatch(body):
        value = make_written_day(body)  # most dates
    elif (unit := _parse_unit(body)) is not None:
        value = unit
    else:
        raise Refusal(rules.DATE_SYNTAX, f"{cited(text)} is not a date")
    return replace(value, qualification=Qualification(mark)) if mark else value


def _parse_unit(text: str) -> Date | None:
    """Parse a unit of several days; ``None`` if the text has no form of one."""
    for pattern, make in _FORMS:
        if match := pattern.fullmatch(text):
            return make(*map(int, match.groups()))
    return None


def _make_month_or_code(year: int, number: int) -> Date:
    """Return a month, or the season, quarter or half year of an EDTF code."""
    if 21 <= number <= 32:
        return make_season(year, number)
    if 33 <= number <= 36:
        return make_quarter(year, number - 32)
    if 40 <= number <= 41:
        return make_half(year, number - 39)
    return make_month(year, number)


_FORMS = tuple(
    (regex(pattern, re.ASCII), make)
    for pattern, make in (
        (r"(\d{4})-(\d\d)", _make_month_or_code),
        (r"(\d{4})", make_year),
        (r"(\d{4})-Q(\d)", make_quarter),
        (r"(\d{4})-H(\d)", make_half),
        (r"(\d{4})-W(\d\d)", make_week),
        (r"(\d{3})X", make_decade),
        (r"(\d\d)XX", make_century),
        (r"(\d{4})-XX", lambda y: replace(make_year(y), text=f"{y:04}-XX")),
        (r"(\d{4})-XX-XX", lambda y: replace(make_year(y), text=f"{y:04}-XX-XX")),
        (r"(\d{4})-(\d\d)-XX", lambda y, m: replace(make_month(y, m), text=f"{y:04}-{m:02}-XX")),
    )
)
"""The forms of a unit of several days, frequent ones first, and what takes the numbers of each."""


def make_between(first: Date, last: Date) -> Date:
    """Return one unknown day from the earliest of one date to the latest of another.

    A side that is not a day, a month or a year (a week, a quarter) is written as its outermost
    day. Where both sides are written the same, the date is that side.

    Raises: `Refusal` (`empty-between`).
    """
    if last.latest < first.earliest:
        raise Refusal(
            rules.EMPTY_BETWEEN,
            f"`between {first.text} and {last.text}` contains no day: it ends before it begins",
            f"write `between {last.text} and {first.text}`",
        )
    mark = first.qualification | last.qualification
    lower = side_text(first.earliest, first.precision)
    upper = side_text(last.latest, last.precision)
    if lower == upper:
        return replace(parse_date(lower), qualification=mark)
    text = f"between {lower} and {upper}"
    return Date(first.earliest, last.latest, Precision.BETWEEN, text, mark)


def side_text(day: date, precision: Precision) -> str:
    """Return the day, month or year that has a day as its first or last; of other units the day."""
    return day.isoformat()[: _SIDE_LENGTHS.get(precision, 10)]


_SIDE_LENGTHS = {Precision.MONTH: 7, Precision.YEAR: 4}
"""The number of characters that are left of an ISO day; other units are written as a day."""


def between_sides(value: Date) -> tuple[Date, Date]:
    """Return the two dates of a ``between``, each a day, a month or a year."""
    first, last = value.text.removeprefix("between ").split(" and ")
    return parse_date(first), parse_date(last)


def known_bound(value: OneSidedDate) -> Date:
    """Return the day, month, quarter or year whose first or last day is the known bound."""
    return parse_date(value.text.removeprefix(f"{value.precision} "))


_SEASON = Precision.SEASON  # the members of an enumeration take long to look up in Python 3.11


def looks_like_two_years(value: Date) -> bool:
    """Return whether a season is written as people write two years: ``2025-26``."""
    is_season = value.precision is _SEASON
    return is_season and int(value.text[5:]) == (int(value.text[:4]) + 1) % 100


def format_edtf(value: Date | OneSidedDate) -> str:
    """Return a date in EDTF.

    A week has no notation in EDTF and becomes the interval of its days. ``between`` becomes
    ``[A..B]``, ``not before`` ``[A..]`` and ``not after`` ``[..B]``, without a qualification, for
    which EDTF has no place there.
    """
    if isinstance(value, OneSidedDate):
        # What is in brackets is a day, a month or a year: of a quarter, its first or last month.
        precision = known_bound(value).precision
        unit = Precision.MONTH if precision is Precision.QUARTER else precision
        text = side_text(value.known_day, unit)
        return f"[{text}..]" if value.earliest else f"[..{text}]"
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
    """Return the EDTF interval of a span; ``None`` if it contains a week or a ``between``.

    ``end`` is a date, ``..`` for an open end, ``None`` for an unknown one; a ``start`` of ``None``
    is unknown.
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
