"""Explain dates that are vague in words, such as ``early 2025``."""

from __future__ import annotations

from timeline.dates.calendar_units import Date, Precision
from timeline.dates.grammar import parse_date_expression
from timeline.diagnostics import Refusal, cited, rules


def explain_vague(text: str, word: str, reading: str, *, as_side: bool) -> Refusal:
    """Refuse ``early 2025``, of which ``reading`` is ``2025``, and say how to write it."""
    third = _THIRDS[word]
    value, part = parse_date_expression(reading), ""
    if isinstance(value, Date) and not value.qualification and not as_side:
        year, last = reading[:4], value.latest.day
        if value.precision is Precision.YEAR:
            months = ("01", "04"), ("05", "08"), ("09", "12")
            part = f"between {year}-{months[third][0]} and {year}-{months[third][1]}"
        elif value.precision is Precision.MONTH:
            days = ("01", "10"), ("11", "20"), ("21", str(last))
            part = f"between {reading}-{days[third][0]} and {reading}-{days[third][1]}"
    return Refusal(
        rules.DATE_SYNTAX,
        f"{cited(text)} is vague: dates have no notation for `{word}`",
        f"write `{reading}`, or as much as is known"
        + (f", such as `{part}`" if part else ", the month or the day"),
    )


_THIRDS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
