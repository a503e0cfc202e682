"""Times in words: ``3 January 2025, 09:00 (Asia/Riyadh)``."""

# ruff: noqa: RUF001 - the en dash is the typographer's, not a mistyped hyphen

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.dates import AOE_NAME, UTC_NAME, Qualification, local_day
from timeline.model.words.dates import qualified
from timeline.model.words.units import day_words

if TYPE_CHECKING:
    from timeline.dates import Instant


def instant_words(value: Instant, preposition: str = "") -> str:
    """Return a time with its day and its zone, and how certain it is, after a preposition.

    ``preposition`` is as in `with_preposition`.
    """
    words = f"{day_words(local_day(value))}, {zoned_clock(value)}"
    if not value.qualification:
        return preposition + words
    if preposition == "until ":
        return preposition + qualified(value.qualification, "", words)
    return qualified(value.qualification, preposition, words)


def zoned_clock(value: Instant) -> str:
    """Return the time of day and its zone: ``09:00 (Asia/Riyadh)``."""
    return f"{_clock(value)}{_zone(value)}"


def clock_words(value: Instant) -> str:
    """Return the time of day and its zone for a place in parentheses: ``09:00 Asia/Riyadh``."""
    return f"{_clock(value)} {_zone_name(value)}"


def time_range(start: Instant, end: Instant) -> str:
    """Return the span between two times, with what they share written once."""
    sure = start.qualification
    if sure or end.qualification:
        if sure != end.qualification:
            return f"{instant_words(start)} {instant_words(end, 'until ')}"
        return qualified(sure, "", time_range(_certain(start), _certain(end)))
    start_clock, end_clock = _clock(start), _clock(end)
    if start_clock == end_clock and start == end:  # comparing clocks costs less, so it is first
        return instant_words(start)
    start_zone, end_zone = _zone(start), _zone(end)
    start_day, end_day = local_day(start), local_day(end)
    first = f"{day_words(start_day)}, {start_clock}"
    if start_day == end_day and start_zone == end_zone:
        return f"{first}–{end_clock}{end_zone}"
    last = end_clock if start_day == end_day else f"{day_words(end_day)}, {end_clock}"
    return f"{first}{'' if start_zone == end_zone else start_zone} – {last}{end_zone}"


def _certain(value: Instant) -> Instant:
    return replace(value, qualification=Qualification.CERTAIN)


def _clock(value: Instant) -> str:
    moment = value.moment
    clock = f"{_TWO_DIGITS[moment.hour]}:{_TWO_DIGITS[moment.minute]}"
    return f"{clock}:{_TWO_DIGITS[moment.second]}" if moment.second else clock


_TWO_DIGITS = tuple(f"{number:02}" for number in range(60))
"""Computed once, because formatting a number takes longer than a look-up."""


def _zone(value: Instant) -> str:
    name = _zone_name(value)
    return f" {name}" if value.zone in (UTC_NAME, AOE_NAME) else f" ({name})"


def _zone_name(value: Instant) -> str:
    zone = value.zone
    if zone == AOE_NAME:
        return "anywhere on Earth"
    if zone[0] in "+-":
        return f"UTC{zone}"
    if value.moment.fold:  # the second of two equal clock times: only the offset tells them apart
        return f"{zone}, UTC{value.moment.isoformat()[-6:]}"
    return zone
