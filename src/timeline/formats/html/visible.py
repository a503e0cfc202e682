"""Which events are on a page: not the private and confidential ones, unless asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from timeline.formats.html.options import HtmlOptions
    from timeline.model import Calendar

HIDDEN_CLASSES = ("private", "confidential")


def visible_calendar(calendar: Calendar, options: HtmlOptions) -> Calendar:
    """Return a calendar with only the events that are on the page."""
    return calendar if options.all_classes else without_private_events(calendar)


def without_private_events(calendar: Calendar) -> Calendar:
    """Return a calendar without its private and confidential events."""
    events = tuple(event for event in calendar.events if event.details.class_ not in HIDDEN_CLASSES)
    return calendar if len(events) == len(calendar.events) else replace(calendar, events=events)
