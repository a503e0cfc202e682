"""Compare two calendars, event by event.

This knows neither files nor git: whatever has two calendars can be compared.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from timeline.changes.causes import with_causes
from timeline.changes.dates import date_kind, zones_of
from timeline.changes.kinds import Changes, EventChange, InstanceChange, Kind
from timeline.changes.left_out import left_out, with_notes
from timeline.dates import Instant, RuleBudget, bounded_walks, instance_key
from timeline.diagnostics import Refusal
from timeline.model import Timed, earliest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.dates import RecurrenceStart
    from timeline.model import AnchoredDates, Calendar, Event, Override


class Side(Struct, frozen=True):
    """A calendar to compare, and the dates of its events that follow others, if that is known.

    A feed says nothing of anchors, and less of the details of an event: ``is_feed``. Where its
    events file is known, that is ``file``: it has events that the feed leaves out, such as those
    whose date is to be confirmed, and the author's notes.
    """

    calendar: Calendar
    anchored: Mapping[str, AnchoredDates] = {}
    is_feed: bool = False
    file: Calendar | None = None


def compare(before: Side, after: Side) -> Changes:
    """Return what changed between two calendars; events are the same by their UIDs.

    Neither the order of events nor that of anything in them counts.
    """
    old = {event.uid: event for event in before.calendar.events}
    new = {event.uid: event for event in after.calendar.events}
    if before.file is not None:
        old |= left_out(before.file, old, new)
    if after.file is not None:
        new = with_notes(after.file, new | left_out(after.file, new, old), old)
    uids = _ids_to_uids(before.calendar), _ids_to_uids(after.calendar)
    is_feed = before.is_feed or after.is_feed
    changes = []
    for uid, event in new.items():
        previous = old.get(uid)
        if previous is not None and (change := _change(previous, event, uids, is_feed=is_feed)):
            changes.append(change)
    added = [event for uid, event in new.items() if uid not in old]
    removed = [event for uid, event in old.items() if uid not in new]
    changes += _appeared(removed, added)
    caused = with_causes(changes, before.anchored, after.anchored)
    return Changes(before.calendar, after.calendar, tuple(sorted(caused, key=_sort_key)))


def _sort_key(change: EventChange) -> tuple[str, str, str]:
    """Return the key of the order: by date, then by title; without a date last."""
    sides = [event for event in (change.after, change.before) if event is not None]
    days = [day for event in sides if (day := earliest(event.when)) is not None]
    return (str(days[0]) if days else "~", change.event.summary, change.uid)


def _ids_to_uids(calendar: Calendar) -> dict[str, str]:
    return {event.id: event.uid for event in calendar.events}


def _appeared(removed: list[Event], added: list[Event]) -> Iterator[EventChange]:
    """Yield the events that only one side has; a single pair of equals is one renamed event."""
    gone, come = _by_content(removed), _by_content(added)
    for content, events in come.items():
        others = gone.get(content, [])
        if len(events) == len(others) == 1:
            yield EventChange((Kind.RENAMED,), others[0], events[0])
            del gone[content]
        else:
            yield from (EventChange((Kind.ADDED,), None, event) for event in events)
    for events in gone.values():
        yield from (EventChange((Kind.REMOVED,), event, None) for event in events)


def _by_content(events: Iterable[Event]) -> dict[Any, list[Event]]:
    contents: dict[Any, list[Event]] = {}
    for event in events:
        content = (event.summary, event.when, event.location, event.status)
        contents.setdefault(content, []).append(event)
    return contents


# --- one event -----------------------------------------------------------------------------------

_Uids = tuple["Mapping[str, str]", "Mapping[str, str]"]


def _change(before: Event, after: Event, uids: _Uids, *, is_feed: bool) -> EventChange | None:
    """Return how an event changed that both calendars have; ``None`` if it did not."""
    if before == after:  # most events of most files
        return None
    kinds = set(_status_kinds(before.status, after.status))
    if (of_dates := date_kind(before.when, after.when)) is not None:
        kinds -= {Kind.CONFIRMED, Kind.UNCONFIRMED}
        kinds.add(of_dates)
    if _recurrence_key(before) != _recurrence_key(after):
        kinds.add(Kind.RECURRENCE)
    instances = tuple(_instance_changes(before, after))
    if instances:
        kinds.add(Kind.INSTANCE)
    if before.summary != after.summary:
        kinds.add(Kind.RETITLED)
    if before.location != after.location:
        kinds.add(Kind.RELOCATED)
    fields = tuple(_changed_fields(before, after, uids, are_dates_new=of_dates is not None))
    if is_feed and kinds:
        fields = tuple(name for name in fields if name in _PLAIN_IN_FEEDS)
    if fields:
        kinds.add(Kind.DETAILS)
    if not kinds:
        return None
    in_order = tuple(kind for kind in Kind if kind in kinds)
    return EventChange(in_order, before, after, instances, fields)


def _status_kinds(before: str | None, after: str | None) -> Iterator[Kind]:
    if before == after:
        return
    if after == "cancelled":
        yield Kind.CANCELLED
    elif after == "postponed":
        yield Kind.POSTPONED
    elif before in ("cancelled", "postponed"):
        yield Kind.REINSTATED
    else:
        ranks = {"tentative": 0, None: 1, "confirmed": 2}
        is_surer = ranks.get(after, 1) > ranks.get(before, 1)
        yield Kind.CONFIRMED if is_surer else Kind.UNCONFIRMED


def _recurrence_key(event: Event) -> Any:
    """Return what makes an event recur, in a form that is equal for the same instances."""
    recurrence = event.recurrence
    if recurrence is None:
        return None
    rule = recurrence.rule
    return (
        rule and rule.value(recurrence.start),
        frozenset(map(instance_key, recurrence.rdate)),
        frozenset(map(instance_key, recurrence.exdate)),
    )


def _instance_changes(before: Event, after: Event) -> Iterator[InstanceChange]:
    """Yield the overrides that say something else of their instance than before."""
    if not before.overrides and not after.overrides:
        return
    old = {instance_key(override.recurrence_id): override for override in before.overrides}
    new = {instance_key(override.recurrence_id): override for override in after.overrides}
    for key in sorted({*old, *new}, key=str):
        was, now = old.get(key), new.get(key)
        if was is not None and now is None and not _has_instance(after, was.recurrence_id):
            continue  # which the recurrence says
        if _deviation(before, was) != _deviation(after, now):
            either = now or was
            assert either is not None  # noqa: S101 - one of the two has the key
            yield InstanceChange(either.recurrence_id, was, now)


def _has_instance(event: Event, moment: RecurrenceStart) -> bool:
    """Return whether a series has an instance at a moment; one too long to walk, it has."""
    recurrence, key = event.recurrence, instance_key(moment)
    if recurrence is None or key in map(instance_key, recurrence.exdate):
        return False
    if key in map(instance_key, recurrence.rdate):
        return True
    with suppress(Refusal), bounded_walks(RuleBudget(_MAX_WALKED)):
        return recurrence.has_by_rule(moment)
    return True


_MAX_WALKED = 10_000
"""How many steps a rule is walked to look for an instance."""


def _deviation(series: Event, override: Override | None) -> Any:
    """Return how an instance differs from its series, whose own changes do not count."""
    if override is None:
        return {}
    event = override.event
    deviation = {
        field: getattr(event, field)
        for field in _OF_INSTANCES
        if getattr(event, field) != getattr(series, field)
    }
    start = getattr(event.when, "start", None)
    key = instance_key(start if isinstance(start, Instant) else start.earliest) if start else None
    if key != instance_key(override.recurrence_id):
        deviation["start"] = key
    if _length(event) != _length(series):
        deviation["length"] = _length(event)
    return deviation


_OF_INSTANCES = (
    "summary description location url status categories alarms details color transp".split()  # noqa: SIM905 - easier to read
)


def _length(event: Event) -> Any:
    when = event.when
    if isinstance(when, Timed):
        return when.end.utc - when.start.utc if isinstance(when.end, Instant) else None
    start, end = getattr(when, "start", None), when.end
    first, last = getattr(start, "earliest", None), getattr(end or start, "latest", None)
    return last - first if first and last else None


# --- details -------------------------------------------------------------------------------------


def _changed_fields(
    before: Event, after: Event, uids: _Uids, *, are_dates_new: bool
) -> Iterator[str]:
    """Yield the details that changed, by the names of the events file."""
    if not are_dates_new and zones_of(before.when) != zones_of(after.when):
        yield "timezone"
    if not are_dates_new and before.was != after.was:
        yield "was"
    for name, field in _DETAILS.items():
        if _unordered(getattr(before, field)) != _unordered(getattr(after, field)):
            yield name
    if _related(before, uids[0]) != _related(after, uids[1]):
        yield "related-to"


_DETAILS = {
    "description": "description",
    "url": "url",
    "categories": "categories",
    "sources": "sources",
    "alarms": "alarms",
    "color": "color",
    "transparency": "transp",
    "texts": "texts",
    "properties": "properties",
    "details": "details",
}
"""The fields of an event that are no kind of their own, by their names in reports."""

_PLAIN_IN_FEEDS = frozenset({"url", "categories"})
"""The details that say nothing else in a feed; its texts repeat the dates, for example."""


def _unordered(value: Any) -> Any:
    """Return a value whose order says nothing."""
    if not isinstance(value, tuple):
        return value
    return sorted(map(repr, value))


def _related(event: Event, uids: Mapping[str, str]) -> set[tuple[str, str]]:
    related = {(uids.get(other, other), kind) for other, kind in event.related_to}
    return related | ({(uids.get(event.parent, event.parent), "parent")} if event.parent else set())
