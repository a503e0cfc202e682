"""Days, months, years, ranges and clock times in English: ``3–17 January 2025``, ``2024–2026``.

En dashes join without spaces inside a unit (``3–17 January 2025``) and with spaces between full
dates (``30 December 2025 – 2 January 2026``).
"""

# ruff: noqa: RUF001, RUF002 - the en dash is the typographer's, not a mistyped hyphen

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.dates import MONTH_NAMES, WEEKDAY_NAMES
from timeline.model.words.date_formats import Range

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time


class EnglishDates:
    """The formats of English, for `DateFormats`."""

    def with_weekdays(self) -> EnglishDates:
        """Return the variant with weekdays."""
        return _EnglishDatesWithWeekdays()

    def year(self, year: int) -> str:
        """Return a year; one of fewer than four digits has an era, so that it is not a day."""
        return str(year) if year >= 1000 else f"AD {year}"

    def month(self, day: date) -> str:
        """Return the month of a day: ``January 2025``."""
        return f"{MONTH_NAMES[day.month - 1]} {self.year(day.year)}"

    def day(self, day: date) -> str:
        """Return a day: ``3 January 2025``."""
        return _day(day)

    def day_of_year(self, day: date) -> str:
        """Return a day without its year: ``3 January``."""
        return f"{day.day} {MONTH_NAMES[day.month - 1]}"

    def days_of_year(self, first: date, last: date) -> tuple[str, str]:
        """Return two days of one year, with the year once: ``3 January``, ``17 January 2025``."""
        return self.day_of_year(first), self.day(last)

    def month_name(self, month: int) -> str:
        """Return the name of a month, from 1 to 12: ``January``."""
        return MONTH_NAMES[month - 1]

    def weekday_name(self, weekday: int) -> str:
        """Return the name of a weekday, Monday as 0: ``Monday``."""
        return WEEKDAY_NAMES[weekday]

    def short_weekday_name(self, weekday: int) -> str:
        """Return the first three letters of a weekday, Monday as 0: ``Mon``."""
        return WEEKDAY_NAMES[weekday][:3]

    def short_month_name(self, month: int) -> str:
        """Return the first three letters of a month, from 1 to 12: ``Jan``."""
        return MONTH_NAMES[month - 1][:3]

    def short_month(self, day: date) -> str:
        """Return the month of a day with a short name: ``Jan 2025``."""
        return f"{self.short_month_name(day.month)} {self.year(day.year)}"

    def short_day(self, day: date) -> str:
        """Return a day with a short name of its month: ``3 Jan 2025``."""
        return f"{day.day} {self.short_month(day)}"

    def short_day_of_year(self, day: date) -> str:
        """Return a day with a short name of its month, without its year: ``3 Jan``."""
        return f"{day.day} {self.short_month_name(day.month)}"

    def quarter(self, quarter: int, year: int) -> str:
        """Return a quarter, from 1 to 4: ``Q1 2025``."""
        return f"Q{quarter} {self.year(year)}"

    def day_of_month(self, day: int) -> str:
        """Return the number of a day in its month: ``1st``."""
        suffix = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
        return f"{day}{suffix}"

    def days_of_month(self, month: int, days: Sequence[int]) -> str:
        """Return days of one month, without a year: ``3 and 17 January``."""
        return f"{self.enumeration([str(day) for day in days])} {MONTH_NAMES[month - 1]}"

    def enumeration(self, texts: Sequence[str]) -> str:
        """Join texts: ``a, b and c``."""
        return " and ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))

    def in_days(self, count: int) -> str:
        """Return how far away a day is: ``in 1 day``, ``in 3 days``."""
        return f"in {count} day{'' if count == 1 else 's'}"

    def clock(self, clock: time) -> str:
        """Return a time of 24 hours: ``09:00``, ``09:00:30``."""
        words = f"{_TWO_DIGITS[clock.hour]}:{_TWO_DIGITS[clock.minute]}"
        return f"{words}:{_TWO_DIGITS[clock.second]}" if clock.second else words

    def days(self, first: date, last: date) -> Range:
        """Return the range of two days."""
        if first.year != last.year:
            return Range(_day(first), " – ", _day(last))
        if first.month != last.month:
            return Range(self.day_of_year(first), " – ", _day(last))
        return Range(str(first.day), "–", _day(last))

    def months(self, first: date, last: date) -> Range:
        """Return the range of the months of two days in different months."""
        if first.year != last.year:
            return Range(self.month(first), " – ", self.month(last))
        return Range(MONTH_NAMES[first.month - 1], "–", self.month(last))

    def years(self, first: int, last: int) -> Range:
        """Return the range of two years; those with an era are joined like full dates."""
        return Range(self.year(first), " – " if first < 1000 else "–", self.year(last))

    def quarters(self, first: int, last: int, year: int) -> Range:
        """Return the range of two quarters of a year: ``Q1–Q3 2025``."""
        return Range(f"Q{first}", "–", self.quarter(last, year))

    def clocks(self, first: time, last: time) -> Range:
        """Return the range of two times of one day: ``09:00–10:00``."""
        return Range(self.clock(first), "–", self.clock(last))

    def days_without_year(self, first: date, last: date) -> Range:
        """Return the range of two days of one year: ``3–17 January``."""
        if first.month != last.month:
            return Range(self.day_of_year(first), " – ", self.day_of_year(last))
        return Range(str(first.day), "–", self.day_of_year(last))

    def months_without_year(self, first: date, last: date) -> Range:
        """Return the range of two months of one year: ``January–March``."""
        return Range(MONTH_NAMES[first.month - 1], "–", MONTH_NAMES[last.month - 1])


class _EnglishDatesWithWeekdays(EnglishDates):
    def day(self, day: date) -> str:
        """Return a day: ``Fri 3 January 2025``."""
        return f"{_weekday(day)} {_day(day)}"

    def day_of_year(self, day: date) -> str:
        """Return a day without its year: ``Fri 3 January``."""
        return f"{_weekday(day)} {super().day_of_year(day)}"

    def days(self, first: date, last: date) -> Range:
        """Return the range of two days: ``Fri 3 – Fri 17 January 2025``."""
        days = super().days(first, last)
        weekday, start = _weekday(first), days.first
        start = start if start.startswith(weekday) else f"{weekday} {start}"
        return Range(start, " – ", f"{_weekday(last)} {days.last}")


def _weekday(day: date) -> str:
    return WEEKDAY_NAMES[day.weekday()][:3]


@lru_cache(4096)  # ten years of days: many events share a day
def _day(day: date) -> str:
    year = day.year
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {year if year >= 1000 else f'AD {year}'}"


_TWO_DIGITS = tuple(f"{number:02}" for number in range(60))
"""Computed once, because formatting a number takes longer than a look-up."""
