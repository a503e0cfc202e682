"""The language server: requests of an editor, answered from the analysis of its open texts.

Only this module and `convert` know the protocol. Nothing is written, run or fetched: edits are
offered to the editor, which makes them.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from timeline._version import VERSION
from timeline.editor.actions import actions, fix_all
from timeline.editor.analysis import find_places
from timeline.editor.columns import characters
from timeline.editor.completion import completions
from timeline.editor.convert import (
    FIX_ALL,
    Converter,
    change_of,
    completion_item,
    is_wanted,
    path_of,
)
from timeline.editor.dates import hints, hover
from timeline.editor.lifetime import exit_with, is_running
from timeline.editor.navigation import CannotRename, definitions, references, renamable, rename
from timeline.editor.protocol import Connection, log_errors
from timeline.editor.reports import Reports
from timeline.editor.schedule import Schedule
from timeline.editor.symbols import symbols
from timeline.editor.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.editor.actions import Action
    from timeline.editor.analysis import Analysis

_SWITCH_INTERVAL = 0.0005
"""The seconds after which another thread runs. A message passes between threads several times, and
with Python's 5 ms each it is read later than the next keystroke while a text is analysed."""


def serve() -> None:
    """Serve one editor over standard input and output until it ends.

    The process ends without waiting for an analysis that still runs.
    """
    sys.setswitchinterval(_SWITCH_INTERVAL)
    log_errors()
    Server().connection.start_io()
    os._exit(0)


