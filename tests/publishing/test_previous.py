"""The feed that is published somewhere else, from a real server on this machine."""

from __future__ import annotations

import gzip
import subprocess
import sys
import threading
import zlib
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support import server
from support.paths import ROOT
from support.places import placed
from timeline.publishing import previous
from timeline.publishing.content import CannotRead

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

FEED = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"


def serving(
    answer: Callable[[BaseHTTPRequestHandler], object],
) -> AbstractContextManager[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

    return server.serving(Handler)


def answering(
    body: bytes, status: int = 200, **headers: str
) -> Callable[[BaseHTTPRequestHandler], object]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        given = {"Content-Type": "text/calendar", "Content-Length": str(len(body))}
        for name, value in (given | {k.replace("_", "-"): v for k, v in headers.items()}).items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def refusal(source: str, *, seconds: float = 20, limit: int = 10_000) -> CannotRead:
    with pytest.raises(CannotRead) as caught:
        previous.read_previous(source, seconds=seconds, limit=limit)
    assert caught.value.help
    assert caught.value.message.isprintable()
    return caught.value


# --- files --------------------------------------------------------------------------------------


def test_a_file_is_read_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "cup.ics"
    path.write_bytes(FEED)
    assert previous.read_previous(str(path)) == FEED
    assert previous.read_existing(placed(path)) == FEED


def test_where_no_file_stands_nothing_was_published(tmp_path: Path) -> None:
    assert previous.read_existing(placed(tmp_path / "dist" / "cup.ics")) is None


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    refused = refusal(str(tmp_path / "cup.ics"))
    assert refused.message == f"there is no file `{tmp_path / 'cup.ics'}`"
    assert "--no-previous" in refused.help


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refusal(str(tmp_path)).message == f"`{tmp_path}` cannot be read: it is a folder"
    (tmp_path / "empty.ics").touch()
    assert "is empty" in refusal(str(tmp_path / "empty.ics")).message
    (tmp_path / "long.ics").write_bytes(b"x" * 10_001)
    assert "has more than 10000 bytes" in refusal(str(tmp_path / "long.ics")).message
    (tmp_path / "file").touch()
    assert "there is no file" in refusal(str(tmp_path / "file" / "cup.ics")).message
    assert "name too long" in refusal(str(tmp_path / ("x" * 300))).message


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_a_file_without_end_is_refused() -> None:
    assert "has more than 10000 bytes" in refusal("/dev/zero").message


# --- addresses ----------------------------------------------------------------------------------


def test_a_feed_is_read_from_this_machine() -> None:
    with serving(answering(FEED)) as address:
        assert previous.read_previous(address + "/cup.ics") == FEED
        assert previous.read_previous(address.replace("127.0.0.1", "localhost")) == FEED


def test_a_proxy_is_not_asked_for_what_is_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    with serving(answering(FEED)) as address:
        assert previous.read_previous(address) == FEED


def test_a_calendar_that_is_damaged_is_for_the_ledger_to_tell() -> None:
    body = b"<<<<<<< HEAD\n" + FEED
    with serving(answering(body)) as address:
        assert previous.read_previous(address) == body


@pytest.mark.parametrize(
    ("status", "says", "helps"),
    [
        (404, "answers 404 Not Found", "--no-previous"),
        (410, "answers 410 Gone", "--no-previous"),
        (401, "answers 401 Unauthorized", "needs no login"),
        (403, "answers 403 Forbidden", "needs no login"),
        (503, "answers 503 Service Unavailable", "try again"),
        (599, "answers 599", "try again"),
    ],
)
def test_a_refusal_is_never_a_first_publication(status: int, says: str, helps: str) -> None:
    with serving(answering(FEED, status)) as address:
        refused = refusal(address)
    assert refused.message == f"`{address}` {says}"
    assert helps in refused.help


def test_an_answer_of_nothing_is_an_error() -> None:
    with serving(answering(b"")) as address:
        refused = refusal(address)
    assert refused.message == f"`{address}` is empty, expected a calendar"
    assert "--no-previous" in refused.help


def test_a_login_page_is_no_calendar() -> None:
    with serving(answering(b"<html>Sign in</html>", Content_Type="text/html")) as address:
        refused = refusal(address)
    assert refused.message == f"`{address}` answers with text/html, expected a calendar"
    assert "--no-previous" in refused.help


@pytest.mark.parametrize(
    "coding", [{}, {"Content_Encoding": "gzip"}, {"Content_Encoding": "x-gzip"}]
)
def test_a_feed_that_is_compressed_as_gzip_is_read(coding: dict[str, str], tmp_path: Path) -> None:
    first, second, zeros = gzip.compress(FEED[:9]), gzip.compress(FEED[9:]), bytes(10**6)
    for body in (gzip.compress(FEED), first + second, first + zeros + second + zeros):
        with serving(answering(body, **coding)) as address:
            assert previous.read_previous(address) == FEED
        (tmp_path / "cup.ics.gz").write_bytes(body)
        assert previous.read_previous(str(tmp_path / "cup.ics.gz")) == FEED


def test_a_feed_with_a_wrong_coding_is_read_as_it_is() -> None:
    with serving(answering(FEED, Content_Encoding="gzip")) as address:
        assert previous.read_previous(address) == FEED


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (gzip.compress(FEED, mtime=0)[:-9], "cannot be decompressed"),
        (gzip.compress(FEED, mtime=0) + b"\x1f\x8bx", "cannot be decompressed"),
        (b"\x1f\x8b", "cannot be decompressed"),
        (b"\x1f\x8b\x08\x00" + b"\xff" * 40, "cannot be decompressed"),
        (gzip.compress(FEED * 1_000, mtime=0), "has more than 10000 bytes"),
        (gzip.compress(b"\0" * 2**24, mtime=0), "has more than 10000 bytes"),
        (gzip.compress(b"<html>Sign in</html>", mtime=0), "answers with text/calendar, expected"),
        (gzip.compress(b"", mtime=0), "is empty"),
    ],
)
def test_what_is_compressed_and_not_a_feed_is_reported(
    body: bytes, says: str, tmp_path: Path
) -> None:
    with serving(answering(body, Content_Encoding="gzip")) as address:
        assert says in refusal(address, limit=10_000).message
    if "text/calendar" not in says:
        (tmp_path / "cup.ics.gz").write_bytes(body)
        assert says in refusal(str(tmp_path / "cup.ics.gz"), limit=10_000).message


