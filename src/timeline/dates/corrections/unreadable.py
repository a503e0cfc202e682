"""Patterns of texts that are not dates and have no reading, and how each is refused."""

from __future__ import annotations

from timeline.diagnostics import rules

BETWEEN_TEXT = r"between\b.*"
PATTERNS = (
    (
        r"Y-?\d+.*|-\d{4}.*|\d{5,}(-[\dXQHW].*)?",
        rules.YEAR_RANGE,
        "{} is not within the years 0002 to 9998",
        "years have four digits; write any other date in `description`",
    ),
    (
        BETWEEN_TEXT,
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
        "write the day first, such as `2025-01-03T09:00`",
    ),
    (
        r"today|tomorrow|yesterday|(next|last|this) \w+",
        rules.DATE_SYNTAX,
        "{} depends on the day on which it is read",
        "write the date itself, like `2025-01-03`",
    ),
    (
        r"[\dX]{4}(-[\dX]{2}){0,2}",
        rules.DATE_SYNTAX,
        "{} has an `X` that does not replace the last digits",
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
"""Texts without a reading: a pattern, and the rule, message and help of its refusal."""
