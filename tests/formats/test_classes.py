"""Which events a page and a diagram leave out by their class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.loading import load_text
from timeline.formats import FORMATS
from timeline.formats.classes import hidden_events_notices, without_private_events
from timeline.model import Feed, Selection, calendar_of_feed, select_events

if TYPE_CHECKING:
    from collections.abc import Callable

    from timeline.model import Calendar

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
        categories: [a]
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


def selected_inner(calendar: Calendar) -> Calendar:
    return select_events(calendar, Selection(ids=frozenset({"inner", "open"})))


def feed_of_inner(calendar: Calendar) -> Calendar:
    return calendar_of_feed(calendar, Feed("f", categories=("a",)))


@pytest.mark.parametrize("select", [selected_inner, feed_of_inner])
def test_it_is_left_out_also_if_the_private_event_is_not_selected(
    select: Callable[[Calendar], Calendar],
) -> None:
    calendar = select(load_text(FILE).calendar)
    assert "inner" in {event.id for event in calendar.events}
    assert "inner" not in {event.id for event in without_private_events(calendar).events}
    (notice,) = hidden_events_notices(calendar, "on the page")
    assert notice.startswith("1 event is not on the page")
    for name, form in FORMATS.items():
        if name not in ("html", "svg", "md", "csv", "json"):
            continue
        output = b"".join(form.render_file(calendar, form.options()))
        assert (b"Inside" in output) == (name not in ("html", "svg")), name
