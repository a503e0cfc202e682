"""Days and ranges of days, and what is suggested for other texts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline._limits import MAX_RANGE
from timeline.dates import FIRST_DAY, LAST_DAY
from timeline.dates.day_ranges import parse_day_range
from timeline.dates.fields import parse_days
from timeline.diagnostics import Refusal


def refusal(text: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        parse_days(text)
    return caught.value


DAYS = st.dates(FIRST_DAY, LAST_DAY)


@given(DAYS, st.integers(0, 2 * MAX_RANGE))
def test_a_range_has_the_days_from_the_first_to_the_last(first: date, more: int) -> None:
    last = min(first + timedelta(more), LAST_DAY)
    text = f"{first}..{last}"
    if (last - first).days >= MAX_RANGE:
        assert refusal(text).code == "too-long"
        return
    days = parse_days(text)
    assert (days.first, days.last, str(days)) == (first, last, text)
    assert days.length == (last - first).days + 1


@given(DAYS)
def test_a_day_alone_is_a_range_of_one_day(day: date) -> None:
    days = parse_days(f"{day}")
    assert (days.first, days.last, days.length) == (day, day, 1)


@pytest.mark.parametrize("text", ["2025-01-03", "2025-01-03 .. 2025-01-05", "2025..2026", "..", ""])
def test_what_is_not_written_as_a_range_is_none(text: str) -> None:
    assert parse_day_range(text) is None


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("2025-04-05..2025-03-30", "day-range", None),
        ("2025-01-01..2026-02-05", "too-long", None),
        ("2025-02-30..2025-03-01", "no-such-date", (0, 10)),
        ("2025-02-28..2025-02-30", "no-such-date", (12, 22)),
        ("2025-02-28..9999-01-01", "year-range", (12, 22)),
    ],
)
def test_a_range_that_is_not_possible(text: str, code: str, part: tuple[int, int] | None) -> None:
    refused = refusal(text)
    assert (refused.code, refused.part) == (code, part)


def test_a_reversed_range_is_shown_in_order() -> None:
    assert "`2025-03-30..2025-04-05`" in (refusal("2025-04-05..2025-03-30").help or "")


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("2025-03-30 .. 2025-04-05", "2025-03-30..2025-04-05"),
        ("2025-03-30/2025-04-05", "2025-03-30..2025-04-05"),
        ("2025-03-30 - 2025-04-05", "2025-03-30..2025-04-05"),
        ("2025-03-30 to 2025-04-05", "2025-03-30..2025-04-05"),
        ("2025-03-30\N{EN DASH}2025-04-05", "2025-03-30..2025-04-05"),
        ("2025-03-30...2025-04-05", "2025-03-30..2025-04-05"),
        ("2025-3-30", "2025-03-30"),
        ("30.03.2025", "2025-03-30"),
    ],
)
def test_what_can_only_be_one_range_or_day_is_replaced(text: str, better: str) -> None:
    assert refusal(text).replacement == better


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("3 to 17 January 2025", "write `2025-01-03..2025-01-17`"),
        ("2025-03..2025-04", "write `2025-03-01..2025-04-30`"),
        ("2025-03", "write `2025-03-01..2025-03-31` for all of its days"),
        ("2025-W03", "write `2025-01-13..2025-01-19` for all of its days"),
        ("2025", "write `2025-01-01..2025-12-31` for all of its days"),
        ("2025-03-30~", "write `2025-03-30`"),
        ("2025-03-30T09:00", "write the day only: `2025-03-30`"),
    ],
)
def test_a_longer_unit_a_mark_and_a_time_are_explained(text: str, help_: str) -> None:
    assert (refusal(text).help, refusal(text).replacement) == (help_, None)


@pytest.mark.parametrize(
    "text",
    ["2025-12-24..", "..2025-12-24", "2025-03-30..2025-04-05~", "202X", "Christmas"],
)
def test_an_example_is_shown_of_what_cannot_be_completed(text: str) -> None:
    assert "`2025-01-03..2025-01-17`" in (refusal(text).help or "")


@pytest.mark.parametrize("text", ["12-25", "25.12.", "25/12"])
def test_a_day_without_a_year_is_a_day_of_each_year(text: str) -> None:
    assert refusal(text).help == "write the day of each year as a separate item"


@pytest.mark.parametrize("text", ["TBC", "..", "a.start", "a.start..a.end"])
def test_what_depends_on_others_is_not_a_day(text: str) -> None:
    assert refusal(text).code == "literal-date"


@given(st.text("0123456789-./~ T:", max_size=30))
def test_any_text_is_read_or_refused_with_a_text_that_is_read(text: str) -> None:
    try:
        days = parse_days(text)
    except Refusal as refused:
        days = parse_days(refused.replacement or "2025-01-03")
    assert days.first <= days.last
