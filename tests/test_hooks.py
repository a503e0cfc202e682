"""The hooks of .pre-commit-hooks.yaml: what they run exists, and pre-commit runs them."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import typer
import yaml

from support import foreign
from support.paths import ROOT
from timeline.cli.app import app
from timeline.source.documents import _MARKDOWN_SUFFIXES

if TYPE_CHECKING:
    from pathlib import Path

HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}


_MISSING = foreign.missing_pre_commit()


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


@pytest.mark.foreign
@pytest.mark.skipif(bool(_MISSING), reason=_MISSING)
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs a clone: pre-commit reads git")
def test_pre_commit_runs_the_hooks(tmp_path: Path) -> None:
    def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    def hook(name: str) -> subprocess.CompletedProcess[str]:
        return run("pre-commit", "try-repo", ROOT, name, "--ref", "HEAD", "--all-files")

    run("git", "init", "-q")
    shutil.copy(ROOT / "events.yaml", tmp_path)
    run("git", "add", ".")
    done = hook("timeline-validate")
    assert done.returncode == 0, done.stdout + done.stderr
    done = hook("timeline-export")
    assert (tmp_path / "dist" / "events.ics").exists(), done.stdout + done.stderr
    assert "type `git add dist/events.ics dist/events.csv dist/events.md`" in done.stdout
    assert hook("timeline-export").returncode == 1  # also when it writes nothing
    run("git", "add", "dist")
    done = hook("timeline-export")
    assert done.returncode == 0, done.stdout + done.stderr
    page = tmp_path / "page.md"
    page.write_text("<!-- timeline:start -->\n<!-- timeline:end -->\n")
    run("git", "add", ".")
    assert hook("timeline-embed").returncode == 1
    run("git", "add", ".")
    done = hook("timeline-embed")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "## 2025" in page.read_text(encoding="utf-8")
    events = tmp_path / "events.yaml"
    events.write_text(events.read_text().replace("2025-01-17", "2025-01-32"))
    run("git", "add", ".")
    done = hook("timeline-validate")
    assert done.returncode == 1
    assert "error[no-such-date]" in done.stdout
