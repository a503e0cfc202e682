"""Explain why a text is not a date: what its author may have meant, and what to type.

Imported only when a text is rejected, because the patterns for what people write take longer to
compile than a file of ten events to read.
"""

from __future__ import annotations

import re
from enum import Enum

from timeline.dates.calendar_units import Date, NoSuchDate, OneSidedDate
from timeline.dates.clock_times import ClockTime, is_time_of_day
from timeline.dates.corrections.alternatives import describe_unlike, list_alternatives
from timeline.dates.corrections.day_ranges import (
    DAYS_EXAMPLE,
    explain_day_without_year,
    explain_range,
)
from timeline.dates.corrections.one_sided import explain_either
from timeline.dates.corrections.ordinal_weekdays import explain_ordinal_weekday
from timeline.dates.corrections.plain_text import plain_text
from timeline.dates.corrections.readings import (
    MAX_LENGTH,
    certain_reading,
    interval_weekdays,
    only_reading,
    possible_readings,
    read_duration,
    read_interval,
    read_time_of_day,
    vague_word,
    weekday_notes,
)
from timeline.dates.corrections.spreadsheets import explain_number
from timeline.dates.corrections.translations import in_english
from timeline.dates.corrections.unreadable import BETWEEN_TEXT, PATTERNS
from timeline.dates.corrections.vague import explain_vague
from timeline.dates.corrections.weekdays import with_weekday_notes
from timeline.dates.corrections.working_days import explain_working_days
from timeline.dates.grammar import (
    BETWEEN,
    ONE_SIDED,
    OPEN,
    TBC,
    is_between_side,
    is_bound,
    is_date,
    parse_date_expression,
    parse_single_date,
)
from timeline.dates.relative import EVENT_ID_PATTERN, RelativeDate
from timeline.diagnostics import Refusal, cited, rules


def is_never_literal(text: str) -> bool:
    """Return whether a text means a date that cannot be literal: ``tba``, ``ongoing``."""
    readings = possible_readings(text)
    values = [
        parse_date_expression(reading)
        for reading in readings
        if reading != OPEN.value and is_date(reading)
    ]
    return readings == [OPEN.value] or any(
        not isinstance(value, Date | OneSidedDate | ClockTime) for value in values
    )


def means_open(text: str) -> bool:
    """Return whether a text means an open end."""
    return possible_readings(text) == [OPEN.value]


class Expected(Enum):
    """What is expected in place of a text, and so may be suggested."""

    DATE = "any date"
    LITERAL = "a date or a time, neither relative nor `TBC`"
    LITERAL_DATE = "the same, but not a time"
    EARLIER_START = "a date or a time, or one with one known bound"
    INSTANCE = "the day or the time of an instance"
    DAY = "a known day"
    DAYS = "a known day, or a range of days"
    SERIES_DATE = "the day or the time of an instance, or a relative date"
    EXCLUDED = "the same, or a range of days"
    TIME = "a time"
    SIDE = "a side of a `between`"
    BOUND = "what follows `not before` and `not after`"


def explain_refusal(text: str, refusal: Refusal, expected: Expected = Expected.DATE) -> Refusal:
    """Return a refusal that says what the author may have meant, or else what is wrong.

    ``refusal`` is that of the grammar.
    """
    as_side = expected in (Expected.SIDE, Expected.BOUND)
    if not as_side:
        refusal = _explain_side(text, refusal)
        if interval := _explain_interval(text, expected):
            return with_weekday_notes(interval, interval_weekdays(text))
    if expected is Expected.DATE and (either := explain_either(text)):
        return either
    possible = [
        reading
        for reading in possible_readings(text)
        if _fits(reading, expected) and not _invents_offset(reading, text)
    ]
    if possible and (word := vague_word(text)):
        return explain_vague(text, word, possible[0], as_side=as_side)
    if possible:
        # A day that the calendar does not have may be a slip in any of its numbers.
        certain = certain_reading(text) if refusal.rule is not rules.NO_SUCH_DATE else None
        known = refusal.rule is not rules.DATE_SYNTAX
        meant = Refusal(
            refusal.rule,
            refusal.message if known else describe_unlike(text, possible),
            "write " + list_alternatives(text, possible),
            refusal.part if known else None,
            replacement=certain if possible == [certain] else None,
        )
        return with_weekday_notes(meant, interval_weekdays(text) if BETWEEN.match(text) else [])
    if refusal.rule is rules.DATE_SYNTAX and (unreal := _explain_unreal(text)):
        return unreal
    if missing := _explain_missing_weekday(text):
        return missing
    if expected in _KNOWN and refusal.rule in (rules.BETWEEN_SIDE, rules.EMPTY_BETWEEN):
        return _explain_unknown(text, expected)
    return (
        _explain_unknown(text, expected)
        if refusal.rule is rules.DATE_SYNTAX and not refusal.part
        else refusal
    )


