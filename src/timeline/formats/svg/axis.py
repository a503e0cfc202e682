"""The time axis: the places of seconds, and ticks from minutes to millennia.

Seconds are counted from the start of the year 1 on the clock of the diagram. Every day has 86,400
of them, also when the UTC offset changes, so that days and times share an axis.
"""

from __future__ import annotations

from datetime import MAXYEAR, date
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from timeline.formats.diagram import text_metrics

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import DateFormats

MINUTE, HOUR, DAY = 60, 3600, 86400
MONTH, YEAR = 2_629_746, 31_556_952
"""Mean lengths in the Gregorian calendar, to estimate the space that units need."""


class Scale(Struct, frozen=True):
    """A linear scale from the seconds ``first`` to ``last`` to the places ``left`` to ``right``."""

    first: int
    last: int
    left: float
    right: float

    def at(self, second: int) -> float:
        """Return the place of a second."""
        share = (second - self.first) / (self.last - self.first)
        return self.left + share * (self.right - self.left)

    def length(self, seconds: int) -> float:
        """Return the width of a number of seconds."""
        return seconds / (self.last - self.first) * (self.right - self.left)


class Step(NamedTuple):
    """The distance of ticks: ``times`` a unit, about ``length`` seconds."""

    unit: str
    times: int
    length: int


class Tick(NamedTuple):
    """A place on an axis, and the name of the time that starts there."""

    x: float
    text: str
    is_line: bool = True
    """Whether the named time starts there; if not, it starts before the axis."""


_STEPS = (
    *(Step("time", count * MINUTE, count * MINUTE) for count in (1, 5, 10, 15, 30)),
    *(Step("time", count * HOUR, count * HOUR) for count in (1, 2, 3, 6, 12)),
    *(Step("day", count, count * DAY) for count in (1, 2, 7)),
    *(Step("month", count, count * MONTH) for count in (1, 3, 6)),
    *(
        Step("year", count, count * YEAR)
        for count in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
    ),
)
_GAP = 10


def choose_step(scale: Scale, size: float, dates: DateFormats, *, has_times: bool) -> Step:
    """Return the finest step whose ticks have room for their labels in this text size."""
    widest = {
        "time": "00:00",
        "day": "30",
        "month": max(
            map(dates.short_month_name, range(1, 13)),
            key=lambda name: text_metrics.text_width(name, size),
        ),
        "year": max((_text(end, "year", dates) for end in (scale.first, scale.last)), key=len),
    }
    for step in _STEPS:
        if step.unit == "time" and not has_times:
            continue
        room = text_metrics.text_width(widest[step.unit], size) + _GAP
        if scale.length(step.length) >= room:
            return step
    return _STEPS[-1]


def axis_ticks(scale: Scale, by: Step, size: float, dates: DateFormats) -> list[Tick]:
    """Return the ticks; one without room for its label has an empty text.

    The first tick names the unit in which the axis starts, also if that unit starts earlier.
    """
    places = [(second, True) for second in _seconds(by, scale.first, scale.last)]
    if by.unit != "time" and (not places or places[0][0] != scale.first):
        places.insert(0, (scale.first, False))
    ticks: list[Tick] = []
    bound = scale.right + _GAP
    for second, is_line in reversed(places):
        x, text = scale.at(second), _text(second, by.unit, dates)
        if x + 3 + text_metrics.text_width(text, size) > bound:
            text = ""
        else:
            bound = x - 3
        if text or is_line:
            ticks.append(Tick(x, text, is_line))
    return ticks[::-1]


def axis_contexts(scale: Scale, by: Step, size: float, dates: DateFormats) -> list[Tick]:
    """Return the labels above the ticks: days of times, months of days, years of months."""
    unit = {"time": "day", "day": "month", "month": "year"}.get(by.unit)
    if unit is None:
        return []
    starts = list(_seconds(Step(unit, 1, 0), scale.first, scale.last))
    if not starts or starts[0] != scale.first:
        starts.insert(0, scale.first)
    contexts = []
    ends = [*(scale.at(second) for second in starts[1:]), scale.right + _GAP]
    for second, end in zip(starts, ends, strict=True):
        text = _context(second, unit, dates)
        if scale.at(second) + text_metrics.text_width(text, size, bold=True) + 6 <= end:
            contexts.append(Tick(scale.at(second), text))
    return contexts


def _seconds(by: Step, first: int, last: int) -> Iterator[int]:
    """Yield the seconds of the ticks from ``first``, inclusive, to ``last``, exclusive."""
    count = by.times
    if by.unit in ("time", "day"):
        length = count if by.unit == "time" else count * DAY
        offset = DAY if count == 7 else 0  # the first day of the year 1 was a Monday
        yield from range(first + (offset - first) % length, last, length)
        return
    day, months = _date(first), count if by.unit == "month" else 12 * count
    begun = 12 * day.year + day.month - 1
    begun -= begun % months
    while begun < 12 * (MAXYEAR + 1):
        year, month = divmod(begun, 12)
        second = date(year, month + 1, 1).toordinal() * DAY if year else 0
        if second >= last:
            return
        if second >= first and year:
            yield second
        begun += months


def _text(second: int, unit: str, dates: DateFormats) -> str:
    if unit == "time":
        minutes = second % DAY // MINUTE
        return f"{minutes // 60:02}:{minutes % 60:02}"
    day = _date(second)
    if unit == "day":
        return str(day.day)
    return dates.short_month_name(day.month) if unit == "month" else dates.year(day.year)


def _context(second: int, unit: str, dates: DateFormats) -> str:
    day = _date(second)
    if unit == "year":
        return dates.year(day.year)
    return dates.short_month(day) if unit == "month" else dates.short_day(day)


def _date(second: int) -> date:
    return date.fromordinal(min(max(second // DAY, 1), date.max.toordinal()))
