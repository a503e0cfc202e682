"""The events of a file laid flat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.compiler.resolve.tree import Entry, edge_path, flatten, is_written
from timeline.compiler.schema.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

CALENDAR = {"id": "x.org", "name": "X", "timezone": "Asia/Riyadh"}


def event(name: str, **keys: Any) -> dict[str, Any]:
    return {"id": name, "summary": "S", "start": "2025-01-03", **keys}


def entries(*events: dict[str, Any]) -> Iterator[Entry]:
    validated = validate({"calendar": CALENDAR, "events": list(events)}, None)
    assert not validated.diagnostics
    return flatten(validated.timeline, validated.refused)


def test_parents_precede_their_children_in_file_order() -> None:
    tree = [event("a", events=[event("b", events=[event("c")]), event("d")]), event("e")]
    flat = list(entries(*tree))
    assert [(entry.written.id, entry.depth) for entry in flat] == [
        ("a", 0),
        ("b", 1),
        ("c", 2),
        ("d", 1),
        ("e", 0),
    ]
    assert flat[2].path == ("events", 0, "events", 0, "events", 0)
    assert [entry.parent and entry.parent.written.id for entry in flat] == [
        None,
        "a",
        "b",
        "a",
        None,
    ]


def test_an_end_that_is_a_duration_has_the_path_of_the_duration() -> None:
    point, span, length = entries(
        event("point"), event("span", end="2025-01-04"), event("length", duration="2 days")
    )
    assert [edge_path(entry, "end")[-1] for entry in (point, span, length)] == [
        "end",
        "end",
        "duration",
    ]
    assert [is_written(entry, "end") for entry in (point, span, length)] == [False, True, True]
    assert is_written(point, "start")
