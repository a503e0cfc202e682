"""The snippets of docs/ci.md for build servers: they are read, and their commands run.

That of pre-commit is run in `test_pre_commit.py`.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.paths import ROOT
from support.repositories import commit_all
from timeline.changes.markdown import MARKER

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
SNIPPETS: list[str] = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
BY_PATH = {
    text.splitlines()[0].removeprefix("# "): yaml.safe_load(text)
    for text in SNIPPETS
    if text.startswith("# ")
}
WORKFLOW = BY_PATH[".github/workflows/timeline.yaml"]["jobs"]["timeline"]
GITLAB = BY_PATH[".gitlab-ci.yml"]["timeline"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def runs(steps: list[dict[str, Any]]) -> list[str]:
    return [step["run"] for step in steps if "run" in step]


SCANNING = next(yaml.safe_load(text) for text in SNIPPETS if "codeql" in text)
SCRIPTS: dict[str, tuple[list[str], dict[str, str]]] = {
    "github": (runs(WORKFLOW["steps"]), WORKFLOW["env"]),
    "gitlab": (GITLAB["script"], GITLAB["variables"]),
}


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "events.yaml", tmp_path)
    shutil.copytree(ROOT / "dist", tmp_path / "dist")
    return tmp_path


def run(script: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the lines of a script as a build server does, apart from the installation."""
    program = f'timeline() {{ {shlex.quote(sys.executable)} -m timeline "$@"; }}'
    lines = [line for line in script if not line.startswith("pip install")]
    return subprocess.run(
        ["bash", "-e", "-c", "\n".join([program, *lines])],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_page_has_a_snippet_for_each_system() -> None:
    assert list(BY_PATH) == [
        ".github/workflows/timeline.yaml",
        ".gitlab-ci.yml",
        ".pre-commit-config.yaml",
    ]


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_installs_this_project_and_passes(name: str) -> None:
    script, environment = SCRIPTS[name]
    assert script[0] == f"pip install {PROJECT['name']}"
    assert len(script) > 2
    done = run(script, **environment)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2025-01-17", "2025-01-32", "no-such-date"),
        ("2025-01-17", "2025-01-16", "would change dist/events.ics"),
    ],
)
def test_a_script_fails_for_an_error_and_for_an_old_output(
    name: str, old: str, new: str, message: str
) -> None:
    script, environment = SCRIPTS[name]
    events = Path("events.yaml")
    events.write_text(events.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    done = run(script, **environment)
    assert done.returncode == 1
    assert message in done.stdout + done.stderr


def test_each_diagnostic_is_a_line_of_the_log_or_an_annotation() -> None:
    Path("events.yaml").write_text("calendar: {id: x.org, name: X}\nevents: [{id: a}]\n")
    first = {
        name: run(script, **environment).stdout.splitlines()[0]
        for name, (script, environment) in SCRIPTS.items()
    }
    assert first["github"].startswith("::error ")
    assert first["gitlab"].startswith("events.yaml:2:")


def test_the_versions_of_python_are_supported() -> None:
    lowest = PROJECT["requires-python"].removeprefix(">=")
    (setup,) = (step for step in WORKFLOW["steps"] if "setup-python" in step.get("uses", ""))
    for version in (setup["with"]["python-version"], GITLAB["image"].removeprefix("python:")):
        assert isinstance(version, str)  # 3.10 as a number would be 3.1
        assert [int(part) for part in version.split(".")] >= [int(p) for p in lowest.split(".")]


def test_code_scanning_gets_a_report_also_of_errors() -> None:
    (command,) = runs(SCANNING)
    file = SCANNING[1]["with"]["sarif_file"]
    assert SCANNING[1]["if"] == "always()"
    Path("events.yaml").write_text("calendar: {id: x.org, name: X}\nevents: [{id: a}]\n")
    assert run([command]).returncode == 1
    assert json.loads(Path(file).read_text(encoding="utf-8"))["runs"][0]["results"]


CHANGES = (ROOT / "docs" / "changes.md").read_text(encoding="utf-8")
REVIEWS = {
    text.splitlines()[0]: yaml.safe_load(text)
    for text in re.findall(r"^```yaml\n(# \..*?)^```$", CHANGES, re.MULTILINE | re.DOTALL)
}
JOBS = {
    "github": (
        runs(REVIEWS["# .github/workflows/changes.yaml"]["jobs"]["changes"]["steps"]),
        "BASE",
    ),
    "gitlab": (REVIEWS["# .gitlab-ci.yml"]["changes"]["script"], "CI_MERGE_REQUEST_DIFF_BASE_SHA"),
}


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("name", JOBS)
def test_a_review_gets_the_changes_of_the_branch(name: str, project: Path) -> None:
    script, base = JOBS[name]
    assert script[0] == f"pip install {PROJECT['name']}"
    (compared,) = (line for line in script if line.startswith("timeline "))
    commit_all(project)
    for text, exit_code in (("end: 2025-01-18 #", 0), ("end: 2025-01-17 #", 0), ("end: [", 1)):
        file = (ROOT / "events.yaml").read_text(encoding="utf-8")
        (project / "events.yaml").write_text(file.replace("end: 2025-01-17 #", text))
        done = run([compared], **{base: "HEAD"})
        assert done.returncode == exit_code, done.stderr
        if exit_code == 0:
            table = (project / "changes.md").read_text(encoding="utf-8")
            assert table.startswith(f"{MARKER}\n")
            assert ("Moved: " in table) == ("18" in text)
    assert MARKER in " ".join(script) or name == "gitlab"
