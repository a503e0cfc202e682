"""Bytes of files: from standard input, a pipe or a path, up to a limit of size and of waiting."""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, TypeAlias

from timeline._limits import MAX_BYTES
from timeline.diagnostics import UserError, failure_reason
from timeline.source.paths import real_path

if TYPE_CHECKING:
    from collections.abc import Hashable

FileIdentity: TypeAlias = "Hashable"
"""What a file has under all of its names: its device and inode."""


class UnreadableFile(UserError):  # noqa: N818 - the name states what happened
    """The root file cannot be read at all."""


PIPE_TIMEOUT = 60.0
"""Seconds to wait for the first byte from a named pipe, such as that of ``<(command)``."""


def read_stdin(stdin: BinaryIO | None) -> bytes:
    """Read standard input to its end, but at most one byte more than `MAX_BYTES`.

    Raises: `UnreadableFile`.
    """
    if stdin is None:
        raise UnreadableFile("standard input is closed")
    try:
        return read_stream(stdin, MAX_BYTES)
    except OSError as error:  # it is open for writing only, or its terminal is gone
        raise UnreadableFile(f"cannot read standard input: {failure_reason(error)}") from error


def open_file_or_pipe(path: str) -> BinaryIO:
    """Open a file or a pipe for reading; a pipe must have data within `PIPE_TIMEOUT`.

    Opening a pipe waits until another process opens its other end, which may never happen.

    Raises: ``OSError``.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", getattr(os, "O_BINARY", 0)))
    with ExitStack() as on_error:
        try:
            stream = on_error.enter_context(os.fdopen(descriptor, "rb"))
        except OSError:  # a folder, whose descriptor stays open
            os.close(descriptor)
            raise
        if hasattr(os, "O_NONBLOCK"):  # not on Windows, where `select` has only sockets
            _wait_for_pipe(descriptor)
            os.set_blocking(descriptor, True)
        on_error.pop_all()
    return stream


def _wait_for_pipe(descriptor: int) -> None:
    """Wait for the first byte, if an open file is a pipe.

    Raises: ``OSError``, after `PIPE_TIMEOUT`.
    """
    if stat.S_ISFIFO(os.fstat(descriptor).st_mode):
        import select  # noqa: PLC0415 - pipes are rare

        if not select.select([descriptor], [], [], PIPE_TIMEOUT)[0]:
            raise OSError(f"nobody has written to this pipe for {PIPE_TIMEOUT:g} seconds")


def read_stream(stream: Any, limit: int) -> bytes:
    """Read a stream to its end, but at most one byte more than the limit: /dev/zero has no end.

    A stream that does not block has ``None`` for what is not written yet, and its end is ``b""``.
    """
    chunks: list[bytes] = []
    wanted = limit + 1
    while wanted > 0 and (chunk := stream.read(min(wanted, 2**20))) != b"":
        if chunk is None:
            import select  # noqa: PLC0415 - few streams do not block

            select.select([stream], [], [])
            continue
        chunks.append(chunk)
        wanted -= len(chunk)
    return b"".join(chunks)


def read_regular_file(path: str, mode: int, limit: int) -> bytes:
    """Read a regular file; opening a pipe or a device could block forever."""
    if not stat.S_ISREG(mode):
        raise ValueError("is a directory" if stat.S_ISDIR(mode) else "is not a regular file")
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - a name resolved as text
        return read_stream(stream, limit)


class FileTree(Protocol):
    """The files that an events file may include: those of the disk, or of a revision of git.

    Names are as `Document.names` has them.
    """

    def real_path(self, name: str) -> str:
        """Return the path of a file or a folder after its links are followed."""

    def identity(self, name: str) -> FileIdentity:
        """Return what tells a file from others.

        Raises: ``OSError`` or ``ValueError`` if there is none.
        """

    def read(self, name: str, limit: int) -> bytes:
        """Return the content of a regular file, at most one byte more than the limit.

        Raises: ``OSError`` or ``ValueError``.
        """

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder.

        Raises: ``OSError``.
        """

    def is_folder(self, name: str) -> bool:
        """Return whether there is a folder with a name."""

    def exists(self, name: str) -> bool:
        """Return whether there is a file, a folder or a link with a name."""


# ruff: noqa: PTH112, PTH116, PTH208 - names as text
class Disk:
    """The files of this machine."""

    def real_path(self, name: str) -> str:
        """Return a path after its links are followed."""
        return real_path(name)

    def identity(self, name: str) -> FileIdentity:
        """Return the device and the inode of a file."""
        status = os.stat(name)
        return status.st_dev, status.st_ino

    def read(self, name: str, limit: int) -> bytes:
        """Return the content of a regular file."""
        return read_regular_file(name, os.stat(name).st_mode, limit)

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder."""
        return os.listdir(folder or ".")

    def is_folder(self, name: str) -> bool:
        """Return whether there is a folder with a name."""
        return os.path.isdir(name)

    def exists(self, name: str) -> bool:
        """Return whether there is a file, a folder or a link with a name."""
        return os.path.lexists(name)


DISK = Disk()