@pytest.mark.parametrize(
    "body",
    [gzip.compress(b"") * 10_001, b"\x1f\x8b\x08\x08" + b"a" * 10**6],
    ids=["members", "name"],
)
def test_a_gzip_file_that_is_all_frame_is_reported(body: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cup.ics.gz"
    path.write_bytes(body)
    assert "cannot be decompressed" in refusal(str(path), limit=10**7).message


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "DEFLATE"])
def test_another_compression_is_reported(coding: str) -> None:
    with serving(answering(zlib.compress(FEED), Content_Encoding=coding)) as address:
        refused = refusal(address)
    assert f"is compressed as {coding.lower()}, which is not supported" in refused.message
    assert "not compressed" in refused.help


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "text/\x1b]0;x\x07"},
        {"Content_Type": "::error::x/y"},
        {"Content_Type": "\x85\x9b/x"},
        {"Content_Type": "x" * 9_000 + "/x"},
        {"Content_Encoding": "\x1b[2J"},
        {"Content_Encoding": "identity"},
        {"Content_Length": "9" * 5_000},
        {"Content_Length": "-1"},
        {"Content_Length": "\xb2"},
        {"Transfer_Encoding": "chunked"},
        {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"},
    ],
    ids=ascii,
)
@pytest.mark.parametrize("body", [b"Sign in", b"9\r\nBEGIN:VCA", b"-1\r\nx\r\n", b"f" * 5_000])
def test_no_header_of_a_server_is_a_crash(headers: dict[str, str], body: bytes) -> None:
    with serving(answering(body, **headers)) as address:
        refused = refusal(address)
    assert len(refused.message) < 200
    assert "error" not in refused.message


