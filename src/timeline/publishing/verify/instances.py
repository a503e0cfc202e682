"""Expand a series as it was read back, and compare its first instances with those of the event.

The rule of a feed is not always that of the file: dates alone get a rule, and what would repeat an
instance is left out. Nothing of the projection is used, and ``dateutil`` expands the rule.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any

from timeline.dates import LAST_DAY, UTC_NAME, instance_key, move_day_within, move_moment, to_zone
from timeline.model import omission_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from timeline.model import Event
    from timeline.publishing.verify.faults import Finding

COMPARED = 12
"""How many instances of a rule are compared; of a rule with fewer, all."""

_SHORT = ("HOURLY", "MINUTELY", "SECONDLY")
_LIMITS = frozenset({"BYMONTH", "BYMONTHDAY", "BYDAY"})
"""Frequencies and parts that are not compared together: ``dateutil`` may search for minutes."""

_MARGIN = timedelta(hours=3)
"""By how much an instance may be later than the next one, because clocks skip it."""


def instance_faults(event: Event, actual: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is wrong with the instances of a series; ``actual`` are its properties as read."""
    parts = dict(part.split("=") for part in actual.get("RRULE") or ())
    is_slow = parts.get("FREQ") in _SHORT and not _LIMITS.isdisjoint(parts)
    # dateutil takes the end of some week 52 for a week 53.
    if event.recurrence is None or is_slow or "BYWEEKNO" in parts:
        return
    read, end = _read_instances(parts, actual)
    omitted = [item.recurrence_id for item in event.overrides if omission_reason(item.event)]
    last = LAST_DAY if end is None else move_day_within(date(end.year, end.month, end.day), 2)
    keys = map(instance_key, event.recurrence.instances(last=last, without=omitted))
    expected = {key for key in keys if end is None or key < end}
    if missing := expected - read:
        yield "RRULE", f"does not lead to the instance at `{min(missing)}`"
    if more := read - expected:
        yield "RRULE", f"leads to another instance at `{min(more)}`"


def _read_instances(
    parts: dict[str, str], actual: Mapping[str, Any]
) -> tuple[set[date], date | None]:
    """Return the first instances, and the day or time from which there may be others."""
    start, zone = _moment(actual["DTSTART"])
    instances: set[date] = {_key(start, zone)}
    end: date | None = None
    until = parts.pop("UNTIL", None)
    last = None if until is None else _key(*_moment(until))
    if parts:
        rule = ";".join(f"{name}={value}" for name, value in parts.items())
        wall = start if isinstance(start, datetime) else datetime.combine(start, time.min)
        rrulestr = import_module("dateutil.rrule").rrulestr  # it comes with icalendar, untyped
        walls = list(islice(rrulestr(rule, dtstart=wall), COMPARED))
        known = [wall for wall in walls if wall.date() <= LAST_DAY]
        keys = [_key(at if isinstance(start, datetime) else at.date(), zone) for at in known]
        within = [key for key in keys if last is None or key <= last]
        if len(within) == COMPARED:
            after = within[-1]
            end = move_moment(after, -_MARGIN) if isinstance(after, datetime) else after
        instances.update(within)
    instances.update(_key(*_moment(text)) for text in actual.get("RDATE") or ())
    instances -= {_key(*_moment(text)) for text in actual.get("EXDATE") or ()}
    return {key for key in instances if end is None or key < end}, end


def _moment(text: str) -> tuple[date, str | None]:
    """Return the local day or time of a value in the notation of ``values``, and its zone.

    UNTIL is in that of iCalendar, which is as good.
    """
    wall, _, zone = text.partition("[")
    if "T" not in wall:
        return date.fromisoformat(wall), None
    return datetime.fromisoformat(wall.removesuffix("Z")), zone.removesuffix("]") or UTC_NAME


def _key(moment: date, zone: str | None) -> date:
    """Return what is equal for equal moments: a day, or the time in UTC."""
    if isinstance(moment, datetime) and zone is not None:
        return to_zone(moment, zone).astimezone(UTC)
    return moment
