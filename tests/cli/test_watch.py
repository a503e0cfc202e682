"""A watched file is exported again when it or an included file changes, until an interruption."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from threading import Timer
from typing import IO, TYPE_CHECKING, cast

import pytest

from support.command import Done
from timeline.cli import watch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

watchfiles = pytest.importorskip("watchfiles", reason="needs watchfiles, as `timeline watch` does")

PATIENCE = 60.0
"""Seconds after which the command is ended, so that a test that waits for it fails."""

HEAD = "calendar: {id: example.org, name: Example}\ninclude: ['teams/*.yaml']\nevents:\n"
READY = "; Ctrl-C ends this"


def team(name: str, start: str) -> str:
    return f"events:\n  - {{id: {name}, summary: A, start: {start}}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "teams").mkdir()
    (tmp_path / "teams" / "a.yaml").write_text(team("a", "2025-01-03"), encoding="utf-8")
    event = "  - {id: main, summary: A, start: 2025-01-03}\n"
    (tmp_path / "events.yaml").write_text(HEAD + event, encoding="utf-8")
    return tmp_path


class Watching:
    """A running command, and the lines that it prints until it waits again."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "timeline", *arguments],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.timer = Timer(PATIENCE, self.process.kill)
        self.timer.start()

    def lines(self) -> list[str]:
        """Return what is printed up to the line that says that it waits."""
        lines: list[str] = []
        while not lines or READY not in lines[-1]:
            line = cast("IO[str]", self.process.stderr).readline()
            assert line, lines
            lines.append(line.rstrip("\n"))
        return lines

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait()

    def end(self) -> None:
        self.timer.cancel()
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def watching(folder: Path) -> Iterator[Watching]:
    command = Watching(folder, "watch", "--csv")
    yield command
    command.end()


@pytest.mark.skipif(os.name == "nt", reason="needs SIGINT")
def test_the_file_its_includes_and_new_ones_are_exported_again(
    folder: Path, watching: Watching
) -> None:
    def rows() -> list[str]:
        text = (folder / "dist" / "events.csv").read_text(encoding="utf-8")
        return [f"{row.split(',')[1]} {row.split(',')[4]}" for row in text.splitlines()[1:]]

    assert watching.lines()[-2:] == ["wrote dist/events.csv", f"watching 2 files{READY}"]
    assert rows() == ['"main" 2025-01-03', '"a" 2025-01-03']

    (folder / "teams" / "a.yaml").write_text(team("a", "2025-01-04"), encoding="utf-8")
    assert "wrote dist/events.csv" in watching.lines()
    assert rows() == ['"main" 2025-01-03', '"a" 2025-01-04']

    (folder / "teams" / "b.yaml").write_text(team("b", "2025"), encoding="utf-8")
    assert watching.lines()[-1] == f"watching 3 files{READY}"
    assert rows()[-1] == '"b" 2025'

    events = folder / "events.yaml"
    sound = events.read_text(encoding="utf-8")
    events.write_text(sound.replace("2025-01-03", "soon"), encoding="utf-8")
    assert any("error[date-syntax]" in line for line in watching.lines())
    assert rows()[0] == '"main" 2025-01-03'

    events.unlink()
    assert any("cannot read" in line for line in watching.lines())
    events.write_text(sound.replace("2025-01-03", "2025-01-05"), encoding="utf-8")
    assert "wrote dist/events.csv" in watching.lines()
    assert rows()[0] == '"main" 2025-01-05'

    assert watching.interrupt() == 130


@pytest.mark.parametrize("option", ["--stdout", "--check", "--diff", "--tracked"])
def test_what_writes_no_files_is_not_watched(option: str, folder: Path) -> None:
    done = Done("export", str(folder / "events.yaml"), "--csv", "--watch", option)
    assert done.code == 2
    assert f"{option} cannot be used while files are watched" in done.err


def test_standard_input_is_not_watched() -> None:
    done = Done("watch", "-", "--name", "a")
    assert (done.code, done.out) == (2, "")
    assert "standard input cannot be watched" in done.err


def test_the_library_is_named_where_it_is_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("timeline.cli.watch.find_spec", lambda _: None)
    done = Done("watch", str(folder / "events.yaml"))
    assert done.code == 2
    assert "pip install 'timeline-as-code[watch]'" in done.err


@pytest.mark.parametrize("item", ["teams/*.yaml", "*/a.yaml", "teams/a.yaml", "teams/x/*.yaml"])
@pytest.mark.parametrize("has_folder", [True, False])
def test_the_first_file_of_an_item_is_a_change(
    tmp_path: Path, item: str, *, has_folder: bool
) -> None:
    events = tmp_path / "events.yaml"
    events.write_text(HEAD.replace("teams/*.yaml", item) + "  []\n", encoding="utf-8")
    first = tmp_path / item.replace("*/", "teams/").replace("*", "a")
    if has_folder:
        first.parent.mkdir(parents=True)
    names, searched = watch._names(str(events))
    before = watch._state(names, searched)
    assert watch._state(names, searched) == before
    first.parent.mkdir(parents=True, exist_ok=True)
    first.write_text(team("a", "2025-01-03"), encoding="utf-8")
    if item == "*/a.yaml" and not has_folder:
        return  # a new folder beside the events file, whose content nothing has looked for
    assert watch._state(names, searched) != before
