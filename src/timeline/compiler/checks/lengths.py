"""Find the instances of a series whose end apps compute differently over a clock change.

A feed has the end of the first instance only. By RFC 5545 3.8.5.3 the others have its exact length;
ical.js gives them its length by the wall clock.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.compiler.checks.clock_changes import (
    YEARS,
    Difference,
    clock_change_days,
    times_of_day,
)
from timeline.dates import (
    FIRST_DAY,
    LAST_DAY,
    Instant,
    TimesShown,
    format_wall_time,
    is_fixed_zone,
    move_day_within,
    move_moment,
    resolve_moved_wall_time,
    times_shown,
    to_zone,
)
from timeline.model import Timed, portable_recurrence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.dates import Recurrence, RecurrenceStart
    from timeline.model import Event

_SEPARATE_FIRST = "make the first instance a separate event, and start this one with the next"


def length_difference(event: Event) -> Difference | None:
    """Return which instance ends at another time in some apps, ``None`` if none does."""
    recurrence, when = event.recurrence, event.when
    if recurrence is None or not isinstance(when, Timed) or not isinstance(when.end, Instant):
        return None
    start, end = when.start, when.end
    length = end.utc - start.utc
    if length > _MAX_LENGTH:
        return None
    if _is_shown_twice(end.wall, end.zone):
        return Difference(
            f"the first instance ends at {end.wall:%H:%M}, which clocks in {end.zone} show twice "
            "on that day, and apps take it for different times",
            _SEPARATE_FIRST,
        )
    own = tuple(override.recurrence_id for override in event.overrides)
    wall_length = to_zone(end.utc, start.zone).replace(tzinfo=None, fold=0) - start.wall
    for instance in _instances_with_two_ends(recurrence, start, length, wall_length, own):
        if instance != start:
            return _two_ends(instance, length, wall_length)
    return _end_in_another_zone(recurrence, start, end, own)


_MAX_LENGTH = timedelta(days=366)
"""Of what lasts longer, an hour more or less does not matter."""


def _two_ends(instance: Instant, length: timedelta, wall_length: timedelta) -> Difference:
    """Return the difference of an instance during which clocks change."""
    zone = instance.zone
    exact = Instant(to_zone(move_moment(instance.utc, length), zone), zone)
    wall, _ = resolve_moved_wall_time(move_moment(instance.wall, wall_length), zone)
    named = format_wall_time(instance.wall)
    if exact.wall == wall.wall:
        shown = exact.moment.isoformat(timespec="minutes")
        return Difference(
            f"the instance on {instance.wall.date()} ends at {exact.wall:%H:%M}, which clocks in "
            f"{zone} show twice on that day, and apps take it for different times",
            f'write its end: `overrides: [{{recurrence-id: {named}, end: "{shown}[{zone}]"}}]`',
        )
    during, help_ = "the first instance", _SEPARATE_FIRST
    if length == wall_length:  # else the first is the exception, and all others need an override
        during, meant = "it", format_wall_time(wall.wall)
        help_ = f"write its end: `overrides: [{{recurrence-id: {named}, end: {meant}}}]`"
    return Difference(
        f"the instance on {instance.wall.date()} ends at {exact.wall:%H:%M} by RFC 5545 and in the "
        f"CSV, and at {wall.wall:%H:%M} in some apps: clocks change during {during}",
        help_,
    )


def _end_in_another_zone(
    recurrence: Recurrence, start: Instant, end: Instant, without: tuple[RecurrenceStart, ...]
) -> Difference | None:
    """Find an instance that does not end at the time of day that is written for the first.

    All are as long as the first, and clocks of the two zones may change on different days.
    """
    if end.zone == start.zone:
        return None
    length, wall_length = end.utc - start.utc, end.wall - start.wall
    for instance in _first_after_changes(recurrence, start, end, without):
        exact = to_zone(move_moment(instance.utc, length), end.zone).replace(tzinfo=None, fold=0)
        meant = move_moment(instance.wall, wall_length)
        if instance.zone != start.zone or exact == meant:
            continue
        named, shown = format_wall_time(instance.wall), format_wall_time(meant)
        return Difference(
            f"the instance on {instance.wall.date()} ends at {exact:%H:%M} in {end.zone}, not at "
            f"{meant:%H:%M}: it is as long as the first, and clocks there and in {start.zone} "
            "change on different days",
            f"write `duration: {_written(length)}` in place of `end` if it always takes as long; "
            "otherwise write the end of each such instance, as in "
            f'`overrides: [{{recurrence-id: {named}, end: "{shown}[{end.zone}]"}}]`',
        )
    return None


def _first_after_changes(
    recurrence: Recurrence, start: Instant, end: Instant, without: tuple[RecurrenceStart, ...]
) -> Iterator[Instant]:
    """Yield the first instance between each two clock changes of the zones."""
    year, zones = start.wall.year, {start.zone, end.zone}
    days = {
        day for zone in zones if not is_fixed_zone(zone) for day in clock_change_days(zone, year)
    }
    last = date(min(year + YEARS, LAST_DAY.year), 12, 31)
    for first, after in pairwise([*sorted(days), last]):
        for instance in recurrence.instances(first=first, last=after, without=without):
            if isinstance(instance, Instant) and instance != start:
                yield instance
                if instance.wall.date() > first:
                    break


def _written(length: timedelta) -> str:
    minutes = length // timedelta(minutes=1)
    count, unit = (minutes // 60, "hour") if minutes % 60 == 0 else (minutes, "minute")
    return f"{count} {unit}{'' if count == 1 else 's'}"


def _instances_with_two_ends(
    recurrence: Recurrence,
    start: Instant,
    length: timedelta,
    wall_length: timedelta,
    without: tuple[RecurrenceStart, ...],
) -> Iterator[Instant]:
    """Yield the instances that end at two times, without the first, which has a written end."""
    year = start.wall.year
    spans = [(FIRST_DAY, date(min(year + YEARS, LAST_DAY.year), 12, 31))]
    if is_fixed_zone(start.zone):
        return
    if length == wall_length:  # else the first is over a change, and most others are not
        # The RDATEs of a feed are in UTC, where every length is exact.
        recurrence = replace(portable_recurrence(recurrence, without), rdate=())
        assert recurrence.rule is not None  # noqa: S101 - every series has one in a feed
        times = set(times_of_day(recurrence.rule, start))
        days = {day for at in times for day in _days_over_change(start.zone, year, at, length)}
        spans = [(day, day) for day in sorted(days)]
    for first, last in spans:
        for instance in recurrence.instances(first=first, last=last, without=without):
            if isinstance(instance, Instant) and _has_two_ends(instance, length, wall_length):
                yield instance


@lru_cache(1000)
def _days_over_change(zone: str, year: int, at: time, length: timedelta) -> tuple[date, ...]:
    """Return the days on which an event at a time of day lasts over a clock change."""
    days = set()
    for change in clock_change_days(zone, year):
        for back in range(length.days + 2):
            wall = datetime.combine(move_day_within(change, -back), at)
            if _has_two_ends(Instant(to_zone(wall, zone), zone), length, length):
                days.add(wall.date())
    return tuple(sorted(days))


def _has_two_ends(start: Instant, length: timedelta, wall_length: timedelta) -> bool:
    """Return whether the exact length and that by the wall clock lead to different ends.

    They do, too, if clocks show the end twice: apps differ in which of the two they take.
    """
    end = to_zone(move_moment(start.utc, length), start.zone).replace(tzinfo=None, fold=0)
    wall = move_moment(start.wall, wall_length)
    return end != wall or _is_shown_twice(wall, start.zone)


def _is_shown_twice(wall: datetime, zone: str) -> bool:
    return not is_fixed_zone(zone) and times_shown(wall, zone) is TimesShown.TWICE
