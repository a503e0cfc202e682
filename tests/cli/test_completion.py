"""Completion: the scripts, the values, and whole sessions in bash, zsh and fish."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.command import Done
from support.shell import Shell

FILE = """\
calendar: {id: x.org, name: X}
categories: {unused: {}, sport: {}}
feeds: [{id: press}]
events:
  - {id: rally-2027, summary: A, start: 2027-01-03, categories: [sport]}
  - {id: rest, summary: B, start: 2028}
"""
PROGRAM = Path(sys.executable).with_name("timeline")


@pytest.fixture(autouse=True)
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("events.yaml").write_text(FILE, encoding="utf-8")


def completed(line: str) -> list[str]:
    """Return what bash is offered for the last word of a line."""
    number = len(line.split()) - (not line.endswith(" "))
    env = {"_TIMELINE_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(number)}
    done = subprocess.run(
        [sys.executable, "-m", "timeline"],
        env=os.environ | env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("timeline exp", ["export", "explain"]),
        ("timeline export --output-f", ["--output-format"]),
        ("timeline export --md-style ", ["list", "table", "mermaid"]),
        ("timeline export --category ", ["sport", "unused"]),
        ("timeline export --feed ", ["press"]),
        ("timeline export --new-feed p", ["press"]),
        ("timeline show --id r", ["rally-2027", "rest"]),
        ("timeline show events.yaml --id ral", ["rally-2027"]),
        ("timeline show --color n", ["never"]),
        ("timeline validate --output-format s", ["sarif"]),
        ("timeline validate --select long-", ["long-summary"]),
        ("timeline explain no-such-d", ["no-such-date"]),
        ("timeline words --language p", ["pt-BR"]),
        ("timeline completion f", ["fish"]),
        ("timeline show --id none", []),
    ],
)
def test_values_are_completed(line: str, values: list[str]) -> None:
    offered = completed(line)
    assert set(values) <= set(offered) if len(values) > 1 else offered == values


def test_values_are_those_of_the_nearest_events_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("docs/deep").mkdir(parents=True)
    monkeypatch.chdir("docs/deep")
    assert completed("timeline export --feed ") == []  # outside of a repository, only this folder
    Path("../../.git").mkdir()
    assert completed("timeline export --feed ") == ["press"]
    Path("../../events.yaml").rename("../x.timeline.yaml")
    assert completed("timeline show --id ral") == ["rally-2027"]
    Path("../y.timeline.yaml").write_text(FILE, encoding="utf-8")
    assert completed("timeline show --id ral") == []  # two files: nobody knows which is meant


@pytest.mark.parametrize("content", [None, "events: [", "\x00", "calendar: {}\nevents: []\n"])
def test_nothing_is_printed_for_a_file_that_cannot_be_read(content: str | None) -> None:
    Path("events.yaml").unlink()
    if content is not None:
        Path("events.yaml").write_text(content, encoding="utf-8")
    assert completed("timeline show --id ") == []
    assert completed("timeline show - --id ") == []


def test_only_the_values_of_a_file_cost_the_compiler() -> None:
    code = (
        "import sys; from timeline.cli.app import run; run(); "
        "assert not {name for name in sys.modules if name.startswith('timeline.compiler')}"
    )
    env = {"_TIMELINE_COMPLETE": "complete_bash", "COMP_WORDS": "timeline exp", "COMP_CWORD": "1"}
    subprocess.run([sys.executable, "-c", code], env=os.environ | env, check=True)


@pytest.mark.parametrize("variables", [{}, {"COMP_WORDS": "timeline ", "COMP_CWORD": "x"}])
def test_a_variable_without_its_shell_is_wrong_use(variables: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "timeline"],
        env=os.environ | {"_TIMELINE_COMPLETE": "complete_bash"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("timeline: _TIMELINE_COMPLETE is for the scripts")


def test_an_unknown_shell_is_wrong_use() -> None:
    done = Done("completion", "zhs")
    message = "timeline: there is no completion for `zhs`; did you mean `zsh`?\n"
    assert (done.code, done.out, done.err) == (2, "", message)


START = {
    "bash": "PS1='READY>'\nbind 'set bell-style none'\nsource ./script\n",
    "zsh": "PS1='READY>'\nautoload -U compinit; compinit -u -D\nsource ./script\n",
    "fish": (
        "function fish_prompt; echo -n 'READY>'; end\n"
        "function fish_greeting; end\nsource ./script\n"
    ),
}
COMMANDS = {
    "bash": ["bash", "--noprofile", "--rcfile", "start", "-i"],
    "zsh": ["zsh", "-i"],
    "fish": ["fish", "--no-config", "-i", "-C", "source ./start"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_session_completes_commands_options_and_values(name: str, tmp_path: Path) -> None:
    if shutil.which(name) is None or os.name == "nt":
        pytest.skip(f"needs {name}")
    Path("script").write_text(Done("completion", name).out, encoding="utf-8")
    Path(".zshrc" if name == "zsh" else "start").write_text(START[name], encoding="utf-8")
    env = os.environ | {
        "PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "ZDOTDIR": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "TERM": "xterm",
    }
    with Shell(COMMANDS[name], tmp_path, env) as shell:
        shell.read_until("READY>")
        shell.type("timeline val\t")
        shell.read_until("validate")
        shell.type("--outp\t")
        shell.read_until("ut-format")
        shell.type("sari\t")
        shell.read_until("f")
        shell.type("\x15timeline show --id ral\t")
        shell.read_until("ly-2027")
        shell.type("\n")
        assert "2027" in shell.read_until("READY>")
