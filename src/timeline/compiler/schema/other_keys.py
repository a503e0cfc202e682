"""Say what to write in place of a key or a value of other programs, such as ``all-day: true``.

The help has the key of the events file with the value of the author. What the author's value does
not say, such as the day of a time, is taken from the other keys of the event or left open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from timeline._lazy import regex
from timeline.compiler.schema.rules_in_words import rule_in_words
from timeline.compiler.schema.times_of_day import complete_time
from timeline.dates import (
    only_reading,
    parse_alarm,
    parse_rrule,
    read_duration,
    validate_rrule_start,
)
from timeline.diagnostics import Refusal
from timeline.source import yaml_quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class OtherKey(Struct, frozen=True):
    """A key of another program: the key of the events file that is meant, its value, the event."""

    target: str
    value: Any
    mapping: Mapping[str, Any]


def help_for_other_key(key: str, mapping: Mapping[str, Any], keys: Collection[str]) -> str | None:
    """Return the help for an unknown key of a mapping that may have ``keys``.

    ``None`` if it has no counterpart among them.
    """
    word = key.casefold().replace("_", "-").replace(" ", "-")
    if word not in _OTHER_KEYS or _OTHER_KEYS[word][0] not in keys:
        return None
    target, explain = _OTHER_KEYS[word]
    if target in mapping and target in _LISTS:
        return f"`{target}`, which is probably meant, already exists: write it there"
    return explain(OtherKey(target, mapping.get(key), mapping))


def help_for_other_value(key: str, value: object, mapping: Mapping[str, Any]) -> str | None:
    """Return the help for a value of a key of an event; ``None`` if it needs no special one."""
    if key == "cancelled" and (answer := _yes_or_no(value)) is not None:
        return "write `status: cancelled`" if answer else "remove the key"
    if key == "status" and isinstance(value, str):
        return _help_for_status(value, mapping)
    if key == "rrule" and (rule := rule_in_words(value)):
        return _with_rule(rule, mapping)
    return None


_LISTS = ("conference", "alarms", "rrule")
"""Keys of which an event has one, with all that belongs to it."""

_YES = frozenset({"true", "yes", "y", "on", "1", "x", "ja", "oui", "sí", "si", "sim", "はい"})
_NO = frozenset({"false", "no", "n", "off", "0", "nein", "non", "não", "いいえ", "none", "never"})


def _yes_or_no(value: object) -> bool | None:
    """Return whether a value means true or false; ``None`` if it is neither."""
    word = value.casefold() if isinstance(value, str) else ""
    return True if word in _YES else False if word in _NO else None


# Dates and times.

_DAY = regex(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*", re.ASCII)
_STARTS_WITH_DAY = regex(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d.*)?", re.ASCII)
_TO = regex(r"\s*(?:[-\N{EN DASH}\N{EM DASH}]|\b(?:to|till|until|bis|au|a|à)\b)\s*", re.IGNORECASE)
_DAY_KEYS = {
    "start": ("start", "start-date", "start_date", "startDate", "date", "day", "begin", "from"),
    "end": ("end", "end-date", "end_date", "endDate", "until", "to", "finish"),
}
"""Keys that may have the day of a time that is written in another key."""


def _help_for_clock(other: OtherKey) -> str:
    """Return the help for ``time: 18:00``, with the day of the event."""
    edge, value, mapping = other.target, other.value, other.mapping
    if isinstance(value, str) and _STARTS_WITH_DAY.fullmatch(written := only_reading(value)):
        return f"write `{edge}: {written}`"
    day = _day(edge, mapping) or _day("start", mapping)
    if day and isinstance(value, str):
        first, _, last = (part.strip() for part in _TO.sub("|", value).partition("|"))
        start = only_reading(f"{day} {first}")
        if edge == "start" and (end := complete_time("end", last, {"start": start})):
            return f"write `start: {start}` and `end: {end}`"
        if _TIME.fullmatch(reading := only_reading(f"{day} {value}")):
            return f"write `{edge}: {reading}`"
    if edge == "end" and (end := complete_time("end", value, mapping)):
        return f"write `end: {end}`"
    if _TIME.fullmatch(str(mapping.get(edge, ""))):
        return f"the time belongs into `{edge}`, which has one: remove the key"
    return f"write the time after the day in `{edge}`, such as `{edge}: 2025-01-03T18:00`"


def _day(edge: str, mapping: Mapping[str, Any]) -> str | None:
    """Return the known day in the keys for the start or the end of an event."""
    for key in _DAY_KEYS[edge]:
        value = mapping.get(key)
        if isinstance(value, str) and _DAY.fullmatch(day := only_reading(value)):
            return day
    return None


def _help_for_all_day(other: OtherKey) -> str:
    start = other.mapping.get("start")
    match = _TIME.fullmatch(start.replace(" ", "T")) if isinstance(start, str) else None
    if _yes_or_no(other.value) is False:
        if match:
            return "remove the key: an event with a time in `start` is not an all-day event"
        return "remove the key, and write the time after the day in `start`"
    if match:
        return (
            f"remove the key, and write `start: {match[0][:10]}`: a day without a time is all-day"
        )
    return "remove the key: an event without a time in `start` is an all-day event"


def _help_for_rule(other: OtherKey) -> str:
    if _yes_or_no(other.value) is False:
        return "remove the key: an event without `rrule` does not recur"
    if rule := rule_in_words(other.value):
        return _with_rule(rule, other.mapping)
    return "write a recurrence rule, such as `rrule: FREQ=WEEKLY;BYDAY=MO`"


def _with_rule(rule: str, mapping: Mapping[str, Any]) -> str:
    """Return the help for a rule in words; the start must be an instance of the rule."""
    help_ = f"write `rrule: {rule}`"
    if day := _day("start", mapping):
        try:
            validate_rrule_start(parse_rrule(rule), date.fromisoformat(day))
        except Refusal as refusal:
            return f"{help_}, and {refusal.help}" if refusal.help else help_
    return help_


# Links, reminders, people, texts.


def _help_for_conference(other: OtherKey) -> str:
    is_address = isinstance(other.value, str) and _ADDRESS.fullmatch(other.value)
    address = other.value if is_address else "https://…"
    return f"write `conference: [{{url: {address}}}]`"


_ADDRESS = regex(r"https?://[^\s,\[\]{}#'\"]{1,200}", re.IGNORECASE)


def _help_for_reminder(other: OtherKey) -> str:
    if (written := alarms_like(other.value)) is not None:
        return f"write `alarms: [{written}]`"
    return "write reminders as a list, such as `alarms: [1 day before]`"


def alarms_like(value: object) -> str | None:
    """Return reminders as they are written in a list; ``None`` if any of them is not one."""
    items = value if isinstance(value, list) else [value]
    alarms = [_alarm(item) if isinstance(item, str) else None for item in items]
    return ", ".join(filter(None, alarms)) if alarms and all(alarms) else None


def _alarm(text: str) -> str | None:
    """Return a reminder in the notation of the file."""
    length = read_duration(text)
    try:
        parse_alarm(better := f"{length} before" if length else text)
    except Refusal as refusal:
        return refusal.replacement
    return better


def _help_for_people(_: OtherKey) -> str:
    return (
        "remove the key: a feed has no attendees, because apps would show it as an invitation; "
        "people may be named in `description`"
    )


def _help_for_text(other: OtherKey) -> str:
    target, value = other.target, other.value
    if target in other.mapping:
        return f"write it in `{target}`, which exists"
    if isinstance(value, str) and "\n" not in value and len(value) <= _SHOWN:
        return f"write `{target}: {value if _PLAIN.fullmatch(value) else yaml_quoted(value)}`"
    return f"write `{target}:`"


_SHOWN = 60
_PLAIN = regex(r"\w(?:[\w./@+-]| (?=\w)|(?<=\w):(?=\w))*")


def _flag(status: str) -> Callable[[OtherKey], str]:
    """Return what makes the help for ``postponed: true``."""
    return lambda other: (
        "remove the key" if _yes_or_no(other.value) is False else f"write `status: {status}`"
    )


# Statuses.

_UNCONFIRMED = frozenset({"tbc", "tbd", "tba", "t.b.c.", "t.b.d.", "unknown", "to be confirmed"})
_UNCONFIRMED |= {"to be decided", "to be announced", "to be determined", "unconfirmed", "?"}
_UNCONFIRMED |= {
    "not confirmed",
    "à confirmer",
    "por confirmar",
    "a confirmar",
    "noch offen",
    "未定",
}
_FOLLOWS = frozenset({"done", "completed", "complete", "finished", "over", "past", "upcoming"})
_FOLLOWS |= {"planned", "scheduled", "in progress", "ongoing", "current", "active", "future"}
_MOVED = frozenset({"moved", "rescheduled", "changed", "verlegt", "déplacé"})
_STATUSES = {
    "cancelled": "abgesagt annulé annulée cancelado cancelada annullato cancel 中止 ملغى",
    "postponed": "verschoben reporté reportée aplazado aplazada adiado adiada rinviato 延期 مؤجل",
    "confirmed": "bestätigt confirmé confirmée confirmado confirmada confermato 確定 مؤكد",
    "tentative": "vorläufig provisoire provisional provisorio maybe draft proposed 仮 مبدئي",
}
_STATUS_BY_WORD = {word: status for status, words in _STATUSES.items() for word in words.split()}


def _help_for_status(value: str, mapping: Mapping[str, Any]) -> str | None:
    word = value.casefold().strip()
    if status := _STATUS_BY_WORD.get(word):
        return f"write `{status}`"
    if word in _FOLLOWS:
        return "remove the key: apps show by the dates whether an event is still to come"
    if word in _MOVED:
        return "remove the key, and write the earlier date in `was`"
    if word not in _UNCONFIRMED:
        return None
    start = mapping.get("start")
    if start == "TBC":
        return "remove the key: `start: TBC` is a date that is not known yet"
    date_ = only_reading(start) if isinstance(start, str) else ""
    help_ = "write `tentative` if the event may not take place; if its date is not certain, "
    if _UNMARKED.fullmatch(date_):
        return help_ + f"remove the key and write `start: {date_}?`"
    return help_ + "remove the key, and write `start` as precisely as it is known"


_UNMARKED = regex(r"[\dX]{4}(?:-[^?~%]+)?", re.ASCII)
"""A date or a time without a mark for what is uncertain."""

# The table.

_CLOCKS = {
    "start": "time hour clock start-time starttime start-at starts-at begin-time begins-at at "
    "start-hour heure uhrzeit hora",
    "end": "end-time endtime end-at ends-at finish-time finishes-at end-hour close",
}
_RULES = (
    "every each repeat repeats repeating recur recurs recurring recurrence recurrence-rule "
    "frequency freq byday weekly daily monthly yearly repetition"
)
_CONFERENCES = (
    "zoom zoom-link teams ms-teams meet google-meet hangout webex jitsi skype online online-link "
    "video video-call videocall video-link call call-link meeting-link meeting-url meeting join "
    "join-url join-link webinar stream livestream live-stream dial-in room-link virtual"
)
_REMINDERS = (
    "reminder reminders remind remind-me alert alerts notify notification notifications notice "
    "valarm"
)
_ALL_DAY = "all-day allday all-days full-day fullday whole-day wholeday is-all-day ganztägig"
_PEOPLE = (
    "attendee attendees participant participants invitee invitees invite invites guest guests "
    "invited members team"
)
_TEXTS = {
    "description": "note notes comment comments details detail info information abstract body "
    "agenda remarks",
    "location": "room hall city town where place venue stadium building",
}
_FLAGS = {
    "cancelled": "canceled is-cancelled is-canceled",
    "postponed": "postponed is-postponed delayed",
    "tentative": "tentative is-tentative provisional unconfirmed",
    "confirmed": "confirmed is-confirmed",
}

_Explain: TypeAlias = Callable[[OtherKey], str]
_OTHER_KEYS: dict[str, tuple[str, _Explain]] = {
    **dict.fromkeys(_CLOCKS["start"].split(), ("start", _help_for_clock)),
    **dict.fromkeys(_CLOCKS["end"].split(), ("end", _help_for_clock)),
    **dict.fromkeys(_RULES.split(), ("rrule", _help_for_rule)),
    **dict.fromkeys(_CONFERENCES.split(), ("conference", _help_for_conference)),
    **dict.fromkeys(_REMINDERS.split(), ("alarms", _help_for_reminder)),
    **dict.fromkeys(_ALL_DAY.split(), ("start", _help_for_all_day)),
    **dict.fromkeys(_PEOPLE.split(), ("description", _help_for_people)),
    **dict.fromkeys(_TEXTS["description"].split(), ("description", _help_for_text)),
    **dict.fromkeys(_TEXTS["location"].split(), ("location", _help_for_text)),
    **{
        word: ("status", _flag(status))
        for status, words in _FLAGS.items()
        for word in words.split()
    },
}
"""The key of the events file for a key of other programs, and what makes its help."""
