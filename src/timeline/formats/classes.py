"""Which events a page or a diagram shows by their class: not the private and confidential ones.

Everybody who has the file can read it; a class is only a request to calendar apps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.model import PRIVATE_CLASSES

if TYPE_CHECKING:
    from timeline.model import Calendar


def without_private_events(calendar: Calendar) -> Calendar:
    """Return a calendar without its private and confidential events, and what is nested in them.

    What is nested in one stays out also where a selection has left out that one.
    """
    hidden = calendar.private_ids
    if not hidden:
        return calendar
    events = tuple(event for event in calendar.events if event.id not in hidden)
    return calendar if len(events) == len(calendar.events) else replace(calendar, events=events)


def visible_calendar(calendar: Calendar, *, all_classes: bool) -> Calendar:
    """Return a calendar with the events that an output shows."""
    return calendar if all_classes else without_private_events(calendar)


def hidden_events_notices(calendar: Calendar, place: str) -> list[str]:
    """Return how many events of a calendar are not shown at a place, such as "on the page"."""
    hidden = len(calendar.events) - len(without_private_events(calendar).events)
    if not hidden:
        return []
    classes = " or ".join(f"`{name}`" for name in PRIVATE_CLASSES)
    what = "1 event is" if hidden == 1 else f"{hidden:,} events are"
    notice = f"{what} not {place}, by the class {classes}: --all-classes shows them"
    return [f"{notice}; the feed, the CSV and the Markdown have them"]
