"""The checks of spans with a time on one side and a date without a time on the other."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.loading import event_codes, file_text, load_text

TOP = "categories: {stage: {no-overlap: true}}\n"
ANYWHERE = "calendar: {id: x.org, name: X}\n"


def is_overlapping(*events: str, calendar: str | None = None) -> bool:
    """Return whether events of a category, in any order, are reported as overlapping."""
    named = [
        f"id: {chr(97 + at)}, summary: {chr(65 + at)}, categories: [stage], {event}"
        for at, event in enumerate(events)
    ]
    options = {} if calendar is None else {"calendar": calendar}
    results = set()
    for order in (named, named[::-1]):
        diagnostics = load_text(file_text(*order, top=TOP, **options)).diagnostics
        assert {diagnostic.code for diagnostic in diagnostics} <= {"overlap"}, diagnostics
        results.add(bool(diagnostics))
    (result,) = results
    return result


FROM_NINE = "start: 2027-01-04T09:00, end: 2027-01-06"
UNTIL_SIX = "start: 2027-01-04, end: 2027-01-06T18:00"


@pytest.mark.parametrize(
    ("mixed", "other", "expected"),
    [
        # The side with the time is exact.
        (FROM_NINE, "start: 2027-01-04T08:00, duration: 1 hour", False),
        (FROM_NINE, "start: 2027-01-04T08:00, duration: 61 minutes", True),
        (UNTIL_SIX, "start: 2027-01-06T18:00", False),
        (UNTIL_SIX, "start: 2027-01-06T17:59", True),
        # The side with the day is on for all of it.
        (FROM_NINE, "start: 2027-01-06T23:59", True),
        (FROM_NINE, "start: 2027-01-07T00:00", False),
        (UNTIL_SIX, "start: 2027-01-04T00:00", True),
        (UNTIL_SIX, "start: 2027-01-03T23:00, duration: 1 hour", False),
        (FROM_NINE, "start: 2027-01-06", True),
        (FROM_NINE, "start: 2027-01-07", False),
        (FROM_NINE, "start: 2027-01-03", False),
        (FROM_NINE, "start: 2027-01-04", True),
        (UNTIL_SIX, "start: 2027-01-06", True),
        # Two of them.
        (FROM_NINE, UNTIL_SIX, True),
        (FROM_NINE, "start: 2027-01-07, end: 2027-01-08T12:00", False),
        (FROM_NINE, "start: 2027-01-06, end: 2027-01-08T12:00", True),
        (UNTIL_SIX, "start: 2027-01-06T18:00, end: 2027-01-08", False),
        (UNTIL_SIX, "start: 2027-01-06T17:00, end: 2027-01-08", True),
        # What is not certain is not compared.
        ("start: 2027-01-04T09:00~, end: 2027-01-06", "start: 2027-01-05", False),
        ("start: 2027-01-04T09:00, end: 2027-01-06?", "start: 2027-01-05", False),
        (FROM_NINE, "start: 2027-01-05T12:00~", False),
        ("start: 2027-01-04T09:00, end: 2027", "start: 2027-01-05", False),
        ("start: 2027-01-04T09:00, end: 2028", "start: 2027-12-31", True),
        ("start: 2027-01, end: 2027-02-03T18:00", "start: 2027-02-01", True),
        ("start: 2027-01, end: 2027-02-03T18:00", "start: 2027-01-05", False),
    ],
)
def test_no_overlap_counts_a_time_exactly_and_a_day_in_full(
    mixed: str, other: str, expected: bool
) -> None:
    assert is_overlapping(mixed, other) is expected


def test_days_of_two_mixed_spans_overlap_also_where_no_zone_is_known() -> None:
    until = "start: 2027-01-06, end: 2027-01-08T12:00Z"
    begins = "start: 2027-01-04T09:00Z, end: 2027-01-06"
    assert is_overlapping(begins, until, calendar=ANYWHERE)
    assert not is_overlapping(begins, until.replace("-06,", "-07,"), calendar=ANYWHERE)


@given(
    st.integers(0, 96),
    st.integers(0, 3),
    st.integers(0, 96),
    st.integers(0, 96),
)
def test_an_overlap_with_a_time_is_that_of_hours(
    at: int, last: int, first: int, length: int
) -> None:
    begin = datetime(2027, 1, 4)  # noqa: DTZ001 - in a zone without clock changes in January
    start, end = begin + timedelta(hours=at), begin + timedelta(days=last)
    if end.date() < start.date():
        return
    mixed = f"start: {start:%Y-%m-%dT%H:%M}, end: {end:%Y-%m-%d}"
    other = begin + timedelta(hours=first)
    timed = f"start: {other:%Y-%m-%dT%H:%M}" + (f", duration: {length} hours" if length else "")
    other_end = other + timedelta(hours=length, seconds=0 if length else 1)
    expected = start < other_end and other < end + timedelta(days=1)
    assert is_overlapping(mixed, timed) is expected


RALLY = "start: 2027-01-04T09:00, end: 2027-01-06"


@pytest.mark.parametrize(
    ("parent", "child", "codes"),
    [
        # Two times are compared exactly.
        (RALLY, "start: 2027-01-04T08:59", ["outside-parent"]),
        (RALLY, "start: 2027-01-04T09:00", []),
        (RALLY, "start: 2027-01-04T08:00, end: 2027-01-05", ["outside-parent"]),
        (UNTIL_SIX, "start: 2027-01-06T18:00", []),
        (UNTIL_SIX, "start: 2027-01-06T18:01", ["outside-parent"]),
        (UNTIL_SIX, "start: 2027-01-05, end: 2027-01-06T18:01", ["outside-parent"]),
        (UNTIL_SIX, "start: 2027-01-05, end: 2027-01-06T18:00", []),
        # A day is compared with the day of a time.
        (RALLY, "start: 2027-01-04", []),
        (RALLY, "start: 2027-01-03", ["outside-parent"]),
        (RALLY, "start: 2027-01-06T23:59", []),
        (RALLY, "start: 2027-01-07T00:00", ["outside-parent"]),
        (UNTIL_SIX, "start: 2027-01-06", []),
        (UNTIL_SIX, "start: 2027-01-07", ["outside-parent"]),
        ("start: 2027-01-04, end: 2027-01-06", RALLY, []),
        ("start: 2027-01-04T10:00, end: 2027-01-06T12:00", RALLY, ["outside-parent"]),
        ("start: 2027-01-04T09:00, duration: 3 days", RALLY, []),
        # What is possible is no error.
        ("start: 2027-01-04T09:00, end: 2027", "start: 2027-12-31T23:00", []),
        ("start: 2027-01, end: 2027-02-03T18:00", "start: 2027-01-01", []),
        ("start: 2027-01, end: 2027-02-03T18:00", "start: 2026-12-31", ["outside-parent"]),
        (RALLY, "start: TBC, end: 2027-01-06T18:00", []),
        (RALLY, "start: TBC, end: 2027-01-07", ["outside-parent"]),
        (RALLY, "start: 2027-01-04T09:00, end: ..", []),
    ],
)
def test_a_child_may_lie_within_a_mixed_span(parent: str, child: str, codes: list[str]) -> None:
    event = f"id: p, summary: P, {parent}, events: [{{id: c, summary: C, {child}}}]"
    assert event_codes(event) == codes


@pytest.mark.parametrize(
    ("dates", "codes"),
    [
        ("start: 2027-01-04T23:59, end: 2027-01-04", []),
        ("start: 2027-01-04, end: 2027-01-04T00:00", ["first-midnight"]),
        ("start: 2027-01-04T00:00, end: 2027-01-03", ["end-before-start"]),
        ("start: 2027-01-04, end: 2027-01-03T23:59", ["end-before-start"]),
        ("start: 2027-01-04T09:00, end: 2027", []),
        ("start: 2027-01-04T09:00, end: 2026", ["end-before-start"]),
        ("start: 2027, end: 2027-01-01T00:00", ["first-midnight"]),
        ("start: 2027, end: 2026-12-31T23:59", ["end-before-start"]),
        # on the clock of the time itself
        ('start: "2027-01-04T23:30[Pacific/Honolulu]", end: 2027-01-04', []),
        ('start: 2027-01-05, end: "2027-01-05T00:30[Pacific/Kiritimati]"', []),
        ('start: 2027-01-05, end: "2027-01-04T23:30[Pacific/Honolulu]"', ["end-before-start"]),
    ],
)
def test_the_order_of_a_mixed_span_is_that_of_its_days(dates: str, codes: list[str]) -> None:
    assert event_codes(f"id: a, summary: A, {dates}") == codes


@pytest.mark.parametrize("end", ["TBC", ".."])
def test_a_time_without_a_known_end_recurs_as_little_as_before(end: str) -> None:
    event = f"id: a, summary: A, start: 2027-01-04T09:00, end: {end}"
    assert event_codes(f"{event}, rrule: FREQ=DAILY") == ["rule-start"]


@pytest.mark.parametrize("rule", ["rrule: FREQ=DAILY;COUNT=3", "rdate: [2027-02-01]"])
@pytest.mark.parametrize("dates", [FROM_NINE, UNTIL_SIX, "start: 2027-01-04T09:00, end: 2028"])
def test_a_mixed_span_does_not_recur(dates: str, rule: str) -> None:
    assert event_codes(f"id: a, summary: A, {dates}, {rule}") == ["rule-start"]
