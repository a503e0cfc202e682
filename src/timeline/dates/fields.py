"""Parse the dates in the keys of an events file, and suggest corrections for what is not a date.

`grammar` is the grammar; `corrections` is imported only when a text is rejected.
"""

from __future__ import annotations

from timeline.dates.calendar_units import Date, OneSidedDate, Precision
from timeline.dates.clock_times import ClockTime
from timeline.dates.day_ranges import DayRange, parse_day_range
from timeline.dates.grammar import (
    OPEN,
    DateExpression,
    RelativeOneSided,
    parse_date_expression,
)
from timeline.dates.relative import RelativeDate, looks_relative, parse_relative_date
from timeline.diagnostics import Refusal, cited, rules

_OPEN = OPEN.value  # which takes long to look up in Python 3.11


def parse_start(text: str) -> DateExpression:
    """Parse the value of ``start``.

    Raises: `Refusal`.
    """
    try:
        return parse_with_corrections(text)
    except Refusal:
        from timeline.dates.corrections.explanations import means_open

        if text != OPEN.value and not means_open(text):
            raise
    raise Refusal(
        rules.OPEN_START,
        "a start cannot be open",
        "write `TBC`, or the year or the decade if that is known",
    )


def parse_end(text: str) -> DateExpression:
    """Parse the value of ``end``, which may be open.

    Raises: `Refusal`.
    """
    if not text.strip():
        help_ = "write `TBC` if the date is not known yet, or remove the key"
        raise Refusal(rules.EMPTY_VALUE, "this text is empty", help_)
    if text == _OPEN:
        return OPEN
    try:
        value = parse_date_expression(text)
    except Refusal as refusal:
        from timeline.dates.corrections.explanations import explain_refusal
        from timeline.dates.corrections.one_sided import explain_end

        raise explain_end(text) or explain_refusal(text, refusal) from None
    if isinstance(value, (OneSidedDate, RelativeOneSided)):
        from timeline.dates.corrections.one_sided import one_sided_end

        raise one_sided_end(text)
    return value


def parse_earlier_start(text: str) -> Date | OneSidedDate | ClockTime:
    """Parse the start of earlier dates: as `parse_literal_date`, or with one known bound.

    Raises: `Refusal`.
    """
    return _parse_fixed(text, "EARLIER_START")


def parse_literal_date(text: str, *, suggest_time: bool = True) -> Date | ClockTime:
    """Parse a date or a time that is neither relative nor ``TBC``.

    ``suggest_time`` is whether the help may suggest a time.

    Raises: `Refusal`.
    """
    return _parse_literal(text, "LITERAL" if suggest_time else "LITERAL_DATE")


def parse_literal_day(text: str) -> Date | ClockTime:
    """Parse what has to be a day: as `parse_literal_date`, with helps for a day.

    Raises: `Refusal`.
    """
    return _parse_literal(text, "DAY")


def parse_instance(text: str) -> Date | ClockTime:
    """Parse the day or the time of an instance: as `parse_literal_date`, with helps for one date.

    Raises: `Refusal`.
    """
    return _parse_literal(text, "INSTANCE")


def parse_series_date(text: str) -> Date | ClockTime | RelativeDate:
    """Parse a day or a time of a series, which may follow another event.

    Raises: `Refusal`.
    """
    return _parse_relative(text, "SERIES_DATE") or _parse_literal(text, "SERIES_DATE")


def parse_excluded(text: str) -> Date | ClockTime | RelativeDate | DayRange:
    """Parse what a series excludes: one instance, as `parse_series_date`, or a range of days.

    Raises: `Refusal`.
    """
    value = _parse_relative(text, "EXCLUDED") or parse_day_range(text)
    return value or _parse_literal(text, "EXCLUDED")


def _parse_relative(text: str, expected: str) -> RelativeDate | None:
    """Parse a relative date; return ``None`` for a text that is not meant as one."""
    if not looks_relative(text):
        return None
    try:
        return parse_relative_date(text)
    except Refusal as refusal:
        from timeline.dates.corrections.explanations import Expected, explain_refusal

        raise explain_refusal(text, refusal, Expected[expected]) from None


def parse_moment(text: str) -> Date | ClockTime:
    """Parse a time: as `parse_literal_date`, with helps for a time.

    Raises: `Refusal`.
    """
    return _parse_literal(text, "TIME")


def _parse_literal(text: str, expected: str) -> Date | ClockTime:
    """Parse a fixed date with both bounds; ``expected`` is as in `_parse_fixed`."""
    value = _parse_fixed(text, expected)
    if isinstance(value, OneSidedDate):
        raise Refusal(
            rules.ONE_BOUND,
            f"{cited(text)} is not possible here: only a `start` may have one known bound",
            "write the date itself",
        )
    return value


def _parse_fixed(text: str, expected: str) -> Date | OneSidedDate | ClockTime:
    """Parse a fixed date; ``expected`` is the name of what the help may suggest."""
    try:
        value = OPEN if text == OPEN.value else parse_date_expression(text)
    except Refusal as refusal:
        if not text.strip():
            raise Refusal(rules.EMPTY_VALUE, "this text is empty", "remove it") from None
        from timeline.dates.corrections.explanations import (
            Expected,
            explain_refusal,
            is_never_literal,
        )

        if not is_never_literal(text) and refusal.rule is not rules.RELATIVE_SYNTAX:
            raise explain_refusal(text, refusal, Expected[expected]) from None
        value = OPEN
    if isinstance(value, Date | OneSidedDate | ClockTime):
        return value
    if expected in ("SERIES_DATE", "EXCLUDED"):
        raise Refusal(
            rules.LITERAL_DATE,
            f"{cited(text)} is not a certain day or time",
            "write the day or the time, or a relative date such as `other-event.end`",
        )
    raise Refusal(
        rules.LITERAL_DATE,
        f"{cited(text)} is not a fixed date",
        "write the date itself; relative dates, `TBC` and `..` are not possible here",
    )


def parse_day(text: str) -> str:
    """Return the text of a known day.

    Raises: `Refusal`.
    """
    value = _parse_literal(text, "DAY")
    if isinstance(value, Date) and value.precision is Precision.DAY and not value.qualification:
        return text
    raise Refusal(
        rules.DATE_SYNTAX, f"{cited(text)} is not a day", "write a day such as `2025-01-03`"
    )


def parse_days(text: str) -> DayRange:
    """Parse a known day, or a range of days.

    Raises: `Refusal`.
    """
    if days := parse_day_range(text):
        return days
    value = _parse_literal(text, "DAYS")
    if isinstance(value, Date) and value.precision is Precision.DAY and not value.qualification:
        return DayRange(value.earliest, value.earliest, text)
    from timeline.dates.corrections.day_ranges import explain_days

    raise explain_days(text, value)


def parse_with_corrections(text: str) -> DateExpression:
    """Parse any date but the open end.

    Raises: `Refusal` with what the author may have meant.
    """
    try:
        return parse_date_expression(text)
    except Refusal as refusal:
        if not text.strip():
            help_ = "write `TBC` if the date is not known yet"
            raise Refusal(rules.EMPTY_VALUE, "this text is empty", help_) from None
        from timeline.dates.corrections.explanations import explain_refusal

        raise explain_refusal(text, refusal) from None
