"""Give the diagnostics of a report the edits that `fix_file` makes because of them.

All edits of a report together are what is fixed, so a program that applies them writes the same
bytes. A fix may bring another error to light, which the report does not have. The edit of that
error belongs to the diagnostic that hid it: the one that is fixed before it in the file.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from msgspec.structs import replace

from timeline.compiler.fix import fix_loaded
from timeline.compiler.source_fixes import may_be_fixable
from timeline.diagnostics import MOST, At, Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from timeline.compiler.pipeline import Loaded
    from timeline.compiler.splices import Splices
    from timeline.diagnostics import Diagnostic, Span
    from timeline.source import Document


def with_edits(loaded: Loaded) -> Loaded:
    """Return a file with the edits of its diagnostics.

    Ranges are those of the text without a byte order mark. A file that is not UTF-8 has one edit,
    of its whole text. There are no edits where more is wrong than is reported.
    """
    diagnostics = loaded.diagnostics
    if len(diagnostics) > MOST or not any(map(may_be_fixable, diagnostics)):
        return loaded
    owners = _Owners(diagnostics, loaded.document)
    edits: dict[int, list[Edit]] = {}
    for edit in _edits(fix_loaded(loaded).splices, loaded.document):
        edits.setdefault(owners.owner(edit), []).append(edit)
    changed = [
        replace(diagnostic, edits=tuple(edits[index])) if index in edits else diagnostic
        for index, diagnostic in enumerate(diagnostics)
    ]
    return replace(loaded, diagnostics=changed)


def _edits(splices: Mapping[str, Splices], document: Document) -> Iterator[Edit]:
    for name, changes in splices.items():
        text = document.text(name)
        for start, end, new in changes.edits():
            yield Edit(text.span(start, end), new)


class _Owners:
    """The diagnostics that may have edits, by the places of the texts that are wrong."""

    def __init__(self, diagnostics: Sequence[Diagnostic], document: Document) -> None:
        self._files: dict[str, list[tuple[tuple[int, int], int]]] = {}
        for index, diagnostic in enumerate(diagnostics):
            if may_be_fixable(diagnostic):
                at = diagnostic.edit.at if diagnostic.edit else document.locate(_whole(diagnostic))
                place = (at.line, at.column), index
                self._files.setdefault(at.file, []).append(place)
        for places in self._files.values():
            places.sort()

    def owner(self, edit: Edit) -> int:
        """Return the index of the diagnostic at an edit, else before it, else the first one."""
        places = self._files.get(edit.at.file)
        if places is None:
            return min(index for others in self._files.values() for _, index in others)
        position = edit.at.line, edit.at.column
        before = bisect_right(places, position, key=lambda place: place[0])
        while before > 1 and places[before - 2][0] == places[before - 1][0]:
            before -= 1  # the first of several at one place
        return places[max(before - 1, 0)][1]


def _whole(diagnostic: Diagnostic) -> At | Span:
    """Return the place of the whole text of a diagnostic, of which a part may be wrong."""
    at = diagnostic.at
    return replace(at, part=None) if isinstance(at, At) else at
