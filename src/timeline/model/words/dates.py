"""Dates as a person would write them, in English: ``3–17 January 2025``, ``until 2028``.

No locale, no clock, no abbreviations. A day is named only where somebody named it: what is known
to a month says the month. En dashes join without blanks inside a unit (``3–17 January 2025``)
and with blanks between full dates (``30 December 2025 – 2 January 2026``).
"""

# ruff: noqa: RUF001, RUF002, RUF003 - the en dash is the typographer's, not a mistyped hyphen

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.dates import OPEN, TBC, Date, Instant, NoDate, Precision, Qualification
from timeline.model.events import AllDay, Undated

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from timeline.model.events import Timed, When

TO_BE_CONFIRMED = "date to be confirmed"
"""What is said of an event whose date is not known, or not to the day."""

MONTHS = (
    "",
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SEASONS = ("spring", "summer", "autumn", "winter")
_HALVES = ("first half", "second half")
_DASH = ("–", " – ")
_AND = (" and ", " and ")
_ABOUT = (Qualification.APPROXIMATE, Qualification.BOTH)
_PERHAPS = (Qualification.UNCERTAIN, Qualification.BOTH)


def when_words(when: When) -> str:
    """Say when something is: a point, a span, or that it is not known."""
    if isinstance(when, AllDay):
        return _all_day(when)
    if isinstance(when, Undated):
        return _undated(when)
    return _timed(when)


def date_words(value: Date) -> str:
    """Say one date as well as it is known: ``3 January 2025``, ``about March 2026``."""
    if not value.qualification and value.earliest == value.latest:
        return _day(value.earliest)
    return _with("", value)


def instant_words(value: Instant) -> str:
    """Say a time, its day and its zone: ``3 January 2025, 09:00 (Asia/Riyadh)``."""
    return f"{_day(value.moment.date())}, {_clock(value)}{_zone(value)}"


def summary_note(when: When) -> str | None:
    """Say what a calendar app does not show by what it draws, to stand in parentheses.

    ``None`` where the drawing says it all, and for what is not drawn at all. An imprecise start
    is drawn as days that nobody named, so its note ends in ``date to be confirmed``.
    """
    if isinstance(when, Undated):
        return None
    start, end = when.start, when.end
    if not isinstance(start, Date):
        if end is OPEN:
            return f"since {_day(start.moment.date())}"
        return "end to be confirmed" if end is TBC else None
    if not start.is_day:
        if end is TBC:
            return f"{date_words(start)}, date and end to be confirmed"
        return f"{when_words(when)}, {TO_BE_CONFIRMED}"
    if end is OPEN:
        return _with("since ", start)
    return ", ".join(_notes(start, end if isinstance(end, Date) else None, tbc=end is TBC)) or None


def postponed_note(when: AllDay | Timed) -> str | None:
    """Say likewise of an event without a new date what is drawn: the date it is postponed from."""
    if summary_note(when) is None:
        return None
    start = when.start
    told = _with("from ", start) if isinstance(start, Date) else f"from {_day(start.moment.date())}"
    return f"{told}, new {TO_BE_CONFIRMED}"


def year_of(when: When) -> int | None:
    """Give the year of its first possible day, to group by; ``None`` where nothing is known."""
    if isinstance(when, AllDay):
        return when.start.earliest.year
    return None if isinstance(when, Undated) else when.start.moment.year


def year_words(year: int) -> str:
    """Say a year; those of fewer than four digits are told from days and numbers by an era."""
    return str(year) if year >= 1000 else f"AD {year}"


# Spans.


def _all_day(when: AllDay) -> str:
    start, end = when.start, when.end
    if end is None:
        return date_words(start)
    if not isinstance(end, Date):
        if end is OPEN:
            return _with("since ", start)
        return _with("from ", start) + ", end to be confirmed"
    if start.qualification == end.qualification:
        if start.earliest == start.latest and end.earliest == end.latest:
            days = _day_range(start.earliest, end.earliest, _DASH)
            return _qualified(start.qualification, "", days) if start.qualification else days
        if units := _unit_range(start, end):
            return _qualified(start.qualification, "", units)
        if start.text == end.text and not _phrase(start)[0]:
            return _with("within ", start)
    if start.is_day and end.is_day and start.earliest.year == end.earliest.year:
        day = f"{start.earliest.day} {MONTHS[start.earliest.month]}"
        return f"{_qualified(start.qualification, '', day)} until {date_words(end)}"
    if start.precision is end.precision and not start.qualification and not end.qualification:
        (lead, first), (end_lead, last) = _phrase(start), _phrase(end)
        if not lead and not end_lead:
            return f"{first} – {last}"
    return f"{date_words(start)} {_with('until ', end)}"


def _unit_range(start: Date, end: Date) -> str | None:
    """Collapse a span of two units of a kind; ``None`` where there is nothing to collapse."""
    kind, text, end_text = start.precision, start.text, end.text
    if kind is not end.precision or text == end_text or "X" in text or "X" in end_text:
        return None
    if kind is Precision.MONTH:
        return _month_range(start.earliest, end.earliest, _DASH)
    if kind is Precision.YEAR:
        return _year_range(start.earliest.year, end.earliest.year, _DASH)
    if kind is Precision.BETWEEN or text[:4] != end_text[:4]:
        return None
    year = year_words(int(text[:4]))
    if kind is Precision.QUARTER:
        return f"{text[5:]}–{end_text[5:]} {year}"
    if kind is Precision.WEEK:
        return f"weeks {int(text[6:])}–{int(end_text[6:])} of {year}"
    if kind is Precision.SEASON and end.latest.year == start.earliest.year:
        south, first = _season_name(text)
        end_south, last = _season_name(end_text)
        return f"{south}{first}–{last} {year}" if south == end_south else None
    return None


def _undated(when: Undated) -> str:
    end = when.end
    if end is OPEN:
        return "since a date to be confirmed"
    if end is None or isinstance(end, NoDate):
        return TO_BE_CONFIRMED
    until = _with("until ", end) if isinstance(end, Date) else f"until {instant_words(end)}"
    return f"{until}, start to be confirmed"


def _timed(when: Timed) -> str:
    start, end = when.start, when.end
    if end is None:
        return instant_words(start)
    if isinstance(end, Instant):
        return _time_range(start, end)
    if end is OPEN:
        return f"since {instant_words(start)}"
    return f"from {instant_words(start)}, end to be confirmed"


def _time_range(start: Instant, end: Instant) -> str:
    clock, last = _clock(start), _clock(end)
    if clock == last and start == end:  # the clocks first: what they show costs less to compare
        return instant_words(start)
    zone, end_zone = _zone(start), _zone(end)
    day, end_day = start.moment.date(), end.moment.date()
    first = f"{_day(day)}, {clock}"
    if day != end_day:
        last = f"{_day(end_day)}, {last}"
    elif zone == end_zone:
        return f"{first}–{last}{end_zone}"
    return f"{first}{'' if zone == end_zone else zone} – {last}{end_zone}"


# Notes.


def _notes(start: Date, end: Date | None, *, tbc: bool) -> list[str]:
    """Say what is not certain of a known first day and of its end."""
    notes = []
    mark = start.qualification
    end_is_vague = end is not None and not end.is_day
    if mark:
        notes.append(f"start {mark.words}" if tbc or end_is_vague else mark.words)
    if tbc:
        notes.append("end to be confirmed")
    elif end is not None and end_is_vague:
        notes.append(_with("until ", end))
    elif end is not None and end.qualification and end.qualification != mark:
        notes.append(f"end {end.qualification.words}")
    return notes


# One date.


def _with(preposition: str, value: Date) -> str:
    """Say a date after a preposition: ``since about March 2026``, ``until the first half of …``."""
    lead, body = _phrase(value)
    if preposition and not lead and not value.qualification:
        return preposition + _article(body)
    if preposition == "until ":
        return preposition + _qualified(value.qualification, lead, body)
    return _qualified(value.qualification, preposition + lead, body)


def _qualified(mark: Qualification, lead: str, body: str) -> str:
    """Put ``about`` before what is approximate and ``perhaps`` before all of an uncertain one."""
    if mark in _ABOUT:
        body = f"about {_article(body)}"
    elif mark:
        body = _article(body)
    return f"perhaps {lead}{body}" if mark in _PERHAPS else lead + body


def _article(body: str) -> str:
    return f"the {body}" if body.startswith(_HALVES) else body


def _phrase(value: Date) -> tuple[str, str]:
    """Give the words before a date, if it needs any (``some day in ``), and the date itself."""
    first, text = value.earliest, value.text
    if value.is_day:
        return "", _day(first)
    match value.precision:
        case Precision.MONTH:
            return "some day in " if "X" in text else "", _month(first)
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
    # The 2000s may be ten years or a hundred, and 2000–2099 would be a span of all of them.
    return "between ", _year_range(first.year, value.latest.year, _AND)


def _unspecified(text: str) -> str:
    if len(text) == 4:
        return ""
    return "some month of " if len(text) == 7 else "some day in "


def _between(value: Date) -> tuple[str, str]:
    first, last = value.text.removeprefix("between ").split(" and ")
    if first == last:
        return "", _month(value.earliest) if len(first) == 7 else year_words(value.earliest.year)
    lead = "some day between " if 10 in (len(first), len(last)) else "between "
    if len(first) == len(last):
        return lead, _RANGES[len(first)](value.earliest, value.latest, _AND)
    lower, upper = _UNITS[len(first)](value.earliest), _UNITS[len(last)](value.latest)
    if len(first) < len(last):
        return lead, f"the start of {lower} and {upper}"
    return lead, f"{lower} and the end of {upper}"


def _season(text: str, year: int) -> str:
    south, name = _season_name(text)
    if name != ("summer" if south else "winter"):
        return f"{south}{name} {year_words(year)}"
    # A winter, or a southern summer, is of two years.
    short = year >= 1000 and (year + 1) % 100
    return f"{south}{name} {year_words(year)}/{f'{short:02}' if short else year + 1}"


def _season_name(text: str) -> tuple[str, str]:
    code = int(text[5:7])
    return "southern " if code >= 29 else "", _SEASONS[(code - 21) % 4]


# Units and ranges of them.


@lru_cache(4096)  # ten years of days: many events share one
def _day(day: date) -> str:
    year = day.year
    return f"{day.day} {MONTHS[day.month]} {year if year >= 1000 else year_words(year)}"


def _month(day: date) -> str:
    return f"{MONTHS[day.month]} {year_words(day.year)}"


def _year(day: date) -> str:
    return year_words(day.year)


def _day_range(first: date, last: date, joins: tuple[str, str]) -> str:
    if first.year != last.year:
        return f"{_day(first)}{joins[1]}{_day(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month]}{joins[1]}{_day(last)}"
    return _day(first) if first.day == last.day else f"{first.day}{joins[0]}{_day(last)}"


def _month_range(first: date, last: date, joins: tuple[str, str]) -> str:
    if first.year != last.year:
        return f"{_month(first)}{joins[1]}{_month(last)}"
    return f"{MONTHS[first.month]}{joins[0]}{_month(last)}"


def _year_range(first: int, last: int, joins: tuple[str, str]) -> str:
    return f"{year_words(first)}{joins[first < 1000]}{year_words(last)}"


def _years_between(first: date, last: date, joins: tuple[str, str]) -> str:
    return _year_range(first.year, last.year, joins)


_UNITS: dict[int, Callable[[date], str]] = {4: _year, 7: _month, 10: _day}
_RANGES = {4: _years_between, 7: _month_range, 10: _day_range}
"""By the length of a side of ``between A and B``, as ``make_between`` writes them."""


# Clocks.


def _clock(value: Instant) -> str:
    moment = value.moment
    clock = f"{_TWO_DIGITS[moment.hour]}:{_TWO_DIGITS[moment.minute]}"
    return f"{clock}:{_TWO_DIGITS[moment.second]}" if moment.second else clock


_TWO_DIGITS = tuple(f"{number:02}" for number in range(60))
"""Made once: a format is read anew each time."""


def _zone(value: Instant) -> str:
    zone = value.zone
    if zone == "UTC":
        return " UTC"
    if zone[0] in "+-":
        return f" (UTC{zone})"
    if value.moment.fold:  # the clock has shown it once already
        return f" ({zone}, UTC{value.moment.isoformat()[-6:]})"
    return f" ({zone})"
