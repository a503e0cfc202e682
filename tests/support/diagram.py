"""Diagrams for tests: calendars of a few events, and what is drawn of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from support import loading
from timeline.formats.diagram.build import build_diagram
from timeline.formats.diagram.extents import DAY
from timeline.formats.diagram.model import Beads, Point, Question, Space, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from timeline.formats.diagram.model import Diagram, Mark, Part, Row
    from timeline.model.events import Calendar, Event

HEAD = "calendar: {id: x.org, name: X, timezone: Asia/Riyadh}\nevents:\n"
SPACE = Space(rows=570, lanes=700)


def calendar_of(*events: str, head: str = HEAD) -> Calendar:
    """Compile events, each the inside of a flow mapping."""
    return loading.calendar_of(head + "".join(f"  - {{{event}}}\n" for event in events))


def event_with(keys: str) -> Event:
    (event,) = calendar_of(f"id: a, summary: A, {keys}").events
    return event


def diagram_of(*events: str, layout: str = "auto", as_of: date | None = None) -> Diagram:
    return build_diagram(calendar_of(*events), SPACE, layout=layout, as_of=as_of)


def all_rows(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield row
        if row.inset:
            yield from all_rows(row.inset.rows)


def mark_of(diagram: Diagram, id_: str = "a") -> Mark:
    """Return the mark of an event, wherever it is."""
    marks = [row.mark for row in all_rows(diagram.rows)]
    marks += [item.mark for lane in diagram.lanes for item in lane.items]
    (mark,) = (mark for mark in marks if mark.event and mark.event.id == id_)
    return mark


def in_words(part: Part) -> str:
    """Return a part with its places in per cent: ``hatched 0-50 sharp-soft``."""
    match part:
        case Span():
            places = f"{_percent(part.start)}-{_percent(part.end)}"
            return f"{part.look.value} {places} {part.start_edge.value}-{part.end_edge.value}"
        case Point():
            return f"{'soft ' * part.is_soft}point {_percent(part.at)}"
        case Question():
            return f"question {'after' if part.is_after else 'before'} {_percent(part.at)}"
        case Beads():
            return f"beads {len(part.places)}"
    return type(part).__name__.lower() + " " + _percent(part.start)


def _percent(place: float) -> str:
    return f"{100 * place:.0f}"


def seconds(text: str) -> int:
    """Return the second of ``2025-01-03``, or of ``2025-01-03T09:00``."""
    day, _, clock = text.partition("T")
    hours, minutes = (int(part) for part in (clock or "00:00").split(":"))
    return date.fromisoformat(day).toordinal() * DAY + hours * 3600 + minutes * 60
