"""Explain texts that name one bound of a date: ``before 2027-06``, ``from 2027``, ``by June 2027``.

These have two readings each, and the days that are possible differ, so none is suggested alone.
The words are in `bounds`, and phrases with one reading, such as ``no earlier than``, in `readings`.
"""

from __future__ import annotations

from timeline.dates.arithmetic import shift_date
from timeline.dates.calendar_units import Date, Precision
from timeline.dates.corrections.bounds import Bound, read_bound
from timeline.dates.corrections.plain_text import plain_text
from timeline.dates.corrections.readings import (
    MAX_LENGTH,
    one_sided_readings,
    only_reading,
    weekday_notes,
)
from timeline.dates.corrections.weekdays import with_weekday_notes
from timeline.dates.durations import Duration
from timeline.dates.grammar import is_bound, parse_single_date
from timeline.diagnostics import Refusal, cited, rules


def explain_either(text: str) -> Refusal | None:
    """Refuse a start whose text has one bound and two readings, and show both."""
    read = _read_either(text)
    if not read:
        return None
    bound, written, day = read
    if bound in _SPANS:
        side, start, end = _SPANS[bound]
        keys = f"`start: {start.format(day)}` and `end: {end.format(day)}`"
        help_ = f"for one unknown day write `{side} {day}`; for a span write {keys}"
    else:
        side, sign = ("not before", 1) if bound is Bound.AFTER else ("not after", -1)
        try:
            exclusive = _next_to(day, sign)
        except Refusal:  # there are no such years
            return None
        help_ = f"write `{side} {exclusive}`, or `{side} {day}` if `{day}` is possible, too"
    refusal = Refusal(rules.DATE_SYNTAX, f"{cited(text)} may mean two things", help_)
    return with_weekday_notes(refusal, weekday_notes([written], [day]))


_SPANS = {Bound.FROM: ("not before", "{}", ".."), Bound.UNTIL: ("not after", "TBC", "{}")}
"""Words that may also mean a span: the words for one day, and the start and the end of the span."""


def explain_end(text: str) -> Refusal | None:
    """Refuse an end whose text has one bound; ``None`` for another text."""
    read = _read_either(text)
    if read and read[0] in (Bound.BY, Bound.UNTIL):
        _, written, day = read
        message = f"dates are not written like {cited(text)}"
        refusal = Refusal(rules.DATE_SYNTAX, message, f"write `{day}`")
        return with_weekday_notes(refusal, weekday_notes([written], [day]))
    is_either = read is not None and read[0] in (Bound.BEFORE, Bound.AFTER)
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


def _read_either(text: str) -> tuple[Bound, str, str] | None:
    """Return the bound that has two readings, its date as written, and as the file writes it."""
    read = read_bound(_plain(text), Bound.AFTER, Bound.BEFORE, Bound.BY, Bound.FROM, Bound.UNTIL)
    if read is None:
        return None
    date = only_reading(read[1])
    return (*read, date) if is_bound(date) else None


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
