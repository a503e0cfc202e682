"""Parse web addresses and email addresses."""

from __future__ import annotations

import re

from timeline._lazy import regex
from timeline.diagnostics import Refusal, cited, rules

_URL = regex(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+", re.ASCII)
_NO_HOST = regex(r"(https?|webcals?):(?!//[^/?#])/*", re.ASCII | re.IGNORECASE)
_HOST = regex(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:/|$)")
_EMAIL = regex(r"[^\s@<>\"(),:;\[\]\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def url(value: str) -> str:
    """Parse an absolute URI (RFC 3986)."""
    if _URL.fullmatch(value) and not _NO_HOST.match(value):
        return value
    better = _in_ascii(value.strip().replace(" ", "%20"))
    if _HOST.match(better):
        better = f"https://{better}"
    better = _NO_HOST.sub(lambda match: f"{match[1]}://", better)
    if _URL.fullmatch(better) and not _NO_HOST.match(better):
        help_ = f"write `{better}`"
    else:
        help_ = "write the whole address, such as `https://example.org/dakar`"
    raise Refusal(rules.URL_SYNTAX, f"{cited(value)} is not an address", help_)


def url_template(value: str) -> str:
    """Parse an address with ``{id}`` in the places of the id of a feed."""
    if "{id}" not in value:
        better = value if value.endswith("/") else value.rpartition("/")[0] + "/"
        raise Refusal(
            rules.URL_SYNTAX,
            f"{cited(value)} is one address for several feeds",
            f"write `{{id}}` in place of the id of each feed: `{better}{{id}}.ics`",
        )
    try:
        url(value.replace("{id}", "id"))
    except Refusal as refusal:
        message = f"{cited(value)} is not an address"
        help_ = "write the whole address, such as `https://example.org/{id}.ics`"
        raise Refusal(refusal.rule, message, help_) from None
    return value


def _in_ascii(address: str) -> str:
    """Return an IRI as a URI (RFC 3987 3.1): the host by IDNA, the rest percent-encoded."""
    if address.isascii():
        return address
    scheme, slashes, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return address
    written = "".join(
        char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode())
        for char in slash + path
    )
    return f"{scheme}{slashes}{host}{written}"


def is_email(value: str) -> bool:
    """Return whether a text is one email address and nothing else."""
    return _EMAIL.fullmatch(value) is not None


def email(value: str) -> str:
    """Parse an email address."""
    if is_email(value):
        return value
    address = value.strip().removeprefix("mailto:")
    if _EMAIL.fullmatch(address):
        raise Refusal(
            rules.EMAIL_SYNTAX,
            f"{cited(value)} is more than an email address",
            f"write `{address}`",
            replacement=address,
        )
    raise Refusal(
        rules.EMAIL_SYNTAX,
        f"{cited(value)} is not an email address",
        "write one address, such as `name@example.org`",
    )
