"""Two calendars are compared event by event, and each change has its kind and its words."""

# ruff: noqa: RUF001 - the en dash is the typographer's, not a mistyped hyphen

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from support.loading import CALENDAR, calendar_of_file, document_of, file_text, load_text
from support.paths import ROOT
from timeline.changes import (
    Changes,
    Side,
    as_feed,
    atom_entries,
    compare,
    json_text,
    markdown_table,
    text_lines,
)
from timeline.changes.dates import date_kind
from timeline.changes.json import changes_object
from timeline.changes.kinds import Kind
from timeline.model import as_edtf, wording_of

if TYPE_CHECKING:
    from pathlib import Path


def side_of(text: str) -> Side:
    loaded = load_text(text)
    assert loaded.is_sound, [diagnostic.message for diagnostic in loaded.diagnostics]
    return Side(loaded.calendar, loaded.anchored_dates())


def compare_events(before: list[str], after: list[str]) -> Changes:
    return compare(
        *(side_of(file_text(*events) if events else EMPTY) for events in (before, after))
    )


def lines_of(changes: Changes) -> list[str]:
    """Return the lines of the events, without the counts."""
    return list(text_lines(changes, wording_of(changes.after)))[:-2]


EMPTY = f"{CALENDAR}events: []\n"
FINALE = "id: finale, summary: Finale, "
WEEKLY = FINALE + "start: 2027-01-04, rrule: FREQ=WEEKLY;COUNT=4, "

