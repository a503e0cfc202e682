"""Resolving: dates along their anchors, zones and drawing from above, the whole laid flat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import strategies
from support.loading import file_text, load_data, load_text
from timeline.model.events import Event, ProjectionOptions

if TYPE_CHECKING:
    from timeline.compiler.pipeline import Loaded


def loaded(*events: str) -> Loaded:
    return load_text(file_text(*(f"summary: S, {event}" for event in events)))


def resolved(*events: str) -> dict[str, str]:
    """What each event's sides come to, by id."""
    whole = loaded(*events)
    assert whole.is_sound, whole.diagnostics
    return {event.id: _shown(event) for event in whole.calendar.events}


def _shown(event: Event) -> str:
    start = getattr(event.when, "start", "TBC")
    end = event.when.end
    return f"{start}" if end is None else f"{start} to {getattr(end, 'value', end)}"


RALLY = "id: rally, start: 2025-01-03, end: 2025-01-17"


@pytest.mark.parametrize(
    ("event", "sides"),
    [
        ("start: rally.start", "2025-01-03"),
        ("start: rally.end", "2025-01-17"),
        ("start: rally.end + 1 day", "2025-01-18"),
        ("start: rally.end - 2 days~, end: rally.end", "2025-01-15~ to 2025-01-17"),
        ("start: rally.end + 1 month + 1 month", "2025-03-17"),
        ("start: rally.end at 18:00", "2025-01-17T18:00:00+01:00"),
        ("start: between rally.start and rally.end", "between 2025-01-03 and 2025-01-17"),
        ("start: 2025-01-15, duration: 3 days", "2025-01-15 to 2025-01-17"),
        ("start: 2025-01-15, duration: 1 day", "2025-01-15 to 2025-01-15"),
        ("start: 2025-01-03, end: ..", "2025-01-03 to .."),
        ("start: 2025-01-03, end: TBC", "2025-01-03 to TBC"),
        ("start: TBC, end: rally.end", "TBC to 2025-01-17"),
        ("start: 2025-01-03T09:00, duration: 90 minutes", "2025-01-03T09:00:00+01:00 to 2025-01-"),
        ("start: 2025-03-29T09:00, duration: 1 day", "2025-03-29T09:00:00+01:00 to 2025-03-30T09"),
        (
            "start: 2025-03-29T09:00, duration: 24 hours",
            "2025-03-29T09:00:00+01:00 to 2025-03-30T1",
        ),
    ],
)
def test_dates_follow_from_each_other(event: str, sides: str) -> None:
    for order in ((RALLY, f"id: e, {event}"), (f"id: e, {event}", RALLY)):
        assert resolved(*order)["e"].startswith(sides)


def test_what_rests_on_an_unknown_date_is_unknown() -> None:
    found = resolved("id: a, start: TBC", "id: b, start: a.start + 1 day", "id: c, start: b.end")
    assert found == {"a": "TBC", "b": "TBC", "c": "TBC"}


@given(st.permutations(range(30)))
def test_the_order_of_a_chain_makes_no_difference(order: list[int]) -> None:
    events = ["id: e0, start: 2025-01-01"]
    events += [f"id: e{n}, start: e{n - 1}.end + 1 day" for n in range(1, 30)]
    found = resolved(*(events[index] for index in order))
    assert found == {f"e{n}": f"2025-01-{n + 1:02}" for n in range(30)}


def test_a_chain_of_thousands_is_no_recursion() -> None:
    events = [f"id: e{n}, start: e{n + 1}.start" for n in range(5000)]
    assert set(resolved(*events, "id: e5000, start: 2025").values()) == {"2025"}


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_circle_is_told_once_and_whole(length: int) -> None:
    events = [f"id: e{n}, start: e{(n + 1) % length}.start" for n in range(length)]
    found = loaded(*events, "id: after, start: e0.end").diagnostics
    assert [each.code for each in found] == ["circle"]
    way = " → ".join([f"e{n}.start" for n in range(length)] + ["e0.start"])
    assert way in found[0].message


