"""Read the content of a published feed from an open file or answer, and say why it is refused."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from timeline.diagnostics import UserError, terminal_safe

if TYPE_CHECKING:
    from gzip import GzipFile

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
    from gzip import GzipFile  # noqa: PLC0415

    try:
        with GzipFile(fileobj=BytesIO(content)) as file:
            return read_limited(file, limit, name)
    except (OSError, EOFError, zlib.error):
        raise CannotRead(f"`{name}` is compressed, and cannot be decompressed", RETRY) from None


def read_limited(file: BinaryIO | GzipFile, limit: int, name: str) -> bytes:
    """Return all that is left in a file.

    Raises: ``CannotRead`` if that is more than ``limit`` bytes.
    """
    feed = file.read(limit + 1)
    if len(feed) > limit:
        raise CannotRead(f"`{name}` has more than {limit} bytes, expected a feed", ADDRESS)
    return feed


def redacted(source: str) -> str:
    """Return a path or an address without user, password and query: build logs may be public.

    It is terminal-safe: a server may redirect to any address.
    """
    source = terminal_safe(source)
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]*://)(?:[^/?#]*@)?([^?#]*)([?#])?", source)
    if match is None:
        return source
    return match[1] + match[2] + (f"{match[3]}…" if match[3] else "")
