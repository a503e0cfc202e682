"""A date in words, as well as it is known: ``3 January 2025``, ``about March 2026``.

No clock, no abbreviations. A day is named only where the author named it: a date that is known to
the month has the words of the month.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates import Date, OneSidedDate, Precision, Qualification, between_sides, known_bound

if TYPE_CHECKING:
    from timeline.model.words.date_formats import Range
    from timeline.model.words.wording import Wording

Wrap = Callable[[str], str]
"""Puts the words of a date into a phrase: ``March 2026`` into ``since March 2026``."""


class DateParts(Struct, frozen=True):
    """The words of a date without its qualification.

    ``words`` are those of the unit: ``January 2025``. ``inner`` are the words within a phrase:
    ``the first half of 2025``. ``wrap`` adds what leads to them, such as ``some day in``; ``None``
    where nothing does.
    """

    words: str
    inner: str
    wrap: Wrap | None = None


def date_words(value: Date | OneSidedDate, wording: Wording) -> str:
    """Return one date as well as it is known."""
    if isinstance(value, Date) and value.is_day and not value.qualification:
        return wording.dates.day(value.earliest)
    parts = date_parts(value, wording)
    if not value.qualification:
        return parts.wrap(parts.words) if parts.wrap else parts.words
    return qualified(value.qualification, parts.inner, wording, parts.wrap, is_day=_is_day(value))


def since(value: Date | OneSidedDate, wording: Wording) -> str:
    """Return ``since March 2026``, ``perhaps since about March 2026``."""
    if _is_certain_day(value):
        return wording.phrase("since {day}", day=date_words(value, wording))
    return _within_phrase(value, wording, lambda date: wording.phrase("since {date}", date=date))


def from_date(value: Date | OneSidedDate, wording: Wording) -> str:
    """Return ``from March 2026``, ``perhaps from about March 2026``."""
    if _is_certain_day(value):
        return wording.phrase("from {day}", day=date_words(value, wording))
    return _within_phrase(value, wording, lambda date: wording.phrase("from {date}", date=date))


def within(value: Date | OneSidedDate, wording: Wording) -> str:
    """Return ``within March 2026``, ``perhaps within about March 2026``."""
    return _within_phrase(value, wording, lambda date: wording.phrase("within {date}", date=date))


def until(value: Date | OneSidedDate, wording: Wording) -> str:
    """Return ``until March 2026``, ``until perhaps about March 2026``."""
    return until_parts(value, date_parts(value, wording), wording)


def until_parts(value: Date | OneSidedDate, parts: DateParts, wording: Wording) -> str:
    """Return ``until`` with these words of a date."""
    if _is_certain_day(value):
        return wording.phrase("until {day}", day=parts.inner)
    if value.qualification:
        words = qualified(
            value.qualification, parts.inner, wording, parts.wrap, is_day=_is_day(value)
        )
    else:
        words = parts.wrap(parts.inner) if parts.wrap else parts.inner
    return wording.phrase("until {date}", date=words)


def _is_certain_day(value: Date | OneSidedDate) -> bool:
    """Return whether a date is a day without ``about`` or ``perhaps`` before it."""
    return _is_day(value) and not value.qualification


def _is_day(value: Date | OneSidedDate) -> bool:
    """Return whether a date is one day, which many languages write with an article in a phrase."""
    return isinstance(value, Date) and value.is_day


def _within_phrase(value: Date | OneSidedDate, wording: Wording, wrap: Wrap) -> str:
    """Put a date into a phrase; ``perhaps`` is before the phrase, ``about`` within it."""
    parts = date_parts(value, wording)
    if lead := parts.wrap:
        return qualified(value.qualification, parts.inner, wording, lambda date: wrap(lead(date)))
    return qualified(value.qualification, parts.inner, wording, wrap, is_day=_is_day(value))


def qualified(
    qualification: Qualification,
    words: str,
    wording: Wording,
    wrap: Wrap | None = None,
    *,
    is_day: bool = False,
) -> str:
    """Put ``about`` before the words of an approximate date, ``perhaps`` before an uncertain one.

    ``wrap`` is between both. ``is_day`` states that the words are those of one day.
    """
    if qualification.is_approximate:
        if is_day:
            words = wording.phrase("about {day}", day=words)
        else:
            words = wording.phrase("about {date}", date=words)
    if wrap:
        words = wrap(words)
    return wording.phrase("perhaps {date}", date=words) if qualification.is_uncertain else words


def date_parts(value: Date | OneSidedDate, wording: Wording) -> DateParts:
    """Return the words of a date by its precision."""
    if isinstance(value, OneSidedDate):
        words = date_parts(known_bound(value), wording).inner
        return DateParts(words, words, _bound(value, wording))
    first, text, dates = value.earliest, value.text, wording.dates
    if value.is_day:
        return _plain(dates.day(first))
    match value.precision:
        case Precision.MONTH:
            words = dates.month(first)
            return DateParts(words, words, _some_day_in(wording) if "X" in text else None)
        case Precision.YEAR:
            words = dates.year(first.year)
            return DateParts(words, words, _unspecified(text, wording))
        case Precision.BETWEEN:
            return _between(value, wording)
        case Precision.QUARTER:
            return _plain(dates.quarter(int(text[6]), first.year))
        case Precision.HALF:
            return _half(int(text[-1]), dates.year(first.year), wording)
        case Precision.SEASON:
            return _plain(_season(text, first.year, wording))
        case Precision.WEEK:
            year = dates.year(int(text[:4]))
            return _plain(
                wording.phrase("week {number} of {year}", number=int(text[6:]), year=year)
            )
        case Precision.DECADE if first.year % 100 and first.year >= 100:
            return _plain(wording.phrase("the {year}s", year=first.year))
    # The 2000s may be ten years or a hundred, and ``2000 to 2099`` would be a span of all of them.
    years = dates.years(first.year, value.latest.year)
    return DateParts(years.first, years.first, _and_last(years.last, wording))


def _bound(value: OneSidedDate, wording: Wording) -> Wrap:
    """Return what leads to the only known bound of a date."""
    has_day = known_bound(value).is_day
    if value.latest is None:
        if has_day:
            return lambda day: wording.phrase("not before {day}", day=day)
        return lambda date: wording.phrase("not before {date}", date=date)
    if has_day:
        return lambda day: wording.phrase("not after {day}", day=day)
    return lambda date: wording.phrase("not after {date}", date=date)


def _plain(words: str) -> DateParts:
    return DateParts(words, words)


def _some_day_in(wording: Wording) -> Wrap:
    return lambda date: wording.phrase("some day in {date}", date=date)


def _unspecified(text: str, wording: Wording) -> Wrap | None:
    """Return what leads to a year with unspecified digits: ``2025-XX``, ``2025-XX-XX``."""
    if len(text) == 4:
        return None
    if len(text) == 7:
        return lambda date: wording.phrase("some month of {date}", date=date)
    return _some_day_in(wording)


def _half(number: int, year: str, wording: Wording) -> DateParts:
    if number == 1:
        return DateParts(
            wording.phrase("first half of {year}", year=year),
            wording.phrase("the first half of {year}", year=year),
        )
    return DateParts(
        wording.phrase("second half of {year}", year=year),
        wording.phrase("the second half of {year}", year=year),
    )


def _between(value: Date, wording: Wording) -> DateParts:
    first, last = between_sides(value)
    if first.is_day and last.is_day and not value.qualification:
        days = wording.dates.days(first.earliest, last.earliest)
        return DateParts(days.first, days.first, _and_last_day(days.last, wording))
    has_day = first.is_day or last.is_day
    if first.precision is last.precision:
        sides = _side_range(first, last, wording)
        lower, upper = sides.first, sides.last
    else:
        lower, upper = date_words(first, wording), date_words(last, wording)
        if len(first.text) < len(last.text):  # the first is the longer unit
            lower = wording.phrase("the start of {date}", date=lower)
        else:
            upper = wording.phrase("the end of {date}", date=upper)
    return DateParts(lower, lower, _and_last(upper, wording, has_day=has_day))


def _and_last(last: str, wording: Wording, *, has_day: bool = False) -> Wrap:
    if has_day:
        return lambda first: wording.phrase(
            "some day between {first} and {last}", first=first, last=last
        )
    return lambda first: wording.phrase("between {first} and {last}", first=first, last=last)


def _and_last_day(last: str, wording: Wording) -> Wrap:
    return lambda first: wording.phrase(
        "some day between {first_day} and {last_day}", first_day=first, last_day=last
    )


def _side_range(first: Date, last: Date, wording: Wording) -> Range:
    """Return the range of the two sides of a ``between``, which have the same unit."""
    match first.precision:
        case Precision.YEAR:
            return wording.dates.years(first.earliest.year, last.earliest.year)
        case Precision.MONTH:
            return wording.dates.months(first.earliest, last.earliest)
        case _:
            return wording.dates.days(first.earliest, last.earliest)


def _season(text: str, year: int, wording: Wording) -> str:
    is_southern, name = season_name(text, wording)
    code = int(text[5:7])
    if (code - 21) % 4 != (1 if is_southern else 3):
        return season_of_year(name, wording.dates.year(year), wording, is_southern=is_southern)
    # A winter, or a southern summer, lies in two years.
    next_year = year + 1
    short = year >= 1000 and next_year % 100
    years = f"{wording.dates.year(year)}/{f'{short:02}' if short else next_year}"
    return season_of_year(name, years, wording, is_southern=is_southern)


def season_of_year(season: str, year: str, wording: Wording, *, is_southern: bool) -> str:
    """Return a season, or a range of seasons, with its hemisphere and its year."""
    if is_southern:
        season = wording.phrase("southern {season}", season=season)
    return wording.phrase("{season} {year}", season=season, year=year)


def season_name(text: str, wording: Wording) -> tuple[bool, str]:
    """Return whether an EDTF season from 21 to 32 is a southern one, and its name."""
    code = int(text[5:7])
    match (code - 21) % 4:
        case 0:
            name = wording.phrase("spring")
        case 1:
            name = wording.phrase("summer")
        case 2:
            name = wording.phrase("autumn")
        case _:
            name = wording.phrase("winter")
    return code >= 29, name
