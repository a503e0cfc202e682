"""Bytes into ``dist/``: whole or not at all, and untouched where nothing changed.

One half-written feed empties subscribers' calendars, so a file is written beside its place,
brought to the disk (fsync), renamed over what stood, and the folder brought to the disk too: a
reader, a kill or a power cut finds the old file or the new one. The files of one export are all
written before the first is renamed.

A symbolic link is written through: the file it leads to is replaced, in that file's folder, and
the link stays. Mode, and where the system lets us the owner, of what stood are kept; a new file
has 0666 without the umask. Other hard links to a file keep its old content.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

from timeline._records import dataclass
from timeline.diagnostics.errors import UserError
from timeline.publishing.diff import unified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Content = bytes | Iterable[bytes]


class CannotWrite(UserError):  # noqa: N818 - the name states what happened
    """A file could not be written; the existing one is unchanged."""


def publish(files: Mapping[Path, Content]) -> list[Path]:
    """Write all these files or none; return those that were written, in the order given.

    What is already equal is left alone, to its time of change. Chunks are taken once and never
    joined. Folders that are missing are made. Temporary files that a killed run left beside the
    files are removed; those of a run that is alive are not. Raises ``CannotWrite``; what an
    iterator of chunks raises passes through, with nothing written.

    If a rename fails after others succeeded, those are undone (but not on Windows, where nothing
    can be renamed over a file that is open). A kill between two renames leaves every file whole,
    some of them new.
    """
    with ExitStack() as at_end:
        staged = []
        for path, target in _targets(files).items():
            _remove_litter(target)
            one = _stage(path, target, _chunks(files[path]), at_end)
            if one is not None:
                staged.append(one)
        _replace(staged)
    for folder in dict.fromkeys(one.target.parent for one in staged):
        _sync_folder(folder)
    return [one.path for one in staged]


def stands(path: Path, content: Content) -> bool:
    """Whether the file is there and has this content to the byte. Reads no more than it must."""
    with ExitStack() as at_end, _explained(path):
        old = _open_old(path, path, at_end)
        return old is not None and _compare(old, _chunks(content))[1] is None


def diff(path: Path, content: Content) -> str:
    """What ``publish`` would change, as ``difference.unified`` says it; empty where nothing."""
    with ExitStack() as at_end, _explained(path):
        old = _open_old(path, path, at_end)
        before = None if old is None else old.read()
    return unified(before, b"".join(_chunks(content)), str(path))


# --- what stands --------------------------------------------------------------------------------


def _chunks(content: Content) -> Iterator[bytes]:
    return iter([content] if isinstance(content, bytes) else content)


def _targets(files: Iterable[Path]) -> dict[Path, Path]:
    """Where each path leads, symbolic links followed."""
    targets: dict[Path, Path] = {}
    paths: dict[Path, Path] = {}
    for path in files:
        targets[path] = target = Path(os.path.realpath(path))
        if target in paths:
            raise CannotWrite(
                f"`{path}` and `{paths[target]}` are the same file", "remove the symbolic link"
            )
        paths[target] = path
    return targets


def _open_old(path: Path, target: Path, at_end: ExitStack) -> BinaryIO | None:
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):  # never rename over a device, nor wait for a pipe's other end
        what = "a folder" if stat.S_ISDIR(mode) else "not a file"
        raise CannotWrite(f"`{path}` is {what}, expected a file", "move it out of the way")
    return at_end.enter_context(target.open("rb"))


def _compare(old: BinaryIO, chunks: Iterator[bytes]) -> tuple[int, Iterator[bytes] | None]:
    """How many bytes are equal from the beginning, and the chunks from there; ``None``: all are."""
    same = 0
    for chunk in chunks:
        if old.read(len(chunk)) != chunk:
            return same, chain([chunk], chunks)
        same += len(chunk)
    return same, iter([b""]) if old.read(1) else None


# --- writing beside -----------------------------------------------------------------------------


@dataclass(slots=True)
class _Staged:
    """A file that is written and waits for its rename."""

    path: Path
    """As the user has it, for messages."""
    target: Path
    temporary: Path
    file: BinaryIO
    """Open on ``temporary``, and locked: that is how other runs know we are alive."""
    old: BinaryIO | None
    """Open on what stood, to undo the rename."""


def _stage(path: Path, target: Path, chunks: Iterator[bytes], at_end: ExitStack) -> _Staged | None:
    """Write ``chunks`` beside ``target``, unless that has them already; no memory of its size."""
    with _explained(path):
        old = _open_old(path, target, at_end)
        state = old and _state(old)
    same, rest = (0, chunks) if old is None else _compare(old, chunks)
    if rest is None:
        return None
    with _explained(path):
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary, file = _open_temporary(target)
    at_end.callback(_discard, temporary, file)
    if old is not None:
        with _explained(path):
            _copy(old, file, same)
            if _state(old) != state:
                raise CannotWrite(f"`{path}` changed while it was compared", "run it again")
            _keep_mode(old, temporary)
    for chunk in rest:
        try:  # not around the loop: an error of the iterator's is not ours to explain
            file.write(chunk)
        except OSError as error:
            raise _cannot_write(path, error) from error
    with _explained(path):
        file.flush()
        os.fsync(file.fileno())
    return _Staged(path, target, temporary, file, old)


def _state(file: BinaryIO) -> tuple[int, int]:
    state = os.fstat(file.fileno())
    return state.st_size, state.st_mtime_ns


def _copy(source: BinaryIO, to: BinaryIO, length: int) -> None:
    source.seek(0)
    while length > 0 and (piece := source.read(min(length, 1 << 20))):
        to.write(piece)
        length -= len(piece)


def _keep_mode(old: BinaryIO, temporary: Path) -> None:
    was, now = os.fstat(old.fileno()), temporary.stat()
    if (was.st_uid, was.st_gid) != (now.st_uid, now.st_gid) and hasattr(os, "chown"):
        with suppress(OSError):  # giving files away is for root
            os.chown(temporary, was.st_uid, was.st_gid)
    temporary.chmod(stat.S_IMODE(was.st_mode))  # after chown, which clears set-id bits


def _open_temporary(target: Path) -> tuple[Path, BinaryIO]:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        temporary = target.parent / f"{_prefix(target)}{os.urandom(8).hex()}.tmp"
        file = os.fdopen(os.open(temporary, flags, 0o666), "wb", buffering=1 << 18)
        if _lock(file.fileno()) is not False and os.fstat(file.fileno()).st_nlink:
            return temporary, file
        file.close()  # another run took it for litter before it was locked: once more


def _discard(temporary: Path, file: BinaryIO) -> None:
    """Close and remove; after the rename there is nothing left to remove."""
    with suppress(OSError):  # what did not fit on the disk before does not fit now
        file.close()
    with suppress(OSError):
        temporary.unlink()


# --- the rename ---------------------------------------------------------------------------------


def _replace(staged: list[_Staged]) -> None:
    if os.name == "nt":  # where what is open can be neither renamed nor replaced
        for one in staged:
            one.file.close()
            if one.old is not None:
                one.old.close()
    done: list[_Staged] = []
    try:
        for one in staged:
            with _explained(one.path):
                one.temporary.replace(one.target)
            done.append(one)
    except BaseException as error:
        new = [f"`{one.path}`" for one in reversed(done) if not _undo(one)]
        if new and isinstance(error, CannotWrite):
            error.message += f"; {', '.join(new)} had been replaced by then"
        raise


def _undo(one: _Staged) -> bool:
    """Put back what stood, which is open still, with its time of change; whether that worked."""
    try:
        if one.old is None:
            one.target.unlink()
            return True
        was = os.fstat(one.old.fileno())
        temporary, file = _open_temporary(one.target)
        with ExitStack() as at_end:
            at_end.callback(_discard, temporary, file)
            _copy(one.old, file, was.st_size)
            file.flush()
            os.fsync(file.fileno())
            _keep_mode(one.old, temporary)
            os.utime(temporary, ns=(was.st_atime_ns, was.st_mtime_ns))
            temporary.replace(one.target)
    except (OSError, ValueError):  # ValueError: closed, on Windows
        return False
    return True


def _sync_folder(folder: Path) -> None:
    # Not every system and file system can, and the files are in place already.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# --- litter -------------------------------------------------------------------------------------

_ABANDONED = 3600.0
"""Seconds after which a temporary file is litter where there are no locks to tell."""


def _prefix(target: Path) -> str:
    return f".{target.name[:50]}."  # a name may have 255 bytes, and ours is longer than theirs


def _remove_litter(target: Path) -> None:
    """Remove what killed runs left of writing ``target``.

    Whether a run is alive is told by its lock, which the system drops however it ends. A process
    number in the name, the usual way, means nothing to another container on the same folder.
    """
    ours = re.compile(re.escape(_prefix(target)) + r"[0-9a-f]{16}\.tmp")
    with suppress(OSError), os.scandir(target.parent) as entries:
        for entry in entries:
            if ours.fullmatch(entry.name):
                with suppress(OSError):
                    _remove_abandoned(Path(entry.path))


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
    """Take the lock that says who writes is alive; ``False``: held, ``None``: no locks here."""
    if fcntl is None:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


# --- messages -----------------------------------------------------------------------------------

_WHY = {
    errno.ENOSPC: ("the disk is full", "make room"),
    errno.EDQUOT: ("the disk quota is used up", "make room"),
    errno.EFBIG: ("it is longer than a file may be here", "raise the limit, see `ulimit -f`"),
    errno.EACCES: ("permission is denied", "make its folder writable"),
    errno.EPERM: ("permission is denied", "make it and its folder writable"),
    errno.EROFS: ("the file system is read-only", "write to another folder"),
    errno.EEXIST: ("a file stands where its folder should be", "move that away"),
    errno.ENOTDIR: ("a file stands where its folder should be", "move that away"),
    errno.EISDIR: ("a folder stands in its place", "move that away"),
    errno.EBUSY: ("it is a mount point or in use", "mount its folder, not the file itself"),
    errno.ELOOP: ("its symbolic link leads in a circle", "remove the link"),
    errno.ENAMETOOLONG: ("its name is too long", "choose a shorter name"),
}


def _cannot_write(path: Path, error: OSError) -> CannotWrite:
    other = (error.strerror or str(error)).lower(), "see to that"
    why, help_ = _WHY.get(error.errno or 0, other)
    return CannotWrite(f"`{path}` cannot be written: {why}", help_)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _cannot_write(path, error) from error
