"""Render the outputs of a calendar, with the stamps of the published feeds, and compare them."""

from __future__ import annotations

import dataclasses
from itertools import islice, repeat
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.diagnostics import escape_unsafe
from timeline.formats import FeedOptions
from timeline.model import (
    calendar_of_feed,
    project_calendar,
    select_events,
    suffixed_uid,
)
from timeline.publishing.atomic import diff_file, has_content
from timeline.publishing.content import CannotRead, redacted
from timeline.publishing.diff import unified_diff
from timeline.publishing.feed import parse_feed, without_stamps
from timeline.publishing.feed_text import UnusableFeed
from timeline.publishing.ledger import Ledger, check_same_calendar, find_departures
from timeline.publishing.previous import read_existing, read_previous
from timeline.publishing.removals import possible_uids
from timeline.publishing.siblings import check_id_is_new, check_not_forked, find_orphans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Protocol

    from timeline.formats import EventKey
    from timeline.model import Calendar, VEventProjection
    from timeline.publishing.atomic import IsOurs
    from timeline.publishing.chunks import FileChunks
    from timeline.publishing.feed import PublishedFeed
    from timeline.publishing.request import ExportRequest
    from timeline.publishing.verify.faults import Fault
    from timeline.publishing.verify.verifier import Block
    from timeline.source import FilePlace

    class Staging(Protocol):
        """Where outputs are rendered to: `StagedFiles` to write them, else `ScratchFiles`."""

        def stage(
            self, place: FilePlace, chunks: Iterable[bytes], is_ours: IsOurs, /
        ) -> FileChunks:
            """Store the chunks of an output and return them, to be read as often as needed."""


class Output(Struct, frozen=True):
    """A rendered file. A feed has its ``ledger`` and its ``vevents``, other formats neither.

    ``is_binary`` states that it has no lines to compare.
    """

    place: FilePlace
    calendar: Calendar
    chunks: FileChunks
    ledger: Ledger | None = None
    vevents: tuple[VEventProjection, ...] = ()
    is_ours: IsOurs = None
    is_binary: bool = False

    @property
    def path(self) -> Path:
        """The file as the user has it."""
        return self.place.path


def render_outputs(
    calendar: Calendar, request: ExportRequest, *, now: str, files: Staging
) -> list[Output]:
    """Render the requested outputs into ``files``.

    ``now`` is a UTC time of RFC 5545, such as ``20250101T120000Z``.

    Raises: ``CannotRead`` and ``UnusableFeed`` for the published feeds.
    """
    outputs: list[Output] = []
    main: PublishedFeed | None = None
    for stem, calendar_of_stem in _requested_calendars(calendar, request):
        selected = select_events(calendar_of_stem, request.selection)
        is_main = stem == request.stem
        for requested in request.outputs:
            form, given = requested.form, requested.options
            if not (is_main or form.is_feed):
                continue
            path = requested.path if is_main else request.path_of_feed(stem, form)
            place, is_ours = request.place(path), request.is_ours(form)
            if not isinstance(given, FeedOptions):
                render = form.render if request.to_stdout else form.render_file
                chunks = files.stage(place, render(selected, given), is_ours)
                outputs.append(
                    Output(place, selected, chunks, is_ours=is_ours, is_binary=form.is_binary)
                )
                continue
            published = _read_published(place, request, calendar)
            if not is_main and main is None:
                main_place = request.place(requested.path)
                main = _read_main(main_place, outputs, request, calendar)
            vevents = project_calendar(selected)
            departures = find_departures(published, possible_uids(calendar), _uids_of(vevents))
            ledger = Ledger(now, published, None if is_main else main, departures)
            stamped = dataclasses.replace(
                given, stamp=ledger.stamp, vevents=vevents, departures=departures
            )
            chunks = files.stage(place, form.render(selected, stamped), is_ours)
            outputs.append(Output(place, selected, chunks, ledger, vevents, is_ours))
    return outputs


def _uids_of(vevents: Iterable[VEventProjection]) -> set[str]:
    return {suffixed_uid(vevent.event.uid, vevent.suffix) for vevent in vevents}


def _requested_calendars(
    calendar: Calendar, request: ExportRequest
) -> Iterator[tuple[str, Calendar]]:
    """Yield (file stem, calendar) for each requested output."""
    if not request.feeds:
        yield request.stem, calendar
    # Filters of the command line apply to the main calendar; the other feeds have their own.
    all_feeds = not (request.feeds or request.to_stdout or request.selection)
    for feed in calendar.feeds:
        if all_feeds or feed.id in request.feeds:
            yield feed.id, calendar_of_feed(calendar, feed)


