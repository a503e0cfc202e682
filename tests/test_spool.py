"""What waits outside of memory comes back as it was."""

from __future__ import annotations

import random
import tempfile
import tracemalloc
from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest

from timeline._spool import IN_MEMORY, Spool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _chunks(size: int) -> Iterator[bytes]:
    """Give chunks of all lengths, none and megabytes too, of so many bytes in all."""
    chance = random.Random(size)
    while size > 0:
        chunk = chance.randbytes(min(size, chance.choice((0, 1, 75, 500, 100_000, 3_000_000))))
        size -= len(chunk)
        yield chunk


SIZES = (0, 1, 10_000, IN_MEMORY - 1, IN_MEMORY, IN_MEMORY + 1, 3 * IN_MEMORY)


@pytest.mark.parametrize("size", SIZES)
def test_chunks_come_back_as_often_as_one_likes(size: int) -> None:
    spool = Spool(_chunks(size))
    assert len(spool) == len(list(_chunks(size)))
    assert list(spool) == list(_chunks(size))
    assert list(spool) == list(_chunks(size))


def test_two_may_read_in_turn() -> None:
    spool = Spool(_chunks(3 * IN_MEMORY))
    for one, other, expected in zip_longest(spool, spool, _chunks(3 * IN_MEMORY)):
        assert one == other == expected


def test_without_a_folder_for_temporary_files_all_stays_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    assert list(Spool(_chunks(3 * IN_MEMORY))) == list(_chunks(3 * IN_MEMORY))


def test_what_is_many_takes_no_memory() -> None:
    tracemalloc.start()
    try:
        spool = Spool(bytes(1000) for _ in range(50_000))
        assert sum(map(len, spool)) == 50_000_000
        assert tracemalloc.get_traced_memory()[1] < IN_MEMORY + 5_000_000
    finally:
        tracemalloc.stop()
