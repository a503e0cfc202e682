"""Calendar arithmetic: move dates by durations.

A date that is not known to the day stays a unit of its kind where it can; see `shift_date`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, overload

from msgspec.structs import replace

from timeline.dates.calendar_units import (
    SEASON_STARTS,
    Date,
    OneSidedDate,
    Precision,
    make_century,
    make_day,
    make_decade,
    make_half,
    make_quarter,
    make_season,
    make_week,
)
from timeline.dates.edtf import between_sides, known_bound, make_between, parse_date
from timeline.dates.moves import FIRST_YEAR, LAST_YEAR, check_range, move_day, out_of_range
from timeline.dates.one_sided import make_one_sided
from timeline.diagnostics import Refusal, rules

if TYPE_CHECKING:
    from timeline.dates.durations import Duration


_STEPS = {
    Precision.MONTH: 1,
    Precision.SEASON: 3,
    Precision.QUARTER: 3,
    Precision.HALF: 6,
    Precision.YEAR: 12,
    Precision.DECADE: 120,
    Precision.CENTURY: 1200,
}
"""The length of each unit in months: moved by a multiple of it, a unit stays one of its kind."""


@overload
def shift_date(value: Date, amount: Duration) -> Date: ...


@overload
def shift_date(value: OneSidedDate, amount: Duration) -> OneSidedDate: ...


def shift_date(value: Date | OneSidedDate, amount: Duration) -> Date | OneSidedDate:
    """Return a date moved by days and longer units.

    A unit moves as a whole if it stays a unit of its kind (``2025-02`` by months, ``2025`` and
    ``2025-Q1`` by years, ``2025-W03`` by weeks); ``between A and B`` moves as its sides do.
    Otherwise both bounds move, clamped to the end of the month, and the result is ``between`` them.
    Of a date with one known bound, that bound moves. The qualification stays.

    Raises: `Refusal` (`hours-on-a-day`, `year-range`).
    """
    if amount.is_exact:
        raise Refusal(
            rules.HOURS_ON_A_DAY,
            f"`{amount.text}` needs a date with a time, and `{value.text}` has none",
            "write days or a longer unit, or give the other event a time",
        )
    if not amount:
        return value
    moved: Date | OneSidedDate
    if isinstance(value, OneSidedDate):
        moved = make_one_sided(value.precision, shift_date(known_bound(value), amount))
    elif value.precision is Precision.BETWEEN:
        first, last = (shift_date(side, amount) for side in between_sides(value))
        moved = make_between(first, last)
    else:
        moved = _shift_unit(value, amount) or _shift_bounds(value, amount)
    return replace(moved, qualification=value.qualification)


def _shift_unit(value: Date, amount: Duration) -> Date | None:
    """Return a unit moved as a whole; ``None`` if it would not stay a unit of its kind."""
    months = 12 * amount.years + amount.months
    days = 7 * amount.weeks + amount.days
    start = value.earliest
    if value.precision is Precision.WEEK and not months and not days % 7:
        monday = move_day(start, days)
        return make_week(*monday.isocalendar()[:2])
    step = _STEPS.get(value.precision)
    if step is None or days or months % step:
        return None
    year, index = divmod(12 * start.year + start.month - 1 + months, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise out_of_range(value.text)
    return _unit_from(value, year, index + 1)


def _unit_from(value: Date, year: int, month: int) -> Date:
    """Return the unit of the same kind that begins with a month of a year."""
    match value.precision:
        case Precision.SEASON:
            spring = int(value.text[5:]) - (int(value.text[5:]) - 21) % 4
            starts = [SEASON_STARTS[spring + index] for index in range(4)]
            return make_season(year, spring + starts.index(month))
        case Precision.QUARTER:
            return make_quarter(year, (month + 2) // 3)
        case Precision.HALF:
            return make_half(year, (month + 5) // 6)
        case Precision.DECADE:
            return make_decade(year // 10)
        case Precision.CENTURY:
            return make_century(year // 100)
        case Precision.MONTH:
            return parse_date(f"{year:04}-{month:02}{value.text[7:]}")  # with its `-XX`
    return parse_date(f"{year:04}{value.text[4:]}")


def _shift_bounds(value: Date, amount: Duration) -> Date:
    """Return the ``between`` of a date's bounds, each moved; a day stays a day."""
    earliest = shift_day(value.earliest, amount)
    if value.is_day:
        return make_day(earliest)
    return make_between(make_day(earliest), make_day(shift_day(value.latest, amount)))


def shift_day(value: date, amount: Duration) -> date:
    """Return a day moved by years and months, clamped to the month's end, then weeks and days."""
    # pendulum takes 50 ms to import; most files have no relative date.
    from pendulum import Date as PendulumDate  # noqa: PLC0415

    moving = PendulumDate(value.year, value.month, value.day)
    try:
        moved = moving.add(
            years=amount.years, months=amount.months, weeks=amount.weeks, days=amount.days
        )
    except (OverflowError, ValueError):
        raise out_of_range(value.isoformat()) from None
    return check_range(date(moved.year, moved.month, moved.day), value.isoformat())


def shift_wall_time(value: datetime, amount: Duration) -> datetime:
    """Return a wall-clock time on another day; the caller resolves it in its zone."""
    return datetime.combine(shift_day(value.date(), amount), value.time())
