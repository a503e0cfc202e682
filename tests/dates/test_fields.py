"""The values of the keys `start` and `end`, and what is suggested for other texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.dated import refusal
from timeline.dates.calendar_units import Date
from timeline.dates.clock_times import ClockTime
from timeline.dates.edtf import parse_date
from timeline.dates.fields import parse_end, parse_literal_date, parse_start, parse_with_corrections
from timeline.dates.grammar import OPEN, TBC, Between, NoDate
from timeline.dates.relative import RelativeDate
from timeline.diagnostics.model import Refusal


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2025-01-03", Date),
        ("2025-Q1~", Date),
        ("2025-01-03T09:00", ClockTime),
        ("2025-01-03 09:00:30", ClockTime),
        ("2025-01-03T09:00+03:00[Asia/Riyadh]", ClockTime),
        ("dakar.start", RelativeDate),
        ("dakar.end - 2 days + 1 month at 18:00~", RelativeDate),
        ("between 2025 and 2026", Date),
        ("between a.start and 2026", Between),
        ("between 2025-01-03 and b.end + 2 days", Between),
        ("TBC", NoDate),
    ],
)
def test_kinds(text: str, kind: type) -> None:
    for parse in (parse_with_corrections, parse_start, parse_end):
        value = parse(text)
        assert isinstance(value, kind)
        assert value is TBC or str(value) == text


def test_an_end_may_be_open_and_a_start_may_not() -> None:
    assert parse_end("..") is OPEN
    for text in ("..", "ongoing", "...", "open"):
        assert refusal(text).code == "open-start"
        assert "`TBC`" in (refusal(text).help or "")
    with pytest.raises(Refusal) as caught:
        parse_end("ongoing")
    assert caught.value.help == "write `..`"


@pytest.mark.parametrize("text", ["2025", "2025-01-03T09:00Z", "between 2025 and 2026", "2025~"])
def test_a_literal_stands_for_itself(text: str) -> None:
    assert str(parse_literal_date(text)) == text


@pytest.mark.parametrize("text", ["a.start", "TBC", "between a.start and b.end", "..", "now"])
def test_what_rests_on_others_is_no_literal(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_literal_date(text)
    assert caught.value.code == "literal-date"


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_text_is_not_a_date_and_an_earlier_date_is_removed(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_literal_date(text)
    assert (caught.value.code, caught.value.help) == ("empty-value", "remove it")


@pytest.mark.parametrize("text", ["gala", "TBC soon", "nonsense of any kind", "gala + 2 days"])
@pytest.mark.parametrize("suggest_time", [True, False])
def test_a_literal_is_expected_where_nothing_can_be_suggested(
    text: str, suggest_time: bool
) -> None:
    with pytest.raises(Refusal) as caught:
        parse_literal_date(text, suggest_time=suggest_time)
    help_ = caught.value.help or ""
    assert help_.startswith("write a day such as `2025-01-03`")
    assert ("time" in help_) == suggest_time
    assert "TBC" not in help_


def test_a_between_keeps_its_sides() -> None:
    value = parse_with_corrections("between a.start + 1 day and 2025-03")
    assert isinstance(value, Between)
    assert str(value.first) == "a.start + 1 day"
    assert value.last == parse_date("2025-03")


# Refusals.

BOTH = (
    "for a span write `start: 2025-01-03` and `end: 2025-01-17`; "
    "for one unknown day write `between 2025-01-03 and 2025-01-17`"
)
REFUSED = [
    # written, code, the part at fault, part of the message, part of the help
    ("", "empty-value", None, "this text is empty", "write `TBC`"),
    (" \u00a0", "empty-value", None, "this text is empty", "write `TBC`"),
    ("some day", "date-syntax", None, "`some day` is not a date", "or `TBC`"),
    ("next year", "date-syntax", None, "the day on which it is read", "like `2025-01-03`"),
    ("today", "date-syntax", None, "the day on which it is read", "like `2025-01-03`"),
    ("9" * 10_000, "year-range", None, "9…` is not within the years", "four digits"),
    ("x" * 10_000, "date-syntax", None, "x…` is not a date", "write a day"),
    # other notations: a row for each kind; all are in corrections/test_readings.py
    ("3 January 2025", "date-syntax", None, "not written like `3 Jan", "write `2025-01-03`"),
    ("03/01/2025", "date-syntax", None, "may mean two", "write `2025-01-03` or `2025-03-01`"),
    ("spring 2025", "date-syntax", None, "two", "`2025-25` (northern) or `2025-29` (southern)"),
    ("31/02/2025", "no-such-date", None, "`31/02/2025` does not exist", "`2025-02-28`"),
    ("31.06.2027", "no-such-date", None, "does not exist: June 2027 has 30", "`2027-06-30`"),
    ("29.02.2027", "no-such-date", None, "2027 is not a leap year", "`2027-02-28`"),
    ("31 June 2027", "no-such-date", None, "`31 June 2027` does not exist", "`2027-06-30`"),
    ("32 June 2027", "date-syntax", None, "is not a date", "write a day"),
    ("2027-06-04 24.30", "no-such-time", None, "not a time of day", "`2027-06-05T00:30`"),
    ("24:30", "date-syntax", None, "`24:30` is a time of day without a day", "`2025-01-03T09:00`"),
    ("03/01/25", "date-syntax", None, "a year of four digits", "write the year first"),
    ("2025-01-03 9:00", "date-syntax", None, "not written like", "write `2025-01-03T09:00`"),
    ("2025-31-01", "no-such-date", None, "there is no month 31", "write `2025-01-31`"),
    ("2025-02-30", "no-such-date", None, "does not exist", "`2025-02-28`"),
    ("tbc", "date-syntax", None, "not written like `tbc`", "write `TBC`"),
    ("TBC?", "date-syntax", None, "not written like `TBC?`", "write `TBC`"),
    ("TBC soon", "date-syntax", None, "`TBC` cannot be combined", "write `TBC`"),
    # EDTF that is not read
    ("Y17000", "year-range", None, "`Y17000` is not within the years", "four digits"),
    ("Y-17000", "year-range", None, "`Y-17000` is not within the years", "four digits"),
    ("-0500", "year-range", None, "`-0500` is not within the years", "four digits"),
    ("12025-01-03", "year-range", None, "not within the years 0002 to 9998", "four digits"),
    ("20250-Q1", "year-range", None, "not within the years 0002 to 9998", "four digits"),
    ("3 days", "date-syntax", None, "is a duration", "write `duration: 3 days` beside"),
    ("a week", "date-syntax", None, "is a duration", "write `duration: 1 week` beside"),
    ("2025-01-03 (Friday)", "date-syntax", None, "not written like", "write `2025-01-03`"),
    ("(Fri) 3 Jan 2025", "date-syntax", None, "not written like", "write `2025-01-03`"),
    ("early 2025", "date-syntax", None, "no notation for `early`", "between 2025-01 and 2025-04"),
    ("mid-January 2025", "date-syntax", None, "for `mid`", "between 2025-01-11 and 2025-01-20"),
    ("end of Feb 2025", "date-syntax", None, "for `end`", "between 2025-02-21 and 2025-02-28"),
    ("late Q1 2025", "date-syntax", None, "no notation for `late`", "write `2025-Q1`, or as much"),
    ("circa mid 2025", "date-syntax", None, "no notation for `mid`", "write `2025~`, or as much"),
    ("early 2025 to late 2026", "date-syntax", None, "for `early`", "a month, or `between A and"),
    ("between early 2025 and 2026", "date-syntax", "early 2025", "for `early`", "write `2025`"),
    ("2025-01-03, 2025-01-05", "interval", None, "is 2 dates", "`rdate: [2025-01-05]`"),
    ("3 Jan 2025 & 5 Jan 2025; 2025-01-07", "interval", None, "3 dates", "05, 2025-01-07]`"),
    ("2025, 2028", "interval", None, "is 2 dates", "write `start: 2025` and `end: 2028`"),
    ("dakar.strat", "relative-syntax", "strat", "neither the", "did you mean `dakar.start`?"),
    ("dakar.ned + 2 days", "relative-syntax", "ned", "", "did you mean `dakar.end + 2 days`?"),
    ("dakar.edn + soon", "relative-syntax", "edn", "", "did you mean `.end`?"),
    ("dakar.start + 3", "duration-syntax", "3", "number without a unit", "write `3 days`"),
    ("[2025..2026]", "date-syntax", None, "", "write `between 2025 and 2026`"),
    ("[2025,2026]", "date-syntax", None, "is a set of dates", "one event for each"),
    ("{2025..2026}", "date-syntax", None, "is a set of dates", "one event for each"),
    ("{2025,2026}", "date-syntax", None, "is a set of dates", "one event for each"),
    ("2025-?01", "date-syntax", None, "", "write `2025-01?`"),
    ("2004-06-~01", "date-syntax", None, "", "write `2004-06-01~`"),
    ("156u", "date-syntax", None, "", "write `156X`"),
    ("XX25", "date-syntax", None, "an `X` that does not replace the last digits", "write `202X`"),
    ("2025-XX-03", "date-syntax", None, "an `X` that does not replace the last", "write `202X`"),
    ("2025-1X", "date-syntax", None, "an `X` that does not replace the last", "write `202X`"),
    # two dates
    ("2025-01-03/2025-01-17", "interval", None, "is two dates, and may mean two things",
     BOTH),
    ("2025/2028", "interval", None, "is two dates", "`between 2025 and 2028`"),
    ("2025..2028", "interval", None, "is two dates", "`between 2025 and 2028`"),
    ("2025-01-03 - 2025-01-17", "interval", None, "is two dates", "`end: 2025-01-17`"),
    ("3-17 January 2025", "interval", None, "is two dates", "`start: 2025-01-03`"),
    ("a.start..a.end", "interval", None, "is two dates", "`between a.start and a.end`"),
    ("a.start to a.end", "interval", None, "is two dates", "`start: a.start` and `end: a.end`"),
    ("Q1-Q2 2025", "interval", None, "is two dates", "write `start: 2025-Q1` and `end: 2025-Q2`"),
    ("1985/..", "interval", None, "is a span", "write `start: 1985` and `end: ..`"),
    ("../1985", "interval", None, "is a span", "write `start: TBC` and `end: 1985`"),
    ("1985/", "interval", None, "is a span", "write `start: 1985` and `end: TBC`"),
    ("2025 to present", "interval", None, "is a span", "write `start: 2025` and `end: ..`"),
    # times
    ("9am", "date-syntax", None, "a time of day without a day", "`2025-01-03T09:00`"),
    ("9 pm", "date-syntax", None, "a time of day without a day", "`2025-01-03T21:00`"),
    ("09:00", "date-syntax", None, "a time of day without a day", "`2025-01-03T09:00`"),
    ("T09", "date-syntax", None, "a time of day without a day", "such as `2025-01-03T09:00`"),
    ("09:00Z", "date-syntax", None, "a time of day without a day", "such as `2025-01-03T09:00`"),
    ("2025-01-03T24:00", "no-such-time", "24:00", "not a time of day", "`2025-01-04T00:00`"),
    ("2025-01-03T25:00", "no-such-time", "25:00", "not a time of day", "`00:00` to `23:59`"),
    ("2025-01-03T23:59:60", "no-such-time", "23:59:60", "no leap seconds", "write `23:59:59`"),
    ("2025-01-03T23:60:60", "no-such-time", "23:60:60", "is not a time of day", "to `23:59`"),
    ("2025-01-03~T09:00", "date-syntax", None, "not written like", "write `2025-01-03T09:00~`"),
    ("2025-01-03? 09:00Z", "date-syntax", None, "not written like", "write `2025-01-03T09:00Z?`"),
    ("2025-01-03T09:00~?", "date-syntax", "?", "cannot be qualified by `?`", "`%` means both"),
    ("2025-01-03T09:00:00.5Z", "date-syntax", None, "fractions of a second", "T09:00:30`"),
    ("2025-01T09:00", "date-syntax", None, "is not a date", "write a day"),
    ("2025-01-03T09:00[Asia/Riad]", "unknown-zone", "Asia/Riad", "no time zone", "`Asia/Riyadh`"),
    # relative dates
    ("dakar.day", "relative-syntax", "day", "", "`dakar.start.day` or `dakar.end.day`"),
    ("dakar.day + 1 day", "relative-syntax", "day", "", "`dakar.end.day + 1 day`"),
    ("dakar.start day", "relative-syntax", "day", "", "write `dakar.start.day`"),
    ("dakar.end's day + 1 week", "relative-syntax", "'s day + 1 week", "", "`dakar.end.day + 1 w"),
    ("dakar.start days", "relative-syntax", "days", "does not continue a", "terms are"),
    (
        "dakar.start at 18:00 + 1 day",
        "relative-syntax",
        "at 18:00 + 1 day",
        "does not continue a relative date",
        "write `dakar.start + 1 day at 18:00`",
    ),
    (
        "dakar.start - 1 week at 9am - 2 workdays~",
        "relative-syntax",
        "at 9am - 2 workdays~",
        "",
        "write `dakar.start - 1 week - 2 working days at 09:00~`",
    ),
    (
        "dakar.start at 18:00 + 2 hours",
        "relative-syntax",
        "at 18:00 + 2 hours",
        "does not continue a relative date",
        "terms are",
    ),
    ("dakar.start+2 days", "relative-syntax", "+2 days", "", "write `dakar.start + 2 days`"),
    ("dakar.start + 2days", "duration-syntax", "2days", "", "write `dakar.start + 2 days`"),
    ("dakar.begin", "relative-syntax", "begin", "is neither", "write `dakar.start`"),
    ("dakar.middle", "relative-syntax", "middle", "is neither", "`.start` or `.end`"),
    ("dakar.end - two days", "duration-syntax", "two days", "", "write `dakar.end - 2 days`"),
    ("dakar.start + 1.5 days", "duration-syntax", "1.5 days", "not a whole", "smaller unit"),
    ("dakar.start + -1 day", "duration-syntax", "-1 day", "", "write `dakar.start - 1 day`"),
    ("dakar.start + soon", "duration-syntax", "soon", "not a duration", "like `3 days`"),
    ("Dakar.start", "relative-syntax", None, "is not a relative date", "write `dakar.start`"),
    ("dakar.start at 9am", "no-such-time", "9am", "", "write `dakar.start at 09:00`"),
    ("dakar.start at 25:00", "no-such-time", "25:00", "is not a time of day", "`23:59`"),
    ("dakar.end~ - 2 days", "relative-syntax", "~ - 2 days", "", "write `dakar.end - 2 days~`"),
    ("2 days before dakar.start", "relative-syntax", None, "", "write `dakar.start - 2 days`"),
    ("start + 1 day", "relative-syntax", None, "not name an event", "`other-event.start + 1 day`"),
    ("dakar-2025", "date-syntax", None, "is not a date", "`dakar-2025.start` or `dakar-2025.end`"),
    ("dakar + 2 days", "date-syntax", None, "is not a date", "write `dakar.start + 2 days` or"),
    # between
    ("between", "date-syntax", None, "does not name two dates", "write `between A and B`"),
    ("between 2025", "date-syntax", None, "does not name two dates", "write `between A and B`"),
    ("between 2025 and", "date-syntax", None, "does not name two dates", "write `between A and B`"),
    ("between 2025 and soon", "date-syntax", "soon", "`soon` is not a date", "write"),
    ("between 2025 and tbc", "date-syntax", "tbc", "`TBC` cannot be combined", "write `TBC`"),
    ("between 2025-02-30 and 2026", "no-such-date", "2025-02-30", "does not exist", "`2025-02-28`"),
    ("between a.start + 2d and 2026", "duration-syntax", "2d", "", "between a.start + 2 days and"),
    ("Between 2025 and 2026", "date-syntax", None, "", "write `between 2025 and 2026`"),
    ("between 3 and 17 January 2025", "date-syntax", None, "", "between 2025-01-03 and 2025-01-17"),
    ("between 2025-03 and 2025-01", "empty-between", None, "contains no day", "2025-01 and"),
    ("between 2025 and 2026~", "between-side", "2026~", "cannot be a side", "write `2026`"),
    ("between 2025~ and 2026", "between-side", "2025~", "cannot be a side", "write `2025`"),
    ("between 2025-W03 and 2026", "between-side", "2025-W03", "cannot", "write `2025-01-13`"),
    ("between 2025 and 2025-Q3", "between-side", "2025-Q3", "cannot", "write `2025-09-30`"),
    ("between 2025 and 202X", "between-side", "202X", "cannot", "write `2029-12-31`"),
    ("between 2025 and 2026-XX", "between-side", "2026-XX", "cannot", "write `2026-12-31`"),
    ("between 2025 and TBC", "between-side", "TBC", "cannot be a side", "`TBC` for the whole"),
    ("between a.start~ and 2026", "between-side", "a.start~", "cannot", "a relative date"),
    (
        "between a.start at 18:00~ and 2026",
        "between-side",
        "a.start at 18:00~",
        "cannot",
        "a time or a relative date, without",
    ),
    (
        "between 2025-01-03T09:00~ and 2026",
        "between-side",
        "2025-01-03T09:00~",
        "cannot",
        "`2025-01-03T09:00`",
    ),
    ("between between 2025 and 2026 and 2027", "date-syntax", "between 2025", "", "write"),
    ("between 2025 and no idea", "date-syntax", "no idea", "is not a date", ", or a relative date"),
    # one bound
    ("not before soon", "date-syntax", "soon", "`soon` is not a date", "or a quarter `2025-Q1`"),
    ("not after no idea", "date-syntax", "no idea", "is not a date", ", or a relative date"),
    ("not after next year", "date-syntax", "next year", "the day on which it is read", "write"),
    ("not before 2025-02-30", "no-such-date", "2025-02-30", "does not exist", "`2025-02-28`"),
    ("not after 31 June 2027", "no-such-date", "31 June 2027", "does not", "`2027-06-30`"),
    ("not before a.begin", "relative-syntax", "begin", "neither", "write `not before a.start`"),
    ("not before a.strat", "relative-syntax", "strat", "neither", "did you mean `a.start`?"),
    ("not after a.end + soon", "duration-syntax", "soon", "not a duration", "like `3 days`"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "part", "message", "help_"), REFUSED)
def test_refusals(text: str, code: str, part: str | None, message: str, help_: str) -> None:
    refused = refusal(text)
    assert refused.code == code
    assert (text[slice(*refused.part)] if refused.part else None) == part
    assert message in refused.message
    assert help_ in (refused.help or "")


@pytest.mark.parametrize("text", [row[0] for row in REFUSED])
def test_messages_are_a_clause_with_help(text: str) -> None:
    refused = refusal(text)
    assert refused.help
    for words in (refused.message, refused.help):
        assert not words.endswith(".")
        assert words[0] == "`" or words[0].islower() or words[0].isdigit()
        assert words.count("`") % 2 == 0
        assert len(words) < 250


@pytest.mark.parametrize("start", ["not before", "not after", "between 2025 and"])
@pytest.mark.parametrize("side", ["soon", "no idea", "2025-06, 2025-08"])
def test_a_help_for_a_part_of_a_date_does_not_suggest_tbc(start: str, side: str) -> None:
    assert "TBC" not in (refusal(f"{start} {side}").help or "")


# Any text.


@given(st.text() | st.text("0123456789-XQHWT:?~%./[] abdentsr+", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_start, parse_end, parse_literal_date):
        try:
            parse(text)
        except Refusal as refused:
            assert refused.message  # noqa: PT017 - most texts are refused, and some are not


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "9",
            "2025-",
            "X",
            "a",
            "a.",
            "a.start",
            ".",
            "..",
            "/",
            " ",
            " - ",
            " to ",
            "?",
            "~",
            "[",
        ),
        *("between ", "between a and ", " and ", "a.start + 1 day", " + ", " at ", "\u2013", "\n"),
    ],
)
def test_long_texts_are_refused_in_short(piece: str) -> None:
    refused = refusal(piece * (10_000 // len(piece)))
    assert len(refused.message) < 200
    assert len(refused.help or "") < 300
