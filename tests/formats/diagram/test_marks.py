"""The marks of events: one rule for what is certain, possible and about right."""

from __future__ import annotations

import pytest

from support.diagram import diagram_of, in_words, mark_of
from timeline.formats.diagram.model import Beads, State


@pytest.mark.parametrize(
    ("keys", "parts"),
    [
        ("start: 2026-01-01, end: 2026-12-31", ["solid 25-50 sharp-sharp"]),
        ("start: 2026", ["hatched 25-50 sharp-sharp"]),
        ("start: 2026, end: 2026", ["hatched 25-50 sharp-sharp"]),
        (
            "start: 2026, end: 2027",
            ["hatched 25-50 sharp-joined", "solid 50-50 joined-joined", "hatched 50-75"],
        ),
        (
            "start: 2026-01-01, end: 2027",
            ["solid 25-50 sharp-joined", "hatched 50-75 joined-sharp"],
        ),
        ("start: 2026-01-01~, end: 2026-12-31", ["solid 25-50 soft-sharp"]),
        ("start: 2026~", ["hatched 25-50 soft-soft"]),
        ("start: 2026?", ["hatched 25-50 sharp-sharp", "question after 50"]),
        (
            "start: 2026-01-01?, end: 2026-12-31?",
            ["solid 25-50", "question before 25", "question after 50"],
        ),
        ("start: 2026-01-01", ["point 25"]),
        ("start: 2026-01-01~", ["soft point 25"]),
        ("start: 2026-01-01?", ["point 25", "question after 25"]),
        ("start: 2026-01-01T09:00", ["point 25"]),
        ("start: 2026-01-01T09:00, duration: 2 hours", ["solid 25-25 sharp-sharp"]),
        ("start: 2026-01-01, end: ..", ["solid 25-25", "arrow 25"]),
        ("start: 2026-01-01, end: TBC", ["solid 25-25 sharp-joined", "hatched 25-38 joined-open"]),
        ("start: not before 2026", ["hatched 25-38 sharp-open"]),
        ("start: not after 2025", ["hatched 12-25 open-sharp"]),
        ("start: 2026-01-01, rrule: FREQ=MONTHLY;COUNT=9", ["beads 9"]),
        ("start: 2026-01-01, rrule: FREQ=DAILY;COUNT=99", ["beads 1"]),
        (
            "start: 2027-01-01, end: 2027-12-31, was: [{start: 2026-01-01, end: 2026-06-30}]",
            ["ghost 25", "solid 50-75"],
        ),
        (
            "start: 2026-01-01, end: 2026-12-31, was: [{start: 2027-07-01, end: 2027-12-31}]",
            ["ghost 62", "solid 25-50"],
        ),
        ("start: 2026-01-01, end: 2026-12-31, was: [1990]", ["solid 25-50"]),
    ],
)
def test_a_mark_shows_what_is_known(keys: str, parts: list[str]) -> None:
    frame = "id: f, summary: F, start: 2025-01-01, end: 2028-12-31"
    mark = mark_of(diagram_of(frame, f"id: a, summary: A, {keys}"))
    shown = [in_words(part) for part in mark.parts]
    assert len(shown) == len(parts)
    for words, expected in zip(shown, parts, strict=True):
        assert words.startswith(expected)


def test_instances_closer_than_a_pixel_are_one_band() -> None:
    frame = "id: f, summary: F, start: 2025-01-01, end: 2028-12-31"
    rule = "id: a, summary: A, start: 2025-01-01, rrule: FREQ=DAILY;UNTIL=20281231"
    (beads,) = mark_of(diagram_of(frame, rule)).parts
    assert isinstance(beads, Beads)
    ((start, end),) = beads.places
    assert (start, end) == pytest.approx((0, 1))


def test_a_day_is_a_span_where_there_is_room() -> None:
    parts = mark_of(diagram_of("id: a, summary: A, start: 2025-01-03")).parts
    assert in_words(parts[0]).startswith("solid")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("confirmed", State.SETTLED),
        ("tentative", State.UNSETTLED),
        ("postponed", State.UNSETTLED),
        ("cancelled", State.CANCELLED),
    ],
)
def test_a_status_is_the_state_of_the_mark(status: str, state: State) -> None:
    event = f"id: a, summary: A, start: 2025-01-03, status: {status}"
    assert mark_of(diagram_of(event)).state is state
