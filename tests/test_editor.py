"""An editor completes and explains keys by the JSON Schema, and marks wrong values.

The tests ask the language server of most editors. ``support.foreign`` says where it comes from.
"""

from __future__ import annotations

import json
import os
import subprocess
from threading import Timer
from typing import IO, TYPE_CHECKING, Any, cast

import pytest

from support import foreign
from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = ROOT / "dist" / "events.schema.json"
SERVER = foreign.node_modules("TIMELINE_YAML_SERVER") / "yaml-language-server"

_MISSING = foreign.missing_language_server()
pytestmark = [pytest.mark.foreign, pytest.mark.skipif(bool(_MISSING), reason=_MISSING)]

PATIENCE = 120.0
"""Seconds after which the server is ended, so that a test that waits for it fails."""

TEXT = f"""\
# yaml-language-server: $schema={SCHEMA.as_uri()}
calendar:
  id: example.org
  name: Example
events:
  - id: rally
    summary: Rally
    start: 2025-01-03
    status: canceled
    loc
"""
URI = "file:///timeline/events.yaml"


class Server:
    """The language server, behind its pipes (LSP 3.17, base protocol)."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.marked: list[dict[str, Any]] = []
        self.number = 0

    def notify(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def request(self, method: str, **params: Any) -> Any:
        """Send a request, and return the answer."""
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while (message := self.receive()).get("id") != self.number or "method" in message:
            pass
        return message["result"]

    def receive(self) -> dict[str, Any]:
        """Return the next message; answer a request of the server, and keep its diagnostics."""
        stream = cast("IO[bytes]", self.process.stdout)
        headers = {}
        while line := stream.readline().strip():
            name, _, value = line.partition(b": ")
            headers[name.lower()] = value
        message: dict[str, Any] = json.loads(stream.read(int(headers[b"content-length"])))
        if "method" in message and "id" in message:
            nothing = [None] if message["method"] == "workspace/configuration" else None
            self._send({"id": message["id"], "result": nothing})
        if message.get("method") == "textDocument/publishDiagnostics":
            self.marked = message["params"]["diagnostics"]
        return message

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = cast("IO[bytes]", self.process.stdin)
        stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        stream.flush()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Start the server with the file open; end it when the tests end."""
    command = [foreign.NODE, str(SERVER / "bin" / "yaml-language-server"), "--stdio"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **pipes) as process:  # type: ignore[call-overload]
        watch = Timer(PATIENCE, process.kill)
        watch.start()
        try:
            client = Server(process)
            client.request("initialize", processId=os.getpid(), rootUri=None, capabilities={})
            client.notify("initialized")
            settings = {"completion": True, "hover": True, "validate": True}
            client.notify("workspace/didChangeConfiguration", settings={"yaml": settings})
            opened = {"uri": URI, "languageId": "yaml", "version": 1, "text": TEXT}
            client.notify("textDocument/didOpen", textDocument=opened)
            yield client
        finally:
            watch.cancel()
            process.kill()


def place(line: str, character: int) -> dict[str, Any]:
    """Return the parameters of a request about a place, by the text of its line."""
    number = TEXT.splitlines().index(line)
    return {
        "textDocument": {"uri": URI},
        "position": {"line": number, "character": character},
    }


def test_keys_are_completed(server: Server) -> None:
    answer = server.request("textDocument/completion", **place("    loc", 7))
    items = answer["items"] if isinstance(answer, dict) else answer
    labels = {item["label"] for item in items}
    assert {"location", "duration", "timezone", "was", "sources"} <= labels
    assert not labels & {"id", "summary", "start"}, "an existing key is not offered again"


def test_keys_are_explained_on_hover(server: Server) -> None:
    answer = server.request("textDocument/hover", **place("    start: 2025-01-03", 6))
    text = answer["contents"]["value"]
    assert "Start" in text
    assert "The first day or the time, as precisely as it is known" in text


def test_an_unknown_status_is_marked(server: Server) -> None:
    while not any("canceled" in TEXT.splitlines()[line_of(mark)] for mark in server.marked):
        server.receive()
    marked = next(mark for mark in server.marked if "canceled" in TEXT.splitlines()[line_of(mark)])
    assert "cancelled" in marked["message"]
    start, stop = (marked["range"][side]["character"] for side in ("start", "end"))
    assert TEXT.splitlines()[line_of(marked)][start:stop] == "canceled"


def line_of(mark: dict[str, Any]) -> int:
    return int(mark["range"]["start"]["line"])