class Server:
    """The handlers of one session; ``connection`` is pygls' side of it."""

    def __init__(self) -> None:
        self.workspace = Workspace()
        self.reports = Reports()
        self.schedule = Schedule(
            self.workspace.snapshot, self._analyse, self._publish, self._find_places
        )
        self.is_disk_changed = False
        self.has_versioned_edits = False
        self.connection = Connection("timeline", VERSION)
        self._register()

    # --- the session ------------------------------------------------------------------------------

    def initialize(self, params: types.InitializeParams) -> None:
        """Take the folders and the settings of the editor."""
        folders = [folder.uri for folder in params.workspace_folders or []]
        if not folders and params.root_uri:
            folders = [params.root_uri]
        self.workspace.folders = [path for path in map(path_of, folders) if path]
        options = params.initialization_options
        self.reports.has_schema_server = bool(_option(options, "schemaServer"))
        self._take_capabilities(params.capabilities)
        # An editor on another machine or in another container has a process that is not seen here.
        if params.process_id is not None and is_running(params.process_id):
            self._parent = asyncio.ensure_future(exit_with(params.process_id))

    def _take_capabilities(self, editor: types.ClientCapabilities) -> None:
        """Take what the editor knows of versions."""
        texts, workspace = editor.text_document, editor.workspace
        published = texts.publish_diagnostics if texts else None
        self.reports.has_versions = bool(published and published.version_support)
        edited = workspace.workspace_edit if workspace else None
        self.has_versioned_edits = bool(edited and edited.document_changes)

    def exit(self, _: object) -> None:
        """End the process, without an error if the editor has said before that it will end."""
        os._exit(0 if self.connection.protocol.is_shut_down else 1)

    def initialized(self, _: types.InitializedParams) -> None:
        """Ask the editor to say which files change on the disk."""
        self.connection.watch("**/*.yaml", "**/*.yml")

    def change_folders(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        """Take the folders as they are now."""
        removed = {path_of(folder.uri) for folder in params.event.removed}
        added = [path_of(folder.uri) for folder in params.event.added]
        folders = [folder for folder in self.workspace.folders if folder not in removed]
        self.workspace.folders = [*folders, *filter(None, added)]
        self.change_files()

    # --- the texts --------------------------------------------------------------------------------

    def open_text(self, params: types.DidOpenTextDocumentParams) -> None:
        """Take a text that is opened."""
        text = params.text_document
        if path := path_of(text.uri):
            self.workspace.set_text(path, text.text, text.uri, text.version)
            self.schedule.changed()

    def change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Take the changes of a text, each in the text that the one before it leaves."""
        text = params.text_document
        if path := path_of(text.uri):
            changes = map(change_of, params.content_changes)
            self.workspace.change_text(path, changes, text.version, self._encoding())
            self.schedule.changed()

    def close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Forget a text."""
        if path := path_of(params.text_document.uri):
            self.workspace.remove_text(path)
            self.schedule.changed()

    def change_files(self, *_: object) -> None:
        """Read again what is on the disk."""
        self.workspace.forget_disk()
        self.is_disk_changed = True
        self.schedule.changed()

    def _analyse(self, tree: Any) -> dict[str, Analysis]:
        return self.workspace.analyse(tree, is_disk_changed=self.is_disk_changed)

    def _publish(self, analyses: Any) -> None:
        """Answer from these analyses, and send the diagnostics that differ from those sent."""
        self.workspace.keep(analyses)
        self.is_disk_changed = False
        converters = {root: self._converter(analysis) for root, analysis in analyses.items()}
        for uri, (version, diagnostics) in self.reports.changed(analyses, converters):
            params = types.PublishDiagnosticsParams(uri, diagnostics, version)
            self.connection.text_document_publish_diagnostics(params)

    def _find_places(self, analyses: Any) -> None:
        for analysis in analyses.values():
            find_places(analysis)

    # --- requests ---------------------------------------------------------------------------------

    async def code_actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Return the fixes in a range, and the one of all errors."""
        if (session := await self._session(params.text_document.uri)) is None:
            return []
        analysis, file, converter = session
        wanted = params.context.only
        offered: list[Action] = []
        if is_wanted(types.CodeActionKind.QuickFix, wanted):
            first, last = params.range.start.line + 1, params.range.end.line + 1
            offered += actions(analysis, file, first, last)
        if is_wanted(FIX_ALL, wanted) and (whole := fix_all(analysis)):
            offered.append(whole)
        return [converter.action(action) for action in offered]

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        """Return what a date means."""
        if (session := await self._session(params.text_document.uri)) is None:
            return None
        analysis, file, converter = session
        answer = hover(analysis, converter.place(file, params.position))
        if answer is None:
            return None
        span = converter.range(answer.span) if answer.span else None
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, answer.text), span)

    async def inlay_hints(self, params: types.InlayHintParams) -> list[types.InlayHint]:
        """Return what the relative and vague dates in a range come to."""
        if (session := await self._session(params.text_document.uri)) is None:
            return []
        analysis, file, converter = session
        first, last = params.range.start.line + 1, params.range.end.line + 1
        return [
            types.InlayHint(
                converter.range(hint.span).end, hint.label, padding_left=True, tooltip=hint.about
            )
            for hint in hints(analysis, file, first, last)
        ]

    async def symbols(self, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        """Return the events of a file."""
        if (session := await self._session(params.text_document.uri)) is None:
            return []
        analysis, file, converter = session
        return [converter.symbol(symbol) for symbol in symbols(analysis, file)]

    async def definition(self, params: types.DefinitionParams) -> list[types.Location]:
        """Return where the name at a place is defined, or what an item of `include` leads to."""
        if (session := await self._session(params.text_document.uri)) is None:
            return []
        analysis, file, converter = session
        spans = definitions(analysis, converter.place(file, params.position))
        return [converter.location(span) for span in spans]

    async def references(self, params: types.ReferenceParams) -> list[types.Location]:
        """Return where the name at a place is used."""
        if (session := await self._session(params.text_document.uri)) is None:
            return []
        analysis, file, converter = session
        spans = references(
            analysis,
            converter.place(file, params.position),
            with_definition=params.context.include_declaration,
        )
        return [converter.location(span) for span in spans]

    async def prepare_rename(self, params: types.PrepareRenameParams) -> types.Range | None:
        """Return the id at a place that can be renamed."""
        if (session := await self._session(params.text_document.uri)) is None:
            return None
        analysis, file, converter = session
        span = renamable(analysis, converter.place(file, params.position))
        return converter.range(span) if span else None

    async def rename_id(self, params: types.RenameParams) -> types.WorkspaceEdit | None:
        """Return what renames an id; the reason why it cannot be is an error of the request."""
        if (session := await self._session(params.text_document.uri)) is None:
            return None
        analysis, file, converter = session
        try:
            edits = rename(analysis, converter.place(file, params.position), params.new_name)
        except CannotRename as refusal:
            help_ = f": {refusal.help}" if refusal.help else ""
            raise JsonRpcInvalidParams(f"{refusal.message}{help_}") from None
        return converter.workspace_edit(edits)

    async def completion(self, params: types.CompletionParams) -> list[types.CompletionItem]:
        """Return what may be typed, from the last analysis: this must not wait."""
        uri, position = params.text_document.uri, params.position
        path = path_of(uri)
        if path is None or (lines := self.workspace.lines(path)) is None:
            return []
        answer, encoding = self.workspace.analysis_of(path), self._encoding()
        line = lines[position.line] if position.line < len(lines) else ""
        column = characters(line, position.character, encoding) + 1
        analysis = answer[0] if answer else None
        offered = completions(lines, position.line + 1, column, analysis)
        return [completion_item(completion, line, position, encoding) for completion in offered]

    async def _session(self, uri: str) -> tuple[Analysis, str, Converter] | None:
        """Return the analysis of a file as it is now, its name there, and its converter."""
        await self.schedule.finished()
        path = path_of(uri)
        answer = self.workspace.analysis_of(path) if path else None
        return answer and (*answer, self._converter(answer[0]))

    def _converter(self, analysis: Analysis) -> Converter:
        return Converter(analysis, self._encoding(), has_versions=self.has_versioned_edits)

    def _encoding(self) -> str:
        encoding = self.connection.workspace.position_encoding or "utf-16"
        return str(getattr(encoding, "value", encoding))

    def _register(self) -> None:
        handlers: dict[str, Callable[..., Any]] = {
            types.INITIALIZE: self.initialize,
            types.EXIT: self.exit,
            types.INITIALIZED: self.initialized,
            types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: self.change_folders,
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES: self.change_files,
            types.TEXT_DOCUMENT_DID_OPEN: self.open_text,
            types.TEXT_DOCUMENT_DID_CHANGE: self.change,
            types.TEXT_DOCUMENT_DID_CLOSE: self.close,
            types.TEXT_DOCUMENT_DID_SAVE: self.change_files,
            types.TEXT_DOCUMENT_HOVER: self.hover,
            types.TEXT_DOCUMENT_INLAY_HINT: self.inlay_hints,
            types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: self.symbols,
            types.TEXT_DOCUMENT_DEFINITION: self.definition,
            types.TEXT_DOCUMENT_REFERENCES: self.references,
            types.TEXT_DOCUMENT_PREPARE_RENAME: self.prepare_rename,
            types.TEXT_DOCUMENT_RENAME: self.rename_id,
        }
        for method, handler in handlers.items():
            self.connection.answer(method, handler)
        kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])
        self.connection.answer(types.TEXT_DOCUMENT_CODE_ACTION, self.code_actions, kinds)
        typed = types.CompletionOptions(trigger_characters=[".", " ", "["])
        self.connection.answer(types.TEXT_DOCUMENT_COMPLETION, self.completion, typed)


def _option(options: Any, name: str) -> Any:
    """Return a setting of the editor, whose options may be anything."""
    return options.get(name) if isinstance(options, dict) else getattr(options, name, None)
