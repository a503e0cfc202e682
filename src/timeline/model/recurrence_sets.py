"""The RRULE, RDATE and EXDATE of a series in the form that calendar apps read alike.

The instances of a series are those of DTSTART, RRULE and RDATE without those of EXDATE (RFC 5545
3.8.5.2). Apps differ where two of these have the same instance, and where the rule ends before an
RDATE: Google shows no RDATE after that (reported). So a series has as few of them as it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.dates import (
    UTC_NAME,
    Instant,
    RecurrenceRule,
    TimesShown,
    instance_key,
    is_fixed_zone,
    local_day,
    resolve_rule_end,
    times_shown,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from timeline.dates import Recurrence, RecurrenceStart


def portable_recurrence(
    recurrence: Recurrence, replaced: Collection[RecurrenceStart] = ()
) -> Recurrence:
    """Return a recurrence with the same instances, as a feed writes it.

    ``replaced`` are the RECURRENCE-IDs of overrides.

    - A series without a rule gets one, because several readers take RDATEs without a rule for all
      instances and lose the start. Its rule has the start and, where it can, the last RDATE.
    - An RDATE that the start, the rule or another RDATE has is left out: ical.js and libical show
      it twice. An excluded RDATE is left out together with its EXDATE.
    - An RDATE at a time is in UTC, because libical reads a local time as one in UTC. One that is
      replaced stays as its RECURRENCE-ID is written: ical.js compares the two as texts.
    """
    excluded = set(map(instance_key, recurrence.exdate))
    added = [moment for moment in recurrence.rdate if instance_key(moment) not in excluded]
    if recurrence.rule is None:
        rule = _rule_to_last(recurrence.start, added)
        rule_end = resolve_rule_end(rule, recurrence.start)
        recurrence = replace(recurrence, rule=rule, rule_end=rule_end)
    as_replaced = {instance_key(moment): moment for moment in replaced}
    rdate: dict[date, RecurrenceStart] = {}
    for moment in added:
        instant = instance_key(moment)
        if not recurrence.has_by_rule(moment):
            rdate[instant] = as_replaced.get(instant, _in_utc(moment))
    exdate = tuple(filter(recurrence.has_by_rule, recurrence.exdate))
    return replace(recurrence, rdate=tuple(rdate.values()), exdate=exdate)


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
