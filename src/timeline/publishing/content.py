"""Read the content of a published feed from an open file or answer, and say why it is refused."""

from __future__ import annotations

import re
from typing import BinaryIO

from timeline._lazy import regex
from timeline.diagnostics import UserError, terminal_safe

NO_PREVIOUS = (
    "if nothing was published yet, add `--no-previous`; if only this feed is new, add `--new-feed`"
)
RETRY = "try again, or use a file"
ADDRESS = "use an `https` address or a file"


class CannotRead(UserError):  # noqa: N818 - the name states what happened
    """The previous feed could not be read.

    ``is_missing`` is set if it is certain that there is none.
    """

    def __init__(
        self,
        message: str,
        help: str,  # noqa: A002 - the word the report prints
        *,
        is_missing: bool = False,
    ) -> None:
        super().__init__(message, help)
        self.is_missing = is_missing


def decompress(content: bytes, name: str, limit: int) -> bytes:
    """Return the content of a gzip file (RFC 1952), which ``.gz`` may be or a server may send.

    Other content is returned as it is.

    Raises: ``CannotRead`` if it is damaged, or too large when decompressed.
    """
    if not content.startswith(b"\x1f\x8b"):
        return content
    import zlib  # noqa: PLC0415 - rare

    try:
        return _decompress(content, name, limit)
    except (EOFError, zlib.error):
        raise CannotRead(f"`{name}` is compressed, and cannot be decompressed", RETRY) from None


def _decompress(content: bytes, name: str, limit: int) -> bytes:
    """Return the content of all members of a gzip file; zeros may be after each.

    gzip.GzipFile takes seconds for millions of empty members, or for a name of 100 MB.

    Raises: ``CannotRead``, ``EOFError``, ``zlib.error``.
    """
    import zlib  # noqa: PLC0415 - rare

    pieces: list[bytes] = []
    start, size = 0, 0
    for _ in range(_MEMBERS):
        member = zlib.decompressobj(_GZIP)
        while not member.eof:
            piece = content[start : start + _PIECE]
            if not piece:
                raise EOFError
            start += len(piece)
            pieces.append(member.decompress(piece, limit + 1 - size))
            size += len(pieces[-1])
            if size > limit:
                raise too_long(name, limit)
        start -= len(member.unused_data)
        padding = _PADDING.match(content, start)
        start = padding.end() if padding else start
        if start == len(content):
            return b"".join(pieces)
    raise EOFError


_GZIP = 31
"""The value of zlib for a header, a checksum and a length as RFC 1952 has them."""
_PIECE = 2**16
_MEMBERS = 10_000
"""The members that a gzip file may have; bgzip writes one for each 64 KiB."""
_PADDING = regex(rb"\0*")


def read_limited(file: BinaryIO, limit: int, name: str) -> bytes:
    """Return all that is left in a file.

    Raises: ``CannotRead`` if that is more than ``limit`` bytes.
    """
    feed = file.read(limit + 1)
    if len(feed) > limit:
        raise too_long(name, limit)
    return feed


def too_long(name: str, limit: int) -> CannotRead:
    """Return the error for a file or an answer that is longer than any feed."""
    return CannotRead(f"`{name}` has more than {limit} bytes, expected a feed", ADDRESS)


def redacted(source: str) -> str:
    """Return a path or an address without user, password and query: build logs may be public.

    It is terminal-safe: a server may redirect to any address.
    """
    source = terminal_safe(source)
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]*://)(?:[^/?#]*@)?([^?#]*)([?#])?", source)
    if match is None:
        return source
    return match[1] + match[2] + (f"{match[3]}…" if match[3] else "")
