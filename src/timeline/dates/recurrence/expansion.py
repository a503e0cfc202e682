"""Expand what makes an event recur into its instances (RFC 5545 3.8.5).

Times are computed on a clock without a zone; the zone is attached afterwards, so that nine o'clock
stays nine o'clock when clocks change.
"""

from __future__ import annotations

import heapq
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates.instants import Instant, is_fixed_zone, local_day, to_zone
from timeline.dates.moves import FIRST_DAY, LAST_DAY, move_moment
from timeline.dates.recurrence.periods import DAY
from timeline.dates.recurrence.rule import RecurrenceRule, RecurrenceStart, wall_time
from timeline.dates.recurrence.times import LAST_SECOND, RuleTimes, from_seconds, to_seconds

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from timeline.dates.day_ranges import DayRange


class Recurrence(Struct, frozen=True):
    """The start, the RRULE, RDATE and EXDATE of an event, and the instances that they make.

    ``start`` is DTSTART; if it is a day, so are all dates, and if it is a time, they are times.
    ``rule_end`` is the wall-clock time of the last instance of the rule, as `resolve_rule_end`
    returns it: ``None`` without a rule, and for one without an end. The rule must have passed
    `validate_rrule_start`. ``exdate_items`` has EXDATE with the ranges of days that are written for
    several of its dates; without such ranges it is empty. ``follows`` has the keys whose dates
    follow other events, each with the id of one of these.
    """

    start: RecurrenceStart
    rule: RecurrenceRule | None = None
    rule_end: datetime | None = None
    rdate: tuple[RecurrenceStart, ...] = ()
    exdate: tuple[RecurrenceStart, ...] = ()
    exdate_items: tuple[RecurrenceStart | DayRange, ...] = ()
    follows: tuple[tuple[str, str], ...] = ()

    @property
    def is_endless(self) -> bool:
        """Whether the rule has no end."""
        return self.rule is not None and self.rule.is_endless

    @property
    def last_day(self) -> date | None:
        """The local day of the last instance, also if it is excepted; ``None`` without an end."""
        if self.is_endless:
            return None
        last = self.start if self.last_of_rule is None else self.last_of_rule
        return max(map(local_day, (self.start, last, *self.rdate)))

    @property
    def last_of_rule(self) -> RecurrenceStart | None:
        """The last instance of the rule, also if it is excepted; ``None`` without an end."""
        return None if self.rule_end is None else self._in_zone(self.rule_end)

    @property
    def longest_gap(self) -> int | None:
        """The most seconds from the start of an instance to that of the next one.

        ``None`` where that differs by more than what clocks skip.
        """
        if self.rule is None or self.rdate or self.exdate:
            return None
        periods = RuleTimes(self.rule, wall_time(self.start)).periods
        if periods.per_period is None:
            return None
        return (periods.begins(1) - periods.begins(0)) * self.rule.interval

    def has_by_rule(self, moment: RecurrenceStart) -> bool:
        """Return whether a moment is the start or an instance of the rule, EXDATE or not."""
        if instance_key(moment) == instance_key(self.start):
            return True
        if isinstance(moment, Instant):
            return self.rule_instance_at(moment) is not None
        return any(self.rule_instances(moment, moment))

    def instances(
        self,
        *,
        first: RecurrenceStart = FIRST_DAY,
        last: date = LAST_DAY,
        without: Iterable[RecurrenceStart] = (),
    ) -> Iterator[RecurrenceStart]:
        """Yield the instances in order, without repeats, up to a local day, inclusive.

        ``first`` is a local day or a time. Instances of EXDATE and of ``without`` are not among
        them.
        """
        excluded = self._excluded(without)
        listed = sorted((self.start, *self.rdate), key=instance_key)
        before = None
        for item in heapq.merge(self.rule_instances(first, last), listed, key=instance_key):
            key, is_between = instance_key(item), not _is_before(item, first)
            if key != before and key not in excluded and is_between and local_day(item) <= last:
                yield item
            before = key

    def last_instance(
        self, *, last: RecurrenceStart = LAST_DAY, without: Iterable[RecurrenceStart] = ()
    ) -> RecurrenceStart | None:
        """Return the latest instance up to a local day or a time, inclusive; ``None`` without one.

        Those of EXDATE and of ``without`` are not among them.
        """
        excluded = self._excluded(without)
        listed = (item for item in (self.start, *self.rdate) if not _is_after(item, last))
        candidates = [item for item in listed if instance_key(item) not in excluded]
        if self.rule is not None:
            candidates += self._last_of_rule(self.rule, last, excluded)
        return max(candidates, key=instance_key, default=None)

    def count_of_rule(self, last: date, most: int, *, first: date = FIRST_DAY) -> int:
        """Return how many instances the rule has up to a day, EXDATE or not; above ``most``, more.

        None of them is put in its zone, which is most of what an instance costs. Those of the day
        before ``first`` count, too, because clocks may move them to it.
        """
        count = 0
        if self.rule is not None:
            times = RuleTimes(self.rule, wall_time(self.start))
            for in_period in times.by_period((first.toordinal() - 1) * DAY, self._rule_limit(last)):
                count += len(in_period)
                if count > most:
                    break
        return count

    def rule_instance_at(self, moment: Instant) -> Instant | None:
        """Return the instance of the rule at a time, EXDATE or not; ``None`` if it has none then.

        The event must have a time.
        """
        if self.rule is None or not isinstance(self.start, Instant):
            return None
        zone, until = self.start.zone, self.rule.until_utc(self.start.zone)
        if until is not None and moment.utc > until:
            return None
        times, limit = RuleTimes(self.rule, wall_time(self.start)), self._rule_limit(LAST_DAY)
        shown = to_zone(moment.utc, zone)
        # A time that clocks skip has moved to this one, by the gap.
        for gap in {0, _gap_before(shown.replace(tzinfo=None), zone)}:
            wall = to_seconds(shown) - gap
            at = to_zone(from_seconds(wall), zone)
            if at.astimezone(UTC) == moment.utc and any(times.between(wall, min(wall, limit))):
                return Instant(at, zone)
        return None

    def rule_instances_beside(self, moment: RecurrenceStart) -> Iterator[RecurrenceStart]:
        """Yield the last instance of the rule up to a time, or noon of a day, and the next one.

        One that clocks skip is at the time at which it would have been; EXDATE makes no difference.
        """
        if self.rule is None:
            return
        times, limit = RuleTimes(self.rule, wall_time(self.start)), self._rule_limit(LAST_DAY)
        if isinstance(moment, Instant) and isinstance(self.start, Instant):
            at = to_seconds(to_zone(moment.utc, self.start.zone))
        else:
            at = local_day(moment).toordinal() * DAY + DAY // 2
        for seconds in (times.last_until(min(at, limit)), next(times.between(at, limit), None)):
            if seconds is not None:
                yield self._in_zone(from_seconds(seconds))

    def rule_instances(self, first: RecurrenceStart, last: date) -> Iterator[RecurrenceStart]:
        """Yield the instances of the rule alone up to a local day, in order, EXDATE or not.

        ``first`` is a local day or a time. A few instances may be earlier or later, by what clocks
        skip.
        """
        if self.rule is None:
            return
        times = RuleTimes(self.rule, wall_time(self.start))
        ends = self._rule_limit(last)
        if not isinstance(self.start, Instant):
            for seconds in times.between(local_day(first).toordinal() * DAY, ends):
                yield date.fromordinal(seconds // DAY)
            return
        zone = self.start.zone
        begins = (
            to_zone(first.utc, zone).replace(tzinfo=None, fold=0)
            if isinstance(first, Instant)
            else datetime.combine(first, time.min)
        )
        # An instance that clocks skip on the day before may have moved to this one.
        seconds = to_seconds(begins) - _gap_before(begins, zone)
        walls = map(from_seconds, times.between(seconds, ends))
        yield from _in_order(walls, zone, self.rule.until_utc(zone))

    def _last_of_rule(
        self, rule: RecurrenceRule, last: RecurrenceStart, excluded: Collection[date]
    ) -> Iterator[RecurrenceStart]:
        """Yield the latest instance of the rule up to a day or a time that is not excluded."""
        times, seconds = RuleTimes(rule, wall_time(self.start)), self._rule_limit(last)
        while (latest := times.last_until(seconds)) is not None:
            item = self._in_zone(from_seconds(latest))
            if instance_key(item) not in excluded and not _is_after(item, last):
                yield item
                return
            seconds = latest - 1

    def _rule_limit(self, last: RecurrenceStart) -> int:
        """Return the second after which the rule has no instance up to a day or a time."""
        end = LAST_SECOND if self.rule_end is None else to_seconds(self.rule_end)
        if isinstance(last, Instant) and isinstance(self.start, Instant):
            shown = to_zone(last.utc, self.start.zone)
            # The second time that clocks show is after the first of all that they show twice.
            back = (shown.replace(fold=0).utcoffset() or _NONE) - (shown.utcoffset() or _NONE)
            return min(end, to_seconds(shown) + int(back.total_seconds()))
        return min(end, (local_day(last).toordinal() + 1) * DAY - 1)

    def _in_zone(self, wall: datetime) -> RecurrenceStart:
        if not isinstance(self.start, Instant):
            return wall.date()
        return Instant(to_zone(wall, self.start.zone), self.start.zone)

    def _excluded(self, without: Iterable[RecurrenceStart]) -> set[date]:
        return {*map(instance_key, self.exdate), *map(instance_key, without)}


def instance_key(item: RecurrenceStart) -> date:
    """Return what orders instances, and is equal for two that are the same moment."""
    return item.utc if isinstance(item, Instant) else item


def _is_before(item: RecurrenceStart, first: RecurrenceStart) -> bool:
    """Return whether an instance is before a local day or a time."""
    if isinstance(item, Instant) and isinstance(first, Instant):
        return item.utc < first.utc
    return local_day(item) < local_day(first)


def _is_after(item: RecurrenceStart, last: RecurrenceStart) -> bool:
    """Return whether an instance is after a local day or a time."""
    if isinstance(item, Instant) and isinstance(last, Instant):
        return item.utc > last.utc
    return local_day(item) > local_day(last)


_NONE = timedelta()


def _gap_before(wall: datetime, zone: str) -> int:
    """Return the seconds by which clocks go forward in the two days up to a time, 0 if not."""
    if is_fixed_zone(zone):
        return 0
    days = (move_moment(wall, timedelta(days=-days)) for days in (2, 1, 0))
    offsets = [to_zone(day, zone).utcoffset() or timedelta() for day in days]
    return max(0, *(int((after - before).total_seconds()) for before, after in pairwise(offsets)))


def _in_order(walls: Iterable[datetime], zone: str, until: datetime | None) -> Iterator[Instant]:
    """Yield the times of a rule in their zone (RFC 5545 3.3.10, which refers to 3.3.5).

    An instance that the clocks skip moves forward by the gap, perhaps past the next instances.
    """
    moved: list[Instant] = []
    for wall in walls:
        instance = Instant(to_zone(wall, zone), zone)
        if until and instance.utc > until:
            continue
        if instance.wall != wall:
            moved.append(instance)
            continue
        while moved and moved[0].utc <= instance.utc:
            yield moved.pop(0)
        yield instance
    yield from moved
