"""The category that an event is shown with, which is its first, and the order of categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.model.events import Calendar, Event


def first_category(event: Event) -> str | None:
    """Return the first category of an event, or ``None``."""
    return event.categories[0] if event.categories else None


def category_ranks(calendar: Calendar) -> dict[str, int]:
    """Return the places of categories from 0: those declared first, then in order of first use."""
    declared = dict.fromkeys(category.name for category in calendar.categories)
    used = dict.fromkeys(filter(None, map(first_category, calendar.events)))
    return {name: rank for rank, name in enumerate(declared | used)}