KINDS = [
    ("added", [], [FINALE + "start: 2027-01-15"], "added: Finale, 15 January 2027"),
    ("removed", [FINALE + "start: 2027-01-15"], [], "removed: Finale, 15 January 2027"),
    (
        "renamed",
        [FINALE + "start: 2027-01-15"],
        ["id: last-stage, summary: Finale, start: 2027-01-15"],
        "renamed: Finale, finale → last-stage",
    ),
    (
        "cancelled",
        [FINALE + "start: 2027-01-15"],
        [FINALE + "start: 2027-01-15, status: cancelled"],
        "cancelled: Finale, 15 January 2027",
    ),
    (
        "cancelled moved",
        [FINALE + "start: 2027-01-15"],
        [FINALE + "start: 2027-01-16, status: cancelled"],
        "cancelled: Finale, 15 → 16 January 2027",
    ),
    (
        "reinstated moved",
        [FINALE + "start: 2027-01-15, status: cancelled"],
        [FINALE + "start: 2027-01-16"],
        "reinstated: Finale, 15 → 16 January 2027",
    ),
    (
        "reinstated",
        [FINALE + "start: 2027-01-15, status: cancelled"],
        [FINALE + "start: 2027-01-15"],
        "reinstated: Finale, 15 January 2027",
    ),
    (
        "postponed moved",
        [FINALE + "start: 2026-04-12"],
        [FINALE + "start: 2026-11-08, status: postponed, was: [2026-04-12]"],
        "postponed: Finale, 12 April 2026 → 8 November 2026",
    ),
    (
        "postponed widened",
        [FINALE + "start: 2026-04-12"],
        [FINALE + "start: TBC, status: postponed, was: [2026-04-12]"],
        "postponed: Finale, 12 April 2026 → date to be confirmed",
    ),
    (
        "moved",
        [FINALE + "start: 2027-01-15"],
        [FINALE + "start: 2027-01-16"],
        "moved: Finale, 15 → 16 January 2027",
    ),
    (
        "moved details",
        [FINALE + "start: 2027-01-15"],
        [FINALE + "start: 2027-01-16, url: 'https://x.org', categories: [race]"],
        "moved: Finale, 15 → 16 January 2027; details: page and categories",
    ),
    (
        "moved",
        [FINALE + "start: 2027-01-31"],
        [FINALE + "start: 2027-01-16"],
        "moved: Finale, 31 January 2027 → 16 January 2027",
    ),
    (
        "moved",
        [FINALE + "start: 2026-04-12"],
        [FINALE + "start: 2026-11-08"],
        "moved: Finale, 12 April 2026 → 8 November 2026",
    ),
    (
        "moved",
        [FINALE + "start: 2027-01-03, end: 2027-01-17"],
        [FINALE + "start: 2027-01-04, end: 2027-01-18"],
        "moved: Finale, 3–17 → 4–18 January 2027",
    ),
    (
        "moved",
        [FINALE + "start: 2027-01-15T09:00"],
        [FINALE + "start: 2027-01-15T10:00"],
        "moved: Finale, 15 January 2027, 09:00 → 15 January 2027, 10:00",
    ),
    (
        "moved",
        [FINALE + "start: 2027-01-15, end: .."],
        [FINALE + "start: 2027-01-15, end: 2027-01-20"],
        "moved: Finale, since 15 January 2027 → 15–20 January 2027",
    ),
    (
        "narrowed",
        [FINALE + "start: 2026"],
        [FINALE + "start: 2026-01-03"],
        "narrowed: Finale, 2026 → 3 January 2026",
    ),
    (
        "narrowed",
        [FINALE + "start: TBC"],
        [FINALE + "start: 2026-Q1"],
        "narrowed: Finale, date to be confirmed → Q1 2026",
    ),
    (
        "narrowed",
        [FINALE + "start: 2027-01-15"],
        [FINALE + "start: 2027-01-15T09:00, duration: 1 hour"],
        "narrowed: Finale, 15 January 2027 → 15 January 2027, 09:00–10:00",
    ),
    (
        "narrowed",
        [FINALE + "start: not before 2027-06"],
        [FINALE + "start: 2027-07"],
        "narrowed: Finale, not before June 2027 → July 2027",
    ),
    (
        "widened",
        [FINALE + "start: 2026-01-03"],
        [FINALE + "start: 2026-01"],
        "widened: Finale, 3 January 2026 → January 2026",
    ),
    (
        "confirmed",
        [FINALE + "start: 2027-01-15?"],
        [FINALE + "start: 2027-01-15"],
        "confirmed: Finale, perhaps 15 January 2027 → 15 January 2027",
    ),
    (
        "confirmed",
        [FINALE + "start: 2027-01-15, status: tentative"],
        [FINALE + "start: 2027-01-15, status: confirmed"],
        "confirmed: Finale, 15 January 2027",
    ),
    (
        "unconfirmed",
        [FINALE + "start: 2027-01-15"],
        [FINALE + "start: 2027-01-15~"],
        "unconfirmed: Finale, 15 January 2027 → about 15 January 2027",
    ),
    (
        "recurrence",
        [WEEKLY],
        [WEEKLY.replace("COUNT=4", "COUNT=5")],
        "recurrence: Finale, repeats every Monday, 4 times → repeats every Monday, 5 times",
    ),
    (
        "recurrence",
        [FINALE + "start: 2027-01-04"],
        [WEEKLY],
        "recurrence: Finale, no recurrence → repeats every Monday, 4 times",
    ),
    (
        "instance",
        [WEEKLY],
        [WEEKLY + "overrides: [{recurrence-id: 2027-01-11, start: 2027-01-12}]"],
        "instance: Finale, on 11 January 2027: moved to 12 January 2027",
    ),
    (
        "instance",
        [WEEKLY + "overrides: [{recurrence-id: 2027-01-11, start: 2027-01-12}]"],
        [WEEKLY],
        "instance: Finale, on 11 January 2027: as in the series",
    ),
    (
        "retitled",
        [FINALE + "start: 2026"],
        ["id: finale, summary: The finale, start: 2026"],
        "retitled: Finale → The finale",
    ),
    (
        "relocated",
        [FINALE + "start: 2026, location: Bisha"],
        [FINALE + "start: 2026, location: Shubaytah"],
        "relocated: Finale, Bisha → Shubaytah",
    ),
    (
        "details",
        [FINALE + "start: 2026, description: One, categories: [x]"],
        [FINALE + "start: 2026, description: Two, url: 'https://x.org/'"],
        "details: Finale, description, page and categories",
    ),
    (
        "moved retitled relocated",
        [FINALE + "start: 2027-01-15"],
        ["id: finale, summary: The finale, start: 2027-01-16, location: Bisha"],
        (
            "moved: The finale, 15 → 16 January 2027; retitled: Finale → The finale; "
            "relocated: no place → Bisha"
        ),
    ),
]


@pytest.mark.parametrize(("kinds", "before", "after", "line"), KINDS)
def test_each_kind_has_its_words(
    kinds: str, before: list[str], after: list[str], line: str
) -> None:
    changes = compare_events(before, after)
    (change,) = changes.events
    assert " ".join(change.kinds) == kinds
    assert lines_of(changes) == [line]


