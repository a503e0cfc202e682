"""What the extensions for documentation engines share: MkDocs and its forks, Sphinx.

They share the options of `view`, and the Markdown. Each diagnostic becomes a warning of the
engine, so that a strict build fails, and what cannot be shown is left as it was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics import terminal_safe

if TYPE_CHECKING:
    from timeline.diagnostics import Diagnostic
    from timeline.model import Calendar, Event


def warning_text(diagnostic: Diagnostic) -> str:
    """Return the message and the help of a diagnostic in one line."""
    text = diagnostic.message
    if diagnostic.help is not None:
        text += f"; {diagnostic.help}"
    return terminal_safe(" ".join(text.split()))


class Anchors:
    """The ids of the events of one page; no heading is likely to have the same."""

    def __init__(self) -> None:
        self._events: set[str] = set()
        self._names: set[str] = set()

    def take(self, event: Event, calendar: Calendar) -> str | None:
        """Return the id of an event; ``None`` if the event is in the page already.

        Where an event of another calendar has that id, the id names the calendar, too.
        """
        if event.uid in self._events:
            return None
        self._events.add(event.uid)
        for name in (f"event-{event.id}", f"event-{calendar.id.lower()}-{event.id}"):
            if name not in self._names:
                self._names.add(name)
                return name
        return None
