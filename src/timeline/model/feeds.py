"""The additional feeds that a file defines, each a calendar with a selection of the events.

A feed is a pure function of the calendar. The UID of an event is the same in every feed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import timedelta

    from timeline.dates import RecurrenceStart
    from timeline.diagnostics import Path
    from timeline.model.events import Alarm, Calendar, Event


class Feed(Struct, frozen=True):
    """The definition of a feed: which events it has, and which values replace the calendar's.

    ``ids``, ``categories``, ``status`` and ``parent`` select events: within a field any value
    matches, between fields all must, and an empty field matches every event. A value of ``None``
    keeps the calendar's, except for ``source``, which is the address of this feed alone.
    ``alarms`` has the alarms of events by their ids, and of overrides by the id and the instance.
    ``path`` is that of the item of the file that defines it, perhaps with other feeds.
    """

    id: str
    name: str | None = None
    description: str | None = None
    color: str | None = None
    language: str | None = None
    refresh: timedelta | None = None
    source: str | None = None
    url: str | None = None
    imprecise: str | None = None
    long_spans: str | None = None
    cancelled: str | None = None
    alarms: Mapping[tuple[str, RecurrenceStart | None], tuple[Alarm, ...]] | None = None
    ids: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    parent: str | None = None
    exclude: tuple[str, ...] = ()
    path: Path = ()

    @property
    def is_whole(self) -> bool:
        """Whether the feed has all events of the calendar."""
        return not (self.ids or self.categories or self.status or self.parent or self.exclude)


def calendar_of_feed(calendar: Calendar, feed: Feed) -> Calendar:
    """Return the calendar of a feed: its events, in its language, with its projection options."""
    return replace(
        calendar,
        name=feed.name or calendar.name,
        description=feed.description or calendar.description,
        language=feed.language or calendar.language,
        url=feed.url or calendar.url,
        source=feed.source,
        color=feed.color or calendar.color,
        refresh=feed.refresh or calendar.refresh,
        events=tuple([_in_feed(event, feed) for event in events_of_feed(calendar, feed)]),
        feeds=(),
    )


def events_of_feed(calendar: Calendar, feed: Feed) -> Iterator[Event]:
    """Yield the events of the calendar that a feed selects, unchanged and in order."""
    # Sets, because a file may have tens of thousands of events, and a feed all their ids.
    ids, excluded = frozenset(feed.ids), frozenset(feed.exclude)
    categories = frozenset(feed.categories)
    within = {feed.parent}
    for event in calendar.events:
        if event.parent in within:  # parents are before their children
            within.add(event.id)
        if event.id in excluded or (ids and event.id not in ids):
            continue
        if categories and categories.isdisjoint(event.categories):
            continue
        if feed.status and event.status not in feed.status:
            continue
        if feed.parent is None or event.id in within:
            yield event


def _in_feed(event: Event, feed: Feed) -> Event:
    """Return an event with the values of a feed; one that does not change is the same object."""
    shown = _with_alarms(_with_feed_values(event, feed), feed, None)
    if not event.overrides:
        return shown
    overrides = tuple(
        replace(
            override,
            event=_with_alarms(
                _with_feed_values(override.event, feed), feed, override.recurrence_id
            ),
        )
        for override in event.overrides
    )
    return replace(shown, overrides=overrides)


def _with_alarms(event: Event, feed: Feed, instance: RecurrenceStart | None) -> Event:
    if feed.alarms is None:
        return event
    return replace(event, alarms=feed.alarms.get((event.id, instance), ()))


def _with_feed_values(event: Event, feed: Feed) -> Event:
    projection = event.projection.with_defaults(feed.imprecise, feed.long_spans, feed.cancelled)
    text = next((text for text in event.texts if text.language == feed.language), None)
    if text is not None:
        return replace(
            event,
            summary=text.summary or event.summary,
            description=text.description or event.description,
            projection=projection,
        )
    if projection == event.projection:
        return event
    return replace(event, projection=projection)
