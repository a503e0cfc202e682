"""The language server: requests of an editor, answered from the analysis of its open texts.

Only this module and `convert` know the protocol. Nothing is written, run or fetched: edits are
offered to the editor, which makes them.
"""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from timeline._version import VERSION
from timeline.editor.actions import actions, fix_all
from timeline.editor.analysis import find_places
from timeline.editor.columns import characters
from timeline.editor.completion import completions
from timeline.editor.convert import FIX_ALL, Converter, completion_item
from timeline.editor.dates import hints, hover
from timeline.editor.navigation import (
    CannotRename,
    definitions,
    references,
    renamable,
    rename,
)
from timeline.editor.reports import Reports
from timeline.editor.schedule import Schedule
from timeline.editor.symbols import symbols
from timeline.editor.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.editor.actions import Action
    from timeline.editor.analysis import Analysis

_PARENT_POLL = 0.5
"""The seconds between two looks at whether the editor still runs."""


def serve() -> None:
    """Serve one editor over standard input and output until it ends.

    The process ends without waiting for an analysis that still runs.
    """
    server = Server()
    server.language_server.start_io()
    os._exit(0)


class Server:
    """The handlers of one session; ``language_server`` is pygls' side of it."""

    def __init__(self) -> None:
        self.workspace = Workspace()
        self.reports = Reports()
        self.schedule = Schedule(
            self.workspace.snapshot, self._analyse, self._publish, self._find_places
        )
        self.is_disk_changed = False
        self.open_uris: dict[str, str] = {}
        # The whole text is sent: pygls finds lines as Python does, at more characters than editors.
        self.language_server = LanguageServer("timeline", VERSION, types.TextDocumentSyncKind.Full)
        self._register()

    # --- the session ------------------------------------------------------------------------------

    def initialize(self, params: types.InitializeParams) -> None:
        """Take the folders and the settings of the editor."""
        folders = [folder.uri for folder in params.workspace_folders or []]
        if not folders and params.root_uri:
            folders = [params.root_uri]
        self.workspace.folders = [path for path in map(uris.to_fs_path, folders) if path]
        options = params.initialization_options
        self.reports.has_schema_server = bool(_option(options, "schemaServer"))
        # An editor on another machine or in another container has a process that is not seen here.
        if params.process_id is not None and _is_running(params.process_id):
            self._parent = asyncio.ensure_future(_exit_with(params.process_id))

    def initialized(self, _: types.InitializedParams) -> None:
        """Ask the editor to say which files change on the disk."""
        capabilities = self.language_server.client_capabilities.workspace
        watching = capabilities.did_change_watched_files if capabilities else None
        if watching is None or not watching.dynamic_registration:
            return
        watchers = [types.FileSystemWatcher(glob) for glob in ("**/*.yaml", "**/*.yml")]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        self.language_server.client_register_capability(
            types.RegistrationParams([types.Registration("files", method, options)])
        )

    def change_folders(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        """Take the folders as they are now."""
        removed = {uris.to_fs_path(folder.uri) for folder in params.event.removed}
        added = [uris.to_fs_path(folder.uri) for folder in params.event.added]
        folders = [folder for folder in self.workspace.folders if folder not in removed]
        self.workspace.folders = [*folders, *filter(None, added)]
        self.change_files()

    # --- the texts --------------------------------------------------------------------------------

    def change(
        self, params: types.DidOpenTextDocumentParams | types.DidChangeTextDocumentParams
    ) -> None:
        """Take a text that is opened or changed."""
        uri = params.text_document.uri
        if (path := uris.to_fs_path(uri)) is None or not uri.startswith("file:"):
            return  # a text that is not a file, such as a comparison
        self.open_uris[os.path.realpath(path)] = uri
        self.workspace.set_text(path, self.language_server.workspace.get_text_document(uri).source)
        self.schedule.changed()

    def close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Forget a text."""
        if path := uris.to_fs_path(params.text_document.uri):
            self.open_uris.pop(os.path.realpath(path), None)
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
        for uri, diagnostics in self.reports.changed(analyses, converters):
            params = types.PublishDiagnosticsParams(uri, diagnostics)
            self.language_server.text_document_publish_diagnostics(params)

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
        if _is_wanted(types.CodeActionKind.QuickFix, wanted):
            first, last = params.range.start.line + 1, params.range.end.line + 1
            offered += actions(analysis, file, first, last)
        if _is_wanted(FIX_ALL, wanted) and (whole := fix_all(analysis)):
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
        path = uris.to_fs_path(uri)
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
        path = uris.to_fs_path(uri)
        answer = self.workspace.analysis_of(path) if path else None
        return answer and (*answer, self._converter(answer[0]))

    def _converter(self, analysis: Analysis) -> Converter:
        return Converter(analysis, self._encoding(), self.open_uris)

    def _encoding(self) -> str:
        encoding = self.language_server.workspace.position_encoding or "utf-16"
        return str(getattr(encoding, "value", encoding))

    def _register(self) -> None:
        features = {
            types.INITIALIZE: self.initialize,
            types.INITIALIZED: self.initialized,
            types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: self.change_folders,
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES: self.change_files,
            types.TEXT_DOCUMENT_DID_OPEN: self.change,
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
        for name, handler in features.items():
            self.language_server.feature(name)(_function(handler))
        kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])
        self.language_server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)(
            _function(self.code_actions)
        )
        typed = types.CompletionOptions(trigger_characters=[".", " ", "["])
        self.language_server.feature(types.TEXT_DOCUMENT_COMPLETION, typed)(
            _function(self.completion)
        )


def _function(method: Any) -> Any:
    """Return a bound method as a function: pygls keeps marks on what it registers."""
    if asyncio.iscoroutinefunction(method):

        async def answer(params: Any) -> Any:
            return await method(params)

        return answer

    def handle(params: Any) -> Any:
        return method(params)

    return handle


def _is_wanted(kind: str, wanted: Iterable[str] | None) -> bool:
    """Return whether an editor asks for a kind of action, or for a more general one."""
    if wanted is None:
        return True
    return any(kind == general or kind.startswith(f"{general}.") for general in map(str, wanted))


def _option(options: Any, name: str) -> Any:
    """Return a setting of the editor, whose options may be anything."""
    return options.get(name) if isinstance(options, dict) else getattr(options, name, None)


async def _exit_with(process_id: int) -> None:
    """End this process when the editor is gone, whose pipes a child of it may keep open."""
    while _is_running(process_id):  # noqa: ASYNC110 - the system sends no event
        await asyncio.sleep(_PARENT_POLL)
    os._exit(1)


def _is_running(process_id: int) -> bool:
    """Return whether a process of this user runs; not on Windows, where signal 0 is an order."""
    if os.name == "nt":
        return False
    try:
        os.kill(process_id, 0)
    except OSError:
        return False
    return True
