"""Find the events files in folders, and the events file that includes a file."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline._limits import MAX_BYTES
from timeline.source.discovery import (
    events_file_names,
    may_be_events_file,
    names_of_events_files,
)
from timeline.source.files import UnreadableFile, read_regular_file
from timeline.source.includes import read_document
from timeline.source.paths import boundary_of_embedded_files, is_within, real_path
from timeline.source.walking import NOTHING, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.source.files import FileIdentity
    from timeline.source.walking import Exclusions

# ruff: noqa: PTH113, PTH116, PTH118, PTH120 - as text: names may not be UTF-8

_CALENDAR = regex(rb"^calendar[ \t]*:", re.MULTILINE)
_MOST_READ = 100
"""How many events files are read, at most, to find the one that includes a file."""


def is_events_file(path: str) -> bool:
    """Return whether a file has the key `calendar`, or cannot be read, which its reader reports."""
    with suppress(OSError, ValueError):
        content = read_regular_file(path, os.stat(path).st_mode, MAX_BYTES)
        if _CALENDAR.search(content):  # most are, and need not be read twice
            return True
    return may_be_events_file(path)


def events_files_below(folder: str, exclusions: Exclusions = NOTHING) -> Iterator[str]:
    """Yield the files in a folder and below it that are called as events files are, in order.

    Raises: ``UnreadableFile`` for a folder that cannot be listed.
    """
    for place, names in walk(folder, exclusions):
        for name in names_of_events_files(names):
            yield os.path.normpath(os.path.join(place, name))


def yaml_files_below(folder: str, exclusions: Exclusions = NOTHING) -> Iterator[str]:
    """Yield the YAML files in a folder and below it, in order: an events file may include them.

    Raises: ``UnreadableFile`` for a folder that cannot be listed.
    """
    for place, names in walk(folder, exclusions):
        for name in names:
            if name.endswith((".yaml", ".yml")):
                yield os.path.normpath(os.path.join(place, name))


def last_folder(path: str) -> str:
    """Return the last folder in which an events file that includes a file is searched for.

    That is the root of its repository; outside of one the current folder if the file is below it,
    else the folder of the file.
    """
    return boundary_of_embedded_files(os.path.dirname(real_path(path))).base


class IncludingFiles:
    """Finds the events files that include others; each is read once, and at most `_MOST_READ`."""

    def __init__(self) -> None:
        self._included: dict[str, frozenset[FileIdentity | None]] = {}

    def find(self, path: str) -> str | None:
        """Return the events file that includes a file: in its folder, or the nearest one above.

        It is not above the last folder, and a link that leads out of that is not an events file.
        """
        identity, top = _identity(path), last_folder(path)
        folder = os.path.dirname(real_path(path))
        for place in map(str, (Path(folder), *Path(folder).parents)):
            for name in events_file_names(place):
                candidate = os.path.join(place, name)
                if identity in self._files_of(candidate, top) - {_identity(candidate)}:
                    return os.path.relpath(candidate)
            if place == top:
                break
        return None

    def _files_of(self, candidate: str, top: str) -> frozenset[FileIdentity | None]:
        """Return the files of a timeline; none if a file is no events file within a folder."""
        if candidate not in self._included:
            files: frozenset[FileIdentity | None] = frozenset()
            is_ours = os.path.isfile(candidate) and is_within(os.path.realpath(candidate), top)
            if is_ours and len(self._included) < _MOST_READ and may_be_events_file(candidate):
                with suppress(UnreadableFile):
                    files = frozenset(map(_identity, read_document(candidate).names))
            self._included[candidate] = files
        return self._included[candidate]


def _identity(path: str) -> FileIdentity | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
