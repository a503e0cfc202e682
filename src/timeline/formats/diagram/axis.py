"""The time axis: from the first to the last second that is drawn, with ticks from minutes up."""

from __future__ import annotations

from datetime import MAXYEAR, date, datetime
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

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

_SNAP = 0.03
"""The share of an axis by which it may begin before the data, or end after it, to be at a tick."""

_GAP = 10
_INDENT = 4
"""The distance of a label from its tick, in pixels."""


class Rank(Enum):
    """How much a tick matters: where there is less room, the minor ones go first."""

    CHIEF = "chief"
    """It names the unit above, such as the year of months."""
    PLAIN = "plain"
    MINOR = "minor"


class Tick(Struct, frozen=True):
    """A place on an axis, and the name of the time that starts there.

    The text is empty if it has no room. Without ``has_line``, what is named starts before the axis.
    """

    at: float
    text: str
    rank: Rank = Rank.PLAIN
    has_line: bool = True


class Axis(Struct, frozen=True):
    """An axis from the second ``first`` to ``last``, which is exclusive.

    ``today`` is the place of a day that is to be marked, if it is on the axis.
    """

    first: int
    last: int
    ticks: tuple[Tick, ...] = ()
    today: float | None = None

    def at(self, second: float) -> float:
        """Return the place of a second; it may be outside the axis."""
        return (second - self.first) / (self.last - self.first)

    @property
    def first_moment(self) -> datetime:
        """The first second, on the clock of the diagram."""
        return _moment(self.first)

    @property
    def last_moment(self) -> datetime:
        """The end, which the axis does not include, on the clock of the diagram."""
        return _moment(self.last)


class Frame(NamedTuple):
    """What an axis has to show: seconds, and whether any of them are times of day.

    ``is_inset`` states whether the year is known from the axis around it.
    """

    first: int
    last: int
    has_times: bool
    is_inset: bool = False


def make_axis(
    frame: Frame, width: float, size: float, dates: DateFormats, as_of: date | None
) -> Axis:
    """Return the axis of a frame, with as many ticks as fit into ``width`` pixels.

    ``size`` is the size of the letters in pixels.
    """
    length = HOUR if frame.has_times else 5 * DAY
    first, last = frame.first, frame.last
    room = length - (last - first)
    if room > 0:
        first, last = first - room // 2, last + room - room // 2
    first, last = max(first, FIRST), min(last, LAST)
    step = _choose_step(first, last, width, size, dates, has_times=frame.has_times)
    first, last = _snapped(step, first, last)
    axis = Axis(first, last)
    return Axis(
        first,
        last,
        _ticks(axis, step, width, size, dates, is_inset=frame.is_inset),
        None if as_of is None else _place_of_day(as_of, axis),
    )


def _place_of_day(day: date, axis: Axis) -> float | None:
    """Return the place of the line for a day: its start, so that what it has is to come.

    Where the day starts before the axis, the line is at the start of the axis; ``None`` of a day
    that is not on it. The script of the page has the same rule.
    """
    midnight = day.toordinal() * DAY
    if not axis.first < midnight + DAY or not midnight < axis.last:
        return None
    return axis.at(max(midnight, axis.first))


class Step(NamedTuple):
    """The distance of ticks: ``times`` a unit, about ``length`` seconds."""

    unit: str
    times: int
    length: int


_EVERY_OTHER_DAY, _WEEK = Step("day", 2, 2 * DAY), Step("day", 7, 7 * DAY)

_STEPS = (
    *(Step("time", count * MINUTE, count * MINUTE) for count in (1, 5, 10, 15, 30)),
    *(Step("time", count * HOUR, count * HOUR) for count in (1, 2, 3, 6, 12)),
    Step("day", 1, DAY),
    _EVERY_OTHER_DAY,
    _WEEK,
    *(Step("month", count, count * MONTH) for count in (1, 3, 6)),
    *(
        Step("year", count, count * YEAR)
        for count in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
    ),
)


def _choose_step(
    first: int, last: int, width: float, size: float, dates: DateFormats, *, has_times: bool
) -> Step:
    """Return the finest step whose ticks have room for their labels."""
    year = max((_text(end, "year", dates) for end in (first, last)), key=len)
    widest = {
        "time": "00:00",
        "day": "30",
        "month": max(  # in January there is the year
            (year, *map(dates.short_month_name, range(1, 13))),
            key=lambda name: text_metrics.text_width(name, size),
        ),
        "year": year,
    }
    for step in _STEPS:
        if step.unit == "time" and not has_times:
            continue
        room = text_metrics.text_width(widest[step.unit], size, bold=True) + _GAP
        if step == _WEEK:  # among days, the names of months need room as well
            room *= 1.7
        if step.length / (last - first) * width >= room:
            return step
    return _STEPS[-1]


