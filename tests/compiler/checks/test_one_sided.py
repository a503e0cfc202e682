"""What the checks make of dates with one known bound: a bound that is not known is no limit."""

from __future__ import annotations

import pytest

from support.loading import dated_codes, event_codes, file_text, load_text

LATER, EARLIER = "start: not before 2027-06", "start: not after 2027-03"
MOMENT = "start: 2027-06-01T09:00"


@pytest.mark.parametrize(
    ("parent", "child", "is_outside"),
    [
        ("start: 2027-01, end: 2027-05", LATER, True),
        ("start: 2027-01, end: 2027-06-01", LATER, False),
        ("start: 2027-01, end: 2027-06-01T09:00", LATER, False),
        ("start: 2027-01, end: 2027-05-31T09:00", LATER, True),
        ("start: 2028", LATER, False),
        ("start: 2027-04, end: 2027-12", EARLIER, True),
        ("start: 2027-03-31, end: 2027-12", EARLIER, False),
        ("start: 2020", EARLIER, False),
        ("start: 2020, end: ..", LATER, False),
        ("start: 2028, end: ..", EARLIER, True),
        ("start: TBC", LATER, False),
        (LATER, "start: 2027-05-31", True),
        (LATER, "start: 2027-06-01", False),
        (LATER, "start: 2035-01-01", False),
        (LATER, "start: 2027", False),
        (LATER, "start: 2027-05-31T23:00", True),
        (LATER, MOMENT, False),
        (LATER, "start: 2027-05, duration: 3 months", True),
        (LATER, "start: 2028-01-01, duration: 3 months", False),
        (EARLIER, "start: 2027-04-01", True),
        (EARLIER, "start: 2027-03-31", False),
        (EARLIER, "start: 1999", False),
        (EARLIER, "start: 2027-03-31, end: 2027-04-01", True),
        (LATER, LATER, False),
        (LATER, EARLIER, True),
        (EARLIER, LATER, True),
        (EARLIER, EARLIER, False),
        ("start: not before 2027-03-31", EARLIER, False),
        (LATER, "start: 2027-05-31, rrule: FREQ=DAILY;COUNT=3", True),
        (EARLIER, "start: 2027-03-31, rrule: FREQ=DAILY;COUNT=3", True),
        ("start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=3", LATER, True),
        ("start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=3", "start: not before 2027-01-18", False),
        ("start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=3", EARLIER, False),
        ("start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=3", "start: not after 2027-01-03", True),
    ],
)
def test_a_child_is_outside_only_where_that_is_certain(
    parent: str, child: str, is_outside: bool
) -> None:
    text = f"id: p, summary: P, {parent}, events: [{{id: c, summary: C, {child}}}]"
    assert event_codes(text) == ["outside-parent"] * is_outside


def test_a_parent_whose_end_is_not_shown_has_no_end() -> None:
    child = "events: [{id: c, summary: C, start: 2027-05-01}]"
    text = f"id: p, summary: P, start: a.start, duration: 3 months, {child}"
    assert event_codes(f"id: a, summary: A, {EARLIER}", text) == ["end-not-shown"]


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        ("start: 2027", LATER),
        ("start: 2027-01-01, end: 2027-12-31", LATER),
        ("start: 2027-01-01, end: ..", EARLIER),
        (LATER, "start: 2027-06-01"),
        (EARLIER, "start: 2027-03-31"),
    ],
)
def test_it_is_never_certain_that_it_lies_within(parent: str, child: str) -> None:
    child = f"{{id: c, summary: C, {child}, within-parent: false}}"
    assert event_codes(f"id: p, summary: P, {parent}, events: [{child}]") == []


def test_it_is_certain_that_what_is_later_lies_within_what_goes_on() -> None:
    child = f"{{id: c, summary: C, {LATER}, within-parent: false}}"
    text = f"id: p, summary: P, start: 2027-06-01, end: .., events: [{child}]"
    assert event_codes(text) == ["unused-within-parent"]


@pytest.mark.parametrize("start", [LATER, EARLIER, "start: not before 2027-06-01"])
@pytest.mark.parametrize(
    "other", [LATER, EARLIER, MOMENT, "start: 2027-01-01, end: 2027-12-31", "start: 2027-06-01"]
)
def test_it_never_overlaps(start: str, other: str) -> None:
    events = (
        f"id: {id_}, summary: {id_}, categories: [c], {date}"
        for id_, date in (("a", start), ("b", other))
    )
    text = file_text(*events, top="categories: {c: {no-overlap: true}}\n")
    assert [item.code for item in load_text(text).diagnostics] == []


@pytest.mark.parametrize("date", ["not before 2205", "not after 2205-06-01", "not before 2205-Q1"])
def test_a_year_that_is_far_is_reported_at_its_place(date: str) -> None:
    starts = ("2024", "2025-01-03", "2025-Q2", "2026")
    assert dated_codes(*starts, date) == ["far-date"]
    events = (
        f"id: e{at}, summary: E{at}, start: {start}" for at, start in enumerate((*starts, date))
    )
    (diagnostic,) = load_text(file_text(*events)).diagnostics
    place = date.index("2205")
    assert diagnostic.at.part == (place, place + 4)
    assert diagnostic.help == f"did you mean `{date.replace('2205', '2025')}`?"


def test_two_events_on_or_after_the_same_day_look_the_same() -> None:
    texts = (
        f"id: {id_}, summary: S, start: {start}"
        for id_, start in (
            ("a", "not before 2027-06"),
            ("b", "not before 2027-06-01"),
            ("c", "2027-06-01"),
        )
    )
    assert event_codes(*texts) == ["same-event"]
