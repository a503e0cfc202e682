"""Projects that exported before outputs were written beside the events file.

Until then they were written to `dist` in the current folder. A project goes on with the same files,
or the help has a command that makes it go on.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.clock import MOMENT
from support.command import Done
from support.repositories import git

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
    Path("dist").rename("public/old")  # below the new folder, which has no feed itself
    done = Done("export")
    assert done.code == 2
    *_, start = commands(done.err)
    assert Done(*start).code == 0
    assert Done("export", "--check").code == 0  # and it is asked no more


def test_the_new_directory_is_asked_about_where_it_is_typed_too(tmp_path: Path) -> None:
    Path("events.yaml").write_text(FILE)
    assert Done("export", "--output-dir", "public").code == 0
    Path("events.yaml").write_text(FILE + "outputs: {directory: site}\n")
    before = files_below(tmp_path)
    for more in ((), ("--output-dir", "site"), ("--output-dir=./site",)):
        done = Done("export", *more)
        assert done.code == 2
        assert "`site/events.ics` would be a new file" in done.err
        *_, start = commands(done.err)
        assert start == ["export", "--no-previous", *more]
    assert files_below(tmp_path) == before
    assert Done(*start).code == 0
    assert Done("export", "--check").code == 0


def test_a_feed_that_stays_in_the_old_folder_alone_can_be_started() -> None:
    Path("events.yaml").write_text(FILE)
    assert Done("export").code == 0
    Path("events.yaml").write_text(FILE + "outputs: {directory: public}\n")
    Path("public").mkdir()
    Path("dist/events.ics").rename("public/events.ics")
    main = Path("public/events.ics").read_bytes()
    done = Done("export", env=LATER)
    assert done.code == 2
    *_, start = commands(done.err)
    assert start == ["export", "--new-feed", "team"]
    assert Done(*start, env=LATER).code == 0
    assert Path("public/events.ics").read_bytes() == main
    assert Done("export", "--check", env=LATER).code == 0


@pytest.mark.parametrize("old", ["dist", "site"])
def test_no_command_makes_a_main_feed_beside_feeds_with_a_history(old: str) -> None:
    Path("events.yaml").write_text(f"{FILE}outputs: {{directory: {old}}}\n")
    assert Done("export").code == 0
    Path("events.yaml").write_text(FILE + "outputs: {directory: public}\n")
    Path("public").mkdir()
    Path(old, "team.ics").rename("public/team.ics")
    done = Done("export", env=LATER)
    assert done.code == 2
    assert done.err.rstrip().endswith("to write to `public`, move the files there")
    assert Done(*next(commands(done.err)), env=LATER).code == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *[("public", "site"), ("x", "y"), ("web/a", "web/b"), ("../pub", "../pub2")],
        *[
            ("docs/cal", "docs"),
            ("docs", "docs/cal"),
            ("a/b/c", "a"),
            ("public", "."),
            (".", "public"),
        ],
    ],
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


@pytest.mark.parametrize("old", ["public", "web/a", "../pub", "../www/2027/feeds"])
def test_a_directory_that_is_removed_does_not_leave_the_feed_behind(
    old: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir(exist_ok=True)
    (tmp_path / "race").mkdir()
    monkeypatch.chdir(tmp_path / "race")
    Path("events.yaml").write_text(f"{FILE}outputs: {{directory: {old}}}\n")
    assert Done("export").code == 0
    Path("events.yaml").write_text(FILE.replace("start: 2027-03-01", "start: 2027-03-02"))
    before = files_below(tmp_path)
    done = Done("export", env=LATER)
    assert done.code == 2
    assert f"`dist/events.ics` would be a new file, but `{old}/events.ics` is" in done.err
    assert f"write `outputs: {{directory: {old}}}` in the file" in done.err
    assert files_below(tmp_path) == before
    go_on, start = commands(done.err)
    assert Done(*go_on, env=LATER).code == 0
    assert files_below(tmp_path).keys() == before.keys()
    assert Done(*start, env=LATER).code == 0
    assert Done("export", "--check", env=LATER).code == 0


@pytest.mark.parametrize(
    ("file", "typed"),
    [
        ("calendar: {id: other.example.org, name: Other}\nevents: []\n", "copy/dist"),
        ("calendar: {id: other.example.org, name: Other}\nevents: []\n", "copy"),
    ],
)
def test_the_feed_beside_another_events_file_is_that_of_that(file: str, typed: str) -> None:
    Path("events.yaml").write_text(FILE)
    assert Done("export", "--output-dir", typed).code == 0
    Path("copy/events.yaml").write_text(file)
    assert Done("export").code == 0


# --- --output-dir ---------------------------------------------------------------------------------


def track_all(folder: Path) -> None:
    """Make a repository that tracks all files of a folder, apart from those that it ignores."""
    shutil.rmtree(folder / ".git", ignore_errors=True)
    git(folder, "init", "--quiet")
    git(folder, "add", ".")


@pytest.mark.parametrize("more", [(), ("--check",), ("--ics",), ("--feed", "team")], ids=" ".join)
def test_a_typed_folder_that_starts_from_another_folder_is_asked_about(
    more: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("race").mkdir()
    Path("events.yaml").write_text(FILE)
    assert Done("export").code == 0
    before = files_below(tmp_path)
    monkeypatch.chdir("race")
    done = Done("export", "../events.yaml", "--output-dir", "dist", *more, env=LATER)
    assert done.code == 2
    assert "`dist/events.ics`" in done.err or "`dist/team.ics`" in done.err
    assert files_below(tmp_path) == before
    go_on, start = commands(done.err)
    assert Done(*go_on, env=LATER).code == 0
    assert files_below(tmp_path) == before
    assert Done(*start, env=LATER).code == (1 if "--check" in more else 0)


def test_a_typed_folder_does_not_leave_a_committed_feed_behind(tmp_path: Path) -> None:
    Path("events.yaml").write_text(FILE)
    assert Done("export", "--output-dir", "public").code == 0
    track_all(tmp_path)
    before = files_below(tmp_path / "public")
    for typed in (["--output-dir", "site"], ["--output-dir=site"]):
        done = Done("export", *typed, env=LATER)
        assert done.code == 2
        assert "`site/events.ics` would be a new file, but `public/events.ics` is" in done.err
        assert not Path("site").exists()
        go_on, start = commands(done.err)
        assert Done(*go_on, env=LATER).code == 0
        assert files_below(tmp_path / "public") == before
    assert Done(*start, env=LATER).code == 0
    assert Done("export", "--output-dir", "site", "--check", env=LATER).code == 0


@pytest.mark.parametrize("typed", ["build", "build/web", "/outside", "site"])
def test_a_copy_of_the_feed_is_written_where_it_is_typed(
    typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    monkeypatch.chdir(project)
    Path("events.yaml").write_text(FILE)
    Path(".gitignore").write_text("build\n")
    folder = str(tmp_path / "outside") if typed == "/outside" else typed
    assert Done("export", "--output-dir", "public").code == 0
    if typed == "site":  # not ignored: then the file says where the published feed is
        Path("events.yaml").write_text(FILE + "outputs: {directory: public}\n")
    track_all(project)
    before = files_below(project / "public")
    for _ in range(2):  # in CI, in a fresh clone each time
        done = Done("export", "--output-dir", folder, env=LATER)
        assert done.code == 0, done.err
        assert files_below(project / "public") == before
        shutil.rmtree(folder)


def test_several_folders_of_one_build_are_written() -> None:
    Path("events.yaml").write_text(FILE)
    assert Done("export", "--ics", "--output-dir", "a").code == 0
    done = Done("export", "--ics", "--output-dir", "b")
    assert done.code == 0
    assert (
        "b/events.ics: `a/events.ics` is a feed of this calendar, too, and is not updated\n"
        in done.err
    )


def test_a_copy_is_not_taken_for_the_feed_of_another_name(tmp_path: Path) -> None:
    Path("events.yaml").write_text(FILE)
    assert Done("export", "--output-dir", "site").code == 0
    track_all(tmp_path)
    assert Done("export", "--no-previous", "--output-dir", "dist").code == 0
    for more in (("--name", "all"), ("--name", "part", "--category", "team")):
        done = Done("export", *more)
        assert done.code == 0, done.err


def test_a_part_of_the_events_is_written_where_it_is_typed(tmp_path: Path) -> None:
    Path("events.yaml").write_text(FILE)
    assert Done("export", "--output-dir", "public").code == 0
    track_all(tmp_path)
    assert Done("export", "--ics", "--category", "team", "--output-dir", "team").code == 0


def test_a_published_feed_that_is_named_is_continued_anywhere(tmp_path: Path) -> None:
    Path("events.yaml").write_text(FILE)
    assert Done("export", "--output-dir", "public").code == 0
    track_all(tmp_path)
    assert Done("export", "--previous", "public/", "--output-dir", "site", env=LATER).code == 0
    assert Path("site/events.ics").read_bytes() == Path("public/events.ics").read_bytes()
