"""A time anywhere on Earth is in UTC in the feed, and every output says what it is."""

# ruff: noqa: RUF001 - spans have dashes

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import readback, strict
from support.loading import calendar_of, event_codes, file_text
from support.svg import texts
from timeline.dates.zones import AOE_CLOCK
from timeline.formats import FORMATS, render_terminal
from timeline.model.projection import project_event
from timeline.model.words.wording import PLAIN_ENGLISH

if TYPE_CHECKING:
    from timeline.model.events import Calendar

ONCE = "Times are anywhere on Earth (UTC−12:00)."
DEADLINE = "start: '2026-11-20T23:59[AoE]'"
IN_AOE = "calendar: {id: x.org, name: X, timezone: AoE}\n"


def calendar(event: str, top: str = IN_AOE) -> Calendar:
    return calendar_of(file_text(f"id: a, summary: A, {event}", calendar=top))


def rendered(resolved: Calendar, name: str, **options: object) -> str:
    form = FORMATS[name]
    return b"".join(form.render_file(resolved, form.options(**options))).decode()


def feed_of(event: str, top: str = IN_AOE) -> str:
    """Return the feed of an event, unfolded, after it was read back by two libraries."""
    resolved = calendar(event, top)
    feed = readback.feed_of(resolved)
    strict.check(feed)
    readback.assert_reads_back(feed, resolved)
    return feed.decode().replace("\r\n ", "")


def lines_of(feed: str, *names: str) -> list[str]:
    """Return the content lines of the events with these names."""
    lines = feed.partition("BEGIN:VEVENT")[2].splitlines()
    return [line for line in lines if re.split("[:;]", line)[0] in names]


def zones_of(feed: str) -> list[str]:
    return re.findall(r"^TZID:(.*)$", feed, re.MULTILINE)


@pytest.mark.parametrize(
    ("event", "lines", "words"),
    [
        (DEADLINE, ["DTSTART:20261121T115900Z"], "20 November 2026, 23:59 anywhere on Earth"),
        (
            "start: 2026-11-20T11:59:30",
            ["DTSTART:20261120T235930Z"],
            "20 November 2026, 11:59:30 anywhere on Earth",
        ),
        (
            "start: '2026-12-31T12:00-12:00[AoE]'",
            ["DTSTART:20270101T000000Z"],
            "31 December 2026, 12:00 anywhere on Earth",
        ),
        (
            "start: 2026-11-20T00:00, end: 2026-11-22T23:59",
            ["DTSTART:20261120T120000Z", "DTEND:20261123T115900Z"],
            "20 November 2026, 00:00 – 22 November 2026, 23:59 anywhere on Earth",
        ),
        (
            "start: 2026-11-20T09:00, duration: 90 minutes",
            ["DTSTART:20261120T210000Z", "DTEND:20261120T223000Z"],
            "20 November 2026, 09:00–10:30 anywhere on Earth",
        ),
        (
            "start: '2026-11-20T09:00[Asia/Tokyo]', end: '2026-11-20T09:00[AoE]'",
            ["DTSTART;TZID=Asia/Tokyo:20261120T090000", "DTEND:20261120T210000Z"],
            "20 November 2026, 09:00 (Asia/Tokyo) – 09:00 anywhere on Earth",
        ),
        (
            f"{DEADLINE}, end: ..",
            ["DTSTART:20261121T115900Z"],
            "since 20 November 2026, 23:59 anywhere on Earth",
        ),
    ],
)
def test_a_time_is_in_utc_and_the_description_says_where(
    event: str, lines: list[str], words: str
) -> None:
    feed = feed_of(event)
    assert lines_of(feed, "DTSTART", "DTEND") == lines
    assert lines_of(feed, "DESCRIPTION") == [f"DESCRIPTION:Date: {words}".replace(",", "\\,")]
    shown = words.removeprefix("since ")
    if "Tokyo" not in event:  # the zone of all times is said once
        shown = shown.removesuffix(" anywhere on Earth")
    document, diagram = rendered(calendar(event), "md"), " ".join(texts(calendar(event)))
    assert f"{shown}**" in document
    assert shown.replace(" 2026", "") in diagram
    assert re.search(r"\b\d+ (?:Nov|Dec) 2026\b", diagram)  # on the axis
    assert document.count(ONCE) == diagram.count(ONCE) == 1
    page = render_terminal(
        calendar(event), as_of=date(2027, 1, 1), next_=None, color=False, width=200, left_out=0
    )
    assert set(words.split()) <= set(" ".join(page).split())


def test_a_description_has_the_date_after_the_text_of_the_author() -> None:
    (line,) = lines_of(feed_of(f"{DEADLINE}, description: All papers"), "DESCRIPTION")
    assert line == ("DESCRIPTION:All papers\\n\\nDate: 20 November 2026\\, 23:59 anywhere on Earth")
    assert not lines_of(feed_of("start: '2026-11-20T23:59-12:00'"), "DESCRIPTION")


def test_the_csv_has_the_offset() -> None:
    (row,) = csv.DictReader(rendered(calendar(DEADLINE), "csv").splitlines())
    assert row["start"] == "2026-11-20T23:59:00-12:00"
    assert row["timezone"] == "'-12:00"
    assert (row["earliest"], row["latest"]) == ("2026-11-20", "2026-11-20")


