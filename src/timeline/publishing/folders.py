"""Open the folder of a file, one name after the other, so that no link is followed on the way.

The path was checked before (``FilePlace.resolve``) and has no links. A link that is met here was
put there since, and is an error. Everything that is done in the folder goes through its descriptor:
whatever its path leads to meanwhile, the files are those of the folder that was checked. Systems
without ``dir_fd``, such as Windows, have only the check.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from timeline.publishing.errors import CannotWrite

if TYPE_CHECKING:
    from contextlib import ExitStack
    from pathlib import Path

    from timeline.source import FilePlace, RealPath

HAS_DESCRIPTORS = {os.open, os.mkdir, os.stat, os.unlink, os.rename, os.rmdir} <= (
    os.supports_dir_fd
) and os.scandir in os.supports_fd
"""Whether the system has folders as descriptors."""

# O_PATH needs no permission to list the folder, as a path does not.
_FOLDER = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_PATH", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)


class Folder:
    """A folder in which files are named without their path. ``path`` is its real path."""

    def __init__(self, path: str, descriptor: int | None) -> None:
        self.path = path
        self._descriptor = descriptor

    def _at(self, name: str) -> str:
        """Return a name for a system call, which also takes the descriptor."""
        return os.path.join(self.path, name) if self._descriptor is None else name  # noqa: PTH118

    def open(self, name: str, flags: int, mode: int = 0o666) -> int:
        """Open a file that is not a link, and return its descriptor; a new one gets the mode."""
        flags |= _NO_LINK | _BINARY
        return os.open(self._at(name), flags, mode, dir_fd=self._descriptor)

    def state(self, name: str) -> os.stat_result:
        """Return the state of a file, or of a link itself."""
        return os.stat(self._at(name), dir_fd=self._descriptor, follow_symlinks=False)

    def replace(self, name: str, target: str) -> None:
        """Rename a file, over another one if that exists."""
        folder = self._descriptor
        os.replace(self._at(name), self._at(target), src_dir_fd=folder, dst_dir_fd=folder)

    def unlink(self, name: str) -> None:
        """Remove a file, or a link itself."""
        os.unlink(self._at(name), dir_fd=self._descriptor)

    def names(self) -> list[str]:
        """Return the names of everything in the folder."""
        if self._descriptor is None:
            return os.listdir(self.path)  # noqa: PTH208 - as text
        descriptor = os.open(".", os.O_RDONLY, dir_fd=self._descriptor)
        try:
            return os.listdir(descriptor)  # noqa: PTH208 - of a descriptor
        finally:
            os.close(descriptor)

    def sync(self) -> None:
        """Flush the folder itself to the disk, where the file system can."""
        with suppress(OSError):
            descriptor = os.open(self._at("."), os.O_RDONLY, dir_fd=self._descriptor)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def enter(self, name: str, at_end: ExitStack, *, create: bool) -> Folder:
        """Open a folder in this one; if it was missing and is empty at the end, it is removed.

        Raises: ``OSError``, also for a link.
        """
        path = os.path.join(self.path, name)  # noqa: PTH118 - as text
        try:
            return _open(path, self._at(name), self._descriptor, at_end)
        except FileNotFoundError:
            if not create:
                raise
        with suppress(FileExistsError):  # another run has made it meanwhile
            os.mkdir(self._at(name), dir_fd=self._descriptor)
            at_end.callback(self._remove_empty, name)
        return _open(path, self._at(name), self._descriptor, at_end)

    def _remove_empty(self, name: str) -> None:
        with suppress(OSError):
            os.rmdir(self._at(name), dir_fd=self._descriptor)


def open_folder(real: RealPath, at_end: ExitStack, *, create: bool = False) -> Folder:
    """Open the folder of a file, from its base down, until ``at_end``.

    Raises: ``OSError``; ``FileNotFoundError`` if it is missing and not to be created.
    """
    folder, missing = _open_base(real.base, at_end, create=create)
    for name in (*missing, *real.parts[:-1]):
        folder = folder.enter(name, at_end, create=create)
    return folder


def _open_base(base: str, at_end: ExitStack, *, create: bool) -> tuple[Folder, list[str]]:
    """Open the base or the nearest folder above it; return the names of those that are missing."""
    path, missing = base, list[str]()
    while True:
        try:
            return _open(path, path, None, at_end), missing[::-1]
        except FileNotFoundError:
            if not create:
                raise
        path, name = os.path.split(path)
        missing.append(name)


def _open(path: str, name: str, within: int | None, at_end: ExitStack) -> Folder:
    if not HAS_DESCRIPTORS:
        if not stat.S_ISDIR(os.stat(path).st_mode):  # noqa: PTH116 - as text
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        return Folder(path, None)
    try:
        descriptor = os.open(name, os.O_RDONLY | _FOLDER | _NO_LINK, dir_fd=within)
    except NotADirectoryError:
        if stat.S_ISLNK(os.stat(name, dir_fd=within, follow_symlinks=False).st_mode):
            raise _link_error() from None
        raise
    at_end.callback(os.close, descriptor)
    return Folder(path, descriptor)


def open_existing(path: Path, folder: Folder, name: str, at_end: ExitStack) -> BinaryIO | None:
    """Open the file of this name for reading, until ``at_end``; ``None`` if there is none.

    ``path`` is the file as the user has it. A device must not be replaced, and a pipe would block.

    Raises: ``CannotWrite`` if it is not a file; ``OSError``, also for a link.
    """
    try:
        _check_mode(path, folder.state(name).st_mode)
    except FileNotFoundError:
        return None
    descriptor = folder.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    file = at_end.enter_context(os.fdopen(descriptor, "rb"))
    _check_mode(path, os.fstat(descriptor).st_mode)
    return file


def open_place(place: FilePlace, at_end: ExitStack) -> BinaryIO | None:
    """Open a file for reading, until ``at_end``; ``None`` if it or its folder does not exist.

    Raises: ``ForbiddenPath``; ``CannotWrite`` if it is not a file; ``OSError``.
    """
    real = place.resolve()
    try:
        folder = open_folder(real, at_end)
    except FileNotFoundError:
        return None
    return open_existing(place.path, folder, real.parts[-1], at_end)


def _check_mode(path: Path, mode: int) -> None:
    if stat.S_ISLNK(mode):
        raise _link_error()
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "not a file"
        raise CannotWrite(f"`{path}` is {what}, expected a file", "move it out of the way")


def _link_error() -> OSError:
    return OSError(errno.ELOOP, os.strerror(errno.ELOOP))
