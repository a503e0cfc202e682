"""The pseudo-language ``en-XA``: English with brackets, which shows what is not translated.

A text without brackets in an output is either the author's or a mistake of this program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.model.words.date_formats import Range
from timeline.model.words.english import EnglishDates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

PSEUDO_TAG = "en-XA"


def bracketed(text: str) -> str:
    """Return a text between brackets that no English text of this program has: ``⟦until⟧``."""
    return f"⟦{text}⟧"


class PseudoDates:
    """The formats of English between brackets, for `DateFormats`."""

    def __init__(self, english: EnglishDates | None = None) -> None:
        self._english = english or EnglishDates()

    def with_weekdays(self) -> PseudoDates:
        """Return the variant with weekdays."""
        return PseudoDates(self._english.with_weekdays())

    def year(self, year: int) -> str:
        """Return a year between brackets."""
        return bracketed(self._english.year(year))

    def month(self, day: date) -> str:
        """Return the month of a day between brackets."""
        return bracketed(self._english.month(day))

    def day(self, day: date) -> str:
        """Return a day between brackets."""
        return bracketed(self._english.day(day))

    def day_of_year(self, day: date) -> str:
        """Return a day without its year between brackets."""
        return bracketed(self._english.day_of_year(day))

    def days_of_year(self, first: date, last: date) -> tuple[str, str]:
        """Return two days of one year, each between brackets."""
        return self.day_of_year(first), self.day(last)

    def month_name(self, month: int) -> str:
        """Return the name of a month between brackets."""
        return bracketed(self._english.month_name(month))

    def weekday_name(self, weekday: int) -> str:
        """Return the name of a weekday between brackets."""
        return bracketed(self._english.weekday_name(weekday))

    def short_weekday_name(self, weekday: int) -> str:
        """Return a short name of a weekday between brackets."""
        return bracketed(self._english.short_weekday_name(weekday))

    def short_month_name(self, month: int) -> str:
        """Return a short name of a month between brackets."""
        return bracketed(self._english.short_month_name(month))

    def short_month(self, day: date) -> str:
        """Return the month of a day with a short name between brackets."""
        return bracketed(self._english.short_month(day))

    def short_day(self, day: date) -> str:
        """Return a day with a short name of its month between brackets."""
        return bracketed(self._english.short_day(day))

    def short_day_of_year(self, day: date) -> str:
        """Return a day with a short name of its month, without its year, between brackets."""
        return bracketed(self._english.short_day_of_year(day))

    def quarter(self, quarter: int, year: int) -> str:
        """Return a quarter between brackets."""
        return bracketed(self._english.quarter(quarter, year))

    def day_of_month(self, day: int) -> str:
        """Return the number of a day in its month between brackets."""
        return bracketed(self._english.day_of_month(day))

    def days_of_month(self, month: int, days: Sequence[int]) -> str:
        """Return days of one month between brackets."""
        return bracketed(self._english.days_of_month(month, days))

    def enumeration(self, texts: Sequence[str]) -> str:
        """Join texts by ``⟦ and ⟧``, because the texts may be an author's."""
        return bracketed(" and ").join(texts)

    def in_days(self, count: int) -> str:
        """Return how far away a day is between brackets."""
        return bracketed(self._english.in_days(count))

    def clock(self, clock: time) -> str:
        """Return a clock time between brackets."""
        return bracketed(self._english.clock(clock))

    def days(self, first: date, last: date) -> Range:
        """Return the range of two days, each end between brackets."""
        return _each_bracketed(self._english.days(first, last))

    def months(self, first: date, last: date) -> Range:
        """Return the range of two months, each end between brackets."""
        return _each_bracketed(self._english.months(first, last))

    def years(self, first: int, last: int) -> Range:
        """Return the range of two years, each end between brackets."""
        return _each_bracketed(self._english.years(first, last))

    def quarters(self, first: int, last: int, year: int) -> Range:
        """Return the range of two quarters, each end between brackets."""
        return _each_bracketed(self._english.quarters(first, last, year))

    def clocks(self, first: time, last: time) -> Range:
        """Return the range of two times of one day, each end between brackets."""
        return _each_bracketed(self._english.clocks(first, last))

    def days_without_year(self, first: date, last: date) -> Range:
        """Return the range of two days of one year, each end between brackets."""
        return _each_bracketed(self._english.days_without_year(first, last))

    def months_without_year(self, first: date, last: date) -> Range:
        """Return the range of two months of one year, each end between brackets."""
        return _each_bracketed(self._english.months_without_year(first, last))


def _each_bracketed(words: Range) -> Range:
    return Range(bracketed(words.first), words.separator, bracketed(words.last))
