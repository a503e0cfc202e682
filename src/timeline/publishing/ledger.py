"""Compare events with the published feed, and return the stamps that they get.

The published feed is the only record of the stamps. Calendar apps update an event when DTSTAMP,
LAST-MODIFIED or SEQUENCE changed, and GNOME only then; so these follow the content of the event
(RFC 5545 3.8.7.1 to 3.8.7.4, RFC 5546 2.1.4). The clock is an argument.

The *content* of an event is its VEVENT without the four stamp lines. Two contents are the same if
they have the same unfolded lines in any order: RFC 5545 3.6 gives the order no meaning, so a
version of timeline that folds or orders differently changes no stamp. Lines are compared as
written; only for SEQUENCE are values parsed.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct, field

from timeline.dates import move_moment
from timeline.formats import Departure, Stamps, line_name, split_component
from timeline.publishing.feed_text import UnusableFeed
from timeline.publishing.schedule import read_schedule, recurs_otherwise

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from timeline.formats import EventKey
    from timeline.publishing.feed import PublishedFeed


class ForeignFeed(UnusableFeed):
    """The existing feed is another calendar's, whose subscribers would lose all their events."""


class Change(Enum):
    """How an event differs from the published feed."""

    NEW = "new"
    """It was not published under this key."""
    RETURNED = "returned"
    """It was published and then left the feed; the feed has remembered it."""
    SAME = "same"
    """Its content is the same, and so are its stamps."""
    WIDER = "wider"
    """It only gained properties that no event of the previous feed has and that no key of the
    events file is written as: a new version of timeline writes more. Its timestamps change,
    SEQUENCE does not."""
    EDITED = "edited"
    """It differs, but not in its schedule: its timestamps change, SEQUENCE does not."""
    RESCHEDULED = "rescheduled"
    """Its schedule differs: its timestamps and SEQUENCE change."""
    RECURRING = "recurring"
    """As `RESCHEDULED`, and it has another rule, or other RDATEs or EXDATEs."""


_NEW, _SAME = Change.NEW, Change.SAME  # members take long to look up in Python 3.11
_FIRST = (Change.NEW, Change.RETURNED)


class Ledger(Struct):
    """Stamps the events of one feed in one export, and records how each of them changed.

    ``now`` is a UTC time such as ``20250101T120000Z``. ``published`` is the published version of
    the feed, ``None`` before its first publication. ``main`` is the main feed, for events that
    are new to this one. ``departures`` are those of `find_departures`, and ``changes`` has every
    stamped key, in order.
    """

    now: str
    published: PublishedFeed | None = None
    main: PublishedFeed | None = None
    departures: tuple[Departure, ...] = ()
    changes: dict[EventKey, Change] = field(default_factory=dict)

    def stamp(self, key: EventKey, content: bytes) -> Stamps:
        """Return the stamps of an event; ``content`` is its VEVENT, folded, without stamps.

        - The same content keeps the published stamps.
        - Changed content: DTSTAMP and LAST-MODIFIED are ``now``, or one second after the published
          ones if that is later, so that they never decrease. CREATED stays. SEQUENCE increases by
          one if the schedule differs, as `read_schedule` compares it (RFC 5546 2.1.4).
        - A new event: the three timestamps are ``now`` and SEQUENCE is 0. If ``main`` has the key,
          CREATED and SEQUENCE are taken from there: a UID is the same event in all feeds.
        - An event that left the feed, or else the main feed, and is drawn again: CREATED is taken
          from there, and SEQUENCE is one more, or that of the main feed if it is higher.
        """
        change = self.changes[key] = classify_change(self.published, key, content)
        return _stamps(self.published, key, change, self.now, self.main)

    def count(self, change: Change) -> int:
        """Return the number of stamped events that changed in this way."""
        return list(self.changes.values()).count(change)

    def removed_keys(self) -> list[EventKey]:
        """Return the published keys that were not stamped, in the order of the published feed."""
        published = self.published.events if self.published else ()
        return [key for key in published if key not in self.changes]


def find_departures(
    published: PublishedFeed | None, uids: Iterable[str], drawn: Container[str]
) -> tuple[Departure, ...]:
    """Return the events that the feed had and does not have now, in the order of ``uids``.

    ``uids`` are the UIDs that events of the file can have, and ``drawn`` those of the feed now. An
    event that is no longer in the file is forgotten: if it returns, it is a new one.
    """
    if published is None:
        return ()
    left = (published.as_departure(uid) for uid in uids if uid not in drawn)
    return tuple(departure for departure in left if departure)


