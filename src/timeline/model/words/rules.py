"""A recurrence rule in words: ``every Monday, 8 times``.

Only a rule whose words cannot be misread is put in words; any other is written as an RRULE value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import local_day, make_day
from timeline.model.words.dates import until

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from timeline.dates import RecurrenceRule, RecurrenceStart, Weekday
    from timeline.model.words.wording import Wording


def rule_words(rule: RecurrenceRule, start: RecurrenceStart, wording: Wording) -> str:
    """Return when an event repeats, without the time of day: ``every year on 3 January``."""
    words = _RuleWords(wording).frequency(rule, local_day(start))
    if words is None:
        return wording.phrase("by {rule}", rule=rule.value(start))
    if rule.count is not None:
        if rule.count == 1:
            return wording.phrase("{words}, once", words=words)
        return wording.phrase("{words}, {count} times", words=words, count=rule.count)
    if last := rule.until_day(start):
        return wording.phrase("{start} {until}", start=words, until=until(make_day(last), wording))
    return words


class _RuleWords:
    """The words of rules in one language."""

    def __init__(self, wording: Wording) -> None:
        self._phrase, self._dates = wording.phrase, wording.dates

    def frequency(self, rule: RecurrenceRule, first: date) -> str | None:
        """Return the words of a rule but for its end; ``None`` where words could be misread."""
        if rule.bysecond or rule.byminute or rule.byhour or rule.bysetpos:
            return None
        if rule.byyearday or rule.byweekno or (rule.bymonthday and rule.byday):
            return None
        every = self._every(rule.freq, rule.interval)
        match rule.freq:
            case "YEARLY":
                return self._yearly(rule, first, every)
            case "MONTHLY":
                return self._monthly(rule, first, every)
            case "WEEKLY":
                return self._weekly(rule, first, every)
            case "DAILY":
                return self._daily(rule, every)
            case _:
                return None if rule.byday or rule.bymonthday or rule.bymonth else every

    def _every(self, freq: str, interval: int) -> str:
        """Return ``every week`` or ``every 2 weeks``."""
        phrase, number = self._phrase, interval
        match freq:
            case "YEARLY":
                single = phrase("every year")
                several = phrase("every {number} years", number=number)
            case "MONTHLY":
                single = phrase("every month")
                several = phrase("every {number} months", number=number)
            case "WEEKLY":
                single = phrase("every week")
                several = phrase("every {number} weeks", number=number)
            case "DAILY":
                single = phrase("every day")
                several = phrase("every {number} days", number=number)
            case "HOURLY":
                single = phrase("every hour")
                several = phrase("every {number} hours", number=number)
            case "MINUTELY":
                single = phrase("every minute")
                several = phrase("every {number} minutes", number=number)
            case _:
                single = phrase("every second")
                several = phrase("every {number} seconds", number=number)
        return several if interval > 1 else single

    def _daily(self, rule: RecurrenceRule, every: str) -> str | None:
        if rule.interval > 1:
            return None if rule.byday or rule.bymonthday or rule.bymonth else every
        if rule.bymonthday:
            return None
        words = self._weekdays(rule.byday) if rule.byday else self._phrase("daily")
        return self._in_months(words, rule)

    def _weekly(self, rule: RecurrenceRule, first: date, every: str) -> str | None:
        days = tuple(day.day for day in rule.byday) or (first.weekday(),)
        if rule.interval == 1:
            return self._in_months(self._weekdays(rule.byday, days), rule)
        if rule.bymonth:
            return None
        names = self._dates.enumeration([self._dates.weekday_name(day) for day in days])
        return self._on(every, names)

    def _monthly(self, rule: RecurrenceRule, first: date, every: str) -> str | None:
        if rule.interval > 1 and rule.bymonth:
            return None
        if rule.byday and not rule.byday[0].number:
            words = self._weekdays(rule.byday)
            if rule.interval == 1:
                return self._in_months(words, rule)
            return self._on(every, words)
        days = rule.bymonthday or (first.day,)
        on = self._numbered(rule.byday) if rule.byday else self._month_days(days)
        return on and self._in_months(self._on(every, on), rule)

    def _yearly(self, rule: RecurrenceRule, first: date, every: str) -> str | None:
        if rule.byday:
            if not rule.byday[0].number:
                words = self._weekdays(rule.byday)
                return self._in_months(words, rule) if rule.interval == 1 else None
            on = self._numbered(rule.byday)
            period = self._months(rule.bymonth) or self._phrase("the year")
            return on and self._on(every, self._of(on, period))
        if rule.bymonthday and not rule.bymonth:
            return None
        months, days = rule.bymonth or (first.month,), rule.bymonthday or (first.day,)
        if days[0] < 0:
            on = self._month_days(days)
            return on and self._on(every, self._of(on, self._months(months)))
        dates = [self._dates.days_of_month(month, days) for month in months]
        return self._on(every, self._dates.enumeration(dates))

    def _on(self, every: str, days: str) -> str:
        return self._phrase("{frequency} on {days}", frequency=every, days=days)

    def _of(self, days: str, months: str) -> str:
        return self._phrase("{days} of {months}", days=days, months=months)

    def _weekdays(self, days: Sequence[Weekday], numbers: Sequence[int] = ()) -> str:
        """Return every given weekday; three and more in a row by the first and the last."""
        numbers = numbers or [day.day for day in days]
        if len(numbers) == 7:
            return self._phrase("daily")
        names = [self._dates.weekday_name(number) for number in numbers]
        if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
            return self._phrase("every {first} to {last}", first=names[0], last=names[-1])
        return self._phrase("every {weekdays}", weekdays=self._dates.enumeration(names))

    def _numbered(self, days: Sequence[Weekday]) -> str | None:
        """Return ``the first and third Tuesday``, ``the first Monday and the last Friday``."""
        if any(day.number not in _NUMBERS for day in days):
            return None
        ordered = sorted(days, key=lambda day: (day.number < 0, day.number))
        join, name = self._dates.enumeration, self._dates.weekday_name
        if len({day.day for day in days}) == 1:
            return self._the(
                join([self._ordinal(day.number) for day in ordered]), name(days[0].day)
            )
        return join([self._the(self._ordinal(day.number), name(day.day)) for day in ordered])

    def _the(self, ordinal: str, weekday: str) -> str:
        return self._phrase("the {ordinal} {weekday}", ordinal=ordinal, weekday=weekday)

    def _ordinal(self, number: int) -> str:
        """Return the word for the position of a weekday in a month or a year."""
        phrase = self._phrase
        match number:
            case 1:
                return phrase("first")
            case 2:
                return phrase("second")
            case 3:
                return phrase("third")
            case 4:
                return phrase("fourth")
            case 5:
                return phrase("fifth")
        return phrase("last")

    def _month_days(self, days: Sequence[int]) -> str | None:
        """Return ``the 1st and 15th``, ``the last day``."""
        if days[0] < -1:
            return None
        if list(days) == [-1]:
            return self._phrase("the last day")
        names = [self._dates.day_of_month(day) for day in days if day > 0]
        if days[0] == -1:
            names.append(self._phrase("last day"))
        return self._phrase("the {days}", days=self._dates.enumeration(names))

    def _in_months(self, words: str, rule: RecurrenceRule) -> str:
        if not rule.bymonth:
            return words
        return self._phrase("{words} in {months}", words=words, months=self._months(rule.bymonth))

    def _months(self, numbers: Sequence[int]) -> str:
        return self._dates.enumeration([self._dates.month_name(number) for number in numbers])


_NUMBERS = frozenset({1, 2, 3, 4, 5, -1})
"""The positions of a weekday in a month that have a word."""
