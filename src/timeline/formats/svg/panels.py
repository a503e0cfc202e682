"""Which events share an axis: panels, and within them insets that look closer.

A day in a span of four years is a hair on paper. So what belongs to an event that is short beside
its panel has a panel of its own below it, an inset; and a long list is parted into periods, each
of them a panel, after one with what lasts longer than they do.
"""

from __future__ import annotations

from datetime import date
from math import log
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from timeline.formats.svg.axis import DAY, HOUR, MONTH, YEAR
from timeline.formats.svg.extents import event_extents
from timeline.model import day_words, group_by_year, month_words, walk_nodes, year_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.formats.svg.extents import Extent
    from timeline.model import Calendar, Event

DEEPEST = 3
"""How many insets may lie in each other."""

_SHORT = 0.35
"""An event shorter than this share of its panel has an inset for what belongs to it."""

_MANY = 16
"""More events than this are parted into periods, if time parts them."""

_COMFORTABLE = 12
"""How many events a panel should have."""

_MARGIN = 20
"""What share of a panel signs need that stand beside a bar."""

_FIRST, _LAST = DAY, (date.max.toordinal() + 1) * DAY


class Entry(Struct):
    """An event that has a place in time; ``first`` and ``last`` are over all that belongs to it."""

    event: Event
    extent: Extent
    first: int
    last: int
    children: list[Entry] = field(default_factory=list)


class Panel(Struct, frozen=True):
    """What shares an axis from ``first`` to ``last``; ``title`` names the period, if it is one."""

    entries: list[Entry]
    first: int
    last: int
    has_times: bool
    title: str | None = None


def calendar_entries(calendar: Calendar, clock: str) -> tuple[list[Entry], list[Event]]:
    """Return the outermost events that have a place in time, and those that have none, in order.

    What belongs to an event without a place is given to the nearest that has one, else outermost.
    """
    reaches = event_extents(calendar.events, clock)
    roots: list[Entry] = []
    undated: list[Event] = []
    path: list[Entry | None] = []
    placed: list[tuple[Entry, Entry | None]] = []
    for _, nodes in group_by_year(calendar):
        for node, depth in walk_nodes(nodes):
            del path[depth:]
            parent = next(filter(None, reversed(path)), None)
            entry = None
            if reach := reaches[node.event.id]:
                entry = Entry(node.event, reach, reach.first, reach.last)
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


def group_into_panels(roots: list[Entry], title: str | None = None) -> list[Panel]:
    """Return one panel, or one for long events and those of each period, divided as needed.

    ``title`` names the period that all of them begin in, if there is one.
    """
    period = _period(roots) if len(roots) > _MANY else None
    if period is None:
        return [_panel(roots, title)] if roots else []
    long, parted = _parted(roots, period)
    whole = _panel(roots)
    panels = [_widened(_panel(long, title), whole.first, whole.last)] if long else []
    for number, some in parted.items():
        name = _title(number, period)
        if len(some) > 2 * _MANY and _period(some):
            panels += group_into_panels(some, name)
            continue
        first, last = _bounds(number, period)
        # A period that is mostly over when everything begins, or hardly begun when all ends.
        first = whole.first if whole.first - first > _UNITS[period] // 4 else first
        last = whole.last if last - whole.last > _UNITS[period] // 4 else last
        panel = _widened(_panel(some, name), first, last)
        panels.append(replace(panel, has_times=panel.has_times and period == "day"))
    return panels


def _widened(panel: Panel, first: int, last: int) -> Panel:
    return replace(panel, first=min(panel.first, first), last=max(panel.last, last))


def inset_panel(entry: Entry, panel: Panel, depth: int) -> Panel | None:
    """Return the panel of what belongs to an event, if it needs one of its own.

    ``depth`` is how many insets ``panel`` lies in, and it is one itself.
    """
    if len(entry.children) < 2 or depth >= DEEPEST:
        return None
    if entry.last - entry.first >= _SHORT * (panel.last - panel.first):
        return None
    own = _panel([entry])
    if own.last - own.first >= 2 * _SHORT * (panel.last - panel.first):
        return None
    return Panel(entry.children, own.first, own.last, own.has_times)


def _panel(some: list[Entry], title: str | None = None) -> Panel:
    """Make a panel that is wide enough for entries and all that belongs to them."""
    first, last = min(entry.first for entry in some), max(entry.last for entry in some)
    reaches = _all(some)
    has_times = any(extent.has_times for extent in reaches)
    room = (HOUR if has_times else 5 * DAY) - (last - first)
    if room > 0:
        first -= room // 2
        last += room - room // 2
    # Signs stand beside the sides that are not certain.
    margin = (last - first) // _MARGIN
    shown = _all(some, _SHORT * (last - first))
    first = min([first, *(extent.first - margin for extent in shown if extent.begins)])
    last = max([last, *(extent.last + margin for extent in shown if extent.ends)])
    if any(extent.goes_on or extent.may_go_on for extent in reaches):
        last += (last - first) // 6
    return Panel(some, max(first, _FIRST), min(last, _LAST), has_times, title)


def _all(some: Iterable[Entry], least: float = 0) -> list[Extent]:
    """Return the extents of entries and all below them, but of what an inset may have if short."""
    entries = list(some)
    for entry in entries:  # grows as it goes
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


def _period(roots: list[Entry]) -> str | None:
    """Choose the period that parts events best: few to a panel, and few that outlast it."""
    best, least = None, log(len(roots) / _COMFORTABLE)
    for period in _UNITS:
        long, parted = _parted(roots, period)
        if len(long) > len(roots) / 3 or len(parted) < 2:
            continue
        far = abs(log((len(roots) - len(long)) / len(parted) / _COMFORTABLE))
        if far < least:
            best, least = period, far
    return best


def _parted(roots: list[Entry], period: str) -> tuple[list[Entry], dict[int, list[Entry]]]:
    """Return those that outlast the period they begin in, and the others by the period's number."""
    long: list[Entry] = []
    parted: dict[int, list[Entry]] = {}
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
    """Count the periods up to a second."""
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


def _title(number: int, period: str) -> str:
    if period == "day":
        return day_words(date.fromordinal(number))
    year, month = divmod(number * _MONTHS_OF[period], 12)
    if period == "month":
        return month_words(date(year, month + 1, 1))
    if period == "quarter":
        return f"Q{month // 3 + 1} {year_words(year)}"
    if period == "year":
        return year_words(year)
    last = year + _MONTHS_OF[period] // 12 - 1
    return f"{year_words(max(year, 1))}–{year_words(last)}"  # noqa: RUF001 - as in `words`
