"""Files of tests, which may be anywhere, for functions that take a checked place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.publishing import atomic
from timeline.source import Boundary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from timeline.publishing.atomic import Content
    from timeline.source import FilePlace


def placed(path: Path) -> FilePlace:
    """Return the place of a file that may be anywhere."""
    path = path.absolute()
    return Boundary(path.anchor, str(path.parent)).place(path)


def write_files(files: Mapping[Path, Content]) -> list[Path]:
    """Write files that may be anywhere."""
    return atomic.write_files({placed(path): content for path, content in files.items()})


def has_content(path: Path, content: Content) -> bool:
    """Return whether a file that may be anywhere has this content."""
    return atomic.has_content(placed(path), content)


def diff_file(path: Path, content: Content) -> str:
    """Return the diff of a file that may be anywhere."""
    return atomic.diff_file(placed(path), content)
