"""Rules expanded from any day on, against dateutil, which expands them from DTSTART on."""

from __future__ import annotations

import os
from calendar import isleap
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from dateutil import rrule as dateutil
from msgspec.structs import replace

from support.recurrences import recurrence
from timeline.dates.instants import Instant, to_zone
from timeline.dates.recurrence.budget import RuleBudget, bounded_walks
from timeline.dates.recurrence.constraints import parse_rrule
from timeline.dates.recurrence.ends import resolve_rule_end
from timeline.dates.recurrence.rule import wall_time
from timeline.dates.recurrence.starts import CYCLE
from timeline.dates.recurrence.times import RuleTimes, from_seconds, to_seconds
from timeline.diagnostics.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.dates.recurrence.rule import RecurrenceRule

FREQUENCIES = ("SECONDLY", "MINUTELY", "HOURLY", *("DAILY", "WEEKLY", "MONTHLY", "YEARLY") * 3)
DAYS = {"SECONDLY": 1, "MINUTELY": 3, "HOURLY": 60, "DAILY": 900, "WEEKLY": 3000}
"""For how many days a rule is compared, times its interval; 9,000 for longer frequencies."""

MOST = 3000
"""For how many instances a rule is compared."""


def drawn_rule(random: Random) -> RecurrenceRule:
    """Draw a rule with any parts, COUNT and INTERVAL in half of them each."""
    while True:
        parts = {"FREQ": random.choice(FREQUENCIES)}
        if random.random() < 0.5:
            parts["INTERVAL"] = str(random.choice((2, 3, 5, 7, 12, random.randint(1, 400))))
        if random.random() < 0.5 or parts["FREQ"] in ("SECONDLY", "MINUTELY"):
            parts["COUNT"] = str(random.choice((1, 2, random.randint(1, 60), MOST)))
        for name, low, high, odds in (
            ("BYMONTH", 1, 12, 0.3),
            ("BYMONTHDAY", -31, 31, 0.25),
            ("BYYEARDAY", -366, 366, 0.1),
            ("BYWEEKNO", -51, 51, 0.1),
            ("BYHOUR", 0, 23, 0.15),
            ("BYMINUTE", 0, 59, 0.15),
            ("BYSECOND", 0, 59, 0.1),
            ("BYSETPOS", -6, 6, 0.2),
        ):
            if random.random() < odds:
                numbers = {random.randint(low, high) for _ in range(random.randint(1, 4))}
                parts[name] = ",".join(map(str, numbers))
        if random.random() < 0.4:
            numbers = random.choice(([""], ["1", "2", "-1"], ["5", "-5", "20"]))
            days = {random.choice(("MO", "TU", "WE", "FR", "SU")) for _ in range(3)}
            parts["BYDAY"] = ",".join(random.choice(numbers) + day for day in sorted(days))
        if random.random() < 0.4:
            parts["WKST"] = random.choice(("MO", "TU", "SA", "SU"))
        try:
            return parse_rrule(";".join(f"{name}={value}" for name, value in parts.items()))
        except Refusal:
            continue


