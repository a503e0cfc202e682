"""Read the published feed: the existing output, or another file or address (``--previous``).

A build server starts from an empty folder and has to compare with the feed that subscribers get.
"""

from __future__ import annotations

import errno
import os
import re
from contextlib import ExitStack
from typing import TYPE_CHECKING

from timeline.diagnostics import failure_reason
from timeline.publishing.content import (
    NO_PREVIOUS,
    CannotRead,
    decompress,
    read_limited,
    redacted,
)
from timeline.publishing.errors import TOO_MANY_OPEN, CannotWrite
from timeline.publishing.folders import open_place
from timeline.source import check_input, open_file_or_pipe

if TYPE_CHECKING:
    from timeline.source import FilePlace

SECONDS = 30.0
"""How long a download may take in all, from resolving the host name to the last byte."""
LIMIT = 128 * 1024 * 1024
"""The longest feed in bytes: over 200,000 events."""


def read_previous(source: str, *, seconds: float = SECONDS, limit: int = LIMIT) -> bytes:
    """Return the feed at a path or an address, the value of ``--previous``.

    An address is ``https``, or ``http`` on this machine. A redirect must keep the scheme.

    Raises: ``CannotRead``, also if there is no feed.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", source):
        from timeline.publishing.download import download  # noqa: PLC0415 - for an address

        feed = download(source, seconds, limit)
    else:
        feed = decompress(_read_file_or_pipe(source, limit), source, limit)
    if not feed.strip():
        raise CannotRead(f"`{redacted(source)}` is empty, expected a calendar", NO_PREVIOUS)
    return feed


def read_existing(place: FilePlace, *, limit: int = LIMIT) -> bytes | None:
    """Return the feed at the place of an output; ``None`` if there is no file.

    Raises: ``CannotRead``, ``ForbiddenPath``.
    """
    path = str(place.path)
    with ExitStack() as at_end:
        try:
            file = open_place(place, at_end)
            return None if file is None else read_limited(file, limit, path)
        except NotADirectoryError:
            return None
        except (CannotWrite, OSError) as error:
            raise _unreadable(path, error) from error


def _read_file_or_pipe(path: str, limit: int) -> bytes:
    """Return the feed at a path that the user named.

    Raises: ``CannotRead``, ``ForbiddenPath``.
    """
    try:
        check_input(path)
        with open_file_or_pipe(path) as file:
            return read_limited(file, limit, path)
    except (FileNotFoundError, NotADirectoryError) as error:
        message = f"there is no file `{path}`"
        raise CannotRead(message, NO_PREVIOUS, is_missing=True) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: str, error: Exception) -> CannotRead:
    # Not `Path.is_dir`: it fails where the path did.
    is_folder = os.path.isdir(path)  # noqa: PTH112
    why = "it is a folder" if is_folder else "it is not a file"
    if isinstance(error, OSError) and not is_folder:
        why = failure_reason(error)
    help_ = "the published feed must be a readable file"
    if isinstance(error, OSError) and error.errno == errno.EMFILE:
        help_ = TOO_MANY_OPEN
    return CannotRead(f"`{path}` cannot be read: {why}", help_)
