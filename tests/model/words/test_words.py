"""Dates in words: tables of examples, and properties of every possible date."""

# ruff: noqa: RUF001 - the en dash is the typographer's, not a mistyped hyphen

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support import dated
from timeline.dates import OPEN, TBC
from timeline.dates.calendar_units import (
    FIRST_YEAR,
    LAST_YEAR,
    Date,
    Precision,
    Qualification,
    make_day,
)
from timeline.dates.edtf import make_between, parse_date
from timeline.dates.instants import Instant
from timeline.model.events import AllDay, Undated, When, is_imprecise, make_when
from timeline.model.words.dates import date_words
from timeline.model.words.spans import when_words
from timeline.model.words.titles import marked_title
from timeline.model.words.wording import PLAIN_ENGLISH, Wording


def when(text: str) -> When:
    """Read ``start`` or ``start | end``, each as in the events file."""
    return dated.when(*text.split(" | "))


POINTS = {
    "2025-01-03": "3 January 2025",
    "2025-01": "January 2025",
    "2025": "2025",
    "2026-Q1": "Q1 2026",
    "2026-33": "Q1 2026",
    "2026-H1": "first half of 2026",
    "2025-W03": "week 3 of 2025",
    "2026-W01": "week 1 of 2026",
    "2026-21": "spring 2026",
    "2026-25": "spring 2026",
    "2026-26": "summer 2026",
    "2026-27": "autumn 2026",
    "2025-28": "winter 2025/26",
    "1999-28": "winter 1999/2000",
    "2008-28": "winter 2008/09",
    "2026-29": "southern spring 2026",
    "2026-30": "southern summer 2026/27",
    "2026-32": "southern winter 2026",
    "202X": "the 2020s",
    "200X": "between 2000 and 2009",
    "20XX": "between 2000 and 2099",
    "2025-XX": "some month of 2025",
    "2025-XX-XX": "some day in 2025",
    "2025-01-XX": "some day in January 2025",
    "0002": "AD 2",
    "0987-01-04": "4 January AD 987",
    "0987-28": "winter AD 987/988",
    "0987-Q2": "Q2 AD 987",
    "098X": "the 980s",
    "001X": "between AD 10 and AD 19",
    "01XX": "between AD 100 and AD 199",
    "between 2025-01-03 and 2025-01-17": "some day between 3 and 17 January 2025",
    "between 2025-02-28 and 2025-03-03": "some day between 28 February and 3 March 2025",
    "between 2025-12-30 and 2026-01-02": "some day between 30 December 2025 and 2 January 2026",
    "between 2026-01 and 2026-03": "between January and March 2026",
    "between 2025-12 and 2026-02": "between December 2025 and February 2026",
    "between 2026 and 2028": "between 2026 and 2028",
    "between 2025-03-05 and 2026": "some day between 5 March 2025 and the end of 2026",
    "between 2025 and 2025-03-05": "some day between the start of 2025 and 5 March 2025",
    "between 2025 and 2026-03": "between the start of 2025 and March 2026",
    "between 2025-03 and 2025-03": "March 2025",
    "between 2025 and 2025": "2025",
    "between 2025-03-03 and 2025-03-03": "3 March 2025",
    "2026-03~": "about March 2026",
    "2026-03?": "perhaps March 2026",
    "2026-03%": "perhaps about March 2026",
    "2026-01-03~": "about 3 January 2026",
    "2026-H1~": "about the first half of 2026",
    "2026-H2?": "perhaps the second half of 2026",
    "202X~": "about the 2020s",
    "20XX~": "between about 2000 and 2099",
    "2025-XX?": "perhaps some month of 2025",
    "2025-01-XX%": "perhaps some day in about January 2025",
    "2025-01-03T09:00": "3 January 2025, 09:00 (Asia/Riyadh)",
    "2025-01-03T09:00:30": "3 January 2025, 09:00:30 (Asia/Riyadh)",
    "2025-01-03T09:00Z": "3 January 2025, 09:00 UTC",
    "2025-01-03T09:00+03:00": "3 January 2025, 09:00 (UTC+03:00)",
    "2025-01-03T09:00[AoE]": "3 January 2025, 09:00 anywhere on Earth",
    "2025-01-03T09:00[Europe/Paris]": "3 January 2025, 09:00 (Europe/Paris)",
    "TBC": "date to be confirmed",
}

