"""Define what the extensions for MkDocs, its forks and Sphinx share.

The options of a timeline and its Markdown are the same in all of them. Each diagnostic becomes a
warning of the engine, so that a strict build fails; a timeline with an error is left as written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics import terminal_safe
from timeline.model import choose_language, language_notice, language_of

if TYPE_CHECKING:
    from timeline.diagnostics import Diagnostic
    from timeline.model import Calendar, Event


def warning_text(diagnostic: Diagnostic) -> str:
    """Return the message and the help of a diagnostic in one line."""
    text = diagnostic.message
    if diagnostic.help is not None:
        text += f"; {diagnostic.help}"
    return terminal_safe(" ".join(text.split()))


def language_attributes(calendar: Calendar) -> dict[str, str]:
    """Return the attributes `lang` and `dir` of the element that contains a timeline.

    Without a language, a timeline has those of its page.
    """
    if calendar.language is None:
        return {}
    is_right_to_left = language_of(calendar.language).is_right_to_left
    return {"dir": "rtl" if is_right_to_left else "ltr", "lang": calendar.language}


def language_warning(calendar: Calendar) -> str | None:
    """Return the warning for a timeline in English because Babel is not installed, else ``None``.

    A language without words is nothing that a build could change, so it is not reported here.
    """
    tag = calendar.language
    return language_notice(tag) if tag and choose_language(tag).lacks_babel else None


class EventAnchors:
    """The ids of the events of one page, which are unlike those of headings."""

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
