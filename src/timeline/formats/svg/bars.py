"""The shapes of an event on its axis: bars for spans, a glyph for a point, an arrow for no end."""

from __future__ import annotations

from enum import Enum
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from timeline.formats.svg.axis import Scale
from timeline.formats.svg.extents import Kind
from timeline.formats.svg.shapes import Bar, Glyph, Label, Line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.formats.svg.extents import Extent, Stretch
    from timeline.formats.svg.shapes import Shape

HEIGHT = 12.0
RADIUS = 7.5
"""The distance from the middle of a glyph to its sides."""


class Form(Enum):
    """The form in which an event is drawn."""

    BAR = "it lasts"
    FADING = "it lasts, and starts or ends at an unknown time"
    BAND = "it is somewhere within"
    LATER = "it is at the edge or later"
    EARLIER = "it is at the edge or earlier"
    DOT = "it is a point"
    BEADS = "it happens again: points"
    BARS = "it happens again: bars"
    TICKS = "it happens again, more often than there is room for"


_DENSE = ("dense", "sparse")
_THIN = 6.0
_PALE = 0.35

_LEAST = 4.0
_LEAST_VAGUE = 18.0
_ROOMY = 22.0
"""The width above which a day is drawn as a bar, not as a point."""

_SOFT = 8.0
_FADE = 18.0
_TAIL = 46.0
_OPEN = 92.0
_SHARP = 3.0
_APART = 1.5 * RADIUS
_SPACE = 1.5

_EDGE = 4.0
"""The least distance of a mark from the ends of the axis, which cannot start before the year 2."""

_FAINT = 0.08
_HALF = 0.3
_BAND = 0.5
_UNSURE = 0.7


class _Part(NamedTuple):
    """A part of a bar, with the opacity at its sides; ``is_vague`` marks an uncertain part."""

    left: float
    right: float
    begins: float
    ends: float
    is_vague: bool = False


def bar_shapes(extent: Extent, scale: Scale, y: float, shape: int, *, hollow: bool) -> list[Shape]:
    """Return the shapes of an event around ``y``; only its signs may exceed the scale."""
    if extent.is_series:
        shapes = _series(extent, scale, y, shape, hollow=hollow)
    elif _is_dot(extent, scale):
        shapes = _dot(extent, scale, y, shape, hollow=hollow)
    else:
        shapes = _painted(_parts(extent, scale), y, hollow=hollow)
    right = horizontal_extent(shapes)[1]
    if extent.goes_on:
        shapes += _arrow(right, scale.right, y, "string" if extent.is_series else "shaft")
    return shapes + _questions(extent, shapes, scale, y)


def form_of(extent: Extent, shapes: list[Shape]) -> Form:
    """Return the form of an event drawn with these shapes."""
    has_dots = any(isinstance(shape, Glyph) for shape in shapes)
    if extent.is_series:
        if any(isinstance(shape, Line) and shape.style in _DENSE for shape in shapes):
            return Form.TICKS
        return Form.BEADS if has_dots else Form.BARS
    if has_dots:
        return Form.DOT
    kinds = {stretch.kind for stretch in extent.stretches}
    for kind, form in _FORMS.items():
        if kind in kinds:
            return form
    return Form.FADING if kinds & {Kind.BEGINS, Kind.ENDS} else Form.BAR


_FORMS = {Kind.WITHIN: Form.BAND, Kind.LATER: Form.LATER, Kind.EARLIER: Form.EARLIER}


def horizontal_extent(shapes: list[Shape]) -> tuple[float, float]:
    """Return (leftmost x, rightmost x) of shapes."""
    sides: list[float] = []
    for shape in shapes:
        if isinstance(shape, Bar):
            sides += (shape.x, shape.x + shape.width)
        elif isinstance(shape, Glyph):
            sides += (shape.x - RADIUS, shape.x + RADIUS)
        elif isinstance(shape, Line):
            sides += (x for x, _ in shape.points)
        elif isinstance(shape, Label):
            sides += (shape.box[0], shape.box[2])
    return min(sides), max(sides)


def _is_dot(extent: Extent, scale: Scale) -> bool:
    (only, *others) = extent.stretches
    return only.kind is Kind.MOMENT and not others and scale.length(only.last - only.first) < _ROOMY


