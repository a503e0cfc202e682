"""The self-check of a feed: what another program reads in it must be what the calendar says.

One bad content line empties the whole calendar in Thunderbird and Google, so a feed is read back
before it replaces the published one. What is new in it is read with the ``icalendar`` library and
compared with the events and their boxes as they were before anything was escaped, folded or
written: nothing of ``formats`` is asked. What a parser forgives, an over-long line or a character
that a fold cuts in two, is looked for in the bytes (RFC 5545 3.1).

The library is imported here and when it is needed: an export that changes nothing never waits.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, datetime, timedelta
from importlib import import_module
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from timeline._records import dataclass
from timeline.dates import instants, zones
from timeline.dates.edtf import LAST_YEAR
from timeline.dates.recurrence import expansion
from timeline.formats.ics.contentlines import line_name, unescape_text, unfold
from timeline.model.events import Instant, Recurrence, Timed, as_edtf, is_known_to_the_day
from timeline.model.projection import draw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from timeline.dates.recurrence.expansion import Recur
    from timeline.model.events import Calendar, Event, Link
    from timeline.model.projection import Box


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that reads otherwise than it should.

    ``uid`` is empty where it is the calendar's own, else that of the event, with `` on `` and the
    RECURRENCE-ID for an instance that differs. ``property`` is the name of a property or a
    component, ``message`` a clause about it.
    """

    uid: str
    property: str
    message: str


Block = tuple["Event", "Box", bytes]
"""One VEVENT from ``BEGIN`` to after its last line end, and what it stands for."""


def verify(
    calendar: Calendar,
    head: bytes,
    blocks: Iterable[Block],
    tail: bytes,
    *,
    uids: Mapping[str, str],
) -> list[Fault]:
    """Read a feed back and list what is wrong with it: nothing, or it must not be published.

    ``calendar`` is what the feed shows, ``head`` its bytes before the first VEVENT and ``tail``
    those after the last. ``blocks`` need not be all: those that were published have been read
    then. They are taken as they come, and never more than some hundred held. But ``head`` must
    have the zones of all of ``calendar``. ``uids`` gives the UID of each id that an event may be
    related to, also of those that the feed does not show.
    """
    faults = list(_frame(calendar, head, tail))
    reader = _Reader()
    seen: set[str] = set()
    rest = iter(blocks)
    while some := list(islice(rest, _TOGETHER)):
        several = reader.read([block for *_, block in some])
        for (event, box, block), read in zip(some, several, strict=True):
            uid = _called(event, box)
            found = _event(event, box, block, uids, read)
            faults += (Fault(uid, name, message) for name, message in found)
            if uid in seen:
                faults.append(Fault(uid, "UID", "is there twice"))
            seen.add(uid)
    return faults


_Found = tuple[str, str]
"""A property and what is wrong with it."""


# --- bytes --------------------------------------------------------------------------------------

_FAULTS = (
    (re.compile(rb"\r(?!\n)|(?<!\r)\n"), "has a line end that is not CRLF"),
    (re.compile(rb"[^\r\n]{76}"), "has a line of more than 75 octets"),
    (re.compile(rb"\n[ \t][\x80-\xbf]"), "has a fold inside a character"),
    (re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]"), "has a control character"),
    (re.compile(rb"\xc2\x85|\xe2\x80[\xa8\xa9]"), "has a line separator that some readers obey"),
    (re.compile(rb"\n\r\n|\n[ \t]\r\n"), "has an empty line"),
)
_PROPERTY = re.compile(rb"(?:\A|\n)([A-Za-z0-9-]+)(?=[;:])")


def _lines(part: bytes) -> Iterator[_Found]:
    """Find what parsers forgive or do not see in whole lines of a feed."""
    if _is_fine(part):
        return
    for pattern, message in _FAULTS:
        if found := pattern.search(part):
            yield _name_at(part, found.end() - 1), message
    if not part.endswith(b"\r\n"):
        yield _name_at(part, len(part)), "has no line end"
    try:
        part.decode()
    except UnicodeDecodeError as error:
        if not _FAULTS[2][0].search(part):
            yield _name_at(part, error.start), "is not UTF-8"


_ALLOWED = bytes(byte for byte in range(256) if byte == 9 or (byte >= 32 and byte != 127))


