"""Declare the keys of an event and of an override of one of its instances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.compiler.schema.declarations import Declared, Nested, key, list_of, nested, table
from timeline.compiler.schema.parts import (
    Contact,
    Geo,
    LinkEntry,
    Organizer,
    Related,
    SourceEntry,
    WasEntry,
)
from timeline.compiler.schema.readers import (
    ALARM,
    CANCELLED,
    CLASSIFICATION,
    COLOR,
    DURATION,
    END,
    EXCLUDED,
    ID,
    IMPRECISE,
    INSTANCE,
    LINE,
    LITERAL,
    LOCALIZED_DESCRIPTION,
    LOCALIZED_LINE,
    LONG_SPANS,
    PRIORITY,
    PROPERTY_NAME,
    RECURRENCE_RULE,
    SERIES_DATE,
    START,
    STATUS,
    TEXT,
    TRANSPARENCY,
    UID,
    URL,
    WITHIN_PARENT,
    ZONE,
    check_distinct,
)

if TYPE_CHECKING:
    from timeline.compiler.schema.readers import Localized
    from timeline.dates import (
        ClockTime,
        Date,
        DateExpression,
        DayRange,
        Duration,
        RecurrenceRule,
        RelativeDate,
        WrittenAlarm,
    )


class OverrideEntry(Declared):
    """One instance of a recurring event that differs from the others."""

    recurrence_id: Date | ClockTime = key(
        INSTANCE,
        title="Recurrence id",
        description="The instance, by the day or the time at which the rule generates it.",
    )
    summary: Localized | None = key(
        LOCALIZED_LINE, default=None, title="Summary", description="The title of this instance."
    )
    description: Localized | None = key(
        LOCALIZED_DESCRIPTION,
        default=None,
        title="Description",
        description="The description of this instance.",
    )
    location: str | None = key(
        LINE, default=None, title="Location", description="The place of this instance."
    )
    url: str | None = key(
        URL, default=None, title="Address", description="A page about this instance."
    )
    status: str | None = key(
        STATUS,
        default=None,
        title="Status",
        description="The status of this instance, such as `cancelled`.",
    )
    start: Date | ClockTime | None = key(
        LITERAL,
        default=None,
        title="Start",
        description="When it starts instead; its duration stays the same.",
    )
    end: Date | ClockTime | None = key(
        LITERAL, default=None, title="End", description="When it ends instead."
    )
    duration: Duration | None = key(
        DURATION, default=None, title="Duration", description="How long it takes, instead of `end`."
    )
    categories: tuple[str, ...] | None = key(
        list_of(LINE),
        default=None,
        title="Categories",
        description="The categories of this instance.",
    )
    alarms: tuple[WrittenAlarm, ...] | None = key(
        list_of(ALARM),
        default=None,
        title="Alarms",
        description="The reminders of this instance, instead of all those of the event and its "
        "categories; none if the list is empty.",
    )
    timezone: str | None = key(
        ZONE,
        default=None,
        title="Time zone",
        description="The IANA name of the time zone of the times of this override.",
    )
    organizer: Organizer | None = key(
        nested(Organizer),
        default=None,
        title="Organizer",
        description="Who organises this instance.",
    )
    color: str | None = key(
        COLOR,
        default=None,
        title="Colour",
        description="The CSS3 colour name of this instance, in the feed.",
    )
    transparency: str | None = key(
        TRANSPARENCY,
        default=None,
        title="Transparency",
        description="Whether this instance blocks time.",
    )


class EventEntry(Declared, title="Event", is_open=True):
    """A milestone: on a day, over several days, at a time, or not dated yet."""

    id: str = key(
        ID,
        title="Id",
        description="Identifies the event permanently: lower-case letters, digits, `-` and `_`. "
        "Its UID is made from it.",
    )
    summary: Localized = key(
        LOCALIZED_LINE,
        title="Summary",
        description="The title, on one line, or titles by language: `{en: …, bg: …}`.",
    )
    start: DateExpression = key(
        START,
        title="Start",
        description="The first day or the time, as precisely as it is known: `2025-01-03`, "
        "`2025-01`, `2025-Q1`, `2025`, `202X`, `2025-01-03T09:00`, `other.end + 2 days`, "
        "`between 2025-01-03 and 2025-01-17`, `not before 2027-06`, `not after 2027-03`, or "
        "`TBC`. A `?`, `~` or `%` after it means "
        "uncertain, approximate or both.",
    )
    end: DateExpression | None = key(
        END,
        default=None,
        title="End",
        description="The last day (inclusive) or the time, in the same forms as `start`; `..` for "
        "an open end.",
    )
    duration: Duration | None = key(
        DURATION,
        default=None,
        title="Duration",
        description="Instead of `end`: `3 days`, `90 minutes`, `P1M`. Three days from the 15th "
        "are the 15th, 16th and 17th.",
    )
    uid: str | None = key(
        UID,
        default=None,
        title="UID",
        description="The UID of an event imported from another calendar.",
    )
    timezone: str | None = key(
        ZONE,
        default=None,
        title="Time zone",
        description="The IANA name of the time zone of the times of this event and the events "
        "nested in it, such as `Asia/Riyadh`, or `AoE` (anywhere on Earth).",
    )
    description: Localized | None = key(
        LOCALIZED_DESCRIPTION,
        default=None,
        title="Description",
        description="More about the event, as plain text, or texts by language.",
    )
    location: str | None = key(
        LINE, default=None, title="Location", description="The place, on one line."
    )
    geo: Geo | None = key(
        nested(Geo),
        default=None,
        title="Geographic position",
        description="The position on the map.",
    )
    url: str | None = key(URL, default=None, title="Address", description="A page about the event.")
    categories: tuple[str, ...] = key(
        list_of(LINE), default=(), title="Categories", description="The categories of the event."
    )
    status: str | None = key(
        STATUS,
        default=None,
        title="Status",
        description="Only needed if it does not follow from the dates. A `cancelled` or "
        "`postponed` event stays in the calendars of subscribers and is marked there.",
    )
    was: tuple[WasEntry, ...] = key(
        list_of(nested(WasEntry)),
        default=(),
        title="Earlier dates",
        description="Dates that the event had before, newest first.",
    )
    transparency: str | None = key(
        TRANSPARENCY,
        default=None,
        title="Transparency",
        description="Whether it blocks time: by default `transparent` for all-day events and "
        "`opaque` for timed events.",
    )
    color: str | None = key(COLOR, default=None, title="Colour", description="A CSS3 colour name.")
    priority: int | None = key(
        PRIORITY, default=None, title="Priority", description="1 (highest) to 9, 0 for none."
    )
    class_: str | None = key(
        CLASSIFICATION,
        default=None,
        title="Class",
        description="Who may see it, for apps that support this.",
    )
    organizer: Organizer | None = key(
        nested(Organizer), default=None, title="Organizer", description="Who organises it."
    )
    contact: Contact | None = key(
        nested(Contact), default=None, title="Contact", description="Whom to ask about it."
    )
    image: tuple[LinkEntry, ...] = key(
        list_of(nested(LinkEntry)), default=(), title="Images", description="Images of it."
    )
    attach: tuple[LinkEntry, ...] = key(
        list_of(nested(LinkEntry)),
        default=(),
        title="Attachments",
        description="Documents that belong to it.",
    )
    conference: tuple[LinkEntry, ...] = key(
        list_of(nested(LinkEntry)),
        default=(),
        title="Conferences",
        description="Where to join it online.",
    )
    related_to: tuple[Related, ...] = key(
        list_of(nested(Related)),
        default=(),
        title="Related events",
        description="Other events, as ids or as `{id, type}`.",
    )
    rrule: RecurrenceRule | None = key(
        RECURRENCE_RULE,
        default=None,
        title="Recurrence rule",
        description="When it recurs (RFC 5545): `FREQ=WEEKLY;BYDAY=MO;COUNT=8`, or its parts: "
        "`{freq: weekly, byday: [mo], count: 8}`.",
    )
    rdate: tuple[Date | ClockTime | RelativeDate, ...] = key(
        list_of(SERIES_DATE),
        default=(),
        title="Additional dates",
        description="Additional days or times at which it takes place, also relative ones: "
        "`season.end at 18:00`.",
    )
    exdate: tuple[Date | ClockTime | RelativeDate | DayRange, ...] = key(
        list_of(EXCLUDED),
        default=(),
        title="Excluded dates",
        description="Days or times that the rule generates, but at which it does not take place, "
        "also relative ones, and ranges of days: `2027-02-01..2027-02-14`.",
    )
    overrides: tuple[OverrideEntry, ...] = key(
        list_of(nested(OverrideEntry)),
        default=(),
        title="Overrides",
        description="Instances that differ from the others.",
    )
    alarms: tuple[WrittenAlarm, ...] | None = key(
        list_of(ALARM),
        default=None,
        title="Alarms",
        description="Reminders: `1 day before`, `2 hours before end`, `1 day before at 18:00`, "
        "`1 month before`, or a time. `[]` for none, also not those of a category.",
    )
    sources: tuple[SourceEntry, ...] = key(
        list_of(nested(SourceEntry)),
        default=(),
        title="Sources",
        description="Where the facts are from.",
    )
    renamed_from: tuple[str, ...] = key(
        list_of(ID),
        default=(),
        title="Renamed from",
        description="Ids that the event had before, newest first. Its UID is still made from the "
        "oldest.",
    )
    imprecise: str | None = key(
        IMPRECISE,
        default=None,
        title="Imprecise dates",
        description="How the feed shows this event if its start is not known to the day.",
    )
    long_spans: str | None = key(
        LONG_SPANS,
        default=None,
        title="Long spans",
        description="How the feed shows this event if it is longer than 31 days.",
    )
    cancelled: str | None = key(
        CANCELLED,
        default=None,
        title="Cancelled",
        description="Whether this event stays in the feed if it is cancelled.",
    )
    within_parent: bool | None = key(
        WITHIN_PARENT,
        default=None,
        title="Within parent",
        description="`false` for an event that may be outside of the dates of the event that "
        "contains it.",
    )
    events: tuple[EventEntry, ...] = key(
        list_of(Nested(lambda: EventEntry)),
        default=(),
        title="Events",
        description="Events that belong to this one and must be able to lie within its dates, "
        "unless they have `within-parent: false`.",
    )
    properties: dict[str, str] = key(
        table(PROPERTY_NAME, TEXT, check=check_distinct),
        default={},
        title="Properties",
        description="Additional iCalendar properties: `X-…` or registered names, and their text.",
    )
