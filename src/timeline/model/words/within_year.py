"""The dates of one year without the year, for what stands below a heading that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from datetime import date

    from timeline.model.words.date_formats import DateFormats, Range


class _DatesWithinYear:
    """The formats of a language, in which days and months of one year are without it."""

    def __init__(self, dates: DateFormats, year: int) -> None:
        self._dates = dates
        self._year = year

    def __getattr__(self, name: str) -> Any:
        """Return the format of the language, for what has no year of its own."""
        return getattr(self._dates, name)

    def day(self, day: date) -> str:
        """Return a day: ``3 January``."""
        return self._dates.day_of_year(day) if day.year == self._year else self._dates.day(day)

    def days_of_year(self, first: date, last: date) -> tuple[str, str]:
        """Return two days of one year: ``3 January``, ``17 January``."""
        if first.year != self._year:
            return self._dates.days_of_year(first, last)
        return self._dates.day_of_year(first), self._dates.day_of_year(last)

    def month(self, day: date) -> str:
        """Return the month of a day: ``January``."""
        is_within = day.year == self._year
        return self._dates.month_name(day.month) if is_within else self._dates.month(day)

    def days(self, first: date, last: date) -> Range:
        """Return the range of two days: ``3–17 January``."""  # noqa: RUF002 - an en dash
        if first.year == last.year == self._year:
            return self._dates.days_without_year(first, last)
        return self._dates.days(first, last)

    def months(self, first: date, last: date) -> Range:
        """Return the range of the months of two days: ``January–March``."""  # noqa: RUF002
        if first.year == last.year == self._year:
            return self._dates.months_without_year(first, last)
        return self._dates.months(first, last)


def dates_within_year(dates: DateFormats, year: int) -> DateFormats:
    """Return the formats in which days and months of a year are without it."""
    return cast("DateFormats", _DatesWithinYear(dates, year))
