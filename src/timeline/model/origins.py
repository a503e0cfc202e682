"""Where an event is in the events file, and what is written there."""

from __future__ import annotations

from msgspec import Struct


class EventOrigin(Struct, frozen=True):
    """The place of an event, and the texts of its dates as they are written.

    ``file`` is relative to the folder of the events file, and ``line`` counts from 1. ``follows``
    are the ids of the events that its start and its end refer to, in the order of their texts.
    """

    file: str
    line: int
    start: str | None = None
    end: str | None = None
    duration: str | None = None
    follows: tuple[str, ...] = ()
