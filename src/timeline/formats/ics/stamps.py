"""The timestamps and the sequence number of a VEVENT (RFC 5545 3.8.7).

The ledger computes them from the published feed, and the writer inserts them into the VEVENT.
"""

from __future__ import annotations

from msgspec import Struct

EventKey = tuple[str, str | None]
"""The UID, unfolded and unescaped, and the value of RECURRENCE-ID or ``None``."""


class Stamps(Struct, frozen=True):
    """The values of the content lines DTSTAMP, CREATED, LAST-MODIFIED and SEQUENCE.

    Times are in UTC, such as ``20250101T120000Z``; ``sequence`` is 0 or more.
    """

    dtstamp: str
    created: str
    last_modified: str
    sequence: int
