"""Projects that exported before outputs were written beside the events file.

Until then they were written to `dist` in the current folder. A project goes on with the same files,
or the help has a command that makes it go on.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.clock import MOMENT
from support.command import Done

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = """\
calendar: {id: rally.example.org, name: The rally}
feeds: [{id: team, categories: [team]}]
events:
  - {id: rally, summary: The rally, start: 2027-01-03, end: 2027-01-17}
  - {id: debut, summary: The debut, start: 2027-03-01, categories: [team]}
"""
LATER = {"SOURCE_DATE_EPOCH": str(int(MOMENT) + 1_000_000)}

PROJECTS = {
    "root": ("events.yaml", ".", (), "dist"),
    "renamed in the root": ("rally.yaml", ".", (), "dist"),
    "subfolder": ("race/events.yaml", ".", (), "dist"),
    "subfolder, from there": ("race/events.yaml", "race", (), "race/dist"),
    "beside": ("race/events.yaml", "build", (), "build/dist"),
    "a name": ("race/events.yaml", ".", ("--name", "rally"), "dist"),
    "CI": ("race/events.yaml", ".", ("--output-dir", "public"), "public"),
    "CI, from the file's folder": ("race/events.yaml", "race", ("--output-dir", "../www"), "www"),
}
"""The events file, the current folder, the options, and the folder of the outputs until now."""


@pytest.fixture(autouse=True, params=[True, False], ids=["git", "no git"])
def _in_a_folder(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if request.param:
        Path(".git").mkdir()


@pytest.fixture(params=PROJECTS)
def project(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[tuple[str, ...], Path]:
    """Return the arguments of a project, which was exported before, and its folder of outputs."""
    file, here, options, outputs = PROJECTS[request.param]
    for folder in (Path(file).parent, Path(here)):
        folder.mkdir(parents=True, exist_ok=True)
    Path(file).write_text(FILE)
    arguments = (str(Path(*[".."] * len(Path(here).parts), file)), *options)
    folder = tmp_path / outputs
    monkeypatch.chdir(here)
    before = () if "--output-dir" in options else ("--output-dir", "dist")
    assert Done("export", *arguments, *before).code == 0
    assert {path.suffix for path in folder.iterdir()} == {".ics", ".csv", ".md"}
    return arguments, folder


def files_below(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def commands(help_: str) -> Iterator[list[str]]:
    """Yield the arguments of each command that a help says to type."""
    for command in re.findall("type `timeline (.+?)`", help_):
        yield shlex.split(command)


@pytest.mark.parametrize(
    "more",
    [
        (),
        ("--check",),
        ("--ics",),
        ("--csv",),
        ("--md", "--csv"),
        ("--feed", "team"),
        ("--ics", "--stdout"),
        ("--diff",),
    ],
    ids=" ".join,
)
def test_a_project_goes_on_with_its_files(
    project: tuple[tuple[str, ...], Path], more: tuple[str, ...], tmp_path: Path
) -> None:
    arguments, folder = project
    before = files_below(tmp_path)
    done = Done("export", *arguments, *more, env=LATER)
    if done.code == 2:
        assert "would be a new file" in done.err
        assert files_below(tmp_path) == before
        done = Done(*next(commands(done.err)), env=LATER)
    assert done.code == 0, done.err
    assert files_below(tmp_path) == before
    if "--stdout" in more:
        (main,) = {*folder.glob("*.ics")} - {folder / "team.ics"}
        assert done.out_bytes == main.read_bytes()


def test_a_change_continues_the_published_feed(
    project: tuple[tuple[str, ...], Path], tmp_path: Path
) -> None:
    arguments, folder = project
    before, names = files_below(folder), set(files_below(tmp_path))
    Path(arguments[0]).write_text(FILE.replace("The debut", "The first race"))
    done = Done("export", *arguments, env=LATER)
    if done.code == 2:
        done = Done(*next(commands(done.err)), env=LATER)
    assert done.code == 0, done.err
    assert set(files_below(tmp_path)) == names
    for path, content in files_below(folder).items():
        assert content != before[path]
        if path.suffix == ".ics":
            assert b"CREATED:20250101T120000Z" in content
            assert content.count(b"LAST-MODIFIED:20250101T120000Z") == content.count(b"UID:") - 1


def test_the_folder_may_be_written_in_the_file_instead(
    project: tuple[tuple[str, ...], Path], tmp_path: Path
) -> None:
    arguments, _ = project
    done = Done("export", *arguments, env=LATER)
    said = re.search(r"write `(outputs: .+?)` in the file", done.err)
    if done.code == 0 or said is None:
        assert done.code == 0 or "--name" in done.err or not (tmp_path / ".git").exists()
        return
    with Path(arguments[0]).open("a") as file:
        file.write(said[1] + "\n")
    before = files_below(tmp_path)
    assert Done("export", *arguments, "--check", env=LATER).code == 0
    assert Done("export", *arguments, env=LATER).code == 0
    assert files_below(tmp_path) == before


def test_the_new_folder_can_be_started(
    project: tuple[tuple[str, ...], Path], tmp_path: Path
) -> None:
    arguments, _ = project
    done = Done("export", *arguments, env=LATER)
    if done.code == 0:
        return
    *_, last = commands(done.err)
    before = files_below(tmp_path)
    assert Done(*last, env=LATER).code == 0
    assert files_below(tmp_path).keys() > before.keys()
    assert Done("export", *arguments, "--check", env=LATER).code == 0  # and it is asked no more


def test_a_new_directory_in_the_file_does_not_leave_the_feed_behind(tmp_path: Path) -> None:
    Path("events.yaml").write_text(FILE)
    assert Done("export").code == 0
    Path("events.yaml").write_text(FILE + "outputs: {directory: public}\n")
    before = files_below(tmp_path)
    for more in ((), ("--check",), ("--ics",), ("--feed", "team")):
        done = Done("export", *more)
        assert done.code == 2
        assert "but `dist/" in done.err
    assert files_below(tmp_path) == before
    assert Done("export", "--csv").code == 0  # nobody subscribes to a CSV
    Path("dist").rename("public/old")
    assert Done("export").code == 0


@pytest.mark.parametrize(
    ("old", "new"), [("public", "site"), ("x", "y"), ("web/a", "web/b"), ("../pub", "../pub2")]
)
def test_a_directory_that_changes_does_not_leave_the_feed_behind(
    old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "race").mkdir()
    monkeypatch.chdir(tmp_path / "race")
    text = FILE.replace("start: 2027-03-01", "start: 2027-03-02")
    Path("events.yaml").write_text(f"{FILE}outputs: {{directory: {old}}}\n")
    if old.startswith("..") and not (tmp_path / ".git").exists():
        assert "error[output-path]" in Done("export").err  # outside of the folder of the file
        return
    assert Done("export").code == 0
    Path("events.yaml").write_text(f"{text}outputs: {{directory: {new}}}\n")
    before = files_below(tmp_path)
    done = Done("export", env=LATER)
    assert done.code == 2
    assert "is the published feed" in done.err
    assert files_below(tmp_path) == before
    go_on, start = commands(done.err)
    assert Done(*go_on, "--check", env=LATER).code == 1  # the day of an event has changed
    assert Done(*go_on, env=LATER).code == 0
    assert files_below(tmp_path).keys() == before.keys()
    assert Done(*start, env=LATER).code == 0
    assert Done("export", "--check", env=LATER).code == 0


def test_the_outputs_of_another_calendar_are_not_left_behind() -> None:
    Path("race").mkdir()
    Path("events.yaml").write_text(FILE)
    Path("race/events.yaml").write_text(FILE.replace("rally.example.org", "race.example.org"))
    assert Done("export").code == 0
    assert Done("export", "race/events.yaml").code == 0
    assert sorted(path.name for path in Path("race/dist").iterdir()) == [
        *("events.csv", "events.ics", "events.md", "team.ics")
    ]
