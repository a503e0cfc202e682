"""What a feed remembers of departed events is no event to any reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support import readers
from support.clock import STAMP
from support.expected_readings import expected_events, expected_instances
from support.loading import calendar_of_file
from support.paths import TESTS
from support.strict_lint import lint
from timeline.formats import FORMATS
from timeline.formats.ics.options import FeedOptions
from timeline.formats.ics.stamps import Departure, Stamps, uid_digest

if TYPE_CHECKING:
    from pathlib import Path

DEPARTURES = (
    Departure(uid_digest("rally@example.org"), 0, STAMP),
    Departure(uid_digest("final@example.org"), 2_147_483_646, STAMP),
)


def test_departed_events_are_read_by_none(reader: str, tmp_path: Path) -> None:
    calendar = calendar_of_file(TESTS / "cases" / "recurrence" / "events.yaml")
    options = FeedOptions(
        stamp=lambda _key, _content: Stamps(STAMP, STAMP, STAMP, 0), departures=DEPARTURES
    )
    feed = tmp_path / "events.ics"
    feed.write_bytes(b"".join(FORMATS["ics"].render(calendar, options)))
    assert feed.read_bytes().count(b"\r\nX-TIMELINE-LEFT:") == len(DEPARTURES)
    assert lint(feed.read_bytes()) == []
    (reading,) = readers.read(reader, [feed])
    assert reading.errors == []
    assert reading.events == list(expected_events(calendar, reader))
    assert reading.instances == expected_instances(calendar)
