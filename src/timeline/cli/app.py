"""Build the command line from the table of commands.

Exit codes: 0 success; 1 errors in the input, or files that would change; 2 wrong usage, or a file
that cannot be read or written. Data goes to standard output, messages to standard error. The
module of a command is imported when the command is run, and imports what it needs itself, so that
``--help`` is fast.

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
"""The module and the short help of each command, by name, in the order of ``--help``."""


class _LazyCommands(Mapping[str, Any]):
    """Commands by name; each is imported when it is looked up.

    A command group looks its commands up in a mapping (see "Lazily Loading Subcommands" in the
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
    """Apply the options before the command."""
    if version:
        from timeline._version import version as line

        typer.echo(line())
        raise typer.Exit
