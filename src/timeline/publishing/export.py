"""A calendar into its files: rendered, stamped from what was published, and held against it."""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from itertools import islice, repeat
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.formats import FORMATS, FeedOptions
from timeline.model import Selection, calendar_of_feed, project_calendar, select
from timeline.publishing import feed as published
from timeline.publishing import previous as fetch
from timeline.publishing.atomic import diff_file, has_content
from timeline.publishing.diff import unified_diff
from timeline.publishing.ledger import Ledger, check_same_calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Protocol

    from timeline.formats import Key, RenderOptions
    from timeline.model import Calendar, VEventProjection
    from timeline.publishing.chunks import FileChunks
    from timeline.publishing.feed import Published
    from timeline.publishing.verify.faults import Fault
    from timeline.publishing.verify.verifier import Block

    class Staging(Protocol):
        """Where outputs are rendered to: `StagedFiles` to write them, else `ScratchFiles`."""

        def stage(self, path: Path, chunks: Iterable[bytes], /) -> FileChunks:
            """Store the chunks of an output and return them, to be read as often as needed."""


class ExportRequest(Struct, frozen=True):
    """What is to be exported: which formats and feeds, what of them, where to, after what.

    ``feeds`` are the ids of the only feeds that are wanted, if any. ``previous`` is the published
    feed, or, ending in ``/``, the folder of all of them; ``no_previous`` says that there is none,
    ``new_feeds`` that those with these ids were not published before.
    ``to_stdout`` is for one output: the main one, unless ``feeds`` says which.
    """

    names: Sequence[str]
    directory: Path
    stem: str
    selection: Selection
    feeds: frozenset[str] = frozenset()
    previous: str | None = None
    no_previous: bool = False
    new_feeds: frozenset[str] = frozenset()
    to_stdout: bool = False


class Output(Struct, frozen=True):
    """A rendered file. A feed has its ``ledger`` and its ``vevents``, other formats neither."""

    path: Path
    calendar: Calendar
    chunks: FileChunks
    ledger: Ledger | None = None
    vevents: tuple[VEventProjection, ...] = ()


def render_outputs(
    calendar: Calendar,
    request: ExportRequest,
    *,
    options: Mapping[str, RenderOptions],
    now: str,
    files: Staging,
) -> list[Output]:
    """Render the requested outputs into ``files``. ``now`` is a UTC time of RFC 5545.

    ``options`` are by the name of the format; a format that is not in it has its defaults.

    Raises ``fetch.CannotRead`` and ``published.Refused`` for what was published before.
    """
    outputs: list[Output] = []
    main: Published | None = None
    for stem, whole in _calendars(calendar, request):
        chosen = select(whole, request.selection)
        is_main = stem == request.stem
        for name in request.names:
            form = FORMATS[name]
            if not (is_main or form.is_feed):
                continue
            path = request.directory / (stem + form.suffix)
            given = options.get(name) or form.options()
            if not isinstance(given, FeedOptions):
                chunks = files.stage(path, form.render(chosen, given))
                outputs.append(Output(path, chosen, chunks))
                continue
            before = _published(path, request, calendar)
            if not is_main and main is None:
                main = _main(outputs, request, calendar)
            ledger = Ledger(now, before, None if is_main else main)
            vevents = project_calendar(chosen)
            stamped = dataclasses.replace(given, stamp=ledger.stamp, vevents=vevents)
            chunks = files.stage(path, form.render(chosen, stamped))
            outputs.append(Output(path, chosen, chunks, ledger, vevents))
    return outputs


def _calendars(calendar: Calendar, request: ExportRequest) -> Iterator[tuple[str, Calendar]]:
    """Give the calendars that are wanted, by the stems of their files."""
    if not request.feeds:
        yield request.stem, calendar
    # A selection is made of the calendar; the feeds have their own.
    all_ = not (request.feeds or request.to_stdout or request.selection)
    for feed in calendar.feeds:
        if all_ or feed.id in request.feeds:
            yield feed.id, calendar_of_feed(calendar, feed)