def _is_fine(part: bytes) -> bool:
    """Whether there is surely no fault: what the patterns take 190 µs for, in 5."""
    try:
        text = part.decode()  # a character that a fold cuts in two does not decode
    except UnicodeDecodeError:
        return False
    *lines, rest = part.split(b"\r\n")
    lengths = [len(line) for line in lines]
    return (
        not rest
        and min(lengths, default=0) > 1
        and max(lengths) <= 75
        and not b"".join(lines).translate(None, _ALLOWED)
        and not ("\x85" in text or "\u2028" in text or "\u2029" in text)
    )


def _name_at(part: bytes, position: int) -> str:
    """Name the property whose line holds a position, or the one before it."""
    name = "BEGIN"
    for found in _PROPERTY.finditer(part):
        if found.start(1) > position:
            break
        name = found[1].decode()
    return name


# --- the calendar itself ------------------------------------------------------------------------


def _frame(calendar: Calendar, head: bytes, tail: bytes) -> Iterator[Fault]:
    """Hold the VCALENDAR and its zones against the calendar."""
    from icalendar import Calendar as Reader  # noqa: PLC0415 - see above

    for name, message in chain(_lines(head), _lines(tail)):
        yield Fault("", name, message)
    if not head.startswith(b"BEGIN:VCALENDAR\r\n") or tail != b"END:VCALENDAR\r\n":
        yield Fault("", "VCALENDAR", "is not whole")
        return
    try:
        component = Reader.from_ical(head + tail)
    except _UNREADABLE as error:
        yield Fault("", "VCALENDAR", _unread(error))
        return
    description = calendar.description.rstrip("\n") if calendar.description else None
    expected = {
        "VERSION": "2.0",
        "CALSCALE": "GREGORIAN",
        "NAME": calendar.name,
        "X-WR-CALNAME": calendar.name,
        "DESCRIPTION": description,
        "X-WR-CALDESC": description,
        "X-WR-TIMEZONE": calendar.timezone,
        "COLOR": calendar.color,
        "URL": calendar.url,
        "SOURCE": calendar.source,
        "REFRESH-INTERVAL": calendar.refresh,
    }
    expected = {name: value for name, value in expected.items() if value is not None}
    found = {name: _read(name, value) for name, value in component.items()}
    if not found.pop("PRODID", None):
        yield Fault("", "PRODID", "is missing")
    for name in ("X-APPLE-CALENDAR-COLOR", "X-PUBLISHED-TTL"):  # the same in another spelling
        found.pop(name, None)
    for name, message in (*_errors(component), *_compare(found, expected, head)):
        yield Fault("", name, message)
    yield from _zones(calendar, component.subcomponents)


def _zones(calendar: Calendar, components: list[Any]) -> Iterator[Fault]:
    """Hold the VTIMEZONEs against tzdata, at all times of all events; the first fault of each."""
    defined: dict[str, Any] = {}
    for component in components:
        if component.name != "VTIMEZONE" or (name := str(component.get("TZID"))) in defined:
            yield Fault("", component.name or "BEGIN", "does not belong there")
        else:
            defined[name] = component
    used: dict[str, list[tuple[Event, Box, str, Instant]]] = {}
    for event in calendar.events:
        if isinstance(event.when, Timed) or event.was:
            for box in draw(event):
                for side, value in _times(box):
                    used.setdefault(value.zone, []).append((event, box, side, value))
    for name, times in used.items():
        if name not in defined:
            event, box, side, _ = times[0]
            yield Fault(_called(event, box), side, f"is in `{name}`, which has no VTIMEZONE")
            continue
        try:
            clock = _Clock(defined[name], max(value.moment.year for *_, value in times))
        except (ValueError, KeyError, AttributeError) as error:
            yield Fault("", "VTIMEZONE", f"of `{name}` {_unread(error)}")
            continue
        for event, box, side, value in times:
            if clock.offset(value.wall) != value.moment.utcoffset():
                message = f"is another instant by the VTIMEZONE of `{name}`, at {value.wall}"
                yield Fault(_called(event, box), side, message)
                break
    # A feed without events has one zone all the same, for it needs a component.
    lone = len(defined) if not any(map(draw, calendar.events)) else 0
    for name in defined.keys() - used.keys() if lone != 1 else ():
        yield Fault("", "VTIMEZONE", f"`{_shown(name)}` is the zone of no event")


