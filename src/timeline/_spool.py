"""Bytes that wait for their turn outside of memory, where they are many."""

from __future__ import annotations

import os
import weakref
from array import array
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

IN_MEMORY = 8 * 2**20
"""How many bytes of one spool stay in memory: a feed of 10,000 events."""

_BLOCK = 2**20


class Spool:
    """Chunks of bytes, to be gone through as often as one likes.

    What is beyond `IN_MEMORY` goes to a temporary file without a name. Where there is no room for
    one it stays in memory: that costs more, and is no reason to stop.
    """

    __slots__ = ("__weakref__", "_blocks", "_file", "_size")

    def __init__(self, chunks: Iterable[bytes] = ()) -> None:
        self._file: BinaryIO | None = None
        self._size = 0
        # The lengths of the chunks of each block, and its bytes, or where they begin in the file.
        self._blocks: list[tuple[array[int], bytes | tuple[BinaryIO, int]]] = []
        waiting: list[bytes] = []
        size = 0
        for chunk in chunks:
            waiting.append(chunk)
            size += len(chunk)
            if size >= _BLOCK:
                self._add(waiting)
                waiting, size = [], 0
        if waiting:
            self._add(waiting)

    def __iter__(self) -> Iterator[bytes]:
        """Give the chunks as they were put in."""
        for lengths, place in self._blocks:
            block = place if isinstance(place, bytes) else _read(*place, sum(lengths))
            start = 0
            for length in lengths:
                yield block[start : start + length]
                start += length

    def __len__(self) -> int:
        """How many chunks there are."""
        return sum(len(lengths) for lengths, _ in self._blocks)

    def _add(self, chunks: list[bytes]) -> None:
        block = b"".join(chunks)
        in_file = self._write(block) if self._size + len(block) > IN_MEMORY else None
        self._blocks.append((array("L", map(len, chunks)), in_file or block))
        self._size += len(block)

    def _write(self, block: bytes) -> tuple[BinaryIO, int] | None:
        """Write a block and say where; ``None`` where there is no room."""
        try:
            if self._file is None:
                import tempfile  # noqa: PLC0415 - most timelines never need it

                self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - see below
                weakref.finalize(self, self._file.close)  # it lasts as long as the spool
            start = self._file.seek(0, os.SEEK_END)
            return (self._file, start) if self._file.write(block) == len(block) else None
        except OSError:
            return None


def _read(file: BinaryIO, start: int, size: int) -> bytes:
    file.seek(start)
    return file.read(size)
