"""The messages of commands on standard error, and the exit codes that follow.

Data goes to standard output and never through here, but for the reports of ``validate``.
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
WRONG_USE = 2


def say(message: str) -> None:
    """Print a message on standard error."""
    typer.echo(message, err=True)


def fail(message: str, code: int) -> NoReturn:
    """Print what went wrong, and exit with this code."""
    say(f"timeline: {message}")
    raise typer.Exit(code)


def wrong_use(message: str) -> NoReturn:
    """Print how a command was used wrongly, and exit with 2."""
    fail(message, WRONG_USE)


def count(number: int, noun: str) -> str:
    """Return ``1 event``, ``2 events``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def shown(file: str) -> str:
    """Return the name of an input."""
    return "<stdin>" if file == "-" else file


def color(stream: object) -> bool:
    """Colour is for terminals, and not where NO_COLOR is set (https://no-color.org)."""
    is_terminal = getattr(stream, "isatty", bool)()
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def report(loaded: Loaded, form: str = "full", *, to_stdout: bool) -> None:
    """Report the diagnostics of a file."""
    tell(loaded.diagnostics, loaded.document, form, to_stdout=to_stdout)


def tell(
    diagnostics: list[Diagnostic], document: Document, form: str = "full", *, to_stdout: bool
) -> None:
    """Report diagnostics in one of the forms, and how many there are."""
    from timeline.diagnostics import ReportForm, render_report

    stream = sys.stdout if to_stdout else sys.stderr
    # A form for programs is a document even if there is nothing to tell.
    text = render_report(ReportForm(form), diagnostics, document, color=color(stream))
    typer.echo(text, nl=False, err=not to_stdout)
    if not diagnostics:
        return
    from timeline.diagnostics import locate_all, summarize

    say(summarize([located.diagnostic for located in locate_all(diagnostics, document)]))


def say_whether_current(paths: list[Path], stale: list[Path]) -> None:
    """Name the files that are not up to date, and exit 1 if there are any."""
    for path in stale:
        say(f"would change {path}")
    if stale:
        raise typer.Exit(FINDINGS)
    say(f"{', '.join(str(path) for path in paths)}: up to date")


def say_what_was_written(paths: list[Path], written: list[Path]) -> None:
    """Name each file, and whether it changed."""
    for path in paths:
        say(f"{'wrote' if path in written else 'unchanged'} {path}")


class explained:  # noqa: N801 - read as a word: with explained()
    """Turn a `UserError` into a message and an exit code.

    ``otherwise`` ends the help where a file cannot be written.
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
        fail(f"{error.message}{help_}", WRONG_USE)
