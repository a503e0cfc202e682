"""The texts of an event in the diagram: beside its bar, as a tooltip, and for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.model import (
    TO_BE_CONFIRMED,
    capitalized,
    first_dates,
    is_to_be_confirmed,
    recurrence_sentences,
    uncapitalized,
    when_words,
)

if TYPE_CHECKING:
    from timeline.model import Calendar, Event

LISTED = 24
"""The most events that the description names; a longer text is too much for a listener."""


def date_note(event: Event) -> str:
    """Return the status and the date of an event, its latest earlier date, and its rule."""
    parts = []
    if event.status in ("tentative", "cancelled", "postponed"):
        parts.append(event.status)
    if not is_to_be_confirmed(event.when):
        parts.append(when_words(first_dates(event)))
    if event.was:
        parts.append(f"was {when_words(event.was[0].when)}")
    if again := next(recurrence_sentences(event), None):
        parts.append(uncapitalized(again))
    return capitalized(" · ".join(parts))


def describe_event(event: Event) -> str:
    """Return the tooltip of an event: its name, date, place and categories, a line each."""
    lines = [event.summary, date_note(event) or capitalized(TO_BE_CONFIRMED)]
    lines += [f"Before that {when_words(was.when)}" for was in event.was[1:]]
    if event.location:
        lines.append(event.location)
    if event.categories:
        lines.append(", ".join(event.categories))
    return "\n".join(lines)


def describe_calendar(calendar: Calendar) -> str:
    """Return the description of the diagram for people who do not see it."""
    events = calendar.events
    count = f"{len(events)} event{'' if len(events) == 1 else 's'}"
    parts = [f"{calendar.description.strip()}\n"] if calendar.description else []
    parts.append(f"A timeline of {count}.")
    parts += (
        f"{event.summary}: {date_note(event) or TO_BE_CONFIRMED}." for event in events[:LISTED]
    )
    if len(events) > LISTED:
        parts.append(f"And {len(events) - LISTED} more.")
    return "\n".join(parts)


def is_hollow(event: Event) -> bool:
    """Return whether the bar of an event is an outline, because it may not take place."""
    return event.status in ("tentative", "cancelled", "postponed")
