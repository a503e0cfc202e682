"""Assert that a feed is one that timeline writes: stricter than RFC 5545, and without a library.

`support.strict_lint` checks what any feed may have.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime

_LINE = re.compile(
    r"([A-Z0-9-]+)"
    r'((?:;[A-Z0-9-]+=(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*))*)'
    r":(.*)"
)
_PARAMETER = re.compile(r';([A-Z0-9-]+)=("[^"]*"|[^";:,]*)')
_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "CONTACT", "COMMENT", "NAME", "UID"}
_TEXTS |= {"X-WR-CALNAME", "X-WR-CALDESC", "RELATED-TO"}
_EXACTLY_ONCE = {
    "UID",
    "DTSTAMP",
    "DTSTART",
    "SUMMARY",
    "CREATED",
    "LAST-MODIFIED",
    "SEQUENCE",
    "TRANSP",
}
_AT_MOST_ONCE = {
    "DTEND",
    "DURATION",
    "DESCRIPTION",
    "LOCATION",
    "STATUS",
    "CLASS",
    "URL",
    "PRIORITY",
}
_AT_MOST_ONCE |= {"ORGANIZER", "GEO", "COLOR", "CATEGORIES", "X-TIMELINE-EDTF"}
_TIMES = {"DTSTART", "DTEND", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "TRIGGER"}
_TIMES |= {"DTSTAMP", "CREATED", "LAST-MODIFIED"}
_VALUES = {"DATE": re.compile(r"\d{8}"), "DATE-TIME": re.compile(r"\d{8}T\d{6}Z?")}
_STAMP = re.compile(r"\d{8}T\d{6}Z")
_LOCAL_TIME = re.compile(r"\d{8}T\d{6}(?!Z)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0085\u2028\u2029]")

Line = tuple[str, dict[str, str], str]


def content_lines(feed: bytes) -> list[Line]:
    """Return names, parameters and raw values of a feed; assert the rules of RFC 5545 3.1."""
    assert not feed.startswith(b"\xef\xbb\xbf"), "a byte order mark"
    assert feed.endswith(b"\r\n"), "no CRLF at the end"
    lines: list[bytes] = []
    for physical in feed.split(b"\r\n")[:-1]:
        assert b"\r" not in physical, physical
        assert b"\n" not in physical, physical
        assert 0 < len(physical) <= 75, physical
        physical.decode()  # no character is split
        if physical[:1] in b" \t":
            assert len(physical) > 1, "an empty continuation"
            lines[-1] += physical[1:]
        else:
            lines.append(physical)
    return [_content_line(line.decode()) for line in lines]


def _content_line(line: str) -> Line:
    match = _LINE.fullmatch(line)
    assert match, line
    name, parameters, value = match.groups()
    assert not _CONTROL.search(value), line
    if name in _TEXTS:
        bare = re.sub(r"\\[\\;,n]", "", value)
        assert not re.search(r"[\\;,]", bare), f"not escaped: {line}"
    pairs = {key: text.strip('"') for key, text in _PARAMETER.findall(parameters)}
    return name, pairs, value


def check(feed: bytes) -> list[list[Line]]:
    """Assert the rules of RFC 5545 3.4 and 3.6; return the lines of each VEVENT."""
    lines = content_lines(feed)
    assert lines[0] == ("BEGIN", {}, "VCALENDAR")
    assert lines[-1] == ("END", {}, "VCALENDAR")
    head = Counter(name for name, _, _ in lines[: _first_component(lines)])
    for name in ("PRODID", "VERSION", "CALSCALE", "NAME", "X-WR-CALNAME"):
        assert head[name] == 1, name
    assert not {"METHOD", "UID", "X-WR-TIMEZONE"} & set(head)
    zones, events = _components(lines)
    assert not floating_times(lines)
    for event in events:
        _check_event(event, zones)
    named = ("UID", "RECURRENCE-ID")
    keys = [tuple(line[2] for line in event if line[0] in named) for event in events]
    assert len(keys) == len(set(keys)), "a UID twice"
    return events


def floating_times(lines: list[Line]) -> list[Line]:
    """Return the lines of events and alarms with a time that is neither in UTC nor in a zone.

    Only such a time would need an X-WR-TIMEZONE.
    """
    zones, _ = _components(lines)
    first = next(
        (at for at, line in enumerate(lines) if line == ("BEGIN", {}, "VEVENT")), len(lines)
    )
    return [
        (name, parameters, value)
        for name, parameters, value in lines[first:]
        if name in _TIMES and _LOCAL_TIME.search(value) and parameters.get("TZID") not in zones
    ]


def _first_component(lines: list[Line]) -> int:
    return next((at for at, line in enumerate(lines) if at and line[0] == "BEGIN"), len(lines))


def _components(lines: list[Line]) -> tuple[set[str], list[list[Line]]]:
    stack: list[str] = []
    zones: list[str] = []
    events: list[list[Line]] = []
    for line in lines:
        name, _, value = line
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                assert stack == ["VCALENDAR", "VEVENT"]
                events.append([])
        elif name == "END":
            assert stack.pop() == value
        elif stack[-1] == "VEVENT":
            events[-1].append(line)
        elif stack[-1] == "VTIMEZONE":
            assert not events, "a VTIMEZONE after an event"
            assert name == "TZID"
            zones.append(value)
    assert not stack
    assert len(zones) == len(set(zones))
    return set(zones), events


def _check_event(event: list[Line], zones: set[str]) -> None:
    count = Counter(name for name, _, _ in event)
    for name in _EXACTLY_ONCE:
        assert count[name] == 1, (name, event)
    for name in _AT_MOST_ONCE:
        assert count[name] <= 1, (name, event)
    values = {name: (parameters, value) for name, parameters, value in event}
    for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
        assert _STAMP.fullmatch(values[name][1]), event
    status = values.get("STATUS", ({}, "CONFIRMED"))[1]
    assert status in ("TENTATIVE", "CONFIRMED", "CANCELLED")
    assert values["TRANSP"][1] in ("OPAQUE", "TRANSPARENT")
    start = _when(*values["DTSTART"], zones)
    if type(start) is date:
        assert "DTEND" in values, "an all-day event without an end"
    assert ("DTEND" in values) != ("DURATION" in values), "both or neither"
    if "DTEND" in values:
        end = _when(*values["DTEND"], zones)
        assert type(end) is type(start), event
        same_clock = values["DTSTART"][0] == values["DTEND"][0]
        if same_clock and ("Z" in values["DTSTART"][1]) == ("Z" in values["DTEND"][1]):
            assert end > start, event


def _when(parameters: dict[str, str], value: str, zones: set[str]) -> date:
    kind = parameters.get("VALUE", "DATE-TIME")
    assert _VALUES[kind].fullmatch(value), value
    if kind == "DATE":
        assert set(parameters) == {"VALUE"}
        return date.fromisoformat(value)
    if value.endswith("Z"):
        assert "TZID" not in parameters, "UTC and a zone"
    else:
        assert parameters["TZID"] in zones, "floating, or a zone without VTIMEZONE"
    return datetime.fromisoformat(value.removesuffix("Z"))
