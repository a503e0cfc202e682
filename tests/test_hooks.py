"""The hooks of .pre-commit-hooks.yaml: what they run, and for which files.

`test_pre_commit.py` runs them in pre-commit.
"""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest
import typer
import yaml

from support.paths import ROOT
from timeline.cli.app import app
from timeline.formats import FORMATS
from timeline.source.documents import _MARKDOWN_SUFFIXES

HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}


def test_the_hooks_are_those_that_the_documents_name() -> None:
    assert list(HOOKS) == ["timeline-validate", "timeline-export", "timeline-embed"]
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert re.findall(r"^ *- id: (timeline-.*)$", page, re.MULTILINE) == list(HOOKS)


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_a_hook_runs_a_command_that_exists_without_the_names_of_files(hook: dict[str, Any]) -> None:
    program, command, *options = shlex.split(hook["entry"])
    group: Any = typer.main.get_command(app)
    assert program == "timeline"
    known = {name for item in group.commands[command].params for name in item.opts}
    assert set(options) <= known
    assert hook["language"] == "python"
    assert not hook["pass_filenames"]  # a command takes one file, and an included one is none


@pytest.mark.parametrize(
    ("name", "hooks"),
    [
        ("events.yaml", {"timeline-validate", "timeline-export", "timeline-embed"}),
        ("more/2026.yml", {"timeline-validate", "timeline-export", "timeline-embed"}),
        ("dist/events.ics", {"timeline-export"}),
        ("dist/events.md", {"timeline-export", "timeline-embed"}),
        *(
            (f"dist/a{form.suffix}", {"timeline-export"})
            for form in FORMATS.values()
            if form.suffix != ".md"
        ),
        ("docs/a.mdx", {"timeline-embed"}),
        ("docs/a.txt", set()),
        ("src/a.py", set()),
    ],
)
def test_a_hook_is_run_by_what_concerns_it(name: str, hooks: set[str]) -> None:
    assert {hook for hook in HOOKS if re.search(HOOKS[hook]["files"], name)} == hooks


def test_the_hook_is_run_by_every_document_that_is_discovered() -> None:
    pattern = HOOKS["timeline-embed"]["files"]
    assert all(re.search(pattern, f"docs/a{suffix}") for suffix in _MARKDOWN_SUFFIXES)
