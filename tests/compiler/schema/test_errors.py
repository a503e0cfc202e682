"""Errors of the shape of a file: each has a message of ours, none has one of pydantic."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from pydantic_core import ValidationError
from pydantic_core._pydantic_core import list_all_errors  # public nowhere else

from support.loading import file_text, load_text
from timeline.compiler.schema import errors
from timeline.compiler.schema.declarations import ListOf, Nested, Table, Value
from timeline.compiler.schema.timeline import Timeline
from timeline.compiler.schema.validation import validate
from timeline.compiler.schema.validator import read_timeline
from timeline.diagnostics import At

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.schema.declarations import Declared, Reader

ODD_VALUES: tuple[Any, ...] = (
    *(None, "", " ", "x", "a\nb", "-1", "2025-02-30", "TBC", "x" * 200),
    *([], [None], ["x"], [[]], [{}], ["x", ["y"]]),
    *({}, {"x": None}, {"x": "y"}, {"x": []}, {"": "x"}, {"X-A": "x", "x-a": "y"}),
)
"""Each is wrong for most keys: of every type that a file can contain, and texts of many forms."""


PYTHON = re.compile(r"\b(?:str|dict|tuple|NoneType|None|dataclass|pydantic)\b")


def samples(reader: Reader[Any], depth: int = 0) -> Iterator[Any]:
    """Yield values that reach every place below a reader, with an odd value there."""
    match reader:
        case Value():
            yield from ODD_VALUES
        case ListOf():
            yield from ODD_VALUES
            yield from ([sample] for sample in samples(reader.item, depth))
            if most := reader.schema.get("maxItems"):
                yield ["2027-01-01"] * (most + 1)  # of all limited lists, the items are days
        case Table():
            yield from ODD_VALUES
            yield from ({"a": sample} for sample in samples(reader.values, depth))
        case Nested():
            yield from ODD_VALUES
            if depth < 2:
                yield from mappings(reader.declared, depth + 1)


def mappings(declared: type[Declared], depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield mappings of which one key has an odd value, and one with an unknown key."""
    yield {"unknown": "x", "sumary": "x"}
    for name, key in declared.declaration.keys.items():
        yield from ({name: sample} for sample in samples(key.reader, depth))


def pydantic_errors(data: Any) -> list[Any]:
    try:
        read_timeline(data)
    except ValidationError as failure:
        return list(failure.errors(include_url=False))
    return []


def templates() -> list[re.Pattern[str]]:
    """Return patterns of the messages that pydantic has for its types of errors."""
    patterns = []
    for error in list_all_errors():
        words = re.split(r"\{.*?\}", error["message_template_python"])
        if len("".join(words)) > len("error: "):  # not that of `value_error`, which has ours
            patterns.append(re.compile(".*".join(map(re.escape, words))))
    return patterns


def test_every_type_of_error_that_the_schema_can_give_has_a_message_of_ours() -> None:
    types = set()
    own = templates()
    for data in mappings(Timeline):  # the reader makes sure that the root is a mapping
        types |= {error["type"] for error in pydantic_errors(data)}
        diagnostics = validate(copy.deepcopy(data)).diagnostics
        for text in (text for d in diagnostics for text in (d.message, d.help or "")):
            assert not any(pattern.search(text) for pattern in own), text
            assert not PYTHON.search(text), text
    assert types == errors.EXPLANATIONS.keys()


@pytest.mark.parametrize(
    ("entry", "help_"),
    [
        ("sources: Dakar Rally", "write `sources: [{title: Dakar Rally}]`"),
        ("sources: 'Le Monde, 3 May'", 'write `sources: [{title: "Le Monde, 3 May"}]`'),
        ("sources: ['Guide: \"Dakar\"']", "write `{title: 'Guide: \"Dakar\"'}`"),
        ("sources: https://x.org/a", "write `sources: [{url: https://x.org/a}]`"),
        ("start: [2026, 2027]", "for a span write `start: 2026` and `end: 2027`"),
        (
            "start: [2026, {end: 2027}]",
            "write one text; if this is meant as a text, put it in quotes",
        ),
    ],
)
def test_the_help_for_a_wrong_type_can_be_typed(entry: str, help_: str) -> None:
    event = "id: a, summary: A" + ("" if entry.startswith("start") else ", start: 2026")
    (diagnostic,) = load_text(file_text(f"{event}, {entry}")).diagnostics
    assert (diagnostic.code, diagnostic.help) == ("wrong-type", help_)


@pytest.mark.parametrize(
    "text",
    [
        "calendar:\n  id: x.org\n  name: X\n\u00a0 color: red\nevents: []\n",
        "calendar: {id: x.org, name: X}\nevents:\n  - id: a\n    start: 2025\n   \u00a0uid: u\n",
    ],
    ids=["calendar", "event"],
)
def test_a_key_behind_another_space_is_an_error_of_indentation(text: str) -> None:
    assert [diagnostic.code for diagnostic in load_text(text).diagnostics] == ["indentation"]


INCLUDED: tuple[Any, ...] = (
    *([], [{"path": "a.yaml"}], {}, {"path": []}, {"path": "a.yaml", "x": 1}),
    *({"path": "a.yaml", "defaults": value} for value in (3, [], {"x": 1}, {"alarms": ["x"]})),
    {"path": [], "defaults": {"x": {}}, "categories": {"x": []}},
)
"""Items of `include` that are wrong as a whole, in a key, or in their defaults."""


@pytest.mark.parametrize("first", INCLUDED, ids=repr)
@pytest.mark.parametrize("second", INCLUDED, ids=repr)
def test_two_wrong_items_of_include_are_both_reported(first: Any, second: Any) -> None:
    data = {"calendar": {"id": "a.example", "name": "A"}, "include": [first, second], "events": []}
    diagnostics = load_text(json.dumps(data)).diagnostics
    paths = [diagnostic.at.path for diagnostic in diagnostics if isinstance(diagnostic.at, At)]
    assert {path[1] for path in paths if path[0] == "include"} == {0, 1}


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("20.1, 42.6", "write `geo: {latitude: 20.1, longitude: 42.6}`"),
        ("20.1;42.6", "write `geo: {latitude: 20.1, longitude: 42.6}`"),
        ("139.7, 35.6", "write `geo: {latitude: 35.6, longitude: 139.7}`"),
        ("95, 200", "write keys and values: `latitude:`, `longitude:`"),
    ],
)
def test_two_numbers_are_a_point_if_they_can_be_one(text: str, help_: str) -> None:
    (diagnostic,) = load_text(
        file_text(f"id: a, summary: A, start: 2027, geo: {text!r}")
    ).diagnostics
    assert diagnostic.help == help_
