"""``no-overlap``: real times, all instances of series, and vague dates only where certain."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from support.costs import assert_linear, count_calls
from support.loading import event_codes, file_text, load_text

WEEKLY = "start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=4"
TOP = "categories: {stage: {no-overlap: true}}\n"


def file_of(*events: str) -> str:
    """Return a file with events that have ids in alphabetical order."""
    named = (
        f"id: {chr(97 + at)}, summary: {chr(65 + at)}, categories: [stage], {event}"
        for at, event in enumerate(events)
    )
    return file_text(*named, top=TOP)


def overlapping(*events: str) -> list[str]:
    """Return the first words of the warnings of overlapping events."""
    loaded = load_text(file_of(*events))
    assert loaded.is_sound, loaded.diagnostics
    overlaps = [item for item in loaded.diagnostics if item.code == "overlap"]
    return [item.message.partition(", and ")[0].replace("`", "") for item in overlaps]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # Times end when the next ones begin.
        (["start: 2027-01-04T10:00, duration: 1 hour", "start: 2027-01-04T11:00"], []),
        (
            ["start: 2027-01-04T10:00, duration: 61 minutes", "start: 2027-01-04T11:00"],
            ["b overlaps with a"],
        ),
        (["start: 2027-01-04T10:00", "start: 2027-01-04T10:00"], ["b overlaps with a"]),
        (["start: 2027-01-04T10:00", "start: 2027-01-04T10:01"], []),
        (
            ['start: "2027-01-04T10:00[Europe/Berlin]"', 'start: "2027-01-04T18:00[Asia/Tokyo]"'],
            ["b overlaps with a"],
        ),
        (
            ["start: 2027-01-04T22:00, duration: 8 hours", "start: 2027-01-05T05:00"],
            ["b overlaps with a"],
        ),
        # The latest end counts, not that of the neighbour.
        (
            [
                "start: 2027-01-04, end: 2027-01-20",
                "start: 2027-01-05",
                "start: 2027-01-10, end: 2027-01-11",
            ],
            ["b overlaps with a", "c overlaps with a"],
        ),
        (
            [
                "start: 2027-01-04T08:00, end: 2027-01-04T18:00",
                "start: 2027-01-04T09:00, end: 2027-01-04T10:00",
                "start: 2027-01-04T12:00",
            ],
            ["b overlaps with a", "c overlaps with a"],
        ),
        (["start: 2027-01-04, end: 2027-01-05", "start: 2027-01-06"], []),
        # A day and a time on all clocks, a night that ends at midnight.
        (["start: 2027-01-05", "start: 2027-01-04T22:00, duration: 2 hours"], []),
        (
            ["start: 2027-01-05", "start: 2027-01-04T22:00, duration: 3 hours"],
            ["a overlaps with b"],
        ),
        (["start: 2027-01-05", "start: 2027-01-05T00:00"], ["b overlaps with a"]),
        (["start: 2027-01-05", "start: 2027-01-06T00:00"], []),
        # Instances.
        (
            ["start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=4", "start: 2027-01-18"],
            ["b overlaps with a on 2027-01-18"],
        ),
        (
            [
                "start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=4, exdate: [2027-01-18]",
                "start: 2027-01-18",
            ],
            [],
        ),
        (
            [
                f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-11, start: 2027-01-13}}]",
                "start: 2027-01-13",
                "start: 2027-01-11",
            ],
            ["b overlaps with a on 2027-01-13"],
        ),
        (
            [
                f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-11, status: cancelled}}]",
                "start: 2027-01-11",
            ],
            [],
        ),
        (
            [
                f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-11, categories: [other]}}]",
                "start: 2027-01-11",
            ],
            [],
        ),
        (
            [f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-11, start: 2027-01-18}}]"],
            ["two instances of a overlap on 2027-01-18"],
        ),
        (
            ["start: 2027-01-04T10:00, duration: 1 day, rrule: FREQ=DAILY, timezone: Europe/Paris"],
            [],  # also on the day of 23 hours
        ),
        (
            ["start: 2027-01-04, rdate: [2027-02-02]", "start: 2027-02-02T12:00"],
            ["b overlaps with a on 2027-02-02"],
        ),
        (
            [
                "start: 2027-01-04T10:00, duration: 1 hour, rrule: FREQ=WEEKLY",
                "start: 2027-01-05T10:30, duration: 1 hour, rrule: FREQ=MONTHLY",
            ],
            ["b overlaps with a on 2027-04-05"],
        ),
        (
            [
                "start: 2027-01-04T10:00, duration: 1 hour, rrule: FREQ=WEEKLY",
                "start: 2027-01-04T11:00, duration: 1 hour, rrule: FREQ=WEEKLY",
            ],
            [],
        ),
        # An endless rule, as far as an event that is much later.
        (
            ["start: 2027-01-04, rrule: FREQ=WEEKLY", "start: 2040-01-02"],
            ["b overlaps with a on 2040-01-02"],
        ),
        # Vague dates overlap where all of their days do.
        (["start: '2027'", "start: 2027-06-01"], []),
        (["start: '2027'", "start: 2027-01-01, end: 2027-12-31"], ["a overlaps with b"]),
        (["start: 2027-01-04, end: 2027-02", "start: 2027-02-01"], ["b overlaps with a"]),
        (["start: 2027-01-04, end: 2027-02", "start: 2027-02-02"], []),
        (["start: 2027-01, end: 2027-03", "start: 2027-02-10"], ["b overlaps with a"]),
        (["start: 2027-01-04, end: TBC", "start: 2027-01-05"], []),
        (["start: 2027-01-04, end: TBC", "start: 2027-01-04"], ["b overlaps with a"]),
        (["start: 2027-01-04~", "start: 2027-01-04"], []),
        (["start: TBC", "start: 2027-01-04"], []),
        (["start: 2027-01-04, status: cancelled", "start: 2027-01-04"], []),
    ],
)
def test_what_overlaps_is_reported_and_nothing_else(events: list[str], expected: list[str]) -> None:
    assert overlapping(*events) == expected


def test_every_event_that_overlaps_with_another_is_named_and_no_other() -> None:
    for seed in range(40):
        random = Random(seed)
        spans = []
        for _ in range(12):
            hour = random.randint(0, 120)
            spans.append((hour, hour + random.choice((1, 2, 5, 30))))
        events = [
            f"start: 2027-01-{4 + first // 24:02}T{first % 24:02}:00Z, duration: PT{end - first}H"
            for first, end in spans
        ]
        ids = "abcdefghijkl"
        reported = {
            name
            for words in overlapping(*events)
            for name in (words.split(" ")[0], words.split(" ")[-1])
        }
        expected = set()
        for first, other in combinations(range(12), 2):
            if spans[first][0] < spans[other][1] and spans[other][0] < spans[first][1]:
                expected |= {ids[first], ids[other]}
        later = {words.split(" ")[0] for words in overlapping(*events)}
        # Each event but the first of those that overlap is named as the later one.
        assert reported <= expected
        for first, other in combinations(range(12), 2):
            if spans[first][0] < spans[other][1] and spans[other][0] < spans[first][1]:
                assert ids[max(first, other, key=lambda at: (spans[at][0], at))] in later


def test_more_instances_than_are_compared_are_said_to_be_too_many() -> None:
    dense = "start: 2027-01-04T10:00Z, rrule: FREQ=MINUTELY;COUNT=50001"
    (diagnostic,) = load_text(file_of(dense)).diagnostics
    assert (diagnostic.code, diagnostic.severity.value) == ("overlap", "warning")
    assert "more than 50,000 instances" in diagnostic.message
    top = "categories: {stage: {no-overlap: true}, talk: {no-overlap: true}}\n"
    events = [f"id: a, summary: A, categories: [stage], {dense}"]
    talks = "categories: [talk], start: 2027-01-04"
    events += [f"id: {name}, summary: {name}, {talks}" for name in "bc"]
    assert event_codes(*events, top=top) == ["overlap", "overlap"]


@pytest.mark.parametrize(
    "event",
    [
        "start: 2027-01-04T10:00, end: 2027-01-05T10:00",
        "start: 2027-01-04",
        "start: 2027-01-04T10:00Z, rrule: FREQ=WEEKLY;COUNT=10",
    ],
)
def test_the_cost_is_linear_where_all_events_overlap(event: str) -> None:
    def work(count: int) -> None:
        named = (f"id: e{n}, summary: S, categories: [stage], {event}" for n in range(count))
        load_text(file_text(*named, top=TOP))

    assert_linear(work, 150)


def test_a_day_and_a_time_are_compared_without_each_other_day() -> None:
    def work(count: int) -> None:
        events = [f"start: 2027-01-04T{n % 24:02}:00" for n in range(count)]
        events += [f"start: {2000 + n}-01-04" for n in range(count)]
        named = (f"id: e{n}, summary: S{n}, categories: [stage], {e}" for n, e in enumerate(events))
        load_text(file_text(*named, top=TOP))

    work(2)
    few, many = count_calls(lambda: work(50)), count_calls(lambda: work(100))
    assert many < 3 * few


@pytest.mark.parametrize("zone", ["Europe/Oslo", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_an_instance_that_ends_after_the_last_year_is_compared(zone: str) -> None:
    series = f'start: "9990-01-03T09:00[{zone}]", end: "9998-12-31T09:00[{zone}]"'
    after = f'start: "9998-12-31T23:00[{zone}]"'
    assert overlapping(f"{series}, rrule: FREQ=YEARLY", after) == [
        "two instances of a overlap on 9991-01-03",
        "b overlaps with a on 9998-12-31",
    ]
