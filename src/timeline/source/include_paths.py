"""Decide which files an item of ``include`` means: that of a path, or all those of a pattern.

An events file may come from a stranger. So what it names is below the folder of the main file after
links are followed, and no part of its real name begins with `.`.
"""

from __future__ import annotations

import os
import posixpath
import re
from fnmatch import translate
from functools import cache
from typing import TYPE_CHECKING

from timeline._limits import MAX_COMPARED, MAX_PATH
from timeline.diagnostics import VERY_SIMILAR, Refusal, nearest, rules
from timeline.source.paths import is_within, system_name
from timeline.source.portable import is_address, path_error

if TYPE_CHECKING:
    from timeline.source.files import FileTree

# ruff: noqa: PTH118, PTH119, PTH120, PTH122, PTH206 - as text, not as UTF-8


def is_pattern(written: str) -> bool:
    """Return whether a text has a wildcard."""
    return "*" in written or "?" in written


class IncludePaths:
    """The paths below the folder of the main file; ``None`` for a text without a folder.

    Each folder is listed once, since it may have thousands of files, and an `include` hundreds of
    items. The patterns together are compared with at most `MAX_COMPARED` names. ``searched`` has
    the folders in which files were looked for, also those that do not exist, in order.
    """

    def __init__(self, root: str, folder: str | None, tree: FileTree) -> None:
        self._root = root
        self._tree = tree
        self._top = None if folder is None else tree.real_path(folder)
        self._listed = cache(lambda folder: sorted(tree.names(folder)))
        self._compared = 0
        self.searched: dict[str, None] = {}

    def files(self, written: str, folder: str) -> list[str]:
        """Return the names of the files of an item, from the current folder as ``folder`` is.

        Those of a pattern are in the order of their code points, folder by folder. The file of a
        path need not exist.

        Raises: `Refusal` for what cannot be a path, and for a pattern without a file.
        """
        _check_written(written)
        if self._top is None:
            raise _without_folder(written)
        name = os.path.normpath(system_name(written))
        if not is_pattern(written):
            path = os.path.normpath(os.path.join(folder, name))
            self.searched[os.path.dirname(path)] = None
            return [path]
        if files := self._matches(name, folder, written):
            return files
        raise Refusal(
            rules.INCLUDE_FILE,
            f"`{written}` matches no file",
            self._help_for_no_match(name, folder, written),
        )

    def real(self, name: str, written: str) -> str:
        """Return the real path of a file or a folder that an item leads to.

        Raises: `Refusal` if it may not be read.
        """
        if self._top is None:
            raise _without_folder(written)
        real = self._tree.real_path(name)
        if not is_within(real, self._top):
            raise Refusal(
                rules.INCLUDE_PATH,
                f"`{written}` is outside the folder of `{self._root}`"
                if not is_pattern(written)
                else f"`{written}` leads to `{name}`, outside the folder of `{self._root}`",
                "move the file into that folder, or below it, and write its path from there",
            )
        below = os.path.relpath(real, self._top).split(os.sep)
        if any(part.startswith(".") for part in below if part != "."):
            raise _hidden(written)
        return real

    def help_for_missing(self, name: str, written: str) -> str:
        """Return what to write for a file that cannot be read; ``name`` is its path."""
        is_folder = self._tree.is_folder(name)
        folder, last = os.path.split(name)
        try:
            others = self._listed(name if is_folder else folder)
        except OSError:
            return (
                f"there is no folder `{folder}`: write the path relative to the folder of this file"
            )
        root = os.path.basename(self._root)
        files = [other for other in others if other.endswith((".yaml", ".yml")) and other != root]
        if is_folder:
            # On every system with `/`, as they are written.
            below = posixpath.normpath(written)
            path = posixpath.normpath(posixpath.join(below, files[0] if files else "stages.yaml"))
            every = f", or `{posixpath.join(below, '*.yaml')}` for all"
            return f"write an item for each file in it, such as `{path}`{every if files else ''}"
        if self._tree.exists(name):
            return "make it a regular file with read permission"
        stems = {file.rpartition(".")[0]: file for file in files}
        if near := nearest(last.partition(".")[0], stems, VERY_SIMILAR):
            return f"did you mean `{written.removesuffix(last)}{stems[near]}`?"
        return "write the path of an existing file, relative to the folder of this file"

    def _matches(self, name: str, folder: str, written: str) -> list[str]:
        """Return the files that a pattern matches; folders are no match of its last part."""
        *above, last = name.split(os.sep)
        folders = [folder]
        for part in above:
            folders = [
                path
                for parent in folders
                for path in self._inside(parent, part, written)
                if self._tree.is_folder(path)
            ]
        return [
            path
            for parent in folders
            for path in self._inside(parent, last, written)
            if not self._tree.is_folder(path)
        ]

    def _inside(self, folder: str, part: str, written: str) -> list[str]:
        """Return the paths in a folder that a part of a pattern matches, in order."""
        self.searched[folder] = None
        if not is_pattern(part):
            path = os.path.normpath(os.path.join(folder, part))
            if not self._tree.exists(path):
                self.searched[path] = None
                return []
            return [path]
        self.real(folder, written)  # before its names are read
        try:
            names = self._listed(folder)
        except OSError:
            return []
        self._compared += len(names)
        if self._compared > MAX_COMPARED:
            raise Refusal(
                rules.TOO_LARGE,
                f"the patterns up to `{written}` are compared with more than {MAX_COMPARED:,} "
                "names of files",
                "write fewer patterns, or the names of the folders instead of `*`",
            )
        matches = re.compile(translate(part)).match
        return [
            os.path.join(folder, name)
            for name in names
            if matches(name) and not name.startswith(".")
        ]

    def _help_for_no_match(self, name: str, folder: str, written: str) -> str:
        """Return what to write for a pattern that matches nothing, or only folders."""
        stem, suffix = os.path.splitext(name)
        other = {".yaml": ".yml", ".yml": ".yaml"}.get(suffix, "")
        if other and self._matches(stem + other, folder, written):
            return f"did you mean `{written.removesuffix(suffix)}{other}`?"
        parts = name.split(os.sep)
        for part in parts[:-1]:
            path = os.path.join(folder, part)
            if is_pattern(part):
                break
            if not self._tree.is_folder(path):
                near = nearest(part, self._folders(folder), VERY_SIMILAR)
                if near:
                    return f"did you mean `{written.replace(part, near, 1)}`?"
                return f"there is no folder `{path}`: write a path from the folder of this file"
            folder = path
        return "add a file with such a name, or remove this item"

    def _folders(self, folder: str) -> list[str]:
        """Return the names of the folders in a folder, for a suggestion."""
        try:
            names = [name for name in self._listed(folder) if not name.startswith(".")]
        except OSError:
            return []
        if len(names) > _MOST_NAMES:
            return []
        return [name for name in names if self._tree.is_folder(os.path.join(folder, name))]


