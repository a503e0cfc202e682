"""Decide what is skipped in the folders that a command is given."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.cli.console import usage_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.source import Exclusions


def read_exclusions(patterns: Sequence[str] | None, folder: str) -> Exclusions:
    """Return what is skipped in a folder: what git ignores, and what the patterns match.

    They are relative to the root of the current folder. If git ignores the folder itself, the user
    has named it all the same, so only the patterns count.

    Raises: ``ForbiddenPath`` if there is no current folder.
    """
    from timeline.cli.git import ignored_by_git
    from timeline.source import Exclusions, find_root, real_path

    base, real = find_root(real_path("")), real_path(folder)
    ignored = ignored_by_git(find_root(real))
    if not ignored.isdisjoint(map(str, (Path(real), *Path(real).parents))):
        ignored = frozenset()
    return Exclusions(base, [_pattern(written, base) for written in patterns or ()], ignored)


def _pattern(written: str, base: str) -> str:
    """Return a pattern with `/` between its parts; exit with 2 if it can match nothing."""
    pattern = written.replace(os.sep, "/").removeprefix("./")
    if Path(written).is_absolute() or ".." in pattern.split("/") or not pattern.strip("/"):
        usage_error(f"--exclude is a name, or a path from `{base}`, not `{written}`")
    return pattern
