"""Rules that RFC 5545 allows and calendar apps read in more than one way.

Every clause was found by giving rules to icalendar, ical, ical.js and libical and comparing the
instances (``tests/test_foreign.py`` does so again); ical.js is what Thunderbird and Nextcloud use.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from timeline.dates import (
    LAST_DAY,
    Instant,
    TimesShown,
    get_zone,
    is_fixed_zone,
    last_instance_day,
    local_day,
    recurrence_instances,
    resolve_moved_wall_time,
    times_shown,
    to_zone,
)
from timeline.diagnostics import At, Diagnostic, rules
from timeline.model import Timed, Undated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.checks.context import CheckContext
    from timeline.dates import RecurrenceRule, RecurrenceStart
    from timeline.model import Event, Recurrence


def uneven_rule(context: CheckContext) -> Iterator[Diagnostic]:
    """Find rules that calendar apps read in more than one way."""
    for event in context.calendar.events:
        again, when = event.recurrence, event.when
        if again is None or isinstance(when, Undated):
            continue
        start = when.start if isinstance(when.start, Instant) else when.start.earliest
        if uneven := uneven_instances(again, start) or uneven_length(event):
            key = "rrule" if again.rule else "rdate"
            yield Diagnostic(
                rules.UNEVEN_RULE, uneven.message, At((*event.path, key)), help=uneven.help
            )


class Uneven(NamedTuple):
    """What apps read differently in a rule, a clause, and what to write instead."""

    message: str
    help: str


YEARS = 2
"""How far a rule is followed over changes of the clocks."""


def uneven_instances(again: Recurrence, start: RecurrenceStart) -> Uneven | None:
    """Return why a series has other instances in some apps, ``None`` if it has the same in all."""
    if (rule := again.rule) is None:
        return None
    if uneven := _parts(rule) or _missing_day(rule, start):
        return uneven
    return _clocks(again, rule, start) if isinstance(start, Instant) else None


_LIST = "list the days in `rdate`, or make it several events with a simpler rule each"


def _parts(rule: RecurrenceRule) -> Uneven | None:
    """Find parts, or parts together, that ical.js does not know."""
    by_day = rule.byday and not rule.bymonthday
    what = None
    if rule.byweekno:
        what = "`BYWEEKNO`"
    elif rule.bysetpos and rule.freq == "YEARLY" and not (by_day and len(rule.bymonth) == 1):
        what = "`BYSETPOS` over a year"
    elif rule.bysetpos and not by_day:
        what = "`BYSETPOS` of days of the month"
    elif rule.freq in ("MONTHLY", "YEARLY") and _times_a_day(rule) > 1:
        what = f"several times a day with `FREQ={rule.freq}`"
    elif rule.freq == "YEARLY" and not rule.bymonth and _is_numbered(rule):
        what = "days of the week that are counted over a year"
    elif rule.freq == "MONTHLY" and rule.bymonth and rule.interval > 1:
        what = "`BYMONTH` with months that `INTERVAL` leaves out"
    if what is None:
        return None
    return Uneven(
        f"apps differ in {what}: those on ical.js (Thunderbird, Nextcloud) show other days", _LIST
    )


def _times_a_day(rule: RecurrenceRule) -> int:
    return max(1, len(rule.byhour)) * max(1, len(rule.byminute)) * max(1, len(rule.bysecond))


def _is_numbered(rule: RecurrenceRule) -> bool:
    return len(rule.byday) > 1 and any(day.number for day in rule.byday)


def _missing_day(rule: RecurrenceRule, start: RecurrenceStart) -> Uneven | None:
    """Find days of a yearly rule that not every month of it has, or has at the same place."""
    if rule.freq != "YEARLY" or rule.byday or rule.byyearday:
        return None
    day = local_day(start)
    months, days = rule.bymonth or (day.month,), rule.bymonthday or (day.day,)
    # Leap days alone are understood, if the rule names them.
    lengths = [_SHORTEST[month - 1] + (month == 2 and bool(rule.bymonthday)) for month in months]
    is_last = days[0] < 0 and len(months) == len(days) == 1
    if is_last or 0 < days[0] <= days[-1] <= min(lengths):
        return None
    by = f"BYMONTH={','.join(map(str, months))};BYMONTHDAY={','.join(map(str, days))}"
    return Uneven(
        "apps differ in days that not every month here has, or that are counted from the end of "
        "several: those on ical.js (Thunderbird, Nextcloud) show others",
        f"write it by the month: `FREQ=MONTHLY;{by}`" if rule.interval == 1 else _LIST,
    )


_SHORTEST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _clocks(again: Recurrence, rule: RecurrenceRule, start: Instant) -> Uneven | None:
    """Find instances at times that the zone's clocks skip or show twice."""
    if is_fixed_zone(start.zone):
        return None
    if rule.freq not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        return _hours(rule, start)
    for at in _times(rule, start):
        for day, how in _odd(start.zone, start.wall.year, at):
            is_skipped = how is TimesShown.NEVER
            # An EXDATE of a time that is skipped is read in as many ways as the time itself. The
            # start has a warning of its own.
            exdate = () if is_skipped else again.exdate
            if day > start.wall.date() and _has(rule, start, day, exdate):
                verb = "skip" if is_skipped else "show twice"
                return Uneven(
                    f"the instance on {day} is at {at:%H:%M}, which clocks in {start.zone} {verb} "
                    "on that day, and apps differ in when that is",
                    "begin at another time of day, or end the rule before that day and go on with "
                    "another event",
                )
    return None


def _hours(rule: RecurrenceRule, start: Instant) -> Uneven | None:
    last = last_instance_day(rule, start) or LAST_DAY
    for day in _changes(start.zone, start.wall.year):
        if start.wall.date() <= day <= last:
            return Uneven(
                f"apps differ in what repeats by `FREQ={rule.freq}` over a change of the clocks, "
                f"and those of {start.zone} change on {day}",
                "write the start in UTC, with `Z`, which has no such change",
            )
    return None


