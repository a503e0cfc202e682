"""The periods of a recurrence rule, such as weeks, and the times in each (RFC 5545 3.3.10).

Any period can be computed without those before it. Times are seconds since the day 0 of
``date.toordinal``, on a clock without a zone. The rule must have passed `parse_rrule`, which
excludes many combinations of parts.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from timeline.dates.recurrence.parts import Weekday
    from timeline.dates.recurrence.rule import RecurrenceRule

DAY = 86_400
"""The seconds of a day."""

_UNITS = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600, "DAILY": DAY}


class Periods(Protocol):
    """The periods of one kind, numbered; the rule has those that are multiples of its interval."""

    per_period: int | None
    """How many times each period has, ``None`` if that differs."""

    cost: int
    """How many steps it takes to compute a period, see `RuleBudget`."""

    skipped: int
    """How many months the last `skip` looked at, eight of which are a step."""

    def number(self, seconds: int) -> int:
        """Return the number of the period that contains a time."""

    def begins(self, number: int) -> int:
        """Return the first second of a period."""

    def times(self, number: int) -> Sequence[int]:
        """Return the times in a period, in ascending order."""

    def skip(self, number: int, last: int) -> int:
        """Return the first period from ``number`` on that may have times, or one after ``last``."""


def rule_periods(rule: RecurrenceRule, start: datetime) -> Periods:
    """Return the periods of the kind that FREQ names, for a rule with this start."""
    limits = rule.bymonth or rule.bymonthday
    if rule.freq == "WEEKLY" or (
        rule.freq == "DAILY" and rule.interval == 1 and rule.byday and not limits
    ):
        return _Weeks(rule, start)
    if rule.freq in _UNITS:
        return _Units(rule, start)
    return _Months(rule, start) if rule.freq == "MONTHLY" else _Years(rule, start)


def _offsets(rule: RecurrenceRule, start: datetime, unit: int) -> list[int]:
    """Return the seconds after the start of a day, hour, minute or second at which times are."""
    hours = rule.byhour or (start.hour,) if unit > 3600 else (0,)
    minutes = rule.byminute or (start.minute,) if unit > 60 else (0,)
    seconds = rule.bysecond or (start.second,) if unit > 1 else (0,)
    return [h * 3600 + m * 60 + s for h, m, s in product(hours, minutes, seconds)]


class _Units:
    """Days, hours, minutes or seconds, which BYMONTH, BYMONTHDAY and BYDAY limit."""

    def __init__(self, rule: RecurrenceRule, start: datetime) -> None:
        self._size = _UNITS[rule.freq]
        self._offsets = _offsets(rule, start, self._size)
        self._days = rule.bymonth, rule.bymonthday, {day.day for day in rule.byday}
        self._has_days = any(self._days)
        self._known = 0  # the day that was last seen to match
        self.per_period = None if self._has_days else len(self._offsets)
        self.cost = 1
        self.skipped = 0

    def number(self, seconds: int) -> int:
        return seconds // self._size

    def begins(self, number: int) -> int:
        return number * self._size

    def times(self, number: int) -> Sequence[int]:
        begins = number * self._size
        return [begins + offset for offset in self._offsets]

    def skip(self, number: int, last: int) -> int:
        day = number * self._size // DAY
        if not self._has_days or day == self._known:
            return number
        matching = self._next_day(day, last * self._size // DAY)
        if matching == day:
            self._known = day
            return number
        return matching * DAY // self._size

    def _next_day(self, day: int, last: int) -> int:
        """Return the first day that matches, or one after ``last``; within 40 years there is one.

        The interval is not looked at: the next of its periods may be on a later day.
        """
        months, month_days, weekdays = self._days
        self.skipped = 0
        here = date.fromordinal(day)
        year, month, first = here.year, here.month, here.day
        while day <= last:
            self.skipped += 1
            length = _LENGTHS[month - 1] + (month == 2 and isleap(year))
            if not months or month in months:
                begins = day - first
                for number in month_days or range(first, length + 1):
                    at = begins + number
                    if first <= number <= length and (not weekdays or (at - 1) % 7 in weekdays):
                        return at
            day += length - first + 1
            year, month, first = year + month // 12, month % 12 + 1, 1
        return day


class _Weeks:
    """Weeks from WKST on."""

    skipped = 0

    def __init__(self, rule: RecurrenceRule, start: datetime) -> None:
        self._shift = rule.wkst + 1
        weekdays = {day.day for day in rule.byday} or {start.weekday()}
        self._days = [day for day in range(7) if (day + rule.wkst) % 7 in weekdays]
        self._months = rule.bymonth
        self._offsets = _offsets(rule, start, DAY)
        self.per_period = None if self._months else len(self._days) * len(self._offsets)
        self.cost = 1 + len(self._days) * len(self._offsets) // 32

    def number(self, seconds: int) -> int:
        return (seconds // DAY - self._shift) // 7

    def begins(self, number: int) -> int:
        return (number * 7 + self._shift) * DAY

    def times(self, number: int) -> Sequence[int]:
        first = number * 7 + self._shift
        days: Iterable[int] = (first + day for day in self._days)
        if self._months:
            days = (day for day in days if date.fromordinal(day).month in self._months)
        return [day * DAY + offset for day in days for offset in self._offsets]

    def skip(self, number: int, last: int) -> int:  # noqa: ARG002 - a week is computed quickly
        return number


class _Months:
    """Months, counted from the year 0."""

    per_period: int | None = None
    skipped = 0

    def __init__(self, rule: RecurrenceRule, start: datetime) -> None:
        self._rule = rule
        self._days = _MonthDays(rule, start)
        self._offsets = _offsets(rule, start, DAY)
        self.cost = 1 + _items(rule) // 8 + len(self._offsets) // 32

    def number(self, seconds: int) -> int:
        day = date.fromordinal(seconds // DAY)
        return day.year * 12 + day.month - 1

    def begins(self, number: int) -> int:
        return date(number // 12, number % 12 + 1, 1).toordinal() * DAY

    def times(self, number: int) -> Sequence[int]:
        year, month = number // 12, number % 12 + 1
        if self._rule.bymonth and month not in self._rule.bymonth:
            return ()
        days = _at_positions(self._days.of(year, month), self._rule.bysetpos)
        return [day * DAY + offset for day in days for offset in self._offsets]

    def skip(self, number: int, last: int) -> int:  # noqa: ARG002 - few months are empty
        return number


class _Years:
    """Years."""

    per_period: int | None = None
    skipped = 0

    def __init__(self, rule: RecurrenceRule, start: datetime) -> None:
        self._rule = rule
        self._months = _MonthDays(rule, start)
        self._start_month = start.month
        self._offsets = _offsets(rule, start, DAY)
        self.cost = _cost_of_year(rule) + len(self._offsets) // 32

    def number(self, seconds: int) -> int:
        return date.fromordinal(seconds // DAY).year

    def begins(self, number: int) -> int:
        return date(number, 1, 1).toordinal() * DAY

    def times(self, number: int) -> Sequence[int]:
        days = _at_positions(self._year_days(number), self._rule.bysetpos)
        return [day * DAY + offset for day in days for offset in self._offsets]

    def skip(self, number: int, last: int) -> int:  # noqa: ARG002 - few years are empty
        return number

    def _year_days(self, year: int) -> list[int]:
        rule = self._rule
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        if rule.byyearday:
            numbers = {first + n - 1 if n > 0 else last + n + 1 for n in rule.byyearday}
            days = numbers & _weekdays(first, last, rule.byday) if rule.byday else numbers
            return sorted(day for day in days if first <= day <= last)
        if rule.byweekno:
            days = _week_days(year, rule) & _weekdays(first, last, rule.byday)
            if rule.bymonth:
                days = {day for day in days if date.fromordinal(day).month in rule.bymonth}
            return sorted(days)
        if rule.byday and not rule.bymonth:
            return sorted(_weekdays(first, last, rule.byday))
        months = rule.bymonth or (self._start_month,)
        return [day for month in months for day in self._months.of(year, month)]


def _items(rule: RecurrenceRule) -> int:
    """Return how many days of a month a rule looks at, and how many positions."""
    return 4 * len(rule.byday) + len(rule.bymonthday) + len(rule.bysetpos)


def _cost_of_year(rule: RecurrenceRule) -> int:
    """Return how many steps it takes to find the days of a year."""
    if rule.byweekno:
        return 3 + len(rule.byweekno) + len(rule.byday)
    if rule.byyearday or (rule.byday and not rule.bymonth):
        return 1 + (53 * len(rule.byday) + len(rule.bysetpos)) // 40 + len(rule.byyearday) // 4
    return 1 + (len(rule.bymonth) or 1) * (4 + _items(rule)) // 12


_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The days of each month, not in a leap year."""


