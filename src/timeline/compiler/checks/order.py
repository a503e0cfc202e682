"""Say what an author may have meant by an end that is before its start."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from timeline.dates import (
    ClockTime,
    Date,
    Instant,
    OneSidedDate,
    day_after,
    local_day,
    looks_like_two_years,
    parse_literal_date,
    resolve_clock_time,
)
from timeline.diagnostics import Refusal
from timeline.model import first_day, last_day

if TYPE_CHECKING:
    from timeline.dates import DateExpression
    from timeline.model import Dated

_PLAUSIBLE = timedelta(days=182)
"""The longest span that a slip is assumed to hide: half a year."""

_PLAUSIBLE_NIGHT = timedelta(hours=12)
"""The longest time that is assumed to go over midnight, or to be written the wrong way round."""


def correct_order(when: Dated, written_end: DateExpression | None) -> str:
    """Return what to write in place of an end that is before the start.

    To swap 2024-12-09 and 2023-12-15 would make a span of a year, where a wrong year is more
    likely. So the sides are to be swapped only if that span is short, or nothing else is likely.
    """
    start, end = when.start, when.end
    assert isinstance(end, Date | Instant)  # noqa: S101 - it is before the start
    assert not isinstance(start, OneSidedDate)  # noqa: S101 - it has no such end
    if isinstance(end, Date) and looks_like_two_years(end):
        year = int(end.text[:4])
        return f"this is a season of {year}; for {year} to {year + 1} write `end: {year + 1}`"
    if isinstance(start, Instant) and isinstance(end, Instant) and end.wall > start.wall:
        return "correct the time zone of one of them: by their own clocks they are in order"
    other = None
    if isinstance(written_end, Date | ClockTime):
        other = _next_day(start, end, str(written_end)) or _other_year(start, end, str(written_end))
    if other is None:
        return "swap `start` and `end`"
    return f"swap `start` and `end`, or, {other}" if _may_be_swapped(start, end) else other


def _may_be_swapped(start: Date | Instant, end: Date | Instant) -> bool:
    """Return whether the span would be plausible with its sides exchanged."""
    if isinstance(start, Instant) and isinstance(end, Instant):
        is_one_day = local_day(start) == local_day(end)
        return start.utc - end.utc <= (_PLAUSIBLE_NIGHT if is_one_day else _PLAUSIBLE)
    return first_day(start) - last_day(end) <= _PLAUSIBLE


def _next_day(start: Date | Instant, end: Date | Instant, text: str) -> str | None:
    """Return the help for a night that was written with one date; ``None`` for another span."""
    if not isinstance(start, Instant) or not isinstance(end, Instant):
        return None
    if local_day(start) != local_day(end):
        return None
    better = f"{day_after(local_day(end))}{text[10:]}"
    # 00:00 is often written for the end of a day, which may begin at any time.
    longest = timedelta(days=1) if end.wall.time() == time() else _PLAUSIBLE_NIGHT
    if not _is_plausible(start, _resolve(better, end), longest):
        return None
    return f"if it ends on the next day, write `end: {better}`"


def _other_year(start: Date | Instant, end: Date | Instant, text: str) -> str | None:
    """Return the help for an end that probably has a wrong year; ``None`` for another."""
    if not text[:4].isdecimal():
        return None
    year, written = first_day(start).year, int(text[:4])
    for number in (year, year + 1):
        better = f"{number:04}{text[4:]}"
        if number == written or not _is_plausible(start, _resolve(better, end), _PLAUSIBLE):
            continue
        if number == year:
            return f"write `end: {better}`, in the year of the start"
        return f"if it ends in the next year, write `end: {better}`"
    return None


def _resolve(text: str, end: Date | Instant) -> Date | Instant | None:
    """Return the date of another end in the zone of the end, ``None`` if there is none."""
    try:
        value = parse_literal_date(text)
        zone = end.zone if isinstance(end, Instant) else None
        return resolve_clock_time(value, zone)[0] if isinstance(value, ClockTime) else value
    except Refusal:
        return None


def _is_plausible(start: Date | Instant, end: Date | Instant | None, longest: timedelta) -> bool:
    """Return whether a span from the start to another end is in order and not too long."""
    if isinstance(start, Instant) and isinstance(end, Instant):
        return timedelta() < end.utc - start.utc <= longest
    if not isinstance(start, Date) or not isinstance(end, Date):
        return False
    return timedelta() <= end.latest - start.earliest <= longest
