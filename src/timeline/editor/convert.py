"""Translate what an analysis says into the types of the Language Server Protocol, and back."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls import uris

from timeline._lazy import regex
from timeline.diagnostics import Severity, rule_page_file
from timeline.editor.analysis import Place
from timeline.editor.columns import characters, units
from timeline.editor.texts import Change, Position
from timeline.editor.workspace import has_mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.diagnostics import Edit, Located, Span
    from timeline.editor.actions import Action
    from timeline.editor.analysis import Analysis
    from timeline.editor.completion import Completion
    from timeline.editor.symbols import Symbol

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
}


class Converter:
    """The places of one analysis in the units and the addresses of an editor.

    ``has_versions`` is whether the editor takes edits of a certain version of a text.
    """

    def __init__(self, analysis: Analysis, encoding: str, *, has_versions: bool = False) -> None:
        self._encoding = encoding
        self._has_versions = has_versions
        self._known = analysis.tree.known
        self._texts = {file.text.name: file.text for file in analysis.document.files}
        self._marked = {name for name in self._texts if has_mark(analysis, name)}

    def uri(self, file: str) -> str:
        """Return the address of a file."""
        known = self._known.get(os.path.realpath(file))
        return (known and known.uri) or uris.from_fs_path(file) or file

    def is_open(self, file: str) -> bool:
        """Return whether the text of a file is open in the editor."""
        return os.path.realpath(file) in self._known

    def version(self, file: str) -> int | None:
        """Return the version of the analysed text of a file; ``None`` if that is not open."""
        known = self._known.get(os.path.realpath(file))
        return known.version if known else None

    def place(self, file: str, position: types.Position) -> Place:
        """Return the place of a position; one beyond its line is at the end of that."""
        number = position.line + 1
        line = self._line(file, number)
        column = characters(line, position.character, self._encoding)
        column = max(column + 1 - self._shift(file, number), 1)
        return Place(file, min(number, len(self._texts[file].starts)), column)

    def position(self, file: str, number: int, column: int) -> types.Position:
        """Return the position of a line and a column."""
        line = self._line(file, number)
        before = line[: column - 1 + self._shift(file, number)]
        return types.Position(number - 1, units(before, self._encoding))

    def range(self, span: Span) -> types.Range:
        """Return the range of a span."""
        return types.Range(
            self.position(span.file, span.line, span.column),
            self.position(span.file, span.end_line, span.end_column),
        )

    def location(self, span: Span) -> types.Location:
        """Return the location of a span."""
        return types.Location(self.uri(span.file), self.range(span))

    def workspace_edit(self, edits: Iterable[Edit]) -> types.WorkspaceEdit:
        """Return the changes of all files, of the versions that were analysed if that is known."""
        changes: dict[str, list[types.TextEdit]] = {}
        for edit in edits:
            change = types.TextEdit(self.range(edit.at), edit.text)
            changes.setdefault(edit.at.file, []).append(change)
        if not self._has_versions:
            return types.WorkspaceEdit(
                changes={self.uri(file): edits for file, edits in changes.items()}
            )
        return types.WorkspaceEdit(
            document_changes=[
                types.TextDocumentEdit(
                    types.OptionalVersionedTextDocumentIdentifier(
                        self.uri(file), self.version(file)
                    ),
                    edits,
                )
                for file, edits in changes.items()
            ]
        )

    def diagnostic(self, located: Located) -> types.Diagnostic:
        """Return a diagnostic with its help, other places, and the address of its page."""
        diagnostic, span, notes = located
        lines = [diagnostic.message]
        lines += [f"help: {diagnostic.help}"] if diagnostic.help else []
        lines += [f"note: {note}" for note, at in notes if at is None]
        page = rule_page_file(diagnostic.rule)
        return types.Diagnostic(
            self.range(span),
            "\n".join(lines),
            severity=_SEVERITIES[diagnostic.severity],
            code=diagnostic.code,
            code_description=types.CodeDescription(uris.from_fs_path(page) or "") if page else None,
            source="timeline",
            related_information=[
                types.DiagnosticRelatedInformation(self.location(at), note)
                for note, at in notes
                if at is not None
            ],
        )

    def action(self, action: Action) -> types.CodeAction:
        """Return an action; one for all errors is a source action, and the others quick fixes."""
        kind: str = types.CodeActionKind.QuickFix
        if action.is_fix_all:
            kind = FIX_ALL
        return types.CodeAction(
            action.title,
            kind=kind,
            diagnostics=[self.diagnostic(action.fixes)] if action.fixes else None,
            is_preferred=True if action.fixes else None,
            edit=self.workspace_edit(action.edits),
        )

    def symbol(self, symbol: Symbol) -> types.DocumentSymbol:
        """Return an event of the outline, with those inside it."""
        return types.DocumentSymbol(
            symbol.name or "?",
            types.SymbolKind.Event,
            self.range(symbol.span),
            self.range(symbol.selection),
            detail=symbol.detail,
            children=[self.symbol(child) for child in symbol.children],
        )

    def _line(self, file: str, number: int) -> str:
        """Return a line as the editor has it: with a byte order mark, if its text begins so."""
        line = self._texts[file].line(number) or ""
        return f"\ufeff{line}" if self._shift(file, number) else line

    def _shift(self, file: str, number: int) -> int:
        return number == 1 and file in self._marked


def path_of(uri: str) -> str | None:
    """Return the path of a file; ``None`` for a text that is not a file, such as a comparison."""
    path = uris.to_fs_path(uri) if uri.lower().startswith("file:") else None
    with suppress(UnicodeEncodeError):
        return path if path and b"\0" not in os.fsencode(path) else None
    return None


def is_wanted(kind: str, wanted: Iterable[str] | None) -> bool:
    """Return whether an editor asks for a kind of action, or for a more general one."""
    if wanted is None:
        return True
    return any(kind == general or kind.startswith(f"{general}.") for general in map(str, wanted))


def change_of(change: types.TextDocumentContentChangeEvent) -> Change:
    """Return a change of a text, in the units of the editor."""
    if isinstance(change, types.TextDocumentContentChangePartial):
        start, end = change.range.start, change.range.end
        of = Position(start.line, start.character), Position(end.line, end.character)
        return Change(change.text, of)
    return Change(change.text)


def completion_item(
    completion: Completion, line: str, position: types.Position, encoding: str
) -> types.CompletionItem:
    """Return a completion that replaces what is typed of a word, and the rest of the word."""
    column = characters(line, position.character, encoding)
    typed = line[column - completion.typed : column]
    rest = _REST.match(line, column) if typed else None
    start = types.Position(position.line, position.character - units(typed, encoding))
    end = position.character + units(rest[0] if rest else "", encoding)
    return types.CompletionItem(
        completion.label,
        kind=types.CompletionItemKind.Value,
        detail=completion.detail or None,
        documentation=completion.about or None,
        filter_text=completion.label,
        text_edit=types.TextEdit(
            types.Range(start, types.Position(position.line, end)), completion.label
        ),
    )


_REST = regex(r"[\w/+-]*")

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.timeline"
"""The kind of the action that fixes all errors: editors may run `source.fixAll` with each save."""
