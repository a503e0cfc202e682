"""The whole diagram: its layout, its tray, and what is too much for it."""

from __future__ import annotations

from datetime import date

from support.diagram import SPACE, all_rows, calendar_of, diagram_of
from support.loading import calendar_of_file
from support.paths import ROOT
from timeline.formats.diagram.build import build_diagram
from timeline.formats.diagram.model import Layout
from timeline.model.events import Calendar


def many(count: int) -> list[str]:
    return [f"id: e{n}, summary: E{n}, start: 2025-01-03" for n in range(count)]


def test_lanes_are_for_more_than_sixteen_dated_events() -> None:
    undated = "id: z, summary: Z, start: TBC"
    assert diagram_of(*many(16), undated).layout is Layout.ROWS
    assert diagram_of(*many(17)).layout is Layout.LANES
    assert diagram_of(*many(17), layout="rows").layout is Layout.ROWS
    assert diagram_of(*many(2), layout="lanes").layout is Layout.LANES


def test_events_without_a_date_are_in_the_tray() -> None:
    diagram = diagram_of(
        "id: a, summary: A, start: TBC, status: postponed, was: [2025-01-03]",
        "id: b, summary: B, start: TBC, end: 2028, events: [{id: c, summary: C, start: TBC}]",
    )
    assert diagram.axis is None
    assert (diagram.rows, diagram.lanes, diagram.legend) == ((), (), ())
    assert [(item.event.id, item.words, item.part_of) for item in diagram.tray] == [
        ("a", "Postponed · was 3 January 2025", None),
        ("b", "Until 2028, start to be confirmed", None),
        ("c", "", "B"),
    ]


def test_an_empty_calendar_has_an_empty_diagram() -> None:
    diagram = build_diagram(Calendar("x", "Name"), SPACE)
    assert diagram.axis is None
    assert not diagram.tray


def test_more_than_five_hundred_events_are_not_drawn() -> None:
    assert diagram_of(*many(500)).omitted == 0
    diagram = diagram_of(*many(501))
    assert diagram.omitted == 501
    assert diagram.axis is None
    assert len(diagram.tone_of) == 501


def test_the_zone_is_named_if_there_are_times() -> None:
    assert diagram_of("id: a, summary: A, start: 2025-01-03").zone is None
    assert diagram_of("id: a, summary: A, start: 2025-01-03T09:00").zone == "Asia/Riyadh"


def test_categories_are_those_of_the_events() -> None:
    diagram = diagram_of(
        "id: a, summary: A, start: 2025, categories: [x, y]", "id: b, summary: B, start: 2025"
    )
    assert [category.name for category in diagram.categories] == ["x"]
    assert diagram.tone_of["a"] == diagram.categories[0].tone
    assert diagram.tone_of["a"] != diagram.tone_of["b"]


def test_the_founding_example_is_like_its_model() -> None:
    calendar = calendar_of_file(ROOT / "events.yaml")
    diagram = build_diagram(calendar, SPACE, as_of=date(2025, 1, 10))
    assert diagram.axis is not None
    assert (str(diagram.axis.first_moment.date()), str(diagram.axis.last_moment.date())) == (
        "2025-01-01",
        "2029-01-01",
    )
    assert [row.depth for row in all_rows(diagram.rows)] == [0] * 6
    assert [bool(row.inset) for row in diagram.rows] == [False, True, False]
    assert [entry.text for entry in diagram.legend] == [
        "certain",
        "some time within, or perhaps still on",
        "about then",
    ]
    assert len(diagram.tray) == 2
    assert [category.name for category in diagram.categories] == [
        "partnership",
        "rally",
        "team",
        "fleet",
    ]


def test_a_diagram_does_not_depend_on_the_order_of_equal_events() -> None:
    first = diagram_of(*many(20))
    other = build_diagram(calendar_of(*many(20)), SPACE)
    assert first == other
