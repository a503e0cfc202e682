"""The comparison of two feeds: what their subscribers see, and what they would miss."""

from __future__ import annotations

import pytest

from support.feed_changes import compare_feeds

FEED = b"""\
BEGIN:VCALENDAR
BEGIN:VEVENT
UID:a@example.org
DTSTAMP:20250101T120000Z
CREATED:20250101T120000Z
LAST-MODIFIED:20250101T120000Z
SEQUENCE:2
DTSTART;VALUE=DATE:20250103
SUMMARY:Rally
BEGIN:VALARM
TRIGGER:-PT15M
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:a@example.org
RECURRENCE-ID;VALUE=DATE:20250110
DTSTAMP:20250101T120000Z
LAST-MODIFIED:20250101T120000Z
SEQUENCE:0
DTSTART;VALUE=DATE:20250111
SUMMARY:Rally
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")

SECOND = FEED.rindex(b"BEGIN:VEVENT")
STAMP, LATER, EARLIER = b"20250101T120000Z", b"20250202T120000Z", b"20241231T120000Z"


def stamped(feed: bytes, stamp: bytes = LATER, sequence: bytes = b"3") -> bytes:
    """Return a feed whose first event has other timestamps."""
    first, second = feed[: feed.rindex(b"BEGIN:VEVENT")], feed[feed.rindex(b"BEGIN:VEVENT") :]
    created = first.replace(b"CREATED:" + STAMP, b"CREATED:created")
    moved = created.replace(STAMP, stamp).replace(b"CREATED:created", b"CREATED:" + STAMP)
    return moved.replace(b"SEQUENCE:2", b"SEQUENCE:" + sequence) + second


def test_the_same_feed_has_no_change() -> None:
    changes = compare_feeds(FEED, FEED)
    assert (changes.added, changes.removed, changes.changed, changes.faults) == ([], [], [], [])


def test_folds_and_the_order_of_properties_are_no_content() -> None:
    refolded = FEED.replace(b"SUMMARY:Rally", b"SUMMARY:Ra\r\n lly")
    swapped = FEED.replace(b"SEQUENCE:2\r\n", b"").replace(
        b"SUMMARY:Rally\r\nBEGIN:VALARM", b"SUMMARY:Rally\r\nSEQUENCE:2\r\nBEGIN:VALARM"
    )
    for feed in (refolded, swapped):
        assert compare_feeds(FEED, feed) == compare_feeds(FEED, FEED)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"SUMMARY:Rally\r\nBEGIN", b"SUMMARY:The rally\r\nBEGIN"),
        (b"DTSTART;VALUE=DATE:20250103", b"DTSTART;VALUE=DATE:20250104"),
        (b"DTSTART;VALUE=DATE:20250103", b"DTSTART;TZID=UTC:20250103"),
        (b"TRIGGER:-PT15M", b"TRIGGER:-PT30M"),
        (b"BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n", b""),
    ],
)
def test_a_change_needs_a_timestamp(old: bytes, new: bytes) -> None:
    changed = FEED.replace(old, new, 1)
    assert changed != FEED
    changes = compare_feeds(FEED, stamped(changed))
    assert [key.recurrence_id for key in changes.changed] == [None]
    assert changes.faults == []
    changes = compare_feeds(FEED, changed)
    assert changes.faults == ["a@example.org: the content changed, and no timestamp did"]


@pytest.mark.parametrize("stamp", [b"DTSTAMP", b"LAST-MODIFIED", b"SEQUENCE"])
def test_any_timestamp_announces_a_change(stamp: bytes) -> None:
    changed = FEED.replace(b"SUMMARY:Rally", b"SUMMARY:The rally", 1)
    value = b"2" if stamp == b"SEQUENCE" else STAMP
    later = b"3" if stamp == b"SEQUENCE" else LATER
    changed = changed.replace(b"\r\n" + stamp + b":" + value, b"\r\n" + stamp + b":" + later, 1)
    assert compare_feeds(FEED, changed).faults == []


def test_timestamps_without_a_change() -> None:
    changes = compare_feeds(FEED, stamped(FEED))
    assert changes.changed == []
    assert changes.faults == ["a@example.org: only the timestamps changed"]


def test_timestamps_that_go_back() -> None:
    changed = FEED.replace(b"SUMMARY:Rally", b"SUMMARY:The rally", 1)
    assert compare_feeds(FEED, stamped(changed, EARLIER, b"1")).faults == [
        "a@example.org: DTSTAMP went back from 20250101T120000Z to 20241231T120000Z",
        "a@example.org: LAST-MODIFIED went back from 20250101T120000Z to 20241231T120000Z",
        "a@example.org: SEQUENCE went back from 2 to 1",
    ]
    missing = stamped(changed).replace(b"SEQUENCE:3\r\n", b"")
    assert compare_feeds(FEED, missing).faults == ["a@example.org: SEQUENCE went back from 2 to 0"]


def test_events_come_and_go() -> None:
    without = FEED[:SECOND] + b"END:VCALENDAR\r\n"
    assert [key.recurrence_id for key in compare_feeds(without, FEED).added] == ["20250110"]
    assert [key.recurrence_id for key in compare_feeds(FEED, without).removed] == ["20250110"]
    assert compare_feeds(FEED, without).faults == []


def test_an_event_under_another_uid() -> None:
    renamed = FEED.replace(b"UID:a@", b"UID:b@", 1)
    changes = compare_feeds(FEED, renamed)
    assert changes.faults == ["a@example.org: the same event is now b@example.org"]
    retitled = renamed.replace(b"SUMMARY:Rally", b"SUMMARY:The rally", 1)
    assert compare_feeds(FEED, retitled).faults == []
