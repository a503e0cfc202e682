"""What a feed remembers of its events: their timestamps and sequence numbers (RFC 5545 3.8.7).

The ledger computes them from the published feed, and the writer inserts them into the VEVENTs and,
for events that have left the feed, into the VCALENDAR.
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


class Departure(Struct, frozen=True):
    """What a feed remembers of an event that it no longer shows and that is still in the file.

    Without it, an event that comes back would begin at SEQUENCE 0 again, although subscribers know
    its UID with a higher one (RFC 5546 2.1.4). ``digest`` stands for its UID, which may state what
    its author has withdrawn.
    """

    digest: str
    sequence: int
    created: str

    @property
    def value(self) -> str:
        """The value of its X-TIMELINE-LEFT."""
        return f"{self.digest},{self.sequence},{self.created}"


def uid_digest(uid: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a UID."""
    from hashlib import sha256  # noqa: PLC0415 - few feeds have such events

    return sha256(uid.encode()).hexdigest()[:16]
