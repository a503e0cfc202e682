"""The instances of a recurring event: all the time they take, and the one that matters on a day."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from timeline.dates import (
    LAST_DAY,
    OPEN,
    Instant,
    days_in_zones,
    last_instance_day,
    make_day,
    recurrence_instances,
    to_zone,
)
from timeline.model.events import AllDay, Timed, Undated, latest, recurrence_start

if TYPE_CHECKING:
    from datetime import date

    from timeline.dates import RecurrenceRule, RecurrenceStart
    from timeline.model.events import Event, When


def event_span(event: Event, zone: str | None = None) -> When:
    """Return the dates of an event; of a series, the days from its first instance to its last.

    A time is on its day in the calendar's ``zone``, and on that of its own place.
    """
    recurrence, when = event.recurrence, event.when
    if recurrence is None or isinstance(when, Undated):
        return when
    start = recurrence_start(when)
    moments = [start, *recurrence.rdate]
    if recurrence.rule is not None:
        last = last_instance_day(recurrence.rule, start)
        if last is None:
            return AllDay(make_day(min(_days(start, zone))), OPEN)
        moments.append(_last_moment(recurrence.rule, start, last))
    days = [day for moment in moments for day in _days(moment, zone)]
    return AllDay(make_day(min(days)), make_day(max(days)))


def _days(moment: RecurrenceStart, zone: str | None) -> list[date]:
    return days_in_zones(moment, [zone]) if isinstance(moment, Instant) else [moment]


def _last_moment(rule: RecurrenceRule, start: RecurrenceStart, last: date) -> RecurrenceStart:
    """Return the last time of day at which a rule may have an instance on its last day."""
    if not isinstance(start, Instant):
        return last
    at = start.wall.time()
    if rule.freq not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        at = time(23, 59, 59)
    elif rule.byhour or rule.byminute or rule.bysecond:
        at = time(
            max(rule.byhour, default=at.hour),
            max(rule.byminute, default=at.minute),
            max(rule.bysecond, default=at.second),
        )
    return Instant(to_zone(datetime.combine(last, at), start.zone), start.zone)


def current_dates(event: Event, day: date, zone: str | None = None) -> When:
    """Return the dates of the instance that is on at a day, else of the next one, else of the last.

    An event that does not recur has its own dates. An override has its own dates too, and is
    passed over if it is cancelled. A time is on its day in the calendar's ``zone``, and on that of
    its own place.
    """
    recurrence, when = event.recurrence, event.when
    if recurrence is None or isinstance(when, Undated):
        return when
    overrides = {override.recurrence_id: override.event for override in event.overrides}
    dates: When = when
    for moment in recurrence_instances(
        recurrence.rule, recurrence_start(when), recurrence.rdate, recurrence.exdate, last=LAST_DAY
    ):
        override = overrides.get(moment)
        if override and override.status == "cancelled":
            continue
        dates = override.when if override else _instance(when, moment)
        if (end := latest(dates, zone)) is None or end >= day:
            break
    return dates


def _instance(when: AllDay | Timed, moment: RecurrenceStart) -> AllDay | Timed:
    """Return the dates of an instance that is as long as the first."""
    if isinstance(when, AllDay):
        assert not isinstance(moment, Instant)  # noqa: S101 - all instances are days
        length = latest(when)
        days = length - when.start.earliest if length else timedelta()
        return AllDay(make_day(moment), make_day(moment + days) if days else None)
    assert isinstance(moment, Instant)  # noqa: S101 - all instances are times
    if not isinstance(when.end, Instant):
        return Timed(moment, when.end)
    zone = when.end.zone
    end = moment.utc + (when.end.utc - when.start.utc)
    return Timed(moment, Instant(to_zone(end, zone), zone))
