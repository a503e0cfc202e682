"""The events of the benchmark are the same everywhere, and are read back as they were made."""

from __future__ import annotations

import gc
import sys
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from support.feed_life import BLOCK
from support.loading import load_text
from support.paths import ROOT
from support.readback import Read, by_ical, by_icalendar, feed_of

sys.path.insert(0, str(ROOT))
from benchmarks import __main__ as benchmark
from benchmarks import data, goals, scale

sys.path.pop(0)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MANY = 10_000


def _made(sample: data.Sample) -> Read:
    """Return what a program should read in the feed, from the sample alone."""
    if isinstance(sample.start, datetime) and isinstance(sample.end, datetime):
        zone = ZoneInfo(sample.zone or "UTC")
        start, end = (
            side.replace(tzinfo=zone).astimezone(UTC) for side in (sample.start, sample.end)
        )
    else:
        start, end = sample.start, sample.end + timedelta(days=1)
    uid = f"{sample.id}@bench.example.org"
    return Read(uid, sample.summary, start, end, None, sample.location, sample.description, ())


@pytest.fixture
def _no_garbage_collection() -> Iterator[None]:
    """Read without collecting garbage, of which there is none: a fifth faster."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(scope="module")
def feed() -> bytes:
    """Return the feed of ten thousand events."""
    text = "".join(data.timeline_file(data.samples(MANY)))
    loaded = load_text(text)
    assert not loaded.diagnostics
    return feed_of(loaded.calendar)


@pytest.mark.slow
@pytest.mark.usefixtures("_no_garbage_collection")
@pytest.mark.parametrize("reader", [by_icalendar, by_ical])
def test_ten_thousand_events_read_back_as_they_were_made(
    feed: bytes, reader: Callable[[bytes], list[Read]]
) -> None:
    made = [_made(sample) for sample in data.samples(MANY)]
    for event, expected in zip(reader(feed), made, strict=True):
        assert event == expected


def test_the_rules_of_ten_thousand_events_are_those_they_were_made_with(feed: bytes) -> None:
    blocks = BLOCK.findall(feed)
    assert len(blocks) == MANY
    events = [icalendar.Event.from_ical(block) for block in blocks if b"\r\nRRULE" in block]
    rules = {str(event["UID"]): event["RRULE"].to_ical().decode() for event in events}
    made = (sample for sample in data.samples(MANY) if sample.repeat)
    assert rules == {f"{sample.id}@bench.example.org": data.rule(sample) for sample in made}


def test_the_data_of_the_benchmark_are_the_same_everywhere() -> None:
    events = list(data.samples(1000))
    assert events == list(data.samples(1000))
    assert events != list(data.samples(1000, seed=1))
    assert events[:10] == list(data.samples(10))
    assert {len(event.description) for event in events} == {200}
    assert 0.75 < sum(not event.is_timed for event in events) / 1000 < 0.85
    assert 0.03 < sum(event.repeat is not None for event in events) / 1000 < 0.07
    timed = [event for event in events if event.is_timed]
    assert 0.5 < sum(event.zone != "UTC" for event in timed) / len(timed) < 0.7


def runs(seconds: float, mebibytes: int = 1) -> SimpleNamespace:
    return SimpleNamespace(cpu=[seconds, 9e9, 0], peak=[mebibytes * 1024])


def test_goals_are_beside_what_was_measured() -> None:
    measured: Any = {
        10: {
            "yaml2ics": runs(2),
            "timeline, .ics, --no-verify": runs(1),
            "timeline, .ics": runs(3),
        },
        1_000: {"timeline validate": runs(1), "timeline, .ics": runs(1), "yaml2ics": runs(1)},
        10_000: {"timeline validate": runs(10.4), "timeline, .ics": runs(10.6)},
        100_000: {"timeline, .ics": runs(1, 350), "timeline validate, one error": runs(1, 401)},
    }
    rows = {goal.title: goal.row for goal in goals.goals(measured, {"timeline show": 9.5})}
    assert rows["ten events, times yaml2ics"].endswith("| 0.5 | ≤ 0.75 | met |")
    assert rows["ten events, read back too, times yaml2ics"].endswith("| 1.5 | ≤ 1.1 | missed |")
    assert rows["10,000 events, times faster than yaml2ics"].endswith("|  | ≥ 15 | not measured |")
    assert rows["100,000 events, MiB of timeline, .ics"].endswith("| 350 | ≤ 350 | met |")
    assert rows["100,000 events, MiB of timeline validate, one error"].endswith("| missed |")
    assert (
        "| 1,000 to 10,000 events, times as long: timeline, .ics | 10.6 | ≤ 10.5 | missed |"
        in rows.values()
    )
    assert rows["ten events, timeline show, times python -c pass"].endswith("| ≤ 9 | missed |")


def test_the_goals_are_of_programs_that_run() -> None:
    names = {program.name for program in benchmark._ours()}
    assert {goals.OURS, goals.READ_BACK, *goals.PEAKS} <= names


@pytest.mark.parametrize("case", scale.CASES, ids=lambda case: case.name)
def test_the_files_of_the_scale_cases_are_sound(case: scale.Case) -> None:
    for write in filter(None, (case.before, case.write)):
        loaded = load_text("".join(write(30)))
        assert not loaded.diagnostics
        assert len(loaded.calendar.events) == 30


def test_the_file_with_one_error_has_one() -> None:
    (diagnostic,) = load_text("".join(data.wrong_file(data.samples(30)))).diagnostics
    assert (diagnostic.code, diagnostic.replacement) == ("url-syntax", None)


def test_the_file_with_one_fixable_error_has_one() -> None:
    loaded = load_text("".join(data.fixable_file(data.samples(30))))
    assert [diagnostic.replacement for diagnostic in loaded.diagnostics] == ["2027-01-05"]
