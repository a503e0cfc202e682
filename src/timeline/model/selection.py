"""The selection of events by id, category and date: ``export``, ``show`` and ``embed`` use it."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - `typing.get_type_hints` reads it
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.model.occurrences import is_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.model.events import Calendar, Event


class Selection(Struct, frozen=True):
    """The criteria: within a field any value matches, between fields all must; empty ones match.

    ``ids`` and ``categories`` are names. ``first`` and ``last`` are days, both inclusive. An event
    matches that may lie on one of them, in the calendar's time zone or, of a time, in that of its
    own place; a series if an instance does.
    """

    ids: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return bool(self.ids or self.categories or self.first or self.last)


def select_events(calendar: Calendar, selection: Selection) -> Calendar:
    """Return the calendar with only the events that match.

    It has no feeds, unless nothing is selected: they select from all events themselves.
    """
    if not selection:
        return calendar
    zone = calendar.timezone
    events = tuple(event for event in calendar.events if _matches(event, selection, zone))
    return replace(
        calendar,
        events=events,
        feeds=(),
        first_selected=selection.first,
        last_selected=selection.last,
    )


def unknown_names(
    selection: Selection, calendars: Sequence[Calendar]
) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the ids and categories of a selection that no calendar has, sorted.

    Each is a triple of the field of the selection, the name, and the names that are known.
    """
    if not (selection.ids or selection.categories):
        return
    events = [event for calendar in calendars for event in calendar.events]
    categories = {name for event in events for name in event.categories}
    categories.update(declared.name for calendar in calendars for declared in calendar.categories)
    for field, names, known in (
        ("ids", selection.ids, {event.id for event in events}),
        ("categories", selection.categories, categories),
    ):
        for name in sorted(names - known):
            yield field, name, sorted(known)


def _matches(event: Event, selection: Selection, zone: str | None) -> bool:
    if selection.ids and event.id not in selection.ids:
        return False
    if selection.categories and selection.categories.isdisjoint(event.categories):
        return False
    if not (selection.first or selection.last):
        return True
    return is_between(event, selection.first, selection.last, zone)
