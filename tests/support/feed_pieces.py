"""A feed in pieces, with everything that a feed may contain, for tests of the read-back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.clock import STAMP
from timeline.formats import FORMATS
from timeline.formats.ics.options import FeedOptions
from timeline.formats.ics.stamps import Stamps
from timeline.model.projection import project_calendar
from timeline.publishing.verify.verifier import verify_feed

if TYPE_CHECKING:
    from timeline.model.events import Calendar
    from timeline.publishing.verify.faults import Fault

RALLY = r"""
calendar:
  id: cup.example.org
  name: The Cup, and what is said of it
  description: "Two\nlines; and more"
  timezone: Europe/Berlin
  url: https://example.org/cup
  source: https://example.org/cup.ics
  color: darkorange
  refresh: 12 hours
events:
  - id: final
    summary: The final; in C:\New, they say
    description: "First line\nsecond, with a \\ and a ; and \\n"
    start: 2025-03-29
    end: 2025-03-30
    location: Köln, Stadion; Tor 3
    geo: {latitude: 50.933611, longitude: -6.875}
    url: https://example.org/a;b,c?d=%2C
    categories: ["a, b", "c; d", "C:\\New"]
    color: red
    priority: 3
    class: private
    organizer: {name: 'Ann "A" Bee', email: ann@example.org}
    contact: {name: Bee, email: bee@example.org}
    image: [{url: "https://example.org/i.png", title: "An, image"}]
    attach: [{url: "https://example.org/a.pdf"}, {url: "https://example.org/b.pdf", title: B}]
    conference: [{url: "https://example.org/call", title: Join}]
    related-to: [{id: draw, type: sibling}]
    sources: [{url: "https://example.org/s", title: "A; source", quote: "said, so"}]
    properties: {X-ROOM: "3; left, or right", COMMENT: "a, comment"}
    events:
      - id: kick-off
        summary: Kick-off über die ganze Länge eines Titels, der gefaltet werden muss — größer
        start: 2025-03-30T15:30
        end: 2025-03-30T17:15
        related-to: [{id: draw, type: sibling}]
  - id: draw
    summary: Draw
    start: 2025-Q1
    was: [{start: 2024-12-01, note: "moved, once"}]
  - id: season
    summary: Season
    start: 2025-01-01
    end: 2026~
    long-spans: endpoints
  - id: call
    summary: Call
    start: 2025-10-26T02:30+01:00[Europe/Berlin]
  - id: off
    summary: Off
    status: cancelled
    start: 2025-07-01T10:00[America/New_York]
  - id: weekly
    summary: Weekly
    start: 2025-02-03T09:00
    end: 2025-02-03T10:00
    rrule: FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20270630
    rdate: [2025-02-05T12:00]
    exdate: [2025-02-06, 2025-02-10]
    alarms: [1 hour before, 10 minutes before end, 2025-02-01T18:00]
    overrides:
      - {recurrence-id: 2025-02-13, start: 2025-02-14T11:00, summary: "Weekly, a day late"}
      - {recurrence-id: 2025-02-17, status: cancelled}
  - id: yearly
    summary: Yearly
    start: 2025-05-01
    rrule: {freq: yearly}
    alarms: [1 day before at 18:00]
  - id: some-day
    summary: Some day
    start: TBC
"""


class Feed:
    """A feed in pieces; ``blocks`` are its VEVENTs in order."""

    def __init__(self, calendar: Calendar) -> None:
        stamps = Stamps(STAMP, STAMP, STAMP, 0)
        chunks = list(
            FORMATS["ics"].render(calendar, FeedOptions(stamp=lambda _key, _content: stamps))
        )
        vevents = list(project_calendar(calendar))
        assert len(chunks) == len(vevents) + 2
        self.calendar = calendar
        self.head, self.tail = chunks[0], chunks[-1]
        self.projection = tuple(vevents)
        self.vevents = vevents
        self.blocks = chunks[1:-1]

    def verify(self) -> list[Fault]:
        blocks = list(zip(self.vevents, self.blocks, strict=True))
        return verify_feed(self.calendar, self.projection, self.head, blocks, self.tail)

    def index(self, event_id: str) -> int:
        return next(i for i, vevent in enumerate(self.vevents) if vevent.event.id == event_id)

    def put(self, event_id: str, *pairs: bytes, instance: int = 0) -> None:
        i = self.index(event_id) + instance
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in self.blocks[i], self.blocks[i]
            self.blocks[i] = self.blocks[i].replace(old, new, 1)

    def put_head(self, old: bytes, new: bytes) -> None:
        assert old in self.head, self.head
        self.head = self.head.replace(old, new, 1)
