"""Validate the data of a file: read it, and if that fails, find what is wrong with it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from timeline.compiler.schema.reader import read_valid
from timeline.compiler.schema.refused import Refused
from timeline.compiler.schema.timeline import Timeline
from timeline.diagnostics import At, Diagnostic, Path


class MeantData(Struct, frozen=True):
    """The data of a file with the keys that are meant.

    ``truncated`` is the path of the value at which a syntax error ended the reading. ``written``
    has the keys as written, by their paths in ``data``.
    """

    data: Any
    truncated: Path | None
    written: dict[Path, str]

    def as_written(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic of this data with the paths of the file."""
        if not self.written:
            return diagnostic
        notes = [replace(note, at=self._at(note.at)) for note in diagnostic.notes]
        return replace(diagnostic, at=self._at(diagnostic.at), notes=tuple(notes))

    def _at(self, at: Any) -> Any:
        """Return a place with the keys as written; anything else is not a place in the data."""
        if not isinstance(at, At):
            return at
        steps = enumerate(at.path, 1)
        path = [self.written.get(at.path[:end], step) for end, step in steps]
        return replace(at, path=tuple(path))


class Validated(Struct, frozen=True):
    """The data of a file as a `Timeline`, what is wrong with it, and what was refused.

    Without diagnostics the `Timeline` is complete; otherwise it contains what is valid. Its paths
    are those of ``meant``.
    """

    timeline: Timeline
    diagnostics: list[Diagnostic]
    refused: Refused
    meant: MeantData


def validate(
    data: Any, truncated: Path | None = None, root: type[Timeline] = Timeline
) -> Validated:
    """Return the data of a file as it is read, with the keys that the root declares.

    ``truncated`` is the path of the value at which a syntax error ended the reading: nothing on
    this path is reported as missing.
    """
    if (timeline := read_valid(data, root)) is not None:
        return Validated(timeline, [], Refused(), MeantData(data, truncated, {}))
    from timeline.compiler.schema.errors import diagnose  # noqa: PLC0415 - imports pydantic

    return diagnose(data, truncated, root)
