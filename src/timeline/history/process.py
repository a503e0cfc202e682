"""Make the commands that run git, without what a repository could make it run.

A repository may come from a stranger: its settings can name programs, such as a file system
monitor, that git would run on its own. Every command of git is made here.
"""

from __future__ import annotations

import os
import shutil

_OF_THE_CALLER = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX"})
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
    *("-c", "core.fsmonitor=false"),
    *("-c", "log.showSignature=false"),
)
_NO_WORK_TREE = "must be run in a work tree"


def git_command(*arguments: str) -> list[str] | None:
    """Return the command of git with these arguments; ``None`` if git is not installed."""
    program = shutil.which("git")
    if program is None or not os.path.isabs(program):  # noqa: PTH117 - `.\git.exe` of a stranger
        return None
    # `check-ignore` does not support it; a name from the root, as it gets, is not a pattern.
    literal = () if arguments[0] == "check-ignore" else ("--literal-pathspecs",)
    return [program, *_OPTIONS, *literal, *arguments]


def git_environment() -> dict[str, str]:
    """Return the environment of a command of git, whose messages are English in it.

    The index of a commit that runs a hook, GIT_INDEX_FILE, stays.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _OF_THE_CALLER}
    return environment | _ENVIRONMENT


def is_outside(message: str) -> bool:
    """Return whether git failed with a message because a folder is not in a work tree."""
    return "not a git repository" in message or is_without_work_tree(message)


def is_without_work_tree(message: str) -> bool:
    """Return whether git failed with a message because a repository is bare, or in `.git`."""
    return _NO_WORK_TREE in message
