"""What a feed of changes says: its entries come from a ledger, not from the calendar."""

from __future__ import annotations

from msgspec import Struct

from timeline.formats.options import RenderOptions


class AtomEntry(Struct, frozen=True):
    """An entry: one change of one event.

    ``updated`` is a time of RFC 3339. ``lines`` are the text, a paragraph each, and ``link`` is the
    page of the event, if it has one on the web.
    """

    id: str
    updated: str
    title: str
    lines: tuple[str, ...] = ()
    link: str | None = None


class AtomOptions(RenderOptions):
    """``entries`` are in order, the newest first; ``id`` and ``updated`` are those of the feed.

    Without an id it is that of a calendar whose feed was never published. ``address`` is where the
    file is published, if that is known.
    """

    id: str | None = None
    updated: str = "1970-01-01T00:00:00Z"
    entries: tuple[AtomEntry, ...] = ()
    address: str | None = None
