"""All readers find the same instances of random rules, over clock changes."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given, note, settings
from hypothesis import strategies as st

from support import readback, readers
from support.expected_readings import expected_events, expected_instances, series_instances
from support.loading import load_data, load_text
from timeline.dates.instants import to_zone
from timeline.model.projection import project_event
from timeline.model.words.wording import PLAIN_ENGLISH

if TYPE_CHECKING:
    import pytest

    from timeline.model.events import Calendar

ZONES = (
    *("America/New_York", "America/Santiago", "Asia/Riyadh"),
    *("Australia/Lord_Howe", "Europe/Berlin", "AoE"),
)

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
    fifths = (f"{position}{today},5FR", f"{position}{today},-5SU")
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
            *(f"BYMONTH={day.month},{month};BYDAY={days}" for days in (",".join(some), *fifths)),
            f"BYDAY={today};BYSETPOS={from_end}",
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
    return not load_text(json.dumps(file_of([event]))).diagnostics


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Draw series, some with exceptions and overrides, and with dates that they have already."""
    events = draw(st.lists(series().filter(is_even), min_size=1, max_size=5))
    plain = load_data(file_of(events)).calendar
    for event, series_event in zip(events, plain.events, strict=True):
        vevents = project_event(series_event, PLAIN_ENGLISH)
        known = [rid for rid, _ in readers.cut(series_instances(vevents))]
        some = draw(st.lists(st.sampled_from(known[1:] or known), max_size=3, unique=True))
        if "FREQ=HOURLY" not in event["rrule"] and len(known) > 2:
            event["exdate"] = some[:1]
            event["overrides"] = [
                {"recurrence-id": rid, "summary": "Another", "start": _later(rid)}
                for rid in some[1:]
            ]
        if draw(st.booleans()):
            again = draw(st.lists(st.sampled_from(known), max_size=3))
            new = _later(known[0], days=draw(st.integers(1, 300)), minutes=7)
            event["rdate"] = [new, *(_on_a_clock(draw, rid) for rid in again)]
    return load_data(file_of(events)).calendar


def _on_a_clock(draw: st.DrawFn, key: str) -> str:
    """Return the same day, or the same time on the clocks of some zone."""
    if "T" not in key:
        return key
    zone = draw(st.sampled_from(("UTC", *ZONES)))
    local = to_zone(datetime.fromisoformat(key), zone)
    return key if local.fold else f"{local.replace(tzinfo=None).isoformat()}[{zone}]"


def _later(key: str, *, days: int = 1, minutes: int = 0) -> str:
    """Return a later date, or a later time in UTC."""
    if "T" not in key:
        return str(date.fromisoformat(key) + timedelta(days=days))
    later = datetime.fromisoformat(key) + timedelta(days=days, minutes=minutes)
    return later.replace(tzinfo=None).isoformat() + "Z"


def file_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the data of a file with these events."""
    return {
        "calendar": {"id": "example.org", "name": "Random", "timezone": "Europe/Berlin"},
        "events": [{"id": f"e{n}", "summary": "S"} | event for n, event in enumerate(events)],
    }


@settings(deadline=None, max_examples=25, report_multiple_bugs=False)
@given(calendar=calendars())
def test_all_readers_find_the_same_instances_of_any_rule(
    calendar: Calendar, tmp_path_factory: pytest.TempPathFactory
) -> None:
    feed = tmp_path_factory.getbasetemp() / "random.ics"
    feed.write_bytes(readback.feed_of(calendar))
    for name, why in readers.missing().items():
        if not why:
            (reading,) = readers.read(name, [feed])
            note(f"{name} reads of\n{feed.read_text()}")
            assert reading.errors == [], name
            assert reading.instances == expected_instances(calendar), name
            assert reading.events == list(expected_events(calendar, name)), name
