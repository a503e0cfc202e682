"""That files go from memory when they are no longer needed: a large one takes 300 MiB.

The command line collects no garbage, so a circle of references would keep it.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import pytest

from support.command import Done
from support.paths import BAD
from timeline.compiler.fix import count_fixable
from timeline.compiler.pipeline import load_file
from timeline.publishing import load_events_file
from timeline.source import text as source_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = "calendar: {id: example.org, name: Example, timezone: Europe/Riga}\n"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[WeakSet[Any]]:
    """Return the texts that are in memory, of all files that are read."""
    texts = WeakSet[Any]()

    class Watched(source_text.SourceText):
        def __init__(self, *arguments: Any, **more: Any) -> None:
            super().__init__(*arguments, **more)
            texts.add(self)

    monkeypatch.setattr(source_text, "SourceText", Watched)
    gc.collect()
    gc.disable()
    yield texts
    gc.enable()


@pytest.fixture
def together(read: WeakSet[Any], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many texts are in memory each time one is read, the new one included."""
    numbers: list[int] = []
    decode = source_text.decode_text

    def decode_text(*arguments: Any, **more: Any) -> Any:
        decoded = decode(*arguments, **more)
        numbers.append(len(read))
        return decoded

    monkeypatch.setattr("timeline.source.source_file.decode_text", decode_text)
    return numbers


def test_a_file_with_errors_does_not_stay_in_memory(read: WeakSet[Any]) -> None:
    kept = []
    for path in sorted(BAD.rglob("*.yaml")):
        load_events_file(str(path))
        if read:
            kept.append(path.name)
            gc.collect()
    assert kept == []


FIXABLE = {
    "a date": "start: 2027-1-3",
    "a key": "strat: 2027-01-03",
    "a key, and then its date": "strat: 3 January 2027",
    "a quote": "start: 2027\n    location: Riga: center",
    "a tab": "start: 2027\n\t\tlocation: Riga",
    "what would be an error": "start: 2027-1-3\n    alarms: [3 January 2027]",
    "a rule": "start: 2027-01-03\n    rrule: {freq: wekly, until: 3 March 2027}",
}


@pytest.mark.parametrize("options", [(), ("--fix",), ("--fix", "--diff")])
@pytest.mark.parametrize("wrong", FIXABLE.values(), ids=FIXABLE)
def test_a_file_goes_before_its_corrected_text_is_read(
    wrong: str, options: tuple[str, ...], together: list[int], tmp_path: Path
) -> None:
    path = tmp_path / "events.yaml"
    path.write_text(f"{HEAD}events:\n  - id: a\n    summary: A\n    {wrong}\n")
    done = Done("validate", *options, str(path))
    assert "fix" in done.err
    assert len(together) > 1
    assert set(together) == {1}


def test_a_file_that_is_in_use_stays(together: list[int], tmp_path: Path) -> None:
    path = tmp_path / "events.yaml"
    path.write_text(f"{HEAD}events:\n  - {{id: a, summary: A, start: 2027-1-3}}\n")
    loaded = load_file(str(path))
    assert count_fixable(loaded) == 1
    assert loaded.document.text(str(path)).raw == path.read_text()
    assert together == [1, 2]
