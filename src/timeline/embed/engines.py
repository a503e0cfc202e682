"""Timelines in the pages of documentation engines: MkDocs and its kin, Sphinx.

They share the options of `embed`, and the Markdown. What is wrong becomes a warning of the engine's
own, so that a strict build fails, and what cannot be shown is left as it was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics.render.cells import terminal_safe

if TYPE_CHECKING:
    from timeline.diagnostics.model import Diagnostic
    from timeline.model.events import Calendar, Event


def sentence(found: Diagnostic) -> str:
    """Give what a diagnostic says, in one line."""
    told = found.message if found.help is None else f"{found.message}; {found.help}"
    return terminal_safe(" ".join(told.split()))


class Anchors:
    """The ids that the events of one page have; no heading is likely to have the same."""

    def __init__(self) -> None:
        self._events: set[str] = set()
        self._names: set[str] = set()

    def take(self, event: Event, calendar: Calendar) -> str | None:
        """Give an event its id, or ``None`` where it is in the page for the second time.

        Where an event of another calendar has it, the calendar is named, too.
        """
        if event.uid in self._events:
            return None
        self._events.add(event.uid)
        for name in (f"event-{event.id}", f"event-{calendar.id.lower()}-{event.id}"):
            if name not in self._names:
                self._names.add(name)
                return name
        return None
