"""The pages: which ones there are, and their text with current sections and examples."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tools.docs import ROOT
from tools.docs.command_reference import command_reference
from tools.docs.diagnostics_page import diagnostics_page
from tools.docs.examples import run_examples
from tools.docs.hero import narrow_hero, wide_hero
from tools.docs.sections import fill_sections

GENERATED = {
    ROOT / "docs" / "commands.md": command_reference,
    ROOT / "docs" / "diagnostics.md": diagnostics_page,
    ROOT / "docs" / "pictures" / "hero.svg": wide_hero,
    ROOT / "docs" / "pictures" / "hero-narrow.svg": narrow_hero,
}
"""The pages and drawings that are generated as a whole, and what returns their text."""

TESTED_ELSEWHERE = ("dates.md",)
"""Pages with tests of their own."""


def page_paths() -> list[Path]:
    """Return the pages that are generated or checked here, those at the root first."""
    paths = {*GENERATED, *(ROOT / "docs").glob("*.md")}
    return [
        *sorted(ROOT.glob("*.md")),
        *sorted(path for path in paths if path.name not in TESTED_ELSEWHERE),
    ]


def render_page(path: Path) -> str:
    """Return the current text of a page.

    Raises:
        PageError: an example does not behave as the page states, or a section is unknown.
    """
    if path in GENERATED:
        return GENERATED[path]()
    text = fill_sections(path.read_text(encoding="utf-8"), path.name)
    with tempfile.TemporaryDirectory() as folder:
        return run_examples(text, path.name, Path(folder))
