"""Ask git for its objects, without a checkout, and without what a repository could make it run.

A repository may come from a stranger. No text of the user is an option, git uses no pager, no text
conversion, no file system monitor and no network, and it takes no lock.
"""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, Self

from msgspec import Struct

from timeline.diagnostics import UserError, cited
from timeline.history.process import (
    git_command,
    git_environment,
    is_outside,
    is_without_work_tree,
)

if TYPE_CHECKING:
    from types import TracebackType


class GitError(UserError):
    """Git cannot return what was asked for."""


class GitObject(Struct, frozen=True):
    """An object of git: its name, its type (``commit``, ``tree``, ``blob``) and its content."""

    oid: str
    type: str
    content: bytes

    @property
    def tree(self) -> str:
        """The root folder of a commit."""
        return self.content.partition(b"\n")[0].removeprefix(b"tree ").decode()


class Repository:
    """The repository of a folder; a context manager, because git answers from one process.

    ``root`` is its real folder, and ``is_shallow`` whether its history is cut off.
    """

    def __init__(self, folder: str, otherwise: str) -> None:
        """Find the repository; ``otherwise`` is what to do without one.

        Raises: ``GitError`` if there is none, or no git.
        """
        self._folder = folder or "."
        self._otherwise = otherwise
        asked = ("--show-toplevel", "--is-shallow-repository")
        root, _, shallow = (
            self.run("rev-parse", *asked).decode(errors="surrogateescape").partition("\n")
        )
        self.root = self._folder = os.path.realpath(root)  # paths are from there
        self.is_shallow = shallow.strip() == "true"
        self._process: subprocess.Popen[bytes] | None = None
        self._known: dict[str, GitObject] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is None:
            return
        with suppress(OSError):
            self._stdin.close()
        self._stdout.close()
        self._process.wait()

    def run(self, *arguments: str) -> bytes:
        """Return what git prints.

        Raises: ``GitError``.
        """
        done = subprocess.run(  # noqa: S603 - no shell, and nothing of the user is an option
            self._command(*arguments),
            cwd=self._folder,
            env=git_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            raise self._failure(done.stderr.decode(errors="replace").strip())
        return done.stdout

    def object(self, name: str) -> GitObject | None:
        """Return the object with a name, such as ``HEAD^{commit}``; ``None`` without one."""
        if name in self._known:
            return self._known[name]
        if "\n" in name or "\0" in name:
            return None
        if self._process is None:
            self._start()
        self._stdin.write(name.encode(errors="surrogateescape") + b"\n")
        self._stdin.flush()
        answer = _HEADER.fullmatch(self._stdout.readline())
        if answer is None:  # missing, or ambiguous
            return None
        size = int(answer[3])
        content = self._stdout.read(size + 1)[:-1]
        answered = GitObject(answer[1].decode(), answer[2].decode(), content)
        if answered.type == "tree":  # most folders are the same in many commits
            self._known[answered.oid] = answered
        return answered

    def commit(self, revision: str) -> GitObject:
        """Return the commit of a revision that the user named.

        Raises: ``GitError``.
        """
        if revision.startswith("-"):
            raise GitError(f"{cited(revision)} is not a revision: it begins with `-`", None)
        commit = self.object(f"{revision}^{{commit}}") if revision else None
        if commit is not None:
            return commit
        help_ = "`git log --oneline` lists some"
        if self.is_shallow:
            help_ = (
                "this clone is shallow: fetch the whole history, `fetch-depth: 0` in GitHub Actions"
            )
        raise GitError(f"there is no revision {cited(revision)} in `{self.root}`", help_)

    def _start(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - as above
            self._command("cat-file", "--batch"),
            cwd=self._folder,
            env=git_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _command(self, *arguments: str) -> list[str]:
        command = git_command(*arguments)
        if command is None:
            raise GitError("git was not found", f"install git, or {self._otherwise}")
        return command

    def _failure(self, said: str) -> GitError:
        here = self._folder == os.curdir
        where = "the current folder" if here else f"`{self._folder}`"
        if is_without_work_tree(said):
            help_ = "run this in a clone that is not bare, in a folder with files"
            return GitError(f"{where} belongs to a git repository, but not to a work tree", help_)
        if is_outside(said):
            return GitError(f"{where} is in no git repository", self._otherwise)
        reason = said.splitlines()[0] if said else "no reason"
        return GitError(f"git cannot read `{self._folder}`: {reason}", None)

    @property
    def _stdin(self) -> BinaryIO:
        assert self._process is not None  # noqa: S101 - after `_start`
        assert self._process.stdin is not None  # noqa: S101 - a pipe
        return self._process.stdin  # type: ignore[return-value]

    @property
    def _stdout(self) -> BinaryIO:
        assert self._process is not None  # noqa: S101 - after `_start`
        assert self._process.stdout is not None  # noqa: S101 - a pipe
        return self._process.stdout  # type: ignore[return-value]


_HEADER = re.compile(rb"([0-9a-f]{40,64}) ([a-z]+) ([0-9]+)\n")
