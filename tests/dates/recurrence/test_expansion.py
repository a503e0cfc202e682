from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from hypothesis import assume, given
from hypothesis import strategies as st
from icalendar import Calendar, Event, vRecur
from msgspec.structs import replace

from timeline.dates.clock_times import parse_clock_time
from timeline.dates.edtf import parse_date
from timeline.dates.instants import Instant, to_zone
from timeline.dates.recurrence.constraints import parse_rrule
from timeline.dates.recurrence.expansion import (
    last_instance_day,
    recurrence_instances,
    validate_rrule_start,
)
from timeline.dates.recurrence.parts import FREQUENCIES, PART_NAMES, WEEKDAYS, Weekday
from timeline.dates.recurrence.rule import RecurrenceRule, RecurrenceStart
from timeline.dates.zones import attach_zone
from timeline.diagnostics.model import Refusal
from timeline.model.words.rules import rule_words

ZONES = (
    *("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"),
    *("America/Santiago", "Asia/Riyadh"),
)
END = date(9998, 12, 31)


def at(text: str, zone: str = "America/New_York") -> Instant:
    return Instant(to_zone(datetime.fromisoformat(text), zone), zone)


def start(text: str) -> RecurrenceStart:
    return at(text) if "T" in text else date.fromisoformat(text)


def refused(rule: object, begin: RecurrenceStart | None = None) -> Refusal:
    with pytest.raises(Refusal) as caught:
        validate_rrule_start(parse_rrule(rule), begin) if begin else parse_rrule(rule)  # type: ignore[arg-type]
    return caught.value


def days(rule: str, begin: RecurrenceStart, last: date = END, limit: int = 6) -> list[str]:
    parsed = parse_rrule(rule)
    validate_rrule_start(parsed, begin)
    return [
        item.isoformat() if isinstance(item, date) else str(item.wall.date())
        for item in recurrence_instances(parsed, begin, last=last, limit=limit)
    ]


# Reading and writing.

READ = [
    # text, the same as parts, the rule
    ("FREQ=DAILY", {"freq": "daily"}, RecurrenceRule("DAILY")),
    ("freq=Daily", {"freq": "DAILY"}, RecurrenceRule("DAILY")),
    (
        "FREQ=WEEKLY;BYDAY=MO;COUNT=8",
        {"freq": "weekly", "byday": ["mo"], "count": "8"},
        RecurrenceRule("WEEKLY", count=8, byday=(Weekday(0),)),
    ),
    (
        "COUNT=+8;BYDAY=TH,tu;FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        {"count": "8", "byday": "tu, TH", "freq": "weekly", "interval": "2", "wkst": "su"},
        RecurrenceRule("WEEKLY", 2, 8, byday=(Weekday(1), Weekday(3)), wkst=6),
    ),
    (
        "FREQ=MONTHLY;BYDAY=-1FR,+2TU",
        {"freq": "monthly", "byday": ["2tu", "-1fr"]},
        RecurrenceRule("MONTHLY", byday=(Weekday(1, 2), Weekday(4, -1))),
    ),
    (
        "FREQ=YEARLY;BYMONTH=3,1;BYMONTHDAY=-1,3",
        {"freq": "yearly", "bymonth": ["3", "1"], "bymonthday": ["3", "-1"]},
        RecurrenceRule("YEARLY", bymonth=(1, 3), bymonthday=(-1, 3)),
    ),
    (
        "FREQ=WEEKLY;UNTIL=20250630",
        {"freq": "weekly", "until": "2025-06-30"},
        RecurrenceRule("WEEKLY", until=parse_date("2025-06-30")),
    ),
    (
        "FREQ=WEEKLY;UNTIL=20250630T180000z",
        {"freq": "weekly", "until": "2025-06-30T18:00:00Z"},
        RecurrenceRule("WEEKLY", until=parse_clock_time("2025-06-30T18:00:00Z")),
    ),
    (
        "FREQ=WEEKLY;UNTIL=20250630T180000",
        {"freq": "weekly", "until": "2025-06-30T18:00:00"},
        RecurrenceRule("WEEKLY", until=parse_clock_time("2025-06-30T18:00:00")),
    ),
    (
        "FREQ=YEARLY;BYWEEKNO=20,-1;BYDAY=MO",
        {"freq": "yearly", "byweekno": ["20", "-1"], "byday": "mo"},
        RecurrenceRule("YEARLY", byday=(Weekday(0),), byweekno=(-1, 20)),
    ),
    (
        "FREQ=HOURLY;BYMINUTE=0,30;BYSECOND=0",
        {"freq": "hourly", "byminute": ["0", "30"], "bysecond": "0"},
        RecurrenceRule("HOURLY", byminute=(0, 30), bysecond=(0,)),
    ),
]


@pytest.mark.parametrize(("text", "parts", "rule"), READ)
def test_a_rule_is_read_from_its_text_and_from_its_parts(
    text: str, parts: dict[str, object], rule: RecurrenceRule
) -> None:
    assert parse_rrule(text) == rule
    assert parse_rrule(parts) == rule


