"""Resolve a file as written to its calendar."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from timeline._checkpoint import checkpoint
from timeline.compiler.resolve.alarm_count import count_alarms
from timeline.compiler.resolve.alarms import AlarmResolver
from timeline.compiler.resolve.category_feeds import write_out_feeds
from timeline.compiler.resolve.dates import DateResolver
from timeline.compiler.resolve.details import resolve_details
from timeline.compiler.resolve.feed_alarms import FeedResolver
from timeline.compiler.resolve.recurrence import resolve_recurrence
from timeline.compiler.resolve.reports import StopResolving
from timeline.compiler.resolve.texts import text_in, texts_by_language
from timeline.dates import WorkCalendar
from timeline.model import (
    NO_DETAILS,
    Calendar,
    Category,
    Event,
    ProjectionOptions,
    private_event_ids,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.compiler.resolve.ids import EventIds
    from timeline.compiler.resolve.tree import Entry
    from timeline.compiler.schema.events import EventEntry
    from timeline.compiler.schema.refused import Refused
    from timeline.compiler.schema.timeline import Timeline
    from timeline.diagnostics import Diagnostic
    from timeline.model import When


def resolve_calendar(
    timeline: Timeline, entries: Sequence[Entry], ids: EventIds, refused: Refused
) -> tuple[Calendar, list[Diagnostic]]:
    """Return the calendar, and diagnostics of all that cannot be resolved.

    An event whose date cannot be resolved is undated. ``entries`` are the events of the timeline,
    laid flat, and ``ids`` are their ids. ``refused`` has the values that could not be read; those
    that cannot be resolved are added. With more errors than are shown, the calendar has only the
    events before the last of them, and with too many alarms it has none.
    """
    working_days = timeline.calendar.working_days
    dates = DateResolver(
        ids,
        refused,
        WorkCalendar(working_days.week, working_days.off or ()) if working_days else None,
    )
    resolved: list[Event] = []
    count, excess = count_alarms(timeline, entries)
    if excess:
        dates.diagnostics.append(excess)
        entries = ()
    with suppress(StopResolving):
        for entry in entries:
            resolved.append(_event(entry, timeline, dates))  # noqa: PERF401 - those before a stop
    events = tuple(resolved)
    named = {event.parent for event in events}
    named.update(other for event in events if event.related_to for other, _ in event.related_to)
    calendar = Calendar(
        id=timeline.calendar.id,
        name=timeline.calendar.name,
        events=events,
        description=timeline.calendar.description,
        timezone=timeline.calendar.timezone,
        language=timeline.calendar.language,
        url=timeline.calendar.url,
        source=timeline.calendar.source,
        color=timeline.calendar.color,
        refresh=timeline.calendar.refresh,
        uids={event.id: event.uid for event in events if event.id in named},
        private_ids=private_event_ids(events),
        categories=tuple(
            Category(name, category.color, category.description, category.no_overlap)
            for name, category in timeline.categories.items()
        ),
    )
    with suppress(StopResolving):
        written, wrong = write_out_feeds(timeline, entries, refused)
        for diagnostic in wrong:
            dates.diagnostics.append(diagnostic)
        feeds = FeedResolver(calendar, entries, dates, count).resolve(written)
        calendar = replace(calendar, feeds=feeds)
    return calendar, dates.diagnostics


def event_uid(written: EventEntry, calendar_id: str) -> str:
    """Return the UID of an event: its own, or one made of its oldest id (RFC 5545 3.8.4.7).

    It does not depend on the title, the date or the place, so that these may change.
    """
    oldest = written.renamed_from[-1] if written.renamed_from else written.id
    return written.uid or f"{oldest}@{calendar_id}"


def _event(entry: Entry, timeline: Timeline, dates: DateResolver) -> Event:
    checkpoint()
    written, calendar = entry.written, timeline.calendar
    when, summary, text = dates.resolve_when(entry), written.summary, written.description
    categories = entry.categories
    event = Event(
        id=written.id,
        uid=event_uid(written, calendar.id),
        summary=summary if isinstance(summary, str) else text_in(summary, calendar.language),
        when=when,
        path=entry.path,
        parent=entry.parent.written.id if entry.parent else None,
        depth=entry.depth,
        description=text_in(text, calendar.language) if isinstance(text, dict) else text,
        location=written.location or entry.defaults.location,
        url=written.url,
        categories=categories,
        status=written.status,
        transp=written.transparency or entry.defaults.transparency,
        color=written.color
        or (_category_color(categories, timeline) if timeline.categories else None),
        projection=_projection(
            calendar.imprecise,
            calendar.long_spans,
            calendar.cancelled,
            written.imprecise,
            written.long_spans,
            written.cancelled,
        ),
    )
    if seldom := _seldom_written(entry, when, timeline, dates):
        event = replace(event, **seldom)
    if written.rrule or written.rdate or written.exdate or written.overrides:
        return resolve_recurrence(event, entry, timeline, dates)
    return event


def _seldom_written(
    entry: Entry, when: When, timeline: Timeline, dates: DateResolver
) -> dict[str, Any]:
    """Return the fields of an event that most events do not have.

    CPython passes more than 15 keywords through a dictionary, so they are not part of one call.
    """
    written = entry.written
    fields: dict[str, Any] = {}
    if written.was:
        fields["was"] = tuple(dates.resolve_was(entry))
    if written.related_to:
        fields["related_to"] = tuple((related.id, related.type) for related in written.related_to)
    if written.sources:
        fields["sources"] = tuple(source.resolved() for source in written.sources)
    if written.properties:
        fields["properties"] = tuple(written.properties.items())
    if written.alarms or timeline.categories or entry.defaults.alarms:
        alarms = AlarmResolver(entry, timeline.categories, dates)
        fields["alarms"] = alarms.resolve(when, entry.categories)
    if isinstance(written.summary, dict) or isinstance(written.description, dict):
        fields["texts"] = texts_by_language(written.summary, written.description)
    if (details := resolve_details(written)) is not NO_DETAILS:
        fields["details"] = details
    return fields


@cache  # six words, of which most events have the same
def _projection(
    imprecise: str,
    long_spans: str,
    cancelled: str,
    own_imprecise: str | None,
    own_long_spans: str | None,
    own_cancelled: str | None,
) -> ProjectionOptions:
    own = {"imprecise": own_imprecise, "long_spans": own_long_spans, "cancelled": own_cancelled}
    return ProjectionOptions(
        own_imprecise or imprecise,
        own_long_spans or long_spans,
        own_cancelled or cancelled,
        frozenset(name for name, value in own.items() if value),
    )


def _category_color(categories: tuple[str, ...], timeline: Timeline) -> str | None:
    """Return the colour of the first category that has one."""
    known = (timeline.categories.get(name) for name in categories)
    return next((category.color for category in known if category and category.color), None)
