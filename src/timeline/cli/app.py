"""Build the command line from the table of commands.

Exit codes: 0 success; 1 errors in the input, or files that would change; 2 wrong usage, or a file
that cannot be read or written. Data goes to standard output, messages to standard error. The
module of a command is imported when the command is run, and imports what it needs itself, so that
``--help`` is fast.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

import os
from collections.abc import Iterator, Mapping
from importlib import import_module
from io import StringIO
from typing import Annotated, Any

import typer
from msgspec import Struct

from timeline.cli.general import UsageError, general_parameters, suggested_options
from timeline.cli.help import Example, PlainCommand, PlainGroup, examples_text, typed_name
from timeline.cli.streams import CHOICES, write_lines


class Command(Struct, frozen=True):
    """A command: its module, its line in ``timeline --help``, and the examples of its help."""

    module: str
    about: str
    examples: tuple[Example, ...]


COMMANDS = {
    "init": Command(
        "timeline.cli.init",
        "Create an events file to start from.",
        (
            Example("Start in the current folder", "timeline init"),
            Example("Start in a new folder", "timeline init my-timeline"),
            Example("Start with a file for each team", "timeline init --included league"),
        ),
    ),
    "validate": Command(
        "timeline.cli.validate",
        "Report errors in events files, and fix some of them.",
        (
            Example("Report errors and warnings", "timeline validate"),
            Example("Validate all events files of a repository", "timeline validate ."),
            Example("Show what can be fixed, and change nothing", "timeline validate --fix --diff"),
        ),
    ),
    "show": Command(
        "timeline.cli.show",
        "Show the timeline in the terminal.",
        (
            Example("Show all events", "timeline show"),
            Example("Show current events and the next three", "timeline show --next 3"),
        ),
    ),
    "export": Command(
        "timeline.cli.export",
        "Write the iCalendar feed, CSV, Markdown and diagram.",
        (
            Example("Write dist/events.ics, dist/events.csv and dist/events.md", "timeline export"),
            Example("Check in a build that these files are up to date", "timeline export --check"),
            Example(
                "Draw the events from 2025 on, for a slide",
                "timeline export --svg --from 2025 --output-dir slides",
            ),
        ),
    ),
    "watch": Command(
        "timeline.cli.watch",
        "Export again whenever the events file changes.",
        (
            Example("Keep dist/ up to date while you write", "timeline watch"),
            Example("Keep a diagram up to date, too", "timeline watch --ics --svg"),
        ),
    ),
    "diff": Command(
        "timeline.cli.diff",
        "Say which events changed, and how.",
        (
            Example("Compare the events file with the last commit", "timeline diff"),
            Example("Compare two events files", "timeline diff old.yaml events.yaml"),
            Example(
                "Print the changes of January 2027 as JSON",
                "timeline diff old.yaml --from 2027-01 --to 2027-01 --output-format json",
            ),
        ),
    ),
    "changelog": Command(
        "timeline.cli.changelog",
        "Say what changed in each commit of an events file.",
        (
            Example("Print what changed in 2027", "timeline changelog --since 2027-01-01"),
            Example("Print all changes as JSON", "timeline changelog --output-format json"),
        ),
    ),
    "embed": Command(
        "timeline.cli.embed",
        "Update the timelines in Markdown documents.",
        (
            Example("Update the timelines in README.md", "timeline embed README.md"),
            Example(
                "Check in a build that all documents are up to date",
                "timeline embed --check --discover",
            ),
        ),
    ),
    "lsp": Command(
        "timeline.cli.lsp",
        "Serve an editor: what is wrong, and what dates mean, while you write.",
        (
            Example("Start the server, as an editor does", "timeline lsp"),
            Example("Start it as editors do that name the transport", "timeline lsp --stdio"),
        ),
    ),
    "holidays": Command(
        "timeline.cli.holidays",
        "Print the public holidays of a country as days off.",
        (
            Example("Print those of Saudi Arabia", "timeline holidays SA 2025..2028"),
            Example("Print those of a state", "timeline holidays US 2025 --subdivision CA"),
        ),
    ),
    "explain": Command(
        "timeline.cli.explain",
        "Explain the code of a diagnostic.",
        (
            Example("Explain error[no-such-date]", "timeline explain no-such-date"),
            Example("List all codes", "timeline explain"),
        ),
    ),
    "words": Command(
        "timeline.cli.words",
        "Print the words of a language, for its reviewers.",
        (
            Example("Read the German words", "timeline words --language de"),
            Example("See every phrase in brackets", "timeline words --language en-XA"),
        ),
    ),
    "completion": Command(
        "timeline.cli.completion",
        "Print the script that completes words in a shell.",
        (
            Example("Print it for bash", "timeline completion bash"),
            Example("Save it for zsh", "timeline completion zsh > _timeline"),
        ),
    ),
    "schema": Command(
        "timeline.cli.schema",
        "Print the JSON Schema of events files.",
        (
            Example("Print the schema", "timeline schema"),
            Example("Save it for an editor", "timeline schema > events.schema.json"),
            Example(
                "Save that of included files",
                "timeline schema --included > events.included.schema.json",
            ),
        ),
    ),
}
"""The commands by name, in the order of ``--help``."""

EXAMPLES = (
    Example("Create my-timeline/events.yaml", "timeline init my-timeline"),
    Example("Write the feed, CSV and Markdown of events.yaml to dist/", "timeline export"),
)
"""The examples of ``timeline --help``."""


class _Command(PlainCommand):
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line; exit with 2 if a text or a path in it is empty.

        This is decided by what was typed: as a path, an empty text is the current folder.
        """
        with suggested_options(args):
            rest: list[str] = super().parse_args(ctx, args.copy())
        if not ctx.resilient_parsing:
            from timeline.cli.options import TYPED

            ctx.meta[TYPED] = args
            # No other argument has an empty value, and to read them again takes a while.
            if any(not arg or arg.endswith("=") for arg in args):
                self._refuse_empty(ctx, args)
        return rest

    def _refuse_empty(self, ctx: Any, args: list[str]) -> None:
        from timeline.cli.values import refuse_empty

        typed, _, parameters = self.make_parser(ctx).parse_args(args.copy())
        names = {parameter.name: typed_name(parameter) for parameter in parameters}
        refuse_empty({names[name]: value for name, value in typed.items() if name in names})


