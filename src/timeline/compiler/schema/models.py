"""The file as written: every key that may stand in it, its shape and what it is for.

All scalars arrive as text (``source`` sees to that) and leave as what the key means. The JSON
Schema for editors is made from the same models; an editor reads ``2026`` as a number, so there
every scalar may be a string, a number or a boolean.

Annotations are no text here, which pydantic would compile for each of a hundred fields.
"""

from dataclasses import fields
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass
from pydantic_core import core_schema

from timeline.compiler.schema import scalars
from timeline.compiler.schema.scalars import wrong_type
from timeline.dates import alarms as alarm
from timeline.dates import reader
from timeline.dates.durations import Amount
from timeline.dates.edtf import Date
from timeline.dates.grammar import Written
from timeline.dates.instants import ClockTime
from timeline.dates.recurrence import expansion, rule
from timeline.diagnostics import rules
from timeline.diagnostics.model import At, On, Refusal
from timeline.model.events import Link, Person, Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic.config import JsonDict

FORMAT = 1
"""The version of the file format that this program reads."""

# Scalars. Each is a parser of text and what an editor may know of it.


class _Scalar:
    """Reads a scalar's text, whatever type it becomes.

    pydantic's own ``PlainValidator`` would build a schema for that type first, only to drop it.
    """

    def __init__(self, parse: "Callable[[str], Any]", **schema: Any) -> None:
        self.parse = parse
        any_scalar = {"type": ["string", "number", "boolean"]}
        self.schema = ({} if "enum" in schema else any_scalar) | schema

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        parse = self.parse

        def validate(value: object) -> Any:
            if type(value) is not str:
                raise wrong_type("text", value)
            return parse(value)

        return core_schema.no_info_plain_validator_function(validate)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return dict(self.schema)


RULE_PARTS = {
    "freq": "How often: `daily`, `weekly`, `monthly`, `yearly`, or finer for times.",
    "interval": "Every how many of them: `2` with `weekly` is every other week.",
    "count": "How many times in all, the first one included.",
    "until": "The last day, inclusive, or time.",
    "bysecond": "Seconds, 0 to 59.",
    "byminute": "Minutes, 0 to 59.",
    "byhour": "Hours, 0 to 23.",
    "byday": "Weekdays `mo` to `su`, in months and years also numbered: `1mo`, `-1fr`.",
    "bymonthday": "Days of the month, 1 to 31, or from its end, -1 to -31.",
    "byyearday": "Days of the year, 1 to 366, or from its end, -1 to -366.",
    "byweekno": "ISO weeks, 1 to 53, or from the end of the year, -1 to -53.",
    "bymonth": "Months, 1 to 12.",
    "bysetpos": "Which of those that a month or a year would have: `-1` is the last.",
    "wkst": "The day a week begins, `mo` unless given.",
}
"""What an editor tells of the parts of a recurrence rule (RFC 5545 3.3.10)."""


