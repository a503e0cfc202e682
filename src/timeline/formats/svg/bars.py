"""An event on its axis: bars for spans, a glyph for a point, an arrow where there is no end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from timeline.formats.svg.extent import Kind
from timeline.formats.svg.shapes import Bar, Glyph, Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.formats.svg.axis import Scale
    from timeline.formats.svg.extent import Extent, Stretch
    from timeline.formats.svg.shapes import Shape

HEIGHT = 12.0
RADIUS = 7.5
"""How far a glyph reaches from its middle."""

_LEAST = 4.0
_LEAST_VAGUE = 18.0
_ROOMY = 22.0
"""A day that is wider than this is drawn as one, not as a point."""

_FADE = 14.0
_TAIL = 46.0
_APART = 1.5 * RADIUS
_SPACE = 1.5


def drawn(extent: Extent, scale: Scale, y: float, shape: int, *, hollow: bool) -> list[Shape]:
    """Draw an event around the height ``y``, within the ends of the scale."""
    if extent.is_series:
        return _series(extent, scale, y, shape, hollow=hollow)
    found: list[Shape] = []
    spans = [each for each in extent.stretches if each.kind is not Kind.MOMENT]
    if spans:
        found += _spans(extent, spans, scale, y, hollow=hollow)
    else:
        found += _point(extent, extent.stretches[0], scale, y, shape, hollow=hollow)
    right = reach(found)[1]
    if extent.goes_on:
        found += _arrow(right, scale.right, y, "shaft")
    elif extent.may_go_on:
        wide = min(_TAIL, scale.right - right)
        if wide > 0:
            found.append(Bar(right, y - HEIGHT / 2, wide, HEIGHT, Kind.ENDS))
    return found


def reach(shapes: list[Shape]) -> tuple[float, float]:
    """Give where shapes begin and end from left to right."""
    sides: list[float] = []
    for shape in shapes:
        if isinstance(shape, Bar):
            sides += (shape.x, shape.x + shape.width)
        elif isinstance(shape, Glyph):
            sides += (shape.x - RADIUS, shape.x + RADIUS)
        elif isinstance(shape, Line):
            sides += (x for x, _ in shape.points)
    return min(sides), max(sides)


def _spans(
    extent: Extent, spans: list[Stretch], scale: Scale, y: float, *, hollow: bool
) -> list[Shape]:
    found: list[Shape] = []
    for each in spans:
        left, right = scale.at(each.first), scale.at(each.last)
        least = _LEAST_VAGUE if each.kind is Kind.WITHIN else _LEAST
        left, right = _widened(left, right, least, scale)
        parts = [(left, right, each.kind)]
        if each.kind is Kind.SOLID:
            parts = _faded(left, right, extent)
        found += (Bar(a, y - HEIGHT / 2, b - a, HEIGHT, kind, hollow) for a, b, kind in parts)
    return found


def _faded(left: float, right: float, extent: Extent) -> list[tuple[float, float, Kind]]:
    """Soften the sides of which the author is not sure, without going beyond them."""
    fade = min(_FADE, (right - left) / 2)
    begins = left + fade if extent.begins_about else left
    ends = right - fade if extent.ends_about else right
    found = [(left, begins, Kind.BEGINS), (begins, ends, Kind.SOLID), (ends, right, Kind.ENDS)]
    return [part for part in found if part[1] > part[0]]


def _point(
    extent: Extent, only: Stretch, scale: Scale, y: float, shape: int, *, hollow: bool
) -> list[Shape]:
    left, right = scale.at(only.first), scale.at(only.last)
    if right - left >= _ROOMY:
        parts = _faded(left, right, extent)
        return [Bar(a, y - HEIGHT / 2, b - a, HEIGHT, kind, hollow) for a, b, kind in parts]
    return [Glyph((left + right) / 2, y, shape, is_hollow=hollow or extent.begins_about)]


def _arrow(left: float, right: float, y: float, style: str) -> list[Shape]:
    """Go on to the right end of the axis, and say that this is not where it ends."""
    tip = max(right, left + 12)
    head = ((tip - 9, y - HEIGHT / 2), (tip, y), (tip - 9, y + HEIGHT / 2))
    return [Line(((left, y), (tip - 1, y)), style), Line(head, "head")]


def _series(extent: Extent, scale: Scale, y: float, shape: int, *, hollow: bool) -> list[Shape]:
    """Draw beads on a string; those that have no room of their own are a dense row of ticks."""
    beads = extent.stretches
    middles = [scale.at((each.first + each.last) // 2) for each in beads]
    if all(each.kind is Kind.MOMENT for each in beads) and all(
        after - before >= 2 * _APART for before, after in pairwise(middles)
    ):
        found: list[Shape] = [Glyph(x, y, shape, is_hollow=hollow) for x in middles]
    else:
        found = []
        for left, right, is_one in _merged(beads, scale):
            if is_one:
                found.append(Bar(left, y - HEIGHT / 2, right - left, HEIGHT, Kind.SOLID, hollow))
            else:
                style = "sparse" if hollow else "dense"
                found.append(Line(((left, y), (right, y)), style))
    left, right = reach(found)
    string: list[Shape] = [Line(((left, y), (right, y)), "string")]
    return string + found + (_arrow(right, scale.right, y, "string") if extent.goes_on else [])


def _merged(beads: Iterable[Stretch], scale: Scale) -> list[tuple[float, float, bool]]:
    """Give from where to where beads reach, and whether it is one; those too close are many."""
    found: list[tuple[float, float, bool]] = []
    for each in beads:
        left, right = _widened(scale.at(each.first), scale.at(each.last), _LEAST, scale)
        if found:
            begins, ends, _ = found[-1]
            if left < ends + _SPACE:
                if left >= ends and right - ends - _SPACE >= _LEAST:
                    left = ends + _SPACE  # side by side, as days are
                else:
                    found[-1] = begins, max(ends, right), False
                    continue
        found.append((left, right, True))
    return found


def _widened(left: float, right: float, least: float, scale: Scale) -> tuple[float, float]:
    """Give a stretch the least width that can be seen, around its middle and on the axis."""
    if right - left >= least:
        return left, right
    left = min(max((left + right - least) / 2, scale.left), scale.right - least)
    return left, left + least
