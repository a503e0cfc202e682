"""Our feeds as other programs read them: four readers, none of which is ours.

``support.readers`` says where ical.js and libical come from; where one is missing, its tests are
skipped and say why. Where a reader is known to be wrong, the place that says so has the reason.
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
    """The name of a reader that is here."""
    name: str = request.param
    if why := readers.missing()[name]:
        pytest.skip(f"{name} {why}")
    return name


# Every golden feed.


@cache
def loaded(case: Path) -> Loaded:
    found = load_file(str(case / "events.yaml"))
    assert found.is_sound, found.diagnostics
    return found


@cache
def golden_feeds() -> dict[Path, Calendar]:
    """Give the golden feeds, the main one and the others, and what they are of."""
    found = {}
    for case in CASES:
        calendar = loaded(case).calendar
        found[case / "expected.ics"] = calendar
        for feed in calendar.feeds:
            found[case / f"{feed.id}.ics"] = calendar_of_feed(calendar, feed)
    return found


FEEDS = tuple(golden_feeds())
OTHERS = tuple(feed for feed in FEEDS if feed.stem != "expected")


def _name(feed: Path) -> str:
    return f"{feed.parent.name}-{feed.stem}"


in_each_feed = pytest.mark.parametrize("feed", FEEDS, ids=_name)


# The files of `feeds:`, and the columns of Google, which are goldens as well.


def rendered(calendar: Calendar) -> bytes:
    return readback.feed_of(calendar)


@pytest.mark.parametrize("feed", OTHERS, ids=_name)
def test_the_other_feeds_are_those_expected(feed: Path, *, update: bool) -> None:
    content = rendered(golden_feeds()[feed])
    if update:
        feed.write_bytes(content)
    assert content == feed.read_bytes(), f"{feed} differs; pytest --update writes it"
    strict.check(content)
    readback.assert_reads_back(content, golden_feeds()[feed])


@in_each_feed
def test_the_strict_linter_reports_nothing(feed: Path) -> None:
    assert lint(feed.read_bytes()) == []


def test_no_other_feed_stands_there() -> None:
    standing = {path for case in CASES for path in case.glob("*.ics")}
    assert standing == set(FEEDS)


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


# What the readers say of them.


@cache
def readings(name: str) -> dict[Path, Reading]:
    return dict(zip(FEEDS, readers.read(name, list(FEEDS)), strict=True))


@in_each_feed
def test_no_reader_reports_an_error(feed: Path, reader: str) -> None:
    assert readings(reader)[feed].errors == []


@in_each_feed
def test_all_readers_read_what_the_calendar_says(feed: Path, reader: str) -> None:
    assert readings(reader)[feed].events == list(expected(golden_feeds()[feed], reader))


@in_each_feed
def test_all_readers_find_the_same_instances(feed: Path, reader: str) -> None:
    assert readings(reader)[feed].instances == instances(golden_feeds()[feed])


TAKE_THE_SECOND = ("ical.js", "libical")
"""They take a time that clocks show twice for the second one; RFC 5545 3.3.5 says the first."""


def expected(calendar: Calendar, reader: str) -> Iterator[Seen]:
    """Say what there is to read, from what is drawn and not from what is written."""

    def moment(value: date | Instant) -> Moment:
        return _moment(value, takes_second=reader in TAKE_THE_SECOND)

    for event in calendar.events:
        for box in project_event(event):
            name, at, domain = event.uid.rpartition("@")
            again = box.recurrence
            rule = again.rule.value(box.dtstart) if again and again.rule else None
            yield Seen(
                f"{name}{box.suffix}{at}{domain}" if at else event.uid + box.suffix,
                box.summary,
                moment(box.dtstart),
                None if box.dtend is None else moment(box.dtend),
                readers.parts(rule),
                tuple(map(moment, again.rdate)) if again else (),
                tuple(map(moment, again.exdate)) if again else (),
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
    series, *own = boxes
    again = series.recurrence
    assert again
    moved = {_key(box.recurrence_id): _key(box.dtstart) for box in own if box.recurrence_id}
    first = series.dtstart
    last = (first.wall.date() if isinstance(first, Instant) else first) + timedelta(days=DAYS + 1)
    for each in recurrence_instances(again.rule, first, again.rdate, again.exdate, last=last):
        yield _key(each), moved.get(_key(each), _key(each))


def _moment(value: date | Instant, *, takes_second: bool) -> Moment:
    """Give what is to be read of a time: RFC 5545 has neither offsets nor a second 02:30."""
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


# Rules at random, over changes of the clocks.

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NEAR = (  # days before clocks change in one of the zones, in 2025 and 2026
    *("2025-03-06", "2025-03-27", "2025-04-03", "2025-09-04", "2025-10-02", "2025-10-23"),
    *("2025-10-30", "2026-03-05", "2026-03-26", "2026-04-02", "2026-10-22"),
)


@st.composite
def rules(draw: st.DrawFn, day: date, *, timed: bool) -> str:
    """Draw a rule that the day is in."""
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
    """Draw an event that repeats, in days or in times."""
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
    """Whether a series is right, and one of which timeline does not warn that readers differ."""
    return not understood([event]).diagnostics


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Draw series, and of their own instances some that are excepted and some that differ."""
    events = draw(st.lists(series().filter(is_even), min_size=1, max_size=5))
    plain = calendar_of_data(events)
    for event, found in zip(events, plain.events, strict=True):
        known = [rid for rid, _ in readers.cut(_instances(tuple(draw_boxes(found))))]
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