def _dot(extent: Extent, scale: Scale, y: float, shape: int, *, hollow: bool) -> list[Shape]:
    (only,) = extent.stretches
    x = (scale.at(only.first) + scale.at(only.last)) / 2
    dots: list[Shape] = []
    if extent.begins.is_approximate:
        far = RADIUS + _FADE
        dots.append(_soft(x - far, x + far, y, ((0, 0), (0.5, 1), (1, 0))))
    dots.append(Glyph(x, y, shape, is_hollow=hollow))
    if wide := _tail(extent, x + RADIUS, scale):
        part = _Part(x + RADIUS, x + RADIUS + wide, 1, _FAINT, is_vague=True)
        dots += _painted([part], y, hollow=hollow)
    return dots


def _parts(extent: Extent, scale: Scale) -> list[_Part]:
    """Return the adjacent parts of a bar, from left to right."""
    kinds = {stretch.kind for stretch in extent.stretches}
    if kinds & {Kind.LATER, Kind.EARLIER}:
        return _open_band(extent, scale)
    first, last = extent.first, extent.last
    least = _LEAST if kinds <= {Kind.SOLID, Kind.MOMENT} else _LEAST_VAGUE
    left, right = _widened(scale.at(first), scale.at(last), least, scale)
    places = Scale(first, last, left, right)
    most = 1.0 if kinds & {Kind.SOLID, Kind.MOMENT} else _UNSURE
    about = extent.begins.is_approximate, extent.ends.is_approximate
    parts: list[_Part] = []
    for stretch in extent.stretches:
        a, b = places.at(stretch.first), places.at(stretch.last)
        if stretch.kind is Kind.BEGINS:
            parts.append(_Part(a, b, _HALF if about[0] else _FAINT, most, is_vague=True))
        elif stretch.kind is Kind.ENDS:
            parts.append(_Part(a, b, most, _HALF if about[1] else _FAINT, is_vague=True))
        elif stretch.kind is Kind.WITHIN:
            parts += _band(a, b, about)
        else:
            parts.append(_Part(a, b, 1, 1))
    if about[0]:
        parts.insert(0, _Part(left - _FADE, left, 0, parts[0].begins))
    if about[1]:
        parts.append(_Part(right, right + _FADE, parts[-1].ends, 0))
    if wide := _tail(extent, right, scale):
        parts.append(_Part(right, right + wide, 1, _FAINT, is_vague=True))
    return parts


def _band(left: float, right: float, about: tuple[bool, bool]) -> list[_Part]:
    """Return an even band, because no day of it is more likely; only its sides fade."""
    soft = min(_SOFT, (right - left) / 4)
    begins = left if about[0] else left + soft
    ends = right if about[1] else right - soft
    parts = [
        _Part(left, begins, _FAINT, _BAND, is_vague=True),
        _Part(begins, ends, _BAND, _BAND, is_vague=True),
        _Part(ends, right, _BAND, _FAINT, is_vague=True),
    ]
    return [part for part in parts if part.right > part.left]


def _open_band(extent: Extent, scale: Scale) -> list[_Part]:
    """Return a band from the known bound, its sharp edge, to the open side, where it fades."""
    (only,) = extent.stretches
    is_later = only.kind is Kind.LATER
    way = 1 if is_later else -1
    edge = scale.at(only.first if is_later else only.last)
    room = scale.right - edge if is_later else edge - scale.left
    wide = max(min(_OPEN, room), _LEAST_VAGUE)
    places = [edge, edge + way * _SHARP, edge + way * wide / 2, edge + way * wide]
    heights = [(1.0, 1.0), (_BAND, _BAND), (_BAND, 0.0)]
    if extent.begins.is_approximate:
        places[0], places[1], heights[0] = edge - way * _FADE, edge, (0.0, _BAND)
    parts = []
    for (near, far), (begins, ends) in zip(pairwise(places), heights, strict=True):
        is_vague = ends < 1 and near != places[0]
        left, right = (near, far) if is_later else (far, near)
        sides = (begins, ends) if is_later else (ends, begins)
        parts.append(_Part(left, right, *sides, is_vague=is_vague))
    return parts[::way]


def _tail(extent: Extent, left: float, scale: Scale) -> float:
    return max(min(_TAIL, scale.right - left), 0) if extent.may_go_on else 0


