"""Lint a feed by its octets, without an iCalendar library: RFC 5545, 5546 and 7986.

Most parsers forgive what is checked here: an over-long line, a missing DTSTAMP, a UID used twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from support.content_lines import Component, Finding, Level, parse_components
from support.property_rules import date_rules, floating_rules, rule_rules, text_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT_MOST_ONCE = (
    *("DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "SEQUENCE"),
    *("LAST-MODIFIED", "CREATED", "CLASS", "URL", "TRANSP", "PRIORITY", "ORGANIZER", "GEO"),
    *("RECURRENCE-ID", "COLOR"),
)
_STATUSES = ("TENTATIVE", "CONFIRMED", "CANCELLED")
_FEED_PROPERTIES = ("X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL")


def lint(feed: bytes, *, is_subscribed: bool = True) -> list[Finding]:
    """Return all that is wrong with a feed; nothing, of a good one.

    With ``is_subscribed``, what harms the subscribers of a feed is checked too.
    """
    findings: list[Finding] = []
    outermost = parse_components(feed, findings)
    components = [inner for component in outermost for inner in component.within()]
    for component in components:
        findings += text_rules(component)
        findings += rule_rules(component)
    calendars = [component for component in components if component.name == "VCALENDAR"]
    events = [component for component in components if component.name == "VEVENT"]
    findings += _calendar_rules(calendars, events)
    findings += _identity_rules(events)
    zones = frozenset(
        line.value
        for component in components
        if component.name == "VTIMEZONE"
        for line in component.all("TZID")
    )
    has_method = any(calendar.first("METHOD") for calendar in calendars)
    for event in events:
        findings += _event_rules(event, has_method=has_method)
        findings += date_rules(event, zones)
        if is_subscribed:
            findings += floating_rules(event)
            findings += _subscribed_event_rules(event)
    if is_subscribed:
        findings += _subscribed_feed_rules(calendars, events)
    return findings


def _calendar_rules(calendars: list[Component], events: list[Component]) -> Iterator[Finding]:
    """Check the frame of a feed (3.4, 3.6, 3.7; RFC 5546 3.2.1; RFC 7986 5.3)."""
    if not calendars:
        yield Finding(Level.ERROR, "no-calendar", 0, "the feed has no VCALENDAR")
    if len(calendars) > 1:
        yield Finding(Level.FEED, "calendars", 0, f"{len(calendars)} VCALENDARs in one stream")
    for calendar in calendars:
        for name in ("PRODID", "VERSION"):
            if len(calendar.all(name)) != 1:
                yield Finding(Level.ERROR, name.lower(), calendar.number, f"{name} is not once")
        if calendar.value("VERSION") not in (None, "2.0"):
            yield Finding(Level.ERROR, "version", calendar.number, "VERSION is not 2.0")
        if not calendar.components:
            yield Finding(Level.ERROR, "no-component", calendar.number, "VCALENDAR is empty")
        if calendar.first("UID"):
            text = "a UID of the calendar, by which some readers keep one event only"
            yield Finding(Level.FEED, "calendar-uid", calendar.number, text)
        is_published = (calendar.value("METHOD") or "").upper() == "PUBLISH"
        if is_published and not all(event.first("ORGANIZER") for event in events):
            text = "METHOD:PUBLISH wants an ORGANIZER of each event"
            yield Finding(Level.NOTE, "organizer", calendar.number, text)


def _identity_rules(events: list[Component]) -> Iterator[Finding]:
    """Check that a UID, with a RECURRENCE-ID of an instance, is of one event (3.8.4.7)."""
    lines: dict[tuple[str, str | None], int] = {}
    for event in events:
        uid = event.value("UID")
        if uid is None:
            continue
        if not uid.strip():
            yield Finding(Level.ERROR, "uid", event.number, "the UID is empty")
            continue
        key = uid, event.value("RECURRENCE-ID")
        if key in lines:
            text = f"UID {uid} is of the event in line {lines[key]} too"
            yield Finding(Level.ERROR, "uid-twice", event.number, text)
        lines.setdefault(key, event.number)


def _event_rules(event: Component, *, has_method: bool) -> Iterator[Finding]:
    """Check how often the properties of an event appear, and those of few values (3.6.1)."""

    def error(code: str, text: str) -> Finding:
        return Finding(Level.ERROR, code, event.number, text)

    for name in ("UID", "DTSTAMP"):
        if len(event.all(name)) != 1:
            yield error(name.lower(), f"{name} appears {len(event.all(name))} times")
    if not event.first("DTSTART") and not has_method:
        yield error("dtstart", "no DTSTART")
    for name in _AT_MOST_ONCE:
        if len(event.all(name)) > 1:
            yield error("twice", f"{name} appears {len(event.all(name))} times")
    if event.first("DTEND") and event.first("DURATION"):
        yield error("end-and-duration", "both DTEND and DURATION")
    status = event.value("STATUS")
    if status is not None and status.upper() not in _STATUSES:
        yield error("status", f"not a status of an event: {status}")
    if not re.fullmatch("[0-9]+", event.value("SEQUENCE") or "0"):
        yield error("sequence", f"SEQUENCE is not a number: {event.value('SEQUENCE')}")


def _subscribed_event_rules(event: Component) -> Iterator[Finding]:
    """Check what readers need of an event to show it and to see that it changed."""
    if not event.first("SUMMARY"):
        yield Finding(Level.FEED, "summary", event.number, "no SUMMARY")
    if not event.first("DTEND") and not event.first("DURATION"):
        text = "no DTEND or DURATION, for which readers choose different ends"
        yield Finding(Level.FEED, "no-end", event.number, text)
    for name in ("LAST-MODIFIED", "SEQUENCE"):
        if not event.first(name):
            yield Finding(Level.NOTE, "timestamps", event.number, f"no {name}")


def _subscribed_feed_rules(
    calendars: list[Component], events: list[Component]
) -> Iterator[Finding]:
    """Check what a subscription needs of the feed (RFC 7986 5.7)."""
    for calendar in calendars:
        for name in _FEED_PROPERTIES:
            if not calendar.first(name):
                yield Finding(Level.NOTE, "feed-property", calendar.number, f"no {name}")
        refresh = calendar.first("REFRESH-INTERVAL")
        if refresh and refresh.parameters.get("VALUE", "").upper() != "DURATION":
            text = "REFRESH-INTERVAL is without VALUE=DURATION"
            yield Finding(Level.ERROR, "refresh-interval", refresh.number, text)
    if not events:
        yield Finding(Level.FEED, "no-event", 0, "no event: the subscribers' calendars get empty")
