"""Walk a folder and what is below it, for the files that a command takes from there."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.diagnostics import failure_reason
from timeline.source.files import UnreadableFile
from timeline.source.paths import real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# ruff: noqa: PTH118 - as text: names may not be UTF-8

_SKIPPED = frozenset({"node_modules"})


class Exclusions(Struct, frozen=True):
    """The files and folders that a walk skips, beside those that every walk skips.

    ``patterns`` match paths from the real folder ``base``, or names if they have no `/`; `*` stays
    within a name, and `**` is any number of folders. ``ignored`` are real paths.
    """

    base: str = ""
    patterns: Sequence[str] = ()
    ignored: frozenset[str] = frozenset()

    def exclude(self, real: str) -> bool:
        """Return whether a file or folder is skipped, by its real path."""
        if real in self.ignored:
            return True
        if not self.patterns:
            return False
        parts = Path(os.path.relpath(real, self.base)).parts
        return any(_matches(parts, pattern) for pattern in self.patterns)


def _matches(parts: Sequence[str], pattern: str) -> bool:
    pattern = pattern.strip("/")
    if "/" not in pattern and pattern != "**":
        return fnmatchcase(parts[-1], pattern)
    return _matches_path(parts, pattern.split("/"))


def _matches_path(parts: Sequence[str], patterns: Sequence[str]) -> bool:
    """Return whether a pattern matches a path, each in its parts."""
    if not patterns:
        return not parts
    first, *others = patterns
    if first == "**":
        return any(_matches_path(parts[skipped:], others) for skipped in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], first) and _matches_path(parts[1:], others)


NOTHING = Exclusions()


def _raise(error: OSError) -> None:
    raise UnreadableFile(f"cannot read `{error.filename}`: {failure_reason(error)}") from error


def walk(
    folder: str,
    exclusions: Exclusions = NOTHING,
    *,
    on_error: Callable[[OSError], None] | None = _raise,
) -> Iterator[tuple[str, list[str]]]:
    """Yield a folder and those below it, each with the sorted names of its files, in order.

    Skipped: hidden folders, `node_modules`, other repositories below the folder, symbolic links to
    folders, and ``exclusions``.

    Raises: ``UnreadableFile`` for a folder that cannot be listed, unless ``on_error`` skips it.
    """
    top = real_path(folder)
    for place, folders, files in os.walk(folder, onerror=on_error):
        real = os.path.normpath(os.path.join(top, os.path.relpath(place, folder)))
        kept = {
            name for name in folders + files if not exclusions.exclude(os.path.join(real, name))
        }
        folders[:] = sorted(name for name in kept & {*folders} if _is_entered(place, name))
        yield place, sorted(kept.intersection(files))


def _is_entered(place: str, name: str) -> bool:
    is_skipped = name.startswith(".") or name in _SKIPPED
    return not is_skipped and not os.path.lexists(os.path.join(place, name, ".git"))