class _Rule:
    """Reads a recurrence rule: the RFC's text, or a mapping of its parts."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        def validate(value: object) -> rule.Recur:
            if isinstance(value, str | dict):
                return expansion.parse(value)
            raise wrong_type("a rule like `FREQ=WEEKLY;BYDAY=MO`", value)

        return core_schema.no_info_plain_validator_function(validate)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        part = {"type": ["string", "number", "array"]}
        parts = {
            each.name: part | {"title": each.name.upper(), "description": RULE_PARTS[each.name]}
            for each in fields(rule.Recur)
        }
        return {
            "anyOf": [
                {"type": "string", "pattern": "^[Ff][Rr][Ee][Qq]=|;[Ff][Rr][Ee][Qq]="},
                {
                    "type": "object",
                    "properties": parts,
                    "required": ["freq"],
                    "additionalProperties": False,
                },
            ]
        }


class _ByLanguage:
    """Reads a text, or a mapping of it by language (BCP 47)."""

    def __init__(self, parse: "Callable[[str], str]") -> None:
        self.parse = parse

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        def validate(value: object) -> str | dict[str, str]:
            if type(value) is str:
                return self.parse(value)
            if type(value) is dict and value:
                return {_language(key): self._text(key, text) for key, text in value.items()}
            raise wrong_type("text, or texts by language", value)

        return core_schema.no_info_plain_validator_function(validate)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        text = {"type": ["string", "number", "boolean"]}
        return {"anyOf": [text, {"type": "object", "additionalProperties": text}]}

    def _text(self, language: str, value: object) -> str:
        try:
            if type(value) is not str:
                raise wrong_type(f"text for `{language}`", value)
            return self.parse(value)
        except Refusal as refusal:
            refusal.inside = At((language,))
            raise


def _language(key: str) -> str:
    try:
        return scalars.language(key)
    except Refusal as refusal:
        refusal.inside = At((key,), On.KEY)
        raise


_DATE = (
    r"(\d{4}(-(\d\d|XX|Q[1-4]|H[12]|W\d\d)(-(\d\d|XX))?)?|\d{3}X|\d\dXX)[?~%]?"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?(\[[^\[\]]+\])?"
)
_RELATIVE = r"between .+ and .+|[a-z0-9][a-z0-9_-]{0,62}\.(start|end)([ ?~%].*)?|TBC"

Line = Annotated[str, _Scalar(scalars.line)]
Text = Annotated[str, _Scalar(scalars.text)]
LineByLanguage = Annotated[str | dict[str, str], _ByLanguage(scalars.line)]
TextByLanguage = Annotated[str | dict[str, str], _ByLanguage(scalars.text)]
Rule = Annotated[rule.Recur, _Rule()]
AlarmText = Annotated[alarm.AlarmWritten, _Scalar(alarm.parse)]
Id = Annotated[str, _Scalar(scalars.event_id, pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]
CalendarId = Annotated[
    str, _Scalar(scalars.calendar_id, pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$")
]
Uid = Annotated[str, _Scalar(scalars.uid)]
Url = Annotated[str, _Scalar(scalars.url, format="uri")]
Zone = Annotated[str, _Scalar(scalars.zone)]
Language = Annotated[str, _Scalar(scalars.language)]
Color = Annotated[str, _Scalar(scalars.color)]
Email = Annotated[str, _Scalar(scalars.email)]
Start = Annotated[Written, _Scalar(reader.parse_start, pattern=f"^({_DATE}|{_RELATIVE})$")]
End = Annotated[Written, _Scalar(reader.parse_end, pattern=rf"^({_DATE}|{_RELATIVE}|\.\.)$")]
Literal = Annotated[Date | ClockTime, _Scalar(reader.parse_literal, pattern=f"^({_DATE})$")]
Accessed = Annotated[str, _Scalar(reader.parse_day)]
Duration = Annotated[
    Amount, _Scalar(scalars.duration, pattern=r"^(\d+ (minute|hour|day|week|month|year)s?|P.+)$")
]
Refresh = Annotated[
    timedelta, _Scalar(scalars.refresh, pattern=r"^(\d+ (minute|hour|day|week)s?|P.+)$")
]
Boolean = Annotated[bool, _Scalar(scalars.boolean)]
Priority = Annotated[int, _Scalar(scalars.priority)]
Latitude = Annotated[float, _Scalar(scalars.latitude)]
Longitude = Annotated[float, _Scalar(scalars.longitude)]


def _choice(*words: str) -> _Scalar:
    return _Scalar(scalars.choice(*words), enum=list(words))


Status = Annotated[str, _choice("tentative", "confirmed", "cancelled", "postponed")]
Transparency = Annotated[str, _choice("opaque", "transparent")]
Classification = Annotated[str, _choice("public", "private", "confidential")]
Imprecise = Annotated[str, _choice("span", "start", "skip")]
LongSpans = Annotated[str, _choice("span", "endpoints")]
Cancelled = Annotated[str, _choice("status", "drop")]
PropertyName = Annotated[str, _Scalar(scalars.property_name)]
RelationType = Annotated[str, _choice(*scalars.RELATION_TYPES)]


# Mappings.


class _Model(BaseModel):
    # Lists are tuples: those that are empty, most of an event's, are then one and the same.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def _distinct(properties: object) -> object:
    """Refuse names that differ in letter case alone: RFC 5545 3.1 takes them for one."""
    names: dict[str, str] = {}
    for name in properties if type(properties) is dict else ():
        if (other := names.setdefault(name.upper(), name)) != name:
            raise Refusal(
                rules.DUPLICATE_KEY,
                f"`{name}` and `{other}` are one property, for letter case makes no difference",
                "leave one of them out",
                inside=At((name,), On.KEY),
            )
    return properties


_X_KEYS: "JsonDict" = {"patternProperties": {"^x-": {}}}


def _without_x_keys(data: Any) -> Any:
    if type(data) is dict and "x-" in " ".join(data):  # one look for all keys; few files have any
        return {key: value for key, value in data.items() if not key.startswith("x-")}
    return data


class _Extensible(_Model):
    """A mapping in which keys that begin with ``x-`` are the author's own."""

    model_config = ConfigDict(json_schema_extra=_X_KEYS)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_x_keys(cls, data: Any) -> Any:
        return _without_x_keys(data)


