"""Put ordinary spaces where a file is indented with tabs, no-break spaces and similar characters.

How wide a tab is depends on the editor of the author. So several widths are tried, and one is taken
only if all with which the file can be read best give the same data.
"""

from __future__ import annotations

import re
from itertools import product
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline._lazy import regex
from timeline.source.loader import load_yaml
from timeline.source.text import INVISIBLE, SourceText, with_edits

if TYPE_CHECKING:
    from timeline.diagnostics import Path
    from timeline.source.loader import LoadedYaml

_WIDE = "\N{IDEOGRAPHIC SPACE}"
_TAB_WIDTHS = (2, 4, 8)
_MAX_CHARACTERS = 2_000_000
"""The size of the files whose tabs are replaced: six of them are read for one."""

_MAX_EDITS = 20
"""How many texts without quotes are read as if they had some, to see what is below them."""

# Spaces and dashes at the start of a line up to what is indented, which is no comment.
_INDENTATION = regex(
    rf"^(?:(?:[^\S\r\n]|[{INVISIBLE}])*-(?=[\s{INVISIBLE}]))*(?:[^\S\r\n]|[{INVISIBLE}])*(?=\S)",
    re.MULTILINE,
)
_NOT_A_SPACE = regex(r"[^ -]")


class _Reading(NamedTuple):
    """A text as it is read: up to which line, and the data."""

    text: str
    reach: float
    data: dict[str, Any]
    truncated: Path | None


def has_other_spaces(text: SourceText) -> bool:
    """Return whether a line of a text is indented with anything but spaces."""
    return any(_NOT_A_SPACE.search(match[0]) for match in _INDENTATION.finditer(text.clean))


def respaced(text: SourceText) -> str | None:
    """Return a text with spaces as its indentation; ``None`` if it is not certain how many.

    A tab in a block of text after ``|`` or ``>`` is part of that text, and stays.
    """
    if len(text.clean) > _MAX_CHARACTERS or text.clean is not text.raw:
        return None
    indentations = "".join(match[0] for match in _INDENTATION.finditer(text.clean))
    tabs = _TAB_WIDTHS if "\t" in indentations else (1,)
    wide = (2, 1) if _WIDE in indentations else (1,)
    readings = [_read(text, tab, signs) for tab, signs in product(tabs, wide)]
    best = max(reading.reach for reading in readings)
    candidates = [reading for reading in readings if reading.reach == best]
    first = candidates[0]
    is_stuck = best != inf and text.line(int(best)) != SourceText("", first.text).line(int(best))
    if is_stuck or any(
        (other.data, other.truncated) != (first.data, first.truncated) for other in candidates
    ):
        return None
    return first.text


def _read(text: SourceText, tab: int, wide: int) -> _Reading:
    """Read a text whose tabs and wide spaces have a width in spaces."""
    kept: set[int] = set()
    while True:
        written = _with_spaces(text.clean, tab, wide, kept)
        source, loaded = _read_through(SourceText(text.name, written))
        blocks = loaded.node.scalars() if loaded.node else ()
        inside = {
            line
            for block in blocks
            if block.style in ("|", ">")
            for line in _lines_of_text(text, source, block.start, block.end)
        }
        if inside <= kept:
            break
        kept |= inside
    last = loaded.diagnostics[-1] if loaded.truncated is not None else None
    reach = getattr(last.at, "line", inf) if last is not None else inf
    return _Reading(written, reach, loaded.data, loaded.truncated)


def _read_through(source: SourceText) -> tuple[SourceText, LoadedYaml]:
    """Read a text as far as possible, with the edits of its first syntax errors."""
    loaded = load_yaml(source, with_nodes=True)
    for _ in range(_MAX_EDITS):
        edit = loaded.diagnostics[-1].edit if loaded.truncated is not None else None
        if edit is None:
            break
        source = SourceText(source.name, with_edits(source, [edit]))
        loaded = load_yaml(source, with_nodes=True)
    return source, loaded


def _with_spaces(written: str, tab: int, wide: int, kept: set[int]) -> str:
    """Return a text with spaces for indentation, apart from the lines that begin at ``kept``."""

    def replace(match: re.Match[str]) -> str:
        if match.start() in kept or not _NOT_A_SPACE.search(match[0]):
            return match[0]
        spaces = ""
        for character in match[0]:
            if character == "\t":
                spaces += " " * (tab - len(spaces) % tab)
            elif character not in INVISIBLE:
                wide_space = " " * wide if character == _WIDE else " "
                spaces += character if character in " -" else wide_space
        return spaces

    return _INDENTATION.sub(replace, written)


def _lines_of_text(text: SourceText, source: SourceText, start: int, end: int) -> list[int]:
    """Return where lines begin whose indentation is part of a block: all in spaces already.

    ``source`` is ``text`` with other indentation, and has the block at ``start``.
    """
    first, last = source.place(start)[0], source.place(end)[0]
    lines = [source.line(number) or "" for number in range(first + 1, last + 1)]
    widths = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    if not widths:
        return []
    return [
        text.starts[number - 1]
        for number in range(first + 1, last + 1)
        if (text.line(number) or "").startswith(" " * max(widths[0], 1))
    ]
