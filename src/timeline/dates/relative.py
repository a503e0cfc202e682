"""Relative dates: an anchor, and terms that move it by calendar arithmetic.

``ID.end - 2 days + 1 month at 18:00~`` and the durations ``3 days`` and ``P1M2D`` (ISO 8601-1).
What a term does to a date that is not known to the day is said at ``shift``.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from timeline._lazy import regex
from timeline._records import dataclass
from timeline.dates import edtf
from timeline.dates.edtf import Date, Precision, Qualification
from timeline.dates.instants import parse_clock
from timeline.diagnostics import rules
from timeline.diagnostics.model import Refusal, cited

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import time

ID = r"[a-z0-9][a-z0-9_-]{0,62}"
"""The pattern of an event's id."""

UNITS = ("minute", "hour", "day", "week", "month", "year")
MAX_DIGITS = 6
"""Of a number in a length: a million days is past half of all years, more can only be a mistake."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A signed length of calendar time; the days and longer are nominal, the rest exact."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: int = 0
    text: str = field(default="", compare=False)

    @property
    def is_exact(self) -> bool:
        """Whether it has hours, minutes or seconds, which a day cannot be moved by."""
        return bool(self.hours or self.minutes or self.seconds)

    @property
    def is_nominal(self) -> bool:
        """Whether it has days or longer units, which keep the wall clock."""
        return bool(self.years or self.months or self.weeks or self.days)

    def __bool__(self) -> bool:
        return self.is_exact or self.is_nominal

    def __neg__(self) -> Amount:
        return Amount(
            -self.years,
            -self.months,
            -self.weeks,
            -self.days,
            -self.hours,
            -self.minutes,
            -self.seconds,
            self.text,
        )


@dataclass(frozen=True, slots=True)
class Relative:
    """A date that follows from another event's ``start`` or ``end``."""

    anchor: str
    edge: str
    terms: tuple[Amount, ...] = ()
    clock: time | None = None
    qualification: Qualification = Qualification.CERTAIN
    text: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.text


_RELATIVE = regex(rf"(?P<id>{ID})\.(?P<edge>start|end)(?P<rest>(?![\w.]).*)?", re.ASCII)
_LOOKS_RELATIVE = regex(
    r"[a-z_][\w-]*\.[a-z]{2}|.*\.(?:start|end)\b"
    r"|(?:start|end)(?:\s*[+-]\s*\d+ ?[a-z].*)?\Z",
    re.ASCII | re.IGNORECASE,
)
_TERM = regex(r" ([+-]) (.+?)(?= [+-] | at |[?~%]?\Z)", re.ASCII)
_AT = regex(r" at (\S+?)(?=[?~%]?\Z)", re.ASCII)
_COUNTED = regex(r"(\d+) (minute|hour|day|week|month|year)s?", re.ASCII)
_ISO = regex(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?",
    re.ASCII,
)
_FRACTION = regex(r"(?:\d+[.,]\d+ ?\w+|P[\dTYMWDH]*[.,]\d+[YMWDHS])", re.ASCII)


def looks_relative(text: str) -> bool:
    """Say whether a text is meant as a relative date, so that its mistakes are told as such."""
    if "." not in text and not text.lower().startswith(("start", "end")):
        return False  # most dates, at a tenth of what the pattern costs
    return not text.startswith("between ") and _LOOKS_RELATIVE.match(text) is not None


def parse(text: str) -> Relative:
    """Read ``ID.start`` or ``ID.end`` with its terms, clock and qualification.

    Raises ``Refusal`` with the code ``relative-syntax`` or ``duration-syntax``.
    """
    head = _RELATIVE.fullmatch(text)
    if not head:
        raise _not_relative(text)
    place = head.end("edge")
    terms = []
    while match := _TERM.match(text, place):
        amount = _amount_at(match[2], match.start(2))
        terms.append(-amount if match[1] == "-" else amount)
        place = match.end()
    clock = None
    if match := _AT.match(text, place):
        clock = parse_clock(match[1], match.start(1))
        place = match.end()
    rest = text[place:]
    if rest not in ("", "?", "~", "%"):
        raise Refusal(
            rules.RELATIVE_SYNTAX,
            f"{cited(rest.strip() or rest)} does not continue a relative date",
            "terms are ` + ` or ` - ` with blanks around and a length like `2 days`, "
            "then ` at 18:00`, then `?`, `~` or `%`",
            (place + len(rest) - len(rest.lstrip()), len(text)) if rest.strip() else None,
        )
    mark = Qualification(rest)
    return Relative(head["id"], head["edge"], tuple(terms), clock, mark, text)


