"""Exit with 1 for outputs that git does not track, so that no commit is made without them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from timeline.cli.console import FINDINGS, USAGE_ERROR, fail
from timeline.cli.git import run_git
from timeline.diagnostics import cited
from timeline.history import is_outside
from timeline.source import typed_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from subprocess import CompletedProcess

_MOST_NAMES = 100
"""How many names a run of git gets: a command line of Windows has 32,767 characters."""


def check_tracked(paths: Sequence[Path]) -> None:
    """Exit with 1 if git neither tracks nor ignores one of the files; they exist.

    Files outside of a repository pass. Exit with 2 if git cannot be asked.
    """
    real = {os.path.realpath(path): path for path in paths}
    folders: dict[str, list[str]] = {}
    for file in real:
        folder, name = os.path.split(file)
        folders.setdefault(folder, []).append(name)
    untracked = [
        real[os.path.join(folder, name)]  # noqa: PTH118 - as text
        for folder, names in folders.items()
        for name in _untracked_names(folder, names)
    ]
    if not untracked:
        return
    first, *others = untracked
    what = f"`{first}` and {len(others)} more are" if others else f"`{first}` is"
    typed = " ".join(map(typed_path, untracked))
    fail(f"{what} not tracked by git", FINDINGS, f"to commit the outputs, type `git add {typed}`")


def _untracked_names(folder: str, names: list[str]) -> Iterator[str]:
    """Yield the names in a folder that git neither tracks nor ignores."""
    for start in range(0, len(names), _MOST_NAMES):
        part = names[start : start + _MOST_NAMES]
        done = _run_git(folder, "ls-files", "--error-unmatch", "--", *part)
        if done.returncode == 0:
            continue
        if is_outside(done.stderr):
            return
        others = ("ls-files", "--others", "--exclude-standard", "-z", "--")
        done = _run_git(folder, *others, *part)
        if done.returncode != 0:
            fail(f"git cannot list {cited(folder)}: {done.stderr.strip()}", USAGE_ERROR)
        listed = set(done.stdout.split("\0"))
        yield from (name for name in part if name in listed)


def _run_git(folder: str, *arguments: str) -> CompletedProcess[str]:
    done = run_git(folder, *arguments)
    if done is None:
        fail("git was not found", USAGE_ERROR, "install git, or remove `--tracked`")
    return done
