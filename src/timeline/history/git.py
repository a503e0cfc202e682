"""Ask git for its objects, without a checkout, and without what a repository could make it run.

A repository may come from a stranger. No text of the user is an option, git uses no pager, no text
conversion, no file system monitor and no network, and it takes no lock.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, Self

from msgspec import Struct

from timeline.diagnostics import UserError, cited

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


_OF_THE_CALLER = ("GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_INDEX_FILE")
"""What git sets for its hooks, of a repository that may be another one."""
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
}
_OPTIONS = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", "log.showSignature=false"),
)


class Repository:
    """The repository of a folder; a context manager, because git answers from one process.

    ``root`` is its real folder, and ``is_shallow`` whether its history is cut off.
    """

    def __init__(self, folder: str) -> None:
        """Find the repository.

        Raises: ``GitError`` if there is none, or no git.
        """
        self._folder = folder or "."
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
            [_program(), *_OPTIONS, *arguments],
            cwd=self._folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            raise _failure(self._folder, done.stderr.decode(errors="replace").strip())
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
            [_program(), *_OPTIONS, "cat-file", "--batch"],
            cwd=self._folder,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

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


def _program() -> str:
    program = shutil.which("git")
    if program is None or not os.path.isabs(program):  # noqa: PTH117 - `.\git.exe` of a stranger
        raise GitError("git was not found", "install git, or name two files")
    return program


def _environment() -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if name not in _OF_THE_CALLER}
    return environment | _ENVIRONMENT


def _failure(folder: str, said: str) -> GitError:
    if "not a git repository" in said or "must be run in a work tree" in said:
        where = "the current folder" if folder in ("", os.curdir) else f"`{folder}`"
        return GitError(f"{where} is in no git repository", "name two files to compare")
    return GitError(
        f"git cannot read `{folder}`: {said.splitlines()[0] if said else 'no reason'}", None
    )