def test_google_gets_the_times_of_a_calendar_anywhere_on_earth_in_utc() -> None:
    content = rendered(calendar(DEADLINE), "csv", dialect="google")
    (row,) = csv.DictReader(content.splitlines())
    assert (row["Start Date"], row["Start Time"]) == ("11/21/2026", "11:59 AM")
    options = FORMATS["csv"].options(dialect="google")
    assert "to UTC" in next(iter(options.notices(calendar(DEADLINE))))


def test_a_feed_without_events_has_a_zone_that_readers_know() -> None:
    feed = readback.feed_of(calendar_of(IN_AOE + "events: []\n")).decode()
    assert zones_of(feed.replace("\r", "")) == ["Etc/UTC"]


def test_the_diagram_says_that_its_clock_is_anywhere_on_earth() -> None:
    assert ONCE in texts(calendar(DEADLINE))


SERIES = "start: 2026-11-20T23:59, rrule: 'FREQ=WEEKLY;BYDAY=FR,SU;COUNT=4'"


def test_a_series_is_on_a_clock_that_has_the_same_days() -> None:
    feed = feed_of(
        f"{SERIES}, exdate: [2026-11-22], rdate: [2026-11-25T10:00], overrides: "
        "[{recurrence-id: 2026-11-27, start: 2026-11-28T12:00}]"
    )
    assert lines_of(feed, "DTSTART", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID") == [
        "DTSTART;TZID=Etc/GMT+12:20261120T235900",
        "RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=FR,SU",
        "RDATE:20261125T220000Z",
        "EXDATE;TZID=Etc/GMT+12:20261122T235900",
        "DTSTART:20261129T000000Z",
        "RECURRENCE-ID;TZID=Etc/GMT+12:20261127T235900",
    ]
    assert zones_of(feed.replace("\r", "")) == ["Etc/GMT+12"]


@pytest.mark.parametrize(
    ("until", "written", "days"),
    [
        ("20261204", "20261205T115959Z", [20, 27, 4]),  # to the end of that day anywhere on Earth
        ("20261203", "20261204T115959Z", [20, 27]),
        ("20261205T1159", None, []),
    ],
)
def test_the_last_day_of_a_rule_is_anywhere_on_earth(
    until: str, written: str | None, days: list[int]
) -> None:
    event = f"start: 2026-11-20T23:59, rrule: FREQ=WEEKLY;UNTIL={until}"
    if written is None:
        assert event_codes(f"id: a, summary: A, {event}") == ["rule-until"]
        return
    assert lines_of(feed_of(event), "RRULE") == [f"RRULE:FREQ=WEEKLY;UNTIL={written}"]
    (resolved,) = calendar(event).events
    assert resolved.recurrence
    assert [moment.wall.day for moment in resolved.recurrence.instances()] == days


def test_the_dates_of_a_list_are_on_that_clock_too() -> None:
    feed = feed_of("start: 2026-11-20T23:59, rdate: [2026-11-27T23:59, '2026-11-22T09:00Z']")
    assert lines_of(feed, "DTSTART", "RRULE", "RDATE") == [
        "DTSTART;TZID=Etc/GMT+12:20261120T235900",
        "RRULE:FREQ=DAILY;COUNT=2;INTERVAL=7",
        "RDATE:20261122T090000Z",
    ]


def test_a_time_anywhere_on_earth_in_a_series_of_another_zone() -> None:
    feed = feed_of(
        "start: '2026-11-20T12:59[Europe/Berlin]', rrule: FREQ=WEEKLY;COUNT=3, "
        "rdate: ['2026-11-21T12:00[AoE]'], exdate: ['2026-11-26T23:59[AoE]'], "
        "overrides: [{recurrence-id: '2026-12-03T23:59[AoE]', start: '2026-12-04T23:59[AoE]'}]"
    )
    assert lines_of(feed, "DTSTART", "RDATE", "EXDATE", "RECURRENCE-ID") == [
        "DTSTART;TZID=Europe/Berlin:20261120T125900",
        "RDATE:20261122T000000Z",
        "EXDATE;TZID=Europe/Berlin:20261127T125900",
        "DTSTART:20261205T115900Z",
        "RECURRENCE-ID;TZID=Europe/Berlin:20261204T125900",
    ]


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2500, 1, 1)),  # noqa: DTZ001 - local times
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY", "FREQ=HOURLY"]),
)
def test_the_instances_are_those_of_a_zone_12_hours_behind_utc(wall: datetime, rule: str) -> None:
    wall = wall.replace(microsecond=0)
    event = f"start: {wall.isoformat()}, rrule: {rule};COUNT=9"
    (in_aoe,) = calendar(event).events
    (behind,) = calendar(event, IN_AOE.replace("AoE", AOE_CLOCK)).events
    assert in_aoe.recurrence
    assert behind.recurrence
    moments = [moment.utc for moment in in_aoe.recurrence.instances()]
    assert moments == [moment.utc for moment in behind.recurrence.instances()]
    assert moments[0] == wall.replace(tzinfo=UTC) + timedelta(hours=12)
    ours, theirs = project_event(in_aoe, PLAIN_ENGLISH)[0], project_event(behind, PLAIN_ENGLISH)[0]
    assert (ours.dtstart, ours.recurrence) == (theirs.dtstart, theirs.recurrence)
