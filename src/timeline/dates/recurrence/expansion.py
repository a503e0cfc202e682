"""Expand recurrence rules into instances, and validate a rule against its start (RFC 5545 3.8.5).

``dateutil`` computes wall-clock times without a zone; the zone is attached afterwards, so that
nine o'clock stays nine o'clock when clocks change. It is imported where it is used, because most
files have no rule.
"""

from __future__ import annotations

import heapq
from datetime import date, datetime, time, timedelta
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.dates.calendar_units import LAST_DAY, LAST_YEAR
from timeline.dates.clock_times import ClockTime, format_wall_time
from timeline.dates.instants import Instant, local_day, to_zone
from timeline.dates.names import WEEKDAY_NAMES
from timeline.dates.recurrence.parts import FREQUENCIES, Weekday
from timeline.diagnostics import Refusal, rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.dates.recurrence.rule import RecurrenceRule, RecurrenceStart


def validate_rrule_start(rule: RecurrenceRule, start: RecurrenceStart) -> None:
    """Validate a rule against the start of its event (RFC 5545 3.8.5.3).

    Raises: `Refusal` (`rule-needs-zone`, `rule-part`, `rule-until`, `rule-start`, and those of
    `resolve_clock_time` for UNTIL).
    """
    if isinstance(start, Instant):
        _check_zone(start)
    else:
        _check_all_day(rule)
    _check_until(rule, start)
    _check_start(rule, start)


def recurrence_instances(
    rule: RecurrenceRule | None,
    start: RecurrenceStart,
    rdates: Iterable[RecurrenceStart] = (),
    exdates: Iterable[RecurrenceStart] = (),
    *,
    last: date,
    limit: int = 10_000,
) -> Iterator[RecurrenceStart]:
    """Yield the instances in order, without repeats, up to the local day ``last`` inclusive.

    All dates are days, or all are times, as the start is. The rule must have passed
    `validate_rrule_start`, which bounds the work.
    """
    listed = sorted((start, *rdates), key=_sort_key)
    excluded = set(map(_sort_key, exdates))
    by_rule = _rule_instances(rule, start, last) if rule else ()
    instances = heapq.merge(by_rule, listed, key=_sort_key)
    return islice(_without_repeats(instances, excluded, last), limit)


def last_instance_day(rule: RecurrenceRule, start: RecurrenceStart) -> date | None:
    """Return the local day of the last instance; ``None`` if the rule has no end.

    If it would take long to compute, a later day: that of UNTIL, or the last of all.
    """
    if rule.is_endless:
        return None
    end = _last_wall(rule, start)
    years = min(local_day(start).year + _YEARS_EXPANDED.get(rule.freq, 400), LAST_YEAR)
    horizon = min(end, datetime.combine(date(years, 12, 31), time.max))
    count, wall = 0, _wall(start)
    for instance in _wall_times(rule, wall, horizon):
        count, wall = count + 1, instance
    if horizon < end and count != rule.count:
        return end.date()
    return to_zone(wall, start.zone).date() if isinstance(start, Instant) else wall.date()


def _last_wall(rule: RecurrenceRule, start: RecurrenceStart) -> datetime:
    """Return the wall-clock time of UNTIL, or the last of all."""
    if isinstance(start, Instant) and (until := rule.until_utc(start.zone)):
        end = to_zone(until, start.zone).replace(tzinfo=None)
    else:
        end = datetime.combine(rule.until_day(start) or LAST_DAY, time.max)
    return min(end, datetime.combine(LAST_DAY, time.max))


_YEARS_EXPANDED = {"YEARLY": LAST_YEAR, "MONTHLY": 1_000}
"""How many years of a rule are expanded for its last day; 400 for other frequencies."""


# The recurrence set.


def _sort_key(item: RecurrenceStart) -> date:
    return item.utc if isinstance(item, Instant) else item


def _wall(item: RecurrenceStart) -> datetime:
    return item.wall if isinstance(item, Instant) else datetime.combine(item, time.min)


def _without_repeats(
    instances: Iterable[RecurrenceStart], excluded: set[date], last: date
) -> Iterator[RecurrenceStart]:
    before = None
    for item in instances:
        key = _sort_key(item)
        if key != before and key not in excluded and local_day(item) <= last:
            yield item
        before = key


def _rule_instances(
    rule: RecurrenceRule, start: RecurrenceStart, last: date
) -> Iterator[RecurrenceStart]:
    """Yield the instances of the rule alone; those of a time may go a day beyond ``last``."""
    last = min(last, LAST_DAY)
    until = rule.until_day(start) or last
    if isinstance(start, Instant):
        # A day more, because UNTIL is an instant and this is a wall-clock time.
        end = datetime.combine(min(last, until + timedelta(days=1)), time.max)
        yield from _timed_instances(rule, start, end)
    else:
        for wall in _wall_times(rule, _wall(start), datetime.combine(min(last, until), time.max)):
            yield wall.date()


def _timed_instances(rule: RecurrenceRule, start: Instant, end: datetime) -> Iterator[Instant]:
    """Yield the times of the rule in their zone (RFC 5545 3.3.10, which refers to 3.3.5).

    An instance that the clocks skip moves forward by the gap, perhaps past the next instances.
    """
    zone, until = start.zone, rule.until_utc(start.zone)
    moved: list[Instant] = []
    for wall in _wall_times(rule, start.wall, end):
        instance = Instant(to_zone(wall, zone), zone)
        if until and instance.utc > until:
            continue
        if instance.wall != wall:
            moved.append(instance)
            continue
        while moved and moved[0].utc <= instance.utc:
            yield moved.pop(0)
        yield instance
    yield from moved


