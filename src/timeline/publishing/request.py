"""The outputs that a user asks for, and the feeds that were published before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from timeline.formats import Format, RenderOptions
    from timeline.model import Selection
    from timeline.publishing.atomic import IsOurs
    from timeline.source import Boundary, FilePlace


class RequestedOutput(Struct, frozen=True):
    """A file to render: its format by name, its options, and its path as the user has it."""

    name: str
    options: RenderOptions
    path: Path

    @property
    def form(self) -> Format:
        """Its format."""
        return FORMATS[self.name]


class ExportRequest(Struct, frozen=True):
    """The outputs to render, and the feeds that were published before.

    ``outputs`` are those of the whole calendar. ``feeds`` are the ids of the only feeds to write,
    if there are any. ``previous`` is the published feed or, ending in ``/``, the folder of all
    published feeds; ``no_previous`` states that there is none, ``new_feeds`` that these feeds were
    not published before. ``is_named`` states that the user has chosen ``stem``. ``to_stdout`` asks
    for one output: that of ``feeds``, else the main one. Feeds lie in ``directory``, and all
    outputs within ``boundary``; existing files that are not ours are replaced by ``force`` only.
    """

    outputs: Sequence[RequestedOutput]
    directory: Path
    boundary: Boundary
    stem: str
    selection: Selection
    feeds: frozenset[str] = frozenset()
    previous: str | None = None
    no_previous: bool = False
    new_feeds: frozenset[str] = frozenset()
    is_named: bool = False
    to_stdout: bool = False
    force: bool = False

    def path_of_feed(self, stem: str, form: Format) -> Path:
        """Return the path of the main feed or of an additional one."""
        return self.directory / f"{stem}{form.suffix}"

    def place(self, path: Path) -> FilePlace:
        """Return the place of an output."""
        return self.boundary.place(path)

    def is_ours(self, form: Format) -> IsOurs:
        """Return the function that decides whether an existing output may be replaced.

        An existing feed that is also the published one is compared with the calendar instead, and
        so is a list of changes.
        """
        is_published = form.is_for_each_feed and self.previous is None and not self.no_previous
        return None if self.force or is_published else form.is_ours
