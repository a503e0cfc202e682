"""Complete values that no schema knows: ids with their dates, units, categories, zones, colours.

The value is found in the text itself, which is seldom valid YAML while it is typed. The ids and
categories are those of the last analysis, so that completion never waits for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import webcolors
from msgspec import Struct

from timeline._lazy import regex
from timeline.dates import AOE_NAME, listed_zone_names
from timeline.editor.cursor import typed_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from timeline.editor.analysis import Analysis


class Completion(Struct, frozen=True):
    """A text that may stand in place of the last ``typed`` characters before the cursor."""

    label: str
    typed: int
    detail: str = ""
    about: str = ""


_DATES = frozenset({"start", "end", "until", "rdate", "exdate"})
_IDS = frozenset({"related-to", "ids", "exclude", "parent"})
_DURATIONS = frozenset({"duration", "alarms", "refresh"})
_UNITS = ("minute", "hour", "day", "week", "month", "year")

_FREE = frozenset({"properties", "was"})
"""The keys below which nothing refers to anything: dates that were, and properties of others."""
_WITHOUT = {
    "start": {"defaults", "overrides"},
    "end": {"defaults", "overrides"},
    "timezone": {"feeds"},
    "until": {"outputs"},
}
"""The keys below which others do not exist, or accept other values."""

_ID = regex(r"(?:^|\b(?:between|and|not before|not after) )([a-z0-9][\w-]*|)\Z")
_EDGE = regex(r"(?:^| )[a-z0-9][\w-]*\.([a-z]*)\Z")
_DAY = regex(r"\.(?:start|end)\.([a-z]*)\Z")
_TERM = regex(r" [+-] (\d+) ([a-z ]*)\Z")
_AMOUNT = regex(r"^(\d+) ([a-z]*)\Z")


def completions(
    lines: Sequence[str], line: int, column: int, analysis: Analysis | None
) -> Iterator[Completion]:
    """Yield what may be typed at a place of a text; lines and columns count from 1."""
    value = typed_value(lines, line, column)
    if value is None or value.outer & (_FREE | _WITHOUT.get(value.key, set())):
        return
    if any(key.startswith("x-") for key in value.outer):
        return
    if value.key in _DATES:
        yield from _dates(value.text, analysis)
    elif value.key in _DURATIONS:
        if match := _AMOUNT.search(value.text):
            yield from _units(match[1], match[2], _UNITS)
    elif value.key in _IDS or (value.key == "id" and "related-to" in value.outer):
        yield from _matching(value.text, _ids(analysis))
    elif value.key == "categories":
        yield from _matching(value.text, _categories(analysis))
    elif value.key == "timezone":
        yield from _matching(value.text, ((name, "", "") for name in _zones()))
    elif value.key == "color":
        yield from _matching(value.text, _colors())


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
