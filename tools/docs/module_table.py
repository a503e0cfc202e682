"""The table of the layers that ``.importlinter`` enforces."""

from __future__ import annotations

import ast
import re
from configparser import ConfigParser
from typing import TYPE_CHECKING

from tools.docs import ROOT
from tools.docs.markdown import cell, first_sentence, row, table

if TYPE_CHECKING:
    from pathlib import Path


def module_table() -> str:
    """Tabulate the modules from the top layer to the bottom one, with their docstrings."""
    settings = ConfigParser()
    settings.read(ROOT / ".importlinter", encoding="utf-8")
    # A line is a layer, and `|` or `:` separates its modules.
    layers = settings["importlinter:contract:layers"]["layers"].split("\n")
    rows: list[str] = []
    for layer in filter(None, layers):
        if rows:
            rows.append("| | |")
        for name in re.split(r"\s*[|:]\s*", layer):
            path = _module_path(name)
            docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            link = f"[`{name}`](../{path.relative_to(ROOT).as_posix()})"
            rows.append(row(link, cell(first_sentence(docstring))))
    return table("| Layer | What it is |", rows)


def _module_path(name: str) -> Path:
    """Return the file of a module or of a package of ``timeline``."""
    module = ROOT / "src" / "timeline" / f"{name}.py"
    return module if module.exists() else module.with_suffix("") / "__init__.py"
