"""Parse the scalars of the file, except dates; every parser may raise `Refusal`."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline.dates import EVENT_ID_PATTERN, parse_duration
from timeline.diagnostics import Refusal, cited, parse_choice, rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.dates import Duration

RELATION_TYPES = (
    "parent",
    "child",
    "sibling",
    "depends-on",
    "finishtostart",
    "finishtofinish",
    "starttofinish",
    "starttostart",
    "first",
    "next",
)
"""RELTYPE of RFC 5545 3.2.15 and RFC 9253 5, except those that do not relate to an event."""

TEXT_PROPERTIES = frozenset({"COMMENT", "RESOURCES", "REFID"})
"""Registered text properties of a VEVENT that the file has no key for."""

NO_ID = "\0"
"""The first character of the id of an event without an id; the reader rejects it in a file."""

_ID = regex(EVENT_ID_PATTERN, re.ASCII)
_CALENDAR_ID = regex(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?", re.ASCII)
# Languages have two or three letters (RFC 5646 2.2.1); a longer one was never registered.
_LANGUAGE = regex(r"(?:[A-Za-z]{2,3}|[xXiI](?=-))(?:-[A-Za-z0-9]{1,8})*", re.ASCII)
_X_NAME = regex(r"X-[A-Z0-9-]{1,60}", re.ASCII)
_NUMBER = regex(r"[+-]?\d{1,3}(?:\.\d{1,12})?", re.ASCII)


def text(value: str) -> str:
    """Return a text of any number of lines.

    Raises:
        Refusal: the text is empty; the help is added for its key.
    """
    if not value.strip():
        raise Refusal(rules.EMPTY_VALUE, "this text is empty")
    return value


def line(value: str) -> str:
    """Return a text of one line."""
    if "\n" in value:
        if "\n" not in value.rstrip("\n"):
            # `>` and `|` keep a line break at the end.
            return text(value.rstrip("\n"))
        raise Refusal(
            rules.SEVERAL_LINES,
            f"expected one line, found {len(value.strip().splitlines())}",
            "write it on one line, or begin it with `>-`, which joins the lines",
        )
    return text(value)


def event_id(value: str) -> str:
    """Return an event's id."""
    if _ID.fullmatch(value) or value.startswith(NO_ID):
        return value
    better = id_like(value)
    raise Refusal(
        rules.ID_SYNTAX,
        f"{cited(value)} is not a valid id",
        (f"write `{better}`; " if better else "")
        + "ids have up to 63 lower-case letters, digits, `-` and `_`, "
        "and begin with a letter or digit",
    )


def id_like(value: str) -> str | None:
    """Return an id made of a text; ``None`` if it has letters that are not of the Latin alphabet.

    Accents are left out: ``étape-1`` becomes ``etape-1``.
    """
    decomposed = unicodedata.normalize("NFKD", value.lower().translate(_LATIN_LETTERS))
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()
    if any(letter.isalpha() and not letter.isascii() for letter in letters):
        return None
    better = re.sub(r"[^a-z0-9_]+", "-", letters, flags=re.ASCII).strip("-_")[:63]
    return better if _ID.fullmatch(better) else None


_LATIN_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
)
"""Letters that are not a letter of ASCII with an accent, and what stands for them in addresses."""


def calendar_id(value: str) -> str:
    """Return the calendar's id, the last part of every UID."""
    if _CALENDAR_ID.fullmatch(value):
        return value
    raise Refusal(
        rules.ID_SYNTAX,
        f"{cited(value)} is not a valid id for a calendar",
        "write letters, digits, `.` and `-`, preferably a domain such as `dakar.example.org`",
    )


def uid(value: str) -> str:
    """Return the UID of an imported event: one line without spaces around it."""
    if line(value) != value.strip():
        raise Refusal(
            rules.ID_SYNTAX, "a UID cannot begin or end with a space", f"write `{value.strip()}`"
        )
    return value


def language_tag(value: str) -> str:
    """Return a language tag (BCP 47); only its syntax is checked."""
    if _LANGUAGE.fullmatch(value):
        return value
    better = value.partition(".")[0].replace("_", "-")
    raise Refusal(
        rules.LANGUAGE_SYNTAX,
        f"{cited(value)} is not a language tag",
        f"write `{better}`"
        if _LANGUAGE.fullmatch(better)
        else "write a tag such as `en`, `fr` or `pt-BR`",
    )


def duration(value: str) -> Duration:
    """Parse a duration that is not zero."""
    if value.startswith("-") and (positive := value[1:].strip()):
        raise Refusal(rules.DURATION_SYNTAX, f"`{value}` is negative", f"write `{positive}`")
    try:
        amount = parse_duration(value)
    except Refusal as refusal:
        from timeline.dates import read_working_days  # noqa: PLC0415 - for errors

        if not (working_days := read_working_days(value)):
            raise
        end = f"write days or weeks, or instead an `end` such as `rally.start + {working_days}`"
        raise refusal.with_help(end) from None
    if not amount:
        raise Refusal(
            rules.EMPTY_DURATION,
            f"`{value}` is zero",
            "remove `duration` for a point in time, or write `1 day` for an all-day event",
        )
    return amount


