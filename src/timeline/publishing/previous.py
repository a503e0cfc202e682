"""Read the published feed: the existing output, or another file or address (``--previous``).

A build server starts from an empty folder and has to compare with the feed that subscribers get.
An answer that is not a calendar is an error and never a first publication: that would give every
event new stamps.
"""

from __future__ import annotations

import os
import queue
import re
import threading
from contextlib import ExitStack
from io import BytesIO
from typing import IO, TYPE_CHECKING, BinaryIO

from timeline._lazy import regex
from timeline.diagnostics import UserError, failure_reason, terminal_safe
from timeline.publishing.errors import CannotWrite
from timeline.publishing.folders import open_place
from timeline.source import check_input, open_file_or_pipe

if TYPE_CHECKING:
    from gzip import GzipFile
    from http.client import HTTPMessage, HTTPResponse
    from urllib.request import OpenerDirector

    from timeline.source import FilePlace

SECONDS = 30.0
"""How long a download may take in all, from resolving the host name to the last byte."""
LIMIT = 128 * 1024 * 1024
"""The longest feed in bytes: over 200,000 events."""


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


def read_previous(source: str, *, seconds: float = SECONDS, limit: int = LIMIT) -> bytes:
    """Return the feed at a path or an address, the value of ``--previous``.

    An address is ``https``, or ``http`` on this machine. A redirect must keep the scheme.

    Raises: ``CannotRead``, also if there is no feed.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", source):
        feed = _download(source, seconds, limit)
    else:
        feed = _decompress(_read_file_or_pipe(source, limit), source, limit)
    if not feed.strip():
        raise CannotRead(f"`{redacted(source)}` is empty, expected a calendar", _NO_PREVIOUS)
    return feed


def read_existing(place: FilePlace, *, limit: int = LIMIT) -> bytes | None:
    """Return the feed at the place of an output; ``None`` if there is no file.

    Raises: ``CannotRead``, ``ForbiddenPath``.
    """
    path = str(place.path)
    with ExitStack() as at_end:
        try:
            file = open_place(place, at_end)
            return None if file is None else _limited(file, limit, path)
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
            return _limited(file, limit, path)
    except (FileNotFoundError, NotADirectoryError) as error:
        message = f"there is no file `{path}`"
        raise CannotRead(message, _NO_PREVIOUS, is_missing=True) from error
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: str, error: Exception) -> CannotRead:
    # Not `Path.is_dir`: it fails where the path did.
    is_folder = os.path.isdir(path)  # noqa: PTH112
    why = "it is a folder" if is_folder else "it is not a file"
    if isinstance(error, OSError) and not is_folder:
        why = failure_reason(error)
    return CannotRead(
        f"`{path}` cannot be read: {why}", "the published feed must be a readable file"
    )


def redacted(source: str) -> str:
    """Return a path or an address without user, password and query: build logs may be public.

    It is terminal-safe: a server may redirect to any address.
    """
    source = terminal_safe(source)
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]*://)(?:[^/?#]*@)?([^?#]*)([?#])?", source)
    if match is None:
        return source
    return match[1] + match[2] + (f"{match[3]}…" if match[3] else "")


_NO_PREVIOUS = (
    "if nothing was published yet, add `--no-previous`; if only this feed is new, add `--new-feed`"
)
_ADDRESS = "use an `https` address or a file"


def _decompress(content: bytes, name: str, limit: int) -> bytes:
    """Return the content of a gzip file (RFC 1952), which ``.gz`` may be or a server may send.

    Other content is returned as it is.
    """
    if not content.startswith(b"\x1f\x8b"):
        return content
    import zlib  # noqa: PLC0415 - rare
    from gzip import GzipFile  # noqa: PLC0415

    try:
        with GzipFile(fileobj=BytesIO(content)) as file:
            return _limited(file, limit, name)
    except (OSError, EOFError, zlib.error):
        raise CannotRead(f"`{name}` is compressed, and cannot be decompressed", _RETRY) from None


def _limited(file: BinaryIO | GzipFile, limit: int, name: str) -> bytes:
    feed = file.read(limit + 1)
    if len(feed) > limit:
        raise CannotRead(f"`{name}` has more than {limit} bytes, expected a feed", _ADDRESS)
    return feed


def _download(address: str, seconds: float, limit: int) -> bytes:
    """Return the body at an address, within ``seconds`` in all.

    The time limit of urllib applies to each read, and resolving a name has none. So the request
    runs in a thread, which ends with the process if it takes too long.
    """
    loopback = _check_address(address)
    answers: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()

    def request() -> None:
        try:
            answers.put(_request(address, loopback, seconds, limit))
        except Exception as error:  # noqa: BLE001 - it is raised again below, in the other thread
            answers.put(error)

    threading.Thread(target=request, name="previous feed", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise _timed_out(address, seconds) from None
    if isinstance(answer, TimeoutError):
        raise _timed_out(address, seconds) from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _check_address(address: str) -> bool:
    """Return whether an address is on this machine.

    Raises: ``CannotRead`` for an address that must not be requested.
    """
    from urllib.parse import urlsplit  # noqa: PLC0415 - most exports read no address

    try:
        parts = urlsplit(address)
        scheme, host = parts.scheme, parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise CannotRead(f"`{redacted(address)}` is not a valid address", _ADDRESS) from None
    if scheme in {"webcal", "webcals"}:
        raise CannotRead(
            f"`{redacted(address)}` is an address for calendar apps", "write `https://` instead"
        )
    if scheme not in {"https", "http"} or not host:
        raise CannotRead(f"`{redacted(address)}` cannot be downloaded", _ADDRESS)
    if "@" in parts.netloc:
        # They would be kept in shell histories and logs, and urllib reads them as a part of the
        # host.
        raise CannotRead(
            f"`{redacted(address)}` contains a user or a password, which is not supported",
            "download the feed with another program and use the file",
        )
    loopback = _is_loopback(host)
    if scheme == "http" and not loopback:
        raise CannotRead(
            f"`{redacted(address)}` is not encrypted, so the feed could be changed on its way",
            "use its `https` address",
        )
    return loopback


def _is_loopback(host: str) -> bool:
    import ipaddress  # noqa: PLC0415 - as urllib

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _request(address: str, loopback: bool, seconds: float, limit: int) -> bytes:
    from http.client import HTTPException, InvalidURL  # noqa: PLC0415 - as urllib
    from urllib.error import HTTPError, URLError  # noqa: PLC0415
    from urllib.request import Request  # noqa: PLC0415

    headers = {"User-Agent": "timeline-as-code", "Accept": "text/calendar, */*;q=0.1"}
    name = redacted(address)
    try:
        request = Request(address, headers=headers)  # noqa: S310 - checked
        with _opener(address, loopback).open(request, timeout=seconds) as response:
            return _read_answer(response, limit, name)
    except HTTPError as error:
        with error:
            raise _http_error(name, error.code) from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise error.reason from None
        raise CannotRead(f"`{name}` does not answer: {_reason(error.reason)}", _RETRY) from None
    except (InvalidURL, ValueError):
        raise CannotRead(
            f"`{name}` contains characters that are not allowed in an address",
            "percent-encode them",
        ) from None
    except TimeoutError:
        raise
    except (HTTPException, OSError) as error:
        raise CannotRead(f"`{name}` sent an invalid answer: {_reason(error)}", _RETRY) from None


def _read_answer(response: HTTPResponse, limit: int, name: str) -> bytes:
    """Return the feed of a server's answer.

    Raises: ``CannotRead`` if it is not complete or not a calendar.
    """
    content = _limited(response, limit, name)
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and len(length) < _DIGITS and len(content) < int(length):
        raise CannotRead(
            f"`{name}` closed the connection after {len(content)} of {length} bytes", _RETRY
        )
    feed = _decompress(content, name, limit)
    if feed.strip() and b"BEGIN:VCALENDAR" not in feed[: 1 << 16].upper():
        coding = response.headers.get("Content-Encoding", "identity").lower()
        if feed is content and coding != "identity" and _CODING.fullmatch(coding):
            raise CannotRead(
                f"`{name}` is compressed as {coding}, which is not supported",
                "use an address or a file that is not compressed, or as gzip",
            )
        kind = _KIND.fullmatch(response.headers.get_content_type())
        raise CannotRead(
            f"`{name}` answers with {kind[0] if kind else 'an invalid type'}, expected a calendar",
            f"use an address that needs no login; {_NO_PREVIOUS}",
        )
    return feed


_DIGITS = 20
"""More digits than the length of an answer can have: Python refuses to convert thousands."""
_KIND = regex(r"[\w.+-]{1,60}/[\w.+-]{1,60}", re.ASCII)
_CODING = regex(r"[\w.+-]{1,20}", re.ASCII)


def _opener(address: str, loopback: bool) -> OpenerDirector:
    from urllib.request import (  # noqa: PLC0415 - as above
        HTTPRedirectHandler,
        ProxyHandler,
        Request,
        build_opener,
    )

    class Redirects(HTTPRedirectHandler):
        """Follows a redirect only to an address that ``--previous`` accepts."""

        def redirect_request(
            self,
            req: Request,
            fp: IO[bytes],
            code: int,
            msg: str,
            headers: HTTPMessage,
            newurl: str,
        ) -> Request | None:
            try:
                _check_redirect(address, newurl)
            except CannotRead:
                fp.close()
                raise
            return super().redirect_request(req, fp, code, msg, headers, newurl)

        def http_error_302(
            self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
        ) -> HTTPResponse | None:
            try:
                return super().http_error_302(req, fp, code, msg, headers)
            except ValueError:  # of the target, which urllib reads before `redirect_request`
                fp.close()
                raise CannotRead(
                    f"`{redacted(address)}` redirects to an invalid address", _ADDRESS
                ) from None

        http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    # For a proxy, a loopback address is the proxy itself.
    return build_opener(Redirects, *([ProxyHandler({})] if loopback else []))


def _check_redirect(address: str, to: str) -> None:
    _check_address(to)
    if to.partition(":")[0].lower() != address.partition(":")[0].lower():
        raise CannotRead(f"`{redacted(address)}` redirects to another scheme", _ADDRESS)


_RETRY = "try again, or use a file"


def _http_error(name: str, code: int) -> CannotRead:
    from http import HTTPStatus  # noqa: PLC0415 - as above

    # Not the phrase of the server, which could contain anything, also terminal controls.
    phrase = f" {HTTPStatus(code).phrase}" if code in set(HTTPStatus) else ""
    if code in {404, 410}:
        help_ = f"check the address; {_NO_PREVIOUS}"
    elif code in {401, 403, 407}:
        help_ = "use an address that needs no login, or a file"
    elif 300 <= code < 400:
        help_ = "use the address that it redirects to"
    else:
        help_ = _RETRY
    is_missing = code in {404, 410}
    return CannotRead(f"`{name}` answers {code}{phrase}", help_, is_missing=is_missing)


def _timed_out(address: str, seconds: float) -> CannotRead:
    return CannotRead(f"`{redacted(address)}` took longer than {seconds:g} seconds", _RETRY)


def _reason(reason: object) -> str:
    """Return a clause without the address, which some exceptions quote and which may be secret."""
    message = getattr(reason, "verify_message", None) or getattr(reason, "strerror", None)
    return str(message).lower() if message else type(reason).__name__
