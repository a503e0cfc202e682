"""Find the events file of a folder: in that folder, or in the nearest one above that has one.

Nothing above the root of the folder is looked at: what lies there belongs to somebody else.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from yaml import YAMLError
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from timeline._lazy import regex
from timeline._limits import MAX_BYTES
from timeline.diagnostics import UserError, one_edit_away
from timeline.source.files import read_regular_file
from timeline.source.parser import yaml_events
from timeline.source.paths import find_root, is_within, real_path
from timeline.source.text import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENTS_FILE = "events.yaml"
_SUFFIX = ".timeline.yaml"
_CALENDAR = "calendar"
_KEY = regex(r"^[\"']?(\w+)[\"']?[ \t]*:", re.ASCII | re.MULTILINE)


class AmbiguousFile(UserError):  # noqa: N818 - the name states what is wrong
    """A folder has several events files, and nothing says which is meant."""


class NearestFile(Struct, frozen=True):
    """The events file that is nearest to a folder; ``path`` is ``None`` without one.

    Paths are as the user would type them. ``passed_by`` are files with such a name that are not
    events files, ``is_above`` states that the file is not in the folder itself, and ``top`` is the
    last folder that was looked at.
    """

    path: str | None
    passed_by: tuple[str, ...]
    is_above: bool
    top: str


def find_events_file(folder: str, top: str | None = None) -> NearestFile:
    """Return the events file in a folder, or in the nearest one above, up to a real folder.

    That is `events.yaml` or the only `*.timeline.yaml`. By default, ``top`` is the root of the
    folder; an empty ``folder`` is the current one.

    Raises: ``AmbiguousFile``, ``ForbiddenPath`` if there is no current folder.
    """
    here = real_path(folder)
    top = find_root(here) if top is None else top
    passed_by: list[str] = []
    for place in map(str, (Path(here), *Path(here).parents)):
        as_typed = folder if place == here else os.path.relpath(place, real_path(""))
        names = {name: _joined(as_typed, name) for name in events_file_names(place)}
        ours = [name for name in names if may_be_events_file(os.path.join(place, name))]  # noqa: PTH118
        passed_by += [path for name, path in names.items() if name not in ours]
        if len(ours) > 1:
            listed = " and ".join(f"`{names[name]}`" for name in ours[:2])
            more = f" and {len(ours) - 2} more" if len(ours) > 2 else ""
            raise AmbiguousFile(
                f"{listed}{more} are events files in one folder", "name the one that is meant"
            )
        if ours:
            return NearestFile(names[ours[0]], tuple(passed_by), place != here, top)
        if place == top or not is_within(place, top):
            break
    return NearestFile(None, tuple(passed_by), is_above=False, top=top)


def _joined(folder: str, name: str) -> str:
    return os.path.normpath(os.path.join(folder, name)) if folder else name  # noqa: PTH118 - as text


def events_file_names(folder: str) -> list[str]:
    """Return the names in a folder that an events file may have, the usual one first."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - as text
    except OSError:  # it may be opened, but not listed
        names = [EVENTS_FILE] if os.path.lexists(os.path.join(folder, EVENTS_FILE)) else []  # noqa: PTH118
    return names_of_events_files(names)


def names_of_events_files(names: list[str]) -> list[str]:
    """Return those of the sorted names that an events file may have, the usual one first."""
    others = [name for name in names if name.endswith(_SUFFIX) and not name.startswith(".")]
    return [EVENTS_FILE, *others] if EVENTS_FILE in names else others


def may_be_events_file(path: str) -> bool:
    """Return whether a file has the key `calendar`, or why not is for its reader to report.

    That is what cannot be read, and what is a link: it may lead anywhere.
    """
    if os.path.islink(path):  # noqa: PTH114 - as text
        return True
    try:
        content = read_regular_file(path, os.stat(path).st_mode, MAX_BYTES)  # noqa: PTH116 - as text
    except (OSError, ValueError):
        return True
    if len(content) > MAX_BYTES or b"\0" in content:
        return True
    text, _ = decode_text(content, path)
    try:
        return any(map(_is_calendar, _top_keys(text.clean)))
    except YAMLError:
        return any(_is_calendar(match[1]) for match in _KEY.finditer(text.clean))


def _is_calendar(key: str) -> bool:
    """Return whether a key is `calendar`, or a misspelling that its reader reports."""
    return key == _CALENDAR or bool(one_edit_away(key, [_CALENDAR]))


def _top_keys(text: str) -> Iterator[str]:
    """Yield the keys of the mapping that a YAML file is.

    Raises: ``yaml.YAMLError``.
    """
    next_event = yaml_events(text)
    depth, is_key = 0, True
    while (event := next_event()) is not None:
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            if depth == 0 and isinstance(event, SequenceStartEvent):
                return
            depth += 1
            continue
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            depth -= 1
        elif depth == 1 and is_key and isinstance(event, ScalarEvent):
            yield event.value
        if depth == 1:  # a key or a value ends here
            is_key = not is_key
