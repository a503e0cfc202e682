"""Run timeline and its peers on the same events in alternation, and print what each needed."""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import data
from benchmarks.goals import print_goals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PEERS = Path(__file__).parent / "peers"
OURS = [sys.executable, "-m", "timeline"]
FILES = {
    "timeline": data.timeline_file,
    "changed/timeline": data.changed_file,
    "wrong": data.wrong_file,
    "fixable": data.fixable_file,
    "plain": data.plain_file,
    "yaml2ics": data.yaml2ics_file,
}


NO_VARIABLES: Mapping[str, str] = {}
COMPLETION = {
    "_TIMELINE_COMPLETE": "complete_bash",
    "COMP_WORDS": "timeline validate --output-format ",
    "COMP_CWORD": "3",
}
"""The environment in which a shell asks for the values of an option."""


@dataclass(frozen=True)
class Program:
    """One row of the table.

    ``command`` gets the folder of the data and the folder for the output; ``prepare`` gets the
    latter before each run. ``first`` is run once in a folder without outputs. With ``to_stdout``,
    the program prints the feed. ``code`` is its exit code.
    """

    name: str
    command: Callable[[Path, Path], list[str]]
    prepare: Callable[[Path], None] = lambda out: shutil.rmtree(out, ignore_errors=True)
    first: Callable[[Path, Path], list[str]] | None = None
    to_stdout: bool = False
    code: int = 0


