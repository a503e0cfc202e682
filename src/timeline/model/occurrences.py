"""The instances of a recurring event: the first, those on some days, and the current one.

An instance has the dates of its override, if it has one, and else it is as long as the first.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.dates import (
    FIRST_DAY,
    LAST_DAY,
    UTC_NAME,
    Instant,
    instance_key,
    make_day,
    move_day_within,
    move_instant_within,
    move_moment,
    to_zone,
)
from timeline.model.events import AllDay, Timed, Undated, earliest, latest, recurrence_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.dates import Recurrence, RecurrenceStart
    from timeline.model.events import Calendar, Event, When


def first_dates(event: Event) -> When:
    """Return the dates that outputs show for an event: of a series, those of its first instance.

    That is the first in time that takes place. An instance that is excepted or cancelled does not,
    and one that is moved takes place where it was moved. If none is left, it is the start.
    """
    recurrence, when = event.recurrence, event.when
    if recurrence is None or not isinstance(when, AllDay | Timed):
        return when
    dates = _dates_of_overrides(event)
    regular = recurrence.instances(without=_replaced(event))
    dates += (instance_dates(when, moment) for moment in islice(regular, 1))
    return min(dates, key=_start_key, default=when)


def first_instances(event: Event, count: int) -> list[AllDay | Timed]:
    """Return the dates of the first instances that take place, in order; none of a single event."""
    recurrence, when = event.recurrence, event.when
    if recurrence is None or not isinstance(when, AllDay | Timed):
        return []
    dates = _dates_of_overrides(event)
    regular = recurrence.instances(without=_replaced(event))
    dates += (instance_dates(when, moment) for moment in islice(regular, count))
    return sorted(dates, key=_start_key)[:count]


def is_between(event: Event, first: date | None, last: date | None, zone: str | None) -> bool:
    """Return whether an event, or an instance of it, may be on a day between two, both inclusive.

    A time is on its day in the calendar's ``zone``, and on that of its own place. An end that is
    open or to be confirmed has no last day, so the event may still go on.
    """
    recurrence, when = event.recurrence, event.when
    if recurrence is None or not isinstance(when, AllDay | Timed):
        return _is_between(when, first, last, zone)
    if any(_is_between(override.event.when, first, last, zone) for override in event.overrides):
        return True
    return any(_regular_between(event, recurrence, when, first, last, zone))


def current_dates(
    event: Event,
    day: date,
    zone: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> When:
    """Return the dates of the instance that is on at a day, else of the next one, else of the last.

    An event that does not recur has its own dates. An override has its own dates too, and is
    passed over if it is cancelled. Only instances between ``first`` and ``last`` count, as in
    `is_between`, unless none of them takes place. A time is on its day in the calendar's ``zone``,
    and on that of its own place.
    """
    recurrence, when = event.recurrence, event.when
    if recurrence is None or not isinstance(when, AllDay | Timed):
        return when
    moved = [dates for dates in _dates_of_overrides(event) if _is_between(dates, first, last, zone)]
    left = [dates for dates in moved if not _is_over(dates, day, zone)]
    since = day if first is None else max(first, day)
    left += islice(_regular_between(event, recurrence, when, since, last, zone), 1)
    if left:
        return min(left, key=_start_key)
    moved += _last_regular(event, recurrence, when, first, last, zone)
    if not moved and (first or last):
        return current_dates(event, day, zone)
    return max(moved, key=lambda past: latest(past, zone) or date.max, default=when)


def dates_as_of(calendar: Calendar, day: date | None) -> dict[str, When]:
    """Return the current dates of every event of a calendar on a day, by the event's id.

    Without a day, they are those of `first_dates`. If the events were selected by days, the
    instances of a series are those on these days. An output computes the dates once, because those
    of a long series take a tenth of a second.
    """
    if day is None:
        return {event.id: first_dates(event) for event in calendar.events}
    zone, first, last = calendar.timezone, calendar.first_selected, calendar.last_selected
    return {event.id: current_dates(event, day, zone, first, last) for event in calendar.events}


def instance_dates(when: AllDay | Timed, moment: RecurrenceStart) -> AllDay | Timed:
    """Return the dates of the instance at a moment of a series whose first one has ``when``."""
    if moment == recurrence_start(when):
        return when
    length = _length(when)
    if isinstance(when, AllDay):
        assert not isinstance(moment, Instant)  # noqa: S101 - all instances are days
        start = replace(make_day(moment), qualification=when.start.qualification)
        return AllDay(start, make_day(move_day_within(moment, length.days)) if length else None)
    assert isinstance(moment, Instant)  # noqa: S101 - all instances are times
    time, end = replace(moment, qualification=when.start.qualification), when.end
    if isinstance(end, Instant):
        moved = move_instant_within(moment, length, end.zone)
        end = replace(moved, qualification=end.qualification)
    return Timed(time, end)


def _dates_of_overrides(event: Event) -> list[AllDay | Timed]:
    """Return the dates of the instances with an override that take place.

    An instance of a cancelled series is as good as the others if it is cancelled, too.
    """
    return [
        override.event.when
        for override in event.overrides
        if (override.event.status != "cancelled" or event.status == "cancelled")
        and isinstance(override.event.when, AllDay | Timed)
    ]


def _replaced(event: Event) -> list[RecurrenceStart]:
    return [override.recurrence_id for override in event.overrides]


def _regular_between(
    event: Event,
    recurrence: Recurrence,
    when: AllDay | Timed,
    first: date | None,
    last: date | None,
    zone: str | None,
) -> Iterator[AllDay | Timed]:
    """Yield the dates of the instances without an override between two days, in order."""
    zones = _zones(event, zone)
    end: date | None = None if last is None else move_day_within(last, 1)
    if end is not None and isinstance(when, Timed):
        end = max(_starts_of_day(end, zones))
    for moment in _instances_since(event, recurrence, when, first, zones):
        dates = instance_dates(when, moment)
        if _is_between(dates, first, last, zone):
            yield dates
        if end is not None and instance_key(moment) > end:
            return


def _last_regular(
    event: Event,
    recurrence: Recurrence,
    when: AllDay | Timed,
    first: date | None,
    last: date | None,
    zone: str | None,
) -> list[AllDay | Timed]:
    """Return the dates of the last instance without an override between two days, if any."""
    limits: list[RecurrenceStart] = [LAST_DAY if last is None else last]
    if last is not None and isinstance(when, Timed):
        starts = _starts_of_day(move_day_within(last, 1), _zones(event, zone))
        limits = [Instant(move_moment(start, timedelta(seconds=-1)), UTC_NAME) for start in starts]
    without = _replaced(event)
    moments = [recurrence.last_instance(last=limit, without=without) for limit in limits]
    dates = [instance_dates(when, moment) for moment in moments if moment is not None]
    between = [past for past in dates if _is_between(past, first, last, zone)]
    return sorted(between, key=_start_key)[-1:]


def _instances_since(
    event: Event,
    recurrence: Recurrence,
    when: AllDay | Timed,
    day: date | None,
    zones: set[str],
) -> Iterator[RecurrenceStart]:
    """Return the instances without an override in order, from the first that is not over on a day.

    If it has times in several zones, a few of the first may be over.
    """
    first: RecurrenceStart = FIRST_DAY
    if day is not None and latest(when) is not None:
        length = _length(when)
        if isinstance(when, Timed):
            earliest_start = Instant(min(_starts_of_day(day, zones)), UTC_NAME)
            first = move_instant_within(earliest_start, -length)
        else:
            first = move_day_within(day, -length.days)
    return recurrence.instances(first=first, without=_replaced(event))


def _zones(event: Event, zone: str | None) -> set[str]:
    """Return the zones whose clocks may show the day of an instance without an override."""
    when, recurrence = event.when, event.recurrence
    rdate = recurrence.rdate if recurrence else ()
    sides = (when.start, when.end, *rdate) if isinstance(when, Timed) else ()
    zones = {side.zone for side in sides if isinstance(side, Instant)}
    return zones | {zone} if zone else zones


def _starts_of_day(day: date, zones: set[str]) -> list[datetime]:
    """Return the starts of a day on the clocks of zones, in UTC."""
    midnight = datetime.combine(day, time.min)
    return [to_zone(midnight, zone).astimezone(UTC) for zone in zones]


def _start_key(when: AllDay | Timed) -> date:
    return instance_key(recurrence_start(when))


def _is_between(when: When, first: date | None, last: date | None, zone: str | None) -> bool:
    if isinstance(when, Undated):
        return False
    start = earliest(when, zone)
    if start is not None and last is not None and start > last:
        return False
    return first is None or not _is_over(when, first, zone)


def _is_over(when: When, day: date, zone: str | None) -> bool:
    end = latest(when, zone)
    return end is not None and end < day


def _length(when: AllDay | Timed) -> timedelta:
    """Return how long an event lasts, as far as known."""
    if isinstance(when, Timed):
        return when.end.utc - when.start.utc if isinstance(when.end, Instant) else timedelta()
    first, last = earliest(when), latest(when)
    return last - first if first and last else timedelta()
