"""Find the days on which the clocks of a zone change, and the times that they skip or repeat."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates import LAST_DAY, TimesShown, get_zone, move_moment, times_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.dates import Instant, RecurrenceRule


class Difference(Struct, frozen=True):
    """What apps read differently in a rule, and what to write instead."""

    message: str
    help: str


YEARS = 2
"""For how many years from its start a rule is compared with clock changes."""


def times_of_day(rule: RecurrenceRule, start: Instant) -> Iterator[time]:
    """Yield the times of day at which a rule has instances."""
    at = start.wall.time()
    for hour, minute, second in product(
        rule.byhour or (at.hour,), rule.byminute or (at.minute,), rule.bysecond or (at.second,)
    ):
        yield at.replace(hour=hour, minute=minute, second=second)


@lru_cache(1000)
def ambiguous_days(zone: str, year: int, at: time) -> tuple[tuple[date, TimesShown], ...]:
    """Return the days on which the clocks of a zone skip a time of day or show it twice."""
    days = (
        (day, times_shown(datetime.combine(day, at), zone)) for day in clock_change_days(zone, year)
    )
    return tuple((day, shown) for day, shown in days if shown is not TimesShown.ONCE)


def clock_change_days(zone: str, year: int) -> tuple[date, ...]:
    """Return the days on which the clocks of a zone change, in a year and `YEARS` after it."""
    last = min(year + YEARS, LAST_DAY.year)
    return tuple(day for number in range(year, last + 1) for day in _clock_changes_in(zone, number))


@lru_cache(1000)
def _clock_changes_in(zone: str, year: int) -> tuple[date, ...]:
    """Return those of a year, except two within a week that cancel each other out."""
    day, changes = datetime(year, 1, 1, tzinfo=get_zone(zone)), []
    while day.year == year:
        after_a_week = move_moment(day, timedelta(days=7))
        if day.utcoffset() != after_a_week.utcoffset():
            week = [move_moment(day, timedelta(days=n)) for n in range(8)]
            pairs = ((day, day.utcoffset() != next_.utcoffset()) for day, next_ in pairwise(week))
            changes += [day.date() for day, is_changed in pairs if is_changed and day.year == year]
        day = after_a_week
    return tuple(changes)
