"""The instances of a recurring event by RFC 5545 and docs/file-format.md, without the program.

A rule is a filter over the days of a period and over the times of a day, as the table of 3.3.10
has it; nothing is skipped or computed ahead.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from support.date_oracle import (
    A_DAY,
    Anchors,
    Length,
    NoOracleDate,
    OracleBound,
    OracleDate,
    OracleTime,
    Rejected,
    day,
    length,
    local_time,
    move_day,
    move_time,
    read_date,
    zone_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FINE = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
FAR = timedelta(days=800)
"""How far from its start a series is followed."""

Moment = date
"""A time in UTC, or a day."""


@dataclass
class OracleRule:
    """The parts of a rule; a list that it does not have is empty."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: str | None = None
    wkst: int = 0
    by: dict[str, list[int]] = field(default_factory=dict)
    byday: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def read(cls, text: str) -> OracleRule:
        """Return the rule of a text."""
        parts = dict(part.split("=") for part in text.split(";"))
        rule = cls(parts.pop("FREQ"))
        for name, value in parts.items():
            match name:
                case "INTERVAL":
                    rule.interval = int(value)
                case "COUNT":
                    rule.count = int(value)
                case "UNTIL":
                    rule.until = value
                case "WKST":
                    rule.wkst = WEEKDAYS.index(value)
                case "BYDAY":
                    rule.byday = [
                        (int(item[:-2] or 0), WEEKDAYS.index(item[-2:]))
                        for item in value.split(",")
                    ]
                case _:
                    rule.by[name] = [int(item) for item in value.split(",")]
        return rule

    def instances(self, start: datetime) -> Iterator[datetime]:
        """Yield the local times of the rule without its end, from its start on."""
        if self.freq in _FINE:
            yield from self._fine_instances(start)
            return
        for days in self._periods(start.date()):
            chosen = [day for day in days if self._has_day(day, start.date())]
            times = [
                datetime.combine(day, clock)
                for day in chosen
                for clock in self._times_of_day(start.time())
            ]
            positions = self.by.get("BYSETPOS")
            if positions:
                size = len(times)
                kept = {at - 1 if at > 0 else size + at for at in positions}
                times = [at for number, at in enumerate(times) if number in kept]
            yield from (at for at in times if at >= start)

    def _fine_instances(self, start: datetime) -> Iterator[datetime]:
        step = timedelta(seconds=_FINE[self.freq] * self.interval)
        at = start
        while at < start + FAR:
            if self._is_allowed(at.date()):
                yield from self._times_within(at)
            at += step

    def _times_within(self, at: datetime) -> Iterator[datetime]:
        """Yield the times of an hour or a minute that the finer parts name."""
        minutes = self.by.get("BYMINUTE", [at.minute]) if self.freq == "HOURLY" else [at.minute]
        seconds = [at.second] if self.freq == "SECONDLY" else self.by.get("BYSECOND", [at.second])
        for minute in sorted(minutes):
            for second in sorted(seconds):
                yield at.replace(minute=minute, second=second)

    def _periods(self, first: date) -> Iterator[list[date]]:
        """Yield the days of each period of FREQ, every INTERVAL of them."""
        last = first + FAR
        if self.freq == "DAILY":
            begins, steps = first, None
        elif self.freq == "WEEKLY":
            begins, steps = first - timedelta(days=(first.weekday() - self.wkst) % 7), None
        else:
            begins = first.replace(day=1)
            steps = self.interval * (12 if self.freq == "YEARLY" else 1)
            if self.freq == "YEARLY":
                begins = begins.replace(month=1)
        while begins <= last:
            if steps is None:
                days = 1 if self.freq == "DAILY" else 7
                yield [begins + timedelta(days=number) for number in range(days)]
                begins += timedelta(days=days * self.interval)
            else:
                end = move_day(begins, Length(months=12 if self.freq == "YEARLY" else 1))
                yield self._days_of(begins, end)
                begins = move_day(begins, Length(months=steps))

    def _days_of(self, begins: date, end: date) -> list[date]:
        """Return the days of a month or year; with BYWEEKNO, those of the weeks of the year."""
        if "BYWEEKNO" in self.by:
            begins = _first_week(begins.year, self.wkst)
            end = _first_week(end.year, self.wkst)
        return [begins + timedelta(days=number) for number in range((end - begins).days)]

    def _has_day(self, day: date, start: date) -> bool:
        """Return whether a period has an instance on a day (the table of 3.3.10 and its notes)."""
        if not self._is_allowed(day):
            return False
        by = self.by
        if self.freq == "DAILY" or self.byday or "BYMONTHDAY" in by or "BYYEARDAY" in by:
            return True
        if self.freq == "WEEKLY":
            return day.weekday() == start.weekday()
        if self.freq == "MONTHLY":
            return day.day == start.day
        return day.day == start.day and ("BYMONTH" in by or day.month == start.month)

    def _is_allowed(self, day: date) -> bool:
        by = self.by
        if "BYMONTH" in by and day.month not in by["BYMONTH"]:
            return False
        if "BYWEEKNO" in by and not self._is_in_week(day):
            return False
        in_year = day.timetuple().tm_yday
        days_of_year = 365 + calendar.isleap(day.year)
        if "BYYEARDAY" in by and not {in_year, in_year - days_of_year - 1} & set(by["BYYEARDAY"]):
            return False
        days_of_month = calendar.monthrange(day.year, day.month)[1]
        if "BYMONTHDAY" in by and not {day.day, day.day - days_of_month - 1} & set(
            by["BYMONTHDAY"]
        ):
            return False
        return not self.byday or any(self._is_weekday(day, *item) for item in self.byday)

    def _is_in_week(self, day: date) -> bool:
        begins = day - timedelta(days=(day.weekday() - self.wkst) % 7)
        year = (begins + timedelta(days=3)).year
        first, after = _first_week(year, self.wkst), _first_week(year + 1, self.wkst)
        number, count = (begins - first).days // 7 + 1, (after - first).days // 7
        return bool({number, number - count - 1} & set(self.by["BYWEEKNO"]))

    def _is_weekday(self, day: date, number: int, weekday: int) -> bool:
        if day.weekday() != weekday:
            return False
        if not number:
            return True
        if self.freq == "YEARLY" and "BYMONTH" not in self.by:
            first, last = date(day.year, 1, 1), date(day.year, 12, 31)
        else:
            first = day.replace(day=1)
            last = move_day(first, Length(months=1)) - A_DAY
        return number in ((day - first).days // 7 + 1, -((last - day).days // 7 + 1))

    def _times_of_day(self, clock: time) -> list[time]:
        return [
            time(hour, minute, second)
            for hour in sorted(self.by.get("BYHOUR", [clock.hour]))
            for minute in sorted(self.by.get("BYMINUTE", [clock.minute]))
            for second in sorted(self.by.get("BYSECOND", [clock.second]))
        ]


def _first_week(year: int, wkst: int) -> date:
    """Return the first day of week 1, the first week with four days in its year."""
    fourth = date(year, 1, 4)
    return fourth - timedelta(days=(fourth.weekday() - wkst) % 7)


class SeriesOracle:
    """The instances of a recurring event of a file, each from its start to its DTEND."""

    def __init__(self, event: dict[str, Any], zone: str, anchors: Anchors | None = None) -> None:
        self._event = event
        self._anchors = Anchors() if anchors is None else anchors
        self._zone = event.get("timezone", zone)
        self._start = self._read(event["start"])
        if isinstance(self._start, OracleTime):
            self._zone = self._start.zone
        self._last: Moment = self._key(self._start) + FAR

    def spans(self) -> list[tuple[Moment, Moment]]:
        """Return start and DTEND of each instance that takes place, in order.

        Raises: `Rejected`, where the page says that a date of the series is, or if none is left.
        """
        instances = self._instances()
        names = {key: key for key in instances}
        excluded = set[Moment]()
        for text in self._event.get("exdate", ()):
            excluded |= self._excluded(text, names)
        if excluded >= names.keys():
            raise Rejected("no instance is left")
        spans = {key: (key, self._end_of(key)) for key in instances}
        for override in self._event.get("overrides", ()):
            key = self._named(override["recurrence-id"], names)
            spans[key] = self._override(key, override)
            if override.get("status") == "cancelled" and self._event.get("cancelled") == "drop":
                excluded.add(key)
        return sorted(span for key, span in spans.items() if key not in excluded)

    def _instances(self) -> list[Moment]:
        keys = {self._key(self._start), *(self._added(text) for text in self._rdate())}
        if "rrule" in self._event:
            keys |= set(self._by_rule(self._rule()))
        return sorted(keys)

    def _rule(self) -> OracleRule:
        """Return the rule of a text, or of parts, in which UNTIL is a date of the file."""
        written = self._event["rrule"]
        if isinstance(written, str):
            return OracleRule.read(written)
        parts = (f"{name}={value}" for name, value in written.items() if name != "until")
        rule = OracleRule.read(";".join(parts).upper())
        if "until" in written:
            until = self._certain(written["until"])
            rule.until = str(until.earliest) if isinstance(until, OracleDate) else str(until.utc)
            rule.until = rule.until.replace(" ", "T")
            first = self._start.wall if isinstance(self._start, OracleTime) else self._midnight()
            if self._is_after(first, self._key(self._start), rule.until):
                raise Rejected(written["until"])
        return rule

    def _added(self, text: str) -> Moment:
        """Return an instance of `rdate`, which is of the kind of the start."""
        value = self._certain(text)
        if isinstance(value, OracleDate) != isinstance(self._start, OracleDate):
            raise Rejected(text)
        return self._key(value)

    def _excluded(self, text: str, names: dict[Moment, Moment]) -> set[Moment]:
        """Return the instances of an item of `exdate`: one, or all on the days of a range."""
        if ".." not in text:
            return {self._named(text, names)}
        first, last = map(date.fromisoformat, text.split(".."))
        return {key for key in names if first <= self._day(key) <= last}

    def _certain(self, text: str) -> OracleDate | OracleTime:
        """Return a date of the series; in a series of days, a time is its day."""
        value = read_date(text, self._zone, self._anchors)
        if isinstance(value, NoOracleDate | OracleBound) or value.mark:
            raise Rejected(text)
        if isinstance(value, OracleDate) and value.earliest != value.latest:
            raise Rejected(text)
        if isinstance(value, OracleTime) and isinstance(self._start, OracleDate):
            return day(value.wall.date())
        return value

    def _rdate(self) -> list[str]:
        return list(self._event.get("rdate", ()))

    def _by_rule(self, rule: OracleRule) -> Iterator[Moment]:
        start = self._start
        wall = start.wall if isinstance(start, OracleTime) else self._midnight()
        for number, at in enumerate(rule.instances(wall)):
            if isinstance(start, OracleTime):
                key: Moment = local_time(at, self._zone, is_moved=True).utc
            else:
                key = at.date()
            is_late = rule.until is not None and self._is_after(at, key, rule.until)
            if number == rule.count or is_late or key > self._last:
                return
            yield key

    def _midnight(self) -> datetime:
        assert isinstance(self._start, OracleDate)
        return datetime.combine(self._start.earliest, time())

    def _is_after(self, at: datetime, key: Moment, until: str) -> bool:
        """Return whether an instance is after UNTIL: a day in the zone, or a time in UTC."""
        if "T" not in until:
            return at.date() > date.fromisoformat(until)
        return key > datetime.fromisoformat(until).astimezone(UTC)

    def _read(self, text: str, zone: str | None = None) -> OracleDate | OracleTime:
        value = read_date(text, zone or self._zone, self._anchors)
        assert not isinstance(value, NoOracleDate)
        return value

    def _key(self, value: OracleDate | OracleTime) -> Moment:
        return value.utc if isinstance(value, OracleTime) else value.earliest

    def _named(self, text: str, names: dict[Moment, Moment]) -> Moment:
        """Return the instance at a time, or the first on a day in the zone of the series.

        Without one, that of an `rdate` on this day in its own zone.
        """
        value = self._certain(text)
        if isinstance(value, OracleTime) or isinstance(self._start, OracleDate):
            on_day = [key for key in names if key == self._key(value)]
        else:
            on_day = [key for key in names if self._day(key) == value.earliest]
            added = [self._certain(text) for text in self._rdate()]
            on_day = on_day or [
                at.utc
                for at in added
                if isinstance(at, OracleTime) and at.wall.date() == value.earliest
            ]
        if not on_day:
            raise Rejected(text)
        return min(on_day)

    def _day(self, key: Moment) -> date:
        return self._local(key).date() if isinstance(key, datetime) else key

    def _local(self, key: Moment) -> datetime:
        assert isinstance(key, datetime)
        return key.astimezone(zone_of(self._zone)).replace(tzinfo=None)

    def _first_end(self) -> OracleTime | date | None:
        """Return the end of the first instance: a time, or the day after the last day."""
        start, event = self._start, self._event
        if isinstance(start, OracleTime):
            if "end" in event:
                end = self._read(event["end"])
                assert isinstance(end, OracleTime)
                return end
            return move_time(start, length(event["duration"])) if "duration" in event else None
        if "end" in event:
            return self._key(self._read(event["end"])) + A_DAY
        return move_day(start.earliest, length(event.get("duration", "1 day")))

    def _end_of(self, key: Moment) -> Moment:
        """Return the end of an instance, exactly as long as the first (3.8.5.3)."""
        end = self._first_end()
        if end is None:
            return key
        if isinstance(end, OracleTime):
            return key + (end.utc - self._key(self._start))  # type: ignore[operator]
        return key + (end - self._key(self._start))

    def _override(self, key: Moment, override: dict[str, str]) -> tuple[Moment, Moment]:
        zone = self._zone_of_instance(key)
        own = override.get("timezone", zone)
        start = self._read(override["start"], own) if "start" in override else None
        begins = key if start is None else self._key(start)
        if start is None and isinstance(key, datetime):
            start = OracleTime(key.astimezone(zone_of(zone)).replace(tzinfo=None), zone, key)
        if "end" in override:
            end_zone = start.zone if "start" in override else own
            end = self._read(override["end"], end_zone)
            return begins, end.utc if isinstance(end, OracleTime) else end.earliest + A_DAY
        if "duration" in override:
            moved = length(override["duration"])
            if isinstance(start, OracleTime):
                return begins, move_time(start, moved).utc
            return begins, move_day(begins, moved)
        return begins, self._end_by_clock(start) if isinstance(start, OracleTime) else (
            begins + (self._end_of(key) - key)
        )

    def _zone_of_instance(self, key: Moment) -> str:
        """Return the zone of an instance: that of its `rdate`, else that of the start."""
        if not isinstance(key, datetime) or key == self._key(self._start):
            return self._zone
        if "rrule" in self._event and key in self._by_rule(self._rule()):
            return self._zone
        for text in self._rdate():
            value = self._certain(text)
            if isinstance(value, OracleTime) and value.utc == key:
                return value.zone
        return self._zone

    def _end_by_clock(self, start: OracleTime) -> Moment:
        """Return the end of a moved instance: 22:00 to 05:00 in any night."""
        first, end = self._start, self._first_end()
        if end is None:
            return start.utc
        assert isinstance(end, OracleTime)
        assert isinstance(first, OracleTime)
        if end.zone == first.zone:
            by_clock = local_time(start.wall + (end.wall - first.wall), start.zone, is_moved=True)
            if by_clock.utc > start.utc:
                return by_clock.utc
        return start.utc + (end.utc - first.utc)
