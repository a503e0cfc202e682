"""Check that the calendar has days off, and none of them twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline._limits import MAX_RANGE
from timeline.diagnostics import At, Diagnostic, Note, On, rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler.checks.context import CheckContext
    from timeline.dates import DayRange


_PATH = ("calendar", "working-days")


def missing_days_off(context: CheckContext) -> Iterator[Diagnostic]:
    """Find working days without `off`, where the public holidays were probably forgotten."""
    working_days = context.timeline.calendar.working_days
    if working_days is not None and working_days.off is None:
        yield Diagnostic(
            rules.WORKING_DAYS_UNCOVERED,
            "`working-days` has no `off`, so that public holidays are counted as working days",
            At(_PATH, On.KEY),
            help="add the days off as `off`, or `off: []` for none; `timeline holidays` prints "
            "those of a country",
        )


def duplicate_day_off(context: CheckContext) -> Iterator[Diagnostic]:
    """Find days that are off twice: the same day, or ranges with days in common."""
    working_days = context.timeline.calendar.working_days
    if working_days is None or working_days.off is None:
        return
    path = (*_PATH, "off")
    ordered = sorted(enumerate(working_days.off), key=lambda item: (item[1].first, item[0]))
    last = None
    for index, days in ordered:
        if last is not None and days.first <= last[1].last:
            first, second = sorted((last, (index, days)), key=lambda item: item[0])
            yield Diagnostic(
                rules.DUPLICATE_ITEM,
                _in_common(first[1], second[1]),
                At((*path, second[0])),
                help=_one_for_both(first[1], second[1]),
                notes=(Note("first listed here", At((*path, first[0]))),),
            )
        if last is None or days.last > last[1].last:
            last = index, days


def _in_common(first: DayRange, second: DayRange) -> str:
    if (first.first, first.last) == (second.first, second.last):
        return f"`{second}` is in this list twice"
    if first.first <= second.first and second.last <= first.last:
        return f"`{second}` is in `{first}`"
    return f"`{second}` and `{first}` have days in common"


def _one_for_both(first: DayRange, second: DayRange) -> str:
    """Return the help for two items: the one that is enough, or a range of the days of both."""
    if first.first <= second.first and second.last <= first.last:
        return "remove one of them" if first.length == second.length else f"remove `{second}`"
    if second.first <= first.first and first.last <= second.last:
        return f"remove `{first}`"
    both = min(first.first, second.first), max(first.last, second.last)
    if (both[1] - both[0]).days >= MAX_RANGE:
        return "shorten one of them"
    return f"write `{both[0]}..{both[1]}` instead of both"
