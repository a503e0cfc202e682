"""Find the Markdown documents in a folder and below it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from timeline.source.walking import NOTHING, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.source.walking import Exclusions

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


def documents_below(folder: str, exclusions: Exclusions = NOTHING) -> Iterator[str]:
    """Yield the Markdown documents in a folder and below it, in the order of their names.

    Skipped, beside what every walk skips: hidden files, and symbolic links, whose target is a
    document of its own or belongs elsewhere.

    Raises: ``UnreadableFile`` for a folder that cannot be listed.
    """
    for place, names in walk(folder, exclusions):
        for name in names:
            path = str(Path(place, name))
            is_document = name.lower().endswith(_MARKDOWN_SUFFIXES) and not name.startswith(".")
            if is_document and not os.path.islink(path):  # noqa: PTH114 - as text
                yield path
