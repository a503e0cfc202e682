"""Declare the mappings within an event: places, people, links, sources, dates, relations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.compiler.schema import scalars
from timeline.compiler.schema.declarations import Declared, key
from timeline.compiler.schema.readers import (
    ACCESSED,
    EARLIER_START,
    EMAIL,
    ID,
    LATITUDE,
    LINE,
    LITERAL,
    LONGITUDE,
    RELATION_TYPE,
    TEXT,
    URL,
)
from timeline.model import Link, Person, Source

if TYPE_CHECKING:
    from timeline.dates import ClockTime, Date, OneSidedDate


class Part(Declared):
    """A mapping whose value in the calendar does not depend on the rest of the file."""

    def resolved(self) -> Any:
        """Return its value in the calendar."""
        raise NotImplementedError


class Geo(Part):
    """A point on the map."""

    latitude: float = key(LATITUDE, title="Latitude", description="Degrees north, -90 to 90.")
    longitude: float = key(LONGITUDE, title="Longitude", description="Degrees east, -180 to 180.")

    def resolved(self) -> tuple[float, float]:
        """Return its value in the calendar."""
        return self.latitude, self.longitude


class SourceEntry(Part):
    """The source of a fact, with at least a `url` or a `title`."""

    url: str | None = key(
        URL, default=None, title="Address", description="Where the source can be read."
    )
    title: str | None = key(
        LINE, default=None, title="Title", description="The title of the source."
    )
    quote: str | None = key(
        TEXT, default=None, title="Quote", description="The passage that states the fact."
    )
    accessed: str | None = key(
        ACCESSED,
        default=None,
        title="Accessed",
        description="The day on which the source was read, such as `2025-01-03`.",
    )

    def check(self) -> None:
        """Refuse a mapping without any of the keys that identify it."""
        scalars.need_one_of(self, "url", "title")

    def resolved(self) -> Source:
        """Return its value in the calendar."""
        return Source(self.url, self.title, self.quote, self.accessed)


class LinkEntry(Part):
    """A link to a document."""

    url: str = key(URL, title="Address", description="Where the document is.")
    title: str | None = key(
        LINE, default=None, title="Title", description="The title of the document."
    )

    def resolved(self) -> Link:
        """Return its value in the calendar."""
        return Link(self.url, self.title)


class Organizer(Part):
    """Who organises the event; iCalendar identifies an organizer by the email address."""

    name: str | None = key(LINE, default=None, title="Name", description="The name to show.")
    email: str = key(EMAIL, title="Email", description="The email address.")

    def resolved(self) -> Person:
        """Return its value in the calendar."""
        return Person(self.name, self.email)


class Contact(Part):
    """Whom to ask: a `name`, an `email`, or both."""

    name: str | None = key(LINE, default=None, title="Name", description="The name to show.")
    email: str | None = key(EMAIL, default=None, title="Email", description="The email address.")

    def check(self) -> None:
        """Refuse a mapping without any of the keys that identify it."""
        scalars.need_one_of(self, "name", "email")

    def resolved(self) -> Person:
        """Return its value in the calendar."""
        return Person(self.name, self.email)


class WasEntry(Declared, may_be_short=True):
    """Earlier dates of the event: a date, or `start` with `end` and `note`."""

    start: Date | OneSidedDate | ClockTime = key(
        EARLIER_START, title="Start", description="The date or time at which it was to start."
    )
    end: Date | ClockTime | None = key(
        LITERAL,
        default=None,
        title="End",
        description="The last day (inclusive) or the time at which it was to end.",
    )
    note: str | None = key(
        LINE, default=None, title="Note", description="Why the dates were changed."
    )


class Related(Declared, may_be_short=True):
    """An event that this one is related to."""

    id: str = key(ID, title="Id", description="The id of the other event.")
    type: str = key(
        RELATION_TYPE,
        default="parent",
        title="Type",
        description="How the other event is related to this one (RELTYPE of RFC 5545 and RFC "
        "9253).",
    )
