"""Accidents with a published feed: damage, changed line ends, a missing folder, a wrong clock."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from support.feed_life import EVERYTHING, Life, blocks, served, stamps

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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
    assert life.export().code == 0
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
    assert life.export().code == 0
    assert stamps(blocks(life.feed)["party"]) == (
        "20250102T120000Z",
        "20250102T120001Z",
        "20250102T120001Z",
        1,
    )


def test_a_feed_that_still_has_the_zone_of_the_calendar_loses_only_that(life: Life) -> None:
    life.publish(new=EVERYTHING)
    written = life.feed
    line = b"X-WR-TIMEZONE:Europe/Berlin\r\n"
    life.published.write_bytes(written.replace(b"BEGIN:VTIMEZONE", line + b"BEGIN:VTIMEZONE", 1))
    if life.address is None:
        assert f"-{line.decode().strip()}\n" in life.export("--diff").out
        assert life.export("--check").code == 1
    assert life.export().code == 0
    assert life.feed == written
