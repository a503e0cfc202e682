"""The changes as entries of an Atom feed: what is said of each, but not when it was published."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from timeline.changes.words import (
    change_line,
    clauses,
    follows_words,
    kind_words,
    shortened,
)
from timeline.diagnostics import safe_line
from timeline.formats import FORMATS, AtomEntry, AtomOptions, tag_of, web_address
from timeline.model import capitalized, isolated_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from timeline.changes.kinds import Changes, EventChange
    from timeline.changes.markdown import DatedChanges
    from timeline.model import Calendar, Wording

    Identify = Callable[[EventChange], tuple[str, str]]
    """Returns the id and the time of a change, as `AtomEntry` has them."""


def atom_entries(
    changes: Changes, wording: Wording, identify: Identify, reason: str = ""
) -> Iterator[AtomEntry]:
    """Yield an entry for each change; an event that only followed another comes after it.

    ``reason`` is that of changes of which the author says none.
    """
    for _, change in changes.tree():
        id_, updated = identify(change)
        title = _line(change_line(change, changes, wording, has_kind=True), wording)
        lines = _lines(change, changes, wording, reason)
        link = web_address(change.event.url)
        yield AtomEntry(id_, updated, title, tuple(lines), link)


def changelog_feed(
    entries: Sequence[DatedChanges], calendar: Calendar, wording: Wording, began: datetime
) -> Iterator[bytes]:
    """Yield a changelog as an Atom feed, in chunks; the entries are in order, newest first.

    Its ids have the commit, and the year in which the repository ``began``: they are the same in
    every clone.
    """
    written = (
        atom_entries(entry.changes, wording, partial(_identify, entry, calendar.id), entry.reason)
        for entry in entries
    )
    updated = rfc_3339(entries[0].moment if entries else began)
    id_ = tag_of(calendar.id, f"{began.year:04}", "changelog")
    options = AtomOptions(id=id_, updated=updated, entries=tuple(chain.from_iterable(written)))
    yield from FORMATS["atom"].render(calendar, options)


def _identify(entry: DatedChanges, calendar_id: str, change: EventChange) -> tuple[str, str]:
    id_ = tag_of(calendar_id, f"{entry.moment.year:04}", change.uid, entry.commit)
    return id_, rfc_3339(entry.moment)


def rfc_3339(moment: datetime) -> str:
    """Return a time as Atom has it, such as ``2025-01-01T12:00:00Z``."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _lines(change: EventChange, changes: Changes, wording: Wording, reason: str) -> Iterator[str]:
    """Yield a line for each kind of a change, its cause, and its reason."""
    head, *others = clauses(change, wording)
    yield _line(f"{wording.label(kind_words(change.kind, wording))} {head}", wording)
    for other in others:
        yield _line(other, wording)
    if change.cause is not None:
        yield _line(follows_words(change, changes, wording), wording)
    if not change.only_followed and (why := (change.reason or reason).strip()):
        yield safe_line(shortened(why))


def _line(words: str, wording: Wording) -> str:
    return safe_line(isolated_line(capitalized(shortened(words)), wording))
