"""The addresses on the page: only those of web pages become links, and no mail address is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from msgspec import Struct

from timeline._lazy import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.model import Link


class PageLink(Struct, frozen=True):
    """A text and its address; without one, the text is not a link."""

    text: str
    href: str | None = None


def web_address(url: str | None) -> str | None:
    """Return an address as ``href`` has it, ``None`` unless it begins with http or https.

    Characters that are not allowed in an address are percent-encoded.
    """
    if url is None or not url.lower().startswith(("https://", "http://")):
        return None
    try:
        if not urlsplit(url).hostname:
            return None
    except ValueError:
        return None
    return _UNSAFE.sub(lambda match: quote(match[0], safe=""), url)


_UNSAFE = regex(r"[\s\\<>\"`|{}^\x00-\x20\x7f]")


def is_mail(url: str | None) -> bool:
    """Return whether an address is that of a mailbox."""
    return url is not None and url.lower().startswith("mailto:")


def page_link(url: str | None, title: str | None) -> PageLink | None:
    """Return a link, or the text of one that cannot be followed; ``None`` of a mail address."""
    if is_mail(url):
        return PageLink(title) if title and "@" not in title else None
    text = title or url
    return PageLink(text, web_address(url)) if text else None


def page_links(links: Iterable[Link]) -> tuple[PageLink, ...]:
    """Return links without those to a mailbox."""
    shown = (page_link(link.url, link.title) for link in links)
    return tuple(link for link in shown if link is not None)


def fragment_of(event_id: str) -> str:
    """Return the address of an event on the page."""
    return f"#event-{quote(event_id, safe='-._~')}"
