"""Declare the keys of the calendar."""

from __future__ import annotations

from datetime import timedelta

from timeline.compiler.schema.declarations import Declared, key, nested
from timeline.compiler.schema.readers import (
    BOOLEAN,
    CALENDAR_ID,
    CANCELLED,
    COLOR,
    DESCRIPTION,
    IMPRECISE,
    LANGUAGE,
    LINE,
    LONG_SPANS,
    REFRESH,
    URL,
    ZONE,
)
from timeline.compiler.schema.working_days import WorkingDaysEntry


class CalendarEntry(Declared):
    """The calendar: its identity, its name, and settings for all of its events."""

    id: str = key(
        CALENDAR_ID,
        title="Id",
        description="The part after @ in every UID, such as a domain of yours. Never change it.",
    )
    name: str = key(LINE, title="Name", description="The name subscribers see.")
    description: str | None = key(
        DESCRIPTION, default=None, title="Description", description="What the calendar is about."
    )
    timezone: str | None = key(
        ZONE,
        default=None,
        title="Time zone",
        description="The IANA name of the time zone of all times that do not state one, such as "
        "`Asia/Riyadh`, or `AoE` (anywhere on Earth).",
    )
    working_days: WorkingDaysEntry | None = key(
        nested(WorkingDaysEntry),
        default=None,
        title="Working days",
        description="The days on which people work, for dates such as `rally.end + 5 working "
        "days`.",
    )
    language: str | None = key(
        LANGUAGE,
        default=None,
        title="Language",
        description="The language of the texts as a BCP 47 tag, such as `en`.",
    )
    url: str | None = key(
        URL, default=None, title="Address", description="A page about the calendar."
    )
    source: str | None = key(
        URL, default=None, title="Source", description="The address at which the feed is published."
    )
    color: str | None = key(COLOR, default=None, title="Colour", description="A CSS3 colour name.")
    refresh: timedelta = key(
        REFRESH,
        default=timedelta(hours=12),
        title="Refresh",
        description="How often subscribers should fetch the feed, such as `30 minutes` or "
        "`12 hours`.",
    )
    imprecise: str = key(
        IMPRECISE,
        default="span",
        title="Imprecise dates",
        description="How the feed shows events whose start is not known to the day: over the "
        "whole `span`, on its `start`, or not at all (`skip`).",
    )
    long_spans: str = key(
        LONG_SPANS,
        default="span",
        title="Long spans",
        description="How the feed shows events of more than 31 days: over the whole `span`, or on "
        "their `endpoints`.",
    )
    cancelled: str = key(
        CANCELLED,
        default="status",
        title="Cancelled",
        description="Whether cancelled events stay in the feed with their `status`, or are "
        "removed (`drop`).",
    )
    require_sources: bool = key(
        BOOLEAN,
        default=False,
        title="Require sources",
        description="Whether every event must have `sources`.",
    )
