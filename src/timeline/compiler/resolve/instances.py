"""Find the instances of a series that its exceptions name."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.dates import Instant, instance_key, local_day

if TYPE_CHECKING:
    from datetime import date

    from timeline.dates import Recurrence, RecurrenceStart


class Instances:
    """The instances of a series before its exceptions: those of the rule, and those listed.

    Each is found without those before it.
    """

    def __init__(self, recurrence: Recurrence) -> None:
        self._by_rule = replace(recurrence, rdate=())
        self._by_day: dict[date, list[RecurrenceStart]] = {}
        self._by_key: dict[date, RecurrenceStart] = {}
        for instance in (recurrence.start, *recurrence.rdate):
            self._by_day.setdefault(local_day(instance), []).append(instance)
            self._by_key.setdefault(instance_key(instance), instance)
        self._days = sorted(self._by_day)

    def find(self, moment: RecurrenceStart) -> RecurrenceStart | None:
        """Return the instance at a time, or the first on a day; ``None`` where there is none."""
        if isinstance(moment, Instant):
            return self._by_rule.rule_instance_at(moment) or self._by_key.get(moment.utc)
        first = next(self._by_rule.instances(first=moment, last=moment), None)
        candidates = [first] if first is not None else []
        candidates += self._by_day.get(moment, [])
        return min(candidates, key=instance_key, default=None)

    def nearest_day(self, moment: RecurrenceStart) -> date | None:
        """Return the day with an instance that is nearest, the earlier of two."""
        day = local_day(moment)
        before = self._by_rule.last_instance(last=day)
        after = next(self._by_rule.instances(first=day), None)
        days = [local_day(instance) for instance in (before, after) if instance is not None]
        days += self._days[: bisect_right(self._days, day)][-1:]
        days += self._days[bisect_left(self._days, day) :][:1]
        return min(days, key=lambda known: (abs(known - day), known), default=None)
