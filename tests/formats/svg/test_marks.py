"""The shapes of marks."""

from __future__ import annotations

import pytest

from timeline.formats.diagram.model import (
    Arrow,
    Beads,
    Edge,
    Ghost,
    Look,
    Mark,
    Point,
    Question,
    Span,
    State,
)
from timeline.formats.svg.marks import HEIGHT, Track, mark_shapes
from timeline.formats.svg.shapes import Glyph, Label, Line, Rect, Shape

TRACK = Track(100, 300, 50)


def shapes(*parts: object, state: State = State.SETTLED) -> list[Shape]:
    return mark_shapes(Mark(parts, state=state), TRACK, 2)  # type: ignore[arg-type]


def sides(some: list[Shape]) -> tuple[float, float]:
    places: list[float] = []
    for shape in some:
        if isinstance(shape, Rect):
            places += (shape.x, shape.x + shape.width)
        elif isinstance(shape, Line):
            places += (x for line in shape.lines for x, _ in line)
    return min(places), max(places)


def test_what_is_certain_is_a_solid_bar_at_its_place() -> None:
    (bar,) = shapes(Span(0.25, 0.5))
    assert isinstance(bar, Rect)
    assert (bar.style, bar.x, bar.width, bar.height, bar.fades) == ("sure", 150, 50, HEIGHT, 0)
    assert bar.y + bar.height / 2 == TRACK.y


def test_what_is_possible_is_hatched_with_an_outline() -> None:
    hatch, outline = shapes(Span(0.25, 0.5, Look.HATCHED))
    assert isinstance(hatch, Rect)
    assert isinstance(outline, Line)
    assert (hatch.style, outline.style, outline.is_closed) == ("hatch", "outline", True)


def test_a_bar_is_never_too_narrow_to_see_and_stays_on_the_axis() -> None:
    for place in (0, 0.5, 1):
        left, right = sides(shapes(Span(place, place)))
        assert right - left == 5
        assert left >= 100
        assert right <= 300


def test_a_side_that_is_about_right_fades_beyond_its_place() -> None:
    fading, solid = shapes(Span(0.25, 0.75, start_edge=Edge.SOFT))
    assert isinstance(fading, Rect)
    assert isinstance(solid, Rect)
    assert fading.fades == -1
    assert fading.x < 150 < solid.x < fading.x + fading.width < solid.x + 1
    assert solid.x + solid.width == 250
    left, right = sides(shapes(Span(0.5, 0.5, start_edge=Edge.SOFT, end_edge=Edge.SOFT)))
    assert right - left > 26


def test_a_side_without_a_bound_fades_within() -> None:
    some = shapes(Span(0.25, 0.75, Look.HATCHED, end_edge=Edge.OPEN))
    assert sides(some) == (150, 250)
    assert {shape.fades for shape in some if isinstance(shape, Rect)} == {0, 1}
    assert not any(isinstance(shape, Line) and shape.is_closed for shape in some)


def test_a_side_beyond_the_axis_is_torn() -> None:
    whole = shapes(Span(0.25, 1))
    torn = shapes(Span(0.25, 1, end_edge=Edge.CUT))
    assert sides(whole) == sides(torn) == (150, 300)
    assert (len(whole), len(torn)) == (1, 3)


def test_spans_that_touch_have_no_gap() -> None:
    first, *second = shapes(
        Span(0, 0.5, end_edge=Edge.JOINED), Span(0.5, 1, Look.HATCHED, start_edge=Edge.JOINED)
    )
    assert sides([first])[1] == sides(second)[0] == 200


@pytest.mark.parametrize("state", [State.UNSETTLED, State.CANCELLED])
def test_what_is_not_settled_is_a_dashed_outline(state: State) -> None:
    (outline,) = shapes(Span(0.25, 0.5), state=state)
    assert isinstance(outline, Line)
    assert outline.style == "dashed"
    (glyph,) = shapes(Point(0.5), state=state)
    assert isinstance(glyph, Glyph)
    assert glyph.style == "unsettled"


def test_a_point_has_the_shape_of_its_tone() -> None:
    (glyph,) = shapes(Point(0.5))
    assert isinstance(glyph, Glyph)
    assert (glyph.x, glyph.shape) == (200, 2)
    assert len(shapes(Point(0.5, is_soft=True))) == 3


def test_instances_are_one_shape_and_can_be_told_apart() -> None:
    places = tuple((n / 100, (n + 1) / 100) for n in range(10))
    (beads,) = shapes(Beads(places))
    assert isinstance(beads, Line)
    assert len(beads.lines) == 10
    for before, after in zip(beads.lines, beads.lines[1:], strict=False):
        assert max(x for x, _ in before) < min(x for x, _ in after)


def test_signs_are_beside_their_places() -> None:
    (before,) = shapes(Question(0.5, is_after=False))
    (after,) = shapes(Question(0.5, is_after=True))
    assert isinstance(before, Label)
    assert isinstance(after, Label)
    assert before.box[2] < 200 < after.box[0]
    assert sides(shapes(Arrow(0.5))) == (200, 299)
    assert sides(shapes(Ghost(0.1, 0.2, 0.2, 0.6))) == (120, 220)
