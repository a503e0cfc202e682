"""What docs/file-format.md and docs/outputs.md say of the dates of a file, without the program.

Of a file as data, its rows in the CSV and its VEVENTs; recurring events are in `series_oracle`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from support.date_oracle import (
    A_DAY,
    OPEN,
    TBC,
    Anchors,
    Length,
    NoOracleDate,
    OracleBound,
    OracleDate,
    OracleTime,
    Rejected,
    Side,
    day_of,
    joined,
    length,
    move_bound,
    move_date,
    move_time,
    read_date,
    working_days,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

CERTAINTY = {
    "": "certain",
    "?": "uncertain",
    "~": "approximate",
    "%": "uncertain and approximate",
}


@dataclass(frozen=True)
class OracleEvent:
    """The dates of an event; without ``end`` or ``duration`` its end is ``None``."""

    COLUMNS: ClassVar = (
        *("start", "end", "all_day", "timezone", "earliest", "latest"),
        *("precision", "end_precision", "certainty", "edtf"),
    )

    start: Side
    end: Side | None
    imprecise: str = "span"

    def row(self) -> dict[str, str]:
        """Return the columns of the CSV that are about dates."""
        start, end = self.start, self.end
        has_start = not isinstance(start, NoOracleDate)
        sides = [side for side in (start, end) if side and not isinstance(side, NoOracleDate)]
        is_all_day = not all(isinstance(side, OracleTime) for side in sides)
        marks = [side.mark for side in sides]
        if isinstance(start, OracleBound):
            earliest, latest = start.earliest, start.latest if end is None else None
        else:
            days = [day for day in self._days() if day is not None]
            earliest = min(days) if has_start else None
            latest = max(days) if days and not isinstance(end, NoOracleDate) else None
        return {
            "start": _text(start),
            "end": _text(end),
            "all_day": {True: "true", False: "false"}[is_all_day] if has_start else "",
            "timezone": "".join(map(_zone, sides[:2] if is_all_day else sides[:1]))
            if has_start
            else "",
            "earliest": str(earliest or ""),
            "latest": str(latest or ""),
            "precision": _precision(start),
            "end_precision": "" if end is None else _precision(end),
            "certainty": CERTAINTY[joined(*marks)] if has_start else "",
            "edtf": self._edtf(),
        }

    def _days(self) -> Iterator[date | None]:
        """Yield the first and the last possible day, and those of times on their own clocks."""
        start, end = self.start, self.end
        if isinstance(start, OracleDate):
            yield start.earliest
            yield start.latest if end is None else None
        if isinstance(start, OracleTime):
            yield start.wall.date()
        if isinstance(end, OracleDate):
            yield end.latest
        if isinstance(end, OracleTime):
            yield end.wall.date()

    def _edtf(self) -> str:
        start, end = self._all_day()
        if OracleTime in (type(start), type(end)):
            return ""
        if end is None:
            return "" if isinstance(start, OracleTime | NoOracleDate) else start.edtf
        if isinstance(start, OracleBound):
            return ""
        if start == TBC and end == TBC:
            return ""
        texts = []
        for side in (start, end):
            if isinstance(side, OracleDate):
                if side.precision in ("week", "between"):
                    return ""  # it is an interval or a set itself
                texts.append(side.edtf)
            else:
                texts.append(".." if side == OPEN else "")
        return "/".join(texts)

    def _all_day(self) -> tuple[Side, Side | None]:
        """Return both sides, and if only one is a time, its day in its place."""
        start, end = self.start, self.end
        if isinstance(start, OracleTime) and isinstance(end, OracleDate):
            return day_of(start), end
        if isinstance(start, OracleDate) and isinstance(end, OracleTime):
            return start, day_of(end)
        return start, end

    def vevent(self) -> tuple[date, date | None, str | None, str] | None:
        """Return DTSTART, DTEND, STATUS and TRANSP, times in UTC.

        ``None`` if the feed does not have the event.
        """
        start, end = self._all_day()
        if isinstance(start, OracleBound):
            is_shown = self.imprecise != "skip"
            return (start.day, start.day + A_DAY, "TENTATIVE", "TRANSPARENT") if is_shown else None
        if isinstance(start, NoOracleDate):
            return None
        marks = start.mark + (end.mark if isinstance(end, OracleDate | OracleTime) else "")
        status = "TENTATIVE" if marks else None
        if isinstance(start, OracleTime):
            return start.utc, end.utc if isinstance(end, OracleTime) else None, status, "OPAQUE"
        last = end.latest if isinstance(end, OracleDate) else start.latest
        if start.earliest != start.latest:
            status = "TENTATIVE"
            if self.imprecise == "skip":
                return None
            if self.imprecise == "start":
                last = start.earliest
        return start.earliest, last + A_DAY, status, "TRANSPARENT"


def _text(side: Side | None) -> str:
    if side is None or isinstance(side, NoOracleDate):
        return ".." if side == OPEN else ""
    return side.text


def _zone(side: Side) -> str:
    zone = side.zone if isinstance(side, OracleTime) else ""
    return "-12:00" if zone == "AoE" else zone


def _precision(side: Side) -> str:
    if isinstance(side, NoOracleDate):
        return "open" if side == OPEN else "unknown"
    return side.precision


class FileOracle:
    """Evaluate the events of a file.

    Raises: `Rejected`, where the pages say that the file is.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self._calendar_zone = data["calendar"]["timezone"]
        self.working_days: dict[str, list[str]] = data["calendar"]["working-days"]
        self._entries: dict[str, tuple[dict[str, Any], str]] = {}
        self._collect(data["events"], self._calendar_zone)
        self._dates = _Dates(self)
        self.events = {id_: self._evaluate(id_) for id_ in self._entries}

    def _collect(self, events: list[dict[str, Any]], zone: str) -> None:
        for event in events:
            own = event.get("timezone", zone)
            self._entries[event["id"]] = event, own
            self._collect(event.get("events", []), own)

    def _evaluate(self, id_: str) -> OracleEvent:
        event, _ = self._entries[id_]
        start, end = self._dates[id_, "start"], None
        if "end" in event or "duration" in event:
            end = self._dates[id_, "end"]
            _check_order(start, end)
            if event["start"].startswith("not "):
                raise Rejected  # an end beside one known bound
            if OracleBound in (type(start), type(end)):
                end = TBC
        return OracleEvent(start, end, event.get("imprecise", "span"))

    def evaluate_side(self, id_: str, side: str) -> Side:
        """Return the start of an event, or its last day or end time."""
        event, zone = self._entries[id_]
        if side == "start":
            return read_date(event["start"], zone, self._dates)
        start = self._dates[id_, "start"]
        if "end" in event:
            end_zone = start.zone if isinstance(start, OracleTime) else zone
            return read_date(event["end"], end_zone, self._dates)
        return _end_after(start, event["duration"]) if "duration" in event else start


