"""Compare the VTIMEZONEs of a feed with tzdata at all times of all events (RFC 5545 3.6.5)."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

from timeline.dates import LAST_YEAR, Instant, Recurrence, to_zone
from timeline.publishing.verify.expected import event_name, has_tzid
from timeline.publishing.verify.faults import Fault, shortened, unreadable
from timeline.publishing.verify.values import as_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.model import VEventProjection


def zone_faults(vevents: Sequence[VEventProjection], components: list[Any]) -> Iterator[Fault]:
    """Yield the first fault of each VTIMEZONE, compared with tzdata at all times of all events."""
    defined: dict[str, Any] = {}
    for component in components:
        if component.name != "VTIMEZONE" or (name := str(component.get("TZID"))) in defined:
            yield Fault("", component.name or "BEGIN", "is unexpected")
        else:
            defined[name] = component
            if all(part.name != "STANDARD" for part in component.subcomponents):
                # RFC 5545 3.6.5 allows DAYLIGHT alone, and ical4j rejects it.
                yield Fault("", "VTIMEZONE", f"of `{shortened(name)}` has no STANDARD")
    used: dict[str, list[tuple[VEventProjection, str, Instant]]] = {}
    for vevent in vevents:
        for side, value in _zoned_times(vevent):
            used.setdefault(value.zone, []).append((vevent, side, value))
    for name, times in used.items():
        if name not in defined:
            vevent, side, _ = times[0]
            yield Fault(event_name(vevent), side, f"is in `{name}`, which has no VTIMEZONE")
            continue
        try:
            clock = ZoneClock(defined[name], max(value.moment.year for *_, value in times))
        except (ValueError, KeyError, AttributeError) as error:
            yield Fault("", "VTIMEZONE", f"of `{name}` {unreadable(error)}")
            continue
        for vevent, side, value in times:
            if clock.offset(value.wall) != value.moment.utcoffset():
                message = f"is a different time with the VTIMEZONE of `{name}`, at {value.wall}"
                yield Fault(event_name(vevent), side, message)
                break
    # A feed without events has one zone nevertheless, for it needs a component.
    lone = len(defined) if not vevents else 0
    for name in defined.keys() - used.keys() if lone != 1 else ():
        yield Fault("", "VTIMEZONE", f"`{shortened(name)}` is not used by any event")


def _zoned_times(vevent: VEventProjection) -> Iterator[tuple[str, Instant]]:
    """Yield the times of a VEVENT that name their zone, with the property of each."""
    if not isinstance(vevent.dtstart, Instant) and vevent.recurrence_id is None:
        return
    recurrence = vevent.recurrence or Recurrence(vevent.dtstart)
    for name, values in (
        ("DTSTART", (vevent.dtstart,)),
        ("DTEND", (vevent.dtend,)),
        ("RECURRENCE-ID", (vevent.recurrence_id,)),
        ("RDATE", recurrence.rdate),
        ("EXDATE", recurrence.exdate),
        ("RRULE", _samples(recurrence) if recurrence.rule else ()),
    ):
        for value in values:
            if isinstance(value, Instant) and has_tzid(value):
                yield name, value


ENDLESS = 10
"""How many years of a rule without an end are compared."""


def _samples(recurrence: Recurrence) -> Iterator[Instant]:
    """Yield a winter and a summer day of each year of a rule, at the time of its start."""
    start, last = recurrence.start, recurrence.rule_end
    if not isinstance(start, Instant) or not has_tzid(start):
        return
    end = min(last.year if last else LAST_YEAR, start.wall.year + ENDLESS)
    for year in range(start.wall.year + 1, end):
        for month in (1, 7):
            wall = start.wall.replace(year=year, month=month, day=1)
            yield Instant(to_zone(wall, start.zone), start.zone)


class ZoneClock:
    """The UTC offsets of a zone by its VTIMEZONE alone (RFC 5545 3.6.5)."""

    def __init__(self, component: Any, last_year: int) -> None:
        rrulestr = import_module("dateutil.rrule").rrulestr  # it comes with icalendar, untyped
        end = datetime(min(last_year + 2, 9999), 1, 1)  # noqa: DTZ001 - what clocks show
        onsets: list[tuple[datetime, timedelta]] = []
        for part in component.subcomponents:
            start = part["DTSTART"].dt.replace(tzinfo=None)
            walls = {start}
            if rule := part.get("RRULE"):
                parsed = rrulestr(rule.to_ical().decode(), dtstart=start)
                walls |= set(parsed.between(start, end, inc=True))
            for dates in as_list(part.get("RDATE")):
                walls |= {value.dt.replace(tzinfo=None) for value in dates.dts}
            onsets += ((wall, part["TZOFFSETTO"].td) for wall in walls)
        onsets.sort()
        self._walls = [wall for wall, _ in onsets]
        self._offsets = [offset for _, offset in onsets]

    def offset(self, wall: datetime) -> timedelta | None:
        """Return the offset at a local time; for a time that occurs twice, the first (3.3.5)."""
        index = bisect_right(self._walls, wall)
        return self._offsets[index - 1] if index else None
