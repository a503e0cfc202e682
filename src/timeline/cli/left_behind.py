"""Stop an export that would leave the published feed behind, in a folder that it does not write."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from timeline.cli.console import USAGE_ERROR, exit_on_user_error, fail, print_status
from timeline.cli.feeds import other_feed_notice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from timeline.cli.export import ExportOptions
    from timeline.model import Calendar
    from timeline.publishing import ExportRequest, LeftBehind, OutputSettings


def check_left_behind(
    options: ExportOptions,
    file: str,
    request: ExportRequest,
    calendar: Calendar,
    settings: OutputSettings,
) -> None:
    """Exit with 2 if the outputs were in another folder until now, and this one has none.

    Nothing is written then: those who know the old place would never hear of a change again. A
    folder that the user typed may be for a copy, as that of a build is; then the other feed is
    only reported, unless git says that it is the published one.
    """
    from timeline.publishing import find_left_behind, find_left_behind_by_option

    is_typed = options.output.output_dir is not None
    find = find_left_behind_by_option if is_typed else find_left_behind
    with exit_on_user_error():
        left = find(request, calendar, file, settings)
    if left is None:
        return
    if left.may_be_copied and not _is_published_by_git(left.path, left.new):
        if not request.to_stdout:
            print_status(other_feed_notice(left.new, left.path))
        return
    typed = [*_without("--output-dir", options.typed)]
    name = []
    if left.path.stem != left.new.stem:
        name, typed = ["--name", left.path.stem], [*_without("--name", typed)]
    go_on = f"type `{_command('--output-dir', str(left.path.parent), *name, *typed)}`"
    if left.directory is not None and not name:
        go_on += f", or write `outputs: {{directory: {left.directory}}}` in the file"
    what = "the published feed" if left.is_feed else "the output so far"
    move = f"to write to `{left.new.parent}`, move the files there"
    if (start := _start(left, request)) is not None:
        why = ", to start a new history," if left.is_feed else ""
        move += f", or{why} type `{_command(*start, *options.typed)}`"
    fail(
        f"`{left.new}` would be a new file, but `{left.path}` is {what}",
        USAGE_ERROR,
        f"to continue that one, {go_on}; {move}",
    )


def _start(left: LeftBehind, request: ExportRequest) -> Sequence[str] | None:
    """Return the options of an export that writes the new output and asks no more.

    There are none for a main feed beside other feeds that have a history.
    """
    if not left.is_feed:
        return ("--output-dir", str(left.new.parent))
    if not left.has_feeds:
        return ("--no-previous",)
    return None if left.new.stem == request.stem else ("--new-feed", left.new.stem)


def _command(*arguments: str) -> str:
    import shlex

    return shlex.join(["timeline", "export", *arguments])


def _without(option: str, typed: Sequence[str]) -> Iterator[str]:
    """Yield the arguments of a command without an option and its value."""
    is_value = False
    for word in typed:
        if not (is_value or word == option or word.startswith(f"{option}=")):
            yield word
        is_value = not is_value and word == option


def _is_published_by_git(old: Path, new: Path) -> bool:
    """Return whether git tracks a feed, and would track the new one, too: it is not ignored."""
    from timeline.cli.git import run_git

    folder, name = os.path.split(os.path.realpath(old))
    tracked = run_git(folder, "ls-files", "--error-unmatch", "--", name)
    if tracked is None or tracked.returncode != 0:
        return False
    ignored = run_git(folder, "check-ignore", "--quiet", "--", os.path.realpath(new))
    return ignored is not None and ignored.returncode == 1  # 0: ignored, 128: outside
