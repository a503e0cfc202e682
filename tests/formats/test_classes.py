"""Which events a page and a diagram leave out by their class."""

from __future__ import annotations

from support.loading import load_text
from timeline.formats.classes import hidden_events_notices, without_private_events

FILE = """
calendar: {id: x.org, name: X}
events:
  - id: secret
    summary: Private
    start: 2027-01-01
    end: 2027-01-09
    class: private
    events:
      - id: inner
        summary: Inside
        start: 2027-01-02
        end: 2027-01-05
        class: public
        events:
          - {id: innermost, summary: Deep inside, start: 2027-01-03}
  - {id: open, summary: Open, start: 2027-02-01}
"""


def test_what_is_nested_in_a_private_event_is_left_out_and_counted() -> None:
    calendar = load_text(FILE).calendar
    assert [event.id for event in without_private_events(calendar).events] == ["open"]
    (notice,) = hidden_events_notices(calendar, "on the page")
    assert notice.startswith("3 events are not on the page")
    assert notice.endswith("the feed, the CSV and the Markdown have them")
