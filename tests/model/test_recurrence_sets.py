"""The RRULE, RDATE and EXDATE of a series as a feed writes them: the same instances, each once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from support.loading import calendar_of, file_text
from support.recurrences import ZONES, at, recurrence
from timeline.dates.instants import Instant, to_zone
from timeline.dates.recurrence.expansion import Recurrence, instance_key
from timeline.formats.ics.values import date_line
from timeline.model.projection import project_event
from timeline.model.recurrence_sets import portable_recurrence
from timeline.model.words.wording import PLAIN_ENGLISH

if TYPE_CHECKING:
    from timeline.dates import RecurrenceStart

END = date(2035, 12, 31)
BERLIN = "start: 2027-03-08T18:00, timezone: Europe/Berlin, rrule: FREQ=WEEKLY;COUNT=6"
DATES = "start: 2027-03-08T18:00, timezone: Europe/Berlin"
TWICE = "start: 2027-10-30T02:30, timezone: Europe/Berlin"


def written(event: str) -> list[str]:
    """Return the rule of an event in its feed, and the content lines of its dates."""
    calendar = calendar_of(file_text(f"id: a, summary: A, {event}"))
    series = project_event(calendar.events[0], PLAIN_ENGLISH)[0]
    recurrence = series.recurrence
    assert recurrence
    assert recurrence.rule
    dates = [
        *(date_line("RDATE", moment) for moment in recurrence.rdate),
        *(date_line("EXDATE", moment) for moment in recurrence.exdate),
    ]
    return [recurrence.rule.value(series.dtstart), *dates]


IN_NEW_YORK = "2027-03-30T12:00[America/New_York]"
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
        (
            f"rdate: ['{IN_NEW_YORK}', 2027-03-30T18:00], {OVERRIDE}summary: B}}]",
            "RDATE;TZID=America/New_York:20270330T120000",
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
def recurrences(draw: st.DrawFn) -> Recurrence:
    """Draw a series around a clock change, with dates that it has already or excludes."""
    zone, hour = draw(st.sampled_from(ZONES)), draw(st.sampled_from((9, 18)))
    start: RecurrenceStart = at(f"2027-03-0{draw(st.integers(1, 9))}T{hour:02}:00", zone)
    if draw(st.booleans()):
        start = date(2027, 3, 8)
    rule = draw(
        st.sampled_from([None, "FREQ=WEEKLY;COUNT=6", "FREQ=DAILY", "FREQ=MONTHLY;COUNT=3"])
    )
    known = list(recurrence(rule, start).instances(last=date(2027, 6, 1)))

    def moments() -> list[RecurrenceStart]:
        some = draw(st.lists(st.sampled_from(known), max_size=3))
        return [_moved(draw, moment) for moment in some]

    rdate = moments()
    exdate = draw(st.lists(st.sampled_from([*known, *rdate]), max_size=3))
    return recurrence(rule, start, rdate, exdate)


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
    series: Recurrence, data: st.DataObject
) -> None:
    replaced = data.draw(st.lists(st.sampled_from([series.start, *series.rdate]), max_size=2))
    portable = portable_recurrence(series, replaced)

    def instants(series: Recurrence) -> list[date]:
        return list(map(instance_key, series.instances(last=END)))

    assert instants(portable) == instants(series)
    added = list(map(instance_key, portable.rdate))
    assert len(added) == len(set(added))
    assert set(added).isdisjoint(instants(replace(portable, rdate=(), exdate=())))
    for moment in portable.rdate:
        assert not isinstance(moment, Instant) or moment.zone == "UTC" or moment in replaced
