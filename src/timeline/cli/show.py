"""Define ``timeline show``, which prints the timeline in the terminal.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar

import typer
from msgspec.structs import replace

from timeline.cli.completion import complete_language
from timeline.cli.inputs import check_selection, events_file, load_sound
from timeline.cli.languages import report_languages
from timeline.cli.options import File, OptionGroup, SelectionOptions, command_with
from timeline.cli.streams import uses_color, write_lines
from timeline.cli.values import parse_day, parse_language, parse_number


@dataclass(kw_only=True)
class ShowOptions(OptionGroup):
    """The arguments and options of ``timeline show``."""

    title: ClassVar = "Display"
    file: File = None
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DAY", help="The day to show as today.")
    ] = None
    next: Annotated[
        str | None,
        typer.Option("--next", metavar="N", help="Only current and the next N events."),
    ] = None
    language: Annotated[
        str | None,
        typer.Option(
            metavar="TAG",
            autocompletion=complete_language,
            help="The language of dates and labels, such as `de`.",
        ),
    ] = None
    selection: SelectionOptions


@command_with(ShowOptions)
def show(options: ShowOptions) -> None:
    """Show the timeline in the terminal.

    Events that the feed omits are counted; `timeline export` names them with the reason.
    """
    import shutil

    from timeline.formats import render_terminal
    from timeline.model import omission_reasons, select_events

    selection = options.selection.parse()
    limit = None if options.next is None else parse_number(options.next, "--next", 1)
    language = parse_language(options.language) if options.language else None
    today = datetime.now().astimezone().date()
    if options.as_of:
        today = parse_day(options.as_of, "--as-of")
    loaded = load_sound(events_file(options.file))
    check_selection(loaded.calendar, selection)
    calendar = select_events(loaded.calendar, selection)
    if language:
        calendar = replace(calendar, language=language)
    report_languages([calendar.language])
    color = uses_color(to_stdout=True)
    lines = render_terminal(
        calendar,
        as_of=today,
        next_=limit,
        color=color,
        width=shutil.get_terminal_size((80, 24)).columns,
        left_out=len(omission_reasons(calendar)),
    )
    write_lines(lines, to_stdout=True, is_styled=color)
