"""Read feeds with four programs that are not ours, into one shape.

``icalendar`` and ``ical`` are Python packages. ical.js needs Node, and the folder of its package
in ``NODE_PATH`` or ``TIMELINE_ICALJS``; libical a C compiler and ``pkg-config libical``. These two
run as short programs, ``icaljs.mjs`` and ``libical.c``, that print JSON. One call takes many feeds,
because starting them takes long.
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
import pytest
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream
from ical.types.recur import RecurrenceId

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).parent
INSTANCES = 50
DAYS = 3 * 365
"""How many instances are compared, and how many days from the first."""

NOT_PYTHON = tuple(pytest.param(name, marks=pytest.mark.foreign) for name in ("ical.js", "libical"))
"""The readers that have to be installed, as parameters of tests."""

Moment = tuple[str, str | None, str | None]
"""The local time, its zone and the time in UTC; of a date, the date and twice ``None``."""


@dataclass(frozen=True)
class Seen:
    """One VEVENT as a reader reads it. The parts of a rule have no order."""

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
"""By UID, the RECURRENCE-ID and the start of every instance, in UTC or as dates."""

Spans = dict[str, list[tuple[str, str]]]
"""By UID, the start and the DTEND of every instance, in order, in UTC or as dates."""

_Lasting = tuple[str, str, str]
"""An instance: its RECURRENCE-ID, its start and its DTEND, in UTC or as dates."""


@dataclass(frozen=True)
class Reading:
    """What a reader reports of a feed: errors, events, and the instances of recurring events.

    ``spans`` has all of `DAYS` days, and only those of readers that compute ends.
    """

    errors: list[str]
    events: list[Seen]
    instances: Instances
    spans: Spans


# Which readers are present.


@cache
def icaljs() -> tuple[Path | None, str]:
    """Return the module of ical.js, or what to install."""
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
    """Compile the program that calls libical; return it, or what to install."""
    cc, pkg_config = shutil.which("cc"), shutil.which("pkg-config")
    if cc is None or pkg_config is None:
        return None, "needs a C compiler and pkg-config"
    flags = [pkg_config, "--cflags", "--libs", "libical"]
    options = subprocess.run(flags, capture_output=True, text=True, check=False)
    if options.returncode:
        return None, "needs libical and its headers: apt install libical-dev"
    program = Path(mkdtemp(prefix="timeline-"), "libical")
    source = [str(HERE / "libical.c"), "-o", str(program), *options.stdout.split()]
    done = subprocess.run(
        [cc, "-std=c99", "-D_GNU_SOURCE", *source], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return program, ""


def missing() -> dict[str, str]:
    """Return, by reader, what to install; nothing of a reader that is present."""
    return {"icalendar": "", "ical": "", "ical.js": icaljs()[1], "libical": libical()[1]}


def versions() -> dict[str, str]:
    """Return the version of each reader that is present."""
    numbers = {name: version(name) for name in ("icalendar", "ical", "recurring-ical-events")}
    if (module := icaljs()[0]) is not None:
        package = json.loads((module.parent.parent / "package.json").read_text())
        numbers["ical.js"] = package["version"]
    if libical()[0] is not None:
        command = ["pkg-config", "--modversion", "libical"]
        numbers["libical"] = subprocess.run(
            command, capture_output=True, text=True, check=True
        ).stdout.strip()
    return numbers


def clean_up() -> None:
    """Remove what was compiled."""
    if libical.cache_info().currsize and (program := libical()[0]) is not None:
        shutil.rmtree(program.parent)
    libical.cache_clear()


# How they read.


def read(name: str, feeds: list[Path]) -> list[Reading]:
    """Read feeds with a reader, in one call."""
    match name:
        case "icalendar":
            return [_by_icalendar(feed.read_bytes()) for feed in feeds]
        case "ical":
            return [_by_ical(feed.read_text()) for feed in feeds]
    # libical lists RDATEs after all instances of the rule, so it has none left out.
    lines = _run(name, "read", str(DAYS * 24), str(DAYS + 1), *map(str, feeds))
    assert len(lines) == len(feeds)
    return [_reading(json.loads(line)) for line in lines]


def offsets(name: str, feed: Path, queries: Path) -> list[int]:
    """Return the UTC offsets, in seconds, of the queries: a zone of the feed and a local time."""
    return [int(line) for line in _run(name, "offsets", str(feed), str(queries))]


def _run(name: str, *words: str) -> list[str]:
    if name == "ical.js":
        command = ["node", str(HERE / "icaljs.mjs"), str(icaljs()[0])]
    else:
        command = [str(libical()[0])]
    done = subprocess.run(
        [*command, *words], capture_output=True, encoding="utf-8", check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def cut(instances: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the instances in order, as many and as far as are compared."""
    ordered = sorted(instances)
    first = date.fromisoformat(ordered[0][0][:10]) if ordered else date.min
    last = (first + timedelta(days=DAYS - 2)).isoformat()
    return [pair for pair in ordered if pair[0] < last][:INSTANCES]


