"""What a published feed said: stamps that follow content, and nothing lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.formats.ics.stamps import Stamps
from timeline.publishing.feed import PublishedFeed, parse_feed, without_stamps
from timeline.publishing.feed_text import DamagedFeed
from timeline.publishing.ledger import (
    Change,
    ForeignFeed,
    Ledger,
    check_same_calendar,
    classify_change,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.formats.ics.stamps import EventKey

unhurried = settings(deadline=None)  # tests are no place for clocks
OLD = "20250101T120000Z"
NOW = "20260202T101500Z"
LATER = "20270303T000000Z"


def event(uid: str = "final@cup", *lines: str, recurrence_id: str | None = None) -> bytes:
    """A VEVENT as the renderer gives it to the ledger: without stamps."""
    own = lines or ("DTSTART;VALUE=DATE:20250103", "DTEND;VALUE=DATE:20250104", "SUMMARY:Final")
    instance = (f"RECURRENCE-ID;VALUE=DATE:{recurrence_id}",) if recurrence_id else ()
    return crlf("BEGIN:VEVENT", f"UID:{uid}", *instance, *own, "END:VEVENT")


def crlf(*lines: str) -> bytes:
    return "".join(line + "\r\n" for line in lines).encode()


def key_of(content: bytes) -> EventKey:
    text = content.decode()
    uid = re.search(r"\nUID:(.*)\r", text)
    instance = re.search(r"\nRECURRENCE-ID.*:(.*)\r", text)
    assert uid
    return uid[1], instance[1] if instance else None


def stamped(content: bytes, stamps: Stamps) -> bytes:
    lines = crlf(
        f"DTSTAMP:{stamps.dtstamp}",
        f"CREATED:{stamps.created}",
        f"LAST-MODIFIED:{stamps.last_modified}",
        f"SEQUENCE:{stamps.sequence}",
    )
    first, uid, rest = content.split(b"\r\n", 2)
    return first + b"\r\n" + uid + b"\r\n" + lines + rest


def feed(*blocks: bytes, name: str = "Cup") -> bytes:
    head = crlf("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//timeline//EN", f"NAME:{name}")
    return head + b"".join(blocks) + crlf("END:VCALENDAR")


def export(contents: list[bytes], previous: bytes | None, now: str) -> tuple[bytes, Ledger]:
    books = Ledger(now, parse_feed(previous, "old.ics") if previous is not None else None)
    return feed(*[stamped(c, books.stamp(key_of(c), c)) for c in contents]), books


def stamps_of(
    before: PublishedFeed | None,
    key: EventKey,
    content: bytes,
    now: str,
    main: PublishedFeed | None = None,
) -> Stamps:
    return Ledger(now, before, main).stamp(key, content)


def published(content: bytes, sequence: int = 4) -> PublishedFeed:
    return parse_feed(feed(stamped(content, Stamps(OLD, OLD, OLD, sequence))), "old.ics")


FINAL = event()
KEY = key_of(FINAL)


# --- stamps -------------------------------------------------------------------------------------


def test_an_event_that_was_never_published_is_made_now() -> None:
    assert stamps_of(None, KEY, FINAL, NOW) == Stamps(NOW, NOW, NOW, 0)
    assert stamps_of(published(event("other@cup")), KEY, FINAL, NOW) == Stamps(NOW, NOW, NOW, 0)


def test_an_event_that_is_the_same_keeps_its_stamps() -> None:
    stamps = Stamps("20250103T000000Z", "20250101T000000Z", "20250102T000000Z", 7)
    before = parse_feed(feed(stamped(FINAL, stamps)), "old.ics")
    assert stamps_of(before, KEY, FINAL, NOW) == stamps


def test_a_new_title_moves_the_times_and_not_the_sequence() -> None:
    retitled = FINAL.replace(b"Final", b"Grand final")
    assert stamps_of(published(FINAL), KEY, retitled, NOW) == Stamps(NOW, OLD, NOW, 4)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("DTSTART;VALUE=DATE:20250103", "DTSTART;VALUE=DATE:20250102"),
        ("DTSTART;VALUE=DATE:20250103", "DTSTART:20250103T120000Z"),
        ("DTSTART;TZID=Europe/Paris:20250103T100000", "DTSTART;TZID=Asia/Tokyo:20250103T100000"),
        ("DTEND;VALUE=DATE:20250104", "DTEND;VALUE=DATE:20250105"),
        ("DTEND;VALUE=DATE:20250104", "SUMMARY:no end"),
        ("RRULE:FREQ=YEARLY", "RRULE:FREQ=YEARLY;COUNT=3"),
        ("RDATE;VALUE=DATE:20250110", "RDATE;VALUE=DATE:20250110,20250117"),
        ("EXDATE;VALUE=DATE:20250110", "EXDATE;VALUE=DATE:20250111"),
        ("STATUS:CONFIRMED", "STATUS:CANCELLED"),
        ("SUMMARY:a", "STATUS:CANCELLED"),
        ("LOCATION:Paris", "LOCATION:Lyon"),
        ("LOCATION:Paris\\, France", "LOCATION:Paris\\; France"),
    ],
)
def test_a_reschedule_raises_the_sequence_by_one(before: str, after: str) -> None:
    now = stamps_of(published(event("a@cup", before)), ("a@cup", None), event("a@cup", after), NOW)
    assert now == Stamps(NOW, OLD, NOW, 5)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUMMARY:a", "SUMMARY:b"),
        ("DTSTART;VALUE=DATE:20250103", "DTSTART;value=date:20250103"),
        ("DTSTART;X-A=1;VALUE=DATE:20250103", "DTSTART;VALUE=DATE;X-A=1:20250103"),
        ("DTSTART:20250103T120000Z", "DTSTART;VALUE=DATE-TIME:20250103T120000Z"),
        (
            'DTSTART;TZID="Europe/Paris":20250103T100000',
            "DTSTART;TZID=Europe/Paris:20250103T100000",
        ),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO,TU", "RRULE:BYDAY=TU,MO;FREQ=WEEKLY;INTERVAL=1"),
        ("EXDATE:20250103T120000Z,20250110T120000Z", "EXDATE:20250110T120000Z,20250103T120000Z"),
        ("STATUS:confirmed", "STATUS:CONFIRMED"),
        ("LOCATION:a\\nb", "LOCATION:a\\Nb"),
    ],
)
def test_the_same_values_written_otherwise_are_no_reschedule(before: str, after: str) -> None:
    now = stamps_of(published(event("a@cup", before)), ("a@cup", None), event("a@cup", after), NOW)
    assert now == Stamps(NOW, OLD, NOW, 4)


BERLIN = "DTSTART;TZID=Europe/Berlin:20270315T100000"
WEEKLY = (BERLIN, "RRULE:FREQ=WEEKLY;COUNT=3")
DAYS = ("DTSTART;VALUE=DATE:20270315",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            (*WEEKLY, "RDATE;TZID=Europe/Berlin:20270401T140000"),
            (*WEEKLY, "RDATE:20270401T120000Z"),
        ),
        (
            (*WEEKLY, "RDATE;TZID=America/New_York:20270318T060000"),
            (*WEEKLY, "RDATE:20270318T100000Z"),
        ),
        ((*WEEKLY, "RDATE;TZID=Europe/Berlin:20270329T100000"), WEEKLY),
        ((*WEEKLY, "RDATE;TZID=America/New_York:20270329T040000"), WEEKLY),
        ((*WEEKLY, "RDATE:20270315T090000Z"), WEEKLY),
        ((*WEEKLY, "RDATE:20270401T120000Z,20270401T120000Z"), (*WEEKLY, "RDATE:20270401T120000Z")),
        ((*WEEKLY, "RDATE:20270401T120000Z", "EXDATE:20270401T120000Z"), WEEKLY),
        (
            (*WEEKLY, "EXDATE;TZID=Europe/Berlin:20270329T100000"),
            (*WEEKLY, "EXDATE:20270329T080000Z"),
        ),
        (
            (*DAYS, "RRULE:FREQ=DAILY;COUNT=1", "RDATE;VALUE=DATE:20270320,20270501"),
            (*DAYS, "RRULE:FREQ=DAILY;COUNT=2;INTERVAL=47", "RDATE;VALUE=DATE:20270320"),
        ),
        (
            (BERLIN, "RRULE:FREQ=DAILY;COUNT=1", "RDATE;TZID=Europe/Berlin:20270501T100000"),
            (BERLIN, "RRULE:FREQ=DAILY;COUNT=2;INTERVAL=47"),
        ),
        ((*DAYS, "RDATE;VALUE=DATE:20270320"), (*DAYS, "RRULE:FREQ=DAILY;COUNT=2;INTERVAL=5")),
    ],
)
def test_the_same_instances_written_otherwise_are_no_reschedule(
    before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    old, new = event("a@cup", *before), event("a@cup", *after)
    assert stamps_of(published(old), ("a@cup", None), new, NOW) == Stamps(NOW, OLD, NOW, 4)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (WEEKLY, (*WEEKLY, "RDATE:20270401T120000Z")),
        (WEEKLY, (*WEEKLY, "EXDATE;TZID=Europe/Berlin:20270329T100000")),
        (
            (*WEEKLY, "RDATE:20270329T080000Z"),
            (*WEEKLY, "EXDATE;TZID=Europe/Berlin:20270329T100000"),
        ),
        (
            (*WEEKLY, "RDATE;TZID=Europe/Berlin:20270401T120000"),
            (*WEEKLY, "RDATE:20270401T120000Z"),
        ),
        (
            (*DAYS, "RRULE:FREQ=DAILY;COUNT=1", "RDATE;VALUE=DATE:20270320,20270501"),
            (*DAYS, "RRULE:FREQ=DAILY;COUNT=2;INTERVAL=47"),
        ),
        # What cannot be read is compared as it is written.
        ((*WEEKLY, "RDATE:20270401T120000"), (*WEEKLY, "RDATE:20270401T120000Z")),
        ((*WEEKLY, "RDATE;TZID=Mars:20270401T120000"), (*WEEKLY, "RDATE:20270401T120000Z")),
        ((*WEEKLY, "RDATE;VALUE=DATE:20270401"), (*WEEKLY, "RDATE:20270401T120000Z")),
        (
            (*WEEKLY, "RDATE;VALUE=PERIOD:20270401T120000Z/PT1H"),
            (*WEEKLY, "RDATE:20270401T120000Z"),
        ),
        ((*WEEKLY, WEEKLY[1], "RDATE:20270401T120000Z"), (*WEEKLY, "RDATE:20270402T120000Z")),
        ((BERLIN, "RRULE:FREQ=SOON", "RDATE:20270401T120000Z"), (BERLIN, "RDATE:20270401T120000Z")),
        ((*DAYS, "RDATE;VALUE=DATE:99991231"), (*DAYS, "RDATE;VALUE=DATE:20270320")),
    ],
)
def test_other_instances_are_a_reschedule(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    old, new = event("a@cup", *before), event("a@cup", *after)
    assert stamps_of(published(old), ("a@cup", None), new, NOW) == Stamps(NOW, OLD, NOW, 5)


def test_what_an_alarm_says_is_no_reschedule() -> None:
    alarm = ("BEGIN:VALARM", "UID:alarm", "TRIGGER:-P1D", "STATUS:x", "CREATED:never", "END:VALARM")
    before = event("a@cup", "SUMMARY:a", *alarm)
    after = before.replace(b"STATUS:x", b"STATUS:y")
    assert stamps_of(published(before), ("a@cup", None), before, NOW).dtstamp == OLD
    assert stamps_of(published(before), ("a@cup", None), after, NOW) == Stamps(NOW, OLD, NOW, 4)


def test_stamps_never_go_back_whatever_the_clock_says() -> None:
    ahead = Stamps("20991231T235958Z", OLD, "20991231T235959Z", 0)
    before = parse_feed(feed(stamped(FINAL, ahead)), "old.ics")
    moved = "21000101T000000Z"
    assert stamps_of(before, KEY, FINAL.replace(b"Final", b"x"), NOW) == Stamps(
        moved, OLD, moved, 0
    )


def test_folding_and_order_of_lines_are_not_content() -> None:
    before = event("a@cup", "SUMMARY:a", "DESCRIPTION:one two", "CATEGORIES:x")
    after = event("a@cup", "CATEGORIES:x", "DESCRIPTION:one", "  two", "SUMMARY:a")
    assert stamps_of(published(before), ("a@cup", None), after, NOW) == Stamps(OLD, OLD, OLD, 4)


def test_two_alarms_that_swap_lines_are_other_alarms() -> None:
    def with_alarms(first: str, second: str) -> bytes:
        return event(
            "a@cup",
            *("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{first}", "DESCRIPTION:a", "END:VALARM"),
            *("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{second}", "DESCRIPTION:b", "END:VALARM"),
        )

    before = published(with_alarms("-P1D", "-P2D"))
    assert classify_change(before, ("a@cup", None), with_alarms("-P2D", "-P1D")) is Change.EDITED


def test_an_instance_has_stamps_of_its_own() -> None:
    series = event("a@cup", "DTSTART;VALUE=DATE:20250103", "RRULE:FREQ=WEEKLY")
    moved = event("a@cup", "DTSTART;VALUE=DATE:20250111", recurrence_id="20250110")
    text, _ = export([series, moved], None, OLD)
    later, books = export([series, moved.replace(b"0111", b"0112")], text, NOW)
    assert books.changes == {
        ("a@cup", None): Change.SAME,
        ("a@cup", "20250110"): Change.RESCHEDULED,
    }
    assert parse_feed(later, "x").stamps(("a@cup", "20250110")).sequence == 1


def test_an_event_new_to_a_side_feed_takes_its_past_from_the_main_feed() -> None:
    main = parse_feed(feed(stamped(FINAL, Stamps(OLD, OLD, OLD, 3))), "main.ics")
    side = parse_feed(feed(), "side.ics")
    assert stamps_of(side, KEY, FINAL, NOW, main=main) == Stamps(NOW, OLD, NOW, 3)
    assert stamps_of(None, KEY, FINAL, NOW, main=main) == Stamps(NOW, OLD, NOW, 3)
    assert stamps_of(published(FINAL), KEY, FINAL, NOW, main=main) == Stamps(OLD, OLD, OLD, 4)


def test_nothing_was_changed_before_it_was_made() -> None:
    main = parse_feed(feed(stamped(FINAL, Stamps(LATER, LATER, LATER, 3))), "main.ics")
    assert stamps_of(None, KEY, FINAL, NOW, main=main) == Stamps(LATER, LATER, LATER, 3)


# --- how an event changed ----------------------------------------------------------------------


def test_a_property_that_no_event_had_differs_from_an_edit() -> None:
    first, second = (
        event("a@cup", "SUMMARY:a"),
        event("b@cup", "SUMMARY:b", "URL:https://b.example/"),
    )
    text, _ = export([first, second], None, OLD)
    wider = [event("a@cup", "SUMMARY:a", "X-NEW:1"), event("b@cup", "SUMMARY:b2", "X-NEW:1")]
    _, books = export(wider, text, NOW)
    assert list(books.changes.values()) == [Change.WIDER, Change.EDITED]
    assert books.count(Change.WIDER) == 1
    assert stamps_of(books.published, ("a@cup", None), wider[0], NOW) == Stamps(NOW, OLD, NOW, 0)
    given = event("a@cup", "SUMMARY:a", "URL:https://a.example/")
    assert classify_change(books.published, ("a@cup", None), given) is Change.EDITED


def test_a_calendars_own_property_is_not_an_events() -> None:
    text = feed(stamped(FINAL, Stamps(OLD, OLD, OLD, 0)))
    text = text.replace(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nX-NEW:1\r\n")
    wider = FINAL.replace(b"END:VEVENT", b"X-NEW:1\r\nEND:VEVENT")
    assert classify_change(parse_feed(text, "x"), KEY, wider) is Change.WIDER


@pytest.mark.parametrize(
    "lines",
    [
        ("URL:https://a.example/",),
        ("DESCRIPTION:a",),
        ("CATEGORIES:a",),
        ("COLOR:red",),
        ("TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"),
        ("RELATED-TO:b@cup",),
        ("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:a", "TRIGGER:-P1D", "END:VALARM"),
    ],
)
def test_the_first_of_what_authors_write_is_an_edit(lines: tuple[str, ...]) -> None:
    key = ("a@cup", None)
    before, after = event("a@cup", "SUMMARY:a"), event("a@cup", "SUMMARY:a", *lines)
    assert classify_change(published(before), key, after) is Change.EDITED
    wider = event("a@cup", "SUMMARY:a", "X-NEW:1")
    _, ledger = export([after], published(before).feed, NOW)
    assert stamps_of(ledger.published, key, wider, NOW) == stamps_of(
        ledger.published, key, after, NOW
    )


def test_what_was_published_and_is_gone_is_named_in_order() -> None:
    contents = [event(f"{name}@cup") for name in "zebra"]
    text, _ = export(contents, None, OLD)
    _, books = export([contents[2], event("new@cup")], text, NOW)
    assert books.removed_keys() == [
        ("z@cup", None),
        ("e@cup", None),
        ("r@cup", None),
        ("a@cup", None),
    ]
    assert Ledger(NOW).removed_keys() == []


def test_a_feed_without_stamps_is_for_comparing() -> None:
    contents = [event("a@cup"), event("b@cup")]
    earlier, later = export(contents, None, OLD)[0], export(contents, None, NOW)[0]
    assert earlier != later
    bare = without_stamps(parse_feed(earlier, "x"))
    assert bare == without_stamps(parse_feed(later, "x")) == feed(*contents)


# --- reading ------------------------------------------------------------------------------------


def test_what_a_feed_says_of_itself() -> None:
    before = parse_feed(
        feed(FINAL.replace(b"SUMMARY", b"DTSTAMP:20250101T120000Z\r\nSUMMARY"), name="A\\, b"), "x"
    )
    assert (before.calendar_name, before.prodid) == ("A, b", "-//timeline//EN")
    assert list(before.events) == [KEY]
    assert before.content(KEY) == FINAL
    assert before.block(KEY).count(b"DTSTAMP") == 1


def test_uids_are_read_as_text() -> None:
    content = event("a\\,b@long-" + "x" * 40 + "\r\n " + "y" * 40)
    uid = "a,b@long-" + "x" * 40 + "y" * 40
    block = content.replace(b"DTSTART", b"DTSTAMP:20250101T120000Z\r\nDTSTART")
    before = parse_feed(feed(block), "x")
    assert list(before.events) == [(uid, None)]
    assert classify_change(before, (uid, None), content) is Change.SAME


@pytest.mark.parametrize(
    "mangled",
    [
        lambda text: text.replace(b"\r\n", b"\n"),
        lambda text: text.replace(b"\r\n", b"\n", 7),
        lambda text: b"\xef\xbb\xbf" + text,
        lambda text: text.rstrip(),
        lambda text: text + b"\r\n\r\n",
        lambda text: text.replace(b"DTSTAMP:", b'dtstamp;X-A="b:c";VALUE=DATE-TIME:'),
        lambda text: text.replace(b"T120000Z", b"T12\r\n 0000Z"),
    ],
)
def test_what_tools_do_to_a_feed_is_forgiven(mangled: Callable[[bytes], bytes]) -> None:
    text = mangled(feed(stamped(FINAL, Stamps(OLD, OLD, OLD, 3))))
    before = parse_feed(text, "x")
    assert stamps_of(before, KEY, FINAL, NOW) == Stamps(OLD, OLD, OLD, 3)


def test_stamps_that_are_missing_or_elsewhere_are_forgiven() -> None:
    only = FINAL.replace(b"SUMMARY", b"DTSTAMP:20250101T120000Z\r\nSUMMARY")
    assert stamps_of(parse_feed(feed(only), "x"), KEY, FINAL, NOW) == Stamps(OLD, OLD, OLD, 0)
    apart = FINAL.replace(b"UID", b"SEQUENCE:2\r\nUID").replace(
        b"END:VEVENT", b"CREATED:20240101T000000Z\r\nDTSTAMP:20250101T120000Z\r\nEND:VEVENT"
    )
    assert stamps_of(parse_feed(feed(apart), "x"), KEY, FINAL, NOW) == Stamps(
        OLD, "20240101T000000Z", OLD, 2
    )


def test_what_a_description_says_is_no_stamp_and_no_marker() -> None:
    content = event(
        "a@cup", "DESCRIPTION:x", " DTSTAMP:never", " ", " <<<<<<< HEAD", " BEGIN:VEVENT"
    )
    before = published(content)
    assert before.content(("a@cup", None)) == content


WHOLE = feed(stamped(FINAL, Stamps(OLD, OLD, OLD, 0)))
AFTER_THE_END = WHOLE + stamped(event("late@cup"), Stamps(OLD, OLD, OLD, 0)) + crlf("END:VCALENDAR")
"""Readers disagree on such an event, so a history that contains it is not continued."""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (
            WHOLE.replace(b"SUMMARY", b"<<<<<<< HEAD\r\nSUMMARY"),
            "conflict markers: `<<<<<<< HEAD` in line 13",
        ),
        (WHOLE.replace(b"SUMMARY", b"=======\r\nSUMMARY"), "conflict markers"),
        (WHOLE.replace(b"SUMMARY", b">>>>>>> side\r\nSUMMARY"), "conflict markers"),
        (b"<<<<<<< HEAD\n" + WHOLE, "conflict markers: `<<<<<<< HEAD` in line 1"),
        (WHOLE + b">>>>>>> side\n", "conflict markers"),
        (b"<!DOCTYPE html>\n<html>\n<p>Sign in\n</html>", "is a web page"),
        (b"\n  <html></html>", "is a web page"),
        (b'{"error": "not found"}', 'begins with `{"error": "not found"}`'),
        (WHOLE.removeprefix(b"BEGIN:VCALENDAR\r\n"), "begins with `VERSION:2.0`"),
        (WHOLE[:150], "is cut off"),
        (WHOLE.removesuffix(b"END:VCALENDAR\r\n"), "is cut off: it ends with `END:VEVENT`"),
        (WHOLE.replace(b"END:VEVENT\r\n", b""), "unexpected `END:VCALENDAR`"),
        (WHOLE.replace(b"BEGIN:VEVENT\r\n", b""), "unexpected `END:VEVENT`"),
        (WHOLE + WHOLE, "unexpected `BEGIN:VCALENDAR`"),
        (AFTER_THE_END, "unexpected `BEGIN:VEVENT` in line 16"),
        (
            AFTER_THE_END.replace(b"BEGIN:VEVENT", b"begin:vevent"),
            "unexpected `begin:vevent` in line 16",
        ),
        (WHOLE + b"END:VCALENDAR\r\n", "unexpected `END:VCALENDAR` in line 16"),
        (WHOLE + crlf("BEGIN:VTODO", "END:VTODO", "END:VCALENDAR"), "unexpected `END:VCALENDAR`"),
        (WHOLE.replace(b"SUMMARY:Final", b"SUMMARY:Fin\xe4l"), "is not UTF-8 in line 13"),
        (WHOLE.decode().encode("utf-16"), "has a NUL byte"),
        (WHOLE[:100] + bytes(400), "has a NUL byte in line"),
        (
            WHOLE.replace(b"SUMMARY:Final", b"Final"),
            "has `Final` in line 13, expected a content line",
        ),
        (WHOLE.replace(b"DTSTAMP", b"X-STAMP"), "`final@cup` without a DTSTAMP, in line 5"),
        (WHOLE.replace(b"UID", b"X-UID"), "an event without a UID, in line 5"),
        (WHOLE.replace(b"UID:final@cup", b"UID:"), "an event without a UID"),
        (WHOLE.replace(b"CREATED", b"DTSTAMP"), "timestamp twice"),
        (WHOLE.replace(b"SEQUENCE:0", b"SEQUENCE:many"), "the SEQUENCE `many`"),
        (WHOLE.replace(b"SEQUENCE:0", b"SEQUENCE:-1"), "the SEQUENCE `-1`"),
        (WHOLE.replace(b"SEQUENCE:0", b"SEQUENCE:2147483647"), "the SEQUENCE `2147483647`"),
        (WHOLE.replace(b"SEQUENCE:0", b"SEQUENCE:" + b"9" * 5000), "the SEQUENCE `9999"),
        (WHOLE.replace(b"DTSTAMP:2025", b"DTSTAMP:99"), "the DTSTAMP `990101T120000Z`"),
        (WHOLE.replace(b"DTSTAMP:20250101", b"DTSTAMP:20250230"), "expected a time like"),
        (WHOLE.replace(b"CREATED:20250101T120000Z", b"CREATED:20250101"), "the CREATED `20250101`"),
        (WHOLE.replace(b"DTSTAMP:20250101T120000Z", b"DTSTAMP:99991231T235959Z"), "the DTSTAMP"),
    ],
)
def test_what_is_not_a_whole_feed_is_refused(text: bytes, says: str) -> None:
    with pytest.raises(DamagedFeed) as caught:
        parse_feed(text, "dist/cup.ics")
    assert says in caught.value.message
    assert "`dist/cup.ics`" in caught.value.message
    assert caught.value.help
    assert caught.value.message.isprintable()


def test_a_merge_is_answered_with_either_side() -> None:
    with pytest.raises(DamagedFeed) as caught:
        parse_feed(WHOLE.replace(b"SUMMARY", b"<<<<<<< HEAD\nSUMMARY"), "x")
    assert caught.value.help.startswith("keep one side, preferably the published")


def test_an_event_that_is_there_twice_is_refused() -> None:
    block = stamped(FINAL, Stamps(OLD, OLD, OLD, 0))
    with pytest.raises(DamagedFeed, match="has `final@cup` twice, in lines 5 and 15"):
        parse_feed(feed(block, block), "x")


@unhurried
@given(st.binary(max_size=200), st.integers(0, len(WHOLE)), st.integers(0, 60))
def test_whatever_stands_there_is_read_or_refused(junk: bytes, at: int, length: int) -> None:
    try:
        before = parse_feed(WHOLE[:at] + junk + WHOLE[at + length :], "x")
    except DamagedFeed as refused:
        assert refused.message.isprintable()  # noqa: PT017
        return
    for key in before.events:
        assert before.stamps(key) == stamps_of(before, key, before.content(key), NOW)


# --- another calendar's feed --------------------------------------------------------------------


def feed_of(*uids: str, name: str = "Tour") -> PublishedFeed:
    stamps = Stamps(OLD, OLD, OLD, 0)
    return parse_feed(feed(*[stamped(event(u), stamps) for u in uids], name=name), "dist/x.ics")


def test_another_calendars_feed_is_refused_by_name() -> None:
    with pytest.raises(ForeignFeed) as caught:
        check_same_calendar(feed_of("a@tour", "b@tour", "c@x.example"), "cup")
    assert caught.value.message == (
        "`dist/x.ics` is the feed of another calendar: `Tour`, whose id is `tour`, expected `cup`"
    )
    assert "restore it" in caught.value.help


@pytest.mark.parametrize(
    "uids", [(), ("a@cup", "b@tour", "c@tour"), ("a@b@cup",), ("no-calendar", "4f7a-88")]
)
def test_a_feed_that_may_be_ours_passes(uids: tuple[str, ...]) -> None:
    check_same_calendar(feed_of(*uids), "cup")


def test_a_calendar_of_imported_events_is_known_by_them() -> None:
    imported = feed_of("a@google.com", "b@google.com")
    check_same_calendar(imported, "cup", {"b@google.com", "new@cup"})
    with pytest.raises(ForeignFeed):
        check_same_calendar(imported, "cup", {"new@cup"})


def test_an_id_that_ends_like_ours_is_not_ours() -> None:
    with pytest.raises(ForeignFeed):
        check_same_calendar(feed_of("a@worldcup"), "cup")


# --- years of exports ---------------------------------------------------------------------------

Said = tuple[str, str, int, bool, bool]
"""Title, place, day of January, whether cancelled, whether it rings."""

TEXT = st.text(st.sampled_from('aä€🏁 \\;,:="<>'), max_size=40)
TITLES = st.tuples(
    TEXT, st.sampled_from(["", "Paris", "Lyon"]), st.integers(1, 28), st.booleans(), st.booleans()
)
STATES = st.lists(
    st.tuples(st.dictionaries(st.sampled_from("abcdef"), TITLES), st.integers(2020, 2030)),
    min_size=1,
    max_size=6,
)


def rendered(name: str, what: Said) -> bytes:
    title, place, day, cancelled, alarm = what
    line = f"SUMMARY:{title}".encode()
    cut = len(line) // 2
    while cut < len(line) and line[cut] & 0xC0 == 0x80:
        cut += 1  # a fold stands between characters
    block = b"BEGIN:VEVENT\r\nUID:" + f"{name}@cup\r\n".encode()
    block += f"DTSTART;VALUE=DATE:202501{day:02}\r\n".encode()
    block += line[:cut] + b"\r\n " + line[cut:] + b"\r\n"
    block += f"LOCATION:{place}\r\n".encode() if place else b""
    block += b"STATUS:CANCELLED\r\n" if cancelled else b""
    block += b"BEGIN:VALARM\r\nTRIGGER:-P1D\r\nEND:VALARM\r\n" if alarm else b""
    return block + b"END:VEVENT\r\n"


@unhurried
@given(STATES)
def test_over_any_history_stamps_follow_content(states: list[tuple[dict[str, Said], int]]) -> None:
    text: bytes | None = None
    content: dict[str, bytes] = {}
    said: dict[str, Said] = {}
    for now_said, year in states:
        now = f"{year}0101T000000Z"
        before = parse_feed(text, "x") if text is not None else None
        now_content = {name: rendered(name, what) for name, what in now_said.items()}
        text, _ = export(list(now_content.values()), text, now)
        after = parse_feed(text, "x")
        assert [uid for uid, _ in after.events] == [f"{name}@cup" for name in now_said]
        for name, what in now_said.items():
            key = (f"{name}@cup", None)
            assert after.content(key) == now_content[name]
            if before is None or name not in said:
                assert after.stamps(key) == Stamps(now, now, now, 0)
                continue
            old, new = before.stamps(key), after.stamps(key)
            if content[name] == now_content[name]:
                assert before.block(key) == after.block(key)
            else:
                assert new.dtstamp == new.last_modified > max(old.dtstamp, old.last_modified)
                assert new.dtstamp >= now
                assert new.created == old.created
                assert new.sequence - old.sequence == (said[name][1:4] != what[1:4])
        content, said = now_content, now_said


@pytest.mark.parametrize(
    "events", ["", "BEGIN:VEVENT\r\nUID:abc\r\nDTSTAMP:20250101T000000Z\r\nEND:VEVENT\r\n"]
)
def test_a_feed_of_another_program_without_telling_uids_is_foreign(events: str) -> None:
    feed = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nX-WR-CALNAME:Theirs\r\n"
        f"{events}END:VCALENDAR\r\n"
    )
    theirs = parse_feed(feed.encode(), "dist/events.ics")
    with pytest.raises(ForeignFeed, match="`Theirs`, made by `-//Other//EN`"):
        check_same_calendar(theirs, "x.org", prodid="-//Ours//EN")
    check_same_calendar(theirs, "x.org", {"abc"} if events else set(), "-//Other//EN")