_KNOWN = (
    *(Expected.INSTANCE, Expected.SERIES_DATE, Expected.EXCLUDED),
    *(Expected.DAY, Expected.DAYS, Expected.TIME),
)
"""Where a date must be known to the day, so that no longer unit and no ``between`` is suggested."""


_STARTS = (Expected.DATE, Expected.EARLIER_START)
"""Where a date may have one known bound."""


def _fits(reading: str, expected: Expected) -> bool:
    """Return whether a reading may be written where a date was expected."""
    if expected is Expected.SIDE:
        return is_between_side(reading)
    if expected is Expected.BOUND:
        return is_bound(reading)
    if reading.startswith("not ") and expected not in _STARTS:
        return False
    if expected not in _KNOWN or not is_date(reading):
        return is_date(reading)
    value = parse_date_expression(reading) if reading != OPEN.value else OPEN
    if isinstance(value, RelativeDate):
        return expected in (Expected.SERIES_DATE, Expected.EXCLUDED)
    if isinstance(value, ClockTime):
        return expected not in (Expected.DAY, Expected.DAYS)
    is_day = isinstance(value, Date) and value.is_day and not value.qualification
    return is_day and expected is not Expected.TIME


def _explain_side(text: str, refusal: Refusal) -> Refusal:
    """Return the refusal of a ``between`` with the explanation of the side that is not a date.

    The same of what follows ``not before`` and ``not after``.
    """
    for pattern, groups, rule, expected in _SIDES:
        match = pattern.fullmatch(text)
        if not match or refusal.rule is rule:
            continue
        for group in groups:
            try:
                parse_single_date(match[group])
            except Refusal as unread:
                return explain_refusal(match[group], unread, expected).at(*match.span(group))
    return refusal


_SIDES = (
    (BETWEEN, (1, 2), rules.BETWEEN_SIDE, Expected.SIDE),
    (ONE_SIDED, (2,), rules.ONE_BOUND, Expected.BOUND),
)
"""The dates that contain others: the groups of these, and the rule if one is a date, but not that
kind of date."""


def _explain_unreal(text: str) -> Refusal | None:
    """Refuse a text whose only reading is a day or time that does not exist: ``31 June 2025``."""
    readings = possible_readings(text)
    if len(readings) != 1:
        return None
    try:
        parse_date_expression(readings[0])
    except Refusal as unread:
        if isinstance(unread, NoSuchDate) and unread.text == readings[0]:
            return unread.cite(text)
        refusal = _explain_side(readings[0], unread)
        if refusal.rule in (rules.NO_SUCH_DATE, rules.NO_SUCH_TIME):
            return Refusal(refusal.rule, refusal.message, refusal.help)
    return None


def _explain_missing_weekday(text: str) -> Refusal | None:
    """Refuse ``fifth Monday of February 2027``, in any language, which does not exist."""
    plain = plain_text(text) if len(text) <= MAX_LENGTH else ""
    missing = map(explain_ordinal_weekday, (plain, *in_english(plain)))
    return next((refusal.cite(text) for refusal in missing if refusal), None)


def _invents_offset(reading: str, text: str) -> bool:
    """Return whether a dash between two times of day, which means "to", became an offset."""
    if re.search(r"(?:UTC|GMT) ?-", text, re.IGNORECASE):
        return False
    return re.search(_WEST_OF_UTC, reading) is not None and reading[-6:] not in text


_WEST_OF_UTC = r":\d\d-\d\d:\d\d\Z"


