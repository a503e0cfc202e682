"""Define ``timeline export``, which writes the outputs of an events file.

Annotations are not strings here: typer evaluates string annotations of a command twice.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

import typer

from timeline.cli.completion import complete_feed
from timeline.cli.console import (
    exit_on_user_error,
    print_detail,
    print_status,
    report_up_to_date,
    report_written,
    usage_error,
    write_diff,
)
from timeline.cli.feeds import check_feeds, report_feeds, verify_feeds
from timeline.cli.format_options import FormatOptions, FormatSwitches
from timeline.cli.inputs import check_selection, load_sound
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
from timeline.cli.streams import is_terminal, write_document
from timeline.cli.values import current_time, output_stem
from timeline.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timeline.formats import RenderOptions
    from timeline.model import Calendar, Selection
    from timeline.publishing import Output, ScratchFiles, StagedFiles
    from timeline.source import Boundary


@dataclass(kw_only=True)
class OutputOptions(OptionGroup):
    """Where the outputs are written, and whether."""

    title: ClassVar = "Output"
    output_dir: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder to write the outputs to.")
    ] = Path("dist")
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


@dataclass(kw_only=True)
class PublishingOptions(OptionGroup):
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


@dataclass(kw_only=True)
class ExportOptions(OptionGroup):
    """The arguments and options of ``timeline export``."""

    file: File = "events.yaml"
    formats: FormatSwitches
    output: OutputOptions
    publishing: PublishingOptions
    selection: SelectionOptions
    format_options: FormatOptions
    diagnostics: DiagnosticOptions

    @property
    def names(self) -> list[str]:
        """The formats to write: those on the command line, else the default ones."""
        if self.formats.names:
            return self.formats.names
        if self.publishing.feeds:
            return [name for name, form in FORMATS.items() if form.is_feed]
        return [name for name, form in FORMATS.items() if form.is_default]


@command_with(ExportOptions)
def export(options: ExportOptions) -> None:
    """Write the iCalendar feed, CSV, Markdown and diagram of an events file.

    Without a format, the feed, CSV and Markdown are written.
    """
    from timeline.publishing import ExportRequest, ScratchFiles, StagedFiles, render_outputs

    _check(options)
    output, publishing, diagnostics = options.output, options.publishing, options.diagnostics
    stem = output_stem(options.file, output.name, needed=not output.stdout)
    selection = options.selection.parse()
    settings = {name: options.format_options.of(FORMATS[name]) for name in options.names}
    form, rule_selection = diagnostics.form(is_alone=False), diagnostics.rule_selection()
    # Only the calendar is kept: the text of a long file can be freed before rendering.
    loaded = load_sound(options.file, form, rule_selection, strict=diagnostics.strict)
    calendar, sources = loaded.calendar, loaded.document.names
    del loaded
    check_selection(calendar, selection)
    _check_amount(settings, calendar, selection)
    check_feeds(calendar, stem, [*(publishing.feed or []), *(publishing.new_feed or [])])
    _check_previous(publishing, calendar)
    request = ExportRequest(
        options.names,
        output.output_dir,
        _boundary(options, sources),
        stem,
        selection,
        publishing.feeds,
        publishing.previous,
        publishing.no_previous,
        frozenset(publishing.new_feed or ()),
        is_named=output.name is not None,
        to_stdout=output.stdout,
        force=output.force,
    )
    is_written = not (output.stdout or output.check or output.diff)
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
            allow_removal=publishing.allow_removal,
            allow_empty=publishing.allow_empty,
        )
        if not publishing.no_verify:
            verify_feeds(outputs)
        for settings_of_format in settings.values():
            for notice in settings_of_format.notices(calendar):
                print_status(notice)
        _deliver(outputs, files, to_stdout=output.stdout, show_diff=output.diff)
    if output.tracked:
        from timeline.cli.tracked import check_tracked

        check_tracked([output.path for output in outputs])


def _check_amount(
    settings: "Mapping[str, RenderOptions]", calendar: "Calendar", selection: "Selection"
) -> None:
    """Exit with 2 for outputs that would be too large, before anything is rendered."""
    from timeline.model import select_events

    for options in settings.values():
        if refusal := options.refusal(select_events(calendar, selection)):
            usage_error(refusal)


def _check(options: ExportOptions) -> None:
    """Exit with 2 for options that conflict or have no effect, before any file is read."""
    output, publishing = options.output, options.publishing
    if publishing.previous and publishing.no_previous:
        usage_error("--previous and --no-previous cannot be used together")
    if output.stdout:
        _check_stdout(options)
    options.format_options.check()
    _check_effect(options)


def _check_stdout(options: ExportOptions) -> None:
    """Exit with 2 unless there is exactly one output, which is printed."""
    if len(options.names) != 1:
        switches = ", ".join(f"--{name}" for name in FORMATS)
        usage_error(f"--stdout writes one format: add one of {switches}")
    if len(options.publishing.feeds) > 1:
        usage_error("--stdout writes one feed: give --feed once")
    if options.output.check or options.output.diff:
        usage_error("--stdout cannot be used with --check or --diff")
    (name,) = options.names
    if FORMATS[name].is_binary and is_terminal():
        usage_error(
            f"--{name} is not printed in a terminal: write `--stdout > FILE{FORMATS[name].suffix}`"
        )
    if options.output.force:
        usage_error("--force has no effect with --stdout, which writes no file")
    if options.output.tracked:
        usage_error("--tracked has no effect with --stdout, which writes no file")


def _check_effect(options: ExportOptions) -> None:
    """Exit with 2 for options of formats that are not written."""
    names, feed_formats = options.names, [name for name, form in FORMATS.items() if form.is_feed]
    idle = dict(options.format_options.idle(names))
    if not set(names) & set(feed_formats):
        given = [name for name in _OF_FEEDS if name in options.given]
        idle |= {"--" + name.replace("_", "-"): feed_formats[0] for name in given}
    if idle:
        flag, name = next(iter(idle.items()))
        usage_error(f"{flag} has no effect without --{name}: add --{name}, or remove {flag}")
    if options.publishing.feeds and not set(names) <= set(feed_formats):
        others = [f"--{name}" for name in names if name not in feed_formats]
        title = FORMATS[feed_formats[0]].title
        usage_error(f"--feed applies to {title} only: remove {' and '.join(others)}")


_OF_FEEDS = (
    "previous",
    "no_previous",
    "new_feed",
    "allow_removal",
    "allow_empty",
    "no_verify",
)
"""The options that have no effect if no feed is written."""


def _check_previous(options: PublishingOptions, calendar: "Calendar") -> None:
    """Exit with 2 if several feeds are written and ``--previous`` names a single one."""
    several = len(options.feeds) > 1 or (calendar.feeds and not options.feeds)
    if options.previous and several and not options.previous.endswith("/"):
        usage_error("several feeds are written: --previous must be their folder, ending in `/`")


def _boundary(options: ExportOptions, sources: "Sequence[str]") -> "Boundary":
    """Return the boundary of the outputs; exit with 2 if links to their folder are circular."""
    from timeline.source import boundary_of_outputs

    folder, is_typed = options.output.output_dir, "output_dir" in options.given
    with exit_on_user_error():
        boundary = boundary_of_outputs(options.file, folder, is_typed=is_typed, sources=sources)
    print_detail(f"outputs may be written below {boundary.base}")
    return boundary


_ELSEWHERE = ", or write to another folder with --output-dir"
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
    elif to_stdout:
        write_document(outputs[0].chunks)
    else:
        _compare(outputs, show=show_diff)


def _compare(outputs: "list[Output]", *, show: bool) -> None:
    """Compare the outputs with the existing files; exit with 1 if one differs."""
    from timeline.publishing import describe_changes, is_up_to_date

    with exit_on_user_error():
        stale = [output for output in outputs if not is_up_to_date(output)]
        for output in stale if show else ():
            write_diff(describe_changes(output))
    report_up_to_date([output.path for output in outputs], [output.path for output in stale])
