"""Read a feed with two foreign parsers, in one shape, and compare that with the calendar."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import icalendar
from ical.calendar_stream import IcsCalendarStream

from support.clock import STAMP
from timeline.dates import Instant
from timeline.formats import FORMATS
from timeline.formats.ics.options import FeedOptions
from timeline.model.projection import VEventProjection, project_event
from timeline.model.words.wording import wording_of
from timeline.publishing.feed import parse_feed
from timeline.publishing.ledger import Ledger

if TYPE_CHECKING:
    from timeline.model.events import Calendar, Event

Moment = date | None
"""A date; or a time, in UTC."""


@dataclass(frozen=True)
class Read:
    """One VEVENT as a parser reads it."""

    uid: str
    summary: str
    dtstart: Moment
    dtend: Moment
    status: str | None
    location: str | None
    description: str | None
    categories: tuple[str, ...]


def feed_of(calendar: Calendar, now: str = STAMP, before: bytes | None = None) -> bytes:
    """Render a feed; ``before`` is the published feed that it replaces."""
    ledger = Ledger(now, parse_feed(before, "before.ics") if before else None)
    return b"".join(FORMATS["ics"].render(calendar, FeedOptions(stamp=ledger.stamp)))


def expected(calendar: Calendar) -> list[Read]:
    """Return what a parser should read in the feed; descriptions are only the author's part."""
    wording = wording_of(calendar)
    return [
        _expected(event, box) for event in calendar.events for box in project_event(event, wording)
    ]


def _expected(event: Event, box: VEventProjection) -> Read:
    own = box.event  # that of an override has other values than its series
    return Read(
        expected_uid(event, box),
        box.summary,
        _moment(box.dtstart.moment if isinstance(box.dtstart, Instant) else box.dtstart),
        _moment(box.dtend.moment if isinstance(box.dtend, Instant) else box.dtend),
        box.status,
        own.location,
        own.description.rstrip("\n") if own.description else None,
        own.categories,
    )


def expected_uid(event: Event, box: VEventProjection) -> str:
    """Return the UID of a VEVENT: the suffix of an endpoint is before the last ``@``."""
    name, at, domain = event.uid.rpartition("@")
    return f"{name}{box.suffix}{at}{domain}" if at else event.uid + box.suffix


def by_icalendar(feed: bytes) -> list[Read]:
    """Read a feed with ``icalendar``, the library of most Python programs."""
    calendar = icalendar.Calendar.from_ical(feed)
    assert not calendar.errors
    events = []
    for event in calendar.walk("VEVENT"):
        assert not event.errors, event.errors
        categories = event.get("CATEGORIES")
        events.append(
            Read(
                str(event["UID"]),
                str(event["SUMMARY"]),
                _moment(event["DTSTART"].dt),
                _moment(event["DTEND"].dt if "DTEND" in event else None),
                _text(event.get("STATUS")),
                _text(event.get("LOCATION")),
                _text(event.get("DESCRIPTION")),
                tuple(map(str, categories.cats)) if categories else (),
            )
        )
    return events


def by_ical(feed: bytes) -> list[Read]:
    """Read a feed with ``ical``, the strict parser of Home Assistant."""
    calendar = IcsCalendarStream.calendar_from_ics(feed.decode())
    return [
        Read(
            event.uid,
            event.summary,
            _moment(event.dtstart),
            _moment(event.dtend),
            _text(event.status and event.status.value),
            _text(event.location),
            _text(event.description),
            tuple(event.categories),
        )
        for event in calendar.events
    ]


def assert_reads_back(feed: bytes, calendar: Calendar) -> None:
    """Assert that both parsers read the calendar; a description starts with the author's.

    An error of ``ical`` is left out: it splits CATEGORIES at escaped commas too.
    """
    expected_events = expected(calendar)
    for parser in (by_icalendar, by_ical):
        events = parser(feed)
        assert [event.uid for event in events] == [event.uid for event in expected_events]
        for event, wanted in zip(events, expected_events, strict=True):
            parts, wanted_parts = asdict(event), asdict(wanted)
            description, ours = parts.pop("description"), wanted_parts.pop("description")
            if parser is by_ical and any("," in name for name in wanted.categories):
                del parts["categories"], wanted_parts["categories"]
            assert parts == wanted_parts
            assert (description or "").startswith(ours or "")


def _moment(value: date | None) -> Moment:
    if not isinstance(value, datetime):
        return value
    assert value.tzinfo is not None
    return value.astimezone(UTC)


def _text(value: Any) -> str | None:
    return str(value) if value else None
