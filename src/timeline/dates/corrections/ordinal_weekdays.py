"""Ordinal weekdays of a month, ``first Monday of May 2027``: each is one day, or does not exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.dates.calendar_units import NoSuchDate
from timeline.dates.corrections.dates import MONTH_PATTERN
from timeline.dates.corrections.weekdays import WEEKDAY_PATTERN
from timeline.dates.names import MONTH_NAMES, WEEKDAY_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_WORD = rf"(?:the )?(?P<word>{'|'.join(_WORDS)}|last)"
_NUMBER = r"(?:the )?(?P<number>[1-9])(?:st|nd|rd|th)"
_WEEKDAY = rf"(?P<weekday>{WEEKDAY_PATTERN})\b\.?"
_MONTH = rf"(?:(?P<name>{MONTH_PATTERN})\b\.?,? (?P<year>\d{{4}})|(?P<iso>\d{{4}}-\d\d))(?![\d-])"
_PATTERNS = tuple(
    re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{_WORD} {_WEEKDAY} (?:(?:of|in) )?{_MONTH}",
        # Any other number is the day of the month: `3 Mon May 2027`, `3rd Mon May 2027`.
        rf"{_NUMBER} {_WEEKDAY} (?:of|in) {_MONTH}",
        rf"{_MONTH},? {_WORD} {_WEEKDAY}(?!\w)",
    )
)


def with_ordinal_weekdays(text: str) -> str:
    """Return a plain text with the day in place of each ordinal weekday of a month.

    One that the month does not have stays as it is.
    """
    for pattern in _PATTERNS:
        text = pattern.sub(lambda match: str(_day(match) or match[0]), text)
    return text


def may_be_ordinal(text: str) -> bool:
    """Return whether a plain text has a number before a weekday: ``3 Mon May 2027``.

    It is read as the day of the month, but may mean the third Monday.
    """
    return _NUMBERED.search(text) is not None


_NUMBERED = re.compile(
    rf"(?<![\d.:-])[1-9](?:st|nd|rd|th)?,? {WEEKDAY_PATTERN}\b", re.IGNORECASE | re.ASCII
)


def explain_ordinal_weekday(text: str) -> NoSuchDate | None:
    """Refuse a plain text with a weekday which its month does not have so many times."""
    for match in filter(None, (pattern.search(text) for pattern in _PATTERNS)):
        if _day(match) is None and (last := _day_by_number(match, None)):
            weekday, month = WEEKDAY_NAMES[last.weekday()], MONTH_NAMES[last.month - 1]
            times = "five" if last.day > 28 else "four"
            why = f"{month} {last.year:04} has {times} {weekday}s"
            help_ = f"write the day that is meant; the last {weekday} is `{last}`"
            return NoSuchDate(text, help_, why)
    return None


def _day(match: re.Match[str]) -> date | None:
    """Return the day that a text means, ``None`` if there is none."""
    parts = match.groupdict()
    if word := parts.get("word"):
        return _day_by_number(match, _WORDS.get(word.lower()))
    return _day_by_number(match, int(parts["number"]))


def _day_by_number(match: re.Match[str], number: int | None) -> date | None:
    """Return the weekday with a number in its month, or the last one."""
    from pendulum import Date, WeekDay  # noqa: PLC0415 - it takes 50 ms
    from pendulum.exceptions import PendulumException  # noqa: PLC0415

    weekday = WeekDay(_index(WEEKDAY_NAMES, match["weekday"]))
    try:
        first = Date(*_month(match), 1)
        if number is None:
            return first.last_of("month", weekday)
        return first.nth_of("month", number, weekday)
    except (ValueError, OverflowError, PendulumException):
        return None


def _month(match: re.Match[str]) -> tuple[int, int]:
    iso = match["iso"] or f"{match['year']}-{_index(MONTH_NAMES, match['name']) + 1}"
    year, month = map(int, iso.split("-"))
    return year, month


def _index(names: Sequence[str], text: str) -> int:
    """Return the index of the name that a text abbreviates."""
    return [name[:3].lower() for name in names].index(text[:3].lower())
