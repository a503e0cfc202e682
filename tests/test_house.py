"""The structure of the package: layers, rooms, and what a command imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = ROOT / "src" / "timeline"
PUBLIC_MODULES = {"timeline.diagnostics.rules"}
"""Modules that other rooms import whole: the rules are constants of theirs."""

HEAVY = {"typer", "pydantic", "pydantic_core", "yaml", "icalendar", "pendulum", "rich", "webcolors"}
HEAVY |= {"dateutil", "holidays", "jinja2", "resvg_py", "wcwidth", "xlsxwriter"}
ONLY_FOR_SOME = {
    "dataclasses",
    "importlib.metadata",
    "importlib.resources",
    "timeline.compiler.fix",
    "timeline.formats.svg.writer",
    "timeline.model.words.rules",
    "timeline.diagnostics.render.terminal",
    "timeline.diagnostics.render.json",
    "timeline.diagnostics.render.sarif",
    "timeline.dates.corrections.dates",
    "timeline.source.syntax.failure",
    "timeline.publishing.change_list",
    "timeline.publishing.verify.verifier",
    "xml.etree.ElementTree",
}

FILE = """
calendar: {id: x.org, name: X, timezone: Europe/Berlin}
events:
  - {id: a, summary: A, start: 2025-01-03, end: 2025-01-17}
  - {id: b, summary: B, start: 2025-01-03T09:00, alarms: [1 day before, 2025-01-02T18:00]}
"""

TYPER = {"typer"}
if Version(version("typer")) >= Version("0.29"):  # beyond our bound: it asks for pydantic itself
    TYPER |= {"pydantic", "pydantic_core", "importlib.metadata"}

PROBE = """
import sys
from timeline.__main__ import main
sys.argv[1:] = {arguments!r}
try:
    main()
except SystemExit as done:
    assert not done.code, done.code
print("\\n" + " ".join(sorted(sys.modules)))
"""


def loaded_by(*arguments: str, folder: Path) -> set[str]:
    """Run the command line in a separate process; return the slow modules that it imported."""
    (folder / "events.yaml").write_text(FILE)
    (folder / "page.md").write_text("<!-- timeline:start -->\n<!-- timeline:end -->\n")
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(arguments=list(arguments))],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split()) & (HEAVY | ONLY_FOR_SOME)


SVG = TYPER | {"yaml", "timeline.formats.svg.writer"}


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--version"], set()),
        (["--help"], {"typer"}),
        (["export", "--help"], TYPER),
        (["explain", "circle"], TYPER | {"importlib.resources"}),
        (["validate"], TYPER | {"yaml"}),
        (["export", "--csv", "--md"], TYPER | {"yaml", "timeline.model.words.rules"}),
        (["export", "--csv", "--csv-dialect=excel"], TYPER | {"yaml"}),
        (["export", "--xlsx"], TYPER | {"yaml", "dataclasses", "wcwidth", "xlsxwriter"}),
        (
            ["export", "--png", "--svg-width=320"],
            TYPER | {"yaml", "resvg_py", "timeline.formats.svg.writer"},
        ),
        (["export", "--html"], TYPER | {"yaml", "jinja2", "importlib.resources"}),
        (["export", "--svg"], SVG),
        (["export", "--ics", "--no-verify"], TYPER | {"yaml"}),
        (["embed", "page.md"], TYPER | {"yaml", "timeline.model.words.rules"}),
        (["schema"], TYPER),
    ],
)
def test_a_command_waits_only_for_what_it_needs(
    arguments: list[str], allowed: set[str], tmp_path: Path
) -> None:
    assert loaded_by(*arguments, folder=tmp_path) <= allowed


def test_an_unchanged_feed_is_exported_without_a_calendar_library(tmp_path: Path) -> None:
    loaded_by("export", folder=tmp_path)
    assert "icalendar" not in loaded_by("export", folder=tmp_path)


def test_modules_import_only_lower_layers() -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", lint, "--no-cache", "--config", str(ROOT / ".importlinter")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_start_with_a_docstring() -> None:
    for module in ROOT.glob("src/timeline/**/*.py"):
        assert module.read_text(encoding="utf-8").startswith('"""'), module


ROOMS = sorted(path.parent for path in PACKAGE.glob("*/__init__.py"))


@cache
def imports_of(module: Path) -> list[tuple[str, str]]:
    """Return module and name of every import from the project, those within functions too."""
    return [
        (str(node.module), alias.name)
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("timeline.")
        for alias in node.names
    ]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_is_imported_only_by_the_names_of_its_init(room: Path) -> None:
    """Also in imports for types, which import-linter leaves out, and within functions."""
    names = {name for _, name in imports_of(room / "__init__.py")}
    for module in PACKAGE.rglob("*.py"):
        if module.is_relative_to(room) or module.name == "__main__.py":
            continue
        for source, name in imports_of(module):
            if source.split(".")[1] == room.name and f"{source}.{name}" not in PUBLIC_MODULES:
                assert source == f"timeline.{room.name}", (module, source, name)
                assert name in names, (module, name)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_takes_its_names_from_the_modules_that_define_them(room: Path) -> None:
    package = import_module(f"timeline.{room.name}")
    for source, name in imports_of(room / "__init__.py"):
        if source.startswith(package.__name__):
            assert getattr(package, name) is getattr(import_module(source), name)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_name_of_a_room_is_used_in_another(room: Path) -> None:
    used = {
        name
        for module in PACKAGE.rglob("*.py")
        if not module.is_relative_to(room)
        for source, name in imports_of(module)
        if source == f"timeline.{room.name}"
    }
    own = f"timeline.{room.name}."
    names = {name for source, name in imports_of(room / "__init__.py") if source.startswith(own)}
    assert names <= used


CODE = sorted([*PACKAGE.rglob("*.py"), *(ROOT / "tools").rglob("*.py")])


def functions_of(module: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_a_module_has_at_most_400_lines() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert {path: length for path, length in lengths.items() if length > 400} == {}


def test_a_function_has_at_most_60_lines_and_6_parameters() -> None:
    for module in CODE:
        for function in functions_of(module):
            assert (function.end_lineno or 0) - function.lineno < 60, (module, function.name)
            given = function.args
            names = {argument.arg for argument in given.posonlyargs + given.args + given.kwonlyargs}
            rest = [argument for argument in (given.vararg, given.kwarg) if argument]
            assert len(names - {"self", "cls"}) + len(rest) <= 6, (module, function.name)


def test_no_room_has_the_name_of_a_public_function() -> None:
    below = {path.stem for path in PACKAGE.iterdir()}
    assert below.isdisjoint({"load", "loads", "export", "fix"})
