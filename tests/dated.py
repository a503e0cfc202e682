"""Dates for tests of what is made of them: written as in the events file, resolved in Riyadh."""

from __future__ import annotations

from timeline import dates, instant
from timeline.edtf import Date
from timeline.events import AllDay, NoDate, Timed, Undated, When
from timeline.instant import Instant


def resolved(text: str) -> Date | Instant | NoDate:
    """Read one date."""
    found = dates.parse_end(text)
    if isinstance(found, instant.ClockTime):
        return instant.place(found, "Asia/Riyadh")[0]
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
