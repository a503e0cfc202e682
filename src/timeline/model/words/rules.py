"""A recurrence rule in English words: ``every Monday, 8 times``.

Only a rule whose words cannot be misread is put in words; any other is written as an RRULE value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import MONTH_NAMES, WEEKDAY_NAMES, local_day, make_day
from timeline.model.words.dates import date_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from timeline.dates import RecurrenceRule, RecurrenceStart, Weekday


def rule_words(rule: RecurrenceRule, start: RecurrenceStart) -> str:
    """Return when an event repeats, without the time of day: ``every year on 3 January``."""
    words = _frequency(rule, local_day(start))
    if words is None:
        return f"by {rule.value(start)}"
    if rule.count is not None:
        return f"{words}, once" if rule.count == 1 else f"{words}, {rule.count} times"
    until = rule.until_day(start)
    return f"{words} until {date_words(make_day(until))}" if until else words


_UNITS = {"YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week", "DAILY": "day"}
_UNITS |= {"HOURLY": "hour", "MINUTELY": "minute", "SECONDLY": "second"}
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}


def _frequency(rule: RecurrenceRule, first: date) -> str | None:
    """Return the words of a rule but for its end; ``None`` where words could be misread."""
    if rule.bysecond or rule.byminute or rule.byhour or rule.bysetpos:
        return None
    if rule.byyearday or rule.byweekno or (rule.bymonthday and rule.byday):
        return None
    unit = _UNITS[rule.freq]
    every = f"every {unit}" if rule.interval == 1 else f"every {rule.interval} {unit}s"
    match rule.freq:
        case "YEARLY":
            return _yearly(rule, first, every)
        case "MONTHLY":
            return _monthly(rule, first, every)
        case "WEEKLY":
            return _weekly(rule, first, every)
        case "DAILY":
            return _daily(rule, every)
        case _:
            return None if rule.byday or rule.bymonthday or rule.bymonth else every


def _daily(rule: RecurrenceRule, every: str) -> str | None:
    if rule.interval > 1:
        return None if rule.byday or rule.bymonthday or rule.bymonth else every
    if rule.bymonthday:
        return None
    return (_weekdays(rule.byday) if rule.byday else "daily") + _in_months(rule)


def _weekly(rule: RecurrenceRule, first: date, every: str) -> str | None:
    days = tuple(day.day for day in rule.byday) or (first.weekday(),)
    if rule.interval == 1:
        return _weekdays(rule.byday, days) + _in_months(rule)
    if rule.bymonth:
        return None
    return f"{every} on {_and([WEEKDAY_NAMES[day] for day in days])}"


def _monthly(rule: RecurrenceRule, first: date, every: str) -> str | None:
    if rule.interval > 1 and rule.bymonth:
        return None
    if rule.byday and not rule.byday[0].number:
        if rule.interval == 1:
            return _weekdays(rule.byday) + _in_months(rule)
        return f"{every} on {_weekdays(rule.byday)}"
    on = _numbered(rule.byday) if rule.byday else _month_days(rule.bymonthday or (first.day,))
    return on and f"{every} on {on}{_in_months(rule)}"


def _yearly(rule: RecurrenceRule, first: date, every: str) -> str | None:
    if rule.byday:
        if not rule.byday[0].number:
            return _weekdays(rule.byday) + _in_months(rule) if rule.interval == 1 else None
        on, of = _numbered(rule.byday), _months(rule.bymonth)
        return on and f"{every} on {on} of {of or 'the year'}"
    if rule.bymonthday and not rule.bymonth:
        return None
    months, days = rule.bymonth or (first.month,), rule.bymonthday or (first.day,)
    if days[0] < 0:
        on = _month_days(days)
        return on and f"{every} on {on} of {_months(months)}"
    numbers = _and([str(day) for day in days])
    return f"{every} on {_and([f'{numbers} {MONTH_NAMES[month - 1]}' for month in months])}"


def _weekdays(days: Sequence[Weekday], numbers: Sequence[int] = ()) -> str:
    """Return every given weekday; three and more in a row by the first and the last."""
    numbers = numbers or [day.day for day in days]
    if len(numbers) == 7:
        return "daily"
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"every {WEEKDAY_NAMES[numbers[0]]} to {WEEKDAY_NAMES[numbers[-1]]}"
    return f"every {_and([WEEKDAY_NAMES[day] for day in numbers])}"


def _numbered(days: Sequence[Weekday]) -> str | None:
    """Return ``the first and third Tuesday``, ``the first Monday and the last Friday``."""
    if any(day.number not in _ORDINALS for day in days):
        return None
    ordered = sorted(days, key=lambda day: (day.number < 0, day.number))
    if len({day.day for day in days}) == 1:
        return (
            f"the {_and([_ORDINALS[day.number] for day in ordered])} {WEEKDAY_NAMES[days[0].day]}"
        )
    return _and([f"the {_ORDINALS[day.number]} {WEEKDAY_NAMES[day.day]}" for day in ordered])


def _month_days(days: Sequence[int]) -> str | None:
    """Return ``the 1st and 15th``, ``the last day``."""
    if days[0] < -1:
        return None
    ordinals = [f"{day}{_suffix(day)}" for day in days if day > 0]
    return "the " + _and(ordinals + ["last day"] * (days[0] == -1))


def _suffix(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _in_months(rule: RecurrenceRule) -> str:
    return f" in {_months(rule.bymonth)}" if rule.bymonth else ""


def _months(numbers: Sequence[int]) -> str:
    return _and([MONTH_NAMES[number - 1] for number in numbers])


def _and(texts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))
