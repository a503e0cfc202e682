"""The readers of the values of the file, one for each kind of value, with their JSON Schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.compiler.schema import addresses, colors, scalars, sizes
from timeline.compiler.schema.declarations import SCALAR_TYPES, Value, scalar, wrong_type
from timeline.compiler.schema.sizes import check_size
from timeline.dates import (
    check_zone,
    parse_alarm,
    parse_day,
    parse_earlier_start,
    parse_end,
    parse_excluded,
    parse_instance,
    parse_literal_date,
    parse_rrule,
    parse_series_date,
    parse_start,
)
from timeline.diagnostics import At, On, Refusal, rules

if TYPE_CHECKING:
    from timeline.dates import RecurrenceRule

Localized = str | dict[str, str]
"""A text, or texts by language (BCP 47)."""

_SCALAR = {"type": SCALAR_TYPES}


def _path(value: object) -> str:
    """Return a path, which is checked where its file is read."""
    if type(value) is not str:
        raise wrong_type("text", value)
    check_size(value, sizes.DESCRIPTION)
    return value


FORMAT = 1
"""The version of the file format that this program reads."""

LINE = scalar(scalars.line, size=sizes.TEXT)
PATH = Value(_path, {"type": SCALAR_TYPES})
TEXT = scalar(scalars.text, size=sizes.TEXT)
DESCRIPTION = scalar(scalars.text, size=sizes.DESCRIPTION)
ID = scalar(scalars.event_id, pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")
CALENDAR_ID = scalar(
    scalars.calendar_id, pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$"
)
UID = scalar(scalars.uid)
URL = scalar(addresses.url, size=sizes.ADDRESS, format="uri")
URL_TEMPLATE = scalar(addresses.url_template, size=sizes.ADDRESS, format="uri-template")
EMAIL = scalar(addresses.email)
ZONE = scalar(check_zone)
LANGUAGE = scalar(scalars.language_tag)
COLOR = scalar(colors.color)
BOOLEAN = scalar(scalars.boolean)
WITHIN_PARENT = scalar(scalars.only_false, enum=[False, *scalars.FALSE])
PRIORITY = scalar(scalars.priority)
LATITUDE = scalar(scalars.latitude)
LONGITUDE = scalar(scalars.longitude)
PROPERTY_NAME = scalar(scalars.property_name)
FORMAT_NUMBER = scalar(scalars.format_number(FORMAT), enum=[str(FORMAT), FORMAT])


def _choice(*words: str) -> Value[str]:
    return scalar(scalars.choice(*words), enum=list(words))


EACH = scalar(scalars.grouping, enum=["category"])
STATUS = _choice("tentative", "confirmed", "cancelled", "postponed")
TRANSPARENCY = _choice("opaque", "transparent")
CLASSIFICATION = _choice("public", "private", "confidential")
IMPRECISE = _choice("span", "start", "skip")
LONG_SPANS = _choice("span", "endpoints")
CANCELLED = _choice("status", "drop")
RELATION_TYPE = _choice(*scalars.RELATION_TYPES)


# Dates and lengths of time.

_DATE = r"(\d{4}(-(\d\d|XX|Q[1-4]|H[12]|W\d\d)(-(\d\d|XX))?)?|\d{3}X|\d\dXX)[?~%]?"
_TIME = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?(\[[^\[\]]+\])?"
DAY_PATTERN = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_RANGE = rf"{DAY_PATTERN}\.\.{DAY_PATTERN}"
_LITERAL = f"{_DATE}|{_TIME}[?~%]?"
_LENGTH = (
    r"\d{1,6} (minute|hour|day|week|month|year)s?"
    r"|P(?=[\dT])(\d{1,6}Y)?(\d{1,6}M)?(\d{1,6}W)?(\d{1,6}D)?"
    r"(T(?=\d)(\d{1,6}H)?(\d{1,6}M)?(\d{1,6}S)?)?"
)
_WORKING_DAYS = r"([1-9]\d{0,2}|[12]\d{3}|3[0-5]\d\d|36[0-5]\d|3660) working days?"
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
_ANCHOR = r"[a-z0-9][a-z0-9_-]{0,62}\.(start|end)(\.day)?"
_ANCHORED = rf"{_ANCHOR}( [+-] ({_LENGTH}|{_WORKING_DAYS})){{0,32}}( at {_CLOCK})?[?~%]?"
_RELATIVE = rf"between .+ and .+|{_ANCHORED}|TBC"

_BOUND = r"\d{4}(-((0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|Q[1-4]|3[3-6]))?"
_RELATIVE_BOUND = (
    rf"{_ANCHOR}( [+-] (\d{{1,6}} (day|week|month|year)s?|{_WORKING_DAYS}"
    r"|P(?=\d)(\d{1,6}Y)?(\d{1,6}M)?(\d{1,6}W)?(\d{1,6}D)?)){0,32}"
)
_ONE_SIDED = rf"not (before|after) ({_BOUND}|{_RELATIVE_BOUND})"

START = scalar(parse_start, pattern=f"^({_LITERAL}|{_RELATIVE}|{_ONE_SIDED})$")
END = scalar(parse_end, pattern=rf"^({_LITERAL}|{_RELATIVE}|\.\.)$")
EARLIER_START = scalar(parse_earlier_start, pattern=f"^({_LITERAL}|not (before|after) {_BOUND})$")
LITERAL = scalar(parse_literal_date, pattern=f"^({_LITERAL})$")
INSTANCE = scalar(parse_instance, pattern=f"^({_DATE}|{_TIME})$")
SERIES_DATE = scalar(parse_series_date, pattern=f"^({_DATE}|{_TIME}|{_ANCHORED})$")
EXCLUDED = scalar(parse_excluded, pattern=f"^({_DATE}|{_TIME}|{_ANCHORED}|{_RANGE})$")
ACCESSED = scalar(parse_day)
ALARM = scalar(
    parse_alarm,
    pattern=rf"^(({_LENGTH}) before( (start|end))?( at \d\d:\d\d(:\d\d)?)?|{_TIME})$",
)
DURATION = scalar(scalars.duration, pattern=r"^(\d+ (minute|hour|day|week|month|year)s?|P.+)$")
REFRESH = scalar(scalars.refresh, pattern=r"^(\d+ (minute|hour|day|week)s?|P.+)$")


# Texts by language.


def _localized(reader: Value[str]) -> Value[Localized]:
    """Return the reader of a text, or of texts by language (BCP 47)."""
    read_text = reader.read

    def read(value: object) -> Localized:
        if type(value) is str:
            return read_text(value)
        if type(value) is dict and value:
            return {_language(key): _text(reader, key, text) for key, text in value.items()}
        raise wrong_type("text, or texts by language", value)

    by_language = {"type": "object", "additionalProperties": _SCALAR}
    return Value(read, {"anyOf": [_SCALAR, by_language]})


def _language(key: str) -> str:
    try:
        return LANGUAGE.read(key)
    except Refusal as refusal:
        refusal.inside = At((key,), On.KEY)
        raise


def _text(reader: Value[str], language: str, value: object) -> str:
    try:
        if type(value) is not str:
            raise wrong_type(f"text for `{language}`", value)
        return reader.read(value)
    except Refusal as refusal:
        refusal.inside = At((language,))
        raise


LOCALIZED_LINE = _localized(LINE)
LOCALIZED_DESCRIPTION = _localized(DESCRIPTION)


# Recurrence rules.

RULE_PARTS = {
    "freq": "How often: `daily`, `weekly`, `monthly`, `yearly`; for times also `hourly` and finer.",
    "interval": "The interval between instances: `2` with `weekly` is every other week.",
    "count": "The number of instances, including the first.",
    "until": "The last day (inclusive) or time; also of another event, `season.end`.",
    "bysecond": "Seconds, 0 to 59.",
    "byminute": "Minutes, 0 to 59.",
    "byhour": "Hours, 0 to 23.",
    "byday": "Weekdays `mo` to `su`; with `monthly` and `yearly` also numbered: `1mo`, `-1fr`.",
    "bymonthday": "Days of the month, 1 to 31, or from its end, -1 to -31.",
    "byyearday": "Days of the year, 1 to 366, or from its end, -1 to -366.",
    "byweekno": "ISO weeks, 1 to 53, or from the end of the year, -1 to -53.",
    "bymonth": "Months, 1 to 12.",
    "bysetpos": "Which instances of each period of `freq` to keep, by position: `-1` is the last.",
    "wkst": "The first day of the week; the default is `mo`.",
}
"""The descriptions of the parts of a recurrence rule (RFC 5545 3.3.10) in editors."""


def _read_rule(value: object) -> RecurrenceRule:
    if isinstance(value, str):
        check_size(value, sizes.RULE)
        return parse_rrule(value)
    if isinstance(value, dict):
        for key, part in value.items():
            for text in part if isinstance(part, list) else [part]:
                if isinstance(text, str):
                    check_size(text, sizes.RULE, At((key,)))
        return parse_rrule(value)
    raise wrong_type("a recurrence rule such as `FREQ=WEEKLY;BYDAY=MO`", value)


def _rule_schema() -> dict[str, Any]:
    part = {"type": ["string", "number", "array"]}
    parts = {
        name: part | {"title": name.upper(), "description": description}
        for name, description in RULE_PARTS.items()
    }
    parts["until"]["pattern"] = f"^({DAY_PATTERN}|{_TIME}|{_ANCHORED})$"
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


RECURRENCE_RULE = Value(_read_rule, _rule_schema())


# Further properties.


def check_distinct(properties: object) -> object:
    """Refuse names that differ only in letter case, which is not significant (RFC 5545 3.1)."""
    names: dict[str, str] = {}
    for name in properties if type(properties) is dict else ():
        if (other := names.setdefault(name.upper(), name)) != name:
            raise Refusal(
                rules.DUPLICATE_KEY,
                f"`{name}` and `{other}` are the same property: letter case is not significant",
                "remove one of them",
                inside=At((name,), On.KEY),
            )
    return properties
