"""A value that is longer than its kind may be is refused, in every place, before it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from support.loading import file_text, load_text
from timeline._limits import MAX_ADDRESS, MAX_DESCRIPTION, MAX_RULE, MAX_TEXT, MAX_VALUE
from timeline.compiler.schema.declarations import ListOf, Nested, Repeatable, Table, Value
from timeline.diagnostics import At, On, Refusal, rules
from timeline.publishing import EVENTS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.schema.declarations import Declared, Reader

HEAD = "calendar: {id: x.org, name: X, language: en}\n"


def values(declared: type[Declared], done: set[object]) -> Iterator[tuple[str, Value[Any]]]:
    """Yield each reader of texts below a mapping, with the name of its key."""
    done.add(declared)
    for key in declared.declaration.keys.values():
        yield from values_of(key.reader, f"{declared.__name__}.{key.name}", done)


def values_of(
    reader: Reader[Any], name: str, done: set[object]
) -> Iterator[tuple[str, Value[Any]]]:
    match reader:
        case Value():
            yield name, reader
        case ListOf():
            yield from values_of(reader.item, name, done)
        case Table():
            yield f"{name} (its keys)", reader.names
            yield from values_of(reader.values, name, done)
        case Nested() | Repeatable() if reader.declared not in done:
            yield from values(reader.declared, done)


READERS = dict(values(EVENTS_FILE.root, set()))


@pytest.mark.parametrize("name", READERS)
def test_no_value_of_any_key_is_longer_than_a_description(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        READERS[name].read("2" * (MAX_DESCRIPTION + 1))
    assert refused.value.rule is rules.TOO_LONG


ADDRESS = "https://x.org/"
LONGEST = {
    "summary: V": ("a", MAX_TEXT),
    "summary: {en: V}": ("a", MAX_TEXT),
    "location: V": ("a", MAX_TEXT),
    "description: V": ("a", MAX_DESCRIPTION),
    "description: {en: V}": ("a", MAX_DESCRIPTION),
    "categories: [V]": ("a", MAX_TEXT),
    "properties: {X-A: V}": ("a", MAX_TEXT),
    "sources: [{title: V}]": ("a", MAX_TEXT),
    "sources: [{title: A, quote: V}]": ("a", MAX_TEXT),
    "sources: [{url: V}]": (ADDRESS, MAX_ADDRESS),
    "url: V": (ADDRESS, MAX_ADDRESS),
    "image: [{url: V}]": (ADDRESS, MAX_ADDRESS),
    "attach: [{url: V}]": (ADDRESS, MAX_ADDRESS),
    "attach: [{url: 'https://x.org', title: V}]": ("a", MAX_TEXT),
    "conference: [{url: V}]": (ADDRESS, MAX_ADDRESS),
    "organizer: {email: a@x.org, name: V}": ("a", MAX_TEXT),
    "organizer: {email: V}": ("a@", MAX_VALUE),
    "contact: {name: V}": ("a", MAX_TEXT),
    "uid: V": ("a", MAX_VALUE),
    "was: [{start: 2025, note: V}]": ("a", MAX_TEXT),
}
"""Keys that may have a value ``V`` of any length up to a limit, and how such a value begins."""


def event_with(entry: str, value: str) -> str:
    name = entry.partition(":")[0]
    keys = {"id": "id: a", "summary": "summary: A", "start": "start: 2025"} | {name: entry}
    return file_text(", ".join(keys.values()), calendar=HEAD).replace("V", f'"{value}"')


@pytest.mark.parametrize("entry", LONGEST)
def test_a_value_may_be_as_long_as_the_limit_and_no_longer(entry: str) -> None:
    start, limit = LONGEST[entry]
    value = start + "b" * (limit - len(start))
    assert load_text(event_with(entry, value)).is_sound
    diagnostics = load_text(event_with(entry, value + "b")).diagnostics
    assert [diagnostic.code for diagnostic in diagnostics] == ["too-long"]


@pytest.mark.parametrize(
    "entry",
    [
        *("id: V", "start: V", "end: V", "duration: V", "timezone: V", "color: V", "status: V"),
        *("was: [V]", "rdate: [V]", "exdate: [V]", "alarms: [V]", "related-to: [V]"),
        *("renamed-from: [V]", "priority: V", "geo: {latitude: V, longitude: 1}"),
        *("overrides: [{recurrence-id: V}]", "summary: {? V : A}", "properties: {? V : A}"),
        *("rrule: V", "rrule: {freq: daily, byday: V}", "rrule: {freq: daily, byday: [V]}"),
    ],
)
def test_a_value_of_any_other_kind_is_short(entry: str) -> None:
    long = MAX_RULE if "rrule" in entry else MAX_VALUE
    (diagnostic,) = load_text(event_with(entry, "2" * (long + 1))).diagnostics
    assert diagnostic.code == "too-long"
    assert isinstance(diagnostic.at, At)
    assert diagnostic.at.path[:3] == ("events", 0, entry.partition(":")[0])
    assert (diagnostic.at.on is On.KEY) == ("?" in entry)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("calendar: {id: x.org, name: V}\nevents: []\n", ("calendar", "name")),
        ("calendar: {id: V, name: X}\nevents: []\n", ("calendar", "id")),
        (HEAD.replace("}", ", source: V}") + "events: []\n", ("calendar", "source")),
        (HEAD + "categories: {? V : {}}\nevents: []\n", ("categories", "V")),
        (HEAD + "feeds: [{id: V}]\nevents: []\n", ("feeds", 0, "id")),
        (HEAD + "feeds: [{id: f, name: V}]\nevents: []\n", ("feeds", 0, "name")),
        (HEAD + "feeds: [{id: f, ids: [V]}]\nevents: []\n", ("feeds", 0, "ids", 0)),
        (HEAD + "feeds: [{id: f, categories: [V]}]\nevents: []\n", ("feeds", 0, "categories", 0)),
        (HEAD + "format: V\nevents: []\n", ("format",)),
    ],
)
def test_values_outside_of_events_have_limits_too(text: str, path: tuple[str | int, ...]) -> None:
    value = "a" * (MAX_TEXT + 1)
    (diagnostic,) = load_text(text.replace("V", value)).diagnostics
    assert diagnostic.code == "too-long"
    assert isinstance(diagnostic.at, At)
    assert diagnostic.at.path == tuple(value if step == "V" else step for step in path)


def test_a_size_is_that_of_the_text_in_utf_8() -> None:
    for character, fits in (("a", MAX_TEXT), ("é", MAX_TEXT // 2), ("🏁", MAX_TEXT // 4)):
        assert load_text(event_with("location: V", character * fits)).is_sound
        assert not load_text(event_with("location: V", character * fits + "a")).is_sound
