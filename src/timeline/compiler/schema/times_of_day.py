"""Complete a time of day, ``end: 19:30``, by the day that the same mapping has.

Only for helps. What is completed is the first such time after the start, and nothing is completed
where the day is not known.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from timeline._lazy import regex
from timeline.dates import is_time_of_day, move_day, only_reading, parse_start, read_time_of_day
from timeline.diagnostics import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIXED = regex(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?(\[.*\])?)?[?~%]?", re.ASCII
)
_RELATIVE = regex(
    r"([a-z0-9_-]+\.(?:start|end)(?:\.day)?(?: [+-] .+?)?)(?: at (\d\d:\d\d(?::\d\d)?))?", re.ASCII
)


def _is_valid(start: str) -> bool:
    try:
        parse_start(start)
    except Refusal:
        return False
    return True


def complete_time(key: str, text: object, mapping: Mapping[str, Any]) -> str | None:
    """Return the date that a time of day alone means as a value; ``None`` without a known day."""
    before = mapping.get("recurrence-id")
    if key == "end":
        before = mapping.get("start", before)
    clock = read_time_of_day(text) if isinstance(text, str) else None
    if clock is None or not isinstance(before, str) or key not in ("start", "end"):
        return None
    before = only_reading(before)
    is_midnight = clock in ("24:00", "24:00:00")
    if not is_midnight and not is_time_of_day(clock):
        return None
    after = "00:00" if is_midnight else clock
    if fixed := _FIXED.fullmatch(before):
        is_next = is_midnight or (key == "end" and fixed[2] is not None and clock <= fixed[2])
        try:
            day = move_day(date.fromisoformat(fixed[1]), int(is_next))
        except (ValueError, Refusal):
            return None
        offset = "" if fixed[4] else fixed[3] or ""
        return f"{day}T{after}{offset}"
    if (relative := _RELATIVE.fullmatch(before)) and _is_valid(before):
        is_next = is_midnight or (key == "end" and relative[2] is not None and clock <= relative[2])
        return f"{relative[1]}{' + 1 day' if is_next else ''} at {after}"
    return None
