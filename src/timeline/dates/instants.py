"""Times: what a clock shows, where, and the instant that is (RFC 3339, RFC 9557)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from msgspec import Struct

from timeline._lazy import regex
from timeline.dates.edtf import LAST_DAY, parse_date
from timeline.dates.zones import (
    TimesShown,
    attach_zone,
    attach_zone_counted,
    get_zone,
    nearest_zone,
    zone_names,
    zones_by_abbreviation,
)
from timeline.diagnostics import Refusal, cited, rules


class ClockTime(Struct, frozen=True):
    """A time as written: the wall clock, and the zone or the offset if it names one.

    ``is_utc`` is RFC 9557's ``Z``: the instant is given in UTC, ``zone`` is only where it is told.
    """

    wall: datetime
    zone: str | None
    offset: timedelta | None
    is_utc: bool
    text: str

    def __str__(self) -> str:
        return self.text


class Instant(Struct, frozen=True, eq=False):
    """A time as resolved. ``moment`` is aware.

    ``zone`` is an IANA name, ``UTC`` or an offset such as ``+03:00``. Two are equal where they are
    the same instant told in the same zone; ``datetime`` alone would hold both 02:30 of an autumn
    night for one.
    """

    moment: datetime
    zone: str

    @property
    def utc(self) -> datetime:
        """The same instant in UTC: what to compare by, over zones and changes of the clock."""
        return self.moment.astimezone(UTC)

    @property
    def wall(self) -> datetime:
        """What the clock shows, naive."""
        return self.moment.replace(tzinfo=None, fold=0)

    @property
    def has_seconds(self) -> bool:
        """Whether it is not on a full minute."""
        return self.moment.second != 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Instant) and (self.utc, self.zone) == (other.utc, other.zone)

    def __hash__(self) -> int:
        return hash((self.utc, self.zone))

    def __str__(self) -> str:
        """ISO 8601 with seconds and the offset: ``2025-01-03T09:00:00+03:00``."""
        return self.moment.isoformat()


def local_day(moment: date | Instant) -> date:
    """Return the day of a time on its own clock; a day is returned as it is."""
    return moment.moment.date() if isinstance(moment, Instant) else moment


_TIME = regex(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?(?:\[([^\[\]]*)\])?", re.ASCII
)
_CLOCK = regex(r"(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)


def parse_clock_time(text: str) -> ClockTime | None:
    """Read a time with its day; ``None`` where the text has not the shape of one.

    Raises ``Refusal``: ``no-such-date``, ``no-such-time``, ``year-range``, ``unknown-zone``.
    """
    match = _TIME.fullmatch(text)
    if not match:
        return None
    day, clock, offset, zone = match.groups()
    written = parse_date(day).earliest
    if clock.startswith("24:") and written < LAST_DAY:
        is_midnight = clock in ("24:00", "24:00:00")
        after = ("00:00" if is_midnight else f"00{clock[2:]}") + text[match.end(2) :]
        help_ = f"write `{written + timedelta(days=1)}T{after}`"
        if is_midnight:
            help_ += ", the same moment"
        else:
            help_ += f" for the night after that day, or `{written}T{after}` for the one before"
        raise Refusal(rules.NO_SUCH_TIME, f"`{clock}` is not a time of day", help_, match.span(2))
    wall = datetime.combine(written, parse_time_of_day(clock, match.start(2)))
    if zone is not None:
        check_zone(zone, match.span(4))
    if offset in (None, "Z"):
        return ClockTime(wall, zone or ("UTC" if offset else None), None, bool(offset), text)
    return ClockTime(wall, zone, _parse_offset(offset, match.start(3)), is_utc=False, text=text)


def _parse_offset(text: str, place: int) -> timedelta:
    hours, minutes = int(text[1:3]), int(text[4:])
    minute = 60 * hours + minutes
    east = text[0] == "+"
    is_anywhere = minutes == 0 or (minutes < 60 and minute in (_EAST if east else _WEST))
    # `-00:00` is RFC 3339's way to say that the zone is not known.
    if minute > 60 * (14 if east else 12) or not is_anywhere or text == "-00:00":
        offset = "write hours and minutes like `+03:00`, or `Z`, or name the zone: `[Asia/Riyadh]`"
        end = f"if `{text[1:]}` is when it ends, write that in `end`; for an offset, {offset}"
        raise Refusal(
            rules.NO_SUCH_TIME,
            f"`{text}` is not an offset from UTC of any place",
            end if text[0] == "-" and text != "-00:00" else offset,
            (place, place + len(text)),
        )
    return timedelta(hours=hours, minutes=minutes) * (-1 if text[0] == "-" else 1)


_EAST = frozenset({210, 270, 330, 345, 390, 525, 570, 630, 690, 765, 825})
_WEST = frozenset({150, 210, 270, 570})
"""The offsets in minutes that are no full hours: of places now or since 1970."""


def looks_like_end_time(value: ClockTime, zone: str | None) -> bool:
    """Say whether the offset of a time may be meant as its end, as in ``T09:00-10:00``.

    So it may where it is later than the clock, and is not the offset of the zone there.
    """
    if value.offset is None or value.offset >= timedelta() or value.zone or zone is None:
        return False
    ends = (datetime.combine(value.wall.date(), time()) - value.offset).time()
    return ends > value.wall.time() and to_zone(value.wall, zone).utcoffset() != value.offset


def parse_time_of_day(text: str, place: int = 0) -> time:
    """Read ``HH:MM`` or ``HH:MM:SS``; raises ``Refusal`` with the code ``no-such-time``."""
    match = _CLOCK.fullmatch(text)
    hour, minute, second = map(int, match.groups("0")) if match else (24, 0, 0)
    if hour < 24 and minute < 60 and second < 60:
        return time(hour, minute, second)
    from timeline.dates.corrections.readings import read_time_of_day  # noqa: PLC0415 - its patterns are for mistakes only

    better = read_time_of_day(text)
    if better and (better >= "24" or better == text):
        better = None
    raise Refusal(
        rules.NO_SUCH_TIME,
        f"{cited(text)} is not a time of day",
        f"write `{better}`" if better else "write hours and minutes, `00:00` to `23:59`",
        (place, place + len(text)),
    )


def check_zone(name: str, part: tuple[int, int] | None = None) -> str:
    """Give the name back if it is a key of the ``tzdata`` package, else ``unknown-zone``."""
    if name in zone_names():
        return name
    help_ = _suggest_zone(name, in_brackets=part is not None)
    raise Refusal(rules.UNKNOWN_ZONE, f"there is no time zone {cited(name)}", help_, part)


_OFFSET = regex(r"(?:GMT|UTC)? ?([+-])(\d\d?)(?::?(\d\d))?", re.ASCII | re.IGNORECASE)


def _suggest_zone(name: str, *, in_brackets: bool) -> str:
    """Say what to write instead of a zone that there is not."""
    if name.startswith("!"):
        return f"leave out `!` (RFC 9557): every zone here counts, write `{name[1:]}`"
    if near := nearest_zone(name):
        return f"did you mean `{near}`?"
    if match := _OFFSET.fullmatch(name):
        return _suggest_for_offset(
            match[1], int(match[2]), match[3] or "00", in_brackets=in_brackets
        )
    if places := zones_by_abbreviation(name):
        listed = " or ".join(f"`{place}`" for place in places)
        return f"abbreviations may mean several zones; write the place, such as {listed}"
    if re.fullmatch("[A-Z]{2,5}", name):
        return "abbreviations may mean several zones; write the place, such as `Asia/Riyadh`"
    return "write an IANA name such as `Asia/Riyadh`"


def _suggest_for_offset(sign: str, hours: int, minutes: str, *, in_brackets: bool) -> str:
    told = f"{sign}{hours:02}:{minutes}"
    if in_brackets:
        return f"write `{told}` without brackets, or the place, such as `Asia/Riyadh`"
    fixed = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}"  # POSIX counts westwards
    help_ = "write the place, such as `Asia/Riyadh`"
    if minutes == "00" and hours and fixed in zone_names():
        help_ += f"; `{fixed}` (its sign is the other way round) is at {told} all year"
    return help_


def resolve_clock_time(value: ClockTime, default_zone: str | None) -> tuple[Instant, str | None]:
    """Put a written time on the time line.

    ``default_zone`` is the zone of a time that names none. The second result says, in words, that
    the clock shows this time twice and the first was taken (RFC 5545 3.3.5). Raises ``Refusal``:
    ``missing-zone``, ``skipped-time``, ``offset-mismatch``.
    """
    zone = value.zone or default_zone
    if value.is_utc:
        told = value.zone or "UTC"
        return Instant(to_zone(value.wall.replace(tzinfo=UTC), told), told), None
    if value.offset is not None:
        return _resolve_by_offset(value, value.offset), None
    if zone is None:
        raise Refusal(
            rules.MISSING_ZONE,
            f"`{value.text}` does not say in which time zone",
            "add `timezone:` to the event or the calendar, or write "
            f"`{value.text}Z` or `{value.text}[Asia/Riyadh]`",
        )
    return resolve_wall_time(value.wall, zone, value.text)


def resolve_wall_time(wall: datetime, zone: str, text: str) -> tuple[Instant, str | None]:
    """Put a wall-clock time into a zone; a time that the zone skips is refused."""
    moment, shown = _attach(wall, zone)
    if shown is TimesShown.NEVER:
        raise Refusal(
            rules.SKIPPED_TIME,
            f"clocks in {zone} skip `{text}`: they go forward",
            f"write a time that is shown, such as `{_format_wall_time(moment)}`",
        )
    instant = Instant(moment, zone)
    if shown is TimesShown.TWICE:
        return instant, _describe_twice(instant, text)
    return instant, None


def resolve_moved_wall_time(wall: datetime, zone: str) -> tuple[Instant, str | None]:
    """Put the wall-clock time of a result into a zone; where the zone skips it, it moves on."""
    moment, shown = _attach(wall, zone)
    instant = Instant(moment, zone)
    if shown is TimesShown.NEVER:
        text = f"`{wall:%H:%M}` on {wall.date()} is skipped by the clocks in {zone}"
        return instant, f"{text}: taken as {_format_wall_time(instant.moment)}"
    if shown is TimesShown.TWICE:
        return instant, _describe_twice(instant, _format_wall_time(wall))
    return instant, None


def _attach(wall: datetime, zone: str) -> tuple[datetime, TimesShown]:
    if is_fixed_zone(zone):
        return wall.replace(tzinfo=_fixed_timezone(zone)), TimesShown.ONCE
    return attach_zone_counted(wall, zone)


def is_fixed_zone(zone: str) -> bool:
    """Say whether a zone is UTC or an offset, which have no changes of the clock."""
    return zone == "UTC" or zone[0] in "+-"


def to_zone(moment: datetime, zone: str) -> datetime:
    """Give a naive wall-clock time its zone, or an aware one the clock of that zone."""
    if moment.tzinfo is None and not is_fixed_zone(zone):
        return attach_zone(moment, zone)
    tz = _fixed_timezone(zone) if is_fixed_zone(zone) else get_zone(zone)
    return moment.replace(tzinfo=tz) if moment.tzinfo is None else moment.astimezone(tz)


def _fixed_timezone(zone: str) -> timezone:
    if zone == "UTC":
        return UTC
    sign = -1 if zone[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[4:])))


def _resolve_by_offset(value: ClockTime, offset: timedelta) -> Instant:
    aware = value.wall.replace(tzinfo=timezone(offset))
    if value.zone is None:
        return Instant(aware, _format_offset(offset) if offset else "UTC")
    there = aware.astimezone(get_zone(value.zone))
    if there.replace(tzinfo=None, fold=0) == value.wall:
        return Instant(there, value.zone)
    right, _ = resolve_wall_time(value.wall, value.zone, value.text)  # a skipped time says so
    shown = _format_offset(right.moment.utcoffset())
    better = f"{_format_wall_time(value.wall)}{shown}[{value.zone}]"
    raise Refusal(
        rules.OFFSET_MISMATCH,
        f"clocks in {value.zone} are at {shown} then, not at {_format_offset(offset)}",
        f"write `{better}`, or leave the offset out"
        if parse_clock_time(better)
        else "leave the offset out",  # before 1900 offsets have seconds
    )


def _format_offset(offset: timedelta | None) -> str:
    """Give ``+03:00``; seconds, which offsets had in the 19th century, are told too."""
    seconds = int((offset or timedelta()).total_seconds())
    sign, (minutes, second) = "-" if seconds < 0 else "+", divmod(abs(seconds), 60)
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}" + (f":{second:02}" if second else "")


def _describe_twice(instant: Instant, text: str) -> str:
    first = instant.moment
    shown = _format_offset(first.utcoffset()), _format_offset(first.replace(fold=1).utcoffset())
    return (
        f"clocks in {instant.zone} show `{text}` twice: the first, {shown[0]}, is taken, "
        f"the second would be {shown[1]}"
    )


def _format_wall_time(moment: datetime) -> str:
    wall = moment.replace(tzinfo=None, fold=0)
    return wall.isoformat(timespec="seconds" if wall.second else "minutes")
