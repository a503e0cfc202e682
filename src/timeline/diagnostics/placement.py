"""Join diagnostics with lines and columns, once for every form of report.

The reader of the file implements `SourceMap`, which is all that this room knows of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from msgspec.structs import replace

from timeline.diagnostics.model import Note, Span
from timeline.diagnostics.passwords import hide_passwords

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from timeline.diagnostics.model import At, Diagnostic

MAX_USES = 3
"""How many aliases of a text are listed."""


class SourceMap(Protocol):
    """Maps the data of a file, and of the files that it includes, to places in their text."""

    @property
    def names(self) -> list[str]:
        """The names of the files, in the order in which their diagnostics are reported."""

    def locate(self, at: At | Span) -> Span:
        """Return the span of a place in the data; if it does not exist, of its nearest ancestor."""

    def alias(self, at: At | Span) -> Span | None:
        """Return the span of the alias that repeats the scalar at a place, if there is one."""

    def comments(self, pattern: re.Pattern[str]) -> Iterator[tuple[Span, str | None]]:
        """Return each comment that begins with a pattern, and the text of its first group."""

    def line(self, file: str, number: int) -> str | None:
        """Return a line of a file, counted from 1, without its end; ``None`` if there is none."""


class Located(NamedTuple):
    """A diagnostic with its span, and its notes as (message, span)."""

    diagnostic: Diagnostic
    span: Span
    notes: tuple[tuple[str, Span | None], ...]


def locate_all(diagnostics: Iterable[Diagnostic], source: SourceMap) -> list[Located]:
    """Return each diagnostic once, with its span, in the order of files, lines and columns.

    Two diagnostics with the same code, message and span are the same: an alias repeats an error
    with its value. The span is then that of the repeated text, and notes list its uses. Passwords
    in addresses are hidden.
    """
    order = {name: index for index, name in enumerate(source.names)}
    unique: dict[tuple[str, str, Span], Located] = {}
    uses: dict[tuple[str, str, Span], dict[Span, None]] = {}
    for diagnostic in map(_without_passwords, diagnostics):
        span = source.locate(diagnostic.at)
        notes = tuple(
            (hide_passwords(note.message), None if note.at is None else source.locate(note.at))
            for note in diagnostic.notes
        )
        key = (diagnostic.code, diagnostic.message, span)
        unique.setdefault(key, Located(diagnostic, span, notes))
        if (use := source.alias(diagnostic.at)) is not None:
            uses.setdefault(key, {})[use] = None
    for key, spans in uses.items():
        located = unique[key]
        unique[key] = located._replace(notes=located.notes + tuple(_use_notes(list(spans))))
    return sorted(
        unique.values(),
        key=lambda located: (order.get(located.span.file, len(order)), located.span),
    )


def _without_passwords(diagnostic: Diagnostic) -> Diagnostic:
    message, help_ = diagnostic.message, diagnostic.help
    hidden = hide_passwords(message), help_ and hide_passwords(help_)
    if hidden == (message, help_):
        return diagnostic
    return replace(diagnostic, message=hidden[0], help=hidden[1])


def _use_notes(spans: list[Span]) -> Iterator[tuple[str, Span | None]]:
    yield from (("used here", span) for span in spans[:MAX_USES])
    if (more := len(spans) - MAX_USES) > 0:
        yield f"used {more:,} more time{'s' if more > 1 else ''}", None


class SeveralFiles:
    """The places of diagnostics of several files, which `merge_reports` has located.

    It is their `SourceMap`.
    """

    def __init__(self, sources: Iterable[SourceMap]) -> None:
        self._sources = list(sources)
        names = (name for source in self._sources for name in source.names)
        self.names = list(dict.fromkeys(names))

    def locate(self, at: At | Span) -> Span:
        """Return a span as it is."""
        assert isinstance(at, Span)  # noqa: S101 - see `merge_reports`
        return at

    def alias(self, at: At | Span) -> Span | None:  # noqa: ARG002 - the notes have the aliases
        """Return ``None``."""
        return None

    def comments(self, pattern: re.Pattern[str]) -> Iterator[tuple[Span, str | None]]:
        """Yield the comments of all files."""
        for source in self._sources:
            yield from source.comments(pattern)

    def line(self, file: str, number: int) -> str | None:
        """Return a line of the file with this name."""
        return next(
            (source.line(file, number) for source in self._sources if file in source.names), None
        )


def merge_reports(
    reports: Iterable[tuple[Iterable[Diagnostic], SourceMap]],
) -> tuple[list[Diagnostic], SeveralFiles]:
    """Return the diagnostics of several files with their spans, and the source of all of them."""
    diagnostics: list[Diagnostic] = []
    sources = []
    for of_file, source in reports:
        sources.append(source)
        for diagnostic, span, notes in locate_all(of_file, source):
            located = tuple(Note(message, at) for message, at in notes)
            diagnostics.append(replace(diagnostic, at=span, notes=located))
    return diagnostics, SeveralFiles(sources)