class Geo(_Model):
    """A point on the map."""

    latitude: Latitude = Field(title="Latitude", description="Degrees north, -90 to 90.")
    longitude: Longitude = Field(title="Longitude", description="Degrees east, -180 to 180.")


class SourceEntry(_Model):
    """Where a fact is from: at least a `url` or a `title`."""

    url: Url | None = Field(None, title="Address", description="Where the source can be read.")
    title: Line | None = Field(None, title="Title", description="The title of the source.")
    quote: Text | None = Field(None, title="Quote", description="The words that say it.")
    accessed: Accessed | None = Field(
        None, title="Accessed", description="The day the source was read, like 2025-01-03."
    )

    @model_validator(mode="after")
    def _check_named(self) -> "SourceEntry":
        scalars.need_one_of(self, "url", "title")
        return self

    def resolved(self) -> Source:
        """Give the value the calendar holds."""
        return Source(self.url, self.title, self.quote, self.accessed)


class LinkEntry(_Model):
    """A document elsewhere."""

    url: Url = Field(title="Address", description="Where the document is.")
    title: Line | None = Field(None, title="Title", description="What it is called.")

    def resolved(self) -> Link:
        """Give the value the calendar holds."""
        return Link(self.url, self.title)


class Organizer(_Model):
    """Who organises the event; iCalendar knows an organizer by the email address."""

    name: Line | None = Field(None, title="Name", description="The name to show.")
    email: Email = Field(title="Email", description="The email address.")

    def resolved(self) -> Person:
        """Give the value the calendar holds."""
        return Person(self.name, self.email)


class Contact(_Model):
    """Whom to ask: a `name`, an `email`, or both."""

    name: Line | None = Field(None, title="Name", description="The name to show.")
    email: Email | None = Field(None, title="Email", description="The email address.")

    @model_validator(mode="after")
    def _check_named(self) -> "Contact":
        scalars.need_one_of(self, "name", "email")
        return self

    def resolved(self) -> Person:
        """Give the value the calendar holds."""
        return Person(self.name, self.email)


class _OrShort(_Model):
    """A mapping that may be written as its first key's text alone."""

    @model_validator(mode="before")
    @classmethod
    def _expand(cls, data: Any) -> Any:
        return {next(iter(cls.model_fields)): data} if type(data) is str else data

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> Any:
        schema = handler(core_schema)
        full = handler.resolve_ref_schema(schema)
        short = full["properties"][next(iter(cls.model_fields))]
        return {"title": full["title"], "anyOf": [short, dict(full)]}


class WasEntry(_OrShort):
    """Dates the event had earlier: a date alone, or `start` with `end` and `note`."""

    start: Literal = Field(title="Start", description="The date or time it was to start.")
    end: Literal | None = Field(
        None, title="End", description="The last day, inclusive, or time it was to end."
    )
    note: Line | None = Field(None, title="Note", description="Why it was changed.")


