"""The steps of an axis: how far apart its ticks are, from minutes to millennia, and where they are.

Seconds are counted from the start of the year 1, as in `extents`.
"""

from __future__ import annotations

from datetime import MAXYEAR, date
from typing import TYPE_CHECKING, NamedTuple

from timeline.formats.diagram import text_metrics
from timeline.formats.diagram.extents import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.model import DateFormats

MINUTE, HOUR = 60, 3600
MONTH, YEAR = 2_629_746, 31_556_952
"""Mean lengths in the Gregorian calendar, to estimate the space that units need."""

FIRST, LAST = DAY, (date.max.toordinal() + 1) * DAY
"""The first second of the year 1, and the one after the last second that a date may have."""

GAP = 10
"""The least distance of two labels on an axis, in pixels."""

_SNAP = 0.03
"""The share of an axis by which it may begin before the data, or end after it, to be at a tick."""


class Step(NamedTuple):
    """The distance of ticks: ``times`` a unit, about ``length`` seconds."""

    unit: str
    times: int
    length: int


EVERY_OTHER_DAY, _WEEK = Step("day", 2, 2 * DAY), Step("day", 7, 7 * DAY)

STEPS = (
    *(Step("time", count * MINUTE, count * MINUTE) for count in (1, 5, 10, 15, 30)),
    *(Step("time", count * HOUR, count * HOUR) for count in (1, 2, 3, 6, 12)),
    Step("day", 1, DAY),
    EVERY_OTHER_DAY,
    _WEEK,
    *(Step("month", count, count * MONTH) for count in (1, 3, 6)),
    *(
        Step("year", count, count * YEAR)
        for count in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
    ),
)

CHIEF = {
    "time": Step("day", 1, DAY),
    "day": Step("month", 1, MONTH),
    "month": Step("year", 1, YEAR),
}
"""The unit that the chief ticks name, by the unit of the others."""


def choose_step(
    first: int, last: int, width: float, size: float, dates: DateFormats, *, has_times: bool
) -> Step:
    """Return the finest step whose ticks have room for their labels.

    ``size`` is the size of the letters, and ``width`` that of the axis, in pixels.
    """
    year = max((step_text(end, "year", dates) for end in (first, last)), key=len)
    widest = {
        "time": "00:00",
        "day": "30",
        "month": max(  # in January there is the year
            (year, *map(dates.short_month_name, range(1, 13))),
            key=lambda name: text_metrics.text_width(name, size),
        ),
        "year": year,
    }
    for step in STEPS:
        if step.unit == "time" and not has_times:
            continue
        room = text_metrics.text_width(widest[step.unit], size, bold=True) + GAP
        if step == _WEEK:  # among days, the names of months need room as well
            room *= 1.7
        if step.length / (last - first) * width >= room:
            return step
    return STEPS[-1]


def snap(step: Step, first: int, last: int) -> tuple[int, int]:
    """Return the sides of an axis, moved to the nearest ticks outside if these are near."""
    step = Step("month", 1, MONTH) if step.unit == "day" else step
    most = int(_SNAP * (last - first))
    before = max(tick_seconds(step, max(first - most, FIRST), first + 1), default=first)
    after = min(tick_seconds(step, last, min(last + most, LAST) + 1), default=last)
    return before, after


def tick_seconds(step: Step, first: int, last: int, origin: int = 0) -> Iterator[int]:
    """Yield the seconds of the ticks from ``first``, inclusive, to ``last``, exclusive.

    Times and days are counted from ``origin``, weeks from a Monday.
    """
    count = step.times
    if step.unit in ("time", "day"):
        length = step.length
        offset = DAY if count == 7 else origin  # the first day of the year 1 was a Monday
        yield from range(first + (offset - first) % length, last, length)
        return
    day, months = day_of(first), count if step.unit == "month" else 12 * count
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


def step_text(second: int, unit: str, dates: DateFormats) -> str:
    """Return the name of the unit that starts at a second, without those around it."""
    if unit == "time":
        minutes = second % DAY // MINUTE
        return f"{minutes // 60:02}:{minutes % 60:02}"
    day = day_of(second)
    if unit == "day":
        return str(day.day)
    return dates.short_month_name(day.month) if unit == "month" else dates.year(day.year)


def day_of(second: int) -> date:
    """Return the day of a second; one beyond the days that exist is at their edge."""
    return date.fromordinal(min(max(second // DAY, 1), date.max.toordinal()))
