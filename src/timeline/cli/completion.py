"""Define ``timeline completion``, and what a shell offers where a value is typed.

A shell runs the program at each press of the Tab key: nothing is printed for a file that cannot be
read, and the file is read only where an id, a category or a feed is typed.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from timeline.cli.console import usage_error
from timeline.cli.streams import write_document

if TYPE_CHECKING:
    from timeline.model import Calendar

SHELLS = ("bash", "zsh", "fish", "powershell")

Completer = Callable[[typer.Context, str], list[str]]


def one_of(values: Iterable[str]) -> Completer:
    """Return the completer of an option with these values."""
    known = list(values)

    def complete(_context: typer.Context, incomplete: str) -> list[str]:
        return _beginning(incomplete, known)

    return complete


def complete_code(_context: typer.Context, incomplete: str) -> list[str]:
    """Return the codes of diagnostics."""
    from timeline.diagnostics import rules_by_code

    return _beginning(incomplete, rules_by_code())


def complete_form(_context: typer.Context, incomplete: str) -> list[str]:
    """Return the forms of a report."""
    from timeline.diagnostics import ReportForm

    return _beginning(incomplete, [form.value for form in ReportForm])


def complete_language(_context: typer.Context, incomplete: str) -> list[str]:
    """Return the languages of the catalogues, and English."""
    from timeline.model import catalogue_tags

    try:
        return _beginning(incomplete, ["en", *catalogue_tags()])
    except ImportError:  # without Babel there is only English
        return _beginning(incomplete, ["en"])


def complete_id(context: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of the events of the file."""
    ids = _from_file(context, lambda calendar: [event.id for event in calendar.events])
    return _beginning(incomplete, ids)


def complete_feed(context: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of the feeds of the file."""
    ids = _from_file(context, lambda calendar: [feed.id for feed in calendar.feeds])
    return _beginning(incomplete, ids)


def complete_category(context: typer.Context, incomplete: str) -> list[str]:
    """Return the categories of the file."""

    def categories(calendar: "Calendar") -> list[str]:
        used = {name for event in calendar.events for name in event.categories}
        return sorted(used | {category.name for category in calendar.categories})

    return _beginning(incomplete, _from_file(context, categories))


def _beginning(incomplete: str, values: Iterable[str]) -> list[str]:
    return [value for value in values if value.startswith(incomplete)]


def _from_file(context: typer.Context, read: Callable[["Calendar"], Iterable[str]]) -> list[str]:
    """Return what the events file of the command has, nothing for one that cannot be read."""
    from timeline.compiler import load_file
    from timeline.diagnostics import UserError
    from timeline.source import UnreadableFile, check_input, find_events_file

    try:
        file = context.params.get("file") or find_events_file("").path
        if file is None or file == "-":
            return []
        check_input(file)
        return list(read(load_file(file, None).calendar))
    except (UserError, UnreadableFile):
        return []


def completion(
    shell: Annotated[
        str,
        typer.Argument(
            metavar="SHELL",
            help="`bash`, `zsh`, `fish` or `powershell`.",
            autocompletion=one_of(SHELLS),
        ),
    ],
) -> None:
    """Print the script with which a shell completes commands, options and values.

    For packagers, and for a start file of the shell. `timeline --install-completion` installs it
    for one user.
    """
    from typer import completion as typer_completion

    if shell not in SHELLS:
        from timeline.diagnostics import did_you_mean

        usage_error(f"there is no completion for `{shell}`; {did_you_mean(shell, SHELLS)}")
    scripts: Any = typer_completion  # typer documents the function, but does not export it
    script: str = scripts.get_completion_script(
        prog_name="timeline", complete_var="_TIMELINE_COMPLETE", shell=shell
    )
    write_document(f"{script.strip()}\n")
