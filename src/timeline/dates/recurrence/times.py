"""The wall-clock times of a recurrence rule, from any time on and up to any time.

A search begins in the period of the day asked for, and ends in that of the last. ``dateutil``, with
which the tests compare this, begins at DTSTART, and searches to the year 9999 where no day matches.
"""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import chain
from typing import TYPE_CHECKING

from timeline.dates.moves import LAST_DAY
from timeline.dates.recurrence.budget import spend_steps
from timeline.dates.recurrence.periods import DAY, rule_periods

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.dates.recurrence.rule import RecurrenceRule

LAST_SECOND = (LAST_DAY.toordinal() + 1) * DAY - 1
"""The end of the last day that a date may have."""


def to_seconds(wall: datetime) -> int:
    """Return a wall-clock time as seconds."""
    return wall.toordinal() * DAY + wall.hour * 3600 + wall.minute * 60 + wall.second


def from_seconds(seconds: int) -> datetime:
    """Return the wall-clock time of seconds."""
    day, rest = divmod(seconds, DAY)
    minutes, second = divmod(rest, 60)
    return datetime.combine(date.fromordinal(day), time(minutes // 60, minutes % 60, second))


class RuleTimes:
    """The wall-clock times of a rule from its start on, without COUNT and UNTIL."""

    def __init__(self, rule: RecurrenceRule, start: datetime) -> None:
        self.periods = rule_periods(rule, start)
        self._start = to_seconds(start)
        self._first = self.periods.number(self._start)
        self._interval = rule.interval
        self._rule = rule

    def by_period(self, first: int, last: int) -> Iterator[Sequence[int]]:
        """Yield the times of each period from the one of ``first`` to that of ``last``.

        An empty sequence stands for one or more periods that have none. Only these are taken from
        the budget: who walks through instances limits their number.

        Raises: `Refusal` (`rule-budget`).
        """
        periods, first = self.periods, max(first, self._start)
        number, end = self._aligned(periods.number(first)), periods.number(last)
        while number <= end:
            candidate = periods.skip(number, end)
            if candidate != number:
                spend_steps(self._rule, 1 + periods.skipped // 8)
                yield ()
                number = self._aligned(candidate)
                continue
            times = periods.times(number)
            if not times:
                spend_steps(self._rule, periods.cost)
            if times and (times[0] < first or times[-1] > last):
                times = [at for at in times if first <= at <= last]
            yield times
            number += self._interval

    def between(self, first: int, last: int) -> Iterator[int]:
        """Yield the times from ``first`` to ``last``, both inclusive."""
        return chain.from_iterable(self.by_period(first, last))

    def last_until(self, last: int) -> int | None:
        """Return the latest time up to ``last``, inclusive; ``None`` if there is none.

        The part that is searched doubles each time, so that the cost is that of the distance.
        """
        periods = self.periods
        number, count = periods.number(last), self._interval
        while last >= self._start:
            number -= count
            first = periods.begins(number) if number > self._first else self._start
            latest = max(self.between(first, last), default=None)
            if latest is not None:
                return latest
            last, count = first - 1, 2 * count
        return None

    def nth(self, count: int) -> int | None:
        """Return the time of that number from 1; ``None`` if it cannot be known without a walk."""
        size = self.periods.per_period
        if size is None:
            return None
        before = sum(at < self._start for at in self.periods.times(self._first))
        period, index = divmod(before + count - 1, size)
        number = self._first + period * self._interval
        if self.periods.begins(number) > LAST_SECOND:
            return LAST_SECOND + 1
        return self.periods.times(number)[index]

    def _aligned(self, number: int) -> int:
        """Return the first period of the rule from ``number`` on."""
        return number + (self._first - number) % self._interval
