"""The life of a feed for tests: a file that is edited and exported day by day, and its feed."""

from __future__ import annotations

import hashlib
import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler
from typing import TYPE_CHECKING, ClassVar

from support.clock import MOMENT
from support.command import Done
from support.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = 86400
DOMAIN = "rally.example.org"
"""The id of the calendar."""

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

EVERYTHING = ("announcement", "rally", "finale", "debut", "briefing", "party")
"""The ids of the events of `RALLY`."""

# --- reading feeds, without a library -----------------------------------------------------------

LEFT = re.compile(rb"X-TIMELINE-LEFT:([^\r\n]*)\r\n")
BLOCK = re.compile(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)


def blocks(feed: bytes) -> dict[str, bytes]:
    """Return the VEVENTs of a feed by the part of their UID before the ``@``, in order."""
    events = {value(block, "UID").partition("@")[0]: block for block in BLOCK.findall(feed)}
    assert len(events) == feed.count(b"BEGIN:VEVENT")
    return events


def frame(feed: bytes) -> bytes:
    """Return the feed without its events, present and departed: the calendar and its zones."""
    return LEFT.sub(b"", BLOCK.sub(b"", feed))


def departures(feed: bytes) -> dict[str, tuple[int, str]]:
    """Return the SEQUENCE and CREATED of departed events by the digest of their UID, in order."""
    lines = [line.decode().split(",") for line in LEFT.findall(feed)]
    return {digest: (int(sequence), created) for digest, sequence, created in lines}


def digest(uid: str) -> str:
    return hashlib.sha256(uid.encode()).hexdigest()[:16]


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

    def export(self, *options: str) -> Done:
        """Export the feed, on a new day, as an author or a build server does."""
        self.day += 1
        file = self.folder / "events.yaml"
        file.write_text(self.text, encoding="utf-8")
        if self.address:  # a build server has an empty folder
            shutil.rmtree(self.standing.parent, ignore_errors=True)
            known = self.published.exists()
            options = (*options, *(("--previous", self.address) if known else ("--no-previous",)))
        result = Done(
            *("export", str(file), "--ics", "--output-dir", str(self.standing.parent), *options),
            env={"SOURCE_DATE_EPOCH": str(int(MOMENT) + self.day * DAY)},
        )
        if self.address and self.standing.exists():
            self.published.parent.mkdir(exist_ok=True)
            shutil.copyfile(self.standing, self.published)
        return result

    def refused(self, code: int, *said: str, options: tuple[str, ...] = ()) -> None:
        """Export; assert an exit code, words on standard error, and that the feed is unchanged."""
        before = self.published.read_bytes() if self.published.exists() else None
        result = self.export(*options)
        assert result.code == code, result.err
        for words in said:
            assert words in result.err
        assert (self.published.read_bytes() if self.published.exists() else None) == before

    def publish(
        self,
        *,
        changed: dict[str, int] | None = None,
        new: tuple[str, ...] = (),
        gone: tuple[str, ...] = (),
        returned: dict[str, int] | None = None,
        left: tuple[str, ...] | None = None,
        moved: bool = False,
        zones: bool = False,
        options: tuple[str, ...] = (),
    ) -> str:
        """Export; assert that these events differ, with these SEQUENCEs, and no others.

        ``left`` are the departed events that the feed remembers, if they are not those of before.
        ``moved`` allows another order of events, ``zones`` other time zones than before.
        """
        before = self.feed if self.published.exists() else b""
        result = self.export(*options)
        assert result.code == 0, result.err
        after = self.feed
        self.history.append((before, after))
        came = returned or {}
        self._check(blocks(before), blocks(after), changed or {}, (*new, *came), gone)
        self._check_first(before, after, new, came)
        if left is None:
            assert departures(after) == departures(before)
        else:
            assert list(departures(after)) == [digest(f"{name}@{DOMAIN}") for name in left]
        if before and not zones:
            assert frame(before) == frame(after)
        if not (changed or new or gone or returned or left is not None or moved):
            assert before == after
        return result.err

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
        for name, sequence in changed.items():
            created = stamps(before[name])[0]
            assert stamps(after[name]) == (created, self.now, self.now, sequence)
            assert value(before[name], "UID") == value(after[name], "UID")

    def _check_first(
        self, before: bytes, after: bytes, new: tuple[str, ...], returned: dict[str, int]
    ) -> None:
        for name in new:
            assert stamps(blocks(after)[name]) == (self.now, self.now, self.now, 0)
        for name, sequence in returned.items():
            block = blocks(after)[name]
            old_sequence, created = departures(before)[digest(value(block, "UID"))]
            assert sequence == old_sequence + 1
            assert stamps(block) == (created, self.now, self.now, sequence)


class Handler(SimpleHTTPRequestHandler):
    extensions_map: ClassVar = {".ics": "text/calendar"}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a new folder ``www`` in a folder; yield the address of its ``events.ics``."""
    (folder / "www").mkdir()
    with serving(Handler, directory=str(folder / "www")) as address:
        yield f"{address}/events.ics"
