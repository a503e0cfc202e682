"""``timeline show``: the timeline in the terminal.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

import sys
from datetime import datetime
from typing import Annotated

import typer

from timeline.cli.console import color
from timeline.cli.inputs import check_selection, load_sound
from timeline.cli.options import AsOf, Categories, File, First, Ids, Last, day_of, selection_of


def show(
    file: File = "events.yaml",
    as_of: AsOf = None,
    next_: Annotated[
        int | None,
        typer.Option("--next", metavar="N", help="Only what is on, and the next N events.", min=1),
    ] = None,
    first: First = None,
    last: Last = None,
    category: Categories = None,
    ids: Ids = None,
) -> None:
    """Show the timeline in the terminal, and what is left out of the feed and why."""
    import shutil

    from timeline.formats import terminal as showing
    from timeline.model.selection import select
    from timeline.publishing.removals import omissions

    selection = selection_of(first, last, category, ids)
    today = day_of(as_of, "--as-of") if as_of else datetime.now().astimezone().date()
    loaded = load_sound(file)
    check_selection(loaded, selection)
    calendar = select(loaded.calendar, selection)
    lines = showing.render(
        calendar,
        as_of=today,
        next_=next_,
        color=color(sys.stdout),
        width=shutil.get_terminal_size((80, 24)).columns,
        left_out=omissions(calendar),
    )
    for line in lines:
        typer.echo(line)
