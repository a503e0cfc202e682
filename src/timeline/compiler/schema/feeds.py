"""Declare the keys of an additional feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.compiler.schema.declarations import Declared, key, list_of
from timeline.compiler.schema.readers import (
    ALARM,
    CANCELLED,
    COLOR,
    DESCRIPTION,
    EACH,
    ID,
    IMPRECISE,
    LANGUAGE,
    LINE,
    LONG_SPANS,
    REFRESH,
    STATUS,
    URL,
    URL_TEMPLATE,
)

if TYPE_CHECKING:
    from datetime import timedelta

    from timeline.dates import WrittenAlarm


class FeedEntry(Declared):
    """An additional feed, `dist/<id>.ics`, with some of the events and its own settings."""

    id: str = key(ID, title="Id", description="The name of its file, without the extension.")
    name: str | None = key(
        LINE, default=None, title="Name", description="The name subscribers see."
    )
    description: str | None = key(
        DESCRIPTION, default=None, title="Description", description="What it is about."
    )
    color: str | None = key(COLOR, default=None, title="Colour", description="A CSS3 colour name.")
    language: str | None = key(
        LANGUAGE,
        default=None,
        title="Language",
        description="The language of the texts, if they are given in several languages.",
    )
    refresh: timedelta | None = key(
        REFRESH,
        default=None,
        title="Refresh",
        description="How often subscribers should fetch this feed.",
    )
    source: str | None = key(
        URL,
        default=None,
        title="Source",
        description="The address at which this feed is published.",
    )
    url: str | None = key(URL, default=None, title="Address", description="A page about it.")
    imprecise: str | None = key(
        IMPRECISE,
        default=None,
        title="Imprecise dates",
        description="As in `calendar`, for this feed.",
    )
    long_spans: str | None = key(
        LONG_SPANS, default=None, title="Long spans", description="As in `calendar`, for this feed."
    )
    cancelled: str | None = key(
        CANCELLED, default=None, title="Cancelled", description="As in `calendar`, for this feed."
    )
    alarms: tuple[WrittenAlarm, ...] | None = key(
        list_of(ALARM),
        default=None,
        title="Alarms",
        description="Reminders of all events in this feed, in place of those that they have "
        "elsewhere; `[]` for none.",
    )
    ids: tuple[str, ...] = key(
        list_of(ID), default=(), title="Ids", description="Only these events."
    )
    categories: tuple[str, ...] = key(
        list_of(LINE),
        default=(),
        title="Categories",
        description="Only events in one of these categories.",
    )
    status: tuple[str, ...] = key(
        list_of(STATUS),
        default=(),
        title="Status",
        description="Only events with one of these values of `status`.",
    )
    parent: str | None = key(
        ID, default=None, title="Parent", description="Only this event and the events nested in it."
    )
    exclude: tuple[str, ...] = key(
        list_of(ID), default=(), title="Exclude", description="Without these events."
    )


class EachFeedEntry(Declared, title="FeedOfEachCategory"):
    """A feed for each category, whose id is the category's `feed` or its name."""

    each: str = key(EACH, title="Each", description="What each feed is of: `category`.")
    color: str | None = key(
        COLOR,
        default=None,
        title="Colour",
        description="A CSS3 colour name; by default that of the category.",
    )
    refresh: timedelta | None = key(
        REFRESH,
        default=None,
        title="Refresh",
        description="How often subscribers should fetch these feeds.",
    )
    source: str | None = key(
        URL_TEMPLATE,
        default=None,
        title="Source",
        description="The address at which they are published, with `{id}` in place of the id: "
        "`https://example.org/{id}.ics`.",
    )
    exclude: tuple[str, ...] = key(
        list_of(ID), default=(), title="Exclude", description="Without these events."
    )
