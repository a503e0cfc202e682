"""The pipeline from a file to a calendar: read, validate, resolve, check. Begin reading here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct

from timeline.compiler.checks.context import CheckContext
from timeline.compiler.checks.runner import find_errors, find_warnings
from timeline.compiler.resolve.calendar import resolve_calendar
from timeline.compiler.resolve.ids import EventIds
from timeline.compiler.resolve.tree import flatten
from timeline.compiler.schema import errors
from timeline.diagnostics import (
    MOST,
    At,
    Diagnostic,
    Severity,
    Span,
    apply_suppressions,
    read_suppressions,
    rules,
    too_many,
)
from timeline.source import read_document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from timeline.model import Calendar
    from timeline.source import Document


class Loaded(Struct, frozen=True):
    """A file as resolved, all that is wrong with it, and its text for places.

    Where ``diagnostics`` has an error, ``calendar`` holds only what could be understood, and is
    not to be published.
    """

    calendar: Calendar
    diagnostics: list[Diagnostic]
    document: Document

    @property
    def is_sound(self) -> bool:
        """Whether there is no error, though there may be warnings."""
        return all(found.severity is not Severity.ERROR for found in self.diagnostics)


def load_file(
    path: str, stdin: BinaryIO | None = None, *, edited: Mapping[str, bytes] | None = None
) -> Loaded:
    """Load an events file with what it includes; ``-`` is ``stdin``.

    ``edited`` has contents by the names of files, to be read in place of these. Raises
    ``Unreadable`` where there is nothing to read.
    """
    document = read_document(path, stdin=stdin, edited=edited)
    return compile_document(document)


def cached_loader(tell: Callable[[Loaded], None]) -> Callable[[Sequence[str]], Loaded]:
    """Make what loads the first of some files that is there, each once; ``tell`` sees each."""
    known: dict[str, Loaded] = {}

    def first(paths: Sequence[str]) -> Loaded:
        path = next(filter(os.path.exists, paths), paths[0])
        if (real := os.path.realpath(path)) not in known:
            known[real] = load_file(path)
            tell(known[real])
        return known[real]

    return first


MAX_EVENTS = 120_000
"""How many events a timeline may have: they take 3 KB and 60 microseconds each."""


def compile_document(document: Document) -> Loaded:
    """Do all that comes after reading."""
    suppressions = read_suppressions(document)
    too_many_events = _too_many_events(document)
    if too_many_events:
        document.data, document.truncated = {}, ()
    truncated = document.truncated
    timeline, misshapen = errors.validate(document.data, truncated)
    entries = list(flatten(timeline))
    ids = EventIds(entries)
    calendar, unresolved = resolve_calendar(timeline, entries, ids)
    found = [*document.diagnostics, *too_many_events, *misshapen]
    if any(each.rule is rules.UNKNOWN_FORMAT for each in found):
        # Another format's rules are not known here: nothing else can be said of the file.
        unresolved = []
    else:
        context = CheckContext(timeline, entries, ids, calendar)
        unresolved += find_errors(context)
        if all(each.severity is not Severity.ERROR for each in found + unresolved):
            unresolved += find_warnings(context)
    if truncated is not None or len(misshapen) > MOST:
        # What an anchor names, or closes a circle, may stand where the reading did not come.
        unresolved = [
            each for each in unresolved if each.rule not in (rules.UNKNOWN_EVENT, rules.CIRCLE)
        ]
    found = _first(apply_suppressions(found + unresolved, suppressions, document))
    return Loaded(calendar, found, document)


def _too_many_events(document: Document) -> list[Diagnostic]:
    count, todo = 0, [document.data]
    while todo:
        events = todo.pop().get("events")
        if isinstance(events, list):
            count += len(events)
            todo += [event for event in events if isinstance(event, dict) and "events" in event]
    if count <= MAX_EVENTS:
        return []
    message = f"the timeline has {count:,} events, expected at most {MAX_EVENTS:,}"
    # A place in the data would have to be searched for, which takes as much again.
    first = Span(document.names[0], 1, 1, 1, 2)
    return [Diagnostic(rules.TOO_LARGE, message, first, help="split the timeline into several")]


def _first(found: list[Diagnostic]) -> list[Diagnostic]:
    """Keep as many as are worth telling, errors before warnings, and say so."""
    if len(found) <= MOST:
        return found
    found.sort(key=lambda one: one.severity is not Severity.ERROR)
    return [*found[:MOST], too_many(At(()), found[MOST].severity)]
