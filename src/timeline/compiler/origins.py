"""Find where the events of a calendar are in its files, and how their dates are written."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from timeline.compiler.resolve.expressions import relative_dates
from timeline.dates import parse_end, parse_start
from timeline.diagnostics import STDIN, Refusal
from timeline.model import EventOrigin

if TYPE_CHECKING:
    from typing import Any

    from timeline.compiler.pipeline import Loaded
    from timeline.model import Event


def event_origins(loaded: Loaded) -> dict[str, EventOrigin]:
    """Return the origin of each event by its id."""
    document = loaded.document
    root = document.names[0]
    folder = os.path.dirname(root)  # noqa: PTH120 - as text
    names = {
        name: name if STDIN in (name, root) else os.path.relpath(name, folder or ".")
        for name in document.names
    }
    origins = {}
    for event in loaded.calendar.events:
        written: Any = document.value(event.path)
        start, end, duration = (_text(written, key) for key in ("start", "end", "duration"))
        file, line = document.line_of_event(event.path)
        name = names[file].replace(os.sep, "/")
        follows = _follows(start, end)
        origins[event.id] = EventOrigin(name, line, start, end, duration, follows)
    return origins


def event_follows(loaded: Loaded, event: Event) -> tuple[str, ...]:
    """Return the ids of the events that the dates of an event follow, in the order of its texts."""
    written: Any = loaded.document.value(event.path)
    follows = _follows(_text(written, "start"), _text(written, "end"))
    others = [id_ for _, id_ in event.recurrence.follows] if event.recurrence else []
    return tuple(dict.fromkeys([*follows, *others]))


def _text(written: Any, key: str) -> str | None:
    value = written.get(key)
    return value if isinstance(value, str) else None


def _follows(start: str | None, end: str | None) -> tuple[str, ...]:
    ids = [*_anchors(start, parse_start), *_anchors(end, parse_end)]
    return tuple(dict.fromkeys(ids))


def _anchors(text: str | None, parse: Any) -> list[str]:
    if text is None or "." not in text:  # most dates
        return []
    try:
        return [relative.anchor for relative in relative_dates(parse(text))]
    except Refusal:  # which is reported
        return []
