"""Weekdays beside a date, ``Sunday 3 January 2027``: they decide between two readings of it.

A weekday that the day does not have is an error in one of them, so both are suggested. The names
are English; `translations` has those of other languages.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from timeline.dates.moves import move_day
from timeline.dates.names import WEEKDAY_NAMES
from timeline.diagnostics import Refusal, cited

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMES = (
    r"mon(?:day)?",
    r"tue(?:s(?:day)?)?",
    r"wed(?:s|nesday)?",
    r"thu(?:rs?(?:day)?)?",
    r"fri(?:day)?",
    r"sat(?:ur(?:day)?)?",
    r"sun(?:day)?",
)
"""The names of each weekday, from Monday on."""

_TWO_LETTERS = ("mo", "tu", "we", "th", "fr", "sa", "su")
"""Short names that may be other words, too: they count only before or after the whole date."""


def _groups(names: Sequence[str]) -> str:
    return "|".join(f"(?P<_{number}>{name})" for number, name in enumerate(names))


_BESIDE = rf"(?<![\w-])[(\[]?(?:{_groups(_NAMES)})\b\.?[)\]]?,?"
_BEFORE = rf"\A[(\[]?(?:{_groups(_TWO_LETTERS)})\b\.?[)\]]?,?(?= ?\d)"
_AFTER = rf"(?<=\d),? [(\[]?(?:{_groups(_TWO_LETTERS)})\b\.?[)\]]?\Z"
_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (_BESIDE, _BEFORE, _AFTER))


WEEKDAY_PATTERN = f"(?:{'|'.join(_NAMES)})"
"""A weekday; to be matched without regard to case."""


def split_weekday(text: str) -> tuple[str, int | None]:
    """Return a plain text without its weekday, and the weekday, Monday as 0.

    A text without a weekday, or with two different ones, is returned as it is, with ``None``.
    """
    weekdays: set[int] = set()

    def remove(match: re.Match[str]) -> str:
        weekdays.add(int(str(match.lastgroup)[1:]))
        return " "

    rest = text
    for pattern in _PATTERNS:
        rest = pattern.sub(remove, rest)
    return (" ".join(rest.split()), weekdays.pop()) if len(weekdays) == 1 else (text, None)


def weekday_of(reading: str) -> int | None:
    """Return the weekday of a reading that has a known day, Monday as 0, else ``None``."""
    day = _day_in(reading)
    return day.weekday() if day else None


def weekday_name(reading: str) -> str:
    """Return the English name of the weekday of a reading that has a known day."""
    weekday = weekday_of(reading)
    return "" if weekday is None else WEEKDAY_NAMES[weekday]


def on_weekday(readings: list[str], weekday: int | None) -> list[str]:
    """Return the readings of a date that are on a weekday.

    If none is, add to each the nearest day with this weekday, and to a single one the same day of
    the year before or after, if that has it.
    """
    if weekday is None or any(weekday_of(reading) is None for reading in readings):
        return readings
    if agreeing := [reading for reading in readings if weekday_of(reading) == weekday]:
        return agreeing
    others = [_moved(reading, nearest_day(reading, weekday)) for reading in readings]
    if len(readings) == 1:
        others += [_moved(readings[0], day) for day in neighbouring_years(readings[0], weekday)]
    return [*readings, *filter(None, others)]


def nearest_day(reading: str, weekday: int) -> date | None:
    """Return the day with a weekday that is at most three days from that of a reading."""
    day = _day_in(reading)
    if day is None:
        return None
    try:
        return move_day(day, (weekday - day.weekday() + 3) % 7 - 3)
    except Refusal:
        return None


def neighbouring_years(reading: str, weekday: int) -> list[date]:
    """Return the same day of the year before or after that has a weekday."""
    days = []
    if day := _day_in(reading):
        for year in (day.year - 1, day.year + 1):
            with suppress(ValueError):  # 29 February, or no such year
                days.append(day.replace(year=year))
    return [day for day in days if day.weekday() == weekday]


def _moved(reading: str, day: date | None) -> str:
    return _DAY.sub(day.isoformat(), reading) if day else ""


_DAY = re.compile(r"(?<![\d-])\d{4}-\d\d-\d\d(?![\d-])", re.ASCII)


def _day_in(reading: str) -> date | None:
    match = _DAY.search(reading)
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None


def describe_conflict(text: str, weekday: int | None, readings: Sequence[str]) -> str | None:
    """Return the message for a text of one day that has another weekday, else ``None``.

    ``readings`` are all readings of the text, as `on_weekday` returns them.
    """
    days = [reading for reading in readings if weekday_of(reading) != weekday]
    if weekday is None or len(days) != 1 or len(_DAY.findall(days[0])) != 1:
        return None
    name = weekday_name(days[0])
    return f"the day in {cited(text)} is a {name}, not a {WEEKDAY_NAMES[weekday]}" if name else None


def weekday_in_brackets(reading: str) -> str:
    """Return the weekday of one of several readings in brackets, if it has a day."""
    name = weekday_name(reading)
    return f" ({name})" if name else ""


def weekday_note(weekday: int | None, reading: str) -> str | None:
    """Return a sentence for a day that does not have the weekday beside it, else ``None``."""
    if weekday is None or weekday_of(reading) in (None, weekday):
        return None
    days = [nearest_day(reading, weekday), *neighbouring_years(reading, weekday)]
    others = " or ".join(f"`{day}`" for day in days if day)
    name = WEEKDAY_NAMES[weekday]
    return f"`{_day_in(reading)}` is a {weekday_name(reading)}, and the {name} is {others}"


def with_weekday_notes(refusal: Refusal, notes: Sequence[str]) -> Refusal:
    """Return a refusal whose help has these notes, and that no longer has a certain replacement."""
    if not notes:
        return refusal
    help_ = "; ".join(filter(None, (refusal.help, *notes)))
    return Refusal(refusal.rule, refusal.message, help_, refusal.part)
