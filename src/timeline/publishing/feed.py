"""A published feed, taken apart block by block: RFC 5545 3.4 and 3.6.1, as bytes.

No parser library: to find the stamps of 10,000 events in 5.5 MB takes one regex 30 ms, where
building components takes seconds, and an event whose bytes are the same needs no parsing at all.
Nothing is trusted, though. A subscriber's calendar hangs on these stamps, so what is not one
whole calendar is refused with what is wrong and where.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline._lazy import regex
from timeline.diagnostics import UserError, terminal_safe
from timeline.formats import Stamps, line_name, split_component, unescape_text, unfold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.formats import Key


class Refused(UserError):  # noqa: N818 - the word of outputs.md
    """A previous feed that must not be continued."""


class Damaged(Refused):
    """Not a whole, sane feed: no stamp in it can be trusted."""


class Published(Struct, frozen=True, eq=False, dict=True):
    """A published feed, taken apart; ``read`` makes it.

    ``source`` is its file or address as the user gave it, for messages. ``calendar_name`` is NAME
    or X-WR-CALNAME, ``prodid`` is PRODID; either may be missing. ``feed`` is the whole of it with
    CRLF at every line's end. ``events`` has for each event, in the feed's order, where its VEVENT
    stands in ``feed``, ``feed[start:end]``, and its stamps.
    """

    source: str
    calendar_name: str | None
    prodid: str | None
    feed: bytes
    events: dict[Key, tuple[int, int, Stamps]]

    def keys(self) -> list[Key]:
        """The keys in the order of the feed."""
        return list(self.events)

    def stamps(self, key: Key) -> Stamps:
        """The stamps of an event. CREATED and LAST-MODIFIED it lacks are its DTSTAMP."""
        return self.events[key][2]

    def block(self, key: Key) -> bytes:
        """The VEVENT as it stood, with CRLF."""
        start, end, _ = self.events[key]
        return self.feed[start:end]

    def content(self, key: Key) -> bytes:
        """The VEVENT without its stamp lines, folded as it was, with CRLF."""
        start, end, _ = self.events[key]
        own_end = _own_end(self.feed, start, end)
        return _STAMP.sub(b"", self.feed[start:own_end]) + self.feed[own_end:end]

    @cached_property
    def names(self) -> frozenset[str]:
        """What any event has: names of properties, and of nested components as ``BEGIN:VALARM``."""
        found: set[str] = set()
        for key in self.events:
            own, nested = split_component(self.content(key))
            found.update(map(line_name, own), map(line_name, nested))
        return frozenset(found)


def read(feed: bytes, name: str) -> Published:
    """Take a published feed apart; ``name`` is its file or address, for messages.

    Forgiven are LF for CRLF (git's autocrlf), a byte order mark, a missing last line end, stamps
    in any order and letter case, and missing CREATED, LAST-MODIFIED and SEQUENCE (0). Raises
    ``Damaged`` for all else that is not one whole calendar whose events differ by key.
    """
    feed = _sane(feed, name)
    events: dict[Key, tuple[int, int, Stamps]] = {}
    for start, end in _events(feed, name):
        try:
            key, event = _event(feed, start, end)
        except _Fault as fault:
            number = _line_number(feed, start)
            raise Damaged(f"`{name}` has {fault}, in line {number}", _HELP) from None
        if events.setdefault(key, event) is not event:
            number, first = _line_number(feed, start), _line_number(feed, events[key][0])
            raise Damaged(f"`{name}` has `{_called(key)}` in line {first} and {number}", _HELP)
    frame = _frame(feed)
    calendar_name = frame.get("NAME") or frame.get("X-WR-CALNAME")
    return Published(name, calendar_name, frame.get("PRODID"), feed, events)


def without_stamps(published: Published) -> bytes:
    """The feed with CRLF and without the stamps of its events, for a diff that no clock moves."""
    pieces: list[bytes] = []
    done = 0
    for key, (start, end, _) in published.events.items():
        pieces += (published.feed[done:start], published.content(key))
        done = end
    return b"".join([*pieces, published.feed[done:]])


# --- is it a feed at all? -----------------------------------------------------------------------

_HELP = "take the last good copy from version control, or publish anew with `--no-previous`"
_BOM = b"\xef\xbb\xbf"
_PIECE = 2**20
_MERGE = regex(rb"(?:\A|\n)((?:<{7}|={7}|>{7}|\|{7})(?![<=>|])[^\r\n]*)")
_NO_LINE = regex(rb"\n(?![A-Za-z0-9-]+(?:[;:]|\r\n[ \t])|[ \t]|\r\n|\Z)([^\r\n]*)")


def _sane(feed: bytes, source: str) -> bytes:
    """The feed with CRLF at every line's end, if it is whole content lines from frame to frame."""
    feed = feed.removeprefix(_BOM)
    if not feed or feed.isspace():
        raise Damaged(f"`{source}` is empty, expected a calendar", _HELP)
    _check_text(feed, source)
    if feed.count(b"\n") != feed.count(b"\r\n"):
        feed = feed.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    if not feed.endswith(b"\r\n"):
        feed += b"\r\n"
    odd = _NO_LINE.search(feed)
    if odd or feed[:1] in b"<=>|":
        _check_merged(feed, source)
    _check_frame(feed, source)
    if odd:
        raise Damaged(
            f"`{source}` has `{_shown(odd[1])}` in line {_line_number(feed, odd.start(1))}, "
            "expected a content line",
            _HELP,
        )
    return feed


def _check_text(feed: bytes, source: str) -> None:
    # A power cut leaves NULs where a file system had the length and not yet the data.
    if (nul := feed.find(b"\0")) >= 0:
        raise Damaged(
            f"`{source}` has a NUL byte in line {_line_number(feed, nul)}, expected text", _HELP
        )
    start = 0
    while start < len(feed):
        # Line by line, many at a time: the characters of all take twice the room of its bytes.
        end = feed.find(b"\n", start + _PIECE) + 1 or len(feed)
        try:
            feed[start:end].decode()
        except UnicodeDecodeError as error:
            number = _line_number(feed, start + error.start)
            raise Damaged(f"`{source}` is not UTF-8 in line {number}", _HELP) from None
        start = end


def _check_merged(feed: bytes, source: str) -> None:
    """Refuse what git leaves in a file. A fold begins with a blank: no event's text can match."""
    if (marker := _MERGE.search(feed)) is not None:
        raise Damaged(
            f"`{source}` has merge markers: `{_shown(marker[1])}` in line "
            f"{_line_number(feed, marker.start(1))}",
            "take either side and export again, best the published one, which has every stamp",
        )


def _check_frame(feed: bytes, source: str) -> None:
    if feed[:200].lstrip().startswith(b"<"):
        raise Damaged(
            f"`{source}` is a web page, expected a calendar",
            "give the address that answers without a login; " + _HELP,
        )
    first = feed[: feed.find(b"\r\n")].rstrip()
    last = feed[-200:].rstrip().rpartition(b"\n")[2]
    if first.upper() != b"BEGIN:VCALENDAR":
        raise Damaged(
            f"`{source}` begins with `{_shown(first)}`, expected `BEGIN:VCALENDAR`", _HELP
        )
    if last.upper() != b"END:VCALENDAR":
        raise Damaged(
            f"`{source}` is cut off: it ends with `{_shown(last)}`, expected `END:VCALENDAR`", _HELP
        )


def _frame(feed: bytes) -> dict[str, str]:
    """The calendar's own properties before its first component, as they read; the first of each."""
    begin = feed.find(b"\nBEGIN:")
    own = feed if begin < 0 else feed[: begin + 1]
    found: dict[str, str] = {}
    for line in unfold(own).decode("utf-8").split("\r\n"):
        name, _, value = line.partition(":")
        found.setdefault(name.partition(";")[0].upper(), unescape_text(value))
    return found


# --- its events ---------------------------------------------------------------------------------

_EDGE = regex(rb"\n(BEGIN|END):(VEVENT|VCALENDAR)[ \t]*\r(?=\n)", re.IGNORECASE)
# Params may hold a quoted colon and, as values may, folds. Between line ends memchr does the work.
_REST = rb'(?:;(?:[^":\r\n]|"[^"\r\n]*"|\r\n[ \t])*)?:([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)\r(?=\n)'
_STAMP = regex(rb"\n(?:DTSTAMP|CREATED|LAST-MODIFIED|SEQUENCE)" + _REST, re.IGNORECASE)
_HELD = regex(
    rb"\n(UID|RECURRENCE-ID|DTSTAMP|CREATED|LAST-MODIFIED|SEQUENCE)" + _REST, re.IGNORECASE
)
_STAMPS = (b"DTSTAMP", b"CREATED", b"LAST-MODIFIED", b"SEQUENCE")
_END_OF_TIME = "99991231T235959Z"
_LAST_SEQUENCE = 2**31 - 1  # INTEGER has 32 bits, 3.3.8


class _Fault(Exception):  # noqa: N818 - a clause of a message, see ``read``
    """What is wrong with one event, as what the feed "has"."""


def _events(feed: bytes, source: str) -> Iterator[tuple[int, int]]:
    """Where each VEVENT stands, from its B to after its last line end."""
    start, over = -1, False
    for edge in _EDGE.finditer(feed):
        begins, event, inside = len(edge[1]) == 5, len(edge[2]) == 6, start >= 0
        if over or (begins is inside if event else begins or inside):
            number = _line_number(feed, edge.start() + 1)
            line = _shown(edge[0].strip())
            raise Damaged(f"`{source}` has a stray `{line}` in line {number}", _HELP)
        if not event:
            over = True
        elif begins:
            start = edge.start() + 1
        else:
            yield start, edge.end() + 1
            start = -1


def _event(feed: bytes, start: int, end: int) -> tuple[Key, tuple[int, int, Stamps]]:
    """The entry of one VEVENT in ``Published.events``, and its key."""
    lines = _HELD.findall(feed, start, _own_end(feed, start, end))
    found = {name.upper(): value for name, value in lines}
    if len(found) < len(lines):
        raise _Fault("an event that says its UID, RECURRENCE-ID or one of its stamps twice")
    if not (uid := found.get(b"UID")):
        raise _Fault("an event without a UID")
    recurrence_id = found.get(b"RECURRENCE-ID")
    key = _text(uid), None if recurrence_id is None else _text(recurrence_id)
    try:
        return key, (start, end, _stamps(*map(found.get, _STAMPS)))
    except ValueError as fault:
        raise _Fault(f"`{_called(key)}` {fault}") from None


def _own_end(feed: bytes, start: int, end: int) -> int:
    """Where the properties of a VEVENT end and its alarms, if any, begin.

    Alarms come last (3.6.1), may have a UID of their own (RFC 9074), and no stamps of ours.
    """
    alarm = feed.find(b"\r\nBEGIN:", start + 1, end)
    return end if alarm < 0 else alarm + 2


def _text(value: bytes) -> str:
    return unescape_text((unfold(value) if b"\n" in value else value).decode())


@lru_cache(1024)  # exports stamp many events alike: each is checked once and kept once
def _stamps(
    dtstamp: bytes | None, created: bytes | None, modified: bytes | None, sequence: bytes | None
) -> Stamps:
    if dtstamp is None:
        raise ValueError("without a DTSTAMP")
    sequence = unfold(sequence or b"0")
    if not re.fullmatch(rb"[0-9]{1,10}", sequence) or int(sequence) >= _LAST_SEQUENCE:
        raise ValueError(f"with the SEQUENCE `{_shown(sequence)}`, expected a small number")
    return Stamps(
        _moment("DTSTAMP", dtstamp),
        _moment("CREATED", created or dtstamp),
        _moment("LAST-MODIFIED", modified or dtstamp),
        int(sequence),
    )


def _moment(name: str, value: bytes) -> str:
    """A time that another can follow."""
    text = unfold(value).decode()
    if re.fullmatch("[0-9]{8}T[0-9]{6}Z", text) and text != _END_OF_TIME:
        with suppress(ValueError):
            datetime.fromisoformat(text)
            return text
    shown = _shown(text.encode())
    raise ValueError(f"with the {name} `{shown}`, expected a time like `20250101T120000Z`")


def _called(key: Key) -> str:
    uid, recurrence_id = key
    return _shown((uid if recurrence_id is None else f"{uid} on {recurrence_id}").encode(), 80)


def _line_number(feed: bytes, position: int) -> int:
    return feed.count(b"\n", 0, position) + 1


def _shown(text: bytes, width: int = 40) -> str:
    """Return a piece of a feed for a message: short and terminal-safe."""
    line = terminal_safe(text.decode("utf-8", "replace"))
    return line if len(line) <= width else line[: width - 1] + "…"
