"""Series drawn by a seed: rules, dates that repeat instances, exceptions, and overrides.

The same number and seed give the same series, also on another machine.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from support.loading import load_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.dates import RecurrenceStart

SEED = 13
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ZONES = (
    *("America/New_York", "America/Santiago", "Asia/Kolkata", "Asia/Riyadh"),
    *(
        "Australia/Lord_Howe",
        "Etc/UTC",
        "Europe/Berlin",
        "Europe/Dublin",
        "Europe/London",
        "Pacific/Chatham",
        "AoE",
    ),
)
_NEAR = (  # days before a clock change in one of the zones
    *("2026-02-12", "2026-03-05", "2026-03-19", "2026-03-26", "2026-04-02", "2026-09-03"),
    *("2026-10-01", "2026-10-22", "2026-10-29", "2027-01-04", "2027-03-11", "2027-03-25"),
)
_CLOCKS = ("00:00", "01:30", "02:15", "07:00", "09:00", "12:45", "18:00", "22:00", "23:30")
PERIOD = timedelta(days=390)
"""From the start of a series, how far its instances are compared, and exceptions are drawn."""
_KNOWN = 24
"""From how many instances of a series those are drawn that are repeated, excepted or replaced."""


@dataclass
class DrawnSeries:
    """An event of a file, with what was drawn for it and whether it is warned of."""

    event: dict[str, Any]
    kinds: frozenset[str]
    is_warned: bool

    @property
    def id(self) -> str:
        """Return the id of the event, which is its title too."""
        return str(self.event["id"])


def draw_series(number: int, seed: int = SEED) -> DrawnSeries:
    """Return the series of a number: the first that has no error."""
    random = Random(f"{seed}/{number}")
    while True:
        event = _plain_series(random)
        known = _instances_of(event)
        if not known:
            continue
        drawn = DrawnDates(random, event, known)
        drawn.draw()
        event |= {"id": f"s{number}", "summary": f"s{number}"}
        loaded = load_text(json.dumps(file_of([event])))
        if loaded.is_sound:
            codes = {diagnostic.code for diagnostic in loaded.diagnostics}
            return DrawnSeries(event, frozenset(drawn.kinds), "uneven-rule" in codes)


def file_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the data of a file with these events; times without a zone are in UTC."""
    calendar = {"id": "example.org", "name": "Drawn", "timezone": "Etc/UTC"}
    return {"calendar": calendar, "events": events}


def _instances_of(event: dict[str, Any]) -> list[RecurrenceStart]:
    """Return the first instances of a series without exceptions; none if it has an error."""
    loaded = load_text(json.dumps(file_of([event | {"id": "a", "summary": "A"}])))
    if not loaded.is_sound or (recurrence := loaded.calendar.events[0].recurrence) is None:
        return []
    last = date.fromisoformat(event["start"][:10]) + PERIOD
    return list(islice(recurrence.instances(last=last), _KNOWN))


# The rule.


def _plain_series(random: Random) -> dict[str, Any]:
    """Return a series of days or of times, by a rule or, rarely, by dates alone."""
    day = date.fromisoformat(random.choice(_NEAR)) + timedelta(random.randint(-3, 6))
    is_timed = random.random() < 0.75
    event: dict[str, Any] = {"start": str(day)}
    if is_timed:
        event["start"] += f"T{random.choice(_CLOCKS)}"
        event["timezone"] = random.choice(ZONES)
        event |= _length_of_times(random, event)
    elif random.random() < 0.5:
        event["duration"] = random.choice(("1 day", "2 days", "1 week"))
    # libical never ends at an hour in the half of an hour that clocks on Lord Howe show twice.
    hours = () if event.get("timezone") == "Australia/Lord_Howe" else ("HOURLY", "MINUTELY")
    if random.random() < 0.12:
        event["rdate"] = [_moved(event["start"], random.randint(1, 90))]
    else:
        event["rrule"] = draw_rule(random, day, hours * is_timed)
    if random.random() < 0.1:
        event["cancelled"] = "drop"
    return event


