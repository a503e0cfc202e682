"""Explain why a text is not a day or a range of days, and what to type."""

from __future__ import annotations

import re

from timeline.dates.calendar_units import Date, Precision
from timeline.dates.clock_times import ClockTime
from timeline.dates.day_ranges import parse_day_range
from timeline.dates.grammar import OPEN, parse_date_expression
from timeline.diagnostics import Refusal, cited, rules

DAYS_EXAMPLE = "write a day such as `2025-01-03`, or a range `2025-01-03..2025-01-17`"
"""The help where a day or a range is expected."""


def explain_range(text: str, first: str, last: str) -> Refusal:
    """Refuse a text that names two dates, where a range of days is allowed."""
    sides = [parse_date_expression(side) if side != OPEN.value else OPEN for side in (first, last)]
    dates = [side for side in sides if isinstance(side, Date) and not side.qualification]
    if len(dates) == 2 and dates[0].earliest <= dates[1].latest:
        better = f"{dates[0].earliest}..{dates[1].latest}"
        parse_day_range(better)  # it may be too long
        is_certain = all(side.precision is Precision.DAY and side.text in text for side in dates)
        return Refusal(
            rules.DAY_RANGE,
            f"ranges of days are not written like {cited(text)}",
            f"write `{better}`",
            replacement=better if is_certain else None,
        )
    return Refusal(
        rules.DAY_RANGE,
        f"{cited(text)} is not a range of days",
        "write the first and the last day, such as `2025-01-03..2025-01-17`",
    )


def explain_days(text: str, value: Date | ClockTime) -> Refusal:
    """Refuse a time, a month or an approximate day where a known day or a range is expected."""
    if isinstance(value, ClockTime):
        message = f"{cited(text)} is a time, and days are expected here"
        return Refusal(rules.DATE_SYNTAX, message, f"write the day only: `{value.wall.date()}`")
    is_day = value.precision is Precision.DAY
    days = f"{value.earliest}" if is_day else f"{value.earliest}..{value.latest}"
    if value.qualification:
        message = f"{cited(text)} cannot be {value.qualification.words} here"
    else:
        message = f"{cited(text)} is not a day"
    try:
        parse_day_range(days)
    except Refusal:  # of more than a year
        return Refusal(rules.DATE_SYNTAX, message, DAYS_EXAMPLE)
    help_ = f"write `{days}`" + ("" if is_day else " for all of its days")
    return Refusal(rules.DATE_SYNTAX, message, help_)


def explain_day_without_year(text: str) -> Refusal | None:
    """Refuse ``12-25``, which is meant as a day of every year; ``None`` for another text."""
    if not re.fullmatch(r"\d\d?[-/.]\d\d?\.?", text, re.ASCII):
        return None
    message = f"{cited(text)} does not have a year"
    return Refusal(rules.DATE_SYNTAX, message, "write the day of each year as a separate item")
