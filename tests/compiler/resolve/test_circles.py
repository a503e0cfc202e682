"""Dates that depend on each other in a circle."""

from __future__ import annotations

import pytest

from support.resolved import load_events


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_circle_is_reported_once_and_whole(length: int) -> None:
    events = [f"id: e{n}, start: e{(n + 1) % length}.start" for n in range(length)]
    diagnostics = load_events(*events, "id: after, start: e0.end").diagnostics
    assert [diagnostic.code for diagnostic in diagnostics] == ["circle"]
    way = " → ".join([f"e{n}.start" for n in range(length)] + ["e0.start"])
    assert way in diagnostics[0].message
