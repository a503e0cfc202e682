"""The fields of an event that are passed through: no check and no other key depends on them.

The resolver fills each field from the attribute of the same name in ``compiler/schema/events.py``,
and the writer of feeds follows its row in `DETAIL_PROPERTIES`.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from msgspec import Struct


class Link(Struct, frozen=True):
    """The address and the title of a document: a value of ATTACH, IMAGE or CONFERENCE."""

    url: str
    title: str | None = None


class Person(Struct, frozen=True):
    """The value of ORGANIZER, which has an email, or of CONTACT, which has at least one of both."""

    name: str | None = None
    email: str | None = None

    def __str__(self) -> str:
        """Return the name and the address as ``Ann <ann@example.org>``, or only one of them."""
        if self.name and self.email:
            return f"{self.name} <{self.email}>"
        return self.name or self.email or ""


class Details(Struct, frozen=True):
    """The passed-through fields of an event; ``geo`` is the latitude and longitude in degrees."""

    geo: tuple[float, float] | None = None
    class_: str | None = None
    priority: int | None = None
    organizer: Person | None = None
    contact: Person | None = None
    image: tuple[Link, ...] = ()
    attach: tuple[Link, ...] = ()
    conference: tuple[Link, ...] = ()


NO_DETAILS = Details()
"""The details of an event without any; all these events share the object."""


class ValueKind(Enum):
    """How the value of a property is written (RFC 5545 3.3)."""

    POSITION = "two FLOATs: a pair of numbers"
    KEYWORD = "a keyword of RFC 5545, in upper case"
    INTEGER = "an INTEGER"
    TEXT = "a TEXT: any value, as `str` returns it"
    PERSON = "a CAL-ADDRESS with a CN: a `Person`"
    LINKS = "a URI with a LABEL: one property for each `Link`"


NextProperty = Literal["URL", "COLOR", "RELATED-TO"]
"""A property of an event before which the writer inserts properties of its details."""


class DetailProperty(Struct, frozen=True):
    """The iCalendar property of a field.

    ``value_type`` is the VALUE parameter, written where the type is not the property's default.
    ``before`` is the place in the VEVENT. The order has no meaning (RFC 5545 3.6.1), but another
    order would change published feeds; a new field keeps the default.
    """

    name: str
    kind: ValueKind
    value_type: str | None = None
    before: NextProperty = "RELATED-TO"


DETAIL_PROPERTIES = {
    "geo": DetailProperty("GEO", ValueKind.POSITION, before="URL"),
    "class_": DetailProperty("CLASS", ValueKind.KEYWORD, before="COLOR"),
    "priority": DetailProperty("PRIORITY", ValueKind.INTEGER, before="COLOR"),
    "organizer": DetailProperty("ORGANIZER", ValueKind.PERSON),
    "contact": DetailProperty("CONTACT", ValueKind.TEXT),
    "image": DetailProperty("IMAGE", ValueKind.LINKS, "URI"),
    "attach": DetailProperty("ATTACH", ValueKind.LINKS),
    "conference": DetailProperty("CONFERENCE", ValueKind.LINKS, "URI"),
}
"""The property of each field of `Details`, by name of the field and in the order of the fields."""
