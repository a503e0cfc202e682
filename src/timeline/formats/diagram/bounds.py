"""The four bounds of an event: when it starts and when it ends, at the earliest and at the latest.

Every output that shows what is certain and what is not reads these: the diagram, the page and the
script of the page. From the latest start to the earliest end an event is certainly on; from the
earliest start to the latest end it may be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates import OPEN, Date, Instant, NoDate, OneSidedDate, Qualification, local_day
from timeline.model import Undated

if TYPE_CHECKING:
    from datetime import date as Day  # noqa: N812 - `Date` is one that may not be known

    from timeline.model import When

    Bound = Day | Instant | None

_CERTAIN = Qualification.CERTAIN


class Bounds(Struct, frozen=True):
    """The bounds of an event; days are inclusive, and ``None`` is a bound that is not known.

    With ``goes_on`` there is no end. ``start_sure`` and ``end_sure`` say how sure the author is.
    An event without an end is on one day or at one time: its end has the bounds of its start, and
    ``is_point`` is set.
    """

    first_start: Bound
    last_start: Bound
    first_end: Bound
    last_end: Bound
    goes_on: bool = False
    is_point: bool = False
    start_sure: Qualification = _CERTAIN
    end_sure: Qualification = _CERTAIN


def event_bounds(when: When) -> Bounds | None:
    """Return the bounds of dates; ``None`` without a start."""
    if isinstance(when, Undated):
        return None
    start, end, sure = when.start, when.end, when.start.qualification
    first, last = _sides(start)
    if isinstance(end, NoDate) and not isinstance(start, OneSidedDate):
        # An end to be confirmed may be as early as the start; an open one is never.
        is_open = end is OPEN
        return Bounds(first, last, None if is_open else first, None, is_open, start_sure=sure)
    if end is None or isinstance(end, NoDate):
        return Bounds(first, last, first, last, is_point=True, start_sure=sure, end_sure=sure)
    # An event ends after it starts, so each side limits the other.
    first_end, last_end = _sides(end)
    return Bounds(
        first,
        _earlier(last, last_end),
        _later(first, first_end),
        last_end,
        start_sure=sure,
        end_sure=end.qualification,
    )


def _sides(side: Date | OneSidedDate | Instant) -> tuple[Bound, Bound]:
    return (side, side) if isinstance(side, Instant) else (side.earliest, side.latest)


def _earlier(start: Bound, end: Bound) -> Bound:
    return end if _is_before(end, start) else start


def _later(start: Bound, end: Bound) -> Bound:
    return start if _is_before(end, start) else end


def _is_before(bound: Bound, other: Bound) -> bool:
    if bound is None or other is None:
        return False
    if isinstance(bound, Instant) and isinstance(other, Instant):
        return bound.utc < other.utc
    return local_day(bound) < local_day(other)
