"""Find the instances of a series that its exceptions name, and the nearest to what names none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.dates import Instant, day_after, day_before, instance_key, local_day, to_zone

if TYPE_CHECKING:
    from datetime import date

    from timeline.dates import DayRange, Recurrence, RecurrenceStart


class Instances:
    """The instances of a series before its exceptions: those of the rule, and those listed.

    Each is found without those before it.
    """

    def __init__(self, recurrence: Recurrence) -> None:
        self._by_rule = replace(recurrence, rdate=())
        self._by_day: dict[date, list[RecurrenceStart]] = {}
        self._by_key: dict[date, RecurrenceStart] = {}
        for instance in (recurrence.start, *recurrence.rdate):
            for day in {self._day(instance), local_day(instance)}:
                self._by_day.setdefault(day, []).append(instance)
            self._by_key.setdefault(instance_key(instance), instance)
        self._days = sorted(self._by_day)

    def find(self, moment: RecurrenceStart) -> RecurrenceStart | None:
        """Return the instance at a time, or the first on a day; ``None`` where there is none.

        The day is that of the clocks in the zone of the series; where none is on it, that of the
        zone in which an instance is written.
        """
        if isinstance(moment, Instant):
            return self._by_rule.rule_instance_at(moment) or self._by_key.get(moment.utc)
        first = next(self._by_rule.instances(first=moment, last=moment), None)
        candidates = [first] if first is not None else []
        candidates += self._by_day.get(moment, [])
        return min(
            candidates,
            key=lambda instance: (self._day(instance) != moment, instance_key(instance)),
            default=None,
        )

    def between(self, days: DayRange) -> list[RecurrenceStart]:
        """Return the instances on some days, on the clocks in the zone of the series, in order."""
        instances = [*self._by_rule.instances(first=days.first, last=days.last)]
        # Another zone may be a day ahead or behind.
        first = bisect_left(self._days, day_before(days.first))
        last = bisect_right(self._days, day_after(days.last))
        instances += (
            instance
            for known in self._days[first:last]
            for instance in self._by_day[known]
            if days.first <= self._day(instance) <= days.last
        )
        by_key = {instance_key(instance): instance for instance in reversed(instances)}
        return [by_key[key] for key in sorted(by_key)]

    def _day(self, instance: RecurrenceStart) -> date:
        """Return the day of an instance on the clocks in the zone of the series."""
        start = self._by_rule.start
        if isinstance(instance, Instant) and isinstance(start, Instant):
            return to_zone(instance.utc, start.zone).date()
        return local_day(instance)

    def nearest(self, moment: RecurrenceStart) -> RecurrenceStart | None:
        """Return the instance that is nearest to a day or a time, the earlier of two."""
        day = local_day(moment)
        first, last = bisect_left(self._days, day), bisect_right(self._days, day)
        listed = self._days[max(first - 1, 0) : last + 1]
        candidates = [instance for known in listed for instance in self._by_day[known]]
        candidates += self._by_rule.rule_instances_beside(moment)
        return min(
            candidates,
            key=lambda instance: (_distance(instance, moment), instance_key(instance)),
            default=None,
        )


def _distance(instance: RecurrenceStart, moment: RecurrenceStart) -> timedelta:
    if isinstance(instance, Instant) and isinstance(moment, Instant):
        return abs(instance.utc - moment.utc)
    return abs(_wall(instance) - _wall(moment))


def _wall(moment: RecurrenceStart) -> datetime:
    """Return the time on the clock; of a day, noon."""
    return moment.wall if isinstance(moment, Instant) else datetime.combine(moment, time(12))
