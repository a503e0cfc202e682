"""Find the other feeds of a calendar in the folder of its outputs.

A feed that no export writes stays as it is, and its subscribers are not notified. Files that cannot
be read, and feeds of other calendars, are ignored.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from timeline.model import omission_reason
from timeline.publishing.content import CannotRead
from timeline.publishing.feed import parse_feed
from timeline.publishing.feed_text import UnusableFeed
from timeline.publishing.previous import read_existing
from timeline.publishing.removals import possible_uids
from timeline.source import ForbiddenPath

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    from timeline.model import Calendar
    from timeline.publishing.feed import PublishedFeed
    from timeline.source import Boundary, FilePlace


class ForkedFeed(UnusableFeed):
    """The calendar's feed has another name, under which its subscribers would miss all changes."""


def feeds_in_folder(
    folder: Path, boundary: Boundary, without: Container[Path]
) -> Iterator[tuple[Path, PublishedFeed]]:
    """Yield the feeds in a folder, in the order of their names."""
    for path in sorted(folder.glob("*.ics")):
        if path not in without:
            with suppress(CannotRead, ForbiddenPath, UnusableFeed):
                yield path, parse_feed(read_existing(boundary.place(path)) or b"", str(path))


def has_own_uids(feed: PublishedFeed, calendar_id: str) -> bool:
    """Return whether a feed has a UID that timeline has made for this calendar."""
    return any(uid.endswith("@" + calendar_id) for uid, _ in feed.events)


def check_not_forked(place: FilePlace, calendar: Calendar) -> None:
    """Reject the first publication of a main feed beside another one with the same events.

    That is what happens when the events file is renamed. Additional feeds have the same events on
    purpose, calendars may have some imported events in common, and a feed with less than half of
    the events is one that was exported with a filter. Of several feeds, the one with the most
    events is named.

    Raises: ``ForkedFeed``.
    """
    path = place.path
    additional = {path.with_name(f"{feed.id}{path.suffix}") for feed in calendar.feeds}
    possible = frozenset(possible_uids(calendar))
    shown = {event.uid for event in calendar.events if omission_reason(event) is None}
    shared: dict[Path, int] = {}
    for sibling, feed in feeds_in_folder(path.parent, place.boundary, additional):
        published = {uid for uid, _ in feed.events}
        if has_own_uids(feed, calendar.id) or published <= possible:
            shared[sibling] = len(published & shown)
    other = max(shared, key=lambda sibling: shared[sibling], default=path)
    if not shown or 2 * shared.get(other, 0) < len(shown):
        return
    raise ForkedFeed(
        f"`{path}` would be a new feed beside `{other}`, which has the same events and would no "
        "longer be updated",
        f"to continue that feed, add `--name {other.stem}`; to give it the new name, rename it to "
        f"`{path.name}` and tell its subscribers; for another feed, add `--name {path.stem}`",
    )
