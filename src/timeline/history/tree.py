"""The files of a commit, from git's objects: nothing is checked out, and no link is followed."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from timeline.history.git import Repository
    from timeline.source import FileIdentity


# ruff: noqa: PTH118, PTH206 - names as text
class Item(Struct, frozen=True):
    """A name in a folder of a commit, by the mode and the object that git has for it."""

    mode: str
    oid: str


_FOLDER, _FILES = "40000", ("100644", "100755")


class CommitTree:
    """A `FileTree`: the files of a commit, by their paths from the root of the repository.

    Their real paths are where a checkout would have them, so that the root has a real path too, and
    what leads out of it is known. ``blobs`` has the objects of the files that were read, by these
    paths: two commits with the same ones have the same events.
    """

    def __init__(self, repository: Repository, root: str) -> None:
        """Take the root folder of a commit, by its object."""
        self._repository = repository
        self._root = root
        self.blobs: dict[str, str] = {}

    def real_path(self, name: str) -> str:
        """Return a path without `..`; a link is not followed."""
        return os.path.normpath(os.path.join(self._repository.root, name))

    def identity(self, name: str) -> FileIdentity:
        """Return the path of a file."""
        self._item_of_file(name)
        return self.real_path(name)

    def read(self, name: str, limit: int) -> bytes:
        """Return the content of a file."""
        item = self._item_of_file(name)
        blob = self._repository.object(item.oid)
        if blob is None:
            raise OSError("git does not have its content")
        self.blobs[self.real_path(name)] = item.oid
        return blob.content[: limit + 1]

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder."""
        item = self.find(folder)
        if item is None or item.mode != _FOLDER:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        # The pattern of an include may match another set of names, which is another timeline.
        self.blobs[self.real_path(folder)] = item.oid
        return [*self._items(item.oid)]

    def is_folder(self, name: str) -> bool:
        """Return whether there is a folder with a name."""
        item = self.find(name)
        return item is not None and item.mode == _FOLDER

    def exists(self, name: str) -> bool:
        """Return whether there is anything with a name."""
        return self.find(name) is not None

    def has_blobs(self, blobs: dict[str, str]) -> bool:
        """Return whether the commit has these files with the same content."""
        items = ((self.find(path), oid) for path, oid in blobs.items())
        return all(item is not None and item.oid == oid for item, oid in items)

    def find(self, name: str) -> Item | None:
        """Return what has a name; ``None`` if there is nothing."""
        item = Item(_FOLDER, self._root)
        path = os.path.relpath(self.real_path(name), self._repository.root)
        for part in [] if path == os.curdir else path.split(os.sep):
            if item.mode != _FOLDER:
                return None
            inner = self._items(item.oid).get(part)
            if inner is None:
                return None
            item = inner
        return item

    def _item_of_file(self, name: str) -> Item:
        item = self.find(name)
        if item is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        if item.mode == "120000":
            raise ValueError("is a symbolic link, which is not followed in a revision")
        if item.mode not in _FILES:
            raise ValueError("is a directory" if item.mode == _FOLDER else "is not a regular file")
        return item

    def _items(self, oid: str) -> dict[str, Item]:
        """Return the names in a folder, from lines of mode, space, name, NUL and object."""
        tree = self._repository.object(oid)
        if tree is None:
            return {}
        items, content, start, width = {}, tree.content, 0, len(oid) // 2
        while start < len(content):
            end = content.index(b"\0", start)
            mode, _, name = content[start:end].partition(b" ")
            start = end + 1 + width
            text = name.decode(errors="surrogateescape")
            items[text] = Item(mode.decode(), content[end + 1 : start].hex())
        return items
