"""Compare the dates of an event: which days were possible before, and which are now.

Each side of a span is a set of days, or one time. A set that lies within another is narrower.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.changes.kinds import Kind
from timeline.dates import OPEN, Date, Instant, NoDate, OneSidedDate, Qualification, local_day
from timeline.model import Undated

if TYPE_CHECKING:
    from datetime import datetime

    from timeline.model import When


class _Possible(Struct, frozen=True):
    """The days from ``first`` to ``last``, or one time; an open end is no day at all."""

    first: date = date.min
    last: date = date.max
    time: datetime | None = None
    is_open: bool = False

    def contains(self, other: _Possible) -> bool:
        if self.is_open or other.is_open or self.time is not None:
            return self == other
        return self.first <= other.first and other.last <= self.last


def date_kind(before: When, after: When) -> Kind | None:
    """Return how dates changed; ``None`` if they say the same, in whatever notation."""
    old, new = _sides(before), _sides(after)
    if old == new:
        return _kind_by_certainty(before, after)
    if all(wide.contains(narrow) for wide, narrow in zip(old, new, strict=True)):
        return Kind.NARROWED
    if all(wide.contains(narrow) for wide, narrow in zip(new, old, strict=True)):
        return Kind.WIDENED
    return Kind.MOVED


def moved_edges(before: When, after: When) -> frozenset[str]:
    """Return which of ``start`` and ``end`` are other days or times, or less or more certain."""
    old, new = _sides(before), _sides(after)
    doubts = {index for index, _ in _doubts(before) ^ _doubts(after)}
    edges = enumerate(("start", "end"))
    return frozenset(edge for at, edge in edges if old[at] != new[at] or at in doubts)


def zones_of(when: When) -> tuple[str | None, ...]:
    """Return the time zone of each side."""
    sides = (None if isinstance(when, Undated) else when.start, when.end)
    return tuple(side.zone if isinstance(side, Instant) else None for side in sides)


def _sides(when: When) -> tuple[_Possible, _Possible]:
    start = _Possible() if isinstance(when, Undated) else _possible(when.start)
    return start, start if when.end is None else _possible(when.end)


def _possible(side: Date | OneSidedDate | Instant | NoDate) -> _Possible:
    if isinstance(side, Instant):
        day = local_day(side)
        return _Possible(day, day, side.utc)
    if isinstance(side, NoDate):
        return _Possible(is_open=side is OPEN)
    return _Possible(side.earliest or date.min, side.latest or date.max)


def _kind_by_certainty(before: When, after: When) -> Kind | None:
    """Return the kind for the same days: fewer doubts confirm them, and others do not."""
    old, new = _doubts(before), _doubts(after)
    if old == new:
        return None
    return Kind.CONFIRMED if new < old else Kind.UNCONFIRMED


def _doubts(when: When) -> frozenset[tuple[int, str]]:
    """Return the doubts of each side, of which ``%`` is two."""
    start = None if isinstance(when, Undated) else when.start
    end = start if when.end is None else when.end
    doubts = set()
    for index, side in enumerate((start, end)):
        if isinstance(side, Date | OneSidedDate | Instant):
            qualification: Qualification = side.qualification
            doubts |= {(index, "~")} if qualification.is_approximate else set()
            doubts |= {(index, "?")} if qualification.is_uncertain else set()
    return frozenset(doubts)
