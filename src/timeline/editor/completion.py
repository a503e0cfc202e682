"""Complete values that no schema knows: ids with their dates, units, categories, zones, colours.

What is typed is found in the line itself, since a text is seldom valid YAML while it is typed. The
ids and categories are those of the last analysis, so that completion never waits for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import webcolors
from msgspec import Struct

from timeline._lazy import regex
from timeline.dates import AOE_NAME, listed_zone_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.editor.analysis import Analysis


class Completion(Struct, frozen=True):
    """A text that may stand in place of the last ``typed`` characters before the cursor."""

    label: str
    typed: int
    detail: str = ""
    about: str = ""


class _Value(Struct, frozen=True):
    """The key whose value is typed, and its text before the cursor."""

    key: str
    text: str


_DATES = frozenset({"start", "end", "until", "rdate", "exdate"})
_IDS = frozenset({"related-to", "ids", "exclude", "parent"})
_DURATIONS = frozenset({"duration", "alarms", "refresh"})
_UNITS = ("minute", "hour", "day", "week", "month", "year")

_FREE = frozenset({"properties", "was"})
"""The keys below which nothing refers to anything: dates that were, and properties of others."""
_WITHOUT = {"start": "defaults", "end": "defaults", "timezone": "feeds"}
"""The keys below which others do not exist."""

_BRACKET = regex(r"(?:([a-z-]+):[ \t]*)?[\[{]|[\]}]")
_KEYS_OF_LINE = regex(r"([ \t]*)((?:-[ \t]+)*)(?:([a-z-]+):(?=\s|\Z))?")
_INSIDE = regex(r"(?:^|[\s{,-])([a-z-]+):[ \t]+(\[[^\]{}]*|[^,\[\]{}]*)\Z")
_ITEM = regex(r"([ \t]*)-[ \t]+([^:\[\]{}]*)\Z")
_KEY = regex(r"([ \t]*(?:-[ \t]+)*)([a-z-]+):[ \t]*(?:#.*)?\Z")
_EXTENSION = regex("x-")
_COMMENT = regex(r"(?:^|\s)#")
_ID = regex(r"(?:^|\b(?:between|and|not before|not after) )([a-z0-9][\w-]*|)\Z")
_EDGE = regex(r"(?:^| )[a-z0-9][\w-]*\.([a-z]*)\Z")
_DAY = regex(r"\.(?:start|end)\.([a-z]*)\Z")
_TERM = regex(r" [+-] (\d+) ([a-z ]*)\Z")
_AMOUNT = regex(r"^(\d+) ([a-z]*)\Z")


def completions(
    lines: Sequence[str], line: int, column: int, analysis: Analysis | None
) -> Iterator[Completion]:
    """Yield what may be typed at a place of a text; lines and columns count from 1."""
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    if _COMMENT.search(before) or (value := _value(lines, line, before)) is None:
        return
    outer = {*_outer_keys(lines[: line - 1], before)}
    if outer & _FREE or _WITHOUT.get(value.key) in outer or any(map(_EXTENSION.match, outer)):
        return
    if value.key in _DATES:
        yield from _dates(value.text, analysis)
    elif value.key in _DURATIONS:
        if match := _AMOUNT.search(value.text):
            yield from _units(match[1], match[2], _UNITS)
    elif value.key in _IDS:
        yield from _matching(value.text, _ids(analysis))
    elif value.key == "categories":
        yield from _matching(value.text, _categories(analysis))
    elif value.key == "timezone":
        yield from _matching(value.text, ((name, "", "") for name in _zones()))
    elif value.key == "color":
        yield from _matching(value.text, _colors())


def _value(lines: Sequence[str], line: int, before: str) -> _Value | None:
    """Return the value that is typed; of a list, the item."""
    if match := _INSIDE.search(before):
        text = match[2]
        if text.startswith("["):
            text = text[1:].rpartition(",")[2]
        return _Value(match[1], text.lstrip().lstrip("'\""))
    if (match := _ITEM.fullmatch(before)) is None:
        return None
    indent = len(match[1])
    for above in reversed(lines[: line - 1]):
        content = above.strip()
        depth = len(above) - len(above.lstrip())
        if not content or content.startswith("#") or depth > indent:
            continue
        if depth == indent and content.startswith("-"):
            if key := _KEY.fullmatch(above):
                return _Value(key[2], match[2]) if len(key[1]) <= indent else None
            continue
        key = _KEY.fullmatch(above)
        return _Value(key[2], match[2].lstrip("'\"")) if key else None
    return None


def _outer_keys(above: Sequence[str], before: str) -> Iterator[str]:
    """Yield the keys that a place is below: those of brackets in its line, and by indentation."""
    opened = list[str]()
    for bracket in _BRACKET.finditer(before):
        if bracket[0] in "]}":
            del opened[-1:]
        else:
            opened.append(bracket[1] or "")
    yield from opened
    limit = _columns(before)[1]
    for line in reversed(above):
        column, item, key = _columns(line)
        if line.isspace() or not line or line.lstrip().startswith("#") or column > limit:
            continue
        if column < limit and key:
            yield key
        if column < limit or item < column:  # another key of the same item
            limit = item


def _columns(line: str) -> tuple[int, int, str | None]:
    """Return where the key of a line begins, what its parent must be left of, and the key.

    The key of a list may begin in the column of the items.
    """
    match = _KEYS_OF_LINE.match(line)
    assert match is not None  # noqa: S101 - it matches nothing, too
    indent, column = len(match[1]), match.end(2)
    return column, indent + 1 if match[2] else column, match[3]


def _dates(text: str, analysis: Analysis | None) -> Iterator[Completion]:
    if match := _DAY.search(text):
        yield from _matching(match[1], [("day", "the day of a time", "")])
    elif match := _EDGE.search(text):
        edges = [("start", "its first day or time", ""), ("end", "its last day or time", "")]
        yield from _matching(match[1], edges)
    elif match := _TERM.search(text):
        yield from _units(match[1], match[2], (*_UNITS, "working day"))
    elif match := _ID.search(text):
        yield from _matching(match[1], _ids(analysis))


def _units(amount: str, typed: str, units: Iterable[str]) -> Iterator[Completion]:
    plural = "" if amount.lstrip("0") == "1" else "s"
    yield from _matching(typed, ((unit + plural, "", "") for unit in units))


def _ids(analysis: Analysis | None) -> Iterator[tuple[str, str, str]]:
    for id_, event in analysis.known_events.items() if analysis else ():
        yield id_, event.dates, event.title


def _categories(analysis: Analysis | None) -> Iterator[tuple[str, str, str]]:
    for name, description in analysis.known_categories.items() if analysis else ():
        yield name, "", description


def _zones() -> Iterator[str]:
    yield AOE_NAME
    yield from listed_zone_names()


def _colors() -> Iterator[tuple[str, str, str]]:
    for name in webcolors.names("css3"):
        yield name, webcolors.name_to_hex(name), ""


def _matching(typed: str, choices: Iterable[tuple[str, str, str]]) -> Iterator[Completion]:
    """Yield the choices that begin as typed, or a part of whose name does, such as `Paris`."""
    start = typed.lower()
    for label, detail, about in choices:
        parts = label.lower().split("/")
        if any(part.startswith(start) for part in (label.lower(), *parts)):
            yield Completion(label, len(typed), detail, about)
