"""What is over, on and to come: as the script of the page finds it, and on the day of ``--as-of``.

An event has its four bounds in ``data-at``, so that the script needs no date arithmetic of its own.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.dates import LAST_DAY, Instant
from timeline.formats.diagram.bounds import Bounds, event_bounds
from timeline.model import current_dates, first_day, first_instances

if TYPE_CHECKING:
    from collections.abc import Mapping

    from timeline.model import Event, When

    Bound = date | Instant | None


class State(StrEnum):
    """Where an event is, seen from a day: also a part of the name of its class in the markup."""

    OVER = "over"
    ON = "on"
    MAYBE = "maybe"
    AHEAD = "ahead"


def shown_bounds(event: Event) -> Bounds | None:
    """Return the bounds of an event; of a series, from its first instance to the end of its last.

    A series without an end goes on.
    """
    bounds = event_bounds(event.when)
    if bounds is None or event.recurrence is None:
        return bounds
    if event.recurrence.is_endless:
        return Bounds(bounds.first_start, bounds.last_start, None, None, goes_on=True)
    last = event_bounds(current_dates(event, LAST_DAY))
    if last is None:
        return bounds
    return Bounds(bounds.first_start, bounds.last_start, last.first_end, last.last_end)


def markup_of_bounds(bounds: Bounds) -> str:
    """Return bounds for the script: one value for a point, two for a span, else all four.

    A bound that is not known is ``-``, and an end that is open ``..``.
    """
    start, end = bounds.first_start, bounds.last_end
    if start is not None and start == bounds.last_start and end == bounds.first_end is not None:
        return _text(start) if start == end else f"{_text(start)} {_text(end)}"
    first_end = ".." if bounds.goes_on else _text(bounds.first_end)
    return f"{_text(start)} {_text(bounds.last_start)} {first_end} {_text(end)}"


MOST_INSTANCES = 600
"""The most instances of a series that the script reads."""

MOST_RUNS = 60
"""The most runs of instances at equal distances: a weekly series has two a year."""


class _Run(Struct):
    """Instances that differ only in their day, each ``step`` days after the one before."""

    first: str
    shape: tuple[str, ...]
    last_day: int
    count: int = 1
    step: int = 0

    def add(self, shape: tuple[str, ...], day: int) -> bool:
        """Add the instance that follows, and return whether it is one of the run."""
        step = day - self.last_day
        if shape != self.shape or (self.step and self.step != step):
            return False
        self.count, self.step, self.last_day = self.count + 1, step, day
        return True

    def markup(self) -> str:
        """Return the first instance, and if there are more, their number and their distance."""
        return self.first if self.count == 1 else f"{self.first}*{self.count}*{self.step}"


def markup_of_instances(event: Event) -> str | None:
    """Return the first instances of a series for the script, as runs at equal distances.

    An instance has the parts of `markup_of_bounds`, with slashes between them: a weekly hour until
    clocks change is ``2027-01-05T18:00+01:00/2027-01-05T19:00+01:00*12*7``. ``None`` of a single
    event.
    """
    runs: list[_Run] = []
    for when in first_instances(event, MOST_INSTANCES):
        bounds = event_bounds(when)
        if bounds is None or bounds.first_start is None:
            continue
        parts = markup_of_bounds(bounds).split(" ")
        day = date.fromisoformat(parts[0][:10]).toordinal()
        shape = tuple(_relative(part, day) for part in parts)
        if runs and runs[-1].add(shape, day):
            continue
        if len(runs) == MOST_RUNS:
            break
        runs.append(_Run("/".join(parts), shape, day))
    return " ".join(run.markup() for run in runs) or None


def _relative(part: str, day: int) -> str:
    """Return a bound with its distance to a day in place of its own day."""
    if part in ("-", ".."):
        return part
    return f"{date.fromisoformat(part[:10]).toordinal() - day}{part[10:]}"


def _text(bound: Bound) -> str:
    if bound is None:
        return "-"
    if isinstance(bound, Instant):
        return bound.moment.isoformat(timespec="seconds" if bound.has_seconds else "minutes")
    return bound.isoformat()


class AsOf(Struct, frozen=True):
    """A day from which a calendar is seen, on the clock of its zone.

    ``dates`` has the current dates of each event by its id.
    """

    day: date
    zone: str | None
    dates: Mapping[str, When]

    def state(self, bounds: Bounds) -> State:
        """Return the state of an event on the day.

        A time of that day is to come: only the day is known.
        """
        start = bounds.first_start
        if start is not None:
            begins = self.day_of(start)
            if begins > self.day or (isinstance(start, Instant) and begins == self.day):
                return State.AHEAD
        if bounds.last_end is not None and self.day > self.day_of(bounds.last_end):
            return State.OVER
        if bounds.last_start is not None and self.day >= self.day_of(bounds.last_start):
            end = bounds.first_end
            if bounds.goes_on or (end is not None and self.day <= self.day_of(end)):
                return State.ON
        return State.MAYBE

    def state_of(self, event: Event, bounds: Bounds) -> State:
        """Return the state of an event, or of the current instance of a series that goes on."""
        state = self.state(bounds)
        if event.recurrence is None or state is State.OVER:
            return state
        instance = event_bounds(self.dates[event.id])
        return state if instance is None else self.state(instance)

    def has_begun(self, bounds: Bounds) -> bool:
        """Return whether an event may have begun on the day."""
        return bounds.first_start is not None and self.state(bounds) is not State.AHEAD

    def day_of(self, bound: date | Instant) -> date:
        """Return the day of a bound: that of a time is the one on the clock of the calendar."""
        return first_day(bound, self.zone) if isinstance(bound, Instant) else bound

    def days_until(self, bound: date | Instant) -> int:
        """Return how many days later a bound is."""
        return (self.day_of(bound) - self.day).days