VALUES = [
    ("FREQ=WEEKLY;WKST=MO;INTERVAL=1;BYDAY=FR,MO", "2025-01-03", "FREQ=WEEKLY;BYDAY=MO,FR"),
    ("BYMONTH=1;WKST=SU;FREQ=DAILY", "2025-01-03", "FREQ=DAILY;BYMONTH=1;WKST=SU"),
    ("FREQ=DAILY;COUNT=2;INTERVAL=3", "2025-01-03", "FREQ=DAILY;COUNT=2;INTERVAL=3"),
    ("UNTIL=20250630;FREQ=DAILY", "2025-01-03", "FREQ=DAILY;UNTIL=20250630"),
    ("FREQ=YEARLY;UNTIL=08120630", "0800-01-03", "FREQ=YEARLY;UNTIL=08120630"),
    # to the end of that day in the zone of the start
    ("FREQ=DAILY;UNTIL=20250630", "2025-01-03T09:00", "FREQ=DAILY;UNTIL=20250701T035959Z"),
    ("FREQ=DAILY;UNTIL=20250130", "2025-01-03T09:00", "FREQ=DAILY;UNTIL=20250131T045959Z"),
    ("FREQ=DAILY;UNTIL=20250630T180000", "2025-01-03T09:00", "FREQ=DAILY;UNTIL=20250630T220000Z"),
    ("FREQ=DAILY;UNTIL=20250630T180000Z", "2025-01-03T09:00", "FREQ=DAILY;UNTIL=20250630T180000Z"),
]


@pytest.mark.parametrize(("text", "begin", "value"), VALUES)
def test_a_rule_is_written_in_one_order_without_defaults(text: str, begin: str, value: str) -> None:
    assert parse_rrule(text).value(start(begin)) == value


@pytest.mark.parametrize(
    ("zone", "day", "value"),
    [
        # Santiago puts its clocks back at 24:00: 23:59:59 is shown twice, the second ends the day
        ("America/Santiago", "20250405", "20250406T035959Z"),
        # and forward at 00:00 of the next day
        ("America/Santiago", "20250906", "20250907T035959Z"),
        ("Australia/Lord_Howe", "20250405", "20250405T125959Z"),
        ("Asia/Riyadh", "20250405", "20250405T205959Z"),
        ("UTC", "20250405", "20250405T235959Z"),
        # Samoa had no 30 December 2011 at all
        ("Pacific/Apia", "20111230", "20111230T095959Z"),
    ],
)
def test_a_day_lasts_until_the_next_begins(zone: str, day: str, value: str) -> None:
    rule = parse_rrule(f"FREQ=DAILY;UNTIL={day}")
    assert rule.value(at("2011-01-03T09:00", zone)) == f"FREQ=DAILY;UNTIL={value}"


# What is refused.