def _painted(parts: list[_Part], y: float, *, hollow: bool) -> list[Shape]:
    """Return a single shape for all parts, so that no seam is visible; outlines need several."""
    shapes: list[Shape] = []
    top = y - HEIGHT / 2
    for is_solid, some in groupby(parts, lambda part: part.begins == part.ends == 1):
        run = list(some) if hollow else parts
        left, right = run[0].left, run[-1].right
        if all(part.begins == part.ends == 1 for part in run):
            shapes.append(Bar(left, top, right - left, HEIGHT, is_hollow=hollow and is_solid))
        else:
            share = _PALE if hollow else 1
            stops = tuple(
                ((x - left) / (right - left), opacity * share)
                for part in run
                for x, opacity in ((part.left, part.begins), (part.right, part.ends))
            )
            shapes.append(Bar(left, top, right - left, HEIGHT, tuple(dict.fromkeys(stops))))
        if not hollow:
            break
    for is_vague, some in groupby(parts, lambda part: part.is_vague):
        run = list(some)
        if is_vague:
            low = y + HEIGHT / 2 - 0.75
            shapes.append(Line(((run[0].left, low), (run[-1].right, low)), "perhaps"))
    return shapes


def _soft(left: float, right: float, y: float, stops: tuple[tuple[float, float], ...]) -> Bar:
    """Return the soft bar that marks a dot or a series as approximate."""
    return Bar(left, y - _THIN / 2, right - left, _THIN, stops)


def _questions(extent: Extent, shapes: list[Shape], scale: Scale, y: float) -> list[Shape]:
    """Return a question mark for each uncertain side; a point and a series have only one."""
    left, right = horizontal_extent(shapes)
    begins, ends = extent.begins.is_uncertain, extent.ends.is_uncertain
    if extent.is_series:
        begins, ends = begins or ends, False
    elif extent.is_point:
        begins, ends = False, begins or ends
    labels: list[Shape] = []
    if begins:
        x = max(left - 3, scale.left + _EDGE)
        labels.append(Label(x, y + 5.5, "?", "mark", ends=True))
    if ends:
        x = min(right + 3, scale.right - _EDGE)
        labels.append(Label(x, y + 5.5, "?", "mark"))
    return labels


def _arrow(left: float, right: float, y: float, style: str) -> list[Shape]:
    """Return an arrow to the right end of the axis."""
    tip = max(right, left + 12)
    head = ((tip - 9, y - HEIGHT / 2), (tip, y), (tip - 9, y + HEIGHT / 2))
    return [Line(((left, y), (tip - 1, y)), style), Line(head, "head")]


def _series(extent: Extent, scale: Scale, y: float, shape: int, *, hollow: bool) -> list[Shape]:
    """Return beads on a string; instances that are too close become a dense row of ticks."""
    beads = extent.stretches
    middles = [scale.at((bead.first + bead.last) // 2) for bead in beads]
    if all(bead.kind is Kind.MOMENT for bead in beads) and all(
        after - before >= 2 * _APART for before, after in pairwise(middles)
    ):
        marks: list[Shape] = [Glyph(x, y, shape, is_hollow=hollow) for x in middles]
    else:
        marks = []
        for left, right, is_single in _merged(beads, scale):
            if is_single:
                marks.append(Bar(left, y - HEIGHT / 2, right - left, HEIGHT, is_hollow=hollow))
            else:
                style = "sparse" if hollow else "dense"
                marks.append(Line(((left, y), (right, y)), style))
    left, right = horizontal_extent(marks)
    string: list[Shape] = [Line(((left, y), (right, y)), "string")]
    if extent.begins.is_approximate:
        string.append(_soft(left - _FADE, left, y, ((0, 0), (1, 1))))
    if extent.ends.is_approximate and not extent.goes_on:
        string.append(_soft(right, right + _FADE, y, ((0, 1), (1, 0))))
    return string + marks


def _merged(beads: Iterable[Stretch], scale: Scale) -> list[tuple[float, float, bool]]:
    """Return (left, right, whether it is a single bead); beads that are too close are merged."""
    merged: list[tuple[float, float, bool]] = []
    for bead in beads:
        left, right = _widened(scale.at(bead.first), scale.at(bead.last), _LEAST, scale)
        if merged:
            begins, ends, _ = merged[-1]
            if left < ends + _SPACE:
                if left >= ends and right - ends - _SPACE >= _LEAST:
                    left = ends + _SPACE  # adjacent, as consecutive days are
                else:
                    merged[-1] = begins, max(ends, right), False
                    continue
        merged.append((left, right, True))
    return merged


def _widened(left: float, right: float, least: float, scale: Scale) -> tuple[float, float]:
    """Return a stretch widened around its middle to the least visible width, within the axis."""
    if right - left >= least:
        return left, right
    left = min(max((left + right - least) / 2, scale.left), scale.right - least)
    return left, left + least