def test_an_answer_that_is_too_long_is_not_taken() -> None:
    with serving(answering(FEED * 1_000)) as address:
        assert "has more than 10000 bytes" in refusal(address).message


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
REDIRECT = b"HTTP/1.1 302 Found\r\nLocation: /next\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


@pytest.mark.parametrize(
    ("start", "piece", "says"),
    [
        (REDIRECT + b"\r\n", b"x", "answers 302 Found"),
        (REDIRECT + b"Content-Length: 99999999999\r\n\r\n", b"x", "answers 302 Found"),
        (b"", CONTINUE, "sent more than 300,000 headers and chunks"),
        (b"", CONTINUE[:-2] + b"a: b\r\n" * 90 + b"\r\n", "sent more than 300,000 headers"),
        (CHUNKED, b"1\r\nx\r\n", "sent more than 300,000 headers and chunks"),
        (CHUNKED + b"0\r\n", b"a: b\r\n", "sent more than 300,000 headers and chunks"),
        (CHUNKED, b"1;" + b"a" * 60_000 + b"\r\nx\r\n", "has more than 20000000 bytes"),
        (CHUNKED + b"-1\r\n", b"x", "has more than 20000000 bytes"),
        (CHUNKED + b"-5\r\n", b"x", "sent an invalid answer"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x", "has more than 20000000 bytes"),
    ],
)
def test_an_answer_without_end_is_not_taken(start: bytes, piece: bytes, says: str) -> None:
    sent = 0

    def answer(request: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        request.wfile.write(start)
        with suppress(OSError):
            while True:
                sent += request.wfile.write(piece * (1 + 60_000 // len(piece)))

    with serving(answer) as address:
        assert says in refusal(address, limit=20_000_000, seconds=60).message
    # What has been sent is in the buffers of the system at most, once for each of ten redirects.
    assert sent < 22_000_000 + 11 * 8_000_000


def test_an_answer_that_breaks_off_is_not_taken() -> None:
    with serving(answering(FEED, Content_Length="9000")) as address:
        assert f"closed the connection after {len(FEED)} of 9000 bytes" in refusal(address).message


def test_what_is_not_http_is_reported() -> None:
    with serving(lambda request: request.wfile.write(b"220 smtp.example ESMTP\r\n")) as at:
        assert "sent an invalid answer: " in refusal(at).message


def test_an_address_without_a_server_is_reported() -> None:
    with serving(answering(FEED)) as address:
        pass
    assert refusal(address).message == f"`{address}` does not answer: connection refused"


def test_a_server_that_says_nothing_is_left() -> None:
    done = threading.Event()
    with serving(lambda _: done.wait(20)) as address:
        refused = refusal(address, seconds=0.2)
        done.set()
    assert refused.message == f"`{address}` took longer than 0.2 seconds"


def test_a_server_that_drips_is_left() -> None:
    """Every byte comes within the limit that urllib knows, and all of them together do not."""
    done = threading.Event()

    def drip(request: BaseHTTPRequestHandler) -> None:
        while not done.wait(0.05):
            request.wfile.write(b"H")

    with serving(drip) as address:
        refused = refusal(address, seconds=0.4)
        done.set()
    assert "took longer than 0.4 seconds" in refused.message


# --- redirects ----------------------------------------------------------------------------------


def redirecting(to: str) -> Callable[[BaseHTTPRequestHandler], object]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        if request.path == "/cup.ics":
            answering(FEED)(request)
        else:
            answering(b"", 302, Location=to)(request)

    return answer


def test_a_redirect_on_this_machine_is_followed() -> None:
    with serving(redirecting("/cup.ics")) as address:
        assert previous.read_previous(address + "/old.ics") == FEED


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("http://example.org/cup.ics", "is not encrypted"),
        ("https://127.0.0.1/cup.ics", "redirects to another scheme"),
        ("ftp://127.0.0.1/cup.ics", "cannot be downloaded"),
        ("file:///etc/passwd", "answers 302 Found"),
        ("http://user:secret@127.0.0.1/cup.ics", "contains a user or a password"),
        ("/circle.ics", "answers 302 Found"),
        ("http://[", "redirects to an invalid address"),
        ("http://[::1", "redirects to an invalid address"),
        ("http://[v1.x]/", "is not encrypted"),
        ("//[", "redirects to an invalid address"),
        ("https://user:secret@[", "redirects to an invalid address"),
        ("http://127.0.0.1:99999/", "is not a valid address"),
        ("http://127.0.0.1:x/", "is not a valid address"),
        (f"http://{'a' * 70}.localhost/", "is not encrypted"),
        ("http://\xfc.example/", "is not encrypted"),
        ("http://127.0.0.1\x00/", "is not encrypted"),
        ("http://127.0.0.1:9/\x1b]0;x\x07", "does not answer"),
        ("http://127.0.0.1:9/ a\tb\x85", "does not answer"),
        ("", "answers 302 Found"),
        ("?", "answers 302 Found"),
        ("a" * 9_000, "answers 302 Found"),
    ],
)
def test_a_redirect_leads_only_where_one_could_have_asked(to: str, says: str) -> None:
    with serving(redirecting(to)) as address:
        refused = refusal(address + "/old.ics")
    assert says in refused.message
    assert "secret" not in refused.message


# --- addresses that are not asked ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "says", "helps"),
    [
        ("http://example.org/cup.ics", "is not encrypted", "https"),
        ("http://127.0.0.1.example.org/cup.ics", "is not encrypted", "https"),
        ("http://localhost.example.org/cup.ics", "is not encrypted", "https"),
        ("http://0.0.0.0/cup.ics", "is not encrypted", "https"),
        ("http://127.0.0.1@example.org/cup.ics", "contains a user or a password", "download"),
        ("https://user:secret@example.org/cup.ics", "contains a user or a password", "download"),
        ("webcal://example.org/cup.ics", "is an address for calendar apps", "https://"),
        ("file:///etc/passwd", "cannot be downloaded", "https"),
        ("ftp://example.org/cup.ics", "cannot be downloaded", "https"),
        ("https:///cup.ics", "cannot be downloaded", "https"),
        ("https://[::1/cup.ics", "is not a valid address", "https"),
        ("https://example.org:port/cup.ics", "is not a valid address", "https"),
        ("http://127.0.0.1:9/a b.ics", "contains characters", "percent-encode"),
        ("http://127.0.0.1:9/ä.ics", "contains characters", "percent-encode"),
        ("http://127.0.0.1:9/a\0.ics", "contains characters", "percent-encode"),
        ("http://127.0.0.1:9/a\x1b.ics", "contains characters", "percent-encode"),
        ("http://127.0.0.1:9/a\x85.ics", "contains characters", "percent-encode"),
        ("https://user:secret@[", "is not a valid address", "https"),
        ("https://user:secret@[::1/cup.ics", "is not a valid address", "https"),
        ("https://127.0.0.1:99999/cup.ics", "is not a valid address", "https"),
        ("https://127.0.0.1:-1/cup.ics", "is not a valid address", "https"),
        (f"https://{'ü' * 70}.invalid/", "contains characters", "percent-encode"),
        ("https://a..invalid/", "contains characters", "percent-encode"),
        ("https://\udcff.invalid/", "contains characters", "percent-encode"),
    ],
)
def test_what_is_no_address_of_a_feed_is_refused(address: str, says: str, helps: str) -> None:
    refused = refusal(address)
    assert says in refused.message
    assert helps in refused.help
    assert "secret" not in refused.message


def test_what_may_be_secret_in_an_address_is_not_shown() -> None:
    assert (
        previous.redacted("https://u:p@example.org/a.ics?token=s#f")
        == "https://example.org/a.ics?…"
    )
    assert previous.redacted("https://example.org/a.ics") == "https://example.org/a.ics"
    assert previous.redacted("dist/what?.ics") == "dist/what?.ics"
    with serving(answering(b"", 404)) as address:
        assert refusal(address + "/a?token=secret").message.startswith(f"`{address}/a?…` answers")
    assert "secret" not in refusal("http://127.0.0.1:9/a b.ics?token=secret").message


def test_the_network_library_is_loaded_only_for_an_address() -> None:
    script = (
        "import sys; from timeline.publishing import previous;"
        "print('urllib.request' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "False\n"
