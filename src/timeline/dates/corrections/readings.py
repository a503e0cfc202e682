"""Readings of a text that is not a date: what its author may have meant, as the file writes it.

A reading is never used as a date: it is what a help suggests, and what ``validate --fix`` may
write. So it never adds a fact that the text does not have, and a text with two readings has both.
``dateutil`` and ``pendulum`` would read far more, and much of it wrongly ("now", ``2025`` as
midnight, ``03/01`` in the American order).
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from timeline.dates.calendar_units import Precision
from timeline.dates.corrections.anchors import read_relative
from timeline.dates.corrections.bounds import Bound, read_bound
from timeline.dates.corrections.dates import (
    MONTH_PATTERN,
    has_abbreviation,
    normalize_clock_time,
    normalize_date,
    normalize_time_of_day,
)
from timeline.dates.corrections.durations import normalize_duration
from timeline.dates.corrections.ordinal_weekdays import readable_texts
from timeline.dates.corrections.plain_text import plain_text
from timeline.dates.corrections.translations import in_english, means_to_be_confirmed
from timeline.dates.corrections.weekdays import (
    WEEKDAY_PATTERN,
    on_weekday,
    split_weekday,
    weekday_note,
    weekday_of,
)
from timeline.dates.corrections.working_days import normalize_working_days
from timeline.dates.edtf import parse_date
from timeline.dates.moves import move_day
from timeline.dates.names import WEEKDAY_NAMES
from timeline.dates.one_sided import make_one_sided
from timeline.diagnostics import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_LENGTH = 120
"""The length of the texts that are read: no date in words is longer, and patterns stay fast."""


def possible_readings(text: str) -> list[str]:
    """Return what the author may have meant, in the notation of the file, most likely first.

    Two or more if the text is ambiguous, none if it has no meaning. A reading has the shape of a
    date but may not be allowed where the text is; the caller parses it.
    """
    if len(text) > MAX_LENGTH:
        return []
    plain = plain_text(text)
    readings = _read_plain(plain) or [
        reading for english in in_english(plain) for reading in _read_plain(english)
    ]
    return [reading for reading in dict.fromkeys(readings) if reading != text]


def _read_plain(text: str) -> list[str]:
    return [reading for readable in readable_texts(text) for reading in _read_text(readable)]


def _read_text(text: str) -> list[str]:
    readings = _read_word(text) or read_relative(text) or one_sided_readings(text)
    return readings or _read_between(text) or _read_unconfirmed(text) or _read_qualified(text)


def only_reading(text: str) -> str:
    """Return the only reading of a text, or the text itself if there is none or another.

    A reading must not lose anything: ``2025`` is not a reading of ``early 2025``. A day is read as
    its number even if its weekday is another.
    """
    readings = possible_readings(text)
    if len(readings) > 1:
        split = map(split_weekday, _read_words(plain_text(text)))
        return next((only_reading(rest) for rest, weekday in split if weekday is not None), text)
    return readings[0] if readings and not _VAGUE.search(text) else text


def certain_reading(text: str) -> str | None:
    """Return the only reading of a text if it is certain, so that ``--fix`` may write it.

    It is not if it is a guess (``2025-13-01`` may be the 13th of January, ``now`` an open end), nor
    if the text has a weekday that the day is not.
    """
    plain = plain_text(text) if len(text) <= MAX_LENGTH else ""
    reading = only_reading(text)
    if reading == text or any(_is_guess(words, reading) for words in _read_words(plain)):
        return None
    return reading


def _read_words(plain: str) -> list[str]:
    """Return the English words of a plain text: its own if they have a reading, else translated."""
    return [plain] if _read_plain(plain) else in_english(plain)


def named_weekday(text: str) -> int | None:
    """Return the weekday in an author's text, in any language, Monday as 0; else ``None``."""
    plain = plain_text(text) if len(text) <= MAX_LENGTH else ""
    weekdays = (split_weekday(words)[1] for words in (*_read_words(plain), plain))
    return next((weekday for weekday in weekdays if weekday is not None), None)


def weekday_notes(texts: Sequence[str], readings: Sequence[str]) -> list[str]:
    """Return a sentence for each weekday that a day does not have.

    ``texts`` are the texts of several dates, and ``readings`` what each is read as.
    """
    pairs = zip(texts, readings, strict=True)
    notes = (weekday_note(named_weekday(text), reading) for text, reading in pairs)
    return list(dict.fromkeys(filter(None, notes)))


def _is_guess(words: str, reading: str) -> bool:
    without, weekday = split_weekday(words)
    is_guess = _GUESSED.search(without) or has_abbreviation(without)
    is_guess = is_guess or len(readable_texts(words)) > 1
    return bool(is_guess) or weekday not in (None, weekday_of(reading))