draw_boxes = project_event


def _later(key: str, *, days: int = 1, minutes: int = 0) -> str:
    """Give a day or a time that is later than one, in UTC."""
    if "T" not in key:
        return str(date.fromisoformat(key) + timedelta(days=days))
    later = datetime.fromisoformat(key) + timedelta(days=days, minutes=minutes)
    return later.replace(tzinfo=None).isoformat() + "Z"


def understood(events: list[dict[str, Any]]) -> Loaded:
    data = {
        "calendar": {"id": "example.org", "name": "Random", "timezone": "Europe/Berlin"},
        "events": [{"id": f"e{n}", "summary": "S"} | event for n, event in enumerate(events)],
    }
    return load_text(json.dumps(data))


def calendar_of_data(events: list[dict[str, Any]]) -> Calendar:
    found = understood(events)
    assert found.is_sound, (events, found.diagnostics)
    return found.calendar


@settings(deadline=None, max_examples=25, report_multiple_bugs=False)
@given(calendar=calendars())
def test_all_readers_find_the_same_instances_of_any_rule(
    calendar: Calendar, tmp_path_factory: pytest.TempPathFactory
) -> None:
    feed = tmp_path_factory.getbasetemp() / "random.ics"
    feed.write_bytes(rendered(calendar))
    for name, why in readers.missing().items():
        if not why:
            (found,) = readers.read(name, [feed])
            note(f"{name} reads of\n{feed.read_text()}")
            assert found.errors == [], name
            assert found.instances == instances(calendar), name
            assert found.events == list(expected(calendar, name)), name


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
    """Give times that a zone's clocks show once, around each change and between, and offsets."""
    tz = get_zone(name)
    looked_at = set()
    day = datetime(YEARS[0], 1, 1, 12, tzinfo=UTC)
    while day.year <= YEARS[1]:
        after = day + timedelta(days=1)
        if day.astimezone(tz).utcoffset() != after.astimezone(tz).utcoffset():
            near = {day + timedelta(minutes=15 * step) for step in range(-8, 24 * 4 + 9)}
            looked_at |= near | {at - timedelta(seconds=1) for at in near}
        elif day.day in (1, 15):
            looked_at.add(day)
        day = after
    for at in sorted(looked_at):
        local = at.astimezone(tz)
        offset = local.utcoffset()
        is_shown_once = local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()
        if is_shown_once and offset is not None and YEARS[0] <= local.year <= YEARS[1]:
            yield local.replace(tzinfo=None), int(offset.total_seconds())


@pytest.mark.slow
@pytest.mark.parametrize("name", NOT_PYTHON)
def test_zones_are_what_tzdata_says_they_are(name: str, tmp_path: Path) -> None:
    if why := readers.missing()[name]:
        pytest.skip(f"{name} {why}")
    feed, queries = tmp_path / "zones.ics", tmp_path / "queries"
    lines = [line for zone in NAMES for line in vtimezone.vtimezone_lines(zone, *YEARS)]
    frame = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""]
    feed.write_text("\r\n".join(frame), newline="")
    asked = [(zone, wall, offset) for zone in NAMES for wall, offset in walls(zone)]
    with queries.open("w") as file:
        for zone, wall, _ in asked:
            told = wall.isoformat() if name == "ical.js" else f"{wall:%Y%m%dT%H%M%S}"
            file.write(f"{zone} {told}\n")
    found = readers.offsets(name, feed, queries)
    wrong = [(*query, got) for query, got in zip(asked, found, strict=True) if query[2] != got]
    assert wrong == []


# What an author may try.


def _attempts() -> Iterator[tuple[str, dict[str, Any]]]:
    """Put what would be further lines into each text that a file has, one at a time."""
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
    """Each text by each break in a process of its own would take minutes: one does all of them."""
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
    told = json.loads(done.stdout)
    assert len(told) == len(files)
    accepted = [feed for feed in told if feed is not None]
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
told = []
for data in json.load(open(sys.argv[1])):
    found = compile_document(parse_document(json.dumps(data).encode(), "evil.yaml"))
    options = FeedOptions(stamp=Ledger("20250101T120000Z", None).stamp)
    told.append(
        b"".join(FORMATS["ics"].render(found.calendar, options)).decode()
        if found.is_sound else None
    )
json.dump(told, sys.stdout)
"""
