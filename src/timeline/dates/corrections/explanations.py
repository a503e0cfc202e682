"""What to say of a text that is not a date: what its author may have meant, and what to type.

It is imported where a text was refused. What people write for dates needs patterns that take
longer to compile than a file of ten events to read.
"""

from __future__ import annotations

import re
from enum import Enum

from timeline.dates.corrections.readings import (
    MAX_LENGTH,
    certain_reading,
    only_reading,
    possible_readings,
    read_duration,
    read_interval,
    read_time_of_day,
    vague_word,
)
from timeline.dates.edtf import Date, NoSuchDate, Precision
from timeline.dates.grammar import (
    BETWEEN,
    OPEN,
    TBC,
    is_between_side,
    is_date,
    read_date_expression,
    read_single_date,
)
from timeline.dates.instants import ClockTime
from timeline.dates.relative import ID_PATTERN
from timeline.diagnostics import Refusal, cited, rules


def is_never_literal(text: str) -> bool:
    """Whether a text means a date, but none that stands for itself: ``tba``, ``ongoing``."""
    meant = possible_readings(text)
    dates = [read_date_expression(each) for each in meant if each != OPEN.value and is_date(each)]
    return meant == [OPEN.value] or any(not isinstance(one, Date | ClockTime) for one in dates)


def means_open(text: str) -> bool:
    """Return whether a text means an end that is open."""
    return possible_readings(text) == [OPEN.value]


class Expected(Enum):
    """What is expected in place of a text, and so may be suggested."""

    DATE = "any date"
    LITERAL = "a date or a time, neither relative nor `TBC`"
    LITERAL_DATE = "the same, but not a time"
    SIDE = "a side of a `between`"


def explain_refusal(text: str, refusal: Refusal, expected: Expected = Expected.DATE) -> Refusal:
    """Return the refusal with what the author may have meant, or else with what is wrong."""
    as_side = expected is Expected.SIDE
    if not as_side:
        refusal = _explain_side(text, refusal)
        if pair := _explain_interval(text):
            return Refusal(rules.INTERVAL, *pair)
    fits = is_between_side if as_side else is_date
    possible = [
        reading
        for reading in possible_readings(text)
        if fits(reading) and not _invents_offset(reading, text)
    ]
    if possible and (word := vague_word(text)):
        return _explain_vague(text, word, possible[0], as_side=as_side)
    if possible:
        # A day that the calendar does not have may be a slip in any of its numbers.
        certain = certain_reading(text) if refusal.rule is not rules.NO_SUCH_DATE else None
        known = refusal.rule is not rules.DATE_SYNTAX
        several = len(possible) > 1
        message = f"{cited(text)} may mean two things" if several else _UNLIKE.format(cited(text))
        return Refusal(
            refusal.rule,
            refusal.message if known else message,
            "write " + " or ".join(f"`{reading}`{_hemisphere(reading)}" for reading in possible),
            refusal.part if known else None,
            replacement=certain if possible == [certain] else None,
        )
    if refusal.rule is rules.DATE_SYNTAX and (unreal := _explain_unreal(text)):
        return unreal
    return (
        _explain_unknown(text, expected)
        if refusal.rule is rules.DATE_SYNTAX and not refusal.part
        else refusal
    )


def _explain_side(text: str, refusal: Refusal) -> Refusal:
    """Return the refusal of a ``between`` with the explanation of the side that is not a date."""
    match = BETWEEN.fullmatch(text)
    if not match or refusal.rule is rules.BETWEEN_SIDE:
        return refusal
    for group in (1, 2):
        side = match[group]
        try:
            read_single_date(side)
        except Refusal as unread:
            return explain_refusal(side, unread, Expected.SIDE).at(*match.span(group))
    return refusal


def _explain_unreal(text: str) -> Refusal | None:
    """Say that the only day or time that a text may mean, ``31 June 2025``, does not exist."""
    meant = possible_readings(text)
    if len(meant) != 1:
        return None
    try:
        read_date_expression(meant[0])
    except Refusal as unread:
        refusal = _explain_side(meant[0], unread)
        if isinstance(refusal, NoSuchDate) and refusal.text == meant[0]:
            return NoSuchDate(text, refusal.help, refusal.why)
        if refusal.rule in (rules.NO_SUCH_DATE, rules.NO_SUCH_TIME):
            return Refusal(refusal.rule, refusal.message, refusal.help)
    return None


def _invents_offset(reading: str, text: str) -> bool:
    """Say whether a dash between two clocks has become an offset: it was meant as "to"."""
    return re.search(_WEST_OF_UTC, reading) is not None and reading[-6:] not in text


_WEST_OF_UTC = r":\d\d-\d\d:\d\d\Z"
_UNLIKE = "dates are not written like {}"


def _explain_vague(text: str, word: str, reading: str, *, as_side: bool) -> Refusal:
    """Say how to write ``early 2025``, of which ``reading`` is the date that it is a part of."""
    which = _PARTS[word]
    found, parts = read_date_expression(reading), ""
    if isinstance(found, Date) and not found.qualification and not as_side:
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


