"""Parse relative dates: an anchor, and terms that move it by calendar arithmetic.

``ID.end - 2 days + 1 month at 18:00~``. `shift_date` says how a term moves a date that is not known
to the day.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline._lazy import regex
from timeline._limits import MAX_TERMS
from timeline.dates.calendar_units import Qualification
from timeline.dates.clock_times import parse_time_of_day
from timeline.dates.durations import UNITS_HELP, Duration, parse_duration
from timeline.dates.working_days import WorkingDays, parse_working_days
from timeline.diagnostics import Refusal, cited, nearest, rules

if TYPE_CHECKING:
    from datetime import time

EVENT_ID_PATTERN = r"[a-z0-9][a-z0-9_-]{0,62}"
"""The pattern of an event's id."""


class RelativeDate(Struct, frozen=True):
    """A date that is computed from another event's ``start`` or ``end``.

    ``takes_day`` is whether it follows from the day of that date: ``ID.start.day``.
    """

    anchor: str
    edge: str
    terms: tuple[Duration | WorkingDays, ...] = ()
    clock: time | None = None
    qualification: Qualification = Qualification.CERTAIN
    text: str = ""
    takes_day: bool = False

    def __str__(self) -> str:
        return self.text


_EDGES = ("start", "end")
_RELATIVE = regex(
    rf"(?P<id>{EVENT_ID_PATTERN})\.(?P<edge>start|end)(?P<day>\.day)?(?P<rest>(?![\w.]).*)?",
    re.ASCII,
)
_LOOKS_RELATIVE = regex(
    r"[a-z_][\w-]*\.[a-z]{2}|.*\.(?:start|end)\b"
    r"|(?:start|end)(?:\s*[+-]\s*\d+ ?[a-z].*)?\Z",
    re.ASCII | re.IGNORECASE,
)
_TERM = regex(r" ([+-]) (.+?)(?= [+-] | at |[?~%]?\Z)", re.ASCII)
_PART = regex(r"(?:\.day)?\.(?!day\b)(\w+)", re.ASCII)
_AT = regex(r" at (\S+?)(?=[?~%]?\Z)", re.ASCII)


def looks_relative(text: str) -> bool:
    """Return whether a text is meant as a relative date, even with an error in it."""
    if "." not in text and not text.lower().startswith(("start", "end")):
        return False  # most dates, at a tenth of what the pattern costs
    return not text.startswith("between ") and _LOOKS_RELATIVE.match(text) is not None


def parse_relative_date(text: str) -> RelativeDate:
    """Parse ``ID.start``, ``ID.end`` or their ``.day``, with terms, time of day, qualification.

    Raises: `Refusal` (`relative-syntax`, `duration-syntax`, `no-such-time`, `too-long`).
    """
    head = _RELATIVE.fullmatch(text)
    if not head:
        raise _explain_head(text)
    place = head.end("day" if head["day"] else "edge")
    terms: list[Duration | WorkingDays] = []
    while match := _TERM.match(text, place):
        if len(terms) == MAX_TERMS:
            raise Refusal(
                rules.TOO_LONG,
                f"this date has more than {MAX_TERMS} terms",
                "write one term for each unit, such as ` + 3 days` for ` + 1 day + 2 days`",
                (place + 1, len(text)),
            )
        amount = _parse_amount(match[2], match.start(2))
        terms.append(-amount if match[1] == "-" else amount)
        place = match.end()
    clock = None
    if match := _AT.match(text, place):
        clock = parse_time_of_day(match[1], match.start(1))
        place = match.end()
    rest = text[place:]
    if rest not in ("", "?", "~", "%"):
        raise Refusal(
            rules.RELATIVE_SYNTAX,
            f"{cited(rest.strip() or rest)} does not continue a relative date",
            "terms are ` + ` or ` - ` with spaces around and a duration like `2 days`, "
            "then ` at 18:00`, then `?`, `~` or `%`",
            (place + len(rest) - len(rest.lstrip()), len(text)) if rest.strip() else None,
        )
    mark = Qualification(rest)
    takes_day = head["day"] is not None
    return RelativeDate(head["id"], head["edge"], tuple(terms), clock, mark, text, takes_day)


def _explain_head(text: str) -> Refusal:
    """Refuse a text in which no ``ID.start`` or ``ID.end`` comes first, and say why."""
    help_ = "write the id of an event, `.start` or `.end`, and terms like ` - 2 days`"
    if re.match(r"(?:start|end)\b", text, re.ASCII | re.IGNORECASE):
        better = f"other-event.{text[:1].lower()}{text[1:]}"
        help_ = f"write the id of the event first, such as `{better}`"
        return Refusal(rules.RELATIVE_SYNTAX, f"{cited(text)} does not name an event", help_)
    match = re.match(rf"{EVENT_ID_PATTERN}\.(\w+)", text, re.ASCII)
    if match and match[1] not in _EDGES:
        message = f"{cited(match[1])} is neither the `start` nor the `end` of an event"
        if match[1] == "day":
            start, end = (
                f"{text[: match.start(1)]}{edge}.{text[match.start(1) :]}" for edge in _EDGES
            )
            help_ = f"write `{start}` or `{end}`"
        elif near := _near_edge(text, match.span(1)):
            help_ = f"did you mean `{near}`?"
        return Refusal(rules.RELATIVE_SYNTAX, message, help_, match.span(1))
    if match and (part := _PART.match(text, match.end())):
        return _explain_part(match[0], part)
    return Refusal(rules.RELATIVE_SYNTAX, f"{cited(text)} is not a relative date", help_)


def _explain_part(edge: str, part: re.Match[str]) -> Refusal:
    """Refuse what is not ``.day`` after ``ID.start`` or ``ID.end``, such as ``.month``."""
    message = f"{cited(part[1])} cannot follow `{edge}`"
    help_ = f"write `{edge}` for the date as it is known, or `{edge}.day` for the day of a time"
    return Refusal(rules.RELATIVE_SYNTAX, message, help_, part.span(1))


def _near_edge(text: str, place: tuple[int, int]) -> str | None:
    """Return the text with ``start`` or ``end`` in place of a misspelling at ``place``."""
    near = nearest(text[slice(*place)].lower(), _EDGES)
    if not near:
        return None
    better = text[: place[0]] + near + text[place[1] :]
    try:
        parse_relative_date(better)
    except Refusal:
        return f".{near}"
    return better


def _parse_amount(text: str, place: int) -> Duration | WorkingDays:
    try:
        return parse_working_days(text) or parse_duration(text)
    except Refusal as refusal:
        if refusal.help == UNITS_HELP:
            refusal = refusal.with_help(f"{UNITS_HELP}, working days")
        raise refusal.at(place, place + len(text)) from None
