"""Find the name that a file had in a revision, or has now, by git's own search for renames."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING

from timeline.diagnostics import VERY_SIMILAR, nearest

if TYPE_CHECKING:
    from timeline.history.git import Repository


def renamed_paths(repository: Repository, oid: str) -> dict[str, str]:
    """Return the new paths of the files of a commit that the index has under another path.

    The index has what is committed, and what ``git mv`` did.
    """
    output = repository.run(
        *("diff-index", "--cached", "-r", "-z", "-M", "--diff-filter=R", "--name-status"),
        *("--no-ext-diff", "--no-textconv", oid, "--"),
    )
    fields = output.decode(errors="surrogateescape").split("\0")
    return dict(zip(fields[1::3], fields[2::3], strict=False))


def former_path(repository: Repository, oid: str, path: str) -> str | None:
    """Return the path in a commit of a file that has another one now; ``None`` if none is likely.

    After a plain ``mv``, the likely one is an events file that is gone: one of the same name, else
    the only one of its folder, or the one with the most similar name.
    """
    for old, new in renamed_paths(repository, oid).items():
        if new == path:
            return old
    output = repository.run("ls-tree", "-r", "-z", "--name-only", oid)
    suffixes = (".ics",) if path.lower().endswith(".ics") else (".yaml", ".yml")
    gone = [
        name
        for name in output.decode(errors="surrogateescape").split("\0")
        if name.lower().endswith(suffixes)
        and not os.path.lexists(os.path.join(repository.root, name))  # noqa: PTH118 - as text
    ]
    folder, last = posixpath.split(path)
    beside = [name for name in gone if posixpath.dirname(name) == folder]
    for names in ([name for name in gone if posixpath.basename(name) == last], beside):
        if len(names) == 1:
            return names[0]
    return nearest(path, beside, VERY_SIMILAR)
