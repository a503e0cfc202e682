"""The parts of a diagram, with every place as a fraction of its axis.

A place is from 0, the start of the axis, to 1, its end, in the direction of time: who draws it
decides how wide the axis is, and on which side it begins.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from timeline.formats.diagram.axis import Axis
    from timeline.formats.diagram.legend import LegendEntry
    from timeline.formats.diagram.palette import Tone
    from timeline.model import Event


class Space(Struct, frozen=True):
    """The room that a diagram has, in CSS pixels.

    ``rows`` and ``lanes`` are the widths of the axis in the two layouts, ``tick`` and ``name`` the
    sizes of the letters of ticks and of names in lanes.
    """

    rows: float
    lanes: float
    tick: float = 13
    name: float = 12


class Layout(Enum):
    """A row for each event with its words beside it, or a lane for each category."""

    ROWS = "rows"
    LANES = "lanes"


# What a mark is made of.


class Look(Enum):
    """What is known of a span: it is certain, or it is perhaps on at some time within it."""

    SOLID = "solid"
    HATCHED = "hatched"


class Edge(Enum):
    """The side of a span."""

    SHARP = "sharp"
    """It starts or ends there."""
    SOFT = "soft"
    """It starts or ends about there."""
    OPEN = "open"
    """No bound is known there; how far the span is drawn has no meaning."""
    CUT = "cut"
    """It goes on beyond the axis."""
    JOINED = "joined"
    """The next span of the same event touches it."""


class Span(Struct, frozen=True):
    """A part of an event that lasts."""

    start: float
    end: float
    look: Look = Look.SOLID
    start_edge: Edge = Edge.SHARP
    end_edge: Edge = Edge.SHARP


class Point(Struct, frozen=True):
    """A day or a moment that is too short for a span: the shape of the tone around a place."""

    at: float
    is_soft: bool = False


class Beads(Struct, frozen=True):
    """The instances of a series, as pairs of a start and an end.

    Instances that are less than a pixel apart are one pair.
    """

    places: tuple[tuple[float, float], ...]


class Arrow(Struct, frozen=True):
    """A line from a place to the end of the axis: there is no end; its length has no meaning."""

    start: float


class Question(Struct, frozen=True):
    """A question mark beside a place: perhaps then. It is before the place, or after it."""

    at: float
    is_after: bool


class Ghost(Struct, frozen=True):
    """The place where an event was before, and the thread from there to where it is."""

    start: float
    end: float
    thread_start: float
    thread_end: float


Part = Span | Point | Beads | Arrow | Question | Ghost


class State(Enum):
    """Whether an event will take place."""

    SETTLED = "settled"
    UNSETTLED = "unsettled"
    """Tentative or postponed: a dashed outline."""
    CANCELLED = "cancelled"
    """A dashed outline, and a line through the name."""


class Mark(Struct, frozen=True):
    """An event on an axis; later parts cover earlier ones.

    ``tone`` is an index of the diagram's tones; without one, and without an event, it is a sample.
    """

    parts: tuple[Part, ...]
    event: Event | None = None
    tone: int | None = None
    state: State = State.SETTLED

    @property
    def start(self) -> float:
        """The first place that the event itself has, without its ghost."""
        return min(_places(self.parts), default=0)

    @property
    def end(self) -> float:
        """The last place that the event itself has, without its ghost."""
        return max(_places(self.parts), default=0)


def _places(parts: tuple[Part, ...]) -> list[float]:
    places: list[float] = []
    for part in parts:
        match part:
            case Span():
                places += (part.start, part.end)
            case Point() | Question():
                places.append(part.at)
            case Beads():
                places += (place for pair in part.places for place in pair)
            case Arrow():
                places += (part.start, 1)
    return places


# The two layouts.


class Row(Struct, frozen=True):
    """An event in a row of its own, with its words.

    ``depth`` counts the events around it on the same axis. Without an event, a row stands for
    several that are close together; they are in its inset, and ``title`` counts them.
    """

    title: str
    words: str
    mark: Mark
    depth: int = 0
    inset: Inset | None = None

    @property
    def event(self) -> Event | None:
        """The event of the row."""
        return self.mark.event


class NamePlace(Enum):
    """Where the name of an event is, in relation to its mark."""

    AFTER = "after"
    BEFORE = "before"
    WITHIN = "within"
    """On the mark, which is solid."""
    ABOVE = "above"
    """In the row before that of the mark, and starting with it."""


class LaneItem(Struct, frozen=True):
    """A mark in a lane; ``row`` counts from 0, and ``name`` is ``title`` in the room it has.

    ``name_start`` is the first place of the mark and its name; a name above its mark starts there.
    The mark is that of one event, or stands for several ``events``, which are in an inset.
    """

    mark: Mark
    row: int
    name: str
    place: NamePlace
    name_start: float
    title: str
    events: tuple[Event, ...]


class Lane(Struct, frozen=True):
    """The events whose first category is the same; ``rows`` is the number of its rows.

    ``category`` is ``None`` for those without a category.
    """

    category: str | None
    tone: int
    rows: int
    items: tuple[LaneItem, ...]


class Inset(Struct, frozen=True):
    """A part of an axis enlarged to an axis of its own; both have the same two edges.

    ``start`` and ``end`` are the places of what is enlarged on the outer axis.
    """

    start: float
    end: float
    axis: Axis
    rows: tuple[Row, ...]


class LaneInset(Struct, frozen=True):
    """What is too close together for its axis, enlarged to an axis and lanes of its own.

    ``start`` and ``end`` are its places on the outer axis.
    """

    start: float
    end: float
    title: str
    axis: Axis
    lanes: tuple[Lane, ...]


class TrayItem(Struct, frozen=True):
    """An event without a place in time.

    ``words`` are what is known of its dates, ``part_of`` is the name of its parent.
    """

    event: Event
    tone: int
    words: str
    part_of: str | None = None


class CategoryKey(Struct, frozen=True):
    """A category that events of the diagram have as their first one, and its tone."""

    name: str
    tone: int


class Diagram(Struct, frozen=True):
    """A diagram. Without dated events it has no ``axis``.

    ``rows`` are filled, or ``lanes`` and their insets, as ``layout`` says. ``zone`` is that of the
    times on the axis, ``None`` if there are none. ``omitted`` is the number of events where there
    are too many: then nothing is drawn.
    """

    layout: Layout
    tones: tuple[Tone, ...]
    tone_of: Mapping[str, int]
    categories: tuple[CategoryKey, ...] = ()
    axis: Axis | None = None
    rows: tuple[Row, ...] = ()
    lanes: tuple[Lane, ...] = ()
    lane_insets: tuple[LaneInset, ...] = ()
    tray: tuple[TrayItem, ...] = ()
    legend: tuple[LegendEntry, ...] = ()
    zone: str | None = None
    as_of: date | None = None
    omitted: int = 0
