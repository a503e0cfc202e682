"""Read a feed back with another program and compare it with the calendar.

A malformed content line empties the whole calendar in Thunderbird and Google, so a feed is read
back before it replaces the published feed. Its new events are read with the ``icalendar`` library
and compared with the events and their projections, before escaping, folding and writing. The
library is slow to import, so it is imported only if something is verified.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from timeline.model import NO_DETAILS
from timeline.publishing.verify.comparison import (
    altered_addresses,
    compare_properties,
    has_author_text,
)
from timeline.publishing.verify.expected import event_name, expected_properties
from timeline.publishing.verify.faults import LIBRARY_ERRORS, Fault, unread_lines, unreadable
from timeline.publishing.verify.instances import instance_faults
from timeline.publishing.verify.octets import is_whole_event, malformed_values, octet_faults
from timeline.publishing.verify.reader import STAMPED, STAMPS, EventReader, read_single_event
from timeline.publishing.verify.timezones import zone_faults
from timeline.publishing.verify.values import read_property

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from timeline.model import Calendar, VEventProjection
    from timeline.publishing.verify.expected import Properties
    from timeline.publishing.verify.faults import Finding

Block = tuple["VEventProjection", bytes]
"""A VEVENT as projected, and as written from ``BEGIN`` to after its last line end."""
BATCH = 200
"""How many events are read together."""


def verify_feed(
    calendar: Calendar,
    vevents: Sequence[VEventProjection],
    head: bytes,
    blocks: Iterable[Block],
    tail: bytes,
    left: Sequence[str] = (),
) -> list[Fault]:
    """Read a feed back and return its faults; a feed with any must not be published.

    ``calendar`` is the calendar of the feed and ``vevents`` its projection; ``head`` are the
    octets before the first VEVENT and ``tail`` those after the last. ``blocks`` may leave out
    VEVENTs that were published before. At most ``BATCH`` of them are in memory at a time.
    ``head`` must have the zones of all ``vevents``, and ``left`` as the values of X-TIMELINE-LEFT.
    """
    faults = list(_calendar_faults(calendar, vevents, head, tail, left))
    reader = EventReader()
    seen: set[str] = set()
    remaining = iter(blocks)
    while batch := list(islice(remaining, BATCH)):
        results = reader.read([block for _, block in batch])
        for (vevent, block), properties in zip(batch, results, strict=True):
            uid = event_name(vevent)
            findings = _event_faults(vevent, block, calendar.uids, properties)
            faults += (Fault(uid, name, message) for name, message in findings)
            if uid in seen:
                faults.append(Fault(uid, "UID", "occurs twice"))
            seen.add(uid)
    return faults


def _calendar_faults(
    calendar: Calendar,
    vevents: Sequence[VEventProjection],
    head: bytes,
    tail: bytes,
    left: Sequence[str],
) -> Iterator[Fault]:
    """Yield the faults of the VCALENDAR and its zones, compared with the calendar."""
    from icalendar import Calendar as Reader  # noqa: PLC0415 - see above

    for name, message in chain(octet_faults(head), octet_faults(tail)):
        yield Fault("", name, message)
    if not head.startswith(b"BEGIN:VCALENDAR\r\n") or tail != b"END:VCALENDAR\r\n":
        yield Fault("", "VCALENDAR", "is incomplete")
        return
    try:
        component = Reader.from_ical(head + tail)
    except LIBRARY_ERRORS as error:
        yield Fault("", "VCALENDAR", unreadable(error))
        return
    description = calendar.description.rstrip("\n") if calendar.description else None
    expected: Properties = {
        "VERSION": "2.0",
        "CALSCALE": "GREGORIAN",
        "NAME": calendar.name,
        "X-WR-CALNAME": calendar.name,
        "DESCRIPTION": description,
        "X-WR-CALDESC": description,
        "COLOR": calendar.color,
        "URL": calendar.url,
        "SOURCE": calendar.source,
        "REFRESH-INTERVAL": calendar.refresh,
    }
    expected = {name: value for name, value in expected.items() if value is not None}
    if left:
        expected["X-TIMELINE-LEFT"] = list(left) if len(left) > 1 else left[0]
    actual = {name: read_property(name, value) for name, value in component.items()}
    if not actual.pop("PRODID", None):
        yield Fault("", "PRODID", "is missing")
    for name in ("X-APPLE-CALENDAR-COLOR", "X-PUBLISHED-TTL"):  # the same in another spelling
        actual.pop(name, None)
    for name, message in (*unread_lines(component), *compare_properties(actual, expected, head)):
        yield Fault("", name, message)
    yield from zone_faults(vevents, component.subcomponents)


def _event_faults(
    vevent: VEventProjection,
    block: bytes,
    uids: Mapping[str, str],
    actual: Properties | None,
) -> Iterator[Finding]:
    """Yield the faults of a VEVENT; ``actual`` are its properties as ``EventReader`` read them."""
    event = vevent.event
    if actual is None:
        yield from octet_faults(block)
        if not is_whole_event(block):
            yield "VEVENT", "is incomplete"
            return
        try:
            actual, errors = read_single_event(block)
        except LIBRARY_ERRORS as error:
            yield "VEVENT", unreadable(error)
            return
        yield from errors
        yield from malformed_values(block)
    for name in STAMPS:
        if actual.pop(name, None) is not STAMPED:
            yield name, "does not occur exactly once, as a time in UTC or a number"
    if not has_author_text(event, actual.pop("DESCRIPTION", ""), block):
        yield "DESCRIPTION", "differs from the file"
    expected = expected_properties(vevent, uids)
    if actual != expected:
        yield from compare_properties(actual, expected, block)
    elif vevent.recurrence is not None:
        yield from instance_faults(event, actual)
    if event.url or event.details is not NO_DETAILS:
        yield from altered_addresses(event, block)
