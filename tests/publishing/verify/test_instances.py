"""A series is expanded as it was read back, and compared with the instances of the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from support.drawn_series import draw_series, file_of
from support.feed_pieces import Feed
from support.loading import calendar_of, file_text, load_data
from timeline.dates import RecurrenceRule
from timeline.model import projection, recurrence_sets

if TYPE_CHECKING:
    from timeline.dates import Recurrence


DAILY = "start: 2027-03-01, rrule: FREQ=DAILY;COUNT=3"


def test_drawn_series_have_no_fault() -> None:
    events = [draw_series(number).event for number in range(150)]
    assert Feed(load_data(file_of(events)).calendar).verify() == []


@pytest.mark.parametrize(
    "event",
    [
        "start: '2027-03-24T02:30[Europe/Paris]', rrule: FREQ=DAILY;COUNT=12",
        "start: '2027-10-27T02:30[Europe/Paris]', rrule: FREQ=HOURLY;UNTIL=20271102T000000Z",
        "start: '2027-03-28T00:00[Europe/Paris]', rrule: FREQ=MINUTELY;INTERVAL=30;COUNT=9",
        "start: '2027-03-01T09:00[Pacific/Kiritimati]', rrule: FREQ=WEEKLY, exdate: [2027-03-08]",
        "start: 2027-02-28, rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1'",
        "start: 2027-03-01, rdate: [2027-02-01, 2027-06-01], exdate: [2027-03-01]",
        "start: 9998-12-01, rrule: FREQ=WEEKLY",
        "start: 2027-03-01, rrule: FREQ=DAILY;UNTIL=20270301",
        f"{DAILY}, cancelled: drop, overrides: [{{recurrence-id: 2027-03-02, status: cancelled}}]",
    ],
)
def test_other_series_have_no_fault(event: str) -> None:
    assert Feed(calendar_of(file_text(f"id: a, summary: A, {event}"))).verify() == []


def _shorter(recurrence: Recurrence) -> Recurrence:
    return replace(recurrence, rule=RecurrenceRule("DAILY", count=2))


def _without_rdate(recurrence: Recurrence) -> Recurrence:
    return replace(recurrence, rdate=())


def _without_exdate(recurrence: Recurrence) -> Recurrence:
    return replace(recurrence, exdate=())


@pytest.mark.parametrize("change", [_shorter, _without_rdate, _without_exdate])
def test_a_projection_that_changes_the_instances_is_found(
    change: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = (
        "id: a, summary: A, start: '2027-03-24T12:00[Europe/Paris]', rrule: FREQ=DAILY;COUNT=9, "
        "rdate: [2027-03-24T18:00], exdate: [2027-03-26]"
    )
    calendar = calendar_of(file_text(event))
    portable = recurrence_sets.portable_recurrence
    monkeypatch.setattr(
        projection,
        "portable_recurrence",
        lambda *recurrence: change(portable(*recurrence)),  # type: ignore[operator]
    )
    assert [fault.property for fault in Feed(calendar).verify()] == ["RRULE"]
