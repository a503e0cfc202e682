"""Dates as in the events file: parsed, refused, or resolved in Riyadh."""

from __future__ import annotations

import pytest

from timeline.dates import DateExpression, NoDate, OneSidedDate
from timeline.dates.calendar_units import Date
from timeline.dates.clock_times import ClockTime
from timeline.dates.fields import parse_end, parse_start
from timeline.dates.instants import Instant, resolve_clock_time
from timeline.diagnostics.model import Refusal
from timeline.model.events import Undated, When, make_when


def resolved(text: str) -> Date | Instant | NoDate:
    """Return a date, a time or none."""
    value = _resolved(parse_end(text))
    assert not isinstance(value, OneSidedDate)
    return value


def _resolved(value: DateExpression) -> Date | OneSidedDate | Instant | NoDate:
    if isinstance(value, ClockTime):
        return resolve_clock_time(value, "Asia/Riyadh")[0]
    assert isinstance(value, Date | OneSidedDate | NoDate)
    return value


def when(start: str, end: str | None = None) -> When:
    """Return the dates of an event from its start and end."""
    first, last = _resolved(parse_start(start)), resolved(end) if end else None
    return Undated(last) if isinstance(first, NoDate) else make_when(first, last)


def refusal(text: str) -> Refusal:
    """Return the refusal of a text as a start."""
    with pytest.raises(Refusal) as caught:
        parse_start(text)
    return caught.value
