"""Make dates with one known bound, ``not before 2027-06``, from dates and from each other."""

from __future__ import annotations

from msgspec.structs import replace

from timeline.dates.calendar_units import Date, OneSidedDate, Precision
from timeline.dates.edtf import known_bound, make_between, side_text


def make_one_sided(precision: Precision, bound: Date) -> OneSidedDate:
    """Return one unknown day, not before the earliest or not after the latest day of a date.

    A bound that is not a day, a month, a quarter or a year is written as its outermost day.
    """
    is_earliest = precision is Precision.NOT_BEFORE
    day = bound.earliest if is_earliest else bound.latest
    text = bound.text if bound.precision is Precision.QUARTER else side_text(day, bound.precision)
    return OneSidedDate(
        day if is_earliest else None,
        None if is_earliest else day,
        precision,
        f"{precision} {text}",
        bound.qualification,
    )


def one_bound(precision: Precision, value: Date | OneSidedDate) -> OneSidedDate | None:
    """Return what is known of a date that is not before, or not after another; perhaps nothing."""
    if isinstance(value, Date):
        return make_one_sided(precision, value)
    return value if value.precision is precision else None


def join_sides(first: Date | OneSidedDate, last: Date | OneSidedDate) -> Date | OneSidedDate | None:
    """Return what is known of one day from one date to another; perhaps nothing.

    Raises: `Refusal` (`empty-between`).
    """
    lower, upper = one_bound(Precision.NOT_BEFORE, first), one_bound(Precision.NOT_AFTER, last)
    if lower is None or upper is None:
        return lower or upper
    sides = (
        side
        if isinstance(side, Date)
        else replace(known_bound(side), qualification=side.qualification)
        for side in (first, last)
    )
    return make_between(*sides)
