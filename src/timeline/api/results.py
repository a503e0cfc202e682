"""What the functions of the API return: an events file as it is, and as it is fixed."""

from __future__ import annotations

from msgspec import Struct

from timeline.diagnostics import Diagnostic, Severity
from timeline.model import Calendar  # noqa: TC001 - annotations are read at run time
from timeline.source import Document  # noqa: TC001 - as above


class Result(Struct, frozen=True):
    """What an events file contains, and what is wrong with it.

    ``calendar`` has all events in the order of the file, parents before their children. Where
    ``diagnostics`` has an error, it is incomplete: an event whose date cannot be read is undated.
    ``diagnostics`` are in the order of files and lines; the ``at`` of each, and of its notes, is a
    `Span`. ``document`` has the text of all files and the place of each value; it is ``None``
    unless places were asked for.
    """

    calendar: Calendar
    diagnostics: tuple[Diagnostic, ...]
    document: Document | None = None

    @property
    def is_sound(self) -> bool:
        """Whether there are no errors; there may be warnings."""
        return all(diagnostic.severity is not Severity.ERROR for diagnostic in self.diagnostics)


class Fixed(Struct, frozen=True):
    """A file with all errors fixed that can mean only one thing.

    ``result`` is the fixed file with what remains to be reported, ``count`` the number of errors
    that were fixed, and ``contents`` the new bytes of each file that changes, by its name in
    ``diagnostics``. Nothing was written.
    """

    result: Result
    count: int
    contents: dict[str, bytes]
