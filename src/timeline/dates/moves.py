"""Add to days and times: the only functions that do, because a sum may leave the years there are.

Each either refuses what is beyond them, or states where it stops instead.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TypeVar

from timeline.diagnostics import Refusal, rules

FIRST_YEAR = 2
LAST_YEAR = 9998
"""Both ends leave a year free, so that no exclusive end and no zone offset leaves 1 to 9999."""

FIRST_DAY = date(FIRST_YEAR, 1, 1)
LAST_DAY = date(LAST_YEAR, 12, 31)

_A_DAY = timedelta(days=1)
_Moment = TypeVar("_Moment", date, datetime)


def move_day(day: date, days: int) -> date:
    """Return a day moved by a number of days.

    Raises: `Refusal` (`year-range`).
    """
    try:
        moved = day + timedelta(days=days)
    except OverflowError:
        raise out_of_range(day.isoformat()) from None
    return check_range(moved, day.isoformat())


def move_day_within(day: date, days: int) -> date:
    """Return a day moved by a number of days, but not beyond the first and the last day."""
    try:
        return min(max(day + timedelta(days=days), FIRST_DAY), LAST_DAY)
    except OverflowError:
        return FIRST_DAY if days < 0 else LAST_DAY


def day_after(day: date) -> date:
    """Return the next day; after the last day it is one of the free year."""
    return day + _A_DAY


def day_before(day: date) -> date:
    """Return the previous day; before the first day it is one of the free year."""
    return day - _A_DAY


def move_moment(moment: datetime, length: timedelta) -> datetime:
    """Return a time moved by an exact length, perhaps into the free years at both ends.

    A local time that is made of it is checked by `check_range`.

    Raises: `Refusal` (`year-range`), beyond those.
    """
    try:
        return moment + length
    except OverflowError:
        raise out_of_range(moment.replace(tzinfo=None).isoformat()) from None


def check_range(moved: _Moment, text: str) -> _Moment:
    """Return a day or a time that was moved there from ``text``.

    Raises: `Refusal` (`year-range`), where it is not within the years 0002 to 9998.
    """
    if not FIRST_YEAR <= moved.year <= LAST_YEAR:
        raise out_of_range(text)
    return moved


def out_of_range(text: str) -> Refusal:
    """Return the refusal to move a date, written as ``text``, as far as this."""
    return Refusal(
        rules.YEAR_RANGE,
        f"`{text}` is moved out of the years 0002 to 9998",
        "move it by less, or write `TBC`",
    )