def _times(box: Box) -> Iterator[tuple[str, Instant]]:
    """Give the times of a box that are told in a zone, with their properties."""
    again = box.recurrence or Recurrence()
    for name, values in (
        ("DTSTART", (box.dtstart,)),
        ("DTEND", (box.dtend,)),
        ("RECURRENCE-ID", (box.recurrence_id,)),
        ("RDATE", again.rdate),
        ("EXDATE", again.exdate),
        ("RRULE", _samples(box.dtstart, again.rule) if again.rule else ()),
    ):
        for value in values:
            if isinstance(value, Instant) and _has_tzid(value):
                yield name, value


ENDLESS = 10
"""How many years of a rule without an end are looked at."""


def _samples(start: date | Instant, rule: Recur) -> Iterator[Instant]:
    """Give a winter and a summer day, at the time of the start, of each year of a rule."""
    if not isinstance(start, Instant) or not _has_tzid(start):
        return
    last = expansion.last_day(rule, start)
    end = min(last.year if last else LAST_YEAR, start.wall.year + ENDLESS)
    for year in range(start.wall.year + 1, end):
        for month in (1, 7):
            wall = start.wall.replace(year=year, month=month, day=1)
            yield Instant(instants.in_zone(wall, start.zone), start.zone)


class _Clock:
    """What the clocks of a zone show by its VTIMEZONE alone (RFC 5545 3.6.5)."""

    def __init__(self, component: Any, last_year: int) -> None:
        rrulestr = import_module("dateutil.rrule").rrulestr  # it comes with icalendar, untyped
        end = datetime(min(last_year + 2, 9999), 1, 1)  # noqa: DTZ001 - what clocks show
        onsets: list[tuple[datetime, timedelta]] = []
        for part in component.subcomponents:
            start = part["DTSTART"].dt.replace(tzinfo=None)
            walls = {start}
            if rule := part.get("RRULE"):
                parsed = rrulestr(rule.to_ical().decode(), dtstart=start)
                walls |= set(parsed.between(start, end, inc=True))
            for dates in _several(part.get("RDATE")):
                walls |= {each.dt.replace(tzinfo=None) for each in dates.dts}
            onsets += ((wall, part["TZOFFSETTO"].td) for wall in walls)
        onsets.sort()
        self._walls = [wall for wall, _ in onsets]
        self._offsets = [offset for _, offset in onsets]

    def offset(self, wall: datetime) -> timedelta | None:
        """Give the offset at a time; of a time shown twice, at the first (3.3.5)."""
        index = bisect_right(self._walls, wall)
        return self._offsets[index - 1] if index else None


# --- events -------------------------------------------------------------------------------------

_BUSY = "X-MICROSOFT-CDO-BUSYSTATUS"
_Properties = dict[str, Any]
"""What the properties of a VEVENT read as by name, in the shapes of ``_read``."""


def _event(
    event: Event, box: Box, block: bytes, uids: Mapping[str, str], found: _Properties | None
) -> Iterator[_Found]:
    """Hold one VEVENT against its event and its box; ``found`` is what ``_Reader`` gave of it."""
    if found is None:
        yield from _lines(block)
        if not _is_whole(block):
            yield "VEVENT", "is not whole"
            return
        try:
            found, errors = _alone(block)
        except _UNREADABLE as error:
            yield "VEVENT", _unread(error)
            return
        yield from errors
        yield from _misshapen(block)
    for name in _STAMPS:
        if found.pop(name, None) is not _STAMPED:
            yield name, "is not there once, as a time in UTC or a number"
    if not _describes(event, found.pop("DESCRIPTION", ""), block):
        yield "DESCRIPTION", "does not read as the file has it"
    expected = _expected(event, box, uids)
    if found != expected:
        yield from _compare(found, expected, block)
    if event.url or event.image or event.attach or event.conference:
        yield from _addresses(event, block)