def test_zones_come_from_the_nearest_above_and_nothing_else_does() -> None:
    data = {
        "calendar": {"id": "x.org", "name": "X", "timezone": "Asia/Riyadh", "imprecise": "skip"},
        "events": [
            {
                "id": "a",
                "summary": "S",
                "start": "2025-01-03",
                "end": "2025-01-05",
                "timezone": "Europe/Berlin",
                "location": "Berlin",
                "imprecise": "start",
                "events": [
                    {"id": "b", "summary": "S", "start": "2025-01-03T09:00"},
                    {
                        "id": "c",
                        "summary": "S",
                        "start": "2025-01-04",
                        "events": [{"id": "d", "summary": "S", "start": "2025-01-04T09:00"}],
                    },
                ],
            },
            {"id": "e", "summary": "S", "start": "2025-01-03T09:00"},
        ],
    }
    events = load_data(data).calendar.events
    assert [(event.id, event.parent, event.depth) for event in events] == [
        ("a", None, 0),
        ("b", "a", 1),
        ("c", "a", 1),
        ("d", "c", 2),
        ("e", None, 0),
    ]
    zones = {event.id: getattr(event.when.start, "zone", None) for event in events}  # type: ignore[union-attr]
    assert zones == {"a": None, "b": "Europe/Berlin", "c": None, "d": "Europe/Berlin"} | {
        "e": "Asia/Riyadh"
    }
    assert events[1].location is None
    expected = [ProjectionOptions("start", own=frozenset({"imprecise"})), ProjectionOptions("skip")]
    assert [event.projection for event in events[:2]] == expected


@pytest.mark.parametrize(
    ("events", "codes"),
    [
        ([RALLY, "id: e, start: rallye.end"], ["unknown-event"]),
        ([RALLY, "id: e, start: 2025-02-03, end: 2025-02-01"], ["end-before-start"]),
        ([RALLY, "id: e, start: 2025, end: 2024"], ["end-before-start"]),
        ([RALLY, "id: e, start: 2025-06, end: 2025"], []),  # possible, so no mistake
        ([RALLY, RALLY], ["duplicate-id"]),
        ([RALLY, "id: e, start: 2025-01-03, end: 2025-01-04T09:00"], ["day-and-time"]),
        ([RALLY, "id: e, start: 2025-01-03, duration: 2 hours"], ["hours-on-a-day"]),
        (["id: a, start: 2025, end: ..", "id: e, start: a.end"], ["open-anchor"]),
        (["id: a, start: 2025-03-30T02:30"], ["skipped-time"]),
        (["id: a, start: 2025-10-26T02:30"], ["repeated-time"]),
        (["id: a, start: 9998, end: 9998", "id: e, start: a.start + 1 year"], ["year-range"]),
        ([f"{RALLY}, events: [{{id: e, summary: S, start: 2025-01-18}}]"], ["outside-parent"]),
        ([f"{RALLY}, events: [{{id: e, summary: S, start: 2025-01}}]"], []),
        ([f"{RALLY}, events: [{{id: e, summary: S, start: 2026}}]"], ["outside-parent"]),
        ([RALLY, "id: e, start: 2025, related-to: [nobody]"], ["unknown-event"]),
        ([RALLY, "id: e, start: 2025, uid: rally@x.org"], ["duplicate-uid"]),
        ([RALLY, "id: e, start: 2025, renamed-from: [rally]"], ["duplicate-id"]),
    ],
)
def test_a_mistake_makes_one_diagnostic(events: list[str], codes: list[str]) -> None:
    assert [found.code for found in loaded(*events).diagnostics] == codes


@given(strategies.files())
def test_resolving_twice_gives_the_same(data: dict[str, Any]) -> None:
    assert load_data(data).calendar == load_data(data).calendar


@pytest.mark.parametrize(
    ("instance", "start", "span"),
    [
        (
            "2027-10-31",
            "2027-11-05T22:00",
            "2027-11-05T22:00:00+01:00 to 2027-11-06T05:00:00+01:00",
        ),
        (
            "2027-11-01",
            "2028-03-25T22:00",
            "2028-03-25T22:00:00+01:00 to 2028-03-26T05:00:00+02:00",
        ),
        # The second 02:30 of a night, whose 09:30 is the only one.
        (
            "2027-10-31",
            "'2028-10-29T02:30+01:00[Europe/Berlin]'",
            "2028-10-29T02:30:00+01:00 to 2028-10-29T09:30:00+01:00",
        ),
    ],
)
def test_a_moved_instance_keeps_its_length_on_the_clock(
    instance: str, start: str, span: str
) -> None:
    night = "id: night, start: 2027-10-30T22:00, end: 2027-10-31T05:00, rrule: FREQ=DAILY;COUNT=5"
    whole = loaded(f"{night}, overrides: [{{recurrence-id: {instance}, start: {start}}}]")
    assert whole.is_sound, whole.diagnostics
    (event,) = whole.calendar.events
    assert _shown(event.overrides[0].event) == span


def test_a_series_with_every_instance_excepted_is_refused() -> None:
    series = "id: e, start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=2"
    assert [one.code for one in loaded(f"{series}, exdate: [2027-01-04]").diagnostics] == []
    both = f"{series}, exdate: [2027-01-04, 2027-01-11]"
    assert [one.code for one in loaded(both).diagnostics] == ["no-instance"]
    assert [one.code for one in loaded(f"{both}, rdate: [2027-01-12]").diagnostics] == []