def test_every_kind_is_shown_above() -> None:
    assert {kind for kinds, *_ in KINDS for kind in kinds.split()} == set(Kind)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("start: 2027-01-15", "start: 2027-01-15, end: 2027-01-15"),
        ("start: 2027-01-03, end: 2027-01-17", "start: 2027-01-03, duration: 15 days"),
        ("start: 2027-01", "start: between 2027-01-01 and 2027-01-31"),
        ("start: 2026, categories: [a, b]", "start: 2026, categories: [b, a]"),
        ("start: 2027-01-04, rdate: [2027-01-05, 2027-01-06]",) * 2,
        (
            "start: 2027-01-04, rrule: FREQ=WEEKLY, exdate: [2027-01-11, 2027-01-18]",
            "start: 2027-01-04, rrule: FREQ=WEEKLY;INTERVAL=1, exdate: [2027-01-18, 2027-01-11]",
        ),
    ],
)
def test_another_notation_is_no_change(before: str, after: str) -> None:
    assert not compare_events([FINALE + before], [FINALE + after])


def test_an_id_that_is_in_renamed_from_is_no_change() -> None:
    after = "id: last-stage, renamed-from: [finale], summary: Finale, start: 2026"
    assert not compare_events([FINALE + "start: 2026"], [after])


def test_two_equal_events_are_not_taken_for_one_that_was_renamed() -> None:
    twice = ["id: a, summary: Stage, start: 2026", "id: b, summary: Stage, start: 2026"]
    changes = compare_events(twice, ["id: c, summary: Stage, start: 2026"])
    assert changes.counts() == {Kind.ADDED: 1, Kind.REMOVED: 2}


def test_the_note_on_an_earlier_date_is_the_reason() -> None:
    after = FINALE + "start: 2027-01-16, was: [{start: 2027-01-15, note: Wind}]"
    changes = compare_events([FINALE + "start: 2027-01-15"], [after])
    assert lines_of(changes) == ["moved: Finale, 15 → 16 January 2027 (Wind)"]


def test_a_series_that_moves_with_its_title_changes_no_instance() -> None:
    override = "overrides: [{recurrence-id: 2027-01-11, start: 2027-01-12}]"
    after = WEEKLY.replace("summary: Finale", "summary: Briefing") + override
    (change,) = compare_events([WEEKLY + override], [after]).events
    assert change.kinds == (Kind.RETITLED,)


# --- causes --------------------------------------------------------------------------------------

FOUNDING = (ROOT / "events.yaml").read_text(encoding="utf-8")


def test_one_edit_of_an_anchor_is_one_entry_with_its_followers() -> None:
    after = FOUNDING.replace("end: 2025-01-17 #", "end: 2025-01-18 #")
    changes = compare(side_of(FOUNDING), side_of(after))
    assert [(depth, change.event.id) for depth, change in changes.tree()] == [
        (0, "dakar-2025"),
        (1, "official-fleet"),
        (1, "race-programme"),
        (1, "rub-al-khali-finale"),
    ]
    assert lines_of(changes) == [
        "moved: Dakar Rally 2025, 3–17 → 3–18 January 2025",
        (
            "  A Defender fleet carries officials and VIP media throughout the race: "
            "3–17 → 3–18 January 2025, follows the end of Dakar Rally 2025"
        ),
        (
            "  Further details of the race programme are announced: some day between 3 and 17 "
            "January 2025 → some day between 3 and 18 January 2025 (widened), follows the end of "
            "Dakar Rally 2025"
        ),
        (
            "  Three-day challenge through the Rub al-Khali, where the race reaches its finale: "
            "about 15 January until 17 January 2025 → about 16 January until 18 January 2025, "
            "follows the end of Dakar Rally 2025"
        ),
    ]


CHAIN = [
    "id: rally, summary: Rally, start: 2025-01-03, end: 2025-01-17",
    "id: finale, summary: Finale, start: rally.end - 2 days",
    "id: party, summary: Party, start: finale.start + 1 day",
]


def test_a_follower_of_a_follower_stands_below_it() -> None:
    after = [CHAIN[0].replace("01-17", "01-18"), *CHAIN[1:]]
    assert lines_of(compare_events(CHAIN, after)) == [
        "moved: Rally, 3–17 → 3–18 January 2025",
        "  Finale: 15 → 16 January 2025, follows the end of Rally",
        "    Party: 16 → 17 January 2025, follows the start of Finale",
    ]


