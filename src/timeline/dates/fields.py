"""Read dates as written, and say of what is not one what to type instead.

The grammar is ``grammar``; ``corrections`` is imported where a text is refused.
"""

from __future__ import annotations

from timeline.dates.edtf import Date, Precision
from timeline.dates.grammar import OPEN, DateExpression, read_date_expression
from timeline.dates.instants import ClockTime
from timeline.diagnostics import Refusal, cited, rules


def parse_start(text: str) -> DateExpression:
    """Read what stands in ``start``; raises ``Refusal``."""
    try:
        return parse_date_expression(text)
    except Refusal:
        from timeline.dates.corrections.explanations import means_open

        if text != OPEN.value and not means_open(text):
            raise
    raise Refusal(
        rules.OPEN_START,
        "a start cannot be open",
        "write `TBC` if it is not known, or the year or the decade that is",
    )


def parse_end(text: str) -> DateExpression:
    """Read what stands in ``end``, which may be open; raises ``Refusal``."""
    return OPEN if text == OPEN.value else parse_date_expression(text)


def parse_literal_date(text: str, *, suggest_time: bool = True) -> Date | ClockTime:
    """Read a date or a time that is neither relative nor ``TBC``; raises ``Refusal``.

    ``suggest_time`` is whether the help may suggest a time.
    """
    try:
        found = OPEN if text == OPEN.value else read_date_expression(text)
    except Refusal as refusal:
        if not text.strip():
            raise Refusal(
                rules.EMPTY_VALUE, "there is nothing in this text", "leave it out"
            ) from None
        from timeline.dates.corrections.explanations import (
            Expected,
            explain_refusal,
            is_never_literal,
        )

        if not is_never_literal(text):
            expected = Expected.LITERAL if suggest_time else Expected.LITERAL_DATE
            raise explain_refusal(text, refusal, expected) from None
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
    found = parse_literal_date(text, suggest_time=False)
    if isinstance(found, Date) and found.precision is Precision.DAY and not found.qualification:
        return text
    raise Refusal(
        rules.DATE_SYNTAX, f"{cited(text)} is not a day", "write a day such as `2025-01-03`"
    )


def parse_date_expression(text: str) -> DateExpression:
    """Read any date but the open end; raises ``Refusal``."""
    try:
        return read_date_expression(text)
    except Refusal as refusal:
        if not text.strip():
            hint = "write `TBC` if the date is not known yet"
            raise Refusal(rules.EMPTY_VALUE, "there is nothing in this text", hint) from None
        from timeline.dates.corrections.explanations import explain_refusal

        raise explain_refusal(text, refusal) from None
