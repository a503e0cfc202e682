"""Options of every command: how much it prints, colour, and what an unknown option was meant as."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from support.command import Done
from timeline.cli.app import COMMANDS
from timeline.cli.streams import CHOICES, ColorChoice, uses_color

FILE = """\
calendar: {id: x.org, name: X}
feeds:
  - {id: first, imprecise: skip}
  - {id: second}
events:
  - {id: a, summary: A, start: 2027-01-03}
  - {id: vague, summary: Vague, start: 2027}
  - {id: undated, summary: Undated, start: TBC}
"""
WITH_ERROR = "calendar: {id: x.org, name: X}\nevents:\n  - {id: a, sumary: A, start: 2027-1-3}\n"


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    Path("events.yaml").write_text(FILE, encoding="utf-8")


@pytest.mark.parametrize("words", [("export", "-q"), ("-q", "export"), ("export", "--quiet")])
def test_a_quiet_export_prints_nothing(words: tuple[str, ...]) -> None:
    done = Done(*words)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert Path("dist/events.ics").is_file()


def test_a_quiet_check_names_only_what_would_change() -> None:
    assert Done("export", "--ics").code == 0
    done = Done("export", "--check", "-q")
    lines = done.err.splitlines()
    assert (done.code, done.out) == (1, "")
    assert lines == ["would change dist/events.csv", "would change dist/events.md"]


def test_a_quiet_report_has_only_the_diagnostics() -> None:
    Path("events.yaml").write_text(WITH_ERROR, encoding="utf-8")
    done = Done("validate", "-q")
    assert (done.code, done.err) == (1, "")
    assert "error[unknown-key]" in done.out
    assert Done("validate", "--quiet", "missing.yaml").err != ""


def test_verbose_adds_the_folder_and_the_numbers_of_each_feed() -> None:
    plain, verbose = Done("export", "--ics"), Done("-v", "export", "--ics")
    added = [line for line in verbose.err.splitlines() if line not in plain.err.splitlines()]
    assert f"outputs may be written below {Path.cwd()}" in added
    assert "dist/events.ics: 3 events, 2 VEVENTs" in added
    assert "dist/first.ics: 3 events, 1 VEVENT" in added


def test_quiet_and_verbose_are_refused_together() -> None:
    for words in (("-q", "validate", "-v"), ("validate", "-q", "-v")):
        done = Done(*words)
        assert (done.code, done.out) == (2, "")
        assert done.err == "timeline: --quiet and --verbose cannot be used together\n"


def test_what_is_left_out_is_said_once() -> None:
    done = Done("export", "--ics")
    start = done.err.index("left out of")
    assert done.err[start:].splitlines()[:3] == [
        "left out of the feeds: 2 events",
        "  undated: its date is to be confirmed",
        "  vague: its date is not known to the day: 2027, in dist/first.ics",
    ]
    assert done.err.count("left out of") == done.err.count("undated:") == 1


def test_a_check_prints_a_line_for_each_file() -> None:
    assert Done("export").code == 0
    Path("dist/events.md").unlink()
    done = Done("export", "--check")
    assert done.code == 1
    assert done.err.splitlines()[-5:] == [
        "up to date dist/events.ics",
        "up to date dist/events.csv",
        "would change dist/events.md",
        "up to date dist/first.ics",
        "up to date dist/second.ics",
    ]


@pytest.mark.parametrize(
    ("choice", "variables", "expected"),
    [
        ("auto", {}, False),  # no terminal
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"CLICOLOR_FORCE": "1"}, True),
        ("auto", {"CLICOLOR_FORCE": "0"}, False),
        ("auto", {"FORCE_COLOR": ""}, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_what_decides_on_colour(
    choice: str, variables: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(CHOICES, "color", ColorChoice(choice))
    assert uses_color(to_stdout=True) is uses_color(to_stdout=False) is expected


@pytest.mark.parametrize("words", [("--color", "always", "show"), ("show", "--color=always")])
def test_colour_can_be_asked_for(words: tuple[str, ...]) -> None:
    plain, colored = Done("show", "--as-of", "2027-01-01"), Done(*words, "--as-of", "2027-01-01")
    assert "\x1b[" in colored.out
    assert re.sub(r"\x1b\[[\d;]*m", "", colored.out) == plain.out


def test_a_diff_is_coloured_only_where_colour_is_used() -> None:
    Path("events.yaml").write_text(WITH_ERROR, encoding="utf-8")
    plain = Done("validate", "--fix", "--diff")
    colored = Done("validate", "--fix", "--diff", "--color", "always")
    assert "\x1b" not in plain.out
    assert "\x1b[31m-  - {id: a, sumary: A, start: 2027-1-3}\x1b[0m\n" in colored.out
    assert "\x1b[32m+  - {id: a, summary: A, start: 2027-01-03}\x1b[0m\n" in colored.out
    assert re.sub(r"\x1b\[[\d;]*m", "", colored.out) == plain.out


def test_a_control_character_of_a_file_is_shown_in_a_coloured_diff() -> None:
    Path("events.yaml").write_text(WITH_ERROR + "# \x9b31m\n", encoding="utf-8")
    done = Done("validate", "--fix", "--diff", "--color", "always")
    assert "\x9b" not in done.out


def test_an_unknown_colour_is_wrong_use() -> None:
    done = Done("show", "--color", "alway")
    assert (done.code, done.err) == (
        2,
        "timeline: --color: there is no `alway`; did you mean `always`?\n",
    )


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_command_has_the_general_options(name: str) -> None:
    text = Done(*filter(None, (name, "--help"))).out
    for option in ("-q, --quiet", "-v, --verbose", "--color WHEN", "-h, --help"):
        assert re.search(f"^  {option} ", text, re.MULTILINE), option


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("export --outptu-dir x", "--output-dir"),
        ("export -output-dir x", "--output-dir"),
        ("export --md_style=table", "--md-style"),
        ("validate --fxi", "--fix"),
        ("show --nxet 3", "--next"),
        ("--versoin", "--version"),
    ],
)
def test_an_unknown_option_is_answered_with_the_one_that_was_meant(words: str, meant: str) -> None:
    done = Done(*words.split())
    assert done.code == 2
    assert done.err.rstrip().endswith(f"; did you mean `{meant}`?")


def test_an_option_like_no_other_has_no_suggestion() -> None:
    assert Done("export", "--zzzzz").err.rstrip().endswith("No such option: --zzzzz")
