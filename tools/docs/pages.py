"""The pages: which ones there are, and their text with current sections and examples."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tools.docs import ROOT
from tools.docs.command_reference import command_reference
from tools.docs.examples import run_examples
from tools.docs.sections import fill_sections

COMMAND_REFERENCE = ROOT / "docs" / "commands.md"

TESTED_ELSEWHERE = ("dates.md", "diagnostics.md")
"""Pages with tests, and partly generators, of their own."""


def page_paths() -> list[Path]:
    """Return the pages that are generated or checked here, those at the root first."""
    paths = {COMMAND_REFERENCE, *(ROOT / "docs").glob("*.md")}
    return [
        *sorted(ROOT.glob("*.md")),
        *sorted(path for path in paths if path.name not in TESTED_ELSEWHERE),
    ]


def render_page(path: Path) -> str:
    """Return the current text of a page.

    Raises:
        PageError: an example does not behave as the page states, or a section is unknown.
    """
    if path == COMMAND_REFERENCE:
        return command_reference()
    text = fill_sections(path.read_text(encoding="utf-8"), path.name)
    with tempfile.TemporaryDirectory() as folder:
        return run_examples(text, path.name, Path(folder))
