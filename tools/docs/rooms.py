"""The rooms of ``timeline``: a drawing of their imports and a table of what each is for."""

from __future__ import annotations

import ast
import re
from configparser import ConfigParser
from functools import cache
from typing import TYPE_CHECKING

from tools.docs import ROOT
from tools.docs.markdown import cell, first_sentence, row, table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PACKAGE = ROOT / "src" / "timeline"


def room_diagram() -> str:
    """Draw the imports between rooms as a Mermaid flowchart.

    An import that follows from a path of other arrows has no arrow: it would hide the others.
    """
    rooms = [name for layer in _layers() for name in layer if (PACKAGE / name).is_dir()]
    imports = {room: _imports()[room] & set(rooms) for room in rooms}
    lines = [f'    {room}["{room}<br>{_subject(room)}"]' for room in rooms]
    lines += [
        f"    {room} --> {imported}"
        for room in rooms
        for imported in rooms
        if imported in imports[room]
        and not any(imported in _reachable(other, imports) for other in imports[room])
    ]
    return "\n".join(["```mermaid", "flowchart TB", *lines, "```"])


def room_table() -> str:
    """Tabulate the rooms and modules, top layer first, with their docstrings and imports."""
    rows: list[str] = []
    for layer in _layers():
        if rows:
            rows.append("| | | |")
        for name in layer:
            link = f"[`{name}`](../{_path(name).relative_to(ROOT).as_posix()})"
            imported = ", ".join(f"`{other}`" for other in sorted(_imports()[name]))
            rows.append(row(link, cell(first_sentence(_docstring(name))), imported))
    return table("| Room | What it is for | Imports |", rows)


@cache
def _layers() -> list[list[str]]:
    """Return the layers of ``.importlinter``, top first: a list of names for each."""
    settings = ConfigParser()
    settings.read(ROOT / ".importlinter", encoding="utf-8")
    # A line is a layer, and `|` or `:` separates its modules.
    layers = settings["importlinter:contract:layers"]["layers"].split("\n")
    return [re.split(r"\s*[|:]\s*", layer) for layer in layers if layer]


@cache
def _imports() -> dict[str, set[str]]:
    """Return the rooms and modules of ``timeline`` that each of them imports, also for types."""
    imports: dict[str, set[str]] = {name: set() for layer in _layers() for name in layer}
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if name == "__init__":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("timeline."):
                imports[name].add(str(node.module).split(".")[1])
    return {name: imported - {name} for name, imported in imports.items()}


def _reachable(room: str, imports: Mapping[str, set[str]]) -> set[str]:
    """Return the rooms that a room imports, directly or through others."""
    return imports[room].union(*(_reachable(other, imports) for other in imports[room]))


def _subject(room: str) -> str:
    """Return what a room is about: its docstring up to the colon."""
    return first_sentence(_docstring(room)).partition(":")[0]


def _docstring(name: str) -> str:
    return ast.get_docstring(ast.parse(_path(name).read_text(encoding="utf-8"))) or ""


def _path(name: str) -> Path:
    """Return the file of a module or of a room."""
    module = PACKAGE / f"{name}.py"
    return module if module.exists() else PACKAGE / name / "__init__.py"
