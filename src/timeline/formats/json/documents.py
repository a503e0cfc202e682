"""The types of the JSON document, from which its schema is generated.

Keys may be added to a version, but none is removed or changes its meaning. Each key is always
there and has one type, perhaps or ``null``.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - msgspec reads the annotations
from typing import Annotated, Literal

from msgspec import Meta, Struct

VERSION = 1

Texts = Annotated[
    dict[str, str],
    Meta(description="Texts by language (BCP 47); `und` where the file does not name it."),
]
RFC_3339 = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
Kind = Annotated[str, Meta(extra_json_schema={"enum": ["all-day", "timed", "mixed", "undated"]})]
Qualified = Annotated[
    str,
    Meta(
        extra_json_schema={
            "enum": ["certain", "uncertain", "approximate", "uncertain and approximate"]
        }
    ),
]
Omitted = Annotated[
    str,
    Meta(
        description="Why the feed does not show it; null if it does.",
        extra_json_schema={"enum": ["cancelled", "undated", "imprecise", "no-instances"]},
    ),
]
LinkKind = Annotated[str, Meta(extra_json_schema={"enum": ["conference", "attach", "image"]})]


class SideDocument(Struct, frozen=True):
    """A start or an end, as precisely as it is known; the end of a span is inclusive."""

    text: Annotated[str, Meta(description="As the file would have it: `2025-Q1`, `TBC`.")]
    earliest: Annotated[date | None, Meta(description="The first possible day.")]
    latest: Annotated[date | None, Meta(description="The last possible day.")]
    time: Annotated[RFC_3339 | None, Meta(description="The time, if it has one (RFC 3339).")]
    timezone: Annotated[
        str | None, Meta(description="The zone of the time: an IANA name, `UTC` or an offset.")
    ]
    precision: Annotated[
        str, Meta(description="The unit to which it is known: `day`, `quarter`, `minute`, …")
    ]
    qualification: Qualified


class WhenDocument(Struct, frozen=True):
    """The dates of an event; of a series, those of its first instance that takes place."""

    kind: Kind
    words: Annotated[str, Meta(description="In the calendar's language.")]
    edtf: Annotated[
        str | None, Meta(description="In EDTF (ISO 8601-2); null for times and one-sided dates.")
    ]
    start: SideDocument
    end: Annotated[SideDocument | None, Meta(description="Null without an end, or an open one.")]
    open: Annotated[bool, Meta(description="Whether the end is open (`..`).")]


class WrittenDocument(Struct, frozen=True):
    """The texts of dates as the file has them."""

    start: str | None
    end: str | None
    duration: str | None


class WasDocument(Struct, frozen=True):
    """Dates that the event had before."""

    when: WhenDocument
    note: str | None


class SourceDocument(Struct, frozen=True):
    """A source of the event's facts."""

    url: str | None
    title: str | None
    quote: str | None
    accessed: str | None


class LinkDocument(Struct, frozen=True):
    """A document, an image, or where to join online."""

    kind: LinkKind
    url: str
    title: str | None


class OverrideDocument(Struct, frozen=True):
    """An instance of a series that differs from it."""

    instance: Annotated[str, Meta(description="The start that the rule gives it.")]
    summary: Texts
    when: WhenDocument
    status: str | None
    location: str | None
    url: str | None
    drawn: bool
    omitted: Omitted | None


class EventDocument(Struct, frozen=True):
    """An event, resolved."""

    id: str
    uid: str
    parent: Annotated[str | None, Meta(description="The id of the event that contains it.")]
    summary: Texts
    description: Texts
    when: WhenDocument
    written: WrittenDocument
    follows: Annotated[
        list[str], Meta(description="The ids of the events that its dates follow, in that order.")
    ]
    status: Annotated[
        str | None,
        Meta(description="As in the CSV: `tentative` also where the date is not known to the day."),
    ]
    was: list[WasDocument]
    rule: Annotated[str | None, Meta(description="The value of RRULE (RFC 5545 3.3.10).")]
    instances: Annotated[
        list[str],
        Meta(
            description="Of a series, the starts of its instances from `--from` up to `--to`, else "
            "up to two years after its start, or after `--from` if that is later: days, or times "
            "(RFC 3339)."
        ),
    ]
    overrides: list[OverrideDocument]
    categories: list[str]
    location: str | None
    geo: Annotated[list[float], Meta(description="Latitude and longitude; empty if unknown.")]
    url: str | None
    color: str | None
    sources: list[SourceDocument]
    links: list[LinkDocument]
    drawn: Annotated[bool, Meta(description="Whether the feed shows it.")]
    omitted: Omitted | None
    file: Annotated[
        str | None, Meta(description="Relative to the folder of the events file; null if unknown.")
    ]
    line: Annotated[int | None, Meta(description="From 1.")]


class CategoryDocument(Struct, frozen=True):
    """A category that the file declares."""

    name: str
    color: str | None
    description: str | None


class CalendarDocument(Struct, frozen=True):
    """The calendar itself."""

    id: str
    name: str
    description: str | None
    timezone: str | None
    language: str | None
    url: str | None
    source: str | None
    color: str | None
    categories: list[CategoryDocument]


class FeedDocument(Struct, frozen=True):
    """A feed of some of the events."""

    id: str
    name: str
    language: str | None
    events: Annotated[list[str], Meta(description="The ids of its events, in order.")]


class TimelineDocument(Struct, frozen=True):
    """A resolved calendar; events are in the order of the file, parents before their children."""

    version: Literal[1]
    calendar: CalendarDocument
    feeds: list[FeedDocument]
    events: list[EventDocument]
