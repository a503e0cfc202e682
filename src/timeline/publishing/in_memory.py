"""Render a feed and its list of changes, which continue published ones, without files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics import UserError
from timeline.formats import FORMATS, PRODID, FeedOptions
from timeline.model import project_calendar, suffixed_uid
from timeline.publishing.change_list import read_list
from timeline.publishing.continued_list import continue_list
from timeline.publishing.feed import parse_feed
from timeline.publishing.feed_changes import find_changes
from timeline.publishing.ledger import Ledger, check_same_calendar, find_departures
from timeline.publishing.removals import possible_uids
from timeline.publishing.verify.verifier import verify_feed

if TYPE_CHECKING:
    from timeline.model import Calendar, VEventProjection


def render_feed(calendar: Calendar, whole: Calendar, previous: bytes | None, now: str) -> bytes:
    """Return a feed, with the stamps of the published feed that it follows, and read it back.

    ``calendar`` is that of the feed and ``whole`` that of the file. ``now`` is a UTC time of
    RFC 5545, such as ``20250101T120000Z``.

    Raises: `UserError` for a previous feed that cannot be continued.
    """
    vevents = project_calendar(calendar)
    ledger, chunks = _render(calendar, whole, previous, now, vevents)
    head, *events, tail = chunks
    left = [departure.value for departure in ledger.departures]
    blocks = zip(vevents, events, strict=True)
    if faults := verify_feed(calendar, vevents, head, blocks, tail, left):
        fault = faults[0]
        raise UserError(
            f"`{fault.uid or 'the calendar'}`: {fault.property} {fault.message}",
            "this is a bug in timeline, please report it",
        )
    return b"".join(chunks)


def render_changes(
    calendar: Calendar,
    whole: Calendar,
    published: tuple[bytes | None, bytes | None],
    now: str,
    *names: str,
) -> bytes:
    """Return the list of changes of a feed, which continues the published one.

    ``published`` are the feed and the list as they were, and ``names`` those of the list in its id;
    the other arguments are those of `render_feed`.

    Raises: `UserError` for what cannot be continued.
    """
    feed, content = published
    ledger, chunks = _render(calendar, whole, feed, now, project_calendar(calendar))
    existing = None if content is None else read_list(content, "changes", whole.id)
    options = continue_list(existing, find_changes(ledger, calendar, chunks), calendar, now, names)
    return b"".join(FORMATS["atom"].render_file(calendar, options))


class _Chunks(list[bytes]):
    """The head of a feed, its VEVENTs and its end."""

    def first(self) -> bytes:
        return self[0]

    def last(self) -> bytes:
        return self[-1]


def _render(
    calendar: Calendar,
    whole: Calendar,
    previous: bytes | None,
    now: str,
    vevents: tuple[VEventProjection, ...],
) -> tuple[Ledger, _Chunks]:
    """Return a feed, and the ledger that has stamped it."""
    published = None
    if previous is not None:
        published = parse_feed(previous, "previous")
        check_same_calendar(published, whole.id, {event.uid for event in whole.events}, PRODID)
    drawn = {suffixed_uid(vevent.event.uid, vevent.suffix) for vevent in vevents}
    departures = find_departures(published, possible_uids(whole), drawn)
    ledger = Ledger(now, published, None, departures)
    options = FeedOptions(stamp=ledger.stamp, vevents=vevents, departures=departures)
    return ledger, _Chunks(FORMATS["ics"].render(calendar, options))
