"""Values of iCalendar properties: dates, times and durations (RFC 5545 3.3)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.dates import is_utc_zone

if TYPE_CHECKING:
    from datetime import datetime

    from timeline.dates import Instant


def date_line(name: str, value: date | Instant) -> str:
    """Return the content line of a DATE or a DATE-TIME property, with the parameters it needs."""
    if isinstance(value, date):
        return f"{name};VALUE=DATE:{_format_day(value)}"
    if has_tzid(value):
        return f"{name};TZID={value.zone}:{_format_wall_time(value.wall)}"
    return f"{name}:{format_utc(value)}"


def has_tzid(value: Instant) -> bool:
    """Return whether a time is written with a TZID; any other is written in UTC.

    UTC is needed for an offset, which has no TZID, and for the second of two equal clock times,
    because RFC 5545 3.3.5 reads such a time with a TZID as the first.
    """
    if value.zone[0] in "+-" or is_utc_zone(value.zone):
        return False
    return value.moment.fold == 0


def format_utc(value: Instant) -> str:
    """Return a DATE-TIME in UTC: ``20250103T060000Z``."""
    return _format_wall_time(value.utc.replace(tzinfo=None)) + "Z"


def _format_wall_time(wall: datetime) -> str:
    return wall.isoformat().replace("-", "").replace(":", "")


@lru_cache(4096)  # ten years of days, more than most feeds have
def _format_day(value: date) -> str:
    return value.isoformat().replace("-", "")


def format_duration(length: timedelta) -> str:
    """Return a DURATION (RFC 5545 3.3.6): weeks alone, else days and time."""
    sign, length = ("-", -length) if length < timedelta() else ("", length)
    if length and length % timedelta(weeks=1) == timedelta():
        return f"{sign}P{length // timedelta(weeks=1)}W"
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    clock = "".join(f"{number}{unit}" for number, unit in parts if number)
    days = f"{length.days}D" if length.days else ""
    if not days and not clock:
        return "PT0S"
    return f"{sign}P{days}" + (f"T{clock}" if clock else "")
