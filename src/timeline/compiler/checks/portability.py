"""Find recurrence rules that RFC 5545 allows and that calendar apps read differently.

What is checked here is what differs when icalendar, ical, ical.js and libical expand the same rule
(``tests/foreign`` compares them). Thunderbird and Nextcloud use ical.js.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.compiler.checks.clock_changes import (
    Difference,
    ambiguous_days,
    clock_change_days,
    times_of_day,
)
from timeline.compiler.checks.exceptions import lost_instance
from timeline.compiler.checks.lengths import length_difference
from timeline.dates import (
    LAST_DAY,
    Instant,
    TimesShown,
    is_fixed_zone,
    local_day,
    move_day_within,
    to_zone,
)
from timeline.diagnostics import At, Diagnostic, rules
from timeline.model import Undated, portable_recurrence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.checks.context import CheckContext
    from timeline.dates import Recurrence, RecurrenceRule, RecurrenceStart


def uneven_rule(context: CheckContext) -> Iterator[Diagnostic]:
    """Find rules that calendar apps read differently."""
    for event in context.calendar.events:
        recurrence, when = event.recurrence, event.when
        if recurrence is None or isinstance(when, Undated):
            continue
        difference = _instance_difference(recurrence) or lost_instance(event)
        if difference := difference or length_difference(event):
            at = At((*event.path, "rrule" if recurrence.rule else "rdate"))
            yield Diagnostic(rules.UNEVEN_RULE, difference.message, at, help=difference.help)


def _instance_difference(recurrence: Recurrence) -> Difference | None:
    """Return why a series has other instances in some apps, ``None`` if it has the same in all."""
    rule, start = recurrence.rule, recurrence.start
    if rule is None:
        return _dates_outside_rule(recurrence, start)
    if difference := _unsupported_parts(rule) or _missing_days(rule, start):
        return difference
    if rule.freq == "MONTHLY" and (difference := _monthly_rule(recurrence, rule)):
        return difference
    if isinstance(start, Instant) and (difference := _clock_changes(recurrence, rule, start)):
        return difference
    return _dates_outside_rule(recurrence, start)


def _dates_outside_rule(recurrence: Recurrence, start: RecurrenceStart) -> Difference | None:
    """Find an RDATE before the start, or after the end of the rule that the feed has."""
    if not recurrence.rdate:
        return None
    portable = portable_recurrence(recurrence)
    dates = sorted(_moved_to(start, moment) for moment in portable.rdate)
    if not dates or portable.rule is None:
        return None
    first, last = dates[0], dates[-1]
    if first < _moved_to(start, start):
        return Difference(
            f"the date {first.date()} in `rdate` is before the start, and apps that use libical "
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
    return Difference(
        f"the date {last.date()} in `rdate` is later than {than}, and Google Calendar does not "
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


def _unsupported_parts(rule: RecurrenceRule) -> Difference | None:
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
    return None if parts is None else _read_differently(parts, _LIST)


def _read_differently(parts: str, help_: str) -> Difference:
    return Difference(
        f"apps read {parts} differently: ical.js (Thunderbird, Nextcloud) shows other days", help_
    )


def _monthly_rule(recurrence: Recurrence, rule: RecurrenceRule) -> Difference | None:
    """Find days of a monthly rule that ical.js loses, or counts twice."""
    first = local_day(recurrence.start)
    weekday, length = monthrange(first.year, first.month)
    if rule.bymonth and first.month != rule.bymonth[0]:
        # ical.js takes the month of the start for the first of BYMONTH, and goes through it again.
        in_month = recurrence.rule_instances(first, first.replace(day=length))
        if rule.count or len(list(islice(in_month, 2))) > 1:
            return _read_differently(
                "a monthly rule that starts after the first month of `BYMONTH`",
                _LIST if rule.bysetpos else "write `FREQ=YEARLY` with the same parts",
            )
    if len(rule.bymonth) > 1 and len(rule.byday) > 1:
        # ical.js looks for the fifth of a weekday in later months, and leaves those out.
        fifths = {(weekday + n) % 7 for n in range(length - 28)}
        if any(abs(day.number) == 5 and day.day not in fifths for day in rule.byday):
            return _read_differently("`BYMONTH` with a weekday that is not in every month", _LIST)
    if rule.bysetpos and 1 not in rule.bysetpos:
        # Weekdays have the same days again after 28 years.
        last = move_day_within(first, 28 * 366 * rule.interval)
        for day in map(local_day, recurrence.rule_instances(first, last)):
            if day.day == 1:
                return Difference(
                    f"`BYSETPOS` counts from the end to {day}, the first day of a month, and apps "
                    "that use ical.js (Thunderbird, Nextcloud) do not show it",
                    _LIST,
                )
    return None


def _count_times_of_day(rule: RecurrenceRule) -> int:
    return max(1, len(rule.byhour)) * max(1, len(rule.byminute)) * max(1, len(rule.bysecond))


def _has_numbered_weekdays(rule: RecurrenceRule) -> bool:
    return len(rule.byday) > 1 and any(day.number for day in rule.byday)


def _missing_days(rule: RecurrenceRule, start: RecurrenceStart) -> Difference | None:
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
    return Difference(
        f"apps read {reading}: ical.js (Thunderbird, Nextcloud) shows other days",
        f"write a monthly rule: `FREQ=MONTHLY;{by}`" if rule.interval == 1 else _LIST,
    )


_MIN_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _clock_changes(
    recurrence: Recurrence, rule: RecurrenceRule, start: Instant
) -> Difference | None:
    """Find instances at times that the clocks of the zone skip or show twice."""
    if is_fixed_zone(start.zone):
        return None
    if rule.freq not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        return _hourly_over_clock_change(rule, start, recurrence.last_day or LAST_DAY)
    for at in times_of_day(rule, start):
        for day, shown in ambiguous_days(start.zone, start.wall.year, at):
            is_skipped = shown is TimesShown.NEVER
            # Apps read the EXDATE of a skipped time as differently as the time itself. The start
            # has another warning.
            exdate = () if is_skipped else recurrence.exdate
            by_rule = replace(recurrence, rdate=(), exdate=exdate)
            if day > start.wall.date() and _has_instance(by_rule, day):
                verb = "skip" if is_skipped else "show twice"
                return Difference(
                    f"the instance on {day} is at {at:%H:%M}, which clocks in {start.zone} {verb} "
                    "on that day, and apps show it at different times",
                    "start at another time of day, or end the rule before that day and continue "
                    "with another event",
                )
            if is_skipped and day > start.wall.date() and _passes(by_rule, rule, start, day):
                return Difference(
                    f"apps that use libical (GNOME, KDE) go through {day} at {at:%H:%M}, which "
                    f"clocks in {start.zone} skip, and show later instances at another time",
                    "start at another time of day, or on another day of the month"
                    if rule.freq in ("MONTHLY", "YEARLY")
                    else "start at another time of day, or write a weekly rule",
                )
    return None


def _passes(recurrence: Recurrence, rule: RecurrenceRule, start: Instant, day: date) -> bool:
    """Return whether libical goes through a day that is not an instance, to later instances.

    It counts days, weeks, months and years from the day of the start, and goes from there to the
    days that the rule names; a time that it has to move on the way stays moved, and from one day to
    the next for one step.
    """
    if rule.freq == "DAILY":
        is_on_the_way = (day - start.wall.date()).days % rule.interval == 0
        return is_on_the_way and _has_instance(recurrence, move_day_within(day, rule.interval))
    first, months = start.wall.date(), 12 * (day.year - start.wall.year) + day.month
    is_on_the_way = {
        "WEEKLY": (day - first).days % (7 * rule.interval) == 0,
        "MONTHLY": day.day == first.day and (months - first.month) % rule.interval == 0,
        "YEARLY": day.day == first.day
        and (day.year - first.year) % rule.interval == 0
        and day.month in (rule.bymonth or (first.month,)),
    }.get(rule.freq, False)
    begins = {"WEEKLY": day, "MONTHLY": day.replace(day=1)}.get(rule.freq, date(day.year, 1, 1))
    return is_on_the_way and next(recurrence.instances(first=max(begins, first)), None) is not None


def _hourly_over_clock_change(
    rule: RecurrenceRule, start: Instant, last: date
) -> Difference | None:
    """Find a clock change during a rule that repeats by hours, minutes or seconds."""
    for day in clock_change_days(start.zone, start.wall.year):
        if start.wall.date() <= day <= last:
            return Difference(
                f"apps expand `FREQ={rule.freq}` differently over a clock change, "
                f"and clocks in {start.zone} change on {day}",
                "write the start in UTC, with `Z`: UTC has no clock changes",
            )
    return None


def _has_instance(recurrence: Recurrence, day: date) -> bool:
    return next(recurrence.instances(first=day, last=day), None) is not None