def _not_relative(text: str) -> Refusal:
    """Say where the beginning of a relative date goes wrong."""
    help_ = "write the id of an event, `.start` or `.end`, and terms like ` - 2 days`"
    if re.match(r"(?:start|end)\b", text, re.ASCII | re.IGNORECASE):
        better = f"other-event.{text[:1].lower()}{text[1:]}"
        help_ = f"write the id of the event before it, like `{better}`"
        return Refusal(rules.RELATIVE_SYNTAX, f"{cited(text)} does not say of which event", help_)
    match = re.match(rf"{ID}\.(\w+)", text, re.ASCII)
    if match and match[1] not in ("start", "end"):
        message = f"{cited(match[1])} is neither the `start` nor the `end` of an event"
        if near := _near_edge(text, match.span(1)):
            help_ = f"did you mean `{near}`?"
        return Refusal(rules.RELATIVE_SYNTAX, message, help_, match.span(1))
    return Refusal(rules.RELATIVE_SYNTAX, f"{cited(text)} is not a relative date", help_)


def _near_edge(text: str, place: tuple[int, int]) -> str | None:
    """Give the text with the ``start`` or ``end`` that a misspelt edge is near to."""
    near = difflib.get_close_matches(text[slice(*place)].lower(), ("start", "end"), 1, 0.6)
    if not near:
        return None
    better = text[: place[0]] + near[0] + text[place[1] :]
    try:
        parse(better)
    except Refusal:
        return f".{near[0]}"
    return better


def parse_amount(text: str) -> Amount:
    """Read ``3 days`` or an ISO 8601 duration such as ``P3D`` or ``PT1H30M``.

    Raises ``Refusal`` with the code ``duration-syntax``.
    """
    if match := _COUNTED.fullmatch(text):
        return Amount(**{match[2] + "s": _number(match[1], text)}, text=text)
    match = _ISO.fullmatch(text)
    if match and text[-1] not in "PT":
        years, months, weeks, days, hours, minutes, seconds = (
            _number(part, text) for part in match.groups("0")
        )
        return Amount(years, months, weeks, days, hours, minutes, seconds, text)
    from timeline.dates import readings  # noqa: PLC0415 - its patterns are for mistakes only

    better = readings.length(text)
    if _FRACTION.fullmatch(text):
        message = f"{cited(text)} is not a whole number of its unit"
        help_ = f"write `{better}`" if better else "write a whole number of a smaller unit"
        raise Refusal(rules.DURATION_SYNTAX, message, help_, replacement=better)
    if text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS:
        message = f"{cited(text)} is a number without a unit"
        help_ = f"write `{text} {'day' if text == '1' else 'days'}`, or another unit: {_LISTED}"
        raise Refusal(rules.DURATION_SYNTAX, message, help_)
    better = better if better != text else None
    raise Refusal(
        rules.DURATION_SYNTAX,
        f"{cited(text)} is not a length of time",
        f"write `{better}`" if better else _EXAMPLE,
        replacement=better,
    )


_LISTED = ", ".join(unit + "s" for unit in UNITS)
_EXAMPLE = (
    "write a number and a unit like `3 days`, or an ISO 8601 duration like `P3D`; "
    f"units are {_LISTED}"
)


def _number(digits: str, text: str) -> int:
    if len(digits) > MAX_DIGITS:
        message = f"{cited(text)} has a number of more than {MAX_DIGITS} digits"
        raise Refusal(rules.DURATION_SYNTAX, message, "write it in a longer unit")
    return int(digits)


def _amount_at(text: str, place: int) -> Amount:
    try:
        return parse_amount(text)
    except Refusal as refusal:
        raise refusal.at(place, place + len(text)) from None


# Arithmetic.

_STEPS = {
    Precision.MONTH: 1,
    Precision.SEASON: 3,
    Precision.QUARTER: 3,
    Precision.HALF: 6,
    Precision.YEAR: 12,
    Precision.DECADE: 120,
    Precision.CENTURY: 1200,
}
"""How many months a unit is long: moved by a multiple, it stays a unit of its kind."""