def _main(outputs: list[Output], request: ExportRequest, calendar: Calendar) -> Published | None:
    """Give the main feed, from which events that are new to another take their past."""
    path = request.directory / f"{request.stem}.ics"
    for output in outputs:
        if output.path == path and output.ledger:
            return published.read(b"".join(output.chunks), str(path))
    return _published(path, replace(request, previous=None), calendar)


def _published(path: Path, request: ExportRequest, calendar: Calendar) -> Published | None:
    """Read the feed that was published at a path: the one that was given, else what stands.

    Raises ``fetch.CannotRead`` and ``published.Refused``, which name it and say what to do.
    """
    if request.no_previous:
        return None
    is_new = path.stem in request.new_feeds
    feed: bytes | None
    if request.previous is not None:
        given = request.previous + path.name if request.previous[-1:] == "/" else request.previous
        name = fetch.shown(given)
        try:
            feed = fetch.read_previous(given)
        except fetch.CannotRead as problem:
            if is_new and problem.is_missing:
                return None
            raise
    else:
        feed, name = fetch.read_standing(path), str(path)
    if feed is None:
        return None
    if is_new:
        raise published.Refused(
            f"`{name}` is there: the feed was published before", "leave --new-feed out"
        )
    found = published.read(feed, name)
    from timeline.formats import PRODID  # noqa: PLC0415 - only a feed needs it

    check_same_calendar(found, calendar.id, {event.uid for event in calendar.events}, PRODID)
    return found


def orphaned_feeds(outputs: list[Output], calendar: Calendar) -> list[Path]:
    """List the feeds of this calendar that stand beside the outputs and are none of them.

    Nothing writes them any more, so their subscribers wait in vain. What bears the calendar's own
    name is no further feed, but the calendar or a part of it under another ``--name``. What cannot
    be read is none of ours.
    """
    written = {output.path for output in outputs}
    found = []
    for directory in sorted({path.parent for path in written}):
        for path in sorted(set(directory.glob("*.ics")) - written):
            with suppress(OSError, published.Refused):
                feed = published.read(path.read_bytes() if path.is_file() else b"", str(path))
                is_ours = any(uid.endswith("@" + calendar.id) for uid, _ in feed.events)
                if is_ours and feed.calendar_name != calendar.name:
                    found.append(path)
    return found


def is_up_to_date(output: Output) -> bool:
    """Whether what stands is what would be written."""
    return has_content(output.path, output.chunks)


def describe_changes(output: Output) -> str:
    """Say what would change; of a feed, without the stamps, which only follow the rest."""
    if output.ledger is None:
        return diff_file(output.path, output.chunks)
    after = published.read(b"".join(output.chunks), str(output.path))
    standing = fetch.read_standing(output.path)
    before = published.read(standing, str(output.path)) if standing else None
    return unified_diff(
        published.without_stamps(before) if before else None,
        published.without_stamps(after),
        str(output.path),
    )


def find_faults(output: Output) -> list[Fault]:
    """Read back what is new in a feed, and return its faults.

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
    return verify_feed(output.calendar, output.vevents, head, blocks, tail)


def _new_blocks(output: Output) -> Iterator[Block]:
    """Yield the VEVENTs that the previous feed does not have with the same octets."""
    assert output.ledger is not None  # noqa: S101 - only feeds have VEVENTs
    previous, changes = output.ledger.published, output.ledger.changes
    blocks = islice(output.chunks, 1, len(output.chunks) - 1)
    # The ledger has the keys in the order of the feed, unless one is there twice.
    keys: Iterable[Key | None] = changes
    if len(changes) != len(output.chunks) - 2:
        keys = repeat(None, len(output.chunks) - 2)
    for vevent, key, block in zip(output.vevents, keys, blocks, strict=True):
        if previous is None or key not in previous.events or previous.block(key) != block:
            yield vevent, block
