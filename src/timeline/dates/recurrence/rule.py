"""A recurrence rule as a value (RFC 5545 3.3.10), and the start of an event that repeats."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates.clock_times import ClockTime
from timeline.dates.instants import Instant, resolve_clock_time, to_zone
from timeline.dates.moves import day_after, move_moment
from timeline.dates.recurrence.parts import LIST_PARTS, WEEKDAYS

if TYPE_CHECKING:
    from timeline.dates.calendar_units import Date
    from timeline.dates.recurrence.parts import Weekday
    from timeline.dates.relative import RelativeDate

RecurrenceStart = date | Instant
"""The start of a recurring event, or of an instance of it: a known day, or a time in a zone."""


def wall_time(start: RecurrenceStart) -> datetime:
    """Return what the clock shows at a start, naive; midnight for a day."""
    return start.wall if isinstance(start, Instant) else datetime.combine(start, time.min)


class RecurrenceRule(Struct, frozen=True):
    """A recurrence rule by its parts.

    The by-parts are in ascending order, empty if the rule does not have them. ``until`` is
    inclusive: a day, or a time as written. Where it ``follows`` another event, it is ``None`` until
    the relative date is resolved. ``wkst`` is 0 to 6 from Monday.
    """

    freq: str
    interval: int = 1
    count: int | None = None
    until: Date | ClockTime | None = None
    bysecond: tuple[int, ...] = ()
    byminute: tuple[int, ...] = ()
    byhour: tuple[int, ...] = ()
    byday: tuple[Weekday, ...] = ()
    bymonthday: tuple[int, ...] = ()
    byyearday: tuple[int, ...] = ()
    byweekno: tuple[int, ...] = ()
    bymonth: tuple[int, ...] = ()
    bysetpos: tuple[int, ...] = ()
    wkst: int = 0
    follows: RelativeDate | None = None

    @property
    def is_endless(self) -> bool:
        """Whether it has neither COUNT nor UNTIL."""
        return self.count is None and self.until is None and self.follows is None

    def until_utc(self, zone: str) -> datetime | None:
        """Return UNTIL in UTC, aware, for a rule with times in a zone; ``None`` if it has none.

        A day ends a second before the next one begins: at 23:59:59, unless clocks change at
        midnight.

        Raises: `Refusal` as `resolve_clock_time`.
        """
        if isinstance(self.until, ClockTime):
            return resolve_clock_time(self.until, zone)[0].utc
        if self.until is None:
            return None
        midnight = datetime.combine(day_after(self.until.latest), datetime.min.time())
        return move_moment(to_zone(midnight, zone).astimezone(UTC), timedelta(seconds=-1))

    def until_day(self, start: RecurrenceStart) -> date | None:
        """Return the day of UNTIL on the clocks of the start; ``None`` if the rule has no UNTIL."""
        if isinstance(self.until, ClockTime):
            if not isinstance(start, Instant):
                return self.until.wall.date()
            placed, _ = resolve_clock_time(self.until, start.zone)
            return to_zone(placed.utc, start.zone).date()
        return self.until.latest if self.until else None

    def value(self, start: RecurrenceStart) -> str:
        """Return the value of RRULE, FREQ first for readers of RFC 2445, without defaults.

        UNTIL has the type that 3.3.10 requires: a day if the start is a day, else a time in UTC.
        """
        parts = [f"FREQ={self.freq}"]
        if isinstance(start, Instant):
            if until := self.until_utc(start.zone):
                parts.append(f"UNTIL={until.replace(tzinfo=None).isoformat()}Z")
        elif day := self.until_day(start):
            parts.append(f"UNTIL={day.isoformat()}")
        parts = [re.sub("[-:]", "", part) for part in parts]
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        for name in LIST_PARTS:
            if items := getattr(self, name.lower()):
                parts.append(f"{name}={','.join(map(str, items))}")
        if self.wkst:
            parts.append(f"WKST={WEEKDAYS[self.wkst]}")
        return ";".join(parts)
