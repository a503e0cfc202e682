"""Fix what keeps a file from being read as it is meant: its encoding, its indentation, its syntax.

Such a fix is an `Edit` of a place of a file, or a correction of a file as a whole. A syntax error
hides all below it, so a file is read again after each of them. An edit is kept if what follows can
be read then, and if the text that it makes is not an error itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from timeline.compiler.splices import Splice
from timeline.diagnostics import At, Severity, Span, rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.compiler.draft import Draft
    from timeline.diagnostics import Diagnostic, Edit
    from timeline.source import Document

MAX_READ = 4_000_000
"""How many bytes are read again, in all: 2 to 4 seconds. At least one error of a file is fixed.

After an edit that is an error itself, the text before it is read once more, which is not counted.
"""


def fix_source(draft: Draft, rejected: Iterable[Edit]) -> list[Edit]:
    """Fix files until they can be read, and return the edits, none of which is rejected."""
    done: list[Edit] = []
    refused, left = {_key(edit) for edit in rejected}, MAX_READ
    while left > 0:
        corrected, edits = _next_changes(draft, refused)
        if not corrected and not edits:
            break
        if corrected:
            draft.replace_files(corrected)
        else:
            draft.splice(_splices(edits, draft.document))
        left -= draft.size
        if wrong := [edit for edit in edits if _is_error(edit, draft.document)]:
            refused.update(map(_key, wrong))
            draft.undo(steps=1)
        else:
            done += edits
    return done


def may_be_fixable(diagnostic: Diagnostic) -> bool:
    """Return whether an error is of a kind that is fixed, in the data or before it is read."""
    of_files = (rules.ENCODING, rules.TAB_INDENTATION, rules.INDENTATION)
    has_text = diagnostic.replacement is not None or diagnostic.edit is not None
    return has_text or diagnostic.rule in of_files


def count_reported(document: Document) -> int:
    """Return how many of the errors that are reported `fix_source` may fix."""
    edits = sum(diagnostic.edit is not None for diagnostic in document.diagnostics)
    return edits + len(_corrected_files(document, document.names_as_read()))


def errors_of_edits(
    edits: Iterable[Edit], diagnostics: Iterable[Diagnostic], document: Document
) -> list[Edit]:
    """Return the edits whose texts are errors in their places, by all diagnostics of a file."""
    edits = list(edits)
    if not edits:
        return []
    columns: dict[tuple[str, int], list[int]] = {}
    for diagnostic in diagnostics:
        if diagnostic.severity is Severity.ERROR and isinstance(diagnostic.at, At):
            at = document.locate(diagnostic.at)
            columns.setdefault((at.file, at.line), []).append(at.column)
    wrong = []
    for edit in edits:
        text = edit.text.splitlines()[0]
        begin = (document.line(edit.at.file, edit.at.line) or "").find(text) + 1
        places = columns.get((edit.at.file, edit.at.line), [])
        if begin and any(begin <= column < begin + len(text) for column in places):
            wrong.append(edit)
    return wrong


def _next_changes(
    draft: Draft, refused: set[tuple[str, int, str]]
) -> tuple[dict[str, bytes], list[Edit]]:
    """Return the next files that are corrected as a whole, otherwise the next edits."""
    names = draft.document.names_as_read()
    if corrected := _corrected_files(draft.document, names):
        return corrected, []
    edits = (diagnostic.edit for diagnostic in draft.document.diagnostics)
    return {}, [
        edit
        for edit in edits
        if edit is not None and edit.at.file in names and _key(edit) not in refused
        if draft.document.text(edit.at.file).mark is not None  # other bytes would be lost
    ]


def _splices(edits: Iterable[Edit], document: Document) -> dict[str, list[Splice]]:
    """Return edits as splices, by the names of their files."""
    by_file: dict[str, list[Splice]] = {}
    for edit in edits:
        text = document.text(edit.at.file)
        start = text.index(edit.at.line, edit.at.column)
        end = text.index(edit.at.end_line, edit.at.end_column)
        by_file.setdefault(edit.at.file, []).append(Splice(start, end, edit.text))
    return by_file


def _corrected_files(document: Document, names: Iterable[str]) -> dict[str, bytes]:
    """Return the files that are wrong as a whole, with what they must be."""
    calendar = document.data.get("calendar")
    language = calendar.get("language") if isinstance(calendar, dict) else None
    language = language if isinstance(language, str) else None
    corrected = {name: document.corrected(name, language) for name in names}
    return {name: content for name, content in corrected.items() if content is not None}


def _key(edit: Edit) -> tuple[str, int, str]:
    """Return what an edit is known by: its column depends on other edits of its line."""
    return edit.at.file, edit.at.line, edit.text


def _is_error(edit: Edit, document: Document) -> bool:
    """Return whether reading stops at an edit, or at the next line for no other reason.

    A tab there is another error, which is fixed with all tabs of the file.
    """
    lines = range(edit.at.line, _next_line(document, edit.at) + 1)
    return any(
        isinstance(diagnostic.at, Span)
        and diagnostic.severity is Severity.ERROR
        and diagnostic.at.file == edit.at.file
        and diagnostic.at.line in lines
        and diagnostic.edit is None
        and diagnostic.rule is not rules.TAB_INDENTATION
        for diagnostic in document.diagnostics
    )


def _next_line(document: Document, at: Span) -> int:
    """Return the number of the next line below a place that has any text."""
    number = at.end_line + 1
    while (line := document.line(at.file, number)) is not None and not line.strip():
        number += 1
    return number
