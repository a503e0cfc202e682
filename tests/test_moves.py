"""Every sum of a day or a time and a length is in one module, which refuses what leaves the years.

The types are those that mypy infers, so that no way of writing a sum goes round it.
"""

from __future__ import annotations

import gc
import os
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest
from mypy import build
from mypy.config_parser import parse_config_file
from mypy.modulefinder import BuildSource
from mypy.nodes import Expression, MypyFile, Node, OperatorAssignmentStmt, OpExpr, TypeInfo
from mypy.options import Options
from mypy.types import Instance, Type, UnionType, get_proper_type

from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MOVES = "timeline.dates.moves"
LENGTH, MOMENTS = "datetime.timedelta", {"datetime.date", "datetime.datetime"}

ALLOWED = {
    "timeline.dates.posix_tz": 2,  # a day of the year, from its first day
    "timeline.dates.zones": 1,  # a wall-clock time and the gap that clocks skip
    "timeline.dates.instants": 1,  # a time of day and an offset, whose sum is only compared
    "timeline.dates.corrections.spreadsheets": 1,  # a number of five digits, so from 1982 to 2119
    "timeline.formats.ics.vtimezone": 3,  # onsets of a zone, in years that are limited before
}
"""How many sums other modules have."""


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def _names(type_: Type | None) -> set[str]:
    type_ = get_proper_type(type_)
    if isinstance(type_, UnionType):
        return {name for item in type_.items for name in _names(item)}
    return {type_.type.fullname} if isinstance(type_, Instance) else set()


REFERENCES = {"node", "info", "type", "unanalyzed_type", "analyzed", "original_def", "setter"}
"""The attributes of a node that lead to another place, perhaps in another module."""


@cache
def _parts(kind: type[Node]) -> list[str]:
    """Return the attributes of a kind of node that may be its parts."""
    return [name for name in dir(kind) if not name.startswith("_") and name not in REFERENCES]


def _nodes(tree: MypyFile) -> Iterator[Node]:
    """Yield all nodes of a module, each once. The visitors of mypy cannot be used from Python."""
    seen, waiting = set[int](), [*tree.defs]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        for name in _parts(type(node)):
            items = [getattr(node, name, None)]
            while items:
                item = items.pop()
                if isinstance(item, list | tuple):
                    items += item
                elif isinstance(item, Node) and not isinstance(item, TypeInfo | MypyFile):
                    waiting.append(item)


def _sums(tree: MypyFile, types: Mapping[Expression, Type]) -> int:
    """Return how many sums of a moment and a length a module has."""
    count = 0
    for node in _nodes(tree):
        if isinstance(node, OpExpr) and node.op in "+-":
            sides = [_names(types.get(node.left)), _names(types.get(node.right))]
        elif isinstance(node, OperatorAssignmentStmt) and node.op in "+-":
            sides = [_names(types.get(node.lvalue)), _names(types.get(node.rvalue))]
        else:
            continue
        has_length = any(LENGTH in names for names in sides)
        count += has_length and any(names & MOMENTS for names in sides)
    return count


@pytest.fixture
def _without_collector() -> Iterator[None]:
    """Turn the garbage collector off: it would go through all that mypy builds, again and again."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.slow
@pytest.mark.usefixtures("_without_collector")
def test_no_other_module_adds_to_a_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    options = Options()
    parse_config_file(options, lambda: None, "pyproject.toml", sys.stdout, sys.stderr)
    options.export_types, options.incremental = True, False
    options.preserve_asts, options.cache_dir = True, os.devnull
    options.mypy_path = ["src"]
    paths = {_module(path): path for path in sorted((ROOT / "src").rglob("*.py"))}
    sources = [BuildSource(str(path), name, None) for name, path in paths.items()]
    built = build.build(sources, options)
    assert not built.errors
    sums = {name: _sums(built.files[name], built.types) for name in paths}
    assert sums.pop(MOVES) >= 5
    assert {name: count for name, count in sums.items() if count} == ALLOWED