SPANS = {
    "2025-01-03 | 2025-01-17": "3–17 January 2025",
    "2025-12-30 | 2026-01-02": "30 December 2025 – 2 January 2026",
    "2025-02-28 | 2025-03-03": "28 February – 3 March 2025",
    "2025-01-03 | 2025-01-03": "3 January 2025",
    "2025-01 | 2025-03": "January–March 2025",
    "2025-12 | 2026-01": "December 2025 – January 2026",
    "2025 | 2028": "2025–2028",
    "2025 | 2025": "within 2025",
    "2025-01 | 2025-01": "within January 2025",
    "2025-H1 | 2025-H1": "within the first half of 2025",
    "2025-Q1 | 2025-Q3": "Q1–Q3 2025",
    "2025-Q4 | 2026-Q1": "Q4 2025 – Q1 2026",
    "2025-W03 | 2025-W05": "weeks 3–5 of 2025",
    "2025-W52 | 2026-W03": "week 52 of 2025 – week 3 of 2026",
    "2025-25 | 2025-27": "spring–autumn 2025",
    "2025-25 | 2025-28": "spring 2025 – winter 2025/26",
    "2025-25 | 2025-29": "spring 2025 – southern spring 2025",
    "2025-31 | 2025-29": "southern autumn–spring 2025",
    "2025-H1 | 2026-H2": "first half of 2025 – second half of 2026",
    "199X | 202X": "the 1990s – the 2020s",
    "0987 | 1020": "AD 987 – 1020",
    "2025-01-03 | 2028": "3 January 2025 until 2028",
    "2025-01-03 | 2026-H1": "3 January 2025 until the first half of 2026",
    "2025-01-03 | between 2025-02-03 and 2025-02-05": (
        "3 January 2025 until some day between 3 and 5 February 2025"
    ),
    "2025 | 2026-03-04": "2025 until 4 March 2026",
    "2025-01-XX | 2025-03-XX": "some day in January 2025 until some day in March 2025",
    "2025-01-03 | ..": "since 3 January 2025",
    "2025 | ..": "since 2025",
    "2025-H1 | ..": "since the first half of 2025",
    "2025-XX | ..": "since some month of 2025",
    "2025-01-03 | TBC": "from 3 January 2025, end to be confirmed",
    "2025 | TBC": "from 2025, end to be confirmed",
    "TBC | 2028": "until 2028, start to be confirmed",
    "TBC | 2025-01-03T09:00": "until 3 January 2025, 09:00 (Asia/Riyadh), start to be confirmed",
    "TBC | ..": "since a date to be confirmed",
    "TBC | TBC": "date to be confirmed",
    "2025-01-15~ | 2025-01-17~": "about 15–17 January 2025",
    "2025-01-15~ | 2025-01-17": "about 15 January until 17 January 2025",
    "2025-01-15 | 2025-01-17?": "15 January until perhaps 17 January 2025",
    "2025-12-30~ | 2026-01-02": "about 30 December 2025 until 2 January 2026",
    "2025~ | 2028": "about 2025 until 2028",
    "2025? | 2028?": "perhaps 2025–2028",
    "2025 | 2028~": "2025 until about 2028",
    "2025~ | 2025~": "within about 2025",
    "2025-01-03~ | ..": "since about 3 January 2025",
    "2025? | ..": "perhaps since 2025",
    "2025% | TBC": "perhaps from about 2025, end to be confirmed",
    "2025-01-03T09:00 | 2025-01-03T11:30": "3 January 2025, 09:00–11:30 (Asia/Riyadh)",
    "2025-01-03T09:00Z | 2025-01-03T11:30Z": "3 January 2025, 09:00–11:30 UTC",
    "2025-01-03T22:00 | 2025-01-04T02:00": (
        "3 January 2025, 22:00 – 4 January 2025, 02:00 (Asia/Riyadh)"
    ),
    "2025-01-03T09:00 | 2025-01-03T11:30[Europe/Paris]": (
        "3 January 2025, 09:00 (Asia/Riyadh) – 11:30 (Europe/Paris)"
    ),
    "2025-01-03T09:00 | 2025-01-04T11:30Z": (
        "3 January 2025, 09:00 (Asia/Riyadh) – 4 January 2025, 11:30 UTC"
    ),
    "2024-11-03T01:30[America/New_York] | 2024-11-03T01:15-05:00[America/New_York]": (
        "3 November 2024, 01:30 (America/New_York) – 01:15 (America/New_York, UTC−05:00)"
    ),
    "2025-01-03T09:00 | 2025-01-03T09:00": "3 January 2025, 09:00 (Asia/Riyadh)",
    "2025-01-03T09:00 | ..": "since 3 January 2025, 09:00 (Asia/Riyadh)",
    "2025-01-03T09:00 | TBC": "from 3 January 2025, 09:00 (Asia/Riyadh), end to be confirmed",
    # Times with a mark.
    "2025-01-03T09:00~ | 2025-01-03T11:30~": "about 3 January 2025, 09:00–11:30 (Asia/Riyadh)",
    "2025-01-03T09:00Z? | 2025-01-03T11:30Z": (
        "perhaps 3 January 2025, 09:00 UTC until 3 January 2025, 11:30 UTC"
    ),
    "2025-01-03T09:00 | 2025-01-03T11:30%": (
        "3 January 2025, 09:00 (Asia/Riyadh) until perhaps about 3 January 2025, 11:30 "
        "(Asia/Riyadh)"
    ),
    "2025-01-03T09:00? | ..": "perhaps since 3 January 2025, 09:00 (Asia/Riyadh)",
    "2025-01-03T09:00~ | TBC": (
        "from about 3 January 2025, 09:00 (Asia/Riyadh), end to be confirmed"
    ),
    "TBC | 2025-01-03T09:00~": (
        "until about 3 January 2025, 09:00 (Asia/Riyadh), start to be confirmed"
    ),
    # A time on one side.
    "2025-01-03T09:00 | 2025-01-17": "3 January 2025, 09:00 (Asia/Riyadh) – 17 January 2025",
    "2025-01-03 | 2025-01-17T18:00Z": "3 January 2025 – 17 January 2025, 18:00 UTC",
    "2025-01-03T09:00 | 2025-01-03": "3 January 2025 from 09:00 (Asia/Riyadh)",
    "2025-01-03 | 2025-01-03T18:00": "3 January 2025 until 18:00 (Asia/Riyadh)",
    "2025-01-03T09:00 | 2028": "3 January 2025, 09:00 (Asia/Riyadh) until 2028",
    "2025-01-03T09:00 | 2026-H1~": (
        "3 January 2025, 09:00 (Asia/Riyadh) until about the first half of 2026"
    ),
    "2025-Q1 | 2025-06-17T18:00": "Q1 2025 until 17 June 2025, 18:00 (Asia/Riyadh)",
    "2025-01-03T09:00~ | 2025-01-03": (
        "about 3 January 2025, 09:00 (Asia/Riyadh) until 3 January 2025"
    ),
    "2025-01-03? | 2025-01-17T18:00~": (
        "perhaps 3 January 2025 until about 17 January 2025, 18:00 (Asia/Riyadh)"
    ),
}


