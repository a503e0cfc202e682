"""The alarms of a feed replace those of its events, and of the instances of their series."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from support import readback
from support.loading import codes_of, file_text, load_text
from timeline.compiler.resolve import feed_alarms
from timeline.dates import Instant
from timeline.model.feeds import calendar_of_feed

if TYPE_CHECKING:
    from timeline.model.events import Calendar, Event

CATEGORY = "categories: {race: {alarms: [2 hours before]}}\n"
DAY = "id: day, summary: Day, start: 2027-03-31, categories: [race], alarms: [1 day before]"
SERIES = (
    "id: series, summary: Series, start: 2027-01-04T10:00, duration: 1 hour, "
    "rrule: FREQ=WEEKLY;COUNT=3, alarms: [30 minutes before], "
    "overrides: [{recurrence-id: 2027-01-11, start: 2027-01-11T18:00}]"
)
VAGUE = "id: vague, summary: Vague, start: 2027, alarms: []"


def calendar(feed: str, *events: str) -> Calendar:
    top = f"{CATEGORY}feeds: [{{id: f{feed}}}]\n"
    loaded = load_text(file_text(*(events or (DAY, SERIES, VAGUE)), top=top))
    assert loaded.is_sound, loaded.diagnostics
    return loaded.calendar


def triggers(event: Event) -> list[str]:
    return [
        str(alarm.trigger) if isinstance(alarm.trigger, Instant) else _text(alarm.trigger)
        for alarm in event.alarms
    ]


def _text(length: timedelta) -> str:
    return f"{length / timedelta(hours=1):g}"


def of_feed(feed: str, *events: str) -> dict[str, list[str]]:
    """Return the triggers of the events of a feed, and of overrides after a ``+``."""
    resolved = calendar(feed, *events)
    shown = calendar_of_feed(resolved, resolved.feeds[0])
    readback.assert_reads_back(readback.feed_of(shown), shown)
    result = {event.id: triggers(event) for event in shown.events}
    for event in shown.events:
        result |= {f"{event.id}+": triggers(override.event) for override in event.overrides}
    return result


def test_a_feed_without_the_key_has_the_reminders_of_the_events() -> None:
    assert of_feed("") == {
        "day": ["-24", "-2"],
        "series": ["-0.5"],
        "vague": [],
        "series+": ["-0.5"],
    }


def test_an_empty_list_is_none() -> None:
    assert of_feed(", alarms: []") == {"day": [], "series": [], "vague": [], "series+": []}


def test_those_of_a_feed_replace_all_others() -> None:
    assert of_feed(", alarms: [1 week before, 1 day before at 18:00]") == {
        "day": ["-168", "-6"],
        "series": ["-168", "-16"],
        "vague": [],
        "series+": ["-168", "-24"],  # it begins at 18:00
    }


def test_they_are_those_of_one_feed() -> None:
    resolved = calendar(", alarms: [1 week before]}, {id: g")
    first, second = (calendar_of_feed(resolved, feed) for feed in resolved.feeds)
    assert triggers(first.events[0]) == ["-168"]
    assert triggers(second.events[0]) == triggers(resolved.events[0]) == ["-24", "-2"]


def test_a_time_is_in_the_zone_of_the_calendar_and_rings_once_for_a_series() -> None:
    tokyo = DAY.replace("id: day", "id: tokyo, timezone: Asia/Tokyo")
    assert of_feed(", alarms: [2027-01-01T09:00]", DAY, tokyo, SERIES) == {
        "day": ["2027-01-01T09:00:00+01:00"],
        "tokyo": ["2027-01-01T09:00:00+01:00"],
        "series": ["2027-01-01T09:00:00+01:00"],
        "series+": [],
    }


def test_of_two_at_one_time_there_is_the_first() -> None:
    alarms = ", alarms: [1 day before, 24 hours before, 2 days before end]"
    assert of_feed(alarms, DAY) == {"day": ["-24"]}


def test_before_an_end_that_is_not_known_there_is_none_and_nothing_is_reported() -> None:
    event = "id: open, summary: Open, start: 2027-03-31, end: .."
    alarms = "alarms: [1 day before end, 1 hour before]"
    assert of_feed(f", {alarms}", event) == {"open": ["-1"]}
    top = f"feeds: [{{id: f, {alarms}}}]\n"
    assert codes_of(file_text(event, VAGUE, top=top)) == []


def test_months_are_for_a_feed_without_series() -> None:
    assert of_feed(", ids: [day], alarms: [1 month before]") == {"day": ["-744"]}
    top = "feeds: [{id: f, alarms: [1 month before]}]\n"
    loaded = load_text(file_text(DAY.replace("[race]", "[]"), SERIES, top=top))
    (diagnostic,) = loaded.diagnostics
    assert diagnostic.code == "alarm-syntax"
    assert [note.message for note in diagnostic.notes] == ["`series` recurs"]


@pytest.mark.parametrize(
    ("alarm", "code"),
    [
        ("1 dya before", "duration-syntax"),
        ("999999 days before", "year-range"),
        ("'2027-03-28T02:30[Europe/Berlin]'", "skipped-time"),
        ("~", "empty-value"),
        ("'2027-10-31T02:30'", "repeated-time"),
        ("'2027-01-03T09:00[Berlin]'", "unknown-zone"),
    ],
)
def test_an_error_of_a_feed_is_reported_once(alarm: str, code: str) -> None:
    events = (DAY.replace("[race]", "[]"), SERIES)
    top = f"feeds: [{{id: f, alarms: [{alarm}]}}]\n"
    assert codes_of(file_text(*events, top=top)) == [code]


def test_an_error_of_a_feed_names_the_first_event_that_has_it() -> None:
    early = "id: early, summary: Early, start: 0100-01-01"
    top = "feeds: [{id: f, alarms: [99999 weeks before]}, {id: g, alarms: [99998 weeks before]}]\n"
    events = (DAY.replace("[race]", "[]"), early, early.replace("early", "earlier"))
    for diagnostic in (diagnostics := load_text(file_text(*events, top=top)).diagnostics):
        assert diagnostic.code == "year-range"
        assert [note.message for note in diagnostic.notes] == ["`early` is here"]
    assert len(diagnostics) == 2


def test_they_count_as_reminders_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    # The events have 4 reminders, two of them an override's or a category's; 4 events of the feed
    # have 2 each.
    top = f"{CATEGORY}feeds: [{{id: f, alarms: [1 day before, 2 days before]}}]\n"
    text = file_text(DAY, SERIES, VAGUE, top=top)
    monkeypatch.setattr(feed_alarms, "MAX_ALARMS", 12)
    assert codes_of(text) == []
    monkeypatch.setattr(feed_alarms, "MAX_ALARMS", 11)
    (diagnostic,) = load_text(text).diagnostics
    assert diagnostic.message == (
        "3 events with the 2 reminders of the feed `f`: 12 reminders in all, expected at most 11"
    )


def test_feeds_that_select_from_too_many_events_have_no_reminders_to_resolve(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feed_alarms, "MAX_SELECTIONS", 2)
    resolved = calendar(", alarms: [1 week before]")
    assert resolved.feeds[0].alarms is None
