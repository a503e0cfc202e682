"""Fix what keeps a file from being read as it is meant: its encoding, its indentation, its syntax.

Such a fix is an `Edit` of a place of a file, or a correction of a file as a whole. A syntax error
hides all below it, so a file is read again after each of them. An edit is kept if what follows can
be read then, and if the text that it makes is not an error itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.compiler.splices import Splice, Splices
from timeline.diagnostics import At, Severity, Span, rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from timeline.diagnostics import Diagnostic, Edit
    from timeline.source import Document

MAX_READ = 4_000_000
"""How many bytes are read again, in all: 2 to 4 seconds. At least one error of a file is fixed."""


class SourceFixes(Struct):
    """A document whose files can be read, how many errors were fixed, and where.

    ``contents`` has the bytes of all files, and ``before`` those that the changed ones had.
    ``splices`` has the changes of the texts of files, where these are kept.
    """

    document: Document
    contents: dict[str, bytes]
    before: dict[str, bytes]
    edits: list[Edit]
    count: int = 0
    splices: dict[str, Splices] | None = None

    def keep(self, edits: Iterable[Edit], changed: Mapping[str, bytes]) -> None:
        """Keep the changes of the texts of files: the edits, or whole contents if none."""
        if self.splices is None:
            return
        by_file: dict[str, list[Splice]] = {}
        for edit in edits:
            text = self.document.text(edit.at.file)
            start = text.index(edit.at.line, edit.at.column)
            end = text.index(edit.at.end_line, edit.at.end_column)
            by_file.setdefault(edit.at.file, []).append(Splice(start, end, edit.text))
        for name, content in changed.items():
            text = self.document.text(name)
            splices = self.splices.setdefault(name, Splices(text.raw))
            if name in by_file:
                splices.apply(by_file[name])
            elif text.mark is None:  # its characters are not those of its bytes
                splices.apply([Splice(0, len(text.raw), content.decode())])
            else:
                splices.replace(text.raw, content.removeprefix(text.mark).decode())


def fix_source(
    document: Document, rejected: Iterable[Edit], *, keeps_splices: bool = False
) -> SourceFixes:
    """Fix the files of a document, apart from rejected edits.

    Nothing is written. ``keeps_splices`` keeps the changes of the texts.
    """
    splices: dict[str, Splices] | None = {} if keeps_splices else None
    fixes = SourceFixes(document, document.as_read(), {}, [], splices=splices)
    refused, left = {_key(edit) for edit in rejected}, MAX_READ
    while left > 0:
        changed, edits = _next_changes(fixes, refused)
        if not changed:
            break
        left -= sum(map(len, fixes.contents.values()))
        document = fixes.document.with_contents(fixes.contents | changed)
        if wrong := [edit for edit in edits if _is_error(edit, document)]:
            refused.update(map(_key, wrong))
            continue
        for name in changed:
            fixes.before.setdefault(name, fixes.contents[name])
        fixes.keep(edits, changed)
        fixes.document, fixes.contents = document, document.as_read() | changed
        fixes.edits += edits
        fixes.count += len(edits) or len(changed)
    return fixes


def may_be_fixable(diagnostic: Diagnostic) -> bool:
    """Return whether an error is of a kind that is fixed, in the data or before it is read."""
    of_files = (rules.ENCODING, rules.TAB_INDENTATION, rules.INDENTATION)
    has_text = diagnostic.replacement is not None or diagnostic.edit is not None
    return has_text or diagnostic.rule in of_files


def count_reported(document: Document) -> int:
    """Return how many of the errors that are reported `fix_source` may fix."""
    edits = sum(diagnostic.edit is not None for diagnostic in document.diagnostics)
    return edits + len(_corrected_files(document, document.as_read()))


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
    fixes: SourceFixes, refused: set[tuple[str, int, str]]
) -> tuple[dict[str, bytes], list[Edit]]:
    """Return the next contents of the files that can be fixed, and the edits in them."""
    if corrected := _corrected_files(fixes.document, fixes.contents):
        return corrected, []
    by_file: dict[str, list[Edit]] = {}
    for diagnostic in fixes.document.diagnostics:
        edit = diagnostic.edit
        if edit is not None and edit.at.file in fixes.contents and _key(edit) not in refused:
            by_file.setdefault(edit.at.file, []).append(edit)
    changed = {name: fixes.document.with_edits(name, edits) for name, edits in by_file.items()}
    return changed, [edit for edits in by_file.values() for edit in edits]


def _corrected_files(document: Document, contents: Iterable[str]) -> dict[str, bytes]:
    """Return the files that are wrong as a whole, with what they must be."""
    calendar = document.data.get("calendar")
    language = calendar.get("language") if isinstance(calendar, dict) else None
    language = language if isinstance(language, str) else None
    corrected = {name: document.corrected(name, language) for name in contents}
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
