"""The current instance of a series, and its overrides in words."""

# ruff: noqa: RUF001 - spans have dashes

from __future__ import annotations

from datetime import date

import pytest

from support.loading import calendar_of, file_text
from timeline.model import outline
from timeline.model.events import AllDay, Calendar, Event, Timed
from timeline.model.occurrences import current_dates
from timeline.model.outline import Tense
from timeline.model.words.series import recurrence_sentences
from timeline.model.words.spans import when_words
from timeline.model.words.wording import PLAIN_ENGLISH


def calendar(*events: str) -> Calendar:
    return calendar_of(file_text(*events))


def event(text: str) -> Event:
    return calendar(f"id: a, summary: A, {text}").events[0]


WEEKLY = "start: 2027-01-04, duration: 2 days, rrule: FREQ=WEEKLY;COUNT=4"


@pytest.mark.parametrize(
    ("text", "day", "expected", "tense"),
    [
        (WEEKLY, "2026-12-31", "4–5 January 2027", Tense.FUTURE),
        (WEEKLY, "2027-01-04", "4–5 January 2027", Tense.NOW),
        (WEEKLY, "2027-01-05", "4–5 January 2027", Tense.NOW),
        (WEEKLY, "2027-01-06", "11–12 January 2027", Tense.FUTURE),
        (WEEKLY, "2027-01-26", "25–26 January 2027", Tense.NOW),
        (WEEKLY, "2027-01-27", "25–26 January 2027", Tense.PAST),
        (f"{WEEKLY}, exdate: [2027-01-11]", "2027-01-06", "18–19 January 2027", Tense.FUTURE),
        (f"{WEEKLY}, rdate: [2027-01-08]", "2027-01-06", "8–9 January 2027", Tense.FUTURE),
        ("start: 2027-01-04, rrule: FREQ=YEARLY", "2030-06-01", "4 January 2031", Tense.FUTURE),
        (
            "start: 2027-01-04T18:00, rrule: FREQ=DAILY",
            "2027-02-01",
            "1 February 2027, 18:00 (Europe/Berlin)",
            Tense.NOW,
        ),
        ("start: 2027-01-04", "2030-06-01", "4 January 2027", Tense.PAST),
        ("start: 2027", "2027-06-01", "2027", None),
    ],
)
def test_the_current_dates_are_those_of_the_present_next_or_last_instance(
    text: str, day: str, expected: str, tense: Tense | None
) -> None:
    dates = current_dates(event(text), date.fromisoformat(day))
    assert when_words(dates, PLAIN_ENGLISH) == expected
    assert isinstance(dates, Timed if "T18" in text else AllDay)
    assert outline.tense(dates, date.fromisoformat(day)) is tense


def test_the_current_dates_follow_overrides_and_skip_cancelled_instances() -> None:
    moved = "overrides: [{recurrence-id: 2027-01-11, start: 2027-01-13}]"
    assert (
        when_words(current_dates(event(f"{WEEKLY}, {moved}"), date(2027, 1, 12)), PLAIN_ENGLISH)
        == "13–14 January 2027"
    )
    off = "overrides: [{recurrence-id: 2027-01-11, status: cancelled}]"
    assert (
        when_words(current_dates(event(f"{WEEKLY}, {off}"), date(2027, 1, 11)), PLAIN_ENGLISH)
        == "18–19 January 2027"
    )


def test_the_next_event_may_be_an_instance_of_a_started_series() -> None:
    given = calendar(
        f"id: series, summary: Series, {WEEKLY}", "id: later, summary: Later, start: 2027-01-12"
    )
    assert outline.next_event_ids(given, date(2027, 1, 7)) == {"series"}
    assert outline.next_event_ids(given, date(2027, 1, 11)) == {"later"}


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        ("duration: 3 days", "On 11 January 2027: lasts 11–13 January 2027"),
        ("status: tentative", "On 11 January 2027: tentative"),
        ("status: cancelled, summary: Off", "On 11 January 2027: cancelled, Off"),
        ("start: 2027-01-12", "On 11 January 2027: moved to 12–13 January 2027"),
        ("location: Hall 2", "On 11 January 2027: Hall 2"),
        ("description: Bring shoes.", "On 11 January 2027: Bring shoes."),
        (
            "description: 'Bring\n\n  shoes', location: Hall",
            "On 11 January 2027: Hall — Bring shoes",
        ),
        ("url: https://example.org/2", "On 11 January 2027: https://example.org/2"),
        (
            "start: 2027-01-12, url: https://example.org/2, description: Off",
            "On 11 January 2027: moved to 12–13 January 2027, https://example.org/2 — Off",
        ),
        ("categories: [other]", None),
    ],
)
def test_the_differences_of_an_override_are_stated(override: str, expected: str | None) -> None:
    text = f"{WEEKLY}, overrides: [{{recurrence-id: 2027-01-11, {override}}}]"
    sentences = list(recurrence_sentences(event(text), PLAIN_ENGLISH))
    assert sentences[1:] == ([expected] if expected else [])


def test_a_date_that_is_added_and_excepted_is_not_stated_as_added() -> None:
    text = "start: 2027-03-01, rdate: [2027-02-20, 2027-03-05, 2027-03-01]"
    excepted = f"{text}, exdate: [2027-02-20, 2027-03-01]"
    assert list(recurrence_sentences(event(excepted), PLAIN_ENGLISH)) == [
        "Also on 5 March 2027",
        "Not on 20 February 2027 and 1 March 2027",
    ]
