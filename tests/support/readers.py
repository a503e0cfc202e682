"""What programs other than ours read in feeds, all in one shape.

``icalendar`` and ``ical`` are Python and always here. ical.js is where Node is and ``NODE_PATH``
or ``TIMELINE_ICALJS`` names the folder its package is in; libical where a C compiler and
``pkg-config libical`` are. These two run as programs of a few lines, ``icaljs.mjs`` and
``libical.c``, that print JSON; many feeds go into one call, for starting them is what takes long.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import icalendar
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream
from ical.types.recur import RecurrenceId

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
INSTANCES = 50
DAYS = 3 * 365
"""How many instances are compared, and how many days from the first."""

Moment = tuple[str, str | None, str | None]
"""What the clock on the wall shows, the zone and the same in UTC; of a day, the day alone."""


@dataclass(frozen=True)
class Seen:
    """One VEVENT as a reader reads it. The parts of a rule are in an order of their own."""

    uid: str
    summary: str
    start: Moment
    end: Moment | None
    rule: frozenset[str]
    rdate: tuple[Moment, ...]
    exdate: tuple[Moment, ...]
    status: str | None
    recurrence_id: Moment | None


Instances = dict[str, list[tuple[str, str]]]
"""By UID, when the rule has each instance and when it is, in UTC or as days."""


@dataclass(frozen=True)
class Reading:
    """What a reader says of a feed: what is wrong, the events, when those that recur are."""

    errors: list[str]
    events: list[Seen]
    instances: Instances


# Which readers there are.


@cache
def icaljs() -> tuple[Path | None, str]:
    """Give the module of ical.js, or why there is none."""
    if shutil.which("node") is None:
        return None, "needs Node"
    folders = [os.environ.get("TIMELINE_ICALJS"), *os.environ.get("NODE_PATH", "").split(":")]
    for folder in filter(None, folders):
        for start in ("", "ical.js", "node_modules/ical.js"):
            module = Path(folder, start, "dist", "ical.js")
            if module.is_file():
                return module.resolve(), ""
    return None, "needs `npm install --prefix FOLDER ical.js`, with TIMELINE_ICALJS=FOLDER"


@cache
def libical() -> tuple[Path | None, str]:
    """Compile the program that asks libical, or say why it cannot be."""
    cc, pkg_config = shutil.which("cc"), shutil.which("pkg-config")
    if cc is None or pkg_config is None:
        return None, "needs a C compiler and pkg-config"
    flags = [pkg_config, "--cflags", "--libs", "libical"]
    found = subprocess.run(flags, capture_output=True, text=True, check=False)
    if found.returncode:
        return None, "needs libical and its headers: apt install libical-dev"
    program = Path(mkdtemp(prefix="timeline-"), "libical")
    source = [str(HERE / "libical.c"), "-o", str(program), *found.stdout.split()]
    done = subprocess.run(
        [cc, "-std=c99", "-D_GNU_SOURCE", *source], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return program, ""


def available() -> dict[str, str]:
    """Give the readers by name, each with why it cannot be asked, or nothing."""
    return {"icalendar": "", "ical": "", "ical.js": icaljs()[1], "libical": libical()[1]}


def versions() -> dict[str, str]:
    """Give the version of each reader that is here."""
    found = {name: version(name) for name in ("icalendar", "ical", "recurring-ical-events")}
    if (module := icaljs()[0]) is not None:
        package = json.loads((module.parent.parent / "package.json").read_text())
        found["ical.js"] = package["version"]
    if libical()[0] is not None:
        asked = ["pkg-config", "--modversion", "libical"]
        found["libical"] = subprocess.run(
            asked, capture_output=True, text=True, check=True
        ).stdout.strip()
    return found


def clean_up() -> None:
    """Remove what was compiled."""
    if libical.cache_info().currsize and (program := libical()[0]) is not None:
        shutil.rmtree(program.parent)
    libical.cache_clear()


# Asking them.


def read(name: str, feeds: list[Path]) -> list[Reading]:
    """Ask a reader about feeds, in one call."""
    match name:
        case "icalendar":
            return [_by_icalendar(feed.read_bytes()) for feed in feeds]
        case "ical":
            return [_by_ical(feed.read_text()) for feed in feeds]
    # A day more than is compared, for the last one may be cut otherwise.
    told = _ask(name, "read", str(INSTANCES + 50), str(DAYS + 1), *map(str, feeds))
    assert len(told) == len(feeds)
    return [_reading(json.loads(line)) for line in told]


def offsets(name: str, feed: Path, queries: Path) -> list[int]:
    """Ask a reader for the offsets in seconds of lines of a zone of the feed and a local time."""
    return [int(line) for line in _ask(name, "offsets", str(feed), str(queries))]


def _ask(name: str, *words: str) -> list[str]:
    if name == "ical.js":
        command = ["node", str(HERE / "icaljs.mjs"), str(icaljs()[0])]
    else:
        command = [str(libical()[0])]
    done = subprocess.run(
        [*command, *words], capture_output=True, encoding="utf-8", check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def cut(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the instances in order, as many of them and as far as is compared."""
    ordered = sorted(set(found))  # ical.js has an RDATE twice that the rule has too
    first = date.fromisoformat(ordered[0][0][:10]) if ordered else date.min
    last = (first + timedelta(days=DAYS - 2)).isoformat()
    return [pair for pair in ordered if pair[0] < last][:INSTANCES]


