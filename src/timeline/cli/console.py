"""Print messages of commands on standard error, and exit with the codes that belong to them.

Data goes to standard output and is not printed here, except for the diagnostics of ``validate``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import typer

from timeline.cli.streams import (
    CHOICES,
    uses_color,
    write_document,
    write_escaped,
    write_lines,
)
from timeline.diagnostics import UserError, safe_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from timeline.compiler import Loaded
    from timeline.diagnostics import Diagnostic, SourceMap

FINDINGS = 1
USAGE_ERROR = 2


def print_message(*lines: str) -> None:
    """Print a message on standard error; line breaks within a line are shown, not printed."""
    write_lines(lines, to_stdout=False)


def print_status(*lines: str) -> None:
    """Print what was done, or a notice, unless ``--quiet`` is given."""
    if CHOICES.verbosity >= 0:
        print_message(*lines)


def print_detail(*lines: str) -> None:
    """Print what only ``--verbose`` asks for."""
    if CHOICES.verbosity > 0:
        print_message(*lines)


def write_diff(content: str | Iterable[bytes]) -> None:
    """Write a unified diff to standard output: a document, or coloured lines on a terminal."""
    if not uses_color(to_stdout=True):
        write_document(content)
        return
    text = content if isinstance(content, str) else b"".join(content).decode(errors="replace")
    lines = [_colored(line) for line in text.split("\n")]
    write_lines(lines[:-1] if not lines[-1] else lines, to_stdout=True, is_styled=True)


_DIFF_STYLES = {"---": "1", "+++": "1", "@@": "36", "-": "31", "+": "32"}
"""The SGR parameters of a line of a diff, by how it begins."""


def _colored(line: str) -> str:
    line = safe_line(line)
    style = next((style for start, style in _DIFF_STYLES.items() if line.startswith(start)), None)
    return f"\x1b[{style}m{line}\x1b[0m" if style else line


def fail(message: str, code: int, help: str | None = None) -> NoReturn:  # noqa: A002 - as printed
    """Print an error and what to do about it, and exit with a code."""
    print_message(f"timeline: {message}", *([] if help is None else [f"  help: {help}"]))
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


def report(loaded: Loaded, form: str = "full", *, to_stdout: bool) -> None:
    """Report the diagnostics of a file."""
    report_diagnostics(loaded.diagnostics, loaded.document, form, to_stdout=to_stdout)


def report_all(files: list[Loaded], form: str, *, to_stdout: bool) -> None:
    """Report the diagnostics of files together, each once, also of what two of them include."""
    if len(files) == 1:
        report(files[0], form, to_stdout=to_stdout)
        return
    from timeline.diagnostics import merge_reports

    merged, source = merge_reports((loaded.diagnostics, loaded.document) for loaded in files)
    report_diagnostics(merged, source, form, to_stdout=to_stdout)


def report_diagnostics(
    diagnostics: list[Diagnostic], document: SourceMap, form: str = "full", *, to_stdout: bool
) -> None:
    """Print diagnostics in one of the forms, and their number on standard error."""
    from timeline.diagnostics import ReportForm, render_report

    # JSON and SARIF are printed even if there is nothing to report.
    color = uses_color(to_stdout=to_stdout)
    text = render_report(ReportForm(form), diagnostics, document, color=color)
    if ReportForm(form).is_for_people:
        write_lines(text.split("\n")[:-1], to_stdout=to_stdout, is_styled=color)
    elif to_stdout:
        write_document(text)
    else:
        write_escaped(text)
    if not diagnostics:
        return
    from timeline.diagnostics import locate_all, summarize

    print_status(summarize([located.diagnostic for located in locate_all(diagnostics, document)]))


def report_up_to_date(paths: list[Path], stale: list[Path]) -> None:
    """Print for each file whether it is up to date, and exit with 1 if one is not."""
    for path in paths:
        if path in stale:
            print_message(f"would change {path}")
        else:
            print_status(f"up to date {path}")
    if stale:
        raise typer.Exit(FINDINGS)


def report_written(paths: list[Path], written: list[Path]) -> None:
    """Print each file, and whether it changed."""
    for path in paths:
        print_status(f"{'wrote' if path in written else 'unchanged'} {path}")


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
        fail(error.message, USAGE_ERROR, error.help and f"{error.help}{otherwise}")