REFUSED_TEXTS = [
    # text, code, what is underlined, words of the message, words of the help
    ("", "rule-syntax", None, "not a rule", "FREQ=WEEKLY"),
    ("every Monday", "rule-syntax", None, "`every Monday`", "FREQ=WEEKLY"),
    ("RRULE:FREQ=DAILY", "rule-syntax", "RRULE:", "not part of", "`FREQ=DAILY`"),
    ("FREQ=DAILY; COUNT=8", "rule-syntax", " ", "a space", "`FREQ=DAILY;COUNT=8`"),
    ("FREQ=DAILY;", "rule-syntax", ";", "nothing", "remove"),
    (";FREQ=DAILY", "rule-syntax", ";", "nothing", "remove"),
    ("FREQ=DAILY;;COUNT=8", "rule-syntax", ";", "nothing", "remove"),
    ("FREQ=DAILY;COUNT", "rule-syntax", "COUNT", "`COUNT`", "FREQ=WEEKLY"),
    ("COUNT=8", "rule-part", None, "`FREQ`", "`FREQ=WEEKLY`"),
    ("FREQ=DAILY;FREQ=DAILY", "rule-part", "FREQ", "twice", "remove"),
    ("FREQ=DAILY;BYDAYS=MO", "rule-part", "BYDAYS", "`BYDAYS`", "`BYDAY`"),
    ("FREQ=DAILY;interwal=2", "rule-part", "interwal", "`interwal`", "`INTERVAL`"),
    ("FREQ=YEARLY;BYEASTER=1", "rule-part", "BYEASTER", "`BYEASTER`", "`BY"),
    ("RSCALE=HEBREW;FREQ=DAILY", "rule-part", "RSCALE", "7529", "rdate"),
    ("FREQ=MONTHLY;SKIP=FORWARD", "rule-part", "SKIP", "7529", "rdate"),
    ("FREQ=WEEKS", "rule-part", "WEEKS", "`WEEKS`", "`WEEKLY`"),
    ("FREQ=DAYLY", "rule-part", "DAYLY", "`DAYLY`", "`DAILY`"),
    ("FREQ=x", "rule-part", "x", "`x`", "`DAILY`"),
    ("FREQ=DAILY,WEEKLY", "rule-part", "DAILY,WEEKLY", "more than one", "`DAILY`"),
    ("FREQ=DAILY;INTERVAL=0", "rule-part", "0", "`INTERVAL=0`", "from 1"),
    ("FREQ=DAILY;INTERVAL=-1", "rule-part", "-1", "`INTERVAL=-1`", "from 1"),
    ("FREQ=DAILY;INTERVAL=two", "rule-part", "two", "`two`", "from 1"),
    ("FREQ=DAILY;INTERVAL=2.5", "rule-part", "2.5", "`2.5`", "from 1"),
    ("FREQ=DAILY;COUNT=0", "rule-part", "0", "`COUNT=0`", "from 1"),
    ("FREQ=DAILY;COUNT=", "rule-part", "COUNT=", "empty", "from 1"),
    ("FREQ=DAILY;COUNT=100000", "rule-part", "100000", "99999", "remove it"),
    ("FREQ=DAILY;COUNT=" + "9" * 5000, "rule-part", "9" * 5000, "number", "from 1"),
    ("FREQ=DAILY;COUNT=\N{ARABIC-INDIC DIGIT TWO}", "rule-part", "\N{ARABIC-INDIC DIGIT TWO}",
     "number", "from 1"),
    ("FREQ=DAILY;COUNT=2;UNTIL=20250131", "rule-part", "COUNT=2", "`UNTIL`", "remove one"),
    ("FREQ=MINUTELY;INTERVAL=20", "rule-endless", "FREQ=MINUTELY", "hang", "`COUNT`"),
    ("FREQ=SECONDLY", "rule-endless", "FREQ=SECONDLY", "hang", "`UNTIL`"),
    ("FREQ=DAILY;UNTIL=soon", "rule-until", "soon", "`soon`", "`20250131`"),
    ("FREQ=DAILY;UNTIL=20250230", "rule-until", "20250230", "`2025-02-30`", "`20250131`"),
    ("FREQ=DAILY;UNTIL=20250131T250000", "rule-until", "20250131T250000", "25:00", "`20250131"),
    ("FREQ=DAILY;UNTIL=00010131", "rule-until", "00010131", "0002", "`20250131`"),
    ("FREQ=DAILY;UNTIL=2025-01-31", "rule-until", "2025-01-31", "not a day", "`20250131`"),
    ("FREQ=DAILY;UNTIL=2025", "rule-until", "2025", "not a day", "`20250131`"),
    ("FREQ=WEEKLY;BYDAY=", "rule-part", "BYDAY=", "empty", "`MO`"),
    ("FREQ=WEEKLY;BYDAY=MO,", "rule-part", "BYDAY=MO,", "empty", "`MO`"),
    ("FREQ=WEEKLY;BYDAY=Monday", "rule-part", "Monday", "`Monday`", "`MO`"),
    ("FREQ=WEEKLY;BYDAY=MO,MO", "rule-part", "MO", "twice", "remove one"),
    ("FREQ=WEEKLY;BYDAY=2MO", "rule-part", "BYDAY=2MO", "`FREQ=WEEKLY`", "`MO`"),
    ("FREQ=DAILY;BYDAY=2MO", "rule-part", "BYDAY=2MO", "`FREQ=DAILY`", "`MO`"),
    ("FREQ=MONTHLY;BYDAY=0MO", "rule-part", "0MO", "0", "2TU"),
    ("FREQ=MONTHLY;BYDAY=6MO", "rule-part", "BYDAY=6MO", "`6MO`", "5"),
    ("FREQ=YEARLY;BYDAY=6MO;BYMONTH=2", "rule-part", "BYDAY=6MO", "`6MO`", "5"),
    ("FREQ=YEARLY;BYDAY=54MO", "rule-part", "54MO", "`54MO`", "2TU"),
    ("FREQ=YEARLY;BYDAY=1MO;BYWEEKNO=3", "rule-part", "BYDAY=1MO", "`BYWEEKNO`", "`MO`"),
    ("FREQ=MONTHLY;BYDAY=1MO,TU", "rule-part", "BYDAY=1MO,TU", "without", "or with none"),
    ("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=3", "rule-part", "BYDAY=1MO", "`BYMONTHDAY`", "`MO`"),
    ("FREQ=WEEKLY;BYMONTHDAY=3", "rule-part", "BYMONTHDAY=3", "`FREQ=WEEKLY`", "YEARLY"),
    ("FREQ=YEARLY;BYMONTHDAY=3", "rule-part", "BYMONTHDAY=3", "which month", "`BYMONTH`"),
    ("FREQ=DAILY;BYMONTHDAY=-1", "rule-part", "BYMONTHDAY=-1", "from the end", "`FREQ=MONTHLY`"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1;BYDAY=MO", "rule-part", "BYMONTHDAY=-1", "`BYDAY`", "remove"),
    ("FREQ=MONTHLY;BYMONTHDAY=32", "rule-part", "32", "`32`", "31"),
    ("FREQ=MONTHLY;BYMONTHDAY=0", "rule-part", "0", "`0`", "31"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "rule-part", "BYMONTHDAY=30", "no month", "29"),
    ("FREQ=YEARLY;BYMONTH=4,6;BYMONTHDAY=31", "rule-part", "BYMONTHDAY=31", "no month", "30"),
    ("FREQ=MONTHLY;BYYEARDAY=3", "rule-part", "BYYEARDAY=3", "`FREQ=MONTHLY`", "`FREQ=YEARLY`"),
    ("FREQ=HOURLY;BYYEARDAY=3", "rule-part", "BYYEARDAY=3", "`FREQ=HOURLY`", "`FREQ=YEARLY`"),
    ("FREQ=YEARLY;BYYEARDAY=367", "rule-part", "367", "`367`", "366"),
    ("FREQ=YEARLY;BYYEARDAY=3;BYMONTH=1", "rule-part", "BYMONTH=1", "`BYYEARDAY`", "remove"),
    ("FREQ=MONTHLY;BYWEEKNO=3;BYDAY=MO", "rule-part", "BYWEEKNO=3", "`FREQ=MONTHLY`", "YEARLY"),
    ("FREQ=YEARLY;BYWEEKNO=3", "rule-part", "BYWEEKNO=3", "no day", "`BYDAY`"),
    ("FREQ=YEARLY;BYWEEKNO=54;BYDAY=MO", "rule-part", "54", "`54`", "53"),
    ("FREQ=YEARLY;BYMONTH=13", "rule-part", "13", "`13`", "12"),
    ("FREQ=YEARLY;BYMONTH=-1", "rule-part", "-1", "`-1`", "12"),
    ("FREQ=YEARLY;BYMONTH=1,,2", "rule-part", "BYMONTH=1,,2", "empty", "12"),
    ("FREQ=YEARLY;BYMONTH=1,2,1", "rule-part", "1", "twice", "remove one"),
    ("FREQ=DAILY;BYHOUR=24", "rule-part", "24", "`24`", "23"),
    ("FREQ=DAILY;BYSECOND=60", "rule-part", "60", "`60`", "59"),
    ("FREQ=HOURLY;BYHOUR=9", "rule-part", "BYHOUR=9", "`FREQ=HOURLY`", "`FREQ=DAILY`"),
    ("FREQ=MINUTELY;BYMINUTE=9;COUNT=2", "rule-part", "BYMINUTE=9", "MINUTELY", "`FREQ=DAILY`"),
    ("FREQ=SECONDLY;BYSECOND=9;COUNT=2", "rule-part", "BYSECOND=9", "SECONDLY", "`FREQ=DAILY`"),
    ("FREQ=MONTHLY;BYSETPOS=1", "rule-part", "BYSETPOS=1", "no other part", "`BYDAY`"),
    ("FREQ=MONTHLY;BYMONTH=1;BYSETPOS=1", "rule-part", "BYSETPOS=1", "no other part", "`BYDAY`"),
    ("FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1", "rule-part", "BYSETPOS=1", "WEEKLY", "list"),
    ("FREQ=MONTHLY;BYDAY=MO;BYHOUR=9;BYSETPOS=1", "rule-part", "BYSETPOS=1", "`BYHOUR`", "remove"),
    ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "rule-part", "0", "`0`", "366"),
    ("FREQ=DAILY;WKST=Sunday", "rule-part", "Sunday", "`Sunday`", "`MO`"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "part", "message", "help_"), REFUSED_TEXTS)
