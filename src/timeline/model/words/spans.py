"""When an event is, in words: ``3–17 January 2025``, ``until 2028``, ``date to be confirmed``."""

# ruff: noqa: RUF001, RUF002 - the en dash is the typographer's, not a mistyped hyphen

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import OPEN, Date, Instant, NoDate, OneSidedDate, Precision, date_of
from timeline.model.events import AllDay, Mixed, Undated, certainty
from timeline.model.words.clocks import instant_words, time_range, zoned_clock
from timeline.model.words.dates import (
    date_words,
    qualified,
    season_name,
    split_lead,
    with_preposition,
)
from timeline.model.words.units import (
    DASH,
    day_of_year,
    day_range,
    month_range,
    year_range,
    year_words,
)

if TYPE_CHECKING:
    from timeline.model.events import Timed, When

TO_BE_CONFIRMED = "date to be confirmed"
"""The words for a date that is not known, or not to the day."""


def when_words(when: When) -> str:
    """Return the words for a point, a span, or a date that is not known."""
    if isinstance(when, AllDay):
        return _all_day(when)
    if isinstance(when, Undated):
        return _undated(when)
    return _mixed(when) if isinstance(when, Mixed) else _timed(when)


def _all_day(when: AllDay) -> str:
    start, end = when.start, when.end
    if end is None:
        return date_words(start)
    if isinstance(start, OneSidedDate):
        return f"{date_words(start)}, end to be confirmed"
    if not isinstance(end, Date):
        if end is OPEN:
            return with_preposition("since ", start)
        return with_preposition("from ", start) + ", end to be confirmed"
    if start.qualification == end.qualification:
        if start.is_day and end.is_day:
            days = day_range(start.earliest, end.earliest, DASH)
            return qualified(start.qualification, "", days) if start.qualification else days
        if units := _unit_range(start, end):
            return qualified(start.qualification, "", units)
        if start.text == end.text and not split_lead(start)[0]:
            return with_preposition("within ", start)
    if start.is_day and end.is_day and start.earliest.year == end.earliest.year:
        day = qualified(start.qualification, "", day_of_year(start.earliest))
        return f"{day} until {date_words(end)}"
    if start.precision is end.precision and not start.qualification and not end.qualification:
        (start_lead, first), (end_lead, last) = split_lead(start), split_lead(end)
        if not start_lead and not end_lead:
            return f"{first} – {last}"
    return f"{date_words(start)} {with_preposition('until ', end)}"


def _unit_range(start: Date, end: Date) -> str | None:
    """Join two units of the same kind; ``None`` where they have nothing to write once."""
    kind, text, end_text = start.precision, start.text, end.text
    if kind is not end.precision or text == end_text or "X" in text or "X" in end_text:
        return None
    if kind is Precision.MONTH:
        return month_range(start.earliest, end.earliest, DASH)
    if kind is Precision.YEAR:
        return year_range(start.earliest.year, end.earliest.year, DASH)
    if kind is Precision.BETWEEN or text[:4] != end_text[:4]:
        return None
    year = year_words(int(text[:4]))
    if kind is Precision.QUARTER:
        return f"{text[5:]}–{end_text[5:]} {year}"
    if kind is Precision.WEEK:
        return f"weeks {int(text[6:])}–{int(end_text[6:])} of {year}"
    if kind is Precision.SEASON and end.latest.year == start.earliest.year:
        hemisphere, first = season_name(text)
        end_hemisphere, last = season_name(end_text)
        return f"{hemisphere}{first}–{last} {year}" if hemisphere == end_hemisphere else None
    return None


def _timed(when: Timed) -> str:
    start, end = when.start, when.end
    if end is None:
        return instant_words(start)
    if isinstance(end, Instant):
        return time_range(start, end)
    if end is OPEN:
        return instant_words(start, "since ")
    return f"{instant_words(start, 'from ')}, end to be confirmed"


def _mixed(when: Mixed) -> str:
    start, end = when.start, when.end
    first, last = date_of(start), date_of(end)
    is_known = first.is_day and last.is_day and not certainty(when)
    if is_known and first == last:  # all day until a time, or from a time on
        sides = ("from", start), ("until", end)
        clocks = (f" {word} {zoned_clock(it)}" for word, it in sides if isinstance(it, Instant))
        return date_words(first) + "".join(clocks)
    return (
        f"{_side(start)} – {_side(end)}" if is_known else f"{_side(start)} {_side(end, 'until ')}"
    )


def _side(side: Date | Instant, preposition: str = "") -> str:
    if isinstance(side, Instant):
        return instant_words(side, preposition)
    return with_preposition(preposition, side) if preposition else date_words(side)


def _undated(when: Undated) -> str:
    end = when.end
    if end is OPEN:
        return "since a date to be confirmed"
    if end is None or isinstance(end, NoDate):  # see `is_to_be_confirmed`
        return TO_BE_CONFIRMED
    return f"{_side(end, 'until ')}, start to be confirmed"
