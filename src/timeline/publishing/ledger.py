"""What became of the events of a published feed, and the stamps they carry from now on.

The published file is its own ledger. A subscriber's app re-reads an event when DTSTAMP,
LAST-MODIFIED or SEQUENCE changed, and (GNOME) only then; so these follow the content, as RFC 5545
3.8.7.1 to 3.8.7.4 and RFC 5546 2.1.4 have it. Bytes in, values out; the clock is an argument.

The *content* of an event is its VEVENT without the four stamp lines. Contents are the same where
their unfolded lines are, in any order: RFC 5545 3.6 gives the order no meaning, so a version of
timeline that folds or orders otherwise leaves every subscriber in peace. Lines count as written;
only for SEQUENCE are values parsed.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct, field

from timeline._lazy import regex
from timeline.formats import Stamps, line_name, split_component, unescape_text
from timeline.publishing.feed import Refused

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from timeline.formats import Key
    from timeline.publishing.feed import Published


class Foreign(Refused):
    """Another calendar's feed: its subscribers would lose every event they have."""


class Change(Enum):
    """What became of an event since the feed was published."""

    NEW = "new"
    """It was not published under this key."""
    SAME = "same"
    """Its content is the same: no stamp moves."""
    WIDER = "wider"
    """It only gained properties or components that no event of the previous feed has, most likely
    because a new version of timeline writes more. The stamps move, SEQUENCE does not."""
    EDITED = "edited"
    """It differs, but not in its schedule: the stamps move, SEQUENCE does not."""
    RESCHEDULED = "rescheduled"
    """Its schedule differs: SEQUENCE rises too."""


class Ledger(Struct):
    """The books of one export of one feed: gives stamps, and remembers what changed.

    ``now`` is a UTC time as ``20250101T120000Z``. ``published`` is the feed's own past, ``None``
    at its first publication. ``main`` is the main feed, for events that are new to this one.
    ``changes`` has every key that was stamped, in order.
    """

    now: str
    published: Published | None = None
    main: Published | None = None
    changes: dict[Key, Change] = field(default_factory=dict)

    def stamp(self, key: Key, content: bytes) -> Stamps:
        """The stamps of the event ``content`` (a VEVENT: folded, CRLF, without stamps) from now on.

        Same content: those it was published with. Other content: DTSTAMP = LAST-MODIFIED = the
        later of ``now`` and a second after the published ones, so that they never go back,
        whatever the clock says; CREATED stays; SEQUENCE rises by one where the parsed values of
        DTSTART, DTEND, RRULE, RDATE, EXDATE, STATUS or LOCATION differ (RFC 5546 2.1.4; LOCATION
        is our choice). New: all three are ``now`` and SEQUENCE is 0; but where ``main`` has the
        key, CREATED and SEQUENCE are its, for one UID is one event in all feeds.
        """
        change = self.changes[key] = judge(self.published, key, content)
        return _stamps(self.published, key, change, self.now, self.main)

    def count(self, change: Change) -> int:
        """How many events were stamped that changed in this way."""
        return sum(each is change for each in self.changes.values())

    def lost(self) -> list[Key]:
        """What was published and was not stamped, in the order of the published feed."""
        published = self.published.events if self.published else ()
        return [key for key in published if key not in self.changes]


def judge(published: Published | None, key: Key, content: bytes) -> Change:
    """What became of an event whose VEVENT is now ``content`` (folded, CRLF, without stamps)."""
    if published is None or key not in published.events:
        return Change.NEW
    before = published.content(key)
    if before == content:
        return Change.SAME
    (old, old_nested), (new, new_nested) = split_component(before), split_component(content)
    old_lines, new_lines = Counter(old + old_nested), Counter(new + new_nested)
    if old_lines == new_lines:
        return Change.SAME
    if _schedule(old) != _schedule(new):
        return Change.RESCHEDULED
    gained = new_lines - old_lines
    if old_lines <= new_lines and published.names.isdisjoint(map(line_name, gained)):
        return Change.WIDER
    return Change.EDITED