_GUESSED = re.compile(
    r"\A(?:now|until now|to date|present|open)\Z"
    r"|\A\d{4}[./ -](?:1[3-9]|[2-9]\d)[./ -]\d"  # a month 13
    r"|\A\d{4}-?\d{3}\Z"  # a day of the year, or a slip
    r"|\A\d{4}-\d\d-\d\d(?:Z|[+-]\d\d:?\d\d)\Z"  # a day with a zone loses the zone
    r"|[?~%][ T-]?\d.*\d\Z|[?~%]-\d"  # one part is qualified
    r"|\bcent(?:ury|\b)"  # it began with the year 1
    r"|\b(?:weekday|bank)",  # the working days may be others
    re.IGNORECASE | re.ASCII,
)


def vague_word(text: str) -> str | None:
    """Return the word of ``early 2025`` that no notation has: ``early``, ``middle``, ``end``."""
    match = _VAGUE.search(text) if len(text) <= MAX_LENGTH else None
    return match[1].lower() if match else None


def read_interval(text: str) -> tuple[str, str] | None:
    """Return the two dates of a text like ``3 to 17 January 2025``, in the notation of the file.

    The second is ``..`` for an open end, ``TBC`` for an unknown one. A date without a single
    reading is returned as it is.
    """
    if times := _interval_times(text):
        return times
    texts = _interval_texts(text)
    return (only_reading(texts[0]), only_reading(texts[1])) if texts else None


def interval_weekdays(text: str) -> list[str]:
    """Return a sentence for each weekday that one of two dates does not have."""
    if times := _interval_times(text):
        return weekday_notes([text], times[:1])
    texts = _interval_texts(text) or ()
    return weekday_notes(texts, [only_reading(side) for side in texts])


def _interval_times(text: str) -> tuple[str, str] | None:
    texts = [] if _WITH_OFFSET.fullmatch(text) else _interval_words(text)
    return next(filter(None, map(_read_times, texts)), None)


def _interval_texts(text: str) -> tuple[str, str] | None:
    """Return the texts of two dates, each with what both have in common: the month, the year."""
    return next(filter(None, map(_split_pair, _interval_words(text))), None)


def _interval_words(text: str) -> list[str]:
    """Return a text in English, as far as it is foreign, and as it is."""
    if len(text) > MAX_LENGTH:
        return []
    plain = re.sub(r"\A(?:from|between) ", "", plain_text(text), flags=re.IGNORECASE)
    return [*in_english(plain), plain]


def _split_pair(plain: str) -> tuple[str, str] | None:
    for pattern, first, last in _PAIRS:
        if match := pattern.fullmatch(plain):
            return match.expand(first), match.expand(last)
    if bound := read_bound(plain, Bound.OPEN, Bound.UNKNOWN):
        return bound[1], bound[0].value
    return None


def read_duration(text: str) -> str | None:
    """Return a duration like ``three days`` in the notation of the file."""
    return normalize_duration(plain_text(text)) if len(text) <= MAX_LENGTH else None


def read_working_days(text: str) -> str | None:
    """Return working days like ``five business days`` in the notation of the file."""
    return normalize_working_days(plain_text(text)) if len(text) <= MAX_LENGTH else None


def read_time_of_day(text: str) -> str | None:
    """Return a time of day like ``9 pm`` in the notation of the file."""
    return normalize_time_of_day(plain_text(text)) if len(text) <= MAX_LENGTH else None


# Words in place of a date.

_TBC = {"tbc", "tbd", "tba", "unknown", "?", "n/a", "na", "xxxx", "xxxx-xx-xx", "undecided"}
_TBC |= {f"to be {verb}" for verb in ("confirmed", "decided", "defined", "determined", "announced")}
_TBC |= {"not known", "not known yet", "not yet known", "not yet", "unspecified", "t.b.c", "t.b.d"}
_OPEN = {"ongoing", "present", "open", "open end", "open-ended", "now", "until now", "to date"}
_OPEN |= {"no end", "...", "\N{HORIZONTAL ELLIPSIS}", "onward", "onwards", ".."}


def _read_word(text: str) -> list[str]:
    word = text.casefold()
    if word in _OPEN:
        return [".."]
    bare = word.rstrip("?!.~% ") or "?"
    return ["TBC"] if word and (bare in _TBC or means_to_be_confirmed(bare)) else []


