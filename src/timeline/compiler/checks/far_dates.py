"""Find years that are far from those of all other events, and probably mistyped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline.compiler.checks.context import ENOUGH
from timeline.dates import ClockTime, Date, OneSidedDate, Precision
from timeline.diagnostics import At, Diagnostic, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.checks.context import CheckContext
    from timeline.dates import DateExpression


def far_date(context: CheckContext) -> Iterator[Diagnostic]:
    """Find a date that is far from all other events, and a slip of the fingers from their years."""
    dated = [
        (year, entry)
        for entry in context.entries
        for date in (entry.written.start, entry.written.end)
        if date is not None and (year := _year(date)) is not None
    ]
    years = [year for year, _ in dated]
    if max(years, default=0) - min(years, default=0) < _FAR:
        return  # most files
    if len({id(owner) for _, owner in dated}) <= ENOUGH:
        return
    first, last = (dated[years.index(extreme(years))][1] for extreme in (min, max))
    for entry in (first,) if first is last else (first, last):
        others = [year for year, owner in dated if owner is not entry]
        for side, date in (("start", entry.written.start), ("end", entry.written.end)):
            year = _year(date)
            if year is not None and (meant := _meant(year, others)) is not None:
                text = str(date)
                place = text.index(f"{year:04}")
                yield Diagnostic(
                    rules.FAR_DATE,
                    f"`{date}` is {_distance(year, others)} years away from every other event",
                    At((*entry.path, side), part=(place, place + 4)),
                    help=f"did you mean `{text[:place]}{meant}{text[place + 4 :]}`?",
                )
                break  # the end was probably copied from the start


_YEAR = regex(r"\d{4}(?![\dX])")

# History has single years far from all others, and centenaries. So a year counts as mistyped only
# if it lies in the far future or before the year 1000, and a slip would make it of a near year.
_FAR = 20
_EARLY = 1000
_DAY = Precision.DAY  # the members of an enumeration take long to look up in Python 3.11
_PLANNED = 2030
_DISTANT = 2100


def _year(date: DateExpression | None) -> int | None:
    """Return the year that a date names, ``None`` where it names none."""
    if type(date) is Date and date.precision is _DAY:
        return date.earliest.year  # most dates
    if isinstance(date, ClockTime):
        return date.wall.year
    if isinstance(date, OneSidedDate):
        return date.known_day.year
    if not isinstance(date, Date):
        return None
    match = _YEAR.match(date.text)
    return int(match.group()) if match else None


def _distance(year: int, others: list[int]) -> int:
    return max(min(others) - year, year - max(others))


def _meant(year: int, others: list[int]) -> int | None:
    """Return the near year of which another is a slip, ``None`` if it is not far or not a slip."""
    spread = max(others) - min(others)
    if _distance(year, others) < max(_FAR, 3 * spread + 1):
        return None
    near = [*sorted(set(others)), *range(min(others), max(others))]
    return next((other for other in near if _is_slip(f"{year:04}", f"{other:04}")), None)


def _is_slip(written: str, meant: str) -> bool:
    """Return whether two neighbouring digits are swapped, or one of the first two is wrong."""
    year = int(written)
    wrong = [index for index in range(4) if written[index] != meant[index]]
    if len(wrong) == 1:
        return wrong[0] < 2 and (year >= _DISTANT or year < _EARLY)
    first, last = wrong[0], wrong[-1]
    is_swapped = last == first + 1 and written[first : last + 1] == meant[first : last + 1][::-1]
    return is_swapped and (year >= _PLANNED or year < _EARLY)
