"""The page of the commands, generated from the command line itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer
from typer.core import TyperArgument, TyperGroup

from timeline.cli.app import COMMANDS, app
from timeline.cli.help import argument_name, default_text, option_groups, option_name
from tools.docs.markdown import cell, one_line, row, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from typer.core import TyperOption


def command_reference() -> str:
    """Return the page with all commands, their arguments and their options."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)  # noqa: S101 - the app has several commands
    commands = dict(group.commands)
    rows = [
        row(f"[`timeline {name}`](#timeline-{name})", cell(command.about))
        for name, command in COMMANDS.items()
    ]
    lines = [
        "# Commands",
        "",
        "<!-- written by `python -m tools.docs` from the command line itself -->",
        "",
        group.help or "",
        "",
        table("| Command | What it does |", rows),
        "",
        _INTRODUCTION.strip(),
    ]
    for name, command in commands.items():
        lines += _command(name, command.help, command.params)
    return "\n".join(lines).rstrip() + "\n"


def _command(name: str, about: str | None, parameters: Sequence[object]) -> Iterator[str]:
    """Yield the lines about a command: heading, help, usage, arguments, options and examples."""
    arguments = [item for item in parameters if isinstance(item, TyperArgument)]
    groups = option_groups(parameters)
    usage = ["timeline", name, *(["[OPTIONS]"] if groups else []), *map(argument_name, arguments)]
    yield from ("", f"## timeline {name}", "", one_line(about), "")
    yield from ("```text", " ".join(usage), "```", "")
    for argument in arguments:
        yield _list_item(argument_name(argument), argument)
    for title, options in groups.items():
        yield from ("", f"**{title}**", "")
        for option in options:
            yield _list_item(option_name(option), option)
    yield from ("", "```console")
    for example in COMMANDS[name].examples:
        yield from (f"# {example.about}", f"$ {example.line}")
    yield "```"


def _list_item(name: str, parameter: TyperArgument | TyperOption) -> str:
    """Return an argument or an option with its help and its default."""
    item = f"- `{name}`: {one_line(parameter.help)}"
    if (default := default_text(parameter)) is None:
        return item
    is_value = not isinstance(parameter.show_default, str)
    return f"{item} Default: `{default}`." if is_value else f"{item} Default: {default}."


_INTRODUCTION = """
`timeline --help` and `timeline COMMAND --help` print the same; `timeline --version` prints the
versions of timeline and of its time zone data, tzdata. `timeline --install-completion` installs
completion for the current shell, and `timeline completion SHELL` prints it for any.
`python -m timeline` and `timeline-as-code` are the same program.

**Streams.** Data goes to standard output: the output of `show`, `schema`, `explain`,
`export --stdout` and `--diff`, and the diagnostics of `validate`. Messages go to standard error.

- *For programs and files*: what `schema` and `--stdout` write, diffs, and the reports `json`,
  `sarif` and `github` of `validate` are UTF-8, whatever the environment says.
- *For people*: everything else has the encoding of its stream. What that lacks is written in ASCII,
  as `*` for `●` and `\\xfc` for `ü`. On Windows, a stream that is not a terminal has UTF-8, unless
  `PYTHONIOENCODING` is set.
- A character that controls a terminal is shown as a symbol, in a diff as an escape such as `\\x1b`.
  So a diff is for reading; `patch` may not apply it. No line is a command of a build server, such
  as `::error::` or `##[error]`, except in the report `github`.
- If the reader of a pipe stops early, as `head` does, the exit code is that of the complete run. If
  standard output is closed or full, it is 2.

| Exit code | When |
| --- | --- |
| 0 | success; also with warnings, unless `--strict` is given |
| 1 | errors in the input, files that are not up to date, or published events that would be lost |
| 2 | wrong usage, or a file that cannot be read or written |
| 130 | Ctrl-C ended it; 143 is SIGTERM, and 129 a closed terminal |

| Variable | What it sets |
| --- | --- |
| `SOURCE_DATE_EPOCH` | the time to use as now in timestamps, in seconds from 1970 to 9998 |
| `NO_COLOR` | if set, no colour; `--color` comes before it |
| `FORCE_COLOR`, `CLICOLOR_FORCE` | if not `0`, colour everywhere; `NO_COLOR` comes before |
| `TIMELINE_OUTPUT_FORMAT` | [how diagnostics are printed](ci.md#report-formats) |
| `COLUMNS` | the width of `show`, and of help between 50 and 100; by default that of the terminal |
"""
