"""The life of a feed, day by day through the command line, as its subscribers see it.

Every day an author edits the file and exports. Exactly the expected events differ then, with the
right timestamps; all others are the same to the byte. In one run, the published feed is that in
the output folder; in the other, it is read from an address.
"""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from support.feed_changes import compare_feeds
from support.feed_life import BLOCK, EVERYTHING, RALLY, Life, blocks, stamps, value
from support.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# --- the days of a life -------------------------------------------------------------------------


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
        assert life.export("--check").code == 0


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
    assert value(block, "SUMMARY") == "TBC January 2026: The team's debut"


def narrow_to_a_day(life: Life) -> None:
    life.edit("start: 2026-01\n", "start: 2026-01-03\n")
    life.publish(changed={"debut": 2})
    block = blocks(life.feed)["debut"]
    assert value(block, "SUMMARY") == "The team's debut"
    assert b"\nSTATUS" not in block
    assert b"EDTF" not in block


def become_unknown_again(life: Life) -> None:
    life.edit("start: 2026-01-03\n", "start: TBC\n")
    said = life.publish(gone=("debut",), left=("debut",))
    assert "`debut@rally.example.org` was published and is in the file, but no longer shown" in said
    assert "debut: its date is to be confirmed" in said


def become_known_again(life: Life) -> None:
    life.publish()
    life.edit("start: TBC\n", "start: 2026-01-04\n")
    life.publish(returned={"debut": 3}, left=())


def postpone_to_another_date(life: Life) -> None:
    life.edit(
        "start: 2026-01-04\n", "start: 2026-03-01\n    status: postponed\n    was: [2026-01-04]\n"
    )
    life.publish(changed={"debut": 4})
    block = blocks(life.feed)["debut"]
    assert value(block, "DTSTART") == "VALUE=DATE:20260301"
    assert value(block, "STATUS") == "TENTATIVE"
    assert value(block, "SUMMARY").startswith("Postponed: ")
    assert "4 January 2026" in value(block, "DESCRIPTION")


def postpone_without_a_date(life: Life) -> None:
    life.edit("start: 2026-03-01\n", "start: TBC\n")
    life.edit("was: [2026-01-04]", "was: [2026-03-01, 2026-01-04]")
    life.publish(changed={"debut": 5})
    block = blocks(life.feed)["debut"]
    assert value(block, "DTSTART") == "VALUE=DATE:20260301"
    assert value(block, "STATUS") == "CANCELLED"
    assert value(block, "SUMMARY").startswith("Postponed: ")


def drop_what_is_cancelled(life: Life) -> None:
    life.edit("status: cancelled", "status: cancelled\n    cancelled: drop")
    said = life.publish(
        gone=("briefing",), left=("briefing",), zones=True
    )  # it was the last with a time
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
    assert life.export().code == 0
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
    for block in BLOCK.findall(feed):
        is_instance = b"\r\nRECURRENCE-ID" in block
        events[value(block, "RECURRENCE-ID").rpartition(":")[2] if is_instance else ""] = block
    return events


def test_of_a_series_only_what_was_edited_changes(life: Life) -> None:
    life.text = WEEKLY
    life.publish(new=("meeting",), zones=True)
    first = series(life.feed)[""]

    life.text += "    overrides: [{recurrence-id: 2025-02-10, start: 2025-02-11T09:00}]\n"
    assert life.export().code == 0
    assert list(series(life.feed)) == ["", "20250210T090000"]
    assert series(life.feed)[""] == first
    moved = series(life.feed)["20250210T090000"]
    assert stamps(moved) == (life.now, life.now, life.now, 0)

    life.edit("exdate: [2025-02-17]", "exdate: [2025-02-17, 2025-03-03]")
    assert life.export().code == 0
    assert stamps(series(life.feed)[""]) == (stamps(first)[0], life.now, life.now, 1)
    assert series(life.feed)["20250210T090000"] == moved

    life.edit("start: 2025-02-11T09:00", "status: cancelled")
    before = series(life.feed)[""]
    assert life.export().code == 0
    assert series(life.feed)[""] == before
    assert stamps(series(life.feed)["20250210T090000"])[3] == 1

    life.edit("    overrides: [{recurrence-id: 2025-02-10, status: cancelled}]\n", "")
    assert life.export().code == 0
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


LISTED = WEEKLY.replace("BYDAY=MO", "COUNT=9").replace(
    "    exdate: [2025-02-17]\n",
    """\
    rdate:
      - 2025-02-06T15:00
      - 2025-03-06T15:00[America/New_York]
      - 2025-02-10T09:00
      - 2025-02-12T09:00
    exdate: [2025-02-12, 2025-02-17]
  - {id: days, summary: Days, start: 2025-02-03, rdate: [2025-02-07, 2025-03-01, 2025-02-28]}
  - id: times
    summary: Times
    start: 2025-02-03T09:00
    rdate: [2025-04-03T09:00, 2025-02-04T11:00]
""",
)

AS_WRITTEN_BEFORE = {
    "meeting": (
        """\
RDATE:20250206T140000Z
RDATE:20250306T200000Z
""",
        """\
RDATE;TZID=Europe/Berlin:20250206T150000
RDATE;TZID=America/New_York:20250306T150000
RDATE;TZID=Europe/Berlin:20250210T090000
RDATE;TZID=Europe/Berlin:20250212T090000
EXDATE;TZID=Europe/Berlin:20250212T090000
""",
    ),
    "days": (
        """\
RRULE:FREQ=DAILY;COUNT=2;INTERVAL=26
RDATE;VALUE=DATE:20250207
""",
        """\
RRULE:FREQ=DAILY;COUNT=1
RDATE;VALUE=DATE:20250207
RDATE;VALUE=DATE:20250301
""",
    ),
    "times": (
        """\
RRULE:FREQ=DAILY;COUNT=2;INTERVAL=59
RDATE:20250204T100000Z
""",
        """\
RRULE:FREQ=DAILY;COUNT=1
RDATE;TZID=Europe/Berlin:20250403T090000
RDATE;TZID=Europe/Berlin:20250204T110000
""",
    ),
}
"""The dates of each series as a feed has them, and as the version before wrote them."""


def test_dates_in_another_form_are_the_same_schedule(life: Life) -> None:
    life.text = LISTED
    life.publish(new=tuple(AS_WRITTEN_BEFORE), zones=True)
    feed = life.feed
    for now, before in AS_WRITTEN_BEFORE.values():
        lines = [text.replace("\n", "\r\n").encode() for text in (now, before)]
        assert feed.count(lines[0]) == 1
        feed = feed.replace(*lines)
    life.published.write_bytes(feed)
    life.publish(changed=dict.fromkeys(AS_WRITTEN_BEFORE, 0), zones=True)
    life.publish()
    life.edit("2025-02-04T11:00", "2025-02-04T12:00")
    life.publish(changed={"times": 1})
    life.edit("exdate: [2025-02-12, 2025-02-17]", "exdate: [2025-02-17]")  # it adds an instance
    life.publish(changed={"meeting": 1})
