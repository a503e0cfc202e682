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
from timeline.history.tree import CommitTree
from timeline.model import Calendar
from timeline.publishing import parse_feed, read_previous

if TYPE_CHECKING:
    from typing import BinaryIO

    from timeline.compiler import Loaded


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
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", name) or name.lower().endswith((".ics", ".ics.gz")):
        return _version_of_feed(name, read_previous(name))
    if (revision := split_revision(name)) is not None:
        return read_revision(*revision)
    return _version_of_file(name, stdin)


def _version_of_feed(name: str, content: bytes) -> Version:
    feed = parse_feed(content, name)
    contents = {key: feed.content(key) for key in feed.events}
    return Version(name, feed_side(contents, Calendar("", feed.calendar_name or "")))


def _version_of_file(name: str, stdin: BinaryIO | None) -> Version:
    loaded = load_file(name, stdin)
    return Version(name, Side(loaded.calendar, loaded.anchored_dates()), loaded)


def split_revision(name: str) -> tuple[str, str] | None:
    """Return the revision and the path of ``REV:path``; ``None`` for the name of a file.

    A path that begins with a drive letter is a file, and so is whatever exists.
    """
    revision, colon, path = name.partition(":")
    is_drive = len(revision) == 1 and (os.name == "nt" or path[:1] in ("\\", "/"))
    if not colon or is_drive or os.path.lexists(name):
        return None
    return revision, path


def read_revision(revision: str, path: str) -> Version:
    """Return a file in a revision; a path that begins with ``./`` is from the current folder.

    Raises: ``GitError``, ``UnreadableFile``.
    """
    with Repository(".") as repository:
        commit = repository.commit(revision)
        path = path_in_repository(repository, path)
        tree = CommitTree(repository, commit.tree)
        name = f"{revision}:{path}"
        if (item := tree.find(path)) is None:
            here = path_in_repository(repository, f"./{path}")
            other = here != path and tree.find(here) is not None
            help_ = f"write `{revision}:{here}`" if other else None
            raise GitError(f"`{revision}` has no file `{path}`", help_)
        if path.lower().endswith(".ics"):
            blob = repository.object(item.oid)
            return _version_of_feed(name, b"" if blob is None else blob.content)
        loaded = load_version(path, tree)
        return Version(name, Side(loaded.calendar, loaded.anchored_dates()), loaded)


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
    """Reject two feeds, or a feed and a file, of which no event is the same.

    Raises: ``UserError``.
    """
    if not (old.side.is_feed or new.side.is_feed):
        return
    uids = [{event.uid for event in version.side.calendar.events} for version in (old, new)]
    domains = [{uid.rpartition("@")[2] for uid in side} for side in uids]
    if all(uids) and uids[0].isdisjoint(uids[1]) and domains[0].isdisjoint(domains[1]):
        raise UserError(
            f"`{old.name}` and `{new.name}` are of different calendars: they have no event in "
            f"common, and their ids are {_listed(domains[0])} and {_listed(domains[1])}",
            "name two versions of one calendar",
        )


def _listed(names: set[str]) -> str:
    return f"`{min(names)}`"
