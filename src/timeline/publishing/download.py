"""Download the published feed from an address, within a time, and only as a calendar.

An answer that is not a calendar, such as a page to log in, is an error and never a first
publication: that would give every event new timestamps.
"""

from __future__ import annotations

import queue
import re
import threading
from typing import IO, TYPE_CHECKING

from timeline._lazy import regex
from timeline.publishing.content import (
    ADDRESS,
    NO_PREVIOUS,
    RETRY,
    CannotRead,
    decompress,
    read_limited,
    redacted,
)

if TYPE_CHECKING:
    from http.client import HTTPMessage, HTTPResponse
    from urllib.request import OpenerDirector


def download(address: str, seconds: float, limit: int) -> bytes:
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
        raise CannotRead(f"`{redacted(address)}` is not a valid address", ADDRESS) from None
    if scheme in {"webcal", "webcals"}:
        raise CannotRead(
            f"`{redacted(address)}` is an address for calendar apps", "write `https://` instead"
        )
    if scheme not in {"https", "http"} or not host:
        raise CannotRead(f"`{redacted(address)}` cannot be downloaded", ADDRESS)
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
        with _opener(address, loopback, limit).open(request, timeout=seconds) as response:
            return _read_answer(response, limit, name)
    except HTTPError as error:
        error.close()
        raise _http_error(name, error.code) from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise error.reason from None
        raise CannotRead(f"`{name}` does not answer: {_reason(error.reason)}", RETRY) from None
    except (InvalidURL, ValueError):
        raise CannotRead(
            f"`{name}` contains characters that are not allowed in an address",
            "percent-encode them",
        ) from None
    except TimeoutError:
        raise
    except (HTTPException, OSError) as error:
        raise CannotRead(f"`{name}` sent an invalid answer: {_reason(error)}", RETRY) from None


def _read_answer(response: HTTPResponse, limit: int, name: str) -> bytes:
    """Return the feed of a server's answer.

    Raises: ``CannotRead`` if it is not complete or not a calendar.
    """
    try:
        content = read_limited(response, limit, name)
    except ValueError:  # a chunk of less than no bytes
        raise CannotRead(f"`{name}` sent an invalid answer", RETRY) from None
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and len(length) < _DIGITS and len(content) < int(length):
        raise CannotRead(
            f"`{name}` closed the connection after {len(content)} of {length} bytes", RETRY
        )
    feed = decompress(content, name, limit)
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
            f"use an address that needs no login; {NO_PREVIOUS}",
        )
    return feed


_DIGITS = 20
"""More digits than the length of an answer can have: Python refuses to convert thousands."""
_KIND = regex(r"[\w.+-]{1,60}/[\w.+-]{1,60}", re.ASCII)
_CODING = regex(r"[\w.+-]{1,20}", re.ASCII)


def _opener(address: str, loopback: bool, limit: int) -> OpenerDirector:
    from urllib.request import (  # noqa: PLC0415 - as above
        HTTPRedirectHandler,
        ProxyHandler,
        Request,
        build_opener,
    )

    from timeline.publishing.answers import AnswerLimits  # noqa: PLC0415 - as above

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
            _check_redirect(address, newurl)
            return super().redirect_request(req, fp, code, msg, headers, newurl)

        def http_error_302(
            self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
        ) -> HTTPResponse | None:
            fp.close()  # or urllib reads all of it, however long
            try:
                return super().http_error_302(req, fp, code, msg, headers)
            except ValueError:  # of the target, which urllib reads before `redirect_request`
                raise CannotRead(
                    f"`{redacted(address)}` redirects to an invalid address", ADDRESS
                ) from None

        http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    handlers = AnswerLimits(redacted(address), limit).handlers()
    # For a proxy, a loopback address is the proxy itself.
    return build_opener(Redirects, *handlers, *([ProxyHandler({})] if loopback else []))


def _check_redirect(address: str, to: str) -> None:
    _check_address(to)
    if to.partition(":")[0].lower() != address.partition(":")[0].lower():
        raise CannotRead(f"`{redacted(address)}` redirects to another scheme", ADDRESS)


def _http_error(name: str, code: int) -> CannotRead:
    from http import HTTPStatus  # noqa: PLC0415 - as above

    # Not the phrase of the server, which could contain anything, also terminal controls.
    phrase = f" {HTTPStatus(code).phrase}" if code in set(HTTPStatus) else ""
    if code in {404, 410}:
        help_ = f"check the address; {NO_PREVIOUS}"
    elif code in {401, 403, 407}:
        help_ = "use an address that needs no login, or a file"
    elif 300 <= code < 400:
        help_ = "use the address that it redirects to"
    else:
        help_ = RETRY
    is_missing = code in {404, 410}
    return CannotRead(f"`{name}` answers {code}{phrase}", help_, is_missing=is_missing)


def _timed_out(address: str, seconds: float) -> CannotRead:
    return CannotRead(f"`{redacted(address)}` took longer than {seconds:g} seconds", RETRY)


def _reason(reason: object) -> str:
    """Return a clause without the address, which some exceptions quote and which may be secret."""
    message = getattr(reason, "verify_message", None) or getattr(reason, "strerror", None)
    return str(message).lower() if message else type(reason).__name__