def refresh(value: str) -> timedelta:
    """Parse how often a subscriber should fetch the feed: 1 minute to 52 weeks."""
    amount = parse_duration(value)
    length = timedelta(
        weeks=amount.weeks, days=amount.days, hours=amount.hours, minutes=amount.minutes
    )
    plain = not (amount.years or amount.months or amount.seconds)
    if plain and timedelta(minutes=1) <= length <= timedelta(weeks=52):
        return length
    raise Refusal(
        rules.REFRESH_RANGE,
        f"`{value}` is not an interval at which a feed can be refreshed",
        "write minutes, hours, days or weeks, up to 52 weeks, such as `12 hours`",
    )


def boolean(value: str) -> bool:
    """Parse ``true`` or ``false``, in the three spellings of the YAML 1.2 core schema."""
    result = {"true": True, "false": False}.get(value.lower())
    if result is None or value not in (value.lower(), value.title(), value.upper()):
        meant = _MEANT.get(value.lower())
        raise Refusal(
            rules.WRONG_VALUE,
            f"{cited(value)} is neither `true` nor `false`",
            f"write `{meant}`" if meant else "write `true` or `false`",
        )
    return result


_MEANT = dict.fromkeys(("true", "yes", "on", "y"), "true")
_MEANT |= dict.fromkeys(("false", "no", "off", "n"), "false")
"""Other words and spellings of ``true`` and ``false``, in lower-case letters."""

FALSE = ("false", "False", "FALSE")
"""The spellings of the YAML 1.2 core schema, which a value in quotes has, too."""


def only_false(value: str) -> bool:
    """Parse ``false``, the only value of a key for exceptions."""
    if value in FALSE:
        return False
    meant = _MEANT.get(value.lower())
    if meant == "true":
        message = f"`{value}` applies without the key, and its only value is `false`"
        raise Refusal(rules.WRONG_VALUE, message, "remove the key")
    help_ = "write `false`" if meant else "write `false`, the only value, or remove the key"
    raise Refusal(rules.WRONG_VALUE, f"{cited(value)} is not `false`", help_)


def priority(value: str) -> int:
    """Parse a priority (RFC 5545 3.8.1.9)."""
    if len(value) == 1 and value in "0123456789":
        return int(value)
    raise Refusal(
        rules.WRONG_VALUE,
        f"{cited(value)} is not a priority",
        "write `1` (highest) to `9`, or `0` for none",
    )


def latitude(value: str) -> float:
    """Parse degrees north."""
    return _degrees(value, 90, "a latitude")


def longitude(value: str) -> float:
    """Parse degrees east."""
    return _degrees(value, 180, "a longitude")


def _degrees(value: str, limit: int, name: str) -> float:
    if _NUMBER.fullmatch(value) and -limit <= float(value) <= limit:
        return float(value)
    raise Refusal(
        rules.WRONG_VALUE,
        f"{cited(value)} is not {name}",
        f"write degrees from -{limit} to {limit}, such as `20.5`",
    )


def choice(*words: str) -> Callable[[str], str]:
    """Return the parser of a value that is one of the words."""

    def read(value: str) -> str:
        return parse_choice(value, words, _OTHER_WORDS, "write one of them, or remove the key")

    return read


def grouping(value: str) -> str:
    """Return `category`, of which alone there can be a feed for each."""
    if value == "category":
        return value
    message = f"a feed can be made for each category, not for each {cited(value)}"
    raise Refusal(rules.WRONG_VALUE, message, "write `each: category`, or an `id` and a selection")


_OTHER_WORDS = {
    "canceled": "cancelled",
    "called off": "cancelled",
    "delayed": "postponed",
    "provisional": "tentative",
    "free": "transparent",
    "busy": "opaque",
}


def format_number(known: int) -> Callable[[str], int]:
    """Return the parser of the version of the file format, which accepts ``known``."""

    def read(value: str) -> int:
        if value == str(known):
            return known
        raise Refusal(
            rules.UNKNOWN_FORMAT,
            f"this is format {cited(value)}, and this version of timeline reads format {known}",
            f"write `format: {known}`, or use a newer version of timeline",
        )

    return read


def property_name(value: str) -> str:
    """Return the name of an additional iCalendar property, in upper case."""
    name = value.upper()
    if name.startswith("X-TIMELINE-"):
        raise Refusal(rules.PROPERTY_NAME, f"`{value}` is written by timeline itself", "remove it")
    if name in TEXT_PROPERTIES or _X_NAME.fullmatch(name):
        return name
    raise Refusal(
        rules.PROPERTY_NAME,
        f"{cited(value)} cannot be set here",
        "use the key of the events file for it, an `X-…` name, or "
        + ", ".join(f"`{word}`" for word in sorted(TEXT_PROPERTIES)),
    )


def need_one_of(model: object, *keys: str) -> None:
    """Refuse a mapping in which none of the keys is set."""
    if any(getattr(model, key) is not None for key in keys):
        return
    listed = " and ".join(f"`{key}`" for key in keys)
    raise Refusal(rules.MISSING_KEY, f"{listed} are missing", "add one of them, or both")
