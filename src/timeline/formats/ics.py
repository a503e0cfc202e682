"""iCalendar: a feed that can be subscribed to for years (RFC 5545, RFC 7986).

The event lines are written directly; ``docs/design.md`` has the measurements. What a property
here does to real calendar apps is said where it is written.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from timeline import zones
from timeline.drawing import draw
from timeline.events import Instant, Timed, as_edtf, is_known_to_the_day
from timeline.formats import vtimezone
from timeline.formats.contentline import decimal, escape, fold, parameter
from timeline.words import summary_note, when_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.drawing import Box
    from timeline.events import Calendar, Event, Link, Person, Source
    from timeline.formats import Options

PRODID = "-//timeline//timeline-as-code//EN"
"""Without a version: a new one must not make every subscriber read an unchanged feed anew."""


def render(calendar: Calendar, options: Options) -> Iterator[bytes]:
    """Give the feed in chunks: its head, each VEVENT, its end."""
    yield fold(_head(calendar))
    uids = {event.id: event.uid for event in calendar.events}
    for event in calendar.events:
        for box in draw(event):
            key, head, body = _vevent(event, box, uids)
            stamps = options.stamp(key, head + body)
            yield b"%bDTSTAMP:%b\r\nCREATED:%b\r\nLAST-MODIFIED:%b\r\nSEQUENCE:%d\r\n%b" % (
                head,
                stamps.dtstamp.encode(),
                stamps.created.encode(),
                stamps.last_modified.encode(),
                stamps.sequence,
                body,
            )
    yield b"END:VCALENDAR\r\n"


def _head(calendar: Calendar) -> list[str]:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN"]
    # No METHOD: with PUBLISH libical asks for an ORGANIZER. No UID: vdirsyncer then keeps one
    # event of all. The X- names are what apps read; RFC 7986 has the others.
    name = escape(calendar.name)
    lines += [f"NAME:{name}", f"X-WR-CALNAME:{name}"]
    if calendar.description:
        text = escape(calendar.description.rstrip("\n"))
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
    for zone, (first, last) in sorted(_zones_used(calendar).items()):
        lines += vtimezone.render(zone, first, last)
    return lines


def _zones_used(calendar: Calendar) -> dict[str, tuple[int, int]]:
    """Give the zones that are written by name, with the first and the last year of each."""
    used: dict[str, tuple[int, int]] = {}
    for event in calendar.events:
        if isinstance(event.when, Timed) or event.was:
            for box in draw(event):
                for side in (box.dtstart, box.dtend):
                    if isinstance(side, Instant) and _has_tzid(side):
                        year = side.moment.year
                        first, last = used.get(side.zone, (year, year))
                        used[side.zone] = (min(first, year), max(last, year))
    return used


def _has_tzid(value: Instant) -> bool:
    """Say whether a time is written with its zone: not in UTC, nor the second of two equal ones.

    RFC 5545 3.3.5 reads a time that clocks show twice as the first; the second needs UTC.
    """
    if value.zone[0] in "+-" or zones.is_utc(value.zone):
        return False
    return value.moment.fold == 0


def _vevent(event: Event, box: Box, uids: dict[str, str]) -> tuple[tuple[str, None], bytes, bytes]:
    """Give the key, the lines before the stamps and the lines after them."""
    uid = event.uid
    if box.suffix:
        name, at, domain = uid.rpartition("@")
        uid = f"{name}{box.suffix}{at}{domain}" if at else uid + box.suffix
    lines = _when_lines("DTSTART", box.dtstart)
    if box.dtend is not None:
        lines += _when_lines("DTEND", box.dtend)
    lines.append(f"SUMMARY:{escape(box.summary)}")
    lines += _optional(event, box)
    lines += (
        f"RELATED-TO;RELTYPE={kind.upper()}:{escape(uids[other])}"
        for other, kind in _related(event)
    )
    if not is_known_to_the_day(event.when) and (known := as_edtf(event.when)):
        lines.append(f"X-TIMELINE-EDTF:{known}")
    lines += (f"{name}:{escape(text)}" for name, text in event.properties)
    lines.append("END:VEVENT")
    return (uid, None), fold(["BEGIN:VEVENT", f"UID:{escape(uid)}"]), fold(lines)


def _optional(event: Event, box: Box) -> list[str]:
    """Give the lines of what an event may have."""
    lines = []
    if text := _description(event):
        lines.append(f"DESCRIPTION:{escape(text)}")
    if event.location:
        lines.append(f"LOCATION:{escape(event.location)}")
    if event.geo:
        lines.append(f"GEO:{decimal(event.geo[0])};{decimal(event.geo[1])}")
    if event.url:
        lines.append(f"URL:{event.url}")
    if event.categories:
        lines.append(f"CATEGORIES:{','.join(map(escape, event.categories))}")
    if box.status:
        lines.append(f"STATUS:{box.status}")
    lines.append(f"TRANSP:{box.transp}")
    if box.transp == "TRANSPARENT" and "X-MICROSOFT-CDO-BUSYSTATUS" not in dict(event.properties):
        lines.append("X-MICROSOFT-CDO-BUSYSTATUS:FREE")  # Outlook does not read TRANSP alone
    if event.class_:
        lines.append(f"CLASS:{event.class_.upper()}")
    if event.priority is not None:
        lines.append(f"PRIORITY:{event.priority}")
    if event.color:
        lines.append(f"COLOR:{event.color}")
    if event.organizer:
        lines.append(f"ORGANIZER{_cn(event.organizer)}:mailto:{event.organizer.email}")
    if event.contact:
        lines.append(f"CONTACT:{escape(_contact(event.contact))}")
    for name, links in (
        ("IMAGE;VALUE=URI", event.image),
        ("ATTACH", event.attach),
        ("CONFERENCE;VALUE=URI", event.conference),
    ):
        lines += (f"{name}{_label(link)}:{link.url}" for link in links)
    return lines


def _when_lines(name: str, value: date | Instant) -> list[str]:
    if not isinstance(value, Instant):
        return [f"{name};VALUE=DATE:{value.isoformat().replace('-', '')}"]
    if _has_tzid(value):
        return [f"{name};TZID={value.zone}:{_basic(value.moment.replace(tzinfo=None))}"]
    return [f"{name}:{_basic(value.moment.astimezone(UTC).replace(tzinfo=None))}Z"]


def _basic(wall: date) -> str:
    return wall.isoformat().replace("-", "").replace(":", "")


def _related(event: Event) -> Iterator[tuple[str, str]]:
    if event.parent is not None:
        yield event.parent, "parent"
    yield from (pair for pair in event.related_to if pair != (event.parent, "parent"))


def _description(event: Event) -> str:
    """Give the author's words, and below them what RFC 5545 has no property for."""
    parts = [event.description.rstrip("\n")] if event.description else []
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


def _cn(person: Person) -> str:
    return f";CN={parameter(person.name)}" if person.name else ""


def _contact(person: Person) -> str:
    if person.name and person.email:
        return f"{person.name} <{person.email}>"
    return person.name or person.email or ""


def _label(link: Link) -> str:
    return f";LABEL={parameter(link.title)}" if link.title else ""


def _duration(length: timedelta) -> str:
    """Write a DURATION (RFC 5545 3.3.6): weeks alone, else days and time."""
    if length % timedelta(weeks=1) == timedelta():
        return f"P{length // timedelta(weeks=1)}W"
    hours, minutes = divmod(length.seconds // 60, 60)
    days = f"{length.days}D" if length.days else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    return f"P{days}" + (f"T{clock}" if clock else "")