def _length_of_times(random: Random, event: dict[str, Any]) -> dict[str, str]:
    chance = random.random()
    if chance < 0.35:
        return {}
    if chance < 0.9:
        lengths = ("45 minutes", "90 minutes", "3 hours", "8 hours", "1 day", "PT36H")
        return {"duration": random.choice(lengths)}
    later = datetime.fromisoformat(event["start"]) + timedelta(hours=random.choice((20, 30)))
    return {"end": f"{later.isoformat(timespec='minutes')}[{random.choice(ZONES)}]"}


def _clock(zone: str) -> ZoneInfo:
    return ZoneInfo("Etc/GMT+12" if zone == "AoE" else zone)


def _moved(start: str, days: int) -> str:
    day, separator, clock = start.partition("T")
    return f"{date.fromisoformat(day) + timedelta(days)}{separator}{clock}"


def draw_rule(random: Random, day: date, more: tuple[str, ...]) -> str:
    """Return a rule that a start on the day matches; ``more`` are frequencies for times."""
    freq = random.choice(("DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "YEARLY", *more))
    parts = [f"FREQ={freq}"]
    if random.random() < 0.5:
        most = {"MINUTELY": 600, "HOURLY": 30, "YEARLY": 2}.get(freq, 6)
        parts.append(f"INTERVAL={random.randint(1, most)}")
    if by := random.choice(_by_parts(random, freq, day)):
        parts.append(by)
    chance = random.random()
    if chance < 0.45 or freq == "MINUTELY":
        parts.append(f"COUNT={random.randint(1, 40)}")
    elif chance < 0.8 or freq == "HOURLY":
        length = random.randint(0, 20 if freq == "HOURLY" else 150)
        parts.append(f"UNTIL={day + timedelta(days=length):%Y%m%d}")
    return ";".join(parts)


def _by_parts(random: Random, freq: str, day: date) -> list[str]:
    today, position = WEEKDAYS[day.weekday()], (day.day - 1) // 7 + 1
    some = ",".join(sorted({today, *random.sample(WEEKDAYS, random.randint(0, 3))}))
    length = ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
    from_end = -((length - day.day) // 7 + 1)
    months = ",".join(map(str, sorted({day.month, random.randint(1, 12)})))
    year_day = day.timetuple().tm_yday
    if freq in ("MINUTELY", "HOURLY"):
        return ["", f"BYDAY={some}"]
    if freq == "DAILY":
        return ["", f"BYDAY={some}", f"BYMONTH={months}"]
    if freq == "WEEKLY":
        return ["", f"BYDAY={some}", f"BYDAY={some};WKST=SU"]
    if freq == "MONTHLY":
        return [
            *("", f"BYDAY={position}{today}", f"BYDAY={from_end}{today}"),
            *(f"BYMONTHDAY={day.day},{day.day % 28 + 1}", f"BYMONTHDAY={day.day - length - 1}"),
            *(f"BYDAY={today};BYSETPOS={position}", f"BYDAY={some};BYMONTH={months}"),
        ]
    return [
        *("", f"BYMONTH={day.month};BYDAY={position}{today}", f"BYYEARDAY={year_day}"),
        *(f"BYMONTH={months}", f"BYMONTH={months};BYMONTHDAY={day.day}"),
        *(f"BYWEEKNO={day.isocalendar().week};BYDAY={today}", f"BYDAY={today}"),
    ]


# Dates that it has already, others, exceptions and overrides.


class DrawnDates:
    """Draw the `rdate`, the `exdate` and the `overrides` of a series."""

    def __init__(self, random: Random, event: dict[str, Any], known: list[RecurrenceStart]) -> None:
        self.random = random
        self.event = event
        self.moments = [_moment(instance) for instance in known]
        self.zone = _clock(event.get("timezone", "UTC"))
        self.kinds: set[str] = set()

    def draw(self) -> None:
        """Add them to the event, and their kinds to `kinds`."""
        self._draw_rdate()
        last = len(self.moments) - 1  # one instance is left
        left = self.random.sample(self.moments, min(last, self.random.choice((0, 0, 1, 2, 4))))
        if excepted := left[: self.random.randint(0, 2)]:
            self.event["exdate"] = [self._exception(moment) for moment in excepted]
            self.kinds.add("excepted")
        if replaced := left[len(excepted) :]:
            self.event["overrides"] = [self._override(moment) for moment in replaced]

    def _draw_rdate(self) -> None:
        dates = list(self.event.get("rdate", ()))
        for _ in range(self.random.choice((0, 0, 1, 2, 3))):
            kind, draw = self.random.choice(self._dates_by_kind())
            self.kinds.add(kind)
            dates.append(draw())
        if dates:
            self.event["rdate"] = dates

    def _dates_by_kind(self) -> list[tuple[str, Callable[[], str]]]:
        again: tuple[str, Callable[[], str]] = ("redundant", lambda: self._write(self._known()))
        added: tuple[str, Callable[[], str]] = ("added", lambda: self._write(self._new()))
        if not isinstance(self.moments[0], datetime):
            return [again, added]
        return [
            *(again, added),
            ("redundant in another zone", lambda: self._write_in_a_zone(self._known())),
            ("added in another zone", lambda: self._write_in_a_zone(self._new())),
        ]

    def _known(self) -> date:
        return self.random.choice(self.moments)

    def _new(self) -> date:
        """Return a moment that is, from then on, one of the series."""
        start = self.moments[0]
        moved = self._later(start, self.random.randint(1, 60))
        if isinstance(moved, datetime) and self.random.random() < 0.5:
            moved += timedelta(minutes=self.random.choice((-90, 17, 150)))
        self.moments.append(moved)
        return moved

    def _later(self, moment: date, days: int) -> date:
        """Return a moment at the same time of day."""
        if not isinstance(moment, datetime):
            return moment + timedelta(days=days)
        return (moment.astimezone(self.zone) + timedelta(days=days)).astimezone(UTC)

    def _write(self, moment: date) -> str:
        """Return a moment as one writes it in the zone of the event; in UTC where that is twice."""
        if not isinstance(moment, datetime):
            return str(moment)
        local = moment.astimezone(self.zone)
        if local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
            return f"{moment:%Y-%m-%dT%H:%M}Z"
        return f"{local:%Y-%m-%dT%H:%M}"

    def _write_in_a_zone(self, moment: date) -> str:
        assert isinstance(moment, datetime)
        zone = self.random.choice(ZONES)
        local = moment.astimezone(_clock(zone))
        if local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
            return f"{moment:%Y-%m-%dT%H:%M}Z"
        return f"{local:%Y-%m-%dT%H:%M}[{zone}]"

    def _exception(self, moment: date) -> str:
        """Return a way to name an instance: its time, that on another clock, or its day."""
        if not isinstance(moment, datetime):
            return str(moment)
        local = moment.astimezone(self.zone).date()
        same_day = [at for at in self.moments if _day(at, self.zone) == local]
        ways = [self._write, self._write_in_a_zone]
        if set(same_day) == {moment}:
            ways.append(lambda _: str(local))
        return self.random.choice(ways)(moment)

    def _override(self, moment: date) -> dict[str, str]:
        override = {"recurrence-id": self._exception(moment)}
        kind = self.random.choice(("moved", "cancelled", "lengthened", "moved and lengthened"))
        self.kinds.update(kind.split(" and "))
        if kind == "cancelled":
            return override | {"status": "cancelled"}
        if "moved" in kind:
            start = self._later(moment, self.random.randint(-6, 9))
            if isinstance(start, datetime):
                start += timedelta(minutes=self.random.choice((0, 30, 200)))
            write = self._write
            if isinstance(start, datetime) and self.random.random() < 0.3:
                write = self._write_in_a_zone
            override["start"], _, zone = write(start).rstrip("]").partition("[")
            if zone:
                # In brackets, or as the zone of the override.
                other = {"start": f"{override['start']}[{zone}]"}
                override |= {"timezone": zone} if len(zone) % 2 else other
        if "lengthened" in kind:
            lengths = ("2 days", "5 days")
            if isinstance(moment, datetime):
                lengths = ("4 hours", "1 day", "PT50H")
            override["duration"] = self.random.choice(lengths)
        return override


def _moment(instance: RecurrenceStart) -> date:
    return instance if isinstance(instance, date) else instance.utc


def _day(moment: date, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
