"""Suggest what to write instead of a time zone that does not exist."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from timeline.dates.zones import listed_zone_names, zone_names
from timeline.diagnostics import VERY_SIMILAR, most_similar


def suggest_zone(name: str, *, in_brackets: bool) -> str:
    """Return the help for a name that is not a zone."""
    if name.startswith("!"):
        return f"write `{name[1:]}`; a zone is always applied, so `!` (RFC 9557) is not needed"
    if near := nearest_zone(name):
        return f"did you mean `{near}`?"
    if match := _OFFSET.fullmatch(name):
        sign, hours, minutes = match.groups("00")
        return _suggest_for_offset(sign, int(hours), minutes, in_brackets=in_brackets)
    if places := zones_by_abbreviation(name):
        listed = " or ".join(f"`{place}`" for place in places)
        return f"abbreviations may mean several zones; write the place, such as {listed}"
    if re.fullmatch("[A-Z]{2,5}", name):
        return "abbreviations may mean several zones; write the place, such as `Asia/Riyadh`"
    return "write an IANA name such as `Asia/Riyadh`"


_OFFSET = re.compile(r"(?:GMT|UTC)? ?([+-])(\d\d?)(?::?(\d\d))?", re.ASCII | re.IGNORECASE)


def _suggest_for_offset(sign: str, hours: int, minutes: str, *, in_brackets: bool) -> str:
    offset = f"{sign}{hours:02}:{minutes}"
    if in_brackets:
        return f"write `{offset}` without brackets, or the place, such as `Asia/Riyadh`"
    fixed = f"Etc/GMT{'-' if sign == '+' else '+'}{hours}"  # POSIX counts westwards
    help_ = "write the place, such as `Asia/Riyadh`"
    if minutes == "00" and hours and fixed in zone_names():
        help_ += f"; `{fixed}` (its sign is reversed) is at {offset} all year"
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


def zones_by_abbreviation(name: str) -> tuple[str, ...]:
    """Return zones that people call by an abbreviation such as ``CST``, the best known of several.

    Abbreviations that are names of zones themselves, as ``EST`` and ``CET`` are, have none here.
    """
    return _ABBREVIATED.get(name.upper(), ())


_ABBREVIATED: Final = {
    "ACST": ("Australia/Adelaide", "Australia/Darwin"),
    "ADT": ("America/Halifax",),
    "AEDT": ("Australia/Sydney",),
    "AEST": ("Australia/Sydney", "Australia/Brisbane"),
    "AKST": ("America/Anchorage",),
    "AMT": ("America/Manaus", "Asia/Yerevan"),
    "ART": ("America/Argentina/Buenos_Aires",),
    "AST": ("Asia/Riyadh", "America/Halifax"),
    "AWST": ("Australia/Perth",),
    "BRT": ("America/Sao_Paulo",),
    "BST": ("Europe/London", "Asia/Dhaka"),
    "CAT": ("Africa/Harare", "Africa/Maputo"),
    "CDT": ("America/Chicago", "America/Havana"),
    "CEST": ("Europe/Paris", "Europe/Berlin"),
    "CST": ("America/Chicago", "Asia/Shanghai"),
    "EAT": ("Africa/Nairobi",),
    "EDT": ("America/New_York",),
    "EEST": ("Europe/Athens", "Europe/Helsinki"),
    "GST": ("Asia/Dubai", "Atlantic/South_Georgia"),
    "HKT": ("Asia/Hong_Kong",),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "JST": ("Asia/Tokyo",),
    "KST": ("Asia/Seoul",),
    "MDT": ("America/Denver",),
    "MSK": ("Europe/Moscow",),
    "NZDT": ("Pacific/Auckland",),
    "NZST": ("Pacific/Auckland",),
    "PDT": ("America/Los_Angeles",),
    "PKT": ("Asia/Karachi",),
    "PST": ("America/Los_Angeles", "Asia/Manila"),
    "SAST": ("Africa/Johannesburg",),
    "SGT": ("Asia/Singapore",),
    "WAT": ("Africa/Lagos",),
    "WEST": ("Europe/Lisbon",),
    "WIB": ("Asia/Jakarta",),
}
