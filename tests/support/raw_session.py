"""A session with the language server in single messages, also wrong ones, without a client."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SERVER = [sys.executable, "-m", "timeline", "lsp"]


class RawSession:
    """A process of the server; what it writes to standard error goes to a file."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.count = 0
        with log.open("wb") as errors:
            self.process = subprocess.Popen(
                SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
            )

    def write(self, content: bytes) -> None:
        """Send the content of a message."""
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.process.stdin.flush()

    def notify(self, method: str, params: Any = None) -> None:
        """Send a notification."""
        self.write(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def send(self, method: object, **others: Any) -> int:
        """Send a request, and return its id."""
        self.count += 1
        message = {"jsonrpc": "2.0", "id": self.count, "method": method, **others}
        self.write(json.dumps(message).encode())
        return self.count

    def receive(self) -> dict[str, Any]:
        """Return the next message of the server."""
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length"):
                length = int(line.split(b":")[1])
        return dict(json.loads(self.process.stdout.read(length)))

    def ask(self, method: object, **others: Any) -> dict[str, Any]:
        """Send a request, and return its answer."""
        sent = self.send(method, **others)
        while (message := self.receive()).get("id") != sent:
            assert "method" in message, f"{method}: {message}"
        return message

    def code(self, method: object, **others: Any) -> int | None:
        """Return the code of the error that answers a request, ``None`` for a result."""
        error = self.ask(method, **others).get("error")
        return error and int(error["code"])

    def initialize(self, folder: Path, **others: Any) -> None:
        """Begin the session in a folder."""
        params = {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}, **others}
        assert "result" in self.ask("initialize", params=params)
        self.notify("initialized", {})

    def open(self, uri: str, text: str) -> None:
        """Open a text."""
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def diagnostics(self) -> dict[str, Any]:
        """Return the diagnostics that come next."""
        while (message := self.receive()).get("method") != "textDocument/publishDiagnostics":
            pass
        return dict(message["params"])
