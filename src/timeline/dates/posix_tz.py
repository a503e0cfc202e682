"""Parse POSIX TZ strings, the rule for all years after a zone's last onset (RFC 9636 3.3.2).

``CET-1CEST,M3.5.0,M10.5.0/3``: an hour ahead of Greenwich, and two from the last Sunday of March to
the last of October. The standard library reads such strings too, but does not publish the result.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from timeline._lazy import regex
from timeline.dates.zones import BEGINNING_OF_TIME, Onset


def parse_posix_tz(text: str) -> PosixRule:
    """Parse a POSIX TZ string: its offsets count *west*, the default time of a change is 02:00."""
    match = _POSIX.fullmatch(text)
    if match is None:
        raise ValueError(f"the tzdata package has a rule that cannot be read: {text}")
    standard, west, summer, summer_west, begin, begin_time, end, end_time = match.groups()
    offset, name = -_parse_seconds(west), standard.strip("<>")
    if summer is None:
        return PosixRule(offset, name)
    ahead = -_parse_seconds(summer_west) if summer_west else offset + 3600
    return PosixRule(
        offset,
        name,
        (
            ClockChange(
                offset, ahead, summer.strip("<>"), begin, _parse_seconds(begin_time or "2")
            ),
            ClockChange(ahead, offset, name, end, _parse_seconds(end_time or "2")),
        ),
    )


def _parse_seconds(text: str) -> int:
    """Return the seconds of ``[+-]h[:mm[:ss]]``."""
    parts = [*map(int, text.lstrip("+-").split(":")), 0, 0]
    seconds = 3600 * parts[0] + 60 * parts[1] + parts[2]
    return -seconds if text.startswith("-") else seconds


_NAME: Final = r"([A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)"
_TIME: Final = r"([+-]?\d+(?::\d\d){0,2})"
_CHANGE: Final = rf",(M\d+\.[1-5]\.[0-6]|J?\d+)(?:/{_TIME})?"
_POSIX: Final = regex(f"{_NAME}{_TIME}(?:{_NAME}{_TIME}?{_CHANGE}{_CHANGE})?", re.ASCII)


class PosixRule(Struct, frozen=True):
    """One offset all year, in seconds east, or two changes a year, away from it and back.

    The first of the two changes is away from ``offset``: to summer, in Ireland to winter.
    """

    offset: int
    abbreviation: str
    changes: tuple[ClockChange, ...] = ()

    @property
    def is_recurring(self) -> bool:
        """Whether `ClockChange.patterns` describes all of its changes."""
        return all(change.patterns() for change in self.changes)

    def onsets(self, first_year: int, last_year: int) -> list[Onset]:
        """Return the onsets from one year to another, both included, in order."""
        if not self.changes:
            return [Onset(BEGINNING_OF_TIME, self.offset, self.abbreviation, dst=False)]
        years = range(first_year, last_year + 1)
        onsets = [change.onset(year) for year in years for change in self.changes]
        # Stable: a summer that ends at the instant when the next one begins is ended first.
        return sorted(onsets, key=lambda onset: onset.at)


class ClockChange(Struct, frozen=True):
    """A yearly change of the clocks.

    ``day`` is in POSIX's notation: ``M3.5.0``, ``J60`` or ``59``. ``time`` is in seconds from
    midnight on the clocks before the change, from -167 to 167 hours.
    """

    offset_from: int
    offset: int
    abbreviation: str
    day: str
    time: int

    @property
    def is_daylight(self) -> bool:
        """Whether the clocks are put forward (the flag of Ireland says the opposite)."""
        return self.offset > self.offset_from

    def onset(self, year: int) -> Onset:
        """Return the onset of the change that belongs to a year."""
        days = self._day_of(year).toordinal() - _EPOCH_DAY
        at = days * _DAY + self.time - self.offset_from
        return Onset(at, self.offset, self.abbreviation, self.is_daylight)

    def _day_of(self, year: int) -> date:
        """Return the day in a year, to which ``time`` is still to be added."""
        if self.day[0] == "J":
            return _julian(int(self.day[1:])).replace(year=year)
        if self.day[0] != "M":
            return date(year, 1, 1) + timedelta(days=int(self.day))
        month, week, weekday = map(int, self.day[1:].split("."))
        length = monthrange(year, month)[1]
        first = 1 + (weekday - date(year, month, 1).isoweekday()) % 7
        return date(
            year, month, max(d for d in range(first, length + 1, 7) if d < first + 7 * week)
        )

    def patterns(self) -> list[DayPattern]:
        """Return the days on which the onset falls, ``time`` added; none if leap years move them.

        ``M3.4.4/50`` is two o'clock on the Saturday that is the 24th to 30th, not "the fourth
        Saturday". There are two patterns if those days are in two months: Cairo's ``M10.5.4/24``
        is a Friday from 26 October to 1 November. One BYYEARDAY with BYDAY would do, but clients
        with an ical.js from before 2024 (its issue 730) reject the whole zone for that.
        """
        shift = self.time // _DAY
        if self.day[0] == "J":
            start = int(self.day[1:])
            if not 1 <= start + shift <= 365 or (start < 60) != (start + shift < 60):
                return []
            day = _julian(start + shift)
            return [DayPattern(day.month, (day.day,), None)]
        if self.day[0] != "M":
            return []
        month, week, weekday = map(int, self.day[1:].split("."))
        days = _days_of_week(month, week, shift)
        return [
            DayPattern(month, tuple(d for m, d in days if m == month), (weekday + shift) % 7)
            for month in dict.fromkeys(m for m, _ in days)
        ]


def _julian(number: int) -> date:
    """Return the month and day of POSIX's ``J1`` to ``J365``, in a year without 29 February."""
    return date(2025, 1, 1) + timedelta(days=number - 1)


def _days_of_week(month: int, week: int, shift: int) -> list[tuple[int, int]]:
    """Return (month, day) of each day of a week of a month, moved by ``shift`` days.

    ``week`` 5 is the last seven days. In February they count from its end, -1 for the last day.
    Empty if the days depend on leap years otherwise.
    """
    length = MONTH_LENGTHS.get(month, 28)
    if week == 5:
        days = range(shift - 7, shift)
        moved = [(month, day) if day < 0 else (month % 12 + 1, day + 1) for day in days]
    else:
        days = range(7 * week - 6 + shift, 7 * week + 1 + shift)
        if month == 2 and days[-1] > length:
            return []
        moved = [
            ((month - 2) % 12 + 1, day - 1)
            if day < 1
            else ((month, day) if day <= length else (month % 12 + 1, day - length))
            for day in days
        ]
    return [(m, day if day > 0 or m == 2 else MONTH_LENGTHS[m] + 1 + day) for m, day in moved]


class DayPattern(Struct, frozen=True):
    """Days of a month, counted from 1 or back from -1, that are a weekday, 0 for Sunday, or any."""

    month: int
    days: tuple[int, ...]
    weekday: int | None

    def first(self, year: int) -> date | None:
        """Return the first such day in or after a year: 1 November is a Friday once in 6 years."""
        for candidate in range(year, 10000):
            length = monthrange(candidate, self.month)[1]
            for day in self.days:
                match = date(candidate, self.month, day if day > 0 else length + 1 + day)
                if self.weekday in (None, match.isoweekday() % 7):
                    return match
        return None


MONTH_LENGTHS: Final = {m: 30 if m in (4, 6, 9, 11) else 31 for m in range(1, 13) if m != 2}
"""The length of each month that has one length, so not of February."""

_DAY: Final = 86400
_EPOCH_DAY: Final = date(1970, 1, 1).toordinal()
