"""The instances of recurrence rules, the RFC's examples first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from support.recurrences import at, days, recurrence, start
from timeline.dates.instants import Instant
from timeline.dates.recurrence.constraints import parse_rrule
from timeline.dates.recurrence.starts import validate_rrule_start

if TYPE_CHECKING:
    from timeline.dates.recurrence.rule import RecurrenceStart

# RFC 5545 3.8.5.3, its examples, from 2 September 1997 by default.

EXAMPLES = [
    ("FREQ=DAILY;COUNT=10", "", "09-02 09-03 09-04 09-05 09-06 09-07"),
    ("FREQ=DAILY;UNTIL=19971224T000000Z", "", "09-02 09-03 09-04 09-05 09-06 09-07"),
    ("FREQ=DAILY;INTERVAL=2", "", "09-02 09-04 09-06 09-08 09-10 09-12"),
    ("FREQ=DAILY;INTERVAL=10;COUNT=5", "", "09-02 09-12 09-22 10-02 10-12"),
    ("FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", "1998-01-01",
     "01-01 01-02 01-03 01-04 01-05 01-06"),
    ("FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", "1998-01-01",
     "01-01 01-02 01-03 01-04 01-05 01-06"),
    ("FREQ=WEEKLY;COUNT=10", "", "09-02 09-09 09-16 09-23 09-30 10-07"),
    ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "", "09-02 09-16 09-30 10-14 10-28 11-11"),
    ("FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "", "09-02 09-04 09-09 09-11 09-16 09-18"),
    ("FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR", "1997-09-01",
     "09-01 09-03 09-05 09-15 09-17 09-19"),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "",
     "09-02 09-04 09-16 09-18 09-30 10-02"),
    ("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05", "09-05 10-03 11-07 12-05 01-02 02-06"),
    ("FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1997-09-07",
     "09-07 09-28 11-02 11-30 01-04 01-25"),
    ("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22", "09-22 10-20 11-17 12-22 01-19 02-16"),
    ("FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", "09-28 10-29 11-28 12-29 01-29 02-26"),
    ("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "", "09-02 09-15 10-02 10-15 11-02 11-15"),
    ("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30", "09-30 10-01 10-31 11-01 11-30 12-01"),
    ("FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", "1997-09-10",
     "09-10 09-11 09-12 09-13 09-14 09-15"),
    ("FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "", "09-02 09-09 09-16 09-23 09-30 11-04"),
    ("FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "1997-06-10", "06-10 07-10 06-10 07-10 06-10 07-10"),
    ("FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", "1997-03-10",
     "03-10 01-10 02-10 03-10 01-10 02-10"),
    ("FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "1997-01-01",
     "01-01 04-10 07-19 01-01 04-09 07-18"),
    ("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "05-19 05-18 05-17 05-15 05-14 05-20"),
    ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "1997-05-12", "05-12 05-11 05-17 05-15 05-14 05-13"),
    ("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13", "03-13 03-20 03-27 03-05 03-12 03-19"),
    ("FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", "1997-06-05", "06-05 06-12 06-19 06-26 07-03 07-10"),
    # the RFC starts it on 2 September and takes that away by an EXDATE
    ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1998-02-13", "02-13 03-13 11-13 08-13 10-13 04-13"),
    ("FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "1997-09-13",
     "09-13 10-11 11-08 12-13 01-10 02-07"),
    ("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11-05",
     "11-05 11-07 11-02 11-04 11-06 11-08"),
    ("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "09-04 10-07 11-06"),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29",
     "09-29 10-30 11-27 12-30 01-29 02-26"),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "08-05 08-10 08-19 08-24"),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "08-05 08-17 08-19 08-31"),
    ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", "01-15 01-30 02-15 03-15 03-30"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "begin", "expected"), EXAMPLES)
def test_the_examples_of_the_rfc(rule: str, begin: str, expected: str) -> None:
    instances = days(rule, at(f"{begin or '1997-09-02'}T09:00"))
    assert [day[5:] for day in instances] == expected.split()


@pytest.mark.parametrize(
    ("rule", "clocks"),
    [
        ("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000", "09:00 12:00 15:00"),
        ("FREQ=MINUTELY;INTERVAL=15;COUNT=6", "09:00 09:15 09:30 09:45 10:00 10:15"),
        ("FREQ=MINUTELY;INTERVAL=90;COUNT=4", "09:00 10:30 12:00 13:30"),
        ("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20,40;COUNT=5", "09:00 09:20 09:40 10:00 10:20"),
        ("FREQ=SECONDLY;INTERVAL=1800;COUNT=3", "09:00 09:30 10:00"),
    ],
)
def test_the_times_in_the_examples_of_the_rfc(rule: str, clocks: str) -> None:
    begin, parsed = at("1997-09-02T09:00"), parse_rrule(rule)
    validate_rrule_start(parsed, begin)
    instances = recurrence(parsed, begin).instances(last=date(1997, 9, 2))
    assert [
        f"{item.wall:%H:%M}" for item in instances if isinstance(item, Instant)
    ] == clocks.split()


# The set.


def shown(
    rule: str | None, begin: RecurrenceStart, *more: object, last: str = "2030-01-01"
) -> list[str]:
    instances = recurrence(rule, begin, *more).instances(last=date.fromisoformat(last))  # type: ignore[arg-type]
    return [str(item) for item in instances]


def test_nine_stays_nine_when_clocks_change() -> None:
    begin = at("2025-03-29T09:00", "Europe/Berlin")
    assert shown("FREQ=DAILY;COUNT=3", begin) == [
        "2025-03-29T09:00:00+01:00",
        "2025-03-30T09:00:00+02:00",
        "2025-03-31T09:00:00+02:00",
    ]


def test_a_time_that_is_skipped_moves_by_the_gap() -> None:
    begin = at("2025-03-29T02:30", "Europe/Berlin")
    assert shown("FREQ=DAILY;COUNT=3", begin)[1] == "2025-03-30T03:30:00+02:00"
    lord_howe = at("2025-10-04T02:15", "Australia/Lord_Howe")
    assert shown("FREQ=DAILY;COUNT=2", lord_howe)[1] == "2025-10-05T02:45:00+11:00"


def test_a_time_that_is_shown_twice_is_the_first() -> None:
    begin = at("2025-10-25T02:30", "Europe/Berlin")
    assert shown("FREQ=DAILY;COUNT=2", begin)[1] == "2025-10-26T02:30:00+02:00"


def test_what_a_gap_moves_stands_in_order_and_once() -> None:
    begin = at("2025-03-30T01:30", "Europe/Berlin")
    assert [text[11:16] for text in shown("FREQ=MINUTELY;INTERVAL=15;COUNT=10", begin)] == [
        *("01:30", "01:45", "03:00", "03:15", "03:30", "03:45")
    ]
    apia = at("2011-12-29T10:00", "Pacific/Apia")  # which had no 30 December
    assert [text[:10] for text in shown("FREQ=DAILY;COUNT=4", apia)] == [
        *("2011-12-29", "2011-12-31", "2012-01-01")
    ]


def test_until_is_a_moment_and_not_what_the_clock_shows() -> None:
    begin = at("2025-10-25T02:30", "Europe/Berlin")
    assert len(shown("FREQ=DAILY;UNTIL=20251026T003000Z", begin)) == 2
    assert len(shown("FREQ=DAILY;UNTIL=20251026T002959Z", begin)) == 1
    assert len(shown("FREQ=DAILY;UNTIL=20251026", begin)) == 2
    tokyo = at("2025-01-03T09:00", "Asia/Tokyo")
    assert len(shown("FREQ=DAILY;UNTIL=20250105T000000Z", tokyo)) == 3


def test_the_set_is_start_and_rule_and_rdates_without_exdates() -> None:
    begin = date(2025, 1, 3)
    rdates = [date(2025, 1, 5), date(2025, 1, 4), date(2025, 1, 5), date(2024, 12, 31)]
    exdates = [date(2025, 1, 10), date(1999, 1, 1)]
    assert shown("FREQ=WEEKLY;COUNT=3", begin, rdates, exdates) == [
        *("2024-12-31", "2025-01-03", "2025-01-04", "2025-01-05", "2025-01-17")
    ]
    assert shown(None, begin, rdates) == ["2024-12-31", "2025-01-03", "2025-01-04", "2025-01-05"]
    assert shown(None, begin, [], [begin]) == []


def test_times_are_the_same_where_the_moment_is() -> None:
    begin = at("2025-01-03T09:00", "Europe/Berlin")
    rdates = [at("2025-01-03T08:00", "UTC"), at("2025-01-04T08:30", "UTC")]
    exdates = [at("2025-01-05T03:00")]
    assert shown("FREQ=DAILY;COUNT=3", begin, rdates, exdates) == [
        "2025-01-03T09:00:00+01:00",
        "2025-01-04T09:00:00+01:00",
        "2025-01-04T08:30:00+00:00",
    ]


def test_the_set_ends_with_the_last_day_and_at_no_other() -> None:
    assert shown("FREQ=DAILY", date(2025, 1, 3), last="2025-01-05")[-1] == "2025-01-05"
    late = at("2025-01-03T23:30", "America/New_York")
    assert shown("FREQ=DAILY", late, last="2025-01-05")[-1] == "2025-01-05T23:30:00-05:00"
    assert shown("FREQ=DAILY", date(2025, 1, 3), last="2025-01-02") == []
    assert len(shown("FREQ=DAILY", date(2025, 1, 3), last="2065-01-02")) == 14_610


@pytest.mark.parametrize(
    ("rule", "begin", "expected"),
    [
        ("FREQ=DAILY", "2025-01-03", None),
        ("FREQ=DAILY;COUNT=1", "2025-01-03", "2025-01-03"),
        ("FREQ=WEEKLY;COUNT=3", "2025-01-03", "2025-01-17"),
        ("FREQ=WEEKLY;UNTIL=20250120", "2025-01-03", "2025-01-17"),
        ("FREQ=WEEKLY;UNTIL=20250117", "2025-01-03T09:00", "2025-01-17"),
        ("FREQ=WEEKLY;UNTIL=20250117T135959Z", "2025-01-03T09:00", "2025-01-10"),
        ("FREQ=DAILY;COUNT=99999", "2025-01-03", "2298-10-17"),
        ("FREQ=YEARLY;COUNT=9999", "2025-01-03", "9998-01-03"),
        ("FREQ=SECONDLY;COUNT=99999", "2025-01-03T09:00", "2025-01-04"),
        # thousands of years, in which few days match
        ("FREQ=DAILY;COUNT=99;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2044-02-29", "4664-02-29"),
        ("FREQ=DAILY;UNTIL=98000101;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2044-02-29", "9796-02-29"),
    ],
)
def test_the_last_day(rule: str, begin: str, expected: str | None) -> None:
    day = recurrence(rule, start(begin)).last_day
    assert day is None if expected is None else str(day) == expected


@pytest.mark.parametrize(
    ("rule", "begin", "expected"),
    [
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2044-02-29", "2044-02-29 2072-02-29"),
        ("FREQ=DAILY;INTERVAL=99999", "2025-01-03", "2025-01-03 2298-10-18"),
        ("FREQ=WEEKLY;INTERVAL=99999", "2025-01-03", "2025-01-03 3941-07-11"),
        ("FREQ=YEARLY;INTERVAL=99999", "2025-01-03", "2025-01-03"),
        ("FREQ=WEEKLY", "9998-12-25", "9998-12-25"),
        ("FREQ=DAILY", "0002-01-01", "0002-01-01 0002-01-02"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=TU", "0002-01-01", "0002-01-01 0002-12-31"),
    ],
)
def test_rules_at_the_edges_end(rule: str, begin: str, expected: str) -> None:
    assert days(rule, start(begin), limit=2) == expected.split()
