"""Dates and times of day as people write them, ``3 Jan 2025`` or ``9 pm``, as the file does.

Every pattern here is tried on short text that `plain_text` has made plain, so none takes long.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from timeline.dates.corrections.abbreviations import places_of_abbreviation
from timeline.dates.corrections.zone_suggestions import means_aoe
from timeline.dates.names import MONTH_NAMES
from timeline.dates.zones import AOE_NAME, attach_zone

if TYPE_CHECKING:
    from collections.abc import Callable

# Times of day.

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.0+)?)?)?"
    r"(?: ?(?:(?P<half>[ap])\.?m\.?|h(?P<past>\d\d)?))?|(?P<noon>noon)",
    re.ASCII | re.IGNORECASE,
)
_BARE_CLOCK = re.compile(r"(\d\d)(?:(\d\d)(\d\d)?)?", re.ASCII)
_MOMENT = re.compile(
    r"(?P<day>.*?\d)(?:(?P<t>T)|,? at |,? |@)(?P<clock>\d[\d:.]*(?: ?(?:[ap]\.?m\.?|h\d*))?|noon)"
    r" ?(?P<utc>Z|UTC|GMT)?(?:(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?)?"
    r" ?(?:\[(?P<zone>[^\[\]]+)\]|(?P<name>[A-Za-z_]+/[\w/+-]+)"
    r"|[\[(]?(?P<word>anywhere on earth|[a-z]{2,5})[\])]?)?",
    re.ASCII | re.IGNORECASE,
)


def normalize_time_of_day(text: str) -> str | None:
    """Return ``9am``, ``9:30 p.m.``, ``9:00`` or ``21h`` as ``HH:MM``; ``None`` if it is not one.

    A number alone is not a time of day.
    """
    match = _CLOCK.fullmatch(text)
    if not match or text.isdigit():
        return None
    if match["noon"]:
        return "12:00"
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
    seconds = f":{match['second']}" if match["second"] else ""
    return f"{hour:02}:{match['minute'] or match['past'] or '00'}{seconds}"


def normalize_clock_time(text: str) -> list[str]:
    """Return what a day with a time of day, and perhaps a zone, may mean, most likely first."""
    match = _MOMENT.fullmatch(text)
    if not match:
        return []
    shown = normalize_time_of_day(re.sub(r"\A(\d\d?)\.(\d\d)", r"\1:\2", match["clock"]))  # 18.00
    if not shown and match["t"] and (bare := _BARE_CLOCK.fullmatch(match["clock"])):
        shown = f"{bare[1]}:{bare[2] or '00'}" + (f":{bare[3]}" if bare[3] else "")
    if not shown:
        return []
    where = "Z" if match["utc"] else ""
    if match["sign"]:
        where = f"{match['sign']}{match['hours']:0>2}:{match['minutes'] or '00'}"
    zone, days = match["zone"] or match["name"], normalize_date(match["day"])
    if zone:
        where += f"[{zone}]"
    if word := match["word"]:
        return [
            f"{day}T{shown}{place}" for day in days for place in _places_of_word(word, day, shown)
        ]
    return [f"{day}T{shown}{where}" for day in days]


def has_abbreviation(text: str) -> bool:
    """Return whether a text is a time whose zone is an abbreviation, which is a guess."""
    match = _MOMENT.fullmatch(text)
    word = match["word"] if match else None
    return word is not None and not means_aoe(word) and bool(places_of_abbreviation(word))


def _places_of_word(word: str, day: str, shown: str) -> list[str]:
    """Return what a time may end in whose zone is an abbreviation: at most one for each offset."""
    if means_aoe(word):
        return [f"[{AOE_NAME}]"]
    by_offset: dict[object, str] = {}
    for place in places_of_abbreviation(word):
        try:
            offset = attach_zone(datetime.fromisoformat(f"{day}T{shown}"), place).utcoffset()
        except ValueError:  # a day that does not exist
            offset = None
        by_offset.setdefault(offset, f"[{place}]")
    return list(by_offset.values())


# Days, months, years and the rest.

_NOISE = re.compile(
    r"\b(?:in|on|during|sometime|some time|the|of|year)\b"
    r"|,|'(?=s\b)|(?<=\d)(?:st|nd|rd|th)\b",
    re.ASCII,
)
_MONTHS = tuple(name[:3].lower() for name in MONTH_NAMES)
MONTH_PATTERN = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
"""An English month; to be matched without regard to case."""

_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_SEASONS = {"spring": 25, "summer": 26, "autumn": 27, "fall": 27, "winter": 28}


def normalize_date(text: str) -> list[str]:
    """Return what a day or a longer unit may mean, most likely first."""
    bare = " ".join(_NOISE.sub(" ", text.casefold()).split())
    for pattern, read in _FORMS:
        if (match := pattern.fullmatch(bare)) and (readings := read(*match.groups())):
            return readings
    return []


def _day(year: str, month: str, number: str) -> list[str]:
    """Return a day, even the 31st of June: the calendar reports what is wrong with it."""
    exists = 1 <= int(month) <= 12 and 1 <= int(number) <= 31
    return [f"{year}-{int(month):02}-{int(number):02}"] if exists else []


def _named(year: str, name: str, number: str) -> list[str]:
    return _day(year, str(_MONTHS.index(name[:3]) + 1), number)


def _month(year: str, number: str) -> list[str]:
    return [f"{year}-{int(number):02}"] if 1 <= int(number) <= 12 else []


def _named_month(year: str, name: str) -> list[str]:
    return _month(year, str(_MONTHS.index(name[:3]) + 1))


def _part(year: str, letter: str, number: str) -> list[str]:
    return [f"{year}-{letter.upper()}{_ORDER.get(number, number)}"]


def _week(year: str, number: str, weekday: str | None = None) -> list[str]:
    if weekday is None:
        return [f"{year}-W{int(number):02}"]
    try:
        return [date.fromisocalendar(int(year), int(number), int(weekday)).isoformat()]
    except ValueError:
        return []


def _day_of_year(year: str, number: str) -> list[str]:
    try:
        day = date.fromordinal(date(int(year), 1, 1).toordinal() + int(number) - 1)
    except (ValueError, OverflowError):
        return []
    return [day.isoformat()] if day.year == int(year) else []


def _season(name: str, year: str) -> list[str]:
    code = _SEASONS[name]
    return [f"{year}-{code}", f"{year}-{code + 4}"]


def _season_over_new_year(name: str, year: str, next_year: str) -> list[str]:
    code = {"winter": 28, "summer": 30}.get(name)
    follows = f"{int(year) + 1:04}".endswith(next_year) and len(next_year) in (2, 4)
    return [f"{year}-{code}"] if code and follows else []


def _decade(digits: str) -> list[str]:
    return [f"{digits}X", f"{digits[:2]}XX"] if digits[2] == "0" else [f"{digits}X"]


_UNKNOWN_PART = r"(?:tb[acd]|\?\?|dd|mm|00)"
"""What people write in place of a day or a month that is not known."""

_FORMS: tuple[tuple[re.Pattern[str], Callable[..., list[str]]], ...] = tuple(
    (
        re.compile(
            pattern.replace("MONTH", f"({MONTH_PATTERN})")
            .replace("PART", _UNKNOWN_PART)
            .replace("_", "[ ./-]*"),
            re.ASCII,
        ),
        read,
    )
    for pattern, read in (
        # 3 January 2025, 3. Jan 2025, 3-Jan-2025
        (r"(\d\d?)_MONTH_(\d{4})", lambda d, m, y: _named(y, m, d)),
        # January 3, 2025
        (r"MONTH_(\d\d?)[ .-]+(\d{4})", lambda m, d, y: _named(y, m, d)),
        # 2025 January 3, and 2025 3 January of Latvian
        (r"(\d{4})_MONTH_(\d\d?)", _named),
        (r"(\d{4}) (\d\d?) MONTH", lambda y, d, m: _named(y, m, d)),
        # January 2025
        (r"MONTH_(\d{4})", lambda m, y: _named_month(y, m)),
        (r"(\d{4})_MONTH", _named_month),
        # 2025-10-TBD, 2025-??-??, TBC October 2025, dd/10/2025: a part is not known
        (r"(\d{4}-\d\d)-PART", lambda m: [m]),
        (r"(\d{4})-PART(?:-PART)?", lambda y: [y]),
        (r"PART_MONTH_(\d{4})", lambda m, y: _named_month(y, m)),
        (r"PART[./-](\d\d?)[./-](\d{4})", lambda m, y: _month(y, m)),
        # 2025-1-3, 2025/01/03, and 2025-31-01, where there is no month 31
        (r"(\d{4})[./ -](\d\d?)[./ -](\d\d?)", lambda y, m, d: _day(y, m, d) or _day(y, d, m)),
        # 03/01/2025: day first in most of the world, month first in the United States
        (
            r"(\d\d?)(?:[/-]|\. ?| )(\d\d?)(?:[/-]|\. ?| )(\d{4})",
            lambda a, b, y: _day(y, b, a) + _day(y, a, b),
        ),
        # 20250103, as iCalendar writes it
        (r"(\d{4})(\d\d)(\d\d)", _day),
        # 2025-003 is a day of the year in ISO 8601
        (r"(\d{4})-?(\d{3})", _day_of_year),
        # 01/2025, 2025/1
        (r"(\d\d?)[./ -](\d{4})", lambda m, y: _month(y, m)),
        (r"(\d{4})[./ -](\d\d?)", _month),
        # a day with a zone: 2025-01-03Z; with a dash it may be a time as well
        (r"(\d{4})-(\d\d)-(\d\d)(?:z|\+\d\d:?\d\d)", _day),
        (r"(\d{4}-\d\d-\d\d)-(\d\d:\d\d)", lambda d, t: [f"{d}T{t}", d]),
        # Q1 2025, 2025Q1, 2025-q1, 1Q 2025, first half 2025
        (r"(q|h)([1-4])[ ./-]?(\d{4})", lambda k, n, y: _part(y, k, n)),
        (r"(\d{4})[ ./-]?(q|h)([1-4])", _part),
        (r"([1-4])(q|h)[ ./-]?(\d{4})", lambda n, k, y: _part(y, k, n)),
        (
            r"(first|second|third|fourth|last|[1-4]) (q)uarter (\d{4})",
            lambda n, k, y: _part(y, k, n),
        ),
        (r"(first|second|[12]) (h)alf(?:-year)? (\d{4})", lambda n, k, y: _part(y, k, n)),
        # 2025-w3, 2025W03, week 3 2025, and 2025-W03-5, which is its Friday
        (r"(\d{4})[ -]?w(?:eek)? ?(\d\d?)", _week),
        (r"(\d{4})-?w(\d\d)-?([1-7])", _week),
        (r"(?:cw|kw|wk|w|week) ?(\d\d?)[ ./-]?(\d{4})", lambda n, y: _week(y, n)),
        # spring 2025, north or south; winter 2025/26 can only be the northern one
        (r"(spring|summer|autumn|fall|winter)[ -](\d{4})", _season),
        (r"(\d{4})[ -](spring|summer|autumn|fall|winter)", lambda y, n: _season(n, y)),
        (r"(summer|winter) (\d{4}) ?[/-] ?(\d{2,4})", _season_over_new_year),
        # 2020s; the 2000s are ten years or a hundred
        (r"(\d{3})0 ?s", _decade),
        # 19th century
        (r"([1-9]\d?) ?(?:century|cent\.?)", lambda n: [f"{int(n) - 1:02}XX"]),
        # 202x, and the drafts' 156u; what is written correctly is returned as it is
        (r"([\dxu]{4}(?:-[\dxu]{2}){0,2})", lambda t: [t.upper().replace("U", "X")]),
    )
)
"""Each pattern over lower-case letters, and the function that takes its groups.

``_`` in a pattern stands for the spaces and signs that may separate two parts.
"""
