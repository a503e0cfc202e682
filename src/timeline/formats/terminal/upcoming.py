"""The events that are on or to come: what ``timeline show --next`` lists."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.model import Tense, Undated, last_day, sort_by_time, tense

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model import Calendar, When


def keep_upcoming(
    calendar: Calendar, dates: Mapping[str, When], as_of: date, count: int
) -> Calendar:
    """Keep the events that are on, and those to come up to the one that has the number ``count``.

    Those to come are counted by the last possible day of their start, as in `next_event_ids`: of
    2027 and 3 January 2027, the day is next.

    ``dates`` are the current dates of each event by its id. Events that are on are not counted: a
    partnership of years would hide the next date. Nor are cancelled ones, because they do not take
    place. An event of which nobody can tell whether it is on or to come is not kept.
    """
    zone = calendar.timezone
    places = {event.id: tense(dates[event.id], as_of, zone) for event in calendar.events}
    kept = {id_ for id_, place in places.items() if place is Tense.NOW}
    to_come = [event for event in calendar.events if places[event.id] is Tense.FUTURE]
    counted = 0
    for event in sorted(sort_by_time(to_come, dates), key=lambda e: _start(dates[e.id], zone)):
        if counted < count:
            counted += event.status != "cancelled"
            kept.add(event.id)
    return replace(calendar, events=tuple(e for e in calendar.events if e.id in kept))


def _start(when: When, zone: str | None) -> date:
    """Return the last possible day of a start; the last of all days where it is not known."""
    return date.max if isinstance(when, Undated) else last_day(when.start, zone) or date.max