def _explain_interval(text: str) -> tuple[str, str] | None:
    """Say what is wrong with a text that names two dates, and what to type."""
    found = read_interval(text)
    if not found or text.lower().startswith("between "):
        return None
    first, last = found
    if last == TBC.value or OPEN.value in found:
        first = TBC.value if first == OPEN.value else first
        message = f"{cited(text)} is a span, which is two keys here"
        readable = is_date(first) and is_date(last)
        return (message, f"write `start: {first}` and `end: {last}`") if readable else None
    if not (is_date(first) and is_date(last)):
        return None
    if _is_reversed(first, last):
        message = f"the second date of {cited(text)} is before the first"
        return message, f"for a span write `start: {last}` and `end: {first}`"
    help_ = f"for a span write `start: {first}` and `end: {last}`"
    if is_date(either := f"between {first} and {last}"):
        help_ += f"; for one day, not known which, write `{either}`"
    return f"{cited(text)} is two dates, and may mean two things", help_


def _is_reversed(first: str, last: str) -> bool:
    start, end = read_date_expression(first), read_date_expression(last)
    if isinstance(start, ClockTime) and isinstance(end, ClockTime):
        return start.zone == end.zone and start.wall > end.wall
    return isinstance(start, Date) and isinstance(end, Date) and start.earliest > end.latest


def _hemisphere(text: str) -> str:
    found = read_date_expression(text) if text != OPEN.value else None
    if not isinstance(found, Date) or found.precision is not Precision.SEASON:
        return ""
    return " (northern)" if int(found.text[5:]) < 29 else " (southern)"


_EXPECTED_KNOWN = (
    "write a day `2025-01-03`, a month `2025-01`, a year `2025`, a time `2025-01-03T09:00`"
)
_LITERALS = {
    Expected.LITERAL: "write a day such as `2025-01-03`, a month, a year or a time",
    Expected.LITERAL_DATE: "write a day such as `2025-01-03`, a month or a year",
}
_ID_AND_TERMS = rf"({ID_PATTERN})( [-+] .+)?"
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


def _explain_unknown(text: str, expected: Expected) -> Refusal:
    """Say what is wrong with a text of which no reading is known."""
    if text[-1:] in ("?", "~", "%") and is_date(text[:-1]):
        return Refusal(
            rules.DATE_SYNTAX,
            f"{cited(text[:-1])} cannot be qualified by `{text[-1]}`",
            f"write `{text[:-1]}`; only dates without a time can be uncertain or approximate",
            (len(text) - 1, len(text)),
        )
    if (clock := read_time_of_day(text)) and clock < "24":
        message = f"{cited(text)} is a time of day without a day"
        return Refusal(rules.DATE_SYNTAX, message, f"write the day before it: `2025-01-03T{clock}`")
    if length := read_duration(text):
        hint = f"write `duration: {length}` beside the `start`"
        return Refusal(rules.DATE_SYNTAX, f"{cited(text)} is a length of time and not a date", hint)
    if several := _explain_several(text):
        return several
    if word := vague_word(text):
        hint = "write a year, a quarter, a month, or `between A and B`"
        message = f"{cited(text)} is vague, and no date can say `{word}`"
        return Refusal(rules.DATE_SYNTAX, message, hint)
    for pattern, rule, message, help_ in _HINTS:
        if re.fullmatch(pattern, text, re.ASCII | re.IGNORECASE):
            return Refusal(rule, message.format(cited(text)), help_)
    message = f"{cited(text)} is not a date"
    if expected in _LITERALS:
        return Refusal(rules.DATE_SYNTAX, message, _LITERALS[expected])
    return _explain_not_literal(text) or Refusal(
        rules.DATE_SYNTAX,
        message,
        f"{_EXPECTED_KNOWN}, a relative date `other-event.end + 2 days`, or `TBC`",
    )


def _explain_not_literal(text: str) -> Refusal | None:
    """Say how to write a text that begins with `TBC`, or that may be the id of an event."""
    if re.match("TBC", text, re.IGNORECASE):
        message = f"{cited(text)} is not a date, and `TBC` stands alone"
        return Refusal(
            rules.DATE_SYNTAX, message, "write `TBC` without anything before or after it"
        )
    if (match := re.fullmatch(_ID_AND_TERMS, text, re.ASCII)) and not text[0].isdigit():
        start, end = (f"{match[1]}.{edge}{match[2] or ''}" for edge in ("start", "end"))
        return Refusal(
            rules.DATE_SYNTAX,
            f"{cited(text)} is not a date",
            f"if it is an event, write `{start}` or `{end}`; otherwise {_EXPECTED_KNOWN} or `TBC`",
        )
    return None


def _explain_several(text: str) -> Refusal | None:
    """Say how to write dates in a row, ``2025-01-03, 2025-01-05``."""
    if len(text) > MAX_LENGTH:
        return None
    parts = [only_reading(part.strip()) for part in re.split("[,;&]", text)]
    if len(parts) < 2 or not all(part != OPEN.value and is_date(part) for part in parts):
        return None
    first, *others = parts
    found = [read_date_expression(part) for part in parts]
    hint = f"for a span write `start: {first}` and `end: {others[-1]}`"
    if all(isinstance(one, ClockTime) or (isinstance(one, Date) and one.is_day) for one in found):
        hint += (
            f"; if it happens on each, write `start: {first}` and `rdate: [{', '.join(others)}]`"
        )
    message = f"{cited(text)} is {len(parts)} dates, and an event has one start and one end"
    return Refusal(rules.INTERVAL, message, hint)
