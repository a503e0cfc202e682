"""Explain texts that name one bound of a date: ``before 2027-06``, ``from 2027``, ``by June 2027``.

These have two readings each, and the days that are possible differ, so none is suggested alone.
Phrases with one reading, such as ``no earlier than``, are in `readings`.
"""

from __future__ import annotations

import re

from timeline.dates.arithmetic import shift_date
from timeline.dates.calendar_units import Date, Precision
from timeline.dates.corrections.plain_text import plain_text
from timeline.dates.corrections.readings import MAX_LENGTH, one_sided_readings, only_reading
from timeline.dates.durations import Duration
from timeline.dates.grammar import is_bound, parse_single_date
from timeline.diagnostics import Refusal, cited, rules

_EITHER = tuple(
    (re.compile(pattern, re.IGNORECASE), word)
    for pattern, word in (
        (r"(?:before|prior to|earlier than|<) ?(.+)", "before"),
        (r"(?:after|later than|>) ?(.+)", "after"),
        (r"by (.+)", "by"),
        (r"(?:as |starting )?from (.+)", "from"),
        (r"(?:until|till|up to|\.\.+|\.\./|/) ?(.+)", "until"),
    )
)


def explain_either(text: str) -> Refusal | None:
    """Refuse a start whose text has one bound and two readings, and show both."""
    word, bound = _word_and_bound(text)
    if not word or not is_bound(bound):
        return None
    if word in _SPANS:
        side, start, end = _SPANS[word]
        keys = f"`start: {start.format(bound)}` and `end: {end.format(bound)}`"
        help_ = f"for one unknown day write `{side} {bound}`; for a span write {keys}"
    else:
        side, sign = ("not before", 1) if word == "after" else ("not after", -1)
        try:
            exclusive = _next_to(bound, sign)
        except Refusal:  # there are no such years
            return None
        help_ = f"write `{side} {exclusive}`, or `{side} {bound}` if `{bound}` is possible, too"
    return Refusal(rules.DATE_SYNTAX, f"{cited(text)} may mean two things", help_)


_SPANS = {"from": ("not before", "{}", ".."), "until": ("not after", "TBC", "{}")}
"""Words that may also mean a span: the words for one day, and the start and the end of the span."""


def explain_end(text: str) -> Refusal | None:
    """Refuse an end whose text has one bound; ``None`` for another text."""
    word, bound = _word_and_bound(text)
    if word in ("by", "until") and is_bound(bound):
        message = f"dates are not written like {cited(text)}"
        return Refusal(rules.DATE_SYNTAX, message, f"write `{bound}`")
    is_either = word in ("before", "after") and is_bound(bound)
    return one_sided_end(text) if is_either or one_sided_readings(_plain(text)) else None


def one_sided_end(text: str) -> Refusal:
    """Return the refusal of an end with one known bound."""
    return Refusal(
        rules.ONE_BOUND,
        f"{cited(text)} is not possible as an end: only a `start` may have one known bound",
        "write `between A and B` if both bounds are known, otherwise `TBC`",
    )


def _plain(text: str) -> str:
    return plain_text(text) if len(text) <= MAX_LENGTH else ""


def _word_and_bound(text: str) -> tuple[str, str]:
    """Return the word before a date and the date in the notation of the file, else two ``""``."""
    plain = _plain(text)
    for pattern, word in _EITHER:
        if match := pattern.fullmatch(plain):
            return word, only_reading(match[1])
    return "", ""


_STEPS = {
    Precision.DAY: Duration(days=1),
    Precision.MONTH: Duration(months=1),
    Precision.QUARTER: Duration(months=3),
    Precision.YEAR: Duration(years=1),
}


def _next_to(bound: str, sign: int) -> str:
    """Return the next day, month, quarter or year, or the previous one with a negative sign."""
    value = parse_single_date(bound)
    if not isinstance(value, Date):
        return f"{bound} {'+' if sign > 0 else '-'} 1 day"
    step = _STEPS[value.precision]
    return shift_date(value, step if sign > 0 else -step).text
