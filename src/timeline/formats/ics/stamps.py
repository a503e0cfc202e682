"""The history of an event as its feed states it (RFC 5545 3.8.7).

The writer puts these timestamps into a VEVENT; the ledger computes them from the previous feed.
"""

from __future__ import annotations

from msgspec import Struct

Key = tuple[str, str | None]
"""The UID (unfolded, unescaped) and the value of RECURRENCE-ID, ``None`` without one."""


class Stamps(Struct, frozen=True):
    """The timestamps and the sequence number of a VEVENT, as values of content lines.

    The three times are UTC, ``20250101T120000Z``; ``sequence`` is 0 or more.
    """

    dtstamp: str
    created: str
    last_modified: str
    sequence: int
