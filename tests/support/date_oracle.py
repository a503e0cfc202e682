"""What docs/dates.md says that a date means, without any code of the program.

Only texts that the page allows are read, and no error is explained.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable

A_DAY = timedelta(days=1)


class Rejected(Exception):  # noqa: N818 - as the page says
    """The page says that this date is rejected, or no date."""


@cache
def zone_of(name: str) -> tzinfo:
    """Return a zone of the IANA database that the project depends on, AoE, or of an offset."""
    if name == "UTC":
        return UTC
    if name == "AoE":
        name = "-12:00"
    if name[0] in "+-":
        return datetime.fromisoformat(f"2000-01-01T00:00{name}").tzinfo or UTC
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@dataclass(frozen=True)
class OracleDate:
    """A date without a time: its possible days, both inclusive, as the tables of the page have it.

    ``text`` is how the CSV has it, without its mark; ``sides`` are those of a ``between``.
    """

    earliest: date
    latest: date
    precision: str
    text: str
    mark: str = ""
    sides: tuple[OracleDate, ...] = ()

    @property
    def edtf(self) -> str:
        """The EDTF column of the tables."""
        if self.precision == "week":
            return f"{self.earliest}{self.mark}/{self.latest}{self.mark}"
        if self.sides:
            return f"[{self.sides[0].text}..{self.sides[1].text}]"
        text = re.sub(r"Q(\d)", lambda match: str(32 + int(match[1])), self.text)
        return re.sub(r"H(\d)", lambda match: str(39 + int(match[1])), text) + self.mark


@dataclass(frozen=True)
class OracleBound:
    """A date with one known bound: the first or the last day of ``bound``, which ``words`` say."""

    words: str
    bound: OracleDate
    mark: str = ""

    @property
    def earliest(self) -> date | None:
        """The column of the tables, ``None`` where it is empty."""
        return self.bound.earliest if self.words == "not before" else None

    @property
    def latest(self) -> date | None:
        """The same."""
        return self.bound.latest if self.words == "not after" else None

    @property
    def day(self) -> date:
        """The day of the bound, on which the date is shown."""
        return self.bound.earliest if self.words == "not before" else self.bound.latest

    @property
    def precision(self) -> str:
        """The column of the tables."""
        return self.words

    @property
    def text(self) -> str:
        """How the CSV has it."""
        return f"{self.words} {self.bound.text}"

    @property
    def edtf(self) -> str:
        """The EDTF column of the tables; of a quarter its first or last month."""
        text = str(self.day)[:7] if self.bound.precision == "quarter" else self.bound.text
        return f"[{text}..]" if self.words == "not before" else f"[..{text}]"


@dataclass(frozen=True)
class OracleTime:
    """A time: its local time, its zone, the time in UTC, and its mark."""

    wall: datetime
    zone: str
    utc: datetime
    mark: str = ""

    @property
    def text(self) -> str:
        """The time as the CSV has it."""
        return self.utc.astimezone(zone_of(self.zone)).isoformat()

    @property
    def precision(self) -> str:
        """The column of the CSV."""
        return "second" if self.wall.second else "minute"


@dataclass(frozen=True)
class NoOracleDate:
    """``TBC`` or ``..``."""

    text: str


TBC, OPEN = NoOracleDate("TBC"), NoOracleDate("..")
Side = OracleDate | OracleBound | OracleTime | NoOracleDate


# Units.


def day(value: date) -> OracleDate:
    """Return a known day."""
    return OracleDate(value, value, "day", str(value))


def day_of(value: OracleTime) -> OracleDate:
    """Return the day that the own clock of a time shows, with its mark."""
    return replace(day(value.wall.date()), mark=value.mark)


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _months(first: date, count: int) -> date:
    """Return the last day of some months."""
    at = first.year * 12 + first.month - 1 + count - 1
    return last_of_month(at // 12, at % 12 + 1)


def _unit(text: str) -> OracleDate | None:
    """Return the row of the first table for a text, ``None`` if it has none."""
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        return day(date(*map(int, match.groups())))
    if match := re.fullmatch(r"(\d{4})-W(\d\d)", text):
        first = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return OracleDate(first, first + timedelta(days=6), "week", text)
    if match := re.fullmatch(r"(\d{4})-XX(-XX)?", text):
        year = int(match[1])
        return OracleDate(date(year, 1, 1), date(year, 12, 31), "year", text)
    if match := re.fullmatch(r"(\d\d)(\d|X)X", text):
        if match[2] == "X":
            first, years, precision = int(match[1]) * 100, 100, "century"
        else:
            first, years, precision = int(match[1] + match[2]) * 10, 10, "decade"
        return OracleDate(date(first, 1, 1), date(first + years - 1, 12, 31), precision, text)
    if match := re.fullmatch(r"\d{4}", text):
        return OracleDate(date(int(text), 1, 1), date(int(text), 12, 31), "year", text)
    if not (match := re.fullmatch(r"(\d{4})-([QH]?\d{1,2})(-XX)?", text)):
        return None
    year, part = int(match[1]), match[2]
    number = int(part.lstrip("QH"))
    if part[0] == "Q" or 33 <= number <= 36:
        quarter = number if part[0] == "Q" else number - 32
        begins, months, precision, text = 3 * quarter - 2, 3, "quarter", f"{match[1]}-Q{quarter}"
    elif part[0] == "H" or 40 <= number <= 41:
        half = number if part[0] == "H" else number - 39
        begins, months, precision, text = 6 * half - 5, 6, "half", f"{match[1]}-H{half}"
    elif number <= 12:
        begins, months, precision = number, 1, "month"
    else:
        seasons = (3, 6, 9, 12) if number <= 28 else (9, 12, 3, 6)
        begins, months, precision = seasons[(number - 21) % 4], 3, "season"
    first = date(year, begins, 1)
    return OracleDate(first, _months(first, months), precision, text)


def between(first: OracleDate, last: OracleDate, mark: str = "") -> OracleDate:
    """Return one day from one date to another; from a date to itself it is that date."""
    if first.text == last.text:
        return replace(first, mark=mark)
    text = f"between {first.text} and {last.text}"
    return OracleDate(first.earliest, last.latest, "between", text, mark, (first, last))


def one_bound(words: str, value: OracleDate | OracleBound) -> OracleBound | None:
    """Return what is certain of a day that is ``not before``, or ``not after``, a date."""
    if isinstance(value, OracleBound):
        return value if value.words == words else None
    bound = replace(value, mark="")
    if bound.precision != "quarter":
        bound = _as_side(bound) or day(value.earliest if words == "not before" else value.latest)
    return OracleBound(words, bound, value.mark)


# Times.


def local_time(wall: datetime, zone: str, *, is_moved: bool = False) -> OracleTime:
    """Return a local time: the first of two, and, if it was computed, after the gap."""
    clock = zone_of(zone)
    utc = wall.replace(tzinfo=clock, fold=0).astimezone(UTC)
    shown = utc.astimezone(clock).replace(tzinfo=None)
    if shown != wall:
        if not is_moved:
            raise Rejected(wall)
        wall = shown
    return OracleTime(wall, zone, utc)


def _time(text: str, zone: str) -> OracleTime | None:
    pattern = (
        r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)?(?:\[([A-Za-z0-9/_+-]+)\])?"
    )
    if not (match := re.fullmatch(pattern, text)):
        return None
    wall = datetime.fromisoformat(f"{match[1]}T{match[2]}")
    offset, name = match[3], match[4]
    if offset is None:
        return local_time(wall, name or zone)
    utc = wall.replace(tzinfo=zone_of("UTC" if offset == "Z" else offset)).astimezone(UTC)
    if name is None:
        return OracleTime(wall, "UTC" if offset == "Z" else offset, utc)
    shown = utc.astimezone(zone_of(name)).replace(tzinfo=None)
    if offset != "Z" and shown != wall:
        raise Rejected(text)
    return OracleTime(shown, name, utc)


# Durations and arithmetic.


@dataclass(frozen=True)
class WorkingDays:
    """A number of working days, negative for those before, and what says which days are."""

    count: int
    is_working: Callable[[date], bool]

    def step(self, value: date) -> date:
        """Return a day after as many steps, each to the next or the previous working day."""
        way = A_DAY if self.count > 0 else -A_DAY
        for _ in range(abs(self.count)):
            value += way
            while not self.is_working(value):
                value += way
        return value


def working_days(week: list[str], off: list[str]) -> Callable[[date], bool]:
    """Return what says whether a day is a working day of a calendar."""
    free = set[date]()
    for item in off:
        first, _, last = item.partition("..")
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        while day <= end:
            free.add(day)
            day += A_DAY
    return lambda value: f"{value:%a}".lower() in week and value not in free


def _stepped(
    value: OracleDate | OracleBound | OracleTime, moved: WorkingDays
) -> OracleDate | OracleBound | OracleTime:
    """Return a date moved by working days: a time on its clock, others at their bounds."""
    if isinstance(value, OracleTime):
        wall = datetime.combine(moved.step(value.wall.date()), value.wall.time())
        return replace(local_time(wall, value.zone, is_moved=True), mark=value.mark)
    if isinstance(value, OracleBound):
        return OracleBound(value.words, day(moved.step(value.day)), value.mark)
    first, last = (day(moved.step(side)) for side in (value.earliest, value.latest))
    return between(first, last, value.mark)


@dataclass(frozen=True)
class Length:
    """A duration, as large units and as exact time."""

    months: int = 0
    days: int = 0
    exact: timedelta = timedelta()

    def __neg__(self) -> Length:
        return Length(-self.months, -self.days, -self.exact)


def length(text: str) -> Length:
    """Return a duration in words or in ISO 8601."""
    if match := re.fullmatch(r"(\d{1,6}) (minute|hour|day|week|month|year)s?", text):
        number = int(match[1])
        return {
            "minute": Length(exact=timedelta(minutes=number)),
            "hour": Length(exact=timedelta(hours=number)),
            "day": Length(days=number),
            "week": Length(days=7 * number),
            "month": Length(months=number),
            "year": Length(months=12 * number),
        }[match[2]]
    pattern = r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
    pattern += r"(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
    match = re.fullmatch(pattern, text)
    assert match, text
    years, months, weeks, days, *clock = (int(number or 0) for number in match.groups())
    exact = timedelta(hours=clock[0], minutes=clock[1], seconds=clock[2])
    return Length(12 * years + months, 7 * weeks + days, exact)


def move_day(value: date, moved: Length) -> date:
    """Return a day moved by months, whose last day is a limit, and then by days."""
    at = value.year * 12 + value.month - 1 + moved.months
    last = calendar.monthrange(at // 12, at % 12 + 1)[1]
    return date(at // 12, at % 12 + 1, min(value.day, last)) + timedelta(days=moved.days)


def move_time(value: OracleTime, moved: Length) -> OracleTime:
    """Return a time moved on its clock by large units, and then exactly; it keeps its mark."""
    mark = value.mark
    if moved.months or moved.days:
        wall = datetime.combine(move_day(value.wall.date(), moved), value.wall.time())
        value = local_time(wall, value.zone, is_moved=True)
    utc = value.utc + moved.exact
    wall = utc.astimezone(zone_of(value.zone)).replace(tzinfo=None)
    return OracleTime(wall, value.zone, utc, mark)


def move_date(value: OracleDate, moved: Length) -> OracleDate:
    """Return a date moved: a unit of the same kind if there is one, else between two days."""
    if moved.exact:
        raise Rejected
    if value.precision == "day":
        return replace(day(move_day(value.earliest, moved)), mark=value.mark)
    if value.sides:
        first, last = (move_date(replace(side, mark=""), moved) for side in value.sides)
        if first.precision == "between":
            first = day(first.earliest)
        if last.precision == "between":
            last = day(last.latest)
        return between(first, last, value.mark)
    begins = move_day(value.earliest, moved)
    if _is_whole_units(value.precision, moved):
        unit = _unit_from(value, begins)
        assert unit is not None
        return replace(unit, mark=value.mark)
    return between(day(begins), day(move_day(value.latest, moved)), value.mark)


_MONTHS = {"month": 1, "season": 3, "quarter": 3, "half": 6}
_MONTHS |= {"year": 12, "decade": 120, "century": 1200}


def move_bound(value: OracleBound, moved: Length) -> OracleBound:
    """Return a date whose known bound is moved."""
    bound = one_bound(value.words, move_date(value.bound, moved))
    assert bound is not None
    return replace(bound, mark=value.mark)


def _is_whole_units(precision: str, moved: Length) -> bool:
    if precision == "week":
        return not moved.months and moved.days % 7 == 0
    return not moved.days and moved.months % _MONTHS[precision] == 0


def _unit_from(value: OracleDate, begins: date) -> OracleDate | None:
    """Return the unit of the same kind that begins on a day, if there is one."""
    year = f"{begins.year:04}"
    names = {
        "week": ["{:04}-W{:02}".format(*begins.isocalendar()[:2])],
        "month": [f"{year}-{begins.month:02}" + "-XX" * ("X" in value.text)],
        "quarter": [f"{year}-Q{number}" for number in range(1, 5)],
        "half": [f"{year}-H{number}" for number in (1, 2)],
        "season": [f"{year}-{number}" for number in _same_hemisphere(value.text)],
        "year": [year + value.text[4:]],
        "decade": [f"{year[:3]}X"],
        "century": [f"{year[:2]}XX"],
    }[value.precision]
    units = map(_unit, names)
    return next((unit for unit in units if unit is not None and unit.earliest == begins), None)


def _same_hemisphere(text: str) -> range:
    """Return the numbers of the seasons beside that of a text; none if it has no season."""
    number = int(text[5:7]) if re.fullmatch(r"\d{4}-\d\d", text) else 0
    ranges = (range(21, 25), range(25, 29), range(29, 33))
    return next((codes for codes in ranges if number in codes), range(0))


# All forms.


class Anchors(dict[tuple[str, str], Side]):
    """The start of an event by its id and ``start``, its last day or end time by ``end``.

    ``is_working`` says which days are working days.
    """

    is_working: Callable[[date], bool]


def read_date(text: str, zone: str, anchors: Anchors) -> Side:
    """Return the date of a text, in the zone of its event and among the dates of other events.

    Raises: `Rejected`, where the page says that a well-formed text is.
    """
    if text == "TBC":
        return TBC
    if text == "..":
        return OPEN
    if match := re.fullmatch(r"(not before|not after) (.+)", text):
        value = read_date(match[2], zone, anchors)
        if isinstance(value, OracleTime):
            value = day_of(value)
        if isinstance(value, NoOracleDate):
            return value
        return one_bound(match[1], value) or TBC
    if match := re.fullmatch(r"between (.+?) and (.+)", text):
        first, last = (read_date(side, zone, anchors) for side in match.groups())
        first, last = (
            day_of(side) if isinstance(side, OracleTime) else side for side in (first, last)
        )
        if TBC in (first, last):
            return TBC
        if isinstance(first, OracleBound) or isinstance(last, OracleBound):
            lower, upper = one_bound("not before", first), one_bound("not after", last)
            if lower is None or upper is None:
                return lower or upper or TBC
            first, last = (replace(side.bound, mark=side.mark) for side in (lower, upper))
        if not isinstance(first, OracleDate) or not isinstance(last, OracleDate):
            raise Rejected(text)
        if last.latest < first.earliest:
            raise Rejected(text)
        mark = joined(first.mark, last.mark)
        first, last = (replace(side, mark="") for side in (first, last))
        first = _as_side(first) or day(first.earliest)
        last = _as_side(last) or day(last.latest)
        return between(first, last, mark)
    mark = text[-1] if text[-1] in "?~%" else ""
    if moment := _time(text.removesuffix(mark), zone):
        return replace(moment, mark=mark)
    if unit := _unit(text.removesuffix(mark)):
        return replace(unit, mark=mark)
    return _relative(text.removesuffix(mark), mark, zone, anchors)


def _as_side(value: OracleDate) -> OracleDate | None:
    """Return a day, a month or a year as a side of ``between``, ``None`` for another unit."""
    if value.precision not in ("day", "month", "year"):
        return None
    return _unit(value.text.removesuffix("-XX").removesuffix("-XX"))


def _moved(
    value: OracleDate | OracleBound | OracleTime, moved: Length | WorkingDays
) -> OracleDate | OracleBound | OracleTime:
    if isinstance(moved, WorkingDays):
        return _stepped(value, moved)
    if isinstance(value, OracleBound):
        return move_bound(value, moved)
    return move_date(value, moved) if isinstance(value, OracleDate) else move_time(value, moved)


_AMOUNT = r"(?:\d+ (?:working )?[a-z]+|P\w+)"


def _relative(text: str, mark: str, zone: str, anchors: Anchors) -> Side:
    match = re.fullmatch(
        rf"([a-z0-9_-]+)\.(start|end)(\.day)?((?: [+-] {_AMOUNT})*)(?: at ([\d:]+))?",
        text,
    )
    assert match, text
    value = anchors[match[1], match[2]]
    if value == OPEN:
        raise Rejected(text)
    if isinstance(value, NoOracleDate):
        return value
    if match[3] and isinstance(value, OracleTime):
        value = day_of(value)
    for sign, term in re.findall(rf" ([+-]) ({_AMOUNT})", match[4]):
        if " working day" in term:
            count = int(f"{sign}{term.split()[0]}")
            value = _moved(value, WorkingDays(count, anchors.is_working))
        else:
            value = _moved(value, length(term) if sign == "+" else -length(term))
    mark = joined(value.mark, mark)
    if match[5]:
        if isinstance(value, OracleTime):
            at = value.utc.astimezone(zone_of(zone)).date()
        elif value.precision == "day":
            at = value.earliest
        else:
            raise Rejected(text)
        value = local_time(datetime.fromisoformat(f"{at}T{match[5]}"), zone, is_moved=True)
    return replace(value, mark=mark)


def joined(*marks: str) -> str:
    """Return the mark that says what all of some marks say."""
    is_uncertain = any(mark in ("?", "%") for mark in marks)
    is_approximate = any(mark in ("~", "%") for mark in marks)
    return {(True, True): "%", (True, False): "?", (False, True): "~"}.get(
        (is_uncertain, is_approximate), ""
    )
