"""Build the events of this project with documentation engines, for their pictures."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tools.docs import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_NAME = "Defender at the Dakar"
_SENTENCE = "All milestones of the team, and what is not yet decided."

_MKDOCS = f"""\
site_name: {_NAME}
theme:
  name: material
  font: false
  palette:
    - {{media: "(prefers-color-scheme)"}}
    - {{media: "(prefers-color-scheme: light)", scheme: default}}
    - {{media: "(prefers-color-scheme: dark)", scheme: slate}}
plugins: [timeline]
"""

_SPHINX = f"""\
project = html_title = "{_NAME}"
extensions = ["myst_parser", "timeline.sphinx"]
html_theme = "furo"
html_copy_source = False
"""


def build_mkdocs(folder: Path) -> Path:
    """Build a site with Material for MkDocs in a new folder, and return its page."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_MKDOCS, encoding="utf-8")
    (folder / "docs" / "index.md").write_text(_page("```timeline", "{}: {}"), encoding="utf-8")
    _build(folder, "mkdocs", "build", "--strict", "--quiet")
    return folder / "site" / "index.html"


def build_sphinx(folder: Path) -> Path:
    """Build a site with Sphinx and Furo in a new folder, and return its page."""
    folder.mkdir(parents=True)
    (folder / "conf.py").write_text(_SPHINX, encoding="utf-8")
    (folder / "index.md").write_text(_page("```{timeline}", ":{}: {}"), encoding="utf-8")
    _build(folder, "sphinx", "-W", "-q", ".", "site")
    return folder / "site" / "index.html"


def _page(fence: str, option: str) -> str:
    """Return a page with the diagram of all events, and their list."""
    diagram = f"{fence}\n{option.format('style', 'diagram')}\n```\n"
    events = f"{fence}\n{option.format('style', 'page')}\n```\n"
    return f"# Milestones\n\n{_SENTENCE}\n\n{diagram}\n{events}"


def _build(folder: Path, module: str, *arguments: str) -> None:
    shutil.copy(ROOT / "events.yaml", folder)
    subprocess.run(  # noqa: S603 - an engine, with a page of ours
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_MKDOCS_2_WARNING": "1"},
        check=True,
    )
