"""What an editor makes of the JSON Schema: keys completed, explained, and a wrong value marked.

The language server of most editors answers. ``support.foreign`` says where it comes from.
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
    """The language server, spoken to over its pipes (LSP 3.17, base protocol)."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.marked: list[dict[str, Any]] = []
        self.number = 0

    def tell(self, method: str, **params: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Any:
        """Send a request, and wait for its answer."""
        self.number += 1
        self._send({"id": self.number, "method": method, "params": params})
        while (message := self.hear()).get("id") != self.number or "method" in message:
            pass
        return message["result"]

    def hear(self) -> dict[str, Any]:
        """Wait for the next message; answer what the server asks, and keep what it marks."""
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
    """Start the server with the file open, and end it however the tests end."""
    command = [foreign.NODE, str(SERVER / "bin" / "yaml-language-server"), "--stdio"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **pipes) as process:  # type: ignore[call-overload]
        watch = Timer(PATIENCE, process.kill)
        watch.start()
        try:
            one = Server(process)
            one.ask("initialize", processId=os.getpid(), rootUri=None, capabilities={})
            one.tell("initialized")
            settings = {"completion": True, "hover": True, "validate": True}
            one.tell("workspace/didChangeConfiguration", settings={"yaml": settings})
            opened = {"uri": URI, "languageId": "yaml", "version": 1, "text": TEXT}
            one.tell("textDocument/didOpen", textDocument=opened)
            yield one
        finally:
            watch.cancel()
            process.kill()


def place(line: str, character: int) -> dict[str, Any]:
    """Give the params of a request about a place in the file, by a line's text."""
    number = TEXT.splitlines().index(line)
    return {
        "textDocument": {"uri": URI},
        "position": {"line": number, "character": character},
    }


def test_keys_are_completed(server: Server) -> None:
    found = server.ask("textDocument/completion", **place("    loc", 7))
    items = found["items"] if isinstance(found, dict) else found
    labels = {item["label"] for item in items}
    assert {"location", "duration", "timezone", "was", "sources"} <= labels
    assert not labels & {"id", "summary", "start"}, "what is there is not offered again"


def test_keys_are_explained_on_hover(server: Server) -> None:
    found = server.ask("textDocument/hover", **place("    start: 2025-01-03", 6))
    text = found["contents"]["value"]
    assert "Start" in text
    assert "The first day or the time, as well as it is known" in text


def test_a_status_that_there_is_not_is_marked(server: Server) -> None:
    while not any("canceled" in TEXT.splitlines()[at(one)] for one in server.marked):
        server.hear()
    marked = next(one for one in server.marked if "canceled" in TEXT.splitlines()[at(one)])
    assert "cancelled" in marked["message"]
    start, stop = (marked["range"][side]["character"] for side in ("start", "end"))
    assert TEXT.splitlines()[at(marked)][start:stop] == "canceled"


def at(mark: dict[str, Any]) -> int:
    return int(mark["range"]["start"]["line"])
