"""The layout in rows, and its insets."""

# ruff: noqa: RUF001 - en dashes

from __future__ import annotations

import re

import pytest

from support.diagram import all_rows, diagram_of
from timeline.formats.diagram.model import Layout

RALLY = (
    "id: rally, summary: Rally, start: 2025-01-03, end: 2025-01-17, events: ["
    "{id: a, summary: A, start: 2025-01-03, end: 2025-01-05}, "
    "{id: b, summary: B, start: 2025-01-09}]"
)
LONG = "id: long, summary: Long, start: 2025-01-01, end: 2028-12-31"


def test_each_event_has_a_row_in_order_of_time_with_its_words() -> None:
    diagram = diagram_of(
        "id: b, summary: B, start: 2026",
        "id: a, summary: A, start: 2025-01-03, status: cancelled",
    )
    assert diagram.layout is Layout.ROWS
    assert [(row.title, row.words) for row in diagram.rows] == [
        ("A", "Cancelled · 3 January 2025"),
        ("B", "2026"),
    ]


def test_the_children_of_a_short_event_are_in_an_inset() -> None:
    diagram = diagram_of(LONG, RALLY)
    assert [row.title for row in diagram.rows] == ["Long", "Rally"]
    inset = diagram.rows[1].inset
    assert inset is not None
    assert [row.title for row in inset.rows] == ["A", "B"]
    assert diagram.axis is not None
    assert (str(inset.axis.first_moment.date()), str(inset.axis.last_moment.date())) == (
        "2025-01-03",
        "2025-01-18",
    )
    assert inset.start == pytest.approx(diagram.rows[1].mark.start)
    assert inset.end == pytest.approx(diagram.rows[1].mark.end)


def test_the_children_of_a_long_event_are_indented_below_it() -> None:
    diagram = diagram_of(RALLY)
    assert [(row.title, row.depth, row.inset) for row in diagram.rows] == [
        ("Rally", 0, None),
        ("A", 1, None),
        ("B", 1, None),
    ]


def test_events_that_are_close_together_are_in_an_inset() -> None:
    days = [f"id: d{day}, summary: D{day}, start: 2026-03-0{day}" for day in (1, 2, 5)]
    diagram = diagram_of(LONG, *days, "id: z, summary: Z, start: 2027-05-05")
    assert [row.title for row in diagram.rows] == ["Long", "3 events", "Z"]
    cluster = diagram.rows[1]
    assert cluster.event is None
    assert cluster.words == "1–5 March 2026"
    assert cluster.inset is not None
    assert [row.title for row in cluster.inset.rows] == ["D1", "D2", "D5"]
    two = diagram_of(LONG, *days[:2])
    assert [row.title for row in two.rows] == ["Long", "D1", "D2"]


YEAR = re.compile(r"20\d\d")


@pytest.mark.parametrize(
    "events",
    [
        ("id: a, summary: A, start: 2027-03-04", "id: b, summary: B, start: 2027-03-05"),
        ("id: a, summary: A, start: 2027-01-01", "id: b, summary: B, start: 2027-12-31"),
        ("id: a, summary: A, start: 2027-02-03", "id: b, summary: B, start: 2027-11-05"),
        ("id: a, summary: A, start: 2027-04, was: [2027-02]",),
        ("id: a, summary: A, start: 2027-04-01, rrule: FREQ=WEEKLY;COUNT=9",),
        ("id: a, summary: A, start: 2027-04-01T09:00, duration: 2 hours",),
        ("id: a, summary: A, start: between 2027-04-01 and 2027-05-09, end: 2027-06-01~",),
    ],
)
def test_a_year_that_all_rows_share_is_on_their_axis_alone(events: tuple[str, ...]) -> None:
    diagram = diagram_of(*events)
    assert not any(YEAR.search(row.words) for row in all_rows(diagram.rows))
    assert diagram.axis is not None
    assert "2027" in " ".join(tick.text for tick in diagram.axis.ticks)


