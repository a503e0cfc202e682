"""A series that follows other events has the instances that the documents say."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from support.date_oracle import Anchors, Rejected, read_date
from support.drawn_series import file_of
from support.loading import load_text
from support.series_oracle import SeriesOracle

ZONES = ("America/New_York", "Australia/Lord_Howe", "Etc/UTC", "Europe/Berlin")
FIRST = date(2027, 1, 4)
LAST = FIRST + timedelta(days=300)
FAR = LAST + timedelta(days=2)


def days(most: int = 200) -> st.SearchStrategy[date]:
    return st.integers(-10, most).map(lambda number: FIRST + timedelta(number))


CLOCKS = st.sampled_from(["", "T18:00", "T18:00", "T02:30Z", "T23:30[Asia/Tokyo]"])
UNSURE = st.sampled_from(["TBC", "2027-03", "2027-03-10~", "2027-W10"])
ANCHORED = st.builds("{}{}".format, days(), CLOCKS) | UNSURE
TERMS = ["", "", " + 1 day", " - 3 days", " + 1 week", " - 2 weeks", " + 1 month", " at 18:00"]
TERMS += [" - 1 day at 10:00", " + 12 hours", "~"]
ITEMS = st.builds(
    "{}.{}{}{}".format,
    st.sampled_from("bc"),
    st.sampled_from(["start", "end"]),
    st.sampled_from(["", "", ".day"]),
    st.sampled_from(TERMS),
)
RANGES = st.builds(
    lambda day, length: f"{day}..{day + timedelta(length)}", days(), st.integers(0, 60)
)


@st.composite
def files(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw two events, and a series whose dates follow them."""
    clock = draw(st.sampled_from(["", "T18:00", "T18:00"]))
    series: dict[str, Any] = {"id": "a", "summary": "A", "start": f"{FIRST}{clock}"}
    if clock:
        series["timezone"] = draw(st.sampled_from(ZONES))
    rule: dict[str, str] = {"freq": draw(st.sampled_from(["daily", "weekly"]))}
    end = draw(st.sampled_from(["until", "until", "count", "none"]))
    if end == "until":
        rule["until"] = draw(ITEMS)
    elif end == "count":
        rule["count"] = "40"
    series["rrule"] = rule
    if draw(st.booleans()):
        series["rdate"] = draw(st.lists(ITEMS, max_size=1))
    series["exdate"] = draw(st.lists(st.one_of(RANGES, RANGES, ITEMS), max_size=2))
    others = [
        {"id": name, "summary": name, "start": draw(ANCHORED), "timezone": "Europe/Berlin"}
        for name in "bc"
    ]
    return [series, *others]


def expected(events: list[dict[str, Any]]) -> list[date] | None:
    """Return the instances of the series by the oracle, ``None`` where it is rejected."""
    anchors = Anchors()
    for event in events[1:]:
        value = read_date(event["start"], event["timezone"], anchors)
        anchors[event["id"], "start"] = anchors[event["id"], "end"] = value
    try:
        spans = SeriesOracle(events[0], "Etc/UTC", anchors).spans()
    except Rejected:
        return None
    return [start for start, _ in spans if _day(start) <= LAST]


def _day(moment: Any) -> date:
    return moment.date() if hasattr(moment, "date") else moment


@given(files())
@settings(max_examples=300, deadline=None)
def test_a_series_has_the_instances_that_the_documents_say(events: list[dict[str, Any]]) -> None:
    loaded = load_text(json.dumps(file_of(events)))
    instances = expected(events)
    assert loaded.is_sound == (instances is not None), loaded.diagnostics
    if instances is None:
        return
    recurrence = loaded.calendar.events[0].recurrence
    assert recurrence
    moments = (getattr(item, "utc", item) for item in recurrence.instances(last=FAR))
    assert [moment for moment in moments if _day(moment) <= LAST] == instances
