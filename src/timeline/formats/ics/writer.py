"""The writer of feeds: a calendar as iCalendar (RFC 5545, RFC 7986).

It writes content lines itself, because that is many times faster than a calendar library
(``docs/design.md`` has the measurements). Comments name the calendar apps that a line is for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import AOE_NAME, Instant
from timeline.formats.ics.contentlines import escape_text, fold_lines
from timeline.formats.ics.description import description
from timeline.formats.ics.details import detail_lines
from timeline.formats.ics.values import date_line, format_duration, format_utc
from timeline.formats.ics.vtimezone import vtimezone_lines
from timeline.formats.ics.zones_used import zones_used
from timeline.model import (
    NO_DETAILS,
    as_edtf,
    is_known_to_the_day,
    project_calendar,
    projected_alarms,
    suffixed_uid,
    wording_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from typing import BinaryIO

    from timeline.dates import Recurrence
    from timeline.formats.ics.options import FeedOptions
    from timeline.formats.ics.stamps import Departure, EventKey, Stamps
    from timeline.model import Alarm, Calendar, Event, VEventProjection, Wording

PRODID = "-//timeline//timeline-as-code//EN"
"""Without a version, so that a new version does not change every published feed."""

_HEAD = 4096

EMPTY_YEAR = 2020
"""The year for which the zone of a feed without events is described; any fixed year would do."""


def render(calendar: Calendar, options: FeedOptions) -> Iterator[bytes]:
    """Yield the feed in chunks: the head, each VEVENT, the last line."""
    vevents = project_calendar(calendar) if options.vevents is None else options.vevents
    wording = wording_of(calendar)
    yield fold_lines(_head(calendar, vevents, options.departures))
    stamps, stamp_lines = None, b""
    for vevent in vevents:
        key, content = _vevent(vevent, calendar.uids, wording)
        own = options.stamp(key, content)
        if own is not stamps:  # most events have the same stamps as the one before
            stamps, stamp_lines = own, _stamp_lines(own)
        place = content.index(b"\nDTSTART") + 1
        yield b"".join((content[:place], stamp_lines, content[place:]))
    yield b"END:VCALENDAR\r\n"


def is_ours(file: BinaryIO) -> bool:
    """Return whether a calendar was made by this program; it may be damaged further down."""
    file.seek(0)
    return f"PRODID:{PRODID}".encode() in file.read(_HEAD).splitlines()


def _stamp_lines(stamps: Stamps) -> bytes:
    return fold_lines(
        [
            f"DTSTAMP:{stamps.dtstamp}",
            f"CREATED:{stamps.created}",
            f"LAST-MODIFIED:{stamps.last_modified}",
            f"SEQUENCE:{stamps.sequence}",
        ]
    )


def _head(
    calendar: Calendar, vevents: Sequence[VEventProjection], departures: Sequence[Departure]
) -> list[str]:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN"]
    # No METHOD: with PUBLISH, libical requires an ORGANIZER. No UID: with one, vdirsyncer keeps
    # only one of the events. No X-WR-TIMEZONE: no time here is floating, and with it,
    # x-wr-timezone and recurring-ical-events move series in UTC into that zone.
    # Apps read the X- properties; RFC 7986 defines the others.
    name = escape_text(calendar.name)
    lines += [f"NAME:{name}", f"X-WR-CALNAME:{name}"]
    if calendar.description:
        text = escape_text(calendar.description.rstrip("\n"))
        lines += [f"DESCRIPTION:{text}", f"X-WR-CALDESC:{text}"]
    if calendar.color:
        import webcolors  # noqa: PLC0415 - most calendars have no colour

        lines.append(f"COLOR:{calendar.color}")
        lines.append(f"X-APPLE-CALENDAR-COLOR:{webcolors.name_to_hex(calendar.color)}")
    if calendar.url:
        lines.append(f"URL:{calendar.url}")
    if calendar.source:
        lines.append(f"SOURCE;VALUE=URI:{calendar.source}")
    if calendar.refresh:
        length = format_duration(calendar.refresh)
        lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{length}", f"X-PUBLISHED-TTL:{length}"]
    lines += (f"X-TIMELINE-LEFT:{departure.value}" for departure in departures)
    zones = zones_used(vevents)
    if not vevents:
        # RFC 5545 3.6 requires a component, and a feed without events has no other.
        zones = {_zone_of_empty(calendar): (EMPTY_YEAR, EMPTY_YEAR)}
    for zone, (first, last) in sorted(zones.items()):
        lines += vtimezone_lines(zone, first, last)
    return lines


def _zone_of_empty(calendar: Calendar) -> str:
    zone = calendar.timezone
    return zone if zone and zone != AOE_NAME else "Etc/UTC"


def _vevent(
    vevent: VEventProjection, uids: Mapping[str, str], wording: Wording
) -> tuple[EventKey, bytes]:
    """Return the key of a VEVENT, and its content lines without the stamps."""
    event = vevent.event
    uid = suffixed_uid(event.uid, vevent.suffix)
    # An instant has no DTEND, which must be later than DTSTART (RFC 5545 3.8.2.2). But without
    # any end, Exchange does not import it (MS-STANXICAL 2.2.67), and khal shows an hour.
    end = "DURATION:PT0S" if vevent.dtend is None else date_line("DTEND", vevent.dtend)
    lines = ["BEGIN:VEVENT", f"UID:{escape_text(uid)}", date_line("DTSTART", vevent.dtstart), end]
    recurrence_id = None
    if vevent.recurrence_id is not None:
        lines.append(date_line("RECURRENCE-ID", vevent.recurrence_id))
        recurrence_id = lines[-1].rpartition(":")[2]
    if vevent.recurrence is not None:
        lines += _recurrence_lines(vevent.recurrence, vevent.dtstart)
    lines.append(f"SUMMARY:{escape_text(vevent.summary)}")
    is_known = is_known_to_the_day(event.when)
    if text := description(event, wording, is_known=is_known):
        lines.append(f"DESCRIPTION:{escape_text(text)}")
    lines += _optional_lines(event, vevent)
    if event.parent is not None or event.related_to:
        lines += (
            f"RELATED-TO;RELTYPE={kind.upper()}:{escape_text(uids[other])}"
            for other, kind in _relations(event)
        )
    if vevent.summary != event.summary:
        lines.append(f"X-TIMELINE-SUMMARY:{escape_text(event.summary)}")
    if not is_known and (known := as_edtf(event.when)):
        lines.append(f"X-TIMELINE-EDTF:{known}")
    if event.properties:
        lines += (f"{name}:{escape_text(text)}" for name, text in event.properties)
    if event.alarms:
        for alarm in projected_alarms(vevent):
            lines += _alarm_lines(alarm, vevent.summary)
    lines.append("END:VEVENT")
    return (uid, recurrence_id), fold_lines(lines)


def _optional_lines(event: Event, vevent: VEventProjection) -> list[str]:
    """Return the content lines from LOCATION to those before RELATED-TO."""
    lines, details = [], event.details
    has_details = details is not NO_DETAILS
    if event.location:
        lines.append(f"LOCATION:{escape_text(event.location)}")
    if has_details:
        lines += detail_lines(details, before="URL")
    if event.url:
        lines.append(f"URL:{event.url}")
    if event.categories:
        lines.append(f"CATEGORIES:{','.join(map(escape_text, event.categories))}")
    if vevent.status:
        lines.append(f"STATUS:{vevent.status}")
    lines.append(f"TRANSP:{vevent.transp}")
    if vevent.transp == "TRANSPARENT" and not (
        event.properties and _BUSY_STATUS in dict(event.properties)
    ):
        lines.append(f"{_BUSY_STATUS}:FREE")  # Outlook needs it besides TRANSP
    if has_details:
        lines += detail_lines(details, before="COLOR")
    if event.color:
        lines.append(f"COLOR:{event.color}")
    if has_details:
        lines += detail_lines(details, before="RELATED-TO")
    return lines


_BUSY_STATUS = "X-MICROSOFT-CDO-BUSYSTATUS"


def _recurrence_lines(recurrence: Recurrence, start: date | Instant) -> list[str]:
    lines = [f"RRULE:{recurrence.rule.value(start)}"] if recurrence.rule else []
    lines += (date_line("RDATE", moment) for moment in recurrence.rdate)
    lines += (date_line("EXDATE", moment) for moment in recurrence.exdate)
    return lines


def _alarm_lines(alarm: Alarm, summary: str) -> list[str]:
    if isinstance(alarm.trigger, Instant):
        trigger = f"TRIGGER;VALUE=DATE-TIME:{format_utc(alarm.trigger)}"
    else:
        related = ";RELATED=END" if alarm.related == "END" else ""
        trigger = f"TRIGGER{related}:{format_duration(alarm.trigger)}"
    return [
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{escape_text(summary)}",
        trigger,
        "END:VALARM",
    ]


def _relations(event: Event) -> Iterator[tuple[str, str]]:
    """Yield (id, relation type), the parent first."""
    if event.parent is not None:
        yield event.parent, "parent"
    yield from (pair for pair in event.related_to if pair != (event.parent, "parent"))
