"""That files go from memory when they are no longer needed: a large one takes 300 MiB.

The command line collects no garbage, so a circle of references would keep it.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import pytest

from support.paths import BAD
from timeline.publishing import load_events_file
from timeline.source import text as source_text

if TYPE_CHECKING:
    from collections.abc import Iterator


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


def test_a_file_with_errors_does_not_stay_in_memory(read: WeakSet[Any]) -> None:
    kept = []
    for path in sorted(BAD.rglob("*.yaml")):
        load_events_file(str(path))
        if read:
            kept.append(path.name)
            gc.collect()
    assert kept == []
