"""An empty argument or value, from an unset variable of a shell, is wrong use everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import typer

from support.command import Done
from timeline.cli.app import COMMANDS, app

FILE = "calendar: {id: x.org, name: X}\nevents: []\n"


def value_parameters() -> list[tuple[str, Any]]:
    """Return every argument and option of every command that has a value."""
    group: Any = typer.main.get_command(app)
    return [
        (name, parameter)
        for name in COMMANDS
        for parameter in group.commands[name].params
        if parameter.param_type_name == "argument" or not parameter.is_flag
    ]


PARAMETERS = value_parameters()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("events.yaml").write_text(FILE)
    Path("page.md").write_text("<!-- timeline:start -->\n<!-- timeline:end -->\n")
    return tmp_path


def test_the_walk_visits_the_parameters() -> None:
    names = {(command, parameter.name) for command, parameter in PARAMETERS}
    assert {
        *(("export", name) for name in ("file", "output_dir", "name", "previous", "feed", "ids")),
        *(("export", name) for name in ("md_style", "until", "select", "output_format", "first")),
        ("embed", "files"),
        *(("holidays", name) for name in ("country", "years", "subdivision")),
        ("init", "directory"),
        ("explain", "code"),
        ("show", "as_of"),
        ("validate", "files"),
    } <= names


@pytest.mark.parametrize(
    ("command", "parameter"), PARAMETERS, ids=lambda item: str(getattr(item, "name", item))
)
def test_an_empty_value_is_wrong_use(command: str, parameter: Any) -> None:
    before = sorted(Path.cwd().rglob("*"))
    if parameter.param_type_name == "argument":
        name, attempts = parameter.metavar, [[""], *([["page.md", ""]] * (parameter.nargs < 0))]
        if command == "holidays":
            attempts = [["", "2025"] if name == "COUNTRY" else ["SA", ""]]
        elif name == "NEW":
            attempts = [["old.yaml", ""]]
    else:
        name = max(parameter.opts, key=len)
        attempts = [[name, ""], [f"{name}="]]
        attempts += [[name, "x", name, ""], [name, "", name, "x"]] if parameter.multiple else []
        required = {"embed": ["page.md"], "holidays": ["SA", "2025"]}.get(command, [])
        attempts = [[*required, *attempt] for attempt in attempts]
    for arguments in attempts:
        done = Done(command, *arguments)
        assert (done.code, done.out) == (2, "")
        assert done.err == f"timeline: {name} is empty\n"
    assert sorted(Path.cwd().rglob("*")) == before


def test_an_empty_folder_name_does_not_write_into_the_current_folder() -> None:
    Path("events.md").write_text("my notes\n")
    assert Done("export", "--output-dir", "").code == 2
    assert Done("export", "--output-dir", ".").code == 2  # it is not ours
    assert Path("events.md").read_text() == "my notes\n"
    assert not Path("events.csv").exists()


def test_help_and_completion_come_before() -> None:
    assert Done("export", "--output-dir", "", "--help").code == 0
    environment = {
        "_TIMELINE_COMPLETE": "complete_bash",
        "COMP_WORDS": "timeline export --output-dir '' --n",
        "COMP_CWORD": "4",
    }
    done = Done(env=environment)
    assert (done.code, done.err) == (0, "")
    assert "--name" in done.out