def parts(rule: str | None) -> frozenset[str]:
    """Return the parts of a rule without defaults; lists in it are sorted (RFC 5545 3.3.10)."""
    pairs = [part.partition("=") for part in rule.split(";")] if rule else []
    texts = {f"{name}={','.join(sorted(value.split(',')))}" for name, _, value in pairs}
    return frozenset(texts - {"INTERVAL=1", "WKST=MO"})


def _reading(feed: dict[str, Any]) -> Reading:
    def moment(value: list[Any] | None) -> Moment | None:
        return None if value is None else (value[0], value[1], value[2])

    def moments(values: list[list[Any]]) -> tuple[Moment, ...]:
        return tuple((value[0], value[1], value[2]) for value in values)

    events, listed, overrides = [], {}, {}
    for event in feed["events"]:
        start, own = moment(event["start"]), moment(event["recurrence_id"])
        assert start is not None
        rule = (parts(event["rule"]), moments(event["rdate"]), moments(event["exdate"]))
        end = moment(event["end"])
        seen = Seen(event["uid"], event["summary"], start, end, *rule, event["status"], own)
        events.append(seen)
        if own is not None:
            overrides[seen.uid, _key(own)] = _key(start), _key(end or start)
        if seen.rule or seen.rdate:
            listed[seen.uid] = event["instances"]
    instances = {
        uid: [_instance(item, overrides, uid) for item in items] for uid, items in listed.items()
    }
    return Reading(feed["errors"], events, _cut(instances), _spans(instances))


def _instance(
    item: list[str], overrides: dict[tuple[str, str], tuple[str, str]], uid: str
) -> _Lasting:
    """Return an instance; libical leaves overrides to the caller, and ical.js does not."""
    if len(item) == 2:
        return (item[0], *overrides.get((uid, item[0]), (item[0], item[1])))
    return item[0], item[1], item[2]


def _key(moment: Moment) -> str:
    return moment[2] or moment[0]


def _cut(instances: dict[str, list[_Lasting]]) -> Instances:
    return {uid: cut((id_, start) for id_, start, _ in items) for uid, items in instances.items()}


def _spans(instances: dict[str, list[_Lasting]]) -> Spans:
    return {
        uid: sorted((start, end) for _, start, end in items) for uid, items in instances.items()
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
    instances = _by_recurring_ical_events(calendar, repeated)
    return Reading(errors, events, _cut(instances), _spans(instances))


def _by_recurring_ical_events(
    calendar: icalendar.Calendar, uids: set[str]
) -> dict[str, list[_Lasting]]:
    instances = {}
    for uid in uids:
        alone = icalendar.Calendar(calendar)  # with its X-WR-TIMEZONE, if it has one
        for part in calendar.subcomponents:
            if part.name == "VTIMEZONE" or part.get("UID") == uid:
                alone.add_component(part)
        first = min(_utc(e["DTSTART"].dt) for e in alone.walk("VEVENT") if "RECURRENCE-ID" not in e)
        begin = datetime.fromisoformat(first).replace(tzinfo=UTC)
        query = recurring_ical_events.of(alone, skip_bad_series=False)
        events = query.between(begin - _EARLIEST, begin + timedelta(days=DAYS))
        instances[uid] = [
            (_utc(event["RECURRENCE-ID"].dt), _utc(event["DTSTART"].dt), _utc(event.end))
            for event in events
        ]
    return instances


_EARLIEST = timedelta(days=40)
"""How long before the start of a series an instance may be that was moved."""


def _property(value: Any) -> Moment | None:
    return None if value is None else _moment(value.dt, value.params.get("TZID"))


def _properties(value: Any) -> tuple[Moment, ...]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    return tuple(_moment(item.dt, line.params.get("TZID")) for line in values for item in line.dts)


# ical.


def _by_ical(feed: str) -> Reading:
    calendar = IcsCalendarStream.calendar_from_ics(feed)
    events, instances = [], {}
    moved: dict[tuple[str, str], str] = {}
    for event in calendar.events:
        own = None
        if event.recurrence_id:
            value = RecurrenceId.to_value(event.recurrence_id)
            if isinstance(value, datetime) and value.tzinfo is None:
                value = value.replace(tzinfo=event.recurrence_id.tzinfo)
            own = _moment(value)
            moved[event.uid, _key(own)] = _utc(event.dtstart)
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
                _utc(start)
                for start, _ in zip(event.as_rrule(), range(INSTANCES + 50), strict=False)
            ]
    completed = {
        uid: cut((id_, moved.get((uid, id_), id_)) for id_ in ids) for uid, ids in instances.items()
    }
    return Reading([], events, completed, {})


def _moment(value: date, zone: str | None = None) -> Moment:
    if not isinstance(value, datetime):
        return value.isoformat(), None, None
    name = zone or getattr(value.tzinfo, "key", None) or str(value.tzinfo)
    return value.replace(tzinfo=None).isoformat(), name, _utc(value)


def _utc(value: date) -> str:
    """Return a time in UTC, or a date, as text."""
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
