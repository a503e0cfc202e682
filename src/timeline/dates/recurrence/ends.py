"""The last instance of a recurrence rule, and what it may cost to compute it.

It is computed once, when the events file is resolved. All instances are then known from any day on,
without those before it.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from timeline._limits import MAX_WALKED
from timeline.dates.instants import Instant, to_zone
from timeline.dates.recurrence.periods import DAY
from timeline.dates.recurrence.rule import wall_time
from timeline.dates.recurrence.times import LAST_SECOND, RuleTimes, from_seconds, to_seconds
from timeline.diagnostics import Refusal, rules

if TYPE_CHECKING:
    from timeline.dates.recurrence.rule import RecurrenceRule, RecurrenceStart


class RuleBudget:
    """What is left of the instances that may be walked for the rules of a file."""

    def __init__(self, left: int = MAX_WALKED) -> None:
        self.left = left

    def spend(self, rule: RecurrenceRule, count: int) -> None:
        """Take a number of instances of a rule.

        Raises: `Refusal` (`rule-budget`), where that is more than what is left.
        """
        if count > self.left:
            raise Refusal(
                rules.RULE_BUDGET,
                f"with `COUNT={rule.count}`, the rules of this file have more than "
                f"{MAX_WALKED:,} instances to count",
                "write `UNTIL` instead of `COUNT`",
            )
        self.left -= count


def resolve_rule_end(
    rule: RecurrenceRule, start: RecurrenceStart, budget: RuleBudget
) -> datetime | None:
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
        seconds = times.nth(rule.count) or _walk(rule, times, start, budget)
        if seconds > LAST_SECOND:
            seconds = times.last_until(LAST_SECOND)
    return wall_time(start) if seconds is None else from_seconds(seconds)


def _walk(
    rule: RecurrenceRule, times: RuleTimes, start: RecurrenceStart, budget: RuleBudget
) -> int:
    """Return the time of the last instance by COUNT, or the last of all if there are fewer.

    A period without instances costs as much as an instance.
    """
    count = rule.count or 0
    # What surely costs too much costs nothing, so that smaller rules may follow.
    if count > budget.left:
        budget.spend(rule, count)
    last, left = 0, count
    for instances in times.by_period(to_seconds(wall_time(start)), LAST_SECOND):
        budget.spend(rule, min(len(instances), left) or 1)
        if len(instances) >= left:
            return instances[left - 1]
        if instances:
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
