"""The life of a feed, day by day through the command line, as its subscribers see it.

Every day an author edits the file and exports. Exactly the expected events differ then, with the
right timestamps; all others are the same to the byte. In one run, the published feed is that in
the output folder; in the other, it is read from an address.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from support.clock import MOMENT
from support.feed_changes import compare_feeds
from support.paths import ROOT
from timeline.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from typer.testing import Result

GIT = shutil.which("git")
DAY = 86400

RALLY = """\
calendar:
  id: rally.example.org
  name: The Rally
  timezone: Europe/Berlin

events:
  - id: announcement
    summary: Announcement
    start: 2025-02-01

  - id: rally
    summary: The rally
    start: 2025-06-03
    end: 2025-06-17
    location: Bisha
    events:
      - id: finale
        summary: Finale
        start: rally.end - 2 days
        end: rally.end

  - id: debut
    summary: The team's debut
    start: 2026

  - id: briefing
    summary: Briefing
    start: 2025-03-01T18:00
    end: 2025-03-01T19:00

  - id: party
    summary: Party
    start: 2025-12-31
"""


# --- reading feeds, without a library -----------------------------------------------------------

_BLOCK = re.compile(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)


def blocks(feed: bytes) -> dict[str, bytes]:
    """Return the VEVENTs of a feed by the part of their UID before the ``@``, in order."""
    events = {value(block, "UID").partition("@")[0]: block for block in _BLOCK.findall(feed)}
    assert len(events) == feed.count(b"BEGIN:VEVENT")
    return events


def frame(feed: bytes) -> bytes:
    """Return the feed without its events: it depends on the calendar and the time zones."""
    return _BLOCK.sub(b"", feed)


def value(block: bytes, name: str) -> str:
    line = re.search(rf"\r\n{name}[;:](.*?)\r\n(?![ \t])", block.decode(), re.DOTALL)
    assert line, f"no {name} in {block!r}"
    return line[1].replace("\r\n ", "")


def stamps(block: bytes) -> tuple[str, str, str, int]:
    names = ("CREATED", "DTSTAMP", "LAST-MODIFIED")
    created, dtstamp, modified = (value(block, name) for name in names)
    return created, dtstamp, modified, int(value(block, "SEQUENCE"))


# --- a life -------------------------------------------------------------------------------------


@dataclass
class Life:
    """A file and its published feed. ``day`` counts from the time of the tests."""

    folder: Path
    address: str | None = None
    text: str = RALLY
    day: int = 0
    history: list[tuple[bytes, bytes]] = field(default_factory=list)

    @property
    def published(self) -> Path:
        return self.folder / "www" / "events.ics" if self.address else self.standing

    @property
    def standing(self) -> Path:
        return self.folder / "dist" / "events.ics"

    @property
    def feed(self) -> bytes:
        return self.published.read_bytes()

    @property
    def now(self) -> str:
        moment = datetime.fromtimestamp(int(MOMENT) + self.day * DAY, UTC)
        return f"{moment:%Y%m%dT%H%M%SZ}"

    def edit(self, old: str, new: str) -> None:
        assert self.text.count(old) == 1, old
        self.text = self.text.replace(old, new)

    def export(self, *options: str) -> Result:
        """Export the feed, on a new day, as an author or a build server does."""
        self.day += 1
        file = self.folder / "events.yaml"
        file.write_text(self.text, encoding="utf-8")
        if self.address:  # a build server has an empty folder
            shutil.rmtree(self.standing.parent, ignore_errors=True)
            known = self.published.exists()
            options = (*options, *(("--previous", self.address) if known else ("--no-previous",)))
        result = CliRunner().invoke(
            app,
            ["export", str(file), "--ics", "--output-dir", str(self.standing.parent), *options],
            env={"SOURCE_DATE_EPOCH": str(int(MOMENT) + self.day * DAY)},
        )
        assert result.exception is None or isinstance(result.exception, SystemExit), result
        if self.address and self.standing.exists():
            self.published.parent.mkdir(exist_ok=True)
            shutil.copyfile(self.standing, self.published)
        return result

    def refused(self, code: int, *said: str, options: tuple[str, ...] = ()) -> None:
        """Export; assert an exit code, words on standard error, and that the feed is unchanged."""
        before = self.published.read_bytes() if self.published.exists() else None
        result = self.export(*options)
        assert result.exit_code == code, result.stderr
        for words in said:
            assert words in result.stderr
        assert (self.published.read_bytes() if self.published.exists() else None) == before

    def publish(
        self,
        *,
        changed: dict[str, int] | None = None,
        new: tuple[str, ...] = (),
        gone: tuple[str, ...] = (),
        moved: bool = False,
        zones: bool = False,
        options: tuple[str, ...] = (),
    ) -> str:
        """Export; assert that these events differ, with these SEQUENCEs, and no others.

        ``moved`` allows another order of events, ``zones`` other time zones than before.
        """
        before = self.feed if self.published.exists() else b""
        result = self.export(*options)
        assert result.exit_code == 0, result.stderr
        after = self.feed
        self.history.append((before, after))
        self._check(blocks(before), blocks(after), changed or {}, new, gone)
        if before and not zones:
            assert frame(before) == frame(after)
        if not (changed or new or gone or moved):
            assert before == after
        return result.stderr

    def _check(
        self,
        before: dict[str, bytes],
        after: dict[str, bytes],
        changed: dict[str, int],
        new: tuple[str, ...],
        gone: tuple[str, ...],
    ) -> None:
        assert {name for name in after if name not in before} == set(new)
        assert {name for name in before if name not in after} == set(gone)
        assert {n for n in after if n in before and before[n] != after[n]} == set(changed)
        for name in new:
            assert stamps(after[name]) == (self.now, self.now, self.now, 0)
        for name, sequence in changed.items():
            created = stamps(before[name])[0]
            assert stamps(after[name]) == (created, self.now, self.now, sequence)
            assert value(before[name], "UID") == value(after[name], "UID")


@pytest.fixture(params=["standing", "address"])
def life(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Life]:
    if request.param == "standing":
        yield Life(tmp_path)
        return
    with served(tmp_path) as address:
        yield Life(tmp_path, address)


class served:  # noqa: N801 - read as a word: with served(folder)
    """A web server for the folder ``www``."""

    def __init__(self, folder: Path) -> None:
        (folder / "www").mkdir()

        class Handler(SimpleHTTPRequestHandler):
            extensions_map: dict[str, str] = {".ics": "text/calendar"}  # noqa: RUF012

            def log_message(self, *_: Any) -> None:
                pass

        handler = partial(Handler, directory=str(folder / "www"))
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self) -> str:
        self.thread.start()
        return f"http://127.0.0.1:{self.server.server_port}/events.ics"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


# --- the days of a life -------------------------------------------------------------------------

EVERYTHING = ("announcement", "rally", "finale", "debut", "briefing", "party")


def live(life: Life) -> None:
    """Play all days."""
    for play_day in DAYS:
        play_day(life)


def publish_for_the_first_time(life: Life) -> None:
    life.publish(new=EVERYTHING)
    assert tuple(blocks(life.feed)) == EVERYTHING
    assert {value(block, "UID") for block in blocks(life.feed).values()} == {
        f"{name}@rally.example.org" for name in EVERYTHING
    }


def export_again(life: Life) -> None:
    touched = life.standing.stat().st_mtime_ns
    said = life.publish()
    if life.address is None:
        assert life.standing.stat().st_mtime_ns == touched
        assert "unchanged" in said
        assert life.export("--check").exit_code == 0


def retitle(life: Life) -> None:
    life.edit("summary: Party", "summary: The grand party")
    life.publish(changed={"party": 0})


def describe(life: Life) -> None:
    life.edit(
        "    start: 2025-12-31", "    description: Music, food; and more\n    start: 2025-12-31"
    )
    life.publish(changed={"party": 0})


def reschedule_what_others_depend_on(life: Life) -> None:
    life.edit("end: 2025-06-17", "end: 2025-06-18")
    life.publish(changed={"rally": 1, "finale": 1})
    assert value(blocks(life.feed)["rally"], "DTEND") == "VALUE=DATE:20250619"
    assert value(blocks(life.feed)["finale"], "DTSTART") == "VALUE=DATE:20250616"


def move_to_another_place(life: Life) -> None:
    life.edit("location: Bisha", "location: Yanbu")
    life.publish(changed={"rally": 2})


def reschedule_a_time(life: Life) -> None:
    life.edit("start: 2025-03-01T18:00", "start: 2025-03-01T17:30")
    life.publish(changed={"briefing": 1})


def say_the_same_in_other_words(life: Life) -> None:
    life.edit("end: 2025-03-01T19:00", "duration: 90 minutes")
    life.edit("summary: Finale", 'summary: "Finale"  # the last three days')
    life.publish()


def cancel(life: Life) -> None:
    life.edit("summary: Briefing", "summary: Briefing\n    status: cancelled")
    life.publish(changed={"briefing": 2})
    block = blocks(life.feed)["briefing"]
    assert value(block, "STATUS") == "CANCELLED"
    assert value(block, "SUMMARY") == "Cancelled: Briefing"


def rename_an_id(life: Life) -> None:
    life.edit("- id: party", "- id: new-years-eve\n    renamed-from: [party]")
    life.publish()
    assert b"UID:party@rally.example.org\r\n" in life.feed


def rename_an_id_that_others_name(life: Life) -> None:
    life.edit("- id: rally", "- id: rally-2025\n    renamed-from: [rally]")
    life.text = life.text.replace("rally.end", "rally-2025.end")
    life.publish()


def lose_an_id(life: Life) -> None:
    text = life.text
    life.edit("  - id: announcement\n    summary: Announcement\n    start: 2025-02-01\n\n", "")
    life.refused(
        1,
        "`announcement@rally.example.org` was published and is no longer in the file",
        "status: cancelled",
        "renamed-from",
        "--allow-removal",
    )
    shorter = life.text
    life.text = text  # the way back is open
    life.publish()
    life.text = shorter


def remove_it_on_purpose(life: Life) -> None:
    said = life.publish(gone=("announcement",), options=("--allow-removal",))
    assert "`announcement@rally.example.org` was published and is now removed" in said
    life.publish()  # and that was that


def insert_in_the_middle(life: Life) -> None:
    life.edit(
        "  - id: debut", "  - id: tests\n    summary: Tests\n    start: 2025-W20\n\n  - id: debut"
    )
    life.publish(new=("tests",))
    assert tuple(blocks(life.feed)) == ("rally", "finale", "tests", "debut", "briefing", "party")


def reorder_the_file(life: Life) -> None:
    head, *events = re.split(r"(?m)^(?=  - id: )", life.text)
    life.text = head + "".join(event.rstrip() + "\n\n" for event in reversed(events))
    life.publish(moved=True)
    assert tuple(blocks(life.feed)) == ("party", "briefing", "debut", "tests", "rally", "finale")


def narrow_to_a_month(life: Life) -> None:
    life.edit("start: 2026\n", "start: 2026-01\n")
    life.publish(changed={"debut": 1})
    block = blocks(life.feed)["debut"]
    assert value(block, "STATUS") == "TENTATIVE"
    assert "date to be confirmed" in value(block, "SUMMARY")


def narrow_to_a_day(life: Life) -> None:
    life.edit("start: 2026-01\n", "start: 2026-01-03\n")
    life.publish(changed={"debut": 2})
    block = blocks(life.feed)["debut"]
    assert value(block, "SUMMARY") == "The team's debut"
    assert b"\nSTATUS" not in block
    assert b"EDTF" not in block


def become_unknown_again(life: Life) -> None:
    life.edit("start: 2026-01-03\n", "start: TBC\n")
    said = life.publish(gone=("debut",))
    assert "`debut@rally.example.org` was published and is in the file, but no longer drawn" in said
    assert "debut: its date is to be confirmed" in said


def become_known_again(life: Life) -> None:
    life.edit("start: TBC\n", "start: 2026-01-04\n")
    life.publish(new=("debut",))


def postpone_to_another_date(life: Life) -> None:
    life.edit(
        "start: 2026-01-04\n", "start: 2026-03-01\n    status: postponed\n    was: [2026-01-04]\n"
    )
    life.publish(changed={"debut": 1})
    block = blocks(life.feed)["debut"]
    assert value(block, "DTSTART") == "VALUE=DATE:20260301"
    assert value(block, "STATUS") == "TENTATIVE"
    assert value(block, "SUMMARY").startswith("Postponed: ")
    assert "4 January 2026" in value(block, "DESCRIPTION")


def postpone_without_a_date(life: Life) -> None:
    life.edit("start: 2026-03-01\n", "start: TBC\n")
    life.edit("was: [2026-01-04]", "was: [2026-03-01, 2026-01-04]")
    life.publish(changed={"debut": 2})
    block = blocks(life.feed)["debut"]
    assert value(block, "DTSTART") == "VALUE=DATE:20260301"
    assert value(block, "STATUS") == "CANCELLED"
    assert value(block, "SUMMARY").startswith("Postponed: ")


def drop_what_is_cancelled(life: Life) -> None:
    life.edit("status: cancelled", "status: cancelled\n    cancelled: drop")
    said = life.publish(gone=("briefing",), zones=True)  # it was the last with a time
    assert b"VTIMEZONE" not in life.feed
    assert "`briefing@rally.example.org` was published and is in the file" in said


def become_another_calendar(life: Life) -> None:
    text = life.text
    life.edit("id: rally.example.org", "id: other.example.org")
    life.refused(
        2, "the feed of another calendar: `The Rally`", "`rally.example.org`", "`other.example.org`"
    )
    life.text = text
    life.publish()


def rename_the_calendar(life: Life) -> None:
    before = blocks(life.feed)
    life.edit("name: The Rally", "name: The Grand Rally")
    assert life.export().exit_code == 0
    assert blocks(life.feed) == before
    assert b"\r\nNAME:The Grand Rally\r\n" in life.feed


DAYS: list[Callable[[Life], None]] = [
    publish_for_the_first_time,
    export_again,
    retitle,
    describe,
    reschedule_what_others_depend_on,
    move_to_another_place,
    reschedule_a_time,
    say_the_same_in_other_words,
    cancel,
    rename_an_id,
    rename_an_id_that_others_name,
    lose_an_id,
    remove_it_on_purpose,
    insert_in_the_middle,
    reorder_the_file,
    narrow_to_a_month,
    narrow_to_a_day,
    become_unknown_again,
    become_known_again,
    postpone_to_another_date,
    postpone_without_a_date,
    drop_what_is_cancelled,
    become_another_calendar,
    rename_the_calendar,
]


def test_a_whole_life(life: Life) -> None:
    live(life)
    for before, after in life.history:
        assert compare_feeds(before, after).faults == []


def test_the_command_keeps_timestamps(tmp_path: Path) -> None:
    (tmp_path / "events.yaml").write_text(RALLY, encoding="utf-8")
    command = [sys.executable, "-m", "timeline", "export"]
    path = str(ROOT / "src")
    feeds = []
    for epoch in ("1735732800", "1735819200"):
        env = {"PYTHONPATH": path, "SOURCE_DATE_EPOCH": epoch}
        subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True)
        feeds.append((tmp_path / "dist" / "events.ics").read_bytes())
    assert feeds[0] == feeds[1]
    assert len(blocks(feeds[0])) == len(EVERYTHING)


# --- a hundred ----------------------------------------------------------------------------------


def test_of_a_hundred_events_two_change(life: Life) -> None:
    life.text = RALLY.partition("events:")[0] + "events:\n"
    for number in range(100):
        life.text += f"  - {{id: e{number}, summary: Event {number}, start: 2025-03-01}}\n"
    life.publish(new=tuple(f"e{number}" for number in range(100)))
    life.edit("summary: Event 17,", "summary: Event seventeen,")
    life.edit("summary: Event 71, start: 2025-03-01", "summary: Event 71, start: 2025-03-02")
    life.publish(changed={"e17": 0, "e71": 1})


# --- series and several feeds ------------------------------------------------------------

WEEKLY = """\
calendar:
  id: rally.example.org
  name: The Rally
  timezone: Europe/Berlin
