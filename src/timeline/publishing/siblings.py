"""Find the other feeds of a calendar in the folder of its outputs.

A feed that no export writes stays as it is, and its subscribers are not notified. Files that cannot
be read, and feeds of other calendars, are ignored.
"""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.model import calendar_of_feed, omission
from timeline.publishing.content import CannotRead
from timeline.publishing.feed import parse_feed
from timeline.publishing.feed_text import UnusableFeed
from timeline.publishing.output_places import DEFAULT_FOLDER
from timeline.publishing.previous import read_existing
from timeline.publishing.removals import possible_uids
from timeline.source import ForbiddenPath, events_file_names, find_root, walk

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from timeline.model import Calendar
    from timeline.publishing.feed import PublishedFeed
    from timeline.source import Boundary, FilePlace


class ForkedFeed(UnusableFeed):
    """A feed has another name, under which its subscribers would miss all changes."""


def feeds_in_folder(
    folder: Path, boundary: Boundary, without: Container[Path]
) -> Iterator[tuple[Path, PublishedFeed]]:
    """Yield the feeds in a folder, in the order of their names."""
    for path in sorted(folder.glob("*.ics")):
        if path not in without:
            with suppress(CannotRead, ForbiddenPath, UnusableFeed):
                yield path, parse_feed(read_existing(boundary.place(path)) or b"", str(path))


def folders_with_feeds(home: str) -> Iterator[Path]:
    """Yield the folders with a feed in the root of an events file, as the user would type them.

    ``home`` is the real folder of the file. The feeds beside another events file, or in the default
    folder of its outputs, are those of that.
    """
    for place, names in islice(walk(find_root(home), on_error=None), _MOST_FOLDERS):
        if any(name.endswith(".ics") for name in names):
            folder = Path(place)
            owner = folder.parent if folder.name == DEFAULT_FOLDER else folder
            if home in (str(owner), place) or not events_file_names(str(owner)):
                yield _as_typed(place)


_MOST_FOLDERS = 10_000
"""How many folders are looked at: an export must not be slow in a very large repository."""


def _as_typed(real: str) -> Path:
    with suppress(ValueError):  # another drive of Windows
        return Path(os.path.relpath(real))
    return Path(real)


def has_own_uids(feed: PublishedFeed, calendar_id: str) -> bool:
    """Return whether a feed has a UID that timeline has made for this calendar."""
    return any(uid.endswith("@" + calendar_id) for uid, _ in feed.events)


def find_orphans(
    folder: Path, boundary: Boundary, calendar: Calendar, written: Container[Path]
) -> Iterator[Path]:
    """Yield the additional feeds of a calendar in a folder that are not in ``feeds``.

    A feed with the name of the calendar itself is not taken for one: it was written with another
    ``--name``, perhaps with a filter.
    """
    for path, feed in feeds_in_folder(folder, boundary, written):
        if has_own_uids(feed, calendar.id) and feed.calendar_name != calendar.name:
            yield path


def _uids(feed: PublishedFeed) -> set[str]:
    return {uid for uid, _ in feed.events}


def _uids_shown(calendar: Calendar) -> set[str]:
    return {event.uid for event in calendar.events if omission(event) is None}


def is_feed_of_calendar(place: FilePlace, calendar: Calendar) -> bool:
    """Return whether a file is a feed with UIDs that timeline has made for a calendar."""
    with suppress(CannotRead, ForbiddenPath, UnusableFeed):
        return has_own_uids(parse_feed(read_existing(place) or b"", str(place.path)), calendar.id)
    return False


def find_feed_of_calendar(
    place: FilePlace, calendar: Calendar, additional: Container[Path]
) -> Path | None:
    """Return the main feed of a calendar in the folder of a place, ``None`` if there is none.

    That is the feed of the same name, else the one with the most events of the calendar, if these
    are at least half of them: one with less is one that was exported with a filter.
    """
    if is_feed_of_calendar(place, calendar):
        return place.path
    siblings = feeds_in_folder(place.path.parent, place.boundary, additional)
    if (first := next(siblings, None)) is None:
        return None  # most first exports
    possible = frozenset(possible_uids(calendar))
    shown = _uids_shown(calendar)
    shared: dict[Path, int] = {}
    for sibling, feed in chain([first], siblings):
        published = _uids(feed)
        if has_own_uids(feed, calendar.id) or published <= possible:
            shared[sibling] = len(published & shown)
    other = max(shared, key=lambda sibling: shared[sibling], default=None)
    return other if other is not None and shown and 2 * shared[other] >= len(shown) else None


def check_not_forked(place: FilePlace, calendar: Calendar) -> None:
    """Reject the first publication of a main feed beside another one with the same events.

    That is what happens when the events file is renamed. Additional feeds have the same events on
    purpose, and calendars may have some imported events in common.

    Raises: ``ForkedFeed``.
    """
    path = place.path
    additional = {path.with_name(f"{feed.id}{path.suffix}") for feed in calendar.feeds}
    other = find_feed_of_calendar(place, calendar, additional)
    if other is None:
        return
    raise ForkedFeed(
        f"`{path}` would be a new feed beside `{other}`, which has the same events and would no "
        "longer be updated",
        f"to continue that feed, add `--name {other.stem}`; to give it the new name, rename it to "
        f"`{path.name}` and tell its subscribers; for another feed, add `--name {path.stem}`",
    )


def check_id_is_new(place: FilePlace, calendar: Calendar, main: Path) -> None:
    """Reject the first publication of an additional feed beside one that is not in ``feeds`` now.

    That is what happens when its ``id`` changes. The two have more than half of their events in
    common.

    Raises: ``ForkedFeed``.
    """
    path = place.path
    paths = {feed.id: path.with_name(f"{feed.id}{path.suffix}") for feed in calendar.feeds}
    (selected,) = (
        calendar_of_feed(calendar, feed) for feed in calendar.feeds if feed.id == path.stem
    )
    shown = _uids_shown(selected)
    written = {main, *paths.values()}
    for other, feed in feeds_in_folder(path.parent, place.boundary, written):
        published = _uids(feed)
        # The calendar itself may be there under another name.
        is_all = feed.calendar_name == calendar.name and _uids_shown(calendar) <= published
        is_similar = 2 * len(published & shown) > max(len(published), len(shown))
        if has_own_uids(feed, calendar.id) and is_similar and not is_all:
            raise ForkedFeed(
                f"`{path}` would be a new feed beside `{other}`, which is not in `feeds` and has "
                "the same events",
                f"to continue that feed, write `id: {other.stem}`; to give it the new id, rename "
                f"it to `{path.name}` and tell its subscribers; for another feed, add `--new-feed "
                f"{path.stem}`",
            )