class _LazyCommands(Mapping[str, Any]):
    """Commands by name; each is imported when it is looked up.

    A command group looks its commands up in a mapping (see "Lazily Loading Subcommands" in the
    documentation of click).
    """

    def __getitem__(self, name: str) -> Any:
        row = COMMANDS[name]
        single = typer.Typer(
            add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
        )
        single.command(cls=_Command, short_help=row.about, epilog=examples_text(row.examples))(
            getattr(import_module(row.module), name)
        )
        command = typer.main.get_command(single)
        command.params += general_parameters()
        return command

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Group(PlainGroup):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"commands": _LazyCommands()})
        self.params += general_parameters()

    def make_context(self, *args: Any, **options: Any) -> Any:
        """Start a run, without the general options of one before."""
        CHOICES.reset()
        return super().make_context(*args, **options)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        with suggested_options(args):
            rest: list[str] = super().parse_args(ctx, args.copy())
        return rest


app = typer.Typer(
    cls=_Group,
    help="Turn a YAML file of milestones into an iCalendar feed, CSV, Markdown and a diagram.",
    epilog=examples_text(EXAMPLES),
    subcommand_metavar="COMMAND",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", "-V", help="Print the versions of timeline and tzdata.")
    ] = False,
) -> None:
    """Apply the options before the command."""
    if version:
        from timeline._version import version as line

        write_lines([line()], to_stdout=True)
        raise typer.Exit


def _complete() -> int:
    """Answer a shell that completes a word, which it has in variables."""
    try:
        return app(prog_name="timeline", standalone_mode=False) or 0
    except (KeyError, ValueError):
        write_lines(
            ["timeline: _TIMELINE_COMPLETE is for the scripts of `timeline completion` only"],
            to_stdout=False,
        )
        return 2


def run() -> int:
    """Run the command line and return its exit code."""
    if "_TIMELINE_COMPLETE" in os.environ:
        return _complete()
    try:
        return app(prog_name="timeline", standalone_mode=False) or 0
    except UsageError as error:
        report = StringIO()
        error.show(report)  # it may cite any argument, such as the name of a file
        write_lines(report.getvalue().splitlines(), to_stdout=False)
        return int(error.exit_code)
    except ValueError as error:
        from timeline.diagnostics import Refusal

        if not isinstance(error, Refusal):
            raise
        # While the outputs are made, only a rule that takes too long to search is refused.
        write_lines([f"timeline: {error.message}", f"  help: {error.help}"], to_stdout=False)
        return 1
