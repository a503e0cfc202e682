"""The panel from which readers subscribe: the address of each feed, and a link for each app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.formats.html.links import web_address
from timeline.formats.html.subscription import (
    SubscriptionLink,
    is_subscribable,
    subscription_links,
)

if TYPE_CHECKING:
    from timeline.model import Calendar, Wording


class FeedPanel(Struct, frozen=True):
    """A feed: its name, its address and its links; ``anchor`` is the id of its label."""

    anchor: str
    name: str
    address: str
    links: tuple[SubscriptionLink, ...]


class SubscribePanel(Struct, frozen=True):
    """The main feed, the additional ones, and the words around them."""

    main: FeedPanel
    feeds: tuple[FeedPanel, ...]
    text: dict[str, str]


def subscribe_panel(calendar: Calendar, wording: Wording) -> SubscribePanel | None:
    """Return the panel of a calendar, ``None`` if its feed has no address."""
    main = _feed("feed", calendar.name, calendar.source, wording)
    if main is None:
        return None
    feeds = [
        _feed(f"feed-{number}", feed.name or calendar.name, feed.source, wording)
        for number, feed in enumerate(calendar.feeds, start=1)
    ]
    text = {
        "button": wording.phrase("Subscribe"),
        "title": wording.phrase("Subscribe to this calendar"),
        "about": wording.phrase("A subscription in your calendar app shows every change."),
        "address": wording.phrase("Address of the feed"),
        "open": wording.phrase("Open it in an app"),
        "copy_address": wording.phrase("Copy"),
        "download": wording.phrase("Download once"),
        "copy_note": wording.phrase("a copy, which does not change with the calendar"),
        "feeds": wording.phrase("Only a part of the events"),
    }
    return SubscribePanel(main, tuple(feed for feed in feeds if feed), text)


def _feed(anchor: str, name: str, source: str | None, wording: Wording) -> FeedPanel | None:
    address = web_address(source)
    if address is None or not is_subscribable(address):
        return None
    return FeedPanel(anchor, name, address, tuple(subscription_links(address, name, wording)))
