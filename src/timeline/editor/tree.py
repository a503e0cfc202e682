"""The files that the server reads: open texts as the editor has them, others from the disk.

Nothing outside of the folders that are open in the editor is read, after links are followed.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.source import Disk, is_within, real_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.source import FileIdentity

# ruff: noqa: PTH120 - names as text


class Opened(Struct, frozen=True):
    """What an editor calls a text that is open: the path, the address, and the version."""

    path: str
    uri: str
    version: int | None = None


class OpenFiles(Disk):
    """A `FileTree`: the files below some folders, with the open texts in place of their content.

    ``contents``, and what else is ``known`` of these texts, are by real path. A text that is open
    may lie elsewhere, since the editor sends it, and need not exist on the disk. ``including`` has
    the events files that include texts, as far as they have been looked for.
    """

    def __init__(
        self,
        folders: Iterable[str],
        contents: Mapping[str, bytes],
        known: Mapping[str, Opened],
        including: dict[str, str | None],
    ) -> None:
        self.folders = tuple(map(real_path, folders))
        self.contents, self.known, self.including = contents, known, including

    def identity(self, name: str) -> FileIdentity:
        """Return the device and the inode of a file; of a text that is not saved, its path."""
        real = self._allowed(name)
        try:
            return super().identity(real)
        except OSError:
            if real in self.contents:
                return real
            raise

    def read(self, name: str, limit: int) -> bytes:
        """Return the open text, else the content of a regular file.

        Raises: ``OSError`` for a file outside of the folders.
        """
        real = self._allowed(name)
        if real in self.contents:
            return self.contents[real][: limit + 1]
        return super().read(real, limit)

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder, with those of texts that are not saved."""
        real = self._allowed(folder or ".")
        beside = (path for path in self.contents if os.path.dirname(path) == real)
        return sorted({*super().names(real), *map(os.path.basename, beside)})

    def exists(self, name: str) -> bool:
        """Return whether there is a file, a folder or a link with a name, or such a text."""
        return super().exists(name) or self.real_path(name) in self.contents

    def contains(self, name: str) -> bool:
        """Return whether a file is below one of the folders, after links are followed."""
        real = self.real_path(name)
        return any(is_within(real, folder) for folder in self.folders)

    def _allowed(self, name: str) -> str:
        """Return the real path of a file or a folder that may be read.

        Raises: ``OSError`` for one that is elsewhere.
        """
        real = self.real_path(name)
        if real not in self.contents and not self.contains(name):
            raise _OutsideError("it is outside of the folders that are open in the editor")
        return real


class _OutsideError(OSError):
    """A file is outside of the folders; an ``OSError``, as of a file that cannot be read."""
