"""The instances of a recurring event: all the time they take, and the one that matters on a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from timeline.dates import (
    LAST_DAY,
    OPEN,
    last_instance_day,
    local_day,
    make_day,
    recurrence_instances,
)
from timeline.model.events import AllDay, Undated, earliest, latest, recurrence_start

if TYPE_CHECKING:
    from datetime import date

    from timeline.model.events import Event, When


def event_span(event: Event) -> When:
    """Return the dates of an event; of a series, the days from its first instance to its last."""
    recurrence, when = event.recurrence, event.when
    if recurrence is None or isinstance(when, Undated):
        return when
    start = recurrence_start(when)
    days = [local_day(start), *map(local_day, recurrence.rdate)]
    if recurrence.rule is not None:
        last = last_instance_day(recurrence.rule, start)
        if last is None:
            return AllDay(make_day(local_day(start)), OPEN)
        days.append(last)
    return AllDay(make_day(min(days)), make_day(max(days)))


def current_dates(event: Event, day: date) -> When:
    """Return the dates of the instance that is on at a day, else of the next one, else of the last.

    An event that does not recur has its own dates. An override has its own dates too, and is
    passed over if it is cancelled; any other instance is returned as days.
    """
    recurrence, when = event.recurrence, event.when
    if recurrence is None or isinstance(when, Undated):
        return when
    first, last = earliest(when), latest(when)
    length = last - first if first and last else timedelta()
    overrides = {override.recurrence_id: override.event for override in event.overrides}
    dates: When = when
    for moment in recurrence_instances(
        recurrence.rule, recurrence_start(when), recurrence.rdate, recurrence.exdate, last=LAST_DAY
    ):
        override = overrides.get(moment)
        if override and override.status == "cancelled":
            continue
        if override:
            dates = override.when
        else:
            start = local_day(moment)
            dates = AllDay(make_day(start), make_day(start + length) if length else None)
        if (end := latest(dates)) is None or end >= day:
            break
    return dates
