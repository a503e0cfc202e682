"""Print messages of commands on standard error, and exit with the codes that belong to them.

Data goes to standard output and is not printed here, except for the diagnostics of ``validate``.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

import typer

from timeline.diagnostics import UserError

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.compiler import Loaded
    from timeline.diagnostics import Diagnostic
    from timeline.source import Document

FINDINGS = 1
USAGE_ERROR = 2


def print_message(message: str) -> None:
    """Print a message on standard error."""
    typer.echo(message, err=True)


def fail(message: str, code: int) -> NoReturn:
    """Print an error, and exit with a code."""
    print_message(f"timeline: {message}")
    raise typer.Exit(code)


def usage_error(message: str) -> NoReturn:
    """Print an error in the arguments or options, and exit with 2."""
    fail(message, USAGE_ERROR)


def count(number: int, noun: str) -> str:
    """Return ``1 event``, ``2 events``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def input_name(file: str) -> str:
    """Return the name of an input file in messages."""
    return "<stdin>" if file == "-" else file


def uses_color(stream: object) -> bool:
    """Return whether to use colour: on terminals, unless NO_COLOR is set (https://no-color.org)."""
    is_terminal = getattr(stream, "isatty", bool)()
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def report(loaded: Loaded, form: str = "full", *, to_stdout: bool) -> None:
    """Report the diagnostics of a file."""
    report_diagnostics(loaded.diagnostics, loaded.document, form, to_stdout=to_stdout)


def report_diagnostics(
    diagnostics: list[Diagnostic], document: Document, form: str = "full", *, to_stdout: bool
) -> None:
    """Print diagnostics in one of the forms, and their number on standard error."""
    from timeline.diagnostics import ReportForm, render_report

    stream = sys.stdout if to_stdout else sys.stderr
    # JSON and SARIF are printed even if there is nothing to report.
    text = render_report(ReportForm(form), diagnostics, document, color=uses_color(stream))
    typer.echo(text, nl=False, err=not to_stdout)
    if not diagnostics:
        return
    from timeline.diagnostics import locate_all, summarize

    print_message(summarize([located.diagnostic for located in locate_all(diagnostics, document)]))


def report_up_to_date(paths: list[Path], stale: list[Path]) -> None:
    """Print the files that are not up to date, and exit with 1 if there are any."""
    for path in stale:
        print_message(f"would change {path}")
    if stale:
        raise typer.Exit(FINDINGS)
    print_message(f"{', '.join(str(path) for path in paths)}: up to date")


def report_written(paths: list[Path], written: list[Path]) -> None:
    """Print each file, and whether it changed."""
    for path in paths:
        print_message(f"{'wrote' if path in written else 'unchanged'} {path}")


class exit_on_user_error:  # noqa: N801 - used as a function: with exit_on_user_error()
    """Print a `UserError` and exit with 2.

    ``otherwise`` is appended to the help of a file that cannot be written.
    """

    def __init__(self, otherwise: str = "") -> None:
        self.otherwise = otherwise

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, UserError):
            return
        from timeline.publishing import CannotWrite

        otherwise = self.otherwise if isinstance(error, CannotWrite) else ""
        help_ = "" if error.help is None else f"\n  help: {error.help}{otherwise}"
        fail(f"{error.message}{help_}", USAGE_ERROR)
