"""The writer of the JSON: one document with a line for each event, so that a diff shows events.

It states what the file states and what follows from it; no value depends on the clock.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from timeline._limits import MAX_VEVENTS
from timeline.dates import FIRST_DAY, instance_key, local_day, move_day_within
from timeline.formats.json.dates import moment_text, when_document
from timeline.formats.json.documents import (
    VERSION,
    CalendarDocument,
    CategoryDocument,
    EventDocument,
    FeedDocument,
    LinkDocument,
    OverrideDocument,
    SourceDocument,
    TimelineDocument,
    WasDocument,
    WrittenDocument,
)
from timeline.model import (
    NO_DETAILS,
    AllDay,
    Timed,
    events_of_feed,
    first_dates,
    omission,
    recurrence_start,
    vevent_status,
    wording_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import BinaryIO

    from timeline.dates import Recurrence, RecurrenceStart
    from timeline.formats.json.options import JsonOptions
    from timeline.model import Calendar, Details, Event, EventOrigin, When, Wording

PERIOD = 2 * 365
"""The days for which instances are listed by default, from the start of the series or of the
selection, if that is later."""

EVENTS_PER_CHUNK = 256
_UNKNOWN_LANGUAGE = "und"
_UNKNOWN_DATES = WrittenDocument(None, None, None)
_OURS = re.compile(rb'\{"version":\d+,\s*"calendar":\{"id":"')
_NULL = {"type": "null"}
_encode = msgspec.json.Encoder().encode


def render(calendar: Calendar, options: JsonOptions) -> Iterator[bytes]:
    """Yield the document in chunks: UTF-8, with a line for each event."""
    feeds = [
        FeedDocument(
            feed.id,
            feed.name or calendar.name,
            feed.language or calendar.language,
            [event.id for event in events_of_feed(calendar, feed)],
        )
        for feed in calendar.feeds
    ]
    yield b'{"version":%d,\n"calendar":%b,\n"feeds":%b,\n"events":[' % (
        VERSION,
        _encode(_calendar(calendar)),
        _encode(feeds),
    )
    wording, separator = wording_of(calendar), b"\n"
    language = calendar.language or _UNKNOWN_LANGUAGE
    events = (_event(event, options, wording, language) for event in calendar.events)
    while chunk := [_encode(event) for event in islice(events, EVENTS_PER_CHUNK)]:
        yield separator + b",\n".join(chunk)
        separator = b",\n"
    yield b"\n]}\n"


def is_ours(file: BinaryIO) -> bool:
    """Return whether a file begins as every version of this document."""
    file.seek(0)
    return _OURS.match(file.read(256)) is not None


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the document."""
    schema = _with_null_last(msgspec.json.schema(TimelineDocument))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _with_null_last(node: Any) -> Any:
    """Return a part of a schema with `null` after its alternatives.

    The order of msgspec's ``anyOf`` differs between its versions.
    """
    if isinstance(node, list):
        return [_with_null_last(item) for item in node]
    if not isinstance(node, dict):
        return node
    parts = {key: _with_null_last(value) for key, value in node.items()}
    if "anyOf" in parts:
        parts["anyOf"].sort(key=lambda alternative: alternative == _NULL)
    return parts


def count_instances(calendar: Calendar, options: JsonOptions) -> int:
    """Return how many instances of rules are walked for the document; above the limit, more."""
    count = 0
    for event in calendar.events:
        if (recurrence := event.recurrence) is not None and count <= MAX_VEVENTS:
            left = MAX_VEVENTS - count
            last = _last(recurrence, options)
            count += len(recurrence.rdate) + recurrence.count_of_rule(
                last, left, first=options.first or FIRST_DAY
            )
    return count


def _calendar(calendar: Calendar) -> CalendarDocument:
    return CalendarDocument(
        calendar.id,
        calendar.name,
        calendar.description,
        calendar.timezone,
        calendar.language,
        calendar.url,
        calendar.source,
        calendar.color,
        [CategoryDocument(item.name, item.color, item.description) for item in calendar.categories],
    )


def _event(event: Event, options: JsonOptions, wording: Wording, language: str) -> EventDocument:
    when, details = first_dates(event), event.details
    origin, recurrence = options.origins.get(event.id), event.recurrence
    omitted = omission(event)
    return EventDocument(
        event.id,
        event.uid,
        event.parent,
        _texts(event, "summary", language),
        _texts(event, "description", language),
        when_document(when, wording),
        _UNKNOWN_DATES
        if origin is None
        else WrittenDocument(origin.start, origin.end, origin.duration),
        _follows(origin, recurrence),
        _status(event, when),
        [WasDocument(when_document(was.when, wording), was.note) for was in event.was],
        recurrence.rule.value(recurrence.start) if recurrence and recurrence.rule else None,
        _instances(event, recurrence, options) if recurrence else [],
        [
            _override(override.event, override.recurrence_id, wording, language)
            for override in event.overrides
        ],
        list(event.categories),
        event.location,
        list(details.geo) if details.geo else [],
        event.url,
        event.color,
        [SourceDocument(of.url, of.title, of.quote, of.accessed) for of in event.sources],
        [] if details is NO_DETAILS else _links(details),
        omitted is None,
        omitted,
        None if origin is None else origin.file,
        None if origin is None else origin.line,
    )


def _override(
    event: Event, instance: RecurrenceStart, wording: Wording, language: str
) -> OverrideDocument:
    omitted = omission(event)
    return OverrideDocument(
        moment_text(instance),
        _texts(event, "summary", language),
        when_document(event.when, wording),
        _status(event, event.when),
        event.location,
        event.url,
        omitted is None,
        omitted,
    )


def _status(event: Event, when: When) -> str | None:
    """Return the status of the file, else the one that a feed shows, as the CSV does."""
    return event.status or (vevent_status(event, when) or "").lower() or None


def _texts(event: Event, name: str, language: str) -> dict[str, str]:
    by_language = {text.language: getattr(text, name) for text in event.texts}
    texts = {tag: text for tag, text in by_language.items() if text}
    if texts:
        return texts
    text = getattr(event, name)
    return {language: text} if text else {}


def _follows(origin: EventOrigin | None, recurrence: Recurrence | None) -> list[str]:
    ids = [*(origin.follows if origin else ())]
    ids += [other for _, other in recurrence.follows] if recurrence else []
    return list(dict.fromkeys(ids))


def _last(recurrence: Recurrence, options: JsonOptions) -> date:
    """Return the last day of the period for which instances are listed."""
    begins = max(local_day(recurrence.start), options.first or FIRST_DAY)
    return options.last or move_day_within(begins, PERIOD)


def _instances(event: Event, recurrence: Recurrence, options: JsonOptions) -> list[str]:
    """Return the starts of the instances that take place, in order, those of overrides as moved."""
    first, last = options.first or FIRST_DAY, _last(recurrence, options)
    replaced = [override.recurrence_id for override in event.overrides]
    moments = [*recurrence.instances(first=first, last=last, without=replaced)]
    moments += (
        recurrence_start(when)
        for override in event.overrides
        if override.event.status != "cancelled"
        if isinstance(when := override.event.when, AllDay | Timed)
    )
    moments.sort(key=instance_key)
    return [moment_text(moment) for moment in moments if first <= local_day(moment) <= last]


def _links(details: Details) -> list[LinkDocument]:
    return [
        LinkDocument(kind, link.url, link.title)
        for kind in ("conference", "attach", "image")
        for link in getattr(details, kind)
    ]
