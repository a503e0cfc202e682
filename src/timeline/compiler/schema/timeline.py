"""Declare the keys at the top level of the file."""

from __future__ import annotations

from timeline.compiler.schema.calendar import CalendarEntry
from timeline.compiler.schema.categories import CategoryEntry
from timeline.compiler.schema.declarations import Declared, key, list_of, nested, table
from timeline.compiler.schema.events import EventEntry
from timeline.compiler.schema.feeds import FeedEntry
from timeline.compiler.schema.readers import FORMAT, FORMAT_NUMBER, LINE


class Timeline(Declared, title="timeline events file", is_open=True):
    """A timeline: a calendar and its events, with each date as precise as it is known."""

    format: int = key(
        FORMAT_NUMBER,
        default=FORMAT,
        title="Format",
        description="The version of the file format: 1.",
    )
    calendar: CalendarEntry = key(
        nested(CalendarEntry), title="Calendar", description="Settings of the whole calendar."
    )
    categories: dict[str, CategoryEntry] = key(
        table(LINE, nested(CategoryEntry)),
        default={},
        title="Categories",
        description="The categories; if given, events may have no others.",
    )
    include: tuple[str, ...] = key(
        list_of(LINE),
        default=(),
        title="Include",
        description="Other files with `events`, by their paths from the folder of this file.",
    )
    feeds: tuple[FeedEntry, ...] = key(
        list_of(nested(FeedEntry)),
        default=(),
        title="Feeds",
        description="Additional feeds, each with some of the events, in separate files.",
    )
    events: tuple[EventEntry, ...] = key(
        list_of(nested(EventEntry)),
        title="Events",
        description="The events, in the order of the feed.",
    )
