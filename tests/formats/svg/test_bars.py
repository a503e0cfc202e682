"""The shapes of an event on its axis."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from support.svg import drawn, event_with
from timeline.formats.svg import bars
from timeline.formats.svg.shapes import Bar, Glyph, Label, Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.formats.svg.shapes import Shape


def test_a_date_that_is_not_known_to_the_day_is_a_band_and_claims_no_day() -> None:
    band, base = drawn(event_with(start="2025-02"))
    assert isinstance(band, Bar)
    assert (band.x, band.width) == (31, 28)
    opacities = [opacity for _, opacity in band.stops]
    assert opacities == opacities[::-1]
    assert opacities[1] == opacities[2] == max(opacities)
    assert isinstance(base, Line)
    assert (base.style, bars.horizontal_extent([base])) == ("perhaps", (31, 59))


@pytest.mark.parametrize(
    ("start", "edge", "way"), [("not before 2025-04", 90, 1), ("not after 2025-06", 181, -1)]
)
def test_one_known_bound_is_a_sharp_edge_and_a_band_that_fades_to_the_open_side(
    start: str, edge: int, way: int
) -> None:
    band, base = drawn(event_with(start=start))
    assert isinstance(band, Bar)
    left, right = band.x, band.x + band.width
    near, far = (left, right) if way > 0 else (right, left)
    assert near == edge
    assert (far - near) * way > 60
    stops = band.stops[::way]
    assert stops[0][1] == 1
    assert stops[-1][1] == 0
    opacities = [opacity for _, opacity in stops]
    assert opacities == sorted(opacities, reverse=True)
    assert isinstance(base, Line)
    assert base.style == "perhaps"


@pytest.mark.parametrize("start", ["not before 2025-12-31", "not after 2025-01-01"])
def test_the_band_of_one_known_bound_is_seen_at_the_end_of_the_axis(start: str) -> None:
    band, *_ = drawn(event_with(start=start))
    assert isinstance(band, Bar)
    assert band.width >= 18


def test_a_span_whose_start_alone_is_certain_has_begun_on_that_day() -> None:
    bar, base = drawn(event_with(start="2025-03-01", end="2025"))
    assert isinstance(bar, Bar)
    assert (bar.x, bar.x + bar.width) == (59, 365)
    assert bar.stops[0] == (0, 1)
    assert bar.stops[-1][1] < 0.1
    assert bars.horizontal_extent([base])[0] == 60


def test_a_span_of_which_no_day_is_certain_is_nowhere_solid() -> None:
    bar = drawn(event_with(start="2025", end="2025-12"))[0]
    assert isinstance(bar, Bar)
    rises = [opacity for _, opacity in bar.stops]
    assert rises[0] < 0.1
    assert 0.5 < max(rises) < 1
    assert bar.stops[rises.index(max(rises))][0] > 0.9


@pytest.mark.parametrize(
    "start", ["2025-Q2", "2025-04", "2025-04-01"], ids=["quarter", "month", "day"]
)
def test_certain_approximate_and_uncertain_dates_look_different(start: str) -> None:
    plain, about, perhaps, both = (
        drawn(event_with(start=f"{start}{mark}")) for mark in ("", *"~?%")
    )
    left, right = bars.horizontal_extent(plain)
    assert bars.horizontal_extent(about)[0] < left
    assert bars.horizontal_extent(about)[1] > right
    assert marks(plain) == marks(about) == []
    assert perhaps[:-1] == plain
    assert both[:-1] == about
    assert [mark.text for mark in marks(perhaps) + marks(both)] == ["?", "?"]
    assert bars.horizontal_extent(marks(perhaps))[0] > right
    assert bars.horizontal_extent(marks(both))[0] > bars.horizontal_extent(about)[1]


def test_soft_ends_are_beyond_the_period_of_a_date() -> None:
    band, base = drawn(event_with(start="2025-04~"))
    assert isinstance(band, Bar)
    assert bars.horizontal_extent([base]) == (90, 120)
    assert band.x < 90
    assert band.x + band.width > 120
    assert (band.stops[0], band.stops[-1]) == ((0, 0), (1, 0))


def marks(shapes: Iterable[Shape]) -> list[Label]:
    return [shape for shape in shapes if isinstance(shape, Label)]


def test_a_day_is_a_point() -> None:
    (point,) = drawn(event_with(start="2025-02-01"))
    assert isinstance(point, Glyph)
    assert (point.x, point.is_hollow) == (31.5, False)


def test_an_open_end_is_an_arrow_to_the_end_of_the_axis() -> None:
    bar, shaft, head = drawn(event_with(start="2025-02-01", end=".."))
    assert isinstance(bar, Bar)
    assert isinstance(shaft, Line)
    assert isinstance(head, Line)
    assert (shaft.style, head.style) == ("shaft", "head")
    assert max(x for x, _ in head.points) == 365


def test_an_end_to_be_confirmed_fades() -> None:
    bar, base = drawn(event_with(start="2025-02-01", end="TBC"))
    assert isinstance(bar, Bar)
    assert bar.stops[0][1] == 1
    assert bar.stops[-1] == (1, 0.08)
    assert bars.horizontal_extent([base]) == (bar.x + 4, bar.x + bar.width)


def test_each_side_has_the_sign_of_its_qualification() -> None:
    bar, mark = drawn(event_with(start="2025-02-01~", end="2025-06-30?"))
    assert isinstance(bar, Bar)
    assert bar.x < 31
    assert bar.x + bar.width == 181
    assert (bar.stops[0], bar.stops[-1]) == ((0, 0), (1, 1))
    assert bars.horizontal_extent([mark])[0] > 181


def test_instances_too_close_for_paper_are_a_row_of_ticks_and_no_bar() -> None:
    string, beads = drawn(event_with(start="2025-02-01", rrule="FREQ=DAILY;COUNT=60"))
    assert isinstance(string, Line)
    assert isinstance(beads, Line)
    assert (string.style, beads.style) == ("string", "dense")
    assert len(drawn(event_with(start="2025-02-01", rrule="FREQ=MONTHLY;COUNT=3"))) == 4


def test_adjacent_instances_are_separate_bars_where_there_is_room() -> None:
    event = event_with(start="2025-02-01", end="2025-02-07", rrule="FREQ=WEEKLY;COUNT=3")
    _, *weeks = drawn(event)
    assert all(isinstance(week, Bar) for week in weeks)
    places = [bars.horizontal_extent([week]) for week in weeks]
    assert [right for _, right in places] == [38, 45, 52]
    assert all(before[1] < after[0] for before, after in pairwise(places))