def uneven_length(event: Event) -> Uneven | None:
    """Return which instance ends at another time in some apps, ``None`` if none does.

    An end is written of the first instance alone. The others last exactly as long by RFC 5545
    3.8.5.3, and by the clock on the wall in ical.js: two things where clocks change meanwhile.
    """
    again, when = event.recurrence, event.when
    if again is None or not isinstance(when, Timed) or not isinstance(when.end, Instant):
        return None
    start, length = when.start, when.end.utc - when.start.utc
    if is_fixed_zone(start.zone) or when.end.zone != start.zone or length > _LONGEST:
        return None
    wall_length = when.end.wall - start.wall
    exdate = (*again.exdate, *(override.recurrence_id for override in event.overrides))
    for instance in _lasting(again, start, length, wall_length, exdate):
        exact = Instant(to_zone(instance.utc + length, instance.zone), instance.zone)
        wall, _ = resolve_moved_wall_time(instance.wall + wall_length, instance.zone)
        named = instance.wall.isoformat(timespec="seconds" if instance.wall.second else "minutes")
        if length == wall_length:
            meant = wall.wall.isoformat(timespec="seconds" if wall.wall.second else "minutes")
            during = "it"
            help_ = f"say when it ends: `overrides: [{{recurrence-id: {named}, end: {meant}}}]`"
        else:  # the first is the odd one, and all others would need an override
            during = "the first"
            help_ = "make the first an event of its own, and begin this one with the next"
        return Uneven(
            f"the instance on {instance.wall.date()} ends at {exact.wall:%H:%M} by RFC 5545, "
            f"and in tables here, for it is as long as the first, and at {wall.wall:%H:%M} "
            f"in some apps: "
            f"clocks change during {during}",
            help_,
        )
    return None


_LONGEST = timedelta(days=366)
"""What lasts longer is on whatever day clocks change, and a few hours do not matter."""


def _lasting(
    again: Recurrence,
    start: Instant,
    length: timedelta,
    wall_length: timedelta,
    exdate: tuple[RecurrenceStart, ...],
) -> Iterator[Instant]:
    """Yield the instances that end at two times, but the first, whose end is written."""
    year = start.wall.year
    last, days = date(min(year + YEARS, LAST_DAY.year), 12, 31), None
    if length == wall_length:  # else every other one that lasts over no change ends at two
        times = {moment.wall.time() for moment in again.rdate if isinstance(moment, Instant)}
        times.update(_times(again.rule, start) if again.rule else ())
        days = {day for at in times for day in _across(start.zone, year, at, length)}
        last = max(days, default=date.min)
    for instance in recurrence_instances(again.rule, start, again.rdate, exdate, last=last):
        if not isinstance(instance, Instant) or instance == start:
            continue
        is_near = days is None or instance.wall.date() in days
        if is_near and _is_across(instance, length, wall_length):
            yield instance


@lru_cache(1000)
def _across(zone: str, year: int, at: time, length: timedelta) -> tuple[date, ...]:
    """List the days on which what begins then and lasts so long ends at two times."""
    days = set()
    for change in _changes(zone, year):
        for back in range(length.days + 2):
            wall = datetime.combine(change - timedelta(days=back), at)
            begins = Instant(to_zone(wall, zone), zone)
            if _is_across(begins, length, length):
                days.add(wall.date())
    return tuple(sorted(days))


def _is_across(begins: Instant, length: timedelta, wall_length: timedelta) -> bool:
    ends = to_zone(begins.utc + length, begins.zone)
    return ends.replace(tzinfo=None, fold=0) != begins.wall + wall_length


def _times(rule: RecurrenceRule, start: Instant) -> Iterator[time]:
    at = start.wall.time()
    for hour, minute, second in product(
        rule.byhour or (at.hour,), rule.byminute or (at.minute,), rule.bysecond or (at.second,)
    ):
        yield at.replace(hour=hour, minute=minute, second=second)


def _has(
    rule: RecurrenceRule, start: Instant, day: date, exdate: tuple[RecurrenceStart, ...]
) -> bool:
    return any(
        isinstance(instance, Instant) and instance.wall.date() == day
        for instance in recurrence_instances(rule, start, (), exdate, last=day)
    )


@lru_cache(1000)
def _odd(zone: str, year: int, at: time) -> tuple[tuple[date, TimesShown], ...]:
    """List the days on which the clocks of a zone skip a time of day or show it twice."""
    days = ((day, times_shown(datetime.combine(day, at), zone)) for day in _changes(zone, year))
    return tuple((day, how) for day, how in days if how is not TimesShown.ONCE)


def _changes(zone: str, year: int) -> tuple[date, ...]:
    """List the days on which the clocks of a zone change, in `YEARS` from the beginning of one."""
    last = min(year + YEARS, LAST_DAY.year)
    return tuple(day for number in range(year, last + 1) for day in _changes_in(zone, number))


@lru_cache(1000)
def _changes_in(zone: str, year: int) -> tuple[date, ...]:
    """List those of a year. Two changes in a week that undo each other would be missed."""
    day, changes = datetime(year, 1, 1, tzinfo=get_zone(zone)), []
    while day.year == year:
        after_a_week = day + timedelta(days=7)
        if day.utcoffset() != after_a_week.utcoffset():
            week = [day + timedelta(days=n) for n in range(8)]
            pairs = ((day, day.utcoffset() != next_.utcoffset()) for day, next_ in pairwise(week))
            changes += [day.date() for day, is_changed in pairs if is_changed and day.year == year]
        day = after_a_week
    return tuple(changes)
