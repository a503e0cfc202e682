"""Events files for the documents: complete a fragment, load the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.compiler.pipeline import Loaded, compile_document
from timeline.source.document import parse_document
from tools.docs.errors import PageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model.events import Calendar, Event

_CALENDAR_KEYS = {"id": "example.org", "name": "Example", "timezone": "Europe/London"}
_EVENT_KEYS = {"id": "example", "summary": "Example", "start": "2025-01-03"}


def load(text: str) -> Loaded:
    """Load the text of an events file."""
    return compile_document(parse_document(text.encode(), "events.yaml"))


def load_event(keys: str) -> tuple[Calendar, Event]:
    """Load one event from its keys; return it with a calendar of this event only.

    Raises:
        PageError: there are diagnostics.
    """
    loaded = load(complete_fragment("event", keys))
    if loaded.diagnostics:
        raise PageError(f"{loaded.diagnostics} in {keys}")
    (event,) = loaded.calendar.events
    return loaded.calendar, event


def complete_fragment(kind: str, text: str) -> str:
    """Return a complete events file with the fragment in it.

    ``kind`` is ``whole``, ``top``, ``calendar``, ``events`` or ``event``, as in the directive
    ``<!-- fragment: KIND -->``.
    """
    match kind:
        case "whole":
            return text
        case "top":
            keys = _top_keys(text)
            calendar = "" if "calendar" in keys else _calendar("")
            events = "" if "events" in keys else "events: []\n"
            return text + calendar + events
        case "calendar":
            return _calendar(text) + "events: []\n"
        case "events":
            return _calendar("") + "events:\n" + _indent(text, "  ")
        case "event":
            event = _indent(_with_defaults(text, _EVENT_KEYS), "    ")
            return _calendar("") + "events:\n  -\n" + event
    raise PageError(f"`{kind}` is not a kind of fragment")


def _calendar(keys: str) -> str:
    return "calendar:\n" + _indent(_with_defaults(keys, _CALENDAR_KEYS), "  ")


def _with_defaults(text: str, defaults: Mapping[str, str]) -> str:
    """Put the keys that a mapping lacks before it."""
    keys = _top_keys(text)
    missing = "".join(f"{key}: {value}\n" for key, value in defaults.items() if key not in keys)
    return missing + text


def _top_keys(text: str) -> set[str]:
    """Return the keys of a block mapping; nested keys keep their indentation and do not match."""
    return {line.partition(":")[0] for line in text.splitlines()}


def _indent(text: str, prefix: str) -> str:
    return "".join(
        f"{prefix}{line}" if line.strip() else line for line in text.splitlines(keepends=True)
    )
