"""Add to the events of a feed what only its events file says.

A feed has no event without a date, and none of the author's notes on earlier dates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model import Calendar, Event


def left_out(
    file: Calendar, feed: Mapping[str, Event], other: Mapping[str, Event]
) -> dict[str, Event]:
    """Return the events of a file that its feed leaves out and the other side has, by UID.

    Each is as on the other side but for its title, dates, place and status. So an event that only
    lost its date is not one that was removed. One that is left out for another reason, such as
    that all its instances are cancelled, is not among them.
    """
    events = {}
    for event in file.events:
        shown = other.get(event.uid)
        if shown is None or event.uid in feed:
            continue
        known = replace(
            shown,
            summary=event.summary,
            when=event.when,
            location=event.location,
            status=event.status,
        )
        if known != shown:
            events[event.uid] = known
    return events


def with_notes(
    file: Calendar, events: Mapping[str, Event], before: Mapping[str, Event]
) -> dict[str, Event]:
    """Return events with the author's notes on the dates that they had before."""
    noted = dict(events)
    for event in file.events:
        if not event.was or event.uid not in events or event.uid not in before:
            continue
        was = tuple(was for was in event.was if was.when == before[event.uid].when)
        if was:
            noted[event.uid] = replace(events[event.uid], was=was)
    return noted
