"""The help of every command: its layout in 80 columns, and its examples, which are run."""

from __future__ import annotations

import re
import shlex
import shutil
from typing import TYPE_CHECKING

import pytest

from support.command import Done
from support.paths import ROOT
from support.repositories import commit_all
from timeline.cli.app import COMMANDS, EXAMPLES
from timeline.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

HELP = [("--help",), *((name, "--help") for name in COMMANDS)]
EXITS = {"timeline init": 2}  # there is an events file already
"""The exit codes of examples that are not 0."""


def help_of(arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "80")
    done = Done(*arguments)
    assert (done.code, done.err) == (0, "")
    return done.out


@pytest.mark.parametrize("arguments", HELP, ids=" ".join)
def test_help_shows_no_types_and_fits_a_terminal(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = help_of(arguments, monkeypatch)
    assert not re.search(r"<|\[required\]|range|\b(str|int|Path|None)\b", text)
    assert max(map(len, text.splitlines())) <= 80
    assert "  \n" not in text


@pytest.mark.parametrize("arguments", HELP, ids=" ".join)
def test_every_option_is_in_a_titled_group_and_the_examples_are_last(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = help_of(arguments, monkeypatch)
    titles = re.findall(r"^(\w[\w ]*):\n", text, re.MULTILINE)
    assert "Options" not in titles
    assert titles[-2:] == ["General", "Examples"]
    assert len(titles) == len(set(titles))


def test_the_groups_of_an_export_are_those_of_its_options(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = help_of(("export", "--help"), monkeypatch)
    parts = re.split(r"^(\w[\w ]*):\n", text, flags=re.MULTILINE)[1:]
    options = {
        title: re.findall(r"^  (?:-\w, )?(--[a-z-]+)", part, re.MULTILINE)
        for title, part in zip(parts[::2], parts[1::2], strict=True)
    }
    assert options["Arguments"] == []
    assert options["Formats"] == [f"--{name}" for name in FORMATS]
    assert options["CSV"] == ["--csv-dialect", "--csv-bom", "--until"]
    assert options["Markdown and diagram"] == [
        "--md-style",
        "--heading-level",
        "--md-weekdays",
        "--as-of",
        "--svg-layout",
        "--svg-width",
        "--all-classes",
        "--png-scale",
    ]
    assert options["General"] == ["--quiet", "--verbose", "--color", "--help"]


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_the_examples_of_the_help_work(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ROOT / "events.yaml", tmp_path)
    shutil.copy(ROOT / "events.yaml", tmp_path / "old.yaml")
    if name in ("diff", "changelog"):
        commit_all(tmp_path)
    readme = "<!-- timeline:start -->\n<!-- timeline:end -->\n"
    (tmp_path / "README.md").write_text(readme, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("timeline.cli.watch.run_whenever_changed", lambda _, run: run())
    monkeypatch.setattr("timeline.editor.serve", lambda: None)
    text = help_of((name, "--help") if name else ("--help",), monkeypatch)
    lines = re.findall(r"^  # .+\n  (.+)$", text.partition("\nExamples:\n")[2], re.MULTILINE)
    assert lines == [item.line for item in (COMMANDS[name].examples if name else EXAMPLES)]
    assert len(lines) >= 2
    for line in lines:
        words, _, target = line.partition(" > ")
        program, *arguments = shlex.split(words)
        done = Done(*arguments)
        assert (program, done.code) == ("timeline", EXITS.get(line, 0)), done.err
        assert bool(done.out) >= bool(target)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("export --heading-level 7", "--heading-level must be a number from 1 to 6, not `7`"),
        ("export --heading-level x", "--heading-level must be a number from 1 to 6, not `x`"),
        ("export --md-style tabel", "--md-style must be `list`, `table` or `mermaid`, not `tabel`"),
        ("export --as-of 2025", "--as-of: `2025` is not a day; write one such as `2025-01-03`"),
        ("show --next 0", "--next must be a number of at least 1, not `0`"),
        ("show --next 1.5", "--next must be a number of at least 1, not `1.5`"),
    ],
)
def test_a_wrong_value_is_reported_in_plain_words(arguments: str, message: str) -> None:
    done = Done(*arguments.split())
    assert (done.code, done.out, done.err) == (2, "", f"timeline: {message}\n")


@pytest.mark.parametrize("option", ["show --as-of", "export --svg --as-of", "export --md --as-of"])
@pytest.mark.parametrize(
    "value", ["today", "in 3 days", "2027-06", "June 2027", "06/2027", "Q2 2027", "2027-01/2027-02"]
)
def test_the_help_of_an_option_that_takes_a_day_says_only_a_day(option: str, value: str) -> None:
    done = Done(*option.split(), value)
    _, _, help_ = done.err.partition("; ")
    assert done.code == 2
    assert help_.startswith("write ")
    assert "month" not in help_
    assert all(len(example) == len("2025-01-03") for example in help_.split("`")[1::2])