def check_same_calendar(
    published: Published,
    calendar_id: str,
    uids: Container[str] = frozenset(),
    prodid: str | None = None,
) -> None:
    """Raise ``Foreign`` where ``published`` is another calendar's feed.

    Our UIDs are ``<id>@<calendar id>``, but imported events keep the UIDs they came with. So a
    feed is ours if *one* of its UIDs ends in ``@<calendar_id>`` or is among ``uids``, those about
    to be published (a calendar may hold nothing but imported events). Else it is foreign if one
    of its UIDs ends in ``@<anything>``. Without any it is foreign if it has another PRODID than
    ``prodid``, that of this program; else it could be anybody's, and passes.
    """
    ours = "@" + calendar_id
    others: Counter[str] = Counter()
    for uid, _ in published.events:
        if uid.endswith(ours) or uid in uids:
            return
        others[uid.rpartition("@")[2] if "@" in uid else ""] += 1
    del others[""]
    called = f"`{published.calendar_name}`, " if published.calendar_name else ""
    if not others and prodid is not None and published.prodid not in (None, prodid):
        raise Foreign(
            f"`{published.source}` is the feed of another program: {called}made by "
            f"`{published.prodid}`",
            "export into another folder, or move it away; its events can be kept by their `uid`",
        )
    if not others:
        return
    other = others.most_common(1)[0][0]  # of equals the first, so the message is always the same
    raise Foreign(
        f"`{published.source}` is the feed of another calendar: {called}whose id is `{other}`, "
        f"expected `{calendar_id}`",
        f"export into another folder; if this calendar was `{other}` before, give it that id back, "
        "for every UID that subscribers have ends in it",
    )


# --- stamps -------------------------------------------------------------------------------------


def _stamps(
    published: Published | None, key: Key, change: Change, now: str, main: Published | None
) -> Stamps:
    if published is None or change is Change.NEW:
        if main is None or key not in main.events:
            return _first(now)
        first = main.stamps(key)
        moment = max(now, first.created)  # nothing changed before it was made
        return Stamps(moment, first.created, moment, first.sequence)
    before = published.stamps(key)
    if change is Change.SAME:
        return before
    # All in one form and in UTC: such times compare as text does.
    moment = max(now, _second_after(max(before.dtstamp, before.last_modified)))
    sequence = before.sequence + (change is Change.RESCHEDULED)
    return Stamps(moment, before.created, moment, sequence)


@lru_cache(1)
def _first(now: str) -> Stamps:
    """Give the stamps of what is published for the first time: one and the same for all."""
    return Stamps(now, now, now, 0)


def _second_after(moment: str) -> str:
    later = datetime.fromisoformat(moment) + timedelta(seconds=1)
    return f"{later.year:04}{later:%m%dT%H%M%SZ}"  # %Y does not pad everywhere


# --- schedules ----------------------------------------------------------------------------------

_LINE = regex(
    r'([A-Za-z0-9-]+)((?:;[^=;:"]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)',
    re.DOTALL,
)
_PARAMETER = regex(r';([^=;:"]+)=((?:"[^"]*"|[^";:])*)')
_LISTS = frozenset({"RDATE", "EXDATE"})
_SCHEDULE = frozenset({"DTSTART", "DTEND", "RRULE", "STATUS", "LOCATION"}) | _LISTS

_Value = tuple[str, tuple[tuple[str, str], ...], str | tuple[str, ...]]


def _schedule(lines: Iterable[str]) -> frozenset[_Value]:
    """The parsed values whose change is a reschedule.

    Parsed, so that the order of parameters, of a rule's parts or of the dates of a list, a default
    that is written out, and letter case where RFC 5545 has none make no difference. DURATION is
    not among them because timeline writes DTEND.
    """
    return frozenset(
        value for line in lines if line_name(line) in _SCHEDULE for value in _values(line)
    )


def _values(line: str) -> list[_Value]:
    match = _LINE.fullmatch(line)
    if match is None:  # not a content line by 3.1: equal only to itself
        return [(line, (), "")]
    name, parameters, value = match[1].upper(), _parameters(match[2]), match[3]
    if name in _LISTS:
        return [(name, parameters, one.upper()) for one in value.split(",")]
    if name == "RRULE":
        return [(name, parameters, _rule(value))]
    return [(name, parameters, unescape_text(value) if name == "LOCATION" else value.upper())]


def _parameters(text: str) -> tuple[tuple[str, str], ...]:
    pairs = set()
    for name, value in _PARAMETER.findall(text):
        plain = value.replace('"', "")
        pairs.add((name.upper(), plain.upper() if name.upper() == "VALUE" else plain))
    return tuple(sorted(pairs - {("VALUE", "DATE-TIME")}))  # the default, 3.8.2.4


def _rule(value: str) -> tuple[str, ...]:
    rule = set()
    for part in value.upper().split(";"):
        name, _, items = part.partition("=")
        rule.add(f"{name}={','.join(sorted(items.split(',')))}")
    return tuple(sorted(rule - {"INTERVAL=1", "WKST=MO"}))  # the defaults, 3.3.10
