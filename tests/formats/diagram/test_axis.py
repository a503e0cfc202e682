"""The sides and the ticks of an axis."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.diagram import seconds
from timeline.formats.diagram import text_metrics
from timeline.formats.diagram.axis import Axis, Frame, make_axis
from timeline.formats.diagram.extents import DAY
from timeline.formats.diagram.labels import Rank, with_even_room
from timeline.formats.diagram.steps import LAST, YEAR
from timeline.model.words.english import EnglishDates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from timeline.formats.diagram.labels import Tick

WIDTH, SIZE = 570.0, 13.0

WIDTHS = st.floats(250, 1200)
"""The widths of an axis; the least on a page is 288 pixels."""


def axis_of(frame: Frame, as_of: date | None = None) -> Axis:
    return make_axis(frame, WIDTH, SIZE, EnglishDates(), as_of)


@pytest.mark.parametrize(
    ("first", "last", "has_times", "texts"),
    [
        (
            "2027-01-04T04:30",
            "2027-01-04T19:30",
            True,
            "4 Jan 2027, 08:00, 10:00, 12:00, 14:00, 16:00, 18:00",
        ),
        (
            "2027-01-04T23:30",
            "2027-01-05T00:30",
            True,
            "4 Jan 2027, 23:40, 23:45, 23:50, 23:55, 5 Jan, 00:05, 00:10, 00:15, 00:20, 00:25",
        ),
        ("2025-01-30", "2025-02-20", False, "30 Jan, Feb 2025, 4, 5, 6, 7, 8, 9, 10, 11, 12"),
        ("2025-01-03", "2025-04-01", False, "1 Jan 2025, 20, 27, Feb, 10, 17, 24, Mar, 10, 17, 24"),
        ("2025-12-03", "2026-02-01", False, "3 Dec 2025, 15, 22, 29, Jan 2026, 12, 19, 26"),
        ("2025-05-01", "2025-09-01", False, "May 2025, Jun, Jul, Aug"),
        ("2026-05-01", "2027-05-01", False, "May 2026, Jul, Aug, Sep, Oct, Nov, Dec, 2027, Feb"),
        ("2026-12-01", "2028-01-01", False, "Dec, 2027, Feb, Mar, Apr"),
        ("2026-02-01", "2027-01-03", False, "Feb 2026, Apr, May"),
        ("2026-10-12T08:00", "2026-10-18T08:00", True, "12 Oct, 13 Oct 2026, 14 Oct, 15 Oct"),
        ("2025-01-03", "2029-01-01", False, "2025, Jul, 2026, Jul, 2027, Jul, 2028, Jul"),
        ("2018-06-01", "2027-01-01", False, "2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026"),
        (
            "0002-01-01",
            "9998-12-31",
            False,
            "AD 2, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000",
        ),
    ],
)
def test_ticks_are_at_the_starts_of_units(
    first: str, last: str, has_times: bool, texts: str
) -> None:
    axis = axis_of(Frame(seconds(first), seconds(last), has_times))
    words = ", ".join(tick.text for tick in axis.ticks if tick.text)
    assert words.startswith(texts)


def test_an_inset_does_not_repeat_the_year() -> None:
    frame = Frame(seconds("2025-01-03"), seconds("2025-01-18"), has_times=False)
    assert axis_of(frame).ticks[0].text == "3 Jan 2025"
    assert axis_of(frame._replace(is_inset=True)).ticks[0].text == "3 Jan"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2025-01-03", "2028-12-30", ("2025-01-01", "2029-01-01")),
        ("2026-12-04", "2027-12-30", ("2026-12-01", "2028-01-01")),
        ("2026-12-10", "2027-03-10", ("2026-12-10", "2027-03-10")),
        ("2025-03-20", "2028-05-10", ("2025-03-20", "2028-05-10")),
    ],
)
def test_an_axis_ends_with_the_data_or_with_a_tick_near_it(
    first: str, last: str, expected: tuple[str, str]
) -> None:
    axis = axis_of(Frame(seconds(first), seconds(last), has_times=False))
    share = (seconds(first) - axis.first, axis.last - seconds(last))
    assert max(share) <= 0.03 * (seconds(last) - seconds(first))
    assert (str(axis.first_moment.date()), str(axis.last_moment.date())) == expected


def test_names_of_units_above_are_chief() -> None:
    axis = axis_of(Frame(seconds("2026-12-01"), seconds("2028-01-01"), has_times=False))
    ranks = {tick.text: tick.rank for tick in axis.ticks}
    assert ranks["2027"] is Rank.OPENING
    assert ranks["Apr"] is ranks["Jul"] is Rank.PLAIN
    assert ranks["Feb"] is ranks["Nov"] is Rank.MINOR


def test_only_a_given_day_on_the_axis_is_marked_as_today() -> None:
    frame = Frame(seconds("2025-01-03"), seconds("2025-01-18"), has_times=False)
    today = axis_of(frame, date(2025, 1, 10)).today
    assert today == pytest.approx(7 / 15)  # the start of the day
    assert axis_of(frame).today is None
    assert axis_of(frame, date(2025, 1, 18)).today is None


@pytest.mark.parametrize(
    ("first", "last", "today"),
    [
        ("2027-01-04T08:00", "2027-01-06T20:00", "2027-01-05T00:00"),
        ("2027-01-05T08:00", "2027-01-05T20:00", "2027-01-05T08:00"),
        ("2027-01-04T08:00", "2027-01-04T20:00", None),
        ("2027-01-06T08:00", "2027-01-06T20:00", None),
    ],
)
def test_no_time_of_a_day_is_before_the_line_of_that_day(
    first: str, last: str, today: str | None
) -> None:
    axis = axis_of(Frame(seconds(first), seconds(last), has_times=True), date(2027, 1, 5))
    expected = None if today is None else max(axis.at(seconds(today)), 0)
    assert axis.today == pytest.approx(expected)


def test_weeks_begin_on_monday() -> None:
    axis = axis_of(Frame(seconds("2025-01-01"), seconds("2025-04-01"), has_times=False))
    monday = next(tick for tick in axis.ticks if not tick.rank.is_bold)
    assert monday.at == pytest.approx(axis.at(seconds("2025-01-06")))


@given(
    st.integers(DAY, date.max.toordinal() * DAY),
    st.integers(0, 9000 * YEAR),
    st.booleans(),
    WIDTHS,
)
def test_any_axis_has_ticks_in_order_with_room_for_their_words(
    first: int, length: int, has_times: bool, width: float
) -> None:
    last = min(first + length, LAST)
    axis = make_axis(Frame(first, last, has_times), width, SIZE, EnglishDates(), None)
    assert axis.first <= first
    assert last <= axis.last
    assert 1 <= len(axis.ticks) <= 130
    assert all(0 <= tick.at < 1 for tick in axis.ticks)
    assert_labels_are_apart(axis.ticks, width)


def assert_labels_are_apart(ticks: Sequence[Tick], width: float) -> None:
    labelled = [tick for tick in ticks if tick.text]
    assert labelled
    for before, after in pairwise(labelled):
        wide = text_metrics.text_width(before.text, SIZE, bold=before.rank.is_bold)
        assert before.at * width + wide < after.at * width


@given(
    st.dates(date(1000, 1, 1), date(2200, 1, 1)),
    st.integers(1, 3000 * DAY),
    st.booleans(),
    WIDTHS,
)
def test_any_axis_says_the_year(day: date, length: int, has_times: bool, width: float) -> None:
    first = day.toordinal() * DAY
    frame = Frame(first, first + length, has_times)
    axis = make_axis(frame, width, SIZE, EnglishDates(), None)
    years = range(axis.first_moment.year, axis.last_moment.year + 1)
    assert any(str(year) in tick.text for tick in axis.ticks for year in years)
    openings = [tick for tick in axis.ticks if tick.rank is Rank.OPENING]
    assert all(tick.text for tick in openings)
    assert len(openings) <= 1


@given(
    st.integers(DAY, date(2200, 1, 1).toordinal() * DAY),
    st.integers(0, 300 * YEAR),
    st.booleans(),
    WIDTHS,
    WIDTHS,
)
def test_on_a_narrower_axis_fewer_labels_are_shown_and_the_opening_one_is(
    first: int, length: int, has_times: bool, width: float, narrower: float
) -> None:
    frame = Frame(first, first + length, has_times)
    ticks = make_axis(frame, width, SIZE, EnglishDates(), None).ticks
    shown = with_even_room(ticks, min(narrower, width), SIZE)
    assert_labels_are_apart(shown, min(narrower, width))
    assert {tick for tick in ticks if tick.rank is Rank.OPENING} <= set(shown) <= set(ticks)


def test_a_month_is_not_shown_without_the_year_that_it_belongs_to() -> None:
    ticks = axis_of(Frame(seconds("2025-04-01"), seconds("2027-12-01"), has_times=False)).ticks
    assert [tick.text for tick in ticks if tick.text][:4] == ["Apr 2025", "Oct", "2026", "Apr"]
    shown = with_even_room(ticks, 200, SIZE)
    assert [tick.text for tick in shown] == ["Apr 2025", "2027"]


@given(
    st.integers(DAY, date(2200, 1, 1).toordinal() * DAY),
    st.integers(0, 20 * YEAR),
    st.booleans(),
    WIDTHS,
    st.floats(50, 1200),
)
def test_no_label_is_shown_without_the_chief_one_that_it_belongs_to(
    first: int, length: int, has_times: bool, width: float, narrower: float
) -> None:
    frame = Frame(first, first + length, has_times)
    ticks = make_axis(frame, width, SIZE, EnglishDates(), None).ticks
    shown = with_even_room(ticks, min(narrower, width), SIZE)
    assert_chief_labels_are_shown(ticks, {tick for tick in ticks if tick.text})
    assert_chief_labels_are_shown(ticks, set(shown))


def assert_chief_labels_are_shown(ticks: Sequence[Tick], shown: set[Tick]) -> None:
    chief = None
    for tick in ticks:
        chief = tick if tick.rank.is_bold else chief
        assert tick not in shown or chief is None or chief in shown
