"""Ask git about files, with its names and messages as they are in every language."""

from __future__ import annotations

import os
import subprocess

from timeline.history import git_command, git_environment, is_outside


def run_git(folder: str, *arguments: str) -> subprocess.CompletedProcess[str] | None:
    """Run git in a folder, with English messages and names that are not patterns.

    Return ``None`` if git is not installed.
    """
    command = git_command(*arguments)
    if command is None:
        return None
    return subprocess.run(  # noqa: S603 - no shell, and names follow `--`
        command,
        cwd=folder,
        env=git_environment(),
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=False,
    )


def ignored_by_git(root: str) -> frozenset[str]:
    """Return the files and folders that git ignores in the work tree of a real folder.

    A folder stands for what is in it. Without git, or outside of a repository, there are none.
    """
    if not os.path.lexists(os.path.join(root, ".git")):  # noqa: PTH118 - as text
        return frozenset()
    arguments = ("ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z")
    done = run_git(root, *arguments)
    if done is None or is_outside(done.stderr):
        return frozenset()
    if done.returncode != 0:
        from timeline.cli.console import print_message

        reason = next(iter(done.stderr.splitlines()), "no reason is given")
        print_message(f"git cannot list what it ignores, so nothing is skipped for that: {reason}")
        return frozenset()
    names = filter(None, done.stdout.split("\0"))
    return frozenset(os.path.normpath(os.path.join(root, name)) for name in names)  # noqa: PTH118
