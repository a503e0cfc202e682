"""The habits of the house that a machine can hold: layers, modules, what starts when."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {"typer", "pydantic", "yaml", "icalendar", "pendulum", "rich", "webcolors"}
HEAVY |= {"dateutil", "wcwidth"}
ONLY_FOR_SOME = {
    "importlib.metadata",  # which pydantic imports too, so it cannot be kept out everywhere
    "timeline.formats.svg.writer",
    "timeline.model.words.rules",
    "timeline.diagnostics.render.terminal",
    "timeline.diagnostics.render.json",
    "timeline.diagnostics.render.sarif",
    "timeline.dates.spellings",
    "timeline.source.syntax.failure",
    "timeline.publishing.verify.verifier",
}

FILE = """
calendar: {id: x.org, name: X, timezone: Europe/Berlin}
events:
  - {id: a, summary: A, start: 2025-01-03, end: 2025-01-17}
  - {id: b, summary: B, start: 2025-01-03T09:00}
"""

PYDANTIC = {"typer", "pydantic", "importlib.metadata"}

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
    """Run the command line in a process of its own; gives what it imported that takes long."""
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


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--version"], set()),
        (["--help"], {"typer"}),
        (["export", "--help"], PYDANTIC),  # typer 0.28 and later ask for it themselves
        (["explain", "circle"], PYDANTIC),
        (["validate"], PYDANTIC | {"yaml"}),
        (["export", "--csv", "--md"], PYDANTIC | {"yaml", "timeline.model.words.rules"}),
        (["export", "--svg"], PYDANTIC | {"yaml", "timeline.formats.svg.writer"}),
        (["export", "--ics", "--no-verify"], PYDANTIC | {"yaml"}),
        (["embed", "page.md"], PYDANTIC | {"yaml", "timeline.model.words.rules"}),
        (["schema"], PYDANTIC),
    ],
)
def test_a_command_waits_only_for_what_it_needs(
    arguments: list[str], allowed: set[str], tmp_path: Path
) -> None:
    assert loaded_by(*arguments, folder=tmp_path) <= allowed


def test_an_unchanged_feed_is_exported_without_a_calendar_library(tmp_path: Path) -> None:
    loaded_by("export", folder=tmp_path)
    assert "icalendar" not in loaded_by("export", folder=tmp_path)


def test_modules_import_only_what_stands_below_them() -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", lint, "--no-cache", "--config", str(ROOT / ".importlinter")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_begin_with_what_they_are() -> None:
    for module in ROOT.glob("src/timeline/**/*.py"):
        assert module.read_text(encoding="utf-8").startswith('"""'), module
