"""The pipeline from a file to a calendar: read, validate, resolve, check. Begin reading here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from timeline import checks, ignores, oddities, resolve, source, validate
from timeline.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from timeline.events import Calendar
    from timeline.schema import Timeline
    from timeline.source import Document


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as written and as resolved, all that is wrong with it, and its text for places.

    Where ``diagnostics`` has an error, ``calendar`` holds only what could be understood, and is
    not to be published. Where there are none, ``document`` has let go of the text. ``timeline`` has
    its events only where ``feeds`` choose among them.
    """

    timeline: Timeline
    calendar: Calendar
    diagnostics: list[Diagnostic]
    document: Document

    @property
    def is_sound(self) -> bool:
        """Whether there is no error, though there may be warnings."""
        return all(found.severity is not Severity.ERROR for found in self.diagnostics)


def load(path: str, stdin: BinaryIO | None = None) -> Loaded:
    """Load an events file with what it includes; ``-`` is ``stdin``.

    Raises ``source.Unreadable`` where there is nothing to read.
    """
    document = source.read_file(path, stdin=stdin)
    return understand(document)


def understand(document: Document) -> Loaded:
    """Do all that comes after reading."""
    timeline, misshapen = validate.validate(document.data, document.truncated)
    calendar, unresolved = resolve.resolve(timeline)
    found = [*document.diagnostics, *misshapen]
    if any(each.code == "unknown-format" for each in found):
        # Another format's rules are not known here: nothing else can be said of the file.
        unresolved = []
    else:
        whole = checks.laid_flat(timeline, calendar)
        unresolved += checks.check(whole)
        if all(each.severity is not Severity.ERROR for each in found + unresolved):
            unresolved += oddities.look(whole)
    if document.truncated is not None:
        # What an anchor names, or closes a circle, may stand where the reading did not come.
        unresolved = [each for each in unresolved if each.code not in ("unknown-event", "circle")]
    found = ignores.heed(found + unresolved, document)
    # What nobody will look at again makes room for what is rendered: of 100,000 events, 200 MB.
    if not found:
        document.forget()
    if not timeline.feeds:
        timeline = timeline.model_copy(update={"events": ()})
    return Loaded(timeline, calendar, found, document)
