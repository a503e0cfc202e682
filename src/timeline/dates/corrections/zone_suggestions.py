"""Suggest what to write instead of a time zone that does not exist."""

from __future__ import annotations

import re
from functools import cache

from timeline.dates.corrections.abbreviations import (
    WITHOUT_SUMMER_TIME,
    explain_without_summer_time,
    offset_of_abbreviation,
    places_of_abbreviation,
    zones_by_abbreviation,
)
from timeline.dates.zones import AOE_NAME, AOE_OFFSET, listed_zone_names, zone_names
from timeline.diagnostics import VERY_SIMILAR, most_similar


def suggest_zone(name: str, *, in_brackets: bool) -> str:
    """Return the help for a name that is not a zone."""
    if name.startswith("!"):
        return f"write `{name[1:]}`; a zone is always applied, so `!` (RFC 9557) is not needed"
    if means_aoe(name):
        return f"write `{AOE_NAME}`, which is anywhere on Earth"
    if place := _zone_in_words(name):
        return f"write `{place}`"
    if name.upper() in WITHOUT_SUMMER_TIME:
        return explain_without_summer_time(name.upper())
    if near := nearest_zone(name):
        return f"did you mean `{near}`?"
    if match := _OFFSET.fullmatch(name):
        sign, hours, minutes = match.groups("00")
        return _suggest_for_offset(sign, int(hours), minutes, in_brackets=in_brackets)
    match = _ABBREVIATION_AND_HOURS.fullmatch(name)
    if match and (help_ := _suggest_for_hours(match[1], match[2], int(match[3]))):
        return help_
    if both := _zones_of_both(name):
        return f"write {' or '.join(f'`{place}`' for place in both)}"
    if places := zones_by_abbreviation(name):
        listed = " or ".join(f"`{place}`" for place in places)
        return f"abbreviations may mean several zones; write the place, such as {listed}"
    if re.fullmatch("[A-Z]{2,5}", name):
        return "abbreviations may mean several zones; write the place, such as `Asia/Riyadh`"
    return "write an IANA name such as `Asia/Riyadh`"


def means_aoe(name: str) -> bool:
    """Return whether a text means anywhere on Earth: ``aoe``, ``Anywhere on Earth (UTC-12)``."""
    letters = re.sub("[^a-z]", "", name.casefold())
    return letters in _AOE or letters.startswith("anywhereonearth")


_AOE = frozenset({"aoe", "aoetime", "aoeutc", "etcaoe", "utcaoe"})


def _zones_of_both(name: str) -> list[str]:
    """Return the zones of ``PST/PDT``, which have one abbreviation in winter, one in summer."""
    first, slash, other = name.partition("/")
    others = places_of_abbreviation(other) if slash else ()
    return [place for place in places_of_abbreviation(first) if place in others]


# Zones in words: the names that Windows has for them.


def _zone_in_words(name: str) -> str | None:
    """Return the zone of ``W. Europe Standard Time``, ``Pacific Time (US & Canada)`` and similar.

    Windows also has ``(UTC+01:00) Amsterdam, Berlin, Bern``: the first place that is a zone.
    """
    words = _BEFORE_WORDS.sub("", name)
    if re.search(r" time\b", words, re.IGNORECASE):
        return _windows_zone(words)
    if words != name or "," in name:
        places = _names_by_spelling()[1]
        parts = (places.get(_folded(part)) for part in words.split(","))
        return next(filter(None, parts), None)
    return None


_BEFORE_WORDS = re.compile(r"\A\((?:UTC|GMT)(?:[+-]\d\d:\d\d)?\) ", re.ASCII | re.IGNORECASE)


def _windows_zone(name: str) -> str | None:
    # The package takes 150 ms to import, and few errors are about such a name.
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 - see above

    zones = {windows.casefold(): zone for windows, zone in WINDOWS_TO_OLSON.items()}
    wanted = name.casefold().replace(" (us & canada)", "")
    wanted = re.sub(r" (?:daylight|summer) time", " standard time", wanted)
    zone = zones.get(wanted) or zones.get(wanted.replace(" time", " standard time"))
    return zone if zone in zone_names() else None


# Offsets.

_OFFSET = re.compile(r"(?:GMT|UTC)? ?([+-])(\d\d?)(?::?(\d\d))?", re.ASCII | re.IGNORECASE)
_ABBREVIATION_AND_HOURS = re.compile(
    r"([a-z]{2,5}) ?([+-])(\d\d?)(?::?00)?", re.ASCII | re.IGNORECASE
)


def _suggest_for_offset(sign: str, hours: int, minutes: str, *, in_brackets: bool) -> str:
    offset = f"{sign}{hours:02}:{minutes}"
    aoe = f"; `{AOE_NAME}` is anywhere on Earth" if offset == AOE_OFFSET else ""
    if in_brackets:
        return f"write `{offset}` without brackets, or the place, such as `Asia/Riyadh`{aoe}"
    help_ = "write the place, such as `Asia/Riyadh`"
    fixed = _fixed_zone(hours if sign == "+" else -hours)
    if minutes == "00" and hours and fixed in zone_names():
        help_ += f"; `{fixed}` (its sign is reversed) is at {offset} all year"
    return help_ + aoe


def _fixed_zone(hours: int) -> str:
    return f"Etc/GMT{-hours:+}"  # POSIX counts westwards


def _suggest_for_hours(name: str, sign: str, hours: int) -> str | None:
    """Return the help for ``CET+1``: the offset of CET itself, or an hour more than that."""
    places, own = places_of_abbreviation(name), offset_of_abbreviation(name)
    if not places:
        return None
    listed = " or ".join(f"`{place}`" for place in places)
    help_ = f"write the place, such as {listed}"
    if own is None or own % 3600:
        return help_
    moved = own // 3600 + (hours if sign == "+" else -hours)
    if moved and _fixed_zone(moved) in zone_names():
        side = "ahead of" if sign == "+" else "behind"
        unit = "hour" if hours == 1 else "hours"
        help_ += (
            f"; for {hours} {unit} {side} {name.upper()} write a place there, or "
            f"`{_fixed_zone(moved)}`, which is at {moved:+03}:00 all year"
        )
    return help_


def nearest_zone(name: str) -> str | None:
    """Return the zone that the author of a name may have meant, or ``None``.

    Tried in this order: another case, or spaces for underscores (``europe/berlin``); the last part
    alone (``New York``, ``Germany/Berlin``); a misspelling of either (``Europe/Berln``, ``Ryadh``).
    """
    wanted = _folded(name)
    whole, places = _names_by_spelling()
    zone = whole.get(wanted) or places.get(wanted) or places.get(wanted.rpartition("/")[2])
    if zone or len(wanted) < 5:  # every word of four letters is a misspelling of another
        return zone
    # Not `nearest`, which is for words of a file: these are 1,000, and no file adds to them.
    similar = most_similar(wanted, places, VERY_SIMILAR)
    return places[similar] if similar else None


@cache
def _names_by_spelling() -> tuple[dict[str, str], dict[str, str]]:
    """Return all names by their folded spelling, and places also by that of their last part.

    Only places are guessed. ``GMT+3`` is not ``Etc/GMT+3``, which is three hours *behind*
    Greenwich, and ``CEST`` does not mean ``EST``.
    """
    whole = {_folded(name): name for name in listed_zone_names()}
    places = {
        key: name for key, name in whole.items() if "/" in name and not name.startswith("Etc/")
    }
    for key, name in tuple(places.items()):
        places.setdefault(key.rpartition("/")[2], name)
    return whole, places


def _folded(name: str) -> str:
    return "_".join(name.casefold().replace("_", " ").split())
