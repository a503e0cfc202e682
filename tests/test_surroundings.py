"""Hostile surroundings: full disks, closed streams, servers that never end.

The command ends with a plain message and exit code 2, and existing outputs stay.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.limited import GOOD, LimitedCommand
from support.paths import ROOT, TESTS
from support.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("good.yaml").write_text(GOOD)
    return tmp_path


# Where outputs go.


@pytest.mark.parametrize(
    "shell",
    [
        "timeline validate bad.yaml >/dev/full",
        "timeline schema >/dev/full",
        "timeline show good.yaml >/dev/full",
        "timeline explain >/dev/full",
        "timeline --help >/dev/full",
        "timeline --version >/dev/full",
        "timeline export good.yaml --ics --stdout >/dev/full",
    ],
)
def test_a_full_disk_behind_standard_output_is_reported(shell: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    Path("bad.yaml").write_text("a: b\n")
    done = LimitedCommand(shell=shell)
    assert done.code == 2
    assert done.err.endswith("cannot write to standard output: No space left on device\n")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&-", ">&- 2>&- <&-"])
def test_files_are_written_whatever_is_closed(closed: str) -> None:
    assert LimitedCommand(shell=f"timeline export good.yaml {closed}").code == 0
    assert sorted(os.listdir("dist")) == ["good.csv", "good.ics", "good.md"]  # noqa: PTH208


def test_a_closed_standard_stream_is_reported() -> None:
    done = LimitedCommand(shell="timeline validate - <&-")
    assert (done.code, done.err) == (2, "timeline: standard input is closed\n")
    done = LimitedCommand(shell="timeline export good.yaml --ics --stdout >&-")
    assert (done.code, done.err) == (2, "timeline: standard output is closed\n")


def published() -> dict[str, bytes]:
    """Publish, then change the file; return the outputs, which a failing export must not change."""
    assert LimitedCommand("export", "good.yaml").code == 0
    Path("good.yaml").write_text(GOOD.replace("summary: A", f"summary: {'B' * 2_000}"))
    return outputs()


def outputs() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path("dist").iterdir()}


def test_a_full_disk_leaves_the_outputs() -> None:
    before = published()
    done = LimitedCommand("export", "good.yaml", longest=1_000)
    assert done.code == 2
    assert "`dist/good.ics` cannot be written: it exceeds the file size limit" in done.err
    assert outputs() == before


@pytest.mark.parametrize("place", ["good.yaml", "/dev/null", "/proc/nowhere"])
def test_a_wrong_output_folder_is_reported(place: str) -> None:
    before = published()
    done = LimitedCommand("export", "good.yaml", "--output-dir", place)
    assert done.code == 2
    assert "cannot be written" in done.err
    assert outputs() == before


def test_two_exports_at_once_leave_whole_files() -> None:
    before = published()
    command = [sys.executable, "-m", "timeline", "export", "good.yaml"]
    running = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(4)]
    assert all(process.wait(120) == 0 for process in running)
    after = outputs()
    assert after.keys() == before.keys()
    assert LimitedCommand("export", "good.yaml", "--check").code == 0


def test_an_export_that_is_killed_leaves_whole_files() -> None:
    before = published()
    command = [sys.executable, "-m", "timeline", "export", "good.yaml"]
    interrupted = []
    for pause in range(6):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
            threading.Event().wait(0.1 * pause)
            running.kill()
        interrupted.append(outputs())
    assert LimitedCommand("export", "good.yaml").code == 0
    after = outputs()
    assert after.keys() == before.keys()
    assert all(now[name] in (before[name], after[name]) for now in interrupted for name in before)


ENDED = """
import os, signal, sys
from pathlib import Path
from support.places import placed
from timeline import __main__ as entry
from timeline.publishing import StagedFiles

number = getattr(signal, sys.argv[1])

def main():
    with StagedFiles() as staged:
        staged.stage(placed(Path("new/cup.ics")), iter([b"new"]))
        print(len(os.listdir("new")), flush=True)
        os.kill(os.getpid(), number)
    print("not ended")