def _explain_interval(text: str, expected: Expected) -> Refusal | None:
    """Refuse a text that names two dates; ``None`` for another text."""
    pair = read_interval(text)
    if not pair or text.lower().startswith("between "):
        return None
    first, last = pair
    if not (is_date(first) and is_date(last)):
        return None
    if expected in _RANGES:
        return explain_range(text, first, last)
    if expected in _ONE_DATE:
        message = f"{cited(text)} is two dates, and one is expected here"
        return Refusal(rules.INTERVAL, message, _ONE_DATE[expected])
    if last == TBC.value or OPEN.value in pair:
        first = TBC.value if first == OPEN.value else first
        message = f"{cited(text)} is a span, which needs two keys"
        return Refusal(rules.INTERVAL, message, f"write `start: {first}` and `end: {last}`")
    bounds = first.removeprefix("not before "), last.removeprefix("not after ")
    if bounds[0] != first and bounds[1] != last:
        message = f"{cited(text)} has two bounds"
        return Refusal(rules.INTERVAL, message, f"write `between {bounds[0]} and {bounds[1]}`")
    if _is_reversed(first, last):
        message = f"the second date of {cited(text)} is before the first"
        help_ = f"for a span write `start: {last}` and `end: {first}`"
        return Refusal(rules.INTERVAL, message, help_)
    help_ = f"for a span write `start: {first}` and `end: {last}`"
    if is_date(either := f"between {first} and {last}"):
        help_ += f"; for one unknown day write `{either}`"
    message = f"{cited(text)} is two dates, and may mean two things"
    return Refusal(rules.INTERVAL, message, help_)


_RANGES = (Expected.DAYS, Expected.EXCLUDED)
"""Where a range of days may be written."""


def _is_reversed(first: str, last: str) -> bool:
    start, end = parse_date_expression(first), parse_date_expression(last)
    if isinstance(start, ClockTime) and isinstance(end, ClockTime):
        return start.zone == end.zone and start.wall > end.wall
    return isinstance(start, Date) and isinstance(end, Date) and start.earliest > end.latest


_UNITS = ("a day `2025-01-03`", "a month `2025-01`", "a year `2025`")
_KNOWN_DATES = {
    Expected.DATE: (*_UNITS, "a time `2025-01-03T09:00`"),
    Expected.SIDE: (*_UNITS, "a time `2025-01-03T09:00`"),
    Expected.BOUND: (*_UNITS, "a quarter `2025-Q1`"),
}
"""The forms of a known date, where a relative one is possible, too."""
_ONE_DATE = {
    Expected.LITERAL_DATE: "write one date",
    Expected.DAY: "write one day",
    Expected.DAYS: "write each day as a separate item",
    Expected.TIME: "write one time",
    Expected.INSTANCE: "write each instance separately, by its day or its time",
    Expected.SERIES_DATE: "write each instance separately, by its day or its time",
    Expected.EXCLUDED: "write each instance separately, by its day or its time, or a range of days "
    "such as `2025-01-03..2025-01-17`",
}
"""The help for several dates where there are no keys for a span."""
_LITERALS = {
    Expected.LITERAL: "write a day such as `2025-01-03`, a month, a year or a time",
    Expected.EARLIER_START: "write a day such as `2025-01-03`, a month, a year or a time",
    Expected.INSTANCE: "write a day such as `2025-01-03`, or a time",
    Expected.SERIES_DATE: "write a day such as `2025-01-03`, a time, or a relative date such as "
    "`other-event.end`",
    Expected.EXCLUDED: "write a day such as `2025-01-03`, a time, a range such as "
    "`2025-01-03..2025-01-17`, or a relative date such as `other-event.end`",
    Expected.DAY: "write a day such as `2025-01-03`",
    Expected.DAYS: DAYS_EXAMPLE,
    Expected.TIME: "write a time such as `2025-01-03T09:00`",
    Expected.LITERAL_DATE: "write a day such as `2025-01-03`, a month or a year",
}
_ID_AND_TERMS = rf"({EVENT_ID_PATTERN})( [-+] .+)?"


