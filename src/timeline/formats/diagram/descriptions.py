"""The texts of an event in the diagram: beside its bar, as a tooltip, and for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.model import (
    capitalized,
    first_dates,
    is_to_be_confirmed,
    isolated,
    isolated_items,
    recurrence_sentences,
    status_words,
    to_be_confirmed,
    uncapitalized,
    when_words,
    wording_of,
)

if TYPE_CHECKING:
    from datetime import date

    from timeline.model import Calendar, Event, Wording

LISTED = 24
"""The most events that the description names; a longer text is too much for a listener."""


def date_note(event: Event, wording: Wording) -> str:
    """Return the status and the date of an event, its latest earlier date, and its rule."""
    parts = []
    if event.status in ("tentative", "cancelled", "postponed"):
        parts.append(status_words(event.status, wording))
    if not is_to_be_confirmed(event.when):
        parts.append(when_words(first_dates(event), wording))
    if event.was:
        words = when_words(event.was[0].when, wording)
        parts.append(wording.phrase("was {date}", date=words))
    if again := next(recurrence_sentences(event, wording), None):
        parts.append(uncapitalized(again, wording))
    return capitalized(" · ".join(parts))


def describe_event(event: Event, wording: Wording) -> str:
    """Return the tooltip of an event: its name, date, place and categories, a line each."""
    lines = [event.summary, date_note(event, wording) or capitalized(to_be_confirmed(wording))]
    lines += [
        wording.phrase("Before that {date}", date=when_words(was.when, wording))
        for was in event.was[1:]
    ]
    if event.location:
        lines.append(event.location)
    if event.categories:
        lines.append(isolated_items(event.categories, wording))
    return "\n".join(lines)


def describe_calendar(calendar: Calendar, *, as_of: date | None = None) -> str:
    """Return the description of the diagram for people who do not see it."""
    events, wording = calendar.events, wording_of(calendar, as_of=as_of)
    parts = [f"{calendar.description.strip()}\n"] if calendar.description else []
    if len(events) == 1:
        parts.append(wording.phrase("A timeline of 1 event."))
    else:
        parts.append(wording.phrase("A timeline of {count} events.", count=len(events)))
    parts += (
        f"{wording.label(isolated(event.summary, wording))} "
        f"{date_note(event, wording) or to_be_confirmed(wording)}."
        for event in events[:LISTED]
    )
    if len(events) > LISTED:
        parts.append(wording.phrase("And {count} more.", count=len(events) - LISTED))
    return "\n".join(parts)


def is_hollow(event: Event) -> bool:
    """Return whether the bar of an event is an outline, because it may not take place."""
    return event.status in ("tentative", "cancelled", "postponed")
