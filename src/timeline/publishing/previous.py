"""The feed that is published somewhere else: ``--previous FILE|URL``.

A build server starts from an empty folder, so it compares with what subscribers really get. An
answer that is not a calendar is an error and never a first publication: that would give every
event new stamps, or forget what was published.
"""

from __future__ import annotations

import os
import queue
import re
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from timeline.diagnostics import UserError
from timeline.source import open_file_or_pipe

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from urllib.request import OpenerDirector

SECONDS = 30.0
"""How long an address may take in all, from looking up its name to the last byte."""
LIMIT = 128 * 1024 * 1024
"""How many bytes a feed may have: 200,000 events and more."""


class CannotRead(UserError):  # noqa: N818 - the name states what happened
    """The previous feed could not be read.

    ``is_missing`` is whether it is certain that nothing is there.
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
    """The bytes of the feed at a path or an address, as named by ``--previous``.

    An address is ``https``, or ``http`` to this machine itself; redirects stay within that and
    within their scheme. Raises ``CannotRead``, also where nothing is there.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", source):
        feed = _download(source, seconds, limit)
    else:
        standing = read_standing(Path(source), limit=limit)
        if standing is None:
            raise CannotRead(f"there is no file `{source}`", _NO_PREVIOUS, is_missing=True)
        feed = standing
    if not feed.strip():
        raise CannotRead(f"`{shown(source)}` is empty, expected a calendar", _NO_PREVIOUS)
    return feed


def read_standing(path: Path, *, limit: int = LIMIT) -> bytes | None:
    """The bytes of the feed that stands in the output folder; ``None`` where none does."""
    try:
        with open_file_or_pipe(str(path)) as file:
            return _limited(file, limit, str(path))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        # Not `Path.is_dir`: it fails where the path did.
        why = "it is a folder" if os.path.isdir(path) else (error.strerror or str(error)).lower()  # noqa: PTH112
        raise CannotRead(
            f"`{path}` cannot be read: {why}", "a feed that is published must be a file to read"
        ) from error


def shown(source: str) -> str:
    """A path or an address without what may be secret in it: messages end up in public logs."""
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]*://)(?:[^/?#]*@)?([^?#]*)([?#])?", source)
    if match is None:
        return source
    return match[1] + match[2] + (f"{match[3]}…" if match[3] else "")


_NO_PREVIOUS = (
    "if nothing was published yet, say `--no-previous`; if only this feed is new, `--new-feed`"
)
_ADDRESS = "give an `https` address or a file"


def _limited(file: BinaryIO, limit: int, name: str) -> bytes:
    feed = file.read(limit + 1)
    if len(feed) > limit:
        raise CannotRead(f"`{name}` has more than {limit} bytes, expected a feed", _ADDRESS)
    return feed