def _explain_unknown(text: str, expected: Expected) -> Refusal:
    """Refuse a text that has no reading."""
    if text[-1:] in ("?", "~", "%") and is_date(text[:-1]):
        before, mark, better = text[-2], text[-1], text[:-1]
        if before in "?~%" and before != mark:
            better = f"{text[:-2]}%"
        return Refusal(
            rules.DATE_SYNTAX,
            f"{cited(text[:-1])} cannot be qualified by `{mark}`",
            f"write `{better}`; a date has one mark, and `%` means both `?` and `~`",
            (len(text) - 1, len(text)),
        )
    if (clock := read_time_of_day(text)) and is_time_of_day(clock):
        message = f"{cited(text)} is a time of day without a day"
        return Refusal(
            rules.DATE_SYNTAX, message, f"write the day first, such as `2025-01-03T{clock}`"
        )
    if (length := read_duration(text)) and expected is Expected.DATE:
        help_ = f"write `duration: {length}` beside the `start`"
        return Refusal(rules.DATE_SYNTAX, f"{cited(text)} is a duration, not a date", help_)
    if (working := explain_working_days(text)) and expected is Expected.DATE:
        return working
    if several := _explain_several(text, expected):
        return several
    if number := explain_number(text, lambda reading: _fits(reading, expected)):
        return number
    if expected in _RANGES and (yearly := explain_day_without_year(text)):
        return yearly
    if (word := vague_word(text)) and expected not in _KNOWN:
        help_ = "write a year, a quarter, a month, or `between A and B`"
        message = f"{cited(text)} is vague: dates have no notation for `{word}`"
        return Refusal(rules.DATE_SYNTAX, message, help_)
    for pattern, rule, message, help_ in PATTERNS:
        if expected in _KNOWN and pattern == BETWEEN_TEXT:
            continue
        if re.fullmatch(pattern, text, re.ASCII | re.IGNORECASE):
            return Refusal(rule, message.format(cited(text)), help_)
    message = f"{cited(text)} is not a date"
    if expected in _LITERALS:
        return Refusal(rules.DATE_SYNTAX, message, _LITERALS[expected])
    return _explain_not_literal(text, expected) or Refusal(
        rules.DATE_SYNTAX,
        message,
        _list_forms(expected, "a relative date `other-event.end + 2 days`"),
    )


def _list_forms(expected: Expected, *relative: str) -> str:
    """Return the help that lists the forms of a date, with `TBC` where that is possible."""
    unknown = ["`TBC`"] if expected is Expected.DATE else []
    *forms, last = (*_KNOWN_DATES[expected], *relative, *unknown)
    comma = "," if relative else ""
    return f"write {', '.join(forms)}{comma} or {last}"


def _explain_not_literal(text: str, expected: Expected) -> Refusal | None:
    """Refuse a text that begins with ``TBC``, or that may be the id of an event; else ``None``."""
    if re.match("TBC", text, re.IGNORECASE):
        message = f"{cited(text)} is not a date: `TBC` cannot be combined with other text"
        return Refusal(
            rules.DATE_SYNTAX, message, "write `TBC` without anything before or after it"
        )
    if (match := re.fullmatch(_ID_AND_TERMS, text, re.ASCII)) and not text[0].isdigit():
        start, end = (f"{match[1]}.{edge}{match[2] or ''}" for edge in ("start", "end"))
        return Refusal(
            rules.DATE_SYNTAX,
            f"{cited(text)} is not a date",
            f"if it is an event, write `{start}` or `{end}`; otherwise {_list_forms(expected)}",
        )
    return None


def _explain_several(text: str, expected: Expected) -> Refusal | None:
    """Refuse dates in a row, ``2025-01-03, 2025-01-05``, and say how to write them."""
    if len(text) > MAX_LENGTH:
        return None
    texts = [part.strip() for part in re.split("[,;&]", text)]
    parts = [only_reading(part) for part in texts]
    if len(parts) < 2 or not all(part != OPEN.value and is_date(part) for part in parts):
        return None
    first, *others = parts
    values = [parse_date_expression(part) for part in parts]
    if expected in _ONE_DATE:
        message = f"{cited(text)} is {len(parts)} dates, and one is expected here"
        return Refusal(rules.INTERVAL, message, _ONE_DATE[expected])
    help_ = f"for a span write `start: {first}` and `end: {others[-1]}`"
    if expected is Expected.DATE and all(
        isinstance(value, ClockTime) or (isinstance(value, Date) and value.is_day)
        for value in values
    ):
        rdate = f"`rdate: [{', '.join(others)}]`"
        help_ += f"; if it happens on each of them, write `start: {first}` and {rdate}"
    message = f"{cited(text)} is {len(parts)} dates, and an event has one start and one end"
    return with_weekday_notes(Refusal(rules.INTERVAL, message, help_), weekday_notes(texts, parts))
