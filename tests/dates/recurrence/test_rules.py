"""Recurrence rules are parsed, written, and refused with the place of what is wrong."""

from __future__ import annotations

from datetime import datetime

import pytest

from support.recurrences import at, refused, start
from timeline.dates.clock_times import parse_clock_time
from timeline.dates.edtf import parse_date
from timeline.dates.instants import Instant
from timeline.dates.recurrence.constraints import parse_rrule
from timeline.dates.recurrence.parts import Weekday
from timeline.dates.recurrence.rule import RecurrenceRule
from timeline.dates.recurrence.starts import validate_rrule_start
from timeline.dates.zones import attach_zone

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
    ("FREQ=MONTHLY;BYSETPOS=1", "rule-part", "BYSETPOS=1", "another part", "`BYDAY`"),
    ("FREQ=MONTHLY;BYMONTH=1;BYSETPOS=1", "rule-part", "BYSETPOS=1", "another part", "`BYDAY`"),
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
    ({"freq": "weekly", "until": "2025-01"}, "rule-until", "not a known day", "`2025-01-31`"),
    ({"freq": "weekly", "until": "2025-01-31~"}, "rule-until", "not a known", "`2025-01-31`"),
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
    ("FREQ=HOURLY", "2025-01-03", "rule-part", "`FREQ=HOURLY`", "time of day"),
    ("FREQ=DAILY;BYHOUR=9", "2025-01-03", "rule-part", "`BYHOUR`", "time of day"),
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
    assert "`2025-01-03T06:00Z`" in (refusal.help or "")


def test_no_rule_begins_at_the_second_of_two_times() -> None:
    wall = datetime.fromisoformat("2025-10-26T02:30")
    second = Instant(attach_zone(wall, "Europe/Berlin").replace(fold=1), "Europe/Berlin")
    assert refused("FREQ=DAILY", second).code == "rule-needs-zone"
    validate_rrule_start(parse_rrule("FREQ=DAILY"), at("2025-10-26T02:30", "Europe/Berlin"))


def test_utc_needs_no_zone() -> None:
    validate_rrule_start(parse_rrule("FREQ=DAILY"), at("2025-01-03T09:00", "UTC"))
