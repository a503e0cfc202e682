"""The layout in rows, and its insets."""

# ruff: noqa: RUF001 - en dashes

from __future__ import annotations

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
    assert (str(inset.axis.first_day), str(inset.axis.last_day)) == ("2025-01-03", "2025-01-18")
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
