"""Define ``timeline show``, which prints the timeline in the terminal.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer
from msgspec.structs import replace

from timeline.cli.completion import complete_language, one_of
from timeline.cli.console import usage_error
from timeline.cli.inputs import check_selection, events_file, load_sound
from timeline.cli.languages import report_languages
from timeline.cli.options import File, OptionGroup, SelectionOptions, command_with
from timeline.cli.streams import uses_color, write_document, write_lines
from timeline.cli.values import parse_day, parse_language, parse_number

if TYPE_CHECKING:
    from timeline.compiler import Loaded
    from timeline.model import Calendar, Selection

FORMS = ("text", "json")


class ShowOptions(OptionGroup, kw_only=True):
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
    output_format: Annotated[
        str | None,
        typer.Option(
            metavar="FORM",
            autocompletion=one_of(FORMS),
            help="How events are printed: `text`, or `json` for programs.",
            show_default="text",
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

    if options.output_format not in (None, *FORMS):
        usage_error(f"--output-format must be `text` or `json`, not `{options.output_format}`")
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
    if options.output_format == "json":
        write_document(_json(loaded, calendar, selection, today, limit))
        return
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


def _json(
    loaded: "Loaded", calendar: "Calendar", selection: "Selection", today: date, limit: int | None
) -> Iterator[bytes]:
    """Return the JSON of the events that are shown, in chunks."""
    from timeline.compiler import event_origins
    from timeline.formats import FORMATS, keep_upcoming
    from timeline.model import dates_as_of

    form = FORMATS["json"]
    given = form.options().of_file(partial(event_origins, loaded), selection)
    if (refusal := given.refusal(calendar)) is not None:
        usage_error(refusal)
    if limit is not None:
        dates = dates_as_of(calendar, today)
        calendar = keep_upcoming(calendar, dates, today, limit)
    return form.render(calendar, given)
