"""Find outputs that an export would leave behind, because they were in another folder until now.

Before outputs were written beside the events file, they were written to `dist` in the current
folder, and `outputs` may name another folder today than yesterday. Who subscribes to a feed in the
old folder would miss all changes, so an export asks where to continue.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.publishing.errors import CannotWrite
from timeline.publishing.folders import open_place
from timeline.publishing.output_places import DEFAULT_FOLDER, from_folder
from timeline.publishing.siblings import (
    find_feed_of_calendar,
    folders_with_feeds,
    is_feed_of_calendar,
)
from timeline.source import ForbiddenPath, boundary_of_outputs, folder_of_events_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import Calendar
    from timeline.publishing.request import ExportRequest
    from timeline.source import Boundary


class LeftBehind(Struct, frozen=True):
    """An output in the old folder, the one that would be ``new`` in its place.

    ``directory`` is the old folder from that of the events file, ``None`` if `outputs` may not
    name it.
    """

    path: Path
    new: Path
    directory: str | None
    is_feed: bool


def find_left_behind(
    request: ExportRequest, calendar: Calendar, events_file: str, *, is_moved: bool
) -> LeftBehind | None:
    """Return an output that has no successor in its new folder; ``None`` if there is none.

    If ``is_moved``, the file itself names the new folder, and the old one may be any beside the
    events file or beside the new one. Only feeds count then: other outputs have no subscribers.

    Raises: ``ForbiddenPath`` for links in a circle.
    """
    home = folder_of_events_file(events_file)
    new = os.path.realpath(request.directory)
    folders = [Path(DEFAULT_FOLDER), from_folder(home, DEFAULT_FOLDER)]
    if is_moved:
        base = boundary_of_outputs(events_file)
        for parent in dict.fromkeys((Path(home), request.directory.parent)):
            folders += folders_with_feeds(parent, base)
    for folder in folders:
        if os.path.realpath(folder) == new or not folder.is_dir():
            continue
        boundary = boundary_of_outputs(events_file, folder)
        pairs = _left_feeds(request, calendar, folder, boundary)
        if not (is_moved or request.to_stdout):
            pairs = chain(pairs, _left_files(request, calendar, folder, boundary))
        for path, target in pairs:
            old, base = os.path.realpath(folder), boundary_of_outputs(events_file)
            may_be_named = base.contains(old) and not base.has_hidden_part(old)
            directory = Path(os.path.relpath(old, os.path.realpath(home))).as_posix()
            is_feed = path.suffix == ".ics"
            return LeftBehind(path, target, directory if may_be_named else None, is_feed)
    return None


def _left_feeds(
    request: ExportRequest, calendar: Calendar, folder: Path, boundary: Boundary
) -> Iterator[tuple[Path, Path]]:
    """Yield each feed of the calendar in a folder that is not in the new one, and its successor."""
    additional = {folder / f"{feed.id}.ics" for feed in calendar.feeds}
    for output in request.outputs if not request.feeds else ():
        if output.form.is_feed and not os.path.lexists(output.path):
            same = folder / output.path.name
            left = find_feed_of_calendar(boundary.place(same), calendar, additional)
            if left is not None:
                yield left, output.path
    for output in request.outputs:
        for feed in calendar.feeds if output.form.is_feed else ():
            target = request.path_of_feed(feed.id, output.form)
            is_requested = not request.feeds or feed.id in request.feeds
            if is_requested and not os.path.lexists(target):
                place = boundary.place(folder / target.name)
                if is_feed_of_calendar(place, calendar):
                    yield place.path, target


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
