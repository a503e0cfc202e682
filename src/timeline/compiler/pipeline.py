"""Compile an events file to a calendar: read, validate, resolve, check.

Start reading the compiler here.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec import Struct

from timeline._limits import MAX_EVENTS
from timeline.compiler.checks.context import CheckContext
from timeline.compiler.checks.runner import run_checks, run_checks_of_valid_file
from timeline.compiler.file_kind import EVENTS_FILE, FileKind
from timeline.compiler.resolve.anchors import anchored_dates
from timeline.compiler.resolve.calendar import resolve_calendar
from timeline.compiler.resolve.ids import EventIds
from timeline.compiler.resolve.tree import flatten
from timeline.compiler.schema.refused import unread_values
from timeline.compiler.schema.validation import validate
from timeline.dates import bounded_walks
from timeline.diagnostics import (
    MOST,
    At,
    Diagnostic,
    Severity,
    Span,
    apply_suppressions,
    bounded_searches,
    read_suppressions,
    rules,
    too_many,
)
from timeline.source import DISK, read_document, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from timeline.compiler.resolve.tree import Entry
    from timeline.model import AnchoredDates, Calendar
    from timeline.source import Document, FileTree


class Loaded(Struct, frozen=True):
    """A compiled file: the calendar, the diagnostics, and the document that has their places.

    ``outputs`` is the value of that key, read as the kind of the file declares it. Where
    ``diagnostics`` has an error, both are incomplete and must not be published. ``entries`` are the
    events as written.
    """

    calendar: Calendar
    diagnostics: list[Diagnostic]
    document: Document
    entries: Sequence[Entry] = ()
    outputs: Any = None
    kind: FileKind = EVENTS_FILE

    @property
    def is_sound(self) -> bool:
        """Whether there are no errors; there may be warnings."""
        return not _has_error(self.diagnostics)

    def anchored_dates(self) -> dict[str, AnchoredDates]:
        """Return the dates of the events that follow other events, by the UIDs of these events."""
        return anchored_dates(self.entries, self.calendar.id)


def load_file(
    path: str,
    stdin: BinaryIO | None = None,
    *,
    selected: AbstractSet[str] = frozenset(),
    kind: FileKind = EVENTS_FILE,
    tree: FileTree = DISK,
) -> Loaded:
    """Return an events file, with the files that it includes, compiled; ``-`` is ``stdin``.

    ``selected`` has the codes of warnings to report that are off by default. The files are those of
    ``tree``.

    Raises:
        UnreadableFile: where there is no file to read.
    """
    return compile_document(read_document(path, stdin=stdin, tree=tree), selected, kind)


def load_text(
    content: bytes,
    name: str,
    folder: str | None = None,
    *,
    selected: AbstractSet[str] = frozenset(),
    kind: FileKind = EVENTS_FILE,
) -> Loaded:
    """Return the compiled text of an events file that need not exist; see `read_text`."""
    return compile_document(read_text(content, name, folder), selected, kind)


def load_version(path: str, tree: FileTree) -> Loaded:
    """Return an events file of another tree than the disk, such as a revision, to compare it.

    It is resolved, and events are not checked against each other: whoever published it did that.

    Raises:
        UnreadableFile: where there is no file to read.
    """
    return compile_document(read_document(path, tree=tree), is_checked=False)


def cached_loader(
    report: Callable[[Loaded], None], load: Callable[[str], Loaded] = load_file
) -> Callable[[str], Loaded]:
    """Return a function that loads each file once, and passes it to ``report`` then."""
    loaded: dict[str, Loaded] = {}

    def load_once(path: str) -> Loaded:
        if (real := os.path.realpath(path)) not in loaded:
            loaded[real] = load(path)
            report(loaded[real])
        return loaded[real]

    return load_once


@bounded_searches()
@bounded_walks()
def compile_document(
    document: Document,
    selected: AbstractSet[str] = frozenset(),
    kind: FileKind = EVENTS_FILE,
    *,
    is_checked: bool = True,
) -> Loaded:
    """Return the calendar of a document, with all that is wrong with it.

    ``selected`` is as in `load_file`. Without ``is_checked``, with what makes it unreadable alone.
    """
    suppressions = read_suppressions(document)
    too_many_events = _too_many_events(document)
    if too_many_events:
        document.data, document.truncated = {}, ()
    read = validate(document.data, document.truncated, kind.root)
    timeline, refused, meant = read.timeline, read.refused, read.meant
    if document.diagnostics:
        for path in unread_values(meant.data, meant.truncated):
            refused.add(path)
    diagnostics = [*document.diagnostics, *too_many_events, *read.diagnostics]
    files = [(origin.start, origin.layers) for origin in document.origins]
    entries = list(flatten(timeline, refused, files))
    ids = EventIds(entries)
    calendar, unresolved = resolve_calendar(timeline, entries, ids, refused)
    # Of a file in another format nothing else can be said: its rules are not known here.
    if all(diagnostic.rule is not rules.UNKNOWN_FORMAT for diagnostic in diagnostics):
        is_whole = len(calendar.events) == len(entries)  # else more errors than are shown
        if is_checked and is_whole:
            context = CheckContext(timeline, entries, ids, calendar, refused)
            unresolved += [*run_checks(context), *kind.check(context, document.names)]
            if not _has_error(diagnostics + unresolved):
                unresolved += run_checks_of_valid_file(context)
        is_cut = document.truncated is not None or len(read.diagnostics) > MOST
        is_cut = is_cut or refused.lacks_events()
        unresolved = [*map(meant.as_written, unresolved)]
        diagnostics += _without_missing_parts(unresolved) if is_cut else unresolved
    document.keep_places(_places(diagnostics))
    diagnostics = [
        diagnostic
        for diagnostic in apply_suppressions(diagnostics, suppressions, document)
        if diagnostic.rule.on_by_default or diagnostic.code in selected
    ]
    return Loaded(calendar, _limited(diagnostics), document, entries, timeline.outputs, kind)


def _places(diagnostics: Iterable[Diagnostic]) -> Iterator[At | Span]:
    for diagnostic in diagnostics:
        yield diagnostic.at
        yield from (note.at for note in diagnostic.notes if note.at is not None)


def _has_error(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def _without_missing_parts(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Remove what the part of the file that was not read may explain.

    An event that an anchor names may be there, or a date that breaks a circle.
    """
    missing = (rules.UNKNOWN_EVENT, rules.CIRCLE)
    return [diagnostic for diagnostic in diagnostics if diagnostic.rule not in missing]


def _too_many_events(document: Document) -> list[Diagnostic]:
    count, pending = 0, [document.data]
    while pending:
        events = pending.pop().get("events")
        if isinstance(events, list):
            count += len(events)
            pending += [event for event in events if isinstance(event, dict) and "events" in event]
    if count <= MAX_EVENTS:
        return []
    message = f"the timeline has {count:,} events, expected at most {MAX_EVENTS:,}"
    # To find a place in the data takes as long as to read it; the first line takes no time.
    first_line = Span(document.names[0], 1, 1, 1, 2)
    return [
        Diagnostic(rules.TOO_LARGE, message, first_line, help="split the timeline into several")
    ]


def _limited(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """Return at most as many diagnostics as are shown, errors first, and one that says so."""
    if len(diagnostics) <= MOST:
        return diagnostics
    diagnostics.sort(key=lambda diagnostic: diagnostic.severity is not Severity.ERROR)
    return [*diagnostics[:MOST], too_many(At(()), diagnostics[MOST].severity)]
