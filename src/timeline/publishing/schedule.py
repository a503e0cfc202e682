"""Read the schedule of a published event: what moves its SEQUENCE when it changes.

RFC 5546 2.1.4 names the dates and the rule; STATUS and LOCATION are our addition. Notations of one
value are equal, and so are two series with the same instances if only their RDATEs and EXDATEs
differ: a feed that writes them in another form has not moved the event.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from timeline._lazy import regex
from timeline.dates import (
    UTC_NAME,
    Instant,
    Recurrence,
    RuleBudget,
    bounded_walks,
    check_zone,
    instance_key,
    parse_rrule,
    resolve_rule_end,
    to_zone,
    validate_rrule_start,
)
from timeline.diagnostics import Refusal
from timeline.formats import line_name, unescape_text
from timeline.model import portable_recurrence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.dates import RecurrenceStart

Schedule = frozenset[tuple[Any, ...]]
"""Parsed values, each a tuple that begins with the name of its property."""


def read_schedule(lines: Iterable[str]) -> Schedule:
    """Return the parsed values of an event's unfolded lines that are its schedule.

    They are parsed so that these make no difference: the order of parameters, of the parts of a
    rule and of the dates of a list; a default that is written out; letter case where RFC 5545
    ignores it; the zone of an RDATE or EXDATE, and one that does not change the instances.
    DURATION is not among them because timeline writes DTEND.
    """
    values = [value for line in lines if line_name(line) in _SCHEDULE for value in _values(line)]
    if any(value[0] in _RECURRENCE for value in values):
        # A series that timeline has not written may not be readable: it is compared as it is.
        with suppress(Refusal, ValueError, OverflowError):
            values = [*_without_recurrence(values), *_recurrence_values(values)]
    return frozenset(values)


def recurs_otherwise(before: Schedule, after: Schedule) -> bool:
    """Return whether two schedules differ in their rules, RDATEs or EXDATEs."""
    return any(value[0] in _RECURRENCE for value in before ^ after)


_LINE = regex(
    r'([A-Za-z0-9-]+)((?:;[^=;:"]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)',
    re.DOTALL,
)
_PARAMETER = regex(r';([^=;:"]+)=((?:"[^"]*"|[^";:])*)')
_LISTS = frozenset({"RDATE", "EXDATE"})
_RECURRENCE = _LISTS | {"RRULE"}
_SCHEDULE = frozenset({"DTSTART", "DTEND", "STATUS", "LOCATION"}) | _RECURRENCE

_Value = tuple[Any, ...]
"""The name of a property, its parameters and its value; or the name and instants."""


def _without_recurrence(values: Iterable[_Value]) -> Iterator[_Value]:
    return (value for value in values if value[0] not in _RECURRENCE)


def _recurrence_values(values: Iterable[_Value]) -> Iterator[_Value]:
    """Yield the rule, and the instants that RDATE adds to it and that EXDATE takes from it.

    A rule of at most two instances, which may stand for dates alone, is compared by its instances.

    Raises: ``ValueError`` or ``Refusal`` for what cannot be read.
    """
    by_name: dict[str, list[_Value]] = {"DTSTART": [], "RRULE": [], "RDATE": [], "EXDATE": []}
    for value in values:
        by_name.setdefault(value[0], []).append(value)
    (start,) = (_moment(value) for value in by_name["DTSTART"])
    if len(by_name["RRULE"]) > 1:
        raise ValueError("an event with two rules")
    rule = next((parse_rrule(";".join(value[2])) for value in by_name["RRULE"]), None)
    if rule:
        validate_rrule_start(rule, start)
    rdate, exdate = (tuple(map(_moment, by_name[name])) for name in ("RDATE", "EXDATE"))
    if len({isinstance(moment, Instant) for moment in (start, *rdate, *exdate)}) > 1:
        raise ValueError("days among times")
    with bounded_walks(RuleBudget(_MAX_WALKED)):
        rule_end = resolve_rule_end(rule, start) if rule else None
    recurrence = portable_recurrence(Recurrence(start, rule, rule_end, rdate, exdate))
    rule, rdate, exdate = recurrence.rule, recurrence.rdate, recurrence.exdate
    if rule and rule.count and rule.count <= 2:
        yield "RDATE", frozenset(map(instance_key, recurrence.instances()))
        return
    yield from by_name["RRULE"]
    yield "RDATE", frozenset(map(instance_key, rdate))
    yield "EXDATE", frozenset(map(instance_key, exdate))


_MAX_WALKED = 10_000
"""How many steps a published rule is walked; one that takes more is compared as it is."""


def _moment(value: _Value) -> RecurrenceStart:
    """Return the day or the time of a parsed value.

    Raises: ``ValueError`` for a floating time and for a text that is not a date, ``Refusal`` for a
    zone that does not exist.
    """
    _, parameters, text = value
    named = dict(parameters)
    if named.get("VALUE") == "DATE":
        return date.fromisoformat(text)
    if text.endswith("Z"):
        return Instant(to_zone(datetime.fromisoformat(text[:-1]), UTC_NAME), UTC_NAME)
    if "TZID" not in named:
        raise ValueError("a floating time")
    zone = check_zone(named["TZID"])
    return Instant(to_zone(datetime.fromisoformat(text), zone), zone)


def _values(line: str) -> list[_Value]:
    match = _LINE.fullmatch(line)
    if match is None:  # not a content line (3.1): equal only to itself
        return [(line, (), "")]
    name, parameters, value = match[1].upper(), _parameters(match[2]), match[3]
    if name in _LISTS:
        return [(name, parameters, date.upper()) for date in value.split(",")]
    if name == "RRULE":
        return [(name, parameters, _rule_parts(value))]
    return [(name, parameters, unescape_text(value) if name == "LOCATION" else value.upper())]


def _parameters(text: str) -> tuple[tuple[str, str], ...]:
    pairs = set()
    for name, value in _PARAMETER.findall(text):
        plain = value.replace('"', "")
        pairs.add((name.upper(), plain.upper() if name.upper() == "VALUE" else plain))
    return tuple(sorted(pairs - {("VALUE", "DATE-TIME")}))  # the default, 3.8.2.4


def _rule_parts(value: str) -> tuple[str, ...]:
    parts = set()
    for part in value.upper().split(";"):
        name, _, items = part.partition("=")
        parts.add(f"{name}={','.join(sorted(items.split(',')))}")
    return tuple(sorted(parts - {"INTERVAL=1", "WKST=MO"}))  # the defaults, 3.3.10
