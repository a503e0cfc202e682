"""Instants: times put on the time line in their zone, where a clock may show one twice or never."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from timeline.dates.calendar_units import Date, Qualification, make_day
from timeline.dates.clock_times import ClockTime, format_wall_time, parse_clock_time
from timeline.dates.moves import FIRST_DAY, LAST_DAY, check_range, move_moment, out_of_range
from timeline.dates.zones import (
    AOE_NAME,
    AOE_OFFSET,
    UTC_NAME,
    TimesShown,
    attach_zone,
    attach_zone_counted,
    get_zone,
    with_tzinfo,
)
from timeline.diagnostics import Refusal, rules

if TYPE_CHECKING:
    from collections.abc import Iterable


class Instant(Struct, frozen=True, eq=False):
    """A time as resolved. ``moment`` is aware.

    ``zone`` is an IANA name, ``UTC``, ``AoE`` or an offset such as ``+03:00``. Two are equal if
    they are the same instant in the same zone, as certain; ``datetime`` alone would take both
    02:30 of a night in autumn for one.
    """

    moment: datetime
    zone: str
    qualification: Qualification = Qualification.CERTAIN

    @property
    def utc(self) -> datetime:
        """The same instant in UTC, by which instants of any zones are compared."""
        return self.moment.astimezone(UTC)

    @property
    def wall(self) -> datetime:
        """What the clock shows, naive."""
        return with_tzinfo(self.moment, None)

    @property
    def has_seconds(self) -> bool:
        """Whether it is not on a full minute."""
        return self.moment.second != 0

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Instant)
            and (self.utc, self.zone) == (other.utc, other.zone)
            and self.qualification is other.qualification
        )

    def __hash__(self) -> int:
        return hash((self.utc, self.zone))

    def __str__(self) -> str:
        """ISO 8601 with seconds and the offset: ``2025-01-03T09:00:00+03:00``."""
        return self.moment.isoformat()


def local_day(moment: date | Instant) -> date:
    """Return the day of a time on its own clock; a day is returned as it is."""
    return moment.moment.date() if isinstance(moment, Instant) else moment


def date_of(value: Date | Instant) -> Date:
    """Return the day of a time on its own clock, as certain as it is; a date is returned as it is.

    Raises: `Refusal` (`year-range`).
    """
    if isinstance(value, Date):
        return value
    day = make_day(local_day(value))
    return replace(day, qualification=value.qualification) if value.qualification else day


def days_in_zones(moment: Instant, zones: Iterable[str | None]) -> list[date]:
    """Return the days of a time on the clocks of zones, and on its own where that is of a place.

    A time in UTC or at an offset has no place: its own clock counts where there is no zone. One
    that is anywhere on Earth is on the day that it names, also where that day is over.
    """
    days = [to_zone(moment.utc, zone).date() for zone in zones if zone is not None]
    if not days or not is_fixed_zone(moment.zone) or moment.zone == AOE_NAME:
        days.append(local_day(moment))
    return days


def looks_like_end_time(value: ClockTime, zone: str | None) -> bool:
    """Return whether the offset of a time may be meant as its end, as in ``T09:00-10:00``.

    It may if it is later than the clock, and is not the offset of the zone then.
    """
    if value.offset is None or value.offset >= timedelta() or value.zone or zone is None:
        return False
    ends = (datetime.combine(value.wall.date(), time()) - value.offset).time()
    return ends > value.wall.time() and to_zone(value.wall, zone).utcoffset() != value.offset


def move_instant(start: Instant, length: timedelta, zone: str | None = None) -> Instant:
    """Return a time moved by an exact length, in a zone, or in its own.

    Raises: `Refusal` (`year-range`).
    """
    zone = zone or start.zone
    try:
        moved = to_zone(move_moment(start.utc, length), zone)
    except OverflowError:
        raise out_of_range(str(start)) from None
    return Instant(check_range(moved, str(start)), zone)


def move_instant_within(start: Instant, length: timedelta, zone: str | None = None) -> Instant:
    """Return a time moved as by `move_instant`, but not beyond the first and the last second."""
    try:
        return move_instant(start, length, zone)
    except Refusal:
        day = FIRST_DAY if length < timedelta() else LAST_DAY
        wall = datetime.combine(day, time.min if day == FIRST_DAY else time(23, 59, 59))
        zone = zone or start.zone
        return Instant(to_zone(wall, zone), zone)


def resolve_clock_time(value: ClockTime, default_zone: str | None) -> tuple[Instant, str | None]:
    """Return the instant of a written time, and the message of a warning or ``None``.

    ``default_zone`` is the zone of a time that names none. The warning says that the clock shows
    this time twice and that the first is taken (RFC 5545 3.3.5).

    Raises: `Refusal` (`missing-zone`, `skipped-time`, `offset-mismatch`).
    """
    instant, warning = _resolve_certain_time(value, default_zone)
    if value.qualification:
        instant = replace(instant, qualification=value.qualification)
    return instant, warning


def _resolve_certain_time(value: ClockTime, default_zone: str | None) -> tuple[Instant, str | None]:
    """Return what `resolve_clock_time` does, without the qualification."""
    zone = value.zone or default_zone
    if value.is_utc:
        shown_in = value.zone or "UTC"
        return Instant(to_zone(value.wall.replace(tzinfo=UTC), shown_in), shown_in), None
    if value.offset is not None:
        return _resolve_by_offset(value, value.offset), None
    if zone is None:
        raise Refusal(
            rules.MISSING_ZONE,
            f"`{value.text}` has no time zone",
            "add `timezone:` to the event or the calendar, or write the zone in brackets after the "
            f"time, or `{value.text}Z{value.qualification}` if it is in UTC",
        )
    return resolve_wall_time(value.wall, zone, value.text)


def resolve_wall_time(wall: datetime, zone: str, text: str) -> tuple[Instant, str | None]:
    """Return the instant of a wall-clock time, written as ``text``, and a warning or ``None``.

    Raises: `Refusal` (`skipped-time`).
    """
    moment, shown = _attach(wall, zone)
    instant = Instant(moment, zone)
    if shown is _ONCE:
        return instant, None  # nearly all
    if shown is TimesShown.NEVER:
        raise Refusal(
            rules.SKIPPED_TIME,
            f"clocks in {zone} skip `{text}`: they go forward",
            f"write a time that the clocks show, such as `{format_wall_time(moment)}`",
        )
    return instant, _describe_twice(instant, text)


_ONCE = TimesShown.ONCE  # the members of an enumeration take long to look up in Python 3.11


def resolve_moved_wall_time(wall: datetime, zone: str) -> tuple[Instant, str | None]:
    """Return the instant of a computed wall-clock time, and a warning or ``None``.

    A time that the zone skips moves forward by the gap.
    """
    moment, shown = _attach(wall, zone)
    instant = Instant(moment, zone)
    if shown is TimesShown.NEVER:
        skipped = f"clocks in {zone} skip `{wall:%H:%M}` on {wall.date()}"
        return instant, f"{skipped}: taken as {format_wall_time(instant.moment)}"
    if shown is TimesShown.TWICE:
        return instant, _describe_twice(instant, format_wall_time(wall))
    return instant, None


def _attach(wall: datetime, zone: str) -> tuple[datetime, TimesShown]:
    if is_fixed_zone(zone):
        return with_tzinfo(wall, _fixed_timezone(zone)), _ONCE
    return attach_zone_counted(wall, zone)


def is_fixed_zone(zone: str) -> bool:
    """Return whether a zone is UTC, AoE or an offset, so that its offset never changes."""
    return zone in (UTC_NAME, AOE_NAME) or zone[0] in "+-"


def to_zone(moment: datetime, zone: str) -> datetime:
    """Attach a zone to a naive wall-clock time, or convert an aware time to that zone."""
    if moment.tzinfo is None and not is_fixed_zone(zone):
        return attach_zone(moment, zone)
    tz = _fixed_timezone(zone) if is_fixed_zone(zone) else get_zone(zone)
    return moment.replace(tzinfo=tz) if moment.tzinfo is None else moment.astimezone(tz)


def _fixed_timezone(zone: str) -> timezone:
    if zone == UTC_NAME:
        return UTC
    if zone == AOE_NAME:
        zone = AOE_OFFSET
    sign = -1 if zone[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:])))


def _resolve_by_offset(value: ClockTime, offset: timedelta) -> Instant:
    """Return the instant of a time with an offset, which must be that of its zone."""
    aware = value.wall.replace(tzinfo=timezone(offset))
    if value.zone is None:
        return Instant(aware, _format_offset(offset) if offset else "UTC")
    in_zone = to_zone(aware, value.zone)
    if in_zone.replace(tzinfo=None, fold=0) == value.wall:
        return Instant(in_zone, value.zone)
    expected, _ = resolve_wall_time(value.wall, value.zone, value.text)  # or it is a skipped time
    shown = _format_offset(expected.moment.utcoffset())
    better = f"{format_wall_time(value.wall)}{shown}[{value.zone}]{value.qualification}"
    clocks = "AoE is" if value.zone == AOE_NAME else f"clocks in {value.zone} are"
    raise Refusal(
        rules.OFFSET_MISMATCH,
        f"{clocks} at {shown} then, not at {_format_offset(offset)}",
        f"write `{better}`, or remove the offset"
        if parse_clock_time(better)
        else "remove the offset",  # before 1900 offsets have seconds
    )


def _format_offset(offset: timedelta | None) -> str:
    """Return ``+03:00``, with the seconds that offsets had in the 19th century."""
    seconds = int((offset or timedelta()).total_seconds())
    sign, (minutes, second) = "-" if seconds < 0 else "+", divmod(abs(seconds), 60)
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}" + (f":{second:02}" if second else "")


def _describe_twice(instant: Instant, text: str) -> str:
    """Return the warning that the clock shows the time of an instant, ``text``, twice."""
    first = instant.moment
    shown = _format_offset(first.utcoffset()), _format_offset(first.replace(fold=1).utcoffset())
    return (
        f"clocks in {instant.zone} show `{text}` twice: the first, {shown[0]}, is taken, "
        f"the second would be {shown[1]}"
    )