_TO_BE_CONFIRMED = (
    r"[(\[]?(?:(?P<part>date|day|time|hour)s? )?"
    r"(?:t\.?b\.?[acd]\.?|to be (?:confirmed|decided|defined|determined|announced)"
    r"|not (?:yet )?confirmed|provisional(?:ly)?)[)\]]?"
)
_UNCONFIRMED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<date>.*?\w)[ ,;:]* {_TO_BE_CONFIRMED}",
        rf"{_TO_BE_CONFIRMED}[ ,:]+(?P<date>\d.*)",
    )
)


def _read_unconfirmed(text: str) -> list[str]:
    """Return what ``2025-01-03 (TBC)`` may mean; of ``October 2025 (TBC)`` only the day may be."""
    for pattern in _UNCONFIRMED:
        if match := pattern.fullmatch(text):
            break
    else:
        return []
    date_, part = match["date"], (match["part"] or "").lower()
    times = normalize_clock_time(date_)
    readings = times or normalize_date(date_)
    is_day = all(len(reading) >= len("2025-01-03") for reading in readings)
    if (part in ("time", "hour") and not times) or (part == "day" and not is_day):
        return readings
    uncertain = [f"{reading}?" for reading in readings]
    return uncertain if is_day or part else [*readings, *uncertain]


# Qualified and vague dates.

_MARKS = (
    # circa 2025, c. 2025, approx. 2025
    (r"(?:circa|approx(?:imately|\.)?|about|around|roughly|\u2248) ?(?=[\w ])(?P<rest>.+)", "~"),
    (r"ca?\.? ?(?P<rest>\d.*)", "~"),
    (r"(?P<rest>.+?) ?\(?\b(?:approx(?:imately|\.)?|circa)\)?", "~"),
    # maybe 2025
    (r"(?:maybe|perhaps|possibly|probably) (?P<rest>.+)", "?"),
    (r"(?P<rest>.+?) ?\((?:uncertain|unconfirmed|tentative)\)", "?"),
    # ~2025, 2025 (?)
    (r"(?P<mark>[?~%]) ?(?P<rest>\w.*)", ""),
    (r"(?P<rest>.*\w) ?\(?(?P<mark>[?~%])\)?", ""),
    # 2025-?01, 2004?-06: EDTF level 2 qualifies one part, here the whole date is qualified
    (r"(?P<rest>[\dX]{4}(?:-[\dX]{2})?-?)(?P<mark>[?~%])(?P<more>(?:-?[\dX]{2}){1,2})", ""),
    # 2025-01-03~T09:00
    (r"(?P<rest>\d{4}-\d\d-\d\d)(?P<mark>[?~%])(?P<more>[T ]\d.+)", ""),
)
_QUALIFIED = tuple((re.compile(pattern, re.IGNORECASE), mark) for pattern, mark in _MARKS)
_VAGUE = re.compile(
    r"(?<![\w.-])(?:the )?(early|mid|middle|late|beginning|start|end)[ -](?:(?:of|in) )?(?=\w)",
    re.IGNORECASE,
)


def _read_qualified(text: str) -> list[str]:
    marks = set()
    text, weekday = split_weekday(text)
    for _ in range(2):  # `circa 2025?` has two
        for pattern, mark in _QUALIFIED:
            if match := pattern.fullmatch(text):
                parts = match.groupdict("")
                marks.add(mark or parts["mark"])
                text = parts["rest"] + parts.get("more", "")
                break
    joined = "%" if len(marks) > 1 else "".join(marks)
    bare = _VAGUE.sub("", text, count=1) if _VAGUE.match(text) else text
    readings = normalize_clock_time(bare) or normalize_date(bare)
    return [reading + joined for reading in on_weekday(readings, weekday)]


# Two dates.

_TO = r"(?: (?:to|till|until|thru|through|and|-|/) | ?(?:\.\.+|-|/) ?)"
_CLOCK_TIME = r"\d\d?(?:[:.]\d\d(?: ?[ap]\.?m\.?)?| ?[ap]\.?m\.?|h)"
_TIMES = re.compile(
    rf"(.*?\d)(?:T|@|,? (?:at |from )?)({_CLOCK_TIME})({_TO})({_CLOCK_TIME})",
    re.IGNORECASE | re.ASCII,
)

_WITH_OFFSET = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d-\d\d:\d\d", re.ASCII)
"""A time as the file writes it, whose offset is perhaps none."""


def _read_times(text: str) -> tuple[str, str] | None:
    """Return the two times of a text like ``3 January 2025, 9:00 to 10:30``.

    The second may be on the next day, but not if it may be an offset, as in ``22:00-03:00``.
    """
    plain, weekday = split_weekday(text)
    match = _TIMES.fullmatch(plain)
    if not match:
        return None
    day = match[1] if weekday is None else f"{WEEKDAY_NAMES[weekday]} {match[1]}"
    first, last = (only_reading(f"{day} {match[group]}") for group in (2, 4))
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]+", first) or first[:10] != last[:10]:
        return None
    if last > first:
        return first, last
    try:
        after = move_day(date.fromisoformat(last[:10]), 1)
    except (ValueError, Refusal):
        return None
    return None if match[3] == "-" else (first, f"{after}{last[10:]}")


