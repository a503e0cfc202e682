"""The recurrence set of RFC 5545 3.8.5: the days or times at which an event is.

``dateutil`` computes what the clock on the wall shows, in no zone; the zone comes afterwards, so
that nine o'clock stays nine o'clock when clocks change. It is imported where it is used, because
most files have no rule.
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

_DAYS = timedelta(days=1)


def validate_rrule_start(rule: RecurrenceRule, start: RecurrenceStart) -> None:
    """Hold a rule to the start of its event.

    Raises ``Refusal``: ``rule-needs-zone``, ``rule-part``, ``rule-until``, ``rule-start``, and what
    ``resolve_clock_time`` does for UNTIL.
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
    """Give the instances in order, each once, up to and with the local day ``last``.

    All dates are days, or all are times, as the start is. The rule has passed `check`, which is
    what bounds the work.
    """
    extra = sorted((start, *rdates), key=_sort_key)
    gone = set(map(_sort_key, exdates))
    found = heapq.merge(_of_rule(rule, start, last) if rule else (), extra, key=_sort_key)
    return islice(_without_repeats(found, gone, last), limit)


def last_instance_day(rule: RecurrenceRule, start: RecurrenceStart) -> date | None:
    """Give the local day of the last instance; ``None`` where the rule has no end.

    Where that would take long to find, a later day: that of UNTIL, or the last there is.
    """
    if rule.is_endless:
        return None
    end = _last_wall(rule, start)
    years = min(local_day(start).year + _SOUGHT.get(rule.freq, 400), LAST_YEAR)
    horizon = min(end, datetime.combine(date(years, 12, 31), time.max))
    count, wall = 0, _wall(start)
    for found in _walls(rule, wall, horizon):
        count, wall = count + 1, found
    if horizon < end and count != rule.count:
        return end.date()
    return to_zone(wall, start.zone).date() if isinstance(start, Instant) else wall.date()


def _last_wall(rule: RecurrenceRule, start: RecurrenceStart) -> datetime:
    """Give what the clock shows when the rule ends by UNTIL, or when all time does."""
    if isinstance(start, Instant) and (until := rule.until_utc(start.zone)):
        end = to_zone(until, start.zone).replace(tzinfo=None)
    else:
        end = datetime.combine(rule.until_day(start) or LAST_DAY, time.max)
    return min(end, datetime.combine(LAST_DAY, time.max))


_SOUGHT = {"YEARLY": LAST_YEAR, "MONTHLY": 1_000}
"""How many years of a rule are gone through for its last day."""


# The set.


def _sort_key(item: RecurrenceStart) -> date:
    return item.utc if isinstance(item, Instant) else item


def _wall(item: RecurrenceStart) -> datetime:
    return item.wall if isinstance(item, Instant) else datetime.combine(item, time.min)


def _without_repeats(
    found: Iterable[RecurrenceStart], gone: set[date], last: date
) -> Iterator[RecurrenceStart]:
    before = None
    for item in found:
        key = _sort_key(item)
        if key != before and key not in gone and local_day(item) <= last:
            yield item
        before = key


def _of_rule(rule: RecurrenceRule, start: RecurrenceStart, last: date) -> Iterator[RecurrenceStart]:
    last = min(last, LAST_DAY)
    until = rule.until_day(start) or last
    if isinstance(start, Instant):
        # A day more, for UNTIL is a moment and this is the clock on the wall.
        end = datetime.combine(min(last, until + _DAYS), time.max)
        yield from _placed(rule, start, end)
    else:
        for wall in _walls(rule, _wall(start), datetime.combine(min(last, until), time.max)):
            yield wall.date()


def _placed(rule: RecurrenceRule, start: Instant, end: datetime) -> Iterator[Instant]:
    """Give the times of the rule their zone (RFC 5545 3.3.10, which refers to 3.3.5).

    Where clocks skip a time the instance moves by the gap, and so past those that come next.
    """
    zone, until = start.zone, rule.until_utc(start.zone)
    moved: list[Instant] = []
    for wall in _walls(rule, start.wall, end):
        found = Instant(to_zone(wall, zone), zone)
        if until and found.utc > until:
            continue
        if found.wall != wall:
            moved.append(found)
            continue
        while moved and moved[0].utc <= found.utc:
            yield moved.pop(0)
        yield found
    yield from moved


