"""The instances that exceptions name."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from timeline.compiler.resolve.instances import Instances
from timeline.dates.instants import Instant, to_zone

MONDAY = date(2027, 1, 4)


def at(wall: str, zone: str = "Europe/Berlin") -> Instant:
    return Instant(to_zone(datetime.fromisoformat(wall), zone), zone)


def test_the_nearest_day_is_the_earlier_of_two() -> None:
    days = [date(2027, 1, 8), date(2027, 1, 12)]
    instances = Instances(None, MONDAY, days, date(2027, 1, 31))
    assert instances.nearest_day(date(2027, 1, 10)) == date(2027, 1, 8)
    assert instances.nearest_day(date(2027, 1, 11)) == date(2027, 1, 12)
    assert instances.find(date(2027, 1, 8)) == date(2027, 1, 8)
    assert instances.find(date(2027, 1, 9)) is None


@pytest.mark.parametrize(
    ("wall", "zone"),
    [("2027-01-05T01:00", "Pacific/Kiritimati"), ("2027-01-04T00:00", "Pacific/Niue")],
)
def test_a_time_finds_its_instance_by_the_clock_of_another_zone(wall: str, zone: str) -> None:
    start = at("2027-01-04T12:00")
    instances = Instances(None, start, [at("2027-01-05T12:00")], date(2027, 1, 31))
    assert instances.find(at(wall, zone)) == start
    assert instances.find(at("2027-01-04T12:01")) is None


def test_a_day_finds_the_first_time_on_it() -> None:
    start, later = at("2027-01-04T09:00"), at("2027-01-04T17:00")
    assert Instances(None, start, [later], date(2027, 1, 31)).find(MONDAY) == start
