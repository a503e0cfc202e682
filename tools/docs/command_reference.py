"""The page of the commands, generated from the command line itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

from timeline.cli.app import app
from tools.docs.markdown import cell, one_line, row, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def command_reference() -> str:
    """Return the page with all commands, their arguments and their options."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)  # noqa: S101 - the app has several commands
    commands = dict(group.commands)
    rows = [
        row(f"[`timeline {name}`](#timeline-{name})", cell(one_line(command.help)))
        for name, command in commands.items()
    ]
    lines = [
        "# Commands",
        "",
        "<!-- written by `python -m tools.docs` from the command line itself -->",
        "",
        group.help or "",
        "",
        table("| Command | |", rows),
        "",
        _INTRODUCTION.strip(),
    ]
    for name, command in commands.items():
        lines += _command(name, command.help, command.params)
    return "\n".join(lines).rstrip() + "\n"


def _command(name: str, about: str | None, parameters: Sequence[object]) -> Iterator[str]:
    """Yield the lines about a command: heading, help, usage, arguments and options."""
    arguments = [item for item in parameters if isinstance(item, TyperArgument)]
    options = [item for item in parameters if isinstance(item, TyperOption)]
    usage = ["timeline", name, *(["[OPTIONS]"] if options else [])]
    usage += [argument.metavar or "" for argument in arguments]
    yield from ("", f"## timeline {name}", "", one_line(about), "")
    yield from ("```text", " ".join(usage), "```", "")
    for argument in arguments:
        yield _list_item((argument.metavar or "").strip("[]"), argument)
    for option in options:
        name = ", ".join([*option.opts, *option.secondary_opts])
        yield _list_item(name if option.is_flag else f"{name} {option.metavar}", option)


def _list_item(name: str, parameter: TyperArgument | TyperOption) -> str:
    """Return an argument or an option with its help and its default."""
    item = f"- `{name}`: {one_line(parameter.help)}"
    has_default = parameter.default not in (None, False) and str(parameter.default) != "."
    return f"{item} `{parameter.default}` unless given." if has_default else item


_INTRODUCTION = """
`timeline --help` and `timeline COMMAND --help` say the same; `timeline --version` names the
versions of timeline and of its time zone data, tzdata. `timeline --install-completion` sets up
completion for the shell it is run in, and `timeline --show-completion` prints it. `python -m
timeline` and `timeline-as-code` are the same program.

**Streams.** Data goes to standard output: what `show`, `schema`, `explain`, `export --stdout` and
`export --diff` print, and the diagnostics of `validate`. What is said about it goes to standard
error.

| Exit code | |
| --- | --- |
| 0 | all is well; warnings do not change that, but with `--strict` |
| 1 | there are mistakes, or something would change (`--check`, `--diff`) or be lost |
| 2 | wrong use, or a file that cannot be read or written |

| Environment | |
| --- | --- |
| `SOURCE_DATE_EPOCH` | the moment to take for now in stamps, in seconds since 1970 |
| `NO_COLOR` | set to anything, no colour; without it there is colour on terminals only |
| `TIMELINE_OUTPUT_FORMAT` | [how `validate` and `export` report](ci.md#forms-of-the-report) |
| `COLUMNS` | the width to lay `show` and help out for; the terminal's unless given |
"""
