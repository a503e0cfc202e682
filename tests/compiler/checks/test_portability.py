"""Rules that apps read differently, and rules that all apps read alike."""

from __future__ import annotations

import pytest

from support.loading import event_codes, file_text, load_text


@pytest.mark.parametrize(
    ("start", "rule"),
    [
        ("2024-02-29", "FREQ=YEARLY"),
        ("2025-01-31", "FREQ=YEARLY;BYMONTH=1,2"),
        ("2025-01-31", "FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=31"),
        ("2025-04-03", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=3,31"),
        ("2025-02-28", "FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=-1,28"),
        ("2025-02-28", "FREQ=YEARLY;BYMONTH=2,3;BYMONTHDAY=-4,-1"),
        ("2025-01-03", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=FR"),
        ("2025-01-03", "FREQ=YEARLY;BYDAY=FR;BYSETPOS=1"),
        ("2025-01-03", "FREQ=YEARLY;BYDAY=1FR,-1FR"),
        ("2025-01-03", "FREQ=MONTHLY;BYMONTHDAY=3,10;BYSETPOS=1"),
        ("2025-01-03", "FREQ=MONTHLY;BYMONTH=1,6;INTERVAL=5"),
        ("2027-12-10", "FREQ=MONTHLY;BYMONTH=2,12;BYDAY=FR"),
        ("2027-12-10", "FREQ=MONTHLY;BYMONTH=2,12;BYDAY=2FR;COUNT=3"),
        ("2027-12-10", "FREQ=MONTHLY;BYMONTH=2,12;BYDAY=FR;BYSETPOS=-2,2"),
        ("2027-12-10", "FREQ=MONTHLY;BYMONTH=2,12;BYMONTHDAY=10,20"),
        ("2028-02-18", "FREQ=MONTHLY;BYMONTH=2,5;BYDAY=5MO,-2FR"),
        ("2027-10-07", "FREQ=MONTHLY;BYDAY=TH;BYSETPOS=-4"),  # on 1 February 2029
        ("2027-01-18", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-5,3;COUNT=19"),
        ("2025-01-03T09:00", "FREQ=MONTHLY;BYDAY=1FR;BYHOUR=9,17"),
        ("2025-03-28T02:30", "FREQ=DAILY;COUNT=3"),
        ("2025-10-24T02:30", "FREQ=DAILY;COUNT=3"),
        ("2025-03-01T09:00", "FREQ=DAILY;BYHOUR=2,9"),
        ("2025-03-29T22:00", "FREQ=HOURLY;COUNT=10"),
    ],
)
def test_a_rule_that_apps_read_differently_is_reported(start: str, rule: str) -> None:
    assert event_codes(f"id: a, summary: A, start: {start}, rrule: '{rule}'") == ["uneven-rule"]


@pytest.mark.parametrize(
    ("start", "rule"),
    [
        ("2024-02-29", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
        ("2025-01-31", "FREQ=MONTHLY"),
        ("2025-01-31", "FREQ=MONTHLY;BYMONTH=1,2;BYMONTHDAY=31"),
        ("2025-04-03", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=3,30"),
        ("2025-02-28", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("2025-01-03", "FREQ=YEARLY;BYMONTH=1;BYDAY=FR;BYSETPOS=1"),
        ("2025-01-03", "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=1"),
        ("2027-02-05", "FREQ=MONTHLY;BYMONTH=2,12;BYDAY=FR"),
        ("2027-12-03", "FREQ=YEARLY;BYMONTH=2,12;BYDAY=FR"),
        ("2027-12-10", "FREQ=MONTHLY;BYMONTH=2,12;BYDAY=2FR"),
        ("2027-05-28", "FREQ=MONTHLY;BYMONTH=5,6;BYDAY=5MO,-1FR"),
        ("2027-10-07", "FREQ=MONTHLY;BYDAY=TH;BYSETPOS=-4;COUNT=12"),
        ("2027-10-04", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-5,1"),
        ("2025-01-03T09:00", "FREQ=DAILY;BYHOUR=9,17"),
        ("2025-03-28T02:30", "FREQ=DAILY;COUNT=2"),  # over before the clocks change
        ("2025-03-29T22:00", "FREQ=HOURLY;COUNT=2"),
        ("2025-03-01T02:30", "FREQ=WEEKLY"),  # a Saturday, and they change on Sundays
        ("2025-03-29T22:00Z", "FREQ=HOURLY;COUNT=10"),
        ("2025-03-29T02:30[Asia/Riyadh]", "FREQ=DAILY"),
    ],
)
def test_a_rule_that_all_apps_read_alike_is_not(start: str, rule: str) -> None:
    assert event_codes(f"id: a, summary: A, start: '{start}', rrule: '{rule}'") == []


def test_a_time_that_clocks_show_twice_may_be_excepted_but_not_one_that_they_skip() -> None:
    head = "id: a, summary: A, rrule: FREQ=DAILY"
    twice = f"{head}, start: 2025-10-24T02:30, exdate: [2025-10-26]"
    assert event_codes(twice.replace("DAILY", "DAILY;COUNT=5")) == []
    skipped = f"{head}, start: 2025-03-28T02:30, exdate: [2025-03-30]"
    assert event_codes(skipped.replace("DAILY", "DAILY;COUNT=5")) == ["uneven-rule"]


NIGHT = "id: a, summary: A, start: 2027-10-29T22:00, end: 2027-10-30T05:00"


@pytest.mark.parametrize(
    ("event", "is_reported"),
    [
        (f"{NIGHT}, rrule: FREQ=DAILY;COUNT=3", True),
        (f"{NIGHT}, rdate: [2027-10-30T22:00]", True),
        (f"{NIGHT}, rdate: [2027-10-30T22:00, 2027-11-02T22:00]", False),  # in UTC, not by a rule
        (f"{NIGHT}, rrule: FREQ=DAILY;COUNT=1", False),  # no other
        (f"{NIGHT}, rrule: FREQ=WEEKLY", False),  # on Fridays, and they change on Sundays
        (f"{NIGHT}, rrule: FREQ=DAILY;COUNT=3, exdate: [2027-10-30]", False),
        (f"{NIGHT[:-5]}23:30, rrule: FREQ=DAILY;COUNT=3".replace("10-30T", "10-29T"), False),
        ("id: a, summary: A, start: 2027-10-29T10:00, duration: 1 hour, rrule: FREQ=DAILY", False),
        # The first is the long one, and all others are not.
        (f"{NIGHT}, rrule: FREQ=DAILY;COUNT=2".replace("30T", "31T").replace("29T", "30T"), True),
    ],
)
def test_an_instance_that_lasts_over_a_clock_change_is_reported(
    event: str, is_reported: bool
) -> None:
    assert event_codes(event) == ["uneven-rule"] * is_reported


def test_an_override_says_when_the_instance_of_the_long_night_ends() -> None:
    end = "overrides: [{recurrence-id: 2027-10-30T22:00, end: 2027-10-31T05:00}]"
    assert event_codes(f"{NIGHT}, rrule: FREQ=DAILY;COUNT=3, {end}") == []


WEEKLY = "id: a, summary: A, start: 2027-03-08T18:00, rrule: FREQ=WEEKLY;COUNT=6"
DATES = "id: a, summary: A, start: 2027-03-08T18:00"


@pytest.mark.parametrize(
    ("event", "is_reported"),
    [
        (f"{WEEKLY}, rdate: [2027-03-30T18:00, 2027-04-12T19:00]", False),  # the last day
        (f"{WEEKLY}, rdate: [2027-04-13T18:00]", True),
        (f"{WEEKLY}, rdate: ['2027-04-12T21:00[America/New_York]']", True),  # on the 13th here
        (f"{WEEKLY}, rdate: [2027-04-13T18:00], exdate: [2027-04-13]", False),
        (f"{WEEKLY}, rdate: [2027-03-07T18:00]", True),
        (f"{WEEKLY.replace('COUNT=6', 'UNTIL=20270418')}, rdate: [2027-04-17T18:00]", False),
        (f"{WEEKLY.replace('COUNT=6', 'UNTIL=20270418')}, rdate: [2027-04-19T18:00]", True),
        (f"{WEEKLY.replace(';COUNT=6', '')}, rdate: [2047-04-19T18:00]", False),
        (f"{DATES}, rdate: [2027-03-09T18:00, 2027-05-08T18:00]", False),
        (f"{DATES}, rdate: [2027-03-09T18:00, 2027-05-08T19:00]", True),
        (f"{DATES}, rdate: [2027-03-07T18:00]", True),
        ("id: a, summary: A, start: 2027-03-08, rdate: [2027-03-09, 2037-05-08]", False),
        ("id: a, summary: A, start: 2027-03-08, rdate: [2027-03-07]", True),
    ],
)
def test_a_date_outside_the_rule_is_reported(event: str, is_reported: bool) -> None:
    assert event_codes(event) == ["uneven-rule"] * is_reported


MEETING = 'start: "2027-02-01T15:00[Europe/Berlin]", end: "2027-02-01T10:00[America/New_York]"'
LATE = 'start: "2027-01-30T22:00[Europe/Paris]", end: "2027-01-31T05:00[Europe/London]"'
FLIGHT = 'start: "2027-01-08T12:00[Europe/Paris]", end: "2027-01-08T12:20[Europe/London]"'
TO_TOKYO = 'start: "2027-01-08T12:00[Europe/Paris]", end: "2027-01-09T08:00[Asia/Tokyo]"'


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (
            f"{MEETING}, rrule: FREQ=WEEKLY",
            "2027-03-15 ends at 11:00 in America/New_York, not at 10:00",
        ),
        (f"{MEETING}, rrule: FREQ=WEEKLY;COUNT=6", None),  # before the clocks change
        (
            f"{MEETING}, rrule: FREQ=WEEKLY;COUNT=6, rdate: ['2027-03-17T15:00[Europe/Berlin]']",
            "03-17",
        ),
        (f"{FLIGHT}, rrule: FREQ=WEEKLY", None),  # both change in the same night
        (f"{LATE}, rrule: FREQ=WEEKLY", "2027-03-27 ends at"),  # it is on during the change
        (f"{TO_TOKYO}, rrule: FREQ=WEEKLY", "2027-04-02 ends at 07:00 in Asia/Tokyo, not at 08:00"),
        (f"{TO_TOKYO}, rrule: FREQ=WEEKLY;COUNT=11", None),
        ("start: 2027-01-08T12:00Z, end: 2027-01-08T14:00, rrule: FREQ=WEEKLY", None),
        (
            'start: 2027-01-08T12:00Z, end: "2027-01-08T14:00[Europe/Berlin]", rrule: FREQ=WEEKLY',
            "2027-04-02 ends at 15:00 in Europe/Berlin, not at 14:00",
        ),
    ],
)
def test_an_end_in_another_zone_is_the_written_time_or_reported(
    event: str, message: str | None
) -> None:
    diagnostics = load_text(file_text(f"id: a, summary: A, {event}")).diagnostics
    assert [diagnostic.code for diagnostic in diagnostics] == ["uneven-rule"] * bool(message)
    assert all(message in diagnostic.message for diagnostic in diagnostics if message)


def test_a_duration_says_that_an_end_in_another_zone_always_takes_as_long() -> None:
    start = 'id: a, summary: A, start: "2027-01-08T12:00[Europe/Paris]", rrule: FREQ=WEEKLY'
    assert event_codes(f"{start}, duration: 12 hours") == []


@pytest.mark.parametrize(
    ("event", "is_reported"),
    [
        # clocks go back from 03:00 to 02:00 on the 31st
        ("start: 2027-10-29T23:30, duration: 3 hours, rrule: FREQ=DAILY;COUNT=5", True),
        ("start: 2027-10-29T23:30, duration: 2 hours, rrule: FREQ=DAILY;COUNT=5", False),
        ("start: 2027-10-29T00:30, duration: 2 hours, rrule: FREQ=DAILY;COUNT=5", True),
        ("start: 2027-10-29T00:30, duration: 2 hours, rrule: FREQ=DAILY;COUNT=2", False),
        ("start: 2027-10-31T00:30, duration: 2 hours, rrule: FREQ=DAILY;COUNT=2", True),
        (
            (
                "start: 2027-10-29T12:00, duration: 9 hours, rrule: FREQ=DAILY;COUNT=5, "
                "rdate: ['2027-10-30T22:00[America/New_York]']"
            ),
            False,
        ),
        # clocks in New York go back on 7 November, but a feed has dates in UTC
        (
            (
                "start: 2027-11-01T22:00, duration: 9 hours, rrule: FREQ=DAILY;COUNT=9, "
                "rdate: ['2027-11-06T22:00[America/New_York]']"
            ),
            False,
        ),
        (
            (
                "start: 2027-11-01T22:00, duration: 9 hours, rrule: FREQ=DAILY;COUNT=9, "
                "rdate: ['2027-11-07T02:00Z']"
            ),
            False,
        ),
    ],
)
def test_an_end_that_clocks_show_twice_is_reported_unless_a_date_in_utc_has_it(
    event: str, is_reported: bool
) -> None:
    assert event_codes(f"id: a, summary: A, {event}") == ["uneven-rule"] * is_reported


@pytest.mark.parametrize(
    ("event", "is_reported"),
    [
        # clocks in Santiago skip midnight on 6 September 2026
        ("start: 2025-03-06T00:00, rrule: FREQ=MONTHLY;COUNT=19;BYDAY=1TH", True),
        ("start: 2025-03-06T00:00, rrule: FREQ=MONTHLY;COUNT=18;BYDAY=1TH", False),
        ("start: 2025-03-06T01:00, rrule: FREQ=MONTHLY;COUNT=19;BYDAY=1TH", False),
        ("start: 2025-03-06T00:00, rrule: FREQ=MONTHLY;INTERVAL=4;BYDAY=1TH", False),
        ("start: 2025-03-07T00:00, rrule: FREQ=MONTHLY;COUNT=19;BYDAY=1FR", True),  # 2025
        ("start: 2025-09-06T00:00, rrule: FREQ=YEARLY;BYMONTH=9;BYDAY=1SA", True),
        ("start: 2025-08-06T00:00, rrule: FREQ=YEARLY;BYMONTH=8;BYDAY=1WE", False),
    ],
)
def test_a_rule_that_libical_leads_through_a_skipped_time_is_reported(
    event: str, is_reported: bool
) -> None:
    codes = event_codes(
        f"id: a, summary: A, timezone: America/Santiago, '{event}'".replace("'", "")
    )
    assert codes == ["uneven-rule"] * is_reported


@pytest.mark.parametrize(
    ("event", "is_reported"),
    [
        # clocks in Berlin skip 02:15 on Sunday, 28 March 2027
        ("start: 2027-03-22T02:15, rrule: 'FREQ=DAILY;BYDAY=MO,TU'", True),
        ("start: 2027-03-22T02:15, rrule: 'FREQ=WEEKLY;BYDAY=MO,TU'", False),
        ("start: 2027-03-22T02:15, rrule: 'FREQ=DAILY;BYDAY=MO,TU;COUNT=2'", False),
        ("start: 2027-03-26T02:15, rrule: 'FREQ=DAILY;BYDAY=FR,TU;COUNT=9'", False),
        ("start: 2027-03-26T02:15, rrule: 'FREQ=DAILY;INTERVAL=2;BYDAY=FR,TU;COUNT=9'", True),
        ("start: 2027-03-23T02:15, rrule: 'FREQ=DAILY;INTERVAL=2;BYDAY=TU,TH;COUNT=9'", False),
        ("start: 2027-03-22T03:15, rrule: 'FREQ=DAILY;BYDAY=MO,TU'", False),
    ],
)
def test_a_daily_rule_that_libical_leads_through_a_skipped_time_is_reported(
    event: str, is_reported: bool
) -> None:
    assert event_codes(f"id: a, summary: A, {event}") == ["uneven-rule"] * is_reported


HOURLY = "start: 2027-06-01T12:30, rrule: FREQ=HOURLY;COUNT=6"
"""In Berlin, two hours from UTC."""


@pytest.mark.parametrize(
    ("event", "is_reported"),
    [
        (f"{HOURLY}, exdate: [2027-06-01T14:30]", True),
        (f"{HOURLY}, exdate: [2027-06-01T13:30]", True),
        (f"{HOURLY}, exdate: [2027-06-01T13:30, 2027-06-01T15:30]", True),
        (f"{HOURLY}, overrides: [{{recurrence-id: 2027-06-01T14:30, status: cancelled}}]", True),
        (
            "start: 2027-06-01T12:30Z, rrule: FREQ=HOURLY;COUNT=6, exdate: [2027-06-01T13:30Z]",
            False,
        ),
        (HOURLY.replace("COUNT=6", "INTERVAL=3;COUNT=6") + ", exdate: [2027-06-01T15:30]", False),
        (HOURLY.replace("COUNT=6", "COUNT=2") + ", exdate: [2027-06-01T13:30]", False),
        ("start: 2027-06-01T12:30, rdate: [2027-06-01T14:30], exdate: [2027-06-01T14:30]", True),
        ("start: 2027-06-01T12:30, rdate: [2027-06-01T15:30], exdate: [2027-06-01T15:30]", False),
        ("start: 2027-06-01, rrule: FREQ=DAILY;COUNT=6, exdate: [2027-06-03]", False),
    ],
)
def test_an_instance_that_recurring_ical_events_takes_for_an_exception_is_reported(
    event: str, is_reported: bool
) -> None:
    assert ("uneven-rule" in event_codes(f"id: a, summary: A, {event}")) is is_reported
