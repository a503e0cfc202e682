"""Create temporary files beside their targets, and remove those of killed runs.

A run locks its temporary files, and the system releases the lock however the run ends. So a file
without a lock is litter. A process number in the name, the usual way, does not work where another
container writes to the same folder.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_ABANDONED = 3600.0
"""Seconds after which a temporary file is litter, on systems without locks."""


def open_temporary(target: Path) -> tuple[Path, BinaryIO]:
    """Create a locked temporary file in the folder of ``target``, open for writing and reading."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        temporary = target.parent / f"{_prefix(target)}{os.urandom(8).hex()}.tmp"
        file = os.fdopen(os.open(temporary, flags, 0o666), "w+b", buffering=1 << 18)
        if _lock(file.fileno()) is not False and os.fstat(file.fileno()).st_nlink:
            return temporary, file
        file.close()  # another run removed it as litter before it was locked: try again


def discard_temporary(temporary: Path, file: BinaryIO) -> None:
    """Close and remove a temporary file; after its rename there is nothing left to remove."""
    with suppress(OSError):  # what did not fit on the disk before does not fit now
        file.close()
    with suppress(OSError):
        temporary.unlink()


def remove_litter(target: Path) -> None:
    """Remove the temporary files for ``target`` that killed runs left."""
    ours = re.compile(re.escape(_prefix(target)) + r"[0-9a-f]{16}\.tmp")
    with suppress(OSError), os.scandir(target.parent) as entries:
        for entry in entries:
            if ours.fullmatch(entry.name):
                with suppress(OSError):
                    _remove_abandoned(Path(entry.path))


def _prefix(target: Path) -> str:
    return f".{target.name[:50]}."  # a name may have 255 bytes, and ours is longer than theirs


def _remove_abandoned(temporary: Path) -> None:
    descriptor = os.open(temporary, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        free = _lock(descriptor)
        if free is None:
            free = time.time() - os.fstat(descriptor).st_mtime > _ABANDONED
        if free and os.name != "nt":
            temporary.unlink()
    finally:
        os.close(descriptor)
    if free and os.name == "nt":
        temporary.unlink()


def _lock(descriptor: int) -> bool | None:
    """Take the lock of a temporary file; ``False``: another run has it, ``None``: no locks here."""
    if fcntl is None:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
