"""Continue the feed of changes: what an export changes in the feed, then what was there before."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from timeline.changes import atom_entries
from timeline.formats import FORMATS, AtomEntry, AtomOptions, split_tag, tag_of, web_address
from timeline.model import wording_of
from timeline.publishing.change_list import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from timeline.changes import EventChange
    from timeline.formats import Stamps
    from timeline.model import Calendar
    from timeline.publishing.change_list import ChangeList
    from timeline.publishing.feed_changes import FeedChanges

MOST_ENTRIES = 500
_REMOVED = "removed"


def continue_list(
    existing: ChangeList | None,
    feed: FeedChanges | None,
    calendar: Calendar,
    now: str,
    names: Sequence[str],
) -> AtomOptions:
    """Return what the feed of changes says now: the new entries, then those that were there.

    A kill between the two files leaves entries of changes that were not published. The same change
    keeps the id of such an entry, and another change replaces it. ``names`` are those of the file
    in its id, and ``now`` is a UTC time of RFC 5545.
    """
    entries = list(existing.entries) if existing else []
    if feed is not None:
        entries = _with_changes(entries, feed, calendar, now)
    entries = list(_bounded(entries))
    times = [entry.updated for entry in entries]
    updated = max(times, default=existing.updated if existing else _atom_time(now))
    id_ = existing.id if existing else tag_of(calendar.id, now[:4], *names)
    return AtomOptions(
        id=id_, updated=updated, entries=tuple(entries), address=_address(calendar.source)
    )


def _address(source: str | None) -> str | None:
    """Return where the feed of changes is published: beside the feed, if that has an address."""
    address = web_address(source)
    if address is None or not address.endswith(".ics"):
        return None
    return address.removesuffix(".ics") + FORMATS["atom"].suffix


def _with_changes(
    entries: list[AtomEntry], feed: FeedChanges, calendar: Calendar, now: str
) -> list[AtomEntry]:
    """Return the entries after those of the changes; those that replace others take their place."""
    latest: dict[str, AtomEntry] = {}
    for entry in entries:
        latest.setdefault(split_tag(entry.id)[0], entry)

    def identify(change: EventChange) -> tuple[str, str]:
        return _identify(change, feed, calendar.id, now)

    replaced, new = set[str](), list[AtomEntry]()
    for entry in atom_entries(feed.changes, wording_of(calendar), identify):
        uid, _ = split_tag(entry.id)
        other = latest.get(uid)
        if other is not None and _is_unpublished(other, entry, feed.before.get(uid)):
            replaced.add(other.id)
            entry = other if _is_alike(other, entry) else entry  # noqa: PLW2901 - it keeps its id
        new.append(entry)
    known = replaced | {entry.id for entry in new}
    return [*new, *(entry for entry in entries if entry.id not in known)]


def _identify(
    change: EventChange, feed: FeedChanges, calendar_id: str, now: str
) -> tuple[str, str]:
    """Return the id and the time of an entry, from the stamps of the event in the feed."""
    uid = change.uid
    before, after = feed.before.get(uid), feed.after.get(uid)
    if after is None:
        created = before.created if before else now
        return tag_of(calendar_id, created[:4], uid, f"{_REMOVED}-{now}"), _atom_time(now)
    stamp = after.last_modified
    if before is not None and stamp <= before.last_modified:
        stamp = max(now, before.last_modified)  # an instance that no longer differs has no stamp
    revision = f"{after.sequence}-{stamp}"
    return tag_of(calendar_id, after.created[:4], uid, revision), _atom_time(stamp)


def _is_unpublished(other: AtomEntry, entry: AtomEntry, before: Stamps | None) -> bool:
    """Return whether the latest entry of an event is of a change that was not published.

    ``entry`` is that of its change now, and ``before`` are its stamps in the published feed.
    """
    sequence = split_tag(other.id)[1].partition("-")[0]
    if before is None:
        return sequence != _REMOVED  # it was to be added
    if other.updated <= _atom_time(before.last_modified):
        return False
    is_later = sequence.isdecimal() and int(sequence[:10]) > before.sequence
    return sequence == _REMOVED or is_later or _is_alike(other, entry)


def _is_alike(other: AtomEntry, entry: AtomEntry) -> bool:
    """Return whether two entries say the same of a change, which has the same SEQUENCE after it."""
    kinds = [split_tag(item.id)[1].partition("-")[0] for item in (other, entry)]
    is_same = (other.title, other.lines) == (entry.title, entry.lines)
    return is_same and kinds[0] == kinds[1]


def _bounded(entries: Iterable[AtomEntry]) -> Iterable[AtomEntry]:
    """Yield the newest entries, as many as a feed of changes may have."""
    size = 2**16  # what is before and after them
    for entry in islice(entries, MOST_ENTRIES):
        texts = (entry.id, entry.link or "", entry.title, *entry.lines)
        size += sum(12 * len(text) + 2**8 for text in texts)  # each twice, and each `&` escaped
        if size > LIMIT:
            return
        yield entry


def _atom_time(stamp: str) -> str:
    """Return a time of RFC 5545, ``20250101T120000Z``, as RFC 3339 has it."""
    year, month, day = stamp[:4], stamp[4:6], stamp[6:8]
    return f"{year}-{month}-{day}T{stamp[9:11]}:{stamp[11:13]}:{stamp[13:]}"
