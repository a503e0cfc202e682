"""The dates of an event as the list shows them: a day below its year and month, a small line."""

# ruff: noqa: RUF001, RUF002 - the en dash is the typographer's, not a mistyped hyphen

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline._lazy import regex
from timeline.dates import Date, Instant, Precision, local_day
from timeline.model import (
    AllDay,
    Timed,
    Undated,
    capitalized,
    earliest,
    is_imprecise,
    is_known_to_the_day,
    is_to_be_confirmed,
    latest,
    names_zone,
    when_words,
    zone_words,
)

if TYPE_CHECKING:
    from datetime import date

    from timeline.model import When, Wording


class DatePiece(Struct, frozen=True):
    """A part of a date; ``datetime`` is its value for a ``<time>`` element, if HTML has one."""

    text: str
    datetime: str | None = None
    is_weekday: bool = False


class DateText(Struct, frozen=True):
    """The date of an event in the list: a headline, and small words below it.

    ``is_number`` states that the headline has only numbers of days, below their month.
    """

    head: tuple[DatePiece, ...] = ()
    note: tuple[DatePiece, ...] = ()
    is_number: bool = False


class Heading(Struct, frozen=True):
    """The headings above an event, which its date does not repeat."""

    year: int | None = None
    month: int | None = None


def date_text(when: When, heading: Heading, wording: Wording) -> DateText:
    """Return the date of an event below a heading."""
    if is_to_be_confirmed(when):
        return DateText()
    if is_known_to_the_day(when):
        if isinstance(when, AllDay):
            assert isinstance(when.start, Date)  # noqa: S101 - it is known to the day
            last = when.end if isinstance(when.end, Date) else when.start
            return _days(when.start.earliest, last.earliest, heading, wording)
        if isinstance(when, Timed) and _has_plain_clocks(when):
            return _times(when, heading, wording)
    return _whole_phrase(when, heading, wording)


def _days(first: date, last: date, heading: Heading, wording: Wording) -> DateText:
    head, is_number = _day_pieces(first, last, heading, wording)
    weekdays = DatePiece(_weekdays(first, last, wording), is_weekday=True)
    return DateText(head, (weekdays,), is_number)


def _day_pieces(
    first: date, last: date, heading: Heading, wording: Wording
) -> tuple[tuple[DatePiece, ...], bool]:
    """Return the day or the two days of a headline, and whether they are only numbers."""
    dates, year = wording.dates, heading.year
    start, end = first.isoformat(), last.isoformat()
    if {(day.year, day.month) for day in (first, last)} == {(year, heading.month)}:
        pieces = [DatePiece(str(first.day), start)]
        if first != last:
            pieces += [DatePiece("–"), DatePiece(str(last.day), end)]
        return tuple(pieces), True
    if first == last:
        day = dates.day_of_year(first) if first.year == year else dates.day(first)
        return (DatePiece(day, start),), False
    is_within = first.year == last.year == year
    words = dates.days_without_year(first, last) if is_within else dates.days(first, last)
    pieces = [DatePiece(words.first, start), DatePiece(words.separator), DatePiece(words.last, end)]
    return tuple(pieces), False


def _weekdays(first: date, last: date, wording: Wording) -> str:
    """Return the weekday or the two weekdays of days: ``Wed–Fri``."""
    start = wording.dates.short_weekday_name(first.weekday())
    if first == last:
        return start
    return f"{start}–{wording.dates.short_weekday_name(last.weekday())}"


def _has_plain_clocks(when: Timed) -> bool:
    """Return whether both sides are in one zone, and no offset is needed to tell them apart."""
    end = when.end
    if when.start.moment.fold or (isinstance(end, Instant) and end.moment.fold):
        return False
    return end is None or (isinstance(end, Instant) and end.zone == when.start.zone)


def _times(when: Timed, heading: Heading, wording: Wording) -> DateText:
    start, end = when.start, when.end
    first = local_day(start)
    last = local_day(end) if isinstance(end, Instant) else first
    head, is_number = _day_pieces(first, last, heading, wording)
    pieces = [_clock(start, wording)]
    if isinstance(end, Instant) and end != start:
        pieces += [DatePiece("–" if first == last else " – "), _clock(end, wording)]
    if first != last:
        pieces.insert(2, DatePiece(f"{_weekdays(last, last, wording)} ", is_weekday=True))
    pieces.insert(0, DatePiece(f"{_weekdays(first, first, wording)} ", is_weekday=True))
    if names_zone(start, wording):
        pieces.append(DatePiece(f" ({zone_words(start.zone, wording)})"))
    return DateText(tuple(DatePiece(piece.text) for piece in head), tuple(pieces), is_number)


def _clock(value: Instant, wording: Wording) -> DatePiece:
    return DatePiece(wording.dates.clock(value.moment.time()), html_moment(value))


def html_moment(value: Instant) -> str | None:
    """Return a time as HTML has it, ``None`` where its offset has seconds, which HTML has not."""
    text = value.moment.isoformat(timespec="seconds" if value.has_seconds else "minutes")
    return text if _MOMENT.fullmatch(text) else None


_MOMENT = regex(r".{16}(:\d\d)?[+-]\d\d:\d\d")


def _whole_phrase(when: When, heading: Heading, wording: Wording) -> DateText:
    """Return dates in words, for what is not known to the day, and what has two zones."""
    year = heading.year
    first, last = earliest(when), latest(when)
    if year is not None and first and last and first.year == last.year == year:
        wording = wording.within_year(year)
    head = DatePiece(capitalized(when_words(when, wording)), _html_date(when))
    is_vague = is_imprecise(when)
    return DateText((head,), (DatePiece(wording.phrase("day not known yet")),) if is_vague else ())


def _html_date(when: When) -> str | None:
    """Return a year, a month or a week as HTML has it, ``None`` for all other dates."""
    if isinstance(when, Undated) or not isinstance(when, AllDay) or when.end is not None:
        return None
    start = when.start
    if not isinstance(start, Date) or start.qualification or "X" in start.text:
        return None
    return start.text if start.precision in _PERIODS else None


_PERIODS = (Precision.YEAR, Precision.MONTH, Precision.WEEK)
