"""Define the options of every command: how much it prints, and whether in colour.

They may stand before the name of the command and after it.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Annotated, Any

import typer

from timeline.cli.completion import one_of
from timeline.cli.console import usage_error
from timeline.cli.streams import CHOICES, ColorChoice
from timeline.cli.values import refuse_empty
from timeline.diagnostics import did_you_mean, nearest


def _set_quiet(value: bool) -> None:
    if value:
        _set_verbosity(-1)


def _set_verbose(value: bool) -> None:
    if value:
        _set_verbosity(1)


def _set_verbosity(verbosity: int) -> None:
    if CHOICES.verbosity == -verbosity:
        usage_error("--quiet and --verbose cannot be used together")
    CHOICES.verbosity = verbosity


def _set_color(value: str | None) -> None:
    if value is None:
        return
    refuse_empty({"--color": value})
    names = [choice.value for choice in ColorChoice]
    if value not in names:
        usage_error(f"--color: there is no `{value}`; {did_you_mean(value, names)}")
    CHOICES.color = ColorChoice(value)


def _options(
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet",
            "-q",
            callback=_set_quiet,
            expose_value=False,
            help="Print only diagnostics, errors, and what would change.",
        ),
    ] = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose",
            "-v",
            callback=_set_verbose,
            expose_value=False,
            help="Print also which folders are used, and how many events each feed has.",
        ),
    ] = False,
    color: Annotated[
        str | None,
        typer.Option(
            "--color",
            metavar="WHEN",
            callback=_set_color,
            expose_value=False,
            autocompletion=one_of(choice.value for choice in ColorChoice),
            help="Use colour: `auto` (on a terminal), `always` or `never`.",
            show_default="`auto`, or as NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE say",
        ),
    ] = None,
) -> None:
    """Declare the options for typer."""


@cache
def general_parameters() -> list[Any]:
    """Return the options as parameters of a command of typer."""
    single = typer.Typer(
        add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )
    single.command()(_options)
    return list(typer.main.get_command(single).params)


@contextmanager
def suggested_options(args: Sequence[str]) -> Iterator[None]:
    """Put the option that was probably meant into the error of an unknown one."""
    try:
        yield
    except UsageError as error:
        option = getattr(error, "option_name", None)
        if option is None or not hasattr(error, "possibilities") or error.ctx is None:
            raise
        # Typer reads `-output` as options of one letter, and reports `-o`.
        typed = next((word for word in args if word.startswith(option)), option)
        name = typed.partition("=")[0].strip("-")
        known = [name for item in error.ctx.command.params for name in item.opts]
        near = nearest(name, [name[2:] for name in known if name.startswith("--")])
        error.possibilities = None
        error.message += f"; did you mean `--{near}`?" if near else ""
        raise


UsageError: Any = typer.BadParameter.__base__  # typer has no public name for it
