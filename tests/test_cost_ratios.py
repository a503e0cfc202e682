"""Twice as much of one kind costs less than three times as much, whichever kind it is.

The calls of a run are counted. From them follows how many seconds of the processor a run of twice
the size may have, which also bounds what a call of C costs: the comparison of a value with a whole
list, or of a text with itself. A file is read, checked and rendered in every format.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

import pytest

from support.command import Done
from support.costs import count_calls
from support.limited import LimitedCommand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    os.environ.get("HYPOTHESIS_PROFILE") != "long",
    reason="takes two minutes of the processor: HYPOTHESIS_PROFILE=long runs it",
)

HEAD = "calendar: {id: x.org, name: X, timezone: Europe/Berlin, language: en}\n"


def one_event(keys: str, top: str = "") -> str:
    return f"{HEAD}{top}events:\n- {{id: a, summary: A, start: 2025-01-03, {keys}}}\n"


def many_events(count: int, keys: str, top: str = "") -> str:
    """Return a file of events with these keys, in which ``#`` is the number of the event."""
    return f"{HEAD}{top}events:\n" + "".join(
        f"- {{id: e{n}, summary: Event {n}, {keys.replace('#', str(n))}}}\n" for n in range(count)
    )


def days(count: int, year: int = 2026) -> list[str]:
    return [f"{year + n // 336}-{n % 336 // 28 + 1:02}-{n % 28 + 1:02}" for n in range(count)]


def flow(items: list[str]) -> str:
    return f"[{', '.join(items)}]"


def nested(count: int) -> str:
    """Return chains of events, each in the one before, as deep as a file may be."""
    chain = "".join(
        f"{'  ' * 2 * n}- id: e{n}-C\n{'  ' * 2 * n}  summary: A\n{'  ' * 2 * n}  start: 2025\n"
        f"{'  ' * 2 * n}  events:\n"
        for n in range(40)
    )
    last = f"{'  ' * 80}- {{id: last-C, summary: A, start: 2025}}\n"
    return f"{HEAD}events:\n" + "".join(
        (chain + last).replace("-C", f"-{n}") for n in range(count // 40 + 1)
    )


SIZES: dict[str, tuple[int, Callable[[int], str]]] = {
    "events": (1000, lambda n: many_events(n, "start: 2025-01-03")),
    "events with times": (
        500,
        lambda n: many_events(n, "start: 2025-01-03T09:00, end: 2025-01-03T10:00"),
    ),
    "related events": (
        300,
        lambda n: many_events(
            n, f"start: 2025-01-03, related-to: {flow([f'e{other}' for other in range(29)])}"
        ).replace("related-to: [e0", "x-a: [e0", 29),
    ),
    "feeds": (
        40,
        lambda n: many_events(
            250, "start: 2025", f"feeds: {flow([f'{{id: f{f}, ids: [e{f}]}}' for f in range(n)])}\n"
        ),
    ),
    "series": (300, lambda n: many_events(n, "start: 2025-01-03, rrule: FREQ=MONTHLY;COUNT=30")),
    "counted days": (
        20,
        lambda n: many_events(
            n, "start: 2025-01-31, rrule: 'FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1;COUNT=900'"
        ),
    ),
    "exdate": (
        1500,
        lambda n: one_event(f"rrule: FREQ=DAILY, exdate: {flow(days(n))}"),
    ),
    "rdate": (1500, lambda n: one_event(f"rdate: {flow(days(n))}")),
    "overrides": (
        400,
        lambda n: one_event(
            "rrule: FREQ=DAILY, overrides: "
            + flow([f"{{recurrence-id: {day}, summary: B}}" for day in days(n)])
        ),
    ),
    "categories": (
        1000,
        lambda n: many_events(
            n,
            "start: 2025, categories: [c#]",
            f"categories: {{{', '.join(f'c{c}: {{}}' for c in range(n))}}}\n",
        ),
    ),
    "categories of one event": (
        3000,
        lambda n: one_event(f"categories: {flow([f'c{c}' for c in range(n)])}"),
    ),
    "alarms": (
        1000,
        lambda n: one_event(f"alarms: {flow([f'{d + 1} hours before' for d in range(n)])}"),
    ),
    "sources": (
        1500,
        lambda n: one_event(
            f"sources: {flow([f'{{url: https://x.org/{s}, title: S {s}}}' for s in range(n)])}"
        ),
    ),
    "earlier dates": (1500, lambda n: one_event(f"status: postponed, was: {flow(days(n, 2020))}")),
    "languages": (
        300,
        lambda n: many_events(n, "start: 2025, description: {en: E#, de: D#, fr: F#}"),
    ),
    "a description": (20_000, lambda n: one_event(f"description: '{'a *b* & c, ' * n}'")),
    "aliases": (2000, lambda n: one_event("color: red", f"x-a: &a [b]\nx-b: {flow(['*a'] * n)}\n")),
    "anchors": (
        1000,
        lambda n: one_event("color: red", f"x-b: {flow([f'&a{a} v, *a{a}' for a in range(n)])}\n"),
    ),
    "levels": (400, nested),
    "comments": (3000, lambda n: one_event("color: red") + "# timeline: ignore[season]\n" * n),
    "relative dates": (
        500,
        lambda n: (
            many_events(n, "start: first.start + # days")
            + "- {id: first, summary: F, start: 2025-01-03}\n"
        ),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", SIZES)
def test_twice_as_much_costs_less_than_three_times_as_much(name: str, tmp_path: Path) -> None:
    size, file = SIZES[name]
    path = tmp_path / "events.yaml"
    outputs = ["--ics", "--csv", "--md", "--svg"]
    command = [
        "export",
        str(path),
        *outputs,
        "--output-dir",
        str(tmp_path / "dist"),
        "--allow-removal",
    ]

    def export(count: int) -> None:
        path.write_text(file(count))
        assert Done(*command).code == 0

    export(2)
    least, few, many = (count_calls(partial(export, times)) for times in (2, size, 2 * size))
    assert many - least < 3 * (few - least)
    # A call takes 0.1 to 0.5 microseconds with what it does, and a run a second before it.
    path.write_text(file(4 * size))
    assert LimitedCommand(*command, seconds=3 + 12 * few // 1_000_000).code == 0