class Related(_OrShort):
    """Another event this one belongs with."""

    id: Id = Field(title="Id", description="The id of the other event.")
    type: RelationType = Field(
        "parent",
        title="Type",
        description="How the other one is related to this (RELTYPE of RFC 5545 and RFC 9253).",
    )


class Category(_Model):
    """What all events of a category share."""

    color: Color | None = Field(
        None, title="Colour", description="A CSS3 colour name for its events."
    )
    alarms: tuple[AlarmText, ...] = Field(
        (),
        title="Alarms",
        description="Reminders of all its events, as in `alarms` there.",
    )
    no_overlap: Boolean = Field(
        False,
        alias="no-overlap",
        title="No overlap",
        description="Whether two of its events on the same day are a mistake.",
    )
    description: Text | None = Field(
        None, title="Description", description="What the category is about."
    )


class OverrideEntry(_Model):
    """One instance of a recurring event that differs from the others."""

    recurrence_id: Literal = Field(
        alias="recurrence-id",
        title="Recurrence id",
        description="The instance: the day or the time at which the rule has it.",
    )
    summary: LineByLanguage | None = Field(None, title="Summary", description="Its own title.")
    description: TextByLanguage | None = Field(
        None, title="Description", description="Its own text."
    )
    location: Line | None = Field(None, title="Location", description="Where this one is.")
    url: Url | None = Field(None, title="Address", description="A page about this one.")
    status: Status | None = Field(None, title="Status", description="`cancelled`, for one.")
    start: Literal | None = Field(
        None, title="Start", description="When it starts instead; it stays as long as the others."
    )
    end: Literal | None = Field(None, title="End", description="When it ends instead.")
    duration: Duration | None = Field(
        None, title="Duration", description="How long it takes, instead of `end`."
    )
    categories: tuple[Line, ...] | None = Field(
        None, title="Categories", description="What kind of event this one is."
    )


