"""Decide whether a path may be read or written: the one rule for every place that has a name.

A repository may come from a stranger, and symbolic links with it: a link in `dist/` could lead to a
file that a shell runs. So a path is followed to its real end, which must lie in a base: the
repository, or the folder outside of it that the user named.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from timeline._limits import MAX_PATH
from timeline.diagnostics import UserError, failure_reason
from timeline.source.portable import typed_path

if TYPE_CHECKING:
    from collections.abc import Iterable

_DOCUMENT_SUFFIXES = frozenset(
    {".markdown", ".md", ".mdown", ".mdwn", ".mdx", ".mkd", ".mkdn", ".qmd", ".rmd", ".rst", ".txt"}
)
_MAX_LINKS = 40
"""How many symbolic links a path may lead through; Linux has the same limit."""


class ForbiddenPath(UserError):  # noqa: N818 - the name states what happened
    """A path leads to a place where nothing may be read or written."""


class RealPath(Struct, frozen=True):
    """A path that was checked, without links: a real folder, and the names from there down."""

    base: str
    parts: tuple[str, ...]


class Boundary(Struct, frozen=True):
    """The real folder ``base`` that no path may lead out of.

    Below it no name may begin with `.`, apart from those that lead to ``home``, the folder of the
    events file, and that of the file itself if it ``may_be_hidden``. ``sources`` are the files
    (device, inode) that are the input and never an output. ``option`` is the option that names
    another folder, for the help.
    """

    base: str
    home: str
    sources: frozenset[tuple[int, int]] = frozenset()
    option: str = ""
    may_be_hidden: bool = False

    def contains(self, real: str) -> bool:
        """Return whether a real path is below the base."""
        return real != self.base and is_within(real, self.base)

    def has_hidden_part(self, real: str) -> bool:
        """Return whether a name that begins with `.` is on the way to a real path below the base.

        The names that lead to ``home`` do not count, nor does that of the file if it
        ``may_be_hidden``.
        """
        below = Path(real).relative_to(self.home if is_within(real, self.home) else self.base)
        names = below.parts[:-1] if self.may_be_hidden else below.parts
        return any(name.startswith(".") for name in names)

    def place(self, path: Path, *, any_suffix: bool = False) -> FilePlace:
        """Return the place of a file, whose real name has the same suffix or any."""
        return FilePlace(path, self, None if any_suffix else frozenset({path.suffix.lower()}))


class FilePlace(Struct, frozen=True):
    """A file as the user has it, with its boundary.

    ``suffixes`` are those that its real name may have, in lower case; ``None`` allows all.
    """

    path: Path
    boundary: Boundary
    suffixes: frozenset[str] | None

    def resolve(self) -> RealPath:
        """Return the real path of the file, which need not exist.

        Raises: ``ForbiddenPath``.
        """
        real, links = follow_links(self.path)
        base = self.boundary.base
        if not all(map(os.path.exists, links)):
            raise self._refusal(real, "which does not exist", "remove the symbolic link")
        if not self.boundary.contains(real):
            raise self._refusal(real, f"outside of `{base}`", self._way_out(real))
        if self.boundary.has_hidden_part(real):
            help_ = "use a folder of which no part begins with `.`"
            raise self._refusal(real, "where a name begins with `.`", help_)
        if self.suffixes is not None and Path(real).suffix.lower() not in self.suffixes:
            expected = " or ".join(f"`{suffix}`" for suffix in sorted(self.suffixes) if suffix)
            message = f"expected a name that ends in {expected or 'no suffix'}"
            raise self._refusal(real, message, "remove the symbolic link")
        if self.boundary.sources and _identity(real) in self.boundary.sources:
            raise ForbiddenPath(
                f"`{self.path}` is the events file itself or a file that it includes",
                "write to another folder, or under another name",
            )
        return RealPath(base, Path(real).relative_to(base).parts)

    def _refusal(self, real: str, why: str, help_: str) -> ForbiddenPath:
        return ForbiddenPath(f"`{self.path}` leads to `{real}`, {why}", help_)

    def _way_out(self, real: str) -> str:
        if not self.boundary.option:
            return f"name the file by its real path, {typed_path(real)}"
        folder = typed_path(Path(real).parent)
        return f"remove the symbolic link, or name that folder: {self.boundary.option} {folder}"


def folder_of_events_file(events_file: str) -> str:
    """Return the folder of an events file as the user has it, empty for the current folder.

    That is also the folder of ``-`` and of any other stream, such as ``<(command)``.
    """
    is_stream = os.path.exists(events_file) and not os.path.isfile(events_file)  # noqa: PTH110, PTH113
    if events_file == "-" or is_stream or events_file.startswith(("/dev/", "/proc/")):
        return ""
    return os.path.dirname(events_file)  # noqa: PTH120 - as text


def boundary_of_outputs(
    events_file: str, folder: Path | None = None, *, sources: Iterable[str] = ()
) -> Boundary:
    """Return the boundary of outputs, and of those in a folder that the user named, if any.

    The base is the root of the events file, or the named folder, which need not exist, if it lies
    outside of that and no link that lies there leads to it.

    Raises: ``ForbiddenPath`` for links in a circle.
    """
    home = real_path(folder_of_events_file(events_file))
    base = find_root(home)
    if folder is not None:
        real, links = follow_links(folder)
        base = _tree_of([*links, real], [base]) or real
    identities = frozenset(filter(None, map(_identity, sources)))
    return Boundary(base, home, identities, "--output-dir")


def place_of_file(path: Path) -> FilePlace:
    """Return the place of an events file that the user named and that is written again.

    It may be anywhere, unless a link leads to it that lies in the repository of the current folder
    or of the file: such a link must stay within that.

    Raises: ``ForbiddenPath`` for links in a circle.
    """
    return _boundary_of_input(path)[0].place(path)


def check_input(path: str) -> None:
    """Refuse an input that the user named, if a link of a repository leads out of that.

    Raises: ``ForbiddenPath``.
    """
    boundary, is_linked = _boundary_of_input(Path(path))
    if is_linked:
        boundary.place(Path(path), any_suffix=True).resolve()


def place_of_document(path: Path) -> FilePlace:
    """Return the place of a document that the user named.

    It may be anywhere, unless a link leads to it that lies in the root of the current folder or of
    the document: such a link must lead to a document within that root.

    Raises: ``ForbiddenPath`` for links in a circle.
    """
    roots = (find_root(folder) for folder in (_here(), real_folder(str(path))))
    boundary, is_linked = _boundary_of_file(path, roots)
    own = frozenset() if is_linked else frozenset({path.suffix.lower()})
    return FilePlace(path, boundary, _DOCUMENT_SUFFIXES | own)


def boundary_of_new_files(folder: Path) -> Boundary:
    """Return the boundary of files in a folder that the user named, which need not exist.

    Raises: ``ForbiddenPath`` for links in a circle.
    """
    real, links = follow_links(folder)
    base = _tree_of(links, [find_root(_here())])
    return Boundary(base or real, real, may_be_hidden=True)


def boundary_of_embedded_files(folder: str) -> Boundary:
    """Return the boundary of the events files that a document in a folder may name.

    The base is the repository of the document; without one, the current folder if the document is
    below it, else the folder of the document.
    """
    home, here = real_path(folder), _here()
    root = _repository_of(home)
    if root is None:
        is_project = is_within(home, here) and here != str(Path(here).parent)
        root = here if is_project else home
    return Boundary(root, home)


def find_root(folder: str) -> str:
    """Return the nearest folder at or above a real folder that has `.git`, else the folder."""
    return _repository_of(folder) or folder


def real_folder(file: str) -> str:
    """Return the real folder in which a file, itself perhaps a link, lies."""
    return real_path(os.path.dirname(file))  # noqa: PTH120 - as text


def system_name(written: str) -> str:
    """Return a path as the functions of the system accept it: a locale may lack its letters."""
    try:
        os.fsencode(written)
    except UnicodeEncodeError:
        return os.fsdecode(written.encode("utf-8", "replace"))
    return written


def real_path(folder: str) -> str:
    """Return the real path of a folder; an empty one is the current folder.

    Raises: ``ForbiddenPath`` if that is needed and was removed.
    """
    try:
        return os.path.realpath(folder or ".")
    except OSError as error:
        reason = failure_reason(error)
        message = f"the current folder cannot be read: {reason}"
        raise ForbiddenPath(message, "change to an existing folder") from error


def is_within(path: str, folder: str) -> bool:
    """Return whether a real path is a real folder or below it."""
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    return path == folder or path.startswith(os.path.join(folder, ""))  # noqa: PTH118 - as text


def follow_links(path: Path) -> tuple[str, list[str]]:
    """Return the real path and the real places of the symbolic links on the way to it.

    Raises: ``ForbiddenPath`` for links in a circle, and for what is not a path.
    """
    if len(str(path)) > MAX_PATH:  # the time grows with the square of the length
        raise ForbiddenPath(f"a path is longer than {MAX_PATH:,} characters", "shorten it")
    if "\0" in str(path):
        raise ForbiddenPath("a path contains a NUL character", "remove it")
    start = path if path.is_absolute() else Path(_here()) / path
    real, pending = start.anchor, [*reversed(start.parts[1:])]
    links: list[str] = []
    while pending:
        name = pending.pop()
        if name == "..":
            real = os.path.dirname(real)  # noqa: PTH120 - as text
            continue
        place = os.path.join(real, name)  # noqa: PTH118 - as text
        try:
            target = Path(_link_target(place))
        except (OSError, ValueError):  # not a link, or not there
            real = place
            continue
        links.append(place)
        if len(links) > _MAX_LINKS:
            raise ForbiddenPath(f"the symbolic link of `{path}` is circular", "remove the link")
        real = target.anchor or real
        pending += reversed(target.parts[1:] if target.anchor else target.parts)
    # On Windows a name also has a short form, such as `GIT~1`.
    return os.path.realpath(real) if os.name == "nt" else real, links


def _boundary_of_input(path: Path) -> tuple[Boundary, bool]:
    # Not the roots: a link in a folder without a repository, such as `/dev/stdin`, is the user's.
    folders = (_here(), real_folder(str(path)))
    return _boundary_of_file(path, filter(None, map(_repository_of, folders)))


def _boundary_of_file(path: Path, trees: Iterable[str]) -> tuple[Boundary, bool]:
    """Return the boundary of a file that the user named, and whether a link leads to it.

    Only links in one of ``trees`` count: such a link must stay in its tree.
    """
    real, links = follow_links(path)
    base = _tree_of(links, trees)
    if base is not None:
        return Boundary(base, real_folder(str(path))), True
    folder = str(Path(real).parent)
    return Boundary(folder, folder, may_be_hidden=True), False


def _here() -> str:
    return real_path(".")


def _link_target(place: str) -> str:
    target = os.readlink(place)  # noqa: PTH115 - as text
    return target.removeprefix("\\\\?\\") if os.name == "nt" else target


def _repository_of(folder: str) -> str | None:
    for parent in (Path(folder), *Path(folder).parents):
        if os.path.lexists(parent / ".git"):
            return str(parent)
    return None


def _tree_of(paths: Iterable[str], trees: Iterable[str]) -> str | None:
    """Return the first of some folders in which one of the real paths lies."""
    return next((tree for tree in trees for path in paths if is_within(path, tree)), None)


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - as text
    except (OSError, ValueError):  # there is none, or its error is reported where it is opened
        return None
    return status.st_dev, status.st_ino
