"""Cost grows linearly with the events, counted in function calls and in bytes, not in time."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from support.loading import load_text
from support.paths import ROOT
from support.places import placed
from timeline.formats import FeedOptions
from timeline.model.selection import Selection
from timeline.publishing import export
from timeline.publishing.atomic import StagedFiles
from timeline.publishing.chunks import ScratchFiles
from timeline.publishing.request import ExportRequest, RequestedOutput

if TYPE_CHECKING:
    from pathlib import Path

# In a separate process, so that nothing is cached by another test.
COUNT = """
import sys

sys.path.insert(0, {root!r})
from benchmarks import data
from timeline.compiler.pipeline import compile_document
from timeline.source.document import parse_document
from timeline.model.projection import project_calendar
from timeline.formats import FORMATS
from timeline.formats.ics.options import FeedOptions
from timeline.publishing.ledger import Ledger
from timeline.publishing.verify.verifier import verify_feed

def work(count):
    text = "".join(data.timeline_file(data.samples(count))).encode()
    calls = 0

    def count_call(frame, event, argument):
        nonlocal calls
        calls += event == "call"  # of Python functions: calls of C differ by version

    sys.setprofile(count_call)
    loaded = compile_document(parse_document(text, "events.yaml"))
    after_load = calls
    assert not loaded.diagnostics, loaded.diagnostics[0]
    feed_options = FeedOptions(stamp=Ledger("20250101T000000Z").stamp)
    counts = [after_load]
    for name in ("ics", "csv", "md"):
        before = calls
        form = FORMATS[name]
        options = feed_options if form.is_feed else form.options()
        chunks = list(form.render(loaded.calendar, options))
        counts.append(calls - before)
        if name == "ics":
            head, *events, tail = chunks
    vevents = project_calendar(loaded.calendar)
    blocks = list(zip(vevents, events, strict=True))
    before = calls
    faults = verify_feed(loaded.calendar, vevents, head, blocks, tail)
    counts.append(calls - before)
    sys.setprofile(None)
    assert not faults, faults[0]
    return counts

work(100)
print(*work(200), *work(2000))
"""

STEPS = ("load", "ics", "csv", "md", "verify")


@pytest.fixture(scope="module")
def counts() -> tuple[dict[str, int], dict[str, int]]:
    """Return the calls of each step for 200 events, and for 2,000."""
    done = subprocess.run(
        [sys.executable, "-c", COUNT.format(root=str(ROOT))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    numbers = [int(number) for number in done.stdout.split()]
    few, many = numbers[: len(STEPS)], numbers[len(STEPS) :]
    return dict(zip(STEPS, few, strict=True)), dict(zip(STEPS, many, strict=True))


@pytest.mark.parametrize("step", STEPS)
def test_ten_times_the_events_cost_ten_times_the_calls(
    step: str, counts: tuple[dict[str, int], dict[str, int]]
) -> None:
    few, many = counts
    assert many[step] <= 11 * few[step]


# The peak of the allocated memory, without that of C libraries such as libyaml.
PEAK = """
import gc, sys, tracemalloc

sys.path.insert(0, {root!r})
from benchmarks import data
from timeline.compiler.pipeline import compile_document
from timeline.source.document import parse_document

gc.disable()  # as the command line does

def peak(count):
    text = "".join(data.timeline_file(data.samples(count))).encode()
    tracemalloc.start()
    loaded = compile_document(parse_document(text, "events.yaml"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not loaded.diagnostics, loaded.diagnostics[0]
    return most

peak(100)
print(peak(500), peak(2500))
"""

BYTES_AN_EVENT = 3_600
"""The limit for the peak of loading: a sixth more than was measured."""


def test_an_event_takes_no_more_memory_than_it_did() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PEAK.format(root=str(ROOT))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    few, many = map(int, done.stdout.split())
    assert (many - few) / 2000 <= BYTES_AN_EVENT


@pytest.mark.slow
@pytest.mark.parametrize("files", [StagedFiles, ScratchFiles])
def test_a_long_feed_is_never_in_memory_whole(
    files: type[StagedFiles | ScratchFiles], tmp_path: Path
) -> None:
    text = "x" * 200_000
    events = "".join(
        f"  - {{id: e{n}, summary: S, start: 2025, description: {text}}}\n" for n in range(150)
    )
    calendar = "calendar: {id: cup.example.org, name: Cup}\nevents:\n"
    loaded = load_text(calendar + events)
    request = ExportRequest(
        [RequestedOutput("ics", FeedOptions(), tmp_path / "cup.ics")],
        tmp_path,
        placed(tmp_path).boundary,
        "cup",
        Selection(),
    )
    tracemalloc.start()
    try:
        with files() as staging:
            (feed,) = export.render_outputs(
                loaded.calendar, request, now="20250101T000000Z", files=staging
            )
            assert sum(map(len, feed.chunks)) > 30_000_000
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 16_000_000
    assert not list(tmp_path.iterdir())


INSPECTED = """
import sys

made = set()

def record(frame, event, argument):
    if event == "call" and frame.f_code.co_filename.endswith("app.py"):
        made.update({frame.f_locals["name"]} if frame.f_code.co_name == "__getitem__" else ())

sys.setprofile(record)
sys.argv = ["timeline", "explain", "unknown-key"]
from timeline.__main__ import main
try:
    main()
finally:
    sys.setprofile(None)
    print(*made, file=sys.stderr)
"""


def test_typer_inspects_the_command_that_is_run_and_no_other() -> None:
    done = subprocess.run(
        [sys.executable, "-c", INSPECTED], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "explain\n")
