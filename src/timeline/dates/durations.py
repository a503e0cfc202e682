"""Durations: ``3 days``, and ``P1M2D`` of ISO 8601-1, as counts of calendar units."""

from __future__ import annotations

import re

from msgspec import Struct

from timeline._lazy import regex
from timeline.diagnostics import Refusal, cited, rules

DURATION_UNITS = ("minute", "hour", "day", "week", "month", "year")
MAX_DIGITS = 6
"""Of a number in a length: a million days is past half of all years, more can only be a mistake."""


class Duration(Struct, frozen=True):
    """A signed length of calendar time; the days and longer are nominal, the rest exact."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: int = 0
    text: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether it has hours, minutes or seconds, which a day cannot be moved by."""
        return bool(self.hours or self.minutes or self.seconds)

    @property
    def is_nominal(self) -> bool:
        """Whether it has days or longer units, which keep the wall clock."""
        return bool(self.years or self.months or self.weeks or self.days)

    def __bool__(self) -> bool:
        return self.is_exact or self.is_nominal

    def __neg__(self) -> Duration:
        return Duration(
            -self.years,
            -self.months,
            -self.weeks,
            -self.days,
            -self.hours,
            -self.minutes,
            -self.seconds,
            self.text,
        )


_COUNTED = regex(r"(\d+) (minute|hour|day|week|month|year)s?", re.ASCII)
_ISO = regex(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?",
    re.ASCII,
)
_FRACTION = regex(r"(?:\d+[.,]\d+ ?\w+|P[\dTYMWDH]*[.,]\d+[YMWDHS])", re.ASCII)


def parse_duration(text: str) -> Duration:
    """Read ``3 days`` or an ISO 8601 duration such as ``P3D`` or ``PT1H30M``.

    Raises ``Refusal`` with the code ``duration-syntax``.
    """
    if match := _COUNTED.fullmatch(text):
        return Duration(**{match[2] + "s": _number(match[1], text)}, text=text)
    match = _ISO.fullmatch(text)
    if match and text[-1] not in "PT":
        years, months, weeks, days, hours, minutes, seconds = (
            _number(part, text) for part in match.groups("0")
        )
        return Duration(years, months, weeks, days, hours, minutes, seconds, text)
    from timeline.dates.corrections.readings import read_duration  # noqa: PLC0415 - its patterns are for mistakes only

    better = read_duration(text)
    if _FRACTION.fullmatch(text):
        message = f"{cited(text)} is not a whole number of its unit"
        help_ = f"write `{better}`" if better else "write a whole number of a smaller unit"
        raise Refusal(rules.DURATION_SYNTAX, message, help_, replacement=better)
    if text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS:
        message = f"{cited(text)} is a number without a unit"
        help_ = f"write `{text} {'day' if text == '1' else 'days'}`, or another unit: {_LISTED}"
        raise Refusal(rules.DURATION_SYNTAX, message, help_)
    better = better if better != text else None
    raise Refusal(
        rules.DURATION_SYNTAX,
        f"{cited(text)} is not a length of time",
        f"write `{better}`" if better else _EXAMPLE,
        replacement=better,
    )


_LISTED = ", ".join(unit + "s" for unit in DURATION_UNITS)
_EXAMPLE = (
    "write a number and a unit like `3 days`, or an ISO 8601 duration like `P3D`; "
    f"units are {_LISTED}"
)


def _number(digits: str, text: str) -> int:
    if len(digits) > MAX_DIGITS:
        message = f"{cited(text)} has a number of more than {MAX_DIGITS} digits"
        raise Refusal(rules.DURATION_SYNTAX, message, "write it in a longer unit")
    return int(digits)
