"""The time zones that the VEVENTs of a feed name, and the years for which each is needed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from timeline.dates import LAST_YEAR, UTC_NAME, Instant
from timeline.formats.ics.values import has_tzid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from timeline.model import VEventProjection

ENDLESS_YEARS = 50
"""The years after the first for which a rule without an end has its zone described."""


def zones_used(vevents: Iterable[VEventProjection]) -> dict[str, tuple[int, int]]:
    """Return the first and the last year of each zone that is written as a TZID."""
    used: dict[str, tuple[int, int]] = {}
    for vevent in vevents:
        start, end = vevent.dtstart, vevent.dtend
        if vevent.recurrence is None and vevent.recurrence_id is None:
            if isinstance(start, date):
                continue
            is_known = _is_covered(used, start)
            if is_known and (not isinstance(end, Instant) or _is_covered(used, end)):
                continue
        for moment in _moments(vevent):
            if isinstance(moment, Instant) and has_tzid(moment):
                year = moment.moment.year
                first, last = used.get(moment.zone, (year, year))
                used[moment.zone] = min(first, year), max(last, _last_year(vevent, year))
    return used


def _is_covered(used: Mapping[str, tuple[int, int]], value: Instant) -> bool:
    if value.zone == UTC_NAME:
        return True
    first, last = used.get(value.zone, (1, 0))
    return first <= value.moment.year <= last


def _moments(vevent: VEventProjection) -> Iterator[date | Instant | None]:
    yield from (vevent.dtstart, vevent.dtend, vevent.recurrence_id)
    if vevent.recurrence is not None:
        yield from vevent.recurrence.rdate
        yield from vevent.recurrence.exdate


def _last_year(vevent: VEventProjection, year: int) -> int:
    """Return the last year in which a time of the VEVENT, in ``year``, needs its zone."""
    recurrence = vevent.recurrence
    if recurrence is None or recurrence.rule is None:
        return year
    if recurrence.rule_end is None:
        return min(year + ENDLESS_YEARS, LAST_YEAR)
    return max(year, recurrence.rule_end.year)
