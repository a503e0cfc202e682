"""`timeline export --tracked`, with git itself."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from support.command import Done
from timeline.cli import tracked
from timeline.history import process

EVENTS = "calendar: {id: x.org, name: X}\nevents:\n  - {id: a, summary: A, start: 2027-01-03}\n"


def git(*arguments: str, cwd: str = ".") -> str:
    settings = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    done = subprocess.run(
        ["git", *settings, *arguments], cwd=cwd, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    Path("events.yaml").write_text(EVENTS)
    return tmp_path


def typed(done: Done) -> list[str]:
    """Return the words of the command that the help says to type."""
    assert done.code == 1
    return shlex.split(done.err.rpartition("type `")[2].rpartition("`")[0])


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        ([], "dist/events.ics"),
        (["--output-dir", "dist", "--name", "it's [all] *"], "dist/it's [all] *.ics"),
        (["--output-dir", "-out"], "-out/events.ics"),
        (["--output-dir", "my feeds"], "my feeds/events.ics"),
        (["--output-dir", "."], "events.ics"),
    ],
)
def test_what_the_message_says_to_type_makes_it_pass(arguments: list[str], first: str) -> None:
    git("init", "-q")
    done = Done("export", "--tracked", *arguments)
    assert f"timeline: `{first}` and 2 more are not tracked by git\n" in done.err
    git(*typed(done)[1:])
    assert Done("export", "--tracked", *arguments).code == 0
    assert len(git("ls-files").splitlines()) == 3


def test_the_outputs_of_the_file_are_asked_for_too(monkeypatch: pytest.MonkeyPatch) -> None:
    git("init", "-q")
    outputs = "outputs: {directory: public, ics: true, md: [{path: docs/a.md}, {path: b.md}]}\n"
    Path("events.yaml").write_text(EVENTS + outputs)
    Path("sub").mkdir()
    monkeypatch.chdir("sub")
    done = Done("export", "--tracked")
    names = ["../public/events.ics", "../docs/a.md", "../b.md"]
    assert typed(done) == ["git", "add", *names]
    git(*typed(done)[1:])
    assert Done("export", "--tracked", "--check").code == 0
    Path("../b.md").write_text("")
    assert Done("export", "--tracked", "--check").err.endswith(f"would change {Path('../b.md')}\n")


def test_only_what_is_not_tracked_is_named() -> None:
    git("init", "-q")
    Done("export")
    git("add", "dist/events.csv", "dist/events.md")
    done = Done("export", "--tracked")
    assert "timeline: `dist/events.ics` is not tracked by git\n" in done.err
    assert typed(done) == ["git", "add", "dist/events.ics"]


def test_check_and_diff_ask_for_it_too() -> None:
    git("init", "-q")
    Done("export")
    for option in ("--check", "--diff"):
        assert typed(Done("export", "--tracked", option))[:2] == ["git", "add"]
    git("add", ".")
    assert Done("export", "--tracked", "--check").code == 0
    Path("events.yaml").write_text(EVENTS.replace("2027", "2028"))
    assert "not tracked" not in Done("export", "--tracked", "--check").err


def test_what_git_ignores_passes() -> None:
    git("init", "-q")
    Path(".gitignore").write_text("dist/\n")
    assert Done("export", "--tracked").code == 0
    Path(".gitignore").write_text("*.csv\n*.md\n")
    assert typed(Done("export", "--tracked")) == ["git", "add", "dist/events.ics"]


def test_outside_of_a_repository_it_passes() -> None:
    assert Done("export", "--tracked").code == 0


def test_the_repository_is_that_of_the_output() -> None:
    Path("repo").mkdir()
    git("init", "-q", cwd="repo")
    done = Done("export", "--tracked", "--output-dir", "repo/dist")
    assert typed(done)[:3] == ["git", "add", "repo/dist/events.ics"]


def test_more_outputs_than_a_run_of_git_gets_are_all_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    git("init", "-q")
    monkeypatch.setattr(tracked, "_MOST_NAMES", 2)
    assert len(typed(Done("export", "--tracked", "--svg", "--csv", "--md", "--ics"))) == 2 + 4


def test_without_git_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    for program in (None, r".\git.exe"):
        monkeypatch.setattr(process.shutil, "which", lambda _, program=program: program)
        done = Done("export", "--tracked")
        assert (done.code, done.err.splitlines()[-2]) == (2, "timeline: git was not found")


def test_a_repository_that_git_does_not_read_is_an_error() -> None:
    git("init", "-q")
    Path(".git/config").write_text("[core\n")
    done = Done("export", "--tracked")
    assert done.code == 2
    assert "timeline: git cannot list" in done.err
    assert "bad config" in done.err


def test_it_has_no_effect_with_stdout() -> None:
    done = Done("export", "--ics", "--stdout", "--tracked")
    assert done.code == 2
    assert "--tracked has no effect with --stdout" in done.err


@pytest.mark.parametrize("is_linked", [False, True], ids=["main", "linked"])
@pytest.mark.parametrize("options", [[], ["-a"]])
def test_in_a_hook_of_git_it_asks_the_index_of_the_commit(
    options: list[str],
    is_linked: bool,
    folder: Path,
) -> None:
    git("init", "-q")
    hook = Path(".git/hooks/pre-commit")
    hook.parent.mkdir(exist_ok=True)
    command = f"{shlex.quote(sys.executable)} -m timeline export --tracked"
    hook.write_text(f"#!/bin/sh\nexec {command}\n")
    hook.chmod(0o755)
    git("add", "events.yaml")
    git("commit", "-q", "--no-verify", "-m", "Begin")
    tree = folder
    if is_linked:
        tree = folder / "linked"
        git("worktree", "add", "-q", str(tree))
    (tree / "events.yaml").write_text(EVENTS.replace("2027", "2028"))
    git("add", "events.yaml", cwd=str(tree))
    with pytest.raises(subprocess.CalledProcessError) as failed:
        git("commit", "-q", *options, "-m", "Move", cwd=str(tree))
    assert "type `git add dist/events.ics" in failed.value.stderr
    git("add", "dist", cwd=str(tree))
    git("commit", "-q", *options, "-m", "Move", cwd=str(tree))
    assert "dist/events.ics" in git("ls-files", cwd=str(tree))
