"""Relative dates as people write them, ``2 days before rally starts``, as the file does."""

from __future__ import annotations

import re

from timeline.dates.corrections.dates import normalize_time_of_day
from timeline.dates.corrections.durations import normalize_duration
from timeline.dates.corrections.working_days import normalize_working_days, without_dash

_EDGES = dict.fromkeys(("start", "starts", "begin", "begins", "beginning"), "start")
_EDGES |= dict.fromkeys(("end", "ends", "finish", "finishes", "ending"), "end")
_POINT = r"(?P<id>[\w-]+)\.(?P<edge>[a-z]+)(?:(?:\.|'s | )(?P<day>day))?(?P<early>[?~%]?)"
_ANCHORED = re.compile(rf"{_POINT}(?P<tail>.*)", re.ASCII | re.IGNORECASE)
_BESIDE = re.compile(
    rf"(?P<length>.+?) (?P<way>before|after) {_POINT}(?P<tail>.*)", re.ASCII | re.IGNORECASE
)
_TERM = re.compile(
    r" ?(\+ ?-|[+-]|plus|minus) ?(.+?)(?= ?(?:[+-]|\bplus\b|\bminus\b|\bat\b|@|[?~%]?\Z))",
    re.IGNORECASE,
)
_AT = re.compile(r" ?(?:at |@) ?(.+?)(?=[?~%]?\Z| ?[+-])")
_EXACT = re.compile("hour|minute|T")
"""What a term of hours, minutes or seconds has in the notation of the file."""


def read_relative(text: str) -> list[str]:
    """Return the reading of a plain text like ``three days after rally.end``, if it has one."""
    match = _BESIDE.fullmatch(text) or _ANCHORED.fullmatch(text)
    edge = _EDGES.get(match["edge"].lower()) if match else None
    if not match or not edge:
        return []
    tail = match["tail"]
    if match.re is _BESIDE:
        tail = f"{'-' if match['way'].lower() == 'before' else '+'}{match['length']}{tail}"
    terms = _read_terms(tail)
    if terms is None:
        return []
    mark = "" if terms.endswith(match["early"] or " ") else match["early"]
    day = ".day" if match["day"] else ""
    return [f"{match['id'].lower()}.{edge}{day}{terms}{mark}"]


def _read_terms(text: str) -> str | None:
    """Return terms, a time of day and a mark; terms that are written after the time come first.

    That is the same moment, unless they are of hours, for which there is no other order.
    """
    text = without_dash(text)
    terms, place = _read_amounts(text, 0)
    if match := _AT.match(text, place):
        clock = normalize_time_of_day(match[1])
        later, place = _read_amounts(text, match.end())
        if not clock or _EXACT.search(later):
            return None
        terms += f"{later} at {clock}"
    rest = text[place:].strip()
    return terms + rest if rest in ("", "?", "~", "%") else None


def _read_amounts(text: str, place: int) -> tuple[str, int]:
    """Return the terms from a place on, and the place after the last one that can be read."""
    terms = ""
    while match := _TERM.match(text, place):
        amount = normalize_duration(match[2]) or normalize_working_days(match[2])
        if not amount:
            break
        terms += f" {'-' if '-' in match[1] or match[1].lower() == 'minus' else '+'} {amount}"
        place = match.end()
    return terms, place
