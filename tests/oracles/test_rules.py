"""The instances of any rule are those that RFC 5545 says, by an evaluator of the tests."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from support.date_oracle import local_time
from support.drawn_series import file_of
from support.loading import load_text
from support.series_oracle import FAR, OracleRule

if TYPE_CHECKING:
    from support.series_oracle import Moment

ZONES = (
    *("America/Santiago", "Asia/Kolkata", "Australia/Lord_Howe", "Etc/UTC", "Europe/Berlin"),
    "AoE",
)
INSTANCES = 60
PERIOD = FAR - timedelta(days=400)
"""A yearly period that began before the end of this is complete in the oracle."""


def numbers(low: int, high: int, size: int = 3) -> st.SearchStrategy[str]:
    """Draw a list of numbers; none is 0 where they count from the end too."""
    number = st.integers(low, high)
    chosen = number.filter(bool) if low < 0 else number
    return st.lists(chosen, min_size=1, max_size=size, unique=True).map(
        lambda items: ",".join(map(str, items))
    )


def weekdays(most: int) -> st.SearchStrategy[str]:
    """Draw days of the week, with numbers up to ``most`` in either direction."""
    days = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
    number = st.integers(-most, most).filter(bool).map(str)
    plain, numbered = days, st.builds(str.__add__, number, days)
    lists = [
        st.lists(day, min_size=1, max_size=4, unique=True)
        for day in ([plain, numbered] if most else [plain])
    ]
    return st.one_of(lists).map(",".join)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Draw a rule of any parts that the table of RFC 5545 3.3.10 combines."""
    freqs = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"]
    freq = draw(st.sampled_from([*freqs[:4], *freqs]))
    most = {"YEARLY": 5, "MONTHLY": 5}.get(freq, 0)
    parts = {
        "BYMONTH": numbers(1, 12),
        "BYDAY": weekdays(most),
        "BYMONTHDAY": numbers(-31, 31),
        "BYHOUR": numbers(0, 23),
        "BYMINUTE": numbers(0, 59, 2),
        "BYSECOND": numbers(0, 59, 2),
        "BYSETPOS": numbers(-4, 4, 2),
        "WKST": st.sampled_from(["MO", "SU", "WE"]),
    }
    if freq == "YEARLY":
        parts |= {"BYWEEKNO": numbers(-53, 53), "BYYEARDAY": numbers(-366, 366)}
    names = draw(st.lists(st.sampled_from(sorted(parts)), max_size=3, unique=True))
    texts = [f"FREQ={freq}", *(f"{name}={draw(parts[name])}" for name in names)]
    if draw(st.booleans()):
        texts.append(f"INTERVAL={draw(st.integers(1, 5))}")
    end = draw(st.sampled_from(["", f"COUNT={draw(st.integers(1, 40))}"]))
    if freq in ("MINUTELY", "SECONDLY"):
        end = end or "COUNT=20"
    return ";".join([*texts, end] if end else texts)


@st.composite
def events(draw: st.DrawFn) -> dict[str, str]:
    """Draw an event with a rule, nearly always at the first instance of it."""
    rule = draw(rules())
    day = draw(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
    hour, minute = draw(st.integers(0, 23)), draw(st.sampled_from([0, 15, 30]))
    start = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - a local time
    start = next(OracleRule.read(rule).instances(start), start)
    is_day = not {"BYHOUR", "BYMINUTE", "BYSECOND"} & set(rule.replace("=", ";").split(";"))
    if is_day and not rule.startswith(("FREQ=H", "FREQ=M", "FREQ=S")) and draw(st.booleans()):
        return {"start": str(start.date()), "rrule": rule}
    return {"start": start.isoformat(), "timezone": draw(st.sampled_from(ZONES)), "rrule": rule}


@given(events())
def test_a_rule_has_the_instances_of_the_oracle(event: dict[str, str]) -> None:
    data = file_of([event | {"id": "a", "summary": "A"}])
    loaded = load_text(json.dumps(data))
    codes = {diagnostic.code for diagnostic in loaded.diagnostics}
    instances = expected(event)
    if not loaded.is_sound:
        assert "rule-part" in codes or not instances or instances[0] != start_of(event), codes
        return
    recurrence = loaded.calendar.events[0].recurrence
    assert recurrence
    ours = [getattr(item, "utc", item) for item in islice(recurrence.instances(), INSTANCES)]
    last = start_of(event) + PERIOD
    assert list(takewhile(lambda item: item < last, ours)) == instances


def start_of(event: dict[str, str]) -> Moment:
    """Return the start of an event: a day, or a time in UTC."""
    if "timezone" not in event:
        return date.fromisoformat(event["start"])
    return local_time(datetime.fromisoformat(event["start"]), event["timezone"]).utc


def expected(event: dict[str, str]) -> list[Moment]:
    """Return the first instances of an event by the oracle, in order."""
    rule = OracleRule.read(event["rrule"])
    walls = rule.instances(datetime.fromisoformat(event["start"]))
    first = datetime.fromisoformat(event["start"])
    near = takewhile(lambda at: at < first + PERIOD, islice(walls, rule.count))
    if "timezone" not in event:
        moments: set[Moment] = {wall.date() for wall in islice(near, INSTANCES)}
    else:
        zone = event["timezone"]
        moments = {local_time(at, zone, is_moved=True).utc for at in islice(near, INSTANCES + 9)}
    return sorted(moments)[:INSTANCES]
