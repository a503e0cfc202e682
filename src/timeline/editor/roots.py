"""Find the events file that an open text is, or is a part of; other YAML is left alone."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline.source import UnreadableFile, names_of_events_files, read_document

if TYPE_CHECKING:
    from timeline.editor.tree import OpenFiles

_CALENDAR = regex(rb"^\xef?\xbb?\xbf?calendar[ \t]*:", re.MULTILINE)
_EVENTS = regex(rb"^events[ \t]*:\s*(?:#[^\n]*\n\s*)*(?:[\[&*]|-\s|\Z)", re.MULTILINE)
"""A list of events, also one that is not typed yet; other programs have a mapping there."""
_MOST_READ = 100
"""How many events files are read, at most, to find the one that includes a file."""

# ruff: noqa: PTH118, PTH119, PTH120 - names as text


def is_events_file(path: str, content: bytes) -> bool:
    """Return whether a text is an events file of its own: it has the key `calendar`.

    Other programs have that key, too, so in a file with another name there must be a list `events`.
    """
    if not _CALENDAR.search(content):
        return False
    return has_name_of_events_file(path) or _EVENTS.search(content) is not None


def has_name_of_events_file(path: str) -> bool:
    """Return whether a file is called `events.yaml` or `*.timeline.yaml`."""
    return bool(names_of_events_files([os.path.basename(path)]))


def including_file(path: str, tree: OpenFiles) -> str | None:
    """Return the events file that includes a file: in its folder, or the nearest one above.

    It is not above the folders of the editor.
    """
    folder, count = os.path.dirname(path), 0
    while tree.contains(folder):
        with suppress(OSError):
            for name in names_of_events_files(tree.names(folder)):
                candidate, count = os.path.join(folder, name), count + 1
                if count > _MOST_READ:
                    return None
                if _includes(candidate, path, tree):
                    return candidate
        if (above := os.path.dirname(folder)) == folder:
            break
        folder = above
    return None


def _includes(candidate: str, path: str, tree: OpenFiles) -> bool:
    if not tree.exists(candidate) or tree.real_path(candidate) == path:
        return False
    with suppress(UnreadableFile):
        return path in map(tree.real_path, read_document(candidate, tree=tree).names)
    return False
