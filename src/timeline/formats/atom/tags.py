"""The ids of entries: `tag` URIs (RFC 4151), which stay the same wherever the file is published."""

from __future__ import annotations

from urllib.parse import quote, unquote

UNPUBLISHED = "1970"
"""The year in the id of a feed without events."""


def tag_of(calendar_id: str, year: str, *names: str) -> str:
    """Return ``tag:example.org,2025:names``, each name percent-encoded and ``/`` between them."""
    authority = quote(calendar_id.lower(), safe="")
    return f"tag:{authority},{year}:{'/'.join(quote(name, safe='') for name in names)}"


def authority_of(tag: str) -> str | None:
    """Return the id of the calendar in a tag; ``None`` for another text."""
    scheme, _, rest = tag.partition(":")
    authority, comma, _ = rest.partition(",")
    return unquote(authority) if scheme == "tag" and comma else None


def split_tag(tag: str) -> tuple[str, str]:
    """Return the first name of a tag, decoded, and the last one as it is."""
    names = tag.partition(",")[2].partition(":")[2]
    name, _, last = names.rpartition("/")
    return unquote(name), last
