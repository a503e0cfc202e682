"""Projects of documentation engines: the examples of the docs, built in separate processes."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

from support.paths import ROOT
from tools.forks import HAS_FORKS, ForkServer

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = ROOT / "docs" / "examples"


ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
"""No notices about future versions."""

IMPORTED = {
    "mkdocs": ("mkdocs.__main__", "mkdocs.commands.build", "mkdocs.theme", "markdown"),
    "properdocs": ("properdocs.__main__", "properdocs.commands.build", "markdown"),
    "sphinx": ("sphinx.cmd.build", "sphinx.builders.html", "sphinx.application"),
}
"""What a server imports once for all builds of an engine, besides the program."""


@cache
def _server(module: str) -> ForkServer:
    program = ("timeline.embed.python_markdown", "timeline.sphinx", "timeline.compiler.pipeline")
    names = *IMPORTED[module], *program
    server = ForkServer(*names, environment={**os.environ, **ENVIRONMENT})
    atexit.register(server.close)
    return server


def run_engine(project: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run an engine in a project, in a process of its own."""
    environment = {**os.environ, **ENVIRONMENT}
    if HAS_FORKS and module in IMPORTED:
        return _server(module).run(project, module, arguments, environment)
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def change(path: Path, old: str, new: str) -> None:
    """Replace the only occurrence of a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def add(path: Path, text: str) -> None:
    """Append a text to a file."""
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def events_file(authors: dict[str, str]) -> str:
    """Return an events file with an author's texts; JSON is YAML."""
    more = {
        "location": authors["location"],
        "categories": ["c"],
        "sources": [{"title": authors["quote"], "quote": authors["quote"]}],
    }
    return json.dumps(
        {
            "calendar": {"id": "x.org", "name": authors["name"]},
            "categories": {"c": {}},
            "events": [
                {
                    "id": "a",
                    "summary": authors["summary"],
                    "start": "2027",
                    "description": authors["text"],
                    **more,
                    "events": [{"id": "b", "summary": authors["summary"], "start": "2027", **more}],
                },
                {"id": "c", "summary": authors["summary"], "start": "TBC", **more},
            ],
        },
        ensure_ascii=False,
    )
