"""Find where the ids of events and feeds, and the names of categories, are defined and used.

The data are read as they are written, so that also a file with errors has its names.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from timeline._lazy import regex
from timeline.dates import EVENT_ID_PATTERN
from timeline.diagnostics import At, On

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.diagnostics import Path

ANCHOR = regex(rf"(?<![\w.-])({EVENT_ID_PATTERN})\.(?:start|end)(?![\w-])")
"""An event in a relative date: `dakar-2025` in `dakar-2025.end - 2 days`."""


class Kind(StrEnum):
    """What a name is of."""

    EVENT = "event"
    FEED = "feed"
    CATEGORY = "category"


class Name(Struct, frozen=True):
    """A name at a place; ``at`` has its part of the text there.

    ``is_old`` states that it is one that an event had before.
    """

    kind: Kind
    text: str
    at: At
    is_definition: bool = False
    is_old: bool = False


def names_in(data: dict[str, Any]) -> Iterator[Name]:
    """Yield the names in the data of a document."""
    yield from _categories(data)
    yield from _feeds(data.get("feeds"))
    yield from _of_list(data.get("defaults"), ("defaults",), "categories", Kind.CATEGORY)
    for index, item in _items(data.get("include")):
        path: Path = ("include", index)
        yield from _of_list(item, path, "categories", Kind.CATEGORY)
        if isinstance(item, dict):
            defaults = item.get("defaults")
            yield from _of_list(defaults, (*path, "defaults"), "categories", Kind.CATEGORY)
    waiting: list[tuple[Path, Any]] = [((), data)]
    while waiting:
        above, holder = waiting.pop()
        for index, event in _items(holder.get("events")):
            if isinstance(event, dict):
                path = (*above, "events", index)
                yield from _of_event(event, path)
                if "events" in event:
                    waiting.append((path, event))


def _categories(data: dict[str, Any]) -> Iterator[Name]:
    categories = data.get("categories")
    if not isinstance(categories, dict):
        return
    for name, category in categories.items():
        at = At(("categories", name), On.KEY)
        yield Name(Kind.CATEGORY, str(name), at, is_definition=True)
        if isinstance(category, dict) and isinstance(feed := category.get("feed"), str):
            at = At(("categories", name, "feed"))
            yield Name(Kind.FEED, feed, at, is_definition=True)


def _feeds(feeds: Any) -> Iterator[Name]:
    for index, feed in _items(feeds):
        path: Path = ("feeds", index)
        if not isinstance(feed, dict):
            continue
        yield from _of_text(feed, path, "id", Kind.FEED, is_definition=True)
        yield from _of_text(feed, path, "parent", Kind.EVENT)
        for key in ("ids", "exclude"):
            yield from _of_list(feed, path, key, Kind.EVENT)
        yield from _of_list(feed, path, "categories", Kind.CATEGORY)


def _of_event(event: dict[str, Any], path: Path) -> Iterator[Name]:
    yield from _of_text(event, path, "id", Kind.EVENT, is_definition=True)
    for key in ("start", "end"):
        yield from _anchors(event.get(key), (*path, key))
    if len(event) < 3:
        return
    yield from _of_list(event, path, "categories", Kind.CATEGORY)
    yield from _of_list(event, path, "renamed-from", Kind.EVENT, is_old=True)
    for index, other in _items(event.get("related-to")):
        at = (*path, "related-to", index)
        if isinstance(other, str):
            yield Name(Kind.EVENT, other, At(at))
        elif isinstance(other, dict):
            yield from _of_text(other, at, "id", Kind.EVENT)
    rule = event.get("rrule")
    if isinstance(rule, dict):
        yield from _anchors(rule.get("until"), (*path, "rrule", "until"))
    else:
        yield from _anchors(rule, (*path, "rrule"))
    for key in ("rdate", "exdate"):
        for index, item in _items(event.get(key)):
            yield from _anchors(item, (*path, key, index))
    for index, override in _items(event.get("overrides")):
        yield from _of_list(override, (*path, "overrides", index), "categories", Kind.CATEGORY)


def _anchors(text: Any, path: Path) -> Iterator[Name]:
    if isinstance(text, str) and "." in text:
        for match in ANCHOR.finditer(text):
            yield Name(Kind.EVENT, match[1], At(path, part=match.span(1)))


def _of_text(
    holder: dict[str, Any], path: Path, key: str, kind: Kind, *, is_definition: bool = False
) -> Iterator[Name]:
    if isinstance(text := holder.get(key), str):
        yield Name(kind, text, At((*path, key)), is_definition)


def _of_list(
    holder: Any, path: Path, key: str, kind: Kind, *, is_old: bool = False
) -> Iterator[Name]:
    if isinstance(holder, dict) and key in holder:
        for index, text in _items(holder[key]):
            if isinstance(text, str):
                yield Name(kind, text, At((*path, key, index)), is_old=is_old)


def _items(value: Any) -> Iterator[tuple[int, Any]]:
    yield from enumerate(value if isinstance(value, list) else ())
