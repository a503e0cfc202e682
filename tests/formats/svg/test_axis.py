"""The ticks of an axis."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.svg import seconds
from timeline.formats.diagram import text_metrics
from timeline.formats.svg import axis
from timeline.formats.svg.axis import DAY, Scale
from timeline.formats.svg.shapes import STYLES
from timeline.model.words.english import EnglishDates


@pytest.mark.parametrize(
    ("first", "last", "has_times", "ticks", "contexts"),
    [
        (
            "2027-01-04T04:30",
            "2027-01-04T19:30",
            True,
            ["06:00", "08:00", "10:00", "12:00", "14:00", "16:00", "18:00"],
            ["4 Jan 2027"],
        ),
        (
            "2027-01-04T23:30",
            "2027-01-05T00:30",
            True,
            ["23:30", "23:40", "23:50", "00:00", "00:10", "00:20"],
            ["4 Jan 2027", "5 Jan 2027"],
        ),
        (
            "2025-01-03",
            "2025-01-18",
            False,
            [str(day) for day in range(3, 18)],
            ["Jan 2025"],
        ),
        (
            "2025-01-30",
            "2025-02-20",
            False,
            ["31", *(str(day) for day in range(2, 20, 2))],
            ["Feb 2025"],
        ),
        (
            "2025-01-01",
            "2025-04-01",
            False,
            ["1", "6", "13", "20", "27", "3", "10", "17", "24", "3", "10", "17", "24"],
            ["Jan 2025", "Feb 2025", "Mar 2025"],
        ),
        (
            "2025-01-03",
            "2026-01-01",
            False,
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
            ["2025"],
        ),
        (
            "2025-01-03",
            "2029-01-01",
            False,
            ["Jan", "Jul"] * 4,
            ["2025", "2026", "2027", "2028"],
        ),
        ("2018-06-01", "2027-01-01", False, [str(year) for year in range(2019, 2027)], []),
        ("1900-01-01", "2047-01-01", False, [str(year) for year in range(1900, 2021, 20)], []),
        (
            "0002-01-01",
            "9998-12-31",
            False,
            ["AD 2", *(str(year) for year in range(1000, 10000, 1000))],
            [],
        ),
    ],
)
def test_ticks_are_at_the_starts_of_units(
    first: str, last: str, has_times: bool, ticks: list[str], contexts: list[str]
) -> None:
    scale = Scale(seconds(first), seconds(last), 0, 570)
    size = STYLES["tick"].narrow
    step = axis.choose_step(scale, size, EnglishDates(), has_times=has_times)
    assert [
        tick.text for tick in axis.axis_ticks(scale, step, size, EnglishDates()) if tick.text
    ] == ticks
    assert [tick.text for tick in axis.axis_contexts(scale, step, size, EnglishDates())] == contexts


def test_weeks_begin_on_monday() -> None:
    scale = Scale(seconds("2025-01-01"), seconds("2025-04-01"), 0, 570)
    step = axis.Step("day", 7, 7 * DAY)
    monday = next(tick for tick in axis.axis_ticks(scale, step, 12, EnglishDates()) if tick.is_line)
    assert monday.x == pytest.approx(scale.at(seconds("2025-01-06")))


@given(
    st.integers(DAY, date.max.toordinal() * DAY),
    st.integers(3600, 9000 * axis.YEAR),
    st.booleans(),
)
def test_any_axis_has_ticks_in_order_with_room_for_their_words(
    first: int, length: int, has_times: bool
) -> None:
    last = min(first + length, (date.max.toordinal() + 1) * DAY)
    length = last - first
    if length < (3600 if has_times else 5 * DAY):
        return
    scale, size = Scale(first, last, 0, 570), STYLES["tick"].narrow
    step = axis.choose_step(scale, size, EnglishDates(), has_times=has_times)
    ticks = axis.axis_ticks(scale, step, size, EnglishDates())
    assert 1 <= len(ticks) <= 60
    labelled = [tick for tick in ticks if tick.text]
    for before, after in pairwise(labelled):
        assert before.x + 3 + text_metrics.text_width(before.text, size) < after.x + 3
    assert all(0 <= tick.x < 570 for tick in ticks)
