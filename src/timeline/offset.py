"""Relative dates: an anchor, and terms that move it by calendar arithmetic.

``ID.end - 2 days + 1 month at 18:00~`` and the durations ``3 days`` and ``P1M2D`` (ISO 8601-1).
What a term does to a date that is not known to the day is said at ``shift``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from timeline import edtf
from timeline.diagnostics import Refusal
from timeline.edtf import Date, Precision, Qualification
from timeline.instant import parse_clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import time

ID = r"[a-z0-9][a-z0-9_-]{0,62}"
"""The pattern of an event's id."""

UNITS = ("minute", "hour", "day", "week", "month", "year")
MAX_DIGITS = 6
"""A million days is past the last year, so longer numbers can only be mistakes."""


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


_RELATIVE = re.compile(rf"(?P<id>{ID})\.(?P<edge>start|end)(?P<rest>(?![\w.]).*)?", re.ASCII)
_LOOKS_RELATIVE = re.compile(r"[\w-]+\.(?:start|end)\b|[\w-]+\.\w+\s*[-+ ]", re.ASCII)
_TERM = re.compile(r" ([+-]) (.+?)(?= [+-] | at |[?~%]?\Z)", re.ASCII)
_AT = re.compile(r" at (\S+?)(?=[?~%]?\Z)", re.ASCII)
_COUNTED = re.compile(r"(\d+) (minute|hour|day|week|month|year)s?", re.ASCII)
_ISO = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?",
    re.ASCII,
)


def looks_relative(text: str) -> bool:
    """Say whether a text is meant as a relative date, so that its mistakes are told as such."""
    return _LOOKS_RELATIVE.match(text) is not None


def parse(text: str) -> Relative:
    """Read ``ID.start`` or ``ID.end`` with its terms, clock and qualification.

    Raises ``Refusal`` with the code ``relative-syntax`` or ``duration-syntax``.
    """
    head = _RELATIVE.fullmatch(text)
    if not head:
        raise Refusal(
            "relative-syntax",
            f"`{text}` is not a relative date",
            "write the id of an event, `.start` or `.end`, and terms like ` - 2 days`",
        )
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
    if text[place:] not in ("", "?", "~", "%"):
        raise Refusal(
            "relative-syntax",
            f"`{text[place:].strip()}` does not continue a relative date",
            "terms are ` + ` or ` - ` with blanks around and an amount like `2 days`, "
            "then ` at 18:00`, then `?`, `~` or `%`",
            (place + len(text[place:]) - len(text[place:].lstrip()), len(text)),
        )
    mark = Qualification(text[place:])
    return Relative(head["id"], head["edge"], tuple(terms), clock, mark, text)


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
    raise Refusal(
        "duration-syntax",
        f"`{text}` is not a length of time",
        "write a number and a unit like `3 days`, or an ISO 8601 duration like `P3D`; "
        f"units are {', '.join(unit + 's' for unit in UNITS)}",
    )


def _number(digits: str, text: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise Refusal("duration-syntax", f"`{text}` is longer than the calendar", "use fewer digits")
    return int(digits)


def _amount_at(text: str, place: int) -> Amount:
    try:
        return parse_amount(text)
    except Refusal as refusal:
        part = (place, place + len(text))
        raise Refusal(refusal.code, refusal.message, refusal.help, part) from None


# Arithmetic.

_MONTHS = {
    Precision.MONTH: 1,
    Precision.YEAR: 12,
    Precision.SEASON: 12,
    Precision.QUARTER: 12,
    Precision.HALF: 12,
}
"""By how many months, or a multiple, a unit moves and stays a unit of its kind."""


def shift(value: Date, amount: Amount) -> Date:
    """Move a date by days and longer units.

    A unit moves whole where it stays a unit of its kind (``2025-02`` by a month, ``2025`` and
    ``2025-Q1`` by years, ``2025-W03`` by weeks). Otherwise both bounds move, months clamped, and
    the result is ``between`` them. Raises ``Refusal``: ``hours-on-a-day``, ``year-range``.
    """
    if amount.is_exact:
        raise Refusal(
            "hours-on-a-day",
            f"`{amount.text}` cannot move `{value.text}`, which is a date without a time",
            "use days or longer, or give the other event a time",
        )
    if not amount.is_nominal:
        return value
    moved = _shift_unit(value, amount) or _shift_bounds(value, amount)
    return Date(
        moved.earliest, moved.latest, moved.precision, moved.text, value.qualification
    )


def _shift_unit(value: Date, amount: Amount) -> Date | None:
    months = 12 * amount.years + amount.months
    only_months = not (amount.weeks or amount.days)
    start = value.earliest
    if value.precision is Precision.WEEK and not months and not amount.days:
        return edtf.week(*_within(start, lambda: start + timedelta(weeks=amount.weeks)).isocalendar()[:2])
    step = _MONTHS.get(value.precision)
    if step is None or not only_months or months % step:
        return None
    years, index = divmod(12 * start.year + start.month - 1 + months, 12)
    if value.precision is Precision.MONTH:
        return edtf.month(years, index + 1)
    if not edtf.FIRST_YEAR <= years <= edtf.LAST_YEAR:
        raise _out_of_range(start.isoformat())
    return edtf.parse(f"{int(value.text[:4]) + months // 12:04}" + value.text[4:])


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
    return Refusal("year-range", f"`{text}` is moved out of the years 0002 to 9998")
