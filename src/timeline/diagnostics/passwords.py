"""Hide the passwords of addresses in reports: the log of a build may be public."""

from __future__ import annotations

from timeline._lazy import regex

# The user information of an address (RFC 3986 3.2.1).
_PASSWORD = regex(r"(?<=://)([^\s/?#@:]*:)([^\s/?#@]+)(?=@)")


def hide_passwords(text: str) -> str:
    """Return a text of the same length with asterisks in the place of passwords in addresses."""
    if "://" not in text or "@" not in text:
        return text
    return _PASSWORD.sub(lambda match: match[1] + "*" * len(match[2]), text)
