"""The RRULE, RDATE and EXDATE of a series in the form that calendar apps read alike.

The instances of a series are those of DTSTART, RRULE and RDATE without those of EXDATE (RFC 5545
3.8.5.2). Apps differ where two of these have the same instance, and where the rule ends before an
RDATE: Google shows no RDATE after that (reported). So a series has as few of them as it needs.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.dates import (
    UTC_NAME,
    Instant,
    RecurrenceRule,
    TimesShown,
    is_fixed_zone,
    local_day,
    recurrence_instances,
    times_shown,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from timeline.dates import RecurrenceStart
    from timeline.model.events import Recurrence


def instant_of(moment: RecurrenceStart) -> date:
    """Return a day, or a time in UTC, which is equal for two notations of the same instance."""
    return moment.utc if isinstance(moment, Instant) else moment


def portable_recurrence(
    recurrence: Recurrence, start: RecurrenceStart, replaced: Collection[RecurrenceStart] = ()
) -> Recurrence:
    """Return a recurrence with the same instances, as a feed writes it.

    ``start`` is DTSTART, and ``replaced`` are the RECURRENCE-IDs of overrides.

    - A series without a rule gets one, because several readers take RDATEs without a rule for all
      instances and lose the start. Its rule has the start and, where it can, the last RDATE.
    - An RDATE that the start, the rule or another RDATE has is left out: ical.js and libical show
      it twice. An excluded RDATE is left out together with its EXDATE.
    - An RDATE at a time is in UTC, because libical reads a local time as one in UTC. One that is
      replaced stays as its RECURRENCE-ID is written: ical.js compares the two as texts.
    """
    excluded = set(map(instant_of, recurrence.exdate))
    added = [moment for moment in recurrence.rdate if instant_of(moment) not in excluded]
    rule = recurrence.rule or _rule_to_last(start, added)
    of_rule = instants_of_rule(rule, start, (*recurrence.rdate, *recurrence.exdate))
    as_written = set(map(instant_of, replaced))
    rdate: dict[date, RecurrenceStart] = {}
    for moment in added:
        instant = instant_of(moment)
        if instant not in of_rule:
            rdate.setdefault(instant, moment if instant in as_written else _in_utc(moment))
    exdate = tuple(moment for moment in recurrence.exdate if instant_of(moment) in of_rule)
    return replace(recurrence, rule=rule, rdate=tuple(rdate.values()), exdate=exdate)


def instants_of_rule(
    rule: RecurrenceRule | None, start: RecurrenceStart, moments: Iterable[RecurrenceStart]
) -> frozenset[date]:
    """Return the instants of the moments that are the start or an instance of the rule, if any."""
    days = {instant_of(moment): local_day(moment) for moment in moments}
    if not days:
        return frozenset()
    last = max(days.values()) + timedelta(days=1)  # they may be in other zones
    return frozenset(days) & set(map(instant_of, recurrence_instances(rule, start, last=last)))


def _rule_to_last(start: RecurrenceStart, added: Iterable[RecurrenceStart]) -> RecurrenceRule:
    """Return a rule for a series of dates alone, from the start to the last that it can have.

    That is the last one at the time of day of the start, on the same clock.
    """
    first = local_day(start)
    lengths = [(local_day(moment) - first).days for moment in added if _is_same_time(moment, start)]
    length = max(lengths, default=0)
    if length <= 0:
        return RecurrenceRule("DAILY", count=1)
    return RecurrenceRule("DAILY", interval=length, count=2)


def _is_same_time(moment: RecurrenceStart, start: RecurrenceStart) -> bool:
    """Return whether a daily rule has a moment in all apps, for some number of days."""
    if not isinstance(moment, Instant) or not isinstance(start, Instant):
        return True
    zone = start.zone
    if moment.zone != zone or moment.wall.time() != start.wall.time():
        return False
    walls = (start.wall, moment.wall)
    return is_fixed_zone(zone) or all(times_shown(wall, zone) is TimesShown.ONCE for wall in walls)


def _in_utc(moment: RecurrenceStart) -> RecurrenceStart:
    return Instant(moment.utc, UTC_NAME) if isinstance(moment, Instant) else moment
