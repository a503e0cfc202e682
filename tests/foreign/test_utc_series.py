"""Readers that apply X-WR-TIMEZONE read series in UTC as the file states them.

No feed has that property: where one does, recurring-ical-events and x-wr-timezone move every time
in UTC into its zone and apply the rule there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import icalendar
import pytest
import x_wr_timezone

from support import readback, readers
from support.expected_readings import expected_instances
from support.loading import load_data

if TYPE_CHECKING:
    from pathlib import Path

    from timeline.model.events import Calendar

ZONES = (
    *("Europe/Paris", "America/Los_Angeles", "Asia/Kolkata", "Australia/Lord_Howe"),
    *("Pacific/Apia", "America/Santiago", "Etc/UTC"),
)
SERIES: dict[str, dict[str, Any]] = {  # by what is special about it
    "weekday": {"start": "2027-03-24T23:30Z", "rrule": "FREQ=WEEKLY;BYDAY=WE;COUNT=3"},
    "until": {"start": "2027-03-01T00:15Z", "rrule": "FREQ=DAILY;UNTIL=20270415T001500Z"},
    "month-day": {"start": "2027-01-31T22:00Z", "rrule": "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=12"},
    "yearly": {"start": "2027-10-30T23:45Z", "rrule": "FREQ=YEARLY;COUNT=3"},
    "hourly": {"start": "2027-03-27T22:30Z", "rrule": "FREQ=HOURLY;COUNT=9"},
    "exdate": {
        "start": "2027-03-24T23:30Z",
        "rrule": "FREQ=WEEKLY;BYDAY=WE;COUNT=5",
        "exdate": ["2027-03-31T23:30Z"],
    },
    "override": {
        "start": "2027-10-27T23:30Z",
        "rrule": "FREQ=WEEKLY;BYDAY=WE;COUNT=4",
        "overrides": [{"recurrence-id": "2027-11-03T23:30Z", "start": "2027-11-04T10:00Z"}],
    },
    "dates": {"start": "2027-03-24T23:30Z", "rdate": ["2027-03-31T23:30Z", "2027-11-10T23:30Z"]},
    "named": {"start": "2027-03-24T23:30[Etc/UTC]", "rrule": "FREQ=WEEKLY;COUNT=3"},
}


def calendar_with(zone: str, series: dict[str, Any]) -> Calendar:
    event = {"id": "a", "summary": "A", "duration": "1 hour", **series}
    data = {"calendar": {"id": "example.org", "name": "A", "timezone": zone}, "events": [event]}
    return load_data(data).calendar


@pytest.mark.parametrize("series", SERIES.values(), ids=SERIES)
@pytest.mark.parametrize("zone", ZONES)
def test_a_series_in_utc_is_the_same_in_every_calendar(
    zone: str, series: dict[str, Any], tmp_path: Path
) -> None:
    calendar = calendar_with(zone, series)
    feed = tmp_path / "events.ics"
    feed.write_bytes(readback.feed_of(calendar))
    read = icalendar.Calendar.from_ical(feed.read_bytes())
    assert x_wr_timezone.to_standard(read) is read, "a time was moved"
    (reading,) = readers.read("icalendar", [feed])
    assert reading.instances == expected_instances(calendar)


def test_the_property_would_move_a_series(tmp_path: Path) -> None:
    calendar = calendar_with("Europe/Paris", SERIES["weekday"])
    feed = tmp_path / "events.ics"
    head, tail = b"CALSCALE:GREGORIAN\r\n", b"X-WR-TIMEZONE:Europe/Paris\r\n"
    feed.write_bytes(readback.feed_of(calendar).replace(head, head + tail))
    (reading,) = readers.read("icalendar", [feed])
    assert reading.instances != expected_instances(calendar)
