"""The panels of the diagram: events that share an axis, and insets that enlarge a part of one.

A day is too narrow to see on an axis of four years. So the children of an event that is short in
its panel are in a separate panel below it, an inset. Many events are divided into periods, a panel
each, after a panel of the events that last longer than a period.
"""

from __future__ import annotations

from datetime import date
from math import log
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from timeline.formats.svg.axis import DAY, HOUR, MONTH, YEAR
from timeline.formats.svg.extents import Kind, event_extents
from timeline.model import group_by_year, walk_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.formats.svg.extents import Extent
    from timeline.model import Calendar, DateFormats, Event

DEEPEST = 3
"""The most insets within each other."""

_SHORT = 0.35
"""The share of a panel below which an event has an inset for its children."""

_MANY = 16
"""The most events that are not divided into periods."""

_COMFORTABLE = 12
"""The number of events that a panel should have."""

_MARGIN = 20
"""The divisor of a panel's length that gives the room for signs beside a bar."""

_FIRST, _LAST = DAY, (date.max.toordinal() + 1) * DAY


class PlacedEvent(Struct):
    """An event with a place in time; ``first`` and ``last`` include everything below it."""

    event: Event
    extent: Extent
    first: int
    last: int
    children: list[PlacedEvent] = field(default_factory=list)


class Panel(Struct, frozen=True):
    """Events on an axis from ``first`` to ``last``; ``title`` names the period, if it is one."""

    entries: list[PlacedEvent]
    first: int
    last: int
    has_times: bool
    title: str | None = None


def calendar_entries(calendar: Calendar, clock: str) -> tuple[list[PlacedEvent], list[Event]]:
    """Return the outermost events with a place in time, and all events without one, in order.

    The children of an event without a place belong to its nearest ancestor with one, else they are
    outermost.
    """
    extents = event_extents(calendar.events, clock)
    roots: list[PlacedEvent] = []
    undated: list[Event] = []
    path: list[PlacedEvent | None] = []
    placed: list[tuple[PlacedEvent, PlacedEvent | None]] = []
    for _, nodes in group_by_year(calendar):
        for node, depth in walk_nodes(nodes):
            del path[depth:]
            parent = next(filter(None, reversed(path)), None)
            entry = None
            if extent := extents[node.event.id]:
                entry = PlacedEvent(node.event, extent, extent.first, extent.last)
                (parent.children if parent else roots).append(entry)
                placed.append((entry, parent))
            else:
                undated.append(node.event)
            path.append(entry)
    for entry, parent in reversed(placed):
        if parent:
            parent.first = min(parent.first, entry.first)
            parent.last = max(parent.last, entry.last)
    roots.sort(key=lambda entry: entry.extent.first)
    return roots, undated


def group_into_panels(
    roots: list[PlacedEvent], dates: DateFormats, title: str | None = None
) -> list[Panel]:
    """Return a single panel, or a panel for long events and panels for each period.

    ``title`` names the period in which all of them start, if there is one.
    """
    period = _period(roots) if len(roots) > _MANY else None
    if period is None:
        return [_panel(roots, title)] if roots else []
    long, parted = _parted(roots, period)
    whole = _panel(roots)
    panels = [_widened(_panel(long, title), whole.first, whole.last)] if long else []
    for number, some in parted.items():
        name = _title(number, period, dates)
        if len(some) > 2 * _MANY and _period(some):
            panels += group_into_panels(some, dates, name)
            continue
        first, last = _bounds(number, period)
        # The first and last periods are shortened to the part that has events.
        first = whole.first if whole.first - first > _UNITS[period] // 4 else first
        last = whole.last if last - whole.last > _UNITS[period] // 4 else last
        panel = _widened(_panel(some, name), first, last)
        panels.append(replace(panel, has_times=panel.has_times and period == "day"))
    return panels


def _widened(panel: Panel, first: int, last: int) -> Panel:
    return replace(panel, first=min(panel.first, first), last=max(panel.last, last))


def inset_panel(entry: PlacedEvent, panel: Panel, depth: int) -> Panel | None:
    """Return the inset for the children of an event, or ``None`` if it needs none.

    ``depth`` is the number of insets around the events of ``panel``.
    """
    if len(entry.children) < 2 or depth >= DEEPEST:
        return None
    if entry.last - entry.first >= _SHORT * (panel.last - panel.first):
        return None
    own = _panel([entry])
    if own.last - own.first >= 2 * _SHORT * (panel.last - panel.first):
        return None
    return Panel(entry.children, own.first, own.last, own.has_times)


