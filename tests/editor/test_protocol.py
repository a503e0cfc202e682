"""Whatever an editor sends is answered, the server lives on, and its log has no traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("pygls", reason="needs pygls, as `timeline lsp` does")

from support.raw_session import RawSession

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARSE_ERROR, INVALID_REQUEST, NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602
NOT_INITIALIZED = -32002
TEXT = "calendar: {id: x.org, name: X}\nevents:\n- {id: a, summary: A, start: 5 May 2026}\n"
FIRST = {"line": 0, "character": 0}
EVERYTHING: dict[str, Any] = {
    "position": FIRST,
    "range": {"start": FIRST, "end": FIRST},
    "context": {"diagnostics": [], "includeDeclaration": True, "triggerKind": 1},
    "newName": "b",
}
REQUESTS = (
    "codeAction",
    "completion",
    "definition",
    "documentSymbol",
    "hover",
    "inlayHint",
    "prepareRename",
    "references",
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[RawSession]:
    session = RawSession(tmp_path / "log")
    with session.process:
        session.initialize(tmp_path)
        yield session
        assert session.code("shutdown") is None
        assert session.code("textDocument/hover", params={}) == INVALID_REQUEST
        session.notify("exit")
        assert session.process.wait() == 0
    assert session.log.read_text() == ""


def hover(uri: object, line: object, **others: Any) -> dict[str, Any]:
    position = {"line": line, "character": 0}
    return {"textDocument": {"uri": uri}, "position": position, **others}


def test_wrong_requests_are_errors_of_the_request(session: RawSession, tmp_path: Path) -> None:
    uri = (tmp_path / "events.yaml").as_uri()
    session.open(uri, TEXT)
    for method, params in (
        ("textDocument/hover", None),
        ("textDocument/hover", {}),
        ("textDocument/hover", [1]),
        ("textDocument/hover", "a"),
        ("textDocument/hover", hover(uri, -1)),
        ("textDocument/hover", hover(uri, 2**40)),
        ("textDocument/hover", hover(uri, "a")),
        ("textDocument/hover", hover(uri, None)),
        ("textDocument/codeAction", {**EVERYTHING, "textDocument": {"uri": uri}, "range": {}}),
        ("textDocument/rename", hover(uri, 0, newName="b")),  # there is no id
        ("workspace/executeCommand", {"command": "a"}),
    ):
        assert session.code(method, params=params) == INVALID_PARAMS, (method, params)
    for unknown in ("textDocument/formatting", "a/b", "$/a", "", 3, None, ["a"]):
        assert session.code(unknown, params={}) == NOT_FOUND
        assert session.code(unknown) == NOT_FOUND
    assert session.code("textDocument/hover") == INVALID_PARAMS
    assert session.code("initialized", params={}) == INVALID_REQUEST
    assert session.code("initialize", params={}) == INVALID_REQUEST
    refused = session.ask("textDocument/rename", params=hover(uri, 0, newName="b"))["error"]
    assert refused == {"code": INVALID_PARAMS, "message": "there is no id of an event here"}
    assert session.code("textDocument/hover", params=hover(uri, 2)) is None


def test_wrong_notifications_are_left_alone(session: RawSession, tmp_path: Path) -> None:
    session.open((tmp_path / "events.yaml").as_uri(), TEXT)
    for method in (
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/hover",
        "a",
        "$/a",
    ):
        for params in (None, {}, [], {"textDocument": {}}):
            session.notify(method, params)
    session.notify("$/cancelRequest", {"id": 99})
    session.notify("notebookDocument/didChange", {"notebookDocument": {"uri": "a"}})
    assert session.code("textDocument/hover", params=hover("file:///a", 0)) is None


def test_what_is_not_a_message_is_answered(session: RawSession) -> None:
    for content, code in (
        (b"{", PARSE_ERROR),
        (b"\xff", PARSE_ERROR),
        (b"[]", INVALID_REQUEST),
        (b"3", INVALID_REQUEST),
        (b"{}", INVALID_REQUEST),
        (b'{"jsonrpc": "1.0", "id": 1, "method": "shutdown"}', INVALID_REQUEST),
        (b'{"jsonrpc": "2.0", "id": {}, "method": "a"}', NOT_FOUND),
    ):
        session.write(content)
        answer = session.receive()
        assert (answer["error"]["code"], "id" in answer) == (code, True), content
    # What an editor answers is not read.
    for content in (b'"id": 7, "result": {}', b'"id": [], "error": {}', b'"id": 1'):
        session.write(b'{"jsonrpc": "2.0", %s}' % content)
    assert session.code("a") == NOT_FOUND


def test_files_that_are_not_there_or_not_open_have_nothing(session: RawSession) -> None:
    for uri in (
        "",
        "a",
        "file:",
        "file://",
        "file:///",
        "file:///%00",
        "file:///%ff.yaml",
        "file:///\ud800.yaml",
        "file:///nowhere/events.yaml",
        "untitled:Untitled-1",
        "git:/events.yaml?a",
        "x" * 5000,
    ):
        document = {"uri": uri}
        change = {"textDocument": {**document, "version": 2}, "contentChanges": [{"text": "a"}]}
        for _ in range(2):  # never opened, and closed
            for request in REQUESTS:
                params = {**EVERYTHING, "textDocument": document}
                answer = session.ask(f"textDocument/{request}", params=params)
                assert answer.get("result", "nothing") in (None, []), (uri, request, answer)
            session.notify("textDocument/didChange", change)
            session.notify("textDocument/didClose", {"textDocument": document})
            session.open(uri, TEXT)
            session.notify("textDocument/didChange", change)
            session.notify("textDocument/didClose", {"textDocument": document})


def test_nothing_is_answered_before_the_session_begins(tmp_path: Path) -> None:
    session = RawSession(tmp_path / "log")
    with session.process:
        assert session.code("textDocument/hover", params={}) == NOT_INITIALIZED
        session.open("file:///events.yaml", TEXT)
        assert session.code("shutdown") == NOT_INITIALIZED
        session.notify("exit")
        assert session.process.wait() == 1, "it was not asked to shut down"
    assert session.log.read_text() == ""