def test_an_event_whose_own_date_was_edited_moved_by_itself() -> None:
    after = [CHAIN[0].replace("01-17", "01-18"), CHAIN[1].replace("2 days", "3 days"), CHAIN[2]]
    changes = compare_events(CHAIN, after)
    assert lines_of(changes) == ["moved: Rally, 3–17 → 3–18 January 2025"]
    moved = [CHAIN[0], CHAIN[1].replace("2 days", "3 days"), CHAIN[2]]
    assert lines_of(compare_events(CHAIN, moved)) == [
        "moved: Finale, 15 → 14 January 2025",
        "  Party: 16 → 15 January 2025, follows the start of Finale",
    ]


def test_an_anchor_that_did_not_move_is_no_cause() -> None:
    """The start did not move, although the event that it is of did."""
    before = [CHAIN[0], "id: eve, summary: Eve, start: rally.start - 1 day, end: 2025-01-04"]
    after = [
        CHAIN[0].replace("01-17", "01-18"),
        "id: eve, summary: Eve, start: rally.start - 1 day, end: 2025-01-05",
    ]
    assert [change.cause for change in compare_events(before, after).events] == [None, None]


def test_an_anchor_is_the_same_after_its_id_changed() -> None:
    after = [
        CHAIN[0].replace("id: rally", "id: race, renamed-from: [rally]").replace("01-17", "01-18"),
        CHAIN[1].replace("rally.end", "race.end"),
    ]
    changes = compare_events(CHAIN[:2], after)
    assert lines_of(changes)[1] == "  Finale: 15 → 16 January 2025, follows the end of Rally"


def test_two_events_that_follow_each_other_both_have_the_cause_outside() -> None:
    before = [
        "id: c, summary: C, start: 2025-02-01",
        "id: a, summary: A, start: b.start, end: c.start",
        "id: b, summary: B, start: a.end - 3 days",
    ]
    after = [before[0].replace("02-01", "02-02"), *before[1:]]
    assert [(depth, change.event.id) for depth, change in compare_events(before, after).tree()] == [
        (0, "c"),
        (1, "a"),
        (2, "b"),
    ]


def test_another_zone_of_the_calendar_hides_no_cause_of_days() -> None:
    events = [*CHAIN[:2], "id: gala, summary: Gala, start: 2025-01-20T20:00"]
    moved = [CHAIN[0].replace("01-17", "01-18"), *events[1:]]
    other = CALENDAR.replace("Europe/Berlin", "Asia/Riyadh")
    changes = compare(side_of(file_text(*events)), side_of(file_text(*moved, calendar=other)))
    assert lines_of(changes) == [
        "moved: Rally, 3–17 → 3–18 January 2025",
        "  Finale: 15 → 16 January 2025, follows the end of Rally",
        (
            "moved: Gala, 20 January 2025, 20:00 (Europe/Berlin) → 20 January 2025, 20:00 "
            "(Asia/Riyadh)"
        ),
    ]


def test_a_time_in_another_zone_moved_by_itself() -> None:
    events = [
        "id: a, summary: A, start: 2025-01-20T20:00, timezone: UTC",
        "id: b, summary: B, start: a.start + 1 hour",
    ]
    moved = [events[0].replace("T20", "T21"), events[1]]
    other = CALENDAR.replace("Europe/Berlin", "Asia/Riyadh")
    for calendar, cause in ((CALENDAR, "a@x.org"), (other, None)):
        after = side_of(file_text(*moved, calendar=calendar))
        changes = compare(side_of(file_text(*events)), after).events
        assert [change.cause and change.cause.uid for change in changes] == [None, cause]


def test_the_end_of_a_series_has_its_cause() -> None:
    before = [
        CHAIN[0],
        "id: m, summary: M, start: 2024-12-02, rrule: {freq: weekly, until: rally.end}",
    ]
    after = [CHAIN[0].replace("01-17", "01-27"), before[1]]
    changes = compare_events(before, after)
    assert lines_of(changes)[1].endswith("follows the end of Rally")


CASES = sorted((ROOT / "tests" / "cases").glob("*/events.yaml"))


def lines_of_own_changes(before: str, after: str) -> list[str]:
    """Return the lines of an event that follows another, which moves from day 3 to day 5."""
    anchor = "id: a, summary: A, start: 2027-01-0"
    event = "id: b, summary: B, start: a.start + 1 day"
    sides = ([anchor + "3", event + before], [anchor + "5", event + after])
    return [line for line in lines_of(compare_events(*sides)) if " A, " not in line]