def parts(rule: str | None) -> frozenset[str]:
    """Give the parts of a rule but for defaults; the order of a list means nothing (3.3.10)."""
    found = [part.partition("=") for part in rule.split(";")] if rule else []
    told = {f"{name}={','.join(sorted(value.split(',')))}" for name, _, value in found}
    return frozenset(told - {"INTERVAL=1", "WKST=MO"})


def _reading(told: dict[str, Any]) -> Reading:
    def moment(value: list[Any] | None) -> Moment | None:
        return None if value is None else (value[0], value[1], value[2])

    def moments(values: list[list[Any]]) -> tuple[Moment, ...]:
        return tuple((value[0], value[1], value[2]) for value in values)

    events, instances, moved = [], {}, {}
    for each in told["events"]:
        start, own = moment(each["start"]), moment(each["recurrence_id"])
        assert start is not None
        again = (parts(each["rule"]), moments(each["rdate"]), moments(each["exdate"]))
        seen = Seen(
            each["uid"], each["summary"], start, moment(each["end"]), *again, each["status"], own
        )
        events.append(seen)
        if own is not None:
            moved[seen.uid, own[2] or own[0]] = start[2] or start[0]
        if seen.rule or seen.rdate:
            instances[seen.uid] = each["instances"]
    return Reading(told["errors"], events, _complete(instances, moved))


def _complete(
    instances: dict[str, list[Any]], moved: dict[tuple[str, str], str]
) -> dict[str, list[tuple[str, str]]]:
    """Put the instances that differ in their places, where a reader leaves that to its caller."""
    return {
        uid: cut(
            (each, moved.get((uid, each), each)) if isinstance(each, str) else (each[0], each[1])
            for each in found
        )
        for uid, found in instances.items()
    }


# icalendar, with recurring-ical-events.


def _by_icalendar(feed: bytes) -> Reading:
    calendar = icalendar.Calendar.from_ical(feed)
    errors = [str(error) for part in calendar.walk() for error in part.errors]
    events = []
    for event in calendar.walk("VEVENT"):
        rule, status = event.get("RRULE"), event.get("STATUS")
        events.append(
            Seen(
                str(event["UID"]),
                str(event["SUMMARY"]),
                *(_property(event.get(name)) for name in ("DTSTART", "DTEND")),
                parts(rule.to_ical().decode() if rule else None),
                *(_properties(event.get(name)) for name in ("RDATE", "EXDATE")),
                str(status) if status else None,
                _property(event.get("RECURRENCE-ID")),
            )
        )
    repeated = {seen.uid for seen in events if seen.rule or seen.rdate}
    return Reading(errors, events, _by_recurring_ical_events(calendar, repeated))


def _by_recurring_ical_events(calendar: icalendar.Calendar, uids: set[str]) -> Instances:
    found = {}
    for uid in uids:
        alone = icalendar.Calendar()
        for part in calendar.subcomponents:
            if part.name == "VTIMEZONE" or part.get("UID") == uid:
                alone.add_component(part)
        first = min(_utc(e["DTSTART"].dt) for e in alone.walk("VEVENT") if "RECURRENCE-ID" not in e)
        begin = datetime.fromisoformat(first).replace(tzinfo=UTC) - timedelta(days=1)
        query = recurring_ical_events.of(alone, skip_bad_series=False)
        events = query.between(begin, begin + timedelta(days=DAYS))
        found[uid] = cut((_utc(e["RECURRENCE-ID"].dt), _utc(e["DTSTART"].dt)) for e in events)
    return found


def _property(value: Any) -> Moment | None:
    return None if value is None else _moment(value.dt, value.params.get("TZID"))


def _properties(value: Any) -> tuple[Moment, ...]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(
        _moment(each.dt, several.params.get("TZID")) for several in values for each in several.dts
    )


# ical.


def _by_ical(feed: str) -> Reading:
    calendar = IcsCalendarStream.calendar_from_ics(feed)
    events, instances, moved = [], {}, {}
    for event in calendar.events:
        own = None
        if event.recurrence_id:
            value = RecurrenceId.to_value(event.recurrence_id)
            if isinstance(value, datetime) and value.tzinfo is None:
                value = value.replace(tzinfo=event.recurrence_id.tzinfo)
            own = _moment(value)
            moved[event.uid, own[2] or own[0]] = _utc(event.dtstart)
        seen = Seen(
            event.uid,
            event.summary,
            _moment(event.dtstart),
            _moment(event.dtend) if event.dtend else None,
            parts(event.rrule.as_rrule_str() if event.rrule else None),
            tuple(map(_moment, event.rdate)),
            tuple(map(_moment, event.exdate)),
            event.status.value if event.status else None,
            own,
        )
        events.append(seen)
        if seen.rule or seen.rdate:
            instances[seen.uid] = [
                _utc(each) for each, _ in zip(event.as_rrule(), range(INSTANCES + 50), strict=False)
            ]
    return Reading([], events, _complete(instances, moved))


def _moment(value: date, zone: str | None = None) -> Moment:
    if not isinstance(value, datetime):
        return value.isoformat(), None, None
    name = zone or getattr(value.tzinfo, "key", None) or str(value.tzinfo)
    return value.replace(tzinfo=None).isoformat(), name, _utc(value)


def _utc(value: date) -> str:
    """Write an instant in UTC, a day as a day."""
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


__all__ = ["Instances", "Moment", "Reading", "Seen", "available", "cut", "offsets", "parts", "read"]


if __name__ == "__main__":
    for reader, why in (available() | {"recurring-ical-events": ""}).items():
        told = f"not run, {why}" if why else f"run, {versions()[reader]}"
        print(f"{reader}: {told}")  # noqa: T201 - what `.ci/run` asks for
    clean_up()
