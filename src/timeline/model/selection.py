"""A part of a calendar: what ``export`` and ``show`` are asked for, and what feeds hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.model.events import Undated, earliest, latest
from timeline.model.occurrences import lasting

if TYPE_CHECKING:
    from datetime import date

    from timeline.model.events import Calendar, Event


class Selection(Struct, frozen=True):
    """Within a key any matches, between keys all must; an empty one asks nothing.

    ``first`` and ``last`` are days, both inclusive: events that may lie on one of them match.
    """

    ids: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return bool(self.ids or self.categories or self.first or self.last)


def select(calendar: Calendar, selection: Selection) -> Calendar:
    """Give the calendar with those of its events that match."""
    if not selection:
        return calendar
    events = tuple(event for event in calendar.events if _matches(event, selection))
    return replace(calendar, events=events)


def _matches(event: Event, selection: Selection) -> bool:
    if selection.ids and event.id not in selection.ids:
        return False
    if selection.categories and selection.categories.isdisjoint(event.categories):
        return False
    if not (selection.first or selection.last):
        return True
    if isinstance(event.when, Undated):
        return False
    lasts = lasting(event)
    begins, ends = earliest(lasts), latest(lasts)
    if selection.last and begins and begins > selection.last:
        return False
    # An end that is open or to be confirmed has no last day: it goes on, or may.
    return not (selection.first and ends and ends < selection.first)
