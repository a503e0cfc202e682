"""Decide what ``timeline export`` writes: by the command line, else by `outputs` of the file."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.cli.console import exit_on_user_error, print_detail, print_status, usage_error
from timeline.cli.left_behind import check_left_behind
from timeline.cli.streams import is_terminal
from timeline.formats import FORMATS, with_feeds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from timeline.cli.export import ExportOptions, PublishingOptions
    from timeline.compiler import Loaded
    from timeline.formats import Format
    from timeline.model import Selection
    from timeline.publishing import ExportRequest, OutputSetting, OutputSettings, RequestedOutput


def requested_names(options: ExportOptions, settings: OutputSettings) -> list[str]:
    """Return the formats to write or to compare: those on the command line, else of the file.

    A list of changes is printed alone, and written with its feed.
    """
    if options.formats.names:
        names = options.formats.names
        return names if options.output.stdout else with_feeds(names)
    if options.publishing.feeds:
        return [
            name
            for name, form in FORMATS.items()
            if form.is_feed or (form.is_for_each_feed and name in settings.formats)
        ]
    names = settings.names()
    if not _compares(options):
        return names
    return [name for name in names if not FORMATS[name].depends_on_fonts]


def check_comparable(options: ExportOptions) -> None:
    """Exit with 2 if a format on the command line cannot be compared."""
    for name in options.formats.names if _compares(options) else ():
        if FORMATS[name].depends_on_fonts:
            flag = "--check" if options.output.check else "--diff"
            usage_error(
                f"--{name} cannot be used with {flag}: its bytes depend on the fonts of the machine"
            )


def _compares(options: ExportOptions) -> bool:
    return options.output.check or options.output.diff


def _report_not_compared(names: Sequence[str], settings: OutputSettings) -> None:
    """Name the outputs of the file that are not compared; exit with 2 if there are no others."""
    left = [name for name in settings.names() if name not in names]
    why = "its bytes depend on the fonts of the machine"
    if not names:
        usage_error(f"there is nothing to compare: `outputs` has only `{left[0]}`, and {why}")
    for name in left:
        print_status(f"not compared: the {FORMATS[name].title}; {why}")


def read_request(
    options: ExportOptions, file: str, stem: str, loaded: Loaded, selection: Selection
) -> ExportRequest:
    """Return what to write; exit with 2 where the options and the file do not go together."""
    from timeline.compiler import event_origins
    from timeline.publishing import (
        ExportRequest,
        check_distinct,
        default_folder,
        read_settings,
    )
    from timeline.source import boundary_of_outputs

    output, publishing = options.output, options.publishing
    settings = read_settings(loaded.outputs)
    names = requested_names(options, settings)
    _check_effect(options, names)
    if _compares(options) and not (options.formats.names or options.publishing.feeds):
        _report_not_compared(names, settings)
    typed = output.output_dir
    with exit_on_user_error():
        boundary = boundary_of_outputs(file, typed, sources=loaded.document.names)
        print_detail(f"outputs may be written below {boundary.base}")
        folder = default_folder(file, settings) if typed is None else typed
        outputs = _outputs(options, file, settings, folder / stem)
        origins = partial(event_origins, loaded)
        outputs = [
            replace(output, options=output.options.of_file(origins, selection))
            for output in outputs
        ]
    if output.stdout:
        _check_stdout(options, outputs)
    request = ExportRequest(
        outputs,
        folder,
        boundary,
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
    with exit_on_user_error():
        check_distinct(request, loaded.calendar)
    check_left_behind(options, file, request, loaded.calendar, settings)
    return request


def _outputs(
    options: ExportOptions,
    file: str,
    settings: OutputSettings,
    default: Path,
) -> list[RequestedOutput]:
    """Return the outputs of the whole calendar; ``default`` is their path without a suffix."""
    from timeline.publishing import RequestedOutput, with_input_files

    outputs, others = [], []
    requested = requested_names(options, settings)
    for name in dict.fromkeys([*requested, *settings.formats]):
        form, several = FORMATS[name], settings.of(name)
        if name in requested and len(several) > 1:
            _check_several(options, name, len(several))
        for setting in several:
            path = _path(options, file, setting, default.with_name(default.name + form.suffix))
            others.append((name, path))
            if name not in requested:
                continue
            written = with_input_files(form, setting.options, file)
            render_options = options.format_options.of(form, written)
            outputs.append(RequestedOutput(name, render_options, path))
    if options.output.stdout:
        return outputs
    return [_beside(output, others, outputs) for output in outputs]


def _check_several(options: ExportOptions, name: str, count: int) -> None:
    """Exit with 2 for an option that only one of several outputs can have."""
    several = f"but `outputs` of the file has {count} of --{name}"
    if options.output.name is not None:
        usage_error(f"--name is the name of one output, {several}: remove --name")
    for flag in options.format_options.of_one(FORMATS[name]):
        key = flag.removeprefix("--")
        usage_error(f"{flag} is that of one output, {several}: write `{key}` there")


def _beside(
    output: RequestedOutput,
    others: Sequence[tuple[str, Path]],
    outputs: Sequence[RequestedOutput],
) -> RequestedOutput:
    """Return an output that knows the others, by their paths from its folder.

    ``others`` are the outputs of all formats, also those that are not written now.
    """
    folder = os.path.abspath(output.path.parent)  # noqa: PTH100 - as text, no link is followed

    def relative(path: Path) -> str:
        return os.path.relpath(path, folder).replace(os.sep, "/")

    paths = [relative(path) for name, path in others if name != output.name]
    siblings = {
        relative(sibling.path): sibling.options
        for sibling in outputs
        if sibling.name == output.name and sibling is not output
    }
    return replace(output, options=output.options.beside(paths, siblings))


def _path(options: ExportOptions, file: str, setting: OutputSetting, default: Path) -> Path:
    """Return the path of an output: its folder and its name may be on the command line."""
    from timeline.publishing import from_folder
    from timeline.source import folder_of_events_file

    if setting.path is None:
        return default
    path = from_folder(folder_of_events_file(file), setting.path)
    if options.output.name is not None:
        path = path.with_name(default.name)
    return path if options.output.output_dir is None else options.output.output_dir / path.name


def _check_stdout(options: ExportOptions, outputs: Sequence[RequestedOutput]) -> None:
    """Exit with 2 unless there is exactly one output, which is printed.

    Its folder and its name have an effect for a feed only, which continues the one that is there.
    """
    if len({output.name for output in outputs}) != 1:
        switches = ", ".join(f"--{name}" for name in FORMATS)
        usage_error(f"--stdout writes one format: add one of {switches}")
    if len(outputs) != 1:
        usage_error(
            f"--stdout writes one output, but `outputs` of the file has {len(outputs)} of "
            f"--{outputs[0].name}: write them to files"
        )
    form, name = outputs[0].form, outputs[0].name
    if form.is_binary and is_terminal():
        usage_error(f"--{name} is not printed in a terminal: write `--stdout > FILE{form.suffix}`")
    for option in ("output_dir", "name"):
        flag = "--" + option.replace("_", "-")
        if option in options.given and not _finds_feed(options.publishing, form, option):
            usage_error(f"{flag} has no effect with --stdout, which writes no file: remove {flag}")


def _finds_feed(publishing: PublishingOptions, form: Format, option: str) -> bool:
    """Return whether an option leads to the published feed that an output continues."""
    if not form.is_feed or publishing.no_previous:
        return False
    previous = publishing.previous
    is_in_folder = previous is not None and previous.endswith("/") and option == "name"
    return previous is None or is_in_folder or bool(publishing.feeds)


def _check_effect(options: ExportOptions, names: Sequence[str]) -> None:
    """Exit with 2 for options of formats that are not written."""
    feed_formats = [name for name, form in FORMATS.items() if form.is_for_each_feed]
    idle = dict(options.format_options.idle(names))
    if not set(names) & set(feed_formats):
        given = [name for name in _OF_FEEDS if name in options.given]
        idle |= {"--" + name.replace("_", "-"): feed_formats[0] for name in given}
    if idle:
        flag, name = next(iter(idle.items()))
        usage_error(f"{flag} has no effect without --{name}: add --{name}, or remove {flag}")
    others = [f"--{name}" for name in names if not FORMATS[name].is_for_each_feed]
    if options.publishing.feeds and others:
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
