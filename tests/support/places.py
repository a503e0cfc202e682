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
    return write_places({placed(path): content for path, content in files.items()})


def write_places(files: Mapping[FilePlace, Content]) -> list[Path]:
    """Write all these files or none, as an export does; return those that changed."""
    with atomic.StagedFiles() as staged:
        for place, content in files.items():
            staged.stage(place, iter([content] if isinstance(content, bytes) else content))
        return staged.commit()


def rewrite_files(files: Mapping[Path, tuple[bytes | None, bytes]]) -> list[Path]:
    """Write files that may be anywhere and that are as they were read."""
    return atomic.rewrite_files({placed(path): contents for path, contents in files.items()})


def has_content(path: Path, content: Content) -> bool:
    """Return whether a file that may be anywhere has this content."""
    return atomic.has_content(placed(path), content)


def diff_file(path: Path, content: Content) -> str:
    """Return the diff of a file that may be anywhere."""
    return atomic.diff_file(placed(path), content)
