"""Refuse a value that is too long, before anything else is done with it.

What is done with a value may cost far more than to read it: an address of 4 MB took 12 seconds.
"""

from __future__ import annotations

from msgspec import Struct

from timeline._limits import MAX_ADDRESS, MAX_DESCRIPTION, MAX_RULE, MAX_TEXT, MAX_VALUE
from timeline.diagnostics import At, Refusal, rules


class Size(Struct, frozen=True):
    """The most bytes of UTF-8 that a kind of value may have, and what to do with a longer one."""

    limit: int
    kind: str
    help: str


VALUE = Size(MAX_VALUE, "value", "shorten it, or check that the quotes around it are closed")
RULE = Size(MAX_RULE, "rule", "write several events with simpler rules, or list days in `rdate`")
ADDRESS = Size(MAX_ADDRESS, "address", "write a shorter address that leads to the same page")
TEXT = Size(MAX_TEXT, "text", "shorten it; a `description` may have up to 1 MiB")
DESCRIPTION = Size(
    MAX_DESCRIPTION, "description", "shorten it, or publish it as a page and write its `url`"
)


_HERE = At(())


def check_size(value: str, size: Size, inside: At = _HERE) -> None:
    """Refuse a value that is longer than its kind may be.

    ``inside`` is the path from the value of a key to this text in it.

    Raises:
        Refusal: ``too-long``.
    """
    if 4 * len(value) <= size.limit:
        return  # no character has more than 4 bytes
    if len(value) > size.limit or len(value.encode()) > size.limit:
        unit, name = (2**20, "MiB") if size.limit >= 2**20 else (2**10, "KiB")
        message = f"this {size.kind} is longer than {size.limit // unit} {name}"
        raise Refusal(rules.TOO_LONG, message, size.help, inside=inside)
