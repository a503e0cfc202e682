"""Define ``timeline export``, which writes the outputs of an events file.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from timeline.cli.console import (
    exit_on_user_error,
    print_message,
    report_up_to_date,
    report_written,
    usage_error,
)
from timeline.cli.feeds import check_feeds, report_feeds, verify_feeds
from timeline.cli.format_options import FormatOptions, FormatSwitches
from timeline.cli.inputs import check_selection, load_sound
from timeline.cli.options import (
    DiagnosticOptions,
    File,
    OptionGroup,
    SelectionOptions,
    command_with,
)
from timeline.cli.progress import progress
from timeline.cli.values import current_time, output_stem, refuse_empty
from timeline.formats import FORMATS

if TYPE_CHECKING:
    from timeline.model import Calendar
    from timeline.publishing import Output, ScratchFiles, StagedFiles


@dataclass(kw_only=True)
class ExportOptions(OptionGroup):
    """The arguments and options of ``timeline export``."""

    file: File = "events.yaml"
    formats: FormatSwitches
    output_dir: Annotated[
        Path, typer.Option(metavar="DIR", help="Where to write, from the current folder.")
    ] = Path("dist")
    stdout: Annotated[
        bool, typer.Option("--stdout", help="Write one format to standard output, and no file.")
    ] = False
    name: Annotated[
        str | None,
        typer.Option(
            metavar="STEM", help="What to call the outputs; the file's name unless given."
        ),
    ] = None
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 if an output is not up to date.")
    ] = False
    diff: Annotated[
        bool,
        typer.Option("--diff", help="Write nothing; show what would change, exit 1 if it would."),
    ] = False
    previous: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL", help="The published feed, if it is not the one that stands."
        ),
    ] = None
    no_previous: Annotated[
        bool, typer.Option("--no-previous", help="Publish for the first time, whatever stands.")
    ] = False
    allow_removal: Annotated[
        bool,
        typer.Option("--allow-removal", help="Let published events go that the file has no more."),
    ] = False
    no_verify: Annotated[
        bool, typer.Option("--no-verify", help="Do not read new events of a feed back first.")
    ] = False
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Let a feed without events replace one with some.")
    ] = False
    feed: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this one of the file's `feeds` (repeatable)."),
    ] = None
    new_feed: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help="This one of `feeds` was not published before (repeatable)."
        ),
    ] = None
    format_options: FormatOptions
    filters: SelectionOptions
    reporting: DiagnosticOptions

    @property
    def names(self) -> list[str]:
        """The formats to write: those on the command line, else the default ones."""
        if self.formats.names:
            return self.formats.names
        if self.feed:
            return [name for name, form in FORMATS.items() if form.is_feed]
        return [name for name, form in FORMATS.items() if form.is_default]

    @property
    def feeds(self) -> frozenset[str]:
        """The ids of the feeds to write; empty for all feeds."""
        return frozenset(self.feed or ())


@command_with(ExportOptions)
def export(options: ExportOptions) -> None:
    """Write the feed, the table and the Markdown of an events file, or a picture of it.

    Without a format, the first three.
    """
    from timeline.publishing import ExportRequest, ScratchFiles, StagedFiles, render_outputs

    _check(options)
    stem = output_stem(options.file, options.name, needed=not options.stdout)
    selection = options.filters.selection()
    settings = {name: options.format_options.of(FORMATS[name]) for name in options.names}
    reporting = options.reporting
    form, rule_selection = reporting.form(is_alone=False), reporting.rule_selection()
    # Only the calendar is kept: the text of a long file can be freed before rendering.
    calendar = load_sound(options.file, form, rule_selection, strict=reporting.strict).calendar
    check_selection(calendar, selection)
    check_feeds(calendar, stem, [*(options.feed or []), *(options.new_feed or [])])
    _check_previous(options, calendar)
    request = ExportRequest(
        options.names,
        options.output_dir,
        stem,
        selection,
        options.feeds,
        options.previous,
        options.no_previous,
        frozenset(options.new_feed or ()),
        to_stdout=options.stdout,
    )
    is_written = not (options.stdout or options.check or options.diff)
    files = StagedFiles() if is_written else ScratchFiles()
    with files:
        with exit_on_user_error(_ELSEWHERE), progress("writing"):
            outputs = render_outputs(
                calendar, request, options=settings, now=current_time(), files=files
            )
        report_feeds(
            outputs,
            calendar,
            request,
            allow_removal=options.allow_removal,
            allow_empty=options.allow_empty,
        )
        if not options.no_verify:
            verify_feeds(outputs)
        for settings_of_format in settings.values():
            for notice in settings_of_format.notices(calendar):
                print_message(notice)
        _deliver(outputs, files, to_stdout=options.stdout, show_diff=options.diff)


def _check(options: ExportOptions) -> None:
    """Exit with 2 for options that conflict or have no effect, before any file is read."""
    refuse_empty({"--previous": options.previous, "--name": options.name})
    names, feed_formats = options.names, [name for name, form in FORMATS.items() if form.is_feed]
    if options.stdout and len(names) != 1:
        switches = ", ".join(f"--{name}" for name in FORMATS)
        usage_error(f"--stdout writes one format: add one of {switches}")
    if options.stdout and len(options.feeds) > 1:
        usage_error("--stdout writes one feed: give --feed once")
    if options.stdout and (options.check or options.diff):
        usage_error("--stdout does not go with --check or --diff")
    options.format_options.check()
    if options.previous and options.no_previous:
        usage_error("--previous and --no-previous exclude each other")
    idle = dict(options.format_options.idle(names))
    if not set(names) & set(feed_formats):
        given = [name for name in _OF_FEEDS if name in options.given]
        idle |= {"--" + name.replace("_", "-"): feed_formats[0] for name in given}
    if idle:
        flag, name = next(iter(idle.items()))
        usage_error(f"{flag} does nothing here: add --{name}, or leave it out")
    if options.feed and not set(names) <= set(feed_formats):
        *most, last = [f"--{name}" for name in FORMATS if name not in feed_formats]
        title = FORMATS[feed_formats[0]].title
        usage_error(f"--feed is of {title} only: leave {', '.join(most)} and {last} out")


_OF_FEEDS = ("previous", "no_previous", "new_feed")
"""The options that have no effect if no feed is written."""


def _check_previous(options: ExportOptions, calendar: "Calendar") -> None:
    """Exit with 2 if several feeds are written and ``--previous`` names a single one."""
    several = len(options.feeds) > 1 or (calendar.feeds and not options.feeds)
    if options.previous and several and not options.previous.endswith("/"):
        usage_error("there are several feeds: give their folder to --previous, ending in `/`")


_ELSEWHERE = ", or name another folder with --output-dir"
"""The end of the help for a file that cannot be written."""


def _deliver(
    outputs: "list[Output]",
    files: "StagedFiles | ScratchFiles",
    *,
    to_stdout: bool,
    show_diff: bool,
) -> None:
    """Write the outputs, print a single one, or compare them with the existing files."""
    from timeline.publishing import StagedFiles

    if isinstance(files, StagedFiles):
        with exit_on_user_error(_ELSEWHERE):
            written = files.commit()
        report_written([output.path for output in outputs], written)
    elif not to_stdout:
        _compare(outputs, show=show_diff)
    elif sys.stdout is None:
        usage_error("--stdout: standard output is closed")
    else:
        for chunk in outputs[0].chunks:
            sys.stdout.buffer.write(chunk)


def _compare(outputs: "list[Output]", *, show: bool) -> None:
    """Compare the outputs with the existing files; exit with 1 if one differs."""
    from timeline.publishing import describe_changes, is_up_to_date

    stale = []
    with exit_on_user_error():
        for output in outputs:
            if is_up_to_date(output):
                continue
            stale.append(output.path)
            if show:
                typer.echo(describe_changes(output), nl=False)
    report_up_to_date([output.path for output in outputs], stale)