def by_dateutil(rule: RecurrenceRule, start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the instances of a rule without its COUNT and UNTIL, from the start to an end."""
    numbers: dict[str, Any] = {
        f"by{name}": getattr(rule, f"by{name}") or None
        for name in ("second", "minute", "hour", "monthday", "yearday", "weekno", "month", "setpos")
    }
    weekdays = [dateutil.weekday(day.day, day.number or None) for day in rule.byday]
    freq = getattr(dateutil, rule.freq)
    yield from dateutil.rrule(
        freq,
        dtstart=start,
        interval=rule.interval,
        wkst=rule.wkst,
        until=end,
        byweekday=weekdays or None,
        **numbers,
    )


def compare(random: Random) -> int:
    """Compare a drawn rule with dateutil, on five days; return how many instances it has."""
    rule = drawn_rule(random)
    day = date(random.randint(1900, 2100), 1, 1) + timedelta(days=random.randint(0, 365))
    start = datetime.combine(day, datetime.min.time()) + timedelta(
        seconds=random.choice((0, 9 * 3600, random.randint(0, 86_399)))
    )
    # An event starts with an instance of its rule, and INTERVAL counts from there.
    at = to_seconds(start)
    matches = RuleTimes(replace(rule, interval=1), start).between(at, at + 9000 * 86_400)
    if (match := next(matches, None)) is None:
        return 0
    start = from_seconds(match)
    end = start + timedelta(days=DAYS.get(rule.freq, 9000) * min(rule.interval, 50))
    walls = list(islice(by_dateutil(rule, start, end), rule.count or MOST))
    if len(walls) == MOST:
        end = walls[-1]
    assert walls[0] == start, rule
    ours = recurrence(rule, Instant(start.replace(tzinfo=UTC), "UTC"))
    if len(walls) == rule.count:
        assert ours.rule_end == walls[-1], rule
    final = (end - timedelta(days=1)).date()
    for _ in range(5):
        asked = (start + (end - start) * random.random()).date()
        first = asked - timedelta(days=random.choice((0, 40)))
        last = min(first + timedelta(days=random.choice((0, 1, 40, 4000))), final)
        expected = [wall for wall in walls if first <= wall.date() <= last]
        assert [wall_time(item) for item in ours.instances(first=first, last=last)] == expected, (
            rule, start, first, last,
        )  # fmt: skip
        earlier = [wall for wall in walls if wall.date() <= last]
        latest = ours.last_instance(last=last)
        assert (latest and wall_time(latest)) == (earlier[-1] if earlier else None), (rule, last)
    return len(walls)


DRAWN = 200 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 20
"""How many rules are compared for each seed: 2,000 in all in the profile ``long``."""


@pytest.mark.parametrize("seed", range(10))
def test_a_rule_from_any_day_on_is_as_from_its_start(seed: int) -> None:
    random = Random(seed)
    compared = 0
    while compared < DRAWN:
        compared += compare(random) > 0


def test_any_years_of_a_cycle_have_every_kind_of_year() -> None:
    def kind(year: int) -> tuple[bool, bool, int]:
        return isleap(year - 1), isleap(year), date(year, 1, 1).weekday()

    every = {kind(year) for year in range(2000, 2400)}
    for first in range(2000, 2400):
        assert {kind(year) for year in range(first, first + CYCLE)} == every


def test_a_week_of_the_year_before_is_by_iso_8601_and_not_by_dateutil() -> None:
    rule = parse_rrule("FREQ=YEARLY;BYWEEKNO=52;BYDAY=SA,SU;COUNT=6")
    days = list(recurrence(rule, date(2022, 1, 1)).instances(last=date(2023, 6, 1)))
    assert days == [date(2022, 1, 1), date(2022, 1, 2), date(2022, 12, 31), date(2023, 1, 1)]
    assert all(day.isocalendar().week == 52 for day in days)


# COUNT, by arithmetic and by a walk.


@pytest.mark.parametrize(
    ("value", "cost"),
    [
        ("FREQ=SECONDLY;COUNT=99999", 0),
        ("FREQ=MINUTELY;INTERVAL=7;BYSECOND=0,30;COUNT=99999", 0),
        ("FREQ=HOURLY;BYMINUTE=0,20,40;COUNT=99999", 0),
        ("FREQ=DAILY;BYHOUR=9,10;COUNT=99999", 0),
        ("FREQ=DAILY;BYDAY=MO,FR;COUNT=99999", 0),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,FR;WKST=SU;COUNT=99999", 0),
        ("FREQ=MONTHLY;BYDAY=MO,FR;COUNT=5000", 5000),
        ("FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=FR;COUNT=10", 70),
        ("FREQ=YEARLY;COUNT=9999", 7972),
        ("FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=1;COUNT=9", 9 * 10),
        ("FREQ=DAILY;BYMONTH=1;COUNT=100", 100 + 3 * 2),
        ("FREQ=DAILY;BYMONTH=1;UNTIL=99981231", 10),
        ("FREQ=DAILY;INTERVAL=1461;BYMONTH=1;BYMONTHDAY=1;UNTIL=99981231", 3948),
    ],
)
def test_only_a_walk_costs_instances(value: str, cost: int) -> None:
    budget = RuleBudget()
    before = budget.left
    start = datetime(2027, 1, 1, 9, tzinfo=UTC)
    with bounded_walks(budget):
        resolve_rule_end(parse_rrule(value), Instant(start, "UTC"))
    assert before - budget.left == pytest.approx(cost, rel=0.02)


def test_what_costs_too_much_is_refused_and_leaves_what_there_was() -> None:
    budget = RuleBudget(1000)
    rule = parse_rrule("FREQ=MONTHLY;BYDAY=MO;COUNT=1001")
    with bounded_walks(budget), pytest.raises(Refusal, match="`COUNT=1001`"):
        resolve_rule_end(rule, date(2027, 1, 4))
    assert budget.left == 1000
    few = parse_rrule("FREQ=MONTHLY;BYDAY=MO;COUNT=6")
    with bounded_walks(budget):
        end = resolve_rule_end(few, date(2027, 1, 4))
    assert end == datetime.fromisoformat("2027-02-08")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("FREQ=DAILY;COUNT=99999", date(9998, 12, 31)),
        ("FREQ=HOURLY;COUNT=99999", date(9998, 12, 31)),
        ("FREQ=WEEKLY;COUNT=99999;BYDAY=MO,FR", date(9998, 12, 28)),
        ("FREQ=YEARLY;COUNT=99999", date(9998, 12, 25)),
        ("FREQ=YEARLY;UNTIL=99981231", date(9998, 12, 25)),
    ],
)
def test_every_rule_ends_with_the_last_day_that_there_is(value: str, expected: date) -> None:
    start = Instant(datetime(9998, 12, 25, 9, tzinfo=UTC), "UTC")
    assert recurrence(value, start).last_day == expected


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "UTC"])
@pytest.mark.parametrize("freq", ["SECONDLY;INTERVAL=900", "MINUTELY;INTERVAL=15", "HOURLY"])
def test_until_is_found_from_its_end_over_every_change_of_the_clock(zone: str, freq: str) -> None:
    change = {"Australia/Lord_Howe": (10, 3), "Pacific/Apia": (12, 28)}.get(zone, (3, 27))
    for month, day in (change, (10, 30), (4, 4)):
        start = Instant(to_zone(datetime.fromisoformat(f"2011-{month:02}-{day:02}"), zone), zone)
        days = timedelta(days=3)
        for minutes in range(0, 3000, 97):
            until = (start.utc + timedelta(minutes=minutes)).strftime("%Y%m%dT%H%M%SZ")
            ours = recurrence(f"FREQ={freq};UNTIL={until}", start)
            walked = replace(ours, rule_end=None).instances(last=date(2011, month, day) + days)
            assert list(ours.instances()) == list(walked)
