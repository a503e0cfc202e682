"""Series expanded from any time on, and up to any time, over changes of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from support.recurrences import at, recurrence
from timeline.dates.instants import Instant
from timeline.dates.recurrence.expansion import instance_key


@pytest.mark.parametrize(
    "rule", ["DAILY", "DAILY;BYHOUR=1,2,3", "HOURLY", "MINUTELY;INTERVAL=20;COUNT=999"]
)
@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/New_York", "2027-03-13"),
        ("America/New_York", "2027-11-06"),
        ("Europe/Berlin", "2027-03-27"),
        ("Australia/Lord_Howe", "2027-04-03"),
        ("Australia/Lord_Howe", "2027-10-02"),
        ("America/Santiago", "2027-09-04"),
        ("Pacific/Apia", "2011-12-28"),  # clocks skip a day
        ("America/St_Johns", "2008-11-01"),  # clocks go back to the day before
        ("UTC", "2027-03-13"),
    ],
)
def test_instances_from_a_time_on_and_up_to_it_are_those_of_the_whole(
    rule: str, zone: str, day: str
) -> None:
    start = at(f"{day}T02:30", zone)
    rdate = [Instant(start.utc + timedelta(hours=hours), "UTC") for hours in (5, 24, 47)]
    series = recurrence(f"FREQ={rule}", start, rdate)
    whole = list(series.instances(last=date.fromisoformat(day) + timedelta(days=4)))
    for minutes in range(-40, 2 * 24 * 60, 40):
        moment = Instant(start.utc + timedelta(minutes=minutes), "Asia/Tokyo")
        instances = series.instances(first=moment, last=date.fromisoformat(day) + timedelta(days=4))
        assert list(instances) == [item for item in whole if instance_key(item) >= moment.utc]
        latest = series.last_instance(last=moment)
        earlier = [instance_key(item) for item in whole if instance_key(item) <= moment.utc]
        assert (latest and instance_key(latest)) == (earlier[-1] if earlier else None)


def test_a_time_in_a_dense_rule_is_found_without_those_of_its_day() -> None:
    series = recurrence("FREQ=SECONDLY;UNTIL=99980101T000000Z", at("1900-01-01T00:00", "UTC"))
    moment = Instant(datetime(9000, 1, 1, 23, 59, 59, tzinfo=UTC), "UTC")
    assert next(series.instances(first=moment)) == moment == series.last_instance(last=moment)
