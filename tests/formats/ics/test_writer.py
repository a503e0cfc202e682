"""iCalendar: whatever a file holds, two foreign parsers read it back as it is."""

from __future__ import annotations

import itertools
import json
import re
from copy import deepcopy
from typing import Any

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from support import strategies, strict
from support.loading import calendar_of, file_text, load_data
from support.readback import assert_reads_back, feed_of


def exported(*events: str, **calendar: str) -> dict[str, dict[str, str]]:
    """Export events written in YAML's flow style, and return their properties by UID."""
    head = {"id": "x.org", "name": "X"} | calendar
    text = file_text(*events, calendar=f"calendar: {json.dumps(head)}\n")
    properties_by_uid = {}
    for event in strict.check(feed_of(calendar_of(text))):
        properties = {}
        for name, parameters, value in event:
            written = "".join(f";{key}={of}" for key, of in parameters.items())
            properties[name] = f"{written}:{value}".lstrip(":")
        properties_by_uid[properties["UID"]] = properties
    return properties_by_uid


@pytest.mark.slow
@given(strategies.files())
def test_any_calendar_is_read_back_by_two_parsers(data: dict[str, Any]) -> None:
    calendar = load_data(data).calendar
    feed = feed_of(calendar)
    strict.check(feed)
    assert_reads_back(feed, calendar)


@given(strategies.files())
def test_no_text_adds_or_removes_a_line(data: dict[str, Any]) -> None:
    """The content lines are those of the same calendar with plain texts."""
    plain = deepcopy(data)
    _make_plain(plain)
    names = [
        [name for name, _, _ in strict.content_lines(feed_of(load_data(version).calendar))]
        for version in (data, plain)
    ]
    assert names[0] == names[1]


def _make_plain(node: Any) -> None:
    keep = {"start", "end", "duration", "id", "status", "was", "timezone", "related-to", "color"}
    keep |= {"imprecise", "long-spans", "cancelled", "transparency", "priority", "class", "geo"}
    numbers = itertools.count()
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for name, value in list(items):
        if isinstance(name, str) and name in keep:
            continue
        if isinstance(value, dict | list):
            _make_plain(value)
        elif name == "url":
            node[name] = "https://example.org/"
        elif name == "email":
            node[name] = "a@example.org"
        elif name == "uid":
            node[name] = "plain " + value.rpartition(" ")[2]
        else:
            node[name] = f"plain{next(numbers)}"


@given(strategies.dates)
@example("2026")
def test_a_date_not_known_to_the_day_says_so(date: str) -> None:
    """A year is never turned into a day: tentative, transparent, and in the title's words."""
    (event,) = exported(f'id: e, summary: S, start: "{date}"').values()
    if len(date) == 10 and date.replace("-", "").isdigit():
        assert event["SUMMARY"] == "S"
        assert "STATUS" not in event
        assert "X-TIMELINE-EDTF" not in event
        return
    assert event["STATUS"] == "TENTATIVE"
    assert event["TRANSP"] == "TRANSPARENT"
    assert re.fullmatch(r"(TBC|Approx|Uncertain)\b[^:]*: S( \(.+\))?", event["SUMMARY"])
    assert event["X-TIMELINE-SUMMARY"] == "S"


def test_a_year_is_a_year() -> None:
    event = exported("id: e, summary: S, start: 2026")["e@x.org"]
    assert event["SUMMARY"] == "TBC 2026: S"
    assert event["DTSTART"] == ";VALUE=DATE:20260101"
    assert event["DTEND"] == ";VALUE=DATE:20270101"
    assert event["X-TIMELINE-EDTF"] == "2026"


@pytest.mark.parametrize(
    ("start", "end", "exclusive"),
    [
        ("2025-01-03", "2025-01-17", "20250118"),
        ("2025-12-30", "2025-12-31", "20260101"),
        ("2025-02-26", "2025-02-28", "20250301"),
        ("2024-02-26", "2024-02-28", "20240229"),
        ("2024-02-26", "2024-02-29", "20240301"),
        ("2025-04-28", "2025-04-30", "20250501"),
        ("2025-01-03", "2028", "20290101"),
        ("2025-01-03", "2025-02", "20250301"),
        ("2025-01-03", "2025-01-03", "20250104"),
    ],
)
def test_a_span_keeps_its_last_day(start: str, end: str, exclusive: str) -> None:
    event = exported(f"id: e, summary: S, start: {start}, end: {end}")["e@x.org"]
    assert event["DTEND"] == f";VALUE=DATE:{exclusive}"


def test_a_time_is_written_in_its_zone_in_utc_or_with_neither() -> None:
    exports = exported(
        "id: zone, summary: S, start: 2025-01-03T09:00",
        "id: utc, summary: S, start: 2025-01-03T09:00Z",
        'id: offset, summary: S, start: "2025-01-03T09:00-09:30"',
        'id: second, summary: S, start: "2025-10-26T02:30+01:00[Europe/Berlin]"',
        'id: first, summary: S, start: "2025-10-26T02:30+02:00[Europe/Berlin]"',
        timezone="Asia/Riyadh",
    )
    assert {uid.partition("@")[0]: event["DTSTART"] for uid, event in exports.items()} == {
        "zone": ";TZID=Asia/Riyadh:20250103T090000",
        "utc": "20250103T090000Z",
        "offset": "20250103T183000Z",
        "second": "20251026T013000Z",
        "first": "20251026T003000Z",
    }


