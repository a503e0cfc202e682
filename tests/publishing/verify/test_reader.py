"""Events that are read together read as each of them does alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from support import strategies
from support.feed_pieces import RALLY, Feed
from support.loading import calendar_of, calendar_of_file, load_data
from support.paths import CASE_FILES
from timeline.publishing.verify.reader import EventReader, read_single_event

if TYPE_CHECKING:
    from pathlib import Path


def assert_reads_as_alone(feed: Feed) -> None:
    """Assert that events that are read at once read as each does with the library alone."""
    for block, properties in zip(feed.blocks, EventReader().read(feed.blocks), strict=True):
        assert properties is None or (properties, []) == read_single_event(block)


@pytest.mark.parametrize("case", CASE_FILES, ids=lambda path: path.parent.name)
def test_many_events_read_as_each_of_them_alone(case: Path) -> None:
    assert_reads_as_alone(Feed(calendar_of_file(case)))


@given(strategies.files())
def test_many_events_of_any_file_read_as_each_of_them_alone(
    data: dict[str, Any],
) -> None:
    assert_reads_as_alone(Feed(load_data(data).calendar))


@pytest.mark.parametrize(
    "line",
    [
        r'DTSTART;X-A="a:b":20250103',
        "DTSTART;VALUE=DATE;TZID=Europe/Berlin:20250103",
        "DTSTART;TZID=Europe/Berlin,Asia/Riyadh:20250103T090000",
        "DTSTART;TZID=Europe/Berlin,Asia/Riyadh:20250103",
        r"DTSTART;TZID=a\:b:20250103T090000",
        "DTSTART;TZID=Nowhere/Else:20250103T090000Z",
        "DTSTART;VALUE=TEXT:20250103",
        "DTSTART;VALUE=DATE-TIME:20250103",
        "dtstart;value=date:20250103",
        "DTSTART:P1D",
        "DTSTART:090000",
        "DTSTART:yesterday",
        "DTSTART:",
        "DTSTART",
        "SUMMARY",
        "SUMMARY:",
        "SUMMARY;LANGUAGE=en:a\\, b",
        "SUMMARY-OF:a",
        r"SUMMARY:a\\\, \\n\n\N \x %2C",
        "summary:a",
        "SUMM\r\n ARY:a\r\n \tb\r\n\tc",
        "DTSTART;VALUE=DA\r\n TE:2025\r\n 0103",
        "SEQUENCE:+5",
        "CREATED;VALUE=DATE:20250103",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "BEGIN:VTODO\r\nSUMMARY:a\r\nEND:VTODO",
        "BEGIN:VALARM\r\nEND:VALARM",
        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM",
        "BEGIN:VALARM\r\nTRIGGER:-P1D",
        "BEGIN:VALARM\r\nTRIGGER:-P1D\r\nEND:VALARM\r\nX-A:1",
        "BEGIN:VALARM\r\nTRIGGER:-P1D\r\nEND:VALARM\r\nBEGIN:VALARM\r\nTRIGGER:P1W\r\nEND:VALARM",
        "BEGIN:VALARM\r\nTRIGGER:-P1D\r\nTRIGGER:P1W\r\nEND:VALARM",
        "BEGIN:VALARM\r\nTRIGGER:yesterday\r\nEND:VALARM",
        "BEGIN:VALARM\r\nTRIGGER;RELATED=END:-PT5M\r\nEND:VALARM",
        "BEGIN:VALARM\r\nTRIGGER;VALUE=DATE-TIME:20250103T090000Z\r\nEND:VALARM",
        "VALARM:a\r\nBEGIN:VALARM\r\nTRIGGER:-P1D\r\nEND:VALARM",
        "EXDATE:20250103T090000Z\r\nEXDATE;TZID=Europe/Berlin:20250103T090000,20250102T090000",
        "RDATE;VALUE=PERIOD:20250103T090000Z/PT1H\r\nRDATE;VALUE=DATE:20250103",
        "RELATED-TO:b@a.b\r\nRELATED-TO;RELTYPE=SIBLING:c@a.b\r\nRELATED-TO:b@a.b",
        "ATTACH:a:b\r\nATTACH;LABEL=c:d\r\nATTACH:a:b",
        "ATTACH:a:b\r\nATTACH;VALUE=BINARY;ENCODING=BASE64:?",
        "GEO:1;2\r\nGEO:1;2",
        "SEQUENCE:1\r\nSEQUENCE:x",
        "RRULE:FREQ=DAILY\r\nRRULE:FREQ=DAILY",
    ],
)
def test_an_odd_line_among_many_reads_as_it_does_alone(line: str) -> None:
    def event(*lines: str) -> bytes:
        return "\r\n".join(["BEGIN:VEVENT", "UID:a@a.b", *lines, "END:VEVENT", ""]).encode()

    _, read, _ = EventReader().read([event("SUMMARY:a"), event(line), event("DTSTART:20250103")])
    try:
        alone = read_single_event(event(line))
    except (ValueError, AttributeError):
        assert read is None
    else:
        assert read is None or (read, []) == alone


def test_most_events_are_read_together() -> None:
    feed = Feed(calendar_of(RALLY))
    read = EventReader().read(feed.blocks)
    for event_id in ("final", "kick-off", "draw", "weekly", "yearly"):
        assert read[feed.index(event_id)]
