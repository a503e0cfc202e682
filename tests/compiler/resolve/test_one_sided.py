"""What follows from an event with one known bound, and what is possible beside it."""

from __future__ import annotations

import pytest

from support.loading import calendar_of, event_codes, file_text
from timeline.model.words.spans import when_words
from timeline.model.words.wording import PLAIN_ENGLISH

KNOWN = (
    "id: later, summary: L, start: not before 2027-06",
    "id: earlier, summary: E, start: not after 2027-03",
    "id: tbc, summary: T, start: TBC",
    "id: day, summary: D, start: 2027-05-05",
    "id: time, summary: T, start: '2027-05-05T23:30[America/New_York]'",
)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("later.start", "not before June 2027"),
        ("later.end", "not before June 2027"),
        ("later.start + 1 month", "not before July 2027"),
        ("later.end - 1 day", "not before 31 May 2027"),
        ("earlier.start + 1 year", "not after March 2028"),
        ("not before later.start", "not before June 2027"),
        ("not before later.start + 1 week", "not before 8 June 2027"),
        ("not after later.start", "date to be confirmed"),
        ("not before earlier.end", "date to be confirmed"),
        ("not after earlier.end - 1 month", "not after February 2027"),
        ("not before day.start", "not before 5 May 2027"),
        ("not after day.start + 2 weeks", "not after 19 May 2027"),
        ("not before time.start", "not before 5 May 2027"),
        ("not after time.end + 1 day", "not after 6 May 2027"),
        ("not after tbc.start", "date to be confirmed"),
        ("between later.start and 2027-09", "between June and September 2027"),
        ("between 2027-01 and later.start", "not before January 2027"),
        ("between earlier.start and 2027-09", "not after September 2027"),
        ("between 2026 and earlier.start", "the start of 2026 and March 2027"),
        ("between later.start and later.start", "not before June 2027"),
        ("between earlier.start and later.start", "date to be confirmed"),
        ("between tbc.start and later.start", "date to be confirmed"),
    ],
)
def test_what_follows_is_only_what_is_certain(start: str, words: str) -> None:
    calendar = calendar_of(file_text(*KNOWN, f"id: a, summary: A, start: {start}"))
    assert when_words(calendar.events[-1].when, PLAIN_ENGLISH).endswith(words)


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ("start: later.start, end: 2028", ["end-not-shown"]),
        ("start: later.start, duration: 3 days", ["end-not-shown"]),
        ("start: later.start, end: ..", ["end-not-shown"]),
        ("start: later.start, end: TBC", []),
        ("start: later.start, end: tbc.start", []),
        ("start: later.start, end: 2027-05", ["end-before-start"]),
        ("start: later.start, end: earlier.start", ["end-before-start"]),
        ("start: earlier.start, end: later.start", ["end-not-shown"]),
        ("start: earlier.start, end: 2020", ["end-not-shown"]),
        ("start: 2027-01-01, end: later.start", ["end-not-shown"]),
        ("start: 2028, end: earlier.start", ["end-before-start"]),
        ("start: 2027-01-01T10:00, end: later.start", ["end-not-shown"]),
        ("start: later.start, end: 2027-12-01T10:00", ["end-not-shown"]),
        ("start: TBC, end: later.start", ["end-not-shown"]),
        ("start: later.start, duration: 2 hours", ["hours-on-a-day"]),
        ("start: later.start, rrule: FREQ=DAILY", ["rule-start"]),
        ("start: later.start, rdate: [2027-07-07]", ["rule-start"]),
        ("start: 2027-01-01, rrule: {freq: weekly, until: later.start}", ["rule-until"]),
        ("start: 2027-01-01, rrule: FREQ=DAILY, exdate: [earlier.start]", ["rule-start"]),
        ("start: 2027-01-01, rdate: [later.start]", ["rule-start"]),
        ("start: 2027-01-01, rdate: [not before 2028]", ["one-bound"]),
        ("start: later.start, alarms: [1 day before]", ["alarm-without-day"]),
        ("start: later.start at 18:00", ["clock-on-unknown-day"]),
        ("start: not after day.start, end: 2028", ["one-bound"]),
        ("start: not after day.start, duration: 3 days", ["one-bound"]),
        ("start: not after day.start, end: TBC", ["one-bound"]),
        ("start: not after tbc.start, duration: 3 days", ["one-bound"]),
        ("start: not after day.start, rrule: FREQ=DAILY", ["rule-start"]),
        ("start: not after tbc.start, rrule: FREQ=DAILY", ["rule-start"]),
        ("start: not after day.start, rdate: [2027-07-07]", ["rule-start"]),
        ("start: not after day.start + 2 hours", ["one-bound"]),
        ("start: not after day.start at 18:00", ["one-bound"]),
        ("start: not after day.start~", ["one-bound"]),
        ("start: not after nobody.start", ["unknown-event"]),
        ("start: not after a.start", ["circle"]),
        ("start: not before later.start, end: later.end", ["one-bound"]),
        ("start: between later.start and 2027-05", ["empty-between"]),
        ("start: between 2028 and earlier.start", ["empty-between"]),
    ],
)
def test_what_is_possible_beside_it(more: str, codes: list[str]) -> None:
    assert event_codes(*KNOWN, f"id: a, summary: A, {more}") == codes


def test_an_end_that_is_not_shown_is_still_known_to_others() -> None:
    calendar = calendar_of(
        file_text(
            *KNOWN,
            "id: a, summary: A, start: later.start + 1 day, duration: 3 days",
            "id: b, summary: B, start: a.end + 1 day",
            "id: c, summary: C, start: later.start, end: 2029-01",
            "id: d, summary: D, start: c.end",
        )
    )
    *_, b, _, d = (when_words(event.when, PLAIN_ENGLISH) for event in calendar.events)
    assert (b, d) == ("not before 5 June 2027", "January 2029")


def test_a_start_that_is_refused_is_reported_alone() -> None:
    assert event_codes(*KNOWN, "id: a, summary: A, start: nonsense, end: later.start") == [
        "date-syntax"
    ]


def test_the_day_of_a_time_is_that_of_its_own_clock() -> None:
    event = "id: a, summary: A, timezone: Asia/Tokyo, start: not before time.start"
    when = calendar_of(file_text(*KNOWN, event)).events[-1].when
    assert when_words(when, PLAIN_ENGLISH).endswith("5 May 2027")