def test_zones_are_written_once_in_order_before_the_events() -> None:
    head = {"calendar": {"id": "x.org", "name": "X"}}
    starts = ["2025-01-03T09:00[Europe/Paris]", "2025-01-03T09:00[Africa/Lagos]"] * 2
    events = [{"id": f"e{n}", "summary": "S", "start": start} for n, start in enumerate(starts)]
    feed = feed_of(load_data(head | {"events": events}).calendar)
    lines = strict.content_lines(feed)
    assert [value for name, _, value in lines if name == "TZID"] == ["Africa/Lagos", "Europe/Paris"]


def test_undated_events_have_no_vevent() -> None:
    assert exported(
        "id: tbc, summary: S, start: TBC",
        "id: end, summary: S, start: TBC, end: 2025-06-30",
        "id: drawn, summary: S, start: 2025-01-03, end: TBC",
    ).keys() == {"drawn@x.org"}


def test_an_instant_has_a_duration_of_zero() -> None:
    exports = exported(
        "id: draw, summary: S, start: 2025-01-03T09:00Z",
        "id: race, summary: S, start: 2025-01-03T09:00Z, duration: 1 hour",
    )
    ends = {name: (e.get("DTEND"), e.get("DURATION")) for name, e in exports.items()}
    assert ends == {"draw@x.org": (None, "PT0S"), "race@x.org": ("20250103T100000Z", None)}


def test_a_feed_without_events_has_a_component() -> None:
    calendar = load_data({"calendar": {"id": "x.org", "name": "X"}, "events": []}).calendar
    lines = strict.content_lines(feed_of(calendar))
    assert [value for name, _, value in lines if name == "TZID"] == ["Etc/UTC"]


def test_a_uid_depends_only_on_the_oldest_id() -> None:
    exports = exported(
        "id: now, summary: S, start: 2025, renamed-from: [later, first]",
        "id: imported, summary: S, start: 2025, uid: ABC-123",
        "id: plain, summary: Another title, start: 2025-01-03",
    )
    assert list(exports) == ["first@x.org", "ABC-123", "plain@x.org"]


def test_a_parent_is_named_also_where_it_is_not_in_the_feed() -> None:
    text = """{calendar: {id: x.org, name: X}, events: [{id: a, summary: S, start: TBC,
      events: [{id: b, summary: S, start: 2025-01-03}]}]}"""
    (event,) = strict.check(feed_of(calendar_of(text)))
    assert ("RELATED-TO", {"RELTYPE": "PARENT"}, "a@x.org") in event


def test_calendar_properties_have_both_names() -> None:
    text = """
calendar:
  id: x.org
  name: One, two
  description: Three; four
  color: darkorange
  refresh: 90 minutes
  source: https://example.org/x.ics
events: [{id: a, summary: S, start: 2025-01-03}]
"""
    feed = feed_of(calendar_of(text))
    head = [line for line in strict.content_lines(feed) if line[0] != "X"]
    head = head[: [name for name, _, _ in head].index("BEGIN", 1)]
    assert head[1:] == [
        ("VERSION", {}, "2.0"),
        ("PRODID", {}, "-//timeline//timeline-as-code//EN"),
        ("CALSCALE", {}, "GREGORIAN"),
        ("NAME", {}, "One\\, two"),
        ("X-WR-CALNAME", {}, "One\\, two"),
        ("DESCRIPTION", {}, "Three\\; four"),
        ("X-WR-CALDESC", {}, "Three\\; four"),
        ("COLOR", {}, "darkorange"),
        ("X-APPLE-CALENDAR-COLOR", {}, "#ff8c00"),
        ("SOURCE", {"VALUE": "URI"}, "https://example.org/x.ics"),
        ("REFRESH-INTERVAL", {"VALUE": "DURATION"}, "PT1H30M"),
        ("X-PUBLISHED-TTL", {}, "PT1H30M"),
    ]


@pytest.mark.parametrize(
    ("refresh", "written"),
    [
        ("1 minute", "PT1M"),
        ("12 hours", "PT12H"),
        ("1 day", "P1D"),
        ("36 hours", "P1DT12H"),
        ("2 weeks", "P2W"),
        ("7 days", "P1W"),
    ],
)
def test_refreshes_are_durations(refresh: str, written: str) -> None:
    text = f"""{{calendar: {{id: x, name: X, refresh: {refresh}}}, events: []}}"""
    feed = feed_of(calendar_of(text))
    assert f"REFRESH-INTERVAL;VALUE=DURATION:{written}\r\n".encode() in feed
    read_back = icalendar.Calendar.from_ical(feed)["REFRESH-INTERVAL"]
    assert read_back.to_ical().decode() == written or read_back.dt is not None


@pytest.mark.slow
@given(st.lists(st.sampled_from(strategies.ZONES), min_size=1, max_size=4, unique=True))
def test_times_of_any_zone_are_the_same_instants_to_a_foreign_parser(zones: list[str]) -> None:
    events = [
        {"id": f"e{n}", "summary": "S", "start": f"{year}-{month:02}-15T12:00[{zone}]"}
        for n, (zone, month, year) in enumerate(
            itertools.product(zones, (1, 7), (1955, 1999, 2025, 2060))
        )
    ]
    data = {"calendar": {"id": "x.org", "name": "X"}, "events": events}
    calendar = load_data(data).calendar
    assert_reads_back(feed_of(calendar), calendar)
