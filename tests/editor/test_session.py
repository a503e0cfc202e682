"""A session of pygls' own client with the server as a process, over its pipes."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from support.paths import ROOT
from timeline import export, loads
from timeline.editor.columns import ENCODINGS, units

pytest.importorskip("pygls", reason="needs pygls, as `timeline lsp` does")

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import LanguageClient

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

FOUNDING = (ROOT / "events.yaml").read_text(encoding="utf-8")
SERVER = [sys.executable, "-m", "timeline", "lsp"]
AUDITED = str(ROOT / "tests" / "support" / "audited_server.py")
RALLY = """calendar: {id: example.org, name: Example}
events:
- {id: rally, summary: Rally, start: 2026-03-01, end: 2026-03-04}
- {id: other, summary: Other, start: rally.end + 1 week}
"""
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PATIENCE = 120.0
"""Seconds after which a test that waits for the server fails."""


class Client:
    """A client with one open text."""

    def __init__(self, folder: Path, *, has_versions: bool = False) -> None:
        self.uri = (folder / "events.yaml").as_uri()
        self.text_document = types.TextDocumentIdentifier(self.uri)
        self.language_client = LanguageClient("tests", "1")
        self.diagnostics: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.version = 0
        self.has_versions = has_versions

        @self.language_client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def keep(params: types.PublishDiagnosticsParams) -> None:
            self.diagnostics.put_nowait(params)

    async def start(
        self, folder: Path, encodings: list[str], server: list[str]
    ) -> types.ServerCapabilities:
        """Start the server, and return what it can do."""
        await self.language_client.start_io(*server)
        general = types.GeneralClientCapabilities(position_encodings=encodings)
        capabilities = types.ClientCapabilities(
            general=general,
            workspace=types.WorkspaceClientCapabilities(
                workspace_edit=types.WorkspaceEditClientCapabilities(
                    document_changes=self.has_versions
                )
            ),
            text_document=types.TextDocumentClientCapabilities(
                publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
                    version_support=self.has_versions
                )
            ),
        )
        folders = [types.WorkspaceFolder(folder.as_uri(), "folder")]
        params = types.InitializeParams(
            capabilities, process_id=os.getpid(), workspace_folders=folders
        )
        result = await self.language_client.initialize_async(params)
        self.language_client.initialized(types.InitializedParams())
        return result.capabilities

    def open(self, text: str) -> None:
        """Open the text."""
        item = types.TextDocumentItem(self.uri, "yaml", 0, text)
        self.language_client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, text: str) -> None:
        """Send another text."""
        self.change(types.TextDocumentContentChangeWholeDocument(text))

    def replace(self, line: int, start: int, end: int, text: str) -> None:
        """Send a text in place of a part of a line."""
        span = types.Range(types.Position(line, start), types.Position(line, end))
        self.change(types.TextDocumentContentChangePartial(span, text))

    def change(self, *changes: types.TextDocumentContentChangeEvent) -> None:
        """Send changes of the text, each in the text that the one before it leaves."""
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        params = types.DidChangeTextDocumentParams(document, [*changes])
        self.language_client.text_document_did_change(params)

    async def reported(self) -> list[tuple[int, str | int | None]]:
        """Return the lines, from 0, and codes of the diagnostics that come next."""
        params = await self.diagnostics.get()
        return [(of.range.start.line, of.code) for of in params.diagnostics]


def session(
    folder: Path,
    run: Callable[[Client], Awaitable[None]],
    *encodings: str,
    server: list[str] = SERVER,
    has_versions: bool = False,
) -> None:
    async def inside() -> None:
        client = Client(folder, has_versions=has_versions)
        capabilities = await client.start(folder, [*encodings], server)
        assert capabilities.position_encoding == (encodings[0] if encodings else "utf-16")
        await run(client)
        await client.language_client.shutdown_async(None)
        client.language_client.exit(None)
        await client.language_client.stop()

    asyncio.run(asyncio.wait_for(inside(), PATIENCE))


def test_a_session(tmp_path: Path) -> None:
    line = FOUNDING.splitlines().index("    start: 2025-01-03")
    wrong = FOUNDING.replace("start: 2025-01-03", "start: 3 January 2025")
    at_line = types.Range(types.Position(line, 0), types.Position(line, 0))

    async def run(client: Client) -> None:
        lsp = client.language_client
        client.open(wrong)
        assert await client.reported() == [(line, "date-syntax")]
        params = types.CodeActionParams(client.text_document, at_line, types.CodeActionContext([]))
        actions = await lsp.text_document_code_action_async(params)
        assert [(of.title, of.kind) for of in actions or []] == [
            ("Write `2025-01-03`", "quickfix"),
            ("Fix all errors that can mean only one thing", "source.fixAll.timeline"),
        ]
        (change,) = actions[0].edit.changes[client.uri]
        assert (change.range, change.new_text) == (
            types.Range(types.Position(line, 11), types.Position(line, 25)),
            "2025-01-03",
        )
        on_save = types.CodeActionContext([], only=["source.fixAll"])
        params = types.CodeActionParams(client.text_document, at_line, on_save)
        assert len(await lsp.text_document_code_action_async(params) or []) == 1
        for text in (wrong + "a", wrong + "ab: ", FOUNDING):  # the last one counts
            client.type(text)
        while await client.reported():
            pass
        finale = FOUNDING.splitlines().index(
            "        start: dakar-2025.end - 2 days~ # follows from the end; the article gives no "
            "dates for it"
        )
        place = types.HoverParams(client.text_document, types.Position(finale, 20))
        answer = await lsp.text_document_hover_async(place)
        assert "about 15 January" in answer.contents.value
        whole = types.Range(types.Position(0, 0), types.Position(999, 0))
        hints = await lsp.text_document_inlay_hint_async(
            types.InlayHintParams(client.text_document, whole)
        )
        assert [(of.position.line, of.label) for of in hints or []][-1] == (
            finale,
            "= about 15 January until 17 January 2025",
        )
        symbols = await lsp.text_document_document_symbol_async(
            types.DocumentSymbolParams(client.text_document)
        )
        assert [len(of.children or []) for of in symbols or []] == [0, 0, 3, 0, 0]
        at = types.Position(finale, 18)
        (location,) = await lsp.text_document_definition_async(
            types.DefinitionParams(client.text_document, at)
        )
        assert FOUNDING.splitlines()[location.range.start.line] == "  - id: dakar-2025"
        used = await lsp.text_document_references_async(
            types.ReferenceParams(
                types.ReferenceContext(include_declaration=True), client.text_document, at
            )
        )
        edit = await lsp.text_document_rename_async(
            types.RenameParams(client.text_document, at, "rally-2025")
        )
        assert len(edit.changes[client.uri]) == len(used or []) == FOUNDING.count("dakar-2025")
        with pytest.raises(JsonRpcException, match="`A b` is not an id"):
            await lsp.text_document_rename_async(
                types.RenameParams(client.text_document, at, "A b")
            )
        item = (
            await lsp.text_document_completion_async(
                types.CompletionParams(client.text_document, types.Position(finale, 24))
            )
        )[0]
        assert (item.label, item.detail) == ("dakar-2025", "3–17 January 2025")  # noqa: RUF001
        client.type(wrong)
        assert await client.reported() == [(line, "date-syntax")]
        lsp.text_document_did_close(types.DidCloseTextDocumentParams(client.text_document))
        assert await client.reported() == []

    session(tmp_path, run, "utf-8", "utf-16")


@pytest.mark.parametrize("encoding", [*ENCODINGS])
def test_parts_of_a_text_are_changed_in_the_units_of_the_editor(
    tmp_path: Path, encoding: str
) -> None:
    line = "- {id: a, summary: 𝄞\u2028é\x85, start: 5 May 2026}"
    lines = ["\ufeffcalendar: {id: x.org, name: X}", "# \x0b\x0c\x1c\u2029", "events:", line, ""]

    async def run(client: Client) -> None:
        lsp = client.language_client
        client.open("\r\n".join(lines))
        params = await client.diagnostics.get()
        assert params.version == 0
        (diagnostic,) = (of for of in params.diagnostics if of.code == "date-syntax")
        start = units(line[: line.index("5 May")], encoding)
        assert diagnostic.range == types.Range(
            types.Position(3, start), types.Position(3, start + 10)
        )
        action = (
            await lsp.text_document_code_action_async(
                types.CodeActionParams(
                    client.text_document, diagnostic.range, types.CodeActionContext([])
                )
            )
            or []
        )[0]
        (change,) = action.edit.document_changes
        assert (change.text_document.uri, change.text_document.version) == (client.uri, 0)
        (edit,) = change.edits
        assert (edit.range, edit.new_text) == (diagnostic.range, "2026-05-05")
        client.change(
            types.TextDocumentContentChangePartial(edit.range, ""),
            types.TextDocumentContentChangePartial(
                types.Range(types.Position(3, start), types.Position(3, start)), edit.new_text
            ),
        )
        params = await client.diagnostics.get()
        assert params.version == 1
        assert {of.code for of in params.diagnostics} == {"control-character"}
        for end in range(10, 0, -1):  # keys that are held down
            client.replace(3, start + end - 1, start + end, "")
        client.replace(3, start, start, "6 May 2026")
        while params.version != client.version:
            before, params = params.version or 0, await client.diagnostics.get()
            assert (params.version or 0) > before
        assert (diagnostic.range, "date-syntax") in [
            (of.range, of.code) for of in params.diagnostics
        ]

    session(tmp_path, run, encoding, has_versions=True)


def test_the_encoding_is_that_of_the_editor(tmp_path: Path) -> None:
    text = "calendar: {id: x.org, name: X}\nevents: [{id: a, summary: 𝄞, start: 5 May 2026}]\n"

    async def run(client: Client) -> None:
        client.open(text)
        params = await client.diagnostics.get()
        line = text.splitlines()[1]
        assert params.diagnostics[0].range.start.character == line.index("5 May") + 1

    session(tmp_path, run)


def test_a_session_stays_in_its_folder_and_starts_nothing(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    for path in (folder / "dist", folder / "teams", outside):
        path.mkdir(parents=True)
    inner = "events: [{id: in, summary: In, start: rally.end}]\n"
    (folder / "teams" / "a.yaml").write_text(inner)
    (outside / "secret.yaml").write_text(inner)
    (folder / "link.yaml").symlink_to(outside / "secret.yaml")
    (folder / "dist" / "events.ics").write_bytes(export(loads(RALLY), "ics", now=NOW))
    include = "include: [teams/*.yaml, ../outside/secret.yaml, link.yaml, https://example.org/a]\n"
    text = RALLY.replace("events:", f"{include}outputs: {{to: ../outside}}\nevents:")
    lines, log = text.splitlines(), tmp_path / "log"
    at = types.Position(len(lines) - 2, lines[-2].index("rally") + 1)
    whole = types.Range(types.Position(0, 0), types.Position(len(lines), 0))

    async def run(client: Client) -> None:
        lsp, document = client.language_client, client.text_document
        client.open(text)
        assert {code for _, code in await client.reported()} >= {"include-path"}
        context = types.CodeActionContext([])
        for answer in (
            lsp.text_document_code_action_async(types.CodeActionParams(document, whole, context)),
            lsp.text_document_hover_async(types.HoverParams(document, at)),
            lsp.text_document_inlay_hint_async(types.InlayHintParams(document, whole)),
            lsp.text_document_document_symbol_async(types.DocumentSymbolParams(document)),
            lsp.text_document_definition_async(types.DefinitionParams(document, at)),
            lsp.text_document_completion_async(types.CompletionParams(document, at)),
        ):
            await answer
        client.type(RALLY)
        place = types.Position(at.line - 2, at.character)
        edit = await lsp.text_document_rename_async(types.RenameParams(document, place, "race"))
        assert "renamed-from" in str(edit), "the published feed is read"
        lsp.text_document_did_save(types.DidSaveTextDocumentParams(document))
        lsp.text_document_did_close(types.DidCloseTextDocumentParams(document))

    session(folder, run, server=[sys.executable, AUDITED, str(log)])
    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert {event for event, _ in events} <= {"open", "os.listdir", "os.scandir"}
    paths = {os.path.realpath(path) for _, path in events}
    assert paths >= {str(folder / "teams" / "a.yaml"), str(folder / "dist" / "events.ics")}
    assert [path for path in paths if not path.startswith(str(folder))] == []


def started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def send(process: subprocess.Popen[bytes], **message: Any) -> None:
    content = json.dumps({"jsonrpc": "2.0", **message}).encode()
    assert process.stdin
    process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
    process.stdin.flush()


def receive(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout
    length = 0
    while line := process.stdout.readline().strip():
        if line.lower().startswith(b"content-length"):
            length = int(line.split(b":")[1])
    return dict(json.loads(process.stdout.read(length)))


def test_the_server_ends_when_its_input_ends_during_an_analysis(tmp_path: Path) -> None:
    events = "\n".join(f"- {{id: e{n}, summary: E, start: 2026-01-05}}" for n in range(6000))
    with started() as process:
        params = {"processId": None, "rootUri": tmp_path.as_uri(), "capabilities": {}}
        send(process, id=1, method="initialize", params=params)
        receive(process)
        document = {
            "uri": (tmp_path / "events.yaml").as_uri(),
            "languageId": "yaml",
            "version": 1,
            "text": f"calendar: {{id: x.org, name: X}}\nevents:\n{events}\n",
        }
        send(process, method="textDocument/didOpen", params={"textDocument": document})
        assert process.stdin
        process.stdin.close()
        assert process.wait(PATIENCE) == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal 0")
def test_the_server_ends_when_the_editor_is_gone_and_its_pipe_is_not(tmp_path: Path) -> None:
    editor = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with started() as process:
        params = {"processId": editor.pid, "rootUri": tmp_path.as_uri(), "capabilities": {}}
        send(process, id=1, method="initialize", params=params)
        receive(process)
        editor.send_signal(signal.SIGKILL)
        editor.wait()
        start = time.monotonic()
        process.wait(PATIENCE)
        assert time.monotonic() - start < PATIENCE
