"""The mark of an event on an axis, from its extent.

One rule decides how it looks: what is certain is solid, what is possible is hatched, and a side
that is about right is soft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.formats.diagram.extents import dates_extent, instance_spans
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

if TYPE_CHECKING:
    from timeline.formats.diagram.axis import Axis
    from timeline.formats.diagram.extents import Extent
    from timeline.formats.diagram.model import Part
    from timeline.model import Event

ROOMY = 22
"""The pixels above which a day is drawn as a span, not as a point."""

_OPEN = 0.13
"""The length of a span on a side without a known bound, as a share of the axis."""

_APART = 3
"""The pixels between the starts of two instances below which they are joined."""

LEAST, LEAST_SOFT = 5.0, 26.0
"""The least pixels of a span, and of one with a side that fades."""

GLYPH = 7.0
"""The pixels from the middle of a point to its sides."""

FADE = 8.0
"""The pixels by which a side that is about right reaches beyond its place."""

_STATES = {
    "tentative": State.UNSETTLED,
    "postponed": State.UNSETTLED,
    "cancelled": State.CANCELLED,
}


class Canvas(Struct, frozen=True):
    """An axis, its width in pixels, and the clock of its seconds."""

    axis: Axis
    width: float
    clock: str


def event_mark(event: Event, extent: Extent, tone: int, canvas: Canvas) -> Mark:
    """Return the mark of an event with an extent."""
    parts = _series(event, extent, canvas) if extent.is_series else extent_parts(extent, canvas)
    ghost = _ghost(event, extent, canvas)
    state = _STATES.get(event.status or "", State.SETTLED)
    return Mark((*ghost, *parts), event, tone, state)


def extent_parts(extent: Extent, canvas: Canvas) -> list[Part]:
    """Return the parts of an event that is not a series."""
    axis = canvas.axis
    parts: list[Part]
    if _is_point(extent, canvas):
        place = _clamped((axis.at(extent.first) + axis.at(extent.last)) / 2)
        parts = [Point(place, is_soft=extent.start_sure.is_approximate)]
        if extent.is_open_end:
            parts.insert(0, _open_span(place, 1))
    else:
        parts = list(_spans(extent, axis))
    if extent.goes_on:
        parts.append(Arrow(_clamped(axis.at(extent.last))))
    return parts + _questions(extent, axis)


def drawn_sides(span: Span, width: float) -> tuple[float, float]:
    """Return the sides of a span on an axis of so many pixels, far enough apart to be seen."""
    left, right = span.start * width, span.end * width
    is_soft = Edge.SOFT in (span.start_edge, span.end_edge)
    least = LEAST_SOFT if is_soft else LEAST
    if Edge.JOINED in (span.start_edge, span.end_edge) or right - left >= least:
        return left, right
    left = (left + right - least) / 2 if is_soft else left
    left = max(min(left, width - least), 0)
    return left, left + least


def _is_point(extent: Extent, canvas: Canvas) -> bool:
    if extent.first == extent.last:
        return True
    is_day = extent.is_point and extent.is_certain
    width = (extent.last - extent.first) / (canvas.axis.last - canvas.axis.first) * canvas.width
    return is_day and width < ROOMY


def _spans(extent: Extent, axis: Axis) -> list[Part]:
    """Return the spans of an extent: what is certain, and what is possible around it."""
    first, last = extent.first, extent.last
    is_day_bound = extent.is_open_start or (extent.is_open_end and extent.is_point)
    if is_day_bound:
        place = axis.at(last if extent.is_open_start else first)
        return [_with_sides(_open_span(place, -1 if extent.is_open_start else 1), extent)]
    if not extent.is_certain:
        stretches = [(first, last, Look.HATCHED)]
    else:
        stretches = [
            (first, extent.sure_first, Look.HATCHED),
            (extent.sure_first, extent.sure_last, Look.SOLID),
            (extent.sure_last, last, Look.HATCHED),
        ]
    spans = [
        Span(axis.at(begins), axis.at(ends), look)
        for begins, ends, look in stretches
        if begins < ends and axis.at(begins) < 1 and axis.at(ends) > 0
    ]
    if extent.is_open_end:
        spans.append(_open_span(axis.at(last), 1))
    return [_joined(spans, number, extent) for number in range(len(spans))]


def _joined(spans: list[Span], number: int, extent: Extent) -> Span:
    """Return a span as its neighbours and the sides of the extent have it, within the axis."""
    span = spans[number]
    is_first, is_last = number == 0, number == len(spans) - 1
    start_edge = Edge.JOINED if not is_first else _edge(span.start_edge, extent, is_start=True)
    end_edge = Edge.JOINED if not is_last else _edge(span.end_edge, extent, is_start=False)
    return _cut(Span(span.start, span.end, span.look, start_edge, end_edge))


def _edge(edge: Edge, extent: Extent, *, is_start: bool) -> Edge:
    sure = extent.start_sure if is_start else extent.end_sure
    return Edge.SOFT if edge is Edge.SHARP and sure.is_approximate else edge


def _with_sides(span: Span, extent: Extent) -> Span:
    return _joined([span], 0, extent)


def _open_span(place: float, way: int) -> Span:
    """Return a hatched span from a known bound to the side without one."""
    if way > 0:
        return Span(place, max(place, min(place + _OPEN, 1)), Look.HATCHED, end_edge=Edge.OPEN)
    return Span(min(place, max(place - _OPEN, 0)), place, Look.HATCHED, start_edge=Edge.OPEN)


def _cut(span: Span) -> Span:
    """Return a span within the axis; a side that is beyond it is cut."""
    return Span(
        _clamped(span.start),
        _clamped(span.end),
        span.look,
        Edge.CUT if span.start < -_TINY else span.start_edge,
        Edge.CUT if span.end > 1 + _TINY else span.end_edge,
    )


_TINY = 1e-9


def _clamped(place: float) -> float:
    return min(max(place, 0.0), 1.0)


def _questions(extent: Extent, axis: Axis) -> list[Part]:
    """Return a question mark for each uncertain side; a point and a series have only one."""
    begins, ends = extent.start_sure.is_uncertain, extent.end_sure.is_uncertain
    if extent.is_point or extent.is_series:
        begins, ends = False, begins or ends
    questions: list[Part] = []
    if begins:
        questions.append(Question(_clamped(axis.at(extent.first)), is_after=False))
    if ends:
        questions.append(Question(_clamped(axis.at(extent.last)), is_after=True))
    return questions


def _series(event: Event, extent: Extent, canvas: Canvas) -> list[Part]:
    """Return the instances of a series; those that are too close for the axis are joined."""
    axis = canvas.axis
    apart = _APART * (axis.last - axis.first) / canvas.width
    spans = instance_spans(event, extent, canvas.clock, apart)
    places = tuple(
        (_clamped(axis.at(first)), _clamped(axis.at(last)))
        for first, last in spans
        if first < axis.last and last >= axis.first
    )
    parts: list[Part] = [Beads(places)] if places else []
    if extent.goes_on:
        parts.append(Arrow(_clamped(axis.at(extent.last))))
    return parts + _questions(extent, axis)


def _ghost(event: Event, extent: Extent, canvas: Canvas) -> list[Part]:
    """Return the latest of the places where an event was before, if the axis shows it."""
    if not event.was or extent.is_series:
        return []
    before = dates_extent(event.was[0].when, canvas.clock)
    axis = canvas.axis
    if before is None or before.last < axis.first or before.first > axis.last:
        return []
    start, end = _clamped(axis.at(before.first)), _clamped(axis.at(before.last))
    first, last = _clamped(axis.at(extent.first)), _clamped(axis.at(extent.last))
    thread = (end, first) if before.last <= extent.first else (last, start)
    thread = thread if thread[0] < thread[1] else (end, end)
    return [Ghost(start, end, *thread)]
