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
INCLUDED_SCHEMA = ROOT / "dist" / "events.included.schema.json"
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

TEAM = f"""\
# yaml-language-server: $schema={INCLUDED_SCHEMA.as_uri()}
feeds: []
defaults:
  loc
events:
  - id: match
    summary: Match
    start: 2025-01-03
    sta
"""
TEAM_URI = "file:///timeline/teams/alpha.yaml"
TEXTS = {URI: TEXT, TEAM_URI: TEAM}


class Server:
    """The language server, behind its pipes (LSP 3.17, base protocol)."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.marked: dict[str, list[dict[str, Any]]] = {}
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
            self.marked[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = cast("IO[bytes]", self.process.stdin)
        stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        stream.flush()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Start the server with the files open; end it when the tests end."""
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
            for uri, text in TEXTS.items():
                opened = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
                client.notify("textDocument/didOpen", textDocument=opened)
            yield client
        finally:
            watch.cancel()
            process.kill()


def place(line: str, character: int, uri: str = URI) -> dict[str, Any]:
    """Return the parameters of a request about a place, by the text of its line."""
    number = TEXTS[uri].splitlines().index(line)
    return {
        "textDocument": {"uri": uri},
        "position": {"line": number, "character": character},
    }


def completed(server: Server, line: str, uri: str = URI) -> set[str]:
    """Return what is offered at the end of a line."""
    answer = server.request("textDocument/completion", **place(line, len(line), uri))
    items = answer["items"] if isinstance(answer, dict) else answer
    return {item["label"] for item in items}


def test_keys_are_completed(server: Server) -> None:
    labels = completed(server, "    loc")
    assert {"location", "duration", "timezone", "was", "sources"} <= labels
    assert not labels & {"id", "summary", "start"}, "an existing key is not offered again"


def test_keys_are_explained_on_hover(server: Server) -> None:
    answer = server.request("textDocument/hover", **place("    start: 2025-01-03", 6))
    text = answer["contents"]["value"]
    assert "Start" in text
    assert "The first day or the time, as precisely as it is known" in text


def test_an_unknown_status_is_marked(server: Server) -> None:
    marked = mark_in(server, "canceled", URI)
    assert "cancelled" in marked["message"]
    start, stop = (marked["range"][side]["character"] for side in ("start", "end"))
    assert TEXT.splitlines()[line_of(marked)][start:stop] == "canceled"


def test_keys_of_a_file_to_include_are_completed(server: Server) -> None:
    assert completed(server, "    sta", TEAM_URI) >= {"status", "location", "categories", "end"}
    defaults = completed(server, "  loc", TEAM_URI)
    assert defaults >= {"location", "timezone", "categories", "alarms", "transparency"}
    assert not defaults & {"status", "summary"}


def test_a_key_that_only_the_main_file_may_have_is_marked(server: Server) -> None:
    assert "feeds" in mark_in(server, "feeds", TEAM_URI)["message"]


def mark_in(server: Server, word: str, uri: str) -> dict[str, Any]:
    """Return the diagnostic of the first line with a word, once the server has sent it."""
    lines = TEXTS[uri].splitlines()
    while True:
        for mark in server.marked.get(uri, ()):
            if word in lines[line_of(mark)]:
                return mark
        server.receive()


def line_of(mark: dict[str, Any]) -> int:
    return int(mark["range"]["start"]["line"])
