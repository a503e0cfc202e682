"""Render the outputs of a calendar, with the stamps of the published feeds, and compare them."""

from __future__ import annotations

from itertools import islice, repeat
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.diagnostics import escape_unsafe
from timeline.formats import FORMATS, FeedOptions
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
from timeline.publishing.feed_changes import find_changes
from timeline.publishing.feed_text import UnusableFeed
from timeline.publishing.ledger import Ledger, check_same_calendar, find_departures
from timeline.publishing.previous import read_existing, read_previous
from timeline.publishing.removals import possible_uids
from timeline.publishing.siblings import (
    check_id_is_new,
    check_not_forked,
    find_feed_of_calendar,
    find_orphans,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import Protocol

    from timeline.formats import EventKey, Format
    from timeline.model import Calendar, VEventProjection
    from timeline.publishing.atomic import IsOurs
    from timeline.publishing.chunks import FileChunks
    from timeline.publishing.feed import PublishedFeed
    from timeline.publishing.feed_changes import FeedChanges
    from timeline.publishing.request import ExportRequest, RequestedOutput
    from timeline.publishing.verify.faults import Fault
    from timeline.publishing.verify.verifier import Block
    from timeline.source import FilePlace

    class Staging(Protocol):
        """Where outputs are rendered to: `StagedFiles` to write them, else `ScratchFiles`."""

        def stage(
            self,
            place: FilePlace,
            chunks: Iterable[bytes],
            is_ours: IsOurs,
            /,
            *,
            is_first: bool = False,
        ) -> FileChunks:
            """Store the chunks of an output and return them, to be read as often as needed.

            An output that ``is_first`` is written before all others so far.
            """


class Output(Struct, frozen=True):
    """A rendered file. A feed has its ``ledger`` and its ``vevents``, other formats neither.

    ``is_binary`` states that it has no lines to compare. ``changes`` are what a feed changes in the
    published one, and ``feed`` is the feed of a list of changes.
    """

    place: FilePlace
    calendar: Calendar
    chunks: FileChunks
    ledger: Ledger | None = None
    vevents: tuple[VEventProjection, ...] = ()
    is_ours: IsOurs = None
    is_binary: bool = False
    changes: FeedChanges | None = None
    feed: Output | None = None

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
    return _Renderer(calendar, request, now, files).render()


class _Renderer:
    """Renders the outputs of one export."""

    def __init__(
        self, calendar: Calendar, request: ExportRequest, now: str, files: Staging
    ) -> None:
        self._calendar = calendar
        self._request = request
        self._now = now
        self._files = files
        self._outputs: list[Output] = []
        self._main: PublishedFeed | None = None

    def render(self) -> list[Output]:
        """Render the requested outputs, and the lists of changes after their feeds."""
        request = self._request
        for stem, calendar_of_stem in _requested_calendars(self._calendar, request):
            selected = select_events(calendar_of_stem, request.selection)
            feed: Output | None = None
            for requested in request.outputs:
                form = requested.form
                if form.is_feed:
                    feed = self._feed(stem, form, selected)
                    self._outputs.append(feed)
                elif form.of_feed:
                    feed = feed or self._feed(stem, FORMATS[form.of_feed], selected)
                    self._outputs.append(self._changes(stem, form, feed))
                elif stem == request.stem:
                    self._outputs.append(self._other(requested, selected))
        return self._outputs

    def _other(self, requested: RequestedOutput, selected: Calendar) -> Output:
        form, request = requested.form, self._request
        place, is_ours = request.place(requested.path), request.is_ours(form)
        render = form.render if request.to_stdout else form.render_file
        chunks = self._files.stage(place, render(selected, requested.options), is_ours)
        return Output(place, selected, chunks, is_ours=is_ours, is_binary=form.is_binary)

    def _feed(self, stem: str, form: Format, selected: Calendar) -> Output:
        request, is_main = self._request, stem == self._request.stem
        place, is_ours = request.place(request.path_of_feed(stem, form)), request.is_ours(form)
        published = _read_published(place, request, self._calendar)
        if not is_main and self._main is None:
            main_place = request.place(request.path_of_feed(request.stem, form))
            self._main = _read_main(main_place, self._outputs, request, self._calendar)
        vevents = project_calendar(selected)
        uids = possible_uids(self._calendar)
        departures = find_departures(published, uids, _uids_of(vevents))
        ledger = Ledger(self._now, published, None if is_main else self._main, departures)
        options = FeedOptions(stamp=ledger.stamp, vevents=vevents, departures=departures)
        chunks = self._files.stage(place, form.render(selected, options), is_ours)
        changes = find_changes(ledger, selected, chunks)
        return Output(place, selected, chunks, ledger, vevents, is_ours, changes=changes)

    def _changes(self, stem: str, form: Format, feed: Output) -> Output:
        """Render the list of changes of a feed, which is written before it.

        So a kill between the two leaves entries that the next export knows, and loses none.
        """
        from timeline.publishing.change_list import read_published_list  # noqa: PLC0415 - as needed
        from timeline.publishing.continued_list import continue_list  # noqa: PLC0415

        request, calendar = self._request, feed.calendar
        place, is_ours = request.place(request.path_of_feed(stem, form)), request.is_ours(form)
        existing = read_published_list(place, request, self._calendar.id)
        names = ("changes",) if stem == request.stem else ("changes", stem)
        options = continue_list(existing, feed.changes, calendar, self._now, names)
        render = form.render if request.to_stdout else form.render_file
        chunks = self._files.stage(place, render(calendar, options), is_ours, is_first=True)
        return Output(place, calendar, chunks, is_ours=is_ours, feed=feed)


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


def other_main_feed(output: Output, calendar: Calendar, request: ExportRequest) -> Path | None:
    """Return the main feed that a new one with a name from the user does not continue, if any.

    That of a selection is another feed on purpose.
    """
    path = output.path
    if not request.is_named or request.selection or path.stem != request.stem:
        return None
    additional = {path.with_name(f"{feed.id}{path.suffix}") for feed in calendar.feeds}
    return find_feed_of_calendar(output.place, calendar, additional | {path})


def is_up_to_date(output: Output) -> bool:
    """Return whether the existing file has the content of the output.

    A list of changes is up to date if its feed is: without a change, nothing is to be added.

    Raises: ``CannotWrite``, ``ForbiddenPath`` where the output would not be written.
    """
    if output.feed is not None and is_up_to_date(output.feed):
        return True
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
