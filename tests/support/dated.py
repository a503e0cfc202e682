"""Dates for tests of what is made of them: written as in the events file, resolved in Riyadh."""

from __future__ import annotations

from timeline.dates.calendar_units import Date
from timeline.dates.clock_times import ClockTime
from timeline.dates.fields import parse_end
from timeline.dates.instants import Instant, resolve_clock_time
from timeline.model.events import AllDay, NoDate, Timed, Undated, When


def resolved(text: str) -> Date | Instant | NoDate:
    """Read one date."""
    found = parse_end(text)
    if isinstance(found, ClockTime):
        return resolve_clock_time(found, "Asia/Riyadh")[0]
    assert isinstance(found, Date | NoDate)
    return found


def when(start: str, end: str | None = None) -> When:
    """Read a start, and an end if there is one."""
    first, last = resolved(start), resolved(end) if end else None
    if isinstance(first, Date):
        assert not isinstance(last, Instant)
        return AllDay(first, last)
    if isinstance(first, Instant):
        assert not isinstance(last, Date)
        return Timed(first, last)
    return Undated(last)
