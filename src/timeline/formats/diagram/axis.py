"""The time axis: from the first to the last second that is drawn, with its ticks, and today."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from timeline.formats.diagram.extents import DAY
from timeline.formats.diagram.labels import Scale, Tick, make_ticks
from timeline.formats.diagram.steps import FIRST, HOUR, LAST, MINUTE, choose_step, snap

if TYPE_CHECKING:
    from timeline.model import DateFormats


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
    step = choose_step(first, last, width, size, dates, has_times=frame.has_times)
    first, last = snap(step, first, last)
    ticks = make_ticks(Scale(first, last, width, size, frame.is_inset), step, dates)
    axis = Axis(first, last, ticks)
    return axis if as_of is None else replace(axis, today=_place_of_day(as_of, axis))


def _place_of_day(day: date, axis: Axis) -> float | None:
    """Return the place of the line for a day: its start, so that what it has is to come.

    Where the day starts before the axis, the line is at the start of the axis; ``None`` of a day
    that is not on it. The script of the page has the same rule.
    """
    midnight = day.toordinal() * DAY
    if not axis.first < midnight + DAY or not midnight < axis.last:
        return None
    return axis.at(max(midnight, axis.first))


def _moment(second: int) -> datetime:
    """Return a second as the clock has it; the end of the year 9999 is its last second."""
    day, rest = divmod(min(second, LAST - 1), DAY)
    hour, minute = divmod(rest // MINUTE, 60)
    return datetime.fromordinal(day).replace(hour=hour, minute=minute, second=rest % MINUTE)
