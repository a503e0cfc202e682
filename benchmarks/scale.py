"""Measure how the slowest cases grow with their size: ``python -m benchmarks.scale``.

A case that is linear takes ten times as long for ten times as much: its exponent is 1. These were
found slow once: a weekly rule of every event, many weekly rules until 2090 as a diagram, and the
diff of two large feeds. What a command takes to start is not subtracted, so that the exponents of
the smallest sizes are low. Sizes after ``--sizes`` replace those of all cases.
"""

from __future__ import annotations

import argparse
import math
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import data
from benchmarks.__main__ import OURS, _wait
from benchmarks.goals import GROWTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HEAD = "calendar: {id: scale.example.org, name: Scale}\nevents:\n"


def weekly_file(number: int, until: str = "20271231") -> Iterator[str]:
    """Yield an events file in which every event recurs weekly until a day."""
    yield _HEAD
    for index in range(number):
        start = f"2026-{index // 28 % 12 + 1:02}-{index % 28 + 1:02}"
        rule = f"FREQ=WEEKLY;UNTIL={until}"
        yield f"  - {{id: e{index}, summary: Event {index}, start: {start}, rrule: {rule}}}\n"


@dataclass(frozen=True)
class Case:
    """A command of a file of each size; ``before`` is run once, for another file of that name."""

    name: str
    sizes: tuple[int, ...]
    write: Callable[[int], Iterator[str]]
    options: tuple[str, ...]
    before: Callable[[int], Iterator[str]] | None = None
    code: int = 0


CASES = (
    Case(
        "a weekly rule of every event, to a feed",
        (100, 1_000, 10_000),
        weekly_file,
        ("--ics",),
    ),
    Case(
        "weekly rules until 2090, as a diagram",
        (10, 100, 1_000),
        lambda number: weekly_file(number, "20901231"),
        ("--svg",),
    ),
    Case(
        "--diff of one change",
        (1_000, 10_000, 100_000),
        lambda number: data.changed_file(data.samples(number)),
        ("--ics", "--diff"),
        lambda number: data.timeline_file(data.samples(number)),
        code=1,
    ),
)


def main() -> None:
    """Print the CPU seconds and the peaks of each case, and its exponents."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N")
    options = parser.parse_args()
    print("| case | size | CPU s | peak MiB | times as long | exponent |")
    print("|---|---:|---:|---:|---:|---:|")
    for case in CASES:
        before: tuple[int, float] | None = None
        for size in options.sizes or case.sizes:
            seconds, peak = measure(case, size, options.rounds)
            growth = ""
            if before is not None:
                times = seconds / before[1]
                power = math.log(times) / math.log(size / before[0])
                growth = f"{times:.1f} | {power:.2f}"
            print(f"| {case.name} | {size:,} | {seconds:.2f} | {peak} | {growth or '|'} |")
            before = size, seconds
    print(f"\nGoal: at most {GROWTH} times as long for ten times as much, an exponent of 1.02.")


def measure(case: Case, size: int, rounds: int) -> tuple[float, int]:
    """Return the median of the CPU seconds of a case, and its peak of memory in MiB."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file, out = folder / "scale.yaml", folder / "published"
        command = [*OURS, "export", str(file), "--output-dir", str(out), *case.options]
        if case.before:
            _write(file, case.before(size))
            _wait([part for part in command if part != "--diff"], folder, None)
        _write(file, case.write(size))
        seconds, peaks = [], []
        for _ in range(rounds):
            if not case.before:
                shutil.rmtree(out, ignore_errors=True)
            cpu, _, peak, error = _wait(command, folder, None, case.code)
            if error:
                sys.exit(f"{case.name}: {error}")
            seconds.append(cpu)
            peaks.append(peak)
    return statistics.median(seconds), max(peaks) // 1024


def _write(file: Path, lines: Iterator[str]) -> None:
    with file.open("w", encoding="utf-8") as written:
        written.writelines(lines)


if __name__ == "__main__":
    main()
