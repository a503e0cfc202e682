"""What the model says of dates with one known bound: a bound that is not known is no limit."""

from __future__ import annotations

from datetime import date

import pytest

from support.loading import calendar_of, file_text
from timeline.dates import FIRST_DAY, LAST_DAY
from timeline.dates.calendar_units import OneSidedDate
from timeline.model.events import (
    AllDay,
    Calendar,
    Event,
    as_edtf,
    certainty,
    earliest,
    is_known_to_the_day,
    latest,
    shown_day,
)
from timeline.model.outline import Tense, group_by_year, next_event_ids, sort_by_time, tense
from timeline.model.projection import omission_reason, project_event
from timeline.model.selection import Selection, select_events
from timeline.model.words.spans import when_words
from timeline.model.words.titles import marked_title
from timeline.model.words.wording import PLAIN_ENGLISH

LATER, EARLIER = "not before 2027-06", "not after 2027-03"


def event_of(start: str, *more: str) -> Event:
    text = ", ".join(("id: a, summary: A", f"start: {start}", *more))
    return calendar_of(file_text(text)).events[0]


def following(start: str, *more: str) -> Event:
    """Return an event whose dates follow from one with a bound."""
    text = ", ".join(("id: b, summary: B", *more))
    return calendar_of(file_text(f"id: a, summary: A, start: {start}", text)).events[1]


def calendar_with(**starts: str) -> Calendar:
    return calendar_of(
        file_text(*(f"id: {id_}, summary: S, start: {start}" for id_, start in starts.items()))
    )


