"""Find the instances of a series that its exceptions name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from timeline.dates import Instant, local_day, recurrence_instances

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.dates import RecurrenceRule, RecurrenceStart


class Instances:
    """The instances of a series up to a day, by their day on the local clock."""

    def __init__(
        self,
        rule: RecurrenceRule | None,
        start: RecurrenceStart,
        rdate: Iterable[RecurrenceStart],
        last: date,
    ) -> None:
        self._by_day: dict[date, list[RecurrenceStart]] = {}
        for instance in recurrence_instances(rule, start, rdate, last=last):
            self._by_day.setdefault(local_day(instance), []).append(instance)

    def find(self, moment: RecurrenceStart) -> RecurrenceStart | None:
        """Return the instance at a time, or the first on a day; ``None`` where there is none."""
        if not isinstance(moment, Instant):
            return next(iter(self._by_day.get(moment, ())), None)
        days = (moment.utc.date() + timedelta(days=shift) for shift in (-1, 0, 1))
        for instance in (instance for day in days for instance in self._by_day.get(day, ())):
            if isinstance(instance, Instant) and instance.utc == moment.utc:
                return instance
        return None

    def nearest_day(self, moment: RecurrenceStart) -> date | None:
        """Return the day with an instance that is nearest, the earlier of two."""
        day = local_day(moment)
        return min(self._by_day, key=lambda known: (abs(known - day), known), default=None)
