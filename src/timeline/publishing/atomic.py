"""Replace files atomically, and leave unchanged files untouched.

A half-written feed would empty the calendars of its subscribers. So a file is written beside its
target, flushed to the disk (fsync), renamed over the target, and its folder is flushed too. After
a crash or a power cut there is the old file or the new one. The files of one export are all
written before the first is renamed.

A symbolic link is written through where ``FilePlace`` allows it: the file that it leads to is
replaced, in that file's folder, and the link stays. The permissions of the target are kept; a new
file has 0666 without the umask. Other hard links to a file keep its old content. Everything goes
through the descriptors of the folder and of the open files, so that no name is followed to another
file.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct

from timeline.publishing.chunks import FileChunks, no_lengths, record_lengths
from timeline.publishing.diff import unified_diff
from timeline.publishing.errors import CannotWrite, cannot_write, write_errors
from timeline.publishing.folders import Folder, open_existing, open_folder, open_place
from timeline.publishing.permissions import keep_permissions
from timeline.publishing.temporary import (
    discard_temporary,
    list_litter,
    open_temporary,
    remove_litter,
)
from timeline.source import RealPath

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from timeline.source import FilePlace

    Content = bytes | Iterable[bytes]
    _State = tuple[int, int, int, int]
    IsOurs = Callable[[BinaryIO], bool] | None
    """Whether an existing file may be replaced; ``None`` allows all."""


def rewrite_files(files: Mapping[FilePlace, tuple[bytes | None, bytes]]) -> list[Path]:
    """Write all these files or none; return those that changed, in the order given.

    A file is given with its content as it was read, ``None`` if there was none, and its new
    content. What an editor stored meanwhile is not replaced.

    Raises: ``CannotWrite``, ``ForbiddenPath``.
    """
    with StagedFiles() as staged:
        for place, (before, after) in files.items():
            staged.stage(place, iter([after]))
            with write_errors(place.path):
                if read_file(place) != before:
                    raise _changed(place.path)
        return staged.commit(only_unchanged=True)


class StagedFiles:
    """Files that are written beside their targets and replace them together, in ``commit``.

    A context manager: at its end, files that were not committed are removed, with the folders
    that were made for them. Temporary files of killed runs beside a target are removed, too.
    """

    def __init__(self) -> None:
        self._at_end = ExitStack()
        self._staged: list[_Staged] = []
        self._paths: dict[RealPath, Path] = {}
        self._folders: dict[RealPath, Folder] = {}
        self._litter: dict[Folder, dict[str, list[str]]] = {}

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
        place: FilePlace,
        chunks: Iterable[bytes],
        is_ours: IsOurs = None,
        *,
        is_first: bool = False,
    ) -> FileChunks:
        """Write chunks into a temporary file beside a place and return them, readable from there.

        A file that has this content already is not written: the chunks are read from it. Chunks
        are taken once and never joined. A file that ``is_first`` is replaced before all that were
        staged so far.

        Raises: ``CannotWrite``, ``ForbiddenPath``. An error of the iterator passes through.
        """
        path, real = place.path, place.resolve()
        if real in self._paths:
            raise CannotWrite(
                f"`{path}` and `{self._paths[real]}` are the same file",
                "remove the symbolic link",
            )
        self._paths[real] = path
        name = real.parts[-1]
        lengths = no_lengths()
        recorded = record_lengths(chunks, lengths)
        with write_errors(path):
            old = self._open_old(path, real)
            state = None if old is None else _state(os.fstat(old.fileno()))
        same, remaining = (0, recorded) if old is None else _compare(old, recorded)
        if remaining is None:
            assert old is not None  # noqa: S101 - it has the same content
            return FileChunks(old, lengths)
        with write_errors(path):
            if old is not None:
                _check_ours(path, old, same, is_ours)
            folder = self._open_folder(real, create=True)
            temporary, file = open_temporary(folder, name, is_new=old is None)
        self._at_end.callback(discard_temporary, folder, temporary, file)
        if old is not None:
            with write_errors(path):
                _copy(old, file, same)
                if _state(os.fstat(old.fileno())) != state:
                    raise _changed(path)
                keep_permissions(old, file)
        for chunk in remaining:
            try:  # not around the loop: errors of the iterator pass through
                file.write(chunk)
            except OSError as error:
                raise cannot_write(path, error) from error
        with write_errors(path):
            file.flush()
        place_in_order = 0 if is_first else len(self._staged)
        self._staged.insert(
            place_in_order, _Staged(path, folder, name, temporary, file, old, state)
        )
        return FileChunks(file, lengths)

    def _open_folder(self, real: RealPath, *, create: bool) -> Folder:
        """Open the folder of a file, once for all files in it."""
        key = RealPath(real.base, real.parts[:-1])
        if key not in self._folders:
            self._folders[key] = open_folder(real, self._at_end, create=create)
        return self._folders[key]

    def _open_old(self, path: Path, real: RealPath) -> BinaryIO | None:
        """Open the existing file, and remove what killed runs left beside it."""
        try:
            folder = self._open_folder(real, create=False)
        except FileNotFoundError:
            return None
        if folder not in self._litter:  # once: a folder may have thousands of feeds
            self._litter[folder] = list_litter(folder)
        remove_litter(folder, real.parts[-1], self._litter[folder])
        return open_existing(path, folder, real.parts[-1], self._at_end)

    def commit(self, *, only_unchanged: bool = False) -> list[Path]:
        """Replace all targets; return the paths of those that changed, in the order replaced.

        With ``only_unchanged``, each must still be the file that it was when it was staged.

        If a rename fails after others succeeded, those are undone (but not on Windows, where
        nothing can be renamed over a file that is open). A kill between two renames leaves every
        file whole, some of them new.

        Raises: ``CannotWrite``.
        """
        for staged in self._staged:
            with write_errors(staged.path):
                os.fsync(staged.file.fileno())
        for staged in self._staged if only_unchanged else ():
            with write_errors(staged.path):
                if staged.current_state() != staged.state:
                    raise _changed(staged.path)
        _replace(self._staged)
        for folder in dict.fromkeys(staged.folder for staged in self._staged):
            folder.sync()
        return [staged.path for staged in self._staged]


def has_content(place: FilePlace, content: Content, is_ours: IsOurs = None) -> bool:
    """Return whether the file exists with this content, reading no more than necessary.

    Raises: ``CannotWrite``, ``ForbiddenPath`` where no file could be written.
    """
    with ExitStack() as at_end, write_errors(place.path):
        old = open_place(place, at_end)
        if old is None:
            return False
        same, remaining = _compare(old, _chunks(content))
        if remaining is not None:
            _check_ours(place.path, old, same, is_ours)
        return remaining is None


def diff_file(place: FilePlace, content: Content) -> str:
    """Return what ``rewrite_files`` would change as a unified diff; empty for nothing."""
    with write_errors(place.path):
        before = read_file(place)
    return unified_diff(before, b"".join(_chunks(content)), str(place.path))


def read_file(place: FilePlace, most: int = -1) -> bytes | None:
    """Return the content of the existing file, or its first bytes; ``None`` if there is none.

    Raises: ``CannotWrite``, ``ForbiddenPath`` where no file could be written; ``OSError``.
    """
    with ExitStack() as at_end:
        old = open_place(place, at_end)
        return None if old is None else old.read(most)


# --- the existing file --------------------------------------------------------------------------


def _chunks(content: Content) -> Iterator[bytes]:
    return iter([content] if isinstance(content, bytes) else content)


def _compare(old: BinaryIO, chunks: Iterator[bytes]) -> tuple[int, Iterator[bytes] | None]:
    """Return the length of the common start and the chunks after it, ``None`` if all is equal."""
    same = 0
    for chunk in chunks:
        if old.read(len(chunk)) != chunk:
            return same, chain([chunk], chunks)
        same += len(chunk)
    return same, iter([b""]) if old.read(1) else None


def _check_ours(path: Path, old: BinaryIO, same: int, is_ours: IsOurs) -> None:
    """Refuse to replace a file that is not ours.

    If the new content begins with the whole file, nothing is lost: the file is empty, or it is
    Markdown of a version of timeline that wrote no mark.
    """
    if is_ours is None or same == os.fstat(old.fileno()).st_size or is_ours(old):
        return
    raise CannotWrite(
        f"`{path}` was not written by timeline, so it is not replaced",
        "add --force to replace it",
    )


# --- the file beside it -------------------------------------------------------------------------


class _Staged(Struct):
    """A file that is written and not yet renamed."""

    path: Path
    """As the user has it, for messages."""
    folder: Folder
    name: str
    """The real name, in ``folder``."""
    temporary: str
    file: BinaryIO
    """Open on ``temporary``."""
    old: BinaryIO | None
    """Open on the existing file, to undo the rename."""
    state: _State | None
    """Of ``old``, when it was opened."""

    def current_state(self) -> _State | None:
        """Return the state of the file that has the name now; ``None`` if there is none."""
        try:
            return _state(self.folder.state(self.name))
        except FileNotFoundError:
            return None


def _state(status: os.stat_result) -> _State:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _changed(path: Path) -> CannotWrite:
    return CannotWrite(f"`{path}` changed while it was read", "run it again")


def _copy(source: BinaryIO, to: BinaryIO, length: int) -> None:
    """Copy the first ``length`` bytes of a file."""
    source.seek(0)
    while length > 0 and (piece := source.read(min(length, 1 << 20))):
        to.write(piece)
        length -= len(piece)


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
            with write_errors(waiting.path):
                waiting.folder.replace(waiting.temporary, waiting.name)
            done.append(waiting)
    except BaseException as error:
        new = [f"`{renamed.path}`" for renamed in reversed(done) if not _undo(renamed)]
        if new and isinstance(error, CannotWrite):
            error.message += f"; {', '.join(new)} had already been replaced"
        raise


def _undo(renamed: _Staged) -> bool:
    """Put the old file, which is still open, back with its times; return whether that worked."""
    folder = renamed.folder
    try:
        if renamed.old is None:
            folder.unlink(renamed.name)
            return True
        was = os.fstat(renamed.old.fileno())
        temporary, file = open_temporary(folder, renamed.name, is_new=False)
        with ExitStack() as at_end:
            at_end.callback(discard_temporary, folder, temporary, file)
            _copy(renamed.old, file, was.st_size)
            file.flush()
            os.fsync(file.fileno())
            keep_permissions(renamed.old, file)
            os.utime(file.fileno(), ns=(was.st_atime_ns, was.st_mtime_ns))
            folder.replace(temporary, renamed.name)
    except (OSError, ValueError):  # ValueError: closed, on Windows
        return False
    return True