@pytest.mark.parametrize(
    ("start", "first", "last", "shown"),
    [
        (LATER, date(2027, 6, 1), None, date(2027, 6, 1)),
        (EARLIER, None, date(2027, 3, 31), date(2027, 3, 31)),
        ("not before 2027-06-15", date(2027, 6, 15), None, date(2027, 6, 15)),
        ("not after 2027-Q2", None, date(2027, 6, 30), date(2027, 6, 30)),
        ("not before 2027", date(2027, 1, 1), None, date(2027, 1, 1)),
        ("not after 2028-02", None, date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_the_missing_bound_is_none(
    start: str, first: date | None, last: date | None, shown: date
) -> None:
    when = event_of(start).when
    assert isinstance(when, AllDay)
    assert isinstance(when.start, OneSidedDate)
    assert (earliest(when), latest(when), shown_day(when.start)) == (first, last, shown)
    assert not is_known_to_the_day(when)


@pytest.mark.parametrize(
    ("start", "day", "expected"),
    [
        (LATER, date(2027, 5, 31), Tense.FUTURE),
        (LATER, date(2027, 6, 1), None),
        (LATER, LAST_DAY, None),
        (EARLIER, FIRST_DAY, None),
        (EARLIER, date(2027, 3, 31), None),
        (EARLIER, date(2027, 4, 1), Tense.PAST),
    ],
)
def test_it_is_over_or_to_come_only_where_its_bound_says_so(
    start: str, day: date, expected: Tense | None
) -> None:
    assert tense(event_of(start).when, day) is expected


def test_an_end_to_be_confirmed_is_not_over() -> None:
    when = following(EARLIER, "start: a.start", "duration: 3 days").when
    assert (earliest(when), latest(when)) == (None, None)
    assert tense(when, date(2027, 4, 1)) is None
    assert when_words(when, PLAIN_ENGLISH) == "not after March 2027, end to be confirmed"
    title = marked_title("T", when, None, PLAIN_ENGLISH)
    assert title == "TBC: T (not after March 2027, end to be confirmed)"
    assert as_edtf(when) is None


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ((2027, 6, 1), None, ["later", "both"]),
        ((2100, 1, 1), None, ["later"]),
        ((2027, 4, 1), None, ["later", "both"]),
        ((2027, 3, 31), None, ["later", "earlier", "both"]),
        (None, (2027, 6, 1), ["later", "earlier"]),
        (None, (2027, 5, 31), ["earlier"]),
        (None, (1066, 1, 1), ["earlier"]),
        ((2027, 4, 1), (2027, 5, 31), []),
        ((2028, 1, 1), (2030, 1, 1), ["later"]),
    ],
)
def test_a_filter_takes_the_missing_bound_as_unlimited(
    first: tuple[int, int, int] | None, last: tuple[int, int, int] | None, expected: list[str]
) -> None:
    calendar = calendar_with(later=LATER, earlier=EARLIER, both="2027-07")
    bounds = (date(*day) if day else None for day in (first, last))
    chosen = select_events(calendar, Selection(frozenset(), frozenset(), *bounds))
    assert [event.id for event in chosen.events] == expected


def test_lists_have_it_on_the_day_of_its_bound_after_what_is_known() -> None:
    calendar = calendar_with(
        a=LATER, b="2027-06", c="2027-06-01", d=EARLIER, e="2027-03-31", f="2027-04-01", g="TBC"
    )
    assert "".join(event.id for event in sort_by_time(calendar.events)) == "edfcbag"
    groups = group_by_year(calendar_with(a="not after 2026", b="not before 2028"))
    assert [year for year, _ in groups] == [2026, 2028]


def test_what_may_be_much_later_is_next_only_if_nothing_else_is() -> None:
    calendar = calendar_with(a="not before 2027-06-01", b="2028", c=EARLIER)
    assert next_event_ids(calendar, date(2027, 1, 1)) == {"b"}
    assert next_event_ids(calendar_with(a=LATER, c=EARLIER), date(2027, 1, 1)) == {"a"}


@pytest.mark.parametrize("imprecise", ["span", "start"])
@pytest.mark.parametrize(
    ("start", "first", "end"),
    [
        (LATER, date(2027, 6, 1), date(2027, 6, 2)),
        (EARLIER, date(2027, 3, 31), date(2027, 4, 1)),
        ("not after 9998", date(9998, 12, 31), date(9999, 1, 1)),
        ("not before 0002", date(2, 1, 1), date(2, 1, 2)),
    ],
)
def test_a_feed_shows_the_day_of_the_bound(
    start: str, first: date, end: date, imprecise: str
) -> None:
    (vevent,) = project_event(event_of(start, f"imprecise: {imprecise}"), PLAIN_ENGLISH)
    assert (vevent.dtstart, vevent.dtend) == (first, end)
    assert (vevent.status, vevent.transp) == ("TENTATIVE", "TRANSPARENT")
    assert vevent.summary == marked_title("A", vevent.when, None, PLAIN_ENGLISH)
    assert vevent.summary.startswith("TBC: A (not ")


def test_a_feed_may_omit_it() -> None:
    event = event_of(LATER, "imprecise: skip")
    assert omission_reason(event) == "its date is not known to the day: not before June 2027"
    assert project_event(event, PLAIN_ENGLISH) == ()


@pytest.mark.parametrize("long_spans", ["span", "endpoints"])
def test_it_is_no_long_span(long_spans: str) -> None:
    event = event_of("not after 2027", f"long-spans: {long_spans}")
    (vevent,) = project_event(event, PLAIN_ENGLISH)
    assert vevent.suffix == ""


@pytest.mark.parametrize(
    ("was", "note"),
    [
        ("not before 2027-06", "previously not before June 2027, new date to be confirmed"),
        ("not after 2027", "previously not after 2027, new date to be confirmed"),
    ],
)
def test_a_postponed_event_says_what_was_known(was: str, note: str) -> None:
    event = event_of("TBC", "status: postponed", f"was: [{was}]")
    (vevent,) = project_event(event, PLAIN_ENGLISH)
    assert (vevent.summary, vevent.status) == (f"Postponed: A ({note})", "CANCELLED")
    assert vevent.dtstart == shown_day(event.was[0].when.start)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (LATER, "not before June 2027"),
        (EARLIER, "not after March 2027"),
        ("not before 2027", "not before 2027"),
        ("not after 2027-Q2", "not after Q2 2027"),
        ("not before 2027-06-15", "not before 15 June 2027"),
    ],
)
def test_the_words_of_the_bound(start: str, words: str) -> None:
    when = event_of(start).when
    assert when_words(when, PLAIN_ENGLISH) == words
    assert marked_title("T", when, None, PLAIN_ENGLISH) == f"TBC: T ({words})"


@pytest.mark.parametrize(
    ("mark", "words", "certain"),
    [
        ("~", "not before about June 2027", "approximate"),
        ("?", "perhaps not before June 2027", "uncertain"),
        ("%", "perhaps not before about June 2027", "uncertain and approximate"),
    ],
)
def test_a_date_that_follows_may_be_qualified(mark: str, words: str, certain: str) -> None:
    when = following(LATER, f"start: a.start{mark}").when
    assert when_words(when, PLAIN_ENGLISH) == words
    assert certainty(when).words == certain
    assert as_edtf(when) == "[2027-06..]"
