"""Dates of a series that follow other events, and ranges of days that it excludes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.costs import assert_linear
from support.readback import feed_of
from support.resolved import load_events
from timeline.compiler.resolve import series
from timeline.dates import Instant
from timeline.model.words.series import rule_sentences
from timeline.model.words.wording import PLAIN_ENGLISH

SEASON = "id: season, start: 2027-01-04, end: 2027-03-31"
GALA = "id: gala, start: 2027-02-01T20:00, end: 2027-02-01T23:30"
WEEKLY = "rrule: {freq: weekly, count: 20}"


def recurrence_lines(*events: str) -> list[str]:
    """Return the lines of the feed that say when the last event recurs."""
    loaded = load_events(*events)
    assert loaded.is_sound, loaded.diagnostics
    text = feed_of(loaded.calendar).decode().replace("\r\n ", "")
    event = text.split("BEGIN:VEVENT")[len(events)]
    return [line for line in event.splitlines() if line.startswith(("RRULE", "RDATE", "EXDATE"))]


def codes(*events: str) -> list[str]:
    return [diagnostic.code for diagnostic in load_events(*events).diagnostics]


@pytest.mark.parametrize(
    ("start", "until", "expected"),
    [
        ("2027-01-04", "season.end", "UNTIL=20270331"),
        ("2027-01-04", "gala.end", "UNTIL=20270201"),
        ("2027-01-04", "gala.end + 30 minutes", "UNTIL=20270202"),
        ("2027-01-04", "season.end at 23:59", "UNTIL=20270331"),
        # The season ends in summer, and the series starts in winter.
        ("2027-01-04T18:00", "season.end", "UNTIL=20270331T215959Z"),
        ("2027-01-04T18:00", "season.end - 1 week", "UNTIL=20270324T225959Z"),
        ("2027-01-04T18:00", "season.end at 18:00", "UNTIL=20270331T160000Z"),
        ("2027-01-04T18:00", "gala.start", "UNTIL=20270201T190000Z"),
        ("2027-01-04T18:00", "gala.start + 8 weeks", "UNTIL=20270329T180000Z"),
        ("'2027-01-04T18:00[America/New_York]'", "season.end", "UNTIL=20270401T035959Z"),
        ("'2027-01-04T18:00[America/New_York]'", "gala.end", "UNTIL=20270201T223000Z"),
        ("'2027-01-04T18:00[America/New_York]'", "season.end at 12:00", "UNTIL=20270331T160000Z"),
        ("2027-01-04T18:00Z", "season.end", "UNTIL=20270331T235959Z"),
    ],
)
def test_until_is_of_the_kind_of_the_start(start: str, until: str, expected: str) -> None:
    event = f"id: a, start: {start}, rrule: {{freq: weekly, until: {until}}}"
    assert recurrence_lines(SEASON, GALA, event) == [f"RRULE:FREQ=WEEKLY;{expected}"]


@pytest.mark.parametrize(
    ("key", "item", "day", "time"),
    [
        ("exdate", "season.start + 4 weeks", ";VALUE=DATE:20270201", ":20270201T180000Z"),
        ("exdate", "season.start + 4 weeks at 18:00", ";VALUE=DATE:20270201", ":20270201T180000Z"),
        ("exdate", "gala.start - 1 hour", ";VALUE=DATE:20270201", ":20270201T180000Z"),
        ("exdate", "gala.start - 1 week - 1 hour", ";VALUE=DATE:20270125", ":20270125T180000Z"),
        ("rdate", "gala.end + 1 day", ";VALUE=DATE:20270202", ":20270202T223000Z"),
        ("rdate", "season.end at 10:00", ";VALUE=DATE:20270331", ":20270331T100000Z"),
    ],
)
def test_an_item_is_a_day_in_a_series_of_days(key: str, item: str, day: str, time: str) -> None:
    for start, expected in (("2027-01-04", day), ("2027-01-04T18:00Z", time)):
        event = f"id: a, start: {start}, {WEEKLY}, {key}: [{item}]"
        assert recurrence_lines(SEASON, GALA, event)[1] == f"{key.upper()}{expected}"


def test_a_day_names_the_first_instance_on_it() -> None:
    rule = "rrule: {freq: daily, byhour: [9, 18], count: 9}"
    event = f"id: a, start: 2027-01-04T09:00, {rule}, exdate: [season.start + 1 day]"
    assert recurrence_lines(SEASON, event)[1] == "EXDATE;TZID=Europe/Berlin:20270105T090000"


@given(st.dates(date(2027, 2, 1), date(2027, 6, 30)), st.booleans(), st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_date_that_follows_makes_the_same_feed_as_the_date(
    day: date, is_timed: bool, is_anchor_timed: bool
) -> None:
    clock, anchor = "T10:00" * is_timed, f"{day}" + "T10:00" * is_anchor_timed
    start = f"id: a, start: 2027-01-04{clock}, rrule: {{freq: daily, until: "
    other, same = f"id: b, start: {anchor}", is_timed and is_anchor_timed
    written = f"{anchor if same else day}"
    pairs = [
        ("b.start}", f"{written}}}"),
        ("b.end + 3 days}", f"{day + timedelta(3)}{'T10:00' * same}}}"),
        ("b.start}, exdate: [b.start - 2 days]", f"{written}}}, exdate: [{day - timedelta(2)}]"),
    ]
    for following, literal in pairs:
        made, expected = load_events(other, start + following), load_events(other, start + literal)
        assert made.is_sound, made.diagnostics
        assert feed_of(made.calendar) == feed_of(expected.calendar)


@pytest.mark.parametrize(
    ("anchor", "code"),
    [
        ("start: TBC", "rule-until"),
        ("start: 2027-01-04, end: TBC", "rule-until"),
        ("start: 2027-03", "rule-until"),
        ("start: 2027-03-31~", "rule-until"),
        ("start: between 2027-03-01 and 2027-03-31", "rule-until"),
        ("start: 2026-03-31", "rule-until"),
        ("start: 2027-01-04, end: ..", "open-anchor"),
    ],
)
def test_until_needs_one_certain_day(anchor: str, code: str) -> None:
    event = "id: a, start: 2027-01-04, rrule: {freq: weekly, until: b.end}"
    assert codes(f"id: b, {anchor}", event) == [code]


@pytest.mark.parametrize("key", ["rdate", "exdate"])
@pytest.mark.parametrize("anchor", ["TBC", "2027", "2027-02-01?", "2027-W05"])
def test_an_item_needs_one_certain_day(key: str, anchor: str) -> None:
    event = f"id: a, start: 2027-01-04, {WEEKLY}, {key}: [b.start]"
    (diagnostic,) = load_events(f"id: b, start: {anchor}", event).diagnostics
    assert diagnostic.code == "rule-start"
    assert "needs a certain day or time" in diagnostic.message


@pytest.mark.parametrize("key", ["rrule: {freq: weekly, until: b.end}", "rdate: [b.end]"])
@pytest.mark.parametrize("anchor", ["2027-02-30", "c.end", "2027-02-01T25:00"])
def test_an_error_of_the_anchor_is_reported_alone(key: str, anchor: str) -> None:
    assert len(codes(f"id: b, start: {anchor}", f"id: a, start: 2027-01-04, {key}")) == 1


CHILD = "id: a, summary: A, start: 2027-01-04, rrule: {freq: weekly, until: p.end}"
CIRCLES = {
    "its own start": ["id: a, start: 2027-01-04, rrule: {freq: weekly, until: a.start + 8 weeks}"],
    "its own end": [
        "id: a, start: 2027-01-04T18:00, duration: 1 hour, rrule: {freq: weekly, until: a.end}"
    ],
    "its own end as rdate": ["id: a, start: 2027-01-04, rdate: [a.end + 1 day]"],
    "an event that follows it": [
        "id: a, start: 2027-01-04, rrule: {freq: weekly, until: b.end}",
        "id: b, start: a.end + 8 weeks",
    ],
    "its end through another": [
        "id: a, start: 2027-01-04, rrule: {freq: weekly, until: b.end}",
        "id: b, start: c.end + 1 day, duration: 2 days",
        "id: c, start: 2027-01-01, end: a.end + 2 months",
        "id: d, start: c.end",
    ],
    "each other's dates": [
        "id: a, start: 2027-01-04, rrule: {freq: weekly, until: b.end + 8 weeks}",
        "id: b, start: 2027-01-05, rrule: {freq: weekly, until: a.end + 8 weeks}",
    ],
    "an exception": [
        f"id: a, start: 2027-01-04, {WEEKLY}, exdate: [2027-01-18, b.start]",
        "id: b, start: a.start + 1 week",
    ],
    "its parent, which ends with it": [
        f"id: p, start: 2027-01-01, end: a.end + 8 weeks, events: [{{{CHILD}}}]",
    ],
    "a time of day in the zone of the start": [
        "id: a, start: 2027-01-04T18:00, end: b.start at 20:00, rdate: [b.end at 18:00]",
        "id: b, start: a.start - 2 days, end: a.end + 9 days",
    ],
}
"""A circle is not a circle of dates alone: the first instance would have them all."""


@pytest.mark.parametrize("name", CIRCLES)
def test_the_dates_of_a_series_may_not_follow_from_its_event(name: str) -> None:
    for events in permutations(CIRCLES[name]):
        diagnostics = load_events(*events).diagnostics
        assert [diagnostic.code for diagnostic in diagnostics] == ["circle"], events


def test_the_chain_of_a_series_may_lead_through_another_series() -> None:
    """The end of a recurring event is that of its first instance, whatever ends its rule."""
    events = [
        SEASON,
        "id: a, start: 2027-01-04, end: 2027-01-06, rrule: {freq: weekly, until: season.end}",
        "id: b, start: a.end + 1 day, rrule: {freq: weekly, until: season.end - 1 week}",
        "id: c, start: b.end, rrule: {freq: daily, until: a.end + 2 weeks}",
    ]
    for order in permutations(events):
        assert codes(*order) == []
    assert recurrence_lines(*events) == ["RRULE:FREQ=DAILY;UNTIL=20270120"]


def test_a_child_may_recur_until_its_parent_ends() -> None:
    child = "id: c, summary: C, start: 2027-01-05, rrule: {{freq: weekly, until: {}}}"
    assert codes(f"{SEASON}, events: [{{{child.format('season.end')}}}]") == []
    late = f"{SEASON}, events: [{{{child.format('season.end + 1 week')}}}]"
    assert codes(late) == ["outside-parent"]


# Ranges.


@given(
    st.dates(date(2026, 12, 20), date(2027, 3, 1)),
    st.integers(0, 60),
    st.sampled_from(
        [
            "start: 2027-01-04, rrule: FREQ=DAILY;COUNT=50",
            "start: 2027-01-04T23:30, rrule: FREQ=DAILY;INTERVAL=3",
            "start: 2027-01-04T00:00, rrule: FREQ=HOURLY;INTERVAL=5;COUNT=90",
            "start: '2027-01-04T01:00[Asia/Tokyo]', rrule: FREQ=WEEKLY, rdate: [2027-01-30T15:00Z]",
            "start: '2027-01-04T01:00[US/Eastern]', rrule: FREQ=WEEKLY, rdate: [2027-01-30T04:00Z]",
        ]
    ),
)
@settings(max_examples=40, deadline=None)
def test_a_range_excludes_the_instances_on_its_days(first: date, days: int, event: str) -> None:
    last = first + timedelta(days)
    (whole,) = load_events(f"id: a, {event}").calendar.events
    loaded = load_events(f"id: a, {event}, exdate: [{first}..{last}]")
    if not loaded.is_sound:
        assert [diagnostic.code for diagnostic in loaded.diagnostics] == ["no-instance"]
        return
    assert whole.recurrence
    recurrence = loaded.calendar.events[0].recurrence
    assert recurrence
    end = date(2027, 12, 31)
    zone = getattr(recurrence.start, "moment", None)
    expected = []
    for moment in whole.recurrence.instances(last=end):
        on_clock = moment.moment.astimezone(zone.tzinfo) if isinstance(moment, Instant) else moment
        if not first <= (on_clock.date() if isinstance(moment, Instant) else on_clock) <= last:
            expected.append(moment)
    assert list(recurrence.instances(last=end)) == expected


@pytest.mark.parametrize(
    ("exdate", "words", "count"),
    [
        ("2027-02-01..2027-02-14", "Not on 1–14 February 2027", 2),  # noqa: RUF001
        ("2027-02-01..2027-02-01", "Not on 1 February 2027", 1),
        ("2027-02-02..2027-02-07", None, 0),
        ("2030-01-01..2030-12-31", None, 0),
        (
            "2027-01-11, 2026-12-24..2027-01-06",
            "Not on 11 January 2027 and 24 December 2026 – 6 January 2027",  # noqa: RUF001
            2,
        ),
        ("2027-02-01..2027-02-14, 2027-02-08", "Not on 1–14 February 2027", 2),  # noqa: RUF001
        ("2027-02-01..2027-02-14, 2027-02-03..2027-02-09", "Not on 1–14 February 2027", 2),  # noqa: RUF001
    ],
)
def test_a_range_is_one_item_in_words(exdate: str, words: str | None, count: int) -> None:
    loaded = load_events(f"id: a, start: 2027-01-04, {WEEKLY}, exdate: [{exdate}]")
    (event,) = loaded.calendar.events
    assert loaded.diagnostics == []
    assert event.recurrence
    assert len(event.recurrence.exdate) == count
    assert [text for text in rule_sentences(event, PLAIN_ENGLISH) if text.startswith("Not")] == (
        [words] if words else []
    )


def test_an_instance_in_a_range_has_no_override() -> None:
    event = f"id: a, start: 2027-01-04, {WEEKLY}, exdate: [2027-02-01..2027-02-14]"
    assert codes(f"{event}, overrides: [{{recurrence-id: 2027-02-08, location: Hall}}]") == [
        "excluded-override"
    ]


def test_ranges_have_a_limited_number_of_instances(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series, "MAX_EXCLUDED", 48)
    hourly = "start: 2027-01-04T00:00Z, rrule: FREQ=HOURLY, exdate: ['2027-01-05..2027-01-06']"
    assert codes(f"id: a, {hourly}") == []
    (diagnostic,) = load_events(f"id: a, {hourly}", f"id: b, {hourly}").diagnostics
    assert diagnostic.code == "too-large"


def test_what_a_series_follows_costs_in_proportion_to_its_length() -> None:
    def work(count: int) -> None:
        events = [f"id: e{n}, start: 2027-01-05T{n % 24:02}:00" for n in range(count)]
        dates = ", ".join(f"e{n}.start + {n} days" for n in range(count))
        load_events(f"id: a, start: 2027-01-04T18:00, rdate: [{dates}]", *events)

    assert_linear(work, 60)