FOLLOWS = "4 → 6 January 2027, follows the start of A"


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("", ", status: cancelled", f"cancelled: B, {FOLLOWS}"),
        (", status: cancelled", "", f"reinstated: B, {FOLLOWS}"),
        ("", ", status: postponed", f"postponed: B, {FOLLOWS}"),
        (", location: X", ", location: Y", f"  B: {FOLLOWS}; relocated: X → Y"),
        ("", ", url: 'https://x.org/'", f"  B: {FOLLOWS}; details: page"),
        (
            ", status: cancelled, location: X",
            ", location: Y",
            f"reinstated: B, {FOLLOWS}; relocated: X → Y",
        ),
    ],
)
def test_what_else_changed_of_a_follower_is_said(before: str, after: str, line: str) -> None:
    assert lines_of_own_changes(before, after) == [line]


def test_a_cancelled_follower_is_so_in_every_output() -> None:
    events = [CHAIN[0].replace("01-17", "01-18"), CHAIN[1] + ", status: cancelled", CHAIN[2]]
    changes = compare_events(CHAIN, events)
    wording = wording_of(changes.after)
    follows = "Finale, 15 → 16 January 2025, follows the end of Rally"
    words = {event["uid"]: event["words"] for event in changes_object(changes, wording)["events"]}
    assert words["finale@x.org"] == f"cancelled: {follows}"
    table = markdown_table(changes, wording)
    assert "| Finale | cancelled: 15 → 16 January 2025, follows the end of Rally |" in table
    entries = list(atom_entries(changes, wording, lambda _: ("id", "time"), "Storm"))
    assert [entry.title for entry in entries] == [
        "Moved: Rally, 3–17 → 3–18 January 2025",
        f"Cancelled: {follows}",
        "Moved: Party, 16 → 17 January 2025, follows the start of Finale",
    ]
    assert entries[1].lines[-2:] == ("Follows the end of Rally", "Storm")
    assert entries[2].lines[-1] == "Follows the start of Finale"


def test_an_instance_that_the_series_no_longer_has_is_no_instance() -> None:
    cancelled = WEEKLY + "overrides: [{recurrence-id: 2027-01-11, status: cancelled}]"
    excepted = WEEKLY + "exdate: [2027-01-11]"
    (line,) = lines_of(compare_events([cancelled], [excepted]))
    assert line.endswith("not on 11 January 2027")
    assert "instance" not in line
    moved = WEEKLY + "overrides: [{recurrence-id: 2027-01-25, start: 2027-01-26}]"
    (line,) = lines_of(compare_events([moved], [WEEKLY.replace("COUNT=4", "COUNT=3")]))
    assert line.startswith("recurrence: ")
    assert "as in the series" not in line
    (line,) = lines_of(compare_events([moved], [WEEKLY]))
    assert line == "instance: Finale, on 25 January 2027: as in the series"


def test_an_event_that_the_feed_leaves_out_is_not_removed_from_the_file() -> None:
    feed = replace(as_feed(side_of(file_text(FINALE + "start: 2027-01-15"))), file=None)
    undated = "start: TBC, was: [{start: 2027-01-15, note: storm}]"
    file = as_feed(side_of(file_text(FINALE + undated)))
    assert lines_of(compare(feed, file)) == [
        "widened: Finale, 15 January 2027 → date to be confirmed (storm)"
    ]
    assert lines_of(compare(file, feed)) == [
        "narrowed: Finale, date to be confirmed → 15 January 2027"
    ]
    moved = "start: 2027-01-16, was: [{start: 2027-01-15, note: storm}]"
    file = as_feed(side_of(file_text(FINALE + moved)))
    assert lines_of(compare(feed, file)) == ["moved: Finale, 15 → 16 January 2027 (storm)"]
    never = as_feed(
        side_of(file_text(FINALE + "start: 2027-01-15", "id: x, summary: X, start: TBC"))
    )
    assert not compare(feed, never)


# --- feeds ---------------------------------------------------------------------------------------

OF_FEEDS = {
    "renamed: Finale, finale → last-stage": "renamed: Finale, finale@x.org → last-stage@x.org",
    "details: Finale, description, page and categories": (
        "details: Finale, description, page and categories"
    ),
}
"""The lines that a feed has instead."""


