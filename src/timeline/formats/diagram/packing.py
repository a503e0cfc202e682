"""The rows of a lane: marks with their names, each in the first row that has room for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from timeline.formats.diagram import text_metrics
from timeline.formats.diagram.marks import FADE, GLYPH, drawn_sides
from timeline.formats.diagram.model import (
    Arrow,
    Beads,
    Edge,
    LaneItem,
    Look,
    NamePlace,
    Point,
    Question,
    Span,
    State,
)
from timeline.model import isolated_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from timeline.formats.diagram.model import Mark
    from timeline.formats.diagram.rows import Setting
    from timeline.model import Event

_NAME = 160
"""The pixels of a name above which it does not lead to another row."""

_GAP = 6
"""The pixels between a mark and its name, and twice that between a name and the next mark."""

_QUESTION = 11
"""The width of a question mark in pixels."""


class Named(Struct, frozen=True):
    """A mark with its whole name, and the events that it stands for."""

    mark: Mark
    name: str
    events: tuple[Event, ...]


class _Placed(Struct):
    """A mark in a row, with its name; ``begins`` and ``ends`` are the pixels that both need."""

    named: Named
    row: int
    place: NamePlace
    begins: float
    ends: float
    room: float
    """The pixels of the name."""


def pack_lane(marks: Iterable[Named], setting: Setting) -> tuple[tuple[LaneItem, ...], int]:
    """Return marks, which are in order of their start, in rows, and the number of the rows.

    A name is as long as its row has room for: none is cut for the sake of an empty place.
    """
    width, size = setting.space.lanes, setting.space.name
    rows: list[list[_Placed]] = []
    every = [_place(named, rows, width, size) for named in marks]
    for number in range(len(rows)):
        _lengthen(rows, number, width, size)
    return tuple(_item(placed, setting) for placed in every), len(rows)


def _place(named: Named, rows: list[list[_Placed]], width: float, size: float) -> _Placed:
    """Return a mark with its name, in the first row of ``rows`` that has room for both."""
    left, right = mark_sides(named.mark, width)
    whole = text_metrics.text_width(named.name, size) + 2
    room = min(whole, _NAME)
    if _holds(named.mark) and right - left >= room + 2 * _GAP:
        place, begins, ends = NamePlace.WITHIN, left, right
        room = min(whole, right - left - 2 * _GAP)
    elif right + _GAP + room <= width:
        place, begins, ends = NamePlace.AFTER, left, right + _GAP + room
    elif left - _GAP - room >= 0:
        place, begins, ends = NamePlace.BEFORE, left - _GAP - room, right
    else:
        room = min(room, width)
        begins = min(left, width - room)
        place, ends = NamePlace.ABOVE, max(right, begins + room)
    height = 2 if place is NamePlace.ABOVE else 1
    row = 0
    while any(some and some[-1].ends + 2 * _GAP > begins for some in rows[row : row + height]):
        row += 1
    rows += [[] for _ in range(row + height - len(rows))]
    placed = _Placed(named, row + height - 1, place, begins, ends, room)
    for some in rows[row : row + height]:
        some.append(placed)
    return placed


def _lengthen(rows: list[list[_Placed]], number: int, width: float, size: float) -> None:
    """Give the names in a row that are cut the room that is free beside them."""
    row, free = rows[number], 0.0
    limits = [*(placed.begins - 2 * _GAP for placed in row[1:]), width]
    for placed, limit in zip(row, limits, strict=True):
        missing = text_metrics.text_width(placed.named.name, size) + 2 - placed.room
        match placed.place:
            case NamePlace.AFTER:
                more = max(min(missing, limit - placed.ends), 0.0)
                placed.ends += more
            case NamePlace.BEFORE:
                more = max(min(missing, placed.begins - free), 0.0)
                placed.begins -= more
            case NamePlace.ABOVE if number < placed.row:
                more = max(min(missing, limit - placed.begins - placed.room), 0.0)
                placed.ends = max(placed.ends, placed.begins + placed.room + more)
            case _:
                more = 0.0
        placed.room += more
        free = placed.ends + 2 * _GAP


def _item(placed: _Placed, setting: Setting) -> LaneItem:
    named = placed.named
    name = text_metrics.shorten(named.name, placed.room, setting.space.name)
    (name,) = isolated_lines([name], setting.wording) or [""]
    start = max(placed.begins, 0) / setting.space.lanes
    return LaneItem(named.mark, placed.row, name, placed.place, start, named.name, named.events)


def mark_sides(mark: Mark, width: float) -> tuple[float, float]:
    """Return the first and the last pixel of a mark, with its signs and its ghost.

    ``width`` is that of the axis in pixels, from whose start they are counted.
    """
    sides: list[float] = []
    for part in mark.parts:
        match part:
            case Span():
                soft = part.start_edge is Edge.SOFT, part.end_edge is Edge.SOFT
                start, end = drawn_sides(part, width)
                sides += (start - FADE * soft[0], end + FADE * soft[1])
            case Point():
                reach = GLYPH + FADE * part.is_soft
                sides += (part.at * width - reach, part.at * width + reach)
            case Beads():
                sides += (part.places[0][0] * width, part.places[-1][1] * width + 2)
            case Arrow():
                sides += (part.start * width, width)
            case Question():
                at = part.at * width + (GLYPH if _is_short(mark, width) else 0)
                sides += (at - _QUESTION, at) if not part.is_after else (at, at + _QUESTION)
            case _:
                sides += (part.start * width, part.end * width)
    return min(sides, default=0), max(sides, default=0)


def _is_short(mark: Mark, width: float) -> bool:
    return (mark.end - mark.start) * width < 2 * GLYPH


def _holds(mark: Mark) -> bool:
    """Return whether a name can be written on a mark: a single span, solid from side to side."""
    first, *others = mark.parts
    return (
        not others
        and isinstance(first, Span)
        and first.look is Look.SOLID
        and mark.state is State.SETTLED
        and Edge.SOFT not in (first.start_edge, first.end_edge)
    )