class _Reader:
    """Reads VEVENTs with the library, many of them together, and a line that stands in all once.

    What a line says does not hang on those around it, and to begin and end a component for each
    event costs as much as to read its title. Half of a feed's lines stand in it before: the same
    day, the same place, and what apps want to hear with every event. Components are made of what
    else there is, many lines in one. Of texts and times only the values are read: in all of a line
    the library looks at every character for the colon that ends its name and parameters, and
    where these hold no quotes and no backslash, that is the first.
    """

    def __init__(self) -> None:
        from icalendar import vDDDTypes  # noqa: PLC0415 - as above
        from icalendar.parser import Contentline, unescape_backslash  # noqa: PLC0415 - as above

        self._line: Any = Contentline.from_ical
        self._unescape = unescape_backslash
        self._moment: Any = vDDDTypes.from_ical
        self._known: dict[bytes, tuple[str, Any]] = {}
        self._texts: dict[bytes, tuple[str, str]] = {}
        self._heads: dict[bytes, tuple[str, str | None] | None] = {}

    def read(self, blocks: list[bytes]) -> list[_Properties | None]:
        """Give what each VEVENT reads as; ``None`` for one that must be read by itself.

        That is one that may have a fault in its bytes, or a line that cannot be read, or nests more
        than alarms.
        """
        joined = b"".join(blocks)
        if not (all(map(_is_whole, blocks)) and _is_fine(joined)) or any(_misshapen(joined)):
            if len(blocks) == 1:
                return [None]
            return [self.read([block])[0] for block in blocks]
        events = [_parts(block) for block in blocks]
        self._learn(chain.from_iterable(chain.from_iterable(events)))
        return [self._put_together(*parts) if parts else None for parts in events]

    def _put_together(self, lines: list[bytes], *alarms: list[bytes]) -> _Properties | None:
        """Give what the lines of an event and of its alarms read as, if all of them are known."""
        known = [self._known.get(line) or self._texts.get(line) for line in lines]
        read = list(filter(None, known))
        if len(read) < len(lines):
            return None
        for alarm in alarms:
            if (own := self._put_together(alarm)) is None:
                return None
            read.append(("VALARM", [_rings("VALARM", own)]))
        found = dict(read)
        return found if len(found) == len(read) else _joined(read)

    def _learn(self, lines: Iterable[bytes]) -> None:
        """Read the lines that are not known yet, if they can be."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._texts.clear()  # which are mostly of one event, and would crowd out the days
        texts: list[bytes] = []
        others: dict[bytes, str] = {}
        for line in lines:
            if line in self._known:
                continue
            if line.startswith(_TEXTS):
                texts.append(line)
            elif line.startswith(_TIMES) and (read := self._time(line)):
                self._known[line] = read
            elif stamp := _STAMP.fullmatch(line):
                self._known[line] = stamp[1].decode(), _STAMPED
            else:
                others[line] = line_name(line.decode())
        self._learn_texts([line for line in texts if b"\n" in line], self._line)
        self._learn_texts([line for line in texts if b"\n" not in line], bytes.decode)
        self._learn_lines(others)

    def _learn_texts(self, lines: list[bytes], unfold: Callable[[bytes], str]) -> None:
        """Read lines that are texts without parameters, as one."""
        read = self._unescape(unfold(_BETWEEN.join(lines))).split(_BETWEEN.decode())
        if len(read) == len(lines):
            for line, text in zip(lines, read, strict=True):
                name, _, value = text.partition(":")
                self._texts[line] = name, value

    def _time(self, line: bytes) -> tuple[str, Any] | None:
        """Read a day, or a time in UTC or in a zone; ``None`` where it is anything else."""
        head, _, value = line.partition(b":")
        if head not in self._heads:
            self._heads[head] = self._head(head)
        if not (read := self._heads[head]):
            return None
        name, zone = read
        try:
            told = _told(self._moment(value.decode(), zone), zone)
        except ValueError:
            return None
        return name, _counted(told, None) if name == "TRIGGER" else told

    def _head(self, head: bytes) -> tuple[str, str | None] | None:
        """Read a name and its TZID, which is what stands before the colon with the plainest."""
        if b'"' in head or b"\\" in head:
            return None
        try:
            name, parameters, _ = self._line(head + b":").parts()
        except ValueError:
            return None
        zone = parameters.pop("TZID", None)
        is_plain = parameters in _PLAIN and not isinstance(zone, list)
        return (name, zone) if is_plain else None

    def _learn_lines(self, new: Mapping[bytes, str]) -> None:
        """Read other lines, each with its name, as those of one component."""
        try:
            component = _component(b"\r\n".join([_BEGIN, *new, _END, b""]))
            if component.errors or component.subcomponents:
                return
            by_name: dict[str, list[bytes]] = {}
            for line, name in new.items():
                by_name.setdefault(name, []).append(line)
            for name, lines in by_name.items():
                values = _several(component.get(name))
                if len(values) == len(lines):
                    read = [(name, _read(name, value)) for value in values]
                    self._known.update(zip(lines, read, strict=True))
        except _UNREADABLE:
            return  # each event by itself shows whose it is


def _alone(block: bytes) -> tuple[_Properties, list[_Found]]:
    """Read one VEVENT by itself: what it reads as, and what cannot be read.

    Nested components are lists of their triggers. Raises what the library raises.
    """
    lines = _LINE_END.split(block)
    stamps = [stamp[1].decode() for stamp in map(_STAMP.fullmatch, lines) if stamp]
    component = _component(b"\r\n".join(line for line in lines if not _STAMP.fullmatch(line)))
    read = [(name, _read(name, value)) for name, value in component.items()]
    read += ((name, _STAMPED) for name in stamps)
    for nested in component.subcomponents:
        own = {name: _read(name, value) for name, value in nested.items()}
        read.append((nested.name, [_rings(nested.name, own)]))
    return _joined(read), list(_errors(component))


def _component(block: bytes) -> Any:
    from icalendar import Event as Reader  # noqa: PLC0415 - as above

    return Reader.from_ical(block)


def _is_whole(block: bytes) -> bool:
    return block.startswith(b"BEGIN:VEVENT\r\n") and block.endswith(b"\r\nEND:VEVENT\r\n")


_SHAPES = (
    (
        re.compile(
            rb"\n(DTSTART|DTEND|RECURRENCE-ID|RDATE|EXDATE)"
            rb"(?!;VALUE=DATE:\d{8}\r|;TZID=[^:;\",\r\n]+:\d{8}T\d{6}\r|:\d{8}T\d{6}Z\r)"
        ),
        "is no day, no time in UTC and none in a zone",
    ),
    (
        re.compile(
            rb"\nBEGIN:(VALARM)(?!\r\nACTION:DISPLAY\r\nDESCRIPTION:[^\r]*"
            rb"\r\nTRIGGER[;:][^\r]*\r\nEND:VALARM\r\n)"
        ),
        "is not an action, what it says and when it rings",
    ),
)
"""What the library takes and RFC 5545 does not have: a day without VALUE, an alarm of nothing."""


def _misshapen(part: bytes) -> Iterator[_Found]:
    part = unfold(part)
    for pattern, message in _SHAPES:
        if found := pattern.search(part):
            yield found[1].decode(), message


def _parts(block: bytes) -> list[list[bytes]]:
    """Give the lines of a whole VEVENT, folded, and those of each alarm; none where one has no end.

    Without their BEGIN and END. What else is nested is a line that cannot be read.
    """
    own, *alarms = block[len(_BEGIN) + 2 : -len(_END) - 4].split(b"\r\nBEGIN:VALARM\r\n")
    if not all(alarm.endswith(b"\r\nEND:VALARM") for alarm in alarms):
        return []
    parts = [own, *(alarm.removesuffix(b"\r\nEND:VALARM") for alarm in alarms)]
    return [_LINE_END.split(part) for part in parts]


_UNREADABLE = (ValueError, IndexError, KeyError, TypeError, AttributeError)
"""What the library raises over what it cannot read."""

_STAMPS = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE")
_STAMP = re.compile(  # too plain to bother the library with
    rb"(DTSTAMP|CREATED|LAST-MODIFIED|SEQUENCE):(?:\d{8}T\d{6}Z|(?<=E:)\d{1,9})"
)
_STAMPED = object()
"""What a stamp reads as that is one, whatever it says."""

_TEXTS = (b"UID:", b"SUMMARY:", b"DESCRIPTION:", b"LOCATION:")
_TIMES = (b"DTSTART", b"DTEND", b"RECURRENCE-ID", b"TRIGGER")
_PLAIN: tuple[dict[str, str], ...] = ({}, {"VALUE": "DATE"}, {"VALUE": "DATE-TIME"})
_BETWEEN = b"\x1e"  # the record separator of ASCII, which no line without a fault has
_BEGIN, _END = b"BEGIN:VEVENT", b"END:VEVENT"
_LINE_END = re.compile(rb"\r\n(?![ \t])")
_REMEMBERED = 20_000
_TOGETHER = 200
"""How many lines are remembered, and how many events are read together."""


def _expected(event: Event, box: Box, uids: Mapping[str, str]) -> _Properties:
    """Say what the properties of a VEVENT must read as, by name, in the shapes of ``_read``."""
    everything = {
        "UID": _uid(event, box),
        **(_recurring(box) if box.recurrence or box.recurrence_id else {}),
        "VALARM": _triggers(box, event) or None if event.alarms else None,
        "DTSTART": _moment(box.dtstart),
        "DTEND": None if box.dtend is None else _moment(box.dtend),
        "DURATION": timedelta() if box.dtend is None else None,
        "SUMMARY": box.summary,
        "LOCATION": event.location or None,
        "GEO": event.geo and (round(event.geo[0], 6), round(event.geo[1], 6)),
        "URL": event.url or None,
        "CATEGORIES": event.categories or None,
        "STATUS": box.status,
        "TRANSP": box.transp,
        _BUSY: "FREE" if box.transp == "TRANSPARENT" else None,
        "CLASS": event.class_ and event.class_.upper(),
        "PRIORITY": event.priority,
        "COLOR": event.color,
        "ORGANIZER": event.organizer and (f"mailto:{event.organizer.email}", event.organizer.name),
        "CONTACT": event.contact
        and tuple(part for part in (event.contact.name, event.contact.email) if part),
        "IMAGE": _links(event.image) if event.image else None,
        "ATTACH": _links(event.attach) if event.attach else None,
        "CONFERENCE": _links(event.conference) if event.conference else None,
        "RELATED-TO": _related(event, uids) if event.parent or event.related_to else None,
        "X-TIMELINE-EDTF": None if is_known_to_the_day(event.when) else as_edtf(event.when),
        **dict(event.properties),
    }
    return {name: value for name, value in everything.items() if value is not None}


def _recurring(box: Box) -> _Properties:
    again = box.recurrence or Recurrence()
    return {
        "RECURRENCE-ID": None if box.recurrence_id is None else _moment(box.recurrence_id),
        "RRULE": again.rule and sorted(again.rule.value(box.dtstart).split(";")),
        "RDATE": sorted(map(_moment, again.rdate)) or None,
        "EXDATE": sorted(map(_moment, again.exdate)) or None,
    }


def _related(event: Event, uids: Mapping[str, str]) -> set[tuple[str, str]]:
    related = {(kind.upper(), uids[other]) for other, kind in event.related_to}
    return related if event.parent is None else related | {("PARENT", uids[event.parent])}


def _uid(event: Event, box: Box) -> str:
    """Give the UID of a box: the suffix stands before the last ``@``, if there is one."""
    if not box.suffix:
        return event.uid
    at = event.uid.rfind("@")
    at = len(event.uid) if at < 0 else at
    return event.uid[:at] + box.suffix + event.uid[at:]


def _called(event: Event, box: Box) -> str:
    uid = _uid(event, box)
    return uid if box.recurrence_id is None else f"{uid} on {_moment(box.recurrence_id)}"


def _triggers(box: Box, event: Event) -> list[str]:
    """Say when the alarms of a box ring: a cancelled one has none, half of a span its half."""
    if box.status == "CANCELLED":
        return []
    alarms = event.alarms
    if alarms and box.when != event.when:  # the first or the last day alone
        edge = "END" if box.suffix else "START"
        alarms = tuple(alarm for alarm in alarms if alarm.related == edge)
    # A moment has no end to count from: it is the end.
    side = "START" if box.dtend is None else ""
    return [
        _moment_utc(alarm.trigger)
        if isinstance(alarm.trigger, Instant)
        else f"{side or alarm.related} {alarm.trigger}"
        for alarm in alarms
    ]


def _moment_utc(value: Instant) -> str:
    return f"{value.utc.replace(tzinfo=None).isoformat()}Z"


def _has_tzid(value: Instant) -> bool:
    """Whether a time must name its zone: not in UTC, by an offset, nor the second of two."""
    return value.zone[0] not in "+-" and not value.moment.fold and not zones.is_utc(value.zone)


def _moment(value: date | Instant) -> str:
    """Write a day, or a time with its zone, such as ``2025-01-03T09:00:00[Asia/Riyadh]``."""
    if not isinstance(value, Instant):
        return value.isoformat()
    if _has_tzid(value):
        return f"{value.wall.isoformat()}[{value.zone}]"
    return _moment_utc(value)


def _addresses(event: Event, block: bytes) -> Iterator[_Found]:
    """Find addresses that were escaped as if they were TEXT: the library forgives that."""
    lines = unfold(block)
    links = (("IMAGE", event.image), ("ATTACH", event.attach), ("CONFERENCE", event.conference))
    addresses = [("URL", event.url)] if event.url else []
    addresses += ((name, link.url) for name, several in links for link in several)
    for name, address in addresses:
        if f":{address}\r\n".encode() not in lines:
            yield name, f"does not have `{_shown(address)}` as it is"


def _links(links: tuple[Link, ...]) -> list[tuple[str, str | None]]:
    return [(link.url, link.title) for link in links]


def _describes(event: Event, text: Any, block: bytes) -> bool:
    """Whether all that the author wrote is there in order, the description first.

    What stands between is ours: the words for a date are tested where they are made.
    """
    first = event.description.rstrip("\n") if event.description else ""
    pieces = [was.note for was in event.was]
    for source in event.sources:
        quote = source.quote.rstrip() if source.quote else None
        pieces += [source.title, source.url, source.accessed, quote]

    def holds(text: str) -> bool:
        if not text.startswith(first):
            return False
        position = len(first)
        for piece in filter(None, pieces):
            position = text.find(piece, position)
            if position < 0:
                return False
            position += len(piece)
        return True

    if not isinstance(text, str):
        return False
    return holds(text) or (bool(_MISREAD.search(text)) and holds(_raw(block, "DESCRIPTION")))


# --- reading back -------------------------------------------------------------------------------


def _read(name: str, value: Any) -> Any:
    """Give what the library read of a property, in a shape that compares."""
    if type(value).__name__ == "vBroken":  # it is among the component's errors too
        return None
    if isinstance(value, list):
        return _together(name, [_read(name, each) for each in value])
    if name in _LINKS:
        return [(str(value), _parameter(value, "LABEL"))]
    if name == "RELATED-TO":
        return {(_parameter(value, "RELTYPE") or "PARENT", str(value))}
    if name in _DATES:
        return sorted(str(_time(each)) for each in value.dts)
    if name == "CATEGORIES":
        return tuple(str(each) for each in value.cats)
    if name == "GEO":
        return round(value.latitude, 6), round(value.longitude, 6)
    if name == "ORGANIZER":
        return str(value), _parameter(value, "CN")
    if name == "TRIGGER":
        return _counted(_time(value), _parameter(value, "RELATED"))
    if type(value).__name__ == "vUnknown":  # the library leaves what it does not know as it is
        return unescape_text(str(value))
    if name == "RRULE":
        return sorted(value.to_ical().decode().split(";"))
    if isinstance(value, int):
        return int(value)
    return _time(value) if hasattr(value, "dt") else str(value)


_LINKS = ("IMAGE", "ATTACH", "CONFERENCE")
_DATES = ("RDATE", "EXDATE")


def _joined(read: list[tuple[str, Any]]) -> _Properties:
    """Join what lines read as that have a name in common."""
    several: dict[str, list[Any]] = {}
    for name, value in read:
        several.setdefault(name, []).append(value)
    return {
        name: values[0] if len(values) == 1 else _together(name, values)
        for name, values in several.items()
    }


def _together(name: str, values: list[Any]) -> Any:
    """Join what lines of one name read as; of one that may stand once, into what equals nothing."""
    kinds = {type(each) for each in values}
    if name == "RELATED-TO" and kinds == {set}:
        return set().union(*values)
    if name in (*_LINKS, *_DATES, "VALARM") and kinds == {list}:
        joined = list(chain.from_iterable(values))
        return sorted(joined) if name in _DATES else joined
    return values


def _rings(name: str, found: _Properties) -> Any:
    """Say when a VALARM rings, in the words of ``_triggers``."""
    is_alarm = name == "VALARM" and "TRIGGER" in found
    return found["TRIGGER"] if is_alarm else f"{name} without TRIGGER"


def _counted(moment: str | timedelta, related: str | None) -> str:
    return f"{related or 'START'} {moment}" if isinstance(moment, timedelta) else moment


def _time(value: Any) -> str | timedelta:
    return _told(value.dt, _parameter(value, "TZID"))


def _told(moment: Any, zone: str | None) -> str | timedelta:
    """Write what the library reads a time as, in the words of ``_moment``."""
    if isinstance(moment, timedelta):
        return moment
    if not isinstance(moment, datetime):
        return moment.isoformat() if isinstance(moment, date) else str(moment)
    wall = moment.replace(tzinfo=None, fold=0).isoformat()
    if zone:
        return f"{wall}[{zone}]"
    return f"{wall}Z" if moment.utcoffset() == timedelta() else wall


def _parameter(value: Any, name: str) -> str | None:
    found = value.params.get(name)
    return None if found is None else str(found)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


_MISREAD = re.compile(r"\n|\\[nN]")


def _compare(
    found: Mapping[str, Any], expected: Mapping[str, Any], part: bytes
) -> Iterator[_Found]:
    """Compare properties by name, in the order of what is expected."""
    for name, value in expected.items():
        if name not in found:
            yield name, f"is missing, expected `{_shown(value)}`"
        elif not _same(name, found[name], value, part):
            yield name, _difference(found[name], value)
    for name in found.keys() - expected.keys():
        yield name, f"does not belong there: `{_shown(found[name])}`"


def _same(name: str, found: Any, expected: Any, part: bytes) -> bool:
    if found == expected:
        return True
    if name == "CONTACT" and isinstance(expected, tuple):
        plain = expected[0] if len(expected) == 1 else f"{expected[0]} <{expected[1]}>"
        return _same(name, found, plain, part)
    if name in _LABELS:
        # The library unescapes what is no escape in a parameter: it reads `\,` and `%2C` as commas.
        named = [expected] if isinstance(expected, tuple) else expected
        return any(mark in str(named) for mark in ("\\", "%")) and _labelled(part, name) == named
    # Some versions of icalendar read the escaped backslash of `C:\New` and the letter after it as
    # a line break. Then, and only then, our own reading counts.
    return (
        isinstance(expected, str)
        and isinstance(found, str)
        and bool(re.search(r"\\[nN]", expected))
        and _raw(part, name) == expected
    )


_LABELS = {"IMAGE": "LABEL", "ATTACH": "LABEL", "CONFERENCE": "LABEL", "ORGANIZER": "CN"}
_LABELLED = re.compile(r'[A-Z]+(?:;VALUE=URI)?(?:;(?:LABEL|CN)="([^"]*)")?:(.*)')
_CARETS = {"^n": "\n", "^'": '"', "^^": "^"}  # RFC 6868


def _labelled(part: bytes, name: str) -> list[tuple[str, str | None]]:
    """Read addresses and what they are called without the library."""
    lines = unfold(part).decode("utf-8", "replace").split("\r\n")
    found = [_LABELLED.fullmatch(line) for line in lines if line_name(line) == name]
    return [
        (each[2], each[1] and re.sub(r"\^[n'^]", lambda caret: _CARETS[caret[0]], each[1]))
        for each in found
        if each
    ]


def _raw(part: bytes, name: str) -> str:
    """Read a TEXT without the library."""
    for line in unfold(part).decode("utf-8", "replace").split("\r\n"):
        if line_name(line) == name:
            return unescape_text(line.partition(":")[2])
    return ""


def _errors(component: Any) -> Iterator[_Found]:
    """List the lines that the library left out because it could not read them."""
    for name, message in component.errors:
        yield name or component.name or "VCALENDAR", f"cannot be read: {_shown(message)}"


def _unread(error: Exception) -> str:
    return f"cannot be read: {_shown(error)}"


def _difference(found: Any, expected: Any) -> str:
    """Say how two values differ, from a little before they do."""
    ours, theirs = _plain(expected), _plain(found)
    same = next(
        (i for i, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]),
        min(len(ours), len(theirs)),
    )
    start = max(0, same - 20)
    lead = "…" if start else ""
    return f"reads `{lead}{_shown(theirs[start:])}`, expected `{lead}{_shown(ours[start:])}`"


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else str(value)


def _shown(value: object, width: int = 60) -> str:
    text = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(value))
    return text if len(text) <= width else text[: width - 1] + "…"
