"""What may stand in ``start`` and ``end``: the one grammar of dates, as written.

Dates (``edtf``), times (``instant``), relative dates (``offset``), ``between A and B``, ``TBC``
and the open end ``..``. The grammar as EBNF is in ``docs/dates.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from timeline import edtf, instant, offset, spelling
from timeline.diagnostics import Refusal
from timeline.edtf import Date, Precision
from timeline.instant import ClockTime
from timeline.offset import Relative


class NoDate(Enum):
    """What stands where no date can: not known yet, or going on without an end."""

    TBC = "TBC"
    OPEN = ".."


TBC = NoDate.TBC
OPEN = NoDate.OPEN


@dataclass(frozen=True, slots=True)
class Between:
    """One day from one date to another, at least one of them relative."""

    first: Date | Relative
    last: Date | Relative
    text: str

    def __str__(self) -> str:
        return self.text


Written = Date | ClockTime | Relative | Between | NoDate

_BETWEEN = re.compile(r"between (.+?) and (.+)")
_BETWEEN_SIDES = (Precision.DAY, Precision.MONTH, Precision.YEAR)
_INTERVAL = re.compile(r"\s*(\S.*?)\s*(?:\.\.|/|\s-\s|\s+to\s+|–|—)\s*(\S.*?)\s*")


def parse_start(text: str) -> Written:
    """Read what stands in ``start``; raises ``Refusal``."""
    if text == OPEN.value:
        raise Refusal(
            "open-start",
            "a start cannot be open",
            "write `TBC` if it is not known, or the year or the decade that is",
        )
    return parse(text)


def parse_end(text: str) -> Written:
    """Read what stands in ``end``, which may be open; raises ``Refusal``."""
    return OPEN if text == OPEN.value else parse(text)


def parse_literal(text: str) -> Date | ClockTime:
    """Read a date or a time that stands for itself, not relative and known; raises ``Refusal``."""
    found = parse(text)
    if isinstance(found, Date | ClockTime):
        return found
    raise Refusal(
        "literal-date",
        f"`{text}` is not a date of its own",
        "write a day, month, year, or a time here; relative dates and `TBC` are not possible",
    )


def parse(text: str) -> Written:
    """Read any date but the open end; raises ``Refusal``."""
    if text == TBC.value:
        return TBC
    if offset.looks_relative(text) and not text.startswith("between "):
        return offset.parse(text)
    if (time := instant.parse(text)) is not None:
        return time
    if match := _BETWEEN.fullmatch(text):
        return _parse_between(text, match)
    try:
        return edtf.parse(text)
    except Refusal as refusal:
        if refusal.code == "date-syntax":
            raise _explain(text) from None
        raise


def _parse_between(text: str, match: re.Match[str]) -> Date | Between:
    first, last = (_parse_side(match, group) for group in (1, 2))
    if isinstance(first, Date) and isinstance(last, Date):
        return edtf.between(first, last)
    return Between(first, last, text)


def _parse_side(match: re.Match[str], group: int) -> Date | Relative:
    text = match[group]
    try:
        found = parse(text)
    except Refusal as refusal:
        start, stop = refusal.part or (0, len(text))
        part = (match.start(group) + start, match.start(group) + stop)
        raise Refusal(refusal.code, refusal.message, refusal.help, part) from None
    if isinstance(found, Relative) and not found.qualification:
        return found
    if isinstance(found, Date) and _is_plain(found):
        return found
    raise Refusal(
        "between-side",
        f"`{text}` cannot stand in a `between`",
        "write a day, a month, a year or a relative date on each side, without `?`, `~` or `%`",
        match.span(group),
    )


def _is_plain(value: Date) -> bool:
    plain = value.precision in _BETWEEN_SIDES and "X" not in value.text
    return plain and not value.qualification


def _explain(text: str) -> Refusal:
    """Say what is wrong with a text that is no date, and what its author may have meant."""
    if match := _INTERVAL.fullmatch(text):
        sides = [spelling.rewritten(match[group]) for group in (1, 2)]
        if all(_is_date(side) for side in sides):
            first, last = sides
            return Refusal(
                "interval",
                f"`{text}` is two dates, and may mean two things",
                f"for a span write `start: {first}` and `end: {last}`; "
                f"for one day, not known which, write `between {first} and {last}`",
            )
    if text[-1:] in ("?", "~", "%") and (text[:-1] == "TBC" or instant.parse(text[:-1])):
        return Refusal(
            "date-syntax",
            f"`{text[:-1]}` cannot be qualified by `{text[-1]}`",
            f"write `{text[:-1]}`; only dates without a time can be uncertain or approximate",
            (len(text) - 1, len(text)),
        )
    meant = [guess for guess in spelling.meant(text) if _is_date(guess) or guess == OPEN.value]
    if len(meant) > 1:
        readings = " or ".join(f"`{guess}`" for guess in meant)
        return Refusal("date-syntax", f"`{text}` is not a date", f"write {readings}")
    if meant:
        return Refusal("date-syntax", f"`{text}` is not a date", f"write `{meant[0]}`")
    return Refusal(
        "date-syntax",
        f"`{text}` is not a date",
        "write a day `2025-01-03`, a month `2025-01`, a year `2025`, a time `2025-01-03T09:00`, "
        "a relative date `other-event.end + 2 days`, or `TBC`",
    )


def _is_date(text: str) -> bool:
    try:
        parse(text) if not _INTERVAL.fullmatch(text) else edtf.parse(text)
    except Refusal:
        return False
    return True
