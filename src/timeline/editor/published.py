"""What subscribers have: the events of the published feeds beside an events file.

Only feeds in the folder of the outputs are read, and only below the folders of the editor. An event
that was published and is gone can be brought back as cancelled, or a new event can continue it.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline._lazy import regex
from timeline.changes import feed_side
from timeline.dates import Instant, NoDate
from timeline.diagnostics import Edit, Span, UserError, nearest, rules
from timeline.editor.analysis import Place
from timeline.editor.insertion import insert_after, item_column, line_break_of
from timeline.model import END_SUFFIX, Mixed, Timed, Undated, suffixed_uid
from timeline.publishing import default_folder, parse_feed, read_settings
from timeline.source import yaml_quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.diagnostics import Path as DataPath
    from timeline.editor.analysis import Analysis
    from timeline.formats import EventKey
    from timeline.model import Event
    from timeline.source import Document

_ID = regex(r"(?:^|[\s,{])(id)[ \t]*:")
_EVENTS = regex(r"events[ \t]*:")
_LIMIT = 128 * 2**20
"""The longest feed that is read, in bytes."""
_MOST_OFFERED = 3


def published_uids(analysis: Analysis) -> frozenset[str]:
    """Return the UIDs of all events that the feeds of the calendar have."""
    return frozenset(uid for uid, _ in _published(analysis))


def gone_events(analysis: Analysis) -> list[Event]:
    """Return the published events that are no longer in the file, with what is known of them."""
    calendar = analysis.calendar
    if not analysis.is_readable or len(calendar.events) != len(analysis.loaded.entries):
        return []
    uids = {event.uid for event in calendar.events}
    uids |= {suffixed_uid(uid, END_SUFFIX) for uid in uids}
    own = f"@{calendar.id}"
    gone = {
        key: content
        for key, content in _published(analysis).items()
        if key[0] not in uids and key[0].endswith(own) and key[1] is None
    }
    return list(feed_side(gone, calendar).calendar.events)


def gone_actions(
    analysis: Analysis, file: str, first: int, last: int
) -> Iterator[tuple[str, Edit]]:
    """Yield what may be done, between two lines of a file, about events that are gone.

    At the id of an event that was not published: it may be one of them under a new id. There, at
    the key `events`, and where a date names an event that is gone: it may be cancelled.
    """
    event = _event_at(analysis, file, first)
    missing = _missing_ids(analysis, file, first, last)
    if event is None and not missing and not _is_at_events(analysis, file, first):
        return
    if not (gone := {_id(other): other for other in gone_events(analysis)}):
        return
    if missing:
        gone = {id_: other for id_, other in gone.items() if id_ in missing}
    elif event is not None and event.uid in published_uids(analysis):
        return
    near = nearest(event.id, gone) if event else None
    offered = sorted(gone, key=lambda id_: id_ != near)[:_MOST_OFFERED]
    if event is not None and not event.uid.startswith(tuple(f"{id_}@" for id_ in gone)):
        for id_ in offered:
            if (edit := add_renamed_from(analysis, event.path, id_)) is not None:
                yield f"Add `renamed-from: [{id_}]`: it is the published event `{id_}`", edit
    for id_ in offered:
        if (edit := _restored(analysis, id_, gone[id_])) is not None:
            yield f"Cancel the published event `{id_}`, which is no longer in the file", edit


def add_renamed_from(analysis: Analysis, path: DataPath, old: str) -> Edit | None:
    """Return the edit that adds an earlier id to an event, before those that it has.

    ``None`` where `renamed-from` is not a list that can be continued.
    """
    document = analysis.document
    written = document.value(path).get("renamed-from")
    if isinstance(written, list) and written and isinstance(written[0], str):
        at = analysis.span((*path, "renamed-from", 0))
        if analysis.text((*path, "renamed-from", 0)) is None:
            return None
        line = document.line(at.file, at.line) or ""
        before = line[: at.column - 1]
        new = f"{old}, "
        if before.rstrip().endswith("-"):
            indent = before[: before.rindex("-")]
            new = f"{old}{line_break_of(document.text(at.file))}{indent}- "
        return Edit(Span(at.file, at.line, at.column, at.line, at.column), new)
    if written is not None:
        return None
    return insert_after(document, (*path, "id"), f"renamed-from: [{old}]")


def _published(analysis: Analysis) -> dict[EventKey, bytes]:
    """Return the published events of the calendar, by UID and instance."""
    tree = analysis.tree
    events: dict[EventKey, bytes] = {}
    try:
        folder = default_folder(analysis.root, read_settings(analysis.loaded.outputs))
        names = [name for name in tree.names(str(folder)) if name.endswith(".ics")]
    except (OSError, ValueError, UserError):
        return events
    for name in names:
        path = str(Path(folder, name))
        try:
            feed = _parsed(tree.read(path, _LIMIT), path)
        except (OSError, ValueError, UserError):
            continue
        for uid, instance in feed.events:
            if (uid, instance) not in events:
                events[uid, instance] = feed.content((uid, instance))
    return events


_parsed = lru_cache(maxsize=8)(parse_feed)


def _event_at(analysis: Analysis, file: str, line: int) -> Event | None:
    """Return the event whose id is in a line of a file."""
    match = _ID.search(analysis.document.line(file, line) or "")
    if match is None:
        return None
    path = analysis.at(Place(file, line, match.start(1) + 1)).path
    return analysis.events.get(path[:-1]) if path[-1:] == ("id",) else None


def _is_at_events(analysis: Analysis, file: str, line: int) -> bool:
    """Return whether the key `events` of a main file is in a line."""
    return (
        file == analysis.root
        and _EVENTS.match(analysis.document.line(file, line) or "") is not None
    )


def _missing_ids(analysis: Analysis, file: str, first: int, last: int) -> set[str]:
    return {
        located.diagnostic.message.split("`")[1]
        for located in analysis.located
        if located.diagnostic.rule is rules.UNKNOWN_EVENT
        and located.span.file == file
        and first <= located.span.line <= last
    }


def _id(event: Event) -> str:
    return event.uid.rpartition("@")[0]


def _restored(analysis: Analysis, id_: str, event: Event) -> Edit | None:
    """Return the edit that adds a published event again, as cancelled, after the last event.

    ``None`` where the events are written in brackets, and for a series with dates beside its rule.
    """
    document, series = analysis.document, event.recurrence
    if series is not None and (series.rule is None or series.rdate or series.exdate):
        return None
    keys = [f"id: {id_}", f"summary: {yaml_quoted(event.summary)}", *_dates(event)]
    if series is not None and series.rule is not None:
        keys.append(f"rrule: {series.rule.value(series.start)}")
    keys.append("status: cancelled")
    count = len(document.origins) > 1 and document.origins[1].start
    written = document.data.get("events")
    if written == []:
        return _first_item(analysis.span(("events",)), document, keys)
    count = count or (len(written) if isinstance(written, list) else 0)
    column = item_column(document, ("events", count - 1)) if count else None
    if column is None:
        return None
    span = analysis.span(("events", count - 1))
    text = document.text(span.file)
    end = text.line_end(text.index(span.end_line, span.end_column))
    line, last = text.place(end)
    new = line_break_of(text) + _item(keys, column - 1, line_break_of(text))
    return Edit(Span(span.file, line, last, line, last), new)


def _first_item(span: Span, document: Document, keys: Sequence[str]) -> Edit | None:
    """Return the edit that writes the first item of a list in place of `[]`, if it may."""
    new = line_break_of(document.text(span.file))
    before = (document.line(span.file, span.line) or "")[: span.column - 1]
    if _EVENTS.fullmatch(before.rstrip()) is None:  # within brackets
        return None
    place = replace(span, column=len(before.rstrip()) + 1)
    return Edit(place, new + _item(keys, 2, new))


def _item(keys: Sequence[str], indent: int, line_break: str) -> str:
    """Return a mapping as an item of a list, whose `-` follows ``indent`` spaces."""
    space = " " * indent
    return f"{space}- " + f"{line_break}{space}  ".join(keys)


def _dates(event: Event) -> Iterator[str]:
    when = event.when
    if isinstance(when, Undated):
        yield "start: TBC"
        return
    yield f"start: {_date(when.start)}"
    if when.end is not None:
        yield f"end: {'..' if isinstance(when.end, NoDate) else _date(when.end)}"
    zones = [side.zone for side in (when.start, when.end) if isinstance(side, Instant)]
    if isinstance(when, Timed | Mixed) and zones:
        yield f"timezone: {zones[0]}"


def _date(side: object) -> str:
    if isinstance(side, Instant):
        return f"{side.wall:%Y-%m-%dT%H:%M}"
    return str(getattr(side, "text", side))
