"""The access classes of events (RFC 5545 3.8.1.3): which events are not for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.model.events import Event

PRIVATE_CLASSES = ("private", "confidential")


def private_event_ids(events: Iterable[Event]) -> frozenset[str]:
    """Return the ids of private and confidential events, and of what is nested in them."""
    private: set[str] = set()
    for event in events:  # an event comes before what is nested in it
        if event.details.class_ in PRIVATE_CLASSES or event.parent in private:
            private.add(event.id)
    return frozenset(private)
