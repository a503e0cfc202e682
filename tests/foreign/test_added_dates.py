"""All readers show each added date once, with and without an override, over clock changes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from support import readback, readers
from support.expected_readings import expected_events, expected_instances
from support.loading import load_data

if TYPE_CHECKING:
    from support.readers import Reading
    from timeline.model.events import Calendar

ZONES = (
    *("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Riyadh", "Etc/UTC"),
    "AoE",
)

BERLIN = {"start": "2027-03-08T18:00", "duration": "1 hour", "rrule": "FREQ=WEEKLY;COUNT=6"}
"""Its instances are at 17:00Z until 22 March, and from 29 March on at 16:00Z."""
DAYS = {"start": "2027-03-08", "rrule": "FREQ=WEEKLY;COUNT=6"}
DATES = {"start": "2027-03-08T18:00", "duration": "1 hour"}
MOVED = {"start": "2027-04-02T12:00", "duration": "2 hours"}

CASES: dict[str, dict[str, Any]] = {
    "before-and-after-the-change": BERLIN | {"rdate": ["2027-03-27T18:00", "2027-03-30T18:00"]},
    "at-another-time": BERLIN | {"rdate": ["2027-03-30T07:15"]},
    "in-utc": BERLIN | {"rdate": ["2027-03-30T07:15Z"]},
    "at-an-offset": BERLIN | {"rdate": ["2027-03-30T07:15+05:30"]},
    "in-another-zone": BERLIN | {"rdate": ["2027-03-16T18:00[America/New_York]"]},
    "of-the-rule": BERLIN | {"rdate": ["2027-03-15T18:00", "2027-03-29T18:00"]},
    "of-the-rule-in-utc": BERLIN | {"rdate": ["2027-03-15T17:00Z", "2027-03-29T16:00Z"]},
    "of-the-rule-in-another-zone": BERLIN | {"rdate": ["2027-03-15T13:00[America/New_York]"]},
    "the-start": BERLIN | {"rdate": ["2027-03-08T18:00", "2027-03-08T17:00Z"]},
    "twice": BERLIN | {"rdate": ["2027-03-30T18:00", "2027-03-30T16:00Z"]},
    "excluded": BERLIN | {"rdate": ["2027-03-30T18:00"], "exdate": ["2027-03-30"]},
    "excluded-of-the-rule": BERLIN | {"rdate": ["2027-03-29T18:00"], "exdate": ["2027-03-29"]},
    "with-another-excluded": BERLIN | {"rdate": ["2027-03-30T18:00"], "exdate": ["2027-03-29"]},
    "replaced": BERLIN
    | {
        "rdate": ["2027-03-27T18:00", "2027-03-30T18:00"],
        "overrides": [{"recurrence-id": "2027-03-30T18:00", **MOVED}],
    },
    "replaced-on-another-clock": BERLIN
    | {
        "rdate": ["2027-03-16T18:00[America/New_York]"],
        "overrides": [{"recurrence-id": "2027-03-16T22:00Z", **MOVED}],
    },
    "replaced-and-twice-on-another-clock": BERLIN
    | {
        "rdate": ["2027-03-16T18:00[America/New_York]", "2027-03-16T22:00Z"],
        "overrides": [{"recurrence-id": "2027-03-16T22:00Z", **MOVED}],
    },
    "replaced-of-the-rule": BERLIN
    | {
        "rdate": ["2027-03-29T18:00"],
        "overrides": [{"recurrence-id": "2027-03-29T18:00", **MOVED}],
    },
    "replaced-of-the-rule-in-utc": BERLIN
    | {
        "rdate": ["2027-03-29T16:00Z"],
        "overrides": [{"recurrence-id": "2027-03-29T16:00Z", **MOVED}],
    },
    "cancelled": BERLIN
    | {
        "rdate": ["2027-03-30T18:00"],
        "overrides": [{"recurrence-id": "2027-03-30T18:00", "status": "cancelled"}],
    },
    "dropped": BERLIN
    | {
        "cancelled": "drop",
        "rdate": ["2027-03-30T18:00"],
        "overrides": [{"recurrence-id": "2027-03-30T18:00", "status": "cancelled"}],
    },
    "dates-alone": DATES | {"rdate": ["2027-03-27T18:00", "2027-04-03T18:00", "2027-03-30T09:00"]},
    "dates-alone-at-other-times": DATES | {"rdate": ["2027-03-27T17:00", "2027-04-03T19:00"]},
    "dates-alone-in-utc": DATES | {"rdate": ["2027-03-27T17:00Z", "2027-04-03T17:00Z"]},
    "dates-alone-replaced": DATES
    | {
        "rdate": ["2027-03-30T18:00", "2027-04-10T18:00"],
        "overrides": [
            {"recurrence-id": "2027-03-30T18:00", **MOVED},
            {"recurrence-id": "2027-04-10T18:00", "summary": "The last"},
        ],
    },
    "dates-alone-without-the-first": DATES
    | {"rdate": ["2027-03-30T18:00", "2027-04-10T18:00"], "exdate": ["2027-03-08"]},
    "dates-alone-without-the-last": DATES
    | {"rdate": ["2027-03-30T18:00", "2027-04-10T18:00"], "exdate": ["2027-04-10"]},
    "days": DAYS | {"rdate": ["2027-03-27", "2027-03-30"]},
    "days-of-the-rule": DAYS | {"rdate": ["2027-03-29", "2027-03-08", "2027-03-30"]},
    "days-excluded": DAYS | {"rdate": ["2027-03-30"], "exdate": ["2027-03-30", "2027-03-29"]},
    "days-replaced": DAYS
    | {
        "rdate": ["2027-03-30"],
        "overrides": [{"recurrence-id": "2027-03-30", "start": "2027-04-01"}],
    },
    "days-alone": {"start": "2027-03-08", "rdate": ["2027-03-27", "2029-11-11", "2027-03-30"]},
}


@cache
def calendars() -> dict[str, Calendar]:
    """Return a calendar for each case, and for the start in each zone."""
    files = {}
    for name, event in CASES.items():
        for zone in ZONES if "T" in event["start"] and "utc" not in name else ZONES[:1]:
            calendar = {"id": "example.org", "name": "A", "timezone": zone}
            data = {"calendar": calendar, "events": [{"id": "a", "summary": "A"} | event]}
            files[f"{name}-{zone.rpartition('/')[2]}"] = load_data(data).calendar
    return files


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a function from a reader to its readings of all feeds, by name."""
    folder = tmp_path_factory.mktemp("feeds")
    feeds = {name: folder / f"{name}.ics" for name in calendars()}
    for name, feed in feeds.items():
        feed.write_bytes(readback.feed_of(calendars()[name]))

    @cache
    def read(reader: str) -> dict[str, Reading]:
        return dict(zip(feeds, readers.read(reader, list(feeds.values())), strict=True))

    return read


@pytest.mark.parametrize("name", calendars())
def test_every_reader_shows_each_date_once(name: str, reader: str, readings: Any) -> None:
    reading, calendar = readings(reader)[name], calendars()[name]
    assert reading.errors == []
    assert reading.events == list(expected_events(calendar, reader))
    assert reading.instances == expected_instances(calendar)