@dataclass
class Runs:
    """What the rounds of one program needed, and what it wrote."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    peak: list[int] = field(default_factory=list)
    wrote: tuple[int, int] = (0, 0)
    failed: str = ""


def main() -> None:
    """Measure, and print a table for each number of events."""
    options = _options()
    if not _runs([*OURS, "--version"]):
        sys.exit(f"timeline is not installed for {sys.executable}: `pip install .` first")
    sizes = options.events or ([10, 1_000, 10_000] if options.quick else [10, 1_000, 10_000, 10**5])
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        programs = [*_ours(), *_installed(work, options.python, options.node)]
        if options.only:
            programs = [
                program
                for program in programs
                if any(part in program.name for part in options.only)
            ]
            if not programs:
                sys.exit(
                    f"no program that is installed has {' or '.join(options.only)} in its name"
                )
        slow: set[str] = set()
        measured: dict[int, dict[str, Runs]] = {}
        starts: dict[str, float] = {}
        for size in sizes:
            rounds = options.rounds or (
                1 if options.quick and size > 1_000 else 3 if size > 10 else 5
            )
            rows = _measure(work, size, [p for p in programs if p.name not in slow], rounds)
            measured[size] = rows
            _print(size, rounds, rows)
            slow |= _too_slow(rows, size, sizes, options.limit or (30 if options.quick else 600))
            if size == sizes[0]:
                starts = _print_start(options.rounds or 5, work)
        print_goals(measured, starts)


def _too_slow(rows: dict[str, Runs], size: int, sizes: list[int], limit: float) -> set[str]:
    """Return the peers that would exceed the limit, in seconds, at the next size.

    The estimate is proportional, so small sizes, where the start counts, are not judged.
    """
    after = [larger for larger in sizes if larger > size][:1]
    if size < 1_000 or not after:
        return set()
    return {
        name
        for name, runs in rows.items()
        if not name.startswith("timeline") and min(runs.cpu, default=0) * after[0] / size > limit
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="under two minutes")
    parser.add_argument("--events", type=_number, nargs="+", metavar="N", help="how many")
    parser.add_argument("--rounds", type=_number, metavar="N", help="how often each program runs")
    parser.add_argument("--limit", type=float, metavar="SECONDS", help="leave out what takes more")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="programs with this in the name")
    parser.add_argument(
        "--python", default=sys.executable, metavar="PATH", help="where the peers are installed"
    )
    parser.add_argument("--node", type=Path, metavar="DIR", help="where node_modules is")
    return parser.parse_args()


def _number(text: str) -> int:
    if (number := int(text)) < 1:
        raise ValueError(text)
    return number


# --- programs -----------------------------------------------------------------------------------


def _ours() -> Iterator[Program]:
    def export(*more: str, file: str = "timeline.yaml") -> Callable[[Path, Path], list[str]]:
        return lambda folder, out: [
            *(*OURS, "export", str(folder / file), "--output-dir", str(out), *more)
        ]

    def command(name: str, file: str) -> Callable[[Path, Path], list[str]]:
        return lambda folder, _: [*OURS, name, str(folder / file)]

    def keep(out: Path) -> None:
        """Keep the output of the last round: it is the published feed."""

    yield Program("timeline, .ics", export("--ics"))
    yield Program("timeline, .ics, --no-verify", export("--ics", "--no-verify"))
    yield Program("timeline, all three, --no-verify", export("--no-verify"))
    yield Program("timeline, .ics, nothing new", export("--ics"), keep, export("--ics"))
    yield Program(
        "timeline --diff of one change",
        export("--ics", "--diff", file="changed/timeline.yaml"),
        keep,
        export("--ics"),
        code=1,
    )
    yield Program("timeline validate", command("validate", "timeline.yaml"))
    yield Program("timeline validate, one error", command("validate", "wrong.yaml"), code=1)
    yield Program(
        "timeline validate, one fixable error", command("validate", "fixable.yaml"), code=1
    )
    yield Program("timeline show", command("show", "timeline.yaml"))


def _installed(work: Path, python: str, node: Path | None) -> Iterator[Program]:
    """Yield the installed peers, and report the others on standard error."""
    yaml2ics = Path(python).with_name("yaml2ics")
    if yaml2ics.exists():
        yield Program(
            "yaml2ics",
            lambda folder, _: [str(yaml2ics), str(folder / "yaml2ics.yaml")],
            to_stdout=True,
        )
    else:
        _missing("yaml2ics", f"no {yaml2ics}")
    for name, module, script in (
        ("PyYAML + icalendar", "icalendar, yaml", "naive_icalendar.py"),
        ("PyYAML + ics.py", "ics, yaml", "ics_py.py"),
        ("PyYAML + ical", "ical, yaml", "ical_py.py"),
    ):
        if _runs([python, "-c", f"import {module}"]):
            yield _peer(name, [python, str(PEERS / script)])
        else:
            _missing(name, f"{python} cannot import {module}")
    for name, package, script in (
        ("js-yaml + ical-generator", "ical-generator", "ical_generator.mjs"),
        ("js-yaml + ics", "ics", "ics.cjs"),
    ):
        if node and shutil.which("node") and (node / "node_modules" / package).exists():
            os.environ["BENCHMARK_NODE"] = str(node.resolve())
            yield _peer(name, ["node", str(PEERS / script)])
        else:
            _missing(name, "see --node")
    binary = work / "libical"
    build = ["cc", "-O2", "-o", str(binary), str(PEERS / "libical.c"), "-lical", "-lyaml"]
    if shutil.which("cc") and _runs(build):
        yield _peer("C: libyaml + libical", [str(binary)])
    else:
        _missing("C: libyaml + libical", "the compiler or the headers are missing")


def _peer(name: str, command: list[str]) -> Program:
    return Program(
        name, lambda folder, out: [*command, str(folder / "plain.yaml"), str(out / "feed.ics")]
    )


def _missing(name: str, why: str) -> None:
    print(f"left out: {name} ({why})", file=sys.stderr)


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:  # there is no such program
        return False


# --- measuring ----------------------------------------------------------------------------------


def _measure(work: Path, size: int, programs: list[Program], rounds: int) -> dict[str, Runs]:
    folder = work / str(size)
    folder.mkdir(exist_ok=True)
    for name, write in FILES.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(write(data.samples(size)))
    rows = {program.name: Runs() for program in programs}
    for _ in range(rounds):
        for number, program in enumerate(programs):
            runs = rows[program.name]
            if not runs.failed:
                _run(program, folder, folder / f"out{number}", runs)
    shutil.rmtree(folder)
    return rows


def _run(program: Program, folder: Path, out: Path, runs: Runs) -> None:
    program.prepare(out)
    out.mkdir(exist_ok=True)
    if program.first and not any(out.iterdir()):
        _wait(program.first(folder, out), folder, None)
    target = out / "feed.ics" if program.to_stdout else None
    cpu, wall, peak, error = _wait(program.command(folder, out), folder, target, program.code)
    if error:
        runs.failed = error
        return
    runs.cpu.append(cpu)
    runs.wall.append(wall)
    runs.peak.append(peak)
    feed = b"".join(path.read_bytes() for path in out.glob("*.ics"))
    runs.wrote = feed.count(b"BEGIN:VEVENT"), feed.count(b"\n")


def _wait(
    command: list[str],
    folder: Path,
    target: Path | None,
    code: int = 0,
    variables: Mapping[str, str] = NO_VARIABLES,
) -> tuple[float, float, int, str]:
    """Run a command; return its CPU and wall seconds, its peak memory in KiB, and its error.

    Another exit code than ``code`` is an error.
    """
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1750000000"} | dict(variables)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # installed programs are compiled
    log = folder / "log"
    start = time.perf_counter()
    with log.open("wb") as errors, (target or folder / "printed").open("wb") as output:
        child = subprocess.Popen(command, stdout=output, stderr=errors, env=environment)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    last = log.read_text(errors="replace").strip().splitlines()[-1:]
    error = "" if child.returncode == code else (last or ["failed"])[0]
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss, error


# --- printing -----------------------------------------------------------------------------------


def _print(size: int, rounds: int, rows: dict[str, Runs]) -> None:
    print(f"\n### {size:,} events, {rounds} round{'s' if rounds > 1 else ''}\n")
    print("| program | CPU s | wall s | times ours | peak MiB | events | lines |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    ours = rows.get("timeline, .ics, --no-verify")
    base = statistics.median(ours.cpu) if ours and ours.cpu else None
    for name, runs in sorted(rows.items(), key=lambda item: min(item[1].cpu, default=1e9)):
        if runs.failed:
            print(f"| {name} | failed: {runs.failed[:60]} ||||||")
            continue
        cpu, wall = statistics.median(runs.cpu), statistics.median(runs.wall)
        ratio = f"{cpu / base:.2f}" if base else ""
        events, lines = (f"{number:,}" if number else "" for number in runs.wrote)
        peak = max(runs.peak) / 1024
        print(f"| {name} | {cpu:.2f} | {wall:.2f} | {ratio} | {peak:.0f} | {events} | {lines} |")
    sys.stdout.flush()


def _print_start(rounds: int, work: Path) -> dict[str, float]:
    """Print how long the commands of ten events take, and return the ratios to Python."""
    file = work / "ten.yaml"
    file.write_text("".join(data.timeline_file(data.samples(10))), encoding="utf-8")
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "timeline --version": [*OURS, "--version"],
        "timeline --help": [*OURS, "--help"],
        "timeline validate": [*OURS, "validate", str(file)],
        "timeline show": [*OURS, "show", str(file)],
        "timeline schema": [*OURS, "schema"],
        "completion of a value": [*OURS],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            variables = COMPLETION if name.startswith("completion") else {}
            times[name].append(_wait(command, work, None, variables=variables)[0])
    print("\n| start | CPU ms | times python |\n|---|---:|---:|")
    medians = {name: statistics.median(cpu) for name, cpu in times.items()}
    ratios = {name: median / medians["python -c pass"] for name, median in medians.items()}
    for name, median in medians.items():
        print(f"| {name} | {median * 1000:.0f} | {ratios[name]:.1f} |")
    return ratios


if __name__ == "__main__":
    main()
