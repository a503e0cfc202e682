"""Move dates and times by durations, and resolve the end of a span from its duration."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.compiler.resolve.literals import resolve_moved_time
from timeline.dates import (
    Instant,
    day_before,
    make_between,
    make_day,
    move_day,
    move_instant,
    shift_date,
    shift_wall_time,
)
from timeline.diagnostics import Refusal, rules

if TYPE_CHECKING:
    from timeline.dates import Date, Duration
    from timeline.diagnostics import Diagnostic, Path


def move_time(
    start: Instant, amount: Duration, path: Path, diagnostics: list[Diagnostic]
) -> Instant:
    """Return a time moved: days and longer by the wall clock, hours and shorter exactly.

    It is as certain as before.
    That is how RFC 5545 3.3.6 adds a duration. Where clocks skip or repeat the result, a warning
    is appended to ``diagnostics``.

    Raises:
        Refusal: ``year-range``.
    """
    moved = start
    if amount.is_nominal:
        wall = shift_wall_time(start.wall, amount)
        moved = resolve_moved_time(wall, start.zone, path, diagnostics)
    if amount.is_exact:
        moved = move_instant(moved, amount.exact)
    return replace(moved, qualification=start.qualification) if start.qualification else moved


def resolve_last_day(start: Date, length: Duration) -> Date:
    """Return the last day of a span of days, inclusive, from its start and its duration.

    Raises:
        Refusal: ``hours-on-a-day``, ``year-range``.
    """
    if length.is_exact:
        raise _hours_on_a_day(start, length)
    if start.is_day and not (length.years or length.months):
        # The day after the last one may be after the last that there is.
        last = make_day(move_day(start.earliest, 7 * length.weeks + length.days - 1))
        return replace(last, qualification=start.qualification)
    after = shift_date(start, length)
    earliest, latest = (make_day(day_before(day)) for day in (after.earliest, after.latest))
    last = earliest if after.is_day else make_between(earliest, latest)
    return replace(last, qualification=after.qualification)


def _hours_on_a_day(start: Date, length: Duration) -> Refusal:
    what = "a day" if start.is_day else "a date without a time"
    days, rest = divmod(length.exact, timedelta(days=1))
    help_ = "write the duration in days, or in a longer unit"
    if start.is_day and not (rest or length.years or length.months):
        days += length.days + 7 * length.weeks
        help_ = f"write `duration: {days} day{'s' if days > 1 else ''}`"
    if start.is_day and not start.qualification:
        help_ += ", or add a time of day to `start`"
    message = f"`{length.text}` needs a start with a time, and `{start}` is {what}"
    return Refusal(rules.HOURS_ON_A_DAY, message, help_)
