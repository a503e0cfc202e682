"""The command line: the app, and the table of its commands.

Only this room knows the clock, the environment, the terminal and exit codes. Exit codes: 0 fine,
1 findings or would change, 2 wrong use or unreadable input. Data goes to standard output, what is
said about it to standard error. A command's module is imported when the command is asked for, and
what the command needs is imported in it: ``--help`` waits for none of it.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

COMMANDS = {
    "export": ("timeline.cli.export", "Write the feed, the table, the Markdown, the picture."),
    "validate": ("timeline.cli.validate", "Say everything that is wrong with a file."),
    "embed": ("timeline.cli.embed", "Put timelines into Markdown documents."),
    "show": ("timeline.cli.show", "Show the timeline in the terminal."),
    "init": ("timeline.cli.init", "Begin a timeline in a folder."),
    "schema": ("timeline.cli.explain", "Print the JSON Schema of the file."),
    "explain": ("timeline.cli.explain", "Explain the code of a diagnostic."),
}
"""By name, in the order of ``--help``: the module of the function, and its short help."""


class _LazyCommands(Mapping[str, Any]):
    """Commands by name, each imported and inspected when it is looked up.

    A group of click's looks its commands up in a mapping (see "Lazily Loading Subcommands" in the
    documentation of click).
    """

    def __getitem__(self, name: str) -> Any:
        module, short_help = COMMANDS[name]
        single = typer.Typer(
            add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
        )
        single.command(short_help=short_help)(getattr(import_module(module), name))
        return typer.main.get_command(single)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Group(TyperGroup):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"commands": _LazyCommands()})


app = typer.Typer(
    cls=_Group,
    help="Milestones in YAML, honest about what is known of their dates, as an iCalendar feed, "
    "CSV, Markdown and a picture.",
    epilog="Begin with `timeline init`, then `timeline export`. "
    "`timeline explain CODE` tells more of a mistake.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", help="Print the versions of timeline and tzdata.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""
    if version:
        from timeline._version import version as line

        typer.echo(line())
        raise typer.Exit
