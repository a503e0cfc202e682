"""The events that are on or to come: what ``timeline show --next`` lists."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.model import Tense, Undated, earliest, sort_by_time, tense

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model import Calendar, When


def keep_upcoming(
    calendar: Calendar, dates: Mapping[str, When], as_of: date, count: int
) -> Calendar:
    """Keep the events that are on, or may be, and the first ``count`` of those to come.

    ``dates`` are the current dates of each event by its id. Events that are on are not counted: a
    partnership of years would hide the next date.
    """
    zone = calendar.timezone
    upcoming = {
        event.id: dates[event.id]
        for event in sort_by_time(calendar.events)
        if is_upcoming(dates[event.id], as_of, zone)
    }
    future = [id_ for id_, when in upcoming.items() if tense(when, as_of, zone) is Tense.FUTURE]
    future.sort(key=lambda id_: earliest(upcoming[id_]) or date.max)
    kept = upcoming.keys() - future[max(count, 0) :]
    return replace(calendar, events=tuple(e for e in calendar.events if e.id in kept))


def is_upcoming(when: When, as_of: date, zone: str | None) -> bool:
    """Return whether dates are on, may be, or are to come; those without a start are not."""
    return not isinstance(when, Undated) and tense(when, as_of, zone) is not Tense.PAST
