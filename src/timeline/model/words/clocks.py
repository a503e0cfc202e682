"""Times in words: ``3 January 2025, 09:00 (Asia/Riyadh)``."""

# ruff: noqa: RUF001, RUF002 - en dashes and minus signs

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline._lazy import regex
from timeline.dates import AOE_NAME, Qualification, local_day
from timeline.model.words.dates import qualified

if TYPE_CHECKING:
    from timeline.dates import Instant
    from timeline.model.words.dates import Wrap
    from timeline.model.words.wording import Wording


def instant_words(value: Instant, wording: Wording, wrap: Wrap | None = None) -> str:
    """Return a time with its day, how certain it is, and its zone if it is not the calendar's.

    ``wrap`` is as in `qualified`.
    """
    words = _day_and_clock(value, wording) + _zone(value, wording)
    return qualified(value.qualification, words, wording, wrap, is_day=True)


def since_time(value: Instant, wording: Wording) -> str:
    """Return ``since 3 January 2025, 09:00``, ``perhaps since about 3 January 2025, 09:00``."""
    if value.qualification:
        return instant_words(value, wording, lambda date: wording.phrase("since {date}", date=date))
    return wording.phrase("since {day}", day=instant_words(value, wording))


def from_time(value: Instant, wording: Wording) -> str:
    """Return ``from 3 January 2025, 09:00``, ``perhaps from about 3 January 2025, 09:00``."""
    if value.qualification:
        return instant_words(value, wording, lambda date: wording.phrase("from {date}", date=date))
    return wording.phrase("from {day}", day=instant_words(value, wording))


def until_time(value: Instant, wording: Wording) -> str:
    """Return ``until 3 January 2025, 09:00``, ``until perhaps about 3 January 2025, 09:00``."""
    words = instant_words(value, wording)
    if value.qualification:
        return wording.phrase("until {date}", date=words)
    return wording.phrase("until {day}", day=words)


def zoned_clock(value: Instant, wording: Wording) -> str:
    """Return the time of day and its zone: ``09:00 (Asia/Riyadh)``."""
    return _clock(value, wording) + _zone(value, wording)


def time_range(start: Instant, end: Instant, wording: Wording) -> str:
    """Return the span between two times, with what they share written once.

    Two zones are both named: a single one would be read as that of both times.
    """
    if start.zone != end.zone:
        wording = wording.naming_zones()
    qualification = start.qualification
    if qualification or end.qualification:
        if qualification is not end.qualification:
            first, last = instant_words(start, wording), until_time(end, wording)
            return wording.phrase("{start} {until}", start=first, until=last)
        words = time_range(_certain(start), _certain(end), wording)
        return qualified(qualification, words, wording)
    if start == end:
        return instant_words(start, wording)
    start_zone, end_zone = _zone(start, wording), _zone(end, wording)
    is_one_day, is_one_zone = local_day(start) == local_day(end), start_zone == end_zone
    if is_one_day and is_one_zone:
        clocks = wording.dates.clocks(start.moment.time(), end.moment.time())
        return _joined(wording.dates.day(local_day(start)), str(clocks), wording) + end_zone
    last = _clock(end, wording) if is_one_day else _day_and_clock(end, wording)
    first = _day_and_clock(start, wording) + ("" if is_one_zone else start_zone)
    return f"{first} – {last}{end_zone}"


def clock_and_zone(value: Instant, wording: Wording) -> str:
    """Return the time of day, for a place in parentheses: ``09:00``, ``09:00 Asia/Riyadh``."""
    name = _zone_name(value, wording)
    return f"{_clock(value, wording)} {name}" if name else _clock(value, wording)


def _certain(value: Instant) -> Instant:
    return replace(value, qualification=Qualification.CERTAIN)


def _day_and_clock(value: Instant, wording: Wording) -> str:
    return _joined(wording.dates.day(local_day(value)), _clock(value, wording), wording)


def _joined(day: str, clock: str, wording: Wording) -> str:
    return wording.phrase("{day}, {time}", day=day, time=clock)


def _clock(value: Instant, wording: Wording) -> str:
    return wording.dates.clock(value.moment.time())


def _zone(value: Instant, wording: Wording) -> str:
    name = _zone_name(value, wording)
    if not name:
        return ""
    return f" {name}" if value.zone == AOE_NAME or name == "UTC" else f" ({name})"


def names_zone(value: Instant, wording: Wording) -> bool:
    """Return whether the words of a time name its zone, or its offset."""
    return bool(_zone_name(value, wording))


def _zone_name(value: Instant, wording: Wording) -> str:
    """Return the zone of a time, or nothing if it is the calendar's and the time is unambiguous."""
    zone = value.zone
    is_home = zone == wording.zone
    if value.moment.fold:  # the second of two equal clock times: only the offset tells them apart
        offset = f"UTC{_with_minus(value.moment.isoformat()[-6:])}"
        return offset if is_home else f"{zone_words(zone, wording)}, {offset}"
    return "" if is_home else zone_words(zone, wording)


def zone_words(zone: str, wording: Wording) -> str:
    """Return a zone as people read it: ``Asia/Riyadh``, ``UTC``, ``UTC+03:00``.

    The sign of ``Etc/GMT+12`` is the other way round than people read it: it is ``UTC−12:00``.
    """
    if zone == AOE_NAME:
        return wording.phrase("anywhere on Earth")
    if fixed := _ETC.fullmatch(zone):
        sign, hours = fixed.groups()
        return f"UTC{'−' if sign == '+' else '+'}{int(hours):02}:00"
    if zone[0] in "+-":
        return f"UTC{_with_minus(zone)}"
    return "UTC" if zone in _UTC else zone


def times_sentence(zone: str, wording: Wording) -> str:
    """Return the sentence that names the zone of times that do not name it."""
    if zone == AOE_NAME:
        return wording.phrase("Times are anywhere on Earth (UTC−12:00).")
    return wording.phrase("Times are in {zone}.", zone=zone_words(zone, wording))


def _with_minus(offset: str) -> str:
    return offset.replace("-", "−")


_ETC = regex(r"Etc/GMT([+-])([1-9]\d?)")
_UTC = frozenset({"UTC", "Etc/UTC", "Etc/GMT", "Etc/GMT0", "Etc/GMT+0", "Etc/GMT-0", "GMT"})
