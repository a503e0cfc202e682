"""Abbreviations of time zones, and the places where each is used."""

from __future__ import annotations

from typing import Final

from timeline.dates.zones import zone_onsets


def zones_by_abbreviation(name: str) -> tuple[str, ...]:
    """Return zones that people call by an abbreviation such as ``CST``, the best known of several.

    Abbreviations that are names of zones themselves, as ``EST`` and ``CET`` are, have none here.
    """
    return ABBREVIATED.get(name.upper(), ())


def places_of_abbreviation(name: str) -> tuple[str, ...]:
    """Return the zones of an abbreviation, also of one that is a name of a zone itself."""
    return zones_by_abbreviation(name) or _NAMES.get(name.upper(), ())


def offset_of_abbreviation(name: str) -> int | None:
    """Return the offset in seconds of an abbreviation where it is used; ``None`` if not known."""
    for place in places_of_abbreviation(name):
        for onset in reversed(zone_onsets(place)):
            if onset.abbreviation == name.upper():
                return onset.offset
    return None


WITHOUT_SUMMER_TIME: Final = {
    "EST": ("America/New_York", "America/Panama"),
    "HST": ("America/Adak", "Pacific/Honolulu"),
    "MST": ("America/Denver", "America/Phoenix"),
}
"""Names of zones whose offset is the same all year, with a place of it that has summer time, and
one that has none."""


def explain_without_summer_time(name: str) -> str:
    """Return what to write in place of a name in `WITHOUT_SUMMER_TIME`."""
    with_, without = WITHOUT_SUMMER_TIME[name]
    return f"write `{with_}` for a place with summer time, or `{without}` for one without"


_NAMES: Final = {
    "CET": ("Europe/Paris", "Europe/Berlin"),
    "EET": ("Europe/Athens", "Europe/Helsinki"),
    "MET": ("Europe/Paris", "Europe/Berlin"),
    "WET": ("Europe/Lisbon",),
    **WITHOUT_SUMMER_TIME,
}

ABBREVIATED: Final = {
    "ACDT": ("Australia/Adelaide",),
    "ACST": ("Australia/Adelaide", "Australia/Darwin"),
    "ADT": ("America/Halifax",),
    "AEDT": ("Australia/Sydney",),
    "AEST": ("Australia/Sydney", "Australia/Brisbane"),
    "AKDT": ("America/Anchorage",),
    "AKST": ("America/Anchorage",),
    "AKT": ("America/Anchorage",),
    "AMT": ("America/Manaus", "Asia/Yerevan"),
    "ART": ("America/Argentina/Buenos_Aires",),
    "AST": ("Asia/Riyadh", "America/Halifax"),
    "AWST": ("Australia/Perth",),
    "BOT": ("America/La_Paz",),
    "BRST": ("America/Sao_Paulo",),
    "BRT": ("America/Sao_Paulo",),
    "BST": ("Europe/London", "Asia/Dhaka", "Pacific/Bougainville"),
    "CAT": ("Africa/Harare", "Africa/Maputo"),
    "CDT": ("America/Chicago", "America/Havana"),
    "CEST": ("Europe/Paris", "Europe/Berlin"),
    "CHST": ("Pacific/Guam",),
    "CLST": ("America/Santiago",),
    "CLT": ("America/Santiago",),
    "COT": ("America/Bogota",),
    "CST": ("America/Chicago", "Asia/Shanghai"),
    "CT": ("America/Chicago",),
    "EAT": ("Africa/Nairobi",),
    "ECT": ("America/Guayaquil", "America/Martinique"),
    "EDT": ("America/New_York",),
    "EEST": ("Europe/Athens", "Europe/Helsinki"),
    "ET": ("America/New_York",),
    "GET": ("Asia/Tbilisi",),
    "GST": ("Asia/Dubai", "Atlantic/South_Georgia"),
    "HDT": ("America/Adak",),
    "HKT": ("Asia/Hong_Kong",),
    "ICT": ("Asia/Bangkok", "Asia/Ho_Chi_Minh"),
    "IDT": ("Asia/Jerusalem",),
    "IRST": ("Asia/Tehran",),
    "IST": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "JST": ("Asia/Tokyo",),
    "KST": ("Asia/Seoul",),
    "MDT": ("America/Denver",),
    "MESZ": ("Europe/Berlin",),
    "MEZ": ("Europe/Berlin",),
    "MSK": ("Europe/Moscow",),
    "MT": ("America/Denver",),
    "MYT": ("Asia/Kuala_Lumpur",),
    "NDT": ("America/St_Johns",),
    "NPT": ("Asia/Kathmandu",),
    "NST": ("America/St_Johns",),
    "NZDT": ("Pacific/Auckland",),
    "NZST": ("Pacific/Auckland",),
    "PDT": ("America/Los_Angeles",),
    "PET": ("America/Lima",),
    "PHT": ("Asia/Manila",),
    "PKT": ("Asia/Karachi",),
    "PST": ("America/Los_Angeles", "Asia/Manila"),
    "PT": ("America/Los_Angeles",),
    "PYT": ("America/Asuncion",),
    "SAST": ("Africa/Johannesburg",),
    "SGT": ("Asia/Singapore",),
    "SST": ("Pacific/Pago_Pago", "Asia/Singapore"),
    "TRT": ("Europe/Istanbul",),
    "UYT": ("America/Montevideo",),
    "VET": ("America/Caracas",),
    "WAT": ("Africa/Lagos",),
    "WEST": ("Europe/Lisbon",),
    "WIB": ("Asia/Jakarta",),
    "WIT": ("Asia/Jayapura",),
    "WITA": ("Asia/Makassar",),
    "WST": ("Australia/Perth", "Pacific/Apia"),
}