# Not what this process inherits: a run of the tests may itself be started by nohup or by `&`.
is_ignored = sys.argv[2:] == ["nohup"]
default = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
signal.signal(number, signal.SIG_IGN if is_ignored else default)
entry.main = main
entry.interruptible()
"""


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX: signals")
@pytest.mark.parametrize(
    ("arguments", "code", "out"),
    [
        (["SIGINT"], 130, "1\n"),
        (["SIGTERM"], 143, "1\n"),
        (["SIGHUP"], 129, "1\n"),
        (["SIGHUP", "nohup"], 0, "1\nnot ended\n"),
    ],
)
def test_a_run_that_is_ended_leaves_no_temporary_file(
    arguments: list[str], code: int, out: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDED, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(TESTS)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, out, "")
    assert sorted(os.listdir()) == ["good.yaml"]  # noqa: PTH208


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX: the current folder may be removed")
@pytest.mark.parametrize(
    "command",
    [
        "validate ../good.yaml",
        "validate - <$OLDPWD/good.yaml",
        "validate --fix - <$OLDPWD/good.yaml",
        "show $OLDPWD/good.yaml",
        "export $OLDPWD/good.yaml --output-dir $OLDPWD/dist",
        "embed $OLDPWD/README.md",
        "init",
        "init $OLDPWD/new",
    ],
)
def test_a_current_folder_that_was_removed_is_reported(command: str) -> None:
    Path("README.md").write_text("<!-- timeline:start -->\n<!-- timeline:end -->\n")
    done = LimitedCommand(shell=f"mkdir gone; cd gone; rmdir ../gone; timeline {command}")
    message = "timeline: the current folder cannot be read: no such file or directory"
    assert (done.code, done.out) == (2, "")
    assert done.err == f"{message}\n  help: change to an existing folder\n"


# Feeds that were published elsewhere.


class Hostile(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(302 if self.path == "/circle" else 200)
        self.send_header("Content-Type", "text/calendar")
        if self.path == "/circle":
            self.send_header("Location", "/circle")
        if self.path == "/gzip":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        try:
            if self.path == "/gzip":
                self.wfile.write(gzip.compress(b"BEGIN:VCALENDAR\r\n" + b"\0" * 2**24))
            while self.path == "/endless":
                self.wfile.write(b"BEGIN:VCALENDAR\r\n" * 10_000)
            if self.path == "/events":
                self.wfile.write(b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 1_000_000)
        except OSError:
            pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving(Hostile) as address:
        yield address


@pytest.mark.parametrize("path", ["endless", "circle", "gzip", "events", "nothing"])
def test_a_hostile_server_changes_nothing(server: str, path: str) -> None:
    before = published()
    done = LimitedCommand("export", "good.yaml", "--previous", f"{server}/{path}")
    assert done.code == 2
    assert "help: " in done.err
    assert outputs() == before


@pytest.mark.parametrize("content", [b"\0", b"BEGIN:VCALENDAR\r\n"], ids=["zeros", "lines"])
def test_a_compressed_bomb_changes_nothing(content: bytes) -> None:
    before = published()
    piece = gzip.compress(content * (2**24 // len(content)))
    Path("bomb.ics.gz").write_bytes(piece * 64)  # a gigabyte
    done = LimitedCommand("export", "good.yaml", "--previous", "bomb.ics.gz")
    assert done.code == 2
    assert "`bomb.ics.gz` has more than 134217728 bytes" in done.err
    assert outputs() == before


@pytest.mark.parametrize("name", ["/dev/zero", "dist", "good.yaml"])
def test_a_previous_file_that_is_not_a_feed_changes_nothing(name: str) -> None:
    before = published()
    assert LimitedCommand("export", "good.yaml", "--previous", name).code == 2
    assert outputs() == before


HEAD = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//timeline//timeline-as-code//EN\r\n"
EVENT = b"BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20260101T000000Z\r\n%sEND:VEVENT\r\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\n" * 7_000_000, "has more than 7,000,000 lines"),
        (b"X:\r\n" * 7_000_000, "has more than 7,000,000 lines"),
        (EVENT % (b"a", b"X:\r\n" * 1_000_000), "has an event of more than 1,000,000 lines"),
        (EVENT % (b"\\a" * 2**17 + b"a", b""), "has a UID or a RECURRENCE-ID of more than"),
        (
            b"".join(EVENT % (b"%d" % number, b"") for number in range(300_001)),
            "has more than 300,000 events, present or removed",
        ),
        (
            b"".join(
                b"X-TIMELINE-LEFT:%016x,1,20260101T000000Z\r\n" % number
                for number in range(300_001)
            ),
            "has more than 300,000 events, present or removed",
        ),
    ],
    ids=["empty lines", "lines", "event", "uid", "events", "departures"],
)
def test_a_published_feed_has_limits(content: bytes, says: str) -> None:
    before = published()
    Path("dist/good.ics").write_bytes(HEAD + content + b"END:VCALENDAR\r\n")
    done = LimitedCommand("export", "good.yaml", "--check")
    assert done.code == 2
    assert f"`dist/good.ics` {says}" in done.err
    Path("dist/good.ics").write_bytes(before["good.ics"])
    assert outputs() == before


def test_the_names_and_the_removals_of_a_feed_have_limits() -> None:
    published()
    names = b"NAME:" + b"\\n" * 2_000_000 + b"\r\nX:" + b"\r\n a" * 2_000_000 + b"\r\n"
    events = b"".join(EVENT % (b"%d@x.org" % number, b"") for number in range(1_100))
    Path("old.ics").write_bytes(HEAD + names + events + b"END:VCALENDAR\r\n")
    done = LimitedCommand("export", "good.yaml", "--ics", "--stdout", "--previous", "old.ics")
    assert done.code == 1
    assert done.err.count("was published and is no longer in the file") == 1_000
    assert "100 more published events are no longer shown" in done.err
