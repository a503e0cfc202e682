"""The last instance of a recurrence rule, and what it may cost to compute it.

It is computed once, when the events file is resolved. All instances are then known from any day on,
without those before it.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from timeline.dates.instants import Instant, to_zone
from timeline.dates.recurrence.budget import check_steps, spend_steps
from timeline.dates.recurrence.periods import DAY
from timeline.dates.recurrence.rule import wall_time
from timeline.dates.recurrence.times import LAST_SECOND, RuleTimes, from_seconds, to_seconds

if TYPE_CHECKING:
    from timeline.dates.recurrence.rule import RecurrenceRule, RecurrenceStart


def resolve_rule_end(rule: RecurrenceRule, start: RecurrenceStart) -> datetime | None:
    """Return the wall-clock time of the last instance of a rule; ``None`` if it has no end.

    At the end of 9998 every rule ends. The rule must have passed `validate_rrule_start`.

    Raises: `Refusal` (`rule-budget`).
    """
    if rule.is_endless:
        return None
    times = RuleTimes(rule, wall_time(start))
    if rule.count is None:
        seconds = _last_until(rule, times, start)
    else:
        seconds = times.nth(rule.count) or _walk(rule, times, start)
        if seconds > LAST_SECOND:
            seconds = times.last_until(LAST_SECOND)
    return wall_time(start) if seconds is None else from_seconds(seconds)


def _walk(rule: RecurrenceRule, times: RuleTimes, start: RecurrenceStart) -> int:
    """Return the time of the last instance by COUNT, or the last of all if there are fewer.

    A period costs as much as it takes to compute it, and at least as much as its instances.
    """
    count, cost = rule.count or 0, times.periods.cost
    # What surely costs too much costs nothing, so that smaller rules may follow.
    check_steps(rule, count)
    last, left = 0, count
    for instances in times.by_period(to_seconds(wall_time(start)), LAST_SECOND):
        if instances:
            spend_steps(rule, max(min(len(instances), left), cost))
            if len(instances) >= left:
                return instances[left - 1]
            last, left = instances[-1], left - len(instances)
    return last


def _last_until(rule: RecurrenceRule, times: RuleTimes, start: RecurrenceStart) -> int | None:
    """Return the time of the last instance up to UNTIL."""
    if not isinstance(start, Instant):
        day = rule.until_day(start)
        return times.last_until(LAST_SECOND if day is None else (day.toordinal() + 1) * DAY - 1)
    zone, until = start.zone, rule.until_utc(start.zone)
    assert until is not None  # noqa: S101 - it has neither COUNT nor no end

    def utc(seconds: int) -> datetime:
        return to_zone(from_seconds(seconds), zone).astimezone(UTC)

    shown = to_zone(until, zone)
    limit = to_seconds(shown.replace(tzinfo=None))
    if shown.fold:  # instances are at the first of two times, so later ones are before UNTIL, too
        limit += bisect_right(range(limit, limit + DAY), until, key=utc) - 1
    latest = times.last_until(min(limit, LAST_SECOND))
    while latest is not None and (late := utc(latest) - until).total_seconds() > 0:
        # Clocks skip this time, and it moves beyond UNTIL. So do all others that are not as much
        # earlier.
        latest = times.last_until(latest - int(late.total_seconds()))
    return latest
