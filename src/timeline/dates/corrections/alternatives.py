"""Name the readings of a text that is not a date, and what tells them apart."""

from __future__ import annotations

from timeline.dates.calendar_units import Date, Precision
from timeline.dates.corrections.readings import named_weekday
from timeline.dates.corrections.weekdays import describe_conflict, weekday_in_brackets
from timeline.dates.grammar import OPEN, parse_date_expression
from timeline.diagnostics import cited


def describe_unlike(text: str, readings: list[str]) -> str:
    """Return the message for a text that is not a date in the notation of the file."""
    if conflict := describe_conflict(text, named_weekday(text), readings):
        return conflict
    if len(readings) > 1:
        return f"{cited(text)} may mean {'two' if len(readings) == 2 else 'several'} things"
    return f"dates are not written like {cited(text)}"


def list_alternatives(text: str, readings: list[str]) -> str:
    """Return the readings of a text, several with what tells them apart in brackets."""
    if len(readings) == 1:
        return f"`{readings[0]}`{_hemisphere(readings[0])}"
    has_weekday = named_weekday(text) is not None
    return " or ".join(
        f"`{reading}`{weekday_in_brackets(reading) if has_weekday else _hemisphere(reading)}"
        for reading in readings
    )


def _hemisphere(reading: str) -> str:
    """Return the hemisphere of a season in brackets; of another date nothing."""
    value = parse_date_expression(reading) if reading != OPEN.value else None
    if not isinstance(value, Date) or value.precision is not Precision.SEASON:
        return ""
    return " (northern)" if int(value.text[5:]) < 29 else " (southern)"
