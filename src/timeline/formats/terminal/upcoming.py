"""The events that are on or to come: what ``timeline show --next`` lists."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from timeline.model import (
    Calendar,
    Event,
    Tense,
    Undated,
    current_dates,
    earliest,
    sort_by_time,
    tense,
)


def keep_upcoming(calendar: Calendar, as_of: date, count: int) -> Calendar:
    """Keep the events that are on, or may be, and the first ``count`` of those to come.

    Those that are on are not counted: a partnership of years would hide the next date.
    """
    upcoming = {
        event.id: current_dates(event, as_of)
        for event in sort_by_time(calendar.events)
        if is_upcoming(event, as_of)
    }
    future = [id_ for id_, when in upcoming.items() if tense(when, as_of) is Tense.FUTURE]
    future.sort(key=lambda id_: earliest(upcoming[id_]) or date.max)
    kept = upcoming.keys() - future[max(count, 0) :]
    return replace(calendar, events=tuple(e for e in calendar.events if e.id in kept))


def is_upcoming(event: Event, as_of: date) -> bool:
    """Return whether an event is on, may be, or is to come; undated events are not."""
    when = current_dates(event, as_of)
    return not isinstance(when, Undated) and tense(when, as_of) is not Tense.PAST
