"""What a contributor starts with: the lock file, the targets of the Makefile, the hooks."""

from __future__ import annotations

import re
import tomllib

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.paths import ROOT

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
    for name in ("markdown", "sphinx"):
        assert set(extras[name]) <= set(extras["dev"])


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
