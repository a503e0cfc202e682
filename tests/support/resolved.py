"""Events in short, and what their dates come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.loading import file_text, load_text

if TYPE_CHECKING:
    from timeline.compiler.pipeline import Loaded
    from timeline.model.events import Event


def load_events(*events: str) -> Loaded:
    """Load a file of events in flow style that need no ``summary``."""
    return load_text(file_text(*(f"summary: S, {event}" for event in events)))


def resolved_dates(*events: str) -> dict[str, str]:
    """Return the dates of valid events as ``START to END``, by id."""
    loaded = load_events(*events)
    assert loaded.is_sound, loaded.diagnostics
    return {event.id: dates_text(event) for event in loaded.calendar.events}


def dates_text(event: Event) -> str:
    """Return the dates of an event as ``START to END``."""
    start = getattr(event.when, "start", "TBC")
    end = event.when.end
    return f"{start}" if end is None else f"{start} to {getattr(end, 'value', end)}"