def classify_change(published: PublishedFeed | None, key: EventKey, content: bytes) -> Change:
    """Return how an event changed; ``content`` is its VEVENT now, folded, without stamps."""
    if published is None or key not in published.events:
        has_left = published and key[1] is None and published.departure(key[0])
        return Change.RETURNED if has_left else _NEW
    before = published.content(key)
    if before == content:
        return _SAME
    (old, old_nested), (new, new_nested) = split_component(before), split_component(content)
    old_lines, new_lines = Counter(old + old_nested), Counter(new + new_nested)
    if old_lines == new_lines:
        return Change.SAME
    schedules = read_schedule(old), read_schedule(new)
    if schedules[0] != schedules[1]:
        return Change.RECURRING if recurs_otherwise(*schedules) else Change.RESCHEDULED
    gained = set(map(line_name, new_lines - old_lines))
    is_new = old_lines <= new_lines and published.names.isdisjoint(gained)
    return Change.WIDER if is_new and _OF_AUTHOR.isdisjoint(gained) else Change.EDITED


_OF_AUTHOR = frozenset(
    """
    DESCRIPTION URL CATEGORIES STATUS COLOR TRANSP RELATED-TO BEGIN:VALARM
    """.split()  # noqa: SIM905 - names are easier to read than a list of texts
)
"""What an author writes into an event. The first page of a calendar is the author's change, not an
update of timeline. A property that a version of timeline is the first to write is not among them:
else its first export would list every event."""


def check_same_calendar(
    published: PublishedFeed,
    calendar_id: str,
    uids: Container[str] = frozenset(),
    prodid: str | None = None,
) -> None:
    """Reject a published feed that belongs to another calendar.

    Our UIDs are ``<id>@<calendar id>``, but imported events keep their own UIDs. So a feed is ours
    if at least one of its UIDs ends in ``@<calendar_id>`` or is among ``uids``, those about to be
    published (all events of a calendar may be imported). Otherwise it is foreign if one of its
    UIDs ends in ``@<anything>``, or, without such UIDs, if its PRODID is not ``prodid``, that of
    this program. A feed without a PRODID and such UIDs is accepted.

    Raises: ``ForeignFeed``.
    """
    ours = "@" + calendar_id
    others: Counter[str] = Counter()
    for uid, _ in published.events:
        if uid.endswith(ours) or uid in uids:
            return
        others[uid.rpartition("@")[2] if "@" in uid else ""] += 1
    del others[""]
    calendar_name = f"`{published.calendar_name}`, " if published.calendar_name else ""
    if not others and prodid is not None and published.prodid not in (None, prodid):
        raise ForeignFeed(
            f"`{published.source}` is the feed of another program: {calendar_name}made by "
            f"`{published.prodid}`",
            "export to another folder, or move this file away; to keep its events, use their UIDs "
            "as `uid`",
        )
    if not others:
        return
    other = others.most_common(1)[0][0]  # of equals the first, so the message is always the same
    raise ForeignFeed(
        f"`{published.source}` is the feed of another calendar: {calendar_name}whose id is "
        f"`{other}`, expected `{calendar_id}`",
        f"export to another folder; if the id of this calendar was `{other}` before, restore it: "
        "all published UIDs end in it",
    )


# --- stamps -------------------------------------------------------------------------------------


def _stamps(
    published: PublishedFeed | None,
    key: EventKey,
    change: Change,
    now: str,
    main: PublishedFeed | None,
) -> Stamps:
    if published is None or change in _FIRST:
        return _first_stamps(published, key, now, main)
    before = published.stamps(key)
    if change is _SAME:
        return before
    # All are UTC times in one notation, which compare as text.
    moment = max(now, _second_after(max(before.dtstamp, before.last_modified)))
    sequence = before.sequence + (change in (Change.RESCHEDULED, Change.RECURRING))
    return Stamps(moment, before.created, moment, sequence)


def _first_stamps(
    published: PublishedFeed | None, key: EventKey, now: str, main: PublishedFeed | None
) -> Stamps:
    """Return the stamps of an event that the published feed does not show."""
    if published is None and main is None:
        return _initial_stamps(now)  # of a first export, all
    feeds = (published, main) if key[1] is None else ()
    left = [feed.departure(key[0]) for feed in feeds if feed]
    past = [(departure.sequence + 1, departure.created) for departure in left if departure]
    if main and key in main.events:
        original = main.stamps(key)
        past.append((original.sequence, original.created))
    if not past:
        return _initial_stamps(now)
    sequence, created = max(past)[0], past[0][1]
    moment = max(now, created)  # LAST-MODIFIED is never before CREATED
    return Stamps(moment, created, moment, sequence)


@lru_cache(1)
def _initial_stamps(now: str) -> Stamps:
    """Return the stamps of new events, the same object for all."""
    return Stamps(now, now, now, 0)


def _second_after(moment: str) -> str:
    later = move_moment(datetime.fromisoformat(moment), timedelta(seconds=1))
    return f"{later.year:04}{later:%m%dT%H%M%SZ}"  # %Y does not pad everywhere