class _Dates(Anchors):
    """The dates of all events, evaluated when they are needed."""

    def __init__(self, oracle: FileOracle) -> None:
        super().__init__()
        self._oracle = oracle
        self.is_working = working_days(**oracle.working_days)

    def __missing__(self, key: tuple[str, str]) -> Side:
        self[key] = self._oracle.evaluate_side(*key)
        return self[key]


def _check_order(start: Side, end: Side) -> None:
    if isinstance(start, NoOracleDate) or isinstance(end, NoOracleDate):
        return
    if isinstance(start, OracleTime) and isinstance(end, OracleTime):
        if end.utc <= start.utc:
            raise Rejected
        return
    first = day_of(start) if isinstance(start, OracleTime) else start
    last = day_of(end) if isinstance(end, OracleTime) else end
    if last.latest and first.earliest and last.latest < first.earliest:
        raise Rejected


def _end_after(start: Side, text: str) -> Side:
    moved = length(text)
    if moved == Length():
        raise Rejected
    if isinstance(start, OracleTime):
        return move_time(start, moved)
    if isinstance(start, NoOracleDate):
        return start
    if isinstance(start, OracleBound):
        return move_bound(move_bound(start, moved), Length(days=-1))
    return move_date(move_date(start, moved), Length(days=-1))


def moment(value: date) -> date:
    """Return a time in UTC, or a day as it is."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value