class _MonthDays:
    """The days of a month by BYMONTHDAY and BYDAY, or that of the start."""

    def __init__(self, rule: RecurrenceRule, start: datetime) -> None:
        self._byday = rule.byday
        self._month_days = rule.bymonthday or (() if rule.byday else (start.day,))
        self._only = start.day if not rule.bymonthday and not rule.byday else 0

    def of(self, year: int, month: int) -> list[int]:
        """Return the days in ascending order."""
        first = date(year, month, 1).toordinal()
        length = _LENGTHS[month - 1] + (month == 2 and isleap(year))
        if self._only:  # the day of the start, as in most rules
            return [first + self._only - 1] if self._only <= length else []
        if not self._month_days:
            return sorted(_weekdays(first, first + length - 1, self._byday))
        numbers = {n if n > 0 else length + n + 1 for n in self._month_days}
        days = [first + n - 1 for n in sorted(numbers) if 1 <= n <= length]
        if self._byday:
            weekdays = {day.day for day in self._byday}
            days = [day for day in days if (day - 1) % 7 in weekdays]
        return days


def _weekdays(first: int, last: int, byday: Iterable[Weekday]) -> set[int]:
    """Return the days of the week from ``first`` to ``last``, or the numbered of them."""
    days: set[int] = set()
    for weekday in byday:
        number = weekday.number
        every = range(first + (weekday.day + 1 - first) % 7, last + 1, 7)
        if not number:
            days.update(every)
        elif abs(number) <= len(every):
            days.add(every[number - 1 if number > 0 else number])
    return days


