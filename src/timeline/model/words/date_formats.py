"""How a language writes days, months, years, ranges of them and clock times.

English has its own module, so that an English export imports no Babel; every other language is
written with the patterns of CLDR.
"""

# ruff: noqa: RUF002 - the en dash is the typographer's, not a mistyped hyphen

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time


class Range(Struct, frozen=True):
    """A range of two dates that writes once what they share: ``3``, ``–`` and ``17 January 2025``.

    A phrase such as ``between {first} and {last}`` uses the ends without the separator.
    """

    first: str
    separator: str
    last: str

    def __str__(self) -> str:
        """Return the range: ``3–17 January 2025``."""
        return f"{self.first}{self.separator}{self.last}"


class DateFormats(Protocol):
    """The formats of one language. A year is from 2 to 9998; a range has two different dates.

    A variant of them has the weekday before each day: ``Fri 3 January 2025``.
    """

    def with_weekdays(self) -> DateFormats:
        """Return the variant with weekdays."""

    def year(self, year: int) -> str:
        """Return a year: ``2025``; before 1000 with its era: ``AD 988``."""

    def month(self, day: date) -> str:
        """Return the month of a day: ``January 2025``."""

    def day(self, day: date) -> str:
        """Return a day: ``3 January 2025``."""

    def day_of_year(self, day: date) -> str:
        """Return a day without its year: ``3 January``."""

    def days_of_year(self, first: date, last: date) -> tuple[str, str]:
        """Return two days of one year, with the year once: ``3 January``, ``17 January 2025``."""

    def month_name(self, month: int) -> str:
        """Return the name of a month, from 1 to 12, as it stands alone: ``January``."""

    def weekday_name(self, weekday: int) -> str:
        """Return the name of a weekday, Monday as 0, as it stands alone: ``Monday``."""

    def short_weekday_name(self, weekday: int) -> str:
        """Return a short name of a weekday, Monday as 0, as it stands alone: ``Mon``."""

    def short_month_name(self, month: int) -> str:
        """Return a short name of a month, from 1 to 12, as it stands alone: ``Jan``."""

    def short_month(self, day: date) -> str:
        """Return the month of a day with a short name: ``Jan 2025``."""

    def short_day(self, day: date) -> str:
        """Return a day with a short name of its month: ``3 Jan 2025``."""

    def short_day_of_year(self, day: date) -> str:
        """Return a day with a short name of its month, without its year: ``3 Jan``."""

    def quarter(self, quarter: int, year: int) -> str:
        """Return a quarter, from 1 to 4: ``Q1 2025``."""

    def day_of_month(self, day: int) -> str:
        """Return the number of a day in its month, as a sentence has it: ``1st``."""

    def days_of_month(self, month: int, days: Sequence[int]) -> str:
        """Return days of one month, without a year: ``3 and 17 January``."""

    def enumeration(self, texts: Sequence[str]) -> str:
        """Join texts as a sentence has them: ``a, b and c``."""

    def in_days(self, count: int) -> str:
        """Return how far away a day is, from 1 on: ``in 3 days``."""

    def clock(self, clock: time) -> str:
        """Return a time of 24 hours, to the minute, or to the second if it has any: ``09:00``."""

    def days(self, first: date, last: date) -> Range:
        """Return the range of two days."""

    def months(self, first: date, last: date) -> Range:
        """Return the range of the months of two days in different months."""

    def years(self, first: int, last: int) -> Range:
        """Return the range of two years."""

    def quarters(self, first: int, last: int, year: int) -> Range:
        """Return the range of two quarters of a year: ``Q1–Q3 2025``."""

    def clocks(self, first: time, last: time) -> Range:
        """Return the range of two times of one day."""

    def days_without_year(self, first: date, last: date) -> Range:
        """Return the range of two days of one year: ``3–17 January``."""

    def months_without_year(self, first: date, last: date) -> Range:
        """Return the range of two months of one year: ``January–March``."""
