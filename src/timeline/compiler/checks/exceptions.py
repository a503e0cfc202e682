"""Find instances that apps lose to the exception of another one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from timeline.compiler.checks.clock_changes import Difference
from timeline.dates import (
    UTC_NAME,
    Instant,
    format_wall_time,
    instance_key,
    move_moment,
    to_zone,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.dates import Recurrence
    from timeline.model import Event


def lost_instance(event: Event) -> Difference | None:
    """Return which instance some apps lose to an exception, ``None`` if none does.

    recurring-ical-events looks for the local time of an instance and for its time in UTC, and each
    of them may be the other of the two in an EXDATE or a RECURRENCE-ID.
    """
    recurrence = event.recurrence
    if recurrence is None:
        return None
    overridden = (override.recurrence_id for override in event.overrides)
    exceptions = (*recurrence.exdate, *overridden)
    excluded = set(map(instance_key, exceptions))
    for moment in exceptions:
        if not isinstance(moment, Instant):
            return None
        for other in _mistaken_for(moment, recurrence):
            if other.utc not in excluded:
                return Difference(
                    "apps that use recurring-ical-events do not show the instance at "
                    f"{format_wall_time(other.wall)}: they find the exception at "
                    f"{format_wall_time(moment.wall)} by its local time or by its time in UTC, and "
                    "mix up the two",
                    "write the start in UTC, with `Z`: then both are the same",
                )
    return None


def _mistaken_for(moment: Instant, recurrence: Recurrence) -> Iterator[Instant]:
    """Yield the instances that are as far from one as its local time is from UTC."""
    offset = moment.moment.utcoffset() or timedelta()
    added = set(map(instance_key, recurrence.rdate))
    for distance in (offset, -offset) if offset else ():
        other = Instant(move_moment(moment.utc, distance), UTC_NAME)
        if other.utc in added or recurrence.has_by_rule(other):
            yield Instant(to_zone(other.utc, moment.zone), moment.zone)
