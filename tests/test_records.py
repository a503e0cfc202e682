"""Our dataclasses against the standard library's: they only take less to make."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from timeline._records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable


def make(dataclass: Callable[..., Any], **options: bool) -> Any:
    class Stage:
        name: str
        days: int = 1
        text: str = dataclasses.field(default="", compare=False)
        hidden: str = dataclasses.field(default="", repr=False)

    return dataclass(slots=True, **options)(Stage)


@pytest.mark.parametrize(
    "options",
    [{}, {"frozen": True}, {"frozen": True, "order": True}, {"frozen": True, "eq": False}],
)
def test_records_are_the_dataclasses_of_the_standard_library(options: dict[str, bool]) -> None:
    ours, theirs = make(dataclass, **options), make(dataclasses.dataclass, **options)
    values: list[dict[str, Any]] = [
        {"name": "a"},
        {"name": "a", "text": "not compared"},
        {"name": "a", "hidden": "compared"},
        {"name": "b", "days": 2},
    ]
    mine, others = ([each(**value) for value in values] for each in (ours, theirs))
    assert list(map(repr, mine)) == list(map(repr, others))
    assert [a == b for a in mine for b in mine] == [a == b for a in others for b in others]
    assert not any(a == b for a in mine for b in others)
    assert ours.__match_args__ == theirs.__match_args__
    if options.get("frozen"):
        assert len(set(mine)) == len(set(others))
    else:
        with pytest.raises(TypeError):
            hash(mine[0])
    if options.get("order"):
        assert [a < b for a in mine for b in mine] == [a < b for a in others for b in others]
