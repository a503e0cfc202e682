"""Relative dates as written."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from timeline.dates.calendar_units import Qualification
from timeline.dates.durations import Duration, parse_duration
from timeline.dates.fields import parse_with_corrections
from timeline.dates.relative import RelativeDate, looks_relative, parse_relative_date
from timeline.diagnostics.model import Refusal

RELATIVES = [
    ("dakar.start", RelativeDate("dakar", "start")),
    ("dakar-2025.end", RelativeDate("dakar-2025", "end")),
    ("2025.start", RelativeDate("2025", "start")),
    ("a_b-c.start", RelativeDate("a_b-c", "start")),
    ("a.end~", RelativeDate("a", "end", qualification=Qualification.APPROXIMATE)),
    ("a.end - 2 days", RelativeDate("a", "end", (Duration(days=-2),))),
    ("a.end - 2 days + 1 month", RelativeDate("a", "end", (Duration(days=-2), Duration(months=1)))),
    ("a.end + P1Y2D", RelativeDate("a", "end", (Duration(years=1, days=2),))),
    ("a.end - PT30M", RelativeDate("a", "end", (Duration(minutes=-30),))),
    ("a.end at 18:00", RelativeDate("a", "end", clock=time(18))),
    ("a.end - 1 day at 18:00:30", RelativeDate("a", "end", (Duration(days=-1),), time(18, 0, 30))),
    (
        "a.end - 1 day at 18:00~",
        RelativeDate("a", "end", (Duration(days=-1),), time(18), Qualification.APPROXIMATE),
    ),
    (
        "a.start + 1 week?",
        RelativeDate("a", "start", (Duration(weeks=1),), None, Qualification.UNCERTAIN),
    ),
    ("a.start%", RelativeDate("a", "start", qualification=Qualification.BOTH)),
    (f"{'a' * 63}.start", RelativeDate("a" * 63, "start")),
]


@pytest.mark.parametrize(("text", "relative"), RELATIVES)
def test_relative_dates(text: str, relative: RelativeDate) -> None:
    assert looks_relative(text)
    parsed = parse_relative_date(text)
    terms = tuple(
        replace(term, text=read.text)
        for term, read in zip(relative.terms, parsed.terms, strict=True)
    )
    assert parsed == replace(relative, terms=terms, text=text)
    assert str(parsed) == text
    assert parse_with_corrections(text) == parsed


def test_a_relative_date_has_at_most_32_terms() -> None:
    assert len(parse_relative_date("a.start" + " + 1 day" * 32).terms) == 32
    with pytest.raises(Refusal, match="this date has more than 32 terms"):
        parse_relative_date("a.start" + " + 1 day" * 33)


RELATIVES_REFUSED = [
    # written, code, the part at fault, part of the message
    ("dakar.begin", "relative-syntax", "begin", "`begin` is neither the `start` nor the `end`"),
    ("dakar.starts", "relative-syntax", "starts", "`starts` is neither"),
    ("Dakar.start", "relative-syntax", None, "`Dakar.start` is not a relative date"),
    ("_a.start", "relative-syntax", None, "is not a relative date"),
    ("the dakar.start", "relative-syntax", None, "is not a relative date"),
    (f"{'a' * 64}.start", "relative-syntax", None, "is not a relative date"),
    ("start + 1 day", "relative-syntax", None, "`start + 1 day` does not name an event"),
    ("end", "relative-syntax", None, "`end` does not name an event"),
    ("a.start+2 days", "relative-syntax", "+2 days", "`+2 days` does not continue"),
    ("a.start -2 days", "relative-syntax", "-2 days", "`-2 days` does not continue"),
    ("a.start  + 2 days", "relative-syntax", "+ 2 days", "`+ 2 days` does not continue"),
    ("a.start ", "relative-syntax", None, "does not continue"),
    ("a.start ~", "relative-syntax", "~", "`~` does not continue"),
    ("a.start~~", "relative-syntax", "~~", "`~~` does not continue"),
    ("a.start~ + 1 day", "relative-syntax", "~ + 1 day", "does not continue"),
    ("a.start at 9 am", "relative-syntax", "at 9 am", "`at 9 am` does not continue"),
    ("a.start at 18:00 + 1 day", "relative-syntax", "at 18:00 + 1 day", "does not continue"),
    ("a.start + 2days", "duration-syntax", "2days", "`2days` is not a duration"),
    ("a.start + two days", "duration-syntax", "two days", "`two days` is not a duration"),
    ("a.start + 1.5 days", "duration-syntax", "1.5 days", "`1.5 days` is not a whole number"),
    ("a.start + -1 day", "duration-syntax", "-1 day", "`-1 day` is not a duration"),
    ("a.start + 1 day + x", "duration-syntax", "x", "`x` is not a duration"),
    ("a.start + 1 day - 9999999 days", "duration-syntax", "9999999 days", "more than 6 digits"),
    ("a.start at 25:00", "no-such-time", "25:00", "`25:00` is not a time of day"),
    ("a.start at 9am~", "no-such-time", "9am", "times are not written like `9am`"),
]


@pytest.mark.parametrize(("text", "code", "part", "message"), RELATIVES_REFUSED)
def test_relative_dates_refused(text: str, code: str, part: str | None, message: str) -> None:
    assert looks_relative(text)
    with pytest.raises(Refusal) as caught:
        parse_relative_date(text)
    assert caught.value.code == code
    assert message in caught.value.message
    assert caught.value.help
    assert (text[slice(*caught.value.part)] if caught.value.part else None) == part


@pytest.mark.parametrize(
    "text",
    [
        *("2025-01-03", "17.01.2025", "3.Januar", "c. 2025", "start of 2025", "end-January 2025"),
        *("between a.start and b.end", "t.b.c.", "n.a.", "9 a.m.", "TBC", ""),
    ],
)
def test_other_texts_are_not_meant_as_relative(text: str) -> None:
    assert not looks_relative(text)


@given(st.text() | st.text("ab.startend +-~123dayPT:", max_size=30).map("a.start".__add__))
def test_any_text_is_a_relative_date_or_refused(text: str) -> None:
    for parse in (parse_relative_date, parse_duration):
        try:
            parse(text)
        except Refusal as refusal:
            assert refusal.help  # noqa: PT017 - most texts are refused, and some are not