events:
  - id: meeting
    summary: Meeting
    start: 2025-02-03T09:00
    duration: 1 hour
    rrule: FREQ=WEEKLY;BYDAY=MO
    exdate: [2025-02-17]
"""


def series(feed: bytes) -> dict[str, bytes]:
    """Return the VEVENTs by their RECURRENCE-ID, the series by the empty text."""
    events = {}
    for block in _BLOCK.findall(feed):
        is_instance = b"\r\nRECURRENCE-ID" in block
        events[value(block, "RECURRENCE-ID").rpartition(":")[2] if is_instance else ""] = block
    return events


def test_of_a_series_only_what_was_edited_changes(life: Life) -> None:
    life.text = WEEKLY
    life.publish(new=("meeting",), zones=True)
    first = series(life.feed)[""]

    life.text += "    overrides: [{recurrence-id: 2025-02-10, start: 2025-02-11T09:00}]\n"
    assert life.export().exit_code == 0
    assert list(series(life.feed)) == ["", "20250210T090000"]
    assert series(life.feed)[""] == first
    moved = series(life.feed)["20250210T090000"]
    assert stamps(moved) == (life.now, life.now, life.now, 0)

    life.edit("exdate: [2025-02-17]", "exdate: [2025-02-17, 2025-03-03]")
    assert life.export().exit_code == 0
    assert stamps(series(life.feed)[""]) == (stamps(first)[0], life.now, life.now, 1)
    assert series(life.feed)["20250210T090000"] == moved

    life.edit("start: 2025-02-11T09:00", "status: cancelled")
    before = series(life.feed)[""]
    assert life.export().exit_code == 0
    assert series(life.feed)[""] == before
    assert stamps(series(life.feed)["20250210T090000"])[3] == 1

    life.edit("    overrides: [{recurrence-id: 2025-02-10, status: cancelled}]\n", "")
    assert life.export().exit_code == 0
    assert series(life.feed) == {"": before}


def test_every_feed_has_its_own_history(tmp_path: Path) -> None:
    life = Life(tmp_path)
    own = life.standing.with_name("big.ics")
    life.publish(new=EVERYTHING)
    life.edit("end: 2025-06-17", "end: 2025-06-18")
    life.publish(changed={"rally": 1, "finale": 1})
    created = stamps(blocks(life.feed)["rally"])[0]

    life.text += "\nfeeds:\n  - {id: big, name: Big, ids: [rally]}\n"
    life.publish()
    assert set(blocks(own.read_bytes())) == {"rally"}
    # One UID is one event in all feeds: it is as old, and as often moved, as in the first.
    assert stamps(blocks(own.read_bytes())["rally"]) == (created, life.now, life.now, 1)

    before = own.read_bytes()
    life.edit("summary: Party", "summary: The party")
    life.publish(changed={"party": 0})
    assert own.read_bytes() == before

    life.edit("location: Bisha", "location: Yanbu")
    life.publish(changed={"rally": 2})
    assert stamps(blocks(own.read_bytes())["rally"]) == (created, life.now, life.now, 2)


# --- two branches -------------------------------------------------------------------------------


def merged(folder: Path, base: bytes, ours: bytes, theirs: bytes) -> tuple[bytes, bool]:
    """Return git's merge of a file that two branches changed, and whether it has no conflict."""
    assert GIT
    for name, content in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_bytes(content)
    done = subprocess.run(
        [GIT, "merge-file", "-p", "ours", "base", "theirs"],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return done.stdout, done.returncode == 0


@dataclass
class Branches:
    """A feed that two branches export on different days, and its merge."""

    life: Life
    base: tuple[bytes, bytes] = (b"", b"")
    sides: list[tuple[bytes, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.life.publish(new=EVERYTHING)
        self.base = self.life.text.encode(), self.life.feed

    def branch(self, changed: dict[str, int], *edits: tuple[str, str]) -> None:
        text, feed = self.base
        self.life.text = text.decode()
        self.life.published.write_bytes(feed)
        for old, new in edits:
            self.life.edit(old, new)
        self.life.publish(changed=changed)
        self.sides.append((self.life.text.encode(), self.life.feed))

    def merge(self) -> bool:
        """Merge both files, the events without a conflict; return whether the feed has none."""
        (text, feed), (our_text, our_feed), (their_text, their_feed) = self.base, *self.sides
        both, is_clean = merged(self.life.folder, text, our_text, their_text)
        assert is_clean
        self.life.text = both.decode()
        both, is_clean = merged(self.life.folder, feed, our_feed, their_feed)
        self.life.published.write_bytes(both)
        return is_clean


needs_git = pytest.mark.skipif(GIT is None, reason="needs git")


@needs_git
def test_branches_that_changed_different_events_merge_as_they_are(life: Life) -> None:
    branches = Branches(life)
    branches.branch({"announcement": 0}, ("summary: Announcement", "summary: The announcement"))
    branches.branch({"party": 1}, ("start: 2025-12-31", "start: 2025-12-30"))
    assert branches.merge()
    life.publish()
    ours, theirs = (blocks(feed) for _, feed in branches.sides)
    assert blocks(life.feed)["announcement"] == ours["announcement"]
    assert blocks(life.feed)["party"] == theirs["party"]


@needs_git
def test_a_change_by_the_merge_alone_is_a_change(life: Life) -> None:
    branches = Branches(life)
    branches.branch({"rally": 1, "finale": 1}, ("end: 2025-06-17", "end: 2025-06-18"))
    branches.branch({"party": 1}, ("start: 2025-12-31", "start: rally.end + 1 week"))
    assert branches.merge()
    life.publish(changed={"party": 2})
    assert value(blocks(life.feed)["party"], "DTSTART") == "VALUE=DATE:20250625"


CONFLICT = (("summary: Finale", "summary: The finale"),), (("end: 2025-06-17", "end: 2025-06-18"),)


@needs_git
def test_a_feed_with_merge_markers_is_refused(life: Life) -> None:
    branches = Branches(life)
    branches.branch({"finale": 0}, *CONFLICT[0])
    branches.branch({"rally": 1, "finale": 1}, *CONFLICT[1])
    assert not branches.merge()
    life.refused(2, "conflict markers", "keep one side")


@needs_git
@pytest.mark.parametrize(
    ("side", "changed"),
    [(0, {"rally": 1, "finale": 1}), (1, {"finale": 1})],
    ids=["ours", "theirs"],
)
def test_after_a_conflict_either_side_of_the_feed_is_right(
    life: Life, side: int, changed: dict[str, int]
) -> None:
    branches = Branches(life)
    branches.branch({"finale": 0}, *CONFLICT[0])
    branches.branch({"rally": 1, "finale": 1}, *CONFLICT[1])
    assert not branches.merge()
    life.published.write_bytes(branches.sides[side][1])
    life.publish(changed=changed)
    finale = blocks(life.feed)["finale"]
    assert value(finale, "SUMMARY") == "The finale"
    assert value(finale, "DTSTART") == "VALUE=DATE:20250616"


# --- accidents ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda feed: feed[:400], "is cut off"),
        (lambda feed: feed[: feed.index(b"BEGIN:VEVENT") + 40], "is cut off"),
        (lambda _: b"<!DOCTYPE html>\n<title>Sign in</title>\n", "expected a calendar"),
        (lambda _: b"", "is empty"),
        (lambda feed: feed.replace(b"UID:party@", b"UID:rally@"), "in line"),
        (lambda feed: feed.replace(b"SEQUENCE:0", b"SEQUENCE:none"), "the SEQUENCE `none`"),
        (lambda feed: feed.replace(b"DTSTAMP:2025", b"DTSTAMP:soon"), "the DTSTAMP"),
        (lambda feed: feed.replace(b"Rally", b"R\xe4lly"), "is not UTF-8"),
    ],
    ids=["cut", "cut early", "a web page", "empty", "twice", "sequence", "dtstamp", "latin-1"],
)
def test_a_damaged_feed_is_refused(life: Life, damage: Callable[[bytes], bytes], said: str) -> None:
    life.publish(new=EVERYTHING)
    whole = life.feed
    life.published.write_bytes(damage(whole))
    assert life.feed != whole
    life.refused(2, said, "help:")
    life.published.write_bytes(whole)
    life.publish()


def test_line_ends_that_git_changed_are_restored(life: Life) -> None:
    life.publish(new=EVERYTHING)
    whole = life.feed
    life.published.write_bytes(whole.replace(b"\r\n", b"\n"))
    life.edit("summary: Party", "summary: The party")
    assert life.export().exit_code == 0
    changed = {name for name, block in blocks(life.feed).items() if block != blocks(whole)[name]}
    assert changed == {"party"}
    assert life.feed.count(b"\n") == life.feed.count(b"\r\n")


def test_without_an_output_folder_the_history_starts_again(tmp_path: Path) -> None:
    life = Life(tmp_path)
    life.publish(new=EVERYTHING)
    shutil.rmtree(life.standing.parent)
    life.publish(new=EVERYTHING)


def test_a_missing_feed_at_an_address_is_not_a_first_publication(tmp_path: Path) -> None:
    with served(tmp_path) as address:
        life = Life(tmp_path)
        life.refused(2, "answers 404", "--no-previous", options=("--previous", address))
    assert not life.standing.exists()


def test_a_clock_that_goes_back_moves_no_timestamp_back(life: Life) -> None:
    life.publish(new=EVERYTHING)
    life.day = -5
    life.edit("start: 2025-12-31", "start: 2025-12-30")
    assert life.export().exit_code == 0
    assert stamps(blocks(life.feed)["party"]) == (
        "20250102T120000Z",
        "20250102T120001Z",
        "20250102T120001Z",
        1,
    )
