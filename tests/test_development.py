"""What a contributor starts with: versions and their lock, the targets of the Makefile, hooks."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.paths import ROOT
from tools import floors

LOCK = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def locked() -> dict[str, list[str]]:
    """Return the locked versions by name; a version may be of some Pythons or systems only."""
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"(?m)^([a-z0-9._-]+)==([^ ;\\]+)", LOCK):
        versions.setdefault(canonicalize_name(name), []).append(version)
    return versions


def test_the_lock_satisfies_what_the_project_requires() -> None:
    versions = locked()
    for text in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]):
        requirement = Requirement(text)
        chosen = versions.get(canonicalize_name(requirement.name), [])
        assert chosen, f"{text} is not locked: make lock"
        assert all(version in requirement.specifier for version in chosen), f"{text}: make lock"


def test_the_lock_names_hashes_and_no_place() -> None:
    entries = re.split(r"(?m)^(?=[a-z])", LOCK)[1:]
    assert len(entries) > 50
    assert all(" --hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|^-|@ |/", re.sub(r"(?m)^ +#.*", "", LOCK), re.MULTILINE)


def test_the_extras_for_users_are_in_the_one_for_development() -> None:
    extras = PROJECT["optional-dependencies"]
    for name in ("excel", "markdown", "sphinx"):
        assert set(extras[name]) <= set(extras["dev"])


def test_every_direct_dependency_has_a_lowest_version() -> None:
    extras = PROJECT["optional-dependencies"].values()
    for requirements in (PROJECT["dependencies"], *extras):
        pins = floors.pins(requirements)
        assert [Requirement(pin).name for pin in pins] == [
            Requirement(text).name for text in requirements
        ]


def test_the_lowest_version_is_pinned() -> None:
    assert floors.pins(["icalendar>=7.3,<8", "wcwidth>=0.3"]) == ["icalendar==7.3", "wcwidth==0.3"]
    for text in ("wcwidth", "wcwidth<1", "wcwidth==0.3"):
        with pytest.raises(ValueError, match="not enough values"):
            floors.pins([text])


def test_the_lowest_versions_are_installed_and_tested(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    constraints: list[str] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        if "-c" in command:
            path = Path(command[command.index("-c") + 1])
            constraints.extend(path.read_text(encoding="utf-8").splitlines())
        return subprocess.CompletedProcess(command, 3 if "pytest" in command else 0)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "version_info", (3, 11, 9))
    assert floors.main(["tests/dates"]) == 3
    assert [command[2] for command in commands] == ["venv", "pip", "pip", "pytest"]
    assert commands[-1][-1] == "tests/dates"
    assert "icalendar==7.3" in constraints
    assert "pytest==8.3" in constraints
    monkeypatch.setattr(sys, "version_info", (3, 14, 0))
    assert floors.main([]) == 2


def test_make_explains_every_target() -> None:
    targets = re.findall(r"(?m)^([a-z-]+):", MAKEFILE)
    assert re.findall(r"(?m)^([a-z-]+):.*## .", MAKEFILE) == targets
    (phony,) = re.findall(r"(?m)^\.PHONY: (.*)$", MAKEFILE)
    assert phony.split() == targets


def test_the_hooks_run_what_make_check_runs() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repository in config["repos"] for hook in repository["hooks"]]
    (recipe,) = re.findall(r"(?m)^check:.*\n((?:\t.*\n)+)", MAKEFILE)
    commands = [command.removeprefix("\t$(BIN)/") for command in recipe.splitlines()]
    for hook in hooks:
        command = hook["entry"].removeprefix(".venv/bin/").removesuffix(" --force-exclude")
        wanted = {"ruff check --fix": "ruff check", "ruff format": "ruff format --check"}
        assert wanted.get(command, command) in commands