# Of all models only this one may be there by the hundred thousand: with slots it takes 0.3 kB,
# where pydantic's own kind takes 1.8.
@dataclass(
    config=ConfigDict(extra="forbid", defer_build=True, json_schema_extra=_X_KEYS),
    frozen=True,
    slots=True,
    kw_only=True,
)
class Event:
    """A milestone: something on a day, over days, at a time, or not dated yet."""

    id: Id = Field(
        title="Id",
        description="Names the event for ever: small letters, digits, `-` and `_`. "
        "Its UID is made of it.",
    )
    summary: LineByLanguage = Field(
        title="Summary",
        description="The title, one line; or a title by language: `{en: …, bg: …}`.",
    )
    start: Start = Field(
        title="Start",
        description="The first day or the time, as well as it is known: `2025-01-03`, `2025-01`, "
        "`2025-Q1`, `2025`, `202X`, `2025-01-03T09:00`, `other.end + 2 days`, "
        "`between 2025-01-03 and 2025-01-17`, or `TBC`. A `?`, `~` or `%` after it says "
        "uncertain, approximate or both.",
    )
    end: End | None = Field(
        None,
        title="End",
        description="The last day (inclusive) or the time, in the same forms as `start`; "
        "`..` for an event that goes on.",
    )
    duration: Duration | None = Field(
        None,
        title="Duration",
        description="Instead of `end`: `3 days`, `90 minutes`, `P1M`. Three days from the 15th "
        "are the 15th, 16th and 17th.",
    )
    uid: Uid | None = Field(
        None, title="UID", description="The UID of an event imported from another calendar."
    )
    timezone: Zone | None = Field(
        None,
        title="Time zone",
        description="IANA name such as `Asia/Riyadh`, for this event's times and its children's.",
    )
    description: TextByLanguage | None = Field(
        None, title="Description", description="More about it, plain text; or a text by language."
    )
    location: Line | None = Field(None, title="Location", description="Where it is, one line.")
    geo: Geo | None = Field(None, title="Geographic position", description="Where on the map.")
    url: Url | None = Field(None, title="Address", description="A page about the event.")
    categories: tuple[Line, ...] = Field(
        (), title="Categories", description="What kind of event it is."
    )
    status: Status | None = Field(
        None,
        title="Status",
        description="Leave it out where the dates say it all; `cancelled` and `postponed` keep "
        "the event in subscribers' calendars and say so.",
    )
    was: tuple[WasEntry, ...] = Field(
        (),
        title="Earlier dates",
        description="Dates it had before, newest first.",
    )
    transparency: Transparency | None = Field(
        None,
        title="Transparency",
        description="Whether it blocks time: days default to `transparent`, times to `opaque`.",
    )
    color: Color | None = Field(None, title="Colour", description="A CSS3 colour name.")
    priority: Priority | None = Field(
        None, title="Priority", description="1 (highest) to 9, 0 for none."
    )
    class_: Classification | None = Field(
        None, alias="class", title="Class", description="Who may see it, as apps understand it."
    )
    organizer: Organizer | None = Field(None, title="Organizer", description="Who organises it.")
    contact: Contact | None = Field(None, title="Contact", description="Whom to ask about it.")
    image: tuple[LinkEntry, ...] = Field((), title="Images", description="Pictures of it.")
    attach: tuple[LinkEntry, ...] = Field(
        (), title="Attachments", description="Documents that belong to it."
    )
    conference: tuple[LinkEntry, ...] = Field(
        (), title="Conferences", description="Where to join it online."
    )
    related_to: tuple[Related, ...] = Field(
        (),
        alias="related-to",
        title="Related events",
        description="Other events: ids, or `{id, type}`.",
    )
    rrule: Rule | None = Field(
        None,
        title="Recurrence rule",
        description="When it happens again (RFC 5545): `FREQ=WEEKLY;BYDAY=MO;COUNT=8`, or its "
        "parts: `{freq: weekly, byday: [mo], count: 8}`.",
    )
    rdate: tuple[Literal, ...] = Field(
        (),
        title="Further dates",
        description="Days or times at which it happens too.",
    )
    exdate: tuple[Literal, ...] = Field(
        (),
        title="Excepted dates",
        description="Days or times at which the rule has it, and it does not happen.",
    )
    overrides: tuple[OverrideEntry, ...] = Field(
        (),
        title="Overrides",
        description="Instances that differ from the others.",
    )
    alarms: tuple[AlarmText, ...] = Field(
        (),
        title="Alarms",
        description="Reminders: `1 day before`, `2 hours before end`, `1 day before at 18:00`, "
        "or a time.",
    )
    sources: tuple[SourceEntry, ...] = Field(
        (), title="Sources", description="Where the facts are from."
    )
    renamed_from: tuple[Id, ...] = Field(
        (),
        alias="renamed-from",
        title="Renamed from",
        description="Ids it had before, newest first. Its UID stays that of the oldest.",
    )
    imprecise: Imprecise | None = Field(
        None,
        title="Imprecise dates",
        description="How this event is drawn if its start is not known to the day.",
    )
    long_spans: LongSpans | None = Field(
        None,
        alias="long-spans",
        title="Long spans",
        description="How this event is drawn if it is longer than 31 days.",
    )
    cancelled: Cancelled | None = Field(
        None, title="Cancelled", description="Whether this event stays in the feed if cancelled."
    )
    events: "tuple[Event, ...]" = Field(
        (),
        title="Events",
        description="Events that belong to this one and must be able to lie within it.",
    )
    properties: Annotated[dict[PropertyName, Text], BeforeValidator(_distinct)] = Field(
        default_factory=dict,
        title="Properties",
        description="Further iCalendar properties: `X-…` or registered names, and their text.",
    )

    @model_validator(mode="before")
    @classmethod
    def _leave_out_x_keys(cls, data: Any) -> Any:
        return _without_x_keys(data)