def _download(address: str, seconds: float, limit: int) -> bytes:
    """What the address answers, within ``seconds`` in all.

    urllib's own limit is one of silence: it starts anew with every byte, and looking up a name has
    none. So a thread asks and this one waits; what comes too late dies with the process.
    """
    loopback = _check(address)
    answers: queue.SimpleQueue[bytes | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(_ask(address, loopback, seconds, limit))
        except Exception as error:  # noqa: BLE001 - it is raised again below, where it is caught
            answers.put(error)

    threading.Thread(target=ask, name="previous feed", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise _too_late(address, seconds) from None
    if isinstance(answer, TimeoutError):
        raise _too_late(address, seconds) from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _check(address: str) -> bool:
    """Refuse what is not asked for; whether the address is on this machine."""
    from urllib.parse import urlsplit  # noqa: PLC0415 - most exports read no address

    try:
        parts = urlsplit(address)
        scheme, host = parts.scheme, parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise CannotRead(f"`{shown(address)}` is no address", _ADDRESS) from None
    if scheme in {"webcal", "webcals"}:
        raise CannotRead(f"`{shown(address)}` is for calendar apps", "write `https://` instead")
    if scheme not in {"https", "http"} or not host:
        raise CannotRead(f"`{shown(address)}` cannot be asked for a feed", _ADDRESS)
    if "@" in parts.netloc:
        # They would end in shell histories and logs; and urllib takes them for part of the host.
        raise CannotRead(
            f"`{shown(address)}` has a user or a password in it, which is not supported",
            "download the feed by other means and give the file",
        )
    loopback = _is_loopback(host)
    if scheme == "http" and not loopback:
        raise CannotRead(
            f"`{shown(address)}` is not protected on its way, and its stamps would be trusted",
            "give its `https` address",
        )
    return loopback


def _is_loopback(host: str) -> bool:
    import ipaddress  # noqa: PLC0415 - as urllib

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _ask(address: str, loopback: bool, seconds: float, limit: int) -> bytes:
    from http.client import HTTPException, InvalidURL  # noqa: PLC0415 - as urllib
    from urllib.error import HTTPError, URLError  # noqa: PLC0415
    from urllib.request import Request  # noqa: PLC0415

    headers = {"User-Agent": "timeline-as-code", "Accept": "text/calendar, */*;q=0.1"}
    name = shown(address)
    try:
        request = Request(address, headers=headers)  # noqa: S310 - checked
        with _opener(address, loopback).open(request, timeout=seconds) as response:
            feed = _limited(response, limit, name)
            length = response.headers.get("Content-Length", "")
            media_type = response.headers.get_content_type()
    except HTTPError as error:
        with error:
            raise _refused(name, error.code) from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise error.reason from None
        raise CannotRead(f"`{name}` does not answer: {_why(error.reason)}", _RETRY) from None
    except (InvalidURL, UnicodeError):
        raise CannotRead(
            f"`{name}` has characters that an address cannot have", "percent-encode them"
        ) from None
    except TimeoutError:
        raise
    except (HTTPException, OSError) as error:
        raise CannotRead(f"`{name}` broke off its answer: {_why(error)}", _RETRY) from None
    if length.isdecimal() and len(feed) < int(length):
        raise CannotRead(f"`{name}` broke off after {len(feed)} of {length} bytes", _RETRY)
    if feed.strip() and b"BEGIN:VCALENDAR" not in feed[: 1 << 16].upper():
        raise CannotRead(
            f"`{name}` answers with {media_type}, expected a calendar",
            f"give the address that answers without a login; {_NO_PREVIOUS}",
        )
    return feed


def _opener(address: str, loopback: bool) -> OpenerDirector:
    from urllib.request import (  # noqa: PLC0415 - as above
        HTTPRedirectHandler,
        ProxyHandler,
        Request,
        build_opener,
    )

    class Redirects(HTTPRedirectHandler):
        """Follows only to where one could have asked in the first place."""

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

    # A proxy's own loopback is not ours.
    return build_opener(Redirects, *([ProxyHandler({})] if loopback else []))


def _check_redirect(address: str, to: str) -> None:
    _check(to)
    if to.partition(":")[0].lower() != address.partition(":")[0].lower():
        raise CannotRead(f"`{shown(address)}` redirects to another scheme", _ADDRESS)


_RETRY = "try again, or give a file"


def _refused(name: str, code: int) -> CannotRead:
    from http import HTTPStatus  # noqa: PLC0415 - as above

    # The phrase is not the server's own: that could say anything, to a terminal too.
    phrase = f" {HTTPStatus(code).phrase}" if code in set(HTTPStatus) else ""
    if code in {404, 410}:
        help_ = f"check the address; {_NO_PREVIOUS}"
    elif code in {401, 403, 407}:
        help_ = "give an address that answers without a login, or a file"
    elif 300 <= code < 400:
        help_ = "give the address that it leads to in the end"
    else:
        help_ = _RETRY
    is_missing = code in {404, 410}
    return CannotRead(f"`{name}` answers {code}{phrase}", help_, is_missing=is_missing)


def _too_late(address: str, seconds: float) -> CannotRead:
    return CannotRead(f"`{shown(address)}` took longer than {seconds:g} seconds", _RETRY)


def _why(reason: object) -> str:
    """A clause without the address, which may be secret, as some exceptions quote it."""
    message = getattr(reason, "verify_message", None) or getattr(reason, "strerror", None)
    return str(message).lower() if message else type(reason).__name__
