"""The file as written -> the calendar as resolved."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from timeline.anchors import Entry, Resolver
from timeline.events import Calendar, Drawing, Event
from timeline.recurring import alarms, text_in, with_recurrence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline import schema
    from timeline.diagnostics import Diagnostic
    from timeline.events import Link


def resolve(
    timeline: schema.Timeline, entries: Sequence[Entry]
) -> tuple[Calendar, list[Diagnostic]]:
    """Work out every date. Where one cannot be, the event is undated and a diagnostic says why.

    ``entries`` are the events of the timeline, laid flat.
    """
    resolver = Resolver(entries)
    return (
        Calendar(
            id=timeline.calendar.id,
            name=timeline.calendar.name,
            events=tuple(_event(entry, timeline, resolver) for entry in entries),
            description=timeline.calendar.description,
            timezone=timeline.calendar.timezone,
            language=timeline.calendar.language,
            url=timeline.calendar.url,
            source=timeline.calendar.source,
            color=timeline.calendar.color,
            refresh=timeline.calendar.refresh,
            uids={entry.written.id: uid(entry.written, timeline.calendar.id) for entry in entries},
        ),
        resolver.diagnostics,
    )


def uid(written: schema.Event, calendar_id: str) -> str:
    """Give the UID, from the file alone: it never changes with the title, the date or the place."""
    oldest = written.renamed_from[-1] if written.renamed_from else written.id
    return written.uid or f"{oldest}@{calendar_id}"


def _event(entry: Entry, timeline: schema.Timeline, resolver: Resolver) -> Event:
    written, calendar = entry.written, timeline.calendar
    when = resolver.when(entry)
    # Most of what an event may have it has not: that costs a look, and no loop.
    event = Event(
        id=written.id,
        uid=uid(written, calendar.id),
        summary=text_in(written.summary, calendar.language) or "",
        when=when,
        path=entry.path,
        parent=entry.parent.written.id if entry.parent else None,
        depth=entry.depth,
        description=text_in(written.description, calendar.language),
        location=written.location,
        geo=(written.geo.latitude, written.geo.longitude) if written.geo else None,
        url=written.url,
        categories=written.categories,
        status=written.status,
        was=tuple(resolver.was(entry)) if written.was else (),
        transp=written.transparency,
        color=written.color or _category_color(written, timeline),
        priority=written.priority,
        class_=written.class_,
        organizer=written.organizer.resolved() if written.organizer else None,
        contact=written.contact.resolved() if written.contact else None,
        image=_links(written.image),
        attach=_links(written.attach),
        conference=_links(written.conference),
        related_to=tuple((each.id, each.type) for each in written.related_to)
        if written.related_to
        else (),
        sources=tuple(each.resolved() for each in written.sources) if written.sources else (),
        properties=tuple(written.properties.items()) if written.properties else (),
        alarms=alarms(when, written.categories, entry, timeline.categories, resolver),
        drawing=_drawing(
            written.imprecise or calendar.imprecise,
            written.long_spans or calendar.long_spans,
            written.cancelled or calendar.cancelled,
        ),
    )
    return with_recurrence(event, entry, timeline, resolver)


_drawing = cache(Drawing)  # of three words each; an event need not have its own


def _links(links: tuple[schema.LinkEntry, ...]) -> tuple[Link, ...]:
    return tuple(link.resolved() for link in links) if links else ()


def _category_color(written: schema.Event, timeline: schema.Timeline) -> str | None:
    """Give the colour of the first category that has one."""
    if not timeline.categories:
        return None
    known = (timeline.categories.get(name) for name in written.categories)
    return next((category.color for category in known if category and category.color), None)
