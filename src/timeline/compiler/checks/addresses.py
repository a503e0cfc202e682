"""Check addresses: whether a browser opens them, and whether they contain a password."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline._lazy import regex
from timeline.diagnostics import At, Diagnostic, cited, rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.compiler.checks.context import CheckContext
    from timeline.compiler.schema.parts import LinkEntry, SourceEntry
    from timeline.diagnostics import Path


def url_scheme(context: CheckContext) -> Iterator[Diagnostic]:
    """Find addresses that a browser does not open."""
    for path, url in _addresses(context):
        if path[-3:-2] == ("conference",):  # which may be the number of a telephone
            continue
        scheme, colon, rest = url.partition(":")
        if scheme.lower() in ("http", "https"):
            continue
        if scheme.lower() in ("webcal", "webcals"):
            help_ = f"write `https:{rest}`"
        elif scheme.lower() == "mailto":
            help_ = f"write `contact: {{email: {rest}}}` in the event, or a web address"
        else:
            help_ = "write an address that begins with `https://`"
        yield Diagnostic(
            rules.URL_SCHEME,
            f"`{scheme}{colon}` is not a web address",
            At(path, part=(0, len(scheme) + 1)),
            help=help_,
        )


def url_password(context: CheckContext) -> Iterator[Diagnostic]:
    """Find addresses with a password: every output publishes them as they are."""
    for path, url in _addresses(context):
        yield from password_in_address(At(path), url)


def password_in_address(at: At, url: str) -> Iterator[Diagnostic]:
    """Yield the warning of an address whose user information has a password (RFC 3986 3.2.1)."""
    match = _USER_AND_PASSWORD.match(url)
    if match is None:
        return
    start, end = match.span("user")
    yield Diagnostic(
        rules.URL_PASSWORD,
        "this address contains a password, which everybody can read where it is published",
        replace(at, part=(start, end)),
        help=f"write {cited(url[:start] + url[end:])}, and change the password if it was published",
    )


_USER_AND_PASSWORD = regex(r"[A-Za-z][A-Za-z0-9+.-]*://(?P<user>[^/?#@:]*:[^/?#@]+@)", re.ASCII)


_LINKS = ("sources", "image", "attach", "conference")
"""The keys of an event with several addresses."""

_links = attrgetter(*_LINKS)


def _addresses(context: CheckContext) -> Iterator[tuple[Path, str]]:
    """Yield all addresses of the calendar, its feeds and its events."""
    calendar = context.timeline.calendar
    tops: list[tuple[Path, str | None, str | None]] = [
        (("calendar",), calendar.url, calendar.source)
    ]
    tops += [
        (("feeds", at), getattr(feed, "url", None), feed.source)
        for at, feed in enumerate(context.timeline.feeds)
    ]
    for path, url, source in tops:
        addresses = (("url", url), ("source", source))
        yield from (((*path, key), address) for key, address in addresses if address)
    for entry in context.entries:
        written = entry.written
        several: tuple[Sequence[SourceEntry | LinkEntry], ...] = _links(written)
        if not (written.url or written.overrides or any(several)):
            continue  # most events
        if written.url:
            yield (*entry.path, "url"), written.url
        for key, links in zip(_LINKS, several, strict=True):
            for index, link in enumerate(links):
                if link.url:
                    yield (*entry.path, key, index, "url"), link.url
        for index, item in enumerate(written.overrides):
            if item.url:
                yield (*entry.path, "overrides", index, "url"), item.url
