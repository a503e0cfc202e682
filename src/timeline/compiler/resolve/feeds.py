"""The calendars of a file: the main one, and one for each of its ``feeds``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from timeline.compiler.resolve.dates import flatten
from timeline.compiler.resolve.recurrence import text_in
from timeline.model.events import Drawing

if TYPE_CHECKING:
    from timeline.compiler.resolve.dates import Entry
    from timeline.compiler.schema import models
    from timeline.model.events import Calendar, Event


def calendar_of(feed: models.FeedEntry, timeline: models.Timeline, calendar: Calendar) -> Calendar:
    """Give the calendar of a feed: what it selects, drawn and told as it says.

    What a feed does not say is the calendar's, but ``source``, which is the main feed's address.
    UIDs are the same in all: one event is one event.
    """
    language = feed.language or calendar.language
    pairs = zip(flatten(timeline), calendar.events, strict=True)
    chosen = [(entry, event) for entry, event in pairs if matches(feed, entry)]
    return replace(
        calendar,
        name=feed.name or calendar.name,
        description=feed.description or calendar.description,
        language=language,
        url=feed.url or calendar.url,
        source=feed.source,
        color=feed.color or calendar.color,
        refresh=feed.refresh or calendar.refresh,
        events=tuple(_own(event, entry, feed, timeline) for entry, event in chosen),
    )


def matches(feed: models.FeedEntry, entry: Entry) -> bool:
    """Whether an event is in a feed: within a key any matches, between keys all must."""
    written = entry.written
    if written.id in feed.exclude or (feed.ids and written.id not in feed.ids):
        return False
    if feed.categories and not set(feed.categories) & set(written.categories):
        return False
    if feed.status and written.status not in feed.status:
        return False
    return feed.parent is None or _is_below(entry, feed.parent)


def _is_below(entry: Entry | None, parent: str) -> bool:
    while entry is not None:
        if entry.written.id == parent:
            return True
        entry = entry.parent
    return False


def _own(event: Event, entry: Entry, feed: models.FeedEntry, timeline: models.Timeline) -> Event:
    written, calendar = entry.written, timeline.calendar
    drawing = Drawing(
        written.imprecise or feed.imprecise or calendar.imprecise,
        written.long_spans or feed.long_spans or calendar.long_spans,
        written.cancelled or feed.cancelled or calendar.cancelled,
    )
    languages = (feed.language or calendar.language, calendar.language)
    # The file is sound: every override that is written has become one.
    pairs = zip(written.overrides, event.overrides, strict=True)
    overrides = tuple(
        replace(override, event=_told(override.event, item, written, languages, drawing))
        for item, override in pairs
    )
    return replace(_told(event, written, written, languages, drawing), overrides=overrides)


def _told(
    event: Event,
    own: models.Event | models.OverrideEntry,
    series: models.Event,
    languages: tuple[str | None, ...],
    drawing: Drawing,
) -> Event:
    """Give an event, or an instance of it, in the first of these languages that it is told in."""
    return replace(
        event,
        summary=text_in(own.summary or series.summary, *languages) or event.summary,
        description=text_in(own.description or series.description, *languages),
        drawing=drawing,
    )
