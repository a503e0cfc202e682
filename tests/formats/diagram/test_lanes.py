"""The layout in lanes: one for each category, in which events share rows."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from support.diagram import SPACE, diagram_of, in_words, mark_of
from timeline.formats.diagram import text_metrics
from timeline.formats.diagram.model import Edge, NamePlace, Span
from timeline.formats.diagram.packing import mark_sides


def crowd(count: int, seed: int, years: int = 2) -> list[str]:
    """Make events of all kinds in so many years."""
    chance = random.Random(seed)
    events = []
    for number in range(count):
        day = date(2025, 1, 1) + timedelta(days=chance.randrange(365 * years))
        later = day + timedelta(days=chance.randrange(400))
        when = chance.choice(
            (
                f"start: {day}",
                f"start: {day}, end: {later}",
                f"start: {day:%Y-%m}~",
                f"start: {day}?, end: {later}~",
                f"start: {day}, end: ..",
                f"start: {day}T09:00, duration: 1 hour",
                f"start: {day}, rrule: FREQ=WEEKLY;COUNT=9",
                f"start: not before {day}",
                f"start: {day}, end: TBC, status: tentative",
            )
        )
        category = chance.choice(("", ", categories: [a]", ", categories: [b]"))
        summary = "A name " * chance.randrange(1, 9)
        events.append(f"id: e{number}, summary: {summary.strip()}, {when}{category}")
    return events


def test_lanes_are_in_the_order_of_the_file_and_of_the_first_category() -> None:
    diagram = diagram_of(
        "id: a, summary: A, start: 2025-05-03, categories: [x, y]",
        "id: b, summary: B, start: 2025-01-03, categories: [y]",
        "id: c, summary: C, start: 2025-01-01",
        layout="lanes",
    )
    assert [lane.category for lane in diagram.lanes] == ["x", "y", None]


def test_names_and_marks_of_a_row_do_not_overlap() -> None:
    for seed in range(6):
        for lane in diagram_of(*crowd(60, seed), layout="lanes").lanes:
            assert {item.row for item in lane.items} <= set(range(lane.rows))
            taken: dict[int, list[tuple[float, float]]] = {}
            for item in lane.items:
                left, right = mark_sides(item.mark, SPACE.lanes)
                wide = text_metrics.text_width(item.name, SPACE.name)
                if item.place is NamePlace.AFTER:
                    right += wide
                elif item.place is NamePlace.BEFORE:
                    left -= wide
                elif item.place is NamePlace.ABOVE:
                    start = item.name_start * SPACE.lanes
                    taken.setdefault(item.row - 1, []).append((start, start + wide))
                taken.setdefault(item.row, []).append((left, right))
            for places in taken.values():
                for before, after in pairwise(sorted(places)):
                    assert before[1] <= after[0]


LONG = "A name that is longer than the room that is kept for names"


def test_a_name_is_as_long_as_its_row_has_room_for() -> None:
    events = (
        f"id: a, summary: {LONG}, start: 2025-01-01",
        "id: b, summary: B, start: 2025-04-20",
        f"id: c, summary: {LONG}, start: 2025-08-10",
        f"id: d, summary: {LONG}, start: 2025-12-20",
    )
    (lane,) = diagram_of(*events, layout="lanes").lanes
    assert [item.row for item in lane.items] == [0, 0, 0, 1]
    first, second, third, last = (item.name for item in lane.items)
    assert first.endswith("…")
    assert third.endswith("…")
    assert len(first) < len(third)
    assert (second, last) == ("B", LONG)
    assert {item.title for item in lane.items} == {"B", LONG}


YEARS = [
    f"id: y{n}, summary: Year {n}, start: {2020 + n}-11-20, categories: [a]" for n in range(10)
]


def week(count: int, category: str = "a", year: int = 2026) -> list[str]:
    return [
        f"id: {category}{year}-{n}, summary: Day {n}, start: {year}-05-{n + 1:02}, "
        f"categories: [{category}]"
        for n in range(count)
    ]


def test_many_events_that_are_close_together_are_in_an_inset_and_one_mark_stands_for_them() -> None:
    lonely = "id: lonely, summary: Lonely, start: 2026-05-03, categories: [c]"
    diagram = diagram_of(*YEARS, *week(6), *week(2, "b"), lonely, layout="lanes")
    (inset,) = diagram.lane_insets
    assert inset.title == "8 events · 1–6 May 2026"  # noqa: RUF001
    assert [(lane.category, len(lane.items)) for lane in inset.lanes] == [("a", 6), ("b", 2)]
    assert inset.end - inset.start < 0.035
    outer = {lane.category: [item.name for item in lane.items] for lane in diagram.lanes}
    assert "6 events" in outer["a"]
    assert (outer["b"], outer["c"]) == (["2 events"], ["Lonely"])
    shown = (*diagram.lanes, *inset.lanes)
    marks = [item.mark.event.id for lane in shown for item in lane.items if item.mark.event]
    assert len(marks) == len(set(marks)) == 19


@pytest.mark.parametrize(
    ("events", "count"),
    [
        ([*YEARS, *week(4)], 0),
        (week(9), 0),
        ([event for n in range(5) for event in (*YEARS, *week(n + 4, year=2022 + n))], 3),
        ([*YEARS, *week(6), "id: long, summary: L, start: 2026-05-02, end: 2027"], 1),
    ],
    ids=["few", "nothing else", "many clusters", "a long one between"],
)
def test_an_inset_is_for_a_crowd_only(events: list[str], count: int) -> None:
    diagram = diagram_of(*dict.fromkeys(events), layout="lanes")
    assert len(diagram.lane_insets) == count


def test_every_name_is_on_the_axis() -> None:
    for seed in range(6):
        for lane in diagram_of(*crowd(60, seed), layout="lanes").lanes:
            for item in lane.items:
                left, right = mark_sides(item.mark, SPACE.lanes)
                wide = text_metrics.text_width(item.name, SPACE.name)
                assert item.name
                if item.place is NamePlace.AFTER:
                    assert right + wide <= SPACE.lanes
                if item.place is NamePlace.BEFORE:
                    assert left - wide >= 0


def test_a_long_name_is_on_its_mark_if_that_is_certain_and_wide() -> None:
    names = [
        "id: a, summary: Certain, start: 2025-01-01, end: 2025-12-31",
        "id: b, summary: Possible, start: 2025",
        "id: c, summary: Again, start: 2025-01-01, rrule: FREQ=WEEKLY;UNTIL=20251231",
    ]
    (lane,) = diagram_of(*names, layout="lanes").lanes
    places = {item.name: item.place for item in lane.items}
    assert places == {
        "Certain": NamePlace.WITHIN,
        "Possible": NamePlace.ABOVE,
        "Again": NamePlace.ABOVE,
    }


def test_the_children_of_a_short_event_are_not_in_lanes() -> None:
    child = "{id: b, summary: B, start: 2025-06-03}"
    short = f"id: a, summary: A, start: 2025-06-02, end: 2025-06-05, events: [{child}]"
    long = f"id: a, summary: A, start: 2025-02-02, end: 2025-11-05, events: [{child}]"
    frame = "id: f, summary: F, start: 2025-01-01, end: 2025-12-31"
    for event, expected in ((short, {"A", "F"}), (long, {"A", "B", "F"})):
        (lane,) = diagram_of(frame, event, layout="lanes").lanes
        assert {item.name for item in lane.items} == expected


def test_the_axis_is_not_stretched_by_one_event_that_outlasts_all_others() -> None:
    days = [f"id: d{n}, summary: D{n}, start: 2025-{n:02}-01" for n in range(1, 13)]
    diagram = diagram_of(*days, "id: a, summary: A, start: 2025-03-01, end: 2035", layout="lanes")
    assert diagram.axis is not None
    assert str(diagram.axis.last_moment.date()) < "2026-02"
    (span,) = mark_of(diagram).parts
    assert isinstance(span, Span)
    assert span.end_edge is Edge.CUT
    assert in_words(span).startswith("solid 18-100")
    both = diagram_of(*days, "id: a, summary: A, start: 1990-03-01, end: 2035", layout="lanes")
    (span,) = mark_of(both).parts
    assert isinstance(span, Span)
    assert (span.start_edge, span.end_edge) == (Edge.CUT, Edge.CUT)


def test_an_event_far_away_is_not_cut_off() -> None:
    days = [f"id: d{n}, summary: D{n}, start: 2025-{n:02}-01" for n in range(1, 13)]
    diagram = diagram_of(*days, "id: a, summary: A, start: 2035-03-01", layout="lanes")
    assert diagram.axis is not None
    assert diagram.axis.last_moment.date().year == 2035


@pytest.mark.parametrize("seed", range(3))
def test_rows_are_packed(seed: int) -> None:
    diagram = diagram_of(*crowd(40, seed, years=8), layout="lanes")
    assert sum(lane.rows for lane in diagram.lanes) < 50
