"""Define what the extensions for MkDocs, its forks and Sphinx share.

The options of a timeline and its Markdown are the same in all of them. Each diagnostic becomes a
warning of the engine, so that a strict build fails; a timeline with an error is left as written.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.diagnostics import terminal_safe
from timeline.embed.inline_diagram import diagram_chunks
from timeline.model import (
    Undated,
    category_ranks,
    choose_language,
    dates_as_of,
    first_category,
    language_notice,
    language_of,
    next_event_ids,
    tense,
)

if TYPE_CHECKING:
    from datetime import date

    from timeline.diagnostics import Diagnostic
    from timeline.embed.view import Excerpt
    from timeline.model import Calendar, Event


STYLESHEET = Path(__file__).with_name("static") / "timeline.css"
"""The style sheet of the classes of `EventClasses`, which MkDocs and Sphinx add to their pages."""


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


def day_of_build() -> date:
    """Return the day of SOURCE_DATE_EPOCH in UTC, with which builds are reproducible, else today.

    It matters only to timelines that show the next events without a day from which to count.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and int(epoch[:12]) <= _LAST_EPOCH:
        return datetime.fromtimestamp(int(epoch[:12]), UTC).date()
    return datetime.now().astimezone().date()


_LAST_EPOCH = 253_370_764_799
"""The last second of the year 9998, the last year that an events file can have."""

COLORS = 7
"""The number of colours of categories in the style sheet; more categories begin again."""


class EventClasses:
    """The classes by which a style sheet knows the events of a timeline.

    ``timeline-cancelled`` and so on are the status, ``timeline-undated`` is for events without a
    start, and as of a day ``timeline-past``, ``timeline-now`` or ``timeline-next``. The category is
    ``timeline-c1`` to ``timeline-c7``, by its place in the events file, as in the diagram, and the
    colour that the file gives the event or its category is ``timeline-color-teal`` and so on.
    """

    def __init__(self, calendar: Calendar, as_of: date | None) -> None:
        self._ranks = category_ranks(calendar)
        self._zone, self._as_of = calendar.timezone, as_of
        self._dates = dates_as_of(calendar, as_of)
        self._next = next_event_ids(calendar, as_of, self._dates) if as_of else frozenset()

    def of(self, event: Event) -> list[str]:
        """Return the classes of an event."""
        classes = ["event"]
        if category := first_category(event):
            classes.append(f"c{self._ranks[category] % COLORS + 1}")
        if event.color:
            classes.append(f"color-{event.color}")
        if event.status and event.status != "confirmed":
            classes.append(event.status)
        if isinstance(event.when, Undated):
            classes.append("undated")
        elif self._as_of and event.id in self._next:
            classes.append("next")
        elif self._as_of and (place := tense(self._dates[event.id], self._as_of, self._zone)):
            classes.append(place.value)
        return [f"timeline-{name}" for name in classes]


class EventAnchors:
    """The ids of the events of one page, which are unlike those of headings."""

    def __init__(self) -> None:
        self._events: dict[str, str | None] = {}
        self._names: set[str] = set()
        self._drawn = Counter[str]()

    def take(self, event: Event, calendar: Calendar) -> str | None:
        """Return the id of an event; ``None`` if the event is in the page already.

        Where an event of another calendar has that id, the id names the calendar, too.
        """
        if event.uid in self._events:
            return None
        self._events[event.uid] = None
        for name in (f"event-{event.id}", f"event-{calendar.id.lower()}-{event.id}"):
            if name not in self._names:
                self._names.add(name)
                self._events[event.uid] = name
                return name
        return None

    def take_all(self, excerpt: Excerpt) -> dict[str, str]:
        """Return the ids of those events of an excerpt that the page does not have yet."""
        names = {event.id: self.take(event, excerpt.calendar) for event in excerpt.events()}
        return {event_id: name for event_id, name in names.items() if name is not None}

    def draw(self, excerpt: Excerpt) -> str:
        """Return the diagram of an excerpt, once all other timelines of the page are known."""
        if excerpt.is_picture:
            return excerpt.text
        calendar = excerpt.calendar
        self._drawn[calendar.id] += 1
        chunks = diagram_chunks(
            calendar,
            excerpt.options.as_of,
            self._link_prefix(calendar),
            self._drawn[calendar.id],
        )
        return b"".join(chunks).decode()

    def _link_prefix(self, calendar: Calendar) -> str | None:
        """Return what is before the ids in the links to all events, ``None`` if one has none."""
        for prefix in ("event-", f"event-{calendar.id.lower()}-"):
            names = {event.uid: f"{prefix}{event.id}" for event in calendar.events}
            if names and all(self._events.get(uid) == name for uid, name in names.items()):
                return f"#{prefix}"
        return None
