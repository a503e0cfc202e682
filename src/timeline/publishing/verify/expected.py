"""Derive the expected properties of a VEVENT from the event and its projection.

Nothing of the writer is used, so that an error in the writer shows as a difference.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from timeline.dates import Instant, Recurrence, is_utc_zone
from timeline.model import NO_DETAILS, as_edtf, is_known_to_the_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from timeline.model import Details, Event, Link, VEventProjection

Properties = dict[str, Any]
"""The properties of a VEVENT by name, in the shapes of ``values``."""
_BUSY = "X-MICROSOFT-CDO-BUSYSTATUS"


def expected_properties(vevent: VEventProjection, uids: Mapping[str, str]) -> Properties:
    """Return the expected properties of a VEVENT by name, in the shapes of ``values``."""
    event = vevent.event
    properties = {
        "UID": _expected_uid(vevent),
        **(_recurring(vevent) if vevent.recurrence or vevent.recurrence_id else {}),
        "VALARM": _triggers(vevent) or None if event.alarms else None,
        "DTSTART": time_notation(vevent.dtstart),
        "DTEND": None if vevent.dtend is None else time_notation(vevent.dtend),
        "DURATION": timedelta() if vevent.dtend is None else None,
        "SUMMARY": vevent.summary,
        "X-TIMELINE-SUMMARY": None if vevent.summary == event.summary else event.summary,
        "LOCATION": event.location or None,
        "URL": event.url or None,
        "CATEGORIES": event.categories or None,
        "STATUS": vevent.status,
        "TRANSP": vevent.transp,
        _BUSY: "FREE" if vevent.transp == "TRANSPARENT" else None,
        "COLOR": event.color,
        "RELATED-TO": _related(event, uids) if event.parent or event.related_to else None,
        "X-TIMELINE-EDTF": None if is_known_to_the_day(event.when) else as_edtf(event.when),
        **({} if event.details is NO_DETAILS else _carried(event.details)),
        **dict(event.properties),
    }
    return {name: value for name, value in properties.items() if value is not None}


def _carried(details: Details) -> Properties:
    """Return the expected properties of what an event carries through."""
    geo, organizer, contact = details.geo, details.organizer, details.contact
    return {
        "GEO": geo and (round(geo[0], 6), round(geo[1], 6)),
        "CLASS": details.class_ and details.class_.upper(),
        "PRIORITY": details.priority,
        "ORGANIZER": organizer and (f"mailto:{organizer.email}", organizer.name),
        "CONTACT": contact and tuple(part for part in (contact.name, contact.email) if part),
        "IMAGE": _links(details.image) if details.image else None,
        "ATTACH": _links(details.attach) if details.attach else None,
        "CONFERENCE": _links(details.conference) if details.conference else None,
    }


def _recurring(vevent: VEventProjection) -> Properties:
    recurrence, number = vevent.recurrence or Recurrence(vevent.dtstart), vevent.recurrence_id
    return {
        "RECURRENCE-ID": None if number is None else time_notation(number),
        "RRULE": recurrence.rule and sorted(recurrence.rule.value(vevent.dtstart).split(";")),
        "RDATE": sorted(map(time_notation, recurrence.rdate)) or None,
        "EXDATE": sorted(map(time_notation, recurrence.exdate)) or None,
    }


def _related(event: Event, uids: Mapping[str, str]) -> set[tuple[str, str]]:
    related = {(kind.upper(), uids[other]) for other, kind in event.related_to}
    return related if event.parent is None else related | {("PARENT", uids[event.parent])}


def _expected_uid(vevent: VEventProjection) -> str:
    """Return the UID of a VEVENT: the suffix is before the last ``@``, if there is one."""
    uid = vevent.event.uid
    if not vevent.suffix:
        return uid
    at = uid.rfind("@")
    at = len(uid) if at < 0 else at
    return uid[:at] + vevent.suffix + uid[at:]


def event_name(vevent: VEventProjection) -> str:
    """Return the UID, with `` on `` and the RECURRENCE-ID of an instance."""
    uid = _expected_uid(vevent)
    number = vevent.recurrence_id
    return uid if number is None else f"{uid} on {time_notation(number)}"


def _triggers(vevent: VEventProjection) -> list[str]:
    """Return the triggers: none if cancelled; of the first or last day of a span, those of it."""
    if vevent.status == "CANCELLED":
        return []
    alarms = vevent.event.alarms
    if alarms and vevent.when != vevent.event.when:  # the first or the last day alone
        edge = "END" if vevent.suffix else "START"
        alarms = tuple(alarm for alarm in alarms if alarm.related == edge)
    # Without DTEND, the start is also the end.
    side = "START" if vevent.dtend is None else ""
    return [
        _utc_notation(alarm.trigger)
        if isinstance(alarm.trigger, Instant)
        else f"{side or alarm.related} {alarm.trigger}"
        for alarm in alarms
    ]


def _utc_notation(value: Instant) -> str:
    return f"{value.utc.replace(tzinfo=None).isoformat()}Z"


def has_tzid(value: Instant) -> bool:
    """Return whether a time must name its zone: not UTC, an offset or the second of two."""
    return value.zone[0] not in "+-" and not value.moment.fold and not is_utc_zone(value.zone)


def time_notation(value: date | Instant) -> str:
    """Return a day, or a time with its zone, such as ``2025-01-03T09:00:00[Asia/Riyadh]``."""
    if not isinstance(value, Instant):
        return value.isoformat()
    if has_tzid(value):
        return f"{value.wall.isoformat()}[{value.zone}]"
    return _utc_notation(value)


def _links(links: tuple[Link, ...]) -> list[tuple[str, str | None]]:
    return [(link.url, link.title) for link in links]
