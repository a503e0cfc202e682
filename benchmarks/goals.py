"""What the benchmark should reach, beside what it measured.

A goal is a ratio of two figures of one run, or a peak of memory. What was not measured, because a
peer is not installed or a size was not asked for, is left open.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Protocol

    class Runs(Protocol):
        """What the rounds of a program needed: CPU seconds and peaks in KiB."""

        cpu: list[float]
        peak: list[int]

    Measured = Mapping[int, Mapping[str, Runs]]


@dataclass(frozen=True)
class Goal:
    """A limit for a measured figure, ``None`` if it was not measured; at least, or at most."""

    title: str
    measured: float | None
    limit: float
    is_least: bool = False

    @property
    def row(self) -> str:
        """The row of the table."""
        sign, result = "≥" if self.is_least else "≤", "not measured"
        if self.measured is not None:
            is_met = self.measured >= self.limit if self.is_least else self.measured <= self.limit
            result = "met" if is_met else "missed"
        figure = "" if self.measured is None else f"{self.measured:.4g}"
        return f"| {self.title} | {figure} | {sign} {self.limit:g} | {result} |"


OURS, READ_BACK = "timeline, .ics, --no-verify", "timeline, .ics"
YAML2ICS, NODE = "yaml2ics", "js-yaml + ical-generator"
LIBICAL, ICALENDAR = "C: libyaml + libical", "PyYAML + icalendar"
PEAKS = {
    READ_BACK: 350,
    "timeline, .ics, nothing new": 350,
    "timeline --diff of one change": 700,
    "timeline validate, one error": 400,
    "timeline validate, one fixable error": 400,
}
STARTS = {
    "timeline validate": 8,
    "timeline show": 9,
    "timeline schema": 12,
    "completion of a value": 10,
}
GROWTH = 10.5
"""How many times as long ten times as many events may take."""


def goals(measured: Measured, starts: Mapping[str, float]) -> Iterator[Goal]:
    """Yield all goals; ``starts`` are ratios to an empty program of Python."""
    for title, size, (first, second), limit, is_least in (
        ("ten events, times yaml2ics", 10, (OURS, YAML2ICS), 0.75, False),
        ("ten events, read back too, times yaml2ics", 10, (READ_BACK, YAML2ICS), 1.1, False),
        ("ten events, times ical-generator on Node", 10, (OURS, NODE), 1.05, False),
        ("10,000 events, times C (libyaml + libical)", 10_000, (OURS, LIBICAL), 4.8, False),
        ("10,000 events, times faster than yaml2ics", 10_000, (YAML2ICS, OURS), 15, True),
        ("10,000 events, times faster than icalendar", 10_000, (ICALENDAR, OURS), 11.5, True),
        ("10,000 events, times faster than ical-generator", 10_000, (NODE, OURS), 8, True),
    ):
        yield Goal(title, _ratio(measured, (size, first), (size, second)), limit, is_least)
    for name, limit in PEAKS.items():
        runs = measured.get(100_000, {}).get(name)
        peak = max(runs.peak) / 1024 if runs and runs.peak else None
        yield Goal(f"100,000 events, MiB of {name}", peak, limit)
    for size in (1_000, 10_000):
        names = [name for name in measured.get(size, ()) if name.startswith("timeline")]
        growths = {
            name: growth
            for name in names
            if (growth := _ratio(measured, (10 * size, name), (size, name))) is not None
        }
        worst = max(growths, key=growths.__getitem__, default="any command")
        title = f"{size:,} to {10 * size:,} events, times as long: {worst}"
        yield Goal(title, growths.get(worst), GROWTH)
    for name, limit in STARTS.items():
        yield Goal(f"ten events, {name}, times python -c pass", starts.get(name), limit)


def _ratio(measured: Measured, first: tuple[int, str], second: tuple[int, str]) -> float | None:
    """Return how many times as long one program took as another, each with its size."""
    seconds = []
    for size, name in (first, second):
        runs = measured.get(size, {}).get(name)
        if runs is None or not runs.cpu:
            return None
        seconds.append(statistics.median(runs.cpu))
    return seconds[0] / seconds[1] if seconds[1] else None


def print_goals(measured: Measured, starts: Mapping[str, float]) -> None:
    """Print the goals beside what was measured."""
    print("\n### Goals\n\n| | measured | goal | |\n|---|---:|---:|---|")
    for goal in goals(measured, starts):
        print(goal.row)
