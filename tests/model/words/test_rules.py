"""Recurrence rules in words."""

from __future__ import annotations

import pytest

from support.recurrences import start
from timeline.dates.recurrence.constraints import parse_rrule
from timeline.dates.recurrence.starts import validate_rrule_start
from timeline.model.words.rules import rule_words
from timeline.model.words.wording import PLAIN_ENGLISH

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
    assert rule_words(parsed, start(begin), PLAIN_ENGLISH) == expected