def test_a_text_is_refused_with_its_place(
    text: str, code: str, part: str | None, message: str, help_: str
) -> None:
    refusal = refused(text)
    assert refusal.code == code
    assert (text[slice(*refusal.part)] if refusal.part else None) == part
    assert message in refusal.message
    assert help_ in (refusal.help or "")


REFUSED_PARTS = [
    ({}, "rule-part", "`freq`", "`freq: weekly`"),
    ({"freq": "weekly", "bydays": "mo"}, "rule-part", "`bydays`", "`byday`"),
    ({"freq": "weekly", "BYDAY": "mo"}, "rule-part", "`BYDAY`", "`byday`"),
    ({"freq": "weekly", "byday": []}, "rule-part", "`byday`", "remove the key"),
    ({"freq": "weekly", "byday": ""}, "rule-part", "`byday`", "`mo`"),
    ({"freq": "weekly", "byday": [["mo"]]}, "rule-part", "`byday`", "`mo`"),
    ({"freq": "weekly", "byday": {"mo": "2"}}, "rule-part", "`byday`", "`mo`"),
    ({"freq": "weekly", "byday": "monday"}, "rule-part", "`monday` in `byday`", "`mo`"),
    ({"freq": "week"}, "rule-part", "`week` in `freq`", "`weekly`"),
    ({"freq": "weekly", "interval": "0"}, "rule-part", "`interval: 0`", "from 1"),
    ({"freq": "weekly", "count": ["1", "2"]}, "rule-part", "`count`", "from 1"),
    ({"freq": "weekly", "count": "2", "until": "2025-01-31"}, "rule-part", "`until`", "remove"),
    ({"freq": "weekly", "until": "20250131"}, "rule-until", "`until`", "`2025-01-31`"),
    ({"freq": "weekly", "until": "20250131T180000Z"}, "rule-until", "`until`", "T18:00:00Z`"),
    ({"freq": "weekly", "until": "2025-02-30"}, "rule-until", "`until`", "`2025-02-28`"),
    ({"freq": "weekly", "until": "2025-01"}, "rule-until", "not one known day", "`2025-01-31`"),
    ({"freq": "weekly", "until": "2025-01-31~"}, "rule-until", "not one known", "`2025-01-31`"),
    ({"freq": "weekly", "until": "2025-01-31T18:00[Mars]"}, "rule-until", "`until`", "IANA"),
    ({"freq": "secondly"}, "rule-endless", "`freq: secondly`", "`count`"),
    ({"freq": "daily", "byday": "2mo"}, "rule-part", "`2mo` in `byday`", "`mo`"),
    ({"freq": "daily", "rscale": "hebrew"}, "rule-part", "`rscale`", "rdate"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "code", "message", "help_"), REFUSED_PARTS)
def test_parts_are_refused_by_their_key(
    parts: dict[str, object], code: str, message: str, help_: str
) -> None:
    refusal = refused(parts)
    assert (refusal.code, refusal.part) == (code, None)
    assert message in refusal.message
    assert help_ in (refusal.help or "")