def _read_main(
    place: FilePlace, outputs: list[Output], request: ExportRequest, calendar: Calendar
) -> PublishedFeed | None:
    """Return the main feed, rendered now or published, whose stamps the other feeds continue."""
    for output in outputs:
        if output.place == place and output.ledger:
            return parse_feed(b"".join(output.chunks), str(place.path))
    return _read_published(place, replace(request, previous=None), calendar)


def _read_published(
    place: FilePlace, request: ExportRequest, calendar: Calendar
) -> PublishedFeed | None:
    """Return the published version of a feed: that of ``request.previous``, else the file.

    Raises: ``CannotRead``, ``ForbiddenPath``, ``UnusableFeed``.
    """
    path = place.path
    if request.no_previous:
        return None
    is_new = path.stem in request.new_feeds
    may_be_renamed = path.stem == request.stem and not request.is_named
    feed: bytes | None
    if request.previous is not None:
        given = request.previous + path.name if request.previous[-1:] == "/" else request.previous
        name = redacted(given)
        try:
            feed = read_previous(given)
        except CannotRead as error:
            if is_new and error.is_missing:
                return None
            if may_be_renamed and error.is_missing and request.previous[-1:] == "/":
                help_ = (
                    f"{error.help}; if the events file was renamed, add `--name` with its old name"
                )
                raise CannotRead(error.message, help_, is_missing=True) from None
            raise
    else:
        feed, name = read_existing(place), str(path)
    if feed is None:
        if may_be_renamed and not request.to_stdout:
            check_not_forked(place, calendar)
        if path.stem != request.stem and not (is_new or request.to_stdout):
            check_id_is_new(place, calendar, path.with_name(request.stem + path.suffix))
        return None
    if is_new:
        raise UnusableFeed(f"`{name}` exists: the feed was published before", "remove --new-feed")
    published = parse_feed(feed, name)
    from timeline.formats import PRODID  # noqa: PLC0415 - only a feed needs it

    check_same_calendar(published, calendar.id, {event.uid for event in calendar.events}, PRODID)
    return published


def orphaned_feeds(outputs: list[Output], calendar: Calendar) -> list[Path]:
    """Return the feeds of this calendar beside the outputs that the export does not write.

    They are no longer updated.
    """
    feeds = [output for output in outputs if output.ledger]
    written = {output.path for output in feeds}
    folders = {output.path.parent: output.place.boundary for output in feeds}
    return [
        path
        for folder, boundary in sorted(folders.items())
        for path in find_orphans(folder, boundary, calendar, written)
    ]


def is_up_to_date(output: Output) -> bool:
    """Return whether the existing file has the content of the output.

    Raises: ``CannotWrite``, ``ForbiddenPath`` where the output would not be written.
    """
    return has_content(output.place, output.chunks, output.is_ours)


def describe_changes(output: Output) -> str:
    """Return a diff of the existing file and the output; of feeds, without their stamps.

    Of a binary output, only that it differs.
    """
    if output.is_binary:
        return f"Binary file {escape_unsafe(str(output.path))} differs\n"
    if output.ledger is None:
        return diff_file(output.place, output.chunks)
    name = str(output.path)
    existing = read_existing(output.place)
    return unified_diff(
        without_stamps(parse_feed(existing, name)) if existing else None,
        without_stamps(parse_feed(b"".join(output.chunks), name)),
        name,
    )


def find_faults(output: Output) -> list[Fault]:
    """Read back the new and changed events of a feed, and return its faults.

    Events that were published with the same octets were read back then.
    """
    if output.ledger is None:
        return []
    previous, head = output.ledger.published, output.chunks.first()
    if (
        previous is not None
        and previous.feed.startswith(head)
        and next(_new_blocks(output), None) is None
    ):
        return []
    from timeline.publishing.verify.verifier import verify_feed  # noqa: PLC0415 - as needed

    blocks, tail = _new_blocks(output), output.chunks.last()
    left = [departure.value for departure in output.ledger.departures]
    return verify_feed(output.calendar, output.vevents, head, blocks, tail, left)


def _new_blocks(output: Output) -> Iterator[Block]:
    """Yield the VEVENTs that the previous feed does not have with the same octets."""
    assert output.ledger is not None  # noqa: S101 - only feeds have VEVENTs
    previous, changes = output.ledger.published, output.ledger.changes
    blocks = islice(output.chunks, 1, len(output.chunks) - 1)
    # The ledger has the keys in the order of the feed, unless one is there twice.
    keys: Iterable[EventKey | None] = changes
    if len(changes) != len(output.chunks) - 2:
        keys = repeat(None, len(output.chunks) - 2)
    for vevent, key, block in zip(output.vevents, keys, blocks, strict=True):
        if previous is None or key not in previous.events or previous.block(key) != block:
            yield vevent, block
