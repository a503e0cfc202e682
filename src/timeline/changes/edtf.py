"""Read the EDTF of a feed, X-TIMELINE-EDTF, back into dates: the inverse of `as_edtf`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.dates import (
    OPEN,
    TBC,
    ClockTime,
    Date,
    OneSidedDate,
    make_between,
    parse_earlier_start,
    parse_literal_date,
)
from timeline.model import AllDay, Undated

if TYPE_CHECKING:
    from timeline.model import When


def when_of_edtf(text: str) -> When:
    """Return the dates that an EDTF date or interval says.

    Raises: ``ValueError`` or ``Refusal`` for another text.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return AllDay(_side(text))
    last = OPEN if end == ".." else _date(end) if end else TBC
    if not start:
        return Undated(last)
    return AllDay(_date(start), last)


def _side(text: str) -> Date | OneSidedDate:
    if not text.startswith("["):
        return _date(text)
    first, _, last = text.strip("[]").partition("..")
    if first and last:
        return make_between(_date(first), _date(last))
    value = parse_earlier_start(f"not before {first}" if first else f"not after {last}")
    assert isinstance(value, OneSidedDate)  # noqa: S101 - as it begins
    return value


def _date(text: str) -> Date:
    value = parse_literal_date(text)
    if isinstance(value, ClockTime):
        raise ValueError(f"{text} is a time")  # noqa: TRY004 - of the text, not of an argument
    return value
