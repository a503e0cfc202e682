"""What a file is read as: the declaration of its keys, and checks that rooms above know about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.compiler.schema.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from timeline.compiler.checks.context import CheckContext
    from timeline.diagnostics import Diagnostic


def _nothing(_context: CheckContext, _names: Sequence[str]) -> Iterable[Diagnostic]:
    return ()


class FileKind(Struct, frozen=True):
    """The keys of the file, and a check of what rooms above the compiler know about.

    ``check`` is called with the context of the checks and the names of the files.
    """

    root: type[Timeline] = Timeline
    check: Callable[[CheckContext, Sequence[str]], Iterable[Diagnostic]] = _nothing


EVENTS_FILE = FileKind()
"""A file of which `outputs` is neither read nor checked."""
