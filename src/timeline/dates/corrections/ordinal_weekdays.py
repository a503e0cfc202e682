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

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_ORDINAL = rf"(?:the )?(?P<ordinal>[1-9](?:st|nd|rd|th)?|{'|'.join(_ORDINALS)}|last)"
_WEEKDAY = rf"(?P<weekday>{WEEKDAY_PATTERN})\b\.?"
_MONTH = rf"(?:(?P<name>{MONTH_PATTERN})\b\.?,? (?P<year>\d{{4}})|(?P<iso>\d{{4}}-\d\d))(?![\d-])"
_PATTERNS = tuple(
    re.compile(rf"(?<![\w-]){pattern}", re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{_ORDINAL} {_WEEKDAY} (?:(?:of|in) )?{_MONTH}",
        rf"{_MONTH},? {_ORDINAL} {_WEEKDAY}(?!\w)",
    )
)


def with_ordinal_weekdays(text: str) -> str:
    """Return a plain text with the day in place of each ordinal weekday of a month.

    One that the month does not have stays as it is.
    """
    for pattern in _PATTERNS:
        text = pattern.sub(lambda match: str(_day(match) or match[0]), text)
    return text


def explain_ordinal_weekday(text: str) -> NoSuchDate | None:
    """Refuse a plain text that is a weekday which its month does not have so many times."""
    match = next(filter(None, (pattern.fullmatch(text) for pattern in _PATTERNS)), None)
    if match is None or (last := _day(match, is_last=True)) is None or _day(match):
        return None
    weekday, month = WEEKDAY_NAMES[last.weekday()], MONTH_NAMES[last.month - 1]
    why = f"{month} {last.year} has {'five' if last.day > 28 else 'four'} {weekday}s"
    return NoSuchDate(text, f"write the day that is meant; the last {weekday} is `{last}`", why)


def _day(match: re.Match[str], *, is_last: bool = False) -> date | None:
    """Return the day that a text means, or the last one with its weekday; ``None`` if none is."""
    from pendulum import Date, WeekDay  # noqa: PLC0415 - it takes 50 ms
    from pendulum.exceptions import PendulumException  # noqa: PLC0415

    iso = match["iso"] or f"{match['year']}-{_index(MONTH_NAMES, match['name']) + 1}"
    year, month = map(int, iso.split("-"))
    weekday, ordinal = WeekDay(_index(WEEKDAY_NAMES, match["weekday"])), match["ordinal"].lower()
    try:
        first = Date(year, month, 1)
        if is_last or ordinal == "last":
            return first.last_of("month", weekday)
        return first.nth_of("month", _ORDINALS.get(ordinal) or int(ordinal[0]), weekday)
    except (ValueError, PendulumException):
        return None


def _index(names: Sequence[str], text: str) -> int:
    """Return the index of the name that a text abbreviates."""
    return [name[:3].lower() for name in names].index(text[:3].lower())
