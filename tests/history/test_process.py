"""What git runs: nothing that the settings of a repository name."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from support.command import Done
from support.loading import CALENDAR
from support.repositories import commit_all, git

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = (
    ["validate", "."],
    ["embed", "--discover"],
    ["export", "--csv", "--tracked", "--output-dir", "."],
    ["diff"],
    ["changelog"],
)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX: a script as a program")
@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_command_runs_what_the_repository_names(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, ran = tmp_path / "repository", tmp_path / "ran"
    folder.mkdir()
    (folder / "events.yaml").write_text(f"{CALENDAR}events: []\n", encoding="utf-8")
    commit_all(folder)
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {ran}\n", encoding="utf-8")
    program.chmod(0o700)
    for key in ("core.fsmonitor", "core.pager", "core.sshCommand"):
        git(folder, "config", key, str(program))
    git(folder, "update-index", "--fsmonitor")
    git(folder, "ls-files", "--others")
    assert ran.exists()  # git alone runs it
    ran.unlink()
    monkeypatch.chdir(folder)
    done = Done(*arguments)
    assert done.code in (0, 1), done.err
    assert not ran.exists()
