"""Parse durations, ``3 days`` or ``P1M2D`` (ISO 8601-1), as counts of calendar units."""

from __future__ import annotations

import re
from datetime import timedelta

from msgspec import Struct

from timeline._lazy import regex
from timeline.diagnostics import Refusal, cited, rules

DURATION_UNITS = ("minute", "hour", "day", "week", "month", "year")
MAX_DIGITS = 6
"""The length of a number in a duration: a million days is more than half of all years."""


class Duration(Struct, frozen=True):
    """A signed duration: days and longer units are nominal, hours and shorter ones exact.

    ``text`` is the duration as written.
    """

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
        """Whether it has hours, minutes or seconds, by which a day cannot be moved."""
        return bool(self.hours or self.minutes or self.seconds)

    @property
    def is_nominal(self) -> bool:
        """Whether it has days or longer units, which leave the wall clock as it is."""
        return bool(self.years or self.months or self.weeks or self.days)

    @property
    def exact(self) -> timedelta:
        """Its hours, minutes and seconds."""
        return timedelta(hours=self.hours, minutes=self.minutes, seconds=self.seconds)

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
    """Parse ``3 days`` or an ISO 8601 duration such as ``P3D`` or ``PT1H30M``.

    Raises: `Refusal` (`duration-syntax`).
    """
    if match := _COUNTED.fullmatch(text):
        return Duration(**{match[2] + "s": _parse_number(match[1], text)}, text=text)
    match = _ISO.fullmatch(text)
    if match and text[-1] not in "PT":
        years, months, weeks, days, hours, minutes, seconds = (
            _parse_number(part, text) for part in match.groups("0")
        )
        return Duration(years, months, weeks, days, hours, minutes, seconds, text)
    raise _explain_refusal(text)


def _explain_refusal(text: str) -> Refusal:
    """Refuse a text that is not a duration, and say what to write."""
    from timeline.dates.corrections.readings import (  # noqa: PLC0415 - for errors
        read_duration,
        read_working_days,
    )

    better = read_duration(text)
    if working_days := read_working_days(text):
        message = f"{cited(text)} is not a duration"
        help_ = (
            "write days or weeks; working days are counted in relative dates only, such as "
            f"`rally.start + {working_days}`"
        )
        return Refusal(rules.DURATION_SYNTAX, message, help_)
    if _FRACTION.fullmatch(text):
        message = f"{cited(text)} is not a whole number of its unit"
        help_ = f"write `{better}`" if better else "write a whole number of a smaller unit"
        return Refusal(rules.DURATION_SYNTAX, message, help_, replacement=better)
    if text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS:
        message = f"{cited(text)} is a number without a unit"
        help_ = f"write `{text} {'day' if text == '1' else 'days'}`, or another unit: {_LISTED}"
        return Refusal(rules.DURATION_SYNTAX, message, help_)
    better = better if better != text else None
    return Refusal(
        rules.DURATION_SYNTAX,
        f"{cited(text)} is not a duration",
        f"write `{better}`" if better else UNITS_HELP,
        replacement=better,
    )


_LISTED = ", ".join(unit + "s" for unit in DURATION_UNITS)
UNITS_HELP = (
    "write a number and a unit like `3 days`, or an ISO 8601 duration like `P3D`; "
    f"units are {_LISTED}"
)
"""The help for a text that is not a duration."""


def _parse_number(digits: str, text: str) -> int:
    if len(digits) > MAX_DIGITS:
        message = f"{cited(text)} has a number of more than {MAX_DIGITS} digits"
        raise Refusal(rules.DURATION_SYNTAX, message, "write it in a longer unit")
    return int(digits)
