"""Find the Markdown documents in a folder and below it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.diagnostics import failure_reason
from timeline.source.files import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKDOWN_SUFFIXES = (
    ".markdown",
    ".md",
    ".mdown",
    ".mdwn",
    ".mdx",
    ".mkd",
    ".mkdn",
    ".qmd",
    ".rmd",
)
_SKIPPED = frozenset({"node_modules"})


def documents_below(folder: str) -> Iterator[str]:
    """Yield the Markdown documents in a folder and below it, in the order of their names.

    Skipped: hidden folders and files, `node_modules`, other repositories below the folder, and
    symbolic links, whose target is a document of its own or belongs elsewhere.

    Raises: ``UnreadableFile`` for a folder that cannot be listed.
    """
    for place, folders, files in os.walk(folder, onerror=_raise):
        folders[:] = sorted(name for name in folders if _is_entered(place, name))
        for name in sorted(files):
            path = str(Path(place, name))
            is_document = name.lower().endswith(_MARKDOWN_SUFFIXES) and not name.startswith(".")
            if is_document and not os.path.islink(path):  # noqa: PTH114 - as text
                yield path


def _is_entered(place: str, name: str) -> bool:
    is_skipped = name.startswith(".") or name in _SKIPPED
    return not is_skipped and not os.path.lexists(os.path.join(place, name, ".git"))  # noqa: PTH118


def _raise(error: OSError) -> None:
    raise UnreadableFile(f"cannot read `{error.filename}`: {failure_reason(error)}") from error
