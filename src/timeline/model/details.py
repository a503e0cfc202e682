"""What an event carries to its outputs as it is written: no rule of ours looks at it.

A field has the name of its attribute in ``compiler/schema/events.py``, from where it is filled in,
and a row in `PROPERTIES`, from which iCalendar is written.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal, NamedTuple

from msgspec import Struct


class Link(Struct, frozen=True):
    """A document elsewhere: of ATTACH, IMAGE and CONFERENCE."""

    url: str
    title: str | None = None


class Person(Struct, frozen=True):
    """Of ORGANIZER (whose email is there) and CONTACT (one of the two is)."""

    name: str | None = None
    email: str | None = None

    def __str__(self) -> str:
        """Return the name and the address as ``Ann <ann@example.org>``, or the one there is."""
        if self.name and self.email:
            return f"{self.name} <{self.email}>"
        return self.name or self.email or ""


class Details(Struct, frozen=True):
    """The fields of an event that are passed through; ``geo`` is degrees north and east."""

    geo: tuple[float, float] | None = None
    class_: str | None = None
    priority: int | None = None
    organizer: Person | None = None
    contact: Person | None = None
    image: tuple[Link, ...] = ()
    attach: tuple[Link, ...] = ()
    conference: tuple[Link, ...] = ()


NO_DETAILS = Details()
"""Those of most events, which all have this one."""


class Kind(Enum):
    """How the value of a property is written (RFC 5545 3.3)."""

    POSITION = "two FLOATs: a pair of numbers"
    KEYWORD = "a word of RFC 5545, in upper case"
    INTEGER = "an INTEGER"
    TEXT = "a TEXT: anything that `str` makes one of"
    PERSON = "a CAL-ADDRESS with its CN: a `Person`"
    LINKS = "a URI with its LABEL, a property for each `Link`"


Place = Literal["URL", "COLOR", "RELATED-TO"]
"""The properties of an event before which the writer looks for those of its details."""


class Property(NamedTuple):
    """The property of a field.

    ``value_type`` is its VALUE parameter, needed where the kind is not the default of the property.
    ``before`` is the property of the event, known or not, that it precedes in a feed. The order
    has no meaning (RFC 5545 3.6.1), but a feed that was published must not change.
    """

    name: str
    kind: Kind
    value_type: str | None = None
    before: Place = "RELATED-TO"


PROPERTIES = {
    "geo": Property("GEO", Kind.POSITION, before="URL"),
    "class_": Property("CLASS", Kind.KEYWORD, before="COLOR"),
    "priority": Property("PRIORITY", Kind.INTEGER, before="COLOR"),
    "organizer": Property("ORGANIZER", Kind.PERSON),
    "contact": Property("CONTACT", Kind.TEXT),
    "image": Property("IMAGE", Kind.LINKS, "URI"),
    "attach": Property("ATTACH", Kind.LINKS),
    "conference": Property("CONFERENCE", Kind.LINKS, "URI"),
}
"""The property of each field of `Details`, in the order of the fields."""
