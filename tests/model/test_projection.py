"""Drawing: what a calendar app is shown of dates that it has no words for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from support import strategies
from support.loading import load_data
from timeline.model.events import Event, Instant, Undated, earliest, is_imprecise, latest
from timeline.model.projection import (
    VEventProjection,
    exclusive_end,
    omission_reason,
    project_event,
)


def event(**keys: Any) -> Event:
    names = {name.replace("_", "-"): value for name, value in keys.items()}
    data = {
        "calendar": {"id": "x.org", "name": "X", "timezone": "Europe/Berlin"},
        "events": [{"id": "e", "summary": "S"} | names],
    }
    return load_data(data).calendar.events[0]


def drawn(**keys: Any) -> str:
    """The boxes in a line each: first day, exclusive last day, title, status."""
    return "\n".join(
        f"{_shown(box.dtstart)} {_shown(box.dtend)} {box.summary} {box.status or '-'}"
        for box in project_event(event(**keys))
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
def test_an_imprecise_start_is_drawn_as_asked(start: str, span: str, first_day: str) -> None:
    assert drawn(start=start, imprecise="span").startswith(span)
    assert drawn(start=start, imprecise="start").startswith(first_day)
    assert drawn(start=start, imprecise="skip") == ""
    words = {drawn(start=start, imprecise=how)[22:] for how in ("span", "start")}
    assert len(words) == 1  # the same title and status
    assert words.pop().endswith("date to be confirmed) TENTATIVE")


@pytest.mark.parametrize(
    ("keys", "box"),
    [
        ({"start": "2025-01-03"}, "2025-01-03 2025-01-04 S -"),
        ({"start": "2025-01-03~"}, "2025-01-03 2025-01-04 S (approximate) TENTATIVE"),
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
def test_an_event_is_drawn_as_it_is_known(keys: dict[str, Any], box: str) -> None:
    assert drawn(**keys).startswith(box)
    assert bool(drawn(**keys)) == bool(box)


@pytest.mark.parametrize(
    ("end", "boxes"),
    [
        ("2025-01-31", "2025-01-01 2025-02-01 S -"),
        ("2025-02-01", "2025-01-01 2025-01-02 S begins -\n2025-02-01 2025-02-02 S ends -"),
        (
            "2028",
            (
                "2025-01-01 2025-01-02 S begins -\n"
                "2028-01-01 2029-01-01 S ends (2028, date to be confirmed) TENTATIVE"
            ),
        ),
    ],
)
def test_a_long_span_is_drawn_by_its_ends_if_asked(end: str, boxes: str) -> None:
    assert drawn(start="2025-01-01", end=end, long_spans="endpoints") == boxes


def test_the_end_of_a_long_span_has_a_uid_of_its_own() -> None:
    boxes = project_event(event(start="2025-01-01", end="2025-12-31", long_spans="endpoints"))
    assert [box.suffix for box in boxes] == ["", ".end"]


def test_days_let_others_in_and_times_do_not_unless_told() -> None:
    def transp(**keys: Any) -> str:
        return project_event(event(**keys))[0].transp

    assert transp(start="2025-01-03") == "TRANSPARENT"
    assert transp(start="2025-01-03T09:00") == "OPAQUE"
    assert transp(start="2025-01-03T09:00", status="cancelled") == "TRANSPARENT"
    assert transp(start="2025-01-03", transparency="opaque") == "OPAQUE"
    assert transp(start="2025-01-03T09:00", transparency="transparent") == "TRANSPARENT"


def test_a_series_whose_instances_are_all_dropped_is_left_out() -> None:
    off = [{"recurrence-id": day, "status": "cancelled"} for day in ("2027-01-04", "2027-01-11")]
    series = {"start": "2027-01-04", "rrule": "FREQ=WEEKLY;COUNT=2", "cancelled": "drop"}
    gone = event(**series, overrides=off)
    assert project_event(gone) == ()
    assert omission_reason(gone) == "all its instances are cancelled"
    assert omission_reason(event(**series, overrides=off[:1])) is None
    assert omission_reason(event(**{**series, "cancelled": "status"}, overrides=off)) is None


def test_a_vague_date_that_an_event_is_postponed_from_is_drawn_as_asked() -> None:
    keys = {"start": "TBC", "status": "postponed", "was": ["2026"]}
    words = "Postponed: S (from 2026, new date to be confirmed) CANCELLED"
    assert drawn(**keys) == f"2026-01-01 2027-01-01 {words}"
    assert drawn(**keys, imprecise="start") == f"2026-01-01 2026-01-02 {words}"
    assert drawn(**keys, imprecise="skip") == ""
    told = "the date it is postponed from is not known to the day: 2026"
    assert omission_reason(event(**keys, imprecise="skip")) == told


def test_the_day_after_the_last_is_made_in_one_place() -> None:
    assert exclusive_end(date(2024, 2, 28)) == date(2024, 2, 29)
    assert exclusive_end(date(2025, 12, 31)) == date(2026, 1, 1)


@given(strategies.files())
def test_an_event_is_drawn_or_the_reason_is_told(data: dict[str, Any]) -> None:
    for each in load_data(data).calendar.events:
        boxes = project_event(each)
        assert bool(boxes) == (omission_reason(each) is None)
        for box in boxes:
            _check(each, box)


def _check(event: Event, box: VEventProjection) -> None:
    assert event.summary in box.summary
    if isinstance(box.dtstart, Instant):
        assert box.dtend is None or isinstance(box.dtend, Instant)
        assert box.dtend is None or box.dtend.utc > box.dtstart.utc
        return
    assert isinstance(box.dtend, date)
    assert box.dtend > box.dtstart
    if isinstance(event.when, Undated):
        return
    # Nothing is drawn outside of the bounds: no day is claimed that nobody said.
    first, last = earliest(event.when), latest(event.when)
    assert first is not None
    assert box.dtstart >= first
    assert last is None or box.dtend <= exclusive_end(last)
    if is_imprecise(event.when):
        assert box.summary != event.summary
        assert event.status or box.status == "TENTATIVE"
