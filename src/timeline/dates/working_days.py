"""Move days by working days: the days of a week on which people work, without the days off."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline._lazy import regex
from timeline.dates.calendar_units import OneSidedDate, make_day
from timeline.dates.edtf import make_between
from timeline.dates.moves import check_range, out_of_range
from timeline.dates.one_sided import make_one_sided
from timeline.diagnostics import Refusal, cited, rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from timeline.dates.calendar_units import Date
    from timeline.dates.day_ranges import DayRange

MAX_WORKING_DAYS = 3_660
"""The most working days of one term, more than ten years."""


class WorkingDays(Struct, frozen=True):
    """A signed number of working days; ``text`` is the number and the unit as written."""

    count: int
    text: str

    @property
    def is_exact(self) -> bool:
        """Whether it has hours, as a duration may have: never."""
        return False

    def __neg__(self) -> WorkingDays:
        return WorkingDays(-self.count, self.text)


_WORKING_DAYS = regex(r"(\d+) working days?", re.ASCII)


def parse_working_days(text: str) -> WorkingDays | None:
    """Parse ``5 working days``; return ``None`` for another unit.

    Raises: `Refusal` (`duration-syntax`).
    """
    match = _WORKING_DAYS.fullmatch(text)
    if match is None:
        return None
    digits = match[1].lstrip("0")
    if not digits:
        raise Refusal(
            rules.DURATION_SYNTAX,
            f"{cited(text)} may mean two things",
            "write ` - 1 day + 1 working day` for the same day or the next working day, "
            "` + 1 day - 1 working day` for the same day or the previous one",
        )
    if digits != match[1]:
        better = text[match.end(1) - len(digits) :]
        message = f"{cited(text)} begins with a 0"
        raise Refusal(rules.DURATION_SYNTAX, message, f"write `{better}`", replacement=better)
    if len(digits) > len(str(MAX_WORKING_DAYS)) or int(digits) > MAX_WORKING_DAYS:
        raise Refusal(
            rules.DURATION_SYNTAX,
            f"{cited(text)} is more than {MAX_WORKING_DAYS:,} working days",
            "write weeks, months or years",
        )
    return WorkingDays(int(digits), text)


class WorkCalendar:
    """The working days of a calendar, as a number for each day: how many there are up to it.

    ``week`` has the weekdays on which people work, 0 for Monday to 6, at least one of them.

    Every question is answered by arithmetic over weeks and a search in the days off, so it costs
    the same for one working day and for thousands.
    """

    def __init__(self, week: Collection[int], off: Iterable[DayRange]) -> None:
        ranges = list(off)
        self.first_off = min((days.first for days in ranges), default=None)
        self.last_off = max((days.last for days in ranges), default=None)
        # An ordinal is 7 times the weeks before its own and the number of the weekday, from 1.
        self._weekdays = [number + 1 for number in sorted(week)]
        self._in_week = [bisect_right(self._weekdays, number) for number in range(7)]
        self._off = sorted(
            {
                ordinal
                for days in ranges
                for ordinal in range(days.first.toordinal(), days.last.toordinal() + 1)
                if (ordinal - 1) % 7 in week
            }
        )
        # How many working days there are up to each day off.
        self._worked = [
            self._count_in_weeks(ordinal) - number for number, ordinal in enumerate(self._off, 1)
        ]

    def move(self, day: date, count: int) -> date:
        """Return the working day that is a number of steps after a day, or before it.

        The day itself never counts, working day or not.

        Raises: `Refusal` (`year-range`).
        """
        if count > 0:
            number = self._count(day.toordinal()) + count
        else:
            number = self._count(day.toordinal() - 1) + 1 + count
        ordinal = self._ordinal(number)
        if not 1 <= ordinal <= date.max.toordinal():
            raise out_of_range(day.isoformat())
        return check_range(date.fromordinal(ordinal), day.isoformat())

    def has_weekdays(self, first: date, last: date) -> bool:
        """Return whether a day from one to another, both inclusive, is in the week, off or not."""
        before, until = first.toordinal() - 1, last.toordinal()
        return before < until and self._count_in_weeks(before) < self._count_in_weeks(until)

    def _count(self, ordinal: int) -> int:
        """Return how many working days there are up to a day."""
        return self._count_in_weeks(ordinal) - bisect_right(self._off, ordinal)

    def _count_in_weeks(self, ordinal: int) -> int:
        """Return how many there are up to a day if no day is off."""
        weeks, number = divmod(ordinal, 7)
        return weeks * len(self._weekdays) + self._in_week[number]

    def _ordinal(self, number: int) -> int:
        """Return the day of the working day with a number; it may be before or after all days."""
        counted = number + bisect_left(self._worked, number)
        weeks, index = divmod(counted - 1, len(self._weekdays))
        return 7 * weeks + self._weekdays[index]


def shift_by_working_days(
    value: Date | OneSidedDate, amount: WorkingDays, calendar: WorkCalendar
) -> Date | OneSidedDate:
    """Return a date moved by working days: a day to a day, the bounds of others to a ``between``.

    Of a date with one known bound, that bound moves. The qualification stays.

    Raises: `Refusal` (`year-range`).
    """
    if isinstance(value, OneSidedDate):
        bound = make_day(calendar.move(value.known_day, amount.count))
        return make_one_sided(value.precision, bound)
    first, last = (
        make_day(calendar.move(day, amount.count)) for day in (value.earliest, value.latest)
    )
    return replace(make_between(first, last), qualification=value.qualification)
