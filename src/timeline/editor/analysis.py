"""What the server knows of an events file with all texts as they are open: one immutable value.

Everything that an editor asks is answered from an `Analysis`. Where the YAML cannot be read to its
end, or an error leaves a date open, what is asked about dates is answered from an earlier one,
which is then stale.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from timeline.compiler import with_edits
from timeline.dates import REFUSED, TBC
from timeline.diagnostics import At, Located, On, locate_all
from timeline.editor.lines import map_lines, split_lines
from timeline.editor.names import Kind, names_in
from timeline.model import PLAIN_ENGLISH, Undated, when_words
from timeline.publishing import load_events_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from timeline.compiler import Loaded
    from timeline.diagnostics import Path, Span
    from timeline.editor.lines import LineMap
    from timeline.editor.names import Name
    from timeline.editor.tree import OpenFiles
    from timeline.model import Calendar, Event
    from timeline.source import Document


class Place(Struct, frozen=True):
    """A place in a file: lines and columns count from 1, columns in characters."""

    file: str
    line: int
    column: int

    def is_in(self, span: Span) -> bool:
        """Return whether the place is in a span, or right behind it."""
        at = self.line, self.column
        first, last = (span.line, span.column), (span.end_line, span.end_column)
        return span.file == self.file and first <= at <= last


class KnownEvent(Struct, frozen=True):
    """The title of an event, and its dates in words."""

    title: str
    dates: str


class Analysis(Struct, frozen=True, dict=True, eq=False):
    """An events file, compiled, with its includes; ``tree`` has the texts that it was read from.

    ``last_readable`` is the last analysis of the same file whose YAML could be read to its end, if
    this one cannot, and ``last_sound`` the last one without errors, if this one has some.
    """

    root: str
    loaded: Loaded
    tree: OpenFiles
    last_readable: Analysis | None = None
    last_sound: Analysis | None = None

    @property
    def document(self) -> Document:
        """The texts of the file and its includes, with the places of their values."""
        return self.loaded.document

    @property
    def calendar(self) -> Calendar:
        """The calendar, incomplete where there are errors."""
        return self.loaded.calendar

    @property
    def is_readable(self) -> bool:
        """Whether the YAML of all files could be read to its end."""
        return self.document.truncated is None

    @cached_property
    def located(self) -> list[Located]:
        """The diagnostics with their places, in the order of files and lines, as in a report."""
        return locate_all(self.loaded.diagnostics, self.document)

    @cached_property
    def fixes(self) -> list[Located]:
        """The diagnostics that `timeline validate --fix` fixes, with their edits."""
        diagnostics = with_edits(self.loaded).diagnostics
        return [
            located
            for located in locate_all(diagnostics, self.document)
            if located.diagnostic.edits
        ]

    @cached_property
    def events(self) -> dict[Path, Event]:
        """The events by their paths in the data."""
        return {event.path: event for event in self.calendar.events}

    @cached_property
    def known_events(self) -> dict[str, KnownEvent]:
        """The events by their ids; of two with the same id, the first.

        If the YAML could not be read to its end, also those that could be read before.
        """
        known: dict[str, KnownEvent] = {}
        for event in self.calendar.events:
            if event.id not in known and event.id.isprintable():  # else it has none
                known[event.id] = KnownEvent(self.title_of(event), self.words_of(event))
        return {**self.last_readable.known_events, **known} if self.last_readable else known

    @cached_property
    def known_categories(self) -> dict[str, str]:
        """The descriptions of the categories by their names, with those that are only used.

        If the YAML could not be read to its end, also those that could be read before.
        """
        used = {name.text: "" for name in self.uses if name.kind is Kind.CATEGORY}
        declared = {of.name: of.description or "" for of in self.calendar.categories}
        before = self.last_readable.known_categories if self.last_readable else {}
        return {**before, **used, **declared}

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the files in the document, by their real paths."""
        return {os.path.realpath(name): name for name in self.document.names}

    @cached_property
    def uses(self) -> list[Name]:
        """The names of events, feeds and categories at all of their places."""
        return list(names_in(self.document.data))

    def at(self, place: Place) -> At:
        """Return the innermost key or value at a place."""
        return self.document.place_at(place.file, place.line, place.column)

    def text(self, path: Path) -> str | None:
        """Return the text at a path of the data, ``None`` where there is none."""
        try:
            value = self.document.value(path)
        except (KeyError, IndexError, TypeError):
            return None
        return value if isinstance(value, str) else None

    def span(self, path: Path, part: tuple[int, int] | None = None, on: On = On.VALUE) -> Span:
        """Return the span of what is at a path, or of a part of its text."""
        return self.document.locate(At(path, on, part))

    def events_of(self, file: str) -> Iterator[Event]:
        """Yield the events of a file, in its order.

        Without those below a misspelt key, which have a path that is not in the data.
        """
        for event in self.calendar.events:
            try:
                name, _ = self.document.line_of_event(event.path)
            except (KeyError, IndexError, TypeError):
                continue
            if name == file:
                yield event

    def is_unknown(self, event: Event) -> bool:
        """Return whether an error, of the event or of another one, leaves its dates open."""
        if self.loaded.is_sound:
            return False
        if event.when.end is REFUSED:
            return True
        is_undated = isinstance(event.when, Undated)
        return is_undated and (self.text((*event.path, "start")) or "").strip() != TBC.value

    def words_of(self, event: Event) -> str:
        """Return the dates of an event in words; none where an error leaves them open."""
        return "" if self.is_unknown(event) else when_words(event.when, PLAIN_ENGLISH)

    def title_of(self, event: Event) -> str:
        """Return the title of an event; its id if it has none, or none that can be read."""
        with suppress(KeyError, IndexError, TypeError):  # below a misspelt key, or not a mapping
            written: Any = self.document.value((*event.path, "summary"))
            texts = written.values() if isinstance(written, dict) else [written]
            if event.summary in (str(text).strip() for text in texts):
                return event.summary
        return self.text((*event.path, "id")) or ""

    def own_event(self, path: Path) -> Event | None:
        """Return the event that a path leads into, the innermost one."""
        for length in range(len(path), 1, -1):
            if (event := self.events.get(path[:length])) is not None:
                return event
        return None

    def answering(self, place: Place) -> Iterator[tuple[Analysis, Place]]:
        """Yield the analyses that may answer for a place, each with the place in its text.

        That is this one, if it could be read, and then the earlier ones that had the same line.
        """
        if self.is_readable:
            yield self, place
        for earlier in (self.last_readable, self.last_sound):
            if earlier is None or place.file not in earlier.document.names:
                continue
            if (line := self.lines_in(earlier, place.file).same(place.line)) is not None:
                yield earlier, Place(place.file, line, place.column)

    def lines_in(self, other: Analysis, file: str) -> LineMap:
        """Return where the lines of a file are in its text in another analysis."""
        texts = (of.document.text(file).raw for of in (self, other))
        return map_lines(*map(split_lines, texts))


def analyse(root: str, tree: OpenFiles, before: Analysis | None) -> Analysis:
    """Return the analysis of an events file; ``before`` is the one before it.

    Raises: ``UnreadableFile`` if there is no file to read.
    """
    loaded = load_events_file(root, tree=tree)
    last_readable = last_sound = None
    if before is not None and loaded.document.truncated is not None:
        last_readable = before if before.is_readable else before.last_readable
    if before is not None and not loaded.is_sound:
        last_sound = before if before.loaded.is_sound else before.last_sound
    analysis = Analysis(root, loaded, tree, last_readable, last_sound)
    _ = analysis.located
    return analysis


def find_places(analysis: Analysis) -> None:
    """Find the places of all values, which takes half as long as the analysis, before it is asked.

    A file without a diagnostic has none yet.
    """
    for name in analysis.document.names:
        analysis.document.place_at(name, 1, 1)
