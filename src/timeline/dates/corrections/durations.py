"""Durations as people write them, ``three days`` or ``1h30``, in the notation of the file.

Every pattern here is tried on short text that `plain_text` has made plain, so none takes long.
"""

from __future__ import annotations

import re

NUMBERS = {"a": 1, "an": 1, "the": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
NUMBERS |= {"six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
NUMBERS |= {"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17}
NUMBERS |= {"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
NUMBERS |= {"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}

_UNITS = {
    "y|yrs?|years?": ("year", "Y"),
    "mos?|mths?|months?": ("month", "M"),
    "w|wks?|weeks?": ("week", "W"),
    "d|days?": ("day", "D"),
    "h|hrs?|hours?": ("hour", "H"),
    "mins?|minutes?": ("minute", "M"),
    "s|secs?|seconds?": ("second", "S"),
}
_COUNTED = re.compile(
    rf"(\d+|{'|'.join(NUMBERS)}) ?(?:{'|'.join(f'({unit})' for unit in _UNITS)})\.?"
    r"(?:,? and |,? |\Z)"
)
_HOURS_AND_MINUTES = re.compile(r"(\d+) ?h(?:rs?|ours?)?\.? ?(\d\d)", re.ASCII)
_DECIMAL = re.compile(
    r"(?:(?P<whole>\d+)[.,](?P<part>\d{1,3}) ?|half (?:an? )?)"
    r"(?:(?P<hours>h(?:ours?|rs?)?)|(?P<years>y(?:ears?|rs?)?))",
    re.ASCII,
)
_ISO = re.compile(r"p(?=.)[\dymwd]*(?:t[\dhms]+)?", re.ASCII)


def normalize_duration(text: str) -> str | None:
    """Return ``3d``, ``three days``, ``1h30`` or ``1.5 hours`` as the file writes it.

    ``None`` if the text is not a duration, or ambiguous: ``m`` may be minutes or months.
    """
    lower = text.casefold()
    if _ISO.fullmatch(lower):
        return text.upper()
    if match := _HOURS_AND_MINUTES.fullmatch(lower):
        return f"PT{match[1]}H{match[2].lstrip('0') or '0'}M"
    if match := _DECIMAL.fullmatch(lower):
        return _normalize_decimal(match)
    counts = _count_units(lower)
    if not counts:
        return None
    names = list(_UNITS.values())
    if len(counts) == 1 and (unit := next(iter(counts))) < 6:  # the file has no word for seconds
        count = counts[unit]
        return f"{count} {names[unit][0]}{'' if count == 1 else 's'}"
    days, hours = (
        "".join(f"{counts[unit]}{names[unit][1]}" for unit in part if unit in counts)
        for part in (range(4), range(4, 7))
    )
    return f"P{days}T{hours}" if hours else f"P{days}"


def _count_units(text: str) -> dict[int, int] | None:
    """Return the count of each unit by its index in `_UNITS`; ``None`` if a part is not one."""
    place, counts = 0, dict[int, int]()
    while place < len(text):
        match = _COUNTED.match(text, place)
        if not match or not match.lastindex or match.lastindex - 2 in counts:
            return None
        counts[match.lastindex - 2] = NUMBERS.get(match[1]) or int(match[1])
        place = match.end()
    return counts


def _normalize_decimal(match: re.Match[str]) -> str | None:
    """Return ``1.5 hours`` in minutes, ``half a year`` in months, if that is a whole number."""
    part = match["part"] or "5"
    thousandths = int(match["whole"] or 0) * 1000 + int(f"{part:0<3}")
    size, unit = (60, "minutes") if match["hours"] else (12, "months")
    count, rest = divmod(thousandths * size, 1000)
    return f"{count} {unit}" if count and not rest else None