def _week_days(year: int, rule: RecurrenceRule) -> set[int]:
    """Return the days of a year that are in the weeks of BYWEEKNO, by ISO 8601 with any WKST."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    begins, ends = _first_week(year, rule.wkst), _first_week(year + 1, rule.wkst)
    count = (ends - begins) // 7
    numbers = {n if n > 0 else count + n + 1 for n in rule.byweekno}
    starts = [begins + 7 * (n - 1) for n in numbers if 1 <= n <= count]
    # Days at either end of the year may be in a week of the year before or after.
    if -1 in rule.byweekno or (
        rule.byweekno[-1] >= 52
        and (begins - _first_week(year - 1, rule.wkst)) // 7 in rule.byweekno
    ):
        starts.append(begins - 7)
    if 1 in rule.byweekno:
        starts.append(ends)
    days = {day for start in starts for day in range(start, start + 7)}
    return {day for day in days if first <= day <= last}


def _first_week(year: int, wkst: int) -> int:
    """Return the first day of the week 1: that which contains 4 January."""
    day = date(year, 1, 4).toordinal()
    return day - (day - 1 - wkst) % 7


def _at_positions(days: list[int], positions: Iterable[int]) -> Iterable[int]:
    """Return the days of a period that BYSETPOS names, all if it names none."""
    if not positions:
        return days
    size = len(days)
    return sorted({days[n - 1 if n > 0 else n] for n in positions if abs(n) <= size})
