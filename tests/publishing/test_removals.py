"""Published events that a feed no longer has."""

from __future__ import annotations

import pytest

from support.clock import STAMP
from support.loading import calendar_of, file_text
from support.readback import feed_of
from timeline.formats import FORMATS
from timeline.formats.ics.options import FeedOptions
from timeline.publishing.feed import parse_feed
from timeline.publishing.ledger import Ledger
from timeline.publishing.removals import find_removals

SPAN = "summary: Tour, start: 2025-01-03, long-spans: endpoints"


@pytest.mark.parametrize("key", ["id: tour", "id: tour, uid: ABC-123", "id: tour, uid: a@b@c.org"])
def test_the_last_day_of_a_span_that_became_short_belongs_to_an_event_in_the_file(key: str) -> None:
    long, short = (
        calendar_of(file_text(f"{key}, {SPAN}, end: {end}")) for end in ("2025-06-03", "2025-01-05")
    )
    ledger = Ledger(STAMP, parse_feed(feed_of(long), "dist/x.ics"))
    list(FORMATS["ics"].render(short, FeedOptions(stamp=ledger.stamp)))
    (removal,) = find_removals(ledger, short, short)
    assert removal.summary == "Tour ends"
    assert (removal.is_in_file, removal.is_in_feed) == (True, True)
    assert removal.reason == "is in the file, but no longer shown"
