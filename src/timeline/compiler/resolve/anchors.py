"""Say which dates of a file follow other events, and how they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from timeline.compiler.resolve.calendar import event_uid
from timeline.compiler.resolve.expressions import relative_dates
from timeline.compiler.resolve.tree import SERIES_KEYS, series_dates
from timeline.dates import Between, Date, RelativeDate, RelativeOneSided
from timeline.model import Anchor, AnchoredDates

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping

    from timeline.compiler.resolve.tree import Entry
    from timeline.compiler.schema.events import EventEntry


def anchored_dates(entries: Iterable[Entry], calendar_id: str) -> dict[str, AnchoredDates]:
    """Return the dates of the events that follow others, by the UIDs of these events."""
    entries = list(entries)
    uids = {entry.written.id: event_uid(entry.written, calendar_id) for entry in entries}
    anchored = {}
    for entry in entries:
        if _is_absolute(entry.written):  # as most are
            continue
        relative = [*_relative_dates(entry)]
        anchors = [Anchor(uids[date.anchor], date.edge) for date in relative if date.anchor in uids]
        own = uids[entry.written.id]
        if others := tuple(anchor for anchor in dict.fromkeys(anchors) if anchor.uid != own):
            anchored[own] = AnchoredDates(others, _written(entry, uids), entry.zone)
    return anchored


def _is_absolute(written: EventEntry) -> bool:
    """Return whether an event obviously follows no other one."""
    has_series = written.rrule is not None or written.rdate or written.exdate
    ends_plainly = written.end is None or type(written.end) is Date
    return type(written.start) is Date and ends_plainly and not has_series


def _relative_dates(entry: Entry) -> Iterator[RelativeDate]:
    written = entry.written
    yield from relative_dates(written.start)
    yield from relative_dates(written.end)
    if written.rrule is not None or written.rdate or written.exdate:
        for key in SERIES_KEYS:
            yield from (date for _, date in series_dates(entry, key))


def _written(entry: Entry, uids: Mapping[str, str]) -> Hashable:
    """Return all that the dates of an event are computed from but for its anchors and its zone."""
    written, rule = entry.written, entry.written.rrule
    return (
        _form(written.start, uids),
        _form(written.end, uids),
        written.duration and replace(written.duration, text=""),
        None if rule is None else _form(rule.follows, uids),
        tuple(_form(item, uids) for item in (*written.rdate, *written.exdate)),
    )


def _form(expression: Any, uids: Mapping[str, str]) -> Any:
    """Return an expression that names its anchors by their UIDs, and has no text."""
    match expression:
        case RelativeDate():
            terms = tuple(replace(term, text="") for term in expression.terms)
            anchor = uids.get(expression.anchor, expression.anchor)
            return replace(expression, anchor=anchor, terms=terms, text="")
        case Between():
            first, last = _form(expression.first, uids), _form(expression.last, uids)
            return replace(expression, first=first, last=last, text="")
        case RelativeOneSided():
            return replace(expression, bound=_form(expression.bound, uids), text="")
    return expression
