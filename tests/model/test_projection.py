"""The VEVENTs of events whose dates a calendar app cannot show."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from support import strategies
from support.loading import load_data
from timeline.dates import Instant, OneSidedDate
from timeline.model.events import Event, Undated, earliest, is_imprecise, latest
from timeline.model.projection import (
    VEventProjection,
    exclusive_end,
    omission,
    omission_reason,
    project_event,
)
from timeline.model.words.wording import PLAIN_ENGLISH


def event(**keys: Any) -> Event:
    names = {name.replace("_", "-"): value for name, value in keys.items()}
    data = {
        "calendar": {"id": "x.org", "name": "X", "timezone": "Europe/Berlin"},
        "events": [{"id": "e", "summary": "S"} | names],
    }
    return load_data(data).calendar.events[0]


def vevents(**keys: Any) -> str:
    """Return a line for each VEVENT: start, exclusive end, SUMMARY, STATUS."""
    return "\n".join(
        f"{_shown(vevent.dtstart)} {_shown(vevent.dtend)} {vevent.summary} {vevent.status or '-'}"
        for vevent in project_event(event(**keys), PLAIN_ENGLISH)
    )


def _shown(value: date | Instant | None) -> str:
    return "-" if value is None else str(value)


@pytest.mark.parametrize(
    ("start", "span", "first_day"),
    [
        ("2025-02", "2025-02-01 2025-03-01", "2025-02-01 2025-02-02"),
        ("2024-02", "2024-02-01 2024-03-01", "2024-02-01 2024-02-02"),
        ("2025-Q4", "2025-10-01 2026-01-01", "2025-10-01 2025-10-02"),
        ("2026", "2026-01-01 2027-01-01", "2026-01-01 2026-01-02"),
        ("202X", "2020-01-01 2030-01-01", "2020-01-01 2020-01-02"),
        ("between 2025-01-03 and 2025-01-17", "2025-01-03 2025-01-18", "2025-01-03 2025-01-04"),
    ],
)
def test_an_imprecise_start_follows_the_option(start: str, span: str, first_day: str) -> None:
    assert vevents(start=start, imprecise="span").startswith(span)
    assert vevents(start=start, imprecise="start").startswith(first_day)
    assert vevents(start=start, imprecise="skip") == ""
    words = {vevents(start=start, imprecise=how)[22:] for how in ("span", "start")}
    assert len(words) == 1  # the same title and status
    assert re.fullmatch(r"TBC.*: S.* TENTATIVE", words.pop())


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"start": "2025-01-03"}, "2025-01-03 2025-01-04 S -"),
        ({"start": "2025-01-03~"}, "2025-01-03 2025-01-04 Approx: S TENTATIVE"),
        ({"start": "2025-01-03", "end": ".."}, "2025-01-03 2025-01-04 S (since 3 January 2025) -"),
        ({"start": "2025-01-03", "end": "TBC"}, "2025-01-03 2025-01-04 S (end to be confirmed) -"),
        ({"start": "2025-01-03", "end": "2028"}, "2025-01-03 2029-01-01 S (until 2028) -"),
        ({"start": "2025-01-03T09:00"}, "2025-01-03T09:00:00+01:00 - S -"),
        ({"start": "2026~", "status": "confirmed"}, "2026-01-01 2027-01-01"),
        (
            {"start": "2025-01-03", "status": "cancelled"},
            "2025-01-03 2025-01-04 Cancelled: S CANCELLED",
        ),
        (
            {"start": "2025-02-03", "status": "postponed", "was": ["2025-01-03"]},
            "2025-02-03 2025-02-04 Postponed: S TENTATIVE",
        ),
        (
            {"start": "TBC", "status": "postponed", "was": ["2025-01-03", "2024-12-01"]},
            "2025-01-03 2025-01-04 Postponed: S CANCELLED",
        ),
        ({"start": "2025-01-03", "status": "cancelled", "cancelled": "drop"}, ""),
        ({"start": "TBC"}, ""),
        ({"start": "TBC", "status": "cancelled"}, ""),
        ({"start": "TBC", "status": "postponed"}, ""),
        ({"start": "TBC", "end": "2028"}, ""),
    ],
)
def test_a_vevent_shows_a_date_as_it_is_known(keys: dict[str, Any], expected: str) -> None:
    assert vevents(**keys).startswith(expected)
    assert bool(vevents(**keys)) == bool(expected)


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2025-01-31", "2025-01-01 2025-02-01 S -"),
        ("2025-02-01", "2025-01-01 2025-01-02 S begins -\n2025-02-01 2025-02-02 S ends -"),
        (
            "2028",
            ("2025-01-01 2025-01-02 S begins -\n2028-01-01 2029-01-01 TBC 2028: S ends TENTATIVE"),
        ),
    ],
)
def test_a_long_span_is_shown_by_its_endpoints_on_request(end: str, expected: str) -> None:
    assert vevents(start="2025-01-01", end=end, long_spans="endpoints") == expected


def test_the_end_of_a_long_span_has_a_separate_uid() -> None:
    start, end = project_event(
        event(start="2025-01-01", end="2025-12-31", long_spans="endpoints"), PLAIN_ENGLISH
    )
    assert (start.suffix, end.suffix) == ("", ".end")


def test_all_day_events_are_transparent_and_timed_ones_opaque_by_default() -> None:
    def transp(**keys: Any) -> str:
        return project_event(event(**keys), PLAIN_ENGLISH)[0].transp

    assert transp(start="2025-01-03") == "TRANSPARENT"
    assert transp(start="2025-01-03T09:00") == "OPAQUE"
    assert transp(start="2025-01-03T09:00", status="cancelled") == "TRANSPARENT"
    assert transp(start="2025-01-03", transparency="opaque") == "OPAQUE"
    assert transp(start="2025-01-03T09:00", transparency="transparent") == "TRANSPARENT"


def test_a_series_without_any_instance_is_omitted() -> None:
    off = [{"recurrence-id": day, "status": "cancelled"} for day in ("2027-01-04", "2027-01-11")]
    series = {"start": "2027-01-04", "rrule": "FREQ=WEEKLY;COUNT=2", "cancelled": "drop"}
    gone = event(**series, overrides=off)
    assert project_event(gone, PLAIN_ENGLISH) == ()
    assert omission_reason(gone) == "all its instances are cancelled"
    assert omission(gone) == "no-instances"
    assert omission_reason(event(**series, overrides=off[:1])) is None
    assert omission_reason(event(**{**series, "cancelled": "status"}, overrides=off)) is None


def test_the_imprecise_date_of_a_postponed_event_follows_the_option() -> None:
    keys = {"start": "TBC", "status": "postponed", "was": ["2026"]}
    words = "Postponed: S (from 2026, new date to be confirmed) CANCELLED"
    assert vevents(**keys) == f"2026-01-01 2027-01-01 {words}"
    assert vevents(**keys, imprecise="start") == f"2026-01-01 2026-01-02 {words}"
    assert vevents(**keys, imprecise="skip") == ""
    reason = "the date it is postponed from is not known to the day: 2026"
    assert omission_reason(event(**keys, imprecise="skip")) == reason
    assert omission(event(**keys, imprecise="skip")) == "imprecise"


def test_the_exclusive_end_is_the_day_after_the_last() -> None:
    assert exclusive_end(date(2024, 2, 28)) == date(2024, 2, 29)
    assert exclusive_end(date(2025, 12, 31)) == date(2026, 1, 1)


@given(strategies.files())
def test_an_event_has_vevents_or_a_reason_for_its_omission(data: dict[str, Any]) -> None:
    for event in load_data(data).calendar.events:
        projections = project_event(event, PLAIN_ENGLISH)
        assert bool(projections) == (omission_reason(event) is None) == (omission(event) is None)
        for vevent in projections:
            _check(event, vevent)


def _check(event: Event, vevent: VEventProjection) -> None:
    assert event.summary in vevent.summary
    if isinstance(vevent.dtstart, Instant):
        assert vevent.dtend is None or isinstance(vevent.dtend, Instant)
        assert vevent.dtend is None or vevent.dtend.utc > vevent.dtstart.utc
        return
    assert isinstance(vevent.dtend, date)
    assert vevent.dtend > vevent.dtstart
    if isinstance(event.when, Undated):
        return
    # No day outside of the known bounds is shown.
    first, last = earliest(event.when), latest(event.when)
    if isinstance(event.when.start, OneSidedDate):
        assert {first, last} == {event.when.start.known_day, None}
        assert vevent.dtend == exclusive_end(vevent.dtstart)
    else:
        assert first is not None
    assert first is None or vevent.dtstart >= first
    assert last is None or vevent.dtend <= exclusive_end(last)
    if is_imprecise(event.when):
        assert vevent.summary != event.summary
        assert event.status or vevent.status == "TENTATIVE"