@pytest.mark.parametrize(
    ("events", "words"),
    [
        (
            ("id: a, summary: A, start: 2027", "id: b, summary: B, start: 2027-03"),
            ["2027", "March"],
        ),
        (
            ("id: a, summary: A, start: 2026-12-31, end: 2027-01-02",),
            ["31 December 2026 – 2 January 2027"],
        ),
        (
            ("id: a, summary: A, start: 2026-12-30", "id: b, summary: B, start: 2027-03-03"),
            ["30 December 2026", "3 March 2027"],
        ),
        (
            ("id: a, summary: A, start: 2027-03-03, was: [2026-12-30]",),
            ["3 March 2027 · was 30 December 2026"],
        ),
        (
            ("id: a, summary: A, start: 2027-12-01, rrule: FREQ=MONTHLY;COUNT=3",),
            ["1 December 2027 · repeats every month on the 1st, 3 times"],
        ),
    ],
)
def test_rows_of_several_years_have_theirs(events: tuple[str, ...], words: list[str]) -> None:
    assert [row.words for row in diagram_of(*events).rows] == words


def test_rows_in_an_inset_have_the_year_of_the_row_above_it() -> None:
    diagram = diagram_of(LONG, RALLY)
    assert diagram.rows[1].words == "3–17 January 2025"
    inset = diagram.rows[1].inset
    assert inset is not None
    assert [row.words for row in inset.rows] == ["3–5 January", "9 January"]
    assert inset.axis.ticks[0].text == "3 Jan"


def test_a_part_of_an_axis_is_enlarged_below_three_and_a_half_per_cent() -> None:
    children = (
        "events: [{id: x, summary: X, start: 2025-01-01}, {id: y, summary: Y, start: 2025-01-02}]"
    )
    for days, is_enlarged in ((3, True), (4, False)):  # of 100
        whole = "id: w, summary: W, start: 2025-01-01, end: 2025-04-10"
        part = f"id: p, summary: P, start: 2025-01-01, end: 2025-01-0{days}, {children}"
        rows = diagram_of(whole, part).rows
        assert any(row.inset for row in rows) == is_enlarged


def test_a_diagram_that_is_one_cluster_has_no_inset() -> None:
    days = [f"id: d{day}, summary: D{day}, start: 2026-03-0{day}" for day in (1, 2, 5)]
    assert [row.inset for row in diagram_of(*days).rows] == [None] * 3


def test_insets_are_nested_twice_at_most() -> None:
    hours = ", ".join(
        f"{{id: h{n}, summary: H{n}, start: 2025-01-04T0{n}:00, duration: 5 minutes, events: ["
        f"{{id: i{n}, summary: I, start: 2025-01-04T0{n}:00}}, "
        f"{{id: j{n}, summary: J, start: 2025-01-04T0{n}:01}}]}}"
        for n in (1, 2)
    )
    day = f"{{id: day, summary: Day, start: 2025-01-04, events: [{hours}]}}"
    month = (
        "id: m, summary: M, start: 2025-01-01, end: 2025-01-31, "
        f"events: [{day}, {{id: o, summary: O, start: 2025-01-09}}]"
    )
    diagram = diagram_of(LONG, month)
    names = {row.title for row in all_rows(diagram.rows)}
    assert names == {"Long", "M", "Day", "O", "H1", "H2", "I", "J"}
    outer = diagram.rows[1].inset
    assert outer is not None
    inner = outer.rows[0].inset
    assert inner is not None
    assert [row.inset for row in inner.rows] == [None] * 6


def test_children_of_an_undated_event_are_at_their_own_dates() -> None:
    diagram = diagram_of(
        "id: a, summary: A, start: TBC, events: [{id: b, summary: B, start: 2025-01-03}]"
    )
    assert [row.title for row in diagram.rows] == ["B"]
    assert [item.event.id for item in diagram.tray] == ["a"]
