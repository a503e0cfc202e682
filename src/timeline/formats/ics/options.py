"""The options of the feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.formats.options import RenderOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.formats.ics.stamps import Departure, EventKey, Stamps
    from timeline.model import VEventProjection


def _no_stamps(key: EventKey, content: bytes) -> Stamps:
    raise AssertionError((key, content))


class FeedOptions(RenderOptions):
    """``stamp`` returns the stamps of a VEVENT from its key and content.

    Only a feed without events can be rendered without it; a ledger provides it. ``vevents`` are
    the projections of the calendar, if they are computed already. ``departures`` are the events
    that the feed had and that are not in it now.
    """

    stamp: Callable[[EventKey, bytes], Stamps] = _no_stamps
    vevents: tuple[VEventProjection, ...] | None = None
    departures: tuple[Departure, ...] = ()
