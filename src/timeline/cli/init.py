"""Define ``timeline init``, which starts a timeline in a folder.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

import os
from pathlib import Path
from typing import Annotated

import typer

from timeline.cli.console import exit_on_user_error, print_message, print_status, usage_error
from timeline.cli.schema import schema_text
from timeline.source import typed_path


def init(
    directory: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help="Folder for the files, created if missing.",
            show_default="the current folder",
        ),
    ] = Path(),
    included: Annotated[
        bool,
        typer.Option(
            "--included",
            help="Also create a file to include, teams/alpha.yaml, with its own JSON Schema; "
            "only these where there is an events file.",
        ),
    ] = False,
) -> None:
    """Create an events file with comments, its JSON Schema for editors, and .gitattributes."""
    from timeline.publishing import rewrite_files
    from timeline.source import boundary_of_new_files

    files = starter_files(directory, included=included)
    has_events_file = included and os.path.lexists(directory / "events.yaml")
    if has_events_file:
        files = included_files(directory)
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
            print_status(f"wrote {path}")
    if has_events_file:
        print_status(_next_for_included(directory))
        return
    # Two lines: `;` separates commands in some shells only, and `cd` may fail.
    enter = [] if directory == Path() else [f"cd {typed_path(directory)}"]
    print_status("next, type:", *(f"  {line}" for line in (*enter, "timeline export")))


def _next_for_included(directory: Path) -> str:
    """Return what to do so that the events file has the events of the included one."""
    from timeline.source import IncludingFiles

    including = IncludingFiles().find(str(directory / TEAM))
    if including is not None:
        return f"{including} includes {directory / TEAM} already"
    return (
        f"next: in {directory / 'events.yaml'}, add `{INCLUDED}` to the list `include`, and "
        "`each: category` to the list `feeds` for a feed of each category"
    )


def starter_files(directory: Path, *, included: bool = False) -> dict[Path, bytes]:
    """Return the contents of the files of a new timeline, by path; perhaps of several files."""
    events = _packaged("starter.yaml")
    return {
        directory / "events.yaml": events + (INCLUDES if included else FEEDS).encode(),
        directory / "events.schema.json": schema_text().encode(),
        directory / ".gitattributes": GIT_ATTRIBUTES.encode(),
    } | (included_files(directory) if included else {})


def included_files(directory: Path) -> dict[Path, bytes]:
    """Return the contents of a file that an events file may include, and of its schema, by path."""
    team = _packaged("starter_team.yaml")
    return {
        directory / TEAM: team,
        directory / "events.included.schema.json": schema_text(included=True).encode(),
    }


INCLUDED = "teams/*.yaml"
TEAM = "teams/alpha.yaml"

FEEDS = """
# An additional feed, dist/races.ics, for those who want the races only.
feeds:
  - id: races
    name: My races
    categories: [race]
"""

INCLUDES = f"""
# The events of each team are in a file of their own.
include:
  - {INCLUDED}

# A feed for each category, beside that of all events: dist/alpha.ics.
feeds:
  - each: category
"""


GIT_ATTRIBUTES = """\
# iCalendar and CSV have CRLF line ends by their standards; git must not touch them.
*.ics -text
*.csv -text
# An Excel workbook has no lines to merge.
*.xlsx binary
"""


def _packaged(name: str) -> bytes:
    """Return a file that is installed with the program."""
    from importlib.resources import files

    return files("timeline.cli").joinpath(name).read_bytes()
