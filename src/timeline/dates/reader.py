"""What may stand in ``start`` and ``end``: the one grammar of dates, as written.

Dates (``edtf``), times (``instant``), relative dates (``offset``), ``between A and B``, ``TBC``
and the open end ``..``. The grammar as EBNF is in ``docs/dates.md``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeGuard

from timeline._lazy import regex
from timeline._records import dataclass
from timeline.dates import edtf, instants, relative
from timeline.dates.edtf import Date, Precision, Qualification
from timeline.dates.instants import ClockTime
from timeline.dates.relative import Relative
from timeline.diagnostics import rules
from timeline.diagnostics.model import Refusal, cited

if TYPE_CHECKING:
    from collections.abc import Callable


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

_DAY = regex(r"\d{4}-\d\d-\d\d", re.ASCII)
_BETWEEN = regex(r"between (.+?) and (.+)")
_BETWEEN_SIDES = (Precision.DAY, Precision.MONTH, Precision.YEAR)


def parse_start(text: str) -> Written:
    """Read what stands in ``start``; raises ``Refusal``."""
    try:
        return parse(text)
    except Refusal:
        if text != OPEN.value and not _means_open(text):
            raise
    raise Refusal(
        rules.OPEN_START,
        "a start cannot be open",
        "write `TBC` if it is not known, or the year or the decade that is",
    )


def parse_end(text: str) -> Written:
    """Read what stands in ``end``, which may be open; raises ``Refusal``."""
    return OPEN if text == OPEN.value else parse(text)


def parse_literal(text: str) -> Date | ClockTime:
    """Read a date or a time that stands for itself, not relative and known; raises ``Refusal``."""
    try:
        found = OPEN if text == OPEN.value else parse(text)
    except Refusal as refusal:
        if refusal.rule is rules.EMPTY_VALUE:
            raise refusal.with_help("leave it out") from None
        if not _is_never_literal(text):
            raise
        found = OPEN
    if isinstance(found, Date | ClockTime):
        return found
    raise Refusal(
        rules.LITERAL_DATE,
        f"{cited(text)} is not a date of its own",
        "write a day, month, year, or a time here; relative dates, `TBC` and `..` are not possible",
    )


def parse_day(text: str) -> str:
    """Read a day that is known and gives it back; raises ``Refusal``."""
    found = parse_literal(text)
    if isinstance(found, Date) and found.precision is Precision.DAY and not found.qualification:
        return text
    raise Refusal(
        rules.DATE_SYNTAX, f"{cited(text)} is not a day", "write a day such as `2025-01-03`"
    )


def parse(text: str) -> Written:
    """Read any date but the open end; raises ``Refusal``."""
    try:
        return _read(text)
    except Refusal as refusal:
        if not text.strip():
            hint = "write `TBC` if the date is not known yet"
            raise Refusal(rules.EMPTY_VALUE, "there is nothing in this text", hint) from None
        raise _explained(text, refusal) from None


@lru_cache(4096)  # ten years of days, of which most files have fewer
def _read(text: str) -> Written:
    if text.startswith("between ") and (match := _BETWEEN.fullmatch(text)):
        return _between(text, match)
    return _read_one(text)


def _read_one(text: str) -> Date | ClockTime | Relative | NoDate:
    if _DAY.fullmatch(text):
        return edtf.parse(text)  # nearly all there are
    if text == TBC.value:
        return TBC
    if relative.looks_relative(text):
        return relative.parse(text)
    return instants.parse(text) or edtf.parse(text)


def _between(text: str, match: re.Match[str]) -> Date | Between:
    first, last = (_side(match, group) for group in (1, 2))
    if isinstance(first, Date) and isinstance(last, Date):
        return edtf.between(first, last)
    return Between(first, last, text)


def _side(match: re.Match[str], group: int) -> Date | Relative:
    text = match[group]
    try:
        found = _read_one(text)  # and not `_read`: a `between` in a `between` could nest for ever
    except Refusal as refusal:
        raise _explained(text, refusal, _is_side).at(*match.span(group)) from None
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


def _may_be_side(found: Written) -> TypeGuard[Date | Relative]:
    if isinstance(found, Relative):
        return not found.qualification and found.clock is None
    if not isinstance(found, Date) or found.qualification or "X" in found.text:
        return False
    return found.precision in _BETWEEN_SIDES


# What to say of a text that is no date. What people write for dates is imported here, where it is
# asked for: its patterns take longer to compile than a file of ten events to read.


def _is_never_literal(text: str) -> bool:
    """Whether a text means a date, but none that stands for itself: ``tba``, ``ongoing``."""
    from timeline.dates import readings as spelling

    meant = spelling.meant(text)
    dates = [_read(each) for each in meant if each != OPEN.value and _is_date(each)]
    return meant == [OPEN.value] or any(not isinstance(one, Date | ClockTime) for one in dates)


def _means_open(text: str) -> bool:
    from timeline.dates import readings as spelling

    return spelling.meant(text) == [OPEN.value]


def _explained(text: str, refusal: Refusal, fits: Callable[[str], bool] | None = None) -> Refusal:
    """Say what the author may have meant that ``fits``; where nothing is known, what is wrong."""
    from timeline.dates import readings as spelling

    if not fits and (pair := _pair(text)):
        return Refusal(rules.INTERVAL, *pair)
    readings = [
        reading
        for reading in spelling.meant(text)
        if (fits or _is_date)(reading) and not _invents_offset(reading, text)
    ]
    if readings and (word := spelling.vague(text)):
        return _vague(text, word, readings[0], is_side=fits is not None)
    if readings:
        # A day that the calendar does not have may be a slip in any of its numbers.
        certain = spelling.certain(text) if refusal.rule is not rules.NO_SUCH_DATE else None
        known = refusal.rule is not rules.DATE_SYNTAX
        several = len(readings) > 1
        message = f"{cited(text)} may mean two things" if several else _UNLIKE.format(cited(text))
        return Refusal(
            refusal.rule,
            refusal.message if known else message,
            "write " + " or ".join(f"`{reading}`{_hemisphere(reading)}" for reading in readings),
            refusal.part if known else None,
            replacement=certain if readings == [certain] else None,
        )
    if refusal.rule is rules.DATE_SYNTAX and (unreal := _unreal(text)):
        return unreal
    return _hint(text) if refusal.rule is rules.DATE_SYNTAX and not refusal.part else refusal


def _unreal(text: str) -> Refusal | None:
    """Say that the only day or time that a text may mean, ``31 June 2025``, does not exist."""
    from timeline.dates import readings as spelling

    meant = spelling.meant(text)
    if len(meant) != 1:
        return None
    try:
        _read(meant[0])
    except Refusal as refusal:
        if refusal.rule in (rules.NO_SUCH_DATE, rules.NO_SUCH_TIME):
            message = refusal.message.replace(f"`{meant[0]}`", cited(text))
            return Refusal(refusal.rule, message, refusal.help)
    return None


def _invents_offset(reading: str, text: str) -> bool:
    """Say whether a dash between two clocks has become an offset: it was meant as "to"."""
    return re.search(_WEST_OF_UTC, reading) is not None and reading[-6:] not in text


_WEST_OF_UTC = r":\d\d-\d\d:\d\d\Z"
_UNLIKE = "dates are not written like {}"


def _vague(text: str, word: str, reading: str, *, is_side: bool) -> Refusal:
    """Say how to write ``early 2025``, of which ``reading`` is the date that it is a part of."""
    which = _PARTS[word]
    found, parts = _read(reading), ""
    if isinstance(found, Date) and not found.qualification and not is_side:
        year, last = reading[:4], found.latest.day
        if found.precision is Precision.YEAR:
            months = ("01", "04"), ("05", "08"), ("09", "12")
            parts = f"between {year}-{months[which][0]} and {year}-{months[which][1]}"
        elif found.precision is Precision.MONTH:
            days = ("01", "10"), ("11", "20"), ("21", str(last))
            parts = f"between {reading}-{days[which][0]} and {reading}-{days[which][1]}"
    return Refusal(
        rules.DATE_SYNTAX,
        f"{cited(text)} is vague, and no date can say `{word}`",
        f"write `{reading}`, or as much as is known"
        + (f", such as `{parts}`" if parts else ", the month or the day"),
    )


_PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}


def _pair(text: str) -> tuple[str, str] | None:
    """Say what is wrong with a text that names two dates, and what to type."""
    from timeline.dates import readings as spelling

    found = spelling.interval(text)
    if not found or text.lower().startswith("between "):
        return None
    first, last = found
    if last == TBC.value or OPEN.value in found:
        first = TBC.value if first == OPEN.value else first
        message = f"{cited(text)} is a span, which is two keys here"
        readable = _is_date(first) and _is_date(last)
        return (message, f"write `start: {first}` and `end: {last}`") if readable else None
    if not (_is_date(first) and _is_date(last)):
        return None
    if _is_reversed(first, last):
        message = f"the second date of {cited(text)} is before the first"
        return message, f"for a span write `start: {last}` and `end: {first}`"
    help_ = f"for a span write `start: {first}` and `end: {last}`"
    if _is_date(either := f"between {first} and {last}"):
        help_ += f"; for one day, not known which, write `{either}`"
    return f"{cited(text)} is two dates, and may mean two things", help_


def _is_reversed(first: str, last: str) -> bool:
    start, end = _read(first), _read(last)
    if isinstance(start, ClockTime) and isinstance(end, ClockTime):
        return start.zone == end.zone and start.wall > end.wall
    return isinstance(start, Date) and isinstance(end, Date) and start.earliest > end.latest


def _hemisphere(text: str) -> str:
    found = _read(text) if text != OPEN.value else None
    if not isinstance(found, Date) or found.precision is not Precision.SEASON:
        return ""
    return " (northern)" if int(found.text[5:]) < 29 else " (southern)"


def _is_date(text: str) -> bool:
    if text == OPEN.value:
        return True
    try:
        _read(text)
    except Refusal:
        return False
    return True


def _is_side(text: str) -> bool:
    try:
        return _may_be_side(_read_one(text))
    except Refusal:
        return False


_EXPECTED = (
    "write a day `2025-01-03`, a month `2025-01`, a year `2025`, a time `2025-01-03T09:00`, "
    "a relative date `other-event.end + 2 days`, or `TBC`"
)
_ID_AND_TERMS = rf"({relative.ID})( [-+] .+)?"
_HINTS = (
    (
        r"Y-?\d+.*|-\d{4}.*|\d{5,}(-[\dXQHW].*)?",
        rules.YEAR_RANGE,
        "{} is not within the years 0002 to 9998",
        "years have four digits; a date outside of them can be told in `description`",
    ),
    (
        r"between\b.*",
        rules.DATE_SYNTAX,
        "{} does not name two dates",
        "write `between A and B` with a day, a month, a year or a relative date on each side",
    ),
    (
        r"[\[{].*[\]}]",
        rules.DATE_SYNTAX,
        "{} is a set of dates, and an event has one",
        "write one event for each, or `between A and B`",
    ),
    (
        r"TBC.*",
        rules.DATE_SYNTAX,
        "{} is not a date, and `TBC` stands alone",
        "write `TBC` without anything before or after it",
    ),
    (
        r"T?\d\d:\d\d.*|T\d\d",
        rules.DATE_SYNTAX,
        "{} is a time of day without a day",
        "write the day before it, like `2025-01-03T09:00`",
    ),
    (
        r"today|tomorrow|yesterday|(next|last|this) \w+",
        rules.DATE_SYNTAX,
        "{} depends on the day it is read",
        "write the day, the month or the year itself, like `2025-01-03`",
    ),
    (
        r"[\dX]{4}(-[\dX]{2}){0,2}",
        rules.DATE_SYNTAX,
        "`X` can only stand for the last digits in {}",
        "write `202X`, `20XX`, `2025-XX`, `2025-01-XX` or `2025-XX-XX`",
    ),
    (
        r"\d\d?[/.-]\d\d?[/.-]\d\d",
        rules.DATE_SYNTAX,
        "{} does not have a year of four digits",
        "write the year first, then the month and the day, like `2025-01-03`",
    ),
    (
        r".*:\d\d[.,]\d+(Z|[+-].*)?",
        rules.DATE_SYNTAX,
        "{} is not a date; fractions of a second are not possible",
        "write a time like `2025-01-03T09:00:30`",
    ),
)


def _hint(text: str) -> Refusal:
    """Say what is wrong with a text of which no reading is known."""
    from timeline.dates import readings as spelling

    if text[-1:] in ("?", "~", "%") and _is_date(text[:-1]):
        return Refusal(
            rules.DATE_SYNTAX,
            f"{cited(text[:-1])} cannot be qualified by `{text[-1]}`",
            f"write `{text[:-1]}`; only dates without a time can be uncertain or approximate",
            (len(text) - 1, len(text)),
        )
    if (clock := spelling.clock(text)) and clock < "24":
        message = f"{cited(text)} is a time of day without a day"
        return Refusal(rules.DATE_SYNTAX, message, f"write the day before it: `2025-01-03T{clock}`")
    if length := spelling.length(text):
        hint = f"write `duration: {length}` beside the `start`"
        return Refusal(rules.DATE_SYNTAX, f"{cited(text)} is a length of time and not a date", hint)
    if several := _several(text):
        return several
    if word := spelling.vague(text):
        hint = "write a year, a quarter, a month, or `between A and B`"
        message = f"{cited(text)} is vague, and no date can say `{word}`"
        return Refusal(rules.DATE_SYNTAX, message, hint)
    for pattern, rule, message, help_ in _HINTS:
        if re.fullmatch(pattern, text, re.ASCII | re.IGNORECASE):
            return Refusal(rule, message.format(cited(text)), help_)
    if (match := re.fullmatch(_ID_AND_TERMS, text, re.ASCII)) and not text[0].isdigit():
        start, end = (f"{match[1]}.{edge}{match[2] or ''}" for edge in ("start", "end"))
        return Refusal(
            rules.DATE_SYNTAX,
            f"{cited(text)} is not a date",
            f"if it is an event, write `{start}` or `{end}`; otherwise "
            + _EXPECTED.removesuffix(", a relative date `other-event.end + 2 days`, or `TBC`")
            + " or `TBC`",
        )
    return Refusal(rules.DATE_SYNTAX, f"{cited(text)} is not a date", _EXPECTED)


def _several(text: str) -> Refusal | None:
    """Say how to write dates in a row, ``2025-01-03, 2025-01-05``."""
    from timeline.dates import readings as spelling

    if len(text) > spelling.LONGEST:
        return None
    parts = [spelling.rewritten(part.strip()) for part in re.split("[,;&]", text)]
    if len(parts) < 2 or not all(part != OPEN.value and _is_date(part) for part in parts):
        return None
    first, *others = parts
    found = [_read(part) for part in parts]
    hint = f"for a span write `start: {first}` and `end: {others[-1]}`"
    if all(isinstance(one, ClockTime) or (isinstance(one, Date) and one.is_day) for one in found):
        hint += (
            f"; if it happens on each, write `start: {first}` and `rdate: [{', '.join(others)}]`"
        )
    message = f"{cited(text)} is {len(parts)} dates, and an event has one start and one end"
    return Refusal(rules.INTERVAL, message, hint)
