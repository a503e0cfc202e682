"""Put errors of the operating system into words, for files that cannot be written."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from timeline.diagnostics import UserError, failure_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class CannotWrite(UserError):  # noqa: N818 - the name states what happened
    """A file could not be written; the existing one is unchanged."""


@contextmanager
def write_errors(path: Path) -> Iterator[None]:
    """Raise ``CannotWrite`` for an error of the operating system."""
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> CannotWrite:
    """Return the error for a file, with what to do."""
    other = failure_reason(error), "check the file and its folder"
    why, help_ = _REASONS.get(error.errno or 0, other)
    return CannotWrite(f"`{path}` cannot be written: {why}", help_)


TOO_MANY_OPEN = "raise the limit, see `ulimit -n`, or write fewer feeds at a time with `--feed`"
"""The help where a run has no more descriptors: it needs up to two for each output."""

_REASONS = {
    errno.ENOSPC: ("the disk is full", "free some space"),
    errno.EDQUOT: ("the disk quota is used up", "free some space"),
    errno.EFBIG: ("it exceeds the file size limit", "raise the limit, see `ulimit -f`"),
    errno.EACCES: ("permission is denied", "make its folder writable"),
    errno.EPERM: ("permission is denied", "make it and its folder writable"),
    errno.EROFS: ("the file system is read-only", "make it writable"),
    errno.EEXIST: ("there is a file in place of its folder", "move that away"),
    errno.ENOTDIR: ("there is a file in place of its folder", "move that away"),
    errno.EISDIR: ("there is a folder in its place", "move that away"),
    errno.EBUSY: ("it is a mount point or in use", "mount its folder, not the file itself"),
    errno.ELOOP: ("it became a symbolic link meanwhile", "run it again"),
    errno.EMFILE: ("too many files are open", TOO_MANY_OPEN),
    errno.ENAMETOOLONG: ("its name is too long", "choose a shorter name"),
}
