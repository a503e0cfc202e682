"""Recurrence rules and their starts, for the tests of rules."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from timeline.dates.instants import Instant, to_zone
from timeline.dates.recurrence.constraints import parse_rrule
from timeline.dates.recurrence.ends import resolve_rule_end
from timeline.dates.recurrence.expansion import Recurrence
from timeline.dates.recurrence.starts import validate_rrule_start
from timeline.diagnostics.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.dates.recurrence.rule import RecurrenceRule, RecurrenceStart

ZONES = (
    *("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"),
    *("America/Santiago", "Asia/Riyadh"),
)
END = date(9998, 12, 31)


def at(text: str, zone: str = "America/New_York") -> Instant:
    return Instant(to_zone(datetime.fromisoformat(text), zone), zone)


def start(text: str) -> RecurrenceStart:
    return at(text) if "T" in text else date.fromisoformat(text)


def refused(rule: object, begin: RecurrenceStart | None = None) -> Refusal:
    with pytest.raises(Refusal) as caught:
        validate_rrule_start(parse_rrule(rule), begin) if begin else parse_rrule(rule)  # type: ignore[arg-type]
    return caught.value


def recurrence(
    rule: RecurrenceRule | str | None,
    begin: RecurrenceStart,
    rdate: Iterable[RecurrenceStart] = (),
    exdate: Iterable[RecurrenceStart] = (),
) -> Recurrence:
    """Return a recurrence with the end of its rule, which need not be valid with the start."""
    parsed = parse_rrule(rule) if isinstance(rule, str) else rule
    end = parsed and resolve_rule_end(parsed, begin)
    return Recurrence(begin, parsed, end, tuple(rdate), tuple(exdate))


def days(rule: str, begin: RecurrenceStart, last: date = END, limit: int = 6) -> list[str]:
    parsed = parse_rrule(rule)
    validate_rrule_start(parsed, begin)
    return [
        item.isoformat() if isinstance(item, date) else str(item.wall.date())
        for item in islice(recurrence(parsed, begin).instances(last=last), limit)
    ]
