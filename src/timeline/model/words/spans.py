"""When an event is, in words: ``3–17 January 2025``, ``until 2028``, ``date to be confirmed``."""

# ruff: noqa: RUF001, RUF002 - the en dash is the typographer's, not a mistyped hyphen

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import OPEN, Date, Instant, NoDate, OneSidedDate, Precision, date_of
from timeline.model.events import AllDay, Mixed, Undated, certainty, last_day
from timeline.model.words.clocks import (
    from_time,
    instant_words,
    since_time,
    time_range,
    until_time,
    zoned_clock,
)
from timeline.model.words.dates import (
    DateParts,
    date_parts,
    date_words,
    from_date,
    qualified,
    season_name,
    season_of_year,
    since,
    until,
    until_parts,
    within,
)

if TYPE_CHECKING:
    from timeline.model.events import Timed, When
    from timeline.model.words.wording import Wording


def when_words(when: When, wording: Wording) -> str:
    """Return the words for a point, a span, or a date that is not known."""
    if isinstance(when, AllDay):
        return _all_day(when, wording)
    if isinstance(when, Undated):
        return _undated(when, wording)
    return _mixed(when, wording) if isinstance(when, Mixed) else _timed(when, wording)


def to_be_confirmed(wording: Wording) -> str:
    """Return the words for a date that is not known, or not to the day."""
    return wording.phrase("date to be confirmed")


def _all_day(when: AllDay, wording: Wording) -> str:
    start, end = when.start, when.end
    if end is None:
        return date_words(start, wording)
    if isinstance(start, OneSidedDate):
        return _end_to_be_confirmed(date_words(start, wording), wording)
    if not isinstance(end, Date):
        if end is OPEN:
            return (since if _has_begun(start, wording) else from_date)(start, wording)
        return _end_to_be_confirmed(from_date(start, wording), wording)
    if start.qualification == end.qualification:
        if words := _unit_range(start, end, wording):
            is_day = start.is_day and start.earliest == end.earliest
            return qualified(start.qualification, words, wording, is_day=is_day)
        if start.text == end.text and not date_parts(start, wording).wrap:
            return within(start, wording)
    if start.is_day and end.is_day and start.earliest.year == end.earliest.year:
        day, last_day = wording.dates.days_of_year(start.earliest, end.earliest)
        day = qualified(start.qualification, day, wording, is_day=True)
        last_words = until_parts(end, DateParts(last_day, last_day), wording)
        return _start_until(day, last_words, wording)
    if start.precision is end.precision and not start.qualification and not end.qualification:
        first, last = date_parts(start, wording), date_parts(end, wording)
        if not first.wrap and not last.wrap:
            return f"{first.words} – {last.words}"
    return _start_until(date_words(start, wording), until(end, wording), wording)


def _unit_range(start: Date, end: Date, wording: Wording) -> str | None:
    """Join two units of the same kind; ``None`` where they have nothing to write once."""
    kind, text, end_text, dates = start.precision, start.text, end.text, wording.dates
    if start.is_day and end.is_day:
        if start.earliest == end.earliest:
            return dates.day(start.earliest)
        return str(dates.days(start.earliest, end.earliest))
    if kind is not end.precision or text == end_text or "X" in text or "X" in end_text:
        return None
    if kind is Precision.MONTH:
        return str(dates.months(start.earliest, end.earliest))
    if kind is Precision.YEAR:
        return str(dates.years(start.earliest.year, end.earliest.year))
    if kind is Precision.BETWEEN or text[:4] != end_text[:4]:
        return None
    year = int(text[:4])
    if kind is Precision.QUARTER:
        return str(dates.quarters(int(text[6]), int(end_text[6]), year))
    if kind is Precision.WEEK:
        return wording.phrase(
            "weeks {first}–{last} of {year}",
            first=int(text[6:]),
            last=int(end_text[6:]),
            year=dates.year(year),
        )
    if kind is Precision.SEASON and end.latest.year == start.earliest.year:
        is_southern, first = season_name(text, wording)
        is_end_southern, last = season_name(end_text, wording)
        if is_southern == is_end_southern:
            seasons = f"{first}–{last}"
            return season_of_year(seasons, dates.year(year), wording, is_southern=is_southern)
    return None


def _has_begun(start: Date | Instant, wording: Wording) -> bool:
    """Return whether a start is over on the day from which dates are seen, if there is one."""
    return wording.as_of is None or last_day(start, wording.zone) <= wording.as_of


def _timed(when: Timed, wording: Wording) -> str:
    start, end = when.start, when.end
    if end is None:
        return instant_words(start, wording)
    if isinstance(end, Instant):
        return time_range(start, end, wording)
    if end is OPEN:
        return (since_time if _has_begun(start, wording) else from_time)(start, wording)
    return _end_to_be_confirmed(from_time(start, wording), wording)


def _mixed(when: Mixed, wording: Wording) -> str:
    start, end = when.start, when.end
    first, last = date_of(start), date_of(end)
    is_known = first.is_day and last.is_day and not certainty(when)
    if is_known and first == last:  # all day until a time, or from a time on
        day = date_words(first, wording)
        if isinstance(start, Instant):
            clock = wording.phrase("from {date}", date=zoned_clock(start, wording))
        else:
            assert isinstance(end, Instant)  # noqa: S101 - one side of a mixed span is a time
            clock = wording.phrase("until {date}", date=zoned_clock(end, wording))
        return _start_until(day, clock, wording)
    if is_known:
        return f"{side_words(start, wording)} – {side_words(end, wording)}"
    return _start_until(side_words(start, wording), until_side(end, wording), wording)


def side_words(side: Date | OneSidedDate | Instant, wording: Wording) -> str:
    """Return the words of a date or a time."""
    return instant_words(side, wording) if isinstance(side, Instant) else date_words(side, wording)


def until_side(side: Date | Instant, wording: Wording) -> str:
    """Return ``until`` with the words of a date or a time."""
    if isinstance(side, Date):
        return until(side, wording)
    return until_time(side, wording)


def _undated(when: Undated, wording: Wording) -> str:
    end = when.end
    if end is OPEN:
        return wording.phrase("since a date to be confirmed")
    if end is None or isinstance(end, NoDate):  # see `is_to_be_confirmed`
        return to_be_confirmed(wording)
    return wording.phrase("{date}, start to be confirmed", date=until_side(end, wording))


def _start_until(start: str, last: str, wording: Wording) -> str:
    """Join the words of a start and ``until …``."""
    return wording.phrase("{start} {until}", start=start, until=last)


def _end_to_be_confirmed(start: str, wording: Wording) -> str:
    return wording.phrase("{date}, end to be confirmed", date=start)
