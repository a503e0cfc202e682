"""Dates that depend on each other in a circle."""

from __future__ import annotations

import pytest

from support.resolved import load_events
from timeline.diagnostics import MOST


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_circle_is_reported_once_and_whole(length: int) -> None:
    events = [f"id: e{n}, start: e{(n + 1) % length}.start" for n in range(length)]
    diagnostics = load_events(*events, "id: after, start: e0.end").diagnostics
    assert [diagnostic.code for diagnostic in diagnostics] == ["circle"]
    way = " → ".join([f"e{n}.start" for n in range(length)] + ["e0.start"])
    assert way in diagnostics[0].message


@pytest.mark.parametrize(("length", "more"), [(10, ""), (11, "1 more → "), (3000, "2,990 more → ")])
def test_the_message_of_a_circle_names_at_most_ten(length: int, more: str) -> None:
    events = [f"id: e{n}, start: e{(n + 1) % length}.start" for n in range(length)]
    (diagnostic,) = load_events(*events).diagnostics
    way = "".join(f"e{n}.start → " for n in range(10))
    assert diagnostic.message == f"these dates depend on each other: {way}{more}e0.start"


def test_a_chain_that_ends_in_a_circle_is_not_part_of_it() -> None:
    events = [f"id: e{n}, start: e{n + 1}.end + 1 day" for n in range(500)]
    (diagnostic,) = load_events(*events, "id: e500, start: e499.start").diagnostics
    assert diagnostic.message == (
        "these dates depend on each other: e499.start → e500.end → e500.start → e499.start"
    )


def test_many_circles_are_reported_up_to_the_limit() -> None:
    events = [f"id: e{n}, start: e{n ^ 1}.start" for n in range(2 * MOST + 200)]
    diagnostics = load_events(*events).diagnostics
    assert [diagnostic.code for diagnostic in diagnostics] == ["circle"] * MOST + ["too-many"]
