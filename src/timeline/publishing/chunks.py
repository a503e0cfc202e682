"""Rendered chunks in a file: read back as often as needed, and never in memory as a whole."""

from __future__ import annotations

from array import array
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

_BLOCK = 2**20


class FileChunks:
    """The chunks of an output, in the file that holds them one after the other.

    The file must stay open and unchanged; each iteration reads it from its start.
    """

    __slots__ = ("_file", "_lengths")

    def __init__(self, file: IO[bytes], lengths: array[int]) -> None:
        self._file = file
        self._lengths = lengths

    def __iter__(self) -> Iterator[bytes]:
        """Yield the chunks as they were rendered."""
        start, block, offset = 0, b"", 0
        for length in self._lengths:
            if offset + length > len(block):
                start, offset = start + offset, 0
                block = self._read(start, max(length, _BLOCK))
            yield block[offset : offset + length]
            offset += length

    def __len__(self) -> int:
        """Return the number of chunks."""
        return len(self._lengths)

    def first(self) -> bytes:
        """Return the first chunk."""
        return self._read(0, self._lengths[0])

    def last(self) -> bytes:
        """Return the last chunk."""
        return self._read(sum(self._lengths[:-1]), self._lengths[-1])

    def _read(self, start: int, length: int) -> bytes:
        self._file.seek(start)
        return self._file.read(length)


def record_lengths(chunks: Iterable[bytes], lengths: array[int]) -> Iterator[bytes]:
    """Yield the chunks, and append the length of each to ``lengths``."""
    for chunk in chunks:
        lengths.append(len(chunk))
        yield chunk


def no_lengths() -> array[int]:
    """Return an empty array for lengths of chunks, of 8 bytes each."""
    return array("Q")


class ScratchFiles:
    """Outputs that are compared or printed and not written: each in a temporary file.

    A context manager. The files have no names, so that nothing is left of them however a run
    ends; short ones stay in memory.
    """

    def __init__(self) -> None:
        self._at_end = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._at_end.close()

    def stage(self, _path: Path, chunks: Iterable[bytes]) -> FileChunks:
        """Store chunks and return them, to be read as often as needed."""
        from tempfile import SpooledTemporaryFile  # noqa: PLC0415 - an export has no need of it

        file = self._at_end.enter_context(SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - above
        lengths = no_lengths()
        for chunk in record_lengths(chunks, lengths):
            file.write(chunk)
        return FileChunks(file, lengths)


_IN_MEMORY = 8 * 2**20
"""How many bytes of a scratch file stay in memory: a feed of 10,000 events."""
