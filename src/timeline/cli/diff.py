"""Define ``timeline diff``, which says what changed between two versions of a calendar.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from typing import TYPE_CHECKING, Annotated, ClassVar

import typer
from msgspec.structs import replace

from timeline.cli.completion import complete_feed, complete_language, one_of
from timeline.cli.console import (
    FINDINGS,
    USAGE_ERROR,
    exit_on_user_error,
    fail,
    report,
    usage_error,
)
from timeline.cli.inputs import check_selection, events_file, read_input
from timeline.cli.languages import report_languages
from timeline.cli.options import OptionGroup, SelectionOptions, command_with
from timeline.cli.streams import uses_color, write_document, write_lines
from timeline.cli.values import parse_language, parse_number

if TYPE_CHECKING:
    from timeline.changes import Changes, Side
    from timeline.history import Version
    from timeline.model import Selection

FORMS = ("text", "md", "json")


class DiffOptions(OptionGroup, kw_only=True):
    """The arguments and options of ``timeline diff``."""

    title: ClassVar = "Output"
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="OLD",
            help="Events file, feed or `REV:path` as it was; `-` is standard input.",
            show_default="`HEAD:` and the events file",
        ),
    ] = None
    new: Annotated[
        str | None,
        typer.Argument(
            metavar="NEW",
            help="Events file, feed or `REV:path` as it is now.",
            show_default="the file of OLD, else the events file",
        ),
    ] = None
    output_format: Annotated[
        str,
        typer.Option(
            metavar="|".join(FORMS),
            autocompletion=one_of(FORMS),
            help="How the changes are printed.",
        ),
    ] = "text"
    limit: Annotated[
        str | None,
        typer.Option(
            metavar="N",
            help="With `md`: at most N characters, 500 or more; what is cut is counted.",
        ),
    ] = None
    language: Annotated[
        str | None,
        typer.Option(
            metavar="TAG",
            autocompletion=complete_language,
            help="The language of the changes, such as `de`.",
            show_default="that of NEW",
        ),
    ] = None
    feed: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            autocompletion=complete_feed,
            help="Compare only this feed of `feeds`.",
        ),
    ] = None
    selection: SelectionOptions


@command_with(DiffOptions)
def diff(options: DiffOptions) -> None:
    """Say which events changed between two versions of a calendar, and how.

    This is about dates; `timeline export --diff` compares the outputs, line by line. The exit code
    is 0 if nothing changed, and 1 if something did.
    """
    from timeline.changes import as_feed, compare, json_text, markdown_table, text_lines
    from timeline.history import check_same_calendar
    from timeline.model import wording_of

    selection = options.selection.parse()
    language = parse_language(options.language) if options.language else None
    if options.output_format not in FORMS:
        from timeline.diagnostics import did_you_mean

        help_ = did_you_mean(options.output_format, FORMS)
        usage_error(f"--output-format: there is no form `{options.output_format}`; {help_}")
    limit = None if options.limit is None else parse_number(options.limit, "--limit", 500)
    if limit and options.output_format != "md":
        usage_error("--limit has no effect without --output-format md")
    names = _names(options)
    if names == ("-", "-"):
        usage_error("standard input can be OLD or NEW, not both")
    old, new = map(_read, names)
    with exit_on_user_error():
        check_same_calendar(old, new)
    sides = _of_feed((old.side, new.side), options.feed)
    calendars = [side.calendar for side in sides]
    if old.side.is_feed or new.side.is_feed:
        selection = replace(selection, ids=_uids(selection.ids, sides))
        sides = as_feed(sides[0]), as_feed(sides[1])
        calendars += [side.calendar for side in sides]
    check_selection(calendars[0], selection, *calendars[1:])
    changes = _selected(compare(*sides), selection)
    calendar = changes.after
    if language:
        calendar = replace(calendar, language=language)
    report_languages([calendar.language])
    wording = wording_of(calendar)
    if options.output_format == "json":
        write_document(json_text(changes, wording))
    elif options.output_format == "md":
        write_document(markdown_table(changes, wording, limit))
    else:
        color = uses_color(to_stdout=True)
        write_lines(text_lines(changes, wording, color=color), to_stdout=True, is_styled=color)
    if changes:
        raise typer.Exit(FINDINGS)


def _names(options: DiffOptions) -> tuple[str, str]:
    """Return OLD and NEW, each with its default."""
    from timeline.history import current_file, split_revision

    if options.old is None:
        file = events_file(None)
        return f"HEAD:{file if file.startswith('..') else f'./{file}'}", file
    if options.new is not None:
        return options.old, options.new
    current = None
    if (revision := split_revision(options.old)) and options.old != "-":
        with exit_on_user_error():
            current = current_file(*revision)
    return options.old, current or events_file(None)


def _read(name: str) -> "Version":
    """Return a version; exit with 2 if it cannot be read, or has errors, which are reported."""
    from timeline.history import read_version

    version = read_input(read_version, name)
    if version.loaded is not None and not version.is_sound:
        report(version.loaded, to_stdout=False)
        fail(f"`{name}` has errors, so it cannot be compared", USAGE_ERROR)
    return version


def _of_feed(sides: "tuple[Side, Side]", feed: str | None) -> "tuple[Side, Side]":
    """Return the sides with the events of one feed; a side that has no such feed has no events."""
    if feed is None:
        return sides
    from timeline.diagnostics import did_you_mean
    from timeline.model import calendar_of_feed

    known = {other.id for side in sides for other in side.calendar.feeds}
    if feed not in known:
        usage_error(f"there is no feed `{feed}` in `feeds`; {did_you_mean(feed, sorted(known))}")

    def of_feed(side: "Side") -> "Side":
        for other in side.calendar.feeds:
            if other.id == feed:
                return replace(side, calendar=calendar_of_feed(side.calendar, other))
        return replace(side, calendar=replace(side.calendar, events=()))

    old, new = map(of_feed, sides)
    return old, new


def _uids(ids: "frozenset[str]", sides: "tuple[Side, Side]") -> "frozenset[str]":
    """Return the UIDs that the ids of either side mean, because a feed has no others.

    An id that no side has stays, to be reported.
    """
    uids: set[str] = set()
    for name in ids:
        uids |= {
            event.uid
            for side in sides
            for event in side.calendar.events
            if name in (event.id, event.uid)
            or (side.is_feed and name == event.uid.rpartition("@")[0])
        } or {name}
    return frozenset(uids)


def _selected(changes: "Changes", selection: "Selection") -> "Changes":
    """Return the changes of events that are selected before or after."""
    from timeline.model import select_events

    if not selection:
        return changes
    sides = (select_events(side, selection) for side in (changes.before, changes.after))
    return changes.selected({event.uid for side in sides for event in side.events})