@pytest.mark.parametrize(("kinds", "before", "after", "line"), KINDS)
def test_feeds_have_the_same_kinds(
    kinds: str, before: list[str], after: list[str], line: str
) -> None:
    sides = [
        as_feed(side_of(file_text(*events) if events else EMPTY)) for events in (before, after)
    ]
    changes = compare(*sides)
    if "start: TBC" in before[0] if before else False:  # which no feed shows, but the file has
        without = [replace(side, file=None) for side in sides]
        assert [change.kind for change in compare(*without).events] == [Kind.ADDED]
    (change,) = changes.events
    assert " ".join(change.kinds) == kinds
    assert lines_of(changes) == [OF_FEEDS.get(line, line)]


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.parent.name)
def test_a_feed_has_the_dates_of_its_file(case: Path) -> None:
    calendar = calendar_of_file(case)
    feed = {event.uid: event for event in as_feed(Side(calendar)).calendar.events}
    for event in calendar.events:
        if event.uid in feed and (known := as_edtf(event.when)) and not {*known} & {*"/["}:
            assert date_kind(feed[event.uid].when, event.when) is None or event.status


# --- properties ----------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.parent.name)
def test_a_file_has_no_changes_against_itself(case: object) -> None:

    calendar = calendar_of_file(case)  # type: ignore[arg-type]
    assert not compare(Side(calendar), Side(calendar_of_file(case)))  # type: ignore[arg-type]


EVENTS = [
    {"id": f"e{number}", "summary": f"Event {number}", "start": f"2027-{number + 1:02}-05"}
    for number in range(8)
]

EDITS = {
    Kind.MOVED: {"start": "2031-01-01"},
    Kind.WIDENED: {"start": "2027"},
    Kind.UNCONFIRMED: {"start": None},
    Kind.CANCELLED: {"status": "cancelled"},
    Kind.RETITLED: {"summary": "Another title"},
    Kind.RELOCATED: {"location": "Bisha"},
    Kind.DETAILS: {"description": "Another description"},
    Kind.RECURRENCE: {"rrule": "FREQ=WEEKLY;COUNT=3"},
}


@given(
    edits=st.dictionaries(st.integers(0, 7), st.sampled_from(list(EDITS)), max_size=4),
    removed=st.sets(st.integers(0, 7), max_size=2),
    seed=st.integers(0, 1000),
)
def test_drawn_edits_have_exactly_their_kinds(
    edits: dict[int, Kind], removed: set[int], seed: int
) -> None:
    shuffle = random.Random(seed)
    edited = []
    expected = {}
    for number, event in enumerate(EVENTS):
        if number in removed:
            expected[event["id"]] = (Kind.REMOVED,)
            continue
        edit = dict(EDITS[edits[number]]) if number in edits else {}
        if edit.get("start", "") is None:
            edit["start"] = f"{event['start']}~"
        if edit:
            expected[event["id"]] = (edits[number],)
        items = [*{**event, **edit}.items()]
        shuffle.shuffle(items)
        edited.append(dict(items))
    shuffle.shuffle(edited)
    head = {"calendar": {"id": "x.org", "name": "X", "timezone": "Europe/Berlin"}}
    before, after = (side_of(json.dumps({**head, "events": events})) for events in (EVENTS, edited))
    changes = compare(before, after)
    assert {change.event.id: change.kinds for change in changes.events} == expected


@given(seed=st.integers(0, 10_000))
def test_the_order_of_events_and_keys_is_no_change(seed: int) -> None:
    shuffle = random.Random(seed)
    events = [dict(shuffle.sample([*event.items()], len(event))) for event in EVENTS]
    shuffle.shuffle(events)
    head = {"calendar": {"id": "x.org", "name": "X"}}
    sides = (side_of(json.dumps({**head, "events": items})) for items in (EVENTS, events))
    assert not compare(*sides)


# --- JSON ----------------------------------------------------------------------------------------


def test_json_has_both_sides_and_the_cause() -> None:
    after = [CHAIN[0].replace("01-17", "01-18"), *CHAIN[1:2]]
    changes = compare_events(CHAIN[:2], after)
    document = json.loads(json_text(changes, wording_of(changes.after)))
    assert document["counts"] == {"moved": 2}
    rally, finale = document["events"]
    assert rally["cause"] is None
    assert finale == {
        "kind": "moved",
        "also": [],
        "uid": "finale@x.org",
        "words": "Finale: 15 → 16 January 2025, follows the end of Rally",
        "before": {
            "id": "finale",
            "title": "Finale",
            "status": None,
            "location": None,
            "date": {
                "start": "2025-01-15",
                "end": None,
                "edtf": "2025-01-15",
                "words": "15 January 2025",
            },
        },
        "after": {
            "id": "finale",
            "title": "Finale",
            "status": None,
            "location": None,
            "date": {
                "start": "2025-01-16",
                "end": None,
                "edtf": "2025-01-16",
                "words": "16 January 2025",
            },
        },
        "cause": {"uid": "rally@x.org", "edge": "end"},
        "reason": None,
    }


