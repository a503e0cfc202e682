"""The words with which people write one known bound of a date, and what each of them means."""

from __future__ import annotations

import re
from enum import Enum


class Bound(Enum):
    """What a text with one date means."""

    # One day, perhaps the date itself.
    NOT_BEFORE = "not before"
    NOT_AFTER = "not after"
    # One day, and it is not clear whether it may be the date itself.
    AFTER = "after"
    BEFORE = "before"
    BY = "by"  # or the end of a span
    # One day, perhaps the date itself, or one side of a span.
    FROM = "from"
    UNTIL = "until"
    # The start of a span: the value is its end.
    OPEN = ".."
    UNKNOWN = "TBC"


_WORDS = tuple(
    (re.compile(pattern, re.IGNORECASE | re.ASCII), bound)
    for pattern, bound in (
        # no earlier than June 2027, on or after 2027-06, NET 2027-06
        (r"(?:not?[ -](?:before|earlier than|sooner than)|on or after) (.+)", Bound.NOT_BEFORE),
        (r"(?:(?:at the )?earliest|NET) (.+)|(?:>=|\u2265) ?(.+)", Bound.NOT_BEFORE),
        # June 2027 or later, [2027-06..] of EDTF
        (r"(.+?),? (?:or (?:later|after)|at the earliest)", Bound.NOT_BEFORE),
        (r"\[(.+?) ?\.\.+\]", Bound.NOT_BEFORE),
        # no later than March 2027 and the rest
        (r"(?:not?[ -](?:after|later than)|on or before) (.+)", Bound.NOT_AFTER),
        (r"(?:(?:at the )?latest|NLT) (.+)|(?:<=|\u2264) ?(.+)", Bound.NOT_AFTER),
        (r"(.+?),? (?:or (?:earlier|before)|at the latest)", Bound.NOT_AFTER),
        (r"\[\.\.+ ?(.+)\]", Bound.NOT_AFTER),
        (r"(?:after|later than|>) ?(.+)", Bound.AFTER),
        (r"(?:before|prior to|earlier than|<) ?(.+)", Bound.BEFORE),
        (r"by (.+)", Bound.BY),
        (r"(?:as |starting )?from (.+)", Bound.FROM),
        (r"(?:until|till|up to|\.\.+|\.\./|/) ?(.+)", Bound.UNTIL),
        # since 2025, 2025.., 2025 onwards, and 2025/, which is unknown in EDTF
        (r"since (.+)", Bound.OPEN),
        (r"(.*\w) ?(?:\.\.+|-|onwards?)", Bound.OPEN),
        (r"(.*\w) ?/", Bound.UNKNOWN),
    )
)


def read_bound(text: str, *bounds: Bound) -> tuple[Bound, str] | None:
    """Return which of several bounds a plain text names, and the text of its date."""
    for pattern, bound in _WORDS:
        if bound in bounds and (match := pattern.fullmatch(text)):
            return bound, match[match.lastindex or 0]
    return None
