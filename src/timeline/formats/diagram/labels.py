"""The ticks of an axis and their labels, which have ranks: where they would touch, the lower goes.

The opening label has what the axis says once: of days the month and the year.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from timeline.formats.diagram import text_metrics
from timeline.formats.diagram.extents import DAY
from timeline.formats.diagram.steps import (
    CHIEF,
    EVERY_OTHER_DAY,
    GAP,
    STEPS,
    day_of,
    step_text,
    tick_seconds,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from timeline.formats.diagram.steps import Step
    from timeline.model import DateFormats

INDENT = 4
"""The distance of a label from its tick, in pixels."""


class Rank(Enum):
    """How much a label matters, the highest rank first."""

    OPENING = "opening"
    """It has what is said once, such as the year; it is on every axis that is finer than years."""
    CHIEF = "chief"
    """It names the unit above, such as the year of months."""
    PLAIN = "plain"
    MINOR = "minor"

    @property
    def is_bold(self) -> bool:
        """Whether its letters are bold."""
        return self in (Rank.OPENING, Rank.CHIEF)


class Tick(Struct, frozen=True):
    """A place on an axis, and the name of the time that starts there.

    The text is empty if it has no room. Without ``has_line``, what is named starts before the axis.
    """

    at: float
    text: str
    rank: Rank = Rank.PLAIN
    has_line: bool = True


class Scale(NamedTuple):
    """An axis from the second ``first`` to ``last``, which labels of ``size`` pixels are for.

    ``width`` is in pixels; ``is_inset`` states whether the year is known from the axis around it.
    """

    first: int
    last: int
    width: float
    size: float
    is_inset: bool

    def at(self, second: int) -> float:
        """Return the place of a second, from 0 to 1."""
        return (second - self.first) / (self.last - self.first)


def make_ticks(scale: Scale, step: Step, dates: DateFormats) -> tuple[Tick, ...]:
    """Return the ticks of a scale in order; those whose labels have no room have none."""
    coarser = next((other for other in STEPS if other.length > step.length), step)
    plain = set(tick_seconds(coarser, scale.first, scale.last))

    def tick(second: int, *, has_line: bool = True) -> Tick:
        is_plain = step.unit == "year" or second in plain
        rank = Rank.PLAIN if is_plain else Rank.MINOR
        return Tick(scale.at(second), step_text(second, step.unit, dates), rank, has_line)

    ticks = {second: tick(second) for second in _step_seconds(step, scale)}
    if scale.first not in ticks:
        ticks[scale.first] = tick(scale.first, has_line=False)
    if step.unit in CHIEF:
        ticks |= _chief_ticks(step.unit, scale, dates)
    in_order = [ticks[second] for second in sorted(ticks)]
    return tuple(with_room(in_order, scale.width, scale.size))


def _step_seconds(step: Step, scale: Scale) -> Iterator[int]:
    origin = scale.first if step == EVERY_OTHER_DAY else 0
    return tick_seconds(step, scale.first, scale.last, origin)


def _chief_ticks(unit: str, scale: Scale, dates: DateFormats) -> dict[int, Tick]:
    """Return the ticks that name the unit above ``unit``, and the opening one, by their seconds.

    The opening is the first one whose longer text leaves room for the next, so that none is lost:
    an axis from 30 January has "30 Jan", "Feb 2025". If there is none, it is the first.
    """
    starts = list(tick_seconds(CHIEF[unit], scale.first, scale.last))
    ticks = {
        second: Tick(scale.at(second), _chief_text(second, unit, dates), Rank.CHIEF)
        for second in starts
    }
    begins = _begins_unit(scale.first, unit)
    if unit != "month":
        words = dates.short_day_of_year(day_of(scale.first))
        ticks[scale.first] = Tick(0, words, Rank.CHIEF, begins)
    seconds = sorted({scale.first, *starts})
    openings = [
        Tick(
            scale.at(second),
            _opening_text(second, unit, scale, dates),
            Rank.OPENING,
            has_line=begins or second != scale.first,
        )
        for second in seconds
    ]
    limits = [*(tick.at * scale.width for tick in openings[1:]), scale.width + GAP]
    roomy = (
        number
        for number, (tick, limit) in enumerate(zip(openings, limits, strict=True))
        if _span(tick, scale.width, scale.size)[1] <= limit
    )
    number = next(roomy, 0)
    return {**ticks, seconds[number]: openings[number]}


def _begins_unit(second: int, unit: str) -> bool:
    """Return whether what is named at the start of an axis starts there: a month, else a day."""
    return second % DAY == 0 and (unit != "month" or day_of(second).day == 1)


def _opening_text(second: int, unit: str, scale: Scale, dates: DateFormats) -> str:
    day = day_of(second)
    if unit == "month":
        is_year = _begins_unit(second, unit) and day.month == 1
        return dates.year(day.year) if is_year else dates.short_month(day)
    if unit == "time" or second == scale.first:
        return dates.short_day_of_year(day) if scale.is_inset else dates.short_day(day)
    return dates.short_month_name(day.month) if scale.is_inset else dates.short_month(day)


def _chief_text(second: int, unit: str, dates: DateFormats) -> str:
    """Return the name of the unit above; where a year starts, with the year."""
    day = day_of(second)
    is_new_year = day.month == day.day == 1
    if unit == "month":
        return dates.year(day.year)
    if unit == "time":
        return dates.short_day(day) if is_new_year else dates.short_day_of_year(day)
    return dates.short_month(day) if is_new_year else dates.short_month_name(day.month)


def with_room(ticks: Sequence[Tick], width: float, size: float) -> Iterator[Tick]:
    """Yield ticks, without the texts that touch one of a higher rank, or one before them.

    Where "2026" has no room, "Jul" after it has no text either: it would read as one of 2025.
    """
    taken: list[tuple[float, float]] = []
    kept: set[int] = set()
    ranks = list(Rank)
    chiefs = _chiefs(ticks)
    for number in sorted(
        range(len(ticks)),
        key=lambda number: (ranks.index(ticks[number].rank), not ticks[number].has_line),
    ):
        left, right = _span(ticks[number], width, size)
        is_free = all(right <= begins or left >= ends for begins, ends in taken)
        is_clear = chiefs[number] in kept or chiefs[number] in (number, None)
        if ticks[number].rank is Rank.OPENING or (right <= width + GAP and is_free and is_clear):
            taken.append((left, right))
            kept.add(number)
    for number, tick in enumerate(ticks):
        if number in kept:
            yield tick
        elif tick.has_line:
            yield replace(tick, text="")


def _chiefs(ticks: Sequence[Tick]) -> list[int | None]:
    """Return for each tick the number of the bold one that its unit belongs to, if there is one."""
    chiefs: list[int | None] = []
    chief = None
    for number, tick in enumerate(ticks):
        chief = number if tick.rank.is_bold else chief
        chiefs.append(chief)
    return chiefs


def with_even_room(ticks: Sequence[Tick], width: float, size: float) -> list[Tick]:
    """Return the ticks whose labels have room on a narrower axis.

    Without room for all minor ones, none is shown, so that the others are evenly apart.
    """
    labelled = [tick for tick in ticks if tick.text]
    shown = [tick for tick in with_room(labelled, width, size) if tick.text]
    if len(shown) == len(labelled):
        return shown
    major = [tick for tick in labelled if tick.rank is not Rank.MINOR]
    return [tick for tick in with_room(major, width, size) if tick.text]


def _span(tick: Tick, width: float, size: float) -> tuple[float, float]:
    """Return the pixels that a label needs, with half of the gap to the next one."""
    left = tick.at * width
    wide = text_metrics.text_width(tick.text, size, bold=tick.rank.is_bold)
    return left, left + INDENT + wide + GAP / 2