_MOST_NAMES = 10_000


def _check_written(written: str) -> None:
    """Refuse a path or a pattern that may not be included."""
    message, help_ = None, ""
    if len(written) > MAX_PATH:
        message = f"an included path is longer than {MAX_PATH:,} characters"
        help_ = "shorten it"
    elif is_address(written):
        message, help_ = f"`{written}` is an address", "download the file and write its path"
    elif not written.strip():
        message = "an included path is empty"
        help_ = "write the path relative to the folder of this file"
    elif error := path_error(written, "the folder of this file"):
        message, help_ = error
    elif re.search(r"[\[\]]", written):
        message = f"`{written}` has a bracket, and a pattern has `*` and `?` only"
        help_ = "write `?` for one character, or an item for each file"
    elif "**" in written:
        message = f"`{written}` has `**`, and `*` stays within one name"
        help_ = "write an item for each level, such as {} and {}".format(*_levels(written))
    elif is_pattern(written) and re.search(r"(^|/)\.(?!\.?(/|$))", written):
        raise _hidden(written)
    if message is not None:
        raise Refusal(rules.INCLUDE_PATH, message, help_)


def _without_folder(written: str) -> Refusal:
    return Refusal(
        rules.INCLUDE_FILE,
        f"`{written}` cannot be included, because this text is in no folder",
        "save it as a file, or name the folder of its paths",
    )


def _hidden(written: str) -> Refusal:
    return Refusal(
        rules.INCLUDE_PATH,
        f"`{written}` leads to a name that begins with `.`",
        "such names are for settings and secrets: move the file, or rename it",
    )


def _levels(written: str) -> tuple[str, str]:
    """Return the patterns of the first two levels that are meant by one with ``**``."""
    before, _, after = written.partition("**")
    last = after.rpartition("/")[2].replace("**", "*")
    last = last if last and last != "*" else "*.yaml"
    folder = before if before.endswith("/") or not before else f"{before}*/"
    return f"`{folder}{last}`", f"`{folder}*/{last}`"
