"""The RRULE, RDATE and EXDATE of a series as a feed writes them: the same instances, each once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.loading import calendar_of, file_text
from support.recurrences import ZONES, at
from timeline.dates.instants import Instant, to_zone
from timeline.dates.recurrence.constraints import parse_rrule
from timeline.dates.recurrence.expansion import recurrence_instances
from timeline.formats.ics.values import date_line
from timeline.model.events import Recurrence
from timeline.model.projection import project_event
from timeline.model.recurrence_sets import instant_of, portable_recurrence

if TYPE_CHECKING:
    from timeline.dates import RecurrenceStart

END = date(2035, 12, 31)
BERLIN = "start: 2027-03-08T18:00, timezone: Europe/Berlin, rrule: FREQ=WEEKLY;COUNT=6"
DATES = "start: 2027-03-08T18:00, timezone: Europe/Berlin"
TWICE = "start: 2027-10-30T02:30, timezone: Europe/Berlin"


def written(event: str) -> list[str]:
    """Return the rule of an event in its feed, and the content lines of its dates."""
    calendar = calendar_of(file_text(f"id: a, summary: A, {event}"))
    series = project_event(calendar.events[0])[0]
    recurrence = series.recurrence
    assert recurrence
    assert recurrence.rule
    dates = [
        *(date_line("RDATE", moment) for moment in recurrence.rdate),
        *(date_line("EXDATE", moment) for moment in recurrence.exdate),
    ]
    return [recurrence.rule.value(series.dtstart), *dates]


OVERRIDE = "overrides: [{recurrence-id: 2027-03-30T18:00, "


@pytest.mark.parametrize(
    ("event", "dates"),
    [
        (
            "rdate: [2027-03-27T18:00, 2027-03-30T18:00]",
            "RDATE:20270327T170000Z RDATE:20270330T160000Z",
        ),
        ("rdate: ['2027-03-16T18:00[America/New_York]']", "RDATE:20270316T220000Z"),
        ("rdate: [2027-03-29T18:00, 2027-03-29T16:00Z, 2027-03-08T18:00]", ""),
        ("rdate: [2027-03-30T16:00Z, 2027-03-30T18:00]", "RDATE:20270330T160000Z"),
        ("rdate: [2027-03-30T18:00], exdate: [2027-03-30]", ""),
        (
            "rdate: [2027-03-29T18:00], exdate: [2027-03-29]",
            "EXDATE;TZID=Europe/Berlin:20270329T180000",
        ),
        (
            f"rdate: [2027-03-30T18:00], {OVERRIDE}summary: B}}]",
            "RDATE;TZID=Europe/Berlin:20270330T180000",
        ),
        (f"rdate: [2027-03-30T18:00], cancelled: drop, {OVERRIDE}status: cancelled}}]", ""),
    ],
)
def test_no_date_is_written_that_the_series_has_or_excludes(event: str, dates: str) -> None:
    assert written(f"{BERLIN}, {event}") == ["FREQ=WEEKLY;COUNT=6", *dates.split()]


@pytest.mark.parametrize(
    ("event", "lines"),
    [
        (
            f"{DATES}, rdate: [2027-04-10T18:00, 2027-03-30T09:00]",
            "COUNT=2;INTERVAL=33 RDATE:20270330T070000Z",
        ),
        (f"{DATES}, rdate: [2027-04-10T19:00]", "COUNT=1 RDATE:20270410T170000Z"),
        (f"{DATES}, rdate: [2027-04-10T16:00Z]", "COUNT=1 RDATE:20270410T160000Z"),
        (f"{DATES}, rdate: [2027-03-01T18:00]", "COUNT=1 RDATE:20270301T170000Z"),
        (f"{DATES}, rdate: [2027-03-09T18:00], exdate: [2027-03-09]", "COUNT=1"),
        ("start: 2027-03-08T17:00Z, rdate: [2027-04-10T17:00Z]", "COUNT=2;INTERVAL=33"),
        ("start: 2027-03-08, rdate: [2027-03-08]", "COUNT=1"),
        (
            "start: 2027-03-08, rdate: [2027-03-10, 2027-03-09]",
            "COUNT=2;INTERVAL=2 RDATE;VALUE=DATE:20270309",
        ),
        # In the night of 31 October, the clocks show half past two twice.
        (f"{TWICE}, rdate: [2027-10-31T02:30]", "COUNT=1 RDATE:20271031T003000Z"),
    ],
)
def test_dates_alone_have_a_rule_to_the_last(event: str, lines: str) -> None:
    rule, *dates = lines.split()
    assert written(event) == [f"FREQ=DAILY;{rule}", *dates]


@st.composite
def recurrences(draw: st.DrawFn) -> tuple[Recurrence, RecurrenceStart]:
    """Draw a series around a clock change, with dates that it has already or excludes."""
    zone, hour = draw(st.sampled_from(ZONES)), draw(st.sampled_from((9, 18)))
    start: RecurrenceStart = at(f"2027-03-0{draw(st.integers(1, 9))}T{hour:02}:00", zone)
    if draw(st.booleans()):
        start = date(2027, 3, 8)
    rule = draw(
        st.sampled_from([None, "FREQ=WEEKLY;COUNT=6", "FREQ=DAILY", "FREQ=MONTHLY;COUNT=3"])
    )
    parsed = parse_rrule(rule) if rule else None
    known = list(recurrence_instances(parsed, start, last=date(2027, 6, 1)))

    def moments() -> list[RecurrenceStart]:
        some = draw(st.lists(st.sampled_from(known), max_size=3))
        return [_moved(draw, moment) for moment in some]

    rdate = moments()
    exdate = draw(st.lists(st.sampled_from([*known, *rdate]), max_size=3))
    return Recurrence(parsed, tuple(rdate), tuple(exdate)), start


def _moved(draw: st.DrawFn, moment: RecurrenceStart) -> RecurrenceStart:
    """Return an instance, perhaps in another zone, perhaps some days and hours later."""
    days = draw(st.integers(0, 3)) * draw(st.integers(-3, 40))
    if not isinstance(moment, Instant):
        return moment + timedelta(days=days)
    zone = draw(st.sampled_from([moment.zone, *ZONES, "UTC"]))
    later = moment.utc + timedelta(days=days, hours=draw(st.sampled_from((0, 0, 1))))
    return Instant(to_zone(later, zone), zone)


@settings(deadline=None)
@given(recurrences(), st.data())
def test_the_instances_are_the_same_and_each_is_written_once(
    series: tuple[Recurrence, RecurrenceStart], data: st.DataObject
) -> None:
    recurrence, start = series
    replaced = data.draw(st.lists(st.sampled_from([start, *recurrence.rdate]), max_size=2))
    portable = portable_recurrence(recurrence, start, replaced)

    def instants(series: Recurrence, *, is_listed: bool = True) -> list[date]:
        lists = (series.rdate, series.exdate) if is_listed else ()
        return list(map(instant_of, recurrence_instances(series.rule, start, *lists, last=END)))

    assert instants(portable) == instants(recurrence)
    added = list(map(instant_of, portable.rdate))
    assert len(added) == len(set(added))
    assert set(added).isdisjoint(instants(portable, is_listed=False))
    for moment in portable.rdate:
        assert not isinstance(moment, Instant) or moment.zone == "UTC" or moment in replaced