AT_ODDS = [
    # rule, start, code, words of the message, words of the help
    ("FREQ=HOURLY", "2025-01-03", "rule-part", "`FREQ=HOURLY`", "with a time"),
    ("FREQ=DAILY;BYHOUR=9", "2025-01-03", "rule-part", "`BYHOUR`", "with a time"),
    ("FREQ=DAILY;UNTIL=20250131T120000", "2025-01-03", "rule-until", "T12:00", "`2025-01-31`"),
    ("FREQ=DAILY;UNTIL=20250102", "2025-01-03", "rule-until", "before the start", "`UNTIL`"),
    ("FREQ=DAILY;UNTIL=20250103T135959Z", "2025-01-03T09:00", "rule-until", "before", "`COUNT`"),
    # New York skips this time
    ("FREQ=DAILY;UNTIL=20250309T023000", "2025-01-03T09:00", "skipped-time", "skip", "03:30"),
    ("FREQ=WEEKLY;BYDAY=MO", "2025-01-03", "rule-start", "Friday", "`2025-01-06`, a Monday"),
    ("FREQ=WEEKLY;BYDAY=MO;INTERVAL=4", "2025-01-03", "rule-start", "Friday", "`2025-01-06`"),
    ("FREQ=WEEKLY;BYDAY=MO", "2025-01-03T09:00", "rule-start", "Friday", "`2025-01-06T09:00`"),
    ("FREQ=DAILY;BYHOUR=8", "2025-01-03T09:00:30", "rule-start", "09:00:30", "-04T08:00:30`"),
    ("FREQ=MONTHLY;BYDAY=2TU", "2025-01-03", "rule-start", "2TU", "`2025-01-14`"),
    ("FREQ=MONTHLY;BYMONTH=2", "2025-01-30", "rule-start", "BYMONTH=2", "`2025-02-01`"),
    ("FREQ=YEARLY;BYMONTH=2", "2025-01-30", "rule-start", "BYMONTH=2", "`2025-02-01`"),
    ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", "2025-01-03", "rule-start", "Friday",
     "`2028-02-29`"),
    ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2025-01-03", "rule-start", "Friday",
     "`2044-02-29`"),
    ("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2025-01-03T09:00", "rule-start", "Friday",
     "`2044-02-29T00:00`"),
    ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "2025-01-03", "rule-start", "no day", "remove"),
    ("FREQ=YEARLY;BYDAY=5MO;BYMONTH=2;BYSETPOS=2", "2025-01-03", "rule-start", "no day", "remove"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "9998-01-03", "rule-start", "9998", ""),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "begin", "code", "message", "help_"), AT_ODDS)
def test_a_rule_at_odds_with_its_start_is_refused(
    rule: str, begin: str, code: str, message: str, help_: str
) -> None:
    refusal = refused(rule, start(begin))
    assert refusal.code == code
    assert message in refusal.message
    assert help_ in (refusal.help or "")


def test_an_offset_is_no_zone() -> None:
    refusal = refused("FREQ=DAILY", at("2025-01-03T09:00", "+03:00"))
    assert refusal.code == "rule-needs-zone"
    assert "`2025-01-03T09:00[Europe/Berlin]`" in (refusal.help or "")


def test_no_rule_begins_at_the_second_of_two_times() -> None:
    wall = datetime.fromisoformat("2025-10-26T02:30")
    second = Instant(attach_zone(wall, "Europe/Berlin").replace(fold=1), "Europe/Berlin")
    assert refused("FREQ=DAILY", second).code == "rule-needs-zone"
    validate_rrule_start(parse_rrule("FREQ=DAILY"), at("2025-10-26T02:30", "Europe/Berlin"))


def test_utc_needs_no_zone() -> None:
    validate_rrule_start(parse_rrule("FREQ=DAILY"), at("2025-01-03T09:00", "UTC"))


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
    instances = recurrence_instances(parsed, begin, last=date(1997, 9, 2))
    assert [
        f"{item.wall:%H:%M}" for item in instances if isinstance(item, Instant)
    ] == clocks.split()


# The set.


def shown(
    rule: str | None, begin: RecurrenceStart, *more: object, last: str = "2030-01-01"
) -> list[str]:
    parsed = parse_rrule(rule) if rule else None
    instances = recurrence_instances(parsed, begin, *more, last=date.fromisoformat(last))  # type: ignore[arg-type]
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


def test_the_set_ends_with_the_last_day_and_at_the_limit() -> None:
    assert shown("FREQ=DAILY", date(2025, 1, 3), last="2025-01-05")[-1] == "2025-01-05"
    late = at("2025-01-03T23:30", "America/New_York")
    assert shown("FREQ=DAILY", late, last="2025-01-05")[-1] == "2025-01-05T23:30:00-05:00"
    assert shown("FREQ=DAILY", date(2025, 1, 3), last="2025-01-02") == []
    rule = parse_rrule("FREQ=DAILY")
    assert len(list(recurrence_instances(rule, date(2025, 1, 3), last=END))) == 10_000
    assert len(list(recurrence_instances(rule, date(2025, 1, 3), last=END, limit=3))) == 3


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
        # sought for 400 years, and no more
        ("FREQ=DAILY;COUNT=99;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2044-02-29", "9998-12-31"),
        ("FREQ=DAILY;UNTIL=98000101;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "2044-02-29", "9800-01-01"),
    ],
)
def test_the_last_day(rule: str, begin: str, expected: str | None) -> None:
    day = last_instance_day(parse_rrule(rule), start(begin))
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


# Words.

