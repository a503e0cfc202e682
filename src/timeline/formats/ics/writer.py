"""iCalendar: a feed that can be subscribed to for years (RFC 5545, RFC 7986).

The event lines are written directly; ``docs/design.md`` has the measurements. What a property
here does to real calendar apps is said where it is written.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.dates import LAST_YEAR, UTC_NAME, Date, Instant, is_utc_zone, last_instance_day
from timeline.formats.ics import vtimezone
from timeline.formats.ics.contentlines import escape_text, fold_lines
from timeline.formats.ics.details import detail_lines
from timeline.model import (
    NO_DETAILS,
    as_edtf,
    is_known_to_the_day,
    project_calendar,
    projected_alarms,
    suffixed_uid,
    summary_note,
    when_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from timeline.formats.ics.options import FeedOptions
    from timeline.formats.ics.stamps import Key, Stamps
    from timeline.model import Alarm, Calendar, Event, Recurrence, Source, VEventProjection

PRODID = "-//timeline//timeline-as-code//EN"
"""Without a version: a new one must not make every subscriber read an unchanged feed anew."""


def render(calendar: Calendar, options: FeedOptions) -> Iterator[bytes]:
    """Give the feed in chunks: its head, each VEVENT, its end."""
    vevents = project_calendar(calendar) if options.vevents is None else options.vevents
    yield fold_lines(_head(calendar, vevents))
    stamps, stamp_lines = None, b""
    for vevent in vevents:
        key, content = _vevent(vevent, calendar.uids)
        given = options.stamp(key, content)
        if given is not stamps:  # most events are stamped like the one before
            stamps, stamp_lines = given, _stamp_lines(given)
        place = content.index(b"\nDTSTART") + 1
        yield b"".join((content[:place], stamp_lines, content[place:]))
    yield b"END:VCALENDAR\r\n"


def _stamp_lines(stamps: Stamps) -> bytes:
    return fold_lines(
        [
            f"DTSTAMP:{stamps.dtstamp}",
            f"CREATED:{stamps.created}",
            f"LAST-MODIFIED:{stamps.last_modified}",
            f"SEQUENCE:{stamps.sequence}",
        ]
    )


def _head(calendar: Calendar, vevents: Sequence[VEventProjection]) -> list[str]:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN"]
    # No METHOD: with PUBLISH libical asks for an ORGANIZER. No UID: vdirsyncer then keeps one
    # event of all. The X- names are what apps read; RFC 7986 has the others.
    name = escape_text(calendar.name)
    lines += [f"NAME:{name}", f"X-WR-CALNAME:{name}"]
    if calendar.description:
        text = escape_text(calendar.description.rstrip("\n"))
        lines += [f"DESCRIPTION:{text}", f"X-WR-CALDESC:{text}"]
    if calendar.timezone:
        lines.append(f"X-WR-TIMEZONE:{calendar.timezone}")
    if calendar.color:
        import webcolors  # noqa: PLC0415 - most calendars have no colour

        lines.append(f"COLOR:{calendar.color}")
        lines.append(f"X-APPLE-CALENDAR-COLOR:{webcolors.name_to_hex(calendar.color)}")
    if calendar.url:
        lines.append(f"URL:{calendar.url}")
    if calendar.source:
        lines.append(f"SOURCE;VALUE=URI:{calendar.source}")
    if calendar.refresh:
        length = _duration(calendar.refresh)
        lines += [f"REFRESH-INTERVAL;VALUE=DURATION:{length}", f"X-PUBLISHED-TTL:{length}"]
    used = _zones_used(vevents)
    if not vevents:
        # RFC 5545 3.6 asks for a component, and a feed without events has no other.
        used = {calendar.timezone or "Etc/UTC": (EMPTY_YEAR, EMPTY_YEAR)}
    for zone, (first, last) in sorted(used.items()):
        lines += vtimezone.vtimezone_lines(zone, first, last)
    return lines


EMPTY_YEAR = 2020
"""The year whose rules describe a zone that no event uses: any, but always the same."""


def _zones_used(vevents: Iterable[VEventProjection]) -> dict[str, tuple[int, int]]:
    """Return the zones that are written by name, with the first and the last year of each."""
    used: dict[str, tuple[int, int]] = {}
    for vevent in vevents:
        start, end = vevent.dtstart, vevent.dtend
        if vevent.recurrence is None and vevent.recurrence_id is None:
            if not isinstance(start, Instant):
                continue
            is_known = _is_within(used, start)
            if is_known and (not isinstance(end, Instant) or _is_within(used, end)):
                continue
        for side in _moments(vevent):
            if isinstance(side, Instant) and _has_tzid(side):
                year = side.moment.year
                first, last = used.get(side.zone, (year, year))
                used[side.zone] = (min(first, year), max(last, _last_year(vevent, year, last)))
    return used


def _is_within(used: Mapping[str, tuple[int, int]], value: Instant) -> bool:
    if value.zone == UTC_NAME:
        return True
    first, last = used.get(value.zone, (1, 0))
    return first <= value.moment.year <= last


def _moments(box: VEventProjection) -> Iterator[date | Instant | None]:
    yield from (box.dtstart, box.dtend, box.recurrence_id)
    if box.recurrence is not None:
        yield from box.recurrence.rdate
        yield from box.recurrence.exdate


ENDLESS_YEARS = 50
"""How far a zone is described for a rule without an end, beyond its first year."""


def _last_year(box: VEventProjection, year: int, known: int) -> int:
    """Give the last year in which a time of the box is needed in its zone, if after ``known``."""
    if box.recurrence is None or box.recurrence.rule is None:
        return year
    if until := box.recurrence.rule.until:
        day = until.latest if isinstance(until, Date) else until.wall.date()
        # Two days more, for a time may be told on the clock of another zone.
        if (day + timedelta(days=2)).year <= known:
            return year  # without the work of finding the last instance
    last = last_instance_day(box.recurrence.rule, box.dtstart)
    endless = min(year + ENDLESS_YEARS, LAST_YEAR)
    return max(year, last.year) if last else endless


def _has_tzid(value: Instant) -> bool:
    """Say whether a time is written with its zone: not in UTC, nor the second of two equal ones.

    RFC 5545 3.3.5 reads a time that clocks show twice as the first; the second needs UTC.
    """
    if value.zone[0] in "+-" or is_utc_zone(value.zone):
        return False
    return value.moment.fold == 0


def _vevent(box: VEventProjection, uids: Mapping[str, str]) -> tuple[Key, bytes]:
    """Give the key and all lines but the stamps."""
    event = box.event
    uid = suffixed_uid(event.uid, box.suffix) if box.suffix else event.uid
    # A moment has no DTEND, which must be later (RFC 5545 3.8.2.2); but without any end Exchange
    # does not import it (MS-STANXICAL 2.2.67), and khal takes it for an hour.
    end = "DURATION:PT0S" if box.dtend is None else _when_line("DTEND", box.dtend)
    lines = ["BEGIN:VEVENT", f"UID:{escape_text(uid)}", _when_line("DTSTART", box.dtstart), end]
    recurrence_id = None
    if box.recurrence_id is not None:
        lines.append(_when_line("RECURRENCE-ID", box.recurrence_id))
        recurrence_id = lines[-1].rpartition(":")[2]
    if box.recurrence is not None:
        lines += _recurrence(box.recurrence, box.dtstart)
    lines.append(f"SUMMARY:{escape_text(box.summary)}")
    # Most of what an event may have it has not: that costs a look, and no loop.
    is_known = is_known_to_the_day(event.when)
    if text := _description(event, is_known=is_known):
        lines.append(f"DESCRIPTION:{escape_text(text)}")
    lines += _optional(event, box)
    if event.parent is not None or event.related_to:
        lines += (
            f"RELATED-TO;RELTYPE={kind.upper()}:{escape_text(uids[other])}"
            for other, kind in _related(event)
        )
    if not is_known and (known := as_edtf(event.when)):
        lines.append(f"X-TIMELINE-EDTF:{known}")
    if event.properties:
        lines += (f"{name}:{escape_text(text)}" for name, text in event.properties)
    if event.alarms:
        for alarm in projected_alarms(box):
            lines += _alarm(alarm, box.summary)
    lines.append("END:VEVENT")
    return (uid, recurrence_id), fold_lines(lines)


def _optional(event: Event, box: VEventProjection) -> list[str]:
    """Give the lines of what an event may have."""
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
    if box.status:
        lines.append(f"STATUS:{box.status}")
    lines.append(f"TRANSP:{box.transp}")
    if box.transp == "TRANSPARENT" and not (event.properties and _BUSY in dict(event.properties)):
        lines.append(f"{_BUSY}:FREE")  # Outlook does not read TRANSP alone
    if has_details:
        lines += detail_lines(details, before="COLOR")
    if event.color:
        lines.append(f"COLOR:{event.color}")
    if has_details:
        lines += detail_lines(details, before="RELATED-TO")
    return lines


_BUSY = "X-MICROSOFT-CDO-BUSYSTATUS"


def _when_line(name: str, value: date | Instant) -> str:
    if not isinstance(value, Instant):
        return f"{name};VALUE=DATE:{_basic_day(value)}"
    if _has_tzid(value):
        return f"{name};TZID={value.zone}:{_basic(value.wall)}"
    return f"{name}:{_utc(value)}"


def _recurrence(recurrence: Recurrence, start: date | Instant) -> list[str]:
    lines = [f"RRULE:{recurrence.rule.value(start)}"] if recurrence.rule else []
    lines += (_when_line("RDATE", moment) for moment in recurrence.rdate)
    lines += (_when_line("EXDATE", moment) for moment in recurrence.exdate)
    return lines


def _alarm(alarm: Alarm, text: str) -> list[str]:
    if isinstance(alarm.trigger, Instant):
        trigger = f"TRIGGER;VALUE=DATE-TIME:{_utc(alarm.trigger)}"
    else:
        related = ";RELATED=END" if alarm.related == "END" else ""
        trigger = f"TRIGGER{related}:{_duration(alarm.trigger)}"
    action = "ACTION:DISPLAY"
    return ["BEGIN:VALARM", action, f"DESCRIPTION:{escape_text(text)}", trigger, "END:VALARM"]


def _utc(value: Instant) -> str:
    return _basic(value.utc.replace(tzinfo=None)) + "Z"


def _basic(wall: datetime) -> str:
    return wall.isoformat().replace("-", "").replace(":", "")


@lru_cache(4096)  # ten years, of which most feeds have fewer
def _basic_day(value: date) -> str:
    return value.isoformat().replace("-", "")


def _related(event: Event) -> Iterator[tuple[str, str]]:
    if event.parent is not None:
        yield event.parent, "parent"
    yield from (pair for pair in event.related_to if pair != (event.parent, "parent"))


def _description(event: Event, *, is_known: bool) -> str:
    """Give the author's words, and below them what RFC 5545 has no property for."""
    parts = [event.description.rstrip("\n")] if event.description else []
    if is_known and not event.was and not event.sources:
        return parts[0] if parts else ""
    if summary_note(event.when) is not None:
        parts.append(f"Date: {when_words(event.when)}")
    parts += (
        f"Earlier date: {when_words(was.when)}" + (f" ({was.note})" if was.note else "")
        for was in event.was
    )
    parts += (_source(source) for source in event.sources)
    return "\n\n".join(parts)


def _source(source: Source) -> str:
    named = " ".join(part for part in (source.title, source.url) if part)
    read = f" (accessed {source.accessed})" if source.accessed else ""
    quote = f"\n“{source.quote.rstrip()}”" if source.quote else ""
    return f"Source: {named}{read}{quote}"


def _duration(length: timedelta) -> str:
    """Write a DURATION (RFC 5545 3.3.6): weeks alone, else days and time."""
    sign, length = ("-", -length) if length < timedelta() else ("", length)
    if length and length % timedelta(weeks=1) == timedelta():
        return f"{sign}P{length // timedelta(weeks=1)}W"
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    clock = "".join(f"{number}{unit}" for number, unit in parts if number)
    days = f"{length.days}D" if length.days else ""
    if not days and not clock:
        return "PT0S"
    return f"{sign}P{days}" + (f"T{clock}" if clock else "")
