"""Declare the keys at the top level of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from timeline.compiler.schema.calendar import CalendarEntry
from timeline.compiler.schema.categories import CategoryEntry
from timeline.compiler.schema.declarations import (
    ByKey,
    Declared,
    Key,
    Value,
    declare,
    key,
    list_of,
    nested,
    table,
)
from timeline.compiler.schema.defaults import DefaultsEntry, IncludeEntry
from timeline.compiler.schema.events import EventEntry
from timeline.compiler.schema.feeds import EachFeedEntry, FeedEntry
from timeline.compiler.schema.readers import FORMAT, FORMAT_NUMBER, LINE

if TYPE_CHECKING:
    from timeline.compiler.schema.declarations import Reader

FEED: ByKey[FeedEntry | EachFeedEntry] = ByKey("each", nested(EachFeedEntry), nested(FeedEntry))


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
    defaults: DefaultsEntry | None = key(
        nested(DefaultsEntry),
        default=None,
        title="Defaults",
        description="What all events have if they do not have the key themselves.",
    )
    include: tuple[IncludeEntry, ...] = key(
        list_of(nested(IncludeEntry)),
        default=(),
        title="Include",
        description="Other files with `events`, by their paths from the folder of this file.",
    )
    feeds: tuple[FeedEntry | EachFeedEntry, ...] = key(
        list_of(FEED),
        default=(),
        title="Feeds",
        description="Additional feeds, each with some of the events, in separate files.",
    )
    outputs: Any = key(
        Value(lambda value: value, {}),  # the formats are declared in a room above
        default=None,
        title="Outputs",
        description="What `timeline export` writes if no format is given, and how.",
    )
    events: tuple[EventEntry, ...] = key(
        list_of(nested(EventEntry)),
        title="Events",
        description="The events, in the order of the feed.",
    )


class IncludedTimeline(Declared, title="included timeline file", is_open=True):
    """A file that the events file of a timeline includes: events, and what applies to them."""

    # For editors: the program reads such a file merged with the main file.

    categories: dict[str, CategoryEntry] = key(
        table(LINE, nested(CategoryEntry)),
        default={},
        title="Categories",
        description="Categories of the timeline, in addition to those of the main file.",
    )
    defaults: DefaultsEntry | None = key(
        nested(DefaultsEntry),
        default=None,
        title="Defaults",
        description="What the events of this file, and of those that it includes, have if they do "
        "not have the key themselves.",
    )
    include: tuple[IncludeEntry, ...] = key(
        list_of(nested(IncludeEntry)),
        default=(),
        title="Include",
        description="Other files with `events`, by their paths from the folder of this file.",
    )
    events: tuple[EventEntry, ...] = key(
        list_of(nested(EventEntry)),
        default=(),
        title="Events",
        description="The events; in the feed they follow those of the main file.",
    )


def timeline_with_outputs(outputs: Reader[Any]) -> type[Timeline]:
    """Return the declaration of the file in which a reader declares the value of `outputs`."""
    keys = {key.attribute: key for key in Timeline.declaration.keys.values()}
    opaque = keys["outputs"]
    keys["outputs"] = Key(outputs, opaque.default, opaque.title, opaque.description)
    declared = declare("Timeline", Timeline.__doc__ or "", keys)
    declared.declaration.title = Timeline.declaration.title
    declared.declaration.is_open = Timeline.declaration.is_open
    return cast("type[Timeline]", declared)
