"""The diagram as values for the template: classes, and places in per cent of an axis.

What is drawn where is decided in `formats/diagram`; here a part of a mark becomes an element with
the classes that the CSS draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.formats.diagram.labels import with_even_room
from timeline.formats.diagram.model import (
    Arrow,
    Beads,
    Edge,
    Ghost,
    Layout,
    Look,
    Point,
    Question,
    Space,
    Span,
    State,
)
from timeline.formats.html.links import fragment_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from timeline.formats.diagram.axis import Axis
    from timeline.formats.diagram.model import (
        Diagram,
        Inset,
        Lane,
        LaneInset,
        LaneItem,
        Mark,
        Part,
        Row,
    )
    from timeline.model import Event

    FilterClasses = Callable[[Event], list[str]]


WIDE, _MEDIUM, _NARROW = Space(619, 809), Space(456, 570), Space(288, 288)
"""The least widths of the axes on wide, medium and narrow screens: of 65, 49 and 20 rem."""


class Drawn(Struct, frozen=True):
    """An element of a mark or of an axis: its classes, its style, and its text, if it has one."""

    classes: str
    style: str
    text: str = ""


class AxisView(Struct, frozen=True):
    """An axis: its labels, its lines, and its two ends, between which the script places today."""

    labels: tuple[Drawn, ...]
    lines: tuple[Drawn, ...]
    first: str
    last: str
    today: Drawn | None


class RowView(Struct, frozen=True):
    """An event in a row, or several that are close together; ``lens`` leads to its inset."""

    classes: str
    title: str
    href: str | None
    words: str
    depth: int
    mark: tuple[Drawn, ...]
    lens: str | None = None
    axis: AxisView | None = None
    rows: tuple[RowView, ...] = ()


class LaneItemView(Struct, frozen=True):
    """A mark in a lane with the place of its name; ``title`` is the whole name if it is cut.

    Without ``href`` it stands for several events, which are in an inset.
    """

    classes: str
    style: str
    href: str | None
    name: str
    title: str | None
    tag: str
    mark: tuple[Drawn, ...]


class LaneView(Struct, frozen=True):
    """A lane with the name of its category."""

    tone: int
    name: str | None
    height: int
    items: tuple[LaneItemView, ...]


class LaneInsetView(Struct, frozen=True):
    """What is enlarged below the lanes; ``lens`` leads to it."""

    lens: str
    title: str
    axis: AxisView
    lanes: tuple[LaneView, ...]


class TrayView(Struct, frozen=True):
    """An event without a place in time."""

    classes: str
    title: str
    href: str
    words: str


class LegendView(Struct, frozen=True):
    """A sign with its sample."""

    classes: str
    mark: tuple[Drawn, ...]
    text: str


class DiagramView(Struct, frozen=True):
    """A diagram; without dated events it has no ``axis``."""

    axis: AxisView | None
    rows: tuple[RowView, ...]
    lanes: tuple[LaneView, ...]
    lane_insets: tuple[LaneInsetView, ...]
    tray: tuple[TrayView, ...]
    legend: tuple[LegendView, ...]


def diagram_view(diagram: Diagram, filter_classes: FilterClasses) -> DiagramView:
    """Return the view of a diagram; ``filter_classes`` are those by which filters find an event."""
    maker = _Maker(filter_classes)
    is_rows = diagram.layout is Layout.ROWS
    return DiagramView(
        None if diagram.axis is None else _axis(diagram.axis, diagram.layout),
        tuple(map(maker.row, diagram.rows)) if is_rows else (),
        tuple(map(maker.lane, diagram.lanes)),
        tuple(map(maker.lane_inset, diagram.lane_insets)),
        tuple(
            TrayView(
                " ".join(["shown", f"k{item.tone}", *filter_classes(item.event)]),
                item.event.summary,
                fragment_of(item.event.id),
                item.words,
            )
            for item in diagram.tray
        ),
        tuple(
            LegendView(_state_class(entry.mark), _mark(entry.mark), entry.text)
            for entry in diagram.legend
        ),
    )


class _Maker:
    def __init__(self, filter_classes: FilterClasses) -> None:
        self._filter_classes = filter_classes

    def row(self, row: Row) -> RowView:
        """Return the view of a row and of its inset."""
        event, inset = row.event, row.inset
        classes = ["shown", *self._mark_classes(row.mark, [event] if event else [])]
        view = RowView(
            " ".join(classes),
            row.title,
            None if event is None else fragment_of(event.id),
            row.words,
            row.depth,
            _mark(row.mark),
        )
        return view if inset is None else self._with_inset(view, inset)

    def _with_inset(self, view: RowView, inset: Inset) -> RowView:
        return RowView(
            view.classes,
            view.title,
            view.href,
            view.words,
            view.depth,
            view.mark,
            _places(inset.start, inset.end),
            _axis(inset.axis, Layout.ROWS),
            tuple(map(self.row, inset.rows)),
        )

    def lane(self, lane: Lane) -> LaneView:
        """Return the view of a lane."""
        items = tuple(self._lane_item(item) for item in lane.items)
        return LaneView(lane.tone, lane.category, lane.rows, items)

    def lane_inset(self, inset: LaneInset) -> LaneInsetView:
        """Return the view of an inset of lanes."""
        return LaneInsetView(
            _places(inset.start, inset.end),
            inset.title,
            _axis(inset.axis, Layout.LANES),
            tuple(map(self.lane, inset.lanes)),
        )

    def _lane_item(self, item: LaneItem) -> LaneItemView:
        mark, event = item.mark, item.mark.event
        names = [item.place.value]
        if any(isinstance(part, Point) for part in mark.parts):
            names.append("by-point")
        return LaneItemView(
            " ".join(["item", "shown", *self._mark_classes(mark, item.events)]),
            f"--row:{item.row};{_places(mark.start, mark.end)}",
            None if event is None else fragment_of(event.id),
            item.name,
            None if item.name == item.title else item.title,
            " ".join(["tag", *names]),
            _mark(mark),
        )

    def _mark_classes(self, mark: Mark, events: Sequence[Event]) -> Iterator[str]:
        if mark.tone is not None:
            yield f"k{mark.tone}"
        if state := _state_class(mark):
            yield state
        yield from dict.fromkeys(name for event in events for name in self._filter_classes(event))


def _state_class(mark: Mark) -> str:
    return {State.UNSETTLED: "unsettled", State.CANCELLED: "unsettled struck"}.get(mark.state, "")


def _mark(mark: Mark) -> tuple[Drawn, ...]:
    return tuple(drawn for part in mark.parts for drawn in _part(part))


def _part(part: Part) -> Iterator[Drawn]:
    """Yield the elements of a part of a mark."""
    match part:
        case Span():
            yield Drawn(" ".join(_span_classes(part)), _places(part.start, part.end))
        case Point():
            yield Drawn("spot soft" if part.is_soft else "spot", _places(part.at))
        case Beads():
            for start, end in part.places:
                yield Drawn("sure bead", _places(start, end))
        case Arrow():
            yield Drawn("onward", _places(part.start, 1))
        case Question():
            yield Drawn("doubt" if part.is_after else "doubt before", _places(part.at))
        case Ghost():
            yield Drawn("ghost", _places(part.start, part.end))
            thread = sorted((part.thread_start, part.thread_end))
            yield Drawn("thread", _places(*thread))


def _span_classes(span: Span) -> Iterator[str]:
    yield "sure" if span.look is Look.SOLID else "may"
    if span.start_edge is not Edge.SHARP:
        yield f"{span.start_edge.value}-a"
    if span.end_edge is not Edge.SHARP:
        yield f"{span.end_edge.value}-b"


def _labels(axis: Axis, layout: Layout) -> Iterator[Drawn]:
    """Yield the labels; those that touch others on a screen with less room are hidden there."""
    medium = with_even_room(axis.ticks, _width(_MEDIUM, layout), _MEDIUM.tick)
    narrow = with_even_room(medium, _width(_NARROW, layout), _NARROW.tick)
    for tick in axis.ticks:
        if tick.text:
            classes = ["chief"] if tick.rank.is_bold else []
            if tick not in narrow:
                classes.append("if-medium" if tick in medium else "if-wide")
            yield Drawn(" ".join(classes), _places(tick.at), tick.text)


def _width(space: Space, layout: Layout) -> float:
    return space.rows if layout is Layout.ROWS else space.lanes


def _axis(axis: Axis, layout: Layout) -> AxisView:
    lines = tuple(Drawn("", _places(tick.at)) for tick in axis.ticks if tick.has_line)
    today = None
    if axis.today is not None:
        side = " at-start" if axis.today < 0.05 else " at-end" if axis.today > 0.95 else ""
        today = Drawn(f"today{side}", _places(axis.today))
    return AxisView(
        tuple(_labels(axis, layout)),
        lines,
        _end(axis.first_moment),
        _end(axis.last_moment),
        today,
    )


def _end(moment: datetime) -> str:
    """Return an end of an axis for the script: a day, or a time on the clock of the diagram."""
    return f"{moment.isoformat()}Z".removesuffix("T00:00:00Z")


def _places(start: float, end: float | None = None) -> str:
    """Return places of an axis as custom properties, in per cent: ``--a:12.5;--b:40``."""
    style = f"--a:{_percent(start)}"
    return style if end is None else f"{style};--b:{_percent(end)}"


def _percent(place: float) -> str:
    return f"{100 * place:.2f}".rstrip("0").rstrip(".")
