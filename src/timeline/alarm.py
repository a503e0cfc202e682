"""Reminders as written: ``1 day before``, ``2 hours before end``, ``1 day before at 18:00``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from timeline import dates, instant, offset
from timeline.diagnostics import Refusal
from timeline.instant import ClockTime

if TYPE_CHECKING:
    from datetime import time

    from timeline.offset import Amount


@dataclass(frozen=True, slots=True)
class Before:
    """A length of time before the start or the end; with a clock, that time of that day."""

    amount: Amount
    edge: str
    clock: time | None


AlarmWritten = Before | ClockTime

_BEFORE = re.compile(r"(.+?) before(?: (start|end))?(?: at (\S+))?")


def parse(text: str) -> AlarmWritten:
    """Read a reminder; raises ``Refusal``."""
    match = _BEFORE.fullmatch(text)
    if match is None:
        found = dates.parse_literal(text) if text[:1].isdecimal() else None
        if isinstance(found, ClockTime):
            return found
        raise Refusal(
            "alarm-syntax",
            f"`{text}` is not a reminder",
            "write `1 day before`, `2 hours before end`, `1 day before at 18:00`, or a time such "
            "as `2025-01-02T18:00`",
        )
    amount = offset.parse_amount(match[1])
    clock = instant.parse_clock(match[3], match.start(3)) if match[3] else None
    if amount.years or amount.months:
        raise Refusal(
            "alarm-syntax",
            f"`{match[1]}` has no fixed length, and a reminder needs one",
            "write it in days or weeks",
            match.span(1),
        )
    if clock is not None and amount.is_exact:
        raise Refusal(
            "alarm-syntax",
            f"`{match[1]}` does not go with a time of day",
            "write it in days or weeks, or leave ` at …` out",
            match.span(1),
        )
    return Before(amount, match[2] or "start", clock)