_TH = r"(?:st|nd|rd|th)?"
_W = rf"\b{WEEKDAY_PATTERN}\b\.?"
_D, _M = rf"(?:{_W},? )?\d\d?{_TH}", rf"(?:{_W},? )?{MONTH_PATTERN}"
_Y = r",? (\d{4})"
_PAIRS = tuple(
    (re.compile(pattern, re.IGNORECASE | re.ASCII), first, last)
    for pattern, first, last in (
        # 3 to 17 January 2025
        (rf"({_D}){_TO}({_D}) ({_M}){_Y}", r"\1 \3 \4", r"\2 \3 \4"),
        # January 3-17, 2025
        (rf"({_M}) ({_D}){_TO}({_D}){_Y}", r"\1 \2 \4", r"\1 \3 \4"),
        # Fri-Sun 3-5 January 2025, Fri-Sun January 3-5, 2025
        (rf"({_W}){_TO}({_W}),? ({_D}){_TO}({_D}) ({_M}){_Y}", r"\1 \3 \5 \6", r"\2 \4 \5 \6"),
        (rf"({_W}){_TO}({_W}),? ({_M}) ({_D}){_TO}({_D}){_Y}", r"\1 \3 \4 \6", r"\2 \3 \5 \6"),
        # 3 January to 5 February 2025, January 3 to February 5, 2025
        (rf"({_D} {_M}){_TO}({_D} {_M}){_Y}", r"\1 \3", r"\2 \3"),
        (rf"({_M} {_D}){_TO}({_M} {_D}){_Y}", r"\1 \3", r"\2 \3"),
        # 3.-5.1.2025, 30.12.-2.1.2025: a dot after the last number before the dash is of a day
        (rf"(\d\d?)\.{_TO}(\d\d?)\. ?(\d\d?)\. ?(\d{{4}})", r"\4-\3-\1", r"\4-\3-\2"),
        (
            rf"(\d\d?)\. ?(\d\d?)\.{_TO}(\d\d?)\. ?(\d\d?)\. ?(\d{{4}})",
            r"\5-\2-\1",
            r"\5-\4-\3",
        ),
        # January to March 2025, Q1-Q2 2025
        (rf"({_M}|[QH][1-4]){_TO}({_M}|[QH][1-4]){_Y}", r"\1 \3", r"\2 \3"),
        # 2025-01-03/17 of ISO 8601
        (r"(\d{4}-\d\d-)(\d\d)/(\d\d)", r"\1\2", r"\1\3"),
        # 2025-2028, 2025-01-03-2025-01-17
        (r"(\d{4}(?:-\d\d){0,2})-(\d{4}(?:-\d\d){0,2})", r"\1", r"\2"),
        # 2025-01-03 - 2025-01-17, 2025/2028, dakar.start..dakar.end
        (r"(.*?\w.*?) (?:to|till|until|thru|through|and|-|/) (.*?\w.*)", r"\1", r"\2"),
        (r"(.*?\w.*?) ?\.\.+ ?(.*\w.*)", r"\1", r"\2"),
        (r"([^/]*) ?/ ?([^/]+)", r"\1", r"\2"),
    )
)


def _read_between(text: str) -> list[str]:
    match = _BETWEEN.fullmatch(text)
    pair = read_interval(match[1] or match[2]) if match else None
    return [f"between {pair[0]} and {pair[1]}"] if pair else []


_BETWEEN = re.compile(r"(?:some ?(?:day|time) )?between (.+)|\[(.+)\]", re.IGNORECASE)


# One bound.


def one_sided_readings(text: str) -> list[str]:
    """Return what a plain text like ``no earlier than June 2027`` may mean, most likely first."""
    bound = read_bound(text, Bound.NOT_BEFORE, Bound.NOT_AFTER)
    if bound is None:
        return []
    precision = Precision(bound[0].value)
    return [_as_bound(precision, reading) for reading in possible_readings(bound[1]) or [bound[1]]]


def _as_bound(precision: Precision, reading: str) -> str:
    """Return a date after ``not before`` or ``not after``; of a week its first or last day."""
    try:
        value = parse_date(reading)
    except Refusal:  # a relative date, or no date
        return f"{precision} {reading}"
    return str(make_one_sided(precision, value)) + value.qualification