def _snapped(step: Step, first: int, last: int) -> tuple[int, int]:
    """Return the sides of an axis, moved to the nearest ticks outside if these are near."""
    step = Step("month", 1, MONTH) if step.unit == "day" else step
    most = int(_SNAP * (last - first))
    before = max(_seconds(step, max(first - most, FIRST), first + 1), default=first)
    after = min(_seconds(step, last, min(last + most, LAST) + 1), default=last)
    return before, after


def _ticks(
    axis: Axis, step: Step, width: float, size: float, dates: DateFormats, *, is_inset: bool
) -> tuple[Tick, ...]:
    """Return the ticks; where labels collide, the one of the lower rank has an empty text."""
    coarser = next((other for other in _STEPS if other.length > step.length), step)
    plain = set(_seconds(coarser, axis.first, axis.last))
    chief = _CHIEF.get(step.unit)
    named = {} if chief is None else _chief_texts(chief, axis, dates, is_inset=is_inset)
    origin = axis.first if step == _EVERY_OTHER_DAY else 0
    ticks = [
        Tick(axis.at(second), _text(second, step.unit, dates), _rank(second, step, plain))
        for second in _seconds(step, axis.first, axis.last, origin)
        if second not in named
    ]
    ticks += [
        Tick(axis.at(second), text, Rank.CHIEF, has_line)
        for second, (text, has_line) in named.items()
    ]
    if not any(tick.at == 0 for tick in ticks):
        words = _text(axis.first, step.unit, dates)
        ticks.append(Tick(0, words, _rank(axis.first, step, plain), has_line=False))
    return tuple(_with_room(sorted(ticks, key=lambda tick: tick.at), width, size))


def _rank(second: int, step: Step, plain: set[int]) -> Rank:
    return Rank.PLAIN if step.unit == "year" or second in plain else Rank.MINOR


_CHIEF = {
    "time": Step("day", 1, DAY),
    "day": Step("month", 1, MONTH),
    "month": Step("year", 1, YEAR),
}
"""The unit that the chief ticks name, by the unit of the others."""


def _chief_texts(
    chief: Step, axis: Axis, dates: DateFormats, *, is_inset: bool
) -> dict[int, tuple[str, bool]]:
    """Return the texts of the chief ticks, and whether each has a line, by their seconds.

    The first one has all that the axis does not say otherwise: of days the month and the year.
    """
    starts = {
        second: (_chief_text(second, chief.unit, dates), True)
        for second in _seconds(chief, axis.first, axis.last)
    }
    if chief.unit == "year" and starts:
        return starts
    first = _date(axis.first)
    if chief.unit == "year":
        words, begins = dates.short_month(first), first.day == 1
    else:
        words = dates.short_day_of_year(first) if is_inset else dates.short_day(first)
        begins = True
    return {**starts, axis.first: (words, begins and axis.first % DAY == 0)}


def _chief_text(second: int, unit: str, dates: DateFormats) -> str:
    day = _date(second)
    if unit == "year":
        return dates.year(day.year)
    if unit == "day":
        return dates.short_day_of_year(day)
    return dates.short_month(day) if day.month == 1 else dates.short_month_name(day.month)


def _with_room(ticks: list[Tick], width: float, size: float) -> Iterator[Tick]:
    """Yield the ticks, without the texts that collide with one of a higher rank, or before it."""
    taken: list[tuple[float, float]] = []
    kept: dict[int, bool] = {}
    ranks = list(Rank)
    by_rank = sorted(enumerate(ticks), key=lambda pair: _precedence(pair[1], ranks))
    for number, tick in by_rank:
        left, bold = tick.at * width, tick.rank is Rank.CHIEF
        right = left + _INDENT + text_metrics.text_width(tick.text, size, bold=bold) + _GAP / 2
        kept[number] = right <= width + _GAP and all(right <= a or left >= b for a, b in taken)
        if kept[number]:
            taken.append((left, right))
    for number, tick in enumerate(ticks):
        if kept[number]:
            yield tick
        elif tick.has_line:
            yield Tick(tick.at, "", tick.rank)


def _precedence(tick: Tick, ranks: list[Rank]) -> tuple[int, bool]:
    return ranks.index(tick.rank), not tick.has_line


def _seconds(by: Step, first: int, last: int, origin: int = 0) -> Iterator[int]:
    """Yield the seconds of the ticks from ``first``, inclusive, to ``last``, exclusive.

    Times and days are counted from ``origin``, weeks from a Monday.
    """
    count = by.times
    if by.unit in ("time", "day"):
        length = by.length
        offset = DAY if count == 7 else origin  # the first day of the year 1 was a Monday
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


def _date(second: int) -> date:
    return date.fromordinal(min(max(second // DAY, 1), date.max.toordinal()))


def _moment(second: int) -> datetime:
    """Return a second as the clock has it; the end of the year 9999 is its last second."""
    day, rest = divmod(min(second, LAST - 1), DAY)
    hour, minute = divmod(rest // MINUTE, 60)
    return datetime.fromordinal(day).replace(hour=hour, minute=minute, second=rest % MINUTE)
