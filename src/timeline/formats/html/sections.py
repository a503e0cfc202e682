"""The list of the page: a section for each year, and in busy years one for each month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates import Date, Instant, OneSidedDate, local_day
from timeline.formats.html.dates import Heading
from timeline.model import (
    Undated,
    capitalized,
    earliest,
    group_by_year,
    latest,
    to_be_confirmed,
    walk_nodes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.formats.html.event_items import EventItem, ItemMaker
    from timeline.model import Calendar, EventNode, When

BUSY_YEAR = 16
"""The number of outermost events in a year from which the list has months."""

FOLDED = 500
"""The number of events above which the years are folded."""

_DEEPEST = 4
"""The depth below which nesting is not shown: the columns would be too narrow."""

_LONG = 300
"""The number of days from which an event is listed before the months of its year."""


class Month(Struct):
    """The events of a month."""

    title: str
    items: list[EventItem]


class Section(Struct):
    """The events of a year, or those without a date; ``loose`` are not of a single month."""

    anchor: str
    title: str
    loose: list[EventItem]
    months: list[Month]
    count: int
    is_undated: bool = False


def list_sections(calendar: Calendar, maker: ItemMaker) -> list[Section]:
    """Return the sections of the list, in order of time; that of undated events is the last."""
    groups = group_by_year(calendar, maker.dates)
    by_month = any(year is not None and len(nodes) >= BUSY_YEAR for year, nodes in groups)
    return [_section(year, nodes, maker, by_month=by_month) for year, nodes in groups]


def _section(
    year: int | None, nodes: list[EventNode], maker: ItemMaker, *, by_month: bool
) -> Section:
    wording = maker.wording
    count = sum(1 for _ in walk_nodes(nodes))
    if year is None:
        items = [_tree(node, Heading(), maker, 3) for node in nodes]
        title = capitalized(to_be_confirmed(wording))
        return Section("undated", title, items, [], count, is_undated=True)
    section = Section(f"year-{year}", wording.dates.year(year), [], [], count)
    months: dict[int, Month] = {}
    for node in nodes:
        month = _month_of(maker.dates[node.event.id]) if by_month else None
        if month is None:
            section.loose.append(_tree(node, Heading(year), maker, 3))
            continue
        if month not in months:
            months[month] = Month(capitalized(wording.dates.month_name(month)), [])
        months[month].items.append(_tree(node, Heading(year, month), maker, 4))
    section.months = [months[month] for month in sorted(months)]
    return section


def _month_of(when: When) -> int | None:
    """Return the month below which an event is listed, ``None`` if it is not of a single one."""
    if isinstance(when, Undated) or isinstance(when.start, OneSidedDate):
        return None
    first, last = earliest(when), latest(when)
    if first is None or (last is not None and (last - first).days > _LONG):
        return None
    start = when.start
    if isinstance(start, Date) and _month(start.earliest) != _month(start.latest):
        return None
    return (local_day(start) if isinstance(start, Instant) else start.earliest).month


def _month(day: object) -> tuple[int, int]:
    return day.year, day.month  # type: ignore[attr-defined]


def _tree(node: EventNode, heading: Heading, maker: ItemMaker, level: int) -> EventItem:
    """Return the item of an event with those of its children, without recursion.

    Children below `_DEEPEST` are listed at that depth.
    """
    path: list[EventItem] = []
    for inner, depth in walk_nodes([node]):
        shown = min(depth, _DEEPEST)
        item = maker.item(inner.event, heading, level + shown, inner.part_of)
        item.children = []
        del path[shown:]
        if path:
            path[-1].children.append(item)
        path.append(item)
    return path[0]


def outermost(sections: Iterable[Section]) -> Iterator[EventItem]:
    """Yield the outermost events with a date below their month or year, in order."""
    for section in sections:
        if section.is_undated:
            continue
        if not section.months:
            yield from section.loose
        for month in section.months:
            yield from month.items