def shift(value: Date, amount: Amount) -> Date:
    """Move a date by days and longer units.

    A unit moves whole where it stays a unit of its kind (``2025-02`` by months, ``2025`` and
    ``2025-Q1`` by years, ``2025-W03`` by weeks), ``between A and B`` moves as its sides do.
    Otherwise both bounds move, months clamped, and the result is ``between`` them. The
    qualification stays. Raises ``Refusal``: ``hours-on-a-day``, ``year-range``.
    """
    if amount.is_exact:
        raise Refusal(
            rules.HOURS_ON_A_DAY,
            f"`{amount.text}` cannot move `{value.text}`, which is a date without a time",
            "use days or longer, or give the other event a time",
        )
    if not amount:
        return value
    if value.precision is Precision.BETWEEN:
        first, last = (shift(side, amount) for side in edtf.sides(value))
        moved = edtf.between(first, last)
    else:
        moved = _shift_unit(value, amount) or _shift_bounds(value, amount)
    return replace(moved, qualification=value.qualification)


def _shift_unit(value: Date, amount: Amount) -> Date | None:
    months = 12 * amount.years + amount.months
    days = 7 * amount.weeks + amount.days
    start = value.earliest
    if value.precision is Precision.WEEK and not months and not days % 7:
        monday = _within(start, lambda: start + timedelta(days=days))
        return edtf.week(*monday.isocalendar()[:2])
    step = _STEPS.get(value.precision)
    if step is None or days or months % step:
        return None
    year, index = divmod(12 * start.year + start.month - 1 + months, 12)
    if not edtf.FIRST_YEAR <= year <= edtf.LAST_YEAR:
        raise _out_of_range(value.text)
    return _unit_from(value, year, index + 1)


def _unit_from(value: Date, year: int, month: int) -> Date:
    """Make the unit of the same kind that begins with a month."""
    match value.precision:
        case Precision.SEASON:
            spring = int(value.text[5:]) - (int(value.text[5:]) - 21) % 4
            starts = [edtf.SEASON_STARTS[spring + index] for index in range(4)]
            return edtf.season(year, spring + starts.index(month))
        case Precision.QUARTER:
            return edtf.quarter(year, (month + 2) // 3)
        case Precision.HALF:
            return edtf.half(year, (month + 5) // 6)
        case Precision.DECADE:
            return edtf.parse(f"{year // 10:03}X")
        case Precision.CENTURY:
            return edtf.parse(f"{year // 100:02}XX")
        case Precision.MONTH:
            return edtf.parse(f"{year:04}-{month:02}{value.text[7:]}")
    return edtf.parse(f"{year:04}{value.text[4:]}")


def _shift_bounds(value: Date, amount: Amount) -> Date:
    earliest = shift_day(value.earliest, amount)
    if value.is_day:
        return edtf.day(earliest)
    return edtf.between(edtf.day(earliest), edtf.day(shift_day(value.latest, amount)))


def shift_day(value: date, amount: Amount) -> date:
    """Move a day: years and months first, clamped to the month's end, then weeks and days."""
    # pendulum takes 50 ms to import; most files have no relative date.
    from pendulum import Date as PendulumDate  # noqa: PLC0415

    moving = PendulumDate(value.year, value.month, value.day)
    moved = _within(
        value,
        lambda: moving.add(
            years=amount.years, months=amount.months, weeks=amount.weeks, days=amount.days
        ),
    )
    return date(moved.year, moved.month, moved.day)


def shift_wall(value: datetime, amount: Amount) -> datetime:
    """Move a wall-clock time by days and longer; the clock stays, zones are the caller's."""
    return datetime.combine(shift_day(value.date(), amount), value.time())


def _within(value: date, move: Callable[[], date]) -> date:
    try:
        moved = move()
    except (OverflowError, ValueError):
        raise _out_of_range(value.isoformat()) from None
    if not edtf.FIRST_YEAR <= moved.year <= edtf.LAST_YEAR:
        raise _out_of_range(value.isoformat())
    return moved


def _out_of_range(text: str) -> Refusal:
    return Refusal(
        rules.YEAR_RANGE,
        f"`{text}` is moved out of the years 0002 to 9998",
        "move it by less, or write `TBC`",
    )
