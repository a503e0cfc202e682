"""What texts in other notations may mean, and that no reading invents anything."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.dates.corrections.readings import (
    certain_reading,
    only_reading,
    possible_readings,
    read_duration,
    read_interval,
    read_time_of_day,
)
from timeline.dates.corrections.spreadsheets import spreadsheet_readings
from timeline.dates.fields import parse_end, parse_with_corrections
from timeline.diagnostics.model import cited

ONE = [
    # written, meant
    # days
    ("3 January 2025", "2025-01-03"),
    ("3 JAN 2025", "2025-01-03"),
    ("3. January 2025", "2025-01-03"),
    ("3rd of January, 2025", "2025-01-03"),
    ("3-Jan-2025", "2025-01-03"),
    ("Friday, 3 January 2025", "2025-01-03"),
    ("on Fri 3 Jan. 2025", "2025-01-03"),
    ("January 3, 2025", "2025-01-03"),
    ("Jan 3rd 2025", "2025-01-03"),
    ("2025 January 3", "2025-01-03"),
    ("2025-Jan-03", "2025-01-03"),
    ("29 February 2024", "2024-02-29"),
    ("2025/01/03", "2025-01-03"),
    ("2025.1.3", "2025-01-03"),
    ("2025-1-3", "2025-01-03"),
    ("2025 01 03", "2025-01-03"),
    ("2025-31-01", "2025-01-31"),
    ("31/01/2025", "2025-01-31"),
    ("01/31/2025", "2025-01-31"),
    ("17.01.2025", "2025-01-17"),
    ("17. 1. 2025", "2025-01-17"),
    ("03/03/2025", "2025-03-03"),
    ("20250103", "2025-01-03"),
    ("2025-003", "2025-01-03"),
    ("2024366", "2024-12-31"),
    ("2025-01-03Z", "2025-01-03"),
    ("2025-01-03+03:00", "2025-01-03"),
    ("2025-W03-5", "2025-01-17"),
    ("2025W035", "2025-01-17"),
    # months and years
    ("Jan 2025", "2025-01"),
    ("January, 2025", "2025-01"),
    ("sept. 2025", "2025-09"),
    ("2025 Jan", "2025-01"),
    ("01/2025", "2025-01"),
    ("1.2025", "2025-01"),
    ("2025/1", "2025-01"),
    ("2025-1", "2025-01"),
    ("sometime in 2025", "2025"),
    ("the year 2025", "2025"),
    # quarters, halves, weeks
    ("Q1 2025", "2025-Q1"),
    ("q1/2025", "2025-Q1"),
    ("2025Q1", "2025-Q1"),
    ("2025 Q1", "2025-Q1"),
    ("2025-q1", "2025-Q1"),
    ("1Q 2025", "2025-Q1"),
    ("first quarter of 2025", "2025-Q1"),
    ("4th quarter 2025", "2025-Q4"),
    ("H1 2025", "2025-H1"),
    ("2025h2", "2025-H2"),
    ("the second half of 2025", "2025-H2"),
    ("2025-w3", "2025-W03"),
    ("2025W03", "2025-W03"),
    ("week 3 of 2025", "2025-W03"),
    ("CW3/2025", "2025-W03"),
    # seasons over the new year are of one hemisphere
    ("winter 2025/26", "2025-28"),
    ("winter 2025-2026", "2025-28"),
    ("summer 2025/26", "2025-30"),
    # decades, centuries, unknown digits
    ("2020s", "202X"),
    ("the 1990's", "199X"),
    ("19th century", "18XX"),
    ("the 21st century", "20XX"),
    ("202x", "202X"),
    ("20xx", "20XX"),
    ("2025-xx", "2025-XX"),
    ("2025-01-xx", "2025-01-XX"),
    ("156u", "156X"),
    ("15uu", "15XX"),
    ("2004-uu", "2004-XX"),
    # no date
    *((word, "TBC") for word in ("tbc", "Tbc", "tbd", "TBA", "unknown", "?", "??", "n/a", "TBC?")),
    *((word, "TBC") for word in ("t.b.c.", "to be confirmed", "To be announced", "XXXX", "TBD.")),
    *((word, "..") for word in ("ongoing", "Present", "open", "now", "...", "\u2026", "open end")),
    # qualified
    ("circa 2025", "2025~"),
    ("c. 2025", "2025~"),
    ("c2025", "2025~"),
    ("ca. 2025", "2025~"),
    ("about 2025", "2025~"),
    ("around 3 January 2025", "2025-01-03~"),
    ("~2025", "2025~"),
    ("~ 2025", "2025~"),
    ("approx. 2025", "2025~"),
    ("approximately Jan 2025", "2025-01~"),
    ("2025 (approx.)", "2025~"),
    ("2025 (?)", "2025?"),
    ("2025 ?", "2025?"),
    ("?2025", "2025?"),
    ("maybe 2025", "2025?"),
    ("probably Q1 2025", "2025-Q1?"),
    ("2025 (tentative)", "2025?"),
    ("circa 2025?", "2025%"),
    ("perhaps about 2025", "2025%"),
    ("2025-?01", "2025-01?"),
    ("2004-06-~01", "2004-06-01~"),
    ("2004?-06-01", "2004-06-01?"),
    ("2025-q1~", "2025-Q1~"),
    # times
    ("2025-01-03 9:00", "2025-01-03T09:00"),
    ("2025-01-03T9:00", "2025-01-03T09:00"),
    ("2025-01-03 9am", "2025-01-03T09:00"),
    ("2025-01-03, 9 pm", "2025-01-03T21:00"),
    ("2025-01-03 at 9:30 p.m.", "2025-01-03T21:30"),
    ("2025-01-03 12am", "2025-01-03T00:00"),
    ("2025-01-03 noon", "2025-01-03T12:00"),
    ("2025-01-03 21h", "2025-01-03T21:00"),
    ("2025-01-03 21h30", "2025-01-03T21:30"),
    ("2025-01-03T09", "2025-01-03T09:00"),
    ("2025-01-03T0900", "2025-01-03T09:00"),
    ("20250103T090000Z", "2025-01-03T09:00:00Z"),
    ("2025-01-03T09:00:00.000Z", "2025-01-03T09:00:00Z"),
    ("2025-01-03t09:00z", "2025-01-03T09:00Z"),
    ("2025-01-03 09:00 UTC", "2025-01-03T09:00Z"),
    ("2025-01-03T09:00+03", "2025-01-03T09:00+03:00"),
    ("2025-01-03T09:00+0300", "2025-01-03T09:00+03:00"),
    ("2025-01-03 09:00 -3:30", "2025-01-03T09:00-03:30"),
    ("2025-01-03 09:00 Asia/Riyadh", "2025-01-03T09:00[Asia/Riyadh]"),
    ("2025-01-03 09:00 [Asia/Riyadh]", "2025-01-03T09:00[Asia/Riyadh]"),
    ("3 January 2025, 9am", "2025-01-03T09:00"),
    # characters
    ("２０２５-01-03", "2025-01-03"),  # noqa: RUF001 - full-width digits
    ("٢٠٢٥-٠١-٠٣", "2025-01-03"),  # noqa: RUF001 - Arabic digits
    ("2025–01–03", "2025-01-03"),  # noqa: RUF001 - en dashes
    ("2025\u221201\u221203", "2025-01-03"),
    ("3\u00a0January\u202f2025", "2025-01-03"),
    (" 2025-01-03 ", "2025-01-03"),
    ("\ufeff2025-01-03", "2025-01-03"),
    ("2025-01-03\u200b", "2025-01-03"),
    ("\u201c2025-01-03\u201d", "2025-01-03"),
    ("'TBC'", "TBC"),
    # relative dates
    ("Dakar.start", "dakar.start"),
    ("dakar.START", "dakar.start"),
    ("dakar.begin", "dakar.start"),
    ("dakar.begin.day", "dakar.start.day"),
    ("2 days before dakar.start.day", "dakar.start.day - 2 days"),
    ("dakar.finish.day+1d~", "dakar.end.day + 1 day~"),
    ("circa 2025-01-03 9am", "2025-01-03T09:00~"),
    ("2025-01-03T09:00 (?)", "2025-01-03T09:00?"),
    ("maybe 3 January 2025, 9:00 UTC", "2025-01-03T09:00Z?"),
    ("dakar.finish", "dakar.end"),
    ("dakar.start+2 days", "dakar.start + 2 days"),
    ("dakar.start + 2days", "dakar.start + 2 days"),
    ("dakar.start -2d", "dakar.start - 2 days"),
    ("dakar.end - two days", "dakar.end - 2 days"),
    ("dakar.start + -1 day", "dakar.start - 1 day"),
    ("dakar.start plus 1 week", "dakar.start + 1 week"),
    ("dakar.start at 9am", "dakar.start at 09:00"),
    ("dakar.start - 1 day @ 9:00", "dakar.start - 1 day at 09:00"),
    ("dakar.end~ - 2 days", "dakar.end - 2 days~"),
    ("dakar.end - 2 days ~", "dakar.end - 2 days~"),
    ("2 days before dakar.start", "dakar.start - 2 days"),
    ("the day after dakar.end", "dakar.end + 1 day"),
    ("1 hour before dakar.start at 9am", "dakar.start - 1 hour at 09:00"),
    # between
    ("Between 2025-01-03 and 2025-01-17", "between 2025-01-03 and 2025-01-17"),
    ("between 3 and 17 January 2025", "between 2025-01-03 and 2025-01-17"),
    ("some day between Jan and Mar 2025", "between 2025-01 and 2025-03"),
    ("between 2025-01-03 - 2025-01-17", "between 2025-01-03 and 2025-01-17"),
    ("[2025..2026]", "between 2025 and 2026"),
    ("[2025-01-03..2025-01-17]", "between 2025-01-03 and 2025-01-17"),
    ("between a.begin and b.end", "between a.start and b.end"),
]


@pytest.mark.parametrize(("text", "reading"), ONE)
def test_one_reading(text: str, reading: str) -> None:
    assert possible_readings(text) == [reading]
    assert only_reading(text) == reading


@pytest.mark.parametrize("reading", sorted({reading for _, reading in ONE}))
def test_a_reading_is_read(reading: str) -> None:
    assert parse_end(reading)
    assert possible_readings(reading) == []
    assert only_reading(reading) == reading


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("03/01/2025", ["2025-01-03", "2025-03-01"]),
        ("03.01.2025", ["2025-01-03", "2025-03-01"]),
        ("3-1-2025", ["2025-01-03", "2025-03-01"]),
        ("03/01/2025 9am", ["2025-01-03T09:00", "2025-03-01T09:00"]),
        ("about 03/01/2025", ["2025-01-03~", "2025-03-01~"]),
        ("spring 2025", ["2025-25", "2025-29"]),
        ("Summer of 2025", ["2025-26", "2025-30"]),
        ("2025 autumn", ["2025-27", "2025-31"]),
        ("fall 2025", ["2025-27", "2025-31"]),
        ("winter 2025", ["2025-28", "2025-32"]),
        ("2000s", ["200X", "20XX"]),
        ("2025-01-03-09:00", ["2025-01-03T09:00", "2025-01-03"]),
    ],
)
def test_two_readings_are_both_given_and_none_is_taken(text: str, readings: list[str]) -> None:
    assert possible_readings(text) == readings
    assert only_reading(text) == text
    assert all(parse_with_corrections(reading) for reading in readings)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("early 2025", "2025"),
        ("late January 2025", "2025-01"),
        ("mid-2025", "2025"),
        ("the end of 2025", "2025"),
        ("beginning of Q1 2025", "2025-Q1"),
    ],
)
def test_a_vague_date_is_not_made_precise_and_not_fixed_in_silence(text: str, reading: str) -> None:
    assert possible_readings(text) == [reading]
    assert only_reading(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "soon", "3 January", "January", "9am", "03/01/25", "25-01-03", "2025-1X"),
        *("32/02/2025", "32 January 2025", "2025-366", "2025-W53-8"),
        *("0000-00-000", "2025-13", "13/2025", "winter 2025/27", "spring 2025/26", "90s"),
        *("2025-01-03 13pm", "2025-01-03 9", "2025-01-03 0am", "today", "between", "between A"),
        *("a.start + 1.5 days", "a.start + soon", "a.start at soon", "a.middle", "a.start, then b"),
        *("0 century", "\x00", "\n", "```", "a" * 1000, "\U0001f600"),
    ],
)
def test_where_nothing_is_known_nothing_is_guessed(text: str) -> None:
    assert possible_readings(text) == []
    assert only_reading(text) == text


PAIRS = [
    ("2025-01-03/2025-01-17", "2025-01-03", "2025-01-17"),
    ("2025-01-03/17", "2025-01-03", "2025-01-17"),
    ("2025/2028", "2025", "2028"),
    ("2025-2028", "2025", "2028"),
    ("2025 - 2028", "2025", "2028"),
    ("2025\u20132028", "2025", "2028"),
    ("2025..2028", "2025", "2028"),
    ("2025-01-03..2025-01-17", "2025-01-03", "2025-01-17"),
    ("2025-01-03 - 2025-01-17", "2025-01-03", "2025-01-17"),
    ("2025-01-03\u20132025-01-17", "2025-01-03", "2025-01-17"),
    ("2025-01-03 to 2025-01-17", "2025-01-03", "2025-01-17"),
    ("from 2025-01-03 until 2025-01-17", "2025-01-03", "2025-01-17"),
    ("3 to 17 January 2025", "2025-01-03", "2025-01-17"),
    ("3-17 January 2025", "2025-01-03", "2025-01-17"),
    ("3\u201317 January 2025", "2025-01-03", "2025-01-17"),
    ("3rd to 17th January 2025", "2025-01-03", "2025-01-17"),
    ("January 3-17, 2025", "2025-01-03", "2025-01-17"),
    ("30 January - 2 February 2025", "2025-01-30", "2025-02-02"),
    ("January 30 to February 2, 2025", "2025-01-30", "2025-02-02"),
    ("30 December 2025 - 2 January 2026", "2025-12-30", "2026-01-02"),
    ("3.-5.1.2025", "2025-01-03", "2025-01-05"),
    ("30.12.-2. 1. 2025", "2025-12-30", "2025-01-02"),
    ("Jan-Mar 2025", "2025-01", "2025-03"),
    ("Q1 to Q3 2025", "2025-Q1", "2025-Q3"),
    ("dakar.start..dakar.end", "dakar.start", "dakar.end"),
    ("2025-01-03T09:00/2025-01-03T10:00", "2025-01-03T09:00", "2025-01-03T10:00"),
    ("1985/..", "1985", ".."),
    ("../1985", "..", "1985"),
    ("1985/", "1985", "TBC"),
    ("1985..", "1985", ".."),
    ("since 1985", "1985", ".."),
    ("1985 onwards", "1985", ".."),
    ("1985-", "1985", ".."),
    ("2025 to present", "2025", ".."),
    ("2025-01-03 08:30\u201310:00", "2025-01-03T08:30", "2025-01-03T10:00"),
    ("2025-01-03 8:30-10:00", "2025-01-03T08:30", "2025-01-03T10:00"),
    ("2025-01-03T22:30 - 01:00", "2025-01-03T22:30", "2025-01-04T01:00"),
    ("3 Jan 2025, 8.30-10.00", "2025-01-03T08:30", "2025-01-03T10:00"),
    ("3 January 2025 from 9am to 5pm", "2025-01-03T09:00", "2025-01-03T17:00"),
]


@pytest.mark.parametrize(("text", "first", "last"), PAIRS)
def test_two_dates(text: str, first: str, last: str) -> None:
    assert read_interval(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "2025", "2025-01-03", "soon", "/", "..", "-", "a" * 1000),
        *("2025-01-03 8:30-03:00", "2025-01-03T16:00-19:00"),
    ],
)
def test_no_two_dates(text: str) -> None:
    assert read_interval(text) is None


def test_many_words_are_cited_in_short() -> None:
    assert cited("2025") == "`2025`"
    assert cited("9" * 10_000) == f"`{'9' * 57}…`"


# Any text: nothing but readings comes of it, and each of them is another text.

words = st.sampled_from(
    [
        *("2025", "01", "3", "jan", "may", "spring", "q1", "w3", "u", "xx", "s", "century", "19"),
        *("circa", "early", "maybe", "tbc", "?", "~", "%", "(", ")", "..", "/", "-", "to", "and"),
        *("between", "start", "a.start", "before", "a.end", "+", "2", "days", "at", "9am", "9:00"),
        *("T", "Z", "+03", "[", "]", "of", "the", "\u2013", "\u00a0", "\uff12"),
    ]
)
phrases = st.lists(words | st.text(max_size=3), max_size=12).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda glue: glue.join(parts))
)


@given(st.text() | phrases)
def test_any_text_is_safe(text: str) -> None:
    readings = possible_readings(text)
    assert text not in readings
    assert len(set(readings)) == len(readings)
    assert only_reading(text) in {text, *readings}
    read_interval(text)
    read_duration(text)
    read_time_of_day(text)


@pytest.mark.parametrize(
    "piece", ["9", " ", "2025-", "a", "?", "~", "../", "between ", " and ", "("]
)
def test_long_texts_are_not_looked_into(piece: str) -> None:
    text = piece * 10_000
    assert possible_readings(text) == []
    assert read_interval(text) is None
    assert only_reading(text) == text
    assert read_duration(text) is read_time_of_day(text) is None


spellings = st.sampled_from(["%d %B %Y", "%B %d, %Y", "%a %d %b %Y", "%Y/%m/%d", "%Y%m%d", "%Y-%j"])


@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)), spellings)  # strftime pads no years
def test_a_day_in_words_is_that_day(day: date, pattern: str) -> None:
    assert possible_readings(day.strftime(pattern)) == [day.isoformat()]


@given(st.text(max_size=30))
def test_what_is_certain_is_the_one_thing_that_was_meant(text: str) -> None:
    assert certain_reading(text) in (None, *possible_readings(text))


@pytest.mark.parametrize(
    ("written", "reading"),
    [
        ("2027-01-03 (TBC)", "2027-01-03?"),
        ("2027-01-03 tbd", "2027-01-03?"),
        ("2027-01-03 [T.B.A.]", "2027-01-03?"),
        ("TBC: 2027-01-03", "2027-01-03?"),
        ("3 January 2027 (to be confirmed)", "2027-01-03?"),
        ("2027-01-03 (date not yet confirmed)", "2027-01-03?"),
        ("2027-01-03T18:00 (TBC)", "2027-01-03T18:00?"),
        ("2027-01-03, time TBC", "2027-01-03"),
        ("October 2027, day TBC", "2027-10"),
    ],
)
def test_a_date_that_is_to_be_confirmed_is_uncertain(written: str, reading: str) -> None:
    assert certain_reading(written) == reading


def test_of_a_month_that_is_to_be_confirmed_only_the_day_may_be_unknown() -> None:
    assert possible_readings("October 2027 (TBC)") == ["2027-10", "2027-10?"]
    assert certain_reading("October 2027 (TBC)") is None


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("46390", ["2027-01-03", "2031-01-04"]),
        ("46390.75", ["2027-01-03T18:00", "2031-01-04T18:00"]),
        ("46390,770833", ["2027-01-03T18:30", "2031-01-04T18:30"]),
        ("20250", []),
        ("463900", []),
    ],
)
def test_the_number_of_a_spreadsheet_is_two_days(written: str, readings: list[str]) -> None:
    assert spreadsheet_readings(written) == readings
