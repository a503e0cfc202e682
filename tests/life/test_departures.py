"""Events that leave a feed and come back: CREATED stays, and SEQUENCE never goes back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from support.feed_life import DOMAIN, EVERYTHING, LEFT, Life, blocks, departures, digest, stamps

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = "start: 2025-12-31"
CANCELLED = """\
start: 2025-12-31
    rdate: [2026-01-01]
    cancelled: drop
    overrides:
      - {recurrence-id: 2025-12-31, status: cancelled}
      - {recurrence-id: 2026-01-01, status: cancelled}"""


@pytest.mark.parametrize(
    "hidden",
    [
        "start: TBC",
        "start: 2025-12-31\n    status: cancelled\n    cancelled: drop",
        "start: 2025-12\n    imprecise: skip",
        CANCELLED,
        "start: TBC\n    status: postponed",
    ],
    ids=["to be confirmed", "dropped", "skipped", "no instance", "postponed"],
)
def test_an_event_leaves_and_comes_back_again_and_again(life: Life, hidden: str) -> None:
    life.publish(new=EVERYTHING)
    first = life.feed
    created = stamps(blocks(first)["party"])[0]
    life.publish()
    for sequence in (1, 2, 3):
        life.edit(SHOWN, hidden)
        life.publish(gone=("party",), left=("party",))
        assert departures(life.feed)[digest(f"party@{DOMAIN}")] == (sequence - 1, created)
        life.publish()
        assert life.address is not None or life.export("--check").code == 0
        life.edit("summary: Briefing", "summary: The briefing")
        life.publish(changed={"briefing": 0})  # what is departed stays so
        life.edit("summary: The briefing", "summary: Briefing")
        life.publish(changed={"briefing": 0})
        life.edit(hidden, SHOWN)
        life.publish(returned={"party": sequence}, left=())
        assert LEFT.sub(b"", life.feed) == life.feed
    life.edit(SHOWN, "start: 2025-12-30")
    life.publish(changed={"party": 4})


def test_departed_events_are_in_the_order_of_the_file_without_their_names(life: Life) -> None:
    life.publish(new=EVERYTHING)
    life.edit("start: 2026\n", "start: TBC\n")
    life.publish(gone=("debut",), left=("debut",))
    life.edit("start: 2025-02-01\n", "start: TBC\n")
    life.publish(gone=("announcement",), left=("announcement", "debut"))
    for name in (b"announcement", b"debut", b"Announcement"):
        assert name not in life.feed
    assert re.fullmatch(rb"[0-9a-f]{16},0,2025\d{4}T\d{6}Z", LEFT.findall(life.feed)[0])
    head, first, *others = re.split(r"(?m)^(?=  - id: )", life.text)
    life.text = head + "".join(others) + "\n" + first
    life.publish(moved=True, left=("debut", "announcement"))


def test_a_departed_event_that_is_removed_from_the_file_is_a_new_one_later(life: Life) -> None:
    life.publish(new=EVERYTHING)
    shown = life.text
    life.edit(SHOWN, "start: TBC")
    life.publish(gone=("party",), left=("party",))
    life.edit("  - id: party\n    summary: Party\n    start: TBC\n", "")
    life.publish(left=())
    life.text = shown
    life.publish(new=("party",))


def test_an_event_that_is_removed_on_purpose_is_not_remembered(life: Life) -> None:
    life.publish(new=EVERYTHING)
    shown = life.text
    life.edit("  - id: party\n    summary: Party\n    start: 2025-12-31\n", "")
    life.publish(gone=("party",), left=(), options=("--allow-removal",))
    life.text = shown
    life.publish(new=("party",))


def test_a_departed_event_may_get_another_id(life: Life) -> None:
    life.publish(new=EVERYTHING)
    life.edit(SHOWN, "start: TBC")
    life.publish(gone=("party",), left=("party",))
    life.edit("- id: party", "- id: new-years-eve\n    renamed-from: [party]")
    life.publish()
    life.edit("start: TBC", SHOWN)
    life.publish(returned={"party": 1}, left=())


@pytest.mark.parametrize(
    "options", [("--category", "x"), ("--id", "briefing"), ("--to", "2025-03-31")]
)
def test_an_event_that_a_filter_of_the_command_leaves_out(
    life: Life, options: tuple[str, ...]
) -> None:
    life.edit("summary: Briefing", "summary: Briefing\n    categories: [x]")
    life.publish(new=EVERYTHING)
    life.edit(SHOWN, "start: 2025-12-30")
    life.publish(changed={"party": 1})
    kept = {"briefing", "announcement"} if "--to" in options else {"briefing"}
    gone = tuple(name for name in EVERYTHING if name not in kept)
    life.publish(
        gone=gone, left=gone, zones="--to" in options, options=(*options, "--allow-removal")
    )
    returned = dict.fromkeys(gone, 1) | {"party": 2}
    life.publish(returned=returned, left=())


def test_the_last_day_of_a_long_span_leaves_and_comes_back(life: Life) -> None:
    life.text = life.text.partition("events:")[0] + (
        "events:\n  - {id: works, summary: Works, start: 2025-01-01, end: 2026-12-31, "
        "long-spans: endpoints}\n"
    )
    life.publish(new=("works", "works.end"))
    life.edit("endpoints", "span")
    life.publish(changed={"works": 1}, gone=("works.end",), left=("works.end",))
    life.edit("long-spans: span", "long-spans: endpoints")
    life.publish(changed={"works": 2}, returned={"works.end": 1}, left=())


def test_a_series_is_remembered_and_its_overrides_are_not(life: Life) -> None:
    life.text = life.text.partition("events:")[0] + (
        "events:\n  - {id: a, summary: A, start: 2025-03-03, rrule: FREQ=WEEKLY;COUNT=5, "
        "overrides: [{recurrence-id: 2025-03-10, summary: B}]}\n"
    )
    assert life.export().code == 0
    life.edit("summary: A", "status: cancelled, cancelled: drop, summary: A")
    assert life.export("--allow-empty").code == 0
    assert list(departures(life.feed)) == [digest(f"a@{DOMAIN}")]
    assert b"VEVENT" not in life.feed
    life.edit("status: cancelled, cancelled: drop, ", "")
    assert life.export().code == 0
    assert re.findall(rb"SEQUENCE:(\d)", life.feed) == [b"1", b"0"]


FEEDS = "\nfeeds:\n  - {id: big, name: Big, categories: [big]}\n"


def test_each_feed_remembers_what_left_it(tmp_path: Path) -> None:
    life = Life(tmp_path)
    big = life.standing.with_name("big.ics")
    life.edit("location: Bisha", "location: Bisha\n    categories: [big]")
    life.edit("summary: Party", "summary: Party\n    categories: [big]")
    life.text += FEEDS
    life.publish(new=EVERYTHING)
    created = stamps(blocks(big.read_bytes())["rally"])[0]

    life.edit("Bisha\n    categories: [big]", "Bisha\n    categories: [small]")
    said = life.publish(changed={"rally": 0})
    assert "in the file, but no longer in this feed" in said
    assert departures(big.read_bytes()) == {digest(f"rally@{DOMAIN}"): (0, created)}

    life.edit("end: 2025-06-17", "end: 2025-06-18")
    life.publish(changed={"rally": 1, "finale": 1})
    life.edit("location: Bisha", "location: Yanbu")
    life.publish(changed={"rally": 2})
    life.edit("categories: [small]", "categories: [big]")
    life.publish(changed={"rally": 2})
    assert departures(big.read_bytes()) == {}
    # As often moved as in the main feed, which is more than once more than here.
    assert stamps(blocks(big.read_bytes())["rally"]) == (created, life.now, life.now, 2)

    life.edit("start: 2025-06-03", "start: TBC")
    life.edit("end: 2025-06-18\n", "end: TBC\n")
    life.edit("start: rally.end - 2 days\n        end: rally.end", "start: TBC")
    gone = ("rally", "finale")
    life.publish(gone=gone, left=gone)
    assert list(departures(big.read_bytes())) == [digest(f"rally@{DOMAIN}")]
    life.text = life.text.replace(
        "start: TBC\n    end: TBC", "start: 2025-06-05\n    end: 2025-06-09"
    )
    life.publish(returned={"rally": 3}, left=("finale",))
    assert stamps(blocks(big.read_bytes())["rally"]) == (created, life.now, life.now, 3)


def test_an_event_that_left_the_main_feed_is_no_new_one_in_another(tmp_path: Path) -> None:
    life = Life(tmp_path)
    life.publish(new=EVERYTHING)
    created = stamps(blocks(life.feed)["debut"])[0]
    life.edit("start: 2026\n", "start: 2026-05\n")
    life.edit("name: The Rally", "name: The Rally\n  imprecise: skip")
    life.publish(gone=("debut",), left=("debut",))
    life.text += "\nfeeds:\n  - {id: vague, name: Vague, imprecise: span, ids: [debut]}\n"
    life.publish()
    feed = life.standing.with_name("vague.ics").read_bytes()
    assert stamps(blocks(feed)["debut"]) == (created, life.now, life.now, 1)


def test_a_diff_does_not_show_what_a_feed_remembers(tmp_path: Path) -> None:
    life = Life(tmp_path)
    life.publish(new=EVERYTHING)
    life.edit(SHOWN, "start: TBC")
    shown = life.export("--diff").out
    assert "-SUMMARY:Party" in shown
    assert "X-TIMELINE-LEFT" not in shown
    life.publish(gone=("party",), left=("party",))
    life.edit("start: TBC", SHOWN)
    shown = life.export("--diff").out
    assert "+SUMMARY:Party" in shown
    assert "X-TIMELINE-LEFT" not in shown


@pytest.mark.parametrize(
    "line",
    [
        *("", "x", "0123456789abcdef", "0123456789abcdef,1", "0123456789abcdef,1,2025"),
        *("0123456789abcde,1,20250101T120000Z", "0123456789ABCDEF,1,20250101T120000Z"),
        *("0123456789abcdef,-1,20250101T120000Z", "0123456789abcdef,2147483647,20250101T120000Z"),
        *("0123456789abcdef,1,20251301T120000Z", "0123456789abcdef,1,20250101T120000"),
        *("0123456789abcdef,1,20250101T120000Z,", "0123456789abcdef,1,99991231T235959Z"),
        "0123456789abcdef,1,20250101T120000Z\r\nX-TIMELINE-LEFT:0123456789abcdef,2,20250101T120000Z",
    ],
)
def test_a_malformed_line_is_damage(life: Life, line: str) -> None:
    life.publish(new=EVERYTHING)
    whole = life.feed
    start = whole.index(b"BEGIN:VTIMEZONE")
    place = b"X-TIMELINE-LEFT:" + line.encode() + b"\r\n"
    life.published.write_bytes(whole[:start] + place + whole[start:])
    said = "`X-TIMELINE-LEFT:" + line.rpartition(":")[2]
    number = whole[:start].count(b"\n") + 1 + line.count("\n")
    life.refused(2, said, f"in line {number}", "expected 16 digits", "--no-previous")
    life.published.write_bytes(whole)
    life.publish()


@pytest.mark.parametrize("change", [(b",", b",\r\n "), (b"X-TIMELINE", b"x-timeline")])
def test_a_line_that_was_written_otherwise_is_read(life: Life, change: tuple[bytes, bytes]) -> None:
    life.publish(new=EVERYTHING)
    life.edit(SHOWN, "start: TBC")
    life.publish(gone=("party",), left=("party",))
    whole = life.feed
    (line,) = re.findall(rb"X-TIMELINE-LEFT.*\r\n", whole)
    life.published.write_bytes(whole.replace(line, line.replace(*change) + line))  # twice, too
    assert life.export().code == 0
    assert life.feed == whole


def test_a_clock_that_went_back_does_not_revise_an_event_before_it_was_created(life: Life) -> None:
    life.publish(new=EVERYTHING)
    created = stamps(blocks(life.feed)["party"])[0]
    life.edit(SHOWN, "start: TBC")
    life.publish(gone=("party",), left=("party",))
    life.day = -5
    life.edit("start: TBC", SHOWN)
    assert life.export().code == 0
    assert stamps(blocks(life.feed)["party"]) == (created, created, created, 1)
