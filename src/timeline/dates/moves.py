"""Move days and times, and stay within the years that dates may have."""

from __future__ import annotations

from datetime import date, timedelta

FIRST_YEAR = 2
LAST_YEAR = 9998
"""Both ends leave a year free, so that no exclusive end and no zone offset leaves 1 to 9999."""

FIRST_DAY = date(FIRST_YEAR, 1, 1)
LAST_DAY = date(LAST_YEAR, 12, 31)


def move_day_within(day: date, days: int) -> date:
    """Return a day moved by a number of days, but not beyond the first and the last day."""
    try:
        return min(max(day + timedelta(days=days), FIRST_DAY), LAST_DAY)
    except OverflowError:
        return FIRST_DAY if days < 0 else LAST_DAY