def _walls(rule: RecurrenceRule, start: datetime, end: datetime) -> Iterator[datetime]:
    """Give what the clock shows at each instance of the rule, up to ``end`` and not past COUNT."""
    dateutil = import_module("dateutil.rrule")
    found = dateutil.rrule(
        getattr(dateutil, rule.freq),
        dtstart=start,
        interval=rule.interval,
        until=end,
        wkst=rule.wkst,
        byweekday=[dateutil.weekday(day, number or None) for day, number in rule.byday] or None,
        **{f"by{name}": getattr(rule, f"by{name}") or None for name in _SAME},
    )
    return islice(_to_the_end(found), rule.count)


_SAME = ("second", "minute", "hour", "monthday", "yearday", "weekno", "month", "setpos")
"""The by-parts that dateutil calls by the same name."""


def _to_the_end(walls: Iterable[datetime]) -> Iterator[datetime]:
    try:
        yield from walls
    except ValueError:  # the week that 9999 ends in has days that no ``datetime`` has
        return


# What a rule asks of the start.


def _check_zone(start: Instant) -> None:
    if start.zone[0] in "+-":
        raise Refusal(
            rules.RULE_NEEDS_ZONE,
            f"the start is at the offset `{start.zone}`, and a rule needs the clocks of a zone",
            f"write the zone, such as `{format_wall_time(start.wall)}[Europe/Berlin]`, "
            "or `Z` for UTC",
        )
    if start.moment.fold:
        raise Refusal(
            rules.RULE_NEEDS_ZONE,
            f"the start is the second `{start.wall:%H:%M}` of a night in which clocks go back in "
            f"{start.zone}, and no rule can say so",
            "write the first of the two, or a rule in UTC with `Z`",
        )


def _check_all_day(rule: RecurrenceRule) -> None:
    help_ = "write a start with a time, such as `2025-01-03T09:00`, or leave it out"
    if FREQUENCIES.index(rule.freq) < FREQUENCIES.index("DAILY"):
        raise Refusal(rules.RULE_PART, f"whole days cannot repeat by `FREQ={rule.freq}`", help_)
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        if getattr(rule, name.lower()):
            raise Refusal(
                rules.RULE_PART, f"`{name}` is of times, and the start is a whole day", help_
            )
    if isinstance(rule.until, ClockTime):
        raise Refusal(
            rules.RULE_UNTIL,
            f"`{rule.until}`, which ends the rule, is a time, and the start is a whole day",
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
    """Hold the start to its rule (3.8.5.3): apps show it all the same, and others do not."""
    if not any(getattr(rule, f"by{name}") for name in (*_SAME, "day")):
        return  # the rule takes from the start what it does not say
    wall = _wall(start)
    # dateutil seeks a day that never comes up to the year 9999. The calendar is the same every 400
    # years, to the day of the week: moved to where 9999 is 400 to 799 years off, all is sought,
    # and no more.
    years = (9599 - wall.year) // 400 * 400
    moved = wall.replace(year=wall.year + years)
    end = datetime.combine(date.max, time.max)
    endless = replace(rule, count=None, until=None)
    if next(_walls(endless, moved, end), None) == moved:
        return
    value = rule.value(start)
    weekday = WEEKDAY_NAMES[wall.weekday()]
    message = f"the start, {weekday} {_format_start(wall, start)}, is not in `{value}`"
    if not (rule.byday or rule.bymonthday or rule.byyearday):
        endless = replace(endless, byday=tuple(map(Weekday, range(7))))
    # From another start the intervals would count from there, so here they do not count.
    match = next(_walls(replace(endless, interval=1), moved, end), None)
    if match is None:
        message = f"no day is ever in `{value}`"
        raise Refusal(rules.RULE_START, message, "leave out one of the parts that name days")
    if match.year - years > LAST_YEAR:
        raise Refusal(rules.RULE_START, f"no day is in `{value}` before the end of {LAST_YEAR}")
    match = match.replace(year=match.year - years)
    first = f"`{_format_start(match, start)}`, a {WEEKDAY_NAMES[match.weekday()]}"
    raise Refusal(rules.RULE_START, message, f"let it start on {first}, the first that is")


def _format_start(wall: datetime, start: RecurrenceStart) -> str:
    return format_wall_time(wall) if isinstance(start, Instant) else wall.date().isoformat()
