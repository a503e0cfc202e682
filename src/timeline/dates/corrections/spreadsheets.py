"""Explain the numbers that spreadsheets keep in place of dates, such as ``46390`` for 2027-01-03.

They count days from one of two days: Excel and LibreOffice from 1899-12-30, and workbooks of old
versions of Excel for Mac from 1904-01-01. The number does not say which, so the help has both.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from timeline.diagnostics import Refusal, cited, rules

if TYPE_CHECKING:
    from collections.abc import Callable

# From 1982 to 2119: what is beyond is rather a year with a digit too many.
_SERIAL = re.compile(r"([3-7]\d{4})(?:[.,](\d{1,15}))?", re.ASCII)
_STARTS = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - spreadsheets have no zones


def spreadsheet_readings(text: str) -> list[str]:
    """Return the two days, or times if it has a fraction, that a number of five digits stands for.

    A time is rounded to the second, which is what a fraction of a day can hold.
    """
    match = _SERIAL.fullmatch(text)
    if match is None:
        return []
    days, fraction = int(match[1]), float(f"0.{match[2] or 0}")
    readings = []
    for start in _STARTS:
        moment = start + timedelta(days=days, seconds=round(fraction * 86_400))
        unit = "seconds" if moment.second else "minutes"
        readings.append(moment.isoformat(timespec=unit) if match[2] else f"{moment.date()}")
    return readings


def explain_number(text: str, is_possible: Callable[[str], bool]) -> Refusal | None:
    """Refuse the number of a spreadsheet; ``None`` for another text.

    ``is_possible`` returns whether a day or a time may be written in its place.
    """
    readings = spreadsheet_readings(text)
    if not readings or not all(map(is_possible, readings)):
        return None
    first, other = readings
    return Refusal(
        rules.DATE_SYNTAX,
        f"{cited(text)} is a number, not a date",
        f"if a spreadsheet shows it as a date, that is `{first}`, or `{other}` in a workbook that "
        "counts from 1904: write the date that it shows",
    )
