"""Find outputs that an export would leave behind, because they were in another folder until now.

Before outputs were written beside the events file, they were written to `dist` in the current
folder; `outputs` may name another folder today than yesterday, and so may `--output-dir`. Who
subscribes to a feed in the old folder would miss all changes, so an export asks where to continue.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.publishing.errors import CannotWrite
from timeline.publishing.folders import open_place
from timeline.publishing.output_places import DEFAULT_FOLDER, default_folder, from_folder
from timeline.publishing.siblings import (
    feeds_in_folder,
    find_feed_of_calendar,
    folders_with_feeds,
    has_own_uids,
    is_feed_of_calendar,
)
from timeline.source import (
    ForbiddenPath,
    boundary_of_outputs,
    folder_of_events_file,
    is_within,
    real_path,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from timeline.model import Calendar
    from timeline.publishing.output_settings import OutputSettings
    from timeline.publishing.request import ExportRequest
    from timeline.source import Boundary

    _Find = Callable[[ExportRequest, Calendar, Path, Boundary], Iterator[tuple[Path, Path]]]


class LeftBehind(Struct, frozen=True):
    """An output in the old folder, the one that would be ``new`` in its place.

    ``directory`` is the old folder from that of the events file, ``None`` if `outputs` may not
    name it. ``has_feeds`` states that other feeds of the calendar are in the new folder already,
    and ``may_be_copied`` that the user has named a folder for the new one, which may be an
    additional copy.
    """

    path: Path
    new: Path
    directory: str | None
    is_feed: bool
    has_feeds: bool
    may_be_copied: bool = False


def find_left_behind(
    request: ExportRequest,
    calendar: Calendar,
    events_file: str,
    settings: OutputSettings,
    *,
    is_typed: bool = False,
) -> LeftBehind | None:
    """Return an output that has no successor in its new folder; ``None`` if there is none.

    Other outputs than feeds have no subscribers: they count only if nobody has named a folder, in
    the file or on the command line (``is_typed``). Who names the published feed, or the lack of
    one, has answered already.

    Raises: ``ForbiddenPath`` for links in a circle.
    """
    if request.previous is not None or request.no_previous:
        return None
    home = folder_of_events_file(events_file)
    folders = [Path(DEFAULT_FOLDER), from_folder(home, DEFAULT_FOLDER)]
    is_named = settings.directory is not None or is_typed
    find = _left_feeds if is_named or request.to_stdout else _left_outputs
    starts = _starts_a_feed(request, calendar) and not _has_moved(request, calendar)
    left = _first_left(request, calendar, events_file, folders, find, with_archives=starts)
    if left is None and starts:
        below = folders_with_feeds(real_path(home))
        left = _first_left(request, calendar, events_file, below, _left_feeds, with_archives=True)
    return left


def find_left_behind_by_option(
    request: ExportRequest, calendar: Calendar, events_file: str, settings: OutputSettings
) -> LeftBehind | None:
    """Return a feed that has no successor in the folder of `--output-dir`; ``None`` without one.

    That folder may be for a copy, or for a part of the events, and these are nobody's mistake: so
    nothing is left behind where the feed is where the file says. But a folder that would be the
    published one, if it started from the events file and not from the current folder, is not meant
    as a copy, and the folder that the file names is that of an export without the option.

    Raises: ``ForbiddenPath`` for links in a circle.
    """
    if request.previous is not None or request.no_previous or request.selection:
        return None
    home, typed = folder_of_events_file(events_file), request.directory
    own = default_folder(events_file, settings)
    if os.path.realpath(own) == os.path.realpath(typed):
        return find_left_behind(request, calendar, events_file, settings, is_typed=True)
    if not _starts_a_feed(request, calendar):
        return None
    same = [] if typed.is_absolute() else [from_folder(home, str(typed))]
    left = _first_left(request, calendar, events_file, same, _left_feeds)
    is_copy = _first_left(request, calendar, events_file, [own], _left_feeds) is not None
    if left is not None or is_copy or _has_moved(request, calendar):
        return left
    below = folders_with_feeds(real_path(home))
    left = _first_left(request, calendar, events_file, below, _left_feeds)
    return None if left is None else replace(left, may_be_copied=True)


def _starts_a_feed(request: ExportRequest, calendar: Calendar) -> bool:
    """Return whether a feed would be written that is not in its folder yet."""
    return any(not os.path.lexists(target) for target, _ in _targets(request, calendar))


def _has_moved(request: ExportRequest, calendar: Calendar) -> bool:
    """Return whether the new folder has a feed of the calendar already, a main one if it should."""
    additional = {path for path, is_main in _targets(request, calendar) if not is_main}
    return _has_feed(request, calendar, without=() if request.feeds else additional)


def _has_feed(request: ExportRequest, calendar: Calendar, *, without: Container[Path] = ()) -> bool:
    """Return whether the new folder has a feed of the calendar."""
    feeds = feeds_in_folder(request.directory, request.boundary, without)
    return any(has_own_uids(feed, calendar.id) for _, feed in feeds)


def _targets(request: ExportRequest, calendar: Calendar) -> Iterator[tuple[Path, bool]]:
    """Yield the path of each feed to write, and whether it is the main one."""
    for output in request.outputs:
        if not output.form.is_feed:
            continue
        if not request.feeds:
            yield output.path, True
        for feed in calendar.feeds:
            if not request.feeds or feed.id in request.feeds:
                yield request.path_of_feed(feed.id, output.form), False


def _first_left(
    request: ExportRequest,
    calendar: Calendar,
    events_file: str,
    folders: Iterable[Path],
    find: _Find,
    *,
    with_archives: bool = False,
) -> LeftBehind | None:
    """Return the first output in some folders that has no successor in the new folder.

    What is below a new folder is an archive, which counts only ``with_archives``, unless the events
    file is there, too.
    """
    new, home = os.path.realpath(request.directory), real_path(folder_of_events_file(events_file))
    for folder in folders:
        old = os.path.realpath(folder)
        is_archive = is_within(old, new) and not is_within(home, new)
        if old == new or (is_archive and not with_archives) or not folder.is_dir():
            continue
        boundary = boundary_of_outputs(events_file, folder)
        for path, target in find(request, calendar, folder, boundary):
            base = boundary_of_outputs(events_file)
            may_be_named = base.contains(old) and not base.has_hidden_part(old)
            directory = Path(os.path.relpath(old, home)).as_posix() if may_be_named else None
            has_feeds = _has_feed(request, calendar)
            return LeftBehind(path, target, directory, path.suffix == ".ics", has_feeds)
    return None


def _left_outputs(
    request: ExportRequest, calendar: Calendar, folder: Path, boundary: Boundary
) -> Iterator[tuple[Path, Path]]:
    """Yield each output in a folder that is not in the new one, and its successor."""
    yield from _left_feeds(request, calendar, folder, boundary)
    yield from _left_files(request, calendar, folder, boundary)


def _left_feeds(
    request: ExportRequest, calendar: Calendar, folder: Path, boundary: Boundary
) -> Iterator[tuple[Path, Path]]:
    """Yield each feed of the calendar in a folder that is not in the new one, and its successor."""
    additional = {folder / f"{feed.id}.ics" for feed in calendar.feeds}
    for target, is_main in _targets(request, calendar):
        place = boundary.place(folder / target.name)
        if os.path.lexists(target) or target.stem in request.new_feeds:
            continue
        if is_main:
            left = find_feed_of_calendar(place, calendar, additional)
        else:
            left = place.path if is_feed_of_calendar(place, calendar) else None
        if left is not None:
            yield left, target


def _left_files(
    request: ExportRequest, calendar: Calendar, folder: Path, boundary: Boundary
) -> Iterator[tuple[Path, Path]]:
    """Yield each other output in a folder that is not in the new one, and its successor.

    Beside the feed of another calendar, they are those of that.
    """
    feed = boundary.place(folder / f"{request.stem}.ics")
    if os.path.lexists(feed.path) and not is_feed_of_calendar(feed, calendar):
        return
    for output in request.outputs:
        place = boundary.place(folder / output.path.name)
        is_default = output.path.parent == request.directory
        if output.form.is_for_each_feed or not is_default or os.path.lexists(output.path):
            continue
        with ExitStack() as at_end, suppress(CannotWrite, ForbiddenPath, OSError):
            file = open_place(place, at_end)
            if file is not None and output.form.is_ours(file):
                yield place.path, output.path
