"""Check the properties of a component by RFC 5545 3.2, 3.3 and 3.8 and RFC 7986.

Each rule takes one component and yields what it finds there. `support.strict_lint` has the rules
that need more than one component.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import webcolors

from support.content_lines import Component, ContentLine, Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT_PROPERTIES = frozenset(
    (
        *("SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "UID", "NAME", "TZNAME"),
        *("X-WR-CALNAME", "X-WR-CALDESC"),
    )
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_SEPARATOR = re.compile("[\x85\u2028\u2029]")
_ESCAPED = re.compile(r"\\[\\;,nN]")
_COLORS = frozenset(webcolors.names("css3"))

_DATE_TIME = re.compile(r"(\d{8})(?:T(\d{6})(Z)?)?", re.ASCII)
_DATE_PROPERTIES = ("DTSTART", "DTEND", "RECURRENCE-ID", "DTSTAMP", "LAST-MODIFIED", "CREATED")
_UTC_PROPERTIES = frozenset(("DTSTAMP", "LAST-MODIFIED", "CREATED"))
_FREQUENCIES = frozenset(("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"))


def text_rules(component: Component) -> Iterator[Finding]:
    """Check what any property of a component may contain (3.1, 3.3.11; RFC 7986 5.9)."""
    for line in component.lines:
        if _CONTROL.search(line.value):
            yield _error("control", line, f"a control character in {line.name}")
        if _LINE_SEPARATOR.search(line.value):
            text = f"U+0085, U+2028 or U+2029 in {line.name}: some readers break the line there"
            yield Finding(Level.FEED, "line-separator", line.number, text)
        if line.name in _TEXT_PROPERTIES:
            bare = _ESCAPED.sub("", line.value)
            if "\\" in bare or (line.name != "UID" and re.search("[;,]", bare)):
                yield _error("escape", line, f"{line.name} has `\\`, `;` or `,` without an escape")
        if line.name == "COLOR" and line.value.lower() not in _COLORS:
            yield _error("color", line, f"{line.value} is not a color name of CSS3")


def rule_rules(component: Component) -> Iterator[Finding]:
    """Check the parts of each RRULE (3.3.10)."""
    for line in component.all("RRULE"):
        pairs = [part.upper().partition("=")[::2] for part in line.value.split(";")]
        parts = dict(pairs)
        if parts.get("FREQ") not in _FREQUENCIES:
            yield _error("rrule", line, f"not a FREQ: {parts.get('FREQ')}")
        if len(parts) < len(pairs):
            yield _error("rrule", line, "a rule part appears twice")
        if {"COUNT", "UNTIL"} <= parts.keys():
            yield _error("rrule", line, "both COUNT and UNTIL")
        if not re.fullmatch("[0-9]+", parts.get("COUNT", "1")):
            yield _error("rrule", line, f"COUNT is not a number: {parts['COUNT']}")
        is_endless = not {"COUNT", "UNTIL"} & parts.keys()
        if is_endless and parts.get("FREQ") in ("SECONDLY", "MINUTELY"):
            text = "a rule for every minute or second without an end: some readers never return"
            yield Finding(Level.FEED, "endless-rule", line.number, text)


class Moment(NamedTuple):
    """The value of a date property. ``zone`` is a TZID, ``Z``, or None of a date or local time."""

    is_date: bool
    wall: datetime
    zone: str | None


def read_moment(line: ContentLine) -> Moment | str:
    """Return the moment of a property, or what is wrong with it (3.3.4, 3.3.5)."""
    match = _DATE_TIME.fullmatch(line.value)
    if not match:
        return "neither a DATE nor a DATE-TIME"
    day, time, utc = match.groups()
    declared = line.parameters.get("VALUE", "DATE-TIME").upper()
    if (declared == "DATE") != (time is None):
        return f"not a {declared}"
    if time and time[4:] == "60":  # a leap second, which datetime does not know
        time = time[:4] + "59"
    try:
        wall = datetime.strptime(day + (time or "000000"), "%Y%m%d%H%M%S")  # noqa: DTZ007
    except ValueError:
        return "no such day or time"
    if line.name in _UTC_PROPERTIES and not utc:
        return "not in UTC"
    return Moment(time is None, wall, utc or line.parameters.get("TZID"))


def date_rules(event: Component, zones: frozenset[str]) -> Iterator[Finding]:
    """Check the dates of an event, and that the feed defines its time zones (3.2.19, 3.8.2)."""
    moments: dict[str, Moment] = {}
    for line in event.lines:
        zone = line.parameters.get("TZID")
        if zone is not None:
            if line.value.endswith("Z"):
                yield _error("tzid-with-utc", line, f"{line.name} has a TZID and is in UTC")
            if zone not in zones and not zone.startswith("/"):
                yield _error("tzid", line, f"the feed has no VTIMEZONE for {zone}")
        if line.name in _DATE_PROPERTIES:
            moment = read_moment(line)
            if isinstance(moment, str):
                yield _error("date", line, f"{line.name}:{line.value}: {moment}")
            else:
                moments.setdefault(line.name, moment)
    start, end = moments.get("DTSTART"), moments.get("DTEND")
    if start and end:
        number = event.number
        if start.is_date != end.is_date:
            text = "DTSTART and DTEND are not of one value type"
            yield Finding(Level.ERROR, "value-type", number, text)
        elif start.zone == end.zone and end.wall <= start.wall:
            text = f"DTEND {end.wall} is not later than DTSTART {start.wall}"
            yield Finding(Level.ERROR, "end-before-start", number, text)


def floating_rules(event: Component) -> Iterator[Finding]:
    """Check that each time of an event has a time zone, for readers disagree on local times."""
    for line in (*event.all("DTSTART"), *event.all("DTEND")):
        moment = read_moment(line)
        if isinstance(moment, Moment) and not moment.is_date and moment.zone is None:
            text = f"{line.name} has no time zone: some readers take it as UTC"
            yield Finding(Level.FEED, "floating", line.number, text)


def _error(code: str, line: ContentLine, text: str) -> Finding:
    return Finding(Level.ERROR, code, line.number, text)