def _panel(some: list[PlacedEvent], title: str | None = None) -> Panel:
    """Return a panel that is long enough for entries and everything below them."""
    first, last = min(entry.first for entry in some), max(entry.last for entry in some)
    extents = _all(some)
    has_times = any(extent.has_times for extent in extents)
    room = (HOUR if has_times else 5 * DAY) - (last - first)
    if room > 0:
        first -= room // 2
        last += room - room // 2
    # Uncertain sides have signs beside them.
    margin = (last - first) // _MARGIN
    shown = _all(some, _SHORT * (last - first))
    first = min([first, *(extent.first - margin for extent in shown if extent.begins)])
    last = max([last, *(extent.last + margin for extent in shown if extent.ends)])
    kinds = {stretch.kind for extent in extents for stretch in extent.stretches}
    room = (last - first) // 6
    if Kind.LATER in kinds or any(extent.goes_on or extent.may_go_on for extent in extents):
        last += room
    if Kind.EARLIER in kinds:
        first -= room
    return Panel(some, max(first, _FIRST), min(last, _LAST), has_times, title)


def _all(some: Iterable[PlacedEvent], least: float = 0) -> list[Extent]:
    """Return the extents of entries and all below them, except below those that have an inset.

    An entry shorter than ``least`` may have an inset for its children.
    """
    entries = list(some)
    for entry in entries:  # the loop also visits the children that it adds
        if len(entry.children) < 2 or entry.last - entry.first >= least:
            entries += entry.children
    return [entry.extent for entry in entries]


# Periods.

_UNITS = {
    "day": DAY,
    "month": MONTH,
    "quarter": 3 * MONTH,
    "year": YEAR,
    "decade": 10 * YEAR,
    "century": 100 * YEAR,
}
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def _period(roots: list[PlacedEvent]) -> str | None:
    """Return the period that divides events into panels of the best size, if there is one."""
    best, least = None, log(len(roots) / _COMFORTABLE)
    for period in _UNITS:
        long, parted = _parted(roots, period)
        if len(long) > len(roots) / 3 or len(parted) < 2:
            continue
        far = abs(log((len(roots) - len(long)) / len(parted) / _COMFORTABLE))
        if far < least:
            best, least = period, far
    return best


def _parted(
    roots: list[PlacedEvent], period: str
) -> tuple[list[PlacedEvent], dict[int, list[PlacedEvent]]]:
    """Return the entries that last longer than their period, and the others by its number."""
    long: list[PlacedEvent] = []
    parted: dict[int, list[PlacedEvent]] = {}
    for entry in roots:
        number = _number(entry.first, period)
        _, end = _bounds(number, period)
        endless = entry.extent.goes_on
        if endless or entry.last > end + _UNITS[period] // 4:
            long.append(entry)
        else:
            parted.setdefault(number, []).append(entry)
    return long, dict(sorted(parted.items()))


def _number(second: int, period: str) -> int:
    """Return the number of the period that contains a second."""
    if period == "day":
        return second // DAY
    day = date.fromordinal(min(max(second // DAY, 1), date.max.toordinal()))
    return (12 * day.year + day.month - 1) // _MONTHS_OF[period]


def _bounds(number: int, period: str) -> tuple[int, int]:
    if period == "day":
        return number * DAY, (number + 1) * DAY
    months = _MONTHS_OF[period]
    return _month(number * months), _month((number + 1) * months)


def _month(number: int) -> int:
    year, month = divmod(number, 12)
    if year < 1:
        return _FIRST
    return date(year, month + 1, 1).toordinal() * DAY if year <= 9999 else _LAST


def _title(number: int, period: str, dates: DateFormats) -> str:
    if period == "day":
        return dates.day(date.fromordinal(number))
    year, month = divmod(number * _MONTHS_OF[period], 12)
    if period == "month":
        return dates.month(date(year, month + 1, 1))
    if period == "quarter":
        return dates.quarter(month // 3 + 1, year)
    if period == "year":
        return dates.year(year)
    last = year + _MONTHS_OF[period] // 12 - 1
    return str(dates.years(max(year, 1), last))
