"""Drawings for tests: calendars of a few events, and their shapes."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from support import loading
from timeline.formats import FORMATS
from timeline.formats.svg.layout import lay_out, make_diagram
from timeline.formats.svg.options import SvgOptions
from timeline.formats.svg.shapes import Group, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from timeline.formats.svg.shapes import Drawing, Shape
    from timeline.model.events import Calendar, Event

SVG = "{http://www.w3.org/2000/svg}"
HEAD = "calendar: {id: x.org, name: X, timezone: Asia/Riyadh}\nevents:\n"
EVENT = "  - id: a\n    summary: A\n"


def calendar_of(events: str, head: str = HEAD) -> Calendar:
    return loading.calendar_of(head + events)


def calendar_with(**keys: str) -> Calendar:
    """Return a calendar of one event with these keys."""
    return calendar_of("".join(f"    {key}: {text}\n" for key, text in keys.items()), HEAD + EVENT)


def event_with(**keys: str) -> Event:
    (event,) = calendar_with(**keys).events
    return event


def rendered(calendar: Calendar, as_of: date | None = None, **options: object) -> str:
    chosen = SvgOptions(as_of=as_of, **options)  # type: ignore[arg-type]
    return b"".join(FORMATS["svg"].render(calendar, chosen)).decode()


def tree(calendar: Calendar) -> ET.Element:
    return ET.fromstring(rendered(calendar))


def drawing_of(calendar: Calendar, as_of: date | None = None, **options: object) -> Drawing:
    chosen = SvgOptions(as_of=as_of, **options)  # type: ignore[arg-type]
    return lay_out(calendar, make_diagram(calendar, chosen), chosen.width)


def texts(calendar: Calendar, as_of: date | None = None) -> list[str]:
    """Return the texts of the drawing, each with all its lines."""
    shown = labels(drawing_of(calendar, as_of))
    runs = groupby(shown, lambda label: (label.style, label.x if label.style == "note" else None))
    lines: list[str] = []
    for (style, _), some in runs:
        if style in ("note", "name"):
            lines.append(" ".join(label.text for label in some))
        else:
            lines += (label.text for label in some)
    return lines


def flat(shapes: Iterable[Shape]) -> Iterator[Shape]:
    for shape in shapes:
        if isinstance(shape, Group):
            yield from flat(shape.shapes)
        else:
            yield shape


def labels(drawing: Drawing) -> list[Label]:
    return [shape for shape in flat(drawing.shapes) if isinstance(shape, Label)]
