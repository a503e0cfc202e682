"""Four readers that are not ours read our feeds as the calendars that they were made of.

``support.readers`` says where ical.js and libical come from; the tests of a missing one are
skipped with what to install. An exception for an error of a reader has its reason beside it.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from support import readback, readers, strict
from support.loading import load_text
from support.paths import TESTS
from support.readers import DAYS, Instances, Moment, Reading, Seen
from support.strict_lint import lint
from timeline.compiler.pipeline import load_file
from timeline.dates.recurrence.expansion import recurrence_instances
from timeline.dates.zones import get_zone, is_utc_zone
from timeline.formats import FORMATS
from timeline.formats.csv.options import CsvOptions
from timeline.formats.ics import vtimezone
from timeline.model.events import Instant
from timeline.model.feeds import calendar_of_feed
from timeline.model.projection import project_event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from timeline.compiler.pipeline import Loaded
    from timeline.model.events import Calendar
    from timeline.model.projection import VEventProjection

CASES = sorted(path.parent for path in TESTS.glob("cases/*/events.yaml"))
NOT_PYTHON = tuple(pytest.param(name, marks=pytest.mark.foreign) for name in ("ical.js", "libical"))
READERS = ("icalendar", "ical", *NOT_PYTHON)
ZONES = (
    *("America/New_York", "America/Santiago", "Asia/Riyadh"),
    *("Australia/Lord_Howe", "Europe/Berlin"),
)


@pytest.fixture(scope="module", autouse=True)
def _clean_up() -> Iterator[None]:
    yield
    readers.clean_up()


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest) -> str:
    """Return the name of an installed reader."""
    name: str = request.param
    if why := readers.missing()[name]:
        pytest.skip(f"{name} {why}")
    return name


# The golden feeds.


@cache
def loaded(case: Path) -> Loaded:
    file = load_file(str(case / "events.yaml"))
    assert file.is_sound, file.diagnostics
    return file


@cache
def golden_feeds() -> dict[Path, Calendar]:
    """Return the golden feeds, the main and the additional ones, with their calendars."""
    feeds = {}
    for case in CASES:
        calendar = loaded(case).calendar
        feeds[case / "expected.ics"] = calendar
        for feed in calendar.feeds:
            feeds[case / f"{feed.id}.ics"] = calendar_of_feed(calendar, feed)
    return feeds


FEEDS = tuple(golden_feeds())
ADDITIONAL = tuple(feed for feed in FEEDS if feed.stem != "expected")


def _name(feed: Path) -> str:
    return f"{feed.parent.name}-{feed.stem}"


in_every_feed = pytest.mark.parametrize("feed", FEEDS, ids=_name)


# The files of `feeds:`, and the CSV for Google, which are goldens too.


def rendered(calendar: Calendar) -> bytes:
    return readback.feed_of(calendar)


@pytest.mark.parametrize("feed", ADDITIONAL, ids=_name)
def test_the_additional_feeds_are_the_expected_ones(feed: Path, *, update: bool) -> None:
    content = rendered(golden_feeds()[feed])
    if update:
        feed.write_bytes(content)
    assert content == feed.read_bytes(), f"{feed} differs; pytest --update writes it"
    strict.check(content)
    readback.assert_reads_back(content, golden_feeds()[feed])


@in_every_feed
def test_the_strict_linter_reports_nothing(feed: Path) -> None:
    assert lint(feed.read_bytes()) == []


def test_there_is_no_other_feed() -> None:
    paths = {path for case in CASES for path in case.glob("*.ics")}
    assert paths == set(FEEDS)


def test_what_google_imports_is_as_expected(*, update: bool) -> None:
    case = TESTS / "cases" / "google"
    options = CsvOptions(dialect="google")
    content = b"".join(FORMATS["csv"].render(loaded(case).calendar, options))
    golden = case / "google.csv"
    if update:
        golden.write_bytes(content)
    assert content == golden.read_bytes(), f"{golden} differs; pytest --update writes it"
    rows = list(csv.DictReader(content.decode().splitlines(keepends=True)))
    for row in rows:
        day = datetime.strptime(row["Start Date"], "%m/%d/%Y").astimezone(UTC)
        assert day <= datetime.strptime(row["End Date"] or "12/31/2099", "%m/%d/%Y").astimezone(UTC)
        assert (row["Start Time"] == "") == (row["All Day Event"] == "True")


# What the readers read.


@cache
def readings(name: str) -> dict[Path, Reading]:
    return dict(zip(FEEDS, readers.read(name, list(FEEDS)), strict=True))


@in_every_feed
def test_no_reader_reports_an_error(feed: Path, reader: str) -> None:
    assert readings(reader)[feed].errors == []


@in_every_feed
def test_all_readers_read_the_events_of_the_calendar(feed: Path, reader: str) -> None:
    assert readings(reader)[feed].events == list(expected(golden_feeds()[feed], reader))


@in_every_feed
def test_all_readers_find_the_same_instances(feed: Path, reader: str) -> None:
    assert readings(reader)[feed].instances == instances(golden_feeds()[feed])


TAKE_THE_SECOND = ("ical.js", "libical")
"""They take a local time that occurs twice as the second one; RFC 5545 3.3.5 has the first."""


def expected(calendar: Calendar, reader: str) -> Iterator[Seen]:
    """Yield what a reader should read, from the projection of the calendar."""

    def moment(value: date | Instant) -> Moment:
        return _moment(value, takes_second=reader in TAKE_THE_SECOND)

    for event in calendar.events:
        for box in project_event(event):
            name, at, domain = event.uid.rpartition("@")
            recurrence = box.recurrence
            has_rule = recurrence and recurrence.rule
            rule = recurrence.rule.value(box.dtstart) if has_rule else None
            yield Seen(
                f"{name}{box.suffix}{at}{domain}" if at else event.uid + box.suffix,
                box.summary,
                moment(box.dtstart),
                None if box.dtend is None else moment(box.dtend),
                readers.parts(rule),
                tuple(map(moment, recurrence.rdate)) if recurrence else (),
                tuple(map(moment, recurrence.exdate)) if recurrence else (),
                box.status,
                None if box.recurrence_id is None else moment(box.recurrence_id),
            )


def instances(calendar: Calendar) -> Instances:
    return {
        event.uid: readers.cut(_instances(project_event(event)))
        for event in calendar.events
        if any(box.recurrence for box in project_event(event))
    }


def _instances(boxes: tuple[VEventProjection, ...]) -> Iterator[tuple[str, str]]:
    series, *overrides = boxes
    recurrence = series.recurrence
    assert recurrence
    moved = {_key(box.recurrence_id): _key(box.dtstart) for box in overrides if box.recurrence_id}
    first = series.dtstart
    last = (first.wall.date() if isinstance(first, Instant) else first) + timedelta(days=DAYS + 1)
    starts = recurrence_instances(
        recurrence.rule, first, recurrence.rdate, recurrence.exdate, last=last
    )
    for start in starts:
        yield _key(start), moved.get(_key(start), _key(start))


def _moment(value: date | Instant, *, takes_second: bool) -> Moment:
    """Return what to read of a time: RFC 5545 has neither offsets nor a second 02:30."""
    if not isinstance(value, Instant):
        return value.isoformat(), None, None
    if value.zone[0] in "+-" or is_utc_zone(value.zone) or value.moment.fold:
        return _key(value).removesuffix("Z"), "UTC", _key(value)
    at = Instant(value.moment.replace(fold=1), value.zone) if takes_second else value
    return value.wall.isoformat(), value.zone, _key(at)


def _key(value: date | Instant) -> str:
    if not isinstance(value, Instant):
        return value.isoformat()
    return value.utc.replace(tzinfo=None).isoformat() + "Z"


# Random rules, over clock changes.

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NEAR = (  # days before a clock change in one of the zones, in 2025 and 2026
    *("2025-03-06", "2025-03-27", "2025-04-03", "2025-09-04", "2025-10-02", "2025-10-23"),
    *("2025-10-30", "2026-03-05", "2026-03-26", "2026-04-02", "2026-10-22"),
)


@st.composite
def rules(draw: st.DrawFn, day: date, *, timed: bool) -> str:
    """Draw a rule that matches the day."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", *["HOURLY"] * timed]))
    parts = [f"FREQ={freq}"]
    if freq not in ("MONTHLY", "YEARLY"):
        parts.append(f"INTERVAL={draw(st.integers(1, 8))}")
    today, position = WEEKDAYS[day.weekday()], (day.day - 1) // 7 + 1
    some = {today, *draw(st.sets(st.sampled_from(WEEKDAYS), max_size=3))}
    last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    from_end = -((last.day - day.day) // 7 + 1)
    month = draw(st.integers(1, 12))
    year_day, week = day.timetuple().tm_yday, day.isocalendar().week
    choices = {
        "DAILY": ["", f"BYDAY={','.join(some)}", f"BYMONTH={day.month},{day.month % 12 + 1}"],
        "WEEKLY": ["", f"BYDAY={','.join(some)}", f"BYDAY={','.join(some)};WKST=SU"],
        "MONTHLY": [
            *("", f"BYDAY={position}{today}", f"BYMONTHDAY={day.day},{day.day % 28 + 1}"),
            *(f"BYDAY={from_end}{today}", f"BYMONTHDAY={day.day - last.day - 1}"),
            *(
                f"BYDAY={today};BYSETPOS={position},{from_end}",
                f"BYMONTH={day.month},12;INTERVAL=2",
            ),
            f"BYMONTHDAY={day.day},{day.day % 28 + 1};BYSETPOS={1 if day.day < 29 else -1}",
        ],
        "YEARLY": [
            *("", f"BYMONTH={day.month};BYDAY={position}{today}", f"BYYEARDAY={year_day},366"),
            *(f"BYMONTH={day.month},{month};BYMONTHDAY={day.day},{n}" for n in (1, 30, 31, -1)),
            *(f"BYMONTH={day.month},2", f"BYMONTH={day.month};BYMONTHDAY={day.day},31"),
            *(f"BYWEEKNO={week};BYDAY={today}", f"BYYEARDAY={year_day},366;BYSETPOS=1"),
            *(f"BYDAY={today}", f"BYDAY={(year_day - 1) // 7 + 1}{today},1{today}"),
        ],
        "HOURLY": ["", f"BYDAY={','.join(some)}"],
    }
    if chosen := draw(st.sampled_from(choices[freq])):
        parts.append(chosen)
    end = draw(st.sampled_from(["COUNT", "UNTIL", *[""] * (freq not in ("DAILY", "HOURLY"))]))
    if end == "COUNT":
        parts.append(f"COUNT={draw(st.integers(1, 60))}")
    elif end == "UNTIL":
        parts.append(f"UNTIL={day + timedelta(days=draw(st.integers(0, 60))):%Y%m%d}")
    return ";".join(parts)


@st.composite
def series(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a recurring event, all-day or timed."""
    day = date.fromisoformat(draw(st.sampled_from(_NEAR))) + timedelta(draw(st.integers(-2, 5)))
    if draw(st.integers(0, 3)) == 0:
        event = {"start": str(day), "duration": draw(st.sampled_from(["1 day", "3 days"]))}
        return event | {"rrule": draw(rules(day, timed=False))}
    event = {
        "start": f"{day}T{draw(st.integers(0, 23)):02}:{draw(st.sampled_from(['00', '15', '30']))}",
        "timezone": draw(st.sampled_from(ZONES)),
        "rrule": draw(rules(day, timed=True)),
    }
    if draw(st.booleans()):
        event["duration"] = draw(st.sampled_from(["45 minutes", "3 hours", "P1D"]))
    return event


def is_even(event: dict[str, Any]) -> bool:
    """Return whether a series has no error, and no warning that readers differ."""
    return not compiled([event]).diagnostics


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Draw series, some with exceptions and overrides."""
    events = draw(st.lists(series().filter(is_even), min_size=1, max_size=5))
    plain = calendar_of_data(events)
    for event, series_event in zip(events, plain.events, strict=True):
        known = [rid for rid, _ in readers.cut(_instances(project_event(series_event)))]
        some = draw(st.lists(st.sampled_from(known[1:] or known), max_size=3, unique=True))
        if "FREQ=HOURLY" not in event["rrule"] and len(known) > 2:
            event["exdate"] = some[:1]
            event["overrides"] = [
                {"recurrence-id": rid, "summary": "Another", "start": _later(rid)}
                for rid in some[1:]
            ]
        if draw(st.booleans()):
            event["rdate"] = [_later(known[0], days=draw(st.integers(1, 300)), minutes=7)]
    return calendar_of_data(events)


def _later(key: str, *, days: int = 1, minutes: int = 0) -> str:
    """Return a later date, or a later time in UTC."""
    if "T" not in key:
        return str(date.fromisoformat(key) + timedelta(days=days))
    later = datetime.fromisoformat(key) + timedelta(days=days, minutes=minutes)
    return later.replace(tzinfo=None).isoformat() + "Z"


def compiled(events: list[dict[str, Any]]) -> Loaded:
    data = {
        "calendar": {"id": "example.org", "name": "Random", "timezone": "Europe/Berlin"},
        "events": [{"id": f"e{n}", "summary": "S"} | event for n, event in enumerate(events)],
    }
    return load_text(json.dumps(data))


def calendar_of_data(events: list[dict[str, Any]]) -> Calendar:
    file = compiled(events)
    assert file.is_sound, (events, file.diagnostics)
    return file.calendar


@settings(deadline=None, max_examples=25, report_multiple_bugs=False)
@given(calendar=calendars())
def test_all_readers_find_the_same_instances_of_any_rule(
    calendar: Calendar, tmp_path_factory: pytest.TempPathFactory
) -> None:
    feed = tmp_path_factory.getbasetemp() / "random.ics"
    feed.write_bytes(rendered(calendar))
    for name, why in readers.missing().items():
        if not why:
            (reading,) = readers.read(name, [feed])
            note(f"{name} reads of\n{feed.read_text()}")
            assert reading.errors == [], name
            assert reading.instances == instances(calendar), name
            assert reading.events == list(expected(calendar, name)), name


# The zones, from VTIMEZONE alone.

YEARS = 2005, 2030
NAMES = (
    *("Africa/Cairo", "Africa/Casablanca", "Africa/Lagos", "America/Caracas", "America/Havana"),
    *("America/Los_Angeles", "America/New_York", "America/Nuuk", "America/Santiago"),
    *("America/Sao_Paulo", "America/St_Johns", "Antarctica/Troll", "Asia/Beirut", "Asia/Gaza"),
    *("Asia/Jerusalem", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Pyongyang", "Asia/Riyadh"),
    *("Asia/Tehran", "Atlantic/Azores", "Australia/Lord_Howe", "Australia/Sydney"),
    *("Europe/Berlin", "Europe/Dublin", "Europe/Istanbul", "Europe/London", "Europe/Moscow"),
    *("Pacific/Apia", "Pacific/Chatham"),
)


def walls(name: str) -> Iterator[tuple[datetime, int]]:
    """Yield local times that occur once in a zone, at and between clock changes, and offsets."""
    tz = get_zone(name)
    moments = set()
    day = datetime(YEARS[0], 1, 1, 12, tzinfo=UTC)
    while day.year <= YEARS[1]:
        after = day + timedelta(days=1)
        if day.astimezone(tz).utcoffset() != after.astimezone(tz).utcoffset():
            near = {day + timedelta(minutes=15 * step) for step in range(-8, 24 * 4 + 9)}
            moments |= near | {at - timedelta(seconds=1) for at in near}
        elif day.day in (1, 15):
            moments.add(day)
        day = after
    for at in sorted(moments):
        local = at.astimezone(tz)
        offset = local.utcoffset()
        is_shown_once = local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()
        if is_shown_once and offset is not None and YEARS[0] <= local.year <= YEARS[1]:
            yield local.replace(tzinfo=None), int(offset.total_seconds())


@pytest.mark.slow
@pytest.mark.parametrize("name", NOT_PYTHON)
def test_zones_are_those_of_tzdata(name: str, tmp_path: Path) -> None:
    if why := readers.missing()[name]:
        pytest.skip(f"{name} {why}")
    feed, queries = tmp_path / "zones.ics", tmp_path / "queries"
    lines = [line for zone in NAMES for line in vtimezone.vtimezone_lines(zone, *YEARS)]
    frame = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""]
    feed.write_text("\r\n".join(frame), newline="")
    expected_offsets = [(zone, wall, offset) for zone in NAMES for wall, offset in walls(zone)]
    with queries.open("w") as file:
        for zone, wall, _ in expected_offsets:
            local = wall.isoformat() if name == "ical.js" else f"{wall:%Y%m%dT%H%M%S}"
            file.write(f"{zone} {local}\n")
    offsets = readers.offsets(name, feed, queries)
    wrong = [
        (*query, offset)
        for query, offset in zip(expected_offsets, offsets, strict=True)
        if query[2] != offset
    ]
    assert wrong == []


# Texts that try to add lines to a feed.


def _attempts() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield events with a placeholder in each text that a file may have, one at a time."""
    places: dict[str, dict[str, Any]] = {
        name: {name: "{}"}
        for name in (
            *("id", "summary", "start", "end", "duration", "uid", "timezone", "description"),
            *("location", "url", "status", "transparency", "color", "priority", "class"),
            *("rrule", "imprecise", "long-spans", "cancelled"),
        )
    }
    places |= {
        f"{name} in a list": {name: ["{}"]}
        for name in ("categories", "was", "rdate", "exdate", "alarms", "related-to", "renamed-from")
    }
    link = {"url": "https://example.org/", "title": "{}"}
    places |= {f"{name} title": {name: [link]} for name in ("attach", "image", "conference")}
    places |= {
        f"{name} url": {name: [{"url": "https://example.org/{}"}]}
        for name in ("attach", "image", "conference")
    }
    places |= {
        "summary by language": {"summary": {"en": "{}"}},
        "a language": {"summary": {"{}": "S"}},
        "organizer name": {"organizer": {"name": "{}", "email": "a@example.org"}},
        "organizer email": {"organizer": {"email": "a@example.org{}"}},
        "contact name": {"contact": {"name": "{}"}},
        "contact email": {"contact": {"email": "a@example.org{}"}},
        "geo": {"geo": {"latitude": "1{}", "longitude": "1"}},
        "source title": {"sources": [{"title": "{}"}]},
        "source quote": {"sources": [{"title": "T", "quote": "{}"}]},
        "source url": {"sources": [{"url": "https://example.org/{}"}]},
        "property name": {"properties": {"X-{}": "a"}},
        "property text": {"properties": {"X-A": "{}"}},
        "note": {"was": [{"start": "2024-01-01", "note": "{}"}]},
        "rule part": {"rrule": {"freq": "daily", "count": "2{}"}},
        "override": {
            "rrule": "FREQ=DAILY;COUNT=2",
            "overrides": [{"recurrence-id": "2025-01-03", "summary": "{}", "location": "{}"}],
        },
    }
    yield from places.items()


def _filled(value: Any, evil: str) -> Any:
    if isinstance(value, str):
        return value.replace("{}", evil)
    if isinstance(value, list):
        return [_filled(item, evil) for item in value]
    return {key.replace("{}", evil): _filled(item, evil) for key, item in value.items()}


_BREAKS = ("\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\\n", "\\r\\n", '"\n')


def test_no_text_injects_a_line_even_without_asserts(tmp_path: Path) -> None:
    """One process compiles all files: a process for each would take minutes."""
    tries = [
        {"id": "a", "summary": "S", "start": "2025-01-03"} | _filled(place, f"x{cut}X-EVIL:1")
        for _, place in _attempts()
        for cut in _BREAKS
    ]
    heads = [
        {
            name: f"https://example.org/x{cut}X-EVIL:1"
            if name in ("url", "source")
            else f"x{cut}X-EVIL:1"
        }
        for name in (
            "id",
            "name",
            "description",
            "timezone",
            "language",
            "url",
            "source",
            "color",
            "refresh",
        )
        for cut in _BREAKS
    ]
    files = [{"calendar": {"id": "example.org", "name": "N"}, "events": [event]} for event in tries]
    files += [
        {"calendar": {"id": "example.org", "name": "N"} | head, "events": []} for head in heads
    ]
    (tmp_path / "files.json").write_text(json.dumps(files))
    done = subprocess.run(
        [sys.executable, "-O", "-c", _PROGRAM, "files.json"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    feeds = json.loads(done.stdout)
    assert len(feeds) == len(files)
    accepted = [feed for feed in feeds if feed is not None]
    assert 30 < len(accepted) < len(files)
    for feed in accepted:
        names = [name for name, _, _ in strict.content_lines(feed.encode())]
        assert "X-EVIL" not in names


_PROGRAM = """
import json, sys
from timeline.formats import FORMATS
from timeline.formats.ics.options import FeedOptions
from timeline.publishing.ledger import Ledger
from timeline.compiler.pipeline import compile_document
from timeline.source.document import parse_document

assert False, "python -O leaves asserts out"
feeds = []
for data in json.load(open(sys.argv[1])):
    file = compile_document(parse_document(json.dumps(data).encode(), "evil.yaml"))
    options = FeedOptions(stamp=Ledger("20250101T120000Z", None).stamp)
    feeds.append(
        b"".join(FORMATS["ics"].render(file.calendar, options)).decode()
        if file.is_sound else None
    )
json.dump(feeds, sys.stdout)
"""
