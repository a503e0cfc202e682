"""Parse reminders: ``1 day before``, ``2 hours before end``, ``1 day before at 18:00``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline._lazy import regex
from timeline.dates.clock_times import ClockTime, parse_time_of_day
from timeline.dates.durations import parse_duration
from timeline.dates.fields import parse_moment
from timeline.diagnostics import Refusal, rules

if TYPE_CHECKING:
    from datetime import time

    from timeline.dates.durations import Duration


class AlarmBefore(Struct, frozen=True):
    """A duration before the start or the end of an event; with ``clock``, at that time of that day.

    ``edge`` is ``start`` or ``end``.
    """

    amount: Duration
    edge: str
    clock: time | None


WrittenAlarm = AlarmBefore | ClockTime

_NUMBER_AND_WORD = regex(r"\d+ ?[a-z]+\b", re.ASCII | re.IGNORECASE)
_BEFORE = regex(r"(.+?) before(?: (start|end))?(?: at (\S+))?")


def parse_alarm(text: str) -> WrittenAlarm:
    """Parse a reminder.

    Raises: `Refusal` (`alarm-syntax` and those of a date).
    """
    match = _BEFORE.fullmatch(text)
    if match is None:
        return _parse_moment(text)
    amount, clock = _parse_parts(match)
    if clock is not None and amount.is_exact:
        raise Refusal(
            rules.ALARM_SYNTAX,
            f"`{match[1]}` cannot be combined with a time of day",
            f"remove ` at {match[3]}`, or write days or weeks",
            match.span(1),
        )
    return AlarmBefore(amount, match[2] or "start", clock)


def _parse_moment(text: str) -> ClockTime:
    """Parse a reminder at a time.

    What the author may have meant is considered only after the refusal of a time, because a valid
    reminder must not cost the import of `corrections` (19 ms).
    """
    try:
        time = parse_moment(text) if text[:1].isdecimal() else None
    except Refusal as refusal:
        raise (
            _explain_after(text)
            or _explain_bare(text)
            or (refusal if _is_meant_as_time(text, refusal) else _not_a_reminder(text))
        ) from None
    if isinstance(time, ClockTime) and not time.qualification:
        return time
    raise (
        _explain_after(text)
        or _explain_bare(text)
        or (_not_certain(time, text) if isinstance(time, ClockTime) else _not_a_reminder(text))
    )


def _not_a_reminder(text: str) -> Refusal:
    return Refusal(
        rules.ALARM_SYNTAX,
        f"`{text}` is not a reminder",
        "write `1 day before`, `2 hours before end`, `1 day before at 18:00`, or a time such "
        "as `2025-01-02T18:00`",
    )


def _not_certain(time: ClockTime, text: str) -> Refusal:
    return Refusal(
        rules.QUALIFIED_TIME,
        f"`{text}` is not certain, and a reminder is at a certain time",
        f"write `{time.text}`",
        (len(text) - 1, len(text)),
    )


def _is_meant_as_time(text: str, refusal: Refusal) -> bool:
    """Return whether a text that is refused as a date or a time was meant as a time."""
    has_no_correction = refusal.rule is rules.DATE_SYNTAX and refusal.replacement is None
    if has_no_correction and _NUMBER_AND_WORD.match(text):
        return False  # such as `30m`
    return refusal.rule is not rules.INTERVAL and _means_time(refusal)


def _means_time(refusal: Refusal) -> bool:
    """Return whether the correction of a refused date is a time, if it has one."""
    text = refusal.replacement
    return text is None or isinstance(parse_moment(text), ClockTime)


def _parse_parts(match: re.Match[str]) -> tuple[Duration, time | None]:
    """Parse the duration and the time of day; a refusal of either corrects the whole reminder."""
    group = 1
    try:
        amount = parse_duration(match[1])
        group = 3
        return amount, parse_time_of_day(match[3]) if match[3] else None
    except Refusal as refusal:
        better = _correct_parts(match)
        refusal = refusal.at(*match.span(group), replacement=better)
        raise (refusal.with_help(f"write `{better}`") if better else refusal) from None


def _correct_parts(match: re.Match[str]) -> str | None:
    """Return a reminder in the notation of the file; ``None`` if its parts have no reading."""
    from timeline.dates.corrections.readings import (  # noqa: PLC0415 - for errors
        read_duration,
        read_time_of_day,
    )

    amount = read_duration(match[1]) or match[1]
    better = f"{amount} before" + (f" {match[2]}" if match[2] else "")
    if match[3]:
        better += f" at {read_time_of_day(match[3]) or match[3]}"
    if better == match.string:
        return None
    try:
        parse_alarm(better)
    except Refusal:
        return None
    return better


def _explain_bare(text: str) -> Refusal | None:
    """Refuse a duration that is not followed by ``before``."""
    from timeline.dates.corrections.readings import read_duration  # noqa: PLC0415 - for errors

    message = f"`{text}` is a duration, and a reminder is before the start or the end"
    length = read_duration(text)
    if not length and (leading := _NUMBER_AND_WORD.match(text)):
        message, length = f"`{text}` is not a reminder", read_duration(leading[0])
    if not length:
        return None
    return Refusal(
        rules.ALARM_SYNTAX, message, f"write `{length} before`, or `{length} before end`"
    )


def _explain_after(text: str) -> Refusal | None:
    """Refuse a reminder after the event: apps remind before it, and some drop a later one."""
    from timeline.dates.corrections.readings import read_duration  # noqa: PLC0415 - for errors

    match = re.fullmatch(r"(.+?) (after|into)\b.*", text)
    length = read_duration(match[1]) if match else None
    if not match or not length:
        return None
    return Refusal(
        rules.ALARM_SYNTAX,
        f"`{text}` is after the start or the end, and a reminder is before it",
        f"write `{length} before`, `{length} before end`, or the time itself such as "
        "`2025-01-02T18:00`",
        match.span(2),
    )
