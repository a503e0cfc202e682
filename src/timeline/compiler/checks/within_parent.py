"""Check that `within-parent: false` is on events that need it.

What is reported as a leftover must be one: in case of doubt, nothing is reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.compiler.checks.parents import (
    MAX_COMPARED,
    child_instances,
    never_ends_within,
    outside_times,
    parent_instances,
)
from timeline.compiler.checks.zones_of_days import zones_of_days
from timeline.dates import OPEN, Date, Instant, NoDate, Qualification
from timeline.diagnostics import At, Diagnostic, Note, On, rules
from timeline.model import Timed, Undated, certainty, first_day, last_day, latest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.checks.context import CheckContext
    from timeline.model import Event, When


def no_parent(context: CheckContext) -> Iterator[Diagnostic]:
    """Find `within-parent` on events that no other event contains."""
    for entry in context.entries:
        if entry.parent is None and entry.written.within_parent is False:
            yield Diagnostic(
                rules.NO_PARENT,
                "`within-parent` is for nested events, and no event contains this one",
                At((*entry.path, "within-parent"), On.KEY),
                help="remove the key, or move the event into the `events` of another one",
            )


def unused_within_parent(context: CheckContext) -> Iterator[Diagnostic]:
    """Find `within-parent: false` on events all of whose instances lie within their parent."""
    entries = [entry for entry in context.entries if entry.written.within_parent is False]
    if not entries:
        return
    events = {event.path: event for event in context.calendar.events}
    left = MAX_COMPARED
    for entry in entries:
        if entry.parent is None:
            continue
        event, parent = events[entry.path], events[entry.parent.path]
        if never_ends_within(event, parent):
            continue
        zones = zones_of_days(entry.parent, context)
        is_every = parent.recurrence is not None
        for instance in child_instances(event, entry, is_every=is_every):
            left -= is_every
            if left < 0 or not _lies_within_any(instance.when, parent, zones):
                break
        else:
            yield Diagnostic(
                rules.UNUSED_WITHIN_PARENT,
                f"`{event.id}` lies within `{parent.id}`",
                At((*entry.path, "within-parent"), On.KEY),
                help="remove the key",
                notes=(Note(f"`{parent.id}` is here", At((*parent.path, "id"))),),
            )


def _lies_within_any(own: When, parent: Event, zones: tuple[str, ...]) -> bool:
    """Return whether dates certainly lie within a parent: of one that recurs, an instance."""
    recurrence = parent.recurrence
    if recurrence is None:
        return _lies_within(own, parent.when, zones)
    candidates = parent_instances(own, parent, recurrence, zones)
    return any(_lies_within(own, candidate, zones) for candidate in candidates)


def _lies_within(own: When, outer: When, zones: tuple[str, ...]) -> bool:
    """Return whether dates certainly lie within others, on all clocks that may count."""
    if isinstance(own, Undated) or isinstance(outer, Undated):
        return False
    if certainty(own) | certainty(outer) is not Qualification.CERTAIN:
        return False
    if isinstance(own.end, NoDate) or (isinstance(outer.end, NoDate) and outer.end is not OPEN):
        return False
    if isinstance(own, Timed) and isinstance(outer, Timed):
        return outside_times(own, outer) is None
    # A day is longer than the part of it after a time.
    most = 1 if isinstance(outer.start, Instant) else 0
    start, begun = first_day(own.start, *zones), last_day(outer.start, *zones)
    if start is None or begun is None or start.toordinal() < begun.toordinal() + most:
        return False
    if isinstance(outer.end, NoDate):
        return True
    end, last = latest(own, *zones), outer.end or outer.start
    most = 1 if isinstance(last, Instant) and isinstance(own.end or own.start, Date) else 0
    ended = first_day(last, *zones)
    if end is None or ended is None:
        return False
    return end.toordinal() + most <= ended.toordinal()
