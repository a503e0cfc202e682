"""The events that are on or to come: what ``timeline show --next`` lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.model import Tense, sort_by_time, tense

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from timeline.model import Calendar, When


def keep_upcoming(
    calendar: Calendar, dates: Mapping[str, When], as_of: date, count: int
) -> Calendar:
    """Keep the events that are on, and those to come up to the one that has the number ``count``.

    ``dates`` are the current dates of each event by its id. Events that are on are not counted: a
    partnership of years would hide the next date. Nor are cancelled ones, because they do not take
    place. An event of which nobody can tell whether it is on or to come is not kept.
    """
    kept, counted = set[str](), 0
    for event in sort_by_time(calendar.events, dates):
        place = tense(dates[event.id], as_of, calendar.timezone)
        if place is Tense.FUTURE and counted < count:
            counted += event.status != "cancelled"
            kept.add(event.id)
        elif place is Tense.NOW:
            kept.add(event.id)
    return replace(calendar, events=tuple(e for e in calendar.events if e.id in kept))
