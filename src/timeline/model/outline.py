"""The events as an outline: a year after another, children below their parents, in order of time.

It is what people read (Markdown, the terminal, a drawing); feeds and tables of data keep the
order of the file. Nothing here recurses, however deep the events are nested.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates import OPEN, NoDate
from timeline.model.events import AllDay, Event, Timed, Undated, first_day, last_day
from timeline.model.occurrences import current
from timeline.model.words.dates import year_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.model.events import Calendar, When


class Node(Struct, frozen=True, eq=False):
    """An event and those that belong to it, in order of time."""

    event: Event
    children: list[Node]


class Tense(StrEnum):
    """Where an event lies, seen from a day."""

    PAST = "past"
    NOW = "now"
    FUTURE = "future"


def years(calendar: Calendar) -> list[tuple[int | None, list[Node]]]:
    """Group the outermost events by the year of their first possible day.

    A child whose parent is not in the calendar is outermost. Order is by the first possible day,
    what is known to the day first, then the clock, then the file; ``None`` is the group of those
    without any start, and the last.
    """
    nodes = {event.id: Node(event, []) for event in calendar.events}
    groups: dict[int | None, list[Node]] = {}
    for node in sorted(nodes.values(), key=_moment):
        event = node.event
        if event.parent is not None and (parent := nodes.get(event.parent)):
            parent.children.append(node)
        else:
            groups.setdefault(year_of(event.when), []).append(node)
    return list(groups.items())


def walk(nodes: Iterable[Node]) -> Iterator[tuple[Node, int]]:
    """Go through nodes depth first, each with its depth below the given ones."""
    waiting = [(node, 0) for node in nodes][::-1]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        if node.children:
            waiting += [(child, depth + 1) for child in reversed(node.children)]


def tense(when: When, as_of: date) -> Tense | None:
    """Say whether it is over, going on or still to come; ``None`` where that is not known.

    An event of ``2026`` may be over or not until the year is; days are those of its own clock.
    """
    if isinstance(when, Undated):
        return None
    start, end = when.start, when.end
    if first_day(start) > as_of:
        return Tense.FUTURE
    if end is OPEN:
        return Tense.NOW if last_day(start) <= as_of else None
    if isinstance(end, NoDate):
        return Tense.NOW if first_day(start) == last_day(start) == as_of else None
    last = start if end is None else end
    if last_day(last) < as_of:
        return Tense.PAST
    return Tense.NOW if last_day(start) <= as_of <= first_day(last) else None


def next_ids(calendar: Calendar, as_of: date) -> frozenset[str]:
    """Give the ids of what comes next: the soonest of the future, all of them if they tie."""
    coming = {
        event.id: last_day(when.start)
        for event in calendar.events
        if event.status != "cancelled"
        and not isinstance(when := current(event, as_of), Undated)
        and tense(when, as_of) is Tense.FUTURE
    }
    soonest = min(coming.values(), default=None)
    return frozenset(id_ for id_, day in coming.items() if day == soonest)


_DAYS = date.max.toordinal() + 1
_SECONDS = 24 * 3600
_NEVER = _DAYS * _DAYS * _SECONDS


def _moment(node: Node) -> int:
    """Give what to sort by: the first and the last possible day of the start, and its second.

    All three are digits of one number, because numbers are compared far faster than dates.
    """
    when = node.event.when
    if isinstance(when, AllDay):
        start = when.start
        return (start.earliest.toordinal() * _DAYS + start.latest.toordinal()) * _SECONDS
    if isinstance(when, Timed):
        moment = when.start.moment
        day = moment.toordinal()
        second = 3600 * moment.hour + 60 * moment.minute + moment.second
        return (day * _DAYS + day) * _SECONDS + second
    return _NEVER
