"""What the self-check lets pass, and what it must find."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from support import strategies
from support.feed_pieces import RALLY, Feed
from support.loading import calendar_of, calendar_of_file, load_data
from support.paths import CASE_FILES
from timeline.model.details import Details, Link, Person
from timeline.model.events import AllDay, Calendar, Event
from timeline.publishing.verify.faults import Fault
from timeline.publishing.verify.verifier import verify_feed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from timeline.publishing.verify.verifier import Block

STAMPED = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE")


def named(faults: list[Fault]) -> set[tuple[str, str]]:
    return {(fault.uid.replace("@cup.example.org", ""), fault.property) for fault in faults}


# --- sound feeds --------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASE_FILES, ids=lambda path: path.parent.name)
def test_golden_feeds_have_no_fault(case: Path) -> None:
    assert Feed(calendar_of_file(case)).verify() == []


def test_a_feed_with_everything_in_it_has_no_fault() -> None:
    assert Feed(calendar_of(RALLY)).verify() == []


def test_an_empty_feed_has_no_fault() -> None:
    assert Feed(calendar_of("calendar: {id: a.b, name: N}\nevents: []\n")).verify() == []


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))
    | st.sampled_from('\\\\;;,,:"^%nN€ä\U0001f3c1 '),
    min_size=1,
    max_size=120,
)


@given(TEXTS, st.lists(TEXTS, max_size=3), TEXTS)
def test_no_text_raises_a_false_alarm(line: str, categories: list[str], more: str) -> None:
    (plain,) = calendar_of(
        "calendar: {id: a.b, name: N}\nevents: [{id: e, summary: S, start: 2025-01-03}]\n"
    ).events
    assert isinstance(plain.when, AllDay)
    event = Event(
        "e",
        "e@a.b",
        line,
        plain.when,
        (),
        description=f"{more}\n{line}",
        location=more,
        categories=tuple(categories),
        properties=(("X-NOTE", more),),
    )
    assert Feed(Calendar("a.b", line, (event,), description=more)).verify() == []


@pytest.mark.parametrize("category", [r"C:\New", r"a\nb", r"\\", "\\", r"\,", "a, b", "%5C"])
def test_no_category_raises_a_false_alarm(category: str) -> None:
    """Old versions of `icalendar` read a backslash in a list of several categories twice."""
    written = json.dumps([category, "b"])
    calendar = calendar_of(
        "calendar: {id: a.b, name: N}\n"
        f"events: [{{id: e, summary: S, start: 2025-01-03, categories: {written}}}]\n"
    )
    assert Feed(calendar).verify() == []


@given(strategies.files())
def test_no_file_raises_a_false_alarm(data: dict[str, Any]) -> None:
    assert Feed(load_data(data).calendar).verify() == []


@pytest.mark.parametrize("title", [r"\,", r"C:\New", "%2C", "100 %", "^n^'", 'a "b"', "a;b:c"])
def test_no_name_of_an_address_raises_a_false_alarm(title: str) -> None:
    (plain,) = calendar_of(
        "calendar: {id: a.b, name: N}\nevents: [{id: e, summary: S, start: 2025-01-03}]\n"
    ).events
    links = (Link("https://example.org/1", title), Link("https://example.org/2"))
    organizer = Person(title, "a@example.org")
    event = replace(plain, details=Details(attach=links, image=links, organizer=organizer))
    feed = Feed(Calendar("a.b", "N", (event,), uids={"e": event.uid}))
    assert feed.verify() == []
    feed.put("e", b"/1\r\n", b"/3\r\n")
    feed.put("e", b'ORGANIZER;CN="', b'ORGANIZER;CN="x')
    assert named(feed.verify()) == {("e@a.b", "IMAGE"), ("e@a.b", "ORGANIZER")}


# --- corruptions --------------------------------------------------------------------------------


def swap_uids(feed: Feed) -> None:
    feed.put("draw", b"UID:draw@", b"UID:call@")
    feed.put("call", b"UID:call@", b"UID:draw@")


def unfold_a_line(feed: Feed) -> None:
    i = feed.index("kick-off")
    feed.blocks[i] = feed.blocks[i].replace(b"\r\n ", b"")


def cut_a_character(feed: Feed) -> None:
    i = feed.index("kick-off")
    feed.blocks[i] = feed.blocks[i].replace(b"\r\n ", b"").replace(b"\xc3\xbc", b"\xc3\r\n \xbc", 1)


def drop_zone(feed: Feed) -> None:
    start = feed.head.index(b"BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin")
    end = feed.head.index(b"END:VTIMEZONE\r\n", start) + len(b"END:VTIMEZONE\r\n")
    feed.head = feed.head[:start] + feed.head[end:]


def repeat_an_event(feed: Feed) -> None:
    feed.vevents.append(feed.vevents[2])
    feed.blocks.append(feed.blocks[2])


CORRUPTIONS: dict[str, tuple[Callable[[Feed], object], tuple[str, str]]] = {
    "a backslash is dropped": (
        lambda f: f.put("final", rb"C:\\New\,", rb"C:\New\,"),
        ("final", "SUMMARY"),
    ),
    "a semicolon gains a backslash too many": (
        lambda f: f.put("final", b"Stadion\\;", b"Stadion\\\\\\;"),
        ("final", "LOCATION"),
    ),
    "a comma in a category is not escaped": (
        lambda f: f.put("final", b"a\\, b", b"a, b"),
        ("final", "CATEGORIES"),
    ),
    "the last day is lost": (
        lambda f: f.put("final", b"DTEND;VALUE=DATE:20250331", b"DTEND;VALUE=DATE:20250330"),
        ("final", "DTEND"),
    ),
    "the end is left out": (
        lambda f: f.put("final", b"DTEND;VALUE=DATE:20250331\r\n", b""),
        ("final", "DTEND"),
    ),
    "a day becomes a time": (
        lambda f: f.put("final", b"DTSTART;VALUE=DATE:20250329", b"DTSTART:20250329T000000Z"),
        ("final", "DTSTART"),
    ),
    "a time floats": (
        lambda f: f.put("kick-off", b"DTSTART;TZID=Europe/Berlin:", b"DTSTART:"),
        ("kick-off", "DTSTART"),
    ),
    "a zone is another": (
        lambda f: f.put("kick-off", b"DTEND;TZID=Europe/Berlin:", b"DTEND;TZID=Europe/London:"),
        ("kick-off", "DTEND"),
    ),
    "the second of two times becomes the first": (
        lambda f: f.put("call", b"DTSTART:20251026T013000Z", b"DTSTART:20251026T003000Z"),
        ("call", "DTSTART"),
    ),
    "UIDs are swapped": (swap_uids, ("call", "UID")),
    "a UID ends another way": (
        lambda f: f.put("draw", b"UID:draw@cup", b"UID:draw@cap"),
        ("draw", "UID"),
    ),
    "a line is injected": (
        lambda f: f.put("draw", b"SUMMARY:", b"ATTENDEE:mailto:a@b.c\r\nSUMMARY:"),
        ("draw", "ATTENDEE"),
    ),
    "an extension is injected": (
        lambda f: f.put("draw", b"SUMMARY:", b"X-EVIL:1\r\nSUMMARY:"),
        ("draw", "X-EVIL"),
    ),
    "a property is there twice": (
        lambda f: f.put("draw", b"SUMMARY:", b"SUMMARY:Other\r\nSUMMARY:"),
        ("draw", "SUMMARY"),
    ),
    "an alarm is injected": (
        lambda f: f.put(
            "draw",
            b"END:VEVENT",
            b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P1D\r\nEND:VALARM\r\nEND:VEVENT",
        ),
        ("draw", "VALARM"),
    ),
    "an event is injected": (
        lambda f: f.put("draw", b"END:VEVENT", b"END:VEVENT\r\nBEGIN:VEVENT\r\nEND:VEVENT"),
        ("draw", "VEVENT"),
    ),
    "the end of an event is lost": (
        lambda f: f.put("draw", b"END:VEVENT\r\n", b""),
        ("draw", "VEVENT"),
    ),
    "a line is none": (
        lambda f: f.put("draw", b"SUMMARY:", b"What is this\r\nSUMMARY:"),
        ("draw", "VEVENT"),
    ),
    "a status is lost": (
        lambda f: f.put("off", b"STATUS:CANCELLED\r\n", b""),
        ("off", "STATUS"),
    ),
    "a span blocks time": (
        lambda f: f.put("final", b"TRANSP:TRANSPARENT", b"TRANSP:OPAQUE"),
        ("final", "TRANSP"),
    ),
    "the date's precision is lost": (
        lambda f: f.put("draw", b"X-TIMELINE-EDTF:2025-33", b"X-TIMELINE-EDTF:2025-03"),
        ("draw", "X-TIMELINE-EDTF"),
    ),
    "the note of an earlier date is lost": (
        lambda f: f.put("draw", b"moved\\, once", b"moved"),
        ("draw", "DESCRIPTION"),
    ),
    "a description is cut": (
        lambda f: f.put("final", rb"with a \\ and", rb"with a  and"),
        ("final", "DESCRIPTION"),
    ),
    "a source's page is another": (
        lambda f: f.put("final", b"https://example.org/s", b"https://example.com/s"),
        ("final", "DESCRIPTION"),
    ),
    "an address is escaped": (
        lambda f: f.put("final", b"a;b,c?", b"a\\;b\\,c?"),
        ("final", "URL"),
    ),
    "a place is elsewhere": (lambda f: f.put("final", b";-6.875", b";6.875"), ("final", "GEO")),
    "a priority is no number": (
        lambda f: f.put("final", b"PRIORITY:3", b"PRIORITY:high"),
        ("final", "PRIORITY"),
    ),
    "a private event is public": (
        lambda f: f.put("final", b"CLASS:PRIVATE", b"CLASS:PUBLIC"),
        ("final", "CLASS"),
    ),
    "an organizer loses the name's quotes": (
        lambda f: f.put("final", b"^'A^'", b"A"),
        ("final", "ORGANIZER"),
    ),
    "a parent is another": (
        lambda f: f.put("kick-off", b"RELTYPE=PARENT:final@", b"RELTYPE=PARENT:draw@"),
        ("kick-off", "RELATED-TO"),
    ),
    "a property of the author's is changed": (
        lambda f: f.put("final", b"3\\; left", b"3\\, left"),
        ("final", "X-ROOM"),
    ),
    "an attachment is lost": (
        lambda f: f.put("final", b"ATTACH:https://example.org/a.pdf\r\n", b""),
        ("final", "ATTACH"),
    ),
    "a rule ends a day early": (
        lambda f: f.put("weekly", b"UNTIL=20270630", b"UNTIL=20270629"),
        ("weekly", "RRULE"),
    ),
    "a rule has another day": (
        lambda f: f.put("weekly", b"BYDAY=MO,TH", b"BYDAY=MO"),
        ("weekly", "RRULE"),
    ),
    "a rule is lost": (
        lambda f: f.put("yearly", b"RRULE:FREQ=YEARLY\r\n", b""),
        ("yearly", "RRULE"),
    ),
    "an exception is in another zone": (
        lambda f: f.put("weekly", b"EXDATE;TZID=Europe/Berlin", b"EXDATE;TZID=Asia/Riyadh"),
        ("weekly", "EXDATE"),
    ),
    "a further date is an hour late": (
        lambda f: f.put("weekly", b":20250205T110000Z", b":20250205T120000Z"),
        ("weekly", "RDATE"),
    ),
    "an instance replaces another": (
        lambda f: f.put("weekly", b":20250213T090000", b":20250220T090000", instance=1),
        ("weekly on 2025-02-13T09:00:00[Europe/Berlin]", "RECURRENCE-ID"),
    ),
    "an instance becomes a series": (
        lambda f: f.put("weekly", b"\r\nRECURRENCE-ID", b"\r\nX-ID", instance=2),
        ("weekly on 2025-02-17T09:00:00[Europe/Berlin]", "RECURRENCE-ID"),
    ),
    "an alarm rings afterwards": (
        lambda f: f.put("yearly", b"TRIGGER:-", b"TRIGGER:"),
        ("yearly", "VALARM"),
    ),
    "an alarm is before the start, not the end": (
        lambda f: f.put("weekly", b"TRIGGER;RELATED=END", b"TRIGGER"),
        ("weekly", "VALARM"),
    ),
    "an alarm is lost": (
        lambda f: f.put("yearly", b"BEGIN:VALARM", b"X-A:", b"END:VALARM", b"X-B:"),
        ("yearly", "VALARM"),
    ),
    "a day does not say that it is one": (
        lambda f: f.put("final", b"DTSTART;VALUE=DATE:", b"DTSTART:"),
        ("final", "DTSTART"),
    ),
    "a day is of another kind": (
        lambda f: f.put("final", b"DTSTART;VALUE=DATE:", b"DTSTART;VALUE=DATE-TIME:"),
        ("final", "DTSTART"),
    ),
    "a time has a digit too many": (
        lambda f: f.put(
            "weekly",
            b"EXDATE;TZID=Europe/Berlin:20250206T090000",
            b"EXDATE;TZID=Europe/Berlin:20250206T0900000",
        ),
        ("weekly", "EXDATE"),
    ),
    "a category is of bytes": (
        lambda f: f.put("final", b"CATEGORIES:", b"CATEGORIES;VALUE=BINARY:"),
        ("final", "VEVENT"),
    ),
    "an alarm does nothing": (
        lambda f: f.put("yearly", b"ACTION:DISPLAY\r\n", b""),
        ("yearly", "VALARM"),
    ),
    "an alarm ends as an event does": (
        lambda f: f.put("yearly", b"END:VALARM", b"END:VEVENT"),
        ("yearly", "VALARM"),
    ),
    "a line has an octet too many": (
        lambda f: f.put("final", b"TRANSP:", b"X-LONG:" + b"x" * 69 + b"\r\nTRANSP:"),
        ("final", "X-LONG"),
    ),
    "a text has a separator of lines": (
        lambda f: f.put("draw", b"SUMMARY:", "SUMMARY:\u2028".encode()),
        ("draw", "SUMMARY"),
    ),
    "a zone is two": (
        lambda f: f.put("final", b"DTSTART;VALUE=DATE", b"DTSTART;TZID=Asia/Riyadh,Asia/Tokyo"),
        ("final", "VEVENT"),
    ),
    "an alarm rings twice": (
        lambda f: f.put("yearly", b"TRIGGER:", b"TRIGGER:-PT1H\r\nTRIGGER:"),
        ("yearly", "VALARM"),
    ),
    "an alarm does not end": (
        lambda f: f.put("yearly", b"END:VALARM\r\n", b""),
        ("yearly", "VEVENT"),
    ),
    "an alarm is a property": (
        lambda f: f.put("yearly", b"TRANSP:", b"VALARM:\r\nTRANSP:"),
        ("yearly", "VALARM"),
    ),
    "a title stands in the alarm": (
        lambda f: f.put(
            "yearly", b"SUMMARY:Yearly\r\n", b"", b"ACTION", b"SUMMARY:Yearly\r\nACTION"
        ),
        ("yearly", "SUMMARY"),
    ),
    "a stamp stands in the alarm": (
        lambda f: f.put("yearly", b"SEQUENCE:0\r\n", b"", b"ACTION", b"SEQUENCE:0\r\nACTION"),
        ("yearly", "VALARM"),
    ),
    "a further date is lost among several": (
        lambda f: f.put("weekly", b"EXDATE;TZID=Europe/Berlin:20250206T090000\r\n", b""),
        ("weekly", "EXDATE"),
    ),
    "a relation is lost among several": (
        lambda f: f.put("kick-off", b"RELATED-TO;RELTYPE=SIBLING:draw@cup.example.org\r\n", b""),
        ("kick-off", "RELATED-TO"),
    ),
    "an attachment stands before another": (
        lambda f: f.put(
            "final",
            b"ATTACH:https://example.org/a.pdf\r\n",
            b"",
            b"CONFERENCE",
            b"ATTACH:https://example.org/a.pdf\r\nCONFERENCE",
        ),
        ("final", "ATTACH"),
    ),
    "a stamp is there twice": (
        lambda f: f.put("draw", b"SEQUENCE:0", b"SEQUENCE:0\r\nSEQUENCE:1"),
        ("draw", "SEQUENCE"),
    ),
    "a stamp is lost": (
        lambda f: f.put("draw", b"DTSTAMP:20250101T120000Z\r\n", b""),
        ("draw", "DTSTAMP"),
    ),
    "a stamp is no UTC": (
        lambda f: f.put("draw", b"CREATED:20250101T120000Z", b"CREATED:20250101T120000"),
        ("draw", "CREATED"),
    ),
    "SEQUENCE is negative": (
        lambda f: f.put("draw", b"SEQUENCE:0", b"SEQUENCE:-1"),
        ("draw", "SEQUENCE"),
    ),
    "a long line is not folded": (unfold_a_line, ("kick-off", "SUMMARY")),
    "a fold cuts a character": (cut_a_character, ("kick-off", "SUMMARY")),
    "bytes are Latin-1": (
        lambda f: f.put("final", "Köln".encode(), "Köln".encode("latin-1")),
        ("final", "LOCATION"),
    ),
    "a line ends in LF": (
        lambda f: f.put("final", b"TRANSP:TRANSPARENT\r\n", b"TRANSP:TRANSPARENT\n"),
        ("final", "TRANSP"),
    ),
    "a control character stands in a text": (
        lambda f: f.put("draw", b": Draw\r", b": Dr\x0baw\r"),
        ("draw", "SUMMARY"),
    ),
    "a line is empty": (
        lambda f: f.put("draw", b"SUMMARY:", b"\r\nSUMMARY:"),
        ("draw", "DTEND"),
    ),
    "a zone is not defined": (drop_zone, ("kick-off", "DTSTART")),
    "a zone is an hour off": (
        lambda f: f.put_head(b"TZOFFSETTO:+0200", b"TZOFFSETTO:+0300"),
        ("kick-off", "DTSTART"),
    ),
    "summer begins a week late": (
        lambda f: f.put_head(b"BYMONTH=3;BYDAY=-1SU", b"BYMONTH=4;BYDAY=1SU"),
        ("kick-off", "DTSTART"),
    ),
    "summer ends permanently after a year": (
        lambda f: f.put_head(b"BYMONTH=3;BYDAY=-1SU", b"BYMONTH=3;BYDAY=-1SU;COUNT=56"),
        ("weekly", "RRULE"),
    ),
    "a zone has daylight saving time alone": (
        lambda f: setattr(f, "head", f.head.replace(b":STANDARD\r\n", b":DAYLIGHT\r\n")),
        ("", "VTIMEZONE"),
    ),
    "a zone's rule cannot be read": (
        lambda f: f.put_head(b"BYMONTH=3;BYDAY=-1SU", b"BYMONTH=3;UNTIL=20260101T000000Z"),
        ("", "VTIMEZONE"),
    ),
    "the calendar has no version": (
        lambda f: f.put_head(b"VERSION:2.0\r\n", b""),
        ("", "VERSION"),
    ),
    "the calendar has no program": (
        lambda f: f.put_head(b"PRODID:-//timeline//timeline-as-code//EN\r\n", b""),
        ("", "PRODID"),
    ),
    "the calendar has a method": (
        lambda f: f.put_head(b"VERSION:2.0\r\n", b"VERSION:2.0\r\nMETHOD:PUBLISH\r\n"),
        ("", "METHOD"),
    ),
    "the calendar has another name": (
        lambda f: f.put_head(b"\r\nNAME:The Cup\\,", b"\r\nNAME:The Cup"),
        ("", "NAME"),
    ),
    "the calendar is refreshed weekly": (
        lambda f: f.put_head(b"REFRESH-INTERVAL;VALUE=DURATION:PT12H", b"REFRESH-INTERVAL:P1W"),
        ("", "REFRESH-INTERVAL"),
    ),
    "the calendar has no end": (
        lambda f: setattr(f, "tail", b""),
        ("", "VCALENDAR"),
    ),
    "the head holds an event": (
        lambda f: setattr(f, "head", f.head + f.blocks[f.index("draw")]),
        ("", "VEVENT"),
    ),
    "the feed begins with a byte order mark": (
        lambda f: setattr(f, "head", b"\xef\xbb\xbf" + f.head),
        ("", "VCALENDAR"),
    ),
    "an event stands there twice": (
        repeat_an_event,
        ("draw", "UID"),
    ),
}


@pytest.mark.parametrize("what", CORRUPTIONS)
def test_each_corruption_is_found_and_named(what: str) -> None:
    corrupt, where = CORRUPTIONS[what]
    feed = Feed(calendar_of(RALLY))
    corrupt(feed)
    faults = feed.verify()
    assert where in named(faults), faults
    assert all(fault.message and fault.message.isprintable() for fault in faults)
    elsewhere = {uid for uid, _ in named(faults)} - {where[0]}
    assert elsewhere <= ({"draw"} if what == "UIDs are swapped" else set()), faults


def test_a_fault_says_what_reads_how() -> None:
    feed = Feed(calendar_of(RALLY))
    feed.put("final", rb"C:\\New\,", rb"C:\New\,")
    (fault,) = feed.verify()
    assert fault == Fault(
        "final@cup.example.org",
        "SUMMARY",
        r"reads `The final; in C:\new, they say`, "
        r"expected `The final; in C:\New, they say`",
    )


def test_zones_are_held_against_the_events_that_were_published_before() -> None:
    feed = Feed(calendar_of(RALLY))
    drop_zone(feed)
    feed.vevents, feed.blocks = [], []
    assert named(feed.verify()) == {("kick-off", "DTSTART")}


def test_an_event_may_be_related_to_one_that_the_feed_does_not_show() -> None:
    whole = Feed(calendar_of(RALLY))
    at = whole.index("kick-off")
    vevent = whole.vevents[at]
    alone = replace(whole.calendar, events=(vevent.event,))
    blocks = [(vevent, whole.blocks[at])]
    faults = verify_feed(alone, (vevent,), whole.head, blocks, whole.tail)
    assert [fault.property for fault in faults] == ["VTIMEZONE"]  # New York's is left over


def test_the_library_is_not_imported_before_it_is_needed() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, timeline.publishing.verify.verifier; print('icalendar' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.strip() == "False"


def test_folds_are_read_wherever_they_stand() -> None:
    feed = Feed(calendar_of(RALLY))
    for i, block in enumerate(feed.blocks):
        begin, *lines, end = block.decode().replace("\r\n ", "").split("\r\n")[:-1]
        lines = [
            line if line.startswith(STAMPED) else "\r\n ".join(re.findall(r".{1,9}", line))
            for line in lines
        ]
        feed.blocks[i] = "\r\n".join([begin, *lines, end, ""]).encode()
    assert feed.verify() == []


def test_events_are_taken_as_they_come() -> None:
    feed = Feed(calendar_of(RALLY))
    vevent = feed.vevents[feed.index("draw")]
    block = feed.blocks[feed.index("draw")].replace(b"UID:draw@", b"UID:%s@")

    def blocks(count: int) -> Iterator[Block]:
        for i in range(count):
            event = replace(vevent.event, uid=vevent.event.uid.replace("draw", str(i)))
            yield replace(vevent, event=event), block.replace(b"%s", str(i).encode())

    def peak(count: int) -> int:
        tracemalloc.start()
        faults = verify_feed(feed.calendar, feed.projection, feed.head, blocks(count), feed.tail)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert faults == []
        return most

    peak(1)  # with what is made once
    assert peak(2000) < 1.5 * peak(400)


LEFT = ("0123456789abcdef,0,20250101T120000Z", "fedcba9876543210,7,20250101T120000Z")


@pytest.mark.parametrize("left", [(), LEFT[:1], LEFT])
@pytest.mark.parametrize("written", [(), LEFT[:1], LEFT[1:], LEFT, LEFT[::-1]])
def test_what_is_remembered_of_departed_events_is_read_back(
    left: tuple[str, ...], written: tuple[str, ...]
) -> None:
    feed = Feed(calendar_of(RALLY))
    lines = "".join(f"X-TIMELINE-LEFT:{value}\r\n" for value in written).encode()
    head = feed.head.replace(b"BEGIN:VTIMEZONE", lines + b"BEGIN:VTIMEZONE", 1)
    faults = verify_feed(feed.calendar, feed.projection, head, [], feed.tail, left)
    assert [fault.property for fault in faults] == ["X-TIMELINE-LEFT"] * (left != written)
