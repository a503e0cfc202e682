"""Ask git about files, with its names and messages as they are in every language."""

from __future__ import annotations

import os
import shutil
import subprocess

_OF_THE_CALLER = ("GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX")
"""What git sets for its hooks. The index, GIT_INDEX_FILE, is that of the commit and stays."""

_OUTSIDE = ("not a git repository", "must be run in a work tree")


def run_git(folder: str, *arguments: str) -> subprocess.CompletedProcess[str] | None:
    """Run git in a folder, with English messages and names that are not patterns.

    Return ``None`` if git is not installed.
    """
    program = shutil.which("git")
    if program is None or not os.path.isabs(program):  # noqa: PTH117 - `.\git.exe` of a stranger
        return None
    environment = {name: value for name, value in os.environ.items() if name not in _OF_THE_CALLER}
    return subprocess.run(  # noqa: S603 - no shell, and names follow `--`
        [program, "--literal-pathspecs", *arguments],
        cwd=folder,
        env=environment | {"LC_ALL": "C"},
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )


def is_outside(done: subprocess.CompletedProcess[str]) -> bool:
    """Return whether a run of git failed because the folder is not in a work tree."""
    return done.returncode != 0 and any(text in done.stderr for text in _OUTSIDE)


def ignored_by_git(root: str) -> frozenset[str]:
    """Return the files and folders that git ignores in the work tree of a real folder.

    A folder stands for what is in it. Without git, or outside of a repository, there are none.
    """
    if not os.path.lexists(os.path.join(root, ".git")):  # noqa: PTH118 - as text
        return frozenset()
    arguments = ("ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z")
    done = run_git(root, *arguments)
    if done is None or is_outside(done):
        return frozenset()
    if done.returncode != 0:
        from timeline.cli.console import print_message

        reason = next(iter(done.stderr.splitlines()), "no reason is given")
        print_message(f"git cannot list what it ignores, so nothing is skipped for that: {reason}")
        return frozenset()
    names = filter(None, done.stdout.split("\0"))
    return frozenset(os.path.normpath(os.path.join(root, name)) for name in names)  # noqa: PTH118
