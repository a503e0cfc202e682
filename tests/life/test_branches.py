"""Two branches that export a feed on different days merge like any text."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from support.feed_life import EVERYTHING, blocks, value

if TYPE_CHECKING:
    from pathlib import Path

    from support.feed_life import Life

GIT = shutil.which("git")


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