class CalendarEntry(_Model):
    """The calendar: its identity, its name, and what its events have in common."""

    id: CalendarId = Field(
        title="Id",
        description="The part after @ in every UID, such as a domain of yours. Never change it.",
    )
    name: Line = Field(title="Name", description="The name subscribers see.")
    description: Text | None = Field(
        None, title="Description", description="What the calendar is about."
    )
    timezone: Zone | None = Field(
        None,
        title="Time zone",
        description="IANA name such as `Asia/Riyadh`: the zone of every time that names none.",
    )
    language: Language | None = Field(
        None, title="Language", description="The language of the texts, as in `en` (BCP 47)."
    )
    url: Url | None = Field(None, title="Address", description="A page about the calendar.")
    source: Url | None = Field(None, title="Source", description="Where the feed is published.")
    color: Color | None = Field(None, title="Colour", description="A CSS3 colour name.")
    refresh: Refresh = Field(
        # Nextcloud waits a week where nothing is said.
        timedelta(hours=12),
        title="Refresh",
        description="How often a subscriber should look again, such as `30 minutes` or `12 hours`, "
        "which it is unless given.",
    )
    imprecise: Imprecise = Field(
        "span",
        title="Imprecise dates",
        description="How events are drawn whose start is not known to the day: over the whole "
        "`span`, on its `start`, or not at all (`skip`).",
    )
    long_spans: LongSpans = Field(
        "span",
        alias="long-spans",
        title="Long spans",
        description="How events of more than 31 days are drawn: a bar, or their `endpoints`.",
    )
    cancelled: Cancelled = Field(
        "status",
        title="Cancelled",
        description="Whether cancelled events stay in the feed with their `status` or `drop` out.",
    )
    require_sources: Boolean = Field(
        False,
        alias="require-sources",
        title="Require sources",
        description="Whether every event must have `sources`.",
    )


class FeedEntry(_Model):
    """A feed of some of the events, `dist/<id>.ics`, with a name, colour and drawing of its own."""

    id: Id = Field(title="Id", description="The name of its file, without the ending.")
    name: Line | None = Field(None, title="Name", description="The name subscribers see.")
    description: Text | None = Field(None, title="Description", description="What it is about.")
    color: Color | None = Field(None, title="Colour", description="A CSS3 colour name.")
    language: Language | None = Field(
        None, title="Language", description="The language of the texts, where there are several."
    )
    refresh: Refresh | None = Field(
        None, title="Refresh", description="How often a subscriber should look again."
    )
    source: Url | None = Field(None, title="Source", description="Where this feed is published.")
    url: Url | None = Field(None, title="Address", description="A page about it.")
    imprecise: Imprecise | None = Field(
        None, title="Imprecise dates", description="As in `calendar`, for this feed."
    )
    long_spans: LongSpans | None = Field(
        None,
        alias="long-spans",
        title="Long spans",
        description="As in `calendar`, for this feed.",
    )
    cancelled: Cancelled | None = Field(
        None, title="Cancelled", description="As in `calendar`, for this feed."
    )
    ids: tuple[Id, ...] = Field((), title="Ids", description="Only these events.")
    categories: tuple[Line, ...] = Field(
        (),
        title="Categories",
        description="Only events of one of these categories.",
    )
    status: tuple[Status, ...] = Field(
        (),
        title="Status",
        description="Only events with one of these in `status`.",
    )
    parent: Id | None = Field(None, title="Parent", description="Only this event and all below it.")
    exclude: tuple[Id, ...] = Field((), title="Exclude", description="Not these events.")


class Timeline(_Extensible):
    """A timeline: a calendar and its events, each date as well as it is known."""

    model_config = ConfigDict(title="timeline events file")

    format: Annotated[int, _Scalar(scalars.format_number(FORMAT), enum=[str(FORMAT), FORMAT])] = (
        Field(FORMAT, title="Format", description="The version of the file format: 1.")
    )
    calendar: CalendarEntry = Field(
        title="Calendar", description="What holds for the whole calendar."
    )
    categories: dict[Line, Category] = Field(
        default_factory=dict,
        title="Categories",
        description="The categories there are; where given, events may have no others.",
    )
    include: tuple[Line, ...] = Field(
        (),
        title="Include",
        description="Other files with `events`, by their path below the folder of this one.",
    )
    feeds: tuple[FeedEntry, ...] = Field(
        (),
        title="Feeds",
        description="Further feeds, each of some of the events, each in a file of its own.",
    )
    events: tuple[Event, ...] = Field(
        title="Events", description="The events, in the order of the feed."
    )