def test_the_same_input_gives_the_same_bytes() -> None:
    before, after = [*CHAIN], [CHAIN[0].replace("01-17", "01-18"), *CHAIN[1:]]
    texts = {
        json_text(compare_events(before, order), wording_of(side_of(EMPTY).calendar))
        for order in (after, after[::-1])
    }
    assert len(texts) == 1


# --- postponed, in a feed ------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt-BR", "ja", "ar"])
@pytest.mark.parametrize("start", ["TBC", "2027-03-01", "2027"])
def test_a_feed_says_that_an_event_is_postponed_in_every_language(
    language: str, start: str
) -> None:
    pytest.importorskip("babel")
    head = f"calendar: {{id: x.org, name: X, language: {language}}}\n"
    texts = (
        "id: a, summary: Finale, start: 2027-01-15",
        f"id: a, summary: Finale, start: {start}, status: postponed, was: [2027-01-15]",
        "id: a, summary: Finale, start: 2027-01-15, status: cancelled",
    )
    old, postponed, cancelled = (as_feed(side_of(file_text(t, calendar=head))) for t in texts)
    (change,) = compare(old, postponed).events
    assert change.kind is Kind.POSTPONED
    assert change.event.summary == "Finale"
    (change,) = compare(postponed, old).events
    assert change.kind is Kind.REINSTATED
    (change,) = compare(postponed, cancelled).events
    assert change.kind is Kind.CANCELLED


def test_a_title_that_begins_with_postponed_is_not_postponed() -> None:
    texts = (
        'id: a, summary: "Postponed: a play", start: 2027-01-15, status: confirmed',
        'id: a, summary: "Postponed: a play", start: 2027-01-15, status: tentative',
    )
    sides = (as_feed(side_of(file_text(text))) for text in texts)
    (change,) = compare(*sides).events
    assert change.kind is Kind.UNCONFIRMED


# --- every kind, and every case ------------------------------------------------------------------


def numbered(events: list[str], number: int) -> list[str]:
    """Return the events of a row of `KINDS` with separate ids and titles."""
    return [
        event.replace("id: finale", f"id: f{number}")
        .replace("id: last-stage", f"id: l{number}")
        .replace("inale", f"inale {number}")
        for event in events
    ]


@given(
    rows=st.lists(st.integers(0, len(KINDS) - 1), unique=True, max_size=6),
    seed=st.integers(0, 1000),
)
def test_drawn_edits_of_every_kind_have_exactly_their_kinds(rows: list[int], seed: int) -> None:
    before, after = (
        [event for row in rows for event in numbered(KINDS[row][side], row)] for side in (1, 2)
    )
    shuffle = random.Random(seed)
    shuffle.shuffle(before)
    shuffle.shuffle(after)
    changes = compare_events(before, after)
    kinds = {int(change.event.id[1:]): " ".join(change.kinds) for change in changes.events}
    assert kinds == {row: KINDS[row][0] for row in rows}
    assert len(changes.events) == len(rows)


def shuffled(value: Any, shuffle: random.Random, key: str = "") -> Any:
    """Return data with its keys, and its lists of events, in another order."""
    if isinstance(value, dict):
        keys = shuffle.sample([*value], len(value))
        return {name: shuffled(value[name], shuffle, name) for name in keys}
    if isinstance(value, list):
        items = [shuffled(item, shuffle) for item in value]
        return shuffle.sample(items, len(items)) if key == "events" else items
    return value


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.parent.name not in ("include", "teams")],
    ids=lambda p: p.parent.name,
)
def test_the_order_of_the_events_and_keys_of_a_case_is_no_change(case: Path) -> None:
    text = case.read_text(encoding="utf-8")
    data = document_of(text).data
    other = shuffled(data, random.Random(1))
    assert json.dumps(other) != json.dumps(data)
    assert not compare(side_of(text), side_of(json.dumps(other, ensure_ascii=False)))
