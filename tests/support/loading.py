"""Compile the events files that tests write.

Only this module knows how the compiler is called, so that a test states what is in the file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from timeline.compiler.pipeline import Loaded, compile_document, load_file
from timeline.source.document import parse_document

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from timeline.model.events import Calendar
    from timeline.source.document import Document

CALENDAR = "calendar: {id: x.org, name: X, timezone: Europe/Berlin}\n"
"""The calendar of a file whose events alone matter."""


def file_text(*events: str, top: str = "", calendar: str = CALENDAR) -> str:
    """Return the text of a file; an event is the inside of a flow mapping (``id: a, start: 2025``).

    ``top`` precedes everything, for comments.
    """
    return f"{top}{calendar}events:\n" + "".join(f"  - {{{event}}}\n" for event in events)


def document_of(text: str | bytes, name: str = "events.yaml") -> Document:
    """Return the document of a file, not compiled."""
    return parse_document(text.encode() if isinstance(text, str) else text, name)


def load_text(text: str | bytes, name: str = "events.yaml", *selected: str) -> Loaded:
    """Compile a file that may have errors; ``selected`` are warnings that are off by default."""
    return compile_document(document_of(text, name), frozenset(selected))


def load_data(data: Mapping[str, Any]) -> Loaded:
    """Compile the data of a file that has no error, by way of JSON, which is YAML."""
    loaded = load_text(json.dumps(data, ensure_ascii=False))
    assert loaded.is_sound, (data, loaded.diagnostics)
    return loaded


def calendar_of(text: str | bytes) -> Calendar:
    """Compile a file that has no error, though it may have warnings."""
    loaded = load_text(text)
    assert loaded.is_sound, loaded.diagnostics
    return loaded.calendar


def calendar_of_file(path: Path) -> Calendar:
    """Compile a file on disk that has no error, though it may have warnings."""
    loaded = load_file(str(path))
    assert loaded.is_sound, loaded.diagnostics
    return loaded.calendar


def codes_of(text: str | bytes) -> list[str]:
    """Return the codes of the diagnostics of a file, in their order."""
    return [diagnostic.code for diagnostic in load_text(text).diagnostics]


def event_codes(*events: str, top: str = "") -> list[str]:
    """Return the codes of the diagnostics of a file with these events, as `file_text` has them."""
    return codes_of(file_text(*events, top=top))


def dated_codes(*starts: str) -> list[str]:
    """Return the codes of the diagnostics of a file with one event for each start."""
    return event_codes(
        *(f"id: e{at}, summary: E {at}, start: {start}" for at, start in enumerate(starts))
    )
