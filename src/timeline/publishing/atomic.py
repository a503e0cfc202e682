"""Replace files atomically, and leave unchanged files untouched.

A half-written feed would empty the calendars of its subscribers. So a file is written beside its
target, flushed to the disk (fsync), renamed over the target, and its folder is flushed too. After
a crash or a power cut there is the old file or the new one. The files of one export are all
written before the first is renamed.

A symbolic link is written through: the file that it leads to is replaced, in that file's folder,
and the link stays. The mode of the target is kept, and its owner where the system permits it; a
new file has 0666 without the umask. Other hard links to a file keep its old content.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct

from timeline.diagnostics import UserError, failure_reason
from timeline.publishing.chunks import FileChunks, no_lengths, record_lengths
from timeline.publishing.diff import unified_diff
from timeline.publishing.temporary import discard_temporary, open_temporary, remove_litter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Self

    Content = bytes | Iterable[bytes]


class CannotWrite(UserError):  # noqa: N818 - the name states what happened
    """A file could not be written; the existing one is unchanged."""


def write_files(files: Mapping[Path, Content]) -> list[Path]:
    """Write all these files or none; return those that changed, in the order given.

    Raises: ``CannotWrite``. An error of an iterator of chunks passes through, nothing written.
    """
    with StagedFiles() as staged:
        for path, content in files.items():
            staged.stage(path, _chunks(content))
        return staged.commit()


class StagedFiles:
    """Files that are written beside their targets and replace them together, in ``commit``.

    A context manager: at its end, files that were not committed are removed, with the folders
    that were made for them. Temporary files of killed runs beside a target are removed, too.
    """

    def __init__(self) -> None:
        self._at_end = ExitStack()
        self._staged: list[_Staged] = []
        self._paths: dict[Path, Path] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._at_end.close()

    def stage(self, path: Path, chunks: Iterable[bytes]) -> FileChunks:
        """Write chunks into a temporary file beside ``path`` and return them, readable from there.

        A file that has this content already is not written: the chunks are read from it. Chunks
        are taken once and never joined.

        Raises: ``CannotWrite``. An error of the iterator passes through.
        """
        target = Path(os.path.realpath(path))
        if target in self._paths:
            raise CannotWrite(
                f"`{path}` and `{self._paths[target]}` are the same file",
                "remove the symbolic link",
            )
        self._paths[target] = path
        remove_litter(target)
        lengths = no_lengths()
        recorded = record_lengths(chunks, lengths)
        with _write_errors(path):
            old = _open_old(path, target, self._at_end)
            state = old and _state(old)
        same, remaining = (0, recorded) if old is None else _compare(old, recorded)
        if remaining is None:
            assert old is not None  # noqa: S101 - it has the same content
            return FileChunks(old, lengths)
        with _write_errors(path):
            _make_folder(target.parent, self._at_end)
            temporary, file = open_temporary(target)
        self._at_end.callback(discard_temporary, temporary, file)
        if old is not None:
            with _write_errors(path):
                _copy(old, file, same)
                if _state(old) != state:
                    raise CannotWrite(f"`{path}` changed while it was compared", "run it again")
                _keep_mode(old, temporary)
        for chunk in remaining:
            try:  # not around the loop: errors of the iterator pass through
                file.write(chunk)
            except OSError as error:
                raise _cannot_write(path, error) from error
        with _write_errors(path):
            file.flush()
        self._staged.append(_Staged(path, target, temporary, file, old))
        return FileChunks(file, lengths)

    def commit(self) -> list[Path]:
        """Replace all targets; return the paths of those that changed, in the order staged.

        If a rename fails after others succeeded, those are undone (but not on Windows, where
        nothing can be renamed over a file that is open). A kill between two renames leaves every
        file whole, some of them new.

        Raises: ``CannotWrite``.
        """
        for staged in self._staged:
            with _write_errors(staged.path):
                os.fsync(staged.file.fileno())
        _replace(self._staged)
        for folder in dict.fromkeys(staged.target.parent for staged in self._staged):
            _sync_folder(folder)
        return [staged.path for staged in self._staged]


def has_content(path: Path, content: Content) -> bool:
    """Return whether the file exists with this content, reading no more than necessary.

    Raises: ``CannotWrite`` where no file could be written.
    """
    with ExitStack() as at_end, _write_errors(path):
        old = _open_old(path, path, at_end)
        return old is not None and _compare(old, _chunks(content))[1] is None


def diff_file(path: Path, content: Content) -> str:
    """Return what ``write_files`` would change as a unified diff; empty for nothing."""
    with ExitStack() as at_end, _write_errors(path):
        old = _open_old(path, path, at_end)
        before = None if old is None else old.read()
    return unified_diff(before, b"".join(_chunks(content)), str(path))


# --- the existing file --------------------------------------------------------------------------


def _chunks(content: Content) -> Iterator[bytes]:
    return iter([content] if isinstance(content, bytes) else content)


def _open_old(path: Path, target: Path, at_end: ExitStack) -> BinaryIO | None:
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(mode):  # a device must not be replaced, and a pipe would block
        what = "a folder" if stat.S_ISDIR(mode) else "not a file"
        raise CannotWrite(f"`{path}` is {what}, expected a file", "move it out of the way")
    return at_end.enter_context(target.open("rb"))


def _compare(old: BinaryIO, chunks: Iterator[bytes]) -> tuple[int, Iterator[bytes] | None]:
    """Return the length of the common start and the chunks after it, ``None`` if all is equal."""
    same = 0
    for chunk in chunks:
        if old.read(len(chunk)) != chunk:
            return same, chain([chunk], chunks)
        same += len(chunk)
    return same, iter([b""]) if old.read(1) else None


# --- the file beside it -------------------------------------------------------------------------


class _Staged(Struct):
    """A file that is written and not yet renamed."""

    path: Path
    """As the user has it, for messages."""
    target: Path
    temporary: Path
    file: BinaryIO
    """Open on ``temporary``."""
    old: BinaryIO | None
    """Open on the existing file, to undo the rename."""


def _make_folder(folder: Path, at_end: ExitStack) -> None:
    """Make a folder with its parents; at the end, new folders are removed if they are empty."""
    missing = []
    for parent in (folder, *folder.parents):
        if parent.exists():
            break
        missing.append(parent)
    folder.mkdir(parents=True, exist_ok=True)
    for made in reversed(missing):
        at_end.callback(_remove_empty, made)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _state(file: BinaryIO) -> tuple[int, int]:
    state = os.fstat(file.fileno())
    return state.st_size, state.st_mtime_ns


def _copy(source: BinaryIO, to: BinaryIO, length: int) -> None:
    """Copy the first ``length`` bytes of a file."""
    source.seek(0)
    while length > 0 and (piece := source.read(min(length, 1 << 20))):
        to.write(piece)
        length -= len(piece)


def _keep_mode(old: BinaryIO, temporary: Path) -> None:
    """Give a temporary file the mode of the old file, and its owner if that is permitted."""
    was, now = os.fstat(old.fileno()), temporary.stat()
    if (was.st_uid, was.st_gid) != (now.st_uid, now.st_gid) and hasattr(os, "chown"):
        with suppress(OSError):  # only root may change the owner
            os.chown(temporary, was.st_uid, was.st_gid)
    temporary.chmod(stat.S_IMODE(was.st_mode))  # after chown, which clears set-id bits


# --- the rename ---------------------------------------------------------------------------------


def _replace(staged: list[_Staged]) -> None:
    """Rename all files over their targets; undo those done if one fails."""
    if os.name == "nt":  # an open file can be neither renamed nor replaced
        for waiting in staged:
            waiting.file.close()
            if waiting.old is not None:
                waiting.old.close()
    done: list[_Staged] = []
    try:
        for waiting in staged:
            with _write_errors(waiting.path):
                waiting.temporary.replace(waiting.target)
            done.append(waiting)
    except BaseException as error:
        new = [f"`{renamed.path}`" for renamed in reversed(done) if not _undo(renamed)]
        if new and isinstance(error, CannotWrite):
            error.message += f"; {', '.join(new)} had already been replaced"
        raise


def _undo(renamed: _Staged) -> bool:
    """Put the old file, which is still open, back with its times; return whether that worked."""
    try:
        if renamed.old is None:
            renamed.target.unlink()
            return True
        was = os.fstat(renamed.old.fileno())
        temporary, file = open_temporary(renamed.target)
        with ExitStack() as at_end:
            at_end.callback(discard_temporary, temporary, file)
            _copy(renamed.old, file, was.st_size)
            file.flush()
            os.fsync(file.fileno())
            _keep_mode(renamed.old, temporary)
            os.utime(temporary, ns=(was.st_atime_ns, was.st_mtime_ns))
            temporary.replace(renamed.target)
    except (OSError, ValueError):  # ValueError: closed, on Windows
        return False
    return True


def _sync_folder(folder: Path) -> None:
    # Some file systems cannot flush a folder, and the files are in place already.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# --- messages -----------------------------------------------------------------------------------

_REASONS = {
    errno.ENOSPC: ("the disk is full", "free some space"),
    errno.EDQUOT: ("the disk quota is used up", "free some space"),
    errno.EFBIG: ("it exceeds the file size limit", "raise the limit, see `ulimit -f`"),
    errno.EACCES: ("permission is denied", "make its folder writable"),
    errno.EPERM: ("permission is denied", "make it and its folder writable"),
    errno.EROFS: ("the file system is read-only", "write to another folder"),
    errno.EEXIST: ("there is a file in place of its folder", "move that away"),
    errno.ENOTDIR: ("there is a file in place of its folder", "move that away"),
    errno.EISDIR: ("there is a folder in its place", "move that away"),
    errno.EBUSY: ("it is a mount point or in use", "mount its folder, not the file itself"),
    errno.ELOOP: ("its symbolic link is circular", "remove the link"),
    errno.ENAMETOOLONG: ("its name is too long", "choose a shorter name"),
}


def _cannot_write(path: Path, error: OSError) -> CannotWrite:
    other = failure_reason(error), "check the file and its folder"
    why, help_ = _REASONS.get(error.errno or 0, other)
    return CannotWrite(f"`{path}` cannot be written: {why}", help_)


@contextmanager
def _write_errors(path: Path) -> Iterator[None]:
    """Raise ``CannotWrite`` for an error of the operating system."""
    try:
        yield
    except OSError as error:
        raise _cannot_write(path, error) from error
