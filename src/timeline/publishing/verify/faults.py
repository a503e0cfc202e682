"""Define the faults that the verification reports, and how values are quoted in their messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator


class Fault(Struct, frozen=True):
    """A property or component that does not read as expected.

    ``uid`` is empty for the calendar itself, else it is the event's, with `` on `` and the
    RECURRENCE-ID for an instance that differs. ``property`` is the name of the property or
    component, ``message`` a clause about it.
    """

    uid: str
    property: str
    message: str


Finding = tuple[str, str]
"""The name of a property or component, and a clause about what is wrong with it."""
LIBRARY_ERRORS = (ValueError, IndexError, KeyError, TypeError, AttributeError)
"""Errors that the library raises on text that it cannot read."""


def unreadable(error: Exception) -> str:
    """Return the clause for an error of the library."""
    return f"cannot be read: {shortened(error)}"


def unread_lines(component: Any) -> Iterator[Finding]:
    """Yield the lines that the library left out because it could not read them."""
    for name, message in component.errors:
        yield name or component.name or "VCALENDAR", f"cannot be read: {shortened(message)}"


def shortened(value: object, width: int = 60) -> str:
    """Return a value as printable text of at most ``width`` characters."""
    text = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(value))
    return text if len(text) <= width else text[: width - 1] + "…"
