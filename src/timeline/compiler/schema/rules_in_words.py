"""Read how often an event recurs in words, ``every other Monday``, as a recurrence rule.

Only for helps: what has several meanings, such as ``biweekly``, has no rule here.
"""

from __future__ import annotations

import re

from timeline._lazy import regex
from timeline.dates import WEEKDAY_NAMES

_FREQUENCIES = {
    "FREQ=DAILY": ("daily", "day", "days"),
    "FREQ=WEEKLY": ("weekly", "week", "weeks"),
    "FREQ=MONTHLY": ("monthly", "month", "months"),
    "FREQ=YEARLY": ("yearly", "year", "years", "annually", "annual", "anniversary"),
    "FREQ=WEEKLY;INTERVAL=2": ("fortnight", "fortnightly", "fortnights"),
    "FREQ=MONTHLY;INTERVAL=3": ("quarter", "quarterly", "quarters"),
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": ("weekday", "weekdays", "workday", "working day"),
    "FREQ=WEEKLY;BYDAY=SA,SU": ("weekend", "weekends"),
}
_BY_WORD = {word: rule for rule, words in _FREQUENCIES.items() for word in words}
_NUMBERS = {"other": 2, "second": 2, "two": 2, "three": 3, "third": 3, "four": 4, "fourth": 4}
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}
_ORDINALS |= {"fourth": 4, "4th": 4, "last": -1}
_LEADING = regex(
    r"(?:it )?(?:repeats? |recurs? |happens |occurs )?(?:on )?(?:every |each )?(?:the )?"
)
_COUNTED = regex(r"(\d{1,2}|[a-z]+)(nd|rd|th)? ([a-z]+)", re.ASCII)
_ORDINAL_DAY = regex(r"([a-z0-9]+) ([a-z]+)(?: (?:of|in) (?:the|each|every|a) month)", re.ASCII)
_BETWEEN_DAYS = regex(r"\s*(?:,|/|&|\+|\band\b)\s*(?:on |every )?")
_MOST = 80
"""The length of the texts that are read."""


def rule_in_words(value: object) -> str | None:
    """Return the rule of a text or a list of weekdays; ``None`` if it is something else."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ",".join(value)
    if not isinstance(value, str) or len(value) > _MOST:
        return None
    text = " ".join(value.casefold().replace("-", " ").rstrip(".").split())
    match = _LEADING.match(text)
    text = text[match.end() :] if match else text
    if text in _BY_WORD:
        return _BY_WORD[text]
    if days := _weekdays(text):
        return f"FREQ=WEEKLY;BYDAY={','.join(days)}"
    if (match := _ORDINAL_DAY.fullmatch(text)) and match[1] in _ORDINALS:
        days = _weekdays(match[2])
        return f"FREQ=MONTHLY;BYDAY={_ORDINALS[match[1]]}{days[0]}" if days else None
    return _every_so_many(text)


def _every_so_many(text: str) -> str | None:
    """Return the rule of ``2 weeks`` or ``other monday``.

    ``second monday`` has none: it is every other one, or that of each month.
    """
    match = _COUNTED.fullmatch(text)
    if match is None:
        return None
    number = int(match[1]) if match[1].isdecimal() else _NUMBERS.get(match[1], 0)
    rule = _BY_WORD.get(match[3], "")
    if days := _weekdays(match[3]):
        if match[2] or match[1] in _ORDINALS:
            return None
        return f"FREQ=WEEKLY;INTERVAL={number};BYDAY={days[0]}" if number > 1 else None
    if ";" in rule or not rule or not number:
        return None
    return f"{rule};INTERVAL={number}" if number > 1 else rule


def _weekdays(text: str) -> list[str]:
    """Return the weekdays of a text as RFC 5545 has them; empty if it has anything else."""
    days = [_weekday(word) for word in _BETWEEN_DAYS.split(text)]
    return [day for day in days if day] if all(days) else []


def _weekday(word: str) -> str | None:
    """Return ``MO`` for ``mo``, ``Mon``, ``Monday`` and ``Mondays``."""
    bare = word.rstrip(".")
    names = (name for name in WEEKDAY_NAMES if f"{name}s".casefold().startswith(bare))
    return next((name[:2].upper() for name in names if len(bare) > 1), None)
