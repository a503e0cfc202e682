"""The grammar of the values of ``start`` and ``end``.

Dates (`edtf`), times (`clock_times`), relative dates (`relative`), ``between A and B``,
``not before A`` and ``not after B`` (`one_sided`), ``TBC`` and the open end ``..``. The grammar as
EBNF is in ``docs/dates.md``.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from timeline._lazy import regex
from timeline.dates.calendar_units import (
    Date,
    OneSidedDate,
    Precision,
    Qualification,
    make_written_day,
)
from timeline.dates.clock_times import ClockTime, parse_clock_time
from timeline.dates.edtf import DAY, make_between, parse_date
from timeline.dates.one_sided import make_one_sided
from timeline.dates.relative import RelativeDate, looks_relative, parse_relative_date
from timeline.diagnostics import Refusal, cited, rules

if TYPE_CHECKING:
    import re


class NoDate(Enum):
    """The values in place of a date: not known yet, without an end, and refused.

    In the file they are `TBC` and `..`. The last is not a value of a file: it is what a date with
    an error comes to, of which nothing else is reported.
    """

    TBC = "TBC"
    OPEN = ".."
    REFUSED = "refused"


TBC = NoDate.TBC
OPEN = NoDate.OPEN
REFUSED = NoDate.REFUSED
_TBC = TBC.value


BetweenSide = Date | ClockTime | RelativeDate


class Between(Struct, frozen=True):
    """One unknown day from one date to another, at least one of them relative or a time.

    Of a time, its day counts.
    """

    first: BetweenSide
    last: BetweenSide
    text: str

    def __str__(self) -> str:
        return self.text


class RelativeOneSided(Struct, frozen=True):
    """One unknown day ``not before`` or ``not after`` a relative date, as ``precision`` says."""

    precision: Precision
    bound: RelativeDate
    text: str

    def __str__(self) -> str:
        return self.text


DateExpression = (
    Date | OneSidedDate | ClockTime | RelativeDate | Between | RelativeOneSided | NoDate
)

BETWEEN = regex(r"between (.+?) and (.+)")
ONE_SIDED = regex(r"not (before|after) (.+)")
_BETWEEN_SIDES = (Precision.DAY, Precision.MONTH, Precision.YEAR)
_BOUNDS = (*_BETWEEN_SIDES, Precision.QUARTER)


@lru_cache(4096)  # ten years of days, more than most files have
def parse_date_expression(text: str) -> DateExpression:
    """Parse any date but the open end.

    Raises: `Refusal`, which does not suggest what the author may have meant.
    """
    if text.startswith("between ") and (match := BETWEEN.fullmatch(text)):
        return _parse_between(text, match)
    if text.startswith("not ") and (match := ONE_SIDED.fullmatch(text)):
        return _parse_one_sided(text, match)
    return parse_single_date(text)


def parse_single_date(text: str) -> Date | ClockTime | RelativeDate | NoDate:
    """Parse a date that is neither a ``between`` nor ``not before`` or ``not after`` another.

    Raises: `Refusal`.
    """
    if DAY.fullmatch(text):
        return make_written_day(text)  # most dates
    if text == _TBC:
        return TBC
    if looks_relative(text):
        return parse_relative_date(text)
    return parse_clock_time(text) or parse_date(text)


def _parse_between(text: str, match: re.Match[str]) -> Date | Between:
    first, last = (_parse_side(match, group) for group in (1, 2))
    if isinstance(first, Date) and isinstance(last, Date):
        return make_between(first, last)
    return Between(first, last, text)


def _parse_one_sided(text: str, match: re.Match[str]) -> OneSidedDate | RelativeOneSided:
    precision = Precision(f"not {match[1]}")
    try:
        value = parse_single_date(match[2])
    except Refusal as refusal:
        raise refusal.at(*match.span(2)) from None
    if _may_be_bound(value):
        if isinstance(value, Date):
            return make_one_sided(precision, value)
        return RelativeOneSided(precision, value, text)
    message = f"{cited(match[2])} cannot follow `{precision}`"
    raise Refusal(rules.ONE_BOUND, message, _bound_help(value, precision), match.span(2))


def _bound_help(value: Date | ClockTime | RelativeDate | NoDate, precision: Precision) -> str:
    """Return what to write in place of a date that cannot be a bound."""
    if isinstance(value, NoDate):
        return "write `TBC` for the whole date if nothing is known"
    if isinstance(value, ClockTime):
        return f"write its day, `{value.wall.date()}`"
    if isinstance(value, RelativeDate):
        if _has_hours(value):
            return "move it by days or a longer unit: it is a day, not a time"
        body = value.text.rstrip("?~%").partition(" at ")[0]
        return f"write `{body}`, without a time and without a mark"
    unqualified = replace(value, qualification=Qualification.CERTAIN)
    outermost = value.earliest if precision is Precision.NOT_BEFORE else value.latest
    return f"write `{unqualified if _may_be_bound(unqualified) else outermost}`"


def _may_be_bound(value: DateExpression) -> TypeGuard[Date | RelativeDate]:
    if isinstance(value, RelativeDate):
        return not value.qualification and value.clock is None and not _has_hours(value)
    if not isinstance(value, Date) or value.qualification or "X" in value.text:
        return False
    return value.precision in _BOUNDS


def _has_hours(value: RelativeDate) -> bool:
    """Return whether a date is moved by hours: it is a time, or it is refused."""
    return any(term.is_exact for term in value.terms)


def _parse_side(match: re.Match[str], group: int) -> BetweenSide:
    text = match[group]
    try:
        value = parse_single_date(text)  # not any date: a `between` could nest without limit
    except Refusal as refusal:
        raise refusal.at(*match.span(group)) from None
    if _may_be_side(value):
        return value
    help_ = "write a day, a month, a year, a time or a relative date, without `?`, `~`, `%`"
    if isinstance(value, ClockTime):
        help_ = f"write `{value.text}`"
    elif isinstance(value, Date):
        unqualified = replace(value, qualification=Qualification.CERTAIN)
        outermost = value.earliest if group == 1 else value.latest
        help_ = f"write `{unqualified if _may_be_side(unqualified) else outermost}`"
    elif value is TBC:
        help_ = "write `TBC` for the whole date if a side is not known"
    message = f"{cited(text)} cannot be a side of a `between`"
    raise Refusal(rules.BETWEEN_SIDE, message, help_, match.span(group))


def _may_be_side(value: DateExpression) -> TypeGuard[BetweenSide]:
    if not isinstance(value, BetweenSide) or value.qualification:
        return False
    if not isinstance(value, Date):
        return True
    return value.precision in _BETWEEN_SIDES and "X" not in value.text


def is_date(text: str) -> bool:
    """Return whether a text is a date or the open end."""
    if text == OPEN.value:
        return True
    try:
        parse_date_expression(text)
    except Refusal:
        return False
    return True


def is_bound(text: str) -> bool:
    """Return whether a text can follow ``not before`` and ``not after``."""
    try:
        return _may_be_bound(parse_single_date(text))
    except Refusal:
        return False


def is_between_side(text: str) -> bool:
    """Return whether a text can be a side of a ``between``."""
    try:
        return _may_be_side(parse_single_date(text))
    except Refusal:
        return False