WORDS = [
    ("FREQ=DAILY", "2025-01-03", "daily"),
    ("FREQ=DAILY;COUNT=8", "2025-01-03", "daily, 8 times"),
    ("FREQ=DAILY;COUNT=1", "2025-01-03", "daily, once"),
    ("FREQ=DAILY;INTERVAL=2", "2025-01-03T09:00", "every 2 days"),
    ("FREQ=DAILY;UNTIL=20250131", "2025-01-03T09:00", "daily until 31 January 2025"),
    ("FREQ=DAILY;UNTIL=20250201T045900Z", "2025-01-03T09:00", "daily until 31 January 2025"),
    ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "2025-01-03", "every Monday to Friday"),
    ("FREQ=DAILY;BYMONTH=1", "2025-01-03", "daily in January"),
    ("FREQ=WEEKLY", "2025-01-03", "every Friday"),
    ("FREQ=WEEKLY;BYDAY=FR,MO", "2025-01-03", "every Monday and Friday"),
    ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "2025-01-03", "every Monday, Wednesday and Friday"),
    ("FREQ=WEEKLY;BYDAY=SU,MO,TU,WE,TH,FR,SA", "2025-01-03", "daily"),
    ("FREQ=WEEKLY;BYMONTH=1,2", "2025-01-03", "every Friday in January and February"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20250630", "2025-01-07",
     "every 2 weeks on Tuesday and Thursday until 30 June 2025"),
    ("FREQ=WEEKLY;INTERVAL=2;COUNT=3", "2025-01-03", "every 2 weeks on Friday, 3 times"),
    ("FREQ=MONTHLY", "2025-01-03", "every month on the 3rd"),
    ("FREQ=MONTHLY;BYMONTHDAY=11,12,13,21,22,-1", "2025-01-11",
     "every month on the 11th, 12th, 13th, 21st, 22nd and last day"),
    ("FREQ=MONTHLY;BYDAY=2TU", "2025-01-14", "every month on the second Tuesday"),
    ("FREQ=MONTHLY;BYDAY=1TU,3TU", "2025-01-07", "every month on the first and third Tuesday"),
    ("FREQ=MONTHLY;BYDAY=-1FR,1MO", "2025-01-06",
     "every month on the first Monday and the last Friday"),
    ("FREQ=MONTHLY;BYDAY=FR", "2025-01-03", "every Friday"),
    ("FREQ=MONTHLY;INTERVAL=3;BYDAY=FR", "2025-01-03", "every 3 months on every Friday"),
    ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=3", "2025-01-03", "every 3 months on the 3rd"),
    ("FREQ=YEARLY", "2025-01-03", "every year on 3 January"),
    ("FREQ=YEARLY;INTERVAL=4", "2025-01-03", "every 4 years on 3 January"),
    ("FREQ=YEARLY;BYMONTH=1,7", "2025-01-03", "every year on 3 January and 3 July"),
    ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=3,17", "2025-01-03", "every year on 3 and 17 January"),
    ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=-1", "2025-01-31", "every year on the last day of January"),
    ("FREQ=YEARLY;BYMONTH=5;BYDAY=2SU", "2025-05-11", "every year on the second Sunday of May"),
    ("FREQ=YEARLY;BYDAY=1MO", "2025-01-06", "every year on the first Monday of the year"),
    ("FREQ=YEARLY;BYMONTH=1;BYDAY=FR", "2025-01-03", "every Friday in January"),
    ("FREQ=HOURLY", "2025-01-03T09:00", "every hour"),
    ("FREQ=MINUTELY;INTERVAL=90;COUNT=4", "2025-01-03T09:00", "every 90 minutes, 4 times"),
    # what could be misread is left as it is
    ("FREQ=DAILY;BYHOUR=9,12;UNTIL=20250131", "2025-01-03T09:00",
     "by FREQ=DAILY;UNTIL=20250201T045959Z;BYHOUR=9,12"),
    ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=3", "2025-01-03",
     "by FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=3"),
    ("FREQ=MONTHLY;BYMONTHDAY=-3", "2025-01-29", "by FREQ=MONTHLY;BYMONTHDAY=-3"),
    ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=1", "2025-01-03",
     "by FREQ=MONTHLY;BYDAY=FR;BYSETPOS=1"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "begin", "expected"), WORDS)
def test_a_rule_in_words(rule: str, begin: str, expected: str) -> None:
    parsed = parse_rrule(rule)
    validate_rrule_start(parsed, start(begin))
    assert rule_words(parsed, start(begin)) == expected


# Oracles.

CHANGES = {
    "Europe/Berlin": ("2025-03-30", "2025-10-26"),
    "America/New_York": ("2025-03-09", "2025-11-02"),
    "Australia/Lord_Howe": ("2025-04-06", "2025-10-05"),
    "America/Santiago": ("2025-04-05", "2025-09-07"),
    "Asia/Riyadh": ("2025-03-30", "2025-10-26"),
}
"""Days on which clocks change; in Riyadh they never do."""


@st.composite
def starts(draw: st.DrawFn) -> RecurrenceStart:
    """Draw a start, mostly near a change of the clock, mostly in the small hours."""
    zone = draw(st.sampled_from(ZONES))
    change = date.fromisoformat(draw(st.sampled_from(CHANGES[zone])))
    day = draw(
        st.one_of(
            st.integers(-40, 5).map(lambda days: change + timedelta(days=days)),
            st.dates(date(1990, 1, 1), date(2036, 12, 31)),
        )
    )
    if draw(st.integers(0, 3)) == 0:
        return day
    hour = draw(st.sampled_from((0, 1, 2, 2, 3, 9, 23)))
    minute = draw(st.sampled_from((0, 15, 30, 45)))
    return at(f"{day}T{hour:02}:{minute:02}", zone)


