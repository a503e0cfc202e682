"""Limit what a server may send in its answers, in bytes and in lines.

http.client and urllib read without a limit what is not content: the body of a redirect, any number
of ``100 Continue``, the sizes of chunks and the lines after the last one. So the answers of a
download are counted together where they arrive.
"""

from __future__ import annotations

from functools import partial
from http.client import HTTPResponse
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING, Any
from urllib.request import HTTPHandler, HTTPSHandler

from timeline.publishing.content import ADDRESS, RETRY, CannotRead, too_long

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

_HEADERS = 2**20
"""The bytes that may be sent beside the content."""
_LINES = 300_000
"""The status lines, headers and chunks that may be sent: more than the events of the longest feed.

Each takes some microseconds, whatever its length is.
"""


class AnswerLimits:
    """The bytes and lines that the server ``name`` may still send, for at most ``limit`` bytes."""

    def __init__(self, name: str, limit: int) -> None:
        self._name = name
        self._limit = limit
        self._bytes = limit + _HEADERS
        self._lines = _LINES

    def count_bytes(self, number: int) -> None:
        """Count bytes that have arrived.

        Raises: ``CannotRead`` above the limit.
        """
        self._bytes -= number
        if self._bytes < 0:
            raise too_long(self._name, self._limit)

    def count_line(self) -> None:
        """Count a line that is requested.

        Raises: ``CannotRead`` above the limit.
        """
        self._lines -= 1
        if self._lines < 0:
            message = f"`{self._name}` sent more than {_LINES:,} headers and chunks"
            raise CannotRead(message, f"{RETRY}; {ADDRESS}")

    def handlers(self) -> tuple[HTTPHandler, HTTPSHandler]:
        """Return the handlers of urllib whose answers are counted."""
        return _HttpHandler(self), _HttpsHandler(self)

    def limit_connections(self, connect: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that makes connections whose answers are counted."""

        def connect_with_limits(*arguments: Any, **options: Any) -> Any:
            connection = connect(*arguments, **options)
            connection.response_class = partial(_Answer, self)
            return connection

        return connect_with_limits


class _HttpHandler(HTTPHandler):
    def __init__(self, limits: AnswerLimits) -> None:
        super().__init__()
        self._limits = limits

    def do_open(self, http_class: Any, *arguments: Any, **options: Any) -> HTTPResponse:
        return super().do_open(self._limits.limit_connections(http_class), *arguments, **options)


class _HttpsHandler(HTTPSHandler):
    def __init__(self, limits: AnswerLimits) -> None:
        super().__init__()
        self._limits = limits

    def do_open(self, http_class: Any, *arguments: Any, **options: Any) -> HTTPResponse:
        return super().do_open(self._limits.limit_connections(http_class), *arguments, **options)


class _Answer(HTTPResponse):
    """An answer of which every byte and line is counted, the headers of a proxy included."""

    def __init__(self, limits: AnswerLimits, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        fp: Any = self.fp
        self.fp = _CountedLines(_CountedBytes(fp.detach(), limits), limits)


class _CountedBytes(RawIOBase):
    def __init__(self, raw: Any, limits: AnswerLimits) -> None:
        self._raw = raw
        self._limits = limits

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        number: int = self._raw.readinto(buffer)
        self._limits.count_bytes(number)
        return number

    def close(self) -> None:
        self._raw.close()
        super().close()


class _CountedLines(BufferedReader):
    def __init__(self, raw: _CountedBytes, limits: AnswerLimits) -> None:
        super().__init__(raw)
        self._limits = limits

    def readline(self, size: int | None = -1, /) -> bytes:
        self._limits.count_line()
        return super().readline(size)
