"""Read VEVENTs with the ``icalendar`` library, many of them together or a single one.

The library is slow to import, so it is imported only if something is verified.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any

from timeline.formats import line_name
from timeline.publishing.verify.faults import LIBRARY_ERRORS, unread_lines
from timeline.publishing.verify.octets import has_sound_octets, is_whole_event, malformed_values
from timeline.publishing.verify.values import (
    alarm_trigger,
    as_list,
    library_time_notation,
    merge_properties,
    read_property,
    trigger_notation,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from timeline.publishing.verify.expected import Properties
    from timeline.publishing.verify.faults import Finding


class EventReader:
    """Reads VEVENTs with the library, many of them together and each distinct line once.

    The value of a line does not depend on the lines around it, and beginning and ending a
    component for each event costs as much as reading its title. Half of a feed's lines occur in
    it before: the same day, the same place, and the properties that apps expect in every event.
    The library reads all other lines as one component. Of texts and times it reads only the
    values: in a whole line it looks at every character for the colon that ends the name and
    parameters, and where these have no quotes and no backslash, it is the first.
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

    def read(self, blocks: list[bytes]) -> list[Properties | None]:
        """Return the properties of each VEVENT; ``None`` for one that must be read by itself.

        Such an event may have a fault in its octets, has a line that cannot be read, or nests
        other components than alarms.
        """
        joined = b"".join(blocks)
        if not (all(map(is_whole_event, blocks)) and has_sound_octets(joined)) or any(
            malformed_values(joined)
        ):
            if len(blocks) == 1:
                return [None]
            return [self.read([block])[0] for block in blocks]
        events = [_split_lines(block) for block in blocks]
        self._learn(chain.from_iterable(chain.from_iterable(events)))
        return [self._assemble(*parts) if parts else None for parts in events]

    def _assemble(self, lines: list[bytes], *alarms: list[bytes]) -> Properties | None:
        """Return the properties of an event with its alarms, if all lines are known."""
        known = [self._known.get(line) or self._texts.get(line) for line in lines]
        read = list(filter(None, known))
        if len(read) < len(lines):
            return None
        for alarm in alarms:
            if (own := self._assemble(alarm)) is None:
                return None
            read.append(("VALARM", [alarm_trigger("VALARM", own)]))
        properties = dict(read)
        return properties if len(properties) == len(read) else merge_properties(read)

    def _learn(self, lines: Iterable[bytes]) -> None:
        """Read the lines that are not known yet, if that is possible."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._texts.clear()  # most occur in one event only, and would displace the days
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
                self._known[line] = stamp[1].decode(), STAMPED
            else:
                others[line] = line_name(line.decode())
        self._learn_texts([line for line in texts if b"\n" in line], self._line)
        self._learn_texts([line for line in texts if b"\n" not in line], bytes.decode)
        self._learn_lines(others)

    def _learn_texts(self, lines: list[bytes], unfold: Callable[[bytes], str]) -> None:
        """Read TEXT lines without parameters, joined into one text."""
        read = self._unescape(unfold(_SEPARATOR.join(lines))).split(_SEPARATOR.decode())
        if len(read) == len(lines):
            for line, text in zip(lines, read, strict=True):
                name, _, value = text.partition(":")
                self._texts[line] = name, value

    def _time(self, line: bytes) -> tuple[str, Any] | None:
        """Read a day, or a time in UTC or in a zone; ``None`` for anything else."""
        head, _, value = line.partition(b":")
        if head not in self._heads:
            self._heads[head] = self._head(head)
        if not (read := self._heads[head]):
            return None
        name, zone = read
        try:
            notation = library_time_notation(self._moment(value.decode(), zone), zone)
        except ValueError:
            return None
        return name, trigger_notation(notation, None) if name == "TRIGGER" else notation

    def _head(self, head: bytes) -> tuple[str, str | None] | None:
        """Read a name and its TZID; ``None`` if there are other parameters than VALUE."""
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
        """Read other lines, given with their names, as one component."""
        try:
            component = _parse_event(b"\r\n".join([_BEGIN, *new, _END, b""]))
            if component.errors or component.subcomponents:
                return
            by_name: dict[str, list[bytes]] = {}
            for line, name in new.items():
                by_name.setdefault(name, []).append(line)
            for name, lines in by_name.items():
                values = as_list(component.get(name))
                if len(values) == len(lines):
                    read = [(name, read_property(name, value)) for value in values]
                    self._known.update(zip(lines, read, strict=True))
        except LIBRARY_ERRORS:
            return  # reading each event by itself shows which one it is


def read_single_event(block: bytes) -> tuple[Properties, list[Finding]]:
    """Return the properties of one VEVENT, and the lines that cannot be read.

    Nested components become lists of their triggers. Raises: ``LIBRARY_ERRORS``.
    """
    lines = _LINE_END.split(block)
    stamps = [stamp[1].decode() for stamp in map(_STAMP.fullmatch, lines) if stamp]
    component = _parse_event(b"\r\n".join(line for line in lines if not _STAMP.fullmatch(line)))
    read = [(name, read_property(name, value)) for name, value in component.items()]
    read += ((name, STAMPED) for name in stamps)
    for nested in component.subcomponents:
        own = {name: read_property(name, value) for name, value in nested.items()}
        read.append((nested.name, [alarm_trigger(nested.name, own)]))
    return merge_properties(read), list(unread_lines(component))


def _parse_event(block: bytes) -> Any:
    from icalendar import Event as Reader  # noqa: PLC0415 - as above

    return Reader.from_ical(block)


def _split_lines(block: bytes) -> list[list[bytes]]:
    """Return the folded lines of a whole VEVENT and those of each alarm, without BEGIN and END.

    The list is empty where an alarm has no end. The BEGIN of another nested component is a line
    that cannot be read.
    """
    own, *alarms = block[len(_BEGIN) + 2 : -len(_END) - 4].split(b"\r\nBEGIN:VALARM\r\n")
    if not all(alarm.endswith(b"\r\nEND:VALARM") for alarm in alarms):
        return []
    parts = [own, *(alarm.removesuffix(b"\r\nEND:VALARM") for alarm in alarms)]
    return [_LINE_END.split(part) for part in parts]


STAMPS = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE")
_STAMP = re.compile(  # simple enough to do without the library
    rb"(DTSTAMP|CREATED|LAST-MODIFIED|SEQUENCE):(?:\d{8}T\d{6}Z|(?<=E:)\d{1,9})"
)
STAMPED = object()
"""The value of a well-formed stamp, whatever its time or number."""
_TEXTS = (b"UID:", b"SUMMARY:", b"DESCRIPTION:", b"LOCATION:")
_TIMES = (b"DTSTART", b"DTEND", b"RECURRENCE-ID", b"TRIGGER")
_PLAIN: tuple[dict[str, str], ...] = ({}, {"VALUE": "DATE"}, {"VALUE": "DATE-TIME"})
_SEPARATOR = b"\x1e"  # the record separator of ASCII, which no valid line contains
_BEGIN, _END = b"BEGIN:VEVENT", b"END:VEVENT"
_LINE_END = re.compile(rb"\r\n(?![ \t])")
_REMEMBERED = 20_000
"""How many lines are remembered."""
