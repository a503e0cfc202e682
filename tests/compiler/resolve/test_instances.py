"""The instances that exceptions name."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from support.recurrences import recurrence
from timeline.compiler.resolve.instances import Instances
from timeline.dates.instants import Instant, to_zone

MONDAY = date(2027, 1, 4)


def at(wall: str, zone: str = "Europe/Berlin") -> Instant:
    return Instant(to_zone(datetime.fromisoformat(wall), zone), zone)


def test_the_nearest_is_the_earlier_of_two() -> None:
    days = [date(2027, 1, 8), date(2027, 1, 12)]
    instances = Instances(recurrence(None, MONDAY, days))
    assert instances.nearest(date(2027, 1, 10)) == date(2027, 1, 8)
    assert instances.nearest(date(2027, 1, 11)) == date(2027, 1, 12)
    assert instances.find(date(2027, 1, 8)) == date(2027, 1, 8)
    assert instances.find(date(2027, 1, 9)) is None


@pytest.mark.parametrize(
    ("wall", "zone"),
    [("2027-01-05T01:00", "Pacific/Kiritimati"), ("2027-01-04T00:00", "Pacific/Niue")],
)
def test_a_time_finds_its_instance_by_the_clock_of_another_zone(wall: str, zone: str) -> None:
    start = at("2027-01-04T12:00")
    instances = Instances(recurrence(None, start, [at("2027-01-05T12:00")]))
    assert instances.find(at(wall, zone)) == start
    assert instances.find(at("2027-01-04T12:01")) is None


def test_a_day_finds_the_first_time_on_it() -> None:
    start, later = at("2027-01-04T09:00"), at("2027-01-04T17:00")
    assert Instances(recurrence(None, start, [later])).find(MONDAY) == start


def test_a_day_is_that_of_the_clocks_of_the_series_or_else_of_the_instance() -> None:
    start = at("2027-01-04T23:30")
    added = at("2027-01-06T07:30", "Asia/Tokyo")  # on the 5th at 23:30 in Berlin
    instances = Instances(recurrence("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=2", start, [added]))
    assert instances.find(date(2027, 1, 5)) == added
    assert instances.find(date(2027, 1, 6)) == at("2027-01-06T23:30")
    assert Instances(recurrence(None, start, [added])).find(date(2027, 1, 6)) == added


def test_the_nearest_is_by_rule_or_listed_before_or_after() -> None:
    instances = Instances(recurrence("FREQ=WEEKLY;COUNT=3", MONDAY, [date(2027, 2, 1)]))
    for day, nearest in (
        (date(2027, 1, 7), MONDAY),
        (date(2027, 1, 8), date(2027, 1, 11)),
        (date(2027, 1, 25), date(2027, 1, 18)),
        (date(2027, 1, 26), date(2027, 2, 1)),
        (date(2099, 1, 1), date(2027, 2, 1)),
        (date(1999, 1, 1), MONDAY),
    ):
        assert instances.nearest(day) == nearest


@pytest.mark.parametrize(
    ("wall", "is_instance"),
    [
        ("2027-03-28T01:59:59", True),
        ("2027-03-28T03:30:00", True),
        ("2027-10-31T02:30:00", True),
        ("2027-10-31T03:00:00", True),
        ("9998-12-31T23:00:00", True),
        ("2027-03-28T03:30:00.5", False),
    ],
)
def test_a_time_of_a_rule_by_seconds_is_known_without_those_before_it(
    wall: str, is_instance: bool
) -> None:
    rule = "FREQ=SECONDLY;UNTIL=99981231T230000Z"
    instances = Instances(recurrence(rule, at("2027-01-04T12:00")))
    assert (instances.find(at(wall)) == at(wall)) is is_instance


def test_a_time_that_clocks_skip_is_found_where_it_moved_to() -> None:
    daily = Instances(recurrence("FREQ=DAILY", at("2027-01-04T02:30")))
    assert daily.find(at("2027-03-28T03:30")) == at("2027-03-28T03:30")
    assert daily.find(at("2027-03-29T03:30")) is None
    apia = Instances(recurrence("FREQ=DAILY", at("2011-12-29T10:00", "Pacific/Apia")))
    assert apia.find(at("2011-12-31T10:00", "Pacific/Apia"))
    assert apia.find(date(2011, 12, 31))
    assert apia.find(date(2011, 12, 30)) is None
