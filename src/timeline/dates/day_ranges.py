"""Parse ranges of days, ``A..B``, both inclusive, for the lists of a file that may have them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline._lazy import regex
from timeline._limits import MAX_RANGE
from timeline.dates.edtf import parse_date
from timeline.diagnostics import Refusal, rules

if TYPE_CHECKING:
    from datetime import date


class DayRange(Struct, frozen=True):
    """All days from ``first`` to ``last``, both inclusive; ``text`` is the range as written."""

    first: date
    last: date
    text: str

    @property
    def length(self) -> int:
        """The number of its days."""
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return self.text


_RANGE = regex(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", re.ASCII)


def parse_day_range(text: str) -> DayRange | None:
    """Parse ``A..B``; return ``None`` for a text that is not written as a range.

    Raises: `Refusal` (`day-range`, `too-long`, `no-such-date`, `year-range`).
    """
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    days = DayRange(_parse_day(match, 1), _parse_day(match, 2), text)
    if days.length < 1:
        raise Refusal(
            rules.DAY_RANGE,
            f"`{text}` ends before it begins",
            f"write `{days.last}..{days.first}`, or correct one of the days",
        )
    if days.length > MAX_RANGE:
        raise Refusal(
            rules.TOO_LONG,
            f"`{text}` has {days.length:,} days, expected at most {MAX_RANGE}",
            "correct the years, or write several ranges",
        )
    return days


def _parse_day(match: re.Match[str], group: int) -> date:
    try:
        return parse_date(match[group]).earliest
    except Refusal as refusal:
        raise refusal.at(*match.span(group)) from None