SEEN = {
    "2025-01-03 | ..": {
        "2025-01-02": "from 3 January 2025",
        "2025-01-03": "since 3 January 2025",
    },
    "2025 | ..": {
        "2024-06-01": "from 2025",
        "2025-12-30": "from 2025",
        "2025-12-31": "since 2025",
    },
    "2025? | ..": {"2024-06-01": "perhaps from 2025", "2026-01-01": "perhaps since 2025"},
    "2025-01-03T09:00 | ..": {
        "2025-01-02": "from 3 January 2025, 09:00 (Asia/Riyadh)",
        "2025-01-03": "since 3 January 2025, 09:00 (Asia/Riyadh)",
    },
    "TBC | ..": {"2024-06-01": "since a date to be confirmed"},
}


@pytest.mark.parametrize(
    ("given_", "day", "words"),
    [(text, day, words) for text, seen in SEEN.items() for day, words in seen.items()],
)
def test_an_open_span_is_since_its_start_once_that_is_not_to_come(
    given_: str, day: str, words: str
) -> None:
    wording = Wording(PLAIN_ENGLISH.language, as_of=date.fromisoformat(day))
    assert when_words(when(given_), wording) == words


@pytest.mark.parametrize(("text", "expected"), (POINTS | SPANS).items())
def test_when(text: str, expected: str) -> None:
    assert when_words(when(text), PLAIN_ENGLISH) == expected


