"""Read one version of a calendar, as the user names it: a file, a feed or ``REV:path``."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.changes import Side, feed_side
from timeline.compiler import load_file, load_version
from timeline.diagnostics import UserError
from timeline.history.git import GitError, Repository
from timeline.history.renames import former_path, renamed_paths
from timeline.history.tree import CommitTree
from timeline.model import Calendar
from timeline.publishing import (
    NO_PREVIOUS,
    CannotRead,
    UnusableFeed,
    parse_feed,
    read_previous,
)
from timeline.source import find_events_file

if TYPE_CHECKING:
    from typing import BinaryIO

    from timeline.compiler import Loaded
    from timeline.publishing import PublishedFeed

NAME_TWO_FILES = "name two files to compare"


# ruff: noqa: PTH112, PTH118, PTH120 - names as text
class Version(Struct, frozen=True):
    """A version of a calendar; ``loaded`` is its events file, which may have errors.

    Of a feed, ``side`` is there alone.
    """

    name: str
    side: Side
    loaded: Loaded | None = None

    @property
    def is_sound(self) -> bool:
        """Whether it can be compared."""
        return self.loaded is None or self.loaded.is_sound


def read_version(name: str, stdin: BinaryIO | None = None) -> Version:
    """Return the version that a text names: an events file, ``-`` being standard input.

    Or a feed, by its file or address, or ``REV:path``, a file in a revision of git. A file that
    exists is that file, whatever its name looks like.

    Raises: ``UserError``.
    """
    if name == "-":
        return _version_of_file(name, stdin)
    if (revision := split_revision(name)) is not None:
        return read_revision(*revision)
    if _ADDRESS.match(name) or name.lower().endswith((".ics", ".ics.gz")):
        return _version_of_feed(name, _content(name))
    return _version_of_file(name, stdin)


def _version_of_feed(name: str, content: bytes) -> Version:
    feed = _parse(name, content)
    contents = {key: feed.content(key) for key in feed.events}
    return Version(name, feed_side(contents, Calendar("", feed.calendar_name or "")))


def _content(name: str) -> bytes:
    """Return the feed at a path or an address; what a failed export would need is no help."""
    try:
        return read_previous(name)
    except CannotRead as error:
        help_ = error.help or ""
        if NO_PREVIOUS in help_:
            instead = "check its name" if error.is_missing else _WHOLE_FEED
            help_ = help_.replace(f"; {NO_PREVIOUS}", "").replace(NO_PREVIOUS, instead)
        raise UserError(error.message, help_) from error


def _parse(name: str, content: bytes) -> PublishedFeed:
    try:
        return parse_feed(content, name)
    except UnusableFeed as error:
        raise UserError(error.message, _WHOLE_FEED) from error


_WHOLE_FEED = "name a whole feed, such as the published one or an earlier version of it"


def _version_of_file(name: str, stdin: BinaryIO | None) -> Version:
    loaded = load_file(name, stdin)
    return Version(name, Side(loaded.calendar, loaded.anchored_dates()), loaded)


_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def split_revision(name: str) -> tuple[str, str] | None:
    """Return the revision and the path of ``REV:path``; ``None`` for a file or an address.

    A path that begins with a drive letter is a file, and so is whatever exists.
    """
    revision, colon, path = name.partition(":")
    is_drive = len(revision) == 1 and (os.name == "nt" or path[:1] in ("\\", "/"))
    if not colon or is_drive or _ADDRESS.match(name) or os.path.lexists(name):
        return None
    return revision, path


def read_revision(revision: str, path: str) -> Version:
    """Return a file in a revision; a path that begins with ``./`` is from the current folder.

    Raises: ``GitError``, ``UnreadableFile``.
    """
    with Repository(".", NAME_TWO_FILES) as repository:
        commit = repository.commit(revision)
        path = path_in_repository(repository, path)
        tree = CommitTree(repository, commit.tree)
        name = f"{revision}:{path}"
        if (item := tree.find(path)) is None:
            here = path_in_repository(repository, f"./{path}")
            other = here != path and tree.find(here) is not None
            former = here if other else former_path(repository, commit.oid, path)
            help_ = f"write `{revision}:{former}`" if former else None
            if former and not other:
                help_ = f"if it had another name, {help_}"
            raise GitError(f"`{revision}` has no file `{path}`", help_)
        if path.lower().endswith(".ics"):
            blob = repository.object(item.oid)
            return _version_of_feed(name, b"" if blob is None else blob.content)
        loaded = load_version(path, tree)
        return Version(name, Side(loaded.calendar, loaded.anchored_dates()), loaded)


def current_file(revision: str, path: str) -> str | None:
    """Return the file of the work tree that a file in a revision is now, from the current folder.

    It may have another name now: that of its rename in git, else that of the events file in its
    folder. ``None`` if there is neither.

    Raises: ``GitError``, ``AmbiguousFile``.
    """
    with Repository(".", NAME_TWO_FILES) as repository:
        commit = repository.commit(revision)
        path = path_in_repository(repository, path)
        for name in (path, renamed_paths(repository, commit.oid).get(path)):
            if name and os.path.lexists(place := os.path.join(repository.root, name)):
                return os.path.relpath(place, os.path.realpath("."))
        folder = os.path.join(repository.root, os.path.dirname(path))
        if path.lower().endswith(".ics") or not os.path.isdir(folder):
            return None
        return find_events_file(os.path.relpath(folder, os.path.realpath(".")), folder).path


def path_in_repository(repository: Repository, path: str) -> str:
    """Return the path from the root of the repository, with ``/`` between names.

    Raises: ``GitError`` for a path that leads out of it.
    """
    if path.startswith(("./", "../", ".\\", "..\\")) or os.path.isabs(path):  # noqa: PTH117 - as text
        path = os.path.relpath(os.path.realpath(path), repository.root)
    normal = os.path.normpath(path).replace(os.sep, "/")
    if normal.startswith("../"):
        raise GitError(f"`{path}` is outside of `{repository.root}`", None)
    return normal


def check_same_calendar(old: Version, new: Version) -> None:
    """Reject two versions of which no event is the same, and which are of different calendars.

    Raises: ``UserError``.
    """
    ids = different_ids(old.side, new.side)
    if ids is None:
        return
    names = f"`{old.name}` and `{new.name}` are of different calendars"
    if old.side.is_feed or new.side.is_feed:
        raise UserError(
            f"{names}: they have no event in common, and their ids are `{ids[0]}` and `{ids[1]}`",
            "name two versions of one calendar",
        )
    raise UserError(
        f"{names}: `calendar.id` is `{ids[0]}` and `{ids[1]}`, so no event is the same",
        "name two versions of one calendar",
    )


def different_ids(old: Side, new: Side) -> tuple[str, str] | None:
    """Return the ids of two calendars that are not versions of one; ``None`` if they are.

    Those have no event in common, and another ``calendar.id``; of a feed, which does not have it,
    the domains of the UIDs tell.
    """
    uids = [{event.uid for event in side.calendar.events} for side in (old, new)]
    if not all(uids) or not uids[0].isdisjoint(uids[1]):
        return None
    if not (old.is_feed or new.is_feed):
        ids = old.calendar.id, new.calendar.id
        return ids if ids[0] != ids[1] else None
    domains = [{uid.rpartition("@")[2] for uid in side} for side in uids]
    return (min(domains[0]), min(domains[1])) if domains[0].isdisjoint(domains[1]) else None
