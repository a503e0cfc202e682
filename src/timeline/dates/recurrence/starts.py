"""Validate a recurrence rule against the start of its event (RFC 5545 3.8.5.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.dates.clock_times import ClockTime, format_wall_time
from timeline.dates.instants import Instant
from timeline.dates.moves import LAST_YEAR
from timeline.dates.names import WEEKDAY_NAMES
from timeline.dates.recurrence.parts import FREQUENCIES, LIST_PARTS, Weekday
from timeline.dates.recurrence.rule import wall_time
from timeline.dates.recurrence.times import RuleTimes, from_seconds, to_seconds
from timeline.diagnostics import Refusal, rules

if TYPE_CHECKING:
    from datetime import datetime

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


def _check_zone(start: Instant) -> None:
    if start.zone[0] in "+-":
        raise Refusal(
            rules.RULE_NEEDS_ZONE,
            f"the start is at the offset `{start.zone}`, and a recurrence rule needs a time zone",
            "write the name of the zone in brackets in place of the offset, or write the same time "
            f"in UTC, `{format_wall_time(start.utc)}Z`",
        )
    if start.moment.fold:
        raise Refusal(
            rules.RULE_NEEDS_ZONE,
            f"the start is the second `{start.wall:%H:%M}` of a night in which clocks go back in "
            f"{start.zone}, and no rule can express that",
            f"write the first of the two, or this time in UTC, `{format_wall_time(start.utc)}Z`",
        )


def _check_all_day(rule: RecurrenceRule) -> None:
    help_ = "add the time of day to the start, or"
    if FREQUENCIES.index(rule.freq) < FREQUENCIES.index("DAILY"):
        message = f"an all-day event cannot repeat by `FREQ={rule.freq}`"
        raise Refusal(rules.RULE_PART, message, f"{help_} write `FREQ=DAILY`")
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
        shown = _format_start(wall_time(start), start)
        message = f"the rule ends on `{rule.until}`, before the start, `{shown}`"
        help_ = "write a later `UNTIL`, or the number of times as `COUNT`"
        if rule.follows:
            message = f"`{rule.follows}` is `{rule.until}`, before the start, `{shown}`"
            help_ = "write a later `until`, or the number of times as `count`"
        raise Refusal(rules.RULE_UNTIL, message, help_)


def _check_start(rule: RecurrenceRule, start: RecurrenceStart) -> None:
    """Require the start to be an instance of the rule (3.8.5.3): else apps differ in showing it."""
    if not any(getattr(rule, name.lower()) for name in LIST_PARTS):
        return  # the rule takes all its parts from the start
    wall = wall_time(start)
    at = to_seconds(wall)
    if any(RuleTimes(rule, wall).between(at, at)):
        return
    value = rule.value(start)
    weekday = WEEKDAY_NAMES[wall.weekday()]
    message = f"the start, {weekday} {_format_start(wall, start)}, is not an instance of `{value}`"
    if not (rule.byday or rule.bymonthday or rule.byyearday):
        rule = replace(rule, byday=tuple(map(Weekday, range(7))))
    # The years up to 9999 may be too few to find a match, and the calendar repeats every 400.
    years = 400 if wall.year > LAST_YEAR - CYCLE else 0
    match = _first_match(rule, wall.replace(year=wall.year - years))
    if match is None:
        message = f"no day matches `{value}`"
        raise Refusal(rules.RULE_START, message, "remove one of the parts that name days")
    if match.year + years > LAST_YEAR:
        raise Refusal(rules.RULE_START, f"no day matches `{value}` before the end of {LAST_YEAR}")
    match = match.replace(year=match.year + years)
    first = f"`{_format_start(match, start)}`, a {WEEKDAY_NAMES[match.weekday()]}"
    raise Refusal(rules.RULE_START, message, f"start on {first}, the first instance")


CYCLE = 44
"""In so many years there is every date, on every weekday that it ever has, and every kind of week:
each length of the year and of the one before it, with each weekday of 1 January."""


def _first_match(rule: RecurrenceRule, wall: datetime) -> datetime | None:
    """Return the first time of a rule from a time on; ``None`` if it never has one.

    An interval counts from the start, so for another start it is ignored.
    """
    times = RuleTimes(replace(rule, interval=1), wall)
    end = to_seconds(wall.replace(year=wall.year + CYCLE, month=12, day=31))
    match = next(times.between(to_seconds(wall), end), None)
    return None if match is None else from_seconds(match)


def _format_start(wall: datetime, start: RecurrenceStart) -> str:
    return format_wall_time(wall) if isinstance(start, Instant) else wall.date().isoformat()
