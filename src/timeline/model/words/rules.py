"""A rule as a person would say it, in English: ``every Monday, 8 times``.

Only what cannot be misread is put in words. All else is told as the RFC writes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import Instant, make_day
from timeline.model.words.dates import date_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from timeline.dates import RecurrenceRule, RecurrenceStart, Weekday


def words(rule: RecurrenceRule, start: RecurrenceStart) -> str:
    """Say when the event repeats, without the time of day: ``every year on 3 January``."""
    first = start.moment.date() if isinstance(start, Instant) else start
    said = _every(rule, first)
    if said is None:
        return f"by {rule.value(start)}"
    if rule.count is not None:
        return f"{said}, once" if rule.count == 1 else f"{said}, {rule.count} times"
    until = rule.until_day(start)
    return f"{said} until {date_words(make_day(until))}" if until else said


_UNITS = {"YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week", "DAILY": "day"}
_UNITS |= {"HOURLY": "hour", "MINUTELY": "minute", "SECONDLY": "second"}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("", "January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WHICH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}


def _every(rule: RecurrenceRule, first: date) -> str | None:
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
    return (_each(rule.byday) if rule.byday else "daily") + _months(rule)


def _weekly(rule: RecurrenceRule, first: date, every: str) -> str | None:
    days = tuple(day.day for day in rule.byday) or (first.weekday(),)
    if rule.interval == 1:
        return _each(rule.byday, days) + _months(rule)
    if rule.bymonth:
        return None
    return f"{every} on {_and([_WEEKDAYS[day] for day in days])}"


def _monthly(rule: RecurrenceRule, first: date, every: str) -> str | None:
    if rule.interval > 1 and rule.bymonth:
        return None
    if rule.byday and not rule.byday[0].number:
        if rule.interval == 1:
            return _each(rule.byday) + _months(rule)
        return f"{every} on {_each(rule.byday)}"
    on = _numbered(rule.byday) if rule.byday else _month_days(rule.bymonthday or (first.day,))
    return on and f"{every} on {on}{_months(rule)}"


def _yearly(rule: RecurrenceRule, first: date, every: str) -> str | None:
    if rule.byday:
        if not rule.byday[0].number:
            return _each(rule.byday) + _months(rule) if rule.interval == 1 else None
        on, of = _numbered(rule.byday), _and([_MONTHS[month] for month in rule.bymonth])
        return on and f"{every} on {on} of {of or 'the year'}"
    if rule.bymonthday and not rule.bymonth:
        return None
    months, days = rule.bymonth or (first.month,), rule.bymonthday or (first.day,)
    if days[0] < 0:
        on = _month_days(days)
        return on and f"{every} on {on} of {_and([_MONTHS[month] for month in months])}"
    numbers = _and([str(day) for day in days])
    return f"{every} on {_and([f'{numbers} {_MONTHS[month]}' for month in months])}"


def _each(days: Sequence[Weekday], numbers: Sequence[int] = ()) -> str:
    """Say each of some days of the week; three and more in a row by their first and last."""
    numbers = numbers or [day.day for day in days]
    if len(numbers) == 7:
        return "daily"
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"every {_WEEKDAYS[numbers[0]]} to {_WEEKDAYS[numbers[-1]]}"
    return f"every {_and([_WEEKDAYS[day] for day in numbers])}"


def _numbered(days: Sequence[Weekday]) -> str | None:
    """Say ``the first and third Tuesday``, ``the first Monday and the last Friday``."""
    if any(day.number not in _WHICH for day in days):
        return None
    ordered = sorted(days, key=lambda day: (day.number < 0, day.number))
    if len({day.day for day in days}) == 1:
        return f"the {_and([_WHICH[day.number] for day in ordered])} {_WEEKDAYS[days[0].day]}"
    return _and([f"the {_WHICH[day.number]} {_WEEKDAYS[day.day]}" for day in ordered])


def _month_days(days: Sequence[int]) -> str | None:
    """Say ``the 1st and 15th``, ``the last day``."""
    if days[0] < -1:
        return None
    said = [f"{day}{_suffix(day)}" for day in days if day > 0]
    return "the " + _and(said + ["last day"] * (days[0] == -1))


def _suffix(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _months(rule: RecurrenceRule) -> str:
    return f" in {_and([_MONTHS[month] for month in rule.bymonth])}" if rule.bymonth else ""


def _and(texts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))