@st.composite
def rules(draw: st.DrawFn, begin: RecurrenceStart) -> RecurrenceRule:
    """Draw a rule that the start is in, but for BYSETPOS."""
    timed = isinstance(begin, Instant)
    wall = begin.wall if timed else datetime.combine(begin, datetime.min.time())
    kinds = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY", *(["HOURLY", "MINUTELY"] if timed else [])]
    freq = draw(st.sampled_from(kinds))
    parts = {"FREQ": freq}

    def maybe(name: str, own: int, others: st.SearchStrategy[int], odds: int = 3) -> None:
        if draw(st.integers(1, odds)) == 1:
            numbers = {own, *draw(st.lists(others, max_size=3))}
            parts[name] = ",".join(map(str, numbers))

    if draw(st.booleans()):
        parts["INTERVAL"] = str(draw(st.integers(1, 5)))
    maybe("BYMONTH", wall.month, st.integers(1, 12))
    if freq == "MONTHLY" or (freq == "YEARLY" and "BYMONTH" in parts):
        maybe("BYMONTHDAY", wall.day, st.integers(1, 31))
    if draw(st.integers(1, 3)) == 1:
        weekdays = {wall.weekday(), *draw(st.lists(st.integers(0, 6), max_size=3))}
        parts["BYDAY"] = ",".join(WEEKDAYS[day] for day in weekdays)
    elif freq == "MONTHLY" and "BYMONTHDAY" not in parts and draw(st.booleans()):
        parts["BYDAY"] = f"{(wall.day - 1) // 7 + 1}{WEEKDAYS[wall.weekday()]}"
    if timed and freq in ("DAILY", "WEEKLY"):
        maybe("BYHOUR", wall.hour, st.integers(0, 4), 4)
        maybe("BYMINUTE", wall.minute, st.sampled_from((0, 30)), 4)
    if draw(st.integers(1, 3)) == 1:
        parts["WKST"] = draw(st.sampled_from(WEEKDAYS))
    end = draw(st.sampled_from(("", "COUNT", "UNTIL")))
    if end == "COUNT" or freq == "MINUTELY":
        parts["COUNT"] = str(draw(st.integers(1, 60)))
    elif end == "UNTIL":
        until = wall + timedelta(minutes=draw(st.integers(0, 60 * 24 * 60)))
        kind = draw(st.sampled_from(("%Y%m%d", "%Y%m%dT%H%M%SZ"))) if timed else "%Y%m%d"
        parts["UNTIL"] = until.strftime(kind)
    rule = parse_rrule(";".join(f"{name}={value}" for name, value in parts.items()))
    try:
        validate_rrule_start(rule, begin)
    except Refusal as refusal:
        assert refusal.code == "rule-until"  # noqa: PT017 - all else would be wrong
        assume(False)
    return rule


@st.composite
def recurrences(draw: st.DrawFn) -> tuple[RecurrenceRule, RecurrenceStart]:
    begin = draw(starts())
    return draw(rules(begin)), begin


def native(item: RecurrenceStart) -> date:
    return item.moment if isinstance(item, Instant) else item


def moment(item: date) -> date:
    return item.astimezone(UTC) if isinstance(item, datetime) else item


def vevent(
    value: str,
    begin: RecurrenceStart,
    rdates: list[RecurrenceStart],
    exdates: list[RecurrenceStart],
) -> Calendar:
    event = Event()
    event.add("uid", "a@example.org")
    event.add("dtstamp", datetime(2025, 1, 1, tzinfo=UTC))
    event.add("dtstart", native(begin))
    event.add("rrule", vRecur.from_ical(value))
    if rdates:
        event.add("rdate", [native(item) for item in rdates])
    if exdates:
        event.add("exdate", [native(item) for item in exdates])
    calendar = Calendar()
    calendar.add_component(event)
    return calendar


@given(recurrences(), st.data())
def test_instances_are_those_of_recurring_ical_events(
    drawn: tuple[RecurrenceRule, RecurrenceStart], data: st.DataObject
) -> None:
    rule, begin = drawn
    last = day_of(begin) + timedelta(days=800 if rule.freq in ("MONTHLY", "YEARLY") else 60)
    instances = list(recurrence_instances(rule, begin, last=last))
    exdates = data.draw(st.lists(st.sampled_from(instances), max_size=3))
    rdates = data.draw(st.lists(st.sampled_from(instances).map(half_a_day_on), max_size=3))
    assume(
        not any(
            confused(instance, other) for instance in exdates for other in (*instances, *rdates)
        )
    )
    ours = list(recurrence_instances(rule, begin, rdates, exdates, last=last))
    calendar = vevent(rule.value(begin), begin, rdates, exdates)
    window = day_of(begin) - timedelta(days=2), last + timedelta(days=3)
    theirs = [event.start for event in recurring_ical_events.of(calendar).between(*window)]
    # It finds times that overlap the window, in no zone; what counts is the day on the clock.
    near = sorted({moment(item) for item in theirs if wall_day(item) <= last})
    assert [moment(native(item)) for item in ours] == near


def confused(instance: RecurrenceStart, other: RecurrenceStart) -> bool:
    """Whether the oracle takes instance of two moments for the other.

    It knows instances by what the clock shows there and in UTC, and does not say which it means:
    an EXDATE of 00:00 in Berlin takes 01:00 away too, which is 00:00 in UTC.
    """
    if not isinstance(instance, Instant) or not isinstance(other, Instant) or instance == other:
        return False
    return bool(
        {instance.wall, instance.utc.replace(tzinfo=None)}
        & {other.wall, other.utc.replace(tzinfo=None)}
    )


def day_of(item: RecurrenceStart) -> date:
    return item.wall.date() if isinstance(item, Instant) else item


