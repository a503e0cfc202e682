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
from typing import TYPE_CHECKING, BinaryIO

from timeline._lazy import regex

if TYPE_CHECKING:
    from timeline.publishing.folders import Folder

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_ABANDONED = 3600.0
"""Seconds after which a temporary file is litter, on systems without locks."""


def open_temporary(folder: Folder, target: str, *, is_new: bool) -> tuple[str, BinaryIO]:
    """Create a locked temporary file for a name in a folder, open for writing and reading.

    If the target is not new, nobody else can open the file before it gets the target's permissions.
    """
    mode = 0o666 if is_new else 0o600
    while True:
        temporary = f"{_prefix(target)}{os.urandom(8).hex()}.tmp"
        descriptor = folder.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)
        file = os.fdopen(descriptor, "w+b", buffering=1 << 18)
        if _lock(file.fileno()) is not False and os.fstat(file.fileno()).st_nlink:
            return temporary, file
        file.close()  # another run removed it as litter before it was locked: try again


def discard_temporary(folder: Folder, temporary: str, file: BinaryIO) -> None:
    """Close and remove a temporary file; after its rename there is nothing left to remove."""
    with suppress(OSError):  # what did not fit on the disk before does not fit now
        file.close()
    with suppress(OSError):
        folder.unlink(temporary)


def list_litter(folder: Folder) -> dict[str, list[str]]:
    """Return the names in a folder that temporary files have, by what they begin with."""
    litter: dict[str, list[str]] = {}
    with suppress(OSError):
        for name in folder.names():
            if ours := _TEMPORARY.fullmatch(name):
                litter.setdefault(ours[1], []).append(name)
    return litter


def remove_litter(folder: Folder, target: str, litter: dict[str, list[str]]) -> None:
    """Remove the temporary files for a name that killed runs left in a folder."""
    for name in litter.get(_prefix(target), ()):
        with suppress(OSError):
            _remove_abandoned(folder, name)


_TEMPORARY = regex(r"(\..{1,50}\.)[0-9a-f]{16}\.tmp", re.DOTALL)


def _prefix(target: str) -> str:
    return f".{target[:50]}."  # a name may have 255 bytes, and ours is longer than theirs


def _remove_abandoned(folder: Folder, temporary: str) -> None:
    descriptor = folder.open(temporary, os.O_RDWR)
    try:
        free = _lock(descriptor)
        if free is None:
            free = time.time() - os.fstat(descriptor).st_mtime > _ABANDONED
        if free and os.name != "nt":
            folder.unlink(temporary)
    finally:
        os.close(descriptor)
    if free and os.name == "nt":
        folder.unlink(temporary)


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
