"""The instances of a recurring event: all the time they take, and the one that matters on a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from timeline.dates import (
    FIRST_DAY,
    OPEN,
    Instant,
    days_in_zones,
    instance_key,
    make_day,
    move_day_within,
    move_instant_within,
)
from timeline.model.events import AllDay, Timed, Undated, latest

if TYPE_CHECKING:
    from datetime import date

    from timeline.dates import Recurrence, RecurrenceStart
    from timeline.model.events import Event, When


def event_span(event: Event, zone: str | None = None) -> When:
    """Return the dates of an event; of a series, the days from its first instance to its last.

    A time is on its day in the calendar's ``zone``, and on that of its own place.
    """
    recurrence, when = event.recurrence, event.when
    if recurrence is None or isinstance(when, Undated):
        return when
    if recurrence.is_endless:
        return AllDay(make_day(min(_days(recurrence.start, zone))), OPEN)
    moments = [recurrence.start, *recurrence.rdate]
    if recurrence.last_of_rule is not None:
        moments.append(recurrence.last_of_rule)
    days = [day for moment in moments for day in _days(moment, zone)]
    return AllDay(make_day(min(days)), make_day(max(days)))


def _days(moment: RecurrenceStart, zone: str | None) -> list[date]:
    return days_in_zones(moment, [zone]) if isinstance(moment, Instant) else [moment]


def current_dates(event: Event, day: date, zone: str | None = None) -> When:
    """Return the dates of the instance that is on at a day, else of the next one, else of the last.

    An event that does not recur has its own dates. An override has its own dates too, and is
    passed over if it is cancelled. A time is on its day in the calendar's ``zone``, and on that of
    its own place.
    """
    recurrence, when = event.recurrence, event.when
    if recurrence is None or isinstance(when, Undated):
        return when
    overridden = [override.recurrence_id for override in event.overrides]
    dates: dict[RecurrenceStart, When] = {
        override.recurrence_id: override.event.when
        for override in event.overrides
        if override.event.status != "cancelled" and override.recurrence_id not in recurrence.exdate
    }
    later = {id_: moved for id_, moved in dates.items() if not _is_over(moved, day, zone)}
    first = _first_day(recurrence, when, day, zone)
    for instance in recurrence.instances(first=first, without=overridden):
        lasting = _instance(when, instance)
        if not _is_over(lasting, day, zone):
            later[instance] = lasting
            break
    if later:
        return later[min(later, key=instance_key)]
    if (last := recurrence.last_instance(without=overridden)) is not None:
        dates[last] = _instance(when, last)
    return dates[max(dates, key=instance_key)] if dates else when


def _first_day(recurrence: Recurrence, when: AllDay | Timed, day: date, zone: str | None) -> date:
    """Return a day before which all instances are over on ``day``, as late as may be."""
    if latest(when) is None:
        return FIRST_DAY
    first = move_day_within(day, -_length(when).days - 3)
    for _ in range(6):  # a day in one zone is at most two days of another
        last = recurrence.last_instance(last=first)
        if last is not None and not _is_over(_instance(when, last), day, zone):
            break
        first = move_day_within(first, 1)
    return first


def _is_over(when: When, day: date, zone: str | None) -> bool:
    end = latest(when, zone)
    return end is not None and end < day


def _length(when: AllDay | Timed) -> timedelta:
    """Return how long an event lasts, as far as known."""
    if isinstance(when, Timed):
        return when.end.utc - when.start.utc if isinstance(when.end, Instant) else timedelta()
    return (latest(when) or when.start.earliest) - when.start.earliest


def _instance(when: AllDay | Timed, moment: RecurrenceStart) -> AllDay | Timed:
    """Return the dates of an instance that is as long as the first."""
    length = _length(when)
    if isinstance(when, AllDay):
        assert not isinstance(moment, Instant)  # noqa: S101 - all instances are days
        end = make_day(move_day_within(moment, length.days)) if length else None
        return AllDay(make_day(moment), end)
    assert isinstance(moment, Instant)  # noqa: S101 - all instances are times
    if not isinstance(when.end, Instant):
        return Timed(moment, when.end)
    return Timed(moment, move_instant_within(moment, length, when.end.zone))
