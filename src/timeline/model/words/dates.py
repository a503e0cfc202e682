"""A date in words, as well as it is known: ``3 January 2025``, ``about March 2026``.

No locale, no clock, no abbreviations. A day is named only where the author named it: a date that
is known to the month has the words of the month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import Date, OneSidedDate, Precision, Qualification, between_sides, known_bound
from timeline.model.words.units import (
    AND,
    day_range,
    day_words,
    month_range,
    month_words,
    year_range,
    year_words,
)

if TYPE_CHECKING:
    from datetime import date

    from timeline.model.words.units import Joins

_SEASONS = ("spring", "summer", "autumn", "winter")
_HALVES = ("first half", "second half")


def date_words(value: Date | OneSidedDate) -> str:
    """Return one date as well as it is known."""
    if isinstance(value, Date) and not value.qualification and value.is_day:
        return day_words(value.earliest)
    return with_preposition("", value)


def with_preposition(preposition: str, value: Date | OneSidedDate) -> str:
    """Return a date after a preposition: ``since about March 2026``, ``until the first half of …``.

    ``preposition`` ends with a space, or is empty.
    """
    lead, body = split_lead(value)
    if preposition and not lead and not value.qualification:
        return preposition + _with_article(body)
    if preposition == "until ":
        return preposition + qualified(value.qualification, lead, body)
    return qualified(value.qualification, preposition + lead, body)


def qualified(qualification: Qualification, lead: str, body: str) -> str:
    """Put ``about`` before the body of an approximate date, ``perhaps`` before an uncertain one."""
    if qualification.is_approximate:
        body = f"about {_with_article(body)}"
    elif qualification:
        body = _with_article(body)
    return f"perhaps {lead}{body}" if qualification.is_uncertain else lead + body


def _with_article(body: str) -> str:
    return f"the {body}" if body.startswith(_HALVES) else body


def split_lead(value: Date | OneSidedDate) -> tuple[str, str]:
    """Return the words that lead to a date, such as ``some day in `` or nothing, and the date."""
    if isinstance(value, OneSidedDate):
        return f"{value.precision} ", split_lead(known_bound(value))[1]
    first, text = value.earliest, value.text
    if value.is_day:
        return "", day_words(first)
    match value.precision:
        case Precision.MONTH:
            return "some day in " if "X" in text else "", month_words(first)
        case Precision.YEAR:
            return _unspecified(text), year_words(first.year)
        case Precision.BETWEEN:
            return _between(value)
        case Precision.QUARTER:
            return "", f"{text[5:]} {year_words(first.year)}"
        case Precision.HALF:
            return "", f"{_HALVES[int(text[-1]) - 1]} of {year_words(first.year)}"
        case Precision.SEASON:
            return "", _season(text, first.year)
        case Precision.WEEK:
            return "", f"week {int(text[6:])} of {year_words(int(text[:4]))}"
        case Precision.DECADE if first.year % 100 and first.year >= 100:
            return "", f"the {first.year}s"
    # The 2000s may be ten years or a hundred, and ``2000 to 2099`` would be a span of all of them.
    return "between ", year_range(first.year, value.latest.year, AND)


def _unspecified(text: str) -> str:
    """Return the lead of a year with unspecified digits: ``2025-XX``, ``2025-XX-XX``."""
    if len(text) == 4:
        return ""
    return "some month of " if len(text) == 7 else "some day in "


def _between(value: Date) -> tuple[str, str]:
    first, last = between_sides(value)
    lead = "some day between " if first.is_day or last.is_day else "between "
    if first.precision is last.precision:
        return lead, _RANGES[first.precision](first.earliest, last.latest, AND)
    lower, upper = date_words(first), date_words(last)
    if len(first.text) < len(last.text):  # the first is the longer unit
        return lead, f"the start of {lower} and {upper}"
    return lead, f"{lower} and the end of {upper}"


def _years(first: date, last: date, joins: Joins) -> str:
    return year_range(first.year, last.year, joins)


_RANGES = {Precision.YEAR: _years, Precision.MONTH: month_range, Precision.DAY: day_range}
"""By the unit of both sides of ``between A and B``."""


def _season(text: str, year: int) -> str:
    hemisphere, name = season_name(text)
    if name != ("summer" if hemisphere else "winter"):
        return f"{hemisphere}{name} {year_words(year)}"
    # A winter, or a southern summer, lies in two years.
    next_year = year + 1
    short = year >= 1000 and next_year % 100
    return f"{hemisphere}{name} {year_words(year)}/{f'{short:02}' if short else next_year}"


def season_name(text: str) -> tuple[str, str]:
    """Return ``southern `` or nothing, and the season, of an EDTF season from 21 to 32."""
    code = int(text[5:7])
    return "southern " if code >= 29 else "", _SEASONS[(code - 21) % 4]
