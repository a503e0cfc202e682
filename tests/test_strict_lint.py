"""The linter of the tests: it reports each error of a broken feed, and none of a good one."""

from __future__ import annotations

import pytest

from support.strict_lint import lint

FEED = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example.org//test//EN
X-WR-CALNAME:Test
REFRESH-INTERVAL;VALUE=DURATION:PT12H
X-PUBLISHED-TTL:PT12H
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0100
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:a@example.org
DTSTAMP:20250101T120000Z
CREATED:20250101T120000Z
LAST-MODIFIED:20250101T120000Z
SEQUENCE:0
DTSTART;TZID=Europe/Berlin:20250103T090000
DTEND;TZID=Europe/Berlin:20250103T100000
SUMMARY:Rally\\, stage 1
STATUS:CONFIRMED
RRULE:FREQ=DAILY;COUNT=3
COLOR:red
END:VEVENT
BEGIN:VEVENT
UID:b@example.org
DTSTAMP:20250101T120000Z
LAST-MODIFIED:20250101T120000Z
SEQUENCE:0
DTSTART;VALUE=DATE:20250103
DTEND;VALUE=DATE:20250104
SUMMARY:Arrival
END:VEVENT
END:VCALENDAR
"""


def encode(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def codes(feed: bytes, *, is_subscribed: bool = True) -> set[str]:
    return {finding.code for finding in lint(feed, is_subscribed=is_subscribed)}


def replaced(old: str, new: str) -> bytes:
    """Return the good feed with the first occurrence of a text replaced."""
    assert old in FEED
    return encode(FEED.replace(old, new, 1))


def test_a_good_feed_has_no_finding() -> None:
    assert lint(encode(FEED)) == []


def test_a_folded_line_is_one_line() -> None:
    assert lint(replaced("SUMMARY:Rally", "SUMMARY:Ra\n lly")) == []


def test_a_leap_second_is_a_time() -> None:
    assert lint(replaced("DTSTAMP:20250101T120000Z", "DTSTAMP:20161231T235960Z")) == []


def test_an_instance_has_the_uid_of_its_series() -> None:
    instance = "RECURRENCE-ID;TZID=Europe/Berlin:20250104T090000\nDTSTART;"
    feed = FEED.replace("UID:b@", "UID:a@").replace(
        "DTSTART;VALUE=DATE:20250103", instance + "VALUE=DATE:20250103"
    )
    assert lint(encode(feed)) == []


GOOD = encode(FEED)


@pytest.mark.parametrize(
    ("feed", "code"),
    [
        (b"\xef\xbb\xbf" + GOOD, "byte-order-mark"),
        (GOOD[:-2], "no-final-line-end"),
        (GOOD[:-1], "no-final-line-end"),
        (b"", "no-final-line-end"),
        (GOOD.replace(b"\r\n", b"\n"), "bare-line-end"),
        (replaced("Rally", "Ra\rlly"), "bare-line-end"),
        (replaced("Rally", "R" * 75), "long-line"),
        (replaced("Rally", "ä" * 34), "long-line"),
        (GOOD.replace(b"Rally", b"R\xe4lly"), "encoding"),
        (GOOD.replace(b"Rally", b"R\xc3\r\n \xa4lly"), "encoding"),
        (replaced("SUMMARY:Rally", "\nSUMMARY:Rally"), "empty-line"),
        (replaced("SUMMARY:Rally", "SUMMARY:\n \n Rally"), "empty-line"),
        (b" folded\r\n" + GOOD, "fold-at-start"),
        (replaced("SUMMARY:Rally", "SUMMARY Rally"), "syntax"),
        (replaced("SUMMARY:Rally", 'SUMMARY;X="a:Rally'), "syntax"),
        (replaced("UID:a", "UID\0:a"), "syntax"),
        (replaced("SUMMARY:Rally", "Summary:Rally"), "case"),
        (replaced("SUMMARY:Rally", "SUMMARY:Ra\x07lly"), "control"),
        (replaced("SUMMARY:Rally", "SUMMARY:Ra\0lly"), "control"),
        (replaced("SUMMARY:Rally", "SUMMARY:Ra\u2028lly"), "line-separator"),
        (replaced("SUMMARY:Rally", "SUMMARY:Ra\x85lly"), "line-separator"),
        (replaced("BEGIN:VEVENT", "BEGIN:VTODO\nBEGIN:VEVENT"), "nesting"),
        (replaced("BEGIN:VTIMEZONE", "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE"), "nesting"),
        (replaced("END:VEVENT", "END:VTODO"), "nesting"),
        (replaced("END:VEVENT\nEND:VCALENDAR\n", "END:VEVENT\n"), "nesting"),
        (GOOD + b"END:VEVENT\r\n", "nesting"),
        (b"VERSION:2.0\r\n" + GOOD, "outside"),
    ],
)
def test_octets_and_structure(feed: bytes, code: str) -> None:
    assert code in codes(feed, is_subscribed=False) | codes(feed)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Rally\\,", "Rally,", "escape"),
        ("Rally\\,", "Rally;", "escape"),
        ("Rally\\,", "Rally\\x", "escape"),
        ("UID:a@", "UID:\\a@", "escape"),
        ("COLOR:red", "COLOR:#ff0000", "color"),
        ("COLOR:red", "COLOR:grape", "color"),
        ("FREQ=DAILY", "FREQ=FORTNIGHTLY", "rrule"),
        ("FREQ=DAILY;", "", "rrule"),
        ("COUNT=3", "COUNT=three", "rrule"),
        ("COUNT=3", "COUNT=", "rrule"),
        ("COUNT=3", "COUNT=3;COUNT=4", "rrule"),
        ("COUNT=3", "COUNT=3;UNTIL=20250201T000000Z", "rrule"),
        ("DTSTART;TZID=Europe/Berlin:20250103T090000", "DTSTART:20250103", "date"),
        ("DTSTART;VALUE=DATE:20250103", "DTSTART;VALUE=DATE:20250103T090000", "date"),
        ("DTSTART;VALUE=DATE:20250103", "DTSTART;VALUE=DATE:2025-01-03", "date"),
        ("DTSTART;VALUE=DATE:20250103", "DTSTART;VALUE=DATE:20250230", "date"),
        ("20250103T090000", "20250103T240000", "date"),
        ("DTSTAMP:20250101T120000Z", "DTSTAMP:20250101T120000", "date"),
        ("CREATED:20250101T120000Z", "CREATED:20250101T120000", "date"),
        ("LAST-MODIFIED:20250101T120000Z", "LAST-MODIFIED:yesterday", "date"),
        ("DTSTART;TZID=Europe/Berlin", "DTSTART;TZID=Europe/Paris", "tzid"),
        (
            "TZID=Europe/Berlin:20250103T090000",
            "TZID=Europe/Berlin:20250103T090000Z",
            "tzid-with-utc",
        ),
        ("DTEND;TZID=Europe/Berlin:20250103T100000", "DTEND;VALUE=DATE:20250104", "value-type"),
        ("20250103T100000", "20250103T090000", "end-before-start"),
        ("DTEND;VALUE=DATE:20250104", "DTEND;VALUE=DATE:20250102", "end-before-start"),
    ],
)
def test_values(old: str, new: str, code: str) -> None:
    assert code in codes(replaced(old, new), is_subscribed=False)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("VERSION:2.0", "VERSION:1.0", "version"),
        ("VERSION:2.0\n", "", "version"),
        ("VERSION:2.0\n", "VERSION:2.0\nVERSION:2.0\n", "version"),
        ("PRODID:-//example.org//test//EN\n", "", "prodid"),
        ("UID:a@example.org\n", "", "uid"),
        ("UID:a@example.org\n", "UID:a@example.org\nUID:a@example.org\n", "uid"),
        ("UID:a@example.org", "UID:", "uid"),
        ("UID:b@example.org", "UID:a@example.org", "uid-twice"),
        ("DTSTAMP:20250101T120000Z\n", "", "dtstamp"),
        ("DTSTART;VALUE=DATE:20250103\n", "", "dtstart"),
        ("SUMMARY:Arrival", "SUMMARY:Arrival\nSUMMARY:Departure", "twice"),
        ("SEQUENCE:0", "SEQUENCE:0\nSEQUENCE:1", "twice"),
        (
            "DTEND;VALUE=DATE:20250104",
            "DTEND;VALUE=DATE:20250104\nDURATION:P1D",
            "end-and-duration",
        ),
        ("STATUS:CONFIRMED", "STATUS:POSTPONED", "status"),
        ("SEQUENCE:0", "SEQUENCE:none", "sequence"),
        ("SEQUENCE:0", "SEQUENCE:-1", "sequence"),
    ],
)
def test_components(old: str, new: str, code: str) -> None:
    assert code in codes(replaced(old, new), is_subscribed=False)


@pytest.mark.parametrize(
    ("feed", "code"),
    [
        (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "no-calendar"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n", "no-component"),
        (GOOD + GOOD, "calendars"),
        (replaced("VERSION:2.0", "VERSION:2.0\nUID:calendar"), "calendar-uid"),
        (replaced("VERSION:2.0", "VERSION:2.0\nMETHOD:PUBLISH"), "organizer"),
        (replaced("FREQ=DAILY;COUNT=3", "FREQ=SECONDLY"), "endless-rule"),
        (replaced("FREQ=DAILY;COUNT=3", "FREQ=MINUTELY"), "endless-rule"),
    ],
)
def test_the_frame(feed: bytes, code: str) -> None:
    assert code in codes(feed, is_subscribed=False)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("DTSTART;TZID=Europe/Berlin:", "DTSTART:", "floating"),
        ("DTEND;TZID=Europe/Berlin:", "DTEND:", "floating"),
        ("SUMMARY:Arrival\n", "", "summary"),
        ("DTEND;VALUE=DATE:20250104\n", "", "no-end"),
        ("LAST-MODIFIED:20250101T120000Z\n", "", "timestamps"),
        ("SEQUENCE:0\n", "", "timestamps"),
        ("X-WR-CALNAME:Test\n", "", "feed-property"),
        ("X-PUBLISHED-TTL:PT12H\n", "", "feed-property"),
        ("REFRESH-INTERVAL;VALUE=DURATION:PT12H\n", "", "feed-property"),
        ("REFRESH-INTERVAL;VALUE=DURATION:", "REFRESH-INTERVAL:", "refresh-interval"),
        (FEED[FEED.index("BEGIN:VEVENT") : FEED.index("END:VCALENDAR")], "", "no-event"),
    ],
)
def test_what_subscribers_need(old: str, new: str, code: str) -> None:
    assert code in codes(replaced(old, new))
    assert code not in codes(replaced(old, new), is_subscribed=False)


def test_a_finding_names_the_physical_line() -> None:
    feed = replaced("SUMMARY:Rally", "LOCATION:Bi\n sha\nSUMMARY:Rally").replace(
        b"COLOR:red", b"COLOR:grape"
    )
    (finding,) = lint(feed)
    assert feed.split(b"\r\n")[finding.line - 1] == b"COLOR:grape"
