"""Check that every event is one event to its subscribers: its id, its UID, and how it looks."""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

from timeline.compiler.resolve.calendar import event_uid
from timeline.dates import Date, Instant, OneSidedDate
from timeline.diagnostics import At, Diagnostic, Note, rules
from timeline.model import END_SUFFIX, Undated, first_day, last_day, suffixed_uid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.checks.context import CheckContext
    from timeline.compiler.resolve.tree import Entry
    from timeline.diagnostics import Path
    from timeline.model import Event


def duplicate_id(context: CheckContext) -> Iterator[Diagnostic]:
    """Find ids and earlier ids that two events have."""
    owners: dict[str, Entry] = {}
    for entry in context.entries:
        if (owner := owners.setdefault(entry.written.id, entry)) is not entry:
            yield Diagnostic(
                rules.DUPLICATE_ID,
                f"another event is called `{entry.written.id}`",
                At((*entry.path, "id")),
                help="write a different id for each event",
                notes=(Note("first used here", At((*owner.path, "id"))),),
            )
    if not any(entry.written.renamed_from for entry in context.entries):
        return
    ids: dict[str, Path] = {name: (*owner.path, "id") for name, owner in owners.items()}
    for entry in context.entries:
        for index, old in enumerate(entry.written.renamed_from):
            path = (*entry.path, "renamed-from", index)
            if (first := ids.setdefault(old, path)) != path:
                message, help_ = _reserved_id(old, first, entry.path)
                notes = (Note("used here", At(first)),)
                yield Diagnostic(rules.DUPLICATE_ID, message, At(path), help=help_, notes=notes)


def _reserved_id(old: str, first: Path, path: Path) -> tuple[str, str]:
    """Return the message and the help for an earlier id of an event that is also used elsewhere."""
    if first == (*path, "id"):
        return f"`{old}` is the id of this event, not an earlier one", "remove it"
    if first[-1] != "id":
        return f"`{old}` is in `renamed-from` twice", "remove one of them"
    return (
        f"`{old}` is the id of another event, and the earlier ids of an event stay reserved",
        "write a different id for the other event, so that the two are not confused",
    )


def duplicate_uid(context: CheckContext) -> Iterator[Diagnostic]:
    """Find UIDs in the file that are another event's too."""
    if not any(entry.written.uid for entry in context.entries):
        return
    uids: dict[str, Path] = {}
    for entry in sorted(context.entries, key=lambda entry: entry.written.uid is not None):
        path = (*entry.path, "uid" if entry.written.uid else "id")
        own = event_uid(entry.written, context.calendar.id)
        # The last day of a long span may be a VEVENT too, with a UID made of the event's.
        firsts = [uids.setdefault(name, path) for name in (own, suffixed_uid(own, END_SUFFIX))]
        first = next((first for first in firsts if first != path), path)
        if first != path and entry.written.uid:
            yield Diagnostic(
                rules.DUPLICATE_UID,
                f"another event has the UID `{entry.written.uid}`",
                At(path),
                help="calendar apps keep one event per UID: write a different UID for each event",
                notes=(Note("first used here", At(first)),),
            )


def same_event(context: CheckContext) -> Iterator[Diagnostic]:
    """Find events that look the same in a calendar app."""
    events = context.calendar.events
    # Most titles are unique, so only those whose hashes, which need little memory, are not.
    titles = array("q", (hash(event.summary.casefold()) for event in events))
    repeated = {title for title, next_ in pairwise(sorted(titles)) if title == next_}
    first: dict[object, Event] = {}
    for title, event in zip(titles, events, strict=True):
        if title not in repeated or isinstance(event.when, Undated):
            continue  # two events without a date may still get two
        looks = (event.summary.casefold(), _sides(event), event.location, event.status)
        other = first.setdefault(looks, event)
        if other is not event and other.recurrence == event.recurrence:
            yield Diagnostic(
                rules.SAME_EVENT,
                f"`{event.id}` looks the same as `{other.id}`",
                At((*event.path, "id")),
                help="remove one of them, or write a different `summary`",
                notes=(Note("the other event is here", At((*other.path, "id"))),),
            )


def _sides(event: Event) -> tuple[object, ...]:
    assert not isinstance(event.when, Undated)  # noqa: S101 - those are not compared
    return tuple(
        side.utc
        if isinstance(side, Instant)
        else (first_day(side), last_day(side))
        if isinstance(side, Date | OneSidedDate)
        else side
        for side in (event.when.start, event.when.end)
    )
