"""Tell events files from other files, by their names and by the key `calendar`."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

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
from timeline.diagnostics import one_edit_away
from timeline.source.files import read_regular_file
from timeline.source.parser import yaml_events
from timeline.source.paths import is_within
from timeline.source.text import decode_text

if TYPE_CHECKING:
    from collections.abc import Iterator

EVENTS_FILE = "events.yaml"
_SUFFIX = ".timeline.yaml"
_CALENDAR = "calendar"
_KEY = regex(r"^[\"']?(\w+)[\"']?[ \t]*:", re.ASCII | re.MULTILINE)


def events_file_names(folder: str) -> list[str]:
    """Return the names in a folder that an events file may have, the usual one first."""
    try:
        names = sorted(os.listdir(folder))  # noqa: PTH208 - as text
    except OSError:  # it may be opened, but not listed
        names = [EVENTS_FILE] if os.path.lexists(os.path.join(folder, EVENTS_FILE)) else []  # noqa: PTH118
    others = [name for name in names if name.endswith(_SUFFIX) and not name.startswith(".")]
    return [EVENTS_FILE, *others] if EVENTS_FILE in names else others


def may_be_events_file(path: str, top: str) -> bool:
    """Return whether a file has the key `calendar`, or why not is for its reader to report.

    That is what cannot be read, and what a link leads to outside of ``top``.
    """
    if not is_within(os.path.realpath(path), top):
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
