"""Find recurrence rules that RFC 5545 allows and that calendar apps read differently.

What is checked here is what differs when icalendar, ical, ical.js and libical expand the same rule
(``tests/foreign`` compares them). Thunderbird and Nextcloud use ical.js.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from timeline.dates import (
    FIRST_DAY,
    LAST_DAY,
    Instant,
    TimesShown,
    format_wall_time,
    get_zone,
    is_fixed_zone,
    local_day,
    resolve_moved_wall_time,
    times_shown,
    to_zone,
)
from timeline.diagnostics import At, Diagnostic, rules
from timeline.model import Timed, Undated, portable_recurrence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.checks.context import CheckContext
    from timeline.dates import Recurrence, RecurrenceRule, RecurrenceStart
    from timeline.model import Event


def uneven_rule(context: CheckContext) -> Iterator[Diagnostic]:
    """Find rules that calendar apps read differently."""
    for event in context.calendar.events:
        recurrence, when = event.recurrence, event.when
        if recurrence is None or isinstance(when, Undated):
            continue
        if difference := _instance_difference(recurrence) or _length_difference(event):
            at = At((*event.path, "rrule" if recurrence.rule else "rdate"))
            yield Diagnostic(rules.UNEVEN_RULE, difference.message, at, help=difference.help)


class _Difference(NamedTuple):
    """What apps read differently in a rule, and what to write instead."""

    message: str
    help: str


_YEARS = 2
"""For how many years from its start a rule is compared with clock changes."""


def _instance_difference(recurrence: Recurrence) -> _Difference | None:
    """Return why a series has other instances in some apps, ``None`` if it has the same in all."""
    rule, start = recurrence.rule, recurrence.start
    if rule is None:
        return _dates_outside_rule(recurrence, start)
    if difference := _unsupported_parts(rule) or _missing_days(rule, start):
        return difference
    if isinstance(start, Instant) and (difference := _clock_changes(recurrence, rule, start)):
        return difference
    return _dates_outside_rule(recurrence, start)


def _dates_outside_rule(recurrence: Recurrence, start: RecurrenceStart) -> _Difference | None:
    """Find an RDATE before the start, or after the end of the rule that the feed has."""
    if not recurrence.rdate:
        return None
    portable = portable_recurrence(recurrence)
    dates = sorted(_moved_to(start, moment) for moment in portable.rdate)
    if not dates or portable.rule is None:
        return None
    first, last = dates[0], dates[-1]
    if first < _moved_to(start, start):
        return _Difference(
            f"the date {first:%Y-%m-%d} in `rdate` is before the start, and apps that use libical "
            "(GNOME, KDE) do not show it",
            _SEPARATE
            if recurrence.rule
            else "make it the `start`, and the start a date in `rdate`",
        )
    last_of_rule = portable.last_of_rule
    if last_of_rule is None:
        return None
    if last.date() <= (portable.rule.until_day(start) or local_day(last_of_rule)):
        return None
    than = "the rule ends" if recurrence.rule else "the last date at the time of day of the start"
    return _Difference(
        f"the date {last:%Y-%m-%d} in `rdate` is later than {than}, and Google Calendar does not "
        "show it",
        _SEPARATE,
    )


def _moved_to(start: RecurrenceStart, moment: RecurrenceStart) -> datetime:
    """Return the wall-clock time of a moment in the zone of the start; of a day, its midnight."""
    if isinstance(start, Instant) and isinstance(moment, Instant):
        return to_zone(moment.utc, start.zone).replace(tzinfo=None)
    return datetime.combine(local_day(moment), time.min)


_SEPARATE = "write it as a separate event"
_LIST = "list the days in `rdate`, or write several events with simpler rules"


def _unsupported_parts(rule: RecurrenceRule) -> _Difference | None:
    """Find parts, or combinations of parts, that ical.js does not support."""
    by_day = rule.byday and not rule.bymonthday
    parts = None
    if rule.byweekno:
        parts = "`BYWEEKNO`"
    elif rule.bysetpos and rule.freq == "YEARLY" and not (by_day and len(rule.bymonth) == 1):
        parts = "`BYSETPOS` over a year"
    elif rule.bysetpos and not by_day:
        parts = "`BYSETPOS` of days of the month"
    elif rule.freq in ("MONTHLY", "YEARLY") and _count_times_of_day(rule) > 1:
        parts = f"several times a day with `FREQ={rule.freq}`"
    elif rule.freq == "YEARLY" and not rule.bymonth and _has_numbered_weekdays(rule):
        parts = "days of the week that are numbered over a year"
    elif rule.freq == "MONTHLY" and rule.bymonth and rule.interval > 1:
        parts = "`BYMONTH` with months that `INTERVAL` skips"
    if parts is None:
        return None
    return _Difference(
        f"apps read {parts} differently: ical.js (Thunderbird, Nextcloud) shows other days", _LIST
    )


def _count_times_of_day(rule: RecurrenceRule) -> int:
    return max(1, len(rule.byhour)) * max(1, len(rule.byminute)) * max(1, len(rule.bysecond))


def _has_numbered_weekdays(rule: RecurrenceRule) -> bool:
    return len(rule.byday) > 1 and any(day.number for day in rule.byday)


def _missing_days(rule: RecurrenceRule, start: RecurrenceStart) -> _Difference | None:
    """Find days of a yearly rule that not all of its months have, or have in the same place."""
    if rule.freq != "YEARLY" or rule.byday or rule.byyearday:
        return None
    day = local_day(start)
    months, days = rule.bymonth or (day.month,), rule.bymonthday or (day.day,)
    # Apps agree in leap days that the rule names.
    lengths = [_MIN_DAYS[month - 1] + (month == 2 and bool(rule.bymonthday)) for month in months]
    is_last = days[0] < 0 and len(months) == len(days) == 1
    if is_last or 0 < days[0] <= days[-1] <= min(lengths):
        return None
    by = f"BYMONTH={','.join(map(str, months))};BYMONTHDAY={','.join(map(str, days))}"
    reading = (
        "days counted from the end of a month differently in a yearly rule"
        if days[0] < 0
        else f"the day {days[-1]} of a yearly rule differently, because not every month has it"
    )
    return _Difference(
        f"apps read {reading}: ical.js (Thunderbird, Nextcloud) shows other days",
        f"write a monthly rule: `FREQ=MONTHLY;{by}`" if rule.interval == 1 else _LIST,
    )


_MIN_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _clock_changes(
    recurrence: Recurrence, rule: RecurrenceRule, start: Instant
) -> _Difference | None:
    """Find instances at times that the clocks of the zone skip or show twice."""
    if is_fixed_zone(start.zone):
        return None
    if rule.freq not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        return _hourly_over_clock_change(rule, start, recurrence.last_day or LAST_DAY)
    for at in _times_of_day(rule, start):
        for day, shown in _ambiguous_days(start.zone, start.wall.year, at):
            is_skipped = shown is TimesShown.NEVER
            # Apps read the EXDATE of a skipped time as differently as the time itself. The start
            # has another warning.
            exdate = () if is_skipped else recurrence.exdate
            by_rule = replace(recurrence, rdate=(), exdate=exdate)
            if day > start.wall.date() and _has_instance(by_rule, day):
                verb = "skip" if is_skipped else "show twice"
                return _Difference(
                    f"the instance on {day} is at {at:%H:%M}, which clocks in {start.zone} {verb} "
                    "on that day, and apps show it at different times",
                    "start at another time of day, or end the rule before that day and continue "
                    "with another event",
                )
    return None


def _hourly_over_clock_change(
    rule: RecurrenceRule, start: Instant, last: date
) -> _Difference | None:
    """Find a clock change during a rule that repeats by hours, minutes or seconds."""
    for day in _clock_change_days(start.zone, start.wall.year):
        if start.wall.date() <= day <= last:
            return _Difference(
                f"apps expand `FREQ={rule.freq}` differently over a clock change, "
                f"and clocks in {start.zone} change on {day}",
                "write the start in UTC, with `Z`: UTC has no clock changes",
            )
    return None


def _length_difference(event: Event) -> _Difference | None:
    """Return which instance ends at another time in some apps, ``None`` if none does.

    A feed has the end of the first instance only. The others have its exact length by RFC 5545
    3.8.5.3, and its length by the wall clock in ical.js, which differ over a clock change.
    """
    recurrence, when = event.recurrence, event.when
    if recurrence is None or not isinstance(when, Timed) or not isinstance(when.end, Instant):
        return None
    start, length = when.start, when.end.utc - when.start.utc
    if is_fixed_zone(start.zone) or when.end.zone != start.zone or length > _MAX_LENGTH:
        return None
    wall_length = when.end.wall - start.wall
    own = tuple(override.recurrence_id for override in event.overrides)
    for instance in _instances_with_two_ends(recurrence, start, length, wall_length, own):
        exact = Instant(to_zone(instance.utc + length, instance.zone), instance.zone)
        wall, _ = resolve_moved_wall_time(instance.wall + wall_length, instance.zone)
        if length == wall_length:
            named, meant = format_wall_time(instance.wall), format_wall_time(wall.wall)
            during = "it"
            help_ = f"write its end: `overrides: [{{recurrence-id: {named}, end: {meant}}}]`"
        else:  # the first is the exception, and all others would need an override
            during = "the first instance"
            help_ = "make the first instance a separate event, and start this one with the next"
        return _Difference(
            f"the instance on {instance.wall.date()} ends at {exact.wall:%H:%M} by RFC 5545 and in "
            f"the CSV, and at {wall.wall:%H:%M} in some apps: clocks change during {during}",
            help_,
        )
    return None


_MAX_LENGTH = timedelta(days=366)
"""Of what lasts longer, an hour more or less does not matter."""


def _instances_with_two_ends(
    recurrence: Recurrence,
    start: Instant,
    length: timedelta,
    wall_length: timedelta,
    without: tuple[RecurrenceStart, ...],
) -> Iterator[Instant]:
    """Yield the instances that end at two times, without the first, which has a written end."""
    rule, rdate, year = recurrence.rule, recurrence.rdate, start.wall.year
    spans = [(FIRST_DAY, date(min(year + _YEARS, LAST_DAY.year), 12, 31))]
    if length == wall_length:  # else the first is over a change, and most others are not
        times = {moment.wall.time() for moment in rdate if isinstance(moment, Instant)}
        times.update(_times_of_day(rule, start) if rule else ())
        days = {day for at in times for day in _days_over_change(start.zone, year, at, length)}
        spans = [(day, day) for day in sorted(days)]
    for first, last in spans:
        for instance in recurrence.instances(first=first, last=last, without=without):
            if (
                isinstance(instance, Instant)
                and instance != start
                and _has_two_ends(instance, length, wall_length)
            ):
                yield instance


@lru_cache(1000)
def _days_over_change(zone: str, year: int, at: time, length: timedelta) -> tuple[date, ...]:
    """Return the days on which an event at a time of day lasts over a clock change."""
    days = set()
    for change in _clock_change_days(zone, year):
        for back in range(length.days + 2):
            wall = datetime.combine(change - timedelta(days=back), at)
            if _has_two_ends(Instant(to_zone(wall, zone), zone), length, length):
                days.add(wall.date())
    return tuple(sorted(days))


def _has_two_ends(start: Instant, length: timedelta, wall_length: timedelta) -> bool:
    """Return whether the exact length and that by the wall clock lead to different ends."""
    end = to_zone(start.utc + length, start.zone)
    return end.replace(tzinfo=None, fold=0) != start.wall + wall_length


def _times_of_day(rule: RecurrenceRule, start: Instant) -> Iterator[time]:
    at = start.wall.time()
    for hour, minute, second in product(
        rule.byhour or (at.hour,), rule.byminute or (at.minute,), rule.bysecond or (at.second,)
    ):
        yield at.replace(hour=hour, minute=minute, second=second)


def _has_instance(recurrence: Recurrence, day: date) -> bool:
    return next(recurrence.instances(first=day, last=day), None) is not None


@lru_cache(1000)
def _ambiguous_days(zone: str, year: int, at: time) -> tuple[tuple[date, TimesShown], ...]:
    """Return the days on which the clocks of a zone skip a time of day or show it twice."""
    days = (
        (day, times_shown(datetime.combine(day, at), zone))
        for day in _clock_change_days(zone, year)
    )
    return tuple((day, shown) for day, shown in days if shown is not TimesShown.ONCE)


def _clock_change_days(zone: str, year: int) -> tuple[date, ...]:
    """Return the days on which the clocks of a zone change, in a year and `_YEARS` after it."""
    last = min(year + _YEARS, LAST_DAY.year)
    return tuple(day for number in range(year, last + 1) for day in _clock_changes_in(zone, number))


@lru_cache(1000)
def _clock_changes_in(zone: str, year: int) -> tuple[date, ...]:
    """Return those of a year, except two within a week that cancel each other out."""
    day, changes = datetime(year, 1, 1, tzinfo=get_zone(zone)), []
    while day.year == year:
        after_a_week = day + timedelta(days=7)
        if day.utcoffset() != after_a_week.utcoffset():
            week = [day + timedelta(days=n) for n in range(8)]
            pairs = ((day, day.utcoffset() != next_.utcoffset()) for day, next_ in pairwise(week))
            changes += [day.date() for day, is_changed in pairs if is_changed and day.year == year]
        day = after_a_week
    return tuple(changes)
