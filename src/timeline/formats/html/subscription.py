"""The links by which calendar apps subscribe to a feed: the page and docs/hosting.md have them.

They were read in public pages; no account was used to verify them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timeline.model import Wording


class App(NamedTuple):
    """A calendar app that opens a link to subscribe.

    ``pattern`` is the link: ``{url}`` is the address of the feed, ``{rest}`` the address without
    its scheme and colon, and ``{quoted_url}``, ``{quoted_webcal}`` and ``{quoted_name}`` are
    percent-encoded. ``name`` and ``refresh`` return words of the page.
    """

    pattern: str
    name: Callable[[Wording], str]
    refresh: Callable[[Wording], str]


class SubscriptionLink(NamedTuple):
    """A link on the page: the app, the address, and how soon the app shows a change."""

    name: str
    href: str
    note: str


APPS = (
    App(
        "webcal:{rest}",
        lambda wording: wording.phrase("Apple Calendar, Thunderbird, GNOME and other apps"),
        lambda wording: wording.phrase("shows changes as often as set in the app"),
    ),
    App(
        "https://calendar.google.com/calendar/r?cid={quoted_webcal}",
        lambda wording: wording.phrase("Google Calendar"),
        lambda wording: wording.phrase("shows changes after 4 to 24 hours"),
    ),
    App(
        "https://outlook.live.com/calendar/0/addfromweb/?url={quoted_url}&name={quoted_name}",
        lambda wording: wording.phrase("Outlook.com"),
        lambda wording: wording.phrase("shows changes after some hours"),
    ),
    App(
        "https://outlook.office.com/calendar/0/addfromweb/?url={quoted_url}&name={quoted_name}",
        lambda wording: wording.phrase("Microsoft 365, at work or school"),
        lambda wording: wording.phrase("shows changes after some hours"),
    ),
    App(
        "webcal:{url}",
        lambda wording: wording.phrase("New Outlook for Windows"),
        lambda wording: wording.phrase("shows changes after some hours"),
    ),
)
"""In the order of the page."""


def is_subscribable(address: str) -> bool:
    """Return whether apps can fetch an address: it begins with ``https://`` or ``http://``."""
    return address.lower().startswith(("https://", "http://"))


def subscription_links(address: str, name: str, wording: Wording) -> Iterator[SubscriptionLink]:
    """Yield the link of each app for the feed at an address."""
    rest = address[address.index(":") + 1 :]
    parts = {
        "url": address,
        "rest": rest,
        "quoted_url": quote(address, safe=""),
        "quoted_webcal": quote(f"webcal:{rest}", safe=""),
        "quoted_name": quote(name, safe=""),
    }
    for app in APPS:
        yield SubscriptionLink(app.name(wording), app.pattern.format(**parts), app.refresh(wording))
