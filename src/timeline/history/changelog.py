"""Compare the versions of an events file that its history has, commit by commit.

The history is that of first parents, so that a merge is one change. A version that cannot be read
is skipped, and those before and after it are compared.
"""

from __future__ import annotations

import os
import posixpath
from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.changes import DatedChanges, Side, compare
from timeline.compiler import load_version
from timeline.diagnostics import UserError
from timeline.history.git import GitError, Repository
from timeline.history.tree import CommitTree
from timeline.history.versions import different_ids, path_in_repository

if TYPE_CHECKING:
    from collections.abc import Iterator


class Commit(Struct, frozen=True):
    """A commit, by its object and that of its root folder; ``moment`` is the committer's."""

    oid: str
    tree: str
    moment: datetime
    subject: str

    @property
    def day(self) -> date:
        """Its day, where it was made."""
        return self.moment.date()


class Skipped(Struct, frozen=True):
    """A commit in which the events file cannot be read, and why not."""

    commit: Commit
    reason: str


class Changelog(Struct, frozen=True):
    """The changes of each commit, newest first, and the commits that were skipped.

    ``began`` is the time of the first commit of the repository.
    """

    entries: list[DatedChanges]
    skipped: list[Skipped]
    began: datetime


def read_changelog(file: str, since: str | None = None) -> Changelog:
    """Return what the commits of a file and its includes changed.

    ``since`` is a day, ``2027-01-03``, or a revision: later commits are read.

    Raises: ``GitError``.
    """
    folder = os.path.dirname(os.path.realpath(file))  # noqa: PTH120 - as text
    with Repository(folder, "compare two files with `timeline diff`") as repository:
        if repository.is_shallow:
            raise GitError(
                f"the history of `{repository.root}` is cut off: the clone is shallow",
                "fetch the whole history, `fetch-depth: 0` in GitHub Actions",
            )
        path = path_in_repository(repository, os.path.realpath(file))
        reader = _Reader(repository, path)
        return reader.read(since)


class _Reader:
    """The versions of a file in the history of a repository."""

    def __init__(self, repository: Repository, path: str) -> None:
        self._repository = repository
        self._path = path
        self._head = repository.commit("HEAD").oid
        self._renames = dict(self._read_renames())
        self._blobs: dict[str, str] = {}
        self._skipped: list[Skipped] = []

    def read(self, since: str | None) -> Changelog:
        commits = [*self._log("--first-parent", self._head, "--", *self._folders())]
        paths = self._paths(commits)
        later = self._later(commits, since)
        count = max((i + 1 for i, commit in enumerate(commits) if commit.oid in later), default=0)
        before = self._last_version(commits[count:], paths[count:])
        entries: list[DatedChanges] = []
        for commit, path in zip(commits[:count][::-1], paths[:count][::-1], strict=True):
            loaded = self._version(commit, path)
            if loaded is None:
                continue
            if before is not None and (ids := different_ids(before, loaded)) is not None:
                reason = f"`calendar.id` is `{ids[1]}`, not `{ids[0]}`, so no event is the same"
                self._skipped.append(Skipped(commit, reason))
                before = loaded
                continue
            # The day of a commit may be before that of its parent.
            is_later = commit.oid in later
            if is_later and before is not None and (changes := compare(before, loaded)):
                entries.append(DatedChanges(commit.moment, commit.oid, commit.subject, changes))
            before = loaded
        *_, first = self._log("--max-parents=0", self._head)
        return Changelog(entries[::-1], self._skipped[::-1], first.moment)

    def _paths(self, commits: list[Commit]) -> list[str]:
        """Return the path that the file has in each of the commits, which are newest first."""
        paths, path = [], self._path
        for commit in commits:
            paths.append(path)
            path = self._renames.get(commit.oid, path)
        return paths

    def _last_version(self, commits: list[Commit], paths: list[str]) -> Side | None:
        """Return the newest version that can be read; ``None`` if there is none."""
        for commit, path in zip(commits, paths, strict=True):
            if (side := self._version(commit, path)) is not None:
                break
        else:
            side = None
        self._skipped.clear()  # they are before what was asked for
        return side

    def _version(self, commit: Commit, path: str) -> Side | None:
        """Return the file in a commit; ``None`` if it is as before, or cannot be read."""
        tree = CommitTree(self._repository, commit.tree)
        if tree.real_path(path) in self._blobs and tree.has_blobs(self._blobs):
            return None
        try:
            loaded = load_version(path, tree)
        except UserError as error:
            self._skipped.append(Skipped(commit, error.message))
            return None
        if not loaded.is_sound:
            message = loaded.diagnostics[0].message
            self._skipped.append(Skipped(commit, f"`{path}` has errors: {message}"))
            return None
        self._blobs = tree.blobs
        return Side(loaded.calendar, loaded.anchored_dates())

    def _later(self, commits: list[Commit], since: str | None) -> set[str]:
        """Return the objects of the commits since a day, or of those that a revision lacks.

        A revision need not be on the line of first parents: it has those that it was made from.
        """
        if since is None:
            return {commit.oid for commit in commits}
        try:
            day = date.fromisoformat(since)
        except ValueError:
            excluded = f"^{self._repository.commit(since).oid}"
            return {commit.oid for commit in self._log("--first-parent", self._head, excluded)}
        return {commit.oid for commit in commits if commit.day >= day}

    def _folders(self) -> list[str]:
        """Return the folders that the file was in; none if it was in the root, for everything."""
        paths = (self._path, *self._renames.values())
        folders = {posixpath.dirname(path) for path in paths}
        return [] if "" in folders else sorted(folders)

    def _log(self, *arguments: str) -> Iterator[Commit]:
        output = self._repository.run(
            "log", "-z", "--no-notes", "--no-color", "--encoding=UTF-8", _FORMAT, *arguments
        )
        for line in output.decode(errors="replace").split("\0"):
            if line:
                oid, tree, moment, subject = line.split("\x1f", 3)
                yield Commit(oid, tree, datetime.fromisoformat(moment), subject)

    def _read_renames(self) -> Iterator[tuple[str, str]]:
        """Yield the commits in which the file got another name, with the name before."""
        output = self._repository.run(
            *("log", "-z", "--follow", "--first-parent", "-m", "-M", "--diff-filter=R"),
            *("--no-ext-diff", "--no-textconv", "--no-color", "--name-status", "--format=%x1f%H"),
            *(self._head, "--", self._path),
        )
        for record in output.decode(errors="surrogateescape").split("\x1f")[1:]:
            oid, *parts = filter(None, (part.strip("\n") for part in record.split("\0")))
            if len(parts) >= 3 and parts[0].startswith("R"):
                yield oid, parts[1]


_FORMAT = "--format=%H%x1f%T%x1f%cI%x1f%s"
