"""Define ``timeline export``, which writes the outputs of an events file.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer
from msgspec.structs import replace

from timeline.cli.completion import complete_feed
from timeline.cli.console import (
    exit_on_user_error,
    print_status,
    report_up_to_date,
    report_written,
    usage_error,
    write_diff,
)
from timeline.cli.feeds import check_feed_ids, report_changes, report_feeds, verify_feeds
from timeline.cli.format_options import FormatOptions, FormatSwitches
from timeline.cli.inputs import check_selection, events_file, load_sound
from timeline.cli.options import (
    Check,
    DiagnosticOptions,
    Diff,
    File,
    OptionGroup,
    SelectionOptions,
    command_with,
)
from timeline.cli.progress import progress
from timeline.cli.requested import check_comparable, read_request
from timeline.cli.streams import write_document
from timeline.cli.values import current_time, output_stem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from timeline.model import Calendar
    from timeline.publishing import ExportRequest, Output, ScratchFiles, StagedFiles


class OutputOptions(OptionGroup, kw_only=True):
    """Where the outputs are written, and whether."""

    title: ClassVar = "Output"
    output_dir: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Folder to write the outputs to.",
            show_default="`outputs.directory` of the file, else `dist` beside it",
        ),
    ] = None
    name: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Name of the outputs, without suffix.",
            show_default="that of FILE",
        ),
    ] = None
    stdout: Annotated[
        bool, typer.Option("--stdout", help="Write one output to standard output, and no file.")
    ] = False
    check: Check = False
    diff: Diff = False
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that timeline did not write.")
    ] = False
    tracked: Annotated[
        bool,
        typer.Option("--tracked", help="Exit with 1 if git neither tracks nor ignores an output."),
    ] = False
    watch: Annotated[
        bool,
        typer.Option(
            "--watch", help="Export again whenever the events file or an included file changes."
        ),
    ] = False


class PublishingOptions(OptionGroup, kw_only=True):
    """Which feeds are written, and what was published before."""

    title: ClassVar = "Publishing"
    feed: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            autocompletion=complete_feed,
            help="Write only this feed of `feeds` (repeatable).",
        ),
    ] = None
    new_feed: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            autocompletion=complete_feed,
            help="Start this feed of `feeds`, which was not published before (repeatable).",
        ),
    ] = None
    previous: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|URL", help="Published feed to update, if it is not the existing output."
        ),
    ] = None
    no_previous: Annotated[
        bool,
        typer.Option("--no-previous", help="Ignore the existing feed and start a new history."),
    ] = False
    allow_removal: Annotated[
        bool,
        typer.Option(
            "--allow-removal",
            help="Allow published events to be removed when they are no longer in the file.",
        ),
    ] = False
    allow_empty: Annotated[
        bool,
        typer.Option(
            "--allow-empty", help="Allow a feed without events to replace one with events."
        ),
    ] = False
    no_verify: Annotated[
        bool,
        typer.Option("--no-verify", help="Skip the check that reads new events of a feed back."),
    ] = False

    @property
    def feeds(self) -> frozenset[str]:
        """The ids of the feeds to write; empty for all feeds."""
        return frozenset(self.feed or ())


class ExportOptions(OptionGroup, kw_only=True):
    """The arguments and options of ``timeline export``."""

    file: File = None
    formats: FormatSwitches
    output: OutputOptions
    publishing: PublishingOptions
    selection: SelectionOptions
    format_options: FormatOptions
    diagnostics: DiagnosticOptions


@command_with(ExportOptions)
def export(options: ExportOptions) -> None:
    """Write the iCalendar feed, CSV, Markdown, diagram and page of an events file.

    Without a format, those of `outputs` in the file are written, else the feed, CSV and Markdown.
    `--diff` compares the outputs, line by line; `timeline diff` says which events changed, and how.
    """
    if options.output.watch:
        export_again(options)
    else:
        _export(options)


def export_again(options: ExportOptions) -> None:
    """Export, and again whenever what is read has changed, until the user interrupts."""
    from timeline.cli.watch import run_whenever_changed

    output = options.output
    for name in ("stdout", "check", "diff", "tracked"):
        if getattr(output, name):
            usage_error(f"--{name} cannot be used while files are watched, which are then written")
    _check(options)
    file = events_file(options.file)
    run_whenever_changed(file, lambda: _export(replace(options, file=file)))


def _export(options: ExportOptions) -> None:
    from timeline.model import select_events
    from timeline.publishing import ScratchFiles, StagedFiles, render_outputs

    _check(options)
    output, publishing, diagnostics = options.output, options.publishing, options.diagnostics
    selection = options.selection.parse()
    form, rule_selection = diagnostics.form(is_alone=False), diagnostics.rule_selection()
    file = events_file(options.file)
    stem = output_stem(file, output.name, needed=not output.stdout)
    # Only the calendar is kept: the text of a long file can be freed before rendering.
    loaded = load_sound(file, form, rule_selection, strict=diagnostics.strict)
    calendar = loaded.calendar
    check_selection(calendar, selection)
    check_feed_ids(calendar, [*(publishing.feed or []), *(publishing.new_feed or [])])
    request = read_request(options, file, stem, loaded, selection)
    del loaded
    _check_amount(request, calendar)
    _check_previous(publishing, calendar, request)
    is_written = not (output.stdout or output.check or output.diff)
    files = StagedFiles() if is_written else ScratchFiles()
    with files:
        with exit_on_user_error(_ELSEWHERE), progress("writing"):
            outputs = render_outputs(calendar, request, now=current_time(), files=files)
        report_feeds(
            outputs,
            calendar,
            request,
            is_written=is_written,
            allow_removal=publishing.allow_removal,
            allow_empty=publishing.allow_empty,
        )
        if not publishing.no_verify:
            verify_feeds(outputs)
        selected = select_events(calendar, selection)
        _print_once(
            notice
            for requested in request.outputs
            for notice in requested.options.notices(selected)
        )
        written = _deliver(outputs, files, to_stdout=output.stdout, show_diff=output.diff)
    # An author knows it of an output that has not changed.
    _print_once(
        advice
        for requested in request.outputs
        if requested.path in written
        for advice in requested.options.advice(calendar)
    )
    if output.tracked:
        from timeline.cli.tracked import check_tracked

        check_tracked([output.path for output in outputs])


def _print_once(sentences: "Iterable[str]") -> None:
    for sentence in dict.fromkeys(sentences):
        print_status(sentence)


def _check_amount(request: "ExportRequest", calendar: "Calendar") -> None:
    """Exit with 2 for outputs that would be too large, before anything is rendered."""
    from timeline.model import select_events

    for requested in request.outputs:
        if refusal := requested.options.refusal(select_events(calendar, request.selection)):
            usage_error(refusal)


def _check(options: ExportOptions) -> None:
    """Exit with 2 for options that conflict or have no effect, before any file is read."""
    output, publishing = options.output, options.publishing
    if publishing.previous and publishing.no_previous:
        usage_error("--previous and --no-previous cannot be used together")
    if output.stdout and len(publishing.feeds) > 1:
        usage_error("--stdout writes one feed: give --feed once")
    if output.stdout and (output.check or output.diff):
        usage_error("--stdout cannot be used with --check or --diff")
    if output.stdout and output.force:
        usage_error("--force has no effect with --stdout, which writes no file")
    if output.stdout and output.tracked:
        usage_error("--tracked has no effect with --stdout, which writes no file")
    check_comparable(options)
    options.format_options.check()


def _check_previous(
    options: PublishingOptions, calendar: "Calendar", request: "ExportRequest"
) -> None:
    """Exit with 2 if several published files are read and ``--previous`` names a single one."""
    if not options.previous or options.previous.endswith("/"):
        return
    if len(options.feeds) > 1 or (calendar.feeds and not options.feeds):
        usage_error("several feeds are written: --previous must be their folder, ending in `/`")
    if any(requested.form.of_feed for requested in request.outputs):
        usage_error(
            "the list of changes continues the published one: --previous must be the folder of "
            "both, ending in `/`"
        )


_ELSEWHERE = ", or write to another folder with --output-dir"
"""The end of the help for a file that cannot be written."""


def _deliver(
    outputs: "list[Output]",
    files: "StagedFiles | ScratchFiles",
    *,
    to_stdout: bool,
    show_diff: bool,
) -> "Collection[Path]":
    """Write the outputs, print a single one, or compare them with the existing files.

    Returns the paths of the outputs that were written because they are new or have changed.
    """
    from timeline.publishing import StagedFiles

    if isinstance(files, StagedFiles):
        with exit_on_user_error(_ELSEWHERE):
            written = files.commit()
        report_written([output.path for output in outputs], written)
        report_changes(outputs)
        return written
    if to_stdout:
        write_document(outputs[0].chunks)
    else:
        _compare(outputs, show=show_diff)
    return ()


def _compare(outputs: "list[Output]", *, show: bool) -> None:
    """Compare the outputs with the existing files; exit with 1 if one differs."""
    from timeline.publishing import describe_changes, is_up_to_date

    with exit_on_user_error():
        # A list of changes is not looked at where its feed stays, so nothing is said of it.
        outputs = [
            output for output in outputs if output.feed is None or not is_up_to_date(output.feed)
        ]
        stale = [output for output in outputs if not is_up_to_date(output)]
        for output in stale if show else ():
            write_diff(describe_changes(output))
    report_changes(stale)
    report_up_to_date([output.path for output in outputs], [output.path for output in stale])
