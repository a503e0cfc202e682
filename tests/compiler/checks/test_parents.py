"""``outside-parent`` looks at every instance of the child and of the parent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from support.costs import count_calls
from support.loading import event_codes, file_text, load_text
from timeline.compiler.checks import parents

DAILY = "start: 2027-01-04, rrule: FREQ=DAILY;COUNT=18"
RALLY = "start: 2027-01-04, end: 2027-01-20"
TWICE = "start: 2027-01-05, rdate: [2027-01-07]"
MORNING = "start: 2027-01-05T09:00, duration: 1 hour"


def outside(parent: str, child: str) -> list[tuple[str, str]]:
    """Return why a child is outside of its parent, and the key that is named."""
    text = f"id: p, summary: P, {parent}, events: [{{id: c, summary: C, {child}}}]"
    loaded = load_text(file_text(text))
    errors = [item for item in loaded.diagnostics if item.severity.value == "error"]
    assert {item.code for item in errors} <= {"outside-parent"}, errors
    return [
        (item.message.partition(": ")[2], ".".join(map(str, item.at.path[4:]))) for item in errors
    ]


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        ("start: 2027-01-04, rrule: FREQ=DAILY;COUNT=17", []),
        (
            "start: 2027-01-04, rrule: FREQ=DAILY;COUNT=18",
            [("its instance on 2027-01-21 starts too late", "rrule")],
        ),
        ("start: 2027-01-04, rrule: FREQ=DAILY;COUNT=18, exdate: [2027-01-21]", []),
        (
            f"{DAILY}, overrides: [{{recurrence-id: 2027-01-21, status: cancelled}}]",
            [],
        ),
        (
            f"{DAILY}, overrides: [{{recurrence-id: 2027-01-21, start: 2027-01-20}}]",
            [],
        ),
        (
            "start: 2027-01-04, duration: 2 days, rrule: FREQ=DAILY;COUNT=17",
            [("its instance on 2027-01-20 ends too late", "rrule")],
        ),
        ("start: 2027-01-04, rrule: FREQ=WEEKLY", [("its rule has no end", "rrule")]),
        ("start: 2027-01-03, rrule: FREQ=DAILY;COUNT=3", [("it starts too early", "start")]),
        ("start: 2027-01-03, rrule: FREQ=DAILY;COUNT=3, exdate: [2027-01-03]", []),
        (
            "start: 2027-01-05, rdate: [2027-01-07, 2027-01-02]",
            [("its instance on 2027-01-02 starts too early", "rdate.1")],
        ),
        (
            f"{TWICE}, overrides: [{{recurrence-id: 2027-01-07, start: 2027-01-22}}]",
            [("its instance of 2027-01-07 starts too late", "overrides.0.start")],
        ),
        (
            f"{TWICE}, overrides: [{{recurrence-id: 2027-01-07, duration: 20 days}}]",
            [("its instance of 2027-01-07 ends too late", "overrides.0.duration")],
        ),
        (f"{MORNING}, rrule: FREQ=DAILY;COUNT=16", []),
        (
            f"{MORNING}, rrule: FREQ=DAILY;COUNT=17",
            [("its instance on 2027-01-21 starts too late", "rrule")],
        ),
    ],
)
def test_every_instance_of_a_child_must_be_able_to_lie_within_its_parent(
    child: str, expected: list[tuple[str, str]]
) -> None:
    assert outside(RALLY, child) == expected


def test_a_parent_without_an_end_may_have_a_child_without_one() -> None:
    for end in ("..", "TBC"):
        parent = f"start: 2027-01-04, end: {end}"
        assert outside(parent, "start: 2027-01-04, rrule: FREQ=WEEKLY") == []


WEEKENDS = "start: 2027-01-08, duration: 3 days, rrule: FREQ=WEEKLY"
NO_INSTANCE = "no instance of `p` contains it"


@pytest.mark.parametrize(
    ("parent", "child", "expected"),
    [
        (WEEKENDS, "start: 2027-01-10", []),
        (WEEKENDS, "start: 2031-07-06T10:00", []),
        (WEEKENDS, "start: 2027-01-11", [(NO_INSTANCE, "start")]),
        (WEEKENDS, "start: 2027-01-01", [(NO_INSTANCE, "start")]),
        (WEEKENDS, "start: 2027-01-10, end: 2027-01-11", [(NO_INSTANCE, "end")]),
        (WEEKENDS, "start: 2027-01", []),
        (WEEKENDS, "start: TBC", []),
        (f"{WEEKENDS}, exdate: [2027-01-15]", "start: 2027-01-16", [(NO_INSTANCE, "start")]),
        (f"{WEEKENDS}, rdate: [2027-01-12]", "start: 2027-01-13", []),
        (
            f"{WEEKENDS}, overrides: [{{recurrence-id: 2027-01-15, start: 2027-01-19}}]",
            "start: 2027-01-20",
            [],
        ),
        (
            f"{WEEKENDS}, overrides: [{{recurrence-id: 2027-01-15, start: 2027-01-19}}]",
            "start: 2027-01-16",
            [(NO_INSTANCE, "start")],
        ),
        (f"{WEEKENDS};COUNT=2", "start: 2027-01-22", [(NO_INSTANCE, "start")]),
        (WEEKENDS, "start: 2027-01-09, rrule: FREQ=WEEKLY", []),
        (
            WEEKENDS,
            "start: 2027-01-09, rrule: FREQ=DAILY;COUNT=3",
            [("no instance of `p` contains its instance on 2027-01-11", "rrule")],
        ),
        (
            f"{WEEKENDS};COUNT=2",
            "start: 2027-01-09, rrule: FREQ=WEEKLY",
            [("its rule has no end", "rrule")],
        ),
        # Times.
        (
            "start: 2027-01-04T10:00, duration: 4 hours, rrule: 'FREQ=DAILY;BYHOUR=10,18'",
            "start: 2027-02-04T12:00, duration: 1 hour",
            [],
        ),
        (
            "start: 2027-01-04T10:00, duration: 4 hours, rrule: 'FREQ=DAILY;BYHOUR=10,18'",
            "start: 2027-02-04T15:00",
            [(NO_INSTANCE, "start")],
        ),
        ("start: 2027-01-04T10:00, duration: 4 hours, rrule: FREQ=WEEKLY", "start: 2027-01-11", []),
        (
            "start: 2027-01-04T10:00, duration: 4 hours, rrule: FREQ=WEEKLY",
            "start: 2027-01-12",
            [(NO_INSTANCE, "start")],
        ),
        (
            'start: "2027-01-04T20:00[America/New_York]", duration: 1 hour, rrule: FREQ=WEEKLY',
            "start: 2027-01-05",
            [],  # in Berlin
        ),
        (WEEKENDS, 'start: "2027-01-10T20:00[America/New_York]"', []),
        (WEEKENDS, "start: 2027-01-11T20:00", [(NO_INSTANCE, "start")]),
    ],
)
def test_a_child_must_be_able_to_lie_within_an_instance_of_its_parent(
    parent: str, child: str, expected: list[tuple[str, str]]
) -> None:
    assert outside(parent, child) == expected


def test_an_exception_that_is_refused_has_no_consequence() -> None:
    child = "start: 2027-01-04, rrule: FREQ=DAILY;COUNT=18, exdate: [2027-01-22]"
    text = f"id: p, summary: P, {RALLY}, events: [{{id: c, summary: C, {child}}}]"
    assert [item.code for item in load_text(file_text(text)).diagnostics] == ["no-such-instance"]


def test_other_children_are_checked_after_more_instances_than_are_compared() -> None:
    dense = "start: 2027-01-04T00:00Z, rrule: FREQ=MINUTELY;COUNT=20001"
    parent = "start: 2027-01-04T00:00Z, rrule: FREQ=HOURLY, duration: 1 hour"
    late = "start: 2027-02-01"
    text = file_text(
        f"id: p, summary: P, {parent}, events: [{{id: c, summary: C, {dense}}}]",
        f"id: q, summary: Q, {RALLY}, events: [{{id: d, summary: D, {late}}}]",
    )
    assert "outside-parent" in [item.code for item in load_text(text).diagnostics]


def test_a_child_of_a_long_series_costs_what_one_of_a_short_series_does() -> None:
    def check(year: int) -> None:
        assert outside(WEEKENDS, f"start: {year}-06-01, end: {year}-06-30")

    check(2028)
    near, far = (count_calls(lambda year=year: check(year)) for year in (2028, 9000))  # type: ignore[misc]
    assert far < near + 500


def test_a_series_that_is_only_partly_compared_is_reported_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parents, "MAX_COMPARED", 10)
    late = "{id: l, summary: L, start: 2027-02-01}"

    def codes(*counts: int) -> list[str]:
        rule = "start: 2027-01-04, rrule: FREQ=DAILY;COUNT="
        children = [f"{{id: c{n}, summary: C, {rule}{count}}}" for n, count in enumerate(counts)]
        return event_codes(f"id: p, summary: P, {rule}20, events: [{', '.join([*children, late])}]")

    assert codes(4, 6) == ["outside-parent"]
    assert codes(4, 7, 7) == ["too-many-instances", "outside-parent"]


def test_the_dates_of_a_child_cost_the_same_each() -> None:
    def calls(count: int) -> int:
        days = ", ".join(str(date(2027, 1, 2) + timedelta(n)) for n in range(count))
        child = f"{{id: c, summary: C, start: 2027-01-01, rdate: [{days}]}}"
        text = f"id: p, summary: P, start: 2027-01-01, end: 2090-01-01, events: [{child}]"
        return count_calls(lambda: event_codes(text))

    assert calls(2000) < 3 * calls(1000)
