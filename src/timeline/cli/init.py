"""Define ``timeline init``, which starts a timeline in a folder.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

import os
from importlib.resources import files as resources
from pathlib import Path
from typing import Annotated

import typer

from timeline.cli.console import exit_on_user_error, print_message, usage_error
from timeline.cli.schema import schema_text


def init(
    directory: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help="Folder for the files, created if missing.",
            show_default="the current folder",
        ),
    ] = Path(),
) -> None:
    """Create an events file with comments, its JSON Schema for editors, and .gitattributes."""
    from timeline.publishing import rewrite_files
    from timeline.source import boundary_of_new_files

    files = starter_files(directory)
    # Not `Path.exists`: it fails for an unreadable folder, which `rewrite_files` explains.
    attributes = directory / ".gitattributes"
    existing = [path for path in files if os.path.lexists(path)]
    if existing == [attributes]:
        print_message(f"`{attributes}` already exists: check that it has these lines")
        print_message(*GIT_ATTRIBUTES.splitlines())
        del files[attributes]
    elif existing:
        usage_error(f"`{existing[0]}` already exists, and init does not overwrite files")
    with exit_on_user_error():
        boundary = boundary_of_new_files(directory)
        new = {boundary.place(path): (None, text) for path, text in files.items()}
        for path in rewrite_files(new):
            print_message(f"wrote {path}")
    print_message(
        "next: timeline export" if directory == Path() else f"next: cd {directory}; timeline export"
    )


def starter_files(directory: Path) -> dict[Path, bytes]:
    """Return the contents of the files of a new timeline, by path."""
    events = resources("timeline.cli").joinpath("starter.yaml").read_bytes()
    return {
        directory / "events.yaml": events,
        directory / "events.schema.json": schema_text().encode(),
        directory / ".gitattributes": GIT_ATTRIBUTES.encode(),
    }


GIT_ATTRIBUTES = """\
# iCalendar and CSV have CRLF line ends by their standards; git must not touch them.
*.ics -text
*.csv -text
"""
