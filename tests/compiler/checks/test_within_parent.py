"""``within-parent: false`` is for one child, and reported where the child is certainly within."""

from __future__ import annotations

import pytest

from support.costs import count_calls
from support.loading import calendar_of, codes_of, event_codes, file_text
from timeline.compiler.checks.parents import MAX_COMPARED

RALLY = "start: 2027-01-04, end: 2027-01-20"
OPEN = "start: 2027-01-04, end: .."
MORNING = "start: 2027-01-04T09:00, end: 2027-01-20T12:00"
DAILY = "start: 2027-01-04, duration: 2 days, rrule: FREQ=WEEKLY;COUNT=3"
MOVED = f"{DAILY}, overrides: [{{recurrence-id: 2027-01-11, start: 2027-02-01}}]"
UNUSED = ["unused-within-parent"]


def codes(parent: str, child: str) -> list[str]:
    child = f"{{id: c, summary: C, {child}, within-parent: false}}"
    return event_codes(f"id: p, summary: P, {parent}, events: [{child}]")


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        (RALLY, "start: 2026-12-31"),
        (RALLY, "start: 2027-01-21"),
        (RALLY, "start: 2027-01-20, end: 2027-01-21"),
        (RALLY, "start: 2027-01-20T23:00, duration: 2 hours"),
        (MORNING, "start: 2027-01-20T12:00, duration: 1 minute"),
        (RALLY, "start: 2027-01-04, rrule: FREQ=DAILY;COUNT=18"),
        (RALLY, "start: 2027-01-04, rrule: FREQ=WEEKLY"),
        (DAILY, "start: 2027-01-06"),
        (MOVED, "start: 2027-01-11"),
        (DAILY, "start: 2027-01-04, rrule: FREQ=DAILY;COUNT=3"),
    ],
)
def test_a_child_may_be_outside(parent: str, child: str) -> None:
    assert codes(parent, child) == []
    without = f"id: p, summary: P, {parent}, events: [{{id: c, summary: C, {child}}}]"
    assert event_codes(without) == ["outside-parent"]


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        (RALLY, "start: 2027-01-04"),
        (RALLY, "start: 2027-01-04, end: 2027-01-20"),
        (RALLY, "start: 2027-01-20T09:00, duration: 1 hour"),
        (RALLY, "start: between 2027-01-05 and 2027-01-19"),
        ("start: 2027, end: 2028", "start: 2028-01-01"),
        ("start: 2027-01, end: 2027-03-31", "start: 2027-02"),
        (OPEN, "start: 2090"),
        (OPEN, "start: 2027-01-05T09:00, end: 2090-01-01T09:00"),
        (MORNING, "start: 2027-01-04T09:00"),
        (MORNING, "start: 2027-01-20T11:00, end: 2027-01-20T12:00"),
        (MORNING, "start: 2027-01-05"),
        (RALLY, "start: 2027-01-04, rrule: FREQ=DAILY;COUNT=17"),
        (OPEN, "start: 2027-01-04, rrule: FREQ=WEEKLY"),
        (DAILY, "start: 2027-01-12"),
        (DAILY, "start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=3"),
        (MOVED, "start: 2027-02-02"),
    ],
)
def test_a_child_that_is_within_does_not_need_it(parent: str, child: str) -> None:
    assert codes(parent, child) == UNUSED


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        # not known to the day
        (RALLY, "start: 2027-01"),
        (RALLY, "start: TBC"),
        (RALLY, "start: TBC, end: 2027-01-10"),
        (RALLY, "start: 2027-01-05~"),
        (RALLY, "start: 2027-01-05, end: TBC"),
        (RALLY, "start: 2027-01-05, end: 2027"),
        ("start: TBC", "start: 2027-01-05"),
        ("start: 2027", "start: 2027-01-05"),
        ("start: 2027-01", "start: 2027-01-05, end: 2027-01-06"),
        ("start: 2027-01-04, end: TBC", "start: 2027-01-05"),
        ("start: 2027-01-04, end: 2027-01", "start: 2027-01-05"),
        ("start: 2027-01-04?, end: 2027-01-20", "start: 2027-01-05"),
        # by one clock and not by another
        (RALLY, "start: '2027-01-20T23:59[AoE]'"),
        (RALLY, "start: '2027-01-20T22:00[America/New_York]'"),
        # of a day, a part
        (MORNING, "start: 2027-01-04"),
        (MORNING, "start: 2027-01-19, end: 2027-01-20"),
        # without an end in a parent that has one
        (RALLY, "start: 2027-01-05, end: .."),
    ],
)
def test_in_case_of_doubt_nothing_is_reported(parent: str, child: str) -> None:
    assert codes(parent, child) == []


def test_it_is_not_inherited() -> None:
    child = "{id: d, summary: D, start: 2027-02-02}"
    assert codes(RALLY, f"start: 2027-02-01, events: [{child}]") == ["outside-parent"]
    child = "{id: d, summary: D, start: 2027-02-02, within-parent: false}"
    assert codes(RALLY, f"start: 2027-02-01, events: [{child}]") == []


def test_only_a_child_may_have_it() -> None:
    assert event_codes("id: a, summary: A, start: 2027, within-parent: false") == ["no-parent"]


@pytest.mark.parametrize("value", ["false", "False", "FALSE", "'false'"])
def test_its_only_value_is_false(value: str) -> None:
    child = f"{{id: c, summary: C, start: 2026, within-parent: {value}}}"
    assert event_codes(f"id: p, summary: P, {RALLY}, events: [{child}]") == []


@pytest.mark.parametrize("value", ["true", "yes", "no", "~", "falsch", "[]", "0"])
def test_another_value_is_the_only_error(value: str) -> None:
    child = f"{{id: c, summary: C, start: 2026, within-parent: {value}}}"
    (code,) = event_codes(f"id: p, summary: P, {RALLY}, events: [{child}]")
    assert code in ("wrong-value", "wrong-type", "empty-value")


def test_a_child_that_is_outside_stays_a_child() -> None:
    child = "{id: c, summary: C, start: 2026, within-parent: false}"
    _, event = calendar_of(file_text(f"id: p, summary: P, {RALLY}, events: [{child}]")).events
    assert (event.parent, event.depth) == ("p", 1)


def test_instances_are_compared_up_to_a_limit() -> None:
    parent = "start: 2027-01-04T00:00, duration: 2 hours, rrule: FREQ=HOURLY;COUNT=5000"

    def calls(count: int) -> int:
        child = f"start: 2027-01-04T00:00, rrule: FREQ=MINUTELY;COUNT={count}"
        text = f"{{id: c, summary: C, {child}, within-parent: false}}"
        file = file_text(f"id: p, summary: P, {parent}, events: [{text}]")
        reported: list[str] = []
        cost = count_calls(lambda: reported.extend(codes_of(file)))
        assert ("unused-within-parent" in reported) == (count <= MAX_COMPARED)
        return cost

    assert calls(8 * MAX_COMPARED) < 1.5 * calls(MAX_COMPARED)
