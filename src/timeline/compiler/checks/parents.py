"""Find events that cannot lie within the event that contains them, among all instances of series.

Only what is certain is an error. A date that is not known to the day is compared by its earliest
and its latest day.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.compiler.checks.zones_of_days import zones_of_days
from timeline.compiler.resolve.tree import edge_path, override_as_written
from timeline.dates import (
    LAST_DAY,
    UTC_NAME,
    Date,
    Instant,
    NoDate,
    day_after,
    instance_key,
    local_day,
    move_day_within,
    move_moment,
    to_zone,
)
from timeline.diagnostics import At, Diagnostic, Note, rules
from timeline.model import AllDay, Timed, Undated, first_day, instance_dates, last_day, latest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from timeline.compiler.checks.context import CheckContext
    from timeline.compiler.resolve.tree import Entry
    from timeline.dates import OneSidedDate, Recurrence, RecurrenceStart
    from timeline.diagnostics import Path
    from timeline.model import Event, When

MAX_COMPARED = 20_000
"""How many instances of series are looked for in a parent that recurs, in a file."""

_EXCEPTIONS = ("rdate", "exdate", "overrides")
_WITHIN_PARENT = "within-parent"

_PERIOD = 2 * 366
"""The days from its start for which an endless rule is compared with a parent that recurs."""


def outside_parent(context: CheckContext) -> Iterator[Diagnostic]:
    """Find children that cannot lie within their parent, or have an instance that cannot."""
    if all(event.parent is None for event in context.calendar.events):
        return
    events = {event.path: event for event in context.calendar.events}
    entries = {entry.path: entry for entry in context.entries}
    left, is_cut = MAX_COMPARED, False
    for event in context.calendar.events:
        if event.parent is None:
            continue
        parent, entry = events[event.path[:-2]], entries[event.path]
        if entry.written.within_parent is False or (*event.path, _WITHIN_PARENT) in context.refused:
            continue
        outer, both = entries[parent.path], (parent.path, event.path)
        if any((*parent.path, key) in context.refused for key in ("rrule", "rdate")):
            continue  # it may lie within any instance
        if any((*path, key) in context.refused for path in both for key in _EXCEPTIONS):
            continue
        zones = zones_of_days(outer, context)
        if never_ends_within(event, parent):
            yield _diagnostic(event, parent, outer, "its rule has no end", (*event.path, "rrule"))
            continue
        is_every = parent.recurrence is not None
        for instance in child_instances(event, entry, is_every=is_every):
            if is_every and event.recurrence is not None:
                if not left:
                    if not is_cut:
                        yield _too_many(event, parent)
                    is_cut = True
                    break
                left -= 1
            if outside := _outside_of_all(instance.when, parent, zones):
                yield _report(event, instance, outside, parent, outer)
                break


def _too_many(event: Event, parent: Event) -> Diagnostic:
    is_rule = event.recurrence is not None and event.recurrence.rule is not None
    return Diagnostic(
        rules.TOO_MANY_INSTANCES,
        f"`{event.id}` is only partly compared with `{parent.id}`: the children of recurring "
        f"events have more than {MAX_COMPARED:,} instances",
        At((*event.path, "rrule" if is_rule else "rdate")),
        help="end its rule earlier",
    )


class _Outside(Struct, frozen=True):
    """Which edge of an event lies outside of its parent, and on which side."""

    edge: str
    verb: str
    is_late: bool


_TOO_EARLY = _Outside("start", "starts too early", is_late=False)
_STARTS_TOO_LATE = _Outside("start", "starts too late", is_late=True)
_ENDS_TOO_LATE = _Outside("end", "ends too late", is_late=True)


class ChildInstance(Struct, frozen=True):
    """The dates of an instance; ``name`` is how it is called, and ``paths`` where its edges are."""

    when: When
    name: str
    paths: dict[str, Path]


def child_instances(event: Event, entry: Entry, *, is_every: bool) -> Iterator[ChildInstance]:
    """Yield the instances that take place: every one, or those that others lie between."""
    recurrence, when = event.recurrence, event.when
    edges = {edge: edge_path(entry, edge) for edge in ("start", "end")}
    if recurrence is None or not isinstance(when, AllDay | Timed):
        yield ChildInstance(when, "it", edges)
        return
    replaced = [override.recurrence_id for override in event.overrides]
    # Of equal dates the first, and by key, because a series may have thousands of them.
    listed = {instance_key(item): index for index, item in reversed([*enumerate(recurrence.rdate)])}
    for moment in _moments(recurrence, replaced, is_every=is_every):
        name, paths = "it", edges
        if moment != recurrence.start:
            index = listed.get(instance_key(moment))
            at = (*event.path, "rrule") if index is None else (*event.path, "rdate", index)
            name, paths = f"its instance on {local_day(moment)}", {"start": at, "end": at}
        yield ChildInstance(instance_dates(when, moment), name, paths)
    for override in event.overrides:
        if override.event.status == "cancelled":
            continue
        path, item = override.event.path, override_as_written(entry, override)
        start = (*path, "start" if item.start else "recurrence-id")
        end = (*path, "end") if item.end else (*path, "duration") if item.duration else start
        name = f"its instance of {local_day(override.recurrence_id)}"
        yield ChildInstance(override.event.when, name, {"start": start, "end": end})


def _moments(
    recurrence: Recurrence, replaced: list[RecurrenceStart], *, is_every: bool
) -> Iterator[RecurrenceStart]:
    """Yield every instance without an override, or the first and the last of the rule and RDATEs.

    An endless rule has none after `_PERIOD`.
    """
    last = recurrence.last_day or move_day_within(local_day(recurrence.start), _PERIOD)
    if is_every:
        yield from recurrence.instances(last=last, without=replaced)
        return
    by_rule = replace(recurrence, rdate=())
    first = next(by_rule.instances(without=replaced), None)
    if first is not None:
        yield first
    excluded = set(map(instance_key, (*recurrence.exdate, *replaced)))
    yield from (moment for moment in recurrence.rdate if instance_key(moment) not in excluded)
    final = by_rule.last_instance(last=last, without=replaced)
    if final is not None and final != first:
        yield final


def never_ends_within(event: Event, parent: Event) -> bool:
    """Return whether an event recurs without an end, and its parent ends."""
    if event.recurrence is None or not event.recurrence.is_endless:
        return False
    if parent.recurrence is not None:
        return not parent.recurrence.is_endless
    return latest(parent.when) is not None


def _outside_of_all(own: When, parent: Event, zones: tuple[str, ...]) -> _Outside | None:
    """Return how dates lie outside of a parent: of one that recurs, outside of each instance."""
    recurrence = parent.recurrence
    if recurrence is None:
        return _outside(own, parent.when, zones)
    outside = None
    for candidate in parent_instances(own, parent, recurrence, zones):
        outside = _outside(own, candidate, zones)
        if outside is None:
            return None
    return outside or _TOO_EARLY


def parent_instances(
    own: When, parent: Event, recurrence: Recurrence, zones: tuple[str, ...]
) -> Iterator[When]:
    """Yield the dates of the instances of a parent in which dates lie, if they lie in any."""
    yield from (override.event.when for override in parent.overrides)
    replaced = [override.recurrence_id for override in parent.overrides]
    # All others are as long, so none ends later than the last one that starts early enough.
    last = _latest_start(own, recurrence, zones)
    moment = recurrence.last_instance(last=last, without=replaced)
    if moment is not None and isinstance(parent.when, AllDay | Timed):
        yield instance_dates(parent.when, moment)


def _latest_start(own: When, recurrence: Recurrence, zones: tuple[str, ...]) -> RecurrenceStart:
    """Return the latest day or time at which an instance may start that contains dates."""
    if isinstance(own, Undated):
        return LAST_DAY
    if not isinstance(recurrence.start, Instant):
        return last_day(own.start, *zones) or LAST_DAY
    if isinstance(own.start, Instant):
        return own.start
    places = [moment.zone for moment in recurrence.rdate if isinstance(moment, Instant)]
    after = datetime.combine(day_after(own.start.latest or LAST_DAY), time.min)
    ends = [to_zone(after, zone) for zone in {*zones, recurrence.start.zone, *places}]
    end = max(ends, key=lambda end: end.astimezone(UTC))
    return Instant(move_moment(end, timedelta(seconds=-1)), UTC_NAME)


def _report(
    event: Event, instance: ChildInstance, outside: _Outside, parent: Event, outer: Entry
) -> Diagnostic:
    message = f"{instance.name} {outside.verb}"
    if parent.recurrence is not None:
        message = f"no instance of `{parent.id}` contains {instance.name}"
    return _diagnostic(event, parent, outer, message, instance.paths[outside.edge], outside)


def _diagnostic(
    event: Event,
    parent: Event,
    outer: Entry,
    why: str,
    path: Path,
    outside: _Outside = _ENDS_TOO_LATE,
) -> Diagnostic:
    other = "end" if outside.is_late and parent.when.end is not None else "start"
    note = f"the {other} of `{parent.id}` is `{getattr(parent.when, other)}`"
    if parent.recurrence is not None:
        other, note = "start", f"the first instance of `{parent.id}` is here"
    return Diagnostic(
        rules.OUTSIDE_PARENT,
        f"`{event.id}` cannot lie within `{parent.id}`: {why}",
        At(path),
        help=f"change its dates, or move it out of the `events` of `{parent.id}`",
        notes=(Note(note, At(edge_path(outer, other))),),
    )


def _outside(own: When, outer: When, zones: tuple[str | None, ...]) -> _Outside | None:
    """Return how dates certainly lie outside of others, ``None`` if they may lie within.

    A time is compared with a day on the clocks of ``zones``, and of its own place: if it is within
    by any of them, it may lie within. Two times are compared exactly, but not an end alone.
    """
    if isinstance(own, Timed) and isinstance(outer, Timed):
        return outside_times(own, outer)  # at a fraction of the cost
    if isinstance(outer, Undated):
        return None
    last = latest(outer, *zones)
    if isinstance(own, Undated):
        if last is None or not isinstance(own.end, Date | Instant):
            return None
        return _ENDS_TOO_LATE if first_day(own.end, *zones) > last else None
    if _is_before(own.start, outer.start, zones):
        return _TOO_EARLY
    end = outer.end or outer.start
    if last is None or isinstance(end, NoDate):
        return None
    if _is_after(own.start, end, last, zones):
        return _STARTS_TOO_LATE
    if not isinstance(own.end, Date | Instant):
        return None
    return _ENDS_TOO_LATE if _is_after(own.end, end, last, zones) else None


def _is_before(
    start: Date | OneSidedDate | Instant,
    other: Date | OneSidedDate | Instant,
    zones: tuple[str | None, ...],
) -> bool:
    """Return whether a start is certainly before another; a day that is not known is no limit."""
    if isinstance(start, Instant) and isinstance(other, Instant):
        return start.utc < other.utc
    last, first = last_day(start, *zones), first_day(other, *zones)
    return last is not None and first is not None and last < first


def _is_after(
    side: Date | OneSidedDate | Instant,
    end: Date | OneSidedDate | Instant,
    last: date,
    zones: tuple[str | None, ...],
) -> bool:
    """Return whether a side is certainly after the end of others, of which ``last`` is the day."""
    if isinstance(side, Instant) and isinstance(end, Instant):
        return side.utc > end.utc
    first = first_day(side, *zones)
    return first is not None and first > last


def outside_times(own: Timed, outer: Timed) -> _Outside | None:
    """Return how times lie outside of others, ``None`` if they lie within."""
    if own.start.utc < outer.start.utc:
        return _TOO_EARLY
    if isinstance(outer.end, NoDate):
        return None
    last = (outer.end or outer.start).utc
    if own.start.utc > last:
        return _STARTS_TOO_LATE
    return _ENDS_TOO_LATE if isinstance(own.end, Instant) and own.end.utc > last else None
