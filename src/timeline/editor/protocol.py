"""The protocol of pygls, changed: each wrong message is answered, and pygls keeps no texts.

By itself, pygls finds lines as Python does, at more characters than editors, and copies the whole
text with each change. It drops a message that it cannot read, and then a request has no answer.
"""

from __future__ import annotations

import asyncio
import logging
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any

from cattrs import transform_error
from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcParseError,
    JsonRpcServerNotInitialized,
)
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from cattrs import Converter

_OF_TEXTS = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.NOTEBOOK_DOCUMENT_DID_OPEN,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE,
)
_EXPECTED = (JsonRpcException, JSONDecodeError, UnicodeDecodeError)


class Protocol(LanguageServerProtocol):
    """The messages of an editor, read, refused or passed to their handlers."""

    def __init__(self, server: LanguageServer, converter: Converter) -> None:
        super().__init__(server, converter)
        for method in _OF_TEXTS:
            del self.fm.builtin_features[method]

    @property
    def is_shut_down(self) -> bool:
        """Whether the editor has asked the server to shut down."""
        return self._shutdown

    def structure_message(self, data: dict[str, Any]) -> Any:
        """Return a mapping of JSON as it is: pygls asks for each, also those in a message."""
        return data

    def handle_message(self, message: Any) -> None:
        """Pass a message to its handler, or answer what is wrong with it.

        The answers of the editor are not read: no request of the server needs one.
        """
        try:
            if (structured := self._structured(message)) is not None:
                super().handle_message(structured)
        except JsonRpcException as error:
            if not isinstance(message, dict) or "method" not in message or "id" in message:
                self.refuse(message, error)

    def refuse(self, message: Any, error: JsonRpcException) -> None:
        """Answer what is wrong with a message."""
        id_ = message.get("id") if isinstance(message, dict) else None
        answered = id_ if isinstance(id_, str | int) else None
        response = {"jsonrpc": self.VERSION, "id": answered, "error": error.to_response_error()}
        self._send_data(response)

    def _structured(self, message: Any) -> Any:
        """Return a request or a notification as its type; ``None`` for what is left alone.

        Raises: ``JsonRpcException`` for a wrong one.
        """
        if not isinstance(message, dict) or message.get("jsonrpc") != self.VERSION:
            raise JsonRpcInvalidRequest("not a message of JSON-RPC 2.0")
        if "method" not in message:
            return None
        method = str(message["method"])
        if "id" in message:
            self._check_state(method)
        elif self._workspace is None and method != types.EXIT:
            return None
        if method not in {*self.fm.features, *self.fm.builtin_features, types.CANCEL_REQUEST}:
            raise JsonRpcMethodNotFound.of(method)
        type_, answer, *_ = types.METHOD_TO_TYPES[method]
        if (answer is None) == ("id" in message):
            kind = "request" if answer else "notification"
            raise JsonRpcInvalidRequest(f"`{method}` is a {kind}")
        try:
            return self._converter.structure(message, type_)
        except Exception as error:  # noqa: BLE001 - what a converter raises depends on the data
            wrong = "; ".join(transform_error(error, path="message"))
            raise JsonRpcInvalidParams(f"{method}: {wrong}") from None

    def _check_state(self, method: str) -> None:
        """Refuse a request that comes too early or too late.

        Raises: ``JsonRpcException``.
        """
        if self._shutdown:
            raise JsonRpcInvalidRequest("the server was asked to shut down")
        if self._workspace is None and method != types.INITIALIZE:
            raise JsonRpcServerNotInitialized("the first request is `initialize`")
        if self._workspace is not None and method == types.INITIALIZE:
            raise JsonRpcInvalidRequest("`initialize` is only sent once")


class Connection(LanguageServer):
    """The connection with an editor, over standard input and output."""

    protocol: Protocol

    def __init__(self, name: str, version: str) -> None:
        incremental = types.TextDocumentSyncKind.Incremental
        super().__init__(name, version, incremental, protocol_cls=Protocol)

    def answer(self, method: str, handler: Callable[..., Any], options: Any = None) -> None:
        """Answer the messages of a method with a bound method."""
        self.feature(method, options)(_function(handler))

    def watch(self, *globs: str) -> None:
        """Ask the editor to say which files change on the disk, if it can."""
        workspace = self.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching is None or not watching.dynamic_registration:
            return
        watchers = [types.FileSystemWatcher(glob) for glob in globs]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registration = types.Registration("files", method, options)
        self.client_register_capability(types.RegistrationParams([registration]))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Answer a message that is not JSON, and show what else goes wrong."""
        if isinstance(error, ValueError | RecursionError) and source is JsonRpcException:
            self.protocol.refuse(None, JsonRpcParseError("the message is not JSON in UTF-8"))
        else:
            super().report_server_error(error, source)


def log_errors() -> None:
    """Write errors of the server to standard error, which editors keep, and no refusals."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.ERROR)
    handler.addFilter(_is_error)
    logging.getLogger("pygls").addHandler(handler)


def _is_error(record: logging.LogRecord) -> bool:
    """Return whether a record is not that of a message that has been refused."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, _EXPECTED)


def _function(method: Callable[..., Any]) -> Any:
    """Return a bound method as a function: pygls keeps marks on what it registers."""
    if asyncio.iscoroutinefunction(method):

        async def answer(params: Any) -> Any:
            return await method(params)

        return answer

    def handle(params: Any) -> Any:
        return method(params)

    return handle