# Every possible date.

years = st.integers(FIRST_YEAR, LAST_YEAR)
days = st.dates(date(2, 1, 1), date(9998, 12, 31))
marks = st.sampled_from(Qualification)
texts = st.one_of(
    days.map(date.isoformat),
    st.builds("{:04}-{:02}".format, years, st.integers(1, 12)),
    st.builds("{:04}".format, years),
    st.builds("{:04}-Q{}".format, years, st.integers(1, 4)),
    st.builds("{:04}-H{}".format, years, st.integers(1, 2)),
    st.builds("{:04}-W{:02}".format, st.integers(3, 9997), st.integers(1, 52)),
    st.builds("{:04}-{}".format, st.integers(2, 9997), st.integers(21, 32)),
    st.builds("{:03}X".format, st.integers(1, 998)),
    st.builds("{:02}XX".format, st.integers(1, 98)),
    st.builds("{:04}-XX{}".format, years, st.sampled_from(["", "-XX"])),
    st.builds("{:04}-{:02}-XX".format, years, st.integers(1, 12)),
)
plain = st.builds("{}{}".format, texts, marks.map(lambda mark: mark.value)).map(parse_date)


@st.composite
def betweens(draw: st.DrawFn) -> Date:
    sides = sorted(draw(st.lists(days, min_size=2, max_size=2)))
    cut = [draw(st.sampled_from([4, 7, 10])) for _ in sides]
    first, last = (parse_date(side.isoformat()[:n]) for side, n in zip(sides, cut, strict=True))
    return make_between(first, last)


all_dates = plain | betweens()
ends = st.none() | st.just(OPEN) | st.just(TBC) | all_dates
clock_times = st.builds(
    "{}T{:%H:%M}{}".format,
    st.dates(date(2, 1, 2), date(9998, 12, 30)),
    st.times(),
    st.sampled_from(["", "Z", "~", "[AoE]?"]),
)
instants = clock_times.map(dated.resolved).filter(lambda value: isinstance(value, Instant))
whens = (
    st.builds(AllDay, all_dates, ends)
    | st.builds(Undated, ends | instants)
    | st.builds(make_when, instants, ends | instants)
    | st.builds(make_when, all_dates, instants)
)


def names_a_day(value: object) -> bool:
    if isinstance(value, Instant):
        return True
    if not isinstance(value, Date):
        return False
    sides = value.text.removeprefix("between ").split(" and ")
    return value.is_day or (
        value.precision is Precision.BETWEEN and any(len(side) == 10 for side in sides)
    )


MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAY = re.compile(rf"(?<!\d)\d\d? (?:{MONTHS})\b|\bday between \d\d? and")


def title(value: When) -> str:
    return "T" if isinstance(value, Undated) else marked_title("T", value, None, PLAIN_ENGLISH)


@given(whens)
def test_no_unknown_day_is_named(value: When) -> None:
    sides = [value.end] if isinstance(value, Undated) else [value.start, value.end]
    if not any(names_a_day(side) for side in sides):
        assert not DAY.search(when_words(value, PLAIN_ENGLISH))
        assert not DAY.search(title(value))


@given(whens)
def test_every_date_has_words(value: When) -> None:
    for text in (when_words(value, PLAIN_ENGLISH), title(value)):
        assert text == text.strip()
        assert "  " not in text
        assert "None" not in text


@given(whens)
def test_an_imprecise_start_always_has_a_marker(value: When) -> None:
    if is_imprecise(value):
        assert title(value).startswith("TBC")


@given(all_dates)
def test_each_qualification_has_words_of_its_own(value: Date) -> None:
    words = {
        date_words(
            Date(value.earliest, value.latest, value.precision, value.text, mark), PLAIN_ENGLISH
        )
        for mark in Qualification
    }
    assert len(words) == 4


@given(days, st.integers(0, 400))
def test_spans_of_days_name_both_ends(first: date, length: int) -> None:
    last = min(first + timedelta(days=length), date(9998, 12, 31))
    words = when_words(AllDay(make_day(first), make_day(last)), PLAIN_ENGLISH)
    assert words.startswith(str(first.day))
    assert words.endswith(date_words(make_day(last), PLAIN_ENGLISH).partition(" ")[2])
