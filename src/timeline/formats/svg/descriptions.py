"""What a drawing says of an event in words: beside its bar, when it is pointed at, to listeners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.model import TO_BE_CONFIRMED, recurrence_sentences, when_words

if TYPE_CHECKING:
    from timeline.model import Calendar, Event

LISTED = 24
"""How many events a description names; a longer one nobody would listen to."""


def date_note(event: Event) -> str:
    """Return the date and the state of an event, what it was if it is called off, and its rule."""
    parts = []
    if event.status in ("tentative", "cancelled", "postponed"):
        parts.append(event.status)
    words = when_words(event.when)
    if words != TO_BE_CONFIRMED:
        parts.append(words)
    if event.was and event.status == "postponed":
        parts.append(f"was {when_words(event.was[0].when)}")
    if again := next(recurrence_sentences(event), None):
        parts.append(again[0].lower() + again[1:])
    return _capital(" · ".join(parts))


def describe_event(event: Event) -> str:
    """Return all of it in a few lines."""
    lines = [event.summary, date_note(event) or _capital(TO_BE_CONFIRMED)]
    lines += [f"Was {when_words(was.when)}" for was in event.was if event.status != "postponed"]
    if event.location:
        lines.append(event.location)
    if event.categories:
        lines.append(", ".join(event.categories))
    return "\n".join(lines)


def describe_calendar(calendar: Calendar) -> str:
    """Describe a drawing to those who do not see it."""
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
    """Return whether its bar is an outline: it may not come to pass, or does not."""
    return event.status in ("tentative", "cancelled", "postponed")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
