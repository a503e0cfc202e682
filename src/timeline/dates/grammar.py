"""The grammar of dates as written: what may stand in ``start`` and ``end``.

Dates (``edtf``), times (``instants``), relative dates (``relative``), ``between A and B``, ``TBC``
and the open end ``..``. The grammar as EBNF is in ``docs/dates.md``.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from timeline._lazy import regex
from timeline.dates.edtf import Date, Precision, Qualification, make_between, parse_date
from timeline.dates.instants import ClockTime, parse_clock_time
from timeline.dates.relative import RelativeDate, looks_relative, parse_relative_date
from timeline.diagnostics import Refusal, cited, rules


class NoDate(Enum):
    """What stands where no date can: not known yet, or going on without an end."""

    TBC = "TBC"
    OPEN = ".."


TBC = NoDate.TBC
OPEN = NoDate.OPEN


class Between(Struct, frozen=True):
    """One day from one date to another, at least one of them relative."""

    first: Date | RelativeDate
    last: Date | RelativeDate
    text: str

    def __str__(self) -> str:
        return self.text


DateExpression = Date | ClockTime | RelativeDate | Between | NoDate

_DAY = regex(r"\d{4}-\d\d-\d\d", re.ASCII)
BETWEEN = regex(r"between (.+?) and (.+)")
_BETWEEN_SIDES = (Precision.DAY, Precision.MONTH, Precision.YEAR)


@lru_cache(4096)  # ten years of days, of which most files have fewer
def read_date_expression(text: str) -> DateExpression:
    """Read any date but the open end; raises ``Refusal``, which says only what is wrong."""
    if text.startswith("between ") and (match := BETWEEN.fullmatch(text)):
        return _between(text, match)
    return read_single_date(text)


def read_single_date(text: str) -> Date | ClockTime | RelativeDate | NoDate:
    """Read a date that is not a ``between``; raises ``Refusal``."""
    if _DAY.fullmatch(text):
        return parse_date(text)  # nearly all there are
    if text == TBC.value:
        return TBC
    if looks_relative(text):
        return parse_relative_date(text)
    return parse_clock_time(text) or parse_date(text)


def _between(text: str, match: re.Match[str]) -> Date | Between:
    first, last = (_side(match, group) for group in (1, 2))
    if isinstance(first, Date) and isinstance(last, Date):
        return make_between(first, last)
    return Between(first, last, text)


def _side(match: re.Match[str], group: int) -> Date | RelativeDate:
    text = match[group]
    try:
        found = read_single_date(
            text
        )  # not `read`: a `between` in a `between` could nest endlessly
    except Refusal as refusal:
        raise refusal.at(*match.span(group)) from None
    if _may_be_side(found):
        return found
    help_ = "write a day, a month, a year or a relative date without a time, without `?`, `~`, `%`"
    if isinstance(found, Date):
        unqualified = replace(found, qualification=Qualification.CERTAIN)
        outermost = found.earliest if group == 1 else found.latest
        help_ = f"write `{unqualified if _may_be_side(unqualified) else outermost}`"
    elif found is TBC:
        help_ = "write `TBC` for the whole where a side is not known"
    message = f"{cited(text)} cannot stand in a `between`"
    raise Refusal(rules.BETWEEN_SIDE, message, help_, match.span(group))


def _may_be_side(found: DateExpression) -> TypeGuard[Date | RelativeDate]:
    if isinstance(found, RelativeDate):
        return not found.qualification and found.clock is None
    if not isinstance(found, Date) or found.qualification or "X" in found.text:
        return False
    return found.precision in _BETWEEN_SIDES


def is_date(text: str) -> bool:
    """Return whether a text can be read as a date or the open end."""
    if text == OPEN.value:
        return True
    try:
        read_date_expression(text)
    except Refusal:
        return False
    return True


def is_between_side(text: str) -> bool:
    """Return whether a text can be a side of a ``between``."""
    try:
        return _may_be_side(read_single_date(text))
    except Refusal:
        return False
