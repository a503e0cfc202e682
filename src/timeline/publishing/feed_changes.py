"""Say what an export changes in a published feed, event by event.

The feed alone says it: no git is needed, and what is compared is what subscribers had. Only events
whose octets differ are read, so that a feed in which nothing changed costs nothing.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.model import END_SUFFIX, Undated
from timeline.publishing.feed import parse_feed
from timeline.publishing.ledger import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Protocol

    from timeline.changes import Changes, Side
    from timeline.formats import EventKey, Stamps
    from timeline.model import Calendar
    from timeline.publishing.feed import PublishedFeed
    from timeline.publishing.ledger import Ledger

    class Chunks(Protocol):
        """The head of a feed, its VEVENTs and its end."""

        def __iter__(self) -> Iterator[bytes]: ...
        def __len__(self) -> int: ...

        def first(self) -> bytes:
            """Return the head."""

        def last(self) -> bytes:
            """Return the end."""


MOST_COMPARED = 1_000
"""The events that are compared: a feed of changes has at most 500 entries, a terminal less."""


class FeedChanges(Struct, frozen=True):
    """What an export changes in a feed.

    ``before`` and ``after`` have the stamps of the changed events by UID, each the latest of its
    VEVENTs. ``more`` is the number of changed events that were not compared.
    """

    changes: Changes
    before: dict[str, Stamps]
    after: dict[str, Stamps]
    more: int = 0


def find_changes(ledger: Ledger, calendar: Calendar, chunks: Chunks) -> FeedChanges | None:
    """Return what a rendered feed changes; ``None`` if nothing was published before.

    ``calendar`` is that of the feed, and ``chunks`` are its head, its VEVENTs and its end. An event
    that only gained what a new version of timeline writes has not changed.
    """
    published = ledger.published
    # The ledger has the keys in the order of the feed, unless one is there twice.
    if published is None or len(ledger.changes) != len(chunks) - 2:
        return None
    from timeline.changes import Changes  # noqa: PLC0415 - a first export changes nothing

    changed = dict.fromkeys(
        [
            *(_event_of(key) for key, change in ledger.changes.items() if change not in _AS_BEFORE),
            *map(_event_of, ledger.removed_keys()),
        ]
    )
    blank = replace(calendar, events=())
    if not changed:
        return FeedChanges(Changes(blank, blank, ()), {}, {})
    from timeline.changes import compare, feed_side  # noqa: PLC0415 - nor do most others

    uids = frozenset(_compared(changed, published))
    blocks = [
        block
        for key, block in zip(ledger.changes, islice(chunks, 1, len(chunks) - 1), strict=True)
        if _event_of(key) in uids
    ]
    rendered = parse_feed(b"".join((chunks.first(), *blocks, chunks.last())), "feed")
    old = [key for key in published.events if _event_of(key) in uids]
    before = feed_side({key: published.content(key) for key in old}, blank)
    after = feed_side({key: rendered.content(key) for key in rendered.events}, blank)
    return FeedChanges(
        compare(_with_undated(before, after, ledger, calendar), replace(after, file=calendar)),
        _latest_stamps(published, old),
        _latest_stamps(rendered, rendered.events),
        len(changed) - len(uids),
    )


def _compared(changed: Mapping[str, None], published: PublishedFeed) -> Iterator[str]:
    """Yield the events to compare: not more than are read in a moment, whatever was published."""
    sizes = dict.fromkeys(changed, 0)
    for key, (start, end, _) in published.events.items():
        if (uid := _event_of(key)) in sizes:
            sizes[uid] += end - start
    left = _MOST_BYTES
    for uid in islice(changed, MOST_COMPARED):
        if sizes[uid] <= left:
            left -= sizes[uid]
            yield uid


_MOST_BYTES = 2**23
"""How much of the published feed is read to compare it."""
_AS_BEFORE = (Change.SAME, Change.WIDER)


def _event_of(key: EventKey) -> str:
    """Return the UID of the event of a VEVENT, which may show only the last day of the event."""
    name, at, domain = key[0].rpartition("@")
    return f"{name.removesuffix(END_SUFFIX)}@{domain}" if at else domain.removesuffix(END_SUFFIX)


def _with_undated(before: Side, after: Side, ledger: Ledger, calendar: Calendar) -> Side:
    """Return the published events with those that were in the file, but not in the feed.

    The main feed remembers them, and leaves an event of the file out while its date is to be
    confirmed. Another reason is possible where the calendar asks for it, and in another feed.
    """
    if ledger.main is not None:
        return before
    returned = {key[0] for key, change in ledger.changes.items() if change is Change.RETURNED}
    returned -= {
        event.uid
        for event in calendar.events
        if event.projection.imprecise == "skip" or event.projection.cancelled == "drop"
    }
    undated = tuple(
        replace(event, when=Undated()) for event in after.calendar.events if event.uid in returned
    )
    events = before.calendar.events + undated
    return replace(before, calendar=replace(before.calendar, events=events))


def _latest_stamps(feed: PublishedFeed, keys: Iterable[EventKey]) -> dict[str, Stamps]:
    """Return the stamps of the VEVENT of each event that changed last."""
    latest: dict[str, Stamps] = {}
    for key in keys:
        stamps = feed.stamps(key)
        for uid in {key[0], _event_of(key)}:
            other = latest.get(uid, stamps)
            latest[uid] = max(stamps, other, key=lambda own: (own.last_modified, own.sequence))
    return latest
