"""Measure a timeline of many files: ``python -m benchmarks.league``.

A league of forty teams, each with a file, a category and a feed, and 3,000 events in all. The
commands run in alternation, and their CPU seconds are compared with those of ``timeline --help``.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from itertools import islice
from pathlib import Path

from benchmarks.__main__ import OURS, _wait
from benchmarks.data import samples, timeline_file

TEAMS, EVENTS, ROUNDS = 40, 75, 5

ROOT_FILE = """\
calendar:
  id: league.example.org
  name: The league
  timezone: UTC
include:
  - teams/*.yaml
feeds:
  - each: category
    refresh: 6 hours
    source: https://example.org/league/{id}.ics
events:
  - id: season
    summary: The season
    start: 2020-01-01
    end: 2020-12-31
"""

_TEAM = """\
categories:
  NAME: {color: teal, description: Dates of NAME}
defaults:
  categories: [NAME]
  alarms: [1 day before]
"""


def write_league(folder: Path, teams: int = TEAMS, events: int = EVENTS) -> None:
    """Write the files of a league; each team has as many events."""
    (folder / "teams").mkdir(parents=True, exist_ok=True)
    (folder / "events.yaml").write_text(ROOT_FILE, encoding="utf-8")
    every = samples(teams * events)
    for number in range(teams):
        name = f"team-{number:02}"
        head, *lines = timeline_file(islice(every, events))
        text = _TEAM.replace("NAME", name) + head.partition("\n")[2] + "".join(lines)
        (folder / "teams" / f"{name}.yaml").write_text(text, encoding="utf-8")


def main() -> None:
    """Print the CPU seconds of each command, and their ratio to those of the help."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_league(folder)
        (folder / ".git").mkdir()  # as far as the events file of a team is searched for
        file, team = str(folder / "events.yaml"), str(folder / "teams" / "team-07.yaml")
        export = ["export", "--ics", file, "--output-dir"]
        commands = {
            "timeline --help": ["--help"],
            "timeline validate": ["validate", file],
            "timeline validate of a team's file": ["validate", team],
            "timeline export --ics, first": export,
            "timeline export --ics, nothing new": [*export, str(folder / "published")],
        }
        times: dict[str, list[float]] = {row: [] for row in commands}
        _wait([*OURS, *export, str(folder / "published")], folder, None)
        for round_ in range(ROUNDS):
            for row, arguments in commands.items():
                new = [str(folder / str(round_))] if arguments is export else []
                cpu, _, _, error = _wait([*OURS, *arguments, *new], folder, None)
                if error and not row.endswith("help"):
                    sys.exit(f"{row}: {error}")
                times[row].append(cpu)
    print(f"| {TEAMS} teams, {TEAMS * EVENTS:,} events | CPU s | times the help |\n|---|---:|---:|")
    base = statistics.median(times["timeline --help"])
    for row, measured in times.items():
        median = statistics.median(measured)
        print(f"| {row} | {median:.2f} | {median / base:.1f} |")


if __name__ == "__main__":
    main()