def wall_day(item: date) -> date:
    return item.date() if isinstance(item, datetime) else item


def half_a_day_on(item: RecurrenceStart) -> RecurrenceStart:
    if isinstance(item, Instant):
        return Instant(to_zone(item.wall + timedelta(hours=12), item.zone), item.zone)
    return item + timedelta(days=1)


@given(recurrences())
def test_a_value_is_read_by_icalendar_and_dateutil(
    drawn: tuple[RecurrenceRule, RecurrenceStart],
) -> None:
    rule, begin = drawn
    value = rule.value(begin)
    read = vRecur.from_ical(value)
    assert read.to_ical().decode() == value
    defaults = RecurrenceRule("DAILY")
    for name in RecurrenceRule.__struct_fields__:
        ours, theirs = getattr(rule, name), read.get(name)
        if theirs is None:
            assert name != "freq"
            assert ours == getattr(defaults, name)
        elif name.startswith("by"):
            assert list(map(str, ours)) == list(map(str, theirs))
        elif name != "until":
            shown = WEEKDAYS[ours] if name == "wkst" else ours
            assert [str(shown)] == list(map(str, theirs))
        else:
            assert isinstance(theirs[0], datetime) is isinstance(begin, Instant)
    # In UTC, where its own arithmetic on clocks is right.
    wall = datetime.combine(day_of(begin), getattr(begin, "wall", datetime.min).time())  # noqa: DTZ901
    utc = Instant(to_zone(wall, "UTC"), "UTC") if isinstance(begin, Instant) else begin
    expected = rrulestr(
        rule.value(utc), dtstart=wall.replace(tzinfo=UTC) if utc is not begin else wall
    )
    ours = list(recurrence_instances(rule, utc, last=END, limit=50))
    theirs = islice(expected, 50)
    assert [getattr(i, "wall", i) for i in ours] == [
        t.replace(tzinfo=None) if isinstance(begin, Instant) else t.date() for t in theirs
    ]


@given(recurrences())
def test_a_value_is_read_back_as_the_same_rule(
    drawn: tuple[RecurrenceRule, RecurrenceStart],
) -> None:
    rule, begin = drawn
    value = rule.value(begin)
    read = parse_rrule(value)
    assert read.value(begin) == value
    assert replace(read, until=rule.until) == rule
    validate_rrule_start(read, begin)
    assert rule_words(read, begin) == rule_words(rule, begin)
    last = last_instance_day(rule, begin)
    assert (last is None) is rule.is_endless
    if last and rule.freq not in ("HOURLY", "MINUTELY"):
        *_, final = recurrence_instances(rule, begin, last=END)
        assert day_of(final) == last


SHORT = [
    *(f"BYMONTH={month}" for month in ("1", "2,3", "12")),
    *(f"BYDAY={day}" for day in ("MO", "SA,SU", "1MO", "-1FR", "5WE")),
    *(f"BYMONTHDAY={day}" for day in ("1", "13", "29", "-1", "30,31")),
    *("BYYEARDAY=1,366", "BYWEEKNO=1,53", "BYSETPOS=-1", "BYSETPOS=2", "BYSETPOS=6"),
    *("INTERVAL=2", "INTERVAL=7", "WKST=SU"),
]


@given(
    st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")),
    st.lists(st.sampled_from(SHORT), max_size=4),
    st.dates(date(1900, 1, 1), date(2300, 1, 1)),
)
def test_the_start_that_is_offered_is_the_first_that_will_do(
    freq: str, parts: list[str], begin: date
) -> None:
    try:
        rule = parse_rrule(";".join((f"FREQ={freq}", *parts)))
    except Refusal:
        assume(False)
    try:
        validate_rrule_start(rule, begin)
    except Refusal as refusal:
        assert refusal.code == "rule-start"  # noqa: PT017 - there need not be one
        offered = begin + timedelta(days=10)
        if match := re.match("start on `([0-9-]+)`", refusal.help or ""):
            offered = date.fromisoformat(match[1])
            validate_rrule_start(rule, offered)
        # Those between are refused; the last of them are enough to know.
        for days in range(1, min((offered - begin).days, 10)):
            with pytest.raises(Refusal):
                validate_rrule_start(rule, offered - timedelta(days=days))


WORDS_OF_RULES = st.sampled_from(
    (*PART_NAMES, *FREQUENCIES, *WEEKDAYS, *"=;,+-0127", "99", "2025", "0131", "T")
)


@given(st.one_of(st.text(), st.lists(WORDS_OF_RULES, max_size=16).map("".join)), starts())
def test_no_text_does_anything_but_be_read_or_refused(text: str, begin: RecurrenceStart) -> None:
    try:
        rule = parse_rrule(text)
        validate_rrule_start(rule, begin)
    except Refusal as refusal:
        first, last = refusal.part or (0, 0)
        assert 0 <= first <= last <= len(text)
    else:
        assert parse_rrule(rule.value(begin)).value(begin) == rule.value(begin)


@given(
    st.dictionaries(
        st.one_of(st.text(max_size=3), st.sampled_from([name.lower() for name in PART_NAMES])),
        st.recursive(
            st.one_of(st.text(), WORDS_OF_RULES),
            lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
            max_leaves=4,
        ),
    )
)
def test_no_parts_do_anything_but_be_read_or_refused(parts: dict[str, object]) -> None:
    try:
        parse_rrule(parts)
    except Refusal as refusal:
        assert refusal.part is None  # noqa: PT017 - there need not be one
