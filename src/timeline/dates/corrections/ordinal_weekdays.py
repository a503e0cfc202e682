"""Ordinal weekdays of a month, ``first Monday of May 2027``: each is one day, or does not exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from timeline.dates.calendar_units import NoSuchDate
from timeline.dates.corrections.dates import MONTH_PATTERN, normalize_date
from timeline.dates.corrections.weekdays import WEEKDAY_PATTERN, split_weekday
from timeline.dates.names import MONTH_NAMES, WEEKDAY_NAMES

if TYPE_CHECKING:
    from datetime import date

_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": None}
_WORD = rf"(?:the )?(?P<ordinal>{'|'.join(_NUMBERS)})"
_WEEKDAY = rf"(?P<weekday>{WEEKDAY_PATTERN})\b\.?"
_MONTH = rf"(?P<month>{MONTH_PATTERN}\b\.?,? \d{{4}}|\d{{4}}-\d\d)(?![\d-])"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){text}", re.IGNORECASE | re.ASCII)


_ORDINALS = (
    _pattern(rf"{_WORD} {_WEEKDAY} (?:(?:of|in) )?{_MONTH}"),
    _pattern(rf"(?:the )?(?P<ordinal>[1-9](?:st|nd|rd|th)) {_WEEKDAY} (?:of|in) {_MONTH}"),
    _pattern(rf"{_MONTH},? {_WORD} {_WEEKDAY}(?!\w)"),
)
_DAY_OR_ORDINAL = _pattern(
    rf"(?P<ordinal>[1-9](?:st|nd|rd|th)?),? {_WEEKDAY},? (?:(?:of|in) )?{_MONTH}"
)
"""A number that is a day of the month, or an ordinal: ``3 Mon May 2027``."""


def readable_texts(text: str) -> list[str]:
    """Return a plain text with the day in place of each ordinal weekday of a month.

    Two texts if a number may also be an ordinal; none if there is no such day.
    """
    if explain_ordinal_weekday(text):
        return []
    for pattern in _ORDINALS:
        text = pattern.sub(_replacement, text)
    return list(dict.fromkeys((text, _DAY_OR_ORDINAL.sub(_replacement, text))))


def explain_ordinal_weekday(text: str) -> NoSuchDate | None:
    """Refuse a plain text with a weekday which its month does not have so many times."""
    for match in filter(None, (pattern.search(text) for pattern in _ORDINALS)):
        if _day(match) is None and (last := _day(match, "last")):
            weekday, month = WEEKDAY_NAMES[last.weekday()], MONTH_NAMES[last.month - 1]
            times = "five" if last.day > 28 else "four"
            why = f"{month} {last.year:04} has {times} {weekday}s"
            help_ = f"write the day that is meant; the last {weekday} is `{last}`"
            return NoSuchDate(text, help_, why)
    return None


def _replacement(match: re.Match[str]) -> str:
    return str(_day(match) or match[0])


def _day(match: re.Match[str], ordinal: str = "") -> date | None:
    """Return the day that a text means, or another of its weekdays; ``None`` if there is none."""
    from pendulum import Date, WeekDay  # noqa: PLC0415 - it takes 50 ms
    from pendulum.exceptions import PendulumException  # noqa: PLC0415

    ordinal = ordinal or match["ordinal"].lower()
    number = int(ordinal[0]) if ordinal[0].isdigit() else _NUMBERS[ordinal]
    _, weekday = split_weekday(match["weekday"])
    months = normalize_date(match["month"].replace(".", ""))
    if weekday is None or not months:
        return None
    try:
        year, month = map(int, months[0].split("-"))
        first = Date(year, month, 1)
        if number is None:
            return first.last_of("month", WeekDay(weekday))
        return first.nth_of("month", number, WeekDay(weekday))
    except (ValueError, OverflowError, PendulumException):
        return None