def _wall_times(rule: RecurrenceRule, start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the wall-clock time of each instance of the rule, up to ``end`` and COUNT."""
    dateutil = import_module("dateutil.rrule")
    walls = dateutil.rrule(
        getattr(dateutil, rule.freq),
        dtstart=start,
        interval=rule.interval,
        until=end,
        wkst=rule.wkst,
        byweekday=[dateutil.weekday(day, number or None) for day, number in rule.byday] or None,
        **{f"by{name}": getattr(rule, f"by{name}") or None for name in _NUMBER_PARTS},
    )
    return islice(_until_the_last_day(walls), rule.count)


_NUMBER_PARTS = ("second", "minute", "hour", "monthday", "yearday", "weekno", "month", "setpos")
"""The by-parts that are numbers, without their ``BY``; dateutil has the same names."""


def _until_the_last_day(walls: Iterable[datetime]) -> Iterator[datetime]:
    try:
        yield from walls
    except ValueError:  # the last week of 9999 has days that no ``datetime`` has
        return


# What a rule requires of the start.


def _check_zone(start: Instant) -> None:
    if start.zone[0] in "+-":
        raise Refusal(
            rules.RULE_NEEDS_ZONE,
            f"the start is at the offset `{start.zone}`, and a recurrence rule needs a time zone",
            "write the name of the zone in place of the offset, such as `[Asia/Riyadh]`, or write "
            f"the same time in UTC, `{format_wall_time(start.utc)}Z`",
        )
    if start.moment.fold:
        raise Refusal(
            rules.RULE_NEEDS_ZONE,
            f"the start is the second `{start.wall:%H:%M}` of a night in which clocks go back in "
            f"{start.zone}, and no rule can express that",
            f"write the first of the two, or this time in UTC, `{format_wall_time(start.utc)}Z`",
        )


def _check_all_day(rule: RecurrenceRule) -> None:
    help_ = "write a start with a time, such as `2025-01-03T09:00`, or"
    if FREQUENCIES.index(rule.freq) < FREQUENCIES.index("DAILY"):
        message = f"an all-day event cannot repeat by `FREQ={rule.freq}`"
        raise Refusal(rules.RULE_PART, message, f"{help_} `FREQ=DAILY`")
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        if getattr(rule, name.lower()):
            message = f"`{name}` needs a time, and the start is a day"
            raise Refusal(rules.RULE_PART, message, f"{help_} remove `{name}`")
    if isinstance(rule.until, ClockTime):
        raise Refusal(
            rules.RULE_UNTIL,
            f"`{rule.until}`, which ends the rule, is a time, and the start is a day",
            f"write the day, `{rule.until.wall.date()}`",
        )


def _check_until(rule: RecurrenceRule, start: RecurrenceStart) -> None:
    if not rule.until:
        return
    if isinstance(start, Instant):
        until = rule.until_utc(start.zone)
        ends_early = until is not None and until < start.utc
    else:
        day = rule.until_day(start)
        ends_early = day is not None and day < start
    if ends_early:
        shown = _format_start(_wall(start), start)
        raise Refusal(
            rules.RULE_UNTIL,
            f"the rule ends on `{rule.until}`, before the start, `{shown}`",
            "write a later `UNTIL`, or the number of times as `COUNT`",
        )


def _check_start(rule: RecurrenceRule, start: RecurrenceStart) -> None:
    """Require the start to be an instance of the rule (3.8.5.3): else apps differ in showing it."""
    if not any(getattr(rule, f"by{name}") for name in (*_NUMBER_PARTS, "day")):
        return  # the rule takes all its parts from the start
    wall = _wall(start)
    # dateutil searches to the year 9999 for a day that never comes. The calendar repeats every 400
    # years, weekdays too: from a start 400 to 799 years before 9999, every day is searched.
    years = (9599 - wall.year) // 400 * 400
    moved = wall.replace(year=wall.year + years)
    end = datetime.combine(date.max, time.max)
    endless = replace(rule, count=None, until=None)
    if next(_wall_times(endless, moved, end), None) == moved:
        return
    value = rule.value(start)
    weekday = WEEKDAY_NAMES[wall.weekday()]
    message = f"the start, {weekday} {_format_start(wall, start)}, is not an instance of `{value}`"
    if not (rule.byday or rule.bymonthday or rule.byyearday):
        endless = replace(endless, byday=tuple(map(Weekday, range(7))))
    # An interval counts from the start, so for another start it is ignored.
    match = next(_wall_times(replace(endless, interval=1), moved, end), None)
    if match is None:
        message = f"no day matches `{value}`"
        raise Refusal(rules.RULE_START, message, "remove one of the parts that name days")
    if match.year - years > LAST_YEAR:
        raise Refusal(rules.RULE_START, f"no day matches `{value}` before the end of {LAST_YEAR}")
    match = match.replace(year=match.year - years)
    first = f"`{_format_start(match, start)}`, a {WEEKDAY_NAMES[match.weekday()]}"
    raise Refusal(rules.RULE_START, message, f"start on {first}, the first instance")


def _format_start(wall: datetime, start: RecurrenceStart) -> str:
    return format_wall_time(wall) if isinstance(start, Instant) else wall.date().isoformat()
