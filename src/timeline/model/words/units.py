"""Days, months and years in words, and ranges of each: ``3–17 January 2025``, ``2024–2026``.

En dashes join without spaces inside a unit (``3–17 January 2025``) and with spaces between full
dates (``30 December 2025 – 2 January 2026``).
"""

# ruff: noqa: RUF001, RUF002 - the en dash is the typographer's, not a mistyped hyphen

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.dates import MONTH_NAMES

if TYPE_CHECKING:
    from datetime import date

Joins = tuple[str, str]
"""What joins the ends of a range: within a unit, and between two full dates."""

DASH: Joins = ("–", " – ")
AND: Joins = (" and ", " and ")


def year_words(year: int) -> str:
    """Return a year; one of fewer than four digits has an era, so that it is not read as a day."""
    return str(year) if year >= 1000 else f"AD {year}"


def month_words(day: date) -> str:
    """Return the month of a day: ``January 2025``."""
    return f"{MONTH_NAMES[day.month - 1]} {year_words(day.year)}"


@lru_cache(4096)  # ten years of days: many events share a day
def day_words(day: date) -> str:
    """Return a day: ``3 January 2025``."""
    year = day.year
    return f"{day_of_year(day)} {year if year >= 1000 else year_words(year)}"


def day_of_year(day: date) -> str:
    """Return a day without its year: ``3 January``."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]}"


def day_range(first: date, last: date, joins: Joins) -> str:
    """Join two days, and write once what they share."""
    if first.year != last.year:
        return f"{day_words(first)}{joins[1]}{day_words(last)}"
    if first.month != last.month:
        return f"{day_of_year(first)}{joins[1]}{day_words(last)}"
    if first.day == last.day:
        return day_words(first)
    return f"{first.day}{joins[0]}{day_words(last)}"


def month_range(first: date, last: date, joins: Joins) -> str:
    """Join the months of two days, and write once what they share."""
    if first.year != last.year:
        return f"{month_words(first)}{joins[1]}{month_words(last)}"
    return f"{MONTH_NAMES[first.month - 1]}{joins[0]}{month_words(last)}"


def year_range(first: int, last: int, joins: Joins) -> str:
    """Join two years; those with an era are joined like full dates."""
    return f"{year_words(first)}{joins[first < 1000]}{year_words(last)}"
