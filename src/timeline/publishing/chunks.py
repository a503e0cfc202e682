"""Store rendered chunks in a file, to be read again without keeping an output in memory."""

from __future__ import annotations

from array import array
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING

from timeline.diagnostics import UserError, failure_reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from timeline.source import FilePlace

_BLOCK = 2**20


class FileChunks:
    """The chunks of an output, read from a file; the file must stay open and unchanged."""

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
    """Stores outputs that are compared or printed, but not written, in temporary files.

    A context manager. The files have no names, so a run that is killed leaves nothing behind;
    short outputs stay in memory.
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

    def stage(
        self,
        _place: FilePlace,
        chunks: Iterable[bytes],
        _is_ours: object = None,
        *,
        is_first: bool = False,  # noqa: ARG002 - nothing is replaced
    ) -> FileChunks:
        """Store the chunks of an output and return them, to be read as often as needed.

        Raises: ``UserError`` if the folder for temporary files is full or missing.
        """
        from tempfile import SpooledTemporaryFile  # noqa: PLC0415 - not used where files are written

        file = self._at_end.enter_context(SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - above
        lengths = no_lengths()
        for chunk in record_lengths(chunks, lengths):
            try:  # not around the loop: errors of the iterator pass through
                file.write(chunk)
            except OSError as error:
                message = f"a temporary file cannot be written: {failure_reason(error)}"
                raise UserError(message, "set TMPDIR to a folder with free space") from error
        return FileChunks(file, lengths)


_IN_MEMORY = 8 * 2**20
"""The bytes of an output that stay in memory: a feed of 10,000 events."""
