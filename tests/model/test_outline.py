"""Years, nesting and order, and where an event lies as seen from a day."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import strategies
from support.dated import when
from timeline.model import outline
from timeline.model.events import Calendar, Event, Timed, Undated, first_day, last_day
from timeline.model.outline import Tense


def event(id_: str, start: str, end: str | None = None, parent: str | None = None) -> Event:
    return Event(id_, f"{id_}@x", id_, when(start, end), (), parent=parent)


def calendar(*events: Event) -> Calendar:
    return Calendar("x", "X", events)


def shape(given: Calendar) -> list[tuple[int | None, list[str]]]:
    return [
        (year, [" " * depth + node.event.id for node, depth in outline.walk_nodes(nodes)])
        for year, nodes in outline.group_by_year(given)
    ]


def test_years_are_in_order_and_the_undated_last() -> None:
    given = calendar(
        event("tbc", "TBC"),
        event("b", "2026"),
        event("a", "2025-01-03"),
        event("until", "TBC", "2028"),
    )
    assert shape(given) == [(2025, ["a"]), (2026, ["b"]), (None, ["tbc", "until"])]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        *(("2025-01-03", None, 2025), ("2025-28", None, 2025), ("202X", None, 2020)),
        *(("TBC", None, None), ("TBC", "2028", None)),
    ],
)
def test_the_year_is_that_of_the_first_possible_day(
    start: str, end: str | None, expected: int | None
) -> None:
    ((year, _),) = outline.group_by_year(calendar(event("a", start, end)))
    assert year == expected


def test_children_are_below_their_parents_in_order_of_time() -> None:
    given = calendar(
        event("rally", "2025-01-03", "2025-01-17"),
        event("tbc", "TBC", parent="rally"),
        event("finale", "2025-01-17", parent="rally"),
        event("prize", "2025-01-17T20:00", parent="finale"),
        event("start", "2025-01-03", parent="rally"),
        event("next", "2025-01-10"),
    )
    assert shape(given) == [
        (2025, ["rally", " start", " finale", "  prize", " tbc", "next"]),
    ]


def test_a_child_without_its_parent_is_outermost() -> None:
    assert shape(calendar(event("finale", "2025-01-17", parent="rally"))) == [(2025, ["finale"])]


def test_order_within_a_day_is_by_precision_then_clock_then_file() -> None:
    given = calendar(
        event("year", "2025"),
        event("month", "2025-01"),
        event("noon", "2025-01-01T12:00"),
        event("morning", "2025-01-01T09:00"),
        event("day", "2025-01-01"),
        event("span", "2025-01-01", "2025-01-09"),
        event("second", "2025-01-02"),
    )
    assert shape(given) == [
        (2025, ["day", "span", "morning", "noon", "month", "year", "second"]),
    ]


def place(event: Event) -> tuple[date, date, time]:
    """Return the possible days of the start and its time of day."""
    if isinstance(event.when, Undated):
        return date.max, date.max, time.min
    start = event.when.start
    clock = event.when.start.wall.time() if isinstance(event.when, Timed) else time.min
    return first_day(start), last_day(start), clock


@given(st.lists(strategies.dates | strategies.times | st.just("TBC"), max_size=12))
def test_order_is_by_the_first_day_then_the_last_then_the_clock(starts: list[str]) -> None:
    events = [event(f"e{n}", start) for n, start in enumerate(starts)]
    groups = outline.group_by_year(calendar(*events))
    assert [node.event for _, nodes in groups for node in nodes] == sorted(events, key=place)


def test_a_dated_child_of_undated_events_is_at_its_own_date() -> None:
    given = calendar(
        event("series", "TBC"),
        event("opening", "2027-03-01", parent="series"),
        event("leg", "TBC", parent="series"),
        event("stage", "2026-05-01", parent="leg"),
        event("finish", "2026-05-01T12:00", parent="stage"),
        event("break", "TBC", parent="stage"),
        event("later", "TBC", parent="leg"),
        event("until", "TBC", "2028"),
        event("within", "2026", parent="until"),
    )
    assert shape(given) == [
        (2026, ["within", "stage", " finish", " break"]),
        (2027, ["opening"]),
        (None, ["series", " leg", "  later", "until"]),
    ]
    roots = [node for _, nodes in outline.group_by_year(given) for node in nodes]
    names = {node.event.id: node.part_of for node in roots if node.part_of}
    assert names == {"within": "until", "stage": "leg", "opening": "series"}


def test_a_dated_child_stays_below_an_undated_parent_that_is_below_a_dated_one() -> None:
    given = calendar(
        event("rally", "2026"),
        event("leg", "TBC", parent="rally"),
        event("stage", "2026-05-01", parent="leg"),
    )
    assert shape(given) == [(2026, ["rally", " leg", "  stage"])]
    nodes = [
        node for _, roots in outline.group_by_year(given) for node, _ in outline.walk_nodes(roots)
    ]
    assert [node.part_of for node in nodes] == [None] * 3


@given(st.data())
def test_every_event_is_in_the_outline_once(data: st.DataObject) -> None:
    events: list[Event] = []
    for number in range(data.draw(st.integers(1, 12))):
        start = data.draw(st.sampled_from(["TBC", "2025", "2026-05", "2026-05-01"]))
        parent = data.draw(st.none() | st.sampled_from([e.id for e in events] or [None]))
        events.append(event(f"e{number}", start, parent=parent))
    groups = outline.group_by_year(calendar(*events))
    ids = [node.event.id for _, nodes in groups for node, _ in outline.walk_nodes(nodes)]
    assert sorted(ids) == sorted(event.id for event in events)
    for year, nodes in groups:
        below = [node.event for node, _ in outline.walk_nodes(nodes)]
        assert year is not None or all(isinstance(event.when, Undated) for event in below)


def test_deep_nesting_does_not_recurse() -> None:
    deep = [event("e0", "2025")]
    deep += [event(f"e{n}", "2025", parent=f"e{n - 1}") for n in range(1, 5000)]
    (_, nodes), *_ = outline.group_by_year(calendar(*deep))
    assert max(depth for _, depth in outline.walk_nodes(nodes)) == 4999


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-21", None, Tense.PAST),
        ("2026-11-22", None, Tense.NOW),
        ("2026-11-23", None, Tense.FUTURE),
        ("2026-11-20", "2026-11-22", Tense.NOW),
        ("2026-11-20", "2026-11-21", Tense.PAST),
        ("2026-11-22T23:00", None, Tense.NOW),
        ("2026-11-20", "..", Tense.NOW),
        ("2026-11-23", "..", Tense.FUTURE),
        ("2026", "..", None),
        ("2026-11-20", "TBC", None),
        ("2026-11-22", "TBC", Tense.NOW),
        ("2025", None, Tense.PAST),
        ("2026", None, None),
        ("2027", None, Tense.FUTURE),
        ("2025-01-03", "2028", Tense.NOW),
        ("2025-01-03", "2026", None),
        ("2025", "2028", Tense.NOW),
        ("between 2026-11-01 and 2026-11-30", None, None),
        ("TBC", None, None),
        ("TBC", "2020", None),
        # A time on one side.
        ("2026-11-22T09:00", "2026-11-24", Tense.NOW),
        ("2026-11-20T09:00", "2026-11-22", Tense.NOW),
        ("2026-11-20T09:00", "2026-11-21", Tense.PAST),
        ("2026-11-23T09:00", "2026-11-24", Tense.FUTURE),
        ("2026-11-20", "2026-11-22T09:00", Tense.NOW),
        ("2026-11-20", "2026-11-21T09:00", Tense.PAST),
        ("2026-11-20T09:00", "2026", None),
        ("2026-11-20T09:00", "2027", Tense.NOW),
        ("2026", "2026-12-20T09:00", None),
        ("2025", "2026-12-20T09:00", Tense.NOW),
        ("2025", "2026-11-21T09:00", Tense.PAST),
        ("2026-11-20T09:00~", "2026-11-22", Tense.NOW),
        ("2026-11-22T09:00~", None, Tense.NOW),
    ],
)
def test_tense(start: str, end: str | None, expected: Tense | None) -> None:
    assert outline.tense(when(start, end), date(2026, 11, 22)) is expected


def test_next_are_all_future_events_of_the_first_day() -> None:
    given = calendar(
        event("now", "2026-11-20", "2026-11-25"),
        event("b", "2026-12-02"),
        event("a", "2026-12-01", "2026-12-09"),
        event("c", "2026-12-01"),
        event("vague", "2026-12"),
        event("tbc", "TBC"),
    )
    assert outline.next_event_ids(given, date(2026, 11, 22)) == {"a", "c"}
    assert outline.next_event_ids(given, date(2027, 11, 22)) == frozenset()
