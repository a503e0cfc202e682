"""Chunks in a file read back as they were rendered, and nothing stays behind."""

from __future__ import annotations

import random
import tempfile
from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest

from support.places import placed
from timeline.diagnostics import UserError
from timeline.publishing.atomic import StagedFiles
from timeline.publishing.chunks import ScratchFiles

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIZES = (0, 1, 10_000, 2**20, 2**20 + 1, 9 * 2**20)
FILES = pytest.mark.parametrize("files", [StagedFiles, ScratchFiles])


def chunks_of(size: int) -> Iterator[bytes]:
    """Yield chunks of all lengths, none and megabytes too, of so many bytes in all."""
    chance = random.Random(size)
    while size > 0:
        chunk = chance.randbytes(min(size, chance.choice((0, 1, 75, 500, 100_000, 3_000_000))))
        size -= len(chunk)
        yield chunk


@FILES
@pytest.mark.parametrize("size", SIZES)
def test_chunks_are_read_as_often_as_needed(
    files: type[StagedFiles | ScratchFiles], size: int, tmp_path: Path
) -> None:
    with files() as staging:
        chunks = staging.stage(placed(tmp_path / "cup.ics"), chunks_of(size))
        assert len(chunks) == len(list(chunks_of(size)))
        assert list(chunks) == list(chunks_of(size))
        assert list(chunks) == list(chunks_of(size))
        if size:
            assert chunks.first() == next(chunks_of(size))
            assert chunks.last() == [*chunks_of(size)][-1]


@FILES
def test_two_may_read_in_turn(files: type[StagedFiles | ScratchFiles], tmp_path: Path) -> None:
    with files() as staging:
        chunks = staging.stage(placed(tmp_path / "cup.ics"), chunks_of(9 * 2**20))
        for first, second, expected in zip_longest(chunks, chunks, chunks_of(9 * 2**20)):
            assert first == second == expected


@pytest.mark.parametrize("before", [b"onetwo", b"onethree", b"", b"onetwo and more"])
def test_chunks_are_read_whatever_file_existed(tmp_path: Path, before: bytes) -> None:
    path = tmp_path / "cup.ics"
    path.write_bytes(before)
    with StagedFiles() as staging:
        chunks = staging.stage(placed(path), iter([b"one", b"", b"two"]))
        assert list(chunks) == [b"one", b"", b"two"]
        assert path.read_bytes() == before
        assert staging.commit() == ([] if before == b"onetwo" else [path])
    assert path.read_bytes() == b"onetwo"


@FILES
@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, SystemExit])
def test_nothing_is_left_of_files_that_are_not_committed(
    files: type[StagedFiles | ScratchFiles],
    error: type[BaseException],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))

    def broken() -> Iterator[bytes]:
        yield from chunks_of(9 * 2**20)
        raise error

    def interrupted() -> None:
        with files() as staging:
            staging.stage(placed(tmp_path / "new" / "dist" / "cup.ics"), chunks_of(9 * 2**20))
            staging.stage(placed(tmp_path / "new" / "dist" / "cup.csv"), broken())

    with pytest.raises(error):
        interrupted()
    assert [*tmp_path.rglob("*")] == [scratch]


def test_a_folder_that_is_made_stays_with_what_others_put_there(tmp_path: Path) -> None:
    with StagedFiles() as staging:
        staging.stage(placed(tmp_path / "dist" / "cup.ics"), iter([b"one"]))
        (tmp_path / "dist" / "mine").write_bytes(b"")
    assert [*(tmp_path / "dist").iterdir()] == [tmp_path / "dist" / "mine"]


def test_a_folder_for_temporary_files_that_is_missing_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    place = placed(tmp_path / "cup.ics")
    with ScratchFiles() as staging, pytest.raises(UserError) as caught:
        staging.stage(place, chunks_of(9 * 2**20))
    assert caught.value.message == "a temporary file cannot be written: no such file or directory"
    assert "TMPDIR" in (caught.value.help or "")
