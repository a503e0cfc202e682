"""Render a feed that continues a published one, without files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.diagnostics import UserError
from timeline.formats import FORMATS, PRODID, FeedOptions
from timeline.model import project_calendar, suffixed_uid
from timeline.publishing.feed import parse_feed
from timeline.publishing.ledger import Ledger, check_same_calendar, find_departures
from timeline.publishing.removals import possible_uids
from timeline.publishing.verify.verifier import verify_feed

if TYPE_CHECKING:
    from timeline.model import Calendar


def render_feed(calendar: Calendar, whole: Calendar, previous: bytes | None, now: str) -> bytes:
    """Return a feed, with the stamps of the published feed that it follows, and read it back.

    ``calendar`` is that of the feed and ``whole`` that of the file. ``now`` is a UTC time of
    RFC 5545, such as ``20250101T120000Z``.

    Raises: `UserError` for a previous feed that cannot be continued.
    """
    published = None
    if previous is not None:
        published = parse_feed(previous, "previous")
        check_same_calendar(published, whole.id, {event.uid for event in whole.events}, PRODID)
    vevents = project_calendar(calendar)
    drawn = {suffixed_uid(vevent.event.uid, vevent.suffix) for vevent in vevents}
    departures = find_departures(published, possible_uids(whole), drawn)
    ledger = Ledger(now, published, None, departures)
    options = FeedOptions(stamp=ledger.stamp, vevents=vevents, departures=departures)
    head, *events, tail = FORMATS["ics"].render(calendar, options)
    left = [departure.value for departure in departures]
    blocks = zip(vevents, events, strict=True)
    if faults := verify_feed(calendar, vevents, head, blocks, tail, left):
        fault = faults[0]
        raise UserError(
            f"`{fault.uid or 'the calendar'}`: {fault.property} {fault.message}",
            "this is a bug in timeline, please report it",
        )
    return b"".join([head, *events, tail])
