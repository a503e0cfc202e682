"""Parse times as written: a day, what the clock shows, and the zone (RFC 3339, RFC 9557)."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import lru_cache

from msgspec import Struct

from timeline._lazy import regex
from timeline.dates.calendar_units import Qualification
from timeline.dates.edtf import parse_date
from timeline.dates.moves import LAST_DAY, day_after
from timeline.dates.zones import check_zone
from timeline.diagnostics import Refusal, cited, rules


class ClockTime(Struct, frozen=True):
    """A time as written: the wall clock, and the zone or the offset if it names one.

    ``is_utc`` is RFC 9557's ``Z``: the instant is given in UTC, and ``zone`` is only the zone in
    which it is shown. ``text`` is the time without its qualification.
    """

    wall: datetime
    zone: str | None
    offset: timedelta | None
    is_utc: bool
    text: str
    qualification: Qualification = Qualification.CERTAIN

    def __str__(self) -> str:
        return self.text + self.qualification


_TIME = regex(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?(?:\[([^\[\]]*)\])?([?~%]?)",
    re.ASCII,
)
_CERTAIN = Qualification.CERTAIN  # the members of an enumeration take long to look up
_CLOCK = regex(r"(\d\d):(\d\d)(?::(\d\d))?", re.ASCII)


def parse_clock_time(text: str) -> ClockTime | None:
    """Parse a day with a time of day, with its qualification if it has one.

    ``None`` if the text does not have that shape.

    Raises: `Refusal` (`no-such-date`, `no-such-time`, `year-range`, `unknown-zone`).
    """
    match = _TIME.fullmatch(text)
    if not match:
        return None
    written_day, clock, offset, zone, mark = match.groups()
    day = parse_date(written_day).earliest
    if clock.startswith("24:") and day < LAST_DAY:
        is_midnight = clock in ("24:00", "24:00:00")
        after = ("00:00" if is_midnight else f"00{clock[2:]}") + text[match.end(2) :]
        help_ = f"write `{day_after(day)}T{after}`"
        if is_midnight:
            help_ += ", the same moment"
        else:
            help_ += f" for the night after that day, or `{day}T{after}` for the one before"
        raise Refusal(rules.NO_SUCH_TIME, f"`{clock}` is not a time of day", help_, match.span(2))
    wall = datetime.combine(day, parse_time_of_day(clock, match.start(2)))
    if zone is not None:
        _check_zone_of_time(zone, match)
    is_utc = offset == "Z"
    return ClockTime(
        wall,
        zone or ("UTC" if is_utc else None),
        _parse_offset(offset, match.start(3)) if offset and not is_utc else None,
        is_utc,
        text.removesuffix(mark),
        Qualification(mark) if mark else _CERTAIN,
    )


def _check_zone_of_time(zone: str, match: re.Match[str]) -> None:
    """Refuse a zone that does not exist; its correction corrects the whole time."""
    try:
        check_zone(zone, in_brackets=True)
    except Refusal as refusal:
        start, end = match.span(4)
        better = refusal.replacement
        if better:
            better = f"{match.string[:start]}{better}{match.string[end:]}"
        raise refusal.at(start, end, replacement=better) from None


def _parse_offset(text: str, start: int) -> timedelta:
    """Parse an offset from UTC, which begins at index ``start`` of the whole text."""
    hours, minutes = int(text[1:3]), int(text[4:])
    total = 60 * hours + minutes
    is_east = text[0] == "+"
    is_in_use = minutes == 0 or (minutes < 60 and total in (_EAST if is_east else _WEST))
    # `-00:00` is RFC 3339's way to say that the zone is not known.
    if total > 60 * (14 if is_east else 12) or not is_in_use or text == "-00:00":
        offset = "write hours and minutes like `+03:00`, or `Z`, or name the zone: `[Asia/Riyadh]`"
        end = f"if `{text[1:]}` is when it ends, write that in `end`; for an offset, {offset}"
        raise Refusal(
            rules.NO_SUCH_TIME,
            f"no time zone has the offset `{text}` from UTC",
            end if text[0] == "-" and text != "-00:00" else offset,
            (start, start + len(text)),
        )
    return timedelta(minutes=total if is_east else -total)


_EAST = frozenset({210, 270, 330, 345, 390, 525, 570, 630, 690, 765, 825})
_WEST = frozenset({150, 210, 270, 570})
"""The offsets in minutes that are not full hours: of places now or since 1970."""


@lru_cache(4096)  # most times are on a half or a full hour
def parse_time_of_day(text: str, start: int = 0) -> time:
    """Parse ``HH:MM`` or ``HH:MM:SS``, which begins at index ``start`` of the whole text.

    Raises: `Refusal` (`no-such-time`).
    """
    match = _CLOCK.fullmatch(text)
    hour, minute, second = map(int, match.groups("0")) if match else (24, 0, 0)
    if hour < 24 and minute < 60 and second < 60:
        return time(hour, minute, second)
    place = start, start + len(text)
    if hour < 24 and minute < 60 and second == 60:
        message = f"{cited(text)} is not a time of day: calendar apps have no leap seconds"
        # The same to programs without leap seconds (RFC 5545 3.3.12).
        raise Refusal(rules.NO_SUCH_TIME, message, f"write `{text[:-2]}59`", place)
    from timeline.dates.corrections.readings import read_time_of_day  # noqa: PLC0415 - for errors

    better = read_time_of_day(text)
    if better and (better == text or not is_time_of_day(better)):
        better = None
    raise Refusal(
        rules.NO_SUCH_TIME,
        f"times are not written like {cited(text)}"
        if better
        else f"{cited(text)} is not a time of day",
        f"write `{better}`" if better else "write hours and minutes, `00:00` to `23:59`",
        place,
    )


def is_time_of_day(text: str) -> bool:
    """Return whether a text is a time of day as the file writes it."""
    match = _CLOCK.fullmatch(text)
    return match is not None and text < "24" and max(match[2], match[3] or "") < "60"


def format_wall_time(moment: datetime) -> str:
    """Return what the clock shows as the file writes it, with seconds only if there are any."""
    wall = moment.replace(tzinfo=None, fold=0)
    return wall.isoformat(timespec="seconds" if wall.second else "minutes")
